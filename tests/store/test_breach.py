"""Lines signed after a revocation their writer had seen: kept on every desk, without effect on any; and the like on random histories.

Half of those at the desks have a program of their own: it writes on after the revocation, and hands what it wrote to its own desk too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from execdesk.law.refusal import Refusal
from execdesk.records.base import moment_text
from execdesk.records.cases import Case
from execdesk.records.people import Certificate, Person
from execdesk.store.act import open_act
from execdesk.store.check import check
from execdesk.store.line import Change, Entry, build, seal
from execdesk.store.replay import fold, refs_in_breach, stored_rows
from tests.looking import look_at
from tests.store.desks import Bureau, Desk, Key, bureau, case, contents, judge
from tests.store.histories import History, Made, clashes, shown
from tests.tries import times


def craft(desk: Desk, key: Key, changes: list[Change], act: str = "event", forget: str = "") -> Entry:
    """A line at the end of a desk's chain, as a program of one's own would write it; it may ``forget`` a chain it had seen."""
    look_at(desk.store)
    ends = desk.store.ends()
    head = ends.pop(desk.store.chain)
    ends.pop(forget, None)
    seen = {chain: end.number for chain, end in ends.items()}
    height = 1 + max([head.height, *(end.height for end in ends.values())])
    return seal(build(
        site=desk.store.site, incarnation=1, number=head.number + 1, height=height, act=act, person=key.person, key=key.key,
        at=desk.store.next_moment(), clock=None, case=None, reason="", seen=seen, changes=changes, previous=head.hash, cosigner=None,
        moment_text=moment_text,
    ), key)


def added(row: Case) -> Change:
    return Change("Case", row.id, row.journal_values(), {}, new=True)


def remark(row: str, text: str) -> Change:
    return Change("Case", row, {"remarks": text}, {"remarks": ""})


@dataclass
class Rogue:
    """Somebody with a session at one desk and the row of his certificate."""

    desk: Desk
    key: Key
    certificate: str
    revoked: set[str] = field(default_factory=set)  # the lines that revoke it


@dataclass
class _Effective:
    """What is left of a line: the changes of rows that exist."""

    entry: Entry
    changes: list[Change]

    @property
    def ref(self) -> str:
        return self.entry.ref

    @property
    def data(self) -> dict[str, Any]:
        return self.entry.data


class RogueHistory(History):
    """A history in which some write on after their certificate was revoked; the oracle leaves out what they wrote then."""

    def __init__(self, seed: int, desks: Bureau) -> None:
        super().__init__(seed, desks)
        self.void: set[str] = set()
        self.rogues = [self._enter(desk, n) for n, desk in enumerate(self.desks)]

    def _enter(self, desk: Desk, n: int) -> Rogue:
        look_at(desk.store)
        with open_act(desk.store, "certificate.issue") as act:
            person = act.add(Person(name=f"另{n}", account=f"r{n}"))
            row = act.add(Certificate(person=person.id, site=desk.store.site, serial=f"r{n}", pem="-", purpose="person", state="valid", issued_at=act.at))
        before = desk.store.signer
        key = desk.sign_in(person, row)
        desk.store.signer = before
        self.model.wrote(desk, set())
        return Rogue(desk, key, row.id)

    def run(self, steps: int) -> None:
        for _ in range(steps):
            super().run(1)
            roll = self.random.random()
            if roll < 0.25:
                self._misdeed(self.random.choice(self.rogues))
            elif roll < 0.33:
                self._revoke(self.random.choice(self.rogues), self.random.choice(self.desks))

    def _revoke(self, rogue: Rogue, desk: Desk) -> None:
        look_at(desk.store)
        row = Certificate.get_or_none(Certificate.id == rogue.certificate)
        if row is None or row.state == "revoked":
            return
        with open_act(desk.store, "certificate.revoke") as act:
            act.change(act.get(Certificate, row.id), state="revoked", revoked_at=act.at, reason="遗失")
        assert act.changes is not None
        rogue.revoked |= set(act.changes.lines)
        self.model.wrote(desk, set())

    def _misdeed(self, rogue: Rogue) -> None:
        look_at(rogue.desk.store)
        of = self._one(Case)
        self.sequence += 1
        change = added(case(self.sequence)) if of is None or self.random.random() < 0.4 else remark(of.id, f"v{self.random.randrange(3)}")
        entry = craft(rogue.desk, rogue.key, [change])
        have = self.model.have[rogue.desk.store.chain]
        self.model.made[entry.ref] = Made(entry, frozenset(have), 1 + max(self.model.made[ref].height for ref in have))
        if rogue.revoked & have:
            self.void.add(entry.ref)
        self.hand(rogue.desk, [entry])

    def compare(self, desk: Desk) -> None:
        look_at(desk.store)
        have = self.model.have[desk.store.chain]
        lines = [self.model.made[ref] for ref in have - self.void]
        made = {(c.table, c.row) for m in lines for c in m.entry.changes if c.new}
        left: list[Any] = [
            Made(_Effective(m.entry, [c for c in m.entry.changes if (c.table, c.row) in made]), m.past, m.height)  # type: ignore[arg-type]
            for m in lines
        ]
        rows = shown(left)
        assert stored_rows(desk.store) == rows == fold(desk.lines(), self.void)
        assert refs_in_breach(desk.store) == have & self.void
        from execdesk.records.journal import Clash

        assert {(c.table, c.row, c.fact): set(c.lines) for c in Clash.select()} == clashes(left, rows)


def run(seed: int) -> RogueHistory:
    history = RogueHistory(seed, bureau())
    try:
        history.run(40)
        history.exchange_everything()
        assert len({desk.hash() for desk in history.desks}) == 1
        for desk in history.desks:
            history.compare(desk)
            assert check(desk.store, judge()).faults == []
    except BaseException as error:
        error.add_note(f"history with seed {seed}")
        raise
    finally:
        for desk in history.desks:
            desk.store.close()
    return history


@pytest.mark.parametrize(("first", "many"), [(0, 10), pytest.param(1000, 60, marks=pytest.mark.slow)])
def test_all_desks_agree_on_what_has_effect(first: int, many: int) -> None:
    done = [run(seed) for seed in range(first, first + times(many))]
    assert sum(len(h.void) for h in done) > len(done)
    assert any(len(rogue.revoked) > 1 for h in done for rogue in h.rogues), "also where two desks revoked at once"


@pytest.fixture
def desks() -> Iterator[Bureau]:
    made = bureau("HQ", "HL")
    yield made
    for desk in made:
        desk.store.close()


def revoke(desk: Desk, certificate: str) -> None:
    look_at(desk.store)
    with open_act(desk.store, "certificate.revoke") as act:
        act.change(act.get(Certificate, certificate), state="revoked", revoked_at=act.at, reason="遗失")


def test_what_builds_on_a_row_made_in_breach_has_no_effect_either(desks: Bureau) -> None:
    hq, hl = desks
    look_at(hq.store)
    thief = hq.store.signer
    assert isinstance(thief, Key)
    other = hq.sign_in(desks.people[2], desks.certificates[2])
    revoke(hq, desks.certificates[0].id)
    row = case(5)
    first = craft(hq, thief, [added(row)])
    assert set(hq.take([first]).breaches) == {first.ref}
    second = craft(hq, other, [remark(row.id, "续")])
    assert hq.take([second]).breaches == {}
    third = craft(hq, other, [added(case(6)), remark(row.id, "又续")])
    hq.take([third])
    everything = hq.lines()
    hl.take(everything[:-2])
    hl.take(everything)
    hq.take(hl.lines())
    for desk in desks:
        look_at(desk.store)
        assert [found.sequence for found in Case.select()] == [6]
        assert check(desk.store, judge()).faults == []
    assert hq.hash() == hl.hash()
    there = hl.sign_in(desks.people[2], desks.certificates[2])
    before = contents(hl.store)
    with pytest.raises(Refusal) as refused:
        hl.take([craft(hl, there, [remark("0" * 26, "无此案")])])
    assert refused.value.code == "exchange.malformed", "a row that nobody ever made is still refused"
    assert contents(hl.store) == before


def test_nobody_forgets_a_revocation_his_chain_had_seen(desks: Bureau) -> None:
    """Else he would pass for one who did not know of it, and what he wrote would stand."""
    hq, hl = desks
    hq.take(hl.lines())
    look_at(hl.store)
    thief = hl.store.signer
    assert isinstance(thief, Key)
    revoke(hq, desks.certificates[1].id)
    hl.take(hq.lines())
    other = hl.sign_in(desks.people[2], desks.certificates[2])
    for key in (thief, other):
        entry = craft(hl, key, [added(case(3))], forget="HQ.1")
        for desk in desks:
            desk.take([*hl.lines(), *hq.lines()])
            with pytest.raises(Refusal, match="没有看过") as refused:
                desk.take([entry])
            assert refused.value.code == "exchange.signature"
