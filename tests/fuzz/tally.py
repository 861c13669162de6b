"""pytest plugin: what inputs that mean harm came to — refused with a sentence, taken, or a fault of the program — told in one table at the end of a run."""

from __future__ import annotations

import gc
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from execdesk.law.refusal import Refusal

SECONDS = 10.0  # of CPU: nobody waits longer for an answer to one input
PATIENCE = 60  # seconds on the wall, where other processes share the machine; then it hangs
MEMORY = 1_000  # MiB that answering one kind of input may take beyond what the process held before
PROPERTY = "hostile inputs"


class _Hang(BaseException):
    """An input took longer than anybody waits; no ``except Exception`` may swallow it."""


@dataclass
class Tally:
    """The inputs of one kind and what they came to."""

    what: str
    inputs: int = 0
    taken: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    seconds: float = 0.0
    longest: float = 0.0
    memory: int = 0

    def tried(self, label: str, work: Callable[[], object], judge: Callable[[Refusal], list[str]] = lambda refusal: []) -> object:
        """Do one thing with one input; what it answered, ``None`` where it was refused. ``judge`` tells what is wrong with a refusal."""
        self.inputs += 1
        began, before = time.process_time(), time.perf_counter()
        try:
            with _alarm():
                answer = work()
            self.taken += 1
            return answer
        except Refusal as refusal:
            self.codes[refusal.code] += 1
            self.faults += [f"{label}: {fault}" for fault in judge(refusal)]
        except _Hang:
            self.hangs.append(label)
        except Exception as error:  # exactly what nobody may see
            self.faults.append(f"{label}: {type(error).__name__}: {error!s:.200} at {_place(error)}")
        finally:
            took = time.process_time() - began
            self.seconds += time.perf_counter() - before
            self.longest = max(self.longest, took)
            if took > SECONDS:
                self.hangs.append(f"{label}: {took:.1f} s")
        return None

    @property
    def row(self) -> tuple[Any, ...]:
        """Its line of the table."""
        refused = sum(self.codes.values())
        return self.what, self.inputs, self.taken, refused, len(self.codes), len(self.faults), len(self.hangs), round(self.seconds, 1), round(self.longest, 2), self.memory

    def require_none(self) -> None:
        """Fail with what was found, each kind of it once."""
        kinds = {fault.partition(": ")[2]: fault for fault in reversed(self.faults)}
        assert not kinds and not self.hangs, "\n".join([f"{len(self.faults)} faults, {len(kinds)} kinds", *kinds.values(), *self.hangs])
        assert self.memory < MEMORY


@contextmanager
def tallied(request: pytest.FixtureRequest, what: str) -> Iterator[Tally]:
    """Count the inputs of one kind, and hold them to what they may come to: no fault, no hang, no more memory than is fair."""
    tally = Tally(what)
    gc.collect()
    before = _reset_peak()
    try:
        yield tally
    finally:
        tally.memory = max(0, _peak() - before) // 1024
        request.node.user_properties.append((PROPERTY, tally.row))
    tally.require_none()


def _place(error: BaseException) -> str:
    """Where in the program an error arose, and where in what it uses."""
    frames, trace = [], error.__traceback__
    while trace is not None:
        frames.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    own = next(((name, line) for name, line in reversed(frames) if any(f"/{room}/" in name for room in ("execdesk", "reports", "ui"))), frames[-1])
    return f"{Path(own[0]).name}:{own[1]} ({Path(frames[-1][0]).name}:{frames[-1][1]})"


@contextmanager
def _alarm() -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise _Hang

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _reset_peak() -> int:
    """Begin to measure the peak anew, where the system lets one; what the process holds now, in KiB."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


def _status(name: str) -> int:
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    return 0


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One table of all inputs that meant harm."""
    reports = [report for key in ("passed", "failed") for report in terminalreporter.stats.get(key, []) if getattr(report, "when", "") == "call"]
    rows = sorted(value for report in reports for name, value in report.user_properties if name == PROPERTY)
    if not rows:
        return
    heads = ("hostile inputs", "tried", "taken", "refused", "codes", "tracebacks", "hangs", "seconds", "longest", "MiB")
    total = ("all", *(round(sum(row[at] for row in rows), 1) for at in range(1, 8)), max(row[8] for row in rows), max(row[9] for row in rows))
    terminalreporter.section("inputs that mean harm")
    width = max(len(str(row[0])) for row in (heads, *rows))
    for row in (heads, *rows, total):
        terminalreporter.write_line(f"{row[0]:<{width}}" + "".join(f"{one:>11}" for one in row[1:]))
