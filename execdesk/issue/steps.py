"""What papers wait for in a case: to be submitted, decided, issued, sealed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from execdesk.approval.deciding import has_signature
from execdesk.approval.who import Deciders, Who
from execdesk.casefile.dossier import Dossier
from execdesk.casefile.steps import Step, steps
from execdesk.casefile.terms import TermRules
from execdesk.casefile.view import CaseView
from execdesk.casefile.waiting import Waits, waiting
from execdesk.drafting.drafts import frozen
from execdesk.drafting.replacing import to_replace
from execdesk.issue.keeping import signers
from execdesk.records.approvals import REQUEST_MOVES, UNDER_WAY, Request, RequestState
from execdesk.records.papers import DOCUMENT_MOVES, UNSIGNED, Document, DocumentState

_AGAIN = {RequestState.DRAFT: ("提交", REQUEST_MOVES.words[RequestState.DRAFT]), RequestState.RETURNED: ("重报", "被退回"), RequestState.LAPSED: ("重报", "批准失效")}


@steps(30)
def requests(view: CaseView) -> Iterator[Step]:
    """Requests under way, each where it stands."""
    for row in view.requests:
        if row.state in (*_AGAIN, *UNDER_WAY):
            yield from _request(view, row)


def _request(view: CaseView, row: Request) -> Iterator[Step]:
    papers = sorted((d for d in view.documents if d.request == row.id and d.state in UNSIGNED), key=lambda d: str(d.id))
    void = [paper for paper in to_replace(view.documents) if paper.request == row.id] if row.state != RequestState.SUBMITTED else []
    action, target = ("draft", papers[0].id) if papers else ("request", row.id)
    who = Deciders.of(view).who(row.matter, row)
    for paper in void:
        yield Step("document.replace", f"重制《{paper.title}》", paper.id, f"{paper.number or '原件'} 已作废", "soon", *_whose(view, row))
    if row.state in _AGAIN and (papers or not void):
        word, detail = _AGAIN[row.state]
        yield Step(action, f"{word} {row.title}", target, detail, "" if row.state == RequestState.DRAFT else "soon", who.words, who.mine)
    elif row.state == RequestState.SUBMITTED:
        yield Step(action, row.title, target, row.state_words, "", who.words if who.mine else f"待{who.words}", who.mine)
    elif papers:
        yield _issue(view, row, papers, target)
    elif row.state == RequestState.APPROVED and not any(paper.request == row.id for paper in view.documents):
        yield _finish(view, row, who)


def _finish(view: CaseView, row: Request, who: Who) -> Step:
    """The end of an approved matter that goes with no paper; where statute names a signer, his signature first."""
    if who.signer and not has_signature(row):
        return Step("request", row.title, row.id, f"待{who.signer}", "", who.signer, False)
    return Step("request", f"办结 {row.title}", row.id, row.state_words, "", *_whose(view, row))


def _whose(view: CaseView, row: Request) -> tuple[str, bool]:
    mine = view.session.me.id in (row.applicant, view.judge.id if view.judge else "")
    return "您可办理" if mine else "提出人、承办法官办理", mine


def _issue(view: CaseView, row: Request, papers: list[Document], target: str) -> Step:
    waiting = [d for d in papers if d.state == DocumentState.SUBMITTED]
    first = next(iter(signers(frozen(waiting[0]))), None) if waiting else None
    mine = first is not None and first.person == view.session.me.id
    words = "您可签发" if mine else f"{first.name}签发" if first else "署名人签发"
    return Step("draft", f"签发 {row.title}", target, row.state_words, "", words, mine)


def _unsealed(dossier: Dossier, _rules: TermRules) -> Iterator[Waits]:
    return (Waits(paper, DOCUMENT_MOVES.words[paper.state]) for paper in dossier.of(Document) if paper.state == DocumentState.TO_SEAL)


def name_of(row: Any) -> str:
    """A paper by its title with number or addressee."""
    return f"{row.title} {row.number or row.addressee or ''}".strip()


SEAL = waiting(
    "document.seal", place=40, duty="seal", widely="seal", find=_unsealed, step=lambda row: f"盖章 {name_of(row)}", who=("您可盖章", "印章管理员盖章"),
    tables=(Document,),
)
