"""What must hold for moves of requests and panels."""

from __future__ import annotations

from execdesk.access.conditions import session_of
from execdesk.approval.deciding import has_signature
from execdesk.approval.requests import documents_of, issued_of, pending_permits
from execdesk.approval.standing import ruling_for
from execdesk.records.approvals import Panel, Request
from execdesk.records.moves import condition
from execdesk.records.papers import Document
from execdesk.store.act import Act


@condition("unused", "尚未签发文书")
def unused(row: Request | Document, _act: Act) -> bool:
    """Whether nothing of the request has become paper."""
    request = row.id if isinstance(row, Request) else row.request
    return not issued_of(request)


@condition("carried_out", "不附文书，依法须签发、许可的已经签发、许可")
def carried_out(row: Request, act: Act) -> bool:
    """Whether the matter goes with no paper, and nothing is awaited before it is carried out."""
    ruling = ruling_for(session_of(act), row, act.day)
    return not documents_of(row.id) and (not ruling.statute_signer or has_signature(row)) and not pending_permits(row.id)


@condition("last_step", "已到最后一级")
def last_step(row: Request, act: Act) -> bool:
    """Whether nobody above must approve too: always but on the ladder before the reform. ``step`` counts those who did before."""
    ruling = ruling_for(session_of(act), row, act.day)
    return not ruling.ladder or row.step + 1 >= len(ruling.path)


@condition("more_steps", "逐级审批尚有下一级")
def more_steps(row: Request, act: Act) -> bool:
    """Whether the next of the ladder must approve; ``step`` counts this one already."""
    ruling = ruling_for(session_of(act), row, act.day)
    return ruling.ladder and row.step < len(ruling.path)


@condition("content_changed", "内容已变")
def content_changed(row: Panel, act: Act) -> bool:
    """Whether the act freezes another content of a paper the panel sat on."""
    return any("content_hash" in act.writes("Document", paper.id) for paper in documents_of(row.request))
