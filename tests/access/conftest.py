"""A demonstration store made once with cheap passwords, copied for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from execdesk import rooms
from execdesk.access.session import Session
from execdesk.access.setup import SetUp
from execdesk.access.signin import SignedIn, sign_in, sign_in_again
from execdesk.desk import AppServices
from execdesk.store.clock import DemonstrationClock
from execdesk.store.store import Store
from tests.looking import look_at
from tests.world import CHEAP, DAY, Shelf

__all__ = ["CHEAP", "DAY"]
FOLDER = Path(__file__).parents[2] / "resources" / "organisation"
rooms.enter()  # what their acts must meet is told by the rooms


@pytest.fixture(scope="session")
def made(worlds: Shelf) -> SetUp:
    """What the set-up of the demonstration court told."""
    world = worlds.get("demo")
    return SetUp(world.folder, world.notes["root"], world.notes["recovery"], tuple(world.notes["accounts"]), tuple(world.notes["made"]))


@pytest.fixture
def folder(worlds: Shelf, tmp_path: Path) -> Path:
    return worlds.get("demo").copy(tmp_path / "data")


@pytest.fixture
def clock() -> DemonstrationClock:
    return DemonstrationClock(DAY)


@pytest.fixture
def enter(folder: Path, clock: DemonstrationClock) -> Iterator[Callable[..., SignedIn]]:
    """Sign somebody in; stores are closed after the test."""
    sessions: list[SignedIn] = []

    def sign(account: str, password: str = "demo") -> SignedIn:
        sessions.append(sign_in(folder, account, password, clock))
        look_at(sessions[-1].store)
        return sessions[-1]

    yield sign
    for signed_in in sessions:
        signed_in.store.close()


def session_on(services: AppServices, signed_in: SignedIn, store: Store) -> Session:
    """A session of the person signed in."""
    return Session(
        store, services.law, services.authority, services.organisation, services.calendar, services.resources, services.catalogue, services.pdf,
        person=signed_in.person, key=signed_in.key,
    )


@pytest.fixture
def sit(enter: Callable[..., SignedIn], services: AppServices) -> Callable[..., Session]:
    """A session of somebody on the store; a second one on the same store takes the first one's place."""
    opened: list[Session] = []

    def begin(account: str, password: str = "demo") -> Session:
        if opened:
            store = opened[0].store
            assert store.folder is not None
            signed_in = sign_in_again(store, store.folder, account, password)
        else:
            signed_in = enter(account, password)
        session = session_on(services, signed_in, signed_in.store)
        opened.append(session)
        return session

    return begin
