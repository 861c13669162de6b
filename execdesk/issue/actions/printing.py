"""Counting what is printed."""

from __future__ import annotations

from peewee import fn

from execdesk.access.duty import require_may
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.approval.requests import request_of
from execdesk.drafting.drafts import document_of
from execdesk.integrity.history import require_kept
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.papers import DocumentState, Printing
from execdesk.store.act import Changes

KINDS = {"original": "原本", "sealed_copy": "正本", "duplicate": "副本", "wet_seal": "湿印本"}


@action(
    "document.print", "打印文书",
    Field("document", "文书", "row"), Field("kind", "种类", "row", required=False),
    Field("copies", "份数", "count", required=False, least=1, most=99),
)
def count_print(session: Session, *, document: str, kind: str = "sealed_copy", copies: int = 1) -> Changes:
    """Count copies before they go to the printer; reprints carry their ordinal in the journal."""
    row = document_of(document)
    require_may(session, ("print", "undertake", "draft", "seal", "register_service"), "打印文书")
    if kind not in KINDS:
        raise Refusal(f"打印种类可选：{'、'.join(KINDS.values())}。", code="print.kind")
    require_possible(row, "document.print", f"《{row.title}》", "print.state", "尚未签发的只能打印样稿")
    if kind == "sealed_copy" and row.state != DocumentState.ISSUED:
        raise Refusal(f"《{row.title}》尚未盖章，不能打印正本；可先打印湿印本盖章。", code="print.state")
    require_kept(session, row)
    before = Printing.select(fn.MAX(Printing.ordinal)).where(Printing.document == row.id).scalar() or 0
    with session.act("document.print", case=row.case) as act:
        act.add(Printing(document=row.id, kind=kind, copies=copies, ordinal=before + 1, person=session.me.id, at=act.at))
    return act.changes


@action(
    "request.print_sheet", "打印审批表",
    Field("request", "报批事项", "row"), Field("copies", "份数", "count", required=False, least=1, most=99),
)
def count_sheet(session: Session, *, request: str, copies: int = 1) -> Changes:
    """Count copies of an approval sheet in the journal before they go to the printer; the sheet is made anew each time, for whoever may see it."""
    row = request_of(request)
    with session.act("request.print_sheet", case=row.case, reason=f"打印「{row.title}」审批表 {copies} 份") as act:
        pass
    return act.changes
