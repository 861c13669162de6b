"""Reads: whatever is left half-read, an act can begin after another program has written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from peewee import CharField, Model

from execdesk.store.database import EncryptedDatabase, in_one_transaction, open_sqlite, streamed

KEY = bytes(range(32))


class Town(Model):
    name = CharField()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[EncryptedDatabase, EncryptedDatabase]]:
    """One file, opened by two programs."""
    ours, theirs = (open_sqlite(tmp_path / "towns.db", KEY) for _ in range(2))
    with ours.bind_ctx([Town]):
        ours.create_tables([Town])
        Town.insert_many([{"name": name} for name in ("黄流镇", "九所镇", "利国镇")]).execute()
        yield ours, theirs
    ours.close()
    theirs.close()


@pytest.mark.parametrize("read", [
    lambda: iter(Town.select()), lambda: iter(Town.select().tuples()), lambda: iter(Town.select().dicts()),
    lambda: Town.select().iterator(), lambda: iter((Town.select() | Town.select()).tuples()),
])  # fmt: skip
def test_a_read_left_half_way_bars_no_act(two: tuple[EncryptedDatabase, EncryptedDatabase], read: Callable[[], Iterator[Any]]) -> None:
    ours, theirs = two
    held = read()
    next(held)
    theirs.execute_sql("UPDATE town SET name = name || '（虚构）'")
    with in_one_transaction(ours)():
        assert Town.select().where(Town.name.endswith("（虚构）")).count() == 3
    assert len(list(held)) == 2


def test_reads_tell_what_lazy_ones_told(two: tuple[EncryptedDatabase, EncryptedDatabase]) -> None:
    ours, _ = two
    assert [town.name for town in Town.select().order_by(Town.id)] == ["黄流镇", "九所镇", "利国镇"]
    assert Town.select().where(Town.name == "抱由镇").first() is None
    assert Town.select(Town.name).where(Town.id == 2).scalar() == "九所镇"
    assert list(streamed(ours, Town.select(Town.name).order_by(Town.id))) == [("黄流镇",), ("九所镇",), ("利国镇",)]
