"""The terms of a case's course: by when it is to be closed, by when the notice of execution is due."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.dossier import Dossier
from execdesk.casefile.terms import Start, TermRules, term
from execdesk.law.closing import closing_node
from execdesk.law.refusal import Refusal
from execdesk.records.cases import CaseState
from execdesk.records.course import Extension
from execdesk.records.papers import SIGNED, Document

NOTICE = "execution_notice.statutory"


def _filed(dossier: Dossier, rules: TermRules) -> Iterator[Start]:
    case = dossier.case
    if case.state == CaseState.OPEN:
        kind, on = case.kind, case.filed_on
        extended = sum(row.months for row in dossier.of(Extension))
        yield Start(case, on, rules.once(("closing_node", kind, on), lambda: _node(rules, kind, on)), extended=extended)


def _node(rules: TermRules, kind: str, on: object) -> str:
    try:
        return closing_node(rules.book, kind, on)  # type: ignore[arg-type]
    except Refusal:
        return "closing.money"


def _received(dossier: Dossier, rules: TermRules) -> Iterator[Start]:
    """From the day the application came in until a notice is sent; a case from a ledger may have its notice on paper."""
    case, papers = dossier.case, dossier.of(Document)
    if case.state != CaseState.OPEN or case.origin != "registered":
        return
    notices = rules.papers("execution_notice") if papers else ()
    if not any(paper.type_id in notices and paper.state in SIGNED for paper in papers):
        yield Start(case, case.received_on or case.filed_on, NOTICE)


CLOSING = term(
    "closing", words="执限", title="执行期限届满日", owner="undertake", nodes=("deadline.closing.money", "deadline.closing.non_litigation"), starts=_filed,
    tables=(Extension,),
)
EXECUTION_NOTICE = term(
    "execution_notice", words="通知", title="应发出执行通知", owner="undertake", nodes=("deadline.execution_notice.statutory",), starts=_received,
    tables=(Document,),
)
