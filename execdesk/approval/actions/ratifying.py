"""院长 ratifies or annuls what was done under authority that was being revoked."""

from __future__ import annotations

from execdesk.access.duty import require_may
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.approval.ratifying import lines_of
from execdesk.approval.requests import issued_of, reopen
from execdesk.integrity.incidents import ANNULLED, PROVISIONAL
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import UNDER_WAY, Decision, Request
from execdesk.records.base import new_id
from execdesk.records.incidents import Incident, IncidentState
from execdesk.records.journal import Line
from execdesk.store.act import Act, Changes


@action(
    "provisional.ratify", "追认",
    Field("incident", "待追认的事项", "row"), Field("reason", "理由", "long", required=False),
    note="追认后长期有效。", done="已记录。",
)
def ratify(session: Session, *, incident: str, reason: str = "") -> Changes:
    """院长 lets it stand for good; nobody ratifies his own."""
    require_may(session, "ratify", "追认")
    with session.act("provisional.ratify", reason=reason.strip()) as act:
        row = _waiting(session, act, incident)
        act.change(row, state=IncidentState.SETTLED, settled_by=session.me.id, settled_note=f"院长追认。{reason.strip()}")
    return act.changes


@action(
    "provisional.annul", "不予追认",
    Field("incident", "待追认的事项", "row"), Field("reason", "理由", "long"),
    note="不予追认的，批准不再算数，事项退回；已签发的文书不会自动撤销，另记为事件由人处理。", done="已记录。",
)
def annul(session: Session, *, incident: str, reason: str) -> Changes:
    """院长 takes the effect from it: a decision counts no more and its matter goes back; what else must be set right is named."""
    require_may(session, "ratify", "追认")
    if not reason.strip():
        raise Refusal("不予追认须写明理由。", code="access.reason")
    with session.act("provisional.annul", reason=reason.strip()) as act:
        row = _waiting(session, act, incident)
        act.change(row, state=IncidentState.SETTLED, settled_by=session.me.id, settled_note=f"院长不予追认：{reason.strip()}")
        left = _undo(act, row, reason.strip())
        if left:
            act.add(Incident(id=new_id(), kind=ANNULLED, place=row.place, text=left, case=row.case, found_at=act.at, state=IncidentState.OPEN))
    return act.changes


def _undo(act: Act, row: Incident, reason: str) -> str:
    """Take the effect from a decision; what is left to be set right by people, as a sentence."""
    kind, _, decision_id = row.place.partition(":")
    if kind != "Decision":
        return f"院长不予追认（{reason}）：{row.text}该留痕写下的事项须由承办法官逐项核对改正。"
    decision = act.get(Decision, decision_id)
    act.strike(decision, f"院长不予追认：{reason}")
    request = act.get(Request, decision.request)
    papers = issued_of(request.id)
    if papers:
        names = "、".join(f"《{paper.title}》{paper.number or ''}" for paper in papers)
        return f"院长不予追认「{request.title}」的批准（{reason}），而{names}已签发，不会自动撤销：须由承办法官补正、撤销或者采取补救措施。"
    if request.state in UNDER_WAY:
        reopen(act, request, f"院长不予追认{decision.post}的批准：{reason}")
    return ""


def _waiting(session: Session, act: Act, incident: str) -> Incident:
    row = act.get(Incident, incident)
    require_possible(row, act.name, "该事项", "incident.state")
    if row.kind != PROVISIONAL:
        raise Refusal("该事项不在待追认之列，请刷新后再看。", code="incident.state")
    if session.me.id in _writers(row.place):
        raise Refusal("不能追认自己办理的事项，请由代行院长职务的人办理。", code="access.oneself")
    return row


def _writers(place: str) -> set[str]:
    kind, _, row = place.partition(":")
    if kind == "Decision":
        return {d.person for d in Decision.select(Decision.person).where(Decision.id == row)}
    return {n.person for n in Line.select(Line.person).where(lines_of(kind), Line.number == int(row))}
