"""Case numbers and numbers of identity papers as ledgers write them; the rules themselves stand in ``execdesk.law``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from execdesk.fields.cells import Answer, Cell, CellDecision, Note, Option, Refused, Value, compact, tidy
from execdesk.fields.names import is_organisation
from execdesk.law.identity import KINDS, Areas, IdentityCheck, check_identity
from execdesk.law.refusal import Refusal
from execdesk.law.words import CaseNumber, format_case_number, parse_case_number

LONGEST_RUN = 30  # cases that one cell may name as 「1号至30号」
EXACT_DIGITS = 15  # a spreadsheet keeps so many digits of a number; the rest is gone
_LOST = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
parse = lru_cache(maxsize=20_000)(parse_case_number)  # each number is read for the sheet's year and again for its row
_LABELLED = re.compile(r"(?P<label>(?:ID(?=:)|[\u4e00-\u9fff·]+)?):?(?P<number>[0-9A-Za-z]{8,18})(?P<remark>\([^()]*\))?[.。]?")
_WORDS = ("身份证", "证件", "信用代码", "机构代码", "注册号", "护照", "通行证", "号码", "代码", "ID")
_NONE = frozenset({"无", "无号码", "不详", "不明", "未知", "待查", "待补", "暂缺", "暂无", "空", "-", "--", "—", "——", "未提供"})
_STANDING = re.compile(r"[(\[【〔{][0-9〇零○O一二三四五六七八九]{4}[)\]】〕}][^()\[\]【】〔〕{}]*?\d号(?:之[一二三四五六七八九十\d]+)?")  # a whole number
_TAIL = re.compile(r"(?:[、,，;；和及\n]|至)\s*(?=\S)")


@dataclass(frozen=True)
class YearHint:
    """The year a case number without one may belong to, and why: the sheet's title, the row's filing day."""

    year: int
    ground: str


@dataclass(frozen=True)
class Numbers:
    """The case numbers of one cell: that of the case, others in the same cell, and whether each is a case of its own."""

    first: CaseNumber
    others: tuple[CaseNumber, ...] = ()
    split: bool = False


def read_case_numbers(raw: str, home: str, hints: tuple[YearHint, ...]) -> Answer[Numbers]:
    """The case number in ``raw``; a missing year or court and several numbers are questions, what is no number is refused."""
    text = tidy(raw)
    standing = _STANDING.findall(text)
    if len(standing) > 1 and compact("".join(standing)) == compact(text):  # numbers one behind the other
        return _several(raw, standing, home, hints)
    parts = [part for part in _TAIL.split(text) if part.strip()]
    if len(parts) > 1:
        return _several(raw, parts, home, hints)
    parsed = parse(text, home=home)
    if parsed.number is not None:
        return _own(parsed.number, raw, home, parsed.notes)
    if len(standing) == 1 and standing[0] != text and (number := parse(standing[0], home=home).number) is not None:
        return _among_words(number, raw, home)
    return _incomplete(raw, text, home, hints)


def _among_words(number: CaseNumber, raw: str, home: str) -> Answer[Numbers]:
    """A whole number with words before or behind it: the number that stands there is offered."""
    answer = _own(number, raw, home)
    if not isinstance(answer, Value):
        return answer
    shown = format_case_number(number)
    option = Option(f"take:{shown}", f"记 {shown}", answer.value, "案号前后的文字留在原文中")
    return CellDecision("case_no.words", f"「{' '.join(raw.split())}」的案号前后还有文字，请确认案号。", (option,), option.key)


def _own(number: CaseNumber, raw: str, home: str, notes: tuple[str, ...] = ()) -> Answer[Numbers]:
    if number.suffix is not None:
        bare = Option(f"take:{format_case_number(number.bare)}", f"记 {format_case_number(number.bare)}", Numbers(number.bare))
        return CellDecision("case_no.suffix", f"「{raw}」带有文书后缀，案号应不带后缀。", (bare,), bare.key)
    if not number.old and number.court_code != home:
        return Refused("case_no.other_court", f"「{raw}」的法院代字不是本院的「{home}」，请核对案号后再导入。")
    return Value(Numbers(number))


def _incomplete(raw: str, text: str, home: str, hints: tuple[YearHint, ...]) -> Answer[Numbers]:
    options: dict[str, Option[Numbers]] = {}
    problems: tuple[str, ...] = ()
    for hint in hints or (YearHint(0, ""),):
        parsed = parse_case_number(text, home=home, year=hint.year or None)
        problems = parsed.problems
        number = parsed.number or parsed.proposal
        if number is None or (not number.old and number.court_code != home):
            continue
        shown = format_case_number(number.bare)
        known = options.get(shown)
        ground = "；".join(filter(None, [known.ground if known else "", hint.ground]))
        options[shown] = Option(f"take:{shown}", f"记 {shown}", Numbers(number.bare), ground)
    if not options:
        said = "".join(problems)
        return Refused("case_no.unreadable", said if "不是案号" in said else f"「{raw}」不是案号。{said}")
    keys = [option.key for option in options.values()]
    code = "case_no.no_year" if "年份" in "".join(problems) else "case_no.incomplete"
    return CellDecision(code, "".join(problems) or f"「{raw}」不完整。", tuple(options.values()), keys[0] if len(keys) == 1 else "")


def _several(raw: str, parts: list[str], home: str, hints: tuple[YearHint, ...]) -> Answer[Numbers]:
    """「执505、506号」: later parts borrow what they lack from the first."""
    numbers: list[CaseNumber] = []
    for part in parts:
        text = part if part.rstrip("号").rstrip()[-1:].isdigit() and not part[0].isdigit() else part
        if numbers and re.fullmatch(r"第?\d+号?", compact(text)):
            seq = int(re.sub(r"\D", "", compact(text)))
            numbers.append(CaseNumber(numbers[0].year, numbers[0].court_code, numbers[0].type_code, seq, None, numbers[0].old))
            continue
        year = hints[0].year if hints else None
        parsed = parse_case_number(text, home=home, year=year)
        number = parsed.number or parsed.proposal
        if number is None:
            return Refused("case_no.unreadable", f"「{raw}」中的「{part}」不是案号，请核对后再导入。")
        numbers.append(number.bare)
    every = tuple(dict.fromkeys(numbers))
    if "至" in raw and len(every) == 2:
        first, last = every
        if first.seq >= last.seq or last.seq - first.seq > LONGEST_RUN or replace(first, seq=last.seq) != last:
            return Refused("case_no.unreadable", f"「{' '.join(raw.split())}」不成一串连号，请每行写一个案号后再导入。")
        every = tuple(replace(first, seq=seq) for seq in range(first.seq, last.seq + 1))
    if len(every) == 1:
        return _own(every[0], raw, home)
    shown = [format_case_number(number) for number in every]
    options = [Option(f"split:{'、'.join(shown)}", f"拆为 {len(every)} 件", Numbers(every[0], every[1:], True), "各记一件，标的须分别补录")]
    for number, text in zip(every, shown, strict=True):
        rest = tuple(other for other in every if other != number)
        options.append(Option(f"take:{text}", f"只记 {text}", Numbers(number, rest), "其余记作关联案号"))
    return CellDecision("case_no.several", f"「{' '.join(raw.split())}」一格有 {len(every)} 个案号。", tuple(options), options[0].key)


@dataclass(frozen=True)
class Identity:
    """A checked number: kind as in ``execdesk.law.identity``, the number as stored, birthday and sex it tells."""

    kind: str
    number: str
    born_on: date | None = None
    sex: int | None = None


class IdentityPaper(NamedTuple):
    """One number of a cell, the name before or behind it, and a remark that stood with it; no number where the cell says 无."""

    number: str
    label: str = ""
    remark: str = ""


def read_papers(cell: Cell) -> tuple[IdentityPaper, ...] | Refused:
    """The numbers in one cell with what stands beside them, 「身份证号：」 left out; () where the cell says there are none."""
    numbers = split_identities(cell)
    if isinstance(numbers, Refused):
        return numbers
    papers = tuple(_paper(number) for number in numbers)
    return papers if any(paper.number for paper in papers) else ()


def _paper(text: str) -> IdentityPaper:
    if compact(text) in _NONE:
        return IdentityPaper("")
    found = _LABELLED.fullmatch(compact(text))
    if found is None:
        return IdentityPaper(text)
    label, remark = found["label"] or "", found["remark"] or ""
    return IdentityPaper(found["number"], "" if any(word in label for word in _WORDS) else label, remark.strip("()"))


def split_identities(cell: Cell) -> tuple[str, ...] | Refused:
    """The single numbers in one cell as text; refused where a spreadsheet has already lost digits."""
    value = cell.value
    if isinstance(value, bool | date):
        return Refused("identity.not_number", f"「{cell.text}」不是证件号码，请核对单元格格式后再导入。")
    if isinstance(value, int | float):
        if isinstance(value, float) or len(str(value)) > EXACT_DIGITS:
            return _lost(cell.text)
        return (str(value),)
    text = tidy(value or "")
    pieces = [piece for line in re.split(r"[\n、,，;；/|]", text) if (piece := line.strip(" '‘’:："))]
    numbers: list[str] = []
    for piece in pieces:
        joined = piece.replace(" ", "")
        numbers += [joined] if len(joined) <= 18 else [part for part in piece.split(" ") if part]
    if any(_LOST.fullmatch(number) for number in numbers):
        return _lost(cell.text)
    return tuple(numbers)


def _lost(text: str) -> Refused:
    return Refused("identity.lost", f"证件号码「{text}」已被表格软件改成数值，第 15 位以后无法恢复，请按证件以文本重新填写。")


def read_identity(
    number: str, name: str, areas: Areas | None = None, on: date | None = None, kinds: Sequence[str] = (),
) -> Answer[Identity]:
    """Check one number for the party ``name``; a wrong checksum or birthday is refused, an unknown area warned about.

    ``kinds`` are those that the ledger says the paper may be: the first that fits; where none does, a number that is another
    kind beyond doubt is taken with a warning.
    """
    faults = []
    for kind in kinds:
        try:
            return _found(check_identity(number, kind=kind, areas=areas, on=on), name)
        except Refusal as refusal:
            faults.append(refusal)
    answer = _without_kind(number, name, areas, on)
    if kinds and isinstance(answer, Value):
        told = f"证件类型栏写的是{KINDS[kinds[0]]}，号码却是{KINDS[answer.value.kind]}，请核对。"
        return Value(answer.value, (*answer.warnings, Note("identity.kind_told", told)))
    return Refused(faults[0].code, faults[0].text) if kinds and isinstance(answer, Refused) else answer


def _without_kind(number: str, name: str, areas: Areas | None, on: date | None) -> Answer[Identity]:
    try:
        return _found(check_identity(number, areas=areas, on=on), name)
    except Refusal as refusal:
        fault = refusal
    plain = compact(number).upper()
    if fault.code == "identity.ambiguous":
        return _ambiguous(plain, name, fault, areas, on)
    return Refused(fault.code, fault.text)


def _ambiguous(plain: str, name: str, fault: Refusal, areas: Areas | None, on: date | None) -> Answer[Identity]:
    """A number that fits two kinds: a natural person's is the identity card, a unit's is asked about."""
    fits: list[IdentityCheck] = []
    for kind in KINDS:
        try:
            fits.append(check_identity(plain, kind=kind, areas=areas, on=on))
        except Refusal:
            continue
    cards = [fit for fit in fits if fit.kind in ("id18", "id15")]
    if cards and name and not is_organisation(name):
        return _found(cards[0], name)
    options = tuple(
        Option(f"kind:{fit.kind}", fit.kind_words, Identity(fit.kind, fit.normal, fit.born_on, fit.sex)) for fit in fits
    )
    return CellDecision("identity.ambiguous", fault.text, options)


def _found(check: IdentityCheck, name: str) -> Answer[Identity]:
    code = "identity.body_code" if check.kind == "credit_code" else "identity.warning"
    notes = tuple(Note(code, text) for text in check.warnings)
    identity = Identity(check.kind, check.normal, check.born_on, check.sex)
    return Value(identity, (*notes, *_mismatch(check.kind, name)))


def _mismatch(kind: str, name: str) -> tuple[Note, ...]:
    person = kind not in ("credit_code", "registration15", "org_code")
    if not name or person != is_organisation(name):
        return ()
    return (Note("identity.kind", f"「{name}」与证件种类（{KINDS[kind]}）不相称，请核对。"),)
