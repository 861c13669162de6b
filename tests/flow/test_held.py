"""What a measure holds, to the fen: what the last answer told, less what was sent and released after it, however two desks wrote it down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from execdesk.casework.control.facts import controlled_now, held_fen, remaining_fen
from execdesk.reads.measures import expiry
from execdesk.records.cases import Case
from execdesk.records.journal import Clash
from execdesk.records.measures import Measure, MeasureRelease
from execdesk.records.money import MoneyReceipt
from execdesk.store.replay import state_hash, stored_rows
from tests.flow.bureau import FULL, Bureau
from tests.flow.test_release_in_part import released, serve
from tests.flow.test_renewal import deducted, renewed
from tests.flow.test_two_desks import send
from tests.looking import look_at
from tests.world import Notes

pytestmark = pytest.mark.parametrize("world", ["frozen"])
Branch = Callable[[Bureau], Bureau]


@pytest.fixture
def held(bureau: Bureau, notes: Notes) -> str:
    """A deposit under control, of which the bank said on the first day that it holds all: 5,012,345 fen."""
    bureau.at("clerk")
    return str(notes["measure"])


def shown(desk: Bureau, measure: str) -> tuple[int | None, ...]:
    """What a desk shows of a measure: ordered and held on the page of the case, controlled in the list of ends, what may still be taken."""
    look_at(desk.desk)
    row = Measure.get_by_id(measure)
    on_page = next(one for one in desk.desk.reads.case(Case.get_by_id(row.case).number).measures if one.id == measure)
    [listed] = [line.amount_fen for line in expiry(desk.desk.session).rows if line.id == measure]
    assert on_page.held_fen == held_fen(row) and listed == controlled_now(row)
    return on_page.amount_fen, on_page.held_fen, remaining_fen(row)


def exchanged(hq: Bureau, hl: Bureau) -> None:
    assert send(hl, hq).breaches == {} and send(hq, hl).breaches == {}
    hashes = set()
    for desk in (hq, hl):
        look_at(desk.desk)
        hashes.add(state_hash(stored_rows(desk.desk.session.store)))
        assert not Clash.select().exists(), "money never clashes: rows are only added"
    assert len(hashes) == 1


def test_two_desks_that_each_free_a_part_or_record_money_lose_nothing(bureau: Bureau, held: str, branch: Branch) -> None:
    first, second = (released(bureau, held, scope="partial", amount=amount)[1] for amount in (1_000_000, 200_000))
    deducted(bureau, held, 300_000)
    hl = branch(bureau)
    serve(bureau, first, bureau.day)
    assert shown(bureau, held) == (4_012_345, 4_012_345, 4_012_345)
    serve(hl, second, hl.day)
    hl.at("clerk").do("receipt.deducted", measure=held, amount=300_000, on=hl.day, receipt_no="D1")
    assert shown(hl, held) == (4_812_345, 4_512_345, 4_512_345)
    exchanged(bureau, hl)
    assert shown(bureau, held) == shown(hl, held) == (3_812_345, 3_512_345, 3_512_345)


def test_one_paper_served_at_both_desks_frees_once(bureau: Bureau, held: str, branch: Branch) -> None:
    paper = released(bureau, held, scope="partial", amount=1_000_000)[1]
    hl = branch(bureau)
    for desk in (bureau, hl):
        serve(desk, paper, desk.day)
    exchanged(bureau, hl)
    assert shown(bureau, held) == shown(hl, held) == (4_012_345, 4_012_345, 4_012_345)
    look_at(hl.desk)
    assert MeasureRelease.select().where(MeasureRelease.document == paper).count() == 2, "both rows stay"


def told(bureau: Bureau, measure: str, on: date, fen: int, number: str) -> None:
    bureau.at("clerk", max(on, bureau.day)).do("measure.reply", measure=measure, received_on=on, controlled=fen, receipt_no=number, reason="余额不足")


def test_what_left_before_an_answer_is_in_what_it_tells(bureau: Bureau, held: str) -> None:
    """The bank answers on the 10th that 2,000,000 is left; of what was deducted on the 8th and the 12th only the latter comes off."""
    deducted(bureau, held, 900_000)
    told(bureau, held, date(2018, 1, 10), 2_000_000, "R2")
    bureau.at("clerk", date(2018, 1, 15))
    for number, (day, amount) in enumerate(((date(2018, 1, 8), 500_000), (date(2018, 1, 12), 400_000))):
        bureau.desk.do("receipt.deducted", measure=held, amount=amount, on=bureau.day, deducted_on=day, receipt_no=f"D{number}")
    assert shown(bureau, held) == (FULL, 1_600_000, 4_112_345)
    told(bureau, held, date(2018, 1, 9), 1, "R3")
    assert shown(bureau, held) == (FULL, 1_600_000, 4_112_345), "an older answer entered later tells nothing new"
    told(bureau, held, date(2018, 1, 15), 1_700_000, "R4")
    assert held_fen(Measure.get_by_id(held)) == 1_700_000, "of one day the later row"


def test_money_sent_on_the_day_of_an_answer_comes_off_it_when_booked_after(bureau: Bureau, held: str) -> None:
    deducted(bureau, held, 100)
    bureau.at("clerk").do("receipt.deducted", measure=held, amount=100, on=bureau.day, receipt_no="D1")
    assert held_fen(Measure.get_by_id(held)) == 5_012_245
    bureau.desk.do("receipt.reverse", receipt=MoneyReceipt.get(MoneyReceipt.bank_ref == "D1").id, reason="银行退回", amount=40)
    assert held_fen(Measure.get_by_id(held)) == 5_012_285


def test_a_renewal_goes_on_with_what_is_held_and_one_served_late_with_nothing(bureau: Bureau, held: str) -> None:
    serve(bureau, released(bureau, held, scope="partial", amount=12_345)[1], bureau.day)
    told(bureau, held, date(2018, 6, 1), 3_000_000, "R2")
    new, notice = renewed(bureau, held, date(2019, 1, 1))
    assert Measure.get_by_id(new).told_by is None, "nothing is copied"
    assert shown(bureau, new) == (5_000_000, 3_000_000, 5_000_000)
    assert "50000元" in "".join(str(notice.content).split()), "the renewal orders what was not freed"
    deducted(bureau, new, 1_000_000)
    bureau.at("clerk").do("receipt.deducted", measure=new, amount=1_000_000, on=bureau.day, receipt_no="D1")
    assert shown(bureau, new) == (5_000_000, 2_000_000, 4_000_000)
    told(bureau, new, bureau.day + timedelta(days=1), 2_500_000, "R3")
    assert shown(bureau, new) == (5_000_000, 2_500_000, 4_000_000)


def test_a_renewal_served_late_holds_nothing_by_what_was_told_before(bureau: Bureau, held: str) -> None:
    new, _ = renewed(bureau, held, date(2019, 1, 2))
    assert held_fen(Measure.get_by_id(new)) is None and held_fen(Measure.get_by_id(held)) == FULL


def test_an_earlier_service_found_later_moves_the_day_of_what_was_freed(bureau: Bureau, held: str) -> None:
    """Freed on the 8th it is not in what the bank told on the 5th; served on the 3rd already, it is."""
    paper = released(bureau, held, scope="partial", amount=1_000_000)[1]
    told(bureau, held, date(2018, 1, 5), 4_000_000, "R2")
    serve(bureau, paper, date(2018, 1, 8))
    assert shown(bureau, held) == (4_012_345, 3_000_000, 4_012_345)
    serve(bureau, paper, date(2018, 1, 3))
    assert shown(bureau, held) == (4_012_345, 4_000_000, 4_012_345)
