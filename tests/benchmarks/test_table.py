"""The speed table keeps running: the whole of it in its least size, as the command prints it."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest

import main
from tests.benchmarks import bench_window, table
from tests.benchmarks.apart import apart
from tests.benchmarks.size import LEAST


@pytest.mark.slow
def test_every_row_is_measured(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(table, "QUICK", LEAST)
    assert table.run(main.build(), Namespace(quick=True, json=True, only=[])) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert all(tuple(row) == table.HEAD and all(row.values()) for row in rows)
    names = [row["项目"] for row in rows]
    assert len(set(names)) == len(names)
    for measured in ("控制期限", "窗口可用", "同时建索引", "到期页显示", "一次操作", "内存增量", "核验并重演"):
        assert any(measured in name for name in names), measured


def test_one_part_is_measured_by_itself_and_an_unknown_one_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(table, "QUICK", LEAST)
    assert main.main(["bench", "--quick", "--only", "law"]) == 0
    assert [line.count("｜") for line in capsys.readouterr().out.splitlines()] == [3, 3, 3]
    assert main.main(["bench", "--quick", "--only", "laws"]) == 1
    assert "laws" in capsys.readouterr().err


@pytest.mark.slow
def test_nothing_is_loaded_once_the_password_is_typed(tmp_path: Path) -> None:
    bench_window.fill(main.build(), tmp_path / "data", 40)
    assert apart("tests.benchmarks.bench_window", "loaded", str(tmp_path / "data")) == []
