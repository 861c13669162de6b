"""The desks of the journeys, listened to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.flow.conftest import branch, bureau, early, hired
from tests.intake.conftest import office
from tests.moves.walking import Walk, listening

__all__ = ["branch", "bureau", "early", "hired", "office"]


@pytest.fixture
def walk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    with listening(monkeypatch) as found:
        yield found

