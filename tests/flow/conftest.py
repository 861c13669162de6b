"""A demonstration store without cases, made once with cheap passwords and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import main
from execdesk.access.organisation import load_demo_people
from execdesk.access.sealing import Cost
from execdesk.access.setup import demo_wanted, set_up
from execdesk.desk import Parts
from execdesk.store.clock import DemonstrationClock
from tests.flow.bureau import Bureau

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
DAY, BEFORE_REFORM = date(2018, 1, 2), date(2017, 7, 1)


@pytest.fixture(scope="session")
def parts() -> Parts:
    return main.build()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, parts: Parts) -> dict[date, Path]:
    people = load_demo_people(parts.resources / "organisation", parts.organisation)
    folders = {}
    for day in (DAY, BEFORE_REFORM):
        folders[day] = tmp_path_factory.mktemp("made") / "demo"
        set_up(folders[day], demo_wanted(parts.organisation, people, CHEAP), DemonstrationClock(day))
    return folders


@pytest.fixture
def bureau(parts: Parts, made: dict[date, Path], tmp_path: Path) -> Iterator[Bureau]:
    found = Bureau(parts, Path(shutil.copytree(made[DAY], tmp_path / "data")), DAY)
    yield found
    found.close()


@pytest.fixture
def early(parts: Parts, made: dict[date, Path], tmp_path: Path) -> Iterator[Bureau]:
    """The bureau a month before the reform."""
    found = Bureau(parts, Path(shutil.copytree(made[BEFORE_REFORM], tmp_path / "early")), BEFORE_REFORM)
    yield found
    found.close()
