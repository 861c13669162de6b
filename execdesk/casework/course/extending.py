"""More time to close a case: what the decision prints, and what its signing does."""

from __future__ import annotations

from datetime import date

from execdesk.casefile.terms import running
from execdesk.casefile.view import CaseView
from execdesk.casework.course.terms import CLOSING
from execdesk.drafting.around import around
from execdesk.drafting.lent import FactsWanted, fact
from execdesk.issue.effects import Event, effect
from execdesk.law.book import LawBook
from execdesk.law.days import add_months
from execdesk.law.lookup import in_force
from execdesk.law.periods import ExtensionWindow, extension_window
from execdesk.records.course import Extension
from execdesk.records.papers import DocumentState

MONTHS, LEAD = "deadline.closing.extension", "deadline.closing.extension_apply_lead"


def _months(book: LawBook, on: date) -> int:
    return int(book.value(MONTHS, on).value)


@fact("closing_end", "立案日期和执行期限推算")
def closing_end(wanted: FactsWanted) -> date | None:
    """The day on which the closing term ends as it stands, with the extensions there are."""
    view = CaseView(wanted.session, wanted.case)
    return next((each.due_on for each in running(view.dossier, view.rules) if each.term is CLOSING), None)


@fact("extension_months", "法规参数")
def extension_months(wanted: FactsWanted) -> int:
    """By how many months the term may be extended at a time, by the law of the signing day."""
    return _months(wanted.session.law, wanted.on)


@fact("extended_to", "立案日期和执行期限推算")
def extended_to(wanted: FactsWanted) -> date | None:
    """The day on which the term ends once this decision is signed."""
    end = closing_end(wanted)
    return add_months(end, extension_months(wanted)) if end is not None else None


def _window(wanted: FactsWanted) -> ExtensionWindow | None:
    """When more time may be applied for; ``None`` before the law set a time (期限规定 2007)."""
    end, book = closing_end(wanted), wanted.session.law
    return None if end is None or in_force(book, LEAD, end) is None else extension_window(book, end)


@fact("extension_applied_on", "本次报批")
def extension_applied_on(wanted: FactsWanted) -> date:
    """The day on which more time is applied for: on which the request is put forward, until then the day looked at."""
    request = around(wanted.document).request
    submitted = request.submitted_at if request is not None and wanted.document.state != DocumentState.DRAFT else None
    return wanted.session.store.clock.day_of(submitted) if submitted is not None else wanted.on


@fact("extension_from", "执行期限推算")
def extension_from(wanted: FactsWanted) -> date | None:
    """The first day on which more time may be applied for, where there is one."""
    found = _window(wanted)
    return found.opens if found else None


@fact("extension_until", "执行期限推算")
def extension_until(wanted: FactsWanted) -> date | None:
    """The last day on which more time may be applied for."""
    found = _window(wanted)
    return found.closes if found else None


def _extensions(case: str) -> int:
    return int(Extension.select().where(Extension.case == case, Extension.struck.is_null()).count())


@fact("extensions_before", "延长执行期限的决定")
def extensions_before(wanted: FactsWanted) -> int | None:
    """How often the term was extended before; ``None`` where it never was."""
    return _extensions(wanted.case.id) or None


@effect("course.extended")
def extended(event: Event) -> str:
    """The signed decision gives more time; a further one says how many there are."""
    months = _months(event.session.law, event.day)
    before = _extensions(event.document.case)
    event.act.add(Extension(case=event.document.case, document=event.document.id, months=months, decided_on=event.day))
    return f"执行期限{f'第 {before + 1} 次' if before else ''}延长 {months} 个月"


@effect("course.extended_no_more")
def extended_no_more(event: Event) -> None:
    """A decision declared void gives no time."""
    for row in Extension.select().where(Extension.document == event.document.id, Extension.struck.is_null()):
        event.act.strike(event.act.get(Extension, row.id), "延长执行期限的决定作废")
