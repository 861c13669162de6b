"""Amounts as ledgers write them; whole fen come out."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from execdesk.fields.cells import Answer, Cell, CellDecision, Note, Option, Refused, Value, compact
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list, parse_amount_words, parse_number_words

LARGEST = 10**14  # fen: a million million yuan is a slip of the unit
_TEN_THOUSANDS_FROM = 1_000  # ten million yuan and more in a 万元 column of a county court is more likely yuan
_TENS = {"": 1, "十": 10, "百": 100, "千": 1000}
_UNITS = {"": 1, "元": 1, "块": 1, "圆": 1, "千元": 1000, "千": 1000, "万": 10_000, "万元": 10_000, "亿": 10**8, "亿元": 10**8}
_PLAIN = re.compile(r"(?P<minus>-|\()?(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\)?(?P<unit>[千万亿]?[元块圆]?)整?\)?")
_MIXED = re.compile(r"(?:(?P<m>\d+)万)?(?:(?P<k>\d+)千)?(?:(?P<h>\d+)百)?(?P<y>\d+(?:\.\d{1,2})?)?元?")
_UNKNOWN = ("以判决为准", "以裁定为准", "以调解书为准", "以判决书为准", "见判决", "详见", "待定", "未定", "不详", "未明确", "无标的", "另行计算")
_FOREIGN = ("美元", "美金", "USD", "US$", "$", "港币", "港元", "HKD", "欧元", "EUR", "€", "英镑", "£", "日元", "JPY", "澳元", "加元", "新加坡元")
_BARE = re.compile(r"[\d.,+e-]+元?", re.IGNORECASE)
_RANGE = re.compile(r"\d+(?:\.\d+)?元?-\d+(?:\.\d+)?元?")
_CAPITALS = re.compile(r"\(?大写[:：]?\)?")
_PARTED = re.compile(r"(?<=\d)['’‘`´](?=\d{3}(?!\d))")  # 50'000
_TENS_IN_ONE = {ord("廿"): "二十", ord("卅"): "三十"}
_SIZES = {"亿": 10**8, "万": 10_000, "千": 1000, "百": 100, "仟": 1000, "佰": 100}
_SPOKEN = re.compile(r"([一二三四五六七八九两])([亿万千仟百佰])([一二三四五六七八九])元?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}")
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")  # 50.000: fifty thousand, or fifty
_SUM = re.compile(r"\d[\d,]*(?:\.\d+)?(?:\+\d[\d,]*(?:\.\d+)?)+")
_DASHES = frozenset({"-", "--", "—", "——", "/", "\\", "无", "空"})


def read_money(cell: Cell, unit: int = 1) -> Answer[int | None]:
    """Fen in ``cell``; bare numbers count in ``unit`` yuan. None stands for 「unknown」 where a person says so."""
    value = cell.value
    if isinstance(value, bool | date):
        return Refused("money.not_amount", f"「{cell.text}」是日期或是否，不是金额，请核对单元格格式后再导入。")
    if isinstance(value, int | float):
        return _figure(Decimal(repr(value)), unit, cell.text, bare=True)
    if value is None:
        return _ask(cell.text)
    return read_money_text(value, unit)


def read_money_text(raw: str, unit: int = 1) -> Answer[int | None]:
    """Fen written in ``raw``: 8,764.64元, ￥5, 34.4万, 叁万元整, (500) …; words instead of a figure are a question."""
    text = _PARTED.sub(",", _CAPITALS.sub("", compact(raw)))
    text = re.sub(r"^(?:人民币|RMB|CNY|[￥¥])+", "", text, flags=re.IGNORECASE)
    minus = text.startswith(("-", "负"))
    text = text.translate(_TENS_IN_ONE)
    text = ("-" if minus else "") + re.sub(r"^(?:人民币|RMB|[￥¥])+", "", text.lstrip("-负") if minus else text, flags=re.IGNORECASE)
    if text in _DASHES or not text.strip("-"):
        return Value(None)
    if any(word in text.upper() for word in _FOREIGN):
        return _ask(raw, f"「{raw}」是外币，请按执行依据折算成人民币填写，或先空着。", "money.foreign")
    if unit == 1 and _DOTTED.fullmatch(text.removesuffix("元")):
        return _malformed(text.removesuffix("元"), unit, raw)
    if found := _PLAIN.fullmatch(text):
        return _plain(found, unit, raw)
    if any(word in text for word in _UNKNOWN):
        return _ask(raw)
    if found := _SPOKEN.fullmatch(text):
        return _colloquial(found, raw)
    if (found := _MIXED.fullmatch(text)) and any(found.groupdict().values()):
        whole = sum(int(found[name] or 0) * size for name, size in (("m", 10_000), ("k", 1000), ("h", 100)))
        return _figure(whole + Decimal(found["y"] or 0), 1, raw)
    for spelt in (text, f"{text}元"):  # 五千零五十 means yuan
        try:
            return Value(parse_amount_words(spelt))
        except Refusal:
            continue
    if _BARE.fullmatch(text) and not _RANGE.fullmatch(text):
        return _malformed(text.removesuffix("元"), unit, raw)
    return _first_figure(text, unit, raw)


def _colloquial(found: re.Match[str], raw: str) -> CellDecision[int | None]:
    """一万五 is said for 15,000; written down it may also be a slip for 一万零五."""
    one, size, rest = (parse_number_words(found[1]), _SIZES[found[2]], parse_number_words(found[3]))
    said, written = (one * size + rest * size // 10) * 100, (one * size + rest) * 100
    options: tuple[Option[int | None], ...] = (
        Option(f"take:{said}", f"记 {amount_in_list(said)} 元", said, "口语省去末位的单位"),
        Option(f"take:{written}", f"记 {amount_in_list(written)} 元", written, "漏写了「零」"),
        _unknown(raw),
    )
    return CellDecision("money.spoken", f"「{raw}」可能有两种读法，请选定数额。", options, options[0].key)


def _malformed(text: str, unit: int, raw: str) -> CellDecision[int | None]:
    """Figures that are no plain amount: what they may mean is offered, nothing is proposed where a thousand may turn on it."""
    readings: dict[str, Decimal] = {}
    if _SCIENTIFIC.fullmatch(text):
        readings["按科学记数读"] = Decimal(text)
    if _CONTINENTAL.fullmatch(text):
        readings["点作千分位、逗号作小数点"] = Decimal(text.replace(".", "").replace(",", "."))
    if _DOTTED.fullmatch(text):
        readings |= {"点作千分位": Decimal(text.replace(".", "")), "点作小数点": Decimal(text)}
    if _SUM.fullmatch(text):
        readings["几项相加"] = sum((Decimal(part.replace(",", "")) for part in text.split("+")), Decimal(0))
    options: list[Option[int | None]] = []
    for ground, figure in readings.items():
        fen = int((figure * unit * 100).quantize(Decimal(1), ROUND_HALF_UP)) if -20 < figure.adjusted() < 20 else 0
        if 0 < fen <= LARGEST:
            options.append(Option(f"take:{fen}", f"记 {amount_in_list(fen)} 元", fen, ground))
    text = f"「{raw}」的千分位或小数点写得不规范，看不准是多少，请照原件填写，或先空着。"
    return CellDecision("money.malformed", text, (*options, _unknown(raw)), options[0].key if len(options) == 1 else "")


def _unknown(raw: str) -> Option[int | None]:
    return Option("unknown", "金额不明，先空着", None, f"台账写「{raw}」")


def _plain(found: re.Match[str], unit: int, raw: str) -> Answer[int | None]:
    figure = Decimal(found["figure"].replace(",", ""))
    figure = -figure if found["minus"] else figure
    return _figure(figure, _UNITS[found["unit"]] if found["unit"] else unit, raw, bare=not found["unit"])


def _figure(figure: Decimal, unit: int, raw: str, *, bare: bool = False) -> Answer[int | None]:
    if not figure.is_finite() or abs(figure * unit * 100) > LARGEST:
        return Refused("money.too_large", f"「{raw[:40]}」超出合理范围，请核对金额和单位后再导入。")
    exact = (figure * unit * 100).quantize(Decimal("0.0001"), ROUND_HALF_UP)  # below that is noise of binary fractions
    fen = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    if fen < 0:
        return _negative(fen, raw)
    if bare and unit == 10_000 and figure >= _TEN_THOUSANDS_FROM:
        return _unit_doubt(figure, fen, raw)
    notes: tuple[Note, ...] = ()
    if exact != fen:
        notes = (Note("money.rounded", f"「{raw}」不足一分的部分四舍五入，记 {amount_in_list(fen)} 元。"),)
    return Value(fen, notes)


def _negative(fen: int, raw: str) -> CellDecision[int | None]:
    return CellDecision(
        "money.negative",
        f"金额「{raw}」为负数，请确认。",
        (
            Option(f"take:{-fen}", f"记 {amount_in_list(-fen)} 元", -fen, "可能多写了负号"),
            Option("unknown", "金额不明，先空着", None, "可能是冲减，应查原件"),
        ),
    )


def _unit_doubt(figure: Decimal, fen: int, raw: str) -> CellDecision[int | None]:
    yuan_fen = int(figure * 100)
    options: tuple[Option[int | None], ...] = (
        Option(f"take:{yuan_fen}", f"按元记 {amount_in_list(yuan_fen)} 元", yuan_fen, "表头写万元，但数额过大，像是按元填的"),
        Option(f"take:{fen}", f"按万元记 {amount_in_list(fen)} 元", fen, "表头写万元"),
    )
    return CellDecision("money.unit", f"「{raw}」在万元列中过大，请确认单位。", options, options[0].key)


def _ask(raw: str, text: str = "", code: str = "money.no_figure") -> CellDecision[int | None]:
    return CellDecision(code, text or f"「{raw}」不是数额，请查明填写，或先空着。", (_unknown(raw),))


def _first_figure(text: str, unit: int, raw: str) -> CellDecision[int | None]:
    """Words around figures: each figure is an option, the only one is proposed."""
    options: dict[str, Option[int | None]] = {}
    for found in re.finditer(r"(?<!\d)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,13}(?:\.\d{1,6})?)(?![\d%])([十百千]?)([千万亿]?元?)", text):
        size = _TENS[found[2]] * (_UNITS[found[3]] if found[3] or found[2] else unit)
        fen = int((Decimal(found[1].replace(",", "")) * size * 100).quantize(Decimal(1), ROUND_HALF_UP))
        if 0 < fen <= LARGEST:
            options[f"take:{fen}"] = Option(f"take:{fen}", f"记 {amount_in_list(fen)} 元", fen, f"文字中的「{found[0]}」")
    proposal = next(iter(options)) if len(options) == 1 else ""
    unknown: Option[int | None] = Option("unknown", "金额不明，先空着", None, "台账没有写清数额")
    return CellDecision("money.words", f"「{raw}」夹有文字，请选定数额。", (*options.values(), unknown), proposal)
