"""Stores that earlier releases left: opened by this program, with the state that was told when they were frozen, and whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from execdesk.store.replay import all_entries, differences, fold, refs_in_breach, state_hash, stored_rows
from tests.history.freeze import DEMONSTRATION, REAL, STATE, as_then, freeze, opened, state_of
from tests.looking import look_at

HERE = Path(__file__).parent
FROZEN = [pytest.param(release.parent, store, id=f"{release.parent.name}-{store}") for release in sorted(HERE.glob(f"*/{STATE}")) for store in (DEMONSTRATION, REAL)]


@pytest.mark.file("a frozen store is a file")
@pytest.mark.parametrize(("release", "store"), FROZEN)
def test_a_store_of_an_earlier_release_opens_with_the_state_it_had(release: Path, store: str, tmp_path: Path) -> None:
    told = json.loads((release / STATE).read_text(encoding="utf-8"))["stores"][store]
    desk = opened(store, Path(shutil.copytree(release / store, tmp_path / "data")))
    look_at(desk)
    try:
        rows, _ = state_of(desk, told["heads"])
        counts = {table: sum(of == table for of, _ in rows) for table in {of for of, _ in rows}}
        assert counts == told["rows"]
        assert state_hash(as_then(rows, told.get("migrations", 1))) == told["state"]
        here = desk.session.store
        assert differences(fold(all_entries(here), refs_in_breach(here)), stored_rows(here)) == []
        assert [fault.text for fault in desk.check().faults] == []
        kept = list((tmp_path / "data").glob("*.zip"))
        assert all(backup.stat().st_mode & 0o077 == 0 for backup in kept) and not [words for words in desk.signed_in.warnings if ".zip" in words], "closed as the data are"
    finally:
        desk.close()


def test_there_are_frozen_stores() -> None:
    assert FROZEN, f"run `python -m {freeze.__module__} tests/history/RELEASE`"
