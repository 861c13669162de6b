"""The table of type × check: each type once, with the longest facts it has, passes every check that can be asked of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.specimens import TYPES, Specimen, specimens
from tests.reports.gallery import judge

ALL = list(specimens())


@pytest.mark.parametrize("type_id", TYPES)
def test_every_type_passes_every_check(type_id: str, tmp_path: Path) -> None:
    one = next(s for s in ALL if s.type_id == type_id and s.about.startswith("five"))
    [(_, _, found)] = judge([one], tmp_path)
    assert False not in found.values(), [name for name, value in found.items() if value is False]


@pytest.mark.slow
@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.type_id}-{one.about}")
def test_every_specimen_passes_every_check(one: Specimen, tmp_path: Path) -> None:
    [(_, _, found)] = judge([one], tmp_path)
    assert False not in found.values(), [name for name, value in found.items() if value is False]


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.type_id}-{one.about}")
def test_nothing_is_left_open(one: Specimen) -> None:
    content = one.content
    assert content.signed_on == one.on and "⟦" not in str(content.body) + content.number
