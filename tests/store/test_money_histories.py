"""Random receipts and counter-bookings at two desks, merged in any order: what came in is the figure of the time before plus each number once."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from execdesk import rooms
from execdesk.casefile.board import Board
from execdesk.casefile.recovered import all_came_in, came_in, recovered_fen
from execdesk.records.board import NEVER, BoardCase
from execdesk.records.cases import Case
from execdesk.records.money import Claiming, MoneyReceipt
from execdesk.store.act import open_act
from tests.casefile.histories import stored
from tests.documents.samples import catalogue
from tests.law.rules import BOOK, CALENDAR
from tests.looking import look_at
from tests.store import desks
from tests.store.desks import Desk
from tests.tries import examples

REFS = ("A", "B", "C")
STEPS = st.lists(
    st.tuples(st.sampled_from([0, 1]), st.sampled_from(["book", "book", "answer", "merge"]), st.sampled_from(REFS), st.integers(1, 500), st.integers(0, 9)),
    max_size=14,
)


class BookModel:
    """What the test itself saw booked: receipts by id with number, case and sum, and what answered them."""

    def __init__(self) -> None:
        self.receipts: dict[str, tuple[str, str, int]] = {}
        self.answers: dict[str, int] = defaultdict(int)

    def sums(self, known: set[str]) -> dict[str, int]:
        """Each number once: of the receipts of one number that stand the oldest."""
        found: dict[str, int] = defaultdict(int)
        for ref in REFS:
            standing = sorted(row for row in known & self.receipts.keys() if self.receipts[row][0] == ref and self._left(row, known) > 0)
            if standing:
                found[self.receipts[standing[0]][1]] += self._left(standing[0], known)
        return dict(found)

    def _left(self, row: str, known: set[str]) -> int:
        off = sum(MoneyReceipt.get_by_id(one).amount_fen for one in known if one not in self.receipts and MoneyReceipt.get_by_id(one).reverses == row)
        return max(self.receipts[row][2] + off, 0)


def book(desk: Desk, model: BookModel, case: str, ref: str, amount: int) -> None:
    with open_act(desk.store, "event") as act:
        row = act.add(MoneyReceipt(bank_ref=ref, account="bank", received_on=date(2018, 1, 2), booked_on=date(2018, 1, 2), amount_fen=amount, medium="bank"))
        act.add(Claiming(receipt=row.id, case=case, amount_fen=amount, kind="other", interest_stop_on=date(2018, 1, 2), claimed_on=date(2018, 1, 2)))
    model.receipts[row.id] = (ref, case, amount)


def answer(desk: Desk, model: BookModel, which: int, amount: int) -> None:
    rows = list(MoneyReceipt.select().where(MoneyReceipt.reverses.is_null()).order_by(MoneyReceipt.id))
    if not rows:
        return
    row = rows[which % len(rows)]
    claimed = Claiming.get(Claiming.receipt == row.id)
    off = min(amount, row.amount_fen)
    with open_act(desk.store, "event") as act:
        counter = act.add(MoneyReceipt(
            bank_ref=row.bank_ref, account="bank", received_on=row.received_on, booked_on=row.booked_on, amount_fen=-off, medium="bank", reverses=row.id,
        ))
        act.add(Claiming(
            receipt=counter.id, case=claimed.case, amount_fen=-off, kind="other", interest_stop_on=claimed.interest_stop_on,
            claimed_on=claimed.claimed_on, reverses=claimed.id,
        ))


@settings(max_examples=examples(40), deadline=None)
@given(STEPS, st.sampled_from([None, 0, 777]), st.integers(0, 99))
def test_what_came_in_is_the_opening_and_each_number_once(steps: list[tuple[int, str, str, int, int]], opening: int | None, seed: int) -> None:
    rooms.enter()
    two = list(desks.bureau("HQ", "HL"))
    boards = [Board(desk.store, lambda: BOOK, CALENDAR, catalogue()) for desk in two]
    for board in boards:
        board.listen()
        board.catch_up()
    model, shuffle = BookModel(), random.Random(seed)
    look_at(two[0].store)
    cases = [desks.case(n, opening_recovered_fen=opening) for n in (1, 2)]
    with open_act(two[0].store, "event") as act:
        act.add_many(cases)
    two[1].take(two[0].lines())
    for at, what, ref, amount, pick in steps:
        desk = two[at]
        look_at(desk.store)
        if what == "book":
            book(desk, model, cases[pick % 2].id, ref, amount)
        elif what == "answer":
            answer(desk, model, pick, amount)
        else:
            merge(two[1 - at], desk, shuffle)
        check(desk, model, opening)
    merge(two[0], two[1], shuffle)
    merge(two[1], two[0], shuffle)
    for desk, board in zip(two, boards, strict=True):
        check(desk, model, opening)
        before = stored(desk.store)
        board.rebuild()
        assert stored(desk.store) == before
    assert two[0].hash() == two[1].hash()


def merge(source: Desk, target: Desk, shuffle: random.Random) -> None:
    look_at(source.store)
    lines = source.lines()
    shuffle.shuffle(lines)
    target.take(lines)


def check(desk: Desk, model: BookModel, opening: int | None) -> None:
    look_at(desk.store)
    known = {row.id for row in MoneyReceipt.select()}
    expected = model.sums(known)
    rows = list(Case.select())
    assert {case: fen for case, fen in came_in(row.id for row in rows).items() if fen} == {case: fen for case, fen in expected.items() if fen}
    assert {case: fen for case, fen in all_came_in().items() if fen} == {case: fen for case, fen in expected.items() if fen}
    board = dict(BoardCase.select(BoardCase.case, BoardCase.recovered_fen).where(BoardCase.until == NEVER).tuples())
    assert board == {row.id: recovered_fen(row) for row in rows}, "lists show the same"
    for row in rows:
        assert recovered_fen(row) == (None if opening is None else opening + expected.get(row.id, 0))
