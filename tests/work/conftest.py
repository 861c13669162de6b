"""People at a copy of the real store."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from execdesk.desk import Desk
from tests.work import court_store


@pytest.fixture
def enter(real_store: Path, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Sign somebody in to a copy; the next one takes his place."""
    folder = Path(shutil.copytree(real_store, tmp_path / "data"))
    desks: list[Desk] = []

    def sit(account: str, day: date = court_store.DAY) -> Desk:
        for desk in desks:
            desk.close()
        desks[:] = [court_store.at(folder, account, day)]
        return desks[0]

    yield sit
    for desk in desks:
        desk.close()
