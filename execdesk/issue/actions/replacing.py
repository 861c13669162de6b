"""重制作废文书: a paper for one that was declared void before it went out, in the same request."""

from __future__ import annotations

from typing import Any

from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.approval.requests import documents_of, request_of, with_grounds
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.lookup import open_for_bureau
from execdesk.drafting.drafts import case_row, document_of
from execdesk.drafting.replacing import is_replaced, was_issued_and_voided
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Request, RequestState
from execdesk.records.charge import APPLYING
from execdesk.records.papers import AS_VOIDED, Document, DocumentState
from execdesk.store.act import Act, Changes

SAME, CHANGED = "same", "changed"
ENTERED_NUMBER = "sanction_number"  # 立案庭 gives another: the old one stays void


@action(
    "document.replace", "重制作废文书",
    Field("document", "作废的文书", "choice", options="replaceable", start="replaceable"),
    Field("text", "文字", "choice", default=SAME, required=False, options=((SAME, "照原文：批准继续有效，直接签发"), (CHANGED, "改动文字：改好后重新报批"))),
    button="重制", to_draft=True, note="新的一份在同一报批事项里签发，取新的文号；作废的那一份和它的文号照旧留存。",
)
def replace(session: Session, *, document: str, text: str = SAME) -> Changes:
    """Another paper for one that its signer declared void before it went out, of the same type and in the same request.

    With the same text the approval stands, and the paper waits for its signer; where a request was sent back meanwhile, or the text is to be
    another, it is a draft that is put forward again. Raises Refusal ``document.replace``, ``request.not_mine``, ``request.state``.
    """
    row = document_of(document)
    case = open_for_bureau(case_row(row))
    require_in_charge(session, case, APPLYING, "重制文书")
    _require_voided(row)
    request = request_of(str(row.request))
    require_possible(request, "document.replace", f"「{request.title}」", "request.state")
    entered = session.catalogue.series(row.type_id, session.day)
    renumbered = entered is not None and entered.form == "entered"
    if text == SAME and renumbered:
        raise Refusal(f"《{row.title}》的文号由立案庭给出，原号已作废，须填新号。请选「改动文字」，填好后重新报批。", code="document.replace")
    with session.act("document.replace", case=case.id) as act:
        fresh = act.get(Request, request.id)
        if text == SAME and fresh.state == RequestState.APPROVED:
            act.add(Document(**_values(row, AS_VOIDED), state=DocumentState.SUBMITTED))
        else:
            _draft_again(act, fresh, row)
    return act.changes


def _require_voided(row: Document) -> None:
    if not row.request or not was_issued_and_voided(row):
        raise Refusal(f"《{row.title}》没有签发后作废，不用重制。", code="document.replace")
    if is_replaced(row):
        raise Refusal(f"《{row.title}》已经重制过，请打开新的一份办理。", code="document.replace")


def _values(row: Document, names: tuple[str, ...]) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in names}, "case": row.case, "request": row.request, "type_id": row.type_id, "replaces": row.id}


def _draft_again(act: Act, request: Request, row: Document) -> None:
    """A draft that starts with what was filled in; an approved request goes back to its drafter with what is not issued of it."""
    values = _values(row, ("title", "addressee", "series", "measure", "corrects"))
    inputs = {name: value for name, value in (row.inputs or {}).items() if name != ENTERED_NUMBER}
    act.add(Document(**values, state=DocumentState.DRAFT, inputs={**inputs, "accepted_on": act.day.isoformat()}))
    if request.state == RequestState.APPROVED:
        act.change(request, state=RequestState.LAPSED, note=with_grounds(request, f"《{row.title}》作废后改文重制"))
        for paper in documents_of(request.id):
            if paper.state == DocumentState.SUBMITTED:
                act.change(act.get(Document, paper.id), state=DocumentState.DRAFT)
