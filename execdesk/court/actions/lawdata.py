"""Actions by which the court corrects a figure of the law: proposed by whoever works with it, in effect when 局长 approves."""

from __future__ import annotations

from datetime import date

from execdesk.access.corrections import dated_value, named_like
from execdesk.access.duty import require_may
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.unitvalues import read_value
from execdesk.records.base import new_id, plain
from execdesk.records.court import LawCorrection, ProposalState
from execdesk.store.act import Act, Changes

PROPOSING = ("prepare_adoption", "undertake", "apply_for_judge", "correct_law")


@action(
    "law.propose", "提请更正法规参数",
    Field("key", "代号", "row"), Field("value", "更正为", "figure", options="figure_readings", start="figure_now", parts="figure_items"),
    Field("valid_from", "自哪一日起", "day", start="form_day"), Field("source", "依据（文件、条、款）", "long"),
    Field("reason", "理由", "long"), Field("unit", "单位", "row", required=False), button="提请局长批准", done="已提请，待局长批准。",
)
def propose(session: Session, *, key: str, value: str, valid_from: date, source: str, reason: str, unit: str = "") -> Changes:
    """Put a corrected figure before 局长. ``value`` is text as typed, read by the unit of the figure.

    Raises:
        Refusal: ``law.unknown``, ``law.value``, ``law.correction`` (an approving level among them), ``law.same`` where the
            confirmed figure of that day already has this value and this source, ``law.pending`` where the same figure already waits.
    """
    require_may(session, PROPOSING, "提请更正法规参数")
    known = session.law.history(key)[-1]
    own = known.unit
    row = LawCorrection(
        id=new_id(), key=key, value=None, unit=unit.strip() or own, valid_from=valid_from, source=source, reason=reason,
        proposed_by=session.me.id, state=ProposalState.PROPOSED,
    )
    if row.unit == own and own != "level":
        row.value = _plain(read_value(own, value, known.value))
    session.law.corrected([named_like(session.law, dated_value(row, "待批"))])  # refuses what does not fit
    _require_change(session, row)
    waiting = LawCorrection.get_or_none(LawCorrection.key == key, LawCorrection.state == ProposalState.PROPOSED, LawCorrection.struck.is_null())
    if waiting is not None:
        raise Refusal(
            f"「{known.name or key}」已有一件更正待局长批准（自 {waiting.valid_from} 起），请等其批准或退回后再提。", code="law.pending", ways=(WayOn("看待批的更正", "law.corrections"),)
        )
    with session.act("law.propose", reason=reason) as act:
        act.add(row)
    return act.changes


@action("law.approve", "批准更正法规参数", Field("correction", "更正", "row"))
def approve(session: Session, *, correction: str) -> Changes:
    """局长 brings a correction into effect; nobody his own."""
    require_may(session, "correct_law", "批准更正法规参数")
    with session.act("law.approve") as act:
        row = _waiting(act, correction)
        if row.proposed_by == session.me.id:
            raise Refusal("不能批准自己提请的更正。请由他人提请，或由另一位有权的人批准。", code="access.oneself")
        session.law.corrected([named_like(session.law, dated_value(row, "待批"))])
        act.reason = row.reason
        act.change(row, state=ProposalState.EFFECTIVE, approved_by=session.me.id, approved_on=act.day)
    return act.changes


@action(
    "law.refuse", "不批准更正法规参数",
    Field("correction", "更正", "row"), Field("reason", "理由", "long"),
    button="不批准", note="参数仍按原值。", done="未批准，参数仍按原值。",
)
def refuse(session: Session, *, correction: str, reason: str) -> Changes:
    """局长 turns a proposed correction down; the figure stays as it was."""
    require_may(session, "correct_law", "批准更正法规参数")
    with session.act("law.refuse", reason=reason) as act:
        act.change(_waiting(act, correction), state=ProposalState.REFUSED, approved_by=session.me.id, approved_on=act.day)
    return act.changes


def _require_change(session: Session, row: LawCorrection) -> None:
    try:
        now = session.law.value(row.key, row.valid_from)
    except Refusal:  # no figure of that day is known yet: this one is new
        return
    if now.confirmed and (now.value, now.source) == (dated_value(row, "待批").value, row.source):
        raise Refusal(f"「{now.name or row.key}」在 {row.valid_from} 已是这个数值，依据也相同，没有要更正的。请核对数值、依据或日期。", code="law.same")


def _waiting(act: Act, correction: str) -> LawCorrection:
    row = act.get(LawCorrection, correction)
    require_possible(row, act.name, "这件更正", "law.state")
    return row


def _plain(value: object) -> object:
    return plain(LawCorrection.valid_from, value) if isinstance(value, date) else value
