"""What becomes of clues to property and of the reports that debtors are ordered to give."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from execdesk.records.search import ClueState, DeclarationState, PropertyClue, PropertyDeclaration, QueryAnswer
from tests.flow.bureau import DEBTOR, Bureau
from tests.intake.feedback_files import REQUEST, account, xml
from tests.moves.walking import Walk, walks
from tests.world import Notes

C, D = ClueState, DeclarationState


@pytest.fixture
def world() -> str:
    return "noticed"


@pytest.fixture
def case(bureau: Bureau, notes: Notes) -> str:
    bureau.at("clerk")
    return str(notes["case"])


@walks(
    PropertyClue="""
        clue.give >given
        clue.grade given>given
        clue.check given>checked checked>checked
        clue.again checked>given
        clue.confirm checked>verified
        clue.close given>refused checked>refused
    """,
)
def test_clues(walk: Walk, bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)

    def given(text: str) -> str:
        return bureau.at("clerk").do("clue.give", case=case, party=DEBTOR, given_by="applicant", given_on=bureau.day, text=text).ids("PropertyClue")[0]

    def look(clue: str) -> None:
        bureau.at("clerk").do("clue.check", clue=clue, done_on=bureau.day, by="书记员甲", result="nothing", words="门锁着，无人应答。")

    first, second, third = (given(text) for text in ("九所镇的铺面", "黄流镇的鱼塘", "抱由镇的车"))
    bureau.at(judge).do("clue.grade", clue=first, clear=True, urgent=True, reason="可能转移")
    look(first)
    look(first)
    bureau.at(judge).do("clue.again", clue=first, reason="再去一次")
    look(first)
    bureau.at(judge).do("clue.confirm", clue=first)
    bureau.at(judge).do("clue.close", clue=second, reason="不指向具体财产")
    look(third)
    bureau.at(judge).do("clue.close", clue=third, reason="已由另案处理")
    assert [PropertyClue.get_by_id(row).state for row in (first, second, third)] == [C.VERIFIED, C.REFUSED, C.REFUSED]


@walks(
    PropertyDeclaration="""
        service.record >asked asked>asked
        declaration.extend asked>asked
        declaration.record asked>submitted
        declaration.check submitted>checked asked>checked
        declaration.supplement >submitted
    """,
)
def test_reports(walk: Walk, bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)

    def asked() -> str:
        (order,) = bureau.through(bureau.at(judge).do("order.property_report", case=case, party=DEBTOR, days=5))
        serve(order, 1)
        return str(PropertyDeclaration.get(PropertyDeclaration.document == order).id)

    def serve(order: str, after: int) -> None:
        day = PropertyDeclaration.get(PropertyDeclaration.document == order).asked_on if after == 0 else None
        on = day - timedelta(days=1) if day else bureau.day + timedelta(days=1)
        bureau.at("clerk", max(on, bureau.day)).do("service.record", document=order, recipient=DEBTOR, method="direct", served_on=on)

    first = asked()
    row = PropertyDeclaration.get_by_id(first)
    serve(row.document, 0)
    assert PropertyDeclaration.get_by_id(first).asked_on == row.asked_on - timedelta(days=1), "the earlier service counts"
    bureau.at(judge).do("declaration.extend", declaration=first, until=bureau.day + timedelta(days=20), reason="书面申请")
    bureau.at("clerk").do("declaration.record", declaration=first, submitted_on=bureau.day)
    bureau.at(judge).do("declaration.check", declaration=first, result="true", words="与查询结果相符。")
    second = asked()
    bureau.at(judge).do("declaration.check", declaration=second, result="refused", words="当面拒绝填写。")
    bureau.at("clerk").do("declaration.supplement", case=case, party=DEBTOR, submitted_on=bureau.day, lines=[{"head": "3", "words": "摩托车一辆"}])
    assert [one.state for one in PropertyDeclaration.select().order_by(PropertyDeclaration.id)] == [D.CHECKED, D.CHECKED, D.SUBMITTED]


@walks(
    QueryAnswer="""
        query.import >nothing >proposed
        query.answer >nothing >proposed
        query.take proposed>taken
        query.aside proposed>aside
        query.again aside>proposed
        query.undo nothing>nothing proposed>proposed
    """,
)
def test_answers(walk: Walk, bureau: Bureau, case: str, tmp_path: Path) -> None:
    query = bureau.at("clerk").do("query.send", case=case, party=DEBTOR, request_no=REQUEST, heads=["bank", "vehicle"], sent_on=bureau.day).ids("NetworkQuery")[0]
    told = {"query": query, "answered_on": bureau.day}
    bureau.desk.do("query.answer", **told, head="bank", body="某某银行", nothing=True)
    bureau.desk.do("query.answer", **told, head="vehicle", body="车管所", words="摩托车一辆")
    bureau.at("clerk", bureau.day + timedelta(days=10))
    file = tmp_path / "fk.xml"

    def taken(*rows: dict[str, str]) -> list[QueryAnswer]:
        file.write_bytes(xml(rows))
        made = bureau.desk.do("query.import", case=case, file=str(file)).ids("QueryAnswer")
        return [QueryAnswer.get_by_id(row) for row in made]

    (first,) = taken(account(1))
    bureau.desk.do("query.aside", answer=first.id, reason="已销户")
    bureau.desk.do("query.again", answer=first.id, reason="未销户")
    bureau.desk.do("query.take", answer=first.id)
    undone = taken(account(2), account(3, KHZH="查无开户信息"))
    bureau.desk.do("query.undo", case=case, batch=str(undone[0].batch), reason="导错了文件")
    assert all(QueryAnswer.get_by_id(row.id).struck for row in undone)
