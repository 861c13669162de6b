"""The window's tests run without a screen, with the shipped fonts and style sheet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication  # noqa: E402

from ui.jobs import Jobs  # noqa: E402
from ui.theme import Theme  # noqa: E402

HERE = Path(__file__).parent
RESOURCES = HERE.parents[1] / "resources"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform says on each window that it has no size hints; every other Qt warning fails a test."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(scope="session", autouse=True)
def theme(qapp: QApplication) -> Theme:
    """The shipped look at 100 %."""
    made = Theme(RESOURCES)
    made.install(qapp)
    return made


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    """A runner whose threads are gone after the test."""
    made = Jobs()
    yield made
    made.close()
    qapp.processEvents()
