"""Putting a request forward, taking it back, saying who the debtor is."""

from __future__ import annotations

from execdesk.access.possible import require_possible
from execdesk.access.register import CASE, action
from execdesk.access.session import Session
from execdesk.approval.requests import (
    documents_of,
    open_request,
    put_forward,
    reopen,
    request_of,
    require_mine,
    require_referrer,
    require_unused,
    subject_of,
    with_grounds,
)
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.lookup import case_of, open_for_bureau, party_of, responsible_judge
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import UNDER_WAY, Request, RequestState
from execdesk.records.cases import CaseState, Party
from execdesk.records.charge import APPLYING, KEEPING
from execdesk.records.papers import Document, DocumentState
from execdesk.store.act import Changes


@action(
    "request.open", "提出其他报批",
    CASE, Field("matter", "事项", "choice", options="matters_alone", finds="matters", start="matter_told",
                hint="有文书的事项（查封、冻结、拘留、终本等）从「下一步」或者「拟写文书」办理"),
    Field("title", "标题", required=False, most=128, rare=True),
    Field("circumstances", "情形", "many", required=False, rare=True),
    Field("upward", "层报", "flag", required=False, rare=True),
    Field("party", "对象", "choice", required=False, options="parties_or_none", rare=True),
    Field("note", "事实和理由", "long", required=False, hint="印在审批表的事实理由里"),
    button="存为草稿", matter="@matter_told", note="先存为草稿，在「审批」的「我的草稿」里提交；提交后由有权的人决定，批准后登记办结，并可打印审批表。",
    done="已存为草稿：请到「审批」的「我的草稿」里提交。", menu=100,
)
def propose(
    session: Session, *, case: str, matter: str, title: str | None = None, circumstances: list[str] | None = None,
    upward: bool = False, party: str | None = None, note: str | None = None,
) -> Changes:
    """Put any matter forward that has no action of its own: it is decided at its level and printed on the approval sheet."""
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, APPLYING, "提出报批")
    target = party_of(found, party) if party else None
    row = session.authority.matter(matter)
    name = row.id if row else matter
    session.authority.decide(name, subject=subject_of(session, found, target), on=session.day, circumstances=circumstances or ())  # refuses what does not fit
    session.authority.require_ground(name, circumstances or ())
    with session.act("request.open", case=found.id) as act:
        open_request(session, act, found, name, title or (row.name if row else matter), target=target,
                     circumstances=circumstances or (), upward=upward, note=note)
    return act.changes


@action("request.submit", "提交报批", Field("request", "报批事项", "row"), Field("upward", "层报", "flag", required=False))
def submit(session: Session, *, request: str, upward: bool = False) -> Changes:
    """Freeze the content of the request's documents and put it to the level that decides.

    The applicant or the judge in charge submits. Raises Refusal ``request.state``, ``document.…`` for an incomplete draft.
    """
    row = request_of(request)
    case = open_for_bureau(case_of(row.case))
    judge = responsible_judge(case, session.day)
    if session.me.id not in (row.applicant, judge.id):
        raise Refusal(f"「{row.title}」由{judge.name}承办，请由承办法官或提出人提交。", code="request.not_mine")
    require_in_charge(session, case, APPLYING, "提交报批")
    require_referrer(session, case, upward)
    with session.act("request.submit", case=case.id) as act:
        fresh = act.get(Request, row.id)
        require_possible(fresh, act.name, f"「{row.title}」", "request.state")
        put_forward(session, act, fresh, case, upward)
    return act.changes


@action(
    "request.withdraw", "撤回报批", Field("request", "报批事项", "row"), Field("reason", "理由", "long", hint="印在审批表上，如：补充证据后再报"),
    button="撤回", note="撤回后内容可以修改，改好再提交；批准过的，须重新批准。", done="已撤回。",
)
def withdraw(session: Session, *, request: str, reason: str) -> Changes:
    """Take a request back before it is used; nothing of it is lost."""
    return _end(session, request, RequestState.WITHDRAWN, reason, "request.withdraw")


@action("request.void", "作废报批", Field("request", "报批事项", "row"), Field("reason", "理由", "long"))
def void(session: Session, *, request: str, reason: str) -> Changes:
    """Declare a request void, e.g. because the facts have gone."""
    return _end(session, request, RequestState.VOID, reason, "request.void")


def _end(session: Session, request: str, state: str, reason: str, name: str) -> Changes:
    row = request_of(request)
    case = case_of(row.case)
    require_mine(session, row, case, "撤回、作废报批")
    if not reason.strip():
        raise Refusal("请写明理由。", code="request.reason")
    with session.act(name, case=case.id, reason=reason) as act:
        fresh = act.get(Request, row.id)
        require_possible(fresh, act.name, f"「{row.title}」", "request.state")
        require_unused(fresh)
        act.change(fresh, state=state, note=with_grounds(fresh, reason.strip()))
        for document in documents_of(row.id):
            if document.state in (DocumentState.DRAFT, DocumentState.SUBMITTED):
                act.change(act.get(Document, document.id), state=DocumentState.DRAFT if state == RequestState.WITHDRAWN else DocumentState.VOID)
    return act.changes


@action(
    "party.special", "标注特殊主体",
    CASE, Field("party", "当事人", "choice", options="parties", start="party", leads=True),
    Field("kinds", "类别", "many", options="subjects", start="special_kinds"),
    Field("source", "依据", start="special_source", hint="如证件、任职文件；取消标注也须写明"),
    button="标注", note="标注或取消标注后，本案已提交、已批准的报批须重新提交。", done="特殊主体的标注已登记。", menu=70,
)
def flag_special(session: Session, *, case: str, party: str, kinds: list[str], source: str) -> Changes:
    """Flag or unflag a party as 特殊主体; every open approval of the case that concerns him is re-opened."""
    found = case_of(case)
    require_in_charge(session, found, KEEPING, "标注特殊主体")
    if found.state == CaseState.REVIEW_OFFICE:
        open_for_bureau(found)
    row = party_of(found, party)
    if not source.strip():
        raise Refusal("请写明依据（如证件、任职文件）。取消标注也须写明依据。", code="party.special", field="source")
    with session.act("party.special", case=found.id, reason=source) as act:
        fresh = act.get(Party, row.id)
        if list(fresh.special or []) == kinds:
            raise Refusal("标注没有变化。", code="party.special")
        act.change(fresh, special=kinds or None, special_source=source.strip())
        concerned = Request.party.is_null() | (Request.party == row.id)
        for request in Request.select().where(
            Request.case == found.id, Request.state.in_(UNDER_WAY), Request.struck.is_null(), concerned
        ):
            reopen(act, request, f"{row.name}的特殊主体标注已变更，须重新提交报批")
    return act.changes
