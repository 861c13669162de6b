"""One line of work from registration to the bank's answer, and each document of the first issue signed and checked."""

from __future__ import annotations

from datetime import date

from execdesk.records.cases import Case
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.papers import Document
from tests.flow.bureau import Bureau


def test_freeze_from_registration_to_the_banks_answer(bureau: Bureau) -> None:
    case = bureau.register()
    bureau.notice(case)
    measure = bureau.frozen(case)
    row = Measure.get_by_id(measure)
    assert (row.state, row.ordered_on, row.served_on, row.effective_on) == ("live", bureau.day, bureau.day, bureau.day)
    assert row.end_printed == date(2019, 1, 1)
    bureau.at("clerk", date(2018, 1, 5)).do(
        "measure.reply", measure=measure, received_on=date(2018, 1, 5), controlled=3000000, ends_on=date(2018, 12, 30), reason="余额不足",
        receipt_no="R1",
    )
    row = Measure.get_by_id(measure)
    assert (row.told_fen, row.end_told) == (3000000, date(2018, 12, 30))
    assert AssistReply.get().result == "partial"
    assert Case.get_by_id(case).state == "open"
    numbers = [d.number for d in Document.select().order_by(Document.id)]
    assert numbers == ["（2018）琼9027执1号", "（2018）琼9027执1号", "（2018）琼9027执1号之一"]
    assert bureau.desk.check().whole
