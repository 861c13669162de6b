"""Reports of property: more time, the report as it came in, what the judge made of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from execdesk.access.possible import require_possible
from execdesk.access.register import CASE, action
from execdesk.access.session import Session
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.lookup import case_of, debtor_of, open_for_bureau
from execdesk.casefile.view import CaseView
from execdesk.casework.search.declarations import declaration_words, last_day
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.charge import FINDING, KEEPING
from execdesk.records.search import DeclarationState, PropertyDeclaration
from execdesk.store.act import Changes

_LINE = (
    Field("head", "类别", "choice", options="declaration_heads"), Field("words", "财产", hint="名称、数量、所在地、号码", most=256),
    Field("burden", "权利负担", required=False, rare=True, most=128, hint="抵押、租赁、共有人"), Field("holder", "占有人", required=False, rare=True, most=64, beside=True),
)
_CHANGE = (
    Field("kind", "情形", "choice", options="declaration_changes"), Field("on", "日期", "day", required=False, most="today", beside=True),
    Field("words", "变动", hint="给了谁、多少钱", most=256),
)
_LISTS = (
    Field("lines", "申报的财产", "group", required=False, of=_LINE, hint="申报没有财产的不填"),
    Field("changes", "申报的变动", "group", required=False, of=_CHANGE, hint="收到执行通知前一年以来的变动"),
)
_DAY = Field("submitted_on", "申报日期", "day", start="today", most="today")


@action(
    "declaration.extend", "准予延期报告财产", Field("declaration", "申报", "choice", options="declarations_asked", start="declaration"),
    Field("until", "延期至", "day", least="today"), Field("reason", "理由", "long", hint="被执行人书面申请的日期和理由"), button="准予延期",
)
def extend(session: Session, *, declaration: str, until: date, reason: str) -> Changes:
    """The judge gives a debtor who asked in writing more time to report (财产调查规定第4、5条).

    Raises Refusal ``declaration.state``; ``declaration.day`` for a day that is no later than the one there is.
    """
    row = _of(session, declaration, FINDING, "准予延期报告财产", "declaration.extend")
    before = last_day(CaseView(session, case_of(row.case)), row)
    if before is not None and until <= before:
        raise Refusal(f"延期须晚于现在的末日 {before}。", code="declaration.day")
    with session.act("declaration.extend", case=row.case, reason=reason) as act:
        act.change(act.get(PropertyDeclaration, row.id), extended_to=until)
    return act.changes


@action(
    "declaration.record", "登记财产申报", Field("declaration", "申报", "choice", options="declarations_asked", start="declaration"), _DAY, *_LISTS, button="登记申报",
    note="照被执行人财产申报表登记；申报表原件附卷。",
)
def record(session: Session, *, declaration: str, submitted_on: date, lines: list[Any] | None = None, changes: list[Any] | None = None) -> Changes:
    """Enter a debtor's report as it came in; that he has nothing is a report too.

    Raises Refusal ``declaration.state``, ``declaration.day`` for a day before the order came to him.
    """
    row = _of(session, declaration, KEEPING, "登记财产申报", "declaration.record")
    if row.asked_on is not None and submitted_on < row.asked_on:
        raise Refusal(f"申报日期不能早于报告财产令送达之日 {row.asked_on}。", code="declaration.day")
    with session.act("declaration.record", case=row.case) as act:
        act.change(
            act.get(PropertyDeclaration, row.id), state=DeclarationState.SUBMITTED, submitted_on=submitted_on, lines=plain_entries(lines), changes=plain_entries(changes),
        )
    return act.changes


@action(
    "declaration.supplement", "登记补充申报", CASE, Field("party", "被执行人", "choice", options="debtors", start="debtor"), _DAY, *_LISTS, button="登记补充申报", menu=44,
)
def supplement(
    session: Session, *, case: str, party: str, submitted_on: date, lines: list[Any] | None = None, changes: list[Any] | None = None,
) -> Changes:
    """Enter what a debtor reports on his own: a change of his property (财产调查规定第7条), or what he had left out.

    Raises Refusal ``declaration.empty`` where nothing is told.
    """
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, KEEPING, "登记补充申报")
    owner = debtor_of(found, party, "不申报财产。")
    if not lines and not changes:
        raise Refusal("补充申报须至少写一项财产或者一项变动。", code="declaration.empty")
    with session.act("declaration.supplement", case=found.id) as act:
        act.add(PropertyDeclaration(
            case=found.id, party=owner.id, state=DeclarationState.SUBMITTED, submitted_on=submitted_on, lines=plain_entries(lines), changes=plain_entries(changes),
        ))
    return act.changes


@action(
    "declaration.check", "核查财产申报", Field("declaration", "申报", "choice", options="declarations_open", start="declaration"),
    Field("result", "结论", "choice", options="declaration_results"), Field("words", "核查情况", "long", hint="怎样核查的、与查询结果是否相符；不实的写明哪一项"),
    button="作出认定", note="认定不完整、虚假、逾期、拒绝报告的，依法应予罚款、拘留、纳入失信，列入下一步。",
)
def check(session: Session, *, declaration: str, result: str, words: str) -> Changes:
    """The judge's finding on a report, or that there was none.

    Raises Refusal ``declaration.state``; ``declaration.result`` where the result needs a report that did not come in, or says that none
    came in time while there is one or the days still run.
    """
    row = _of(session, declaration, FINDING, "核查财产申报", "declaration.check")
    found, end = declaration_words(session.resources), last_day(CaseView(session, case_of(row.case)), row)
    if row.state == DeclarationState.ASKED and result not in found.without:
        raise Refusal("还没有登记申报，只能认定逾期或者拒绝报告；已收到的请先登记申报。", code="declaration.result")
    if result == "late" and end is not None and (row.submitted_on or session.day) <= end:
        raise Refusal(f"报告财产的末日是 {end}，没有逾期。", code="declaration.result")
    with session.act("declaration.check", case=row.case, reason=words) as act:
        act.change(act.get(PropertyDeclaration, row.id), state=DeclarationState.CHECKED, result=result, checked_on=session.day, words=words)
    return act.changes


def plain_entries(entries: list[Any] | None) -> list[dict[str, Any]]:
    """What is kept of the entries of a group: plain values, nothing empty; days as text."""
    told = [{name: value.isoformat() if isinstance(value, date) else value for name, value in dict(one).items()} for one in entries or ()]
    return [{name: value for name, value in one.items() if value not in (None, "")} for one in told]


def _of(session: Session, row: str, charge: Any, what: str, act: str) -> PropertyDeclaration:
    """A report by row id, of a case in whose charge one is, in a state in which the act may be done."""
    found = PropertyDeclaration.get_or_none((PropertyDeclaration.id == row) & PropertyDeclaration.struck.is_null())
    if found is None:
        raise Refusal("找不到该申报，请刷新后再试。", code="declaration.missing")
    require_in_charge(session, open_for_bureau(case_of(found.case)), charge, what)
    require_possible(found, act, "该申报", "declaration.state")
    declaration: PropertyDeclaration = found
    return declaration
