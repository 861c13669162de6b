"""Taking a number: by the desk that holds the case, never one that stands anywhere already."""

from __future__ import annotations

from datetime import date

from execdesk.access.session import Session
from execdesk.documents.numbers import Numbered, check_entered, next_letter, next_suffix
from execdesk.documents.texts import Series
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.papers import Document, TakenNumber
from execdesk.store.act import Act


def number_for(session: Session, row: Document, case: Case, day: date) -> Numbered | None:
    """The number the document will take on a day; none for papers without a number.

    Numbers once taken count for ever, void and struck ones too. Raises Refusal ``number.provisional``, ``number.held_elsewhere``,
    ``number.taken`` and those of :mod:`execdesk.documents.numbers`.
    """
    series = session.tools.catalogue.series(row.type_id, day)
    if series is None:
        return None
    if case.provisional:
        raise Refusal(f"{case.number} 由本处登记，尚未得到本部确认，不能取文号。", code="number.provisional")
    if case.held_by != session.store.site:
        raise Refusal(f"{case.number} 由{case.held_by}持有，本处不能取文号。", code="number.held_elsewhere")
    number = _next(session, series, row, case, day)
    if TakenNumber.select().where(TakenNumber.series == series.id, TakenNumber.number == number.number).exists():
        raise Refusal(
            f"文号 {number.number} 已被另一份文书取用。可能有两件案件登记了同一案号，请先核对案号。", code="number.taken"
        )
    return number


def _next(session: Session, series: Series, row: Document, case: Case, day: date) -> Numbered:
    taken = list(TakenNumber.select().where(TakenNumber.series == series.id))
    if series.form == "suffix":
        last = (case.last_paper_suffix or {}).get(series.id)
        used = [t.suffix for t in taken if t.case == case.id]
        return next_suffix(series, case.number, used, last_on_paper=last, from_ledger=case.origin == "ledger")
    if series.form == "entered":
        return Numbered(entered_number(session, series, str((row.inputs or {}).get("sanction_number", "")), day), 0)
    yearly = [t.suffix for t in taken if f"〔{day.year}〕" in t.number]
    return next_letter(series, session.store.site, day, yearly)


def entered_number(session: Session, series: Series | None, text: str, day: date) -> str:
    """A number that 立案庭 gave, checked, in its printed form. Refusal ``number.entered``, also where none is given yet."""
    if series is None or not text.strip():
        raise Refusal("本文书的文号由立案庭给出，请先填写文号（如（2018）琼9027司惩1号）。", code="number.entered")
    taken = [t.number for t in TakenNumber.select().where(TakenNumber.series == series.id)]
    return check_entered(series, text, court_code=session.court.code, on=day, taken=taken)


def take(session: Session, act: Act, document: Document, number: Numbered | None) -> None:
    """Note a number as used by a document."""
    if number is None:
        return
    series = session.tools.catalogue.series(document.type_id, act.day)
    act.add(
        TakenNumber(
            case=document.case, series=series.id, suffix=number.suffix, number=number.number, document=document.id, state="used"
        )
    )
