"""What must hold for moves of papers and numbers, and of what goes with them."""

from __future__ import annotations

from execdesk.access.conditions import session_of
from execdesk.access.session import holders_of
from execdesk.approval.requests import documents_of
from execdesk.drafting.assembly import assembly_of, checks_on
from execdesk.drafting.drafts import content_hash, frozen
from execdesk.issue.keeping import signed_fields, signers
from execdesk.records.approvals import Request
from execdesk.records.measures import Measure
from execdesk.records.moves import condition
from execdesk.records.papers import UNSIGNED, Document, DocumentState, Service, TakenNumber
from execdesk.store.act import Act


@condition("all_issued", "所附文书都已签发")
def all_issued(row: Request, _act: Act) -> bool:
    """Whether no paper of the request is left to sign."""
    return all(paper.state not in UNSIGNED for paper in documents_of(row.id))


@condition("paper_voided", "所附文书已作废")
def paper_voided(row: Request, act: Act) -> bool:
    """Whether the act declares a paper of the request void."""
    papers = Document.select().where(Document.request == row.id, Document.state == DocumentState.VOID)
    return any("state" in act.writes("Document", paper.id) for paper in papers)


@condition("unserved", "尚未送达")
def unserved(row: Document | TakenNumber | Measure, _act: Act) -> bool:
    """Whether the paper, or what ordered the measure, has not gone out."""
    if isinstance(row, Measure):
        return row.served_on is None
    paper = row.id if isinstance(row, Document) else row.document
    return not Service.select().where(Service.document == paper, Service.struck.is_null()).exists()


@condition("more_signers", "还有待签名的人")
def more_signers(row: Document, act: Act) -> bool:
    """Whether somebody has still to sign after this act."""
    return len(signed_fields(session_of(act), row)) < len(signers(frozen(row)))


@condition("last_signer", "已是最后一名")
def last_signer(row: Document, act: Act) -> bool:
    """Whether all have signed with this act."""
    return not more_signers(row, act)


@condition("no_keeper", "本处无印章管理员")
def no_keeper(_row: Document, act: Act) -> bool:
    """Whether nobody at this desk keeps the seal on the day."""
    return not holders_of("seal_keeper", act.day, act.store.site)


@condition("content_differs", "内容与批准的不同")
def content_differs(row: Request | Document, act: Act) -> bool:
    """Whether a paper of the request no longer reads as approved, or no longer may be issued as it reads."""
    session = session_of(act)
    for paper in documents_of(row.id if isinstance(row, Request) else row.request):
        made = assembly_of(session, paper, act.day)
        if content_hash(made.content) != paper.content_hash or any(check.state == "stop" for check in checks_on(session, made)):
            return True
    return False
