"""Numbers once taken are never given again; an issue that fails anywhere leaves nothing; only the holding desk issues."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from execdesk.drafting.taking import number_for
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Request
from execdesk.records.base import new_id
from execdesk.records.cases import Case
from execdesk.records.journal import Line
from execdesk.records.measures import Measure
from execdesk.records.papers import Document, KeptFile, TakenNumber
from tests.at_will import SetRight, at_will
from tests.counting import asked_of, plan_of
from tests.flow.bureau import DEBTOR, Bureau
from tests.looking import kept


def ready(bureau: Bureau, case: str) -> tuple[str, str]:
    """An execution notice approved and ready to be issued; its document and the judge's account."""
    desk = bureau.at(bureau.judge(case))
    request = desk.do("notice.execution", case=case, party=DEBTOR).ids("Request")[0]
    desk.do("request.submit", request=request)
    desk.do("request.approve", request=request)
    return bureau.papers(request)[0].id, bureau.account


def test_a_ledger_case_waits_for_the_last_number_on_paper(bureau: Bureau, set_right: SetRight) -> None:
    case = bureau.register()
    set_right(bureau.desk.session, Case, case, origin="ledger")
    judge = bureau.judge(case)
    request = bureau.at(judge).do("notice.execution", case=case, party=DEBTOR).ids("Request")[0]
    waits = bureau.refused(judge, "request.submit", request=request)
    assert waits.code == "number.paper" and [way.action for way in waits.ways] == ["case.paper_suffix:notice", "paper_suffixes"]
    assert bureau.refused("clerk", "case.paper_suffix", case=case, used={"令状": 1}).code == "field.value"
    assert bureau.refused("clerk", "case.paper_suffix", case=case, used={"notice": -2}).code == "field.value"
    bureau.at("clerk").do("case.paper_suffix", case=case, used={"notice": "3"})
    told = Case.get_by_id(case).last_paper_suffix
    assert told["notice"] == 3 and len(told) > 3 and {told[key] for key in told if key != "notice"} == {-1}, "the others were never used"
    for step in ("request.submit", "request.approve"):
        bureau.at(judge).do(step, request=request)
    paper = bureau.papers(request)[0].id
    bureau.at(judge).do("document.issue", document=paper)
    assert Document.get_by_id(paper).number == "（2018）琼9027执1号之四"
    assert bureau.refused("clerk", "case.paper_suffix", case=case, used={"通知书": 1}).code == "case.paper_suffix"


@pytest.mark.parametrize(
    ("values", "code"), [({"provisional": True}, "number.provisional"), ({"held_by": "HL"}, "number.held_elsewhere")]
)
def test_only_the_holding_desk_takes_numbers_and_in_confirmed_cases(bureau: Bureau, set_right: SetRight, values: dict[str, Any], code: str) -> None:
    case = bureau.register()
    paper, judge = ready(bureau, case)
    set_right(bureau.desk.session, Case, case, **values)
    lines = Line.select().count()
    assert bureau.refused(judge, "document.issue", document=paper).code == code
    assert Line.select().count() == lines


def test_a_second_case_under_one_number_cannot_be(bureau: Bureau, set_right: SetRight) -> None:
    bureau.register()
    second = bureau.register("（2018）琼9027执2号")
    with pytest.raises(Refusal) as refused:
        set_right(bureau.desk.session, Case, second, number="（2018）琼9027执1号")
    assert refused.value.code == "case.known", "so that no number of a paper is given twice"


@pytest.mark.parametrize("number", ["", "（2018）琼9028司惩1号", "（2018）琼9027执1号", "（2019）琼9027司惩1号", "司惩1号"])
def test_a_sanction_number_is_checked_before_it_goes_up(bureau: Bureau, number: str) -> None:
    case = bureau.register()
    values = {"days": 15, "ground": "refuse", "facts": "拒不履行", "reasoning": "构成妨害", "sanction_number": number}
    with pytest.raises(Refusal):
        bureau.at(bureau.judge(case)).do("sanction.detain", case=case, act=bureau.obstruction(case), party=DEBTOR, **values)
    assert Request.select().count() == 0


def test_a_sanction_number_is_used_once(bureau: Bureau) -> None:
    case = bureau.register()
    judge = bureau.judge(case)
    values = {"days": 15, "ground": "refuse", "facts": "拒不履行", "reasoning": "构成妨害", "sanction_number": "(2018)琼9027司惩1号"}
    request = bureau.at(judge).do("sanction.detain", case=case, act=bureau.obstruction(case), party=DEBTOR, **values).ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.at("president").do("request.approve", request=request)
    bureau.issue_all(request, judge)
    assert Document.get().number == "（2018）琼9027司惩1号"
    assert bureau.refused(judge, "sanction.detain", case=case, act=bureau.obstruction(case), party=DEBTOR, **values).code == "number.entered"


def test_a_sanction_number_stands_on_one_draft(bureau: Bureau) -> None:
    first, second = bureau.register(), bureau.register("（2018）琼9027执2号")
    values = {"days": 15, "ground": "refuse", "facts": "拒不履行", "reasoning": "构成妨害", "party": DEBTOR}
    judge = bureau.judge(first)
    request = bureau.at(judge).do(
        "sanction.detain", case=first, act=bureau.obstruction(first), sanction_number="（2018）琼9027司惩1号", **values,
    ).ids("Request")[0]
    act, other = bureau.obstruction(second), bureau.judge(second)
    refused = bureau.refused(other, "sanction.detain", case=second, act=act, sanction_number="(2018)琼9027司惩1号", **values)
    assert refused.code == "number.entered" and "（2018）琼9027执1号 在办的" in refused.text
    bureau.at(judge).do("request.submit", request=request)
    bureau.at(other).do("sanction.detain", case=second, act=act, sanction_number="（2018）琼9027司惩2号", **values)
    paper = Document.get(Document.case == second)
    bureau.desk.do("document.fill", document=paper.id, inputs={"sanction_number": "（2018）琼9027司惩1号"})
    assert bureau.refused(other, "request.submit", request=paper.request).code == "number.entered", "filled in later"
    bureau.at(judge).do("request.void", request=request, reason="不再办理")
    bureau.at(other).do("request.submit", request=paper.request)


def test_a_void_number_stays_taken_with_its_cause(bureau: Bureau) -> None:
    case = bureau.register()
    paper = bureau.notice(case)
    judge = bureau.judge(case)
    assert bureau.refused("clerk", "document.void", document=paper, reason="错印").code == "access.duty"
    assert bureau.refused("judge-3", "document.void", document=paper, reason="错印").code == "document.signer"
    assert bureau.refused(judge, "document.void", document=paper, reason=" ").code == "field.missing"
    bureau.at(judge).do("document.void", document=paper, reason="受送达人写错")
    taken = TakenNumber.get()
    assert (taken.state, taken.cause) == ("void", "受送达人写错")
    again = bureau.notice(case)
    assert Document.get_by_id(again).number == "（2018）琼9027执1号之一"
    bureau.at("clerk").do("service.record", document=again, recipient=DEBTOR, method="direct", served_on=bureau.day)
    assert bureau.refused(judge, "document.void", document=again, reason="错印").code == "document.served"
    assert bureau.desk.check().whole


def test_a_void_ruling_orders_nothing_and_its_notice_cannot_go(bureau: Bureau) -> None:
    case = bureau.register()
    bureau.notice(case)
    changes = bureau.freeze(case)
    request, judge = changes.ids("Request")[0], bureau.account
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request)
    ruling, notice = bureau.papers(request)
    assert bureau.refused(judge, "document.issue", document=notice.id).code == "document.order"
    bureau.desk.do("document.issue", document=ruling.id)
    assert bureau.refused(judge, "request.withdraw", request=request, reason="不冻了").code == "request.used"
    bureau.desk.do("document.void", document=ruling.id, reason="账号有误")
    assert Measure.get().state == "proposed"
    assert bureau.refused(judge, "document.issue", document=notice.id).code == "document.replace"
    bureau.desk.do("request.withdraw", request=request, reason="重新办理")


@pytest.mark.parametrize(
    ("type_id", "number"),
    [("ruling_freeze", "（2018）琼9027执1号之八十四"), ("decision_detention", "（2018）琼9027司惩9001号"), ("letter_border_control", "乐法执函〔2018〕85号")],
)
def test_the_next_number_is_found_at_once_however_many_were_taken(bureau: Bureau, type_id: str, number: str) -> None:
    case = bureau.register()
    session = bureau.desk.session
    series = session.catalogue.series(type_id, bureau.day)
    with at_will(session, "document.issue", case=case) as act:
        for n in range(5_000):
            of, place, year = (case, n // 60, 2018) if n % 60 == 0 else (new_id(), n, 2017)
            yearly = series.form == "yearly"
            act.add(TakenNumber(
                case=of, series=series.id, suffix=place + yearly, number=f"{series.id} {n}", state="used", year=year if yearly else None,
            ))
    row = Document(case=case, type_id=type_id, series=series.id, title="试", state="draft", inputs={"sanction_number": "（2018）琼9027司惩9001号"})
    with asked_of(session.store.base) as asked:
        found = number_for(session, row, Case.get_by_id(case), bureau.day)
    assert found is not None and found.number == number
    of_numbers = [each for each in zip(asked.statements, asked.values, strict=True) if "taken_number" in each[0]]
    assert of_numbers and asked.rows <= 8, asked
    for text, values in of_numbers:
        plan = plan_of(session.store.base, text, values)
        assert "USING" in plan or "Index" in plan, plan
        assert not any(walk in plan for walk in ("SCAN t1", "SCAN taken_number", "TEMP B-TREE", "Seq Scan on taken_number", "Sort")), plan


class Failing:
    """A signing key that breaks at the moment of signing, as a token pulled out does."""

    def __init__(self, certificate: str) -> None:
        self.certificate = certificate

    def sign(self, data: bytes) -> bytes:
        raise OSError("钥匙已拔出")

    def material(self) -> Any:
        raise OSError("钥匙已拔出")


def counts() -> tuple[int, ...]:
    return kept().count(), *(t.select().count() for t in (Line, KeptFile, TakenNumber))


def test_a_key_that_breaks_leaves_nothing(bureau: Bureau) -> None:
    case = bureau.register()
    paper, judge = ready(bureau, case)
    session = bureau.at(judge).session
    good, before = session.key, counts()
    assert good is not None
    session.key = Failing(good.certificate)
    with pytest.raises(OSError, match="拔出"):
        bureau.desk.do("document.issue", document=paper)
    assert counts() == before and Document.get_by_id(paper).state == "submitted"
    session.key = None
    assert bureau.refused(judge, "document.issue", document=paper).code == "access.locked"
    session.key = good
    bureau.desk.do("document.issue", document=paper)
    assert Document.get_by_id(paper).number == "（2018）琼9027执1号"
    assert bureau.desk.check().whole


def test_a_locked_window_issues_nothing(bureau: Bureau) -> None:
    case = bureau.register()
    paper, judge = ready(bureau, case)
    before = counts()
    bureau.at(judge).lock()
    assert bureau.refused(judge, "document.issue", document=paper).code in ("access.locked", "store.locked")
    assert counts() == before
    bureau.desk.change_person(judge, "demo")
    bureau.desk.do("document.issue", document=paper)


def test_a_character_no_font_has_stops_before_the_number(bureau: Bureau) -> None:
    case = bureau.register()
    judge = bureau.judge(case)
    bureau.at("clerk").do("case.obligation", case=case, obligation="交还\U000323b0一件")
    request = bureau.at(judge).do("notice.execution", case=case, party=DEBTOR).ids("Request")[0]
    refusal = bureau.refused(judge, "request.submit", request=request)
    assert refusal.code == "document.incomplete" and "字库" in refusal.text


@pytest.mark.parametrize("words", ["支付××元", "支付……元"])
def test_leftover_marks_stop_before_the_number(bureau: Bureau, words: str) -> None:
    case = bureau.register()
    bureau.at("clerk").do("case.obligation", case=case, obligation=words)
    request = bureau.at(bureau.judge(case)).do("notice.execution", case=case, party=DEBTOR).ids("Request")[0]
    assert bureau.refused(bureau.account, "request.submit", request=request).code == "document.incomplete"


def test_a_lapsed_notice_does_not_issue_its_ruling_again(bureau: Bureau) -> None:
    case = bureau.register()
    bureau.notice(case)
    changes = bureau.freeze(case)
    request, judge = changes.ids("Request")[0], bureau.account
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request)
    ruling, notice = bureau.papers(request)
    bureau.desk.do("document.issue", document=ruling.id)
    before = Document.get_by_id(ruling.id)
    bureau.at("clerk").do("party.change", case=case, party=DEBTOR, values={"name": "林例乙"}, reason="更正")
    assert bureau.refused(judge, "document.issue", document=notice.id).code == "approval.lapsed"
    bureau.at(judge).do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request)
    bureau.desk.do("document.issue", document=notice.id)
    after = Document.get_by_id(ruling.id)
    assert (after.state, after.number, after.file) == (before.state, before.number, before.file)
    assert TakenNumber.select().where(TakenNumber.document == ruling.id).count() == 1


def test_the_second_service_does_not_move_the_first_and_a_second_receipt_does_not_lose_the_end(bureau: Bureau) -> None:
    case = bureau.register()
    bureau.notice(case)
    measure = bureau.frozen(case)
    notice = Document.get(Document.type_id == "notice_assist_deposit")
    bureau.at("clerk", date(2018, 1, 9)).do(
        "service.record", document=notice.id, recipient=notice.addressee, method="post", served_on=date(2018, 1, 8)
    )
    assert Measure.get_by_id(measure).effective_on == date(2018, 1, 2)
    receipt: dict[str, Any] = {"measure": measure, "received_on": date(2018, 1, 9), "controlled": 5012345}
    bureau.desk.do("measure.reply", receipt_no="R1", ends_on=date(2018, 12, 31), **receipt)
    bureau.desk.do("measure.reply", receipt_no="R2", **receipt)
    assert Measure.get_by_id(measure).end_told == date(2018, 12, 31)
