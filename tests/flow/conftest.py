"""A bureau at a copy of the demonstration court; a test that begins further on names another world."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

import main
from tests.flow.bureau import Bureau
from tests.world import BEFORE_REFORM, DAY

__all__ = ["BEFORE_REFORM", "DAY"]


@contextmanager
def _begun(request: pytest.FixtureRequest, name: str, folder: Path, day: date) -> Iterator[Bureau]:
    """At a copy of a court: a file, or with ``--server`` a database."""
    world = request.getfixturevalue("worlds").get(name)
    server = request.getfixturevalue("server") if request.config.getoption("server") else None
    base = "" if server is None else server.copy_of(world.folder)
    found = Bureau(main.build(), world.copy(folder), day, address=server.address(base) if server is not None else "")
    try:
        yield found
    finally:
        found.close()
        if server is not None:
            server.drop(base)


@pytest.fixture
def bureau(request: pytest.FixtureRequest, world: str, tmp_path: Path) -> Iterator[Bureau]:
    with _begun(request, world, tmp_path / "data", DAY) as found:
        yield found


@pytest.fixture
def early(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bureau]:
    """The bureau a month before the reform."""
    with _begun(request, "demo-2017", tmp_path / "early", BEFORE_REFORM) as found:
        yield found
