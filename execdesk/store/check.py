"""The tamper check: walk the chains, the rows, the kept files; find a fault and say where it is.

Nothing is held beyond a few hundred lines or rows at a time, so it can run beside the window and stop anywhere:
:func:`check_some` goes on in the next session where the last one stopped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any, Protocol

import apsw
from peewee import Database, DatabaseError

from execdesk.law.refusal import Refusal
from execdesk.records.base import Record, canonical, moment_text
from execdesk.records.journal import Line, Meta
from execdesk.records.tables import JOURNALED
from execdesk.store import rows
from execdesk.store.bulk import many_values
from execdesk.store.chains import Head
from execdesk.store.checklines import LineWalk, StrayWalk, check_heads, head_fault
from execdesk.store.checkrows import FileWalk, RowWalk
from execdesk.store.dberrors import is_damage
from execdesk.store.findings import Closed, Fault, Verdict, closed_cases, joined, unreadable
from execdesk.store.primed import prime
from execdesk.store.signatures import LineVerifier, Verify
from execdesk.store.store import Store, on_store, utc

Progress = Callable[[int, int], None]
STAGES = ("lines", "heads", "rows", "files")
_TOGETHER = (("lines", "rows"), ("heads",), ("files",))  # rows are compared while others still judge signatures
STEP = 500  # lines, rows or files looked at in one go
LEAST, MOST = 8, 64  # in one go of a step that is to take so long only: at first, and where what lies before was quick
LONGEST = timedelta(days=7)  # a walk not ended by then is begun anew
_PAPER = 200  # a paper judged takes as long as so many lines
_BESIDE = 200  # nor does a step of a further walk take longer
_POSITION, _COMPLETED = "check.position", "check.completed"


class Walk(Protocol):
    """A further walk, along something derived of the rows; ``after`` is where it stands."""

    name: str
    after: str

    def some(self, count: int, verdict: Verdict) -> bool:
        """Walk up to ``count``; whether there may be more."""


class Keeper(Protocol):
    """Seals what is kept for one person: how far he saw the store walked is believed in his sessions alone, whatever the rows say."""

    @property
    def person(self) -> str:
        """His row id."""

    def seal(self, data: bytes, place: str) -> bytes:
        """``data`` for this person at ``place``."""

    def open(self, sealed: bytes, place: str) -> bytes | None:
        """What was sealed for him there; ``None`` for anything else."""


@dataclass(frozen=True)
class CheckRun:
    """What one session of a resumed check found, and whether the whole store has now been walked. ``kept`` is what is to be remembered of
    it (:func:`keep_run`), by name, sealed for who walked."""

    verdict: Verdict
    done: bool
    kept: Mapping[str, str] = field(default_factory=dict)


class _Pace:
    """How much is looked at in one go, so that a step ends about when its time is up: little first, then what by the last go fits into half
    of the time left. What takes long in one is not known before: a line of a ledger holds hundreds of rows."""

    def __init__(self, seconds: float | None, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._end = None if seconds is None else clock() + seconds
        self.anew()

    def anew(self) -> None:
        """What lies before is of another kind from here on."""
        self.count = STEP if self._end is None else LEAST

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return self._end is not None and self._clock() >= self._end

    def go(self, work: Callable[[int], bool]) -> bool:
        """One go, of ``work`` with how much to look at; its answer."""
        began = self._clock()
        more = work(self.count)
        now = self._clock()
        if self._end is not None:
            fits = self.count * max(self._end - now, 0.0) / (2 * max(now - began, 1e-6))
            self.count = max(LEAST, min(MOST, int(fits)))
        return more


@on_store
def check(store: Store, verify: Verify, progress: Progress = lambda done, total: None, *further: Walk) -> Verdict:
    """Check everything at once, and what is ``further`` to be walked. ``verify`` judges signature and certificate of each line, in the
    order of taking in."""
    together = (*_TOGETHER, *((each.name,) for each in further))
    total, found = _size(store), {stage: Verdict() for stages in together for stage in stages}
    with many_values(), closing(_Walk(store, verify, None, *further)) as walk:
        for stages in together:
            going = list(stages)
            while going:
                going = [stage for stage in going if walk.some(stage, found[stage])]
                progress(min(sum(map(_done, found.values())), total), total)
    progress(total, total)
    return joined(found.values())


@on_store
def check_some(
    store: Store, verify: Verify, budget: int, *further: Walk, keeper: Keeper | None = None, seconds: float | None = None,
    clock: Callable[[], float] = perf_counter,
) -> CheckRun:
    """:func:`walk_some`, remembered at once."""
    run = walk_some(store, verify, budget, *further, keeper=keeper, seconds=seconds, clock=clock)
    keep_run(store, run)
    return run


@on_store
def walk_some(
    store: Store, verify: Verify, budget: int, *further: Walk, keeper: Keeper | None = None, seconds: float | None = None,
    clock: Callable[[], float] = perf_counter,
) -> CheckRun:
    """Go on with the check for about ``budget`` lines, rows and files, and about so many ``seconds`` where they are told, from where the last
    session stopped. Nothing is written: that is for :func:`keep_run`.

    The position is kept in the store, locally, sealed by ``keeper``: one that he did not seal counts for nothing, and so does one of a
    walk begun :data:`LONGEST` ago or, as the clock stands, not yet. After the last stage the walk begins anew; :func:`completed_at` tells when
    it last reached the end. A fresh :class:`LineVerifier` learns by itself the keys told by lines walked before.
    """
    verdict, pace = Verdict(), _Pace(seconds, clock)
    kept = _kept(store, _POSITION, keeper)
    began = utc(kept["began"]) if kept else store.clock.now()
    if not store.clock.now() - LONGEST <= began <= store.clock.now():
        kept, began = {}, store.clock.now()
    with many_values(), closing(_Walk(store, verify, kept, *further)) as walk:
        more, beside = True, 0
        while more and _done(verdict) + beside < budget and not (beside + _done(verdict) and pace.over):
            beside += _BESIDE if walk.stage in walk.further else 0
            more = walk.step(verdict, pace)
        walk.lines.end(verdict)
    told = [_told(_POSITION, keeper, {**walk.position(), "began": moment_text(began)} if more else {})]
    return CheckRun(verdict, not more, dict(told if more else [*told, _completed(store, keeper)]))


@on_store
def keep_run(store: Store, run: CheckRun) -> None:
    """Remember how far a walk came."""
    for name, text in run.kept.items():
        store.set_meta(name, text)


@on_store
def note_completed(store: Store, keeper: Keeper | None = None) -> None:
    """Remember that the whole store has just been walked."""
    store.set_meta(*_completed(store, keeper))


@on_store
def completed_at(store: Store, keeper: Keeper | None = None) -> datetime | None:
    """When the whole store was last walked to its end, in one go or over sessions; ``None`` where that is told for a day to come."""
    kept = _kept(store, _COMPLETED, keeper)
    at = utc(kept["at"]) if kept else None
    return at if at is not None and at <= store.clock.now() else None


@on_store
def forget_walks(store: Store) -> None:
    """Begin anew with the next step, whoever makes it."""
    Meta.delete().where(Meta.key.startswith(_POSITION)).execute()


def _completed(store: Store, keeper: Keeper | None) -> tuple[str, str]:
    return _told(_COMPLETED, keeper, {"at": moment_text(store.clock.now())})


def _told(name: str, keeper: Keeper | None, values: Mapping[str, Any]) -> tuple[str, str]:
    """Under which name what text is to be remembered."""
    text = canonical(values) if values else ""
    if keeper is None:
        return name, text
    own = f"{name}.{keeper.person}"
    return own, keeper.seal(text.encode(), own).hex() if text else ""


def _kept(store: Store, name: str, keeper: Keeper | None) -> dict[str, Any]:
    own = name if keeper is None else f"{name}.{keeper.person}"
    text = store.meta(own) or ""
    try:
        opened = text if keeper is None else (keeper.open(bytes.fromhex(text), own) or b"").decode()
        found = json.loads(opened) if opened else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class _Walk:
    """The four stages one after the other, then the further walks."""

    def __init__(self, store: Store, verify: Verify, kept: dict[str, object] | None = None, *further: Walk) -> None:
        self.store, self.further = store, {each.name: each for each in further}
        self.stages = (*STAGES, *self.further)
        known: dict[str, Any] = kept or {}
        for each in further:
            each.after = str(known.get(f"after {each.name}", ""))
        self.stage = str(known.get("stage", STAGES[0]))
        kept_heads = dict(known.get("heads", {})).items()
        heads = {c: Head(n, h, height, utc(at[0]) if any(at) else None) for c, (n, h, height, *at) in kept_heads}
        self.lines = LineWalk(store.base, verify, int(str(known.get("line", 0))), int(str(known.get("touched", 0))), heads)
        self.rows = RowWalk(store.base, int(str(known.get("table", 0))), str(known.get("row", "")))
        self.files = FileWalk(store.base, str(known.get("file", "")))
        self.strays = StrayWalk(store.base, int(str(known.get("stray", 0))))
        if isinstance(verify, LineVerifier) and self.lines.after:
            prime(store.base, verify, self.lines.after)

    def step(self, verdict: Verdict, pace: _Pace) -> bool:
        """One go; whether there is more to do."""
        if pace.go(lambda count: self.some(self.stage, verdict, count)):
            return True
        following = self.stages.index(self.stage) + 1 if self.stage in self.stages else len(STAGES)
        if following >= len(self.stages):
            return False
        self.stage = self.stages[following]
        pace.anew()
        return True

    def some(self, stage: str, verdict: Verdict, count: int = STEP) -> bool:
        """One go at a stage; whether there is more of it."""
        try:
            with self.store.reading(), snapshot(self.store.base):
                more = self._go(stage, verdict, count)
            self.files.confirm(self.store, verdict)
        except (DatabaseError, apsw.Error, Refusal) as error:
            if not is_damage(error):
                raise
            verdict.faults.append(unreadable(stage, error))
            more = False  # beyond a page that cannot be read this walk does not come
        return more

    def _go(self, stage: str, verdict: Verdict, count: int) -> bool:
        if stage == "heads" and not self.strays.after:
            check_heads(self.store, verdict)
        walks: Mapping[str, Any] = {"lines": self.lines, "heads": self.strays, "rows": self.rows, "files": self.files, **self.further}
        return stage in walks and bool(walks[stage].some(count, verdict))

    def close(self) -> None:
        """Let go of what helps to judge."""
        self.lines.close()

    def position(self) -> dict[str, object]:
        """Where the walk stands, as plain values."""
        heads = {c: [h.number, h.hash, h.height, moment_text(h.at) if h.at else ""] for c, h in self.lines.heads.items()}
        return {
            "stage": self.stage, "line": self.lines.after, "touched": self.lines.touched, "heads": heads, "table": self.rows.table,
            "row": self.rows.after, "file": self.files.after, "stray": self.strays.after, **{f"after {name}": each.after for name, each in self.further.items()},
        }


@contextmanager
def snapshot(base: Database) -> Iterator[None]:
    """Read as of one moment, while others may write."""
    if base.in_transaction():
        yield
        return
    with base.atomic():
        if rows.on_server(base):
            base.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _size(store: Store) -> int:
    """How much there is to walk, as far as it can be counted."""
    models: tuple[type[Record], ...] = (Line, *JOURNALED)
    try:
        return sum(model.select().count() for model in models) + store.files.count()
    except (DatabaseError, apsw.Error) as error:
        if not is_damage(error):
            raise
        return 0


def _done(verdict: Verdict) -> int:
    return verdict.lines + verdict.rows + verdict.files + _PAPER * verdict.papers


__all__ = [
    "Closed", "Fault", "CheckRun", "Verdict", "check", "check_some", "closed_cases", "completed_at", "head_fault",
    "keep_run", "note_completed", "snapshot", "walk_some",
]
