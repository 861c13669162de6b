"""Case numbers: read any shape found in ledgers, print one form. Source: 法〔2015〕137号, 法〔2016〕27号."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from execdesk.law.numerals import normalise, parse_suffix_words, suffix_in_words
from execdesk.law.refusal import Refusal

_PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川渝贵黔云滇藏陕甘青宁新兵军"
_NEW = rf"(?P<court>最高法|[{_PROVINCES}]\d*|[\u4e00-\u9fff]{{1,3}}?\d+)?(?P<kind>[\u4e00-\u9fff]{{1,8}}?)"
_SHAPE = re.compile(
    r"(?:[(\[〔【{〈<]?(?P<year>\d{4})[)\]〕】}〉>]?年?度?)?" + _NEW + r"(?P<old>字?第?)(?P<seq>\d+)"
    r"(?:[-—–之](?P<dash>\d{1,2}))?(?P<end>号?)(?:[-—–](?P<tail>\d{1,2})|(?P<words>之.{1,4}))?"
)
_OLD = re.compile(r"(?P<court>[\u4e00-\u9fff]{1,3}?)(?P<kind>(?:[民刑行执知破法商仲督赔减他立][\u4e00-\u9fff]{0,4}))")


@dataclass(frozen=True, order=True)
class CaseNumber:
    """（2017）琼9027执123号之一; ``old`` marks a number in the form before 2016: （2014）乐执字第56号."""

    year: int
    court_code: str
    type_code: str
    seq: int
    suffix: int | None = None
    old: bool = False

    @property
    def bare(self) -> CaseNumber:
        """The number of the case itself, without the document's suffix."""
        return replace(self, suffix=None)


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
    """The one printed form: full-width round brackets, no blanks, no leading zeros, suffix after 号."""
    if number.old:
        tail = f"-{number.suffix}" if number.suffix else ""
        return f"（{number.year}）{number.court_code}{number.type_code}字第{number.seq}{tail}号"
    tail = suffix_in_words(number.suffix) if number.suffix else ""
    return f"（{number.year}）{number.court_code}{number.type_code}{number.seq}号{tail}"


def parse_case_number(text: str, *, home: str = "", year: int | None = None) -> ParsedCaseNumber:
    """Read ``text``; a missing year or court is asked about, with ``year`` and ``home`` as proposal, never filled in."""
    plain = normalise(text)
    found = _SHAPE.fullmatch(plain)
    if not found:
        return ParsedCaseNumber(
            text, None, None, (f"「{text}」不是案号，请按「（年份）法院代字类型代字编号号」填写。",), ()
        )
    old, court, kind = _court_and_kind(found)
    problems = _problems(found, court, text)
    number = CaseNumber(int(found["year"] or year or 0), court or home, kind, int(found["seq"]), None, old)
    suffix_problem, suffix = _suffix(found, old)
    number = replace(number, suffix=suffix)
    problems += suffix_problem
    whole = bool(number.year and number.court_code and number.seq)
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


def _court_and_kind(found: re.Match[str]) -> tuple[bool, str, str]:
    """Tell the old form 乐执字第56号 (place name, no digits) from the new one with a stray 字第."""
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
    elif not 1949 <= int(found["year"]) <= 2099:
        problems.append(f"「{text}」的年份不合理，请核对。")
    if not court:
        problems.append(f"「{text}」缺少规范的法院代字，请确认是哪个法院的案件。")
    if int(found["seq"]) == 0:
        problems.append(f"「{text}」的编号不能为零，请核对。")
    return tuple(problems)


def _suffix(found: re.Match[str], old: bool) -> tuple[tuple[str, ...], int | None]:
    if found["words"]:
        try:
            return (), parse_suffix_words(found["words"])
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
    if found["seq"] != str(number.seq):
        notes.append("编号不补零")
    return (*notes, f"统一写作「{printed}」")
