"""Case numbers: read any shape found in ledgers, print one form. Source: 法〔2015〕137号, 法〔2016〕27号; before 2016 local usage."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from execdesk.law.numerals import normalise, parse_suffix_words, suffix_in_words
from execdesk.law.refusal import Refusal

_PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川渝贵黔云滇藏陕甘青宁新兵军"
_NEW = rf"(?P<court>最高法|[{_PROVINCES}]\d*|[\u4e00-\u9fff]{{1,3}}?\d+)?(?P<kind>[\u4e00-\u9fff]{{1,20}}?)"
_YEAR = r"(?:[(\[〔【〖『「《{〈<]?(?P<year>\d{4}|[〇○零Oo一二三四五六七八九]{4})年?度?[)\]〕】〗』」》}〉>]?年?度?)?"
_SHAPE = re.compile(
    _YEAR + _NEW + r"(?P<old>字?第?)(?P<seq>\d+)(?:[-—–之](?P<dash>\d{1,2})|(?P<inner>之[^\d号之]{1,4}))?"
    r"(?P<end>号?)(?:[-—–](?P<tail>\d{1,2})|(?P<words>之.{1,4}))?"
)
_FIGURES = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
# what kinds were called before 2016: the division, a court's several chambers of it, the stage; or the division alone
_DIVISION = "知民|知刑|知行|知|刑附民|行赔|非诉行|行非诉|民|刑|行|商|经|赔|破|诉|财|立|仲|公|司|先|非"
_STAGE = (
    "执行|执恢|恢执|执异|执复|执监|执申|执请|执协|执他|执保|执督|执指|执罚|执|恢|初|终|再终|再初|再|提|申|监|抗|督|催|特|清|预|"
    "辖|撤|调|保|更|减|假|救|惩复|惩|罚|赔|他|裁|证|重|复|异|协|确|破"
)
_OLD = re.compile(rf"(?P<court>[\u4e00-\u9fff]*?)(?P<kind>(?:立[一二]?)?(?:{_DIVISION})?[一二三四五六七八九十]?(?:{_STAGE})|知[民刑行]|[民刑行商经知赔破])")
_SUPREME = re.compile(r".*(?:[一二三四五六七八九十].|终|再|提|申|监|抗|复|请|协|督|他)|知行")  # its numbers bore no name of a court
_MAX_SEQ = 7  # digits: no court counts so far in a year, and the store keeps no longer ones


@dataclass(frozen=True, order=True)
class CaseNumber:
    """（2017）琼9027执123号之一; ``old`` marks a number in the form before 2016: （2014）乐执字第56号, （2014）民提字第1号.

    Of an old number the digits stay as they were given out (``width`` counts them where zeros lead), and its suffix is written
    as at its time: 56-1号, or 56号之一 where it was ``worded`` so. The Supreme Court's old numbers name no court.
    """

    year: int
    court_code: str
    type_code: str
    seq: int
    suffix: int | None = None
    old: bool = False
    width: int = 0
    worded: bool = False

    @property
    def bare(self) -> CaseNumber:
        """The number of the case itself, without the document's suffix."""
        return replace(self, suffix=None, worded=False)


@dataclass(frozen=True)
class ParsedCaseNumber:
    """What was read: ``number`` when nothing is missing, else ``problems`` to ask about and perhaps a ``proposal``.

    ``notes`` name harmless differences from the printed form (brackets, 「字第」, a missing 号).
    """

    raw: str
    number: CaseNumber | None
    proposal: CaseNumber | None
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def format_case_number(number: CaseNumber) -> str:
    """The one printed form: full-width round brackets, no blanks, suffix after 号; zeros lead in old numbers only."""
    words = suffix_in_words(number.suffix) if number.suffix else ""
    if number.old:
        seq = f"{number.seq:0{number.width}d}"
        tail = f"-{number.suffix}号" if number.suffix and not number.worded else f"号{words}"
        return f"（{number.year}）{number.court_code}{number.type_code}字第{seq}{tail}"
    return f"（{number.year}）{number.court_code}{number.type_code}{number.seq}号{words}"


def parse_case_number(text: str, *, home: str = "", year: int | None = None) -> ParsedCaseNumber:
    """Read ``text``; a missing year or court is asked about, with ``year`` and ``home`` as proposal, never filled in."""
    plain = normalise(text)
    found = _SHAPE.fullmatch(plain)
    if not found:
        return ParsedCaseNumber(
            text, None, None, (f"「{text}」不是案号，请按「（年份）法院代字类型代字编号号」填写。",), ()
        )
    old, court, kind = _court_and_kind(found)
    supreme = old and not court and bool(_SUPREME.fullmatch(kind))
    problems = _problems(found, court or ("最高法" if supreme else ""), text)
    number = CaseNumber(_year(found) or year or 0, court if court or old else home, kind, _seq(found), None, old)
    if old:
        number = replace(number, width=len(found["seq"]) if found["seq"].startswith("0") else 0, worded=bool(found["words"] or found["inner"]))
    suffix_problem, suffix = _suffix(found, old)
    number = replace(number, suffix=suffix)
    problems += suffix_problem
    whole = bool(number.year and (number.court_code or supreme) and number.seq)
    notes = _notes(found, plain, number) if whole else ()
    if problems:
        return ParsedCaseNumber(text, None, number if whole else None, problems, notes)
    return ParsedCaseNumber(text, number, number, (), notes)


def case_number(text: str) -> CaseNumber:
    """The number behind ``text``, or a Refusal that says what is missing and proposes nothing silently."""
    parsed = parse_case_number(text)
    if parsed.number is None:
        raise Refusal("".join(parsed.problems), code="words.case_number")
    return parsed.number


def _year(found: re.Match[str]) -> int:
    return int((found["year"] or "0").translate(_FIGURES))


def _seq(found: re.Match[str]) -> int:
    """The sequence number, 0 where it is too large to be one."""
    return int(found["seq"]) if len(found["seq"].lstrip("0")) <= _MAX_SEQ and len(found["seq"]) <= 2 * _MAX_SEQ else 0


def _court_and_kind(found: re.Match[str]) -> tuple[bool, str, str]:
    """Tell the old form 乐执字第56号 (the court's short name, no digits) from the new one with a stray 字第."""
    court, kind = found["court"] or "", found["kind"]
    place = _OLD.fullmatch(court + kind)
    if place and found["old"]:
        return True, place["court"], place["kind"]
    if place and not court:
        return False, "", place["kind"]
    return False, court, kind


def _problems(found: re.Match[str], court: str, text: str) -> tuple[str, ...]:
    problems = []
    if not found["year"]:
        problems.append(f"「{text}」缺少年份，请确认收案年度。")
    elif not 1949 <= _year(found) <= 2099:
        problems.append(f"「{text}」的年份不合理，请核对。")
    if not court:
        problems.append(f"「{text}」缺少规范的法院代字，请确认是哪个法院的案件。")
    if not found["seq"].strip("0"):
        problems.append(f"「{text}」的编号不能为零，请核对。")
    elif not _seq(found):
        problems.append(f"「{found[0][:30]}」的编号过大，最多{_MAX_SEQ}位数字，请核对。")
    return tuple(problems)


def _suffix(found: re.Match[str], old: bool) -> tuple[tuple[str, ...], int | None]:
    if found["words"] or found["inner"]:
        try:
            return (), parse_suffix_words(found["words"] or found["inner"])
        except Refusal as refusal:
            return (refusal.text,), None
    figure = found["dash"] or found["tail"]
    if figure is None:
        return (), None
    if int(figure) == 0:
        return ("文书后缀不能为零，请核对。",), None
    if old:
        return (), int(figure)
    return (f"「{found[0]}」可能是文书后缀「{suffix_in_words(int(figure))}」，也可能是连号案件，请确认。",), int(figure)


def _notes(found: re.Match[str], plain: str, number: CaseNumber) -> tuple[str, ...]:
    printed = format_case_number(number)
    if normalise(printed) == plain:
        return ()
    notes = []
    if found["old"] and not number.old:
        notes.append("2016年起案号不再写「字第」")
    if not found["end"]:
        notes.append("补「号」字")
    if not number.old and found["seq"] != str(number.seq):
        notes.append("编号不补零")
    return (*notes, f"统一写作「{printed}」")
