"""Queries sent, answers entered by hand, taken as property or put aside. Files of answers come in by intake."""

from __future__ import annotations

from datetime import date
from typing import Any

from execdesk.access.possible import require_possible
from execdesk.access.register import CASE, Fen, action
from execdesk.access.session import Session
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.lookup import case_of, debtor_of, open_for_bureau
from execdesk.casework.property.entering import enter, read_identifiers
from execdesk.casework.search.feedback import feedback_words
from execdesk.casework.search.queries import answer_of, query_of
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Party
from execdesk.records.charge import NOTING
from execdesk.records.search import AnswerState, NetworkQuery, QueryAnswer
from execdesk.store.act import Changes

_NOT_ASKED = "网络查询只查被执行人。"
_CHECKED = Field("checked", "识别信息已核对", "flag", required=False, hint="号码校验不符、或者已登记在他人名下的，核对后勾选")


@action(
    "query.send", "登记网络查询",
    CASE, Field("party", "被执行人", "choice", options="debtors", start="debtor"), Field("request_no", "请求单号", most=64, hint="查控系统给的单号，反馈凭它对上"),
    Field("heads", "查询种类", "many", options="query_heads"), Field("sent_on", "发起日期", "day", start="today", most="today", beside=True),
    button="登记查询", menu=45,
)
def send(session: Session, *, case: str, party: str, request_no: str, heads: list[str], sent_on: date) -> Changes:
    """Note that a query went out.

    Raises Refusal ``query.known`` for a number that is there already, ``query.heads`` where nothing is asked for.
    """
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, NOTING, "登记网络查询")
    owner, number = debtor_of(found, party, _NOT_ASKED), request_no.strip()
    if not heads:
        raise Refusal("请选择查询种类。", code="query.heads")
    if NetworkQuery.select().where(NetworkQuery.request_no == number, NetworkQuery.struck.is_null()).exists():
        raise Refusal(f"请求单号 {number} 已经登记过，请核对。", code="query.known")
    with session.act("query.send", case=found.id) as act:
        act.add(NetworkQuery(case=found.id, party=owner.id, request_no=number, heads=sorted(heads), sent_on=sent_on))
    return act.changes


@action(
    "query.answer", "登记查询反馈",
    Field("query", "网络查询", "choice", options="queries", start="query"), Field("head", "查询种类", "choice", options="query_heads"),
    Field("body", "反馈单位", most=128, hint="如 某某银行乐东支行"), Field("answered_on", "反馈日期", "day", start="today", most="today", beside=True),
    Field("nothing", "查无", "flag", required=False), Field("words", "反馈内容", "long", required=False, hint="有财产的，照反馈写账号、余额等；随后登记财产"),
    button="登记反馈",
)
def enter_answer(session: Session, *, query: str, head: str, body: str, answered_on: date, nothing: bool = False, words: str | None = None) -> Changes:
    """Enter an answer by hand: that there is nothing, or in words what there is.

    Raises Refusal ``query.day`` for a day before the query, ``query.head`` for a head that it did not ask for, ``query.words`` where
    neither is said.
    """
    row = NetworkQuery.get_by_id(query)
    require_in_charge(session, open_for_bureau(case_of(row.case)), NOTING, "登记查询反馈")
    told, known = (words or "").strip(), feedback_words(session.resources)
    if head not in row.heads:
        asked = "、".join(known.head(one).name for one in row.heads)
        raise Refusal(f"这次查询没有查{known.head(head).name}，只查了：{asked}。", code="query.head")
    if answered_on < row.sent_on:
        raise Refusal(f"反馈日期不能早于查询发起之日 {row.sent_on}。", code="query.day")
    if nothing == bool(told):
        raise Refusal("请勾选「查无」，或者写明反馈内容，只填一项。", code="query.words")
    state = AnswerState.NOTHING if nothing else AnswerState.PROPOSED
    with session.act("query.answer", case=row.case) as act:
        act.add(QueryAnswer(
            query=row.id, head=head, body=body, answered_on=answered_on, answer_key=f"{row.request_no}/{head}/{body}", state=state,
            words="查无" if nothing else told, raw={"反馈内容": "查无" if nothing else told},
        ))
    return act.changes


@action(
    "query.take", "登记反馈的财产",
    Field("answer", "反馈", "choice", options="answers_proposed", start="answer", leads=True), Field("identifiers", "识别信息", "map", required=False, parts="identifiers_answered", start="identifiers_told_by_answer"),
    Field("value", "价值", "amount", required=False, start="value_told_by_answer", hint="存款照反馈的余额"), _CHECKED, button="登记为财产",
    note="登记以后即可对它拟冻结、查封。",
)
def take(session: Session, *, answer: str, identifiers: dict[str, Any] | None = None, value: Fen | None = None, checked: bool = False) -> Changes:
    """Tie an answer to a property: the known one, or a new one with the debtor of the query as its owner.

    Raises Refusal ``query.state``; ``query.kind`` for a head whose answers become no property yet; as ``property.register`` for
    identifiers that cannot be.
    """
    row = answer_of(answer)
    query = query_of(row)
    require_in_charge(session, open_for_bureau(case_of(query.case)), NOTING, "登记反馈的财产")
    require_possible(row, "query.take", "该反馈", "query.state")
    head = feedback_words(session.resources).head(row.head)
    if not head.kind:
        raise Refusal(f"{head.name}的反馈请用「登记财产」登记，再把本条反馈标为不登记，写明已登记在哪里。", code="query.kind")
    kind = property_kinds(session.resources).of(head.kind)
    known = read_identifiers(kind, {**(row.identifiers or {}), **(identifiers or {})}, checked=checked)
    with session.act("query.take", case=query.case) as act:
        told = value if value is not None else row.value_fen
        thing = enter(
            session, act, kind, known, Party.get_by_id(query.party), found_by="answer", found_on=row.answered_on, checked=checked,
            value_fen=told, value_from="estimate" if told is not None else None,
        )
        act.change(act.get(QueryAnswer, row.id), state=AnswerState.TAKEN, property=thing.id)
    return act.changes


@action(
    "query.aside", "反馈不登记为财产", Field("answer", "反馈", "choice", options="answers_proposed", start="answer"), Field("reason", "理由", "long", hint="如余额为零、已销户、重复反馈"),
    button="不登记",
)
def aside(session: Session, *, answer: str, reason: str) -> Changes:
    """Put an answer aside, with the reason; it can be brought back."""
    return _moved(session, "query.aside", answer, AnswerState.ASIDE, reason)


@action("query.again", "恢复反馈待处理", Field("answer", "反馈", "choice", options="answers_aside", start="answer"), Field("reason", "理由", "long"), button="恢复待处理")
def again(session: Session, *, answer: str, reason: str) -> Changes:
    """Bring an answer back that was put aside."""
    return _moved(session, "query.again", answer, AnswerState.PROPOSED, reason)


def _moved(session: Session, act_name: str, answer: str, state: str, reason: str) -> Changes:
    row = answer_of(answer)
    case = open_for_bureau(case_of(query_of(row).case))
    require_in_charge(session, case, NOTING, "处理查询反馈")
    require_possible(row, act_name, "该反馈", "query.state")
    with session.act(act_name, case=case.id, reason=reason) as act:
        act.change(act.get(QueryAnswer, row.id), state=state)
    return act.changes
