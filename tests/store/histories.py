"""Random histories of three desks, and an oracle that knows only what the test itself saw happen."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from execdesk.law.refusal import Refusal
from execdesk.records.base import Journaled
from execdesk.records.cases import Case, Party
from execdesk.records.journal import Clash, Waiting
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.tables import BY_NAME, children_of
from execdesk.store.act import Act, open_act
from execdesk.store.line import Entry
from execdesk.store.merge import Receipt
from tests.looking import look_at
from tests.store.desks import Bureau, Desk, case, measure, party

Pair = tuple[str, str]


@dataclass
class Made:
    """A line as the test saw it made: what its desk had at that moment, and what it wrote."""

    entry: Entry
    past: frozenset[str]
    height: int


@dataclass
class Model:
    """What each desk has, by the test's own book-keeping."""

    made: dict[str, Made] = field(default_factory=dict)
    have: dict[str, set[str]] = field(default_factory=dict)
    box: dict[str, set[str]] = field(default_factory=dict)

    def wrote(self, desk: Desk, before: set[str]) -> None:
        """A desk has written lines since ``before``."""
        name = desk.store.chain
        for entry in desk.lines():
            if entry.ref not in self.have[name]:
                past = frozenset(self.have[name])
                height = 1 + max((self.made[ref].height for ref in past), default=0)
                self.made[entry.ref] = Made(entry, past, height)
                self.have[name].add(entry.ref)

    def took(self, desk: Desk, refs: list[str]) -> None:
        """A desk was handed lines: it has those whose whole past it has, however they came."""
        name = desk.store.chain
        self.box[name] |= {ref for ref in refs if ref not in self.have[name]}
        while ready := {ref for ref in self.box[name] if self.made[ref].past <= self.have[name]}:
            self.have[name] |= ready
            self.box[name] -= ready


class History:
    """One history: random acts at three desks, random exchange of lines between them."""

    def __init__(self, seed: int, desks: Bureau) -> None:
        self.random = random.Random(seed)
        self.desks = desks.desks
        self.model = Model()
        self.settled = self.refused = self.clashes_met = self.strikes_met = 0
        for desk in self.desks:
            self.model.have[desk.store.chain], self.model.box[desk.store.chain] = set(), set()
        self._begin()
        self.sequence = 0

    def _begin(self) -> None:
        first, *others = self.desks
        self.model.wrote(first, set())
        founding = [e.ref for e in first.lines()][:1]
        for desk in others:
            self.model.took(desk, founding)
            self.model.wrote(desk, set())

    def run(self, steps: int) -> None:
        for _ in range(steps):
            roll = self.random.random()
            if roll < 0.55:
                self._act(self.random.choice(self.desks))
            elif roll < 0.65:
                self._settle(self.random.choice(self.desks))
            else:
                self._exchange()

    # -- acts ----------------------------------------------------------------------------------------------------------

    def _act(self, desk: Desk) -> None:
        look_at(desk.store)
        try:
            with open_act(desk.store, "event") as act:
                for _ in range(self.random.choice([1, 1, 1, 2, 3])):
                    self.random.choice(
                        [self._add, self._change_case, self._change_case, self._change_measure, self._change_measure,
                         self._change_party, self._move, self._strike]
                    )(act)
        except Refusal as refusal:
            assert refusal.code in {"store.struck", "store.clash"}, refusal.text
            self.refused += 1
        self.model.wrote(desk, set())

    def _one(self, model: type[Journaled]) -> Any:
        rows = list(model.select().order_by(model.id))
        return self.random.choice(rows[:3]) if rows else None

    def _add(self, act: Act) -> None:
        self.sequence += 1
        of = self._one(Case)
        kind = self.random.choice(["case", "party", "measure", "receipt"])
        if kind == "case" or of is None:
            act.add(case(self.sequence))
        elif kind == "party":
            act.add(party(of, f"甲{self.sequence}"))
        elif kind == "measure":
            who = self._one(Party) or act.add(party(of))
            act.add(measure(of, who))
        elif (on := self._one(Measure)) is not None:
            act.add(AssistReply(measure=on.id, received_on="2018-01-03", result="full"))

    def _change_case(self, act: Act) -> None:
        if (row := self._one(Case)) is not None:
            name = self.random.choice(["remarks", "claim_fen", "principal_fen", "state", "closing_mode", "cause"])
            act.change(row, **{name: self._value(name)})

    def _change_measure(self, act: Act) -> None:
        if (row := self._one(Measure)) is not None:
            name = self.random.choice(["state", "rank", "end_told", "assisting_unit"])
            act.change(row, **{name: self._value(name)})

    def _change_party(self, act: Act) -> None:
        if (row := self._one(Party)) is not None:
            act.change(row, name=f"名{self.random.randrange(3)}", special=[self.random.randrange(2)])

    def _move(self, act: Act) -> None:
        """A party that was entered in the wrong case."""
        row, to = self._one(Party), self._one(Case)
        if row is not None and to is not None and self.random.random() < 0.5:
            act.change(row, case=to.id)

    def _strike(self, act: Act) -> None:
        row = self._one(self.random.choice([Case, Party, Measure]))
        if row is not None and self.random.random() < 0.4:
            act.strike(row, self.random.choice(["重复", "误登"]))

    def _value(self, name: str) -> Any:
        few = self.random.randrange(3)
        if name.endswith("_fen") or name == "rank":
            return few + 1
        return f"2019-01-0{few + 1}" if name == "end_told" else f"v{few}"

    def _settle(self, desk: Desk) -> None:
        look_at(desk.store)
        found = list(Clash.select().order_by(Clash.table, Clash.row, Clash.fact))
        if not found:
            return
        clash = self.random.choice(found)
        model = BY_NAME[clash.table]
        with open_act(desk.store, "clash.settle") as act:
            record = act.get(model, clash.row)
            name = model.fields_of(clash.fact)[0]
            value = self.random.choice([getattr(record, name), None if clash.fact == "struck" else self._value(name)])
            if clash.fact in ("special", "case"):
                value = getattr(record, name)
            act.settle(record, "当面核对", **{name: value})
        self.settled += 1
        assert not Clash.select().where(
            Clash.table == clash.table, Clash.row == clash.row, Clash.fact == clash.fact
        ).exists()
        self.model.wrote(desk, set())

    # -- exchange ------------------------------------------------------------------------------------------------------

    def _exchange(self) -> None:
        """Lines of one desk come to another: any of them, in any order, some twice, with gaps."""
        source, target = self.random.sample(self.desks, 2)
        held = [self.model.made[ref].entry for ref in sorted(self.model.have[source.store.chain])]
        style = self.random.random()
        some = held if style < 0.6 else self.random.sample(held, self.random.randint(1, len(held)))
        some = [*some, *self.random.choices(some, k=self.random.randrange(3))]
        self.random.shuffle(some)
        self.hand(target, some)

    def hand(self, target: Desk, entries: list[Entry]) -> Receipt:
        """Hand lines to a desk, and compare what it says with what the test knows."""
        name = target.store.chain
        before = set(self.model.have[name])
        receipt = target.take(entries)
        self.model.took(target, [e.ref for e in entries])
        assert set(receipt.applied) == self.model.have[name] - before
        assert set(receipt.waiting) == self.model.box[name]
        for ref, missing in receipt.waiting.items():
            assert missing in self.model.made[ref].past - self.model.have[name]
        look_at(target.store)
        assert {f"{w.site}.{w.incarnation}:{w.number}" for w in Waiting.select()} == self.model.box[name]
        self.compare(target)
        return receipt

    def exchange_everything(self) -> None:
        everything = [made.entry for made in self.model.made.values()]
        for desk in self.desks:
            self.random.shuffle(everything)
            self.hand(desk, everything)

    # -- the oracle ----------------------------------------------------------------------------------------------------

    def compare(self, desk: Desk) -> None:
        """A desk's rows and clashes against those that follow, by brute force, from the lines it has."""
        look_at(desk.store)
        lines = [self.model.made[ref] for ref in self.model.have[desk.store.chain]]
        rows = shown(lines)
        from execdesk.store.replay import stored_rows

        assert stored_rows(desk.store) == rows
        actual = {(c.table, c.row, c.fact): set(c.lines) for c in Clash.select()}
        expected = clashes(lines, rows)
        assert actual == expected, (actual, expected)
        self.clashes_met += len(expected)
        self.strikes_met += sum(fact == "struck" for _, _, fact in expected)


def order(made: Made) -> tuple[int, str, int, int]:
    data = made.entry.data
    return made.height, data["site"], data["incarnation"], data["number"]


def shown(lines: list[Made]) -> dict[Pair, dict[str, Any]]:
    """The rows: the greatest write of every field."""
    rows: dict[Pair, dict[str, Any]] = {}
    for made in sorted(lines, key=order):
        for change in made.entry.changes:
            rows.setdefault((change.table, change.row), {}).update(change.values)
    return rows


def clashes(lines: list[Made], rows: dict[Pair, dict[str, Any]]) -> dict[tuple[str, str, str], set[str]]:
    """All clashes, straight from their definition: compare every two writes."""
    writes: dict[tuple[str, str, str], list[tuple[Made, dict[str, Any]]]] = {}
    touching: dict[Pair, list[tuple[Made, dict[str, Any]]]] = {}
    for made in lines:
        for change in made.entry.changes:
            table, row, values = change.table, change.row, change.values
            touching.setdefault((table, row), []).append((made, values))
            for fact in {BY_NAME[table].fact_of(name) for name in values}:
                part = {name: values.get(name) for name in BY_NAME[table].fields_of(fact)}
                writes.setdefault((table, row, fact), []).append((made, part))
    found: dict[tuple[str, str, str], set[str]] = {}
    for key, some in writes.items():
        open_ = [(m, v) for m, v in some if not any(m.entry.ref in other.past for other, _ in some)]
        if len({repr(v) for _, v in open_}) > 1:
            found[key] = {m.entry.ref for m, _ in open_}
        if key[2] == "struck":
            against = [pair for m, v in open_ if v["struck"] is not None for pair in _against(m, key, touching, rows)]
            if against:
                found.setdefault(key, set()).update(ref for pair in against for ref in pair)
    return found


def _against(
    strike: Made, key: tuple[str, str, str], touching: dict[Pair, list[tuple[Made, dict[str, Any]]]],
    rows: dict[Pair, dict[str, Any]],
) -> list[tuple[str, str]]:
    table, row, _ = key
    mine = [(table, row)]
    for child, name in children_of(BY_NAME[table]):
        mine += [pair for pair, values in rows.items() if pair[0] == child.__name__ and values.get(name) == row]
    found = []
    for pair in mine:
        for made, values in touching[pair]:
            apart = made.entry.ref not in strike.past and strike.entry.ref not in made.past
            only_struck = set(values) == {"struck"} and values["struck"] is not None
            if made is not strike and apart and not only_struck:
                found.append((strike.entry.ref, made.entry.ref))
    return found
