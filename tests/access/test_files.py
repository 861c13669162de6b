"""Small files are written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from execdesk.access.files import canonical, write_atomic


def test_written_for_the_owner_only_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "a.json"
    write_atomic(file, b"1")
    write_atomic(file, b"2")
    assert file.read_bytes() == b"2"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [p.name for p in file.parent.iterdir()] == ["a.json"]


def test_a_failure_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.json"
    write_atomic(file, b"1")

    def fails(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="disk full"):
        write_atomic(file, b"2")
    assert file.read_bytes() == b"1"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_one_spelling() -> None:
    assert canonical({"b": 1, "a": "法"}) == '{"a":"法","b":1}'.encode()
