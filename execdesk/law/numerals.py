"""Chinese numerals: article numbers, dates and amounts in words, and back; amounts as the court prints them.

Units: money is whole fen. Every reader refuses with :class:`Refusal` what it cannot read without guessing.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from execdesk.law.refusal import Refusal

SMALL = "〇一二三四五六七八九"
CAPITAL = "零壹贰叁肆伍陆柒捌玖"
_LOWER = str.maketrans(
    "零○ＯO〇壹贰貳叁參叄肆伍陆陸柒捌玖两兩拾佰仟萬億圆圓正",
    "零零零零零一二二三三三四五六六七八九二二十百千万亿元元整",
)
_SECTION = "零一二三四五六七八九十百千"
_MAX_YUAN = 10**12  # 一万亿元: larger sums are typing mistakes, and their words would need 万亿


def normalise(text: str) -> str:
    """``text`` in half width without blanks, invisible characters and a leading apostrophe."""
    folded = unicodedata.normalize("NFKC", text)
    if folded.isprintable():  # then the only blank there can be is the plain one, and nothing is invisible
        kept = folded.replace(" ", "")
    else:
        kept = "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"})
    return kept.lstrip("'’‘")


def number_in_words(number: int) -> str:
    """1…9999 as an article number is written: 12 → 十二, 242 → 二百四十二, 1001 → 一千零一."""
    if not 1 <= number <= 9999:
        raise Refusal(f"{number} 不能写成条款序号，序号应在 1 至 9999 之间。", code="words.number")
    words = _section(number, SMALL.replace("〇", "零"), "十百千")
    return words[1:] if words.startswith("一十") else words


def count_in_words(number: int) -> str:
    """A whole number below 10¹² as it is said: 20170801 → 二千零一十七万零八百零一."""
    if not 0 <= number < _MAX_YUAN:
        raise Refusal(f"{number} 超出一万亿，不能写成中文数字。", code="words.number")
    words = _integer(number, SMALL.replace("〇", "零"), "十百千") or "零"
    return words[1:] if words.startswith("一十") else words


def digits_in_words(digits: str) -> str:
    """Digit by digit, as a year or a number is read: 2017 → 二〇一七."""
    return "".join(SMALL[int(digit)] for digit in digits)


def parse_number_words(text: str) -> int:
    """The number that :func:`number_in_words` writes; Arabic digits and old forms are read too."""
    plain = normalise(text)
    if plain.isascii() and plain.isdigit() and 1 <= int(plain) <= 9999:
        return int(plain)
    lowered = _lower(text)
    if (
        not re.fullmatch(f"[{_SECTION}]+", lowered)
        or not 1 <= (number := _read_section(lowered)) <= 9999
        or number_in_words(number).replace("零", "") != _no_lone_ten(lowered).replace("零", "")
    ):
        raise Refusal(f"「{text}」不是中文数字序号，请写作如「二百四十二」。", code="words.number")
    return number


def article_in_words(article: int, paragraph: int | None = None, item: int | None = None) -> str:
    """第二百四十二条第一款第六项."""
    words = f"第{number_in_words(article)}条"
    if paragraph is not None:
        words += f"第{number_in_words(paragraph)}款"
    if item is not None:
        words += f"第{number_in_words(item)}项"
    return words


def suffix_in_words(suffix: int) -> str:
    """1 → 之一 … 99 → 之九十九: the second, third … document of a series."""
    if not 1 <= suffix <= 99:
        raise Refusal(f"文书后缀应在「之一」至「之九十九」之间，{suffix} 不能使用。", code="words.suffix")
    return "之" + number_in_words(suffix)


def parse_suffix_words(text: str) -> int:
    """之一 → 1."""
    plain = normalise(text)
    if not plain.startswith("之"):
        raise Refusal(f"「{text}」不是文书后缀，请写作如「之一」。", code="words.suffix")
    suffix = parse_number_words(plain[1:])
    suffix_in_words(suffix)
    return suffix


def date_in_words(day: date) -> str:
    """二〇一七年八月一日, with 〇 (U+3007)."""
    year = "".join(SMALL[int(c)] for c in f"{day.year:04d}")
    return f"{year}年{number_in_words(day.month)}月{number_in_words(day.day)}日"


def parse_date_words(text: str) -> date:
    """The day behind 二〇一七年八月一日; ○, O and 零 are read as 〇."""
    lowered = _lower(text).replace("零", "〇")
    found = re.fullmatch(
        rf"([{SMALL}]{{4}})年([一二三四五六七八九十]{{1,2}})月([一二三四五六七八九十]{{1,3}})日", lowered
    )
    if not found:
        raise Refusal(f"「{text}」不是中文日期，请写作如「二〇一七年八月一日」。", code="words.date")
    year = int("".join(str(SMALL.index(c)) for c in found[1]))
    return _day(year, parse_number_words(found[2]), parse_number_words(found[3]), text)


def parse_day(text: str) -> date:
    """A day as typed: 2017-08-01, 2017.8.1, 2017/8/1, 20170801, 2017年8月1日, 二〇一七年八月一日."""
    plain = normalise(text)
    found = re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", plain) or re.fullmatch(
        r"(\d{4})(\d\d)(\d\d)", plain
    )
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]), text)
    if "年" in plain:
        return parse_date_words(text)
    raise Refusal(f"「{text}」不是日期，请写作如「2017-08-01」。", code="words.date")


def amount_in_words(fen: int, prefix: str = "人民币") -> str:
    """``fen`` in capitals by 支付结算办法 附一: 人民币壹仟万元零壹分; 整 after whole yuan only."""
    if not 0 <= fen < _MAX_YUAN * 100:
        raise Refusal("金额应不小于零且小于一万亿元，不能写成大写。", code="words.amount")
    yuan, rest = divmod(fen, 100)
    jiao, cent = divmod(rest, 10)
    words = _integer(yuan, CAPITAL, "拾佰仟") + "元" if yuan else ""
    if not rest:
        return prefix + (words or "零元") + "整"
    if words and (jiao == 0 or yuan % 10 == 0):
        words += "零"
    if jiao:
        words += CAPITAL[jiao] + "角"
    if cent:
        words += CAPITAL[cent] + "分"
    return prefix + words


def parse_amount_words(text: str) -> int:
    """Fen behind an amount in capitals or small Chinese numerals; refuses forms that two people could read differently."""
    lowered = re.sub(r"^人民币", "", _lower(text))
    found = re.fullmatch(
        rf"(?:(?!元)(?:([{_SECTION}]+)亿)?(?:([{_SECTION}]+)万)?([{_SECTION}]*)元)?零?(?:([一二三四五六七八九])角)?零?(?:([一二三四五六七八九])分)?整?",
        lowered,
    )
    if not found or not any(found.groups()):
        raise Refusal(f"「{text}」不是大写金额，请写作如「人民币叁万元整」。", code="words.amount")
    high, middle, low, jiao, cent = (_read_section(part or "") for part in found.groups())
    fen = (high * 10**8 + middle * 10**4 + low) * 100 + jiao * 10 + cent
    if fen >= _MAX_YUAN * 100 or _bare(_lower(amount_in_words(fen, ""))) != _bare(_no_lone_ten(lowered)):
        raise Refusal(f"「{text}」写法不规范，无法确定金额，请写作如「人民币叁万元整」。", code="words.amount")
    return fen


def parse_amount(text: str) -> int:
    """Fen behind an amount as typed: 1,234.56 · 1234.56元 · ¥5 · 5.8万元 · 叁万元整 · 五万. Never rounds, never negative."""
    plain = normalise(text).replace("￥", "").replace("¥", "").removeprefix("人民币")
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(万|亿)?元?整?", plain)
    if not found:
        if not re.search(rf"[{CAPITAL}{SMALL}拾十百佰]", plain) or re.search(r"\d", plain):
            raise Refusal(f"「{text}」不是金额，请写作如「1234.56」。", code="words.amount")
        return parse_amount_words(text + "元" if plain[-1] in "万亿" else text)
    whole, decimals = found[1].replace(",", ""), (found[2] or "").rstrip("0")
    shift = 2 + {None: 0, "万": 4, "亿": 8}[found[3]]
    if len(decimals) > shift:
        raise Refusal(f"「{text}」的小数超过分位，请核对后填写到分。", code="words.amount")
    fen = int(whole + decimals.ljust(shift, "0"))
    if fen >= _MAX_YUAN * 100:
        raise Refusal(f"「{text}」超出一万亿元，请核对金额单位。", code="words.amount")
    return fen


def amount_in_ruling(fen: int) -> str:
    """As rulings print money: 1234567.89元, 50000元 (no .00, no commas)."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}" + (f".{rest:02d}" if rest else "") + "元"


def amount_in_list(fen: int) -> str:
    """As lists print money: 1,234.56."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def amount_in_receipt(fen: int) -> str:
    """As receipts print money: 人民币伍万元整（¥50000.00）."""
    return f"{amount_in_words(fen)}（¥{fen // 100}.{fen % 100:02d}）"


def _section(number: int, digits: str, units: str) -> str:
    """1…9999 in words, one 零 for an inner run of zeros, none at the end."""
    places = zip(f"{number:04d}", (*reversed(units), ""), strict=True)
    return _one_zero("".join(digits[int(c)] + (unit if int(c) else "") for c, unit in places), digits)


def _integer(number: int, digits: str, units: str) -> str:
    words = ""
    for power, unit in ((8, "亿"), (4, "万"), (0, "")):
        part = number // 10**power % 10**4
        words += (digits[0] if part < 1000 else "") + (_section(part, digits, units) + unit if part else "")
    return _one_zero(words, digits)


def _one_zero(words: str, digits: str) -> str:
    return re.sub(f"{digits[0]}+", digits[0], words).strip(digits[0])


def _read_section(words: str) -> int:
    total, digit = 0, 0
    for c in words:
        if c in "十百千":
            total += (digit or c == "十") * {"十": 10, "百": 100, "千": 1000}[c]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(c)
    return total + digit


def _lower(text: str) -> str:
    return normalise(text).translate(_LOWER)


def _bare(words: str) -> str:
    return words.replace("零", "").replace("整", "").removeprefix("元")


def _no_lone_ten(words: str) -> str:
    """Longer numbers say 一十 where speech drops the 一 ("十万"); both are the same number."""
    return re.sub(r"^十", "一十", words) if re.search(r"[万亿元]", words) else re.sub(r"^一十", "十", words)


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refusal(f"「{text}」在日历上不存在，请核对日期。", code="words.date") from None
