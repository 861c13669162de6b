"""What control offers in a case: measures that end soon, answers that wait, freezing, transfer and release."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.dossier import Dossier
from execdesk.casefile.settings import bureau_settings
from execdesk.casefile.steps import Step, steps
from execdesk.casefile.view import CaseView
from execdesk.casefile.waiting import Waits, waiting
from execdesk.casework.control.measures import RELEASE_MATTERS, MeasureView, views_of
from execdesk.records.measures import BankReceipt, Measure


def views_in(view: CaseView) -> list[MeasureView]:
    """The measures of the case with their days as they stand today; worked out once."""
    found: list[MeasureView] = view.once("control.views", lambda: list(views_of(view.session, view.measures, view.day)))
    return found


@steps(20)
def ending(view: CaseView) -> Iterator[Step]:
    """Measures that end within the days the bureau counts as near, and are not being renewed."""
    within = bureau_settings(view.session.resources).control_days
    renewed = {measure.renewed_from for measure in view.measures}
    for one in views_in(view):
        left = one.state.days_left
        if one.state.state in ("live", "due") and left is not None and left <= within and one.measure.id not in renewed:
            yield Step("measure.renew", f"续行{one.title}", one.measure.id, f"{left} 天后失效", "soon", matter="renew_control")


def _unanswered(dossier: Dossier) -> Iterator[Waits]:
    answered = {row.measure for row in dossier.of(BankReceipt)}
    return (Waits(row, "待回执") for row in dossier.of(Measure) if row.served_on is not None and row.state == "live" and row.id not in answered)


ANSWER = waiting("bank.receipt", place=40, duty="record_receipt", widely="register_case", find=_unanswered, tables=(Measure, BankReceipt))


@steps(60)
def answers(view: CaseView) -> Iterator[Step]:
    """Notices served on a bank that has not answered."""
    mine = ANSWER.duty in view.may
    for one in ANSWER.find(view.dossier):
        yield Step(ANSWER.name, f"登记回执 {one.row.institution or one.row.property}", one.row.id, one.words, "", "您可登记" if mine else "办案人员登记", mine)


@steps(120)
def freezing(view: CaseView) -> Iterator[Step]:
    """Freezing a deposit."""
    yield Step("measure.freeze", "冻结存款", view.case.id, matter="freeze_deposit")


@steps(130)
def held(view: CaseView) -> Iterator[Step]:
    """Transfer and release of what is under control."""
    for one in views_in(view):
        if one.state.state in ("live", "due"):
            yield Step("measure.deduct", f"划拨 {one.title}", one.measure.id, matter="deduct_deposit")
            yield Step("measure.release", f"解除{one.title}", one.measure.id, matter=RELEASE_MATTERS[one.measure.action])
