"""What tests of every folder share: the services of the program, and the courts set up once a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

import main
from execdesk import rooms
from execdesk.access.organisation import Organisation
from execdesk.desk import AppServices, Desk
from execdesk.records.base import in_context
from tests import court_store
from tests.at_will import SetRight
from tests.server import Server, running
from tests.tries import examples
from tests.world import Notes, Shelf

rooms.enter()  # as whoever opens a store does: what rooms register is there, whatever a test opens by hand
_MACHINES = count()
pytest_plugins = ["pytester", "tests.budget", "tests.fuzz.tally"]
ON_SERVER = {"bureau", "early"}  # who asks for these can be asked to work on a server
settings.register_profile("tests", settings(), max_examples=examples(100))
settings.load_profile("tests")


@pytest.fixture(scope="session")
def services() -> AppServices:
    """Everything that does not depend on the store."""
    return main.build()


@pytest.fixture
def set_right(monkeypatch: pytest.MonkeyPatch) -> SetRight:
    """What puts facts otherwise that no act changes."""
    return SetRight(monkeypatch)


@pytest.fixture(scope="session")
def organisation(services: AppServices) -> Organisation:
    return services.organisation


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Shelf:
    """The courts of this run, shared by all its processes; what their making costs is nobody's test."""
    from tests.budget import METER, WORLDS  # a plugin is loaded after this file, so that pytest explains its assertions

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return Shelf(shared / "worlds", lambda: pytestconfig.stash[METER].within(WORLDS))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of this process."""
    with running() as found:
        yield found


@pytest.fixture
def world(request: pytest.FixtureRequest) -> str:
    """Where a test begins: the court its mark ``begins`` names, else the demonstration court without a case."""
    mark = request.node.get_closest_marker("begins")
    return "demo" if mark is None else str(mark.args[0])


@pytest.fixture
def notes(worlds: Shelf, world: str) -> Notes:
    """What was noted of that court."""
    return worlds.get(world).notes


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--server", action="store_true", help="only what a bureau does, on a PostgreSQL server instead of a file")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Properties tried on random examples are ``fuzz``: every day on a few, in ``make prove`` on more."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.fuzz)
        if any(not mark.args for mark in item.iter_markers("file")):
            raise pytest.UsageError(f"{item.nodeid}: the mark file says why the test cannot run on a server")
    if config.getoption("server"):
        kept = [item for item in items if ON_SERVER & set(getattr(item, "fixturenames", ())) and item.get_closest_marker("file") is None]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


@pytest.fixture(scope="session")
def real_store(worlds: Shelf) -> Path:
    """A real store with one case; copy it."""
    return worlds.get("real").folder


@pytest.fixture
def enter(worlds: Shelf, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Sign somebody in to a copy of the real store; the next one takes his place."""
    folder = worlds.get("real").copy(tmp_path / "data")
    desks: list[Desk] = []

    def sit(account: str, day: date = court_store.DAY) -> Desk:
        for desk in desks:
            desk.close()
        desks[:] = [court_store.at(folder, account, day)]
        return desks[0]

    yield sit
    for desk in desks:
        desk.close()


@pytest.fixture(autouse=True)
def _own_machine(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What this PC keeps for all stores on it, a PC of its own for every test; made only when something is kept."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.getbasetemp() / f"machine-{next(_MACHINES)}")


def _put_back() -> Iterator[None]:
    """Whichever store a test looked at, the next begins as this one did."""
    before = in_context.get()
    yield
    in_context.set(before)


_module = pytest.fixture(autouse=True, scope="module")(_put_back)
_test = pytest.fixture(autouse=True)(_put_back)
