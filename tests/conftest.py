"""What tests of every folder share: the parts of the program, and the courts set up once a run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import main
from execdesk.access.organisation import Organisation
from execdesk.desk import Parts
from tests.world import Shelf


@pytest.fixture(scope="session")
def parts() -> Parts:
    """Everything that does not depend on the store."""
    return main.build()


@pytest.fixture(scope="session")
def organisation(parts: Parts) -> Organisation:
    return parts.organisation


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The courts of this run, shared by all its processes."""
    base = tmp_path_factory.getbasetemp()
    return Shelf((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "worlds")


@pytest.fixture(scope="session")
def real_store(worlds: Shelf) -> Path:
    """A real store with one case; copy it."""
    return worlds.get("real").folder
