"""The terms of a case's course: by when it is to be closed, by when the notice of execution is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from execdesk.casefile.dossier import Dossier
from execdesk.casefile.terms import Start, TermRules, term
from execdesk.law.closing import closing_node
from execdesk.law.refusal import Refusal
from execdesk.records.cases import CaseState
from execdesk.records.course import Extension
from execdesk.records.measures import Measure
from execdesk.records.papers import SIGNED, Document

NOTICE = "execution_notice.statutory"
AFTER_MEASURE = "execution_notice.after_immediate_measure"


def _filed(dossier: Dossier, rules: TermRules) -> Iterator[Start]:
    case = dossier.case  # of a panel it is the record, of the board a row told by lines
    if case.state == CaseState.OPEN:
        kind, on = case.kind, case.filed_on
        extensions = dossier.of(Extension)
        extended = sum(row.months for row in extensions) if extensions else 0
        yield Start(case, on, rules.once(("closing_node", kind, on), lambda: _node(rules, kind, on)), extended=extended)


def _node(rules: TermRules, kind: str, on: date) -> str:
    """The node by which the case is to be closed; none, so that no day is told, where the law knows no term for its kind."""
    try:
        return closing_node(rules.book, kind, on)
    except Refusal:
        return ""


def _received(dossier: Dossier, rules: TermRules) -> Iterator[Start]:
    """From the day the application came in until a notice is sent."""
    case = dossier.case
    if _owes_notice(dossier, rules):
        yield Start(case, case.received_on or case.filed_on, NOTICE)


def _controlled(dossier: Dossier, rules: TermRules) -> Iterator[Start]:
    """From the day of the first ruling that controls property until a notice is sent: it may come after the measure, but soon."""
    ordered = [measure.ordered_on for measure in dossier.of(Measure) if measure.ordered_on is not None and measure.origin == "ordered"]
    if ordered and _owes_notice(dossier, rules):
        yield Start(dossier.case, min(ordered), AFTER_MEASURE)


def _owes_notice(dossier: Dossier, rules: TermRules) -> bool:
    """Whether an open case has no signed notice yet; one from a ledger may have it on paper."""
    case, papers = dossier.case, dossier.of(Document)
    if case.state != CaseState.OPEN or case.origin != "registered":
        return False
    if not papers:
        return True
    notices = rules.papers("execution_notice")
    return not any(paper.type_id in notices and paper.state in SIGNED for paper in papers)


CLOSING = term(
    "closing", words="执限", title="执行期限届满日", owner="undertake", starts=_filed,
    tables=(Extension,),
)
EXECUTION_NOTICE = term(
    "execution_notice", words="通知", title="应发出执行通知", owner="undertake", starts=_received,
    tables=(Document,),
)
NOTICE_AFTER_MEASURE = term(
    "execution_notice.after_measure", words="补通知", title="应补发执行通知", owner="undertake", starts=_controlled,
    tables=(Document, Measure), of=Measure,
)
