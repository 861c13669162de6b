"""登记办结: the end of a matter that goes with no paper of this program."""

from __future__ import annotations

from datetime import date

from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.approval.requests import documents_of, live_decisions, request_of, require_mine
from execdesk.casefile.lookup import case_of
from execdesk.issue.gates import require_decided
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Request, RequestState
from execdesk.store.act import Changes


@action(
    "request.done", "登记办结",
    Field("request", "报批事项", "row"), Field("done_on", "办结日期", "day", start="today", most="today"), Field("outcome", "办理结果", "long", hint="何时、由何人、办了什么；纸上出过文书的，写明名称和文号"),
    button="登记办结", note="本事项不在本系统出文书，批准后在这里登记办理的结果，事项即办结。", done="已登记办结。",
)
def carry_out(session: Session, *, request: str, done_on: date, outcome: str) -> Changes:
    """What was done upon an approval that goes with no paper of this program: the end of its request.

    Raises:
        Refusal: ``request.not_mine``; ``request.state``; ``request.papers`` where papers go with it; ``document.not_signed`` and
            ``document.permit`` where a signature or permit is awaited; ``request.day`` for a day before it was approved.
    """
    row = request_of(request)
    case = case_of(row.case)
    require_mine(session, row, case, "登记办结")
    with session.act("request.done", case=case.id, reason=outcome) as act:
        fresh = act.get(Request, row.id)
        require_possible(fresh, act.name, f"「{row.title}」", "request.state")
        if papers := documents_of(row.id):
            raise Refusal(f"「{row.title}」附有《{papers[0].title}》，文书签发后即办结，不用另外登记。", code="request.papers")
        require_decided(session, f"「{row.title}」", "办结", fresh, case)
        approved = max(word.on for word in live_decisions(fresh))
        if done_on < approved:
            raise Refusal(f"{done_on} 早于批准之日（{approved}），请核对办结日期。", code="request.day")
        act.change(fresh, state=RequestState.DONE, done_on=done_on, outcome=outcome.strip())
    return act.changes
