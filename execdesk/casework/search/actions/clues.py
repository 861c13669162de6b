"""Clues: entered as they come, looked into by officers, finished by the judge."""

from __future__ import annotations

from datetime import date

from execdesk.access.possible import require_possible
from execdesk.access.register import CASE, action
from execdesk.access.session import Session
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.lookup import case_of, debtor_of, open_for_bureau
from execdesk.casework.search.clues import GIVEN_BY, RESULTS, SEALED, clue_of
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.charge import FINDING, NOTING, WATCHING
from execdesk.records.search import ClueCheck, ClueState, PropertyClue
from execdesk.store.act import Changes

_NOT_HIS = "线索应当是被执行人的财产。财产在案外人名下的，写明被执行人，再在内容里写清登记在谁名下。"


@action(
    "clue.give", "登记财产线索",
    CASE, Field("party", "被执行人", "choice", options="debtors", start="debtor"), Field("given_by", "线索来源", "choice", options=tuple(GIVEN_BY.items()), default="applicant"),
    Field("person", "提供人", "name", required=False, hint="悬赏举报人不填，姓名另行密封", beside=True),
    Field("given_on", "提供日期", "day", start="today", most="today"), Field("text", "线索", "long", hint="什么财产、在哪里、有什么材料"),
    button="登记线索", note="登记后按线索明确计期限；承办法官可以改为不明确或者情况紧急。", menu=40,
)
def give(session: Session, *, case: str, party: str, given_by: str, given_on: date, text: str, person: str | None = None) -> Changes:
    """Enter a clue to a debtor's property; it counts as clear from the day it was given.

    Raises Refusal ``clue.sealed`` where the informant of a reward is named, ``clue.day`` for a day before the case came in.
    """
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, NOTING, "登记财产线索")
    owner = debtor_of(found, party, _NOT_HIS)
    if given_by == SEALED and (person or "").strip():
        raise Refusal("悬赏举报人的姓名不录入程序，请写在密封材料里；这里不填提供人。", code="clue.sealed")
    with session.act("clue.give", case=found.id) as act:
        act.add(PropertyClue(case=found.id, party=owner.id, given_by=given_by, person=(person or "").strip() or None, given_on=given_on, text=text, state=ClueState.GIVEN))
    return act.changes


@action(
    "clue.grade", "标明线索缓急", Field("clue", "线索", "choice", options="clues_given", start="clue", leads=True),
    Field("clear", "线索明确", "flag", required=False, start="clue_clear"), Field("urgent", "情况紧急", "flag", required=False, start="clue_urgent", beside=True),
    Field("reason", "理由", "long"), button="改标", note="不明确的线索不计核实期限；紧急的期限更短。",
)
def grade(session: Session, *, clue: str, reason: str, clear: bool = False, urgent: bool = False) -> Changes:
    """The judge says whether a clue is clear and whether it is urgent: its term follows.

    Raises Refusal ``clue.state``, ``clue.grade`` for an unclear one that is to be urgent, or where nothing changes.
    """
    row = clue_of(clue)
    require_in_charge(session, open_for_bureau(case_of(row.case)), FINDING, "标明线索缓急")
    require_possible(row, "clue.grade", "该线索", "clue.state")
    if urgent and not clear:
        raise Refusal("紧急的线索须是明确的：请同时勾选「线索明确」。", code="clue.grade")
    if (clear, urgent) == (row.clear, row.urgent):
        raise Refusal("没有改动：线索已经这样标明。", code="clue.grade")
    with session.act("clue.grade", case=row.case, reason=reason) as act:
        act.change(act.get(PropertyClue, row.id), clear=clear, urgent=urgent)
    return act.changes


@action(
    "clue.check", "登记线索核实结果", Field("clue", "线索", "choice", options="clues_open", start="clue"),
    Field("done_on", "核实日期", "day", start="today", most="today"), Field("by", "核实人", "name", start="my_name", hint="两人以上的都写，用顿号隔开", beside=True),
    Field("result", "结果", "choice", options=tuple(RESULTS.items())), Field("property", "找到的财产", "choice", required=False, options="things_of_clue", hint="已登记的选一件；没有登记的，随后登记"),
    Field("words", "核实经过", "long", hint="去了哪里、问了谁、看到什么；笔录附卷"), button="登记核实",
)
def check(session: Session, *, clue: str, done_on: date, by: str, result: str, words: str, property: str | None = None) -> Changes:
    """Enter what was found when a clue was looked into; the judge confirms it. A second look is a second row.

    Raises Refusal ``clue.state``; ``clue.day`` for a day before the clue was given; ``clue.property`` for a property named with another result.
    """
    row = clue_of(clue)
    require_in_charge(session, open_for_bureau(case_of(row.case)), WATCHING, "登记线索核实结果")
    require_possible(row, "clue.check", "该线索", "clue.state")
    if done_on < row.given_on:
        raise Refusal(f"核实日期不能早于线索提供之日 {row.given_on}。", code="clue.day")
    if property and result != "found":
        raise Refusal("结果不是「找到财产」的，不选财产；确已找到的，请改结果。", code="clue.property")
    with session.act("clue.check", case=row.case) as act:
        act.add(ClueCheck(clue=row.id, done_on=done_on, by=by, result=result, words=words, property=property))
        if row.state != ClueState.CHECKED:
            act.change(act.get(PropertyClue, row.id), state=ClueState.CHECKED)
    return act.changes


@action("clue.confirm", "确认线索核实结果", Field("clue", "线索", "choice", options="clues_checked", start="clue"), button="确认")
def confirm(session: Session, *, clue: str) -> Changes:
    """The judge takes the result: the clue is verified."""
    return _judged(session, "clue.confirm", clue, "", state=ClueState.VERIFIED)


@action("clue.again", "退回再核实", Field("clue", "线索", "choice", options="clues_checked", start="clue"), Field("reason", "还要查什么", "long"), button="退回再核实")
def again(session: Session, *, clue: str, reason: str) -> Changes:
    """The judge asks for another look: the clue is as it was when it was given, its term runs on."""
    return _judged(session, "clue.again", clue, reason, state=ClueState.GIVEN)


@action(
    "clue.close", "不予核实", Field("clue", "线索", "choice", options="clues_open", start="clue"), Field("reason", "理由", "long", hint="如线索无法指向具体财产，已告知申请执行人补充"),
    button="不予核实",
)
def close(session: Session, *, clue: str, reason: str) -> Changes:
    """The judge ends a clue without result, with the reason."""
    return _judged(session, "clue.close", clue, reason, state=ClueState.REFUSED, outcome=reason)


def _judged(session: Session, act_name: str, clue: str, reason: str, **values: str) -> Changes:
    row = clue_of(clue)
    require_in_charge(session, open_for_bureau(case_of(row.case)), FINDING, "决定线索的核实")
    require_possible(row, act_name, "该线索", "clue.state")
    with session.act(act_name, case=row.case, reason=reason) as act:
        act.change(act.get(PropertyClue, row.id), **values)
    return act.changes
