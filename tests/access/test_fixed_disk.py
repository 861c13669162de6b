"""A store on a disk that takes no writing, here a mount that is read-only for this process and its children alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from execdesk.access.demonstration import keep_day
from execdesk.access.signin import sign_in
from execdesk.commands.secret import PASSWORD
from execdesk.desk import AppServices, Desk
from execdesk.store.clock import DemonstrationClock
from tests.world import DAY, Shelf

ROOT = Path(__file__).parents[2]
MOUNT = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && ! touch "$0/x" 2>/dev/null'


@pytest.fixture
def data(worlds: Shelf, services: AppServices, tmp_path: Path) -> Path:
    """A store that was opened and closed where it could be written."""
    if subprocess.run(["unshare", "-m", "sh", "-c", MOUNT, str(tmp_path)], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount here")
    folder = worlds.get("demo").copy(tmp_path / "data")
    keep_day(folder, DAY)
    Desk.open(services, folder, "clerk", "demo", DemonstrationClock(DAY)).close()
    return folder


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    line = ["unshare", "-m", "sh", "-c", MOUNT + ' && "$@"', str(folder), sys.executable, str(ROOT / "main.py"), *words, "--data", str(folder)]
    return subprocess.run(line, capture_output=True, encoding="utf-8", check=False, timeout=120, env={**os.environ, PASSWORD: "demo", "PYTHONUTF8": "1"})


def test_it_opens_for_reading_and_says_so(data: Path) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    for words in (["case", "list"], ["check"]):
        done = run(data, *words)
        assert done.returncode == 0 and "所在的盘只能读" in done.stderr and "由两人处理" not in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_one_that_was_not_closed_says_what_to_do(data: Path) -> None:
    signed_in = sign_in(data, "clerk", "demo", DemonstrationClock(DAY))
    done = run(data, "check")
    signed_in.store.close()
    assert done.returncode == 1 and "没有正常关闭" in done.stderr + done.stdout and "Traceback" not in done.stderr
