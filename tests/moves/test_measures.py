"""What becomes of a control measure: by its papers, their service, the unit's answers, the money sent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from execdesk.records.measures import Measure, MeasureState
from execdesk.records.money import MoneyReceipt
from execdesk.records.papers import Document
from tests.flow.bureau import FULL, Bureau
from tests.moves.walking import Walk, walks
from tests.world import Notes

END, AFTER = date(2019, 1, 1), date(2019, 1, 2)
S = MeasureState


@pytest.fixture
def world() -> str:
    return "noticed"


@pytest.fixture
def case(bureau: Bureau, notes: Notes) -> str:
    bureau.at("clerk")
    return str(notes["case"])


def state(measure: str) -> str:
    return str(Measure.get_by_id(measure).state)


def ruled(bureau: Bureau, measure: str, verb: str, **values: object) -> tuple[str, list[str]]:
    """What a judge does next with a measure, its papers issued and sealed: the measure they speak of, and they."""
    judge = bureau.at(bureau.judge(Measure.get_by_id(measure).case))
    changes = judge.do(verb, measure=measure, **values)
    request, me = changes.ids("Request")[0], bureau.account
    made = [row for row in changes.ids("Measure") if row != measure]
    judge.do("request.submit", request=request)
    bureau.at("director" if verb == "measure.release" else me).do("request.approve", request=request, opinion="同意")
    return (made or [measure])[0], bureau.issue_all(request, me)


def serve(bureau: Bureau, paper: str, on: date | None = None) -> None:
    row, day = Document.get_by_id(paper), on or bureau.day
    bureau.at("clerk", max(day, bureau.day)).do("service.record", document=paper, recipient=row.addressee, method="direct", served_on=day)


def reply(bureau: Bureau, measure: str, number: str, **values: object) -> None:
    bureau.at("clerk").do("measure.reply", measure=measure, received_on=bureau.day, receipt_no=number, **values)




@walks(
    Measure="""
        * >proposed
        document.issue proposed>ordered
        service.record ordered>live ordered>ordered ordered>released live>released released>released
        measure.release ordered>ordered live>live
        measure.reply ordered>ordered live>live released>released
    """,
)
def test_ordered_served_answered_released(walk: Walk, bureau: Bureau, case: str) -> None:
    live, waiting = bureau.frozen(case), bureau.frozen(case, rank=2)
    assert (state(live), state(waiting)) == (S.LIVE, S.ORDERED)
    reply(bureau, live, "R1", controlled=FULL)
    reply(bureau, waiting, "R2", outcome="waiting", rank=2, reason="在先冻结")
    for measure in (live, waiting):
        _, papers = ruled(bureau, measure, "measure.release", ground="other", cause="另行提供了足额现金")
        signed = bureau.day
        serve(bureau, papers[1], signed + timedelta(days=1))
        serve(bureau, papers[1], signed)
        assert state(measure) == S.RELEASED
        reply(bureau, measure, "R3", controlled=0, reason="已解除")
        for outcome, rank in (("waiting", 2), ("no_object", None), ("refused", None)):
            refused = bureau.refused("clerk", "measure.reply", measure=measure, received_on=bureau.day, outcome=outcome, rank=rank, reason="有误")
            assert refused.code == "reply.ended" and "现为「已解除」" in refused.text and state(measure) == S.RELEASED


@walks(
    Measure="measure.reply ordered>void live>void live>ordered void>live void>ordered",
)
def test_a_unit_that_holds_nothing(walk: Walk, bureau: Bureau, case: str) -> None:
    live, waiting, behind = bureau.frozen(case), bureau.frozen(case, rank=2), bureau.frozen(case)
    for measure in (live, waiting):
        reply(bureau, measure, "R1", outcome="no_object", reason="查无此户")
    reply(bureau, behind, "R1", outcome="waiting", rank=2, reason="在先冻结")
    assert [state(one) for one in (live, waiting, behind)] == [S.VOID, S.VOID, S.ORDERED]
    reply(bureau, live, "R2", controlled=FULL)
    reply(bureau, waiting, "R2", outcome="waiting", rank=2, reason="在先冻结，前一份回执有误")
    assert [state(one) for one in (live, waiting)] == [S.LIVE, S.ORDERED], "a later answer puts an earlier one right"


@walks(
    Measure="""
        measure.deduct ordered>ordered live>live
        measure.reply transferred>transferred
        receipt.deducted ordered>ordered live>live ordered>transferred live>transferred
        receipt.reverse transferred>ordered transferred>live
    """,
)
def test_money_is_sent(walk: Walk, bureau: Bureau, case: str) -> None:
    live = bureau.frozen(case)
    reply(bureau, live, "R1", controlled=FULL)
    ruled(bureau, live, "measure.deduct", amount=FULL)
    bureau.at("clerk").do("receipt.deducted", measure=live, amount=100, on=bureau.day, receipt_no="T1")
    bureau.desk.do("receipt.deducted", measure=live, amount=FULL - 100, on=bureau.day, receipt_no="T2")
    reply(bureau, live, "R2", controlled=0, reason="已划完")
    behind = bureau.frozen(case, rank=2)
    ruled(bureau, behind, "measure.deduct", amount=FULL)
    bureau.at("clerk").do("receipt.deducted", measure=behind, amount=100, on=bureau.day, receipt_no="T3")
    bureau.desk.do("receipt.deducted", measure=behind, amount=FULL - 100, on=bureau.day, receipt_no="T4")
    assert [state(one) for one in (live, behind)] == [S.TRANSFERRED] * 2
    for number in ("T2", "T4"):
        bureau.desk.do("receipt.reverse", receipt=MoneyReceipt.get(MoneyReceipt.bank_ref == number).id, amount=1, reason="银行退回")
    assert [state(one) for one in (live, behind)] == [S.LIVE, S.ORDERED]


@walks(
    Measure="""
        service.record live>live ordered>renewed live>renewed
        measure.renew live>live
        measure.reply renewed>renewed
    """,
)
def test_renewed_in_time(walk: Walk, bureau: Bureau, case: str) -> None:
    live, behind = bureau.frozen(case), bureau.frozen(case)
    bureau.at("clerk", date(2018, 12, 1))
    new, papers = ruled(bureau, live, "measure.renew")
    signed = bureau.day
    serve(bureau, papers[1], signed + timedelta(days=1))
    serve(bureau, papers[1], signed)
    reply(bureau, live, "R1", controlled=0, reason="已续行")
    other, papers = ruled(bureau, behind, "measure.renew")
    reply(bureau, behind, "R2", outcome="waiting", rank=2, reason="在先冻结")
    serve(bureau, papers[1])
    assert [state(one) for one in (live, new, behind, other)] == [S.RENEWED, S.LIVE, S.RENEWED, S.LIVE]


@walks(
    Measure="""
        service.record ordered>late late>live
        measure.reply late>late
    """,
)
def test_renewed_too_late_and_then_found_in_time(walk: Walk, bureau: Bureau, case: str) -> None:
    live = bureau.frozen(case)
    bureau.at("clerk", date(2018, 12, 1))
    new, papers = ruled(bureau, live, "measure.renew")
    serve(bureau, papers[1], AFTER)
    assert state(new) == S.LATE
    reply(bureau, new, "R1", controlled=0, reason="已届满")
    serve(bureau, papers[1], END)
    serve(bureau, papers[1], date(2018, 12, 20))
    assert (state(new), state(live)) == (S.LIVE, S.RENEWED)
