"""Every action done for real with values that mean harm: a sentence or an act, and the store stays whole, replays the same and holds nothing it may not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

import main
from execdesk.access.register import ACTIONS
from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.records.people import Person
from execdesk.records.tables import JOURNALED
from execdesk.store.replay import all_entries, fold, refs_in_breach, state_hash, stored_rows
from tests.flow.bureau import Bureau
from tests.fuzz.mutants import OTHERS
from tests.fuzz.tally import Tally, tallied
from tests.fuzz.values import Given
from tests.hostile import faults_of_refusal, faults_of_value
from tests.tries import times
from tests.world import DAY, Shelf

ROUNDS = 3  # turns that everybody has in each world
NOT_HERE = {"store.moved", "store.go_on"}  # they change where the store is at home: tried where places are


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, content in OTHERS.items():
        (folder / name).write_bytes(content)
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7\nscan")
    return folder


def told(name: str, values: dict[str, object]) -> str:
    """An action with its values, short."""
    return f"{name} " + " ".join(f"{key}={_shown(value)}" for key, value in values.items())


def _shown(value: object) -> str:
    try:
        return ascii(value)[:40]
    except ValueError:  # a number longer than Python writes
        return "number"


def judged(refusal: Refusal) -> list[str]:
    return faults_of_refusal(refusal.text, ())


def held_wrongly() -> Iterator[str]:
    """What lies in the tables and may not."""
    for model in JOURNALED:
        for row in model.select():
            for name, value in row.__data__.items():
                yield from (f"{model.__name__}.{name}: {fault}" for fault in faults_of_value(value) if not isinstance(value, bytes))


@pytest.mark.slow
@pytest.mark.parametrize("world", ["frozen", "matters", "ledger", "demo-2017"])
def test_no_action_is_hurt_by_any_value(world: str, worlds: Shelf, tmp_path: Path, files: Path, request: pytest.FixtureRequest) -> None:
    rng = random.Random(f"20171231 {world}")
    bureau = Bureau(main.build(), worlds.get(world).copy(tmp_path / "data"), DAY)
    with tallied(request, f"actions, begun with {world}") as tally:
        desks = Desks(bureau, Given(bureau.at("clerk").session, rng, files))
        for _ in range(times(ROUNDS)):
            desks.round(tally)
    desk = bureau.desk
    desk.board_whole()
    assert desk.check().faults == []
    store = desk.session.store
    assert state_hash(stored_rows(store)) == state_hash(fold(all_entries(store), refs_in_breach(store)))
    assert sorted(set(held_wrongly())) == []
    bureau.close()


class Desks:
    """One desk at which all people sit in turn, and whose duty which action has turned out to be."""

    def __init__(self, bureau: Bureau, given: Given) -> None:
        self.bureau, self.given = bureau, given
        self.not_his: set[tuple[str, str]] = set()

    def round(self, tally: Tally) -> None:
        """Everybody who can sign in does what may be his to do."""
        accounts = [row.account for row in Person.select().where(Person.account != "").order_by(Person.account)]
        for account in self.given.rng.sample(accounts, len(accounts)):
            try:
                desk = self.bureau.at(account)
            except Refusal:  # he has no certificate, or another password by now
                continue
            self.given.look_again(desk.session)
            his = [name for name in ACTIONS if name not in NOT_HERE and (name, account) not in self.not_his]
            for name in self.given.rng.sample(his, len(his)):
                self._one(desk, name, tally)

    def _one(self, desk: Desk, name: str, tally: Tally) -> None:
        values = self.given.values(ACTIONS[name])
        before = tally.codes["access.duty"]
        tally.tried(told(name, values), lambda: desk.do(name, **values), judged)
        if tally.codes["access.duty"] > before:
            self.not_his.add((name, self.bureau.account))
