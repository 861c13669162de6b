"""An opened store: its chain, its clock, who acts in it, and how an act becomes lines."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from peewee import Database, fn

from execdesk.law.refusal import Refusal
from execdesk.records.base import canonical, database, moment_text
from execdesk.records.journal import Line, Meta
from execdesk.store import rows
from execdesk.store.act import Act, Changes
from execdesk.store.clock import Clock
from execdesk.store.database import in_one_transaction
from execdesk.store.line import DESK_ACTS, GENESIS, Entry, Signer, build, seal

AHEAD_LIMIT = timedelta(days=30)  # a clock further ahead of the last line asks a person to confirm the day
BEHIND_LIMIT = timedelta(days=1)  # up to this the line's moment is the last one's plus a millisecond
HEADS_FILE = "heads.json"


@dataclass(frozen=True)
class Head:
    """The end of a chain: number, hash, height, moment of its last line."""

    number: int
    hash: str
    height: int
    at: datetime | None


class Store:
    """Rows and journal of one desk. One store is active in a process at a time; :meth:`activate` makes it so."""

    def __init__(self, base: Database, *, clock: Clock, folder: Path | None = None) -> None:
        self.base = base
        self.clock = clock
        self.folder = folder
        self.acting: Act | None = None
        self.signer: Signer | None = None
        self.closed_reason: str | None = None  # set by the check when the chain itself is broken
        self.listeners: list[Callable[[Changes], None]] = []
        self._writing = threading.RLock()
        self._known: tuple[str, int] | None = None

    # -- who and where -------------------------------------------------------------------------------------------------

    def activate(self) -> None:
        """Point all tables at this store."""
        if database.obj is not self.base:
            database.initialize(self.base)
        if self.base.is_closed():
            self.base.connect()

    def meta(self, key: str) -> str | None:
        """A local setting of the store."""
        self.activate()
        found = Meta.get_or_none(Meta.key == key)
        return None if found is None else str(found.value)

    def set_meta(self, key: str, value: str) -> None:
        """Write a local setting."""
        self.activate()
        Meta.insert(key=key, value=value).on_conflict(conflict_target=[Meta.key], update={Meta.value: value}).execute()
        self._known = None

    def name_site(self, site: str, incarnation: int) -> None:
        """Say which desk this store is, and in which incarnation."""
        self.set_meta("site", site)
        self.set_meta("incarnation", str(incarnation))

    @property
    def site(self) -> str:
        return self._identity()[0]

    @property
    def incarnation(self) -> int:
        return self._identity()[1]

    def _identity(self) -> tuple[str, int]:
        if self._known is None:
            self._known = (self.meta("site") or "", int(self.meta("incarnation") or "1"))
        return self._known

    @property
    def chain(self) -> str:
        """The chain this desk writes: ``HQ.1``."""
        return f"{self.site}.{self.incarnation}"

    # -- the chain -----------------------------------------------------------------------------------------------------

    @property
    def head(self) -> Head:
        """The end of this desk's own chain; for a new incarnation before its first line, number 0."""
        return self.head_of(self.site, self.incarnation) or Head(0, GENESIS, 0, None)

    def head_of(self, site: str, incarnation: int) -> Head | None:
        """The end of a chain as known here."""
        self.activate()
        last = (
            Line.select(Line.number, Line.hash, Line.height, Line.at)
            .where(Line.site == site, Line.incarnation == incarnation)
            .order_by(Line.number.desc())
            .first()
        )
        if last is None:
            return None
        return Head(last.number, last.hash, last.height, datetime.fromisoformat(last.at))

    def heads(self) -> dict[str, int]:
        """The highest number known of every chain."""
        self.activate()
        query: Any = Line.select(Line.site, Line.incarnation, fn.MAX(Line.number)).group_by(Line.site, Line.incarnation)
        return {f"{site}.{incarnation}": number for site, incarnation, number in query.tuples()}

    def next_moment(self) -> datetime:
        """The moment of the next line: the clock, or just after the latest line known here if the clock lies behind.

        Raises:
            Refusal: ``store.clock`` if the clock is more than a day behind or 30 days ahead and nobody confirmed the day.
        """
        now = self.clock.now()
        latest = self.latest_moment()
        if latest is None:
            return now
        if not self.clock.confirmed:
            self._refuse_wrong_clock(now, latest)
        return max(now, latest + timedelta(milliseconds=1))

    def latest_moment(self) -> datetime | None:
        """The latest moment of any line known here."""
        self.activate()
        text = Line.select(fn.MAX(Line.at)).scalar()
        return datetime.fromisoformat(text) if text else None

    def _refuse_wrong_clock(self, now: datetime, latest: datetime) -> None:
        if now < latest - BEHIND_LIMIT or now > latest + AHEAD_LIMIT:
            raise Refusal(
                f"本机日期是 {self.clock.day_of(now)}，而最近一条留痕在 {self.clock.day_of(latest)}，相差过大。"
                "请核对本机日期；确认无误后重新登录并点「日期无误」。",
                code="store.clock",
            )

    # -- writing -------------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction that holds the write lock from its beginning."""
        self.activate()
        with self._writing, in_one_transaction(self.base)():
            if rows.on_server(self.base):
                self.base.execute_sql("SELECT pg_advisory_xact_lock(20170801)")
            yield

    def write_lines(self, act: Act) -> Changes:
        """Turn an open act into its lines; called once, when its block is left."""
        signer = self._signer_for(act)
        head, seen = self.head, self._seen()
        number, previous, height = head.number, head.hash, self._height(head, seen)
        if number == 0:
            previous = self._previous_of_first()
        clock = self.clock.now()
        refs = []
        for part in act.parts():
            number, height = number + 1, height + 1
            body = build(
                site=self.site, incarnation=self.incarnation, number=number, height=height, act=act.name,
                person=signer.person, key=signer.key, at=act.at, clock=clock if clock != act.at else None, case=act.case,
                reason=act.reason, seen=seen, changes=part, previous=previous, cosigner=act.cosigner,
                moment_text=moment_text,
            )
            entry = seal(body, signer, act.cosigner)
            taken = keep_line(entry)
            rows.touch(self.base, taken, [(c.table, c.row) for c in part])
            previous = entry.hash
            refs.append(f"{self.chain}:{number}")
        return Changes(act.name, act.case, tuple(refs), frozenset((c.table, c.row) for part in act.parts() for c in part))

    def _signer_for(self, act: Act) -> Signer:
        if self.closed_reason is not None and act.name not in DESK_ACTS:
            raise Refusal(f"留痕链有缺损，暂不能办理：{self.closed_reason}", code="journal.closed")
        if self.signer is None:
            raise Refusal("尚未登录，不能办理。请先登录。", code="store.locked")
        if not self.signer.person and act.name not in DESK_ACTS:
            raise Refusal("本机钥匙只能签署开库、恢复、升级等事项，请用自己的账号登录后办理。", code="store.desk_key")
        return self.signer

    def _seen(self) -> dict[str, int]:
        heads = self.heads()
        heads.pop(self.chain, None)
        return heads

    def _height(self, head: Head, seen: dict[str, int]) -> int:
        """The greatest height this desk has taken in; whatever it writes now builds on all of it."""
        return max(head.height, int(Line.select(fn.MAX(Line.height)).scalar() or 0)) if seen else head.height

    def _previous_of_first(self) -> str:
        """A new incarnation goes on from the last line it has of the one before."""
        before = self.head_of(self.site, self.incarnation - 1) if self.incarnation > 1 else None
        return before.hash if before else GENESIS

    def committed(self, act: Act) -> None:
        """Tell listeners, and mark the chain's head beside the store, so that a shortened or replaced file is noticed."""
        self.mark_heads()
        if act.changes is not None:
            for listener in self.listeners:
                listener(act.changes)

    def mark_heads(self) -> None:
        """Write the head of the own chain beside the store (best effort: the file only ever raises an alarm)."""
        if self.folder is None:
            return
        head = self.head
        text = canonical({"chain": self.chain, "number": head.number, "hash": head.hash})
        try:
            (self.folder / HEADS_FILE).write_text(text, encoding="utf-8")
        except OSError:  # a full disk must not undo an act that is already safe
            return

    def marked_head(self) -> dict[str, Any] | None:
        """The head last marked beside the store, if it can be read."""
        if self.folder is None:
            return None
        try:
            marked: dict[str, Any] = json.loads((self.folder / HEADS_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return marked

    def close(self) -> None:
        """Close all connections of this thread."""
        if not self.base.is_closed():
            self.base.close()


def keep_line(entry: Entry) -> int:
    """Write a line as it is; returns the order in which it was taken in here."""
    data = entry.data
    taken: int = Line.insert(
        site=data["site"], incarnation=data["incarnation"], number=data["number"], format=data["format"],
        height=data["height"], act=data["act"], person=data["person"], at=data["at"], case_id=data["case"],
        body=entry.body, hash=entry.hash, signature=entry.signature, cosignature=entry.cosignature,
    ).execute()
    return taken


def entry_of(line: Line) -> Entry:
    """The travelling form of a stored line."""
    return Entry(
        bytes(line.body), line.hash, bytes(line.signature), None if line.cosignature is None else bytes(line.cosignature)
    )


def utc(text: str) -> datetime:
    """A stored moment."""
    return datetime.fromisoformat(text).astimezone(UTC)
