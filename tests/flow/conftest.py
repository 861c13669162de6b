"""A bureau at a copy of the demonstration court; a test that begins further on names another world."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from execdesk.desk import Parts
from tests.flow.bureau import Bureau
from tests.world import BEFORE_REFORM, DAY, Shelf

__all__ = ["BEFORE_REFORM", "DAY"]


@pytest.fixture
def bureau(parts: Parts, worlds: Shelf, world: str, tmp_path: Path) -> Iterator[Bureau]:
    found = Bureau(parts, worlds.get(world).copy(tmp_path / "data"), DAY)
    yield found
    found.close()


@pytest.fixture
def early(parts: Parts, worlds: Shelf, tmp_path: Path) -> Iterator[Bureau]:
    """The bureau a month before the reform."""
    found = Bureau(parts, worlds.get("demo-2017").copy(tmp_path / "early"), BEFORE_REFORM)
    yield found
    found.close()
