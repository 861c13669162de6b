"""pytest plugin: what the tests cost, counted by folder and held to ``tests/budgets.toml``.

CPU of the process that runs a test and of its ended children is counted, in turns of a fixed loop that is timed again and again between
the tests of the same run, so that a slow or busy machine changes both alike. A folder above its budget is reported; at twice it the run
fails. Only a folder asked for as a whole, with the marks a budget names, is judged; of parts the cost is told and no more. Imports while
tests are collected and the making of worlds stand apart. Processes whose parent is another (a fork server) are not seen.
"""

from __future__ import annotations

import hashlib
import json
import os
import statistics
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

FAILS_AT = 2  # times the budget
TIMED_EVERY = 10.0  # CPU seconds after which the loop is timed anew
FIRST = 2  # turns timed before the first test, where one alone would be a chance figure
COLLECTION, WORLDS, OTHER = "collection", "worlds", "other"


def turn() -> None:
    """The fixed loop, one turn: texts, numbers, dictionaries and a hash, as the program's own work; about a twentieth of a second."""
    for start in range(200):
        rows = [{"number": f"（2017）琼9027执{n}号", "amount": n * 7919 % 100_003, "open": n % 3 == 0} for n in range(start, start + 60)]
        text = json.dumps(sorted(rows, key=lambda row: (row["open"], row["amount"])), ensure_ascii=False)
        seen: dict[str, int] = {}
        for row in json.loads(text):
            seen[row["number"]] = seen.get(row["number"], 0) + row["amount"]
        hashlib.sha256(text.encode() * 4).hexdigest()


def cpu() -> float:
    """CPU seconds of this process and its ended children."""
    ended = os.times()
    return time.process_time() + ended.children_user + ended.children_system


@dataclass
class Meter:
    """CPU seconds by what they were spent on, the innermost first; and how long turns of the loop took meanwhile."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    loops: list[float] = field(default_factory=list)
    _within: list[str] = field(default_factory=list)
    _last: float = field(default_factory=lambda: cpu())
    _timed: float = float("-inf")

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """Count what is spent inside under ``name``, and nowhere else."""
        self._settle()
        self._within.append(name)
        try:
            yield
        finally:
            self._settle()
            self._within.pop()

    def _settle(self) -> None:
        now = cpu()
        if self._within:
            self.seconds[self._within[-1]] += now - self._last
        self._last = now

    def time_loop(self) -> None:
        """Time a turn, where the last was timed long enough ago; it counts as nobody's."""
        self._settle()
        if self._last - self._timed < TIMED_EVERY:
            return
        for _ in range(1 if self.loops else FIRST):
            turn()
            now = cpu()
            self.loops.append(now - self._last)
            self._last = self._timed = now

    def turns(self) -> dict[str, float]:
        """What was spent, in turns of the loop."""
        unit = statistics.median(self.loops)
        return {name: seconds / unit for name, seconds in self.seconds.items()}


METER = pytest.StashKey[Meter]()
TOLD = pytest.StashKey[list[dict[str, float]]]()  # what each process of the run measured
HALVED = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[METER] = Meter()
    config.stash[TOLD] = []


def place(path: Path, root: Path) -> str:
    """The folder of tests a file lies in; files beside the folders are of ``.``."""
    inside = path.relative_to(root / "tests").parts if path.is_relative_to(root / "tests") else (path.name,)
    return inside[0] if len(inside) > 1 else "."


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    with session.config.stash[METER].within(COLLECTION):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    meter = item.config.stash[METER]
    meter.time_loop()
    with meter.within(place(item.path, item.config.rootpath)):
        return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    """A process of the run ended: what it measured."""
    told = getattr(node, "workeroutput", {}).get("turns")
    config: pytest.Config = node.config  # type: ignore[attr-defined]
    if told is None:
        config.stash[HALVED] = ["a process of the run was lost"]
    else:
        config.stash[TOLD].append(told)


def pytest_sessionfinish(session: pytest.Session) -> None:
    config, meter = session.config, session.config.stash[METER]
    if meter.loops:  # tests ran in this process
        output = getattr(config, "workeroutput", None)
        if output is None:
            config.stash[TOLD].append(meter.turns())
        else:
            output["turns"] = meter.turns()
    elif hasattr(config, "workeroutput"):
        config.workeroutput["turns"] = {}
    if session.shouldstop or session.shouldfail:
        config.stash[HALVED] = ["the run was stopped"]
    if not hasattr(config, "workeroutput") and any(row.fails for row in judged(config)) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@dataclass(frozen=True)
class Row:
    """What one folder cost, in turns; ``budget`` where it is judged."""

    name: str
    turns: float
    budget: float | None

    @property
    def fails(self) -> bool:
        return self.budget is not None and self.turns > FAILS_AT * self.budget

    @property
    def words(self) -> str:
        if self.budget is None:
            return ""
        return "fails: more than twice its budget" if self.fails else "above its budget" if self.turns > self.budget else ""


def judged(config: pytest.Config) -> list[Row]:
    """Every folder that cost something, the dearest first."""
    spent: dict[str, float] = defaultdict(float)
    for told in config.stash[TOLD]:
        for name, turns in told.items():
            spent[name] += turns
    limits = budgets(config, spent)
    rows = [Row(name, turns, limits.get(name)) for name, turns in spent.items()]
    return sorted(rows, key=lambda row: -row.turns)


def budgets(config: pytest.Config, names: Iterable[str]) -> dict[str, float]:
    """The budgets of those folders that were asked for as a whole; none where single tests or words were."""
    file, option = config.rootpath / "tests" / "budgets.toml", config.option
    chosen = option.keyword or option.deselect or getattr(option, "lf", False) or HALVED in config.stash
    if chosen or not file.exists():
        return {}
    asked = [(config.invocation_params.dir / arg).resolve() for arg in config.args if "::" not in arg]
    for table in tomllib.loads(file.read_text(encoding="utf-8")).values():
        if table["marks"] == option.markexpr.strip():
            turns = table["turns"]
            return {name: turns.get(name, turns[OTHER]) for name in names if _whole(config.rootpath / "tests", name, asked)}
    return {}


def _whole(tests: Path, name: str, asked: list[Path]) -> bool:
    """Whether the folder was asked for as a whole; what all folders share, only with all of them."""
    folder = tests if name in (".", COLLECTION, WORLDS) else tests / name
    return any(folder.is_relative_to(path) for path in asked)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    rows = judged(config)
    if not rows:
        return
    terminalreporter.write_sep("-", "CPU in turns of the fixed loop, by folder")
    for row in rows:
        limit = "not judged" if row.budget is None else f"of {row.budget:,.0f}"
        terminalreporter.write_line(f"{row.turns:8,.1f} {limit:>12}  {row.name}  {row.words}".rstrip(), red=row.fails)
