"""Taking a number: by the desk that holds the case, never one that stands anywhere already."""

from __future__ import annotations

from datetime import date
from typing import Any

from execdesk.access.session import Session, site_name
from execdesk.documents.numbers import Numbered, check_entered, next_letter, next_suffix
from execdesk.documents.texts import Series
from execdesk.law.refusal import Refusal
from execdesk.law.words import format_case_number, parse_case_number
from execdesk.records.cases import Case
from execdesk.records.papers import UNSIGNED, Document, NumberState, TakenNumber
from execdesk.store.act import Act


def number_for(session: Session, row: Document, case: Case, day: date) -> Numbered | None:
    """The number the document will take on a day; none for papers without a number.

    Numbers once taken count for ever, void and struck ones too. Raises Refusal ``number.provisional``, ``number.held_elsewhere``,
    ``number.taken`` and those of :mod:`execdesk.documents.numbers`.
    """
    series = session.catalogue.series(row.type_id, day)
    if series is None:
        return None
    if case.provisional:
        raise Refusal(f"{case.number} 由本处登记，尚未得到本部确认，不能取文号。", code="number.provisional")
    if case.held_by != session.store.site:
        raise Refusal(f"{case.number} 由{site_name(case.held_by)}持有，本处不能取文号。", code="number.held_elsewhere")
    number = _next(session, series, row, case, day)
    if is_taken(series, number.number):
        raise Refusal(
            f"文号 {number.number} 已被另一份文书取用。可能有两件案件登记了同一案号，请先核对案号。", code="number.taken"
        )
    return number


def _next(session: Session, series: Series, row: Document, case: Case, day: date) -> Numbered:
    if series.form == "suffix":
        return suffix_for(series, case)
    if series.form == "entered":
        return Numbered(entered_number(session, series, str((row.inputs or {}).get("sanction_number", "")), day, row.id), 0)
    if series.desk != session.store.site:
        raise Refusal(f"「{series.name}」的编号属于{site_name(series.desk)}，本处不能取号，请由{site_name(series.desk)}编发。", code="number.desk")
    return next_letter(series, session.store.site, day, _last_of(TakenNumber.series == series.id, TakenNumber.year == day.year))


def suffix_for(series: Series, case: Case) -> Numbered:
    """The number that the next paper of a series will take in a case; refusals of :func:`next_suffix`."""
    last = (case.last_paper_suffix or {}).get(series.id)
    return next_suffix(series, case.number, last_suffix(series, case.id), last_on_paper=last, from_ledger=case.origin == "ledger")


def last_suffix(series: Series, case: str) -> int | None:
    """The highest suffix of a series that was ever taken in a case, void and struck ones too."""
    return _last_of(TakenNumber.series == series.id, TakenNumber.case == case)


def is_taken(series: Series, number: str) -> bool:
    """Whether a number of a series was ever taken, in whatever case."""
    return bool(TakenNumber.select().where(TakenNumber.series == series.id, TakenNumber.number == number).exists())


def _last_of(*run: Any) -> int | None:
    """The last place in a run, from the end of its index: however many were taken, one entry is read."""
    found: int | None = TakenNumber.select(TakenNumber.suffix).where(*run).order_by(TakenNumber.suffix.desc()).limit(1).scalar()
    return found


def entered_number(session: Session, series: Series | None, text: str, day: date, document: str = "") -> str:
    """A number that 立案庭 gave, checked, in its printed form; ``document`` is the row id of the draft that bears it.

    Refusal ``number.entered``, also where none is given yet or another draft under way bears it.
    """
    if series is None or not text.strip():
        raise Refusal("本文书的文号由立案庭给出，请先填写文号（如（2018）琼9027司惩1号）。", code="number.entered")
    number = check_entered(series, text, court_code=session.court.code, on=day)
    if is_taken(series, number):
        raise Refusal(f"{number} 已经用过，请向立案庭核对。", code="number.entered")
    other = _drafted_with(number, document)
    if other is not None:
        held = f"{Case.get_by_id(other.case).number} 在办的《{other.title}》"
        raise Refusal(f"{number} 已填在{held}上，请向立案庭核对；那一份不再办理的，请先作废。", code="number.entered")
    return number


def _drafted_with(number: str, document: str) -> Document | None:
    """Another paper not signed yet on which the number was entered."""
    drafts = Document.select().where(Document.state.in_(UNSIGNED), Document.struck.is_null(), Document.id != document)
    entered = ((row, str((row.inputs or {}).get("sanction_number") or "")) for row in drafts)
    return next((row for row, text in entered if text and _printed(text) == number), None)


def _printed(text: str) -> str:
    found = parse_case_number(text).number
    return format_case_number(found) if found else text.strip()


def take(session: Session, act: Act, document: Document, number: Numbered | None) -> None:
    """Note a number as used by a document."""
    series = session.catalogue.series(document.type_id, act.day)
    if number is None or series is None:
        return
    act.add(
        TakenNumber(
            case=document.case, series=series.id, suffix=number.suffix, number=number.number, document=document.id, state=NumberState.USED,
            year=act.day.year if series.form == "yearly" else None,
        )
    )
