"""Settling an incident, taking back what was written by no right; going on with a store that opens for reading only."""

from __future__ import annotations

from execdesk.access.duty import require_may
from execdesk.access.issuing import ISSUING_KEY as ISSUING_KEY
from execdesk.access.issuing import REPLACE
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.integrity.going_on import go_on_anew, go_on_moved
from execdesk.integrity.incidents import BY_RATIFYING, PROVISIONAL, UNCONFIRMED, record_faults
from execdesk.integrity.told import ASK, told_faults
from execdesk.integrity.undoing import MAY, taken_back
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.incidents import Incident, IncidentState
from execdesk.store.act import Act, Changes
from execdesk.store.findings import Verdict

SHORTEST = 4


@action(
    "incident.settle", "办结事件",
    Field("incident", "事件", "row"), Field("who", "由谁查明"), Field("found", "查明什么", "long"),
    button="办结", done="事件已办结。",
)
def settle(session: Session, *, incident: str, who: str, found: str) -> Changes:
    """Settle an incident with two sentences. Issue opens again only if the history then holds: the next action checks it anew.

    Raises:
        Refusal: ``access.duty``; ``incident.words`` where a sentence is missing; ``incident.state``; ``incident.certificate``.
    """
    require_may(session, ("countersign", "ratify"), "办结事件")
    if len(who.strip()) < 2 or len(found.strip()) < SHORTEST:
        raise Refusal("请用两句话写明：由谁查的，查明了什么。", code="incident.words")
    with session.act("incident.settle", reason=found.strip()) as act:
        row = _open(act, incident)
        act.change(row, state=IncidentState.SETTLED, settled_by=session.me.id, settled_note=f"{who.strip().rstrip('。')}。{found.strip().rstrip('。')}。")
    return act.changes


@action(
    "breach.undo", "撤去越权写入的内容", Field("incident", "事件", "row"), Field("reason", "查明什么", "long", hint="由谁查的，是谁在何时怎样写下的"),
    button="撤去", done="已撤去，有关事件已办结。",
    note="越权的留痕原样保留，它写下的内容从记录里撤去，恢复到它以前的样子；后来依据它办的，随之不生效。下一步列出会改动什么。",
)
def undo_breach(session: Session, *, incident: str, reason: str) -> Changes:
    """Take back what lines without authority did at this desk, and what was built on them; settles the incidents about them.

    Raises:
        Refusal: ``access.duty``; ``incident.words`` without a reason; else as :func:`taken_back`.
    """
    require_may(session, MAY, "撤去越权写入的内容")
    if len(reason.strip()) < SHORTEST:
        raise Refusal("请写明：由谁查的，是谁在何时怎样写下的。", code="incident.words")
    with session.act("breach.undo", reason=reason.strip()) as act:
        taken_back(session, act, incident)
    return act.changes


_WITNESS = (
    Field("witness", "在场的第二人（登录名）", hint="院长、局长、副局长或系统管理员"), Field("witness_password", "第二人自己输入密码", "secret"), Field("reason", "理由", "long"),
)


@action(
    "store.moved", "本库搬到了这里", *_WITNESS, button="接着使用",
    note="整个文件夹从原处搬来、原处不再使用时办理。须两人在场，记为事件。", done="已登记新位置，可以照常办公。",
)
def moved(session: Session, *, witness: str, witness_password: str, reason: str) -> Changes:
    """Go on with a store that was moved here whole; refusals as :func:`go_on_moved`."""
    return go_on_moved(session, witness, witness_password, reason.strip())


@action(
    "store.go_on", "另起一代继续办公", *_WITNESS, button="另起一代",
    note="本库是复制来的，或者留痕少了、换了的时候办理：原来的留痕不动，新写的另成一代。须两人在场，记为事件。", done="已另起一代；登记纸上最后文号以前不能签发。",
)
def go_on(session: Session, *, witness: str, witness_password: str, reason: str) -> Changes:
    """Go on in a new incarnation; refusals as :func:`go_on_anew`."""
    return go_on_anew(session, witness, witness_password, reason.strip())


@action(
    "journal.compare", "核对纸面链尾", Field("head", "审批表上的链尾", hint="如 HQ.1:12 3fa94c0e7b215d68"),
    Field("root", "证书根指纹", required=False, hint="院长保管的一页上有，至少前16位", rare=True), button="核对", note=ASK, done="与纸面一致，已记住。",
)
def compare(session: Session, *, head: str, root: str = "") -> Changes:
    """Hold the store against what was printed on paper; one that it no longer holds is an incident, and is refused here.

    Raises:
        Refusal: ``journal.head``, ``journal.root`` for texts that are neither, ``journal.head_lost`` naming what is not here.
    """
    faults = told_faults(session, head, root)
    if faults:
        record_faults(session, Verdict(faults=faults))
        raise Refusal(f"{''.join(fault.text for fault in faults)}请立即报告局长和院长，查明以前不要签发。", code="journal.head_lost", ways=(WayOn("看事件", "incidents"),))
    with session.act("journal.compare", reason=f"与纸面一致：{head.strip()}") as act:
        pass
    return act.changes


def _open(act: Act, incident: str) -> Incident:
    row = act.get(Incident, incident)
    require_possible(row, act.name, "该事件", "incident.state")
    if row.kind == BY_RATIFYING:
        raise Refusal("启用恢复信封的事件随证书办结：请院长追认或者撤销该证书。", code="incident.certificate")
    if row.kind == ISSUING_KEY:
        raise Refusal("该事件随更换签发钥匙办结：请院长用证书根更换（人员和授权 → 证书）。", code="incident.issuing", ways=(REPLACE,))
    if row.kind == UNCONFIRMED:
        raise Refusal("纸面批准由批准人或者院长在「审批」里确认或者否认，事件随之办结，不能另行办结。", code="incident.paper")
    if row.kind == PROVISIONAL:
        raise Refusal("待追认的事项由院长追认或者不予追认，不能另行办结。", code="incident.provisional")
    return row
