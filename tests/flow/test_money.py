"""Money that comes in is rows: booked at either desk it counts after merging; one receipt entered at both counts once; wrong ones are answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from execdesk.casefile.recovered import recovered_fen, untied_twins
from execdesk.casework.money.facts import fee_of
from execdesk.drafting.casefacts import facts_of
from execdesk.reads.caserows import MoneyRow
from execdesk.reads.casewhere import ListFilter
from execdesk.records.cases import Case
from execdesk.records.journal import Clash
from execdesk.records.money import Claiming, MoneyReceipt
from execdesk.records.papers import Document
from execdesk.store.replay import state_hash, stored_rows
from tests.flow.bureau import APPLICANT, DEBTOR, Bureau
from tests.flow.test_two_desks import send
from tests.looking import look_at


@pytest.fixture
def case(bureau: Bureau) -> str:
    return bureau.register()


def booked(bureau: Bureau, case: str, ref: str, amount: int, **more: object) -> str:
    changes = bureau.at("clerk").do("receipt.book", case=case, amount=amount, received_on=bureau.day, bank_ref=ref, **more)
    return str(changes.ids("MoneyReceipt")[0])


def total(bureau: Bureau, case: str) -> int | None:
    look_at(bureau.desk)
    return recovered_fen(Case.get_by_id(case))


def money(bureau: Bureau, case: str) -> dict[str, MoneyRow]:
    return {row.id: row for row in bureau.desk.reads.case(Case.get_by_id(case).number).money}


@pytest.fixture
def pair(bureau: Bureau, branch: Callable[[Bureau], Bureau]) -> tuple[Bureau, Bureau, str]:
    """HQ, and a copy of it that goes on as HL, with a case in which nothing has come in."""
    case = bureau.register()
    other = branch(bureau)
    other.at("clerk")
    bureau.at("clerk")
    return bureau, other, case


def exchanged(hq: Bureau, hl: Bureau) -> None:
    assert send(hl, hq).breaches == {} and send(hq, hl).breaches == {}
    hashes = set()
    for desk in (hq, hl):
        look_at(desk.desk)
        hashes.add(state_hash(stored_rows(desk.desk.session.store)))
        assert not Clash.select().exists(), "money never clashes: rows are only added"
    assert len(hashes) == 1


def test_two_desks_that_each_record_a_receipt_lose_nothing(pair: tuple[Bureau, Bureau, str]) -> None:
    hq, hl, case = pair
    look_at(hq.desk)
    booked(hq, case, "A1", 1_234_567)
    look_at(hl.desk)
    booked(hl, case, "B1", 100)
    exchanged(hq, hl)
    assert total(hq, case) == total(hl, case) == 1_234_667
    assert next(row for row in hq.desk.reads.cases(ListFilter("open")) if row.id == case).recovered_fen == 1_234_667


def test_one_number_at_both_desks_is_kept_twice_and_counted_once_until_a_person_ties_it(pair: tuple[Bureau, Bureau, str]) -> None:
    hq, hl, case = pair
    look_at(hq.desk)
    first = booked(hq, case, "T1", 5_000)
    look_at(hl.desk)
    second = booked(hl, case, "T1", 5_000)
    exchanged(hq, hl)
    for desk in (hq, hl):
        assert total(desk, case) == 5_000
        assert {row.id for group in untied_twins() for row in group} == {first, second}
        assert all(row.twin for row in money(desk, case).values())
    assert MoneyReceipt.select().count() == 2
    hq.at("clerk").do("receipt.tie", receipt=second, ground="已核对银行流水，确为同一笔")
    exchanged(hq, hl)
    for desk in (hq, hl):
        assert total(desk, case) == 5_000
        assert untied_twins() == []
        assert not any(row.twin for row in money(desk, case).values())
    assert hl.refused("clerk", "receipt.tie", receipt=first, ground="再说一次").code == "receipt.twin"
    hl.desk.do("receipt.reverse", receipt=min(first, second), reason="号码写错")
    assert total(hl, case) == 5_000, "the other of the number now stands for it"


def test_one_booking_answered_at_both_desks_is_taken_off_once(pair: tuple[Bureau, Bureau, str]) -> None:
    hq, hl, case = pair
    look_at(hq.desk)
    row = booked(hq, case, "R1", 700)
    booked(hq, case, "R2", 300)
    exchanged(hq, hl)
    for desk in (hq, hl):
        look_at(desk.desk)
        desk.at("clerk").do("receipt.reverse", receipt=row, reason="误登")
    exchanged(hq, hl)
    assert total(hq, case) == total(hl, case) == 300
    assert sum(one.amount_fen for one in Claiming.select().where(Claiming.case == case)) == -400, "both counter-bookings stay"


def test_two_corrections_of_what_came_in_before_clash(pair: tuple[Bureau, Bureau, str]) -> None:
    hq, hl, case = pair
    for desk, amount in ((hq, 100), (hl, 200)):
        look_at(desk.desk)
        desk.desk.do("case.opening_recovered", case=case, amount=amount, source="台账")
    send(hl, hq)
    look_at(hq.desk)
    [clash] = Clash.select()
    assert (clash.table, clash.fact) == ("Case", "opening_recovered_fen")


def test_a_booking_is_refused_with_the_way_on(bureau: Bureau, case: str) -> None:
    values = {"case": case, "received_on": bureau.day, "bank_ref": "T1"}
    assert bureau.refused("clerk", "receipt.book", amount=0, **values).code == "receipt.amount"
    assert bureau.refused("clerk", "receipt.book", amount=1, **{**values, "bank_ref": " "}).code == "field.missing"
    assert bureau.refused("clerk", "receipt.book", amount=1, kind="deduction", **values).code == "field.value"
    assert bureau.refused("clerk", "receipt.book", amount=1, **{**values, "received_on": bureau.day + timedelta(days=1)}).code == "field.value"
    assert bureau.refused("clerk", "receipt.book", amount=1, paid_on=bureau.day + timedelta(days=1), **values).code == "field.value"
    booked(bureau, case, "T1", 1)
    known = bureau.refused("clerk", "receipt.book", amount=1, **values)
    assert known.code == "receipt.known" and "（2018）琼9027执1号" in known.text


def test_money_that_cannot_be_is_refused(bureau: Bureau, case: str) -> None:
    values = {"case": case, "bank_ref": "T1", "amount": 1}
    filed = bureau.day
    assert bureau.refused("clerk", "receipt.book", **values, received_on=filed, debtor=APPLICANT).code == "measure.owner"
    early = bureau.refused("clerk", "receipt.book", **values, received_on=filed - timedelta(days=1))
    assert early.code == "receipt.day" and early.ways[0].action == "case.opening_recovered"
    assert bureau.refused("clerk", "receipt.book", **values, received_on=filed, paid_on=date(1950, 1, 1)).code == "receipt.day"
    effective = Case.get_by_id(case).basis_effective_on or filed
    assert bureau.refused("clerk", "receipt.book", **values, received_on=filed, paid_on=effective - timedelta(days=1)).code == "receipt.day"
    bureau.at("clerk").do("receipt.book", **values, received_on=filed, paid_on=filed, debtor=DEBTOR)


def test_more_than_claim_and_fee_is_booked_only_when_checked(bureau: Bureau, case: str) -> None:
    row = Case.get_by_id(case)
    owed = row.claim_fen + (fee_of(bureau.at("clerk").session, row) or 0)
    assert owed > row.claim_fen
    booked(bureau, case, "T1", owed - 1)
    values = {"case": case, "received_on": bureau.day, "bank_ref": "T2"}
    refusal = bureau.refused("clerk", "receipt.book", amount=2, **values)
    assert refusal.code == "receipt.above" and "勾选" in refusal.text
    booked(bureau, case, "T2", 2, checked=True)
    assert total(bureau, case) == owed + 1


def test_a_claim_just_reached_is_booked_unasked(bureau: Bureau, case: str) -> None:
    row = Case.get_by_id(case)
    owed = row.claim_fen + (fee_of(bureau.at("clerk").session, row) or 0)
    booked(bureau, case, "T1", owed)
    assert total(bureau, case) == owed


def test_a_counter_booking_takes_off_by_the_fen_and_never_more(bureau: Bureau, case: str) -> None:
    row = booked(bureau, case, "T1", 1_000)
    assert bureau.refused("clerk", "receipt.reverse", receipt=row, amount=1_001, reason="误登").code == "receipt.reverse"
    assert bureau.refused("clerk", "receipt.reverse", receipt=row, amount=0, reason="误登").code == "receipt.reverse"
    assert bureau.refused("clerk", "receipt.reverse", receipt=row, reason=" ").code == "field.missing"
    bureau.desk.do("receipt.reverse", receipt=row, amount=1, reason="多记一分")
    assert total(bureau, case) == 999 and money(bureau, case)[row].stands_fen == 999
    assert bureau.refused("clerk", "receipt.reverse", receipt=row, amount=1_000, reason="误登").code == "receipt.reverse"
    bureau.desk.do("receipt.reverse", receipt=row, reason="其余也误登")
    assert total(bureau, case) == 0
    assert bureau.refused("clerk", "receipt.reverse", receipt=row, reason="再冲").code == "receipt.reverse"
    counter = MoneyReceipt.get(MoneyReceipt.reverses == row)
    assert bureau.refused("clerk", "receipt.reverse", receipt=counter.id, reason="冲冲正").code == "field.value"
    booked(bureau, case, "T1", 5)
    assert total(bureau, case) == 5, "a number wholly answered may be booked anew"


def test_interest_stops_on_the_day_paid_and_papers_read_the_sum(bureau: Bureau, case: str) -> None:
    bureau.at("clerk", date(2018, 2, 1))
    row = booked(bureau, case, "T1", 12_345, paid_on=date(2018, 1, 31), debtor=DEBTOR, payer=DEBTOR)
    assert money(bureau, case)[row].interest_stop_on == date(2018, 1, 31)
    paper = Document.get_by_id(bureau.at(bureau.judge(case)).do("notice.execution", case=case, party=DEBTOR).ids("Document")[0])
    assert facts_of(bureau.desk.session, paper, bureau.day).money.realised == 12_345
    assert facts_of(bureau.desk.session, paper, bureau.day).money.performance == "未全部履行"
