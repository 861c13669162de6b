"""A process killed at a random moment: the next start is clean, every told act is whole, no half of any other is there."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from execdesk.records.cases import Case
from execdesk.records.journal import Line
from execdesk.records.papers import KeptFile
from execdesk.store.check import check
from execdesk.store.clock import DemonstrationClock
from execdesk.store.database import open_sqlite
from execdesk.store.files import sweep
from execdesk.store.lastlines import last_lines_whole
from execdesk.store.store import Store
from tests.looking import kept, look_at
from tests.store.desks import START, Key, empty_store, found, judge
from tests.store.killed import IMPORT, KEY
from tests.tries import times

ROOT = Path(__file__).parents[2]
RENEW = 20  # kills until a fresh store is taken, so that checking stays quick


def fresh(folder: Path) -> None:
    folder.mkdir()
    store, key = empty_store("HQ", folder / "store.db", KEY), Key()
    found(store, key, {"HQ": key.key})
    store.close()


def kill_once(folder: Path, chance: random.Random) -> tuple[int, int]:
    """Run the process and kill it; answers the last line it told of, and how many acts."""
    process = subprocess.Popen([sys.executable, "-m", "tests.store.killed", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = [process.stdout.readline()]
    try:
        process.wait(chance.uniform(0, 0.4))
        raise AssertionError("the process ended by itself")
    except subprocess.TimeoutExpired:
        process.kill()
    told += process.stdout.readlines()
    process.stdout.close()
    process.wait()
    whole = [line for line in told if line.endswith("\n")]
    assert whole, "the process did not start"
    return int(whole[-1].split()[1]), len(whole)


def restart(folder: Path, told: int) -> int:
    """Open the store as the program does after a crash, and look at everything."""
    store = Store(open_sqlite(folder / "store.db", KEY), clock=DemonstrationClock(START), folder=folder, ruled=False)
    look_at(store)
    assert store.base.pragma("integrity_check") == "ok"
    assert store.head.number >= told, "an act was told as done and is gone"
    assert last_lines_whole(store, max(1, store.head.number - 50)) is None
    assert sweep(store) <= 1, "more than the one file that an act cut off may leave"
    verdict = check(store, judge())
    assert verdict.faults == []
    assert Case.select().where(Case.origin == "ledger").count() % IMPORT == 0, "half an import"
    assert kept().count() == KeptFile.select().count()
    assert [n for (n,) in Line.select(Line.number).order_by(Line.number).tuples()] == list(range(1, store.head.number + 1))
    store.close()
    return verdict.lines


def kill(times: int, folder: Path, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    chance, acts, lines = random.Random(seed), 0, 0
    for number in range(times):
        where = folder / str(number // RENEW)
        if number % RENEW == 0:
            fresh(where)
        told, done = kill_once(where, chance)
        acts, lines = acts + done, restart(where, told)
    with capsys.disabled():
        print(f"\nkills {times}, acts told {acts}, lines in the last store {lines}: every restart clean")


@pytest.mark.parametrize(("ends", "seed"), [(3, 1), pytest.param(60, 2, marks=pytest.mark.slow)])
def test_killed(tmp_path: Path, ends: int, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    kill(times(ends), tmp_path, seed, capsys)
