"""The tamper check: walk the chains, the rows, the kept files; find a fault and say where it is.

Nothing is held beyond a few hundred lines or rows at a time, so it can run beside the window and stop anywhere:
:func:`check_some` goes on in the next session where the last one stopped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from peewee import Database

from execdesk.records.base import Record, canonical, moment_text
from execdesk.records.journal import Line
from execdesk.records.tables import JOURNALED
from execdesk.store import rows
from execdesk.store.bulk import many_values
from execdesk.store.chains import Head
from execdesk.store.checklines import LineWalk, check_heads, head_fault
from execdesk.store.checkrows import FileWalk, RowWalk
from execdesk.store.findings import Closed, Fault, Verdict, closed_cases, joined
from execdesk.store.primed import prime
from execdesk.store.signatures import LineVerifier, Verify
from execdesk.store.store import Store, on_store, utc

Progress = Callable[[int, int], None]
STAGES = ("lines", "heads", "rows", "files")
_TOGETHER = (("lines", "rows"), ("heads",), ("files",))  # rows are compared while others still judge signatures
STEP = 500  # lines, rows or files looked at in one go
_POSITION, _COMPLETED = "check.position", "check.completed"


class Walk(Protocol):
    """A further walk, along something derived of the rows; ``after`` is where it stands."""

    name: str
    after: str

    def some(self, count: int, verdict: Verdict) -> bool:
        """Walk up to ``count``; whether there may be more."""


@dataclass(frozen=True)
class CheckRun:
    """What one session of a resumed check found, and whether the whole store has now been walked."""

    verdict: Verdict
    done: bool


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
def check_some(store: Store, verify: Verify, budget: int, *further: Walk) -> CheckRun:
    """Go on with the check for about ``budget`` lines, rows and files, from where the last session stopped.

    The position is kept in the store, locally. After the last stage the walk begins anew; :func:`completed_at` tells when
    it last reached the end. A fresh :class:`LineVerifier` learns by itself the keys told by lines walked before.
    """
    verdict = Verdict()
    kept = store.meta(_POSITION)
    with many_values(), closing(_Walk(store, verify, json.loads(kept) if kept else None, *further)) as walk:
        more = True
        while more and _done(verdict) < budget:
            more = walk.step(verdict)
        walk.lines.end(verdict)
    store.set_meta(_POSITION, canonical(walk.position()) if more else "")
    if not more:
        note_completed(store)
    return CheckRun(verdict, not more)


@on_store
def note_completed(store: Store) -> None:
    """Remember that the whole store has just been walked."""
    store.set_meta(_COMPLETED, moment_text(store.clock.now()))


@on_store
def completed_at(store: Store) -> datetime | None:
    """When the whole store was last walked to its end, in one go or over sessions."""
    kept = store.meta(_COMPLETED)
    return utc(kept) if kept else None


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
        if isinstance(verify, LineVerifier) and self.lines.after:
            prime(store.base, verify, self.lines.after)

    def step(self, verdict: Verdict) -> bool:
        """One go; whether there is more to do."""
        if self.some(self.stage, verdict):
            return True
        following = self.stages.index(self.stage) + 1 if self.stage in self.stages else len(STAGES)
        if following >= len(self.stages):
            return False
        self.stage = self.stages[following]
        return True

    def some(self, stage: str, verdict: Verdict) -> bool:
        """One go at a stage; whether there is more of it."""
        with self.store.reading(), snapshot(self.store.base):
            if stage == "heads":
                check_heads(self.store, verdict)
                return False
            walks: Mapping[str, Any] = {"lines": self.lines, "rows": self.rows, "files": self.files, **self.further}
            more = stage in walks and bool(walks[stage].some(STEP, verdict))
        self.files.confirm(self.store, verdict)
        return more

    def close(self) -> None:
        """Let go of what helps to judge."""
        self.lines.close()

    def position(self) -> dict[str, object]:
        """Where the walk stands, as plain values."""
        heads = {c: [h.number, h.hash, h.height, moment_text(h.at) if h.at else ""] for c, h in self.lines.heads.items()}
        return {
            "stage": self.stage, "line": self.lines.after, "touched": self.lines.touched, "heads": heads, "table": self.rows.table,
            "row": self.rows.after, "file": self.files.after, **{f"after {name}": each.after for name, each in self.further.items()},
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
    models: tuple[type[Record], ...] = (Line, *JOURNALED)
    return sum(model.select().count() for model in models) + store.files.count()


def _done(verdict: Verdict) -> int:
    return verdict.lines + verdict.rows + verdict.files


__all__ = [
    "Closed", "Fault", "CheckRun", "Verdict", "check", "check_some", "closed_cases", "completed_at", "head_fault",
    "note_completed", "snapshot",
]
