"""A bureau at a copy of the demonstration court; a test that begins further on names another world."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import pytest

import main
from execdesk.access import places
from execdesk.access.signin import check_password
from execdesk.store.clock import DemonstrationClock
from execdesk.store.place import Place
from tests.flow.bureau import Bureau
from tests.flow.forging import approved_notice
from tests.server import Server
from tests.world import BEFORE_REFORM, DAY, Notes, Shelf

__all__ = ["BEFORE_REFORM", "DAY"]


@pytest.fixture
def hired(request: pytest.FixtureRequest) -> Server | None:
    """The server this run works on; none where the store is a file."""
    found: Server | None = request.getfixturevalue("server") if request.config.getoption("server") else None
    return found


@contextmanager
def _begun(shelf: Shelf, server: Server | None, name: str, folder: Path, day: date) -> Iterator[Bureau]:
    """At a copy of a court: a file, or with ``--server`` a database."""
    world = shelf.get(name)
    address = "" if server is None else server.copy_of(world.folder)
    found = Bureau(main.build(), world.copy(folder), day, address=address)
    try:
        yield found
    finally:
        found.close()
        if server is not None:
            server.drop(address)


@pytest.fixture
def bureau(worlds: Shelf, hired: Server | None, world: str, tmp_path: Path) -> Iterator[Bureau]:
    with _begun(worlds, hired, world, tmp_path / "data", DAY) as found:
        yield found


@pytest.fixture
def early(worlds: Shelf, hired: Server | None, tmp_path: Path) -> Iterator[Bureau]:
    """The bureau a month before the reform."""
    with _begun(worlds, hired, "demo-2017", tmp_path / "early", BEFORE_REFORM) as found:
        yield found


@pytest.fixture
def branch(hired: Server | None, tmp_path: Path) -> Iterator[Callable[[Bureau], Bureau]]:
    """What lets a copy of a bureau's store, which is closed for it, go on as the desk HL."""
    with ExitStack() as ends:

        def goes_on(hq: Bureau) -> Bureau:
            hq.close()
            other = Bureau(hq.services, Path(shutil.copytree(hq.folder, tmp_path / "hl")), hq.day)
            if hired is not None:
                other.address = hired.twin_of(hq.address)
                ends.callback(hired.drop, other.address)
            opened, _ = check_password(other.folder, "clerk", "demo")
            place = Place(address=other.address) if hired is not None else Place(places.store_file(other.folder), opened.data_key)
            store = place.open(DemonstrationClock(hq.day))
            store.name_site("HL", 1)
            store.close()
            ends.callback(other.close)
            return other

        yield goes_on


@pytest.fixture
def paper(bureau: Bureau, notes: Notes) -> str:
    """A notice signed by the judge in charge, sealed and kept."""
    bureau.at("clerk")
    return str(notes["notice"])


@pytest.fixture
def approved(bureau: Bureau, notes: Notes) -> str:
    """A second notice, approved and not yet issued: the judge in charge may keep pages for it."""
    return approved_notice(bureau, str(notes["judge"]), notes["case"])
