"""Renewal served in time and too late, and money transferred under a ruling: what stays controlled, what has come in, what papers print."""

from __future__ import annotations

from datetime import date

import pytest

from execdesk.approval.permitted import standing_of
from execdesk.approval.requests import grounds_of, request_of
from execdesk.casefile.recovered import recovered_fen
from execdesk.casework.control.facts import controlled_now, held_fen, remaining_fen
from execdesk.drafting.assembly import assembly_of
from execdesk.issue.printing import approval_facts, grounds_words
from execdesk.reads.measures import expiry
from execdesk.records.cases import Case
from execdesk.records.journal import Line
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.money import MoneyReceipt
from execdesk.records.papers import Document, Service
from tests.at_will import at_will
from tests.flow.bureau import BANK, DEBTOR, FULL, Bureau
from tests.world import Notes

END, AFTER = date(2019, 1, 1), date(2019, 1, 2)


@pytest.fixture
def world(request: pytest.FixtureRequest) -> str:
    return "frozen" if "held" in request.fixturenames else "noticed"


@pytest.fixture
def case(bureau: Bureau, notes: Notes) -> str:
    bureau.at("clerk")
    return str(notes["case"])


@pytest.fixture
def held(bureau: Bureau, notes: Notes) -> str:
    """A deposit under control in full."""
    bureau.at("clerk")
    return str(notes["measure"])


def renewed(bureau: Bureau, measure: str, on: date) -> tuple[str, Document]:
    """A renewal issued a month before the end and its notice, then the day it is served."""
    bureau.at(bureau.judge(Measure.get_by_id(measure).case), date(2018, 12, 1))
    changes = bureau.desk.do("measure.renew", measure=measure)
    notice = Document.get_by_id(bureau.through(changes)[1])
    bureau.at("clerk", on).do("service.record", document=notice.id, recipient=notice.addressee, method="direct", served_on=on)
    return changes.ids("Measure")[0], notice


def shown(bureau: Bureau, measure: str) -> tuple[str, str]:
    page = bureau.desk.reads.case(Case.get_by_id(Measure.get_by_id(measure).case).number)
    row = next(m for m in page.measures if m.id == measure)
    return row.state, row.state_words


def test_a_renewal_served_on_the_last_day_takes_over(bureau: Bureau, held: str) -> None:
    new, notice = renewed(bureau, held, END)
    assert shown(bureau, held) == ("renewed", "已续行")
    assert shown(bureau, new)[0] == "live" and held_fen(Measure.get_by_id(new)) == FULL
    bureau.at("clerk", date(2019, 6, 1))
    assert shown(bureau, held) == ("renewed", "已续行"), "not lapsed after its own end"
    assert [(row.id, row.ends_on) for row in expiry(bureau.desk.session).rows] == [(new, date(2020, 1, 1))]
    refusal = bureau.refused(bureau.judge(Measure.get_by_id(new).case), "measure.release", measure=held, ground="other", cause="另行提供了足额现金")
    assert refusal.code == "measure.not_live" and "已续行" in refusal.text
    bureau.at("clerk").do("service.record", document=notice.id, recipient=BANK, method="direct", served_on=date(2018, 12, 20))
    assert Measure.get_by_id(new).served_on == date(2018, 12, 20) and shown(bureau, new)[0] == "live"


def test_a_renewal_served_a_day_late_takes_no_effect_and_says_so(bureau: Bureau, held: str) -> None:
    new, notice = renewed(bureau, held, AFTER)
    assert shown(bureau, held) == ("lapsed", "已失效")
    assert shown(bureau, new) == ("late", "逾期送达，续行不生效")
    assert "续行不生效，请重新采取措施" in Service.get(Service.document == notice.id).note
    assert not [row for row in expiry(bureau.desk.session).rows if row.id == new]
    bureau.at("clerk").do("service.record", document=notice.id, recipient=BANK, method="direct", served_on=END)
    assert shown(bureau, new)[0] == "live" and shown(bureau, held)[0] == "renewed", "an earlier service found later counts"


def deducted(bureau: Bureau, measure: str, amount: int) -> None:
    bureau.at(bureau.judge(Measure.get_by_id(measure).case))
    bureau.through(bureau.desk.do("measure.deduct", measure=measure, amount=amount))


def test_money_transferred_leaves_control_and_comes_in(bureau: Bureau, case: str, held: str) -> None:
    values = {"measure": held, "on": bureau.day, "receipt_no": "T1"}
    assert bureau.refused("clerk", "receipt.deducted", amount=1, **values).code == "transfer.order"
    deducted(bureau, held, 2000000)
    assert bureau.refused("clerk", "receipt.deducted", amount=FULL + 1, **values).code == "measure.amount"
    assert bureau.refused("clerk", "receipt.deducted", amount=0, **values).code == "transfer.amount"
    bureau.at("clerk").do("receipt.deducted", amount=2000000, **values)
    row = Measure.get_by_id(held)
    assert (controlled_now(row), row.told_fen, row.amount_fen, row.state) == (3012345, FULL, FULL, "live"), "what was told stays told"
    assert recovered_fen(Case.get_by_id(case)) == 2000000
    assert bureau.refused("clerk", "receipt.deducted", amount=1, **values).code == "receipt.known"
    assert bureau.refused("clerk", "receipt.deducted", amount=3012346, **{**values, "receipt_no": "T2"}).code == "measure.amount"
    judge = bureau.judge(case)
    refusal = bureau.refused(judge, "measure.deduct", measure=held, amount=3012346)
    assert refusal.code == "measure.amount" and "30123.45" in refusal.text.replace(",", "")
    changes = bureau.at(judge).do("measure.release", measure=held, ground="other", cause="另行提供了足额现金")
    told = "".join(str(assembly_of(bureau.desk.session, d, bureau.day).content) for d in bureau.papers(changes.ids("Request")[0]))
    assert "30123.45" in told and "50123.45" not in told.replace("案件标的50123.45", "")
    assert bureau.refused("clerk", "receipt.deducted", amount=1, **{**values, "receipt_no": "T2"}).code == "transfer.ruled", "all ruled has come in"
    deducted(bureau, held, 3012345)
    bureau.at("clerk").do("receipt.deducted", **{**values, "receipt_no": "T2"}, amount=3012345)
    assert shown(bureau, held) == ("transferred", "已划拨")
    assert recovered_fen(Case.get_by_id(case)) == FULL and AssistReply.select().where(AssistReply.result == "transferred").count() == 2
    assert bureau.refused("clerk", "receipt.deducted", **{**values, "receipt_no": "T3"}, amount=1).code == "measure.not_live"


def test_no_more_comes_in_than_rulings_order_to_be_sent(bureau: Bureau, held: str) -> None:
    deducted(bureau, held, 10_000)
    values = {"measure": held, "on": bureau.day}
    refusal = bureau.refused("clerk", "receipt.deducted", amount=10_001, receipt_no="T1", **values)
    assert refusal.code == "transfer.ruled" and "100.00 元" in refusal.text and "提出划拨" in refusal.text
    bureau.at("clerk").do("receipt.deducted", amount=9_999, receipt_no="T1", **values)
    assert bureau.refused("clerk", "receipt.deducted", amount=2, receipt_no="T2", **values).code == "transfer.ruled"
    deducted(bureau, held, 1)
    bureau.at("clerk").do("receipt.deducted", amount=2, receipt_no="T2", **values)
    assert controlled_now(Measure.get_by_id(held)) == FULL - 10_001


def test_what_is_asked_to_be_sent_is_not_asked_twice(bureau: Bureau, held: str) -> None:
    judge = bureau.judge(Measure.get_by_id(held).case)
    asked = bureau.at(judge).do("measure.deduct", measure=held, amount=FULL - 1).ids("Request")[0]
    refusal = bureau.refused(judge, "measure.deduct", measure=held, amount=2)
    assert refusal.code == "measure.ordered" and "至多再划拨 0.01 元" in refusal.text and "作废" in refusal.text
    bureau.at(judge).do("measure.deduct", measure=held, amount=1)
    bureau.desk.do("request.void", request=asked, reason="金额有误")
    deducted(bureau, held, FULL - 1)
    assert bureau.refused(judge, "measure.deduct", measure=held, amount=1).code == "measure.ordered", "issued, and not yet in"


def test_money_the_bank_took_back_is_under_control_again_and_may_come_in_anew(bureau: Bureau, case: str, held: str) -> None:
    deducted(bureau, held, FULL)
    values = {"measure": held, "on": bureau.day, "receipt_no": "D1"}
    bureau.at("clerk").do("receipt.deducted", amount=FULL, **values)
    assert shown(bureau, held)[0] == "transferred"
    for known in ("d1", "Ｄ１", " D 1 "):
        assert bureau.refused("clerk", "receipt.book", case=case, amount=1, received_on=bureau.day, bank_ref=known).code == "receipt.known"
    bureau.at("clerk").do("receipt.reverse", receipt=MoneyReceipt.get(MoneyReceipt.bank_ref == "D1").id, reason="银行退回")
    assert shown(bureau, held)[0] == "live" and Measure.get_by_id(held).disposed_on is None
    bureau.desk.do("receipt.deducted", amount=FULL, **{**values, "receipt_no": "ｄ1"})
    assert shown(bureau, held)[0] == "transferred" and recovered_fen(Case.get_by_id(case)) == FULL


def test_a_number_of_an_answer_stays_taken(bureau: Bureau, held: str) -> None:
    told = {"measure": held, "received_on": bureau.day, "controlled": FULL}
    bureau.at("clerk").do("measure.reply", **told, receipt_no="B1")
    refusal = bureau.refused("clerk", "measure.reply", **told, receipt_no="ｂ 1")
    assert refusal.code == "reply.known" and "加写单位简称" in refusal.text


def test_a_renewal_after_a_transfer_prints_what_is_left(bureau: Bureau, case: str, held: str) -> None:
    deducted(bureau, held, 12345)
    bureau.at("clerk").do("receipt.deducted", measure=held, amount=12345, on=bureau.day, receipt_no="T1")
    new, notice = renewed(bureau, held, END)
    assert "50000" in str(notice.content) and "50123.45" not in str(notice.content)
    assert (held_fen(Measure.get_by_id(new)), remaining_fen(Measure.get_by_id(new))) == (5000000, 5000000)


def test_the_total_stays_unknown_until_what_came_in_before_is_told(bureau: Bureau, case: str, held: str) -> None:
    deducted(bureau, held, 100)
    with at_will(bureau.desk.session, "case.set_right", case=case) as act:
        act.change(act.get(Case, case), opening_recovered_fen=None)
    bureau.at("clerk").do("receipt.deducted", measure=held, amount=100, on=bureau.day, receipt_no="T1")
    assert recovered_fen(Case.get_by_id(case)) is None, "未查 is not 100"
    bureau.desk.do("case.opening_recovered", case=case, amount=0, source="尚未到位")
    assert recovered_fen(Case.get_by_id(case)) == 100


def test_grounds_outlast_submission_and_return(bureau: Bureau, case: str) -> None:
    request = bureau.freeze(case, note="被执行人正在转移存款").ids("Request")[0]
    judge = bureau.account
    bureau.desk.do("request.submit", request=request)
    assert request_of(request).note == "被执行人正在转移存款"
    bureau.at(judge).do("request.withdraw", request=request, reason="金额有误")
    assert grounds_of(request_of(request)) == "被执行人正在转移存款" and request_of(request).note.startswith("金额有误")
    bureau.desk.do("request.submit", request=request)
    assert request_of(request).note == "被执行人正在转移存款"


def test_what_is_offered_is_what_the_actions_take(bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)
    request = bureau.at("clerk").do("request.open", case=case, matter="release_freeze").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    row, found = request_of(request), Case.get_by_id(case)
    assert "refer" not in standing_of(bureau.desk.session, row, found).offered
    assert bureau.refused("clerk", "request.refer", request=request, opinion="层报").code == "authority.refer"
    for account in (judge, "judge-2" if judge == "judge-1" else "judge-1", "clerk"):
        offered = "panel_ask" in standing_of(bureau.at(account).session, row, found).offered
        assert not offered or account == judge


def test_the_sheet_tells_the_grounds_and_its_copies_are_counted(bureau: Bureau, case: str, held: str) -> None:
    judge = bureau.judge(case)
    told = bureau.at(judge).do("measure.release", measure=held, ground="other", cause="另行提供了足额现金", note="已收到全部案款").ids("Request")[0]
    words = grounds_words(bureau.desk.session, request_of(told))
    ground = "人民法院认为应当解除的其他情形。另行提供了足额现金。"
    assert words == f"已收到全部案款。{ground}"
    bureau.desk.do("request.void", request=told, reason="另行提出")
    plain = bureau.desk.do("measure.release", measure=held, ground="other", cause="另行提供了足额现金").ids("Request")[0]
    assert grounds_words(bureau.desk.session, request_of(plain)) == ground
    bureau.at("director").do("request.print_sheet", request=told, copies=2)
    line = Line.get(Line.act == "request.print_sheet")
    assert "审批表 2 份" in bytes(line.body).decode()
    assert bureau.refused("director", "request.print_sheet", request=told, copies=0).code == "field.value"


def test_the_sheet_says_once_what_is_asked(bureau: Bureau, case: str, held: str) -> None:
    judge = bureau.judge(case)
    bare = bureau.at(judge).do("request.open", case=case, matter="extend_enforcement_period").ids("Request")[0]
    assert approval_facts(bureau.desk.session, request_of(bare)).matter == "延长执行期限"
    release = bureau.desk.do("measure.release", measure=held, ground="other", cause="另行提供了足额现金").ids("Request")[0]
    assert approval_facts(bureau.desk.session, request_of(release)).matter.count("：解除冻结") == 1


def test_a_detention_says_its_facts_and_reasons(bureau: Bureau, case: str) -> None:
    act = bureau.obstruction(case)
    asked = bureau.at(bureau.judge(case)).do(
        "sanction.detain", case=case, act=act, party=DEBTOR, days=15, ground="refuse", facts="有能力履行而拒不履行。", reasoning="构成拒不履行判决。",
        sanction_number="（2018）琼9027司惩1号",
    ).ids("Request")[0]
    words = grounds_words(bureau.desk.session, request_of(asked))
    assert words.startswith("有能力履行而拒不履行。") and words.endswith("构成拒不履行判决。")


def test_a_waiting_freeze_prints_no_end_and_is_watched_from_its_registration(bureau: Bureau, case: str) -> None:
    """轮候: the paper promises no day, the list reminds by the earliest day a registry may count to (control.waiting.term_start)."""
    measure = bureau.frozen(case, rank=2)
    row = Measure.get_by_id(measure)
    assert (row.end_printed, row.effective_on, row.served_on) == (None, None, bureau.day)
    [line] = expiry(bureau.desk.session).rows
    assert (line.ends_on, line.rules, line.state_words) == (END, "自轮候登记日推算", "轮候")
    assert shown(bureau, measure)[0] == "waiting"
