"""The courts of the tests: each set up once a run, whoever asks first, and copied for every test that changes it.

A world is told by its recipe and may begin with a copy of another, so that no set-up is done twice: the demonstration court is founded
once, and the ones with cases, with the ledger, with a frozen deposit are derived from it. The real court has keys of its own.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import main
from execdesk.access.organisation import load_demo_people
from execdesk.access.sealing import Cost
from execdesk.access.setup import demo_wanted, set_up
from execdesk.desk import Desk
from execdesk.intake.importing import take_ledger
from execdesk.store.clock import DemonstrationClock
from execdesk.store.whereabouts import PLACE_FILE, settle

if TYPE_CHECKING:
    from tests.flow.bureau import Bureau

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)  # of a password: nobody guesses at one here
DAY, BEFORE_REFORM = date(2018, 1, 2), date(2017, 7, 1)
SAMPLE = main.RESOURCES / "demo" / "ledger-2017.xlsx"
PATIENCE = 300  # seconds for another process to make a world

Notes = dict[str, Any]


@dataclass(frozen=True)
class World:
    """A court on disk, never to be changed where it lies, and what was noted when it was made: row ids, codes, who sits there."""

    folder: Path
    notes: Notes = field(default_factory=dict)

    def copy(self, to: Path) -> Path:
        """A copy of one's own, at home there."""
        return at_home(self.folder, to)

    def own(self, to: Path) -> World:
        """A copy of one's own, with its notes."""
        return World(self.copy(to), self.notes)


def at_home(folder: Path, to: Path) -> Path:
    """A copy of a store that this PC has always known there."""
    shutil.copytree(folder, to)
    if (to / PLACE_FILE).exists():
        settle(to)
    return to


@dataclass(frozen=True)
class Shelf:
    """The worlds made so far, in a folder that all processes of a run share; ``counted`` wraps the making of one."""

    folder: Path
    counted: Callable[[], AbstractContextManager[object]] = nullcontext

    def get(self, name: str) -> World:
        """The world of that name, made now unless some process of this run made it; waits for one that is making it.

        Raises:
            KeyError: there is no recipe of that name.
            RuntimeError: another process failed to make it, or took more than five minutes.
        """
        made_by, ready = RECIPES[name], self.folder / name
        if not ready.exists():
            try:
                ready.with_suffix(".making").mkdir(parents=True)
            except FileExistsError:
                self._wait(ready)
            else:
                self._make(made_by, ready)
        return World(ready / "data", json.loads((ready / "notes.json").read_text(encoding="utf-8")))

    def _make(self, made_by: Recipe, ready: Path) -> None:
        building = ready.with_suffix(".making") / "new"
        building.mkdir()
        try:
            with self.counted():
                notes = copy_context().run(made_by, self, building / "data")  # whoever asks goes on looking at his own store
        except BaseException:
            ready.with_suffix(".failed").touch()
            raise
        (building / "notes.json").write_text(json.dumps(notes, ensure_ascii=False), encoding="utf-8")
        building.rename(ready)

    def _wait(self, ready: Path) -> None:
        end = time.monotonic() + PATIENCE
        while not ready.exists():
            if ready.with_suffix(".failed").exists() or time.monotonic() > end:
                raise RuntimeError(f"the world {ready.name} was not made by the process that began it")
            time.sleep(0.05)


Recipe = Callable[[Shelf, Path], Notes]
RECIPES: dict[str, Recipe] = {}


def recipe(name: str) -> Callable[[Recipe], Recipe]:
    """Register how a world is made: the recipe fills the folder it is given and returns its notes."""

    def keep(made_by: Recipe) -> Recipe:
        RECIPES[name] = made_by
        return made_by

    return keep


def found(folder: Path, day: date = DAY, site: str = "HQ") -> Notes:
    """Set up the demonstration court at a site, its passwords cheap to try."""
    services = main.build()
    people = load_demo_people(services.resources / "organisation", services.organisation)
    wanted = replace(demo_wanted(services.organisation, people, CHEAP), site=site)
    made = set_up(folder, wanted, DemonstrationClock(day))
    return {"root": made.root_fingerprint, "recovery": made.recovery_code, "accounts": list(made.accounts), "made": list(made.made)}


@recipe("demo")
def _demo(_shelf: Shelf, folder: Path) -> Notes:
    """The demonstration court on the day before the sample's last year begins, without a case."""
    return found(folder)


@recipe("demo-2017")
def _early(_shelf: Shelf, folder: Path) -> Notes:
    """The same court a month before the reform; its chain begins with that day, so it cannot be a copy."""
    return found(folder, BEFORE_REFORM)


@recipe("huangliu")
def _huangliu(_shelf: Shelf, folder: Path) -> Notes:
    """The same court set up at Huangliu, where of those who could witness only the deputy sits."""
    return found(folder, site="HL")


@recipe("ledger")
def _ledger(shelf: Shelf, folder: Path) -> Notes:
    """The demonstration court with the sample ledger imported by the clerk."""
    base = shelf.get("demo")
    desk = Desk.open(main.build(), base.copy(folder), "clerk", "demo", DemonstrationClock(DAY))
    with desk.reading():
        take_ledger(desk.session, SAMPLE)
    desk.close()
    return base.notes


@recipe("matters")
def _matters(shelf: Shelf, folder: Path) -> Notes:
    """The demonstration court with matters waiting at every level."""
    from tests.ui import office_store

    base = shelf.get("demo")
    base.copy(folder)
    return {**base.notes, "ids": office_store.put_matters(folder).ids}


@contextmanager
def at_work(shelf: Shelf, begins: str, folder: Path) -> Iterator[tuple[Bureau, Notes]]:
    """A bureau at work in ``folder`` on a copy of another world, its clerk at the desk; and the notes of that world."""
    from tests.flow.bureau import Bureau

    base = shelf.get(begins)
    bureau = Bureau(main.build(), base.copy(folder), DAY)
    bureau.at("clerk")
    try:
        yield bureau, base.notes
    finally:
        bureau.close()


@recipe("registered")
def _registered(shelf: Shelf, folder: Path) -> Notes:
    """The demonstration court with one case."""
    with at_work(shelf, "demo", folder) as (bureau, notes):
        case = bureau.register()
        return {**notes, "case": case, "judge": bureau.judge(case)}


@recipe("noticed")
def _noticed(shelf: Shelf, folder: Path) -> Notes:
    """The same case with its execution notice issued and sealed."""
    with at_work(shelf, "registered", folder) as (bureau, notes):
        return {**notes, "notice": bureau.notice(notes["case"])}


@recipe("served")
def _served(shelf: Shelf, folder: Path) -> Notes:
    """The same case, its notice served on the debtor, who is to perform at once."""
    with at_work(shelf, "noticed", folder) as (bureau, notes):
        bureau.serve(notes["notice"])
        return notes


@recipe("ordered")
def _ordered(shelf: Shelf, folder: Path) -> Notes:
    """The case with its notice and an order of 院长 restricting consumption, issued by him and sealed."""
    from tests.flow.bureau import DEBTOR

    with at_work(shelf, "served", folder) as (bureau, notes):
        request = bureau.at(notes["judge"]).do("order.consumption", case=notes["case"], party=DEBTOR).ids("Request")[0]
        bureau.desk.do("request.submit", request=request)
        bureau.at("president").do("request.approve", request=request, opinion="同意")
        return {**notes, "order": bureau.issue_all(request, "president")[0]}


@recipe("frozen")
def _frozen(shelf: Shelf, folder: Path) -> Notes:
    """The same case with a deposit frozen: ruled, served, answered by the bank in full."""
    from tests.flow.bureau import FULL

    with at_work(shelf, "noticed", folder) as (bureau, notes):
        measure = bureau.frozen(notes["case"])
        bureau.at("clerk").do("measure.reply", measure=measure, received_on=DAY, controlled=FULL, receipt_no="R1")
        return {**notes, "measure": measure}


@recipe("real")
def _real(_shelf: Shelf, folder: Path) -> Notes:
    """A real court, its root apart, with one case."""
    from tests import court_store

    court_store.make(folder, folder.with_name("stick") / "root.p12")
    desk = court_store.at(folder, "clerk")
    case = court_store.register(desk)
    desk.close()
    return {"case": case}
