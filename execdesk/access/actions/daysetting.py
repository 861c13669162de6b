"""The act of two persons that sets a wrong day right once it is journaled."""

from __future__ import annotations

from execdesk.access.attending import second_attending
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.access.starting import day_ahead
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.store.act import Changes
from execdesk.store.clock import CLOCK_CORRECTION


@action(
    CLOCK_CORRECTION, "改正日期",
    Field("witness", "在场的第二人（登录名）", hint="院长、局长、副局长或系统管理员"), Field("witness_password", "第二人自己输入密码", "secret"),
    Field("reason", "理由", "long", hint="如：电脑日期何时设错"),
    note="先确认这台电脑现在的日期正确。改正后新办的事项按电脑的日期记；此前记下的不改。", done="日期已改正。",
)
def correct(session: Session, *, witness: str, witness_password: str, reason: str) -> Changes:
    """Let the clock count again after a wrong day was journaled; the second person is 院长, 局长, 副局长 or the administrator.

    Raises:
        Refusal: ``clock.demo``, ``clock.right`` where no line is dated after today, ``access.two_people``.
    """
    if session.demo:
        raise Refusal("演示库的日子只往前走，不能改回去。", code="clock.demo")
    if not day_ahead(session.store):
        raise Refusal("没有晚于今天的留痕，日期不用改正。", code="clock.right")
    second, _ = second_attending(session, witness, witness_password)
    try:
        with session.act(CLOCK_CORRECTION, reason=reason, cosigner=second.as_cosigner()) as act:
            pass
    finally:
        second.lock()
    return act.changes
