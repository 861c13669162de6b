"""An opened store: its chain, its clock, who acts in it, and how an act becomes lines."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from peewee import Database

from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.base import in_context, moment_text
from execdesk.records.incidents import Incident
from execdesk.records.journal import Meta
from execdesk.records.moves import DESK
from execdesk.store import rows
from execdesk.store.act import Act, Changes
from execdesk.store.chains import EMPTY, Head, ends, entry_of, first_previous, highest_of, keep_lines
from execdesk.store.clock import CLOCK_CORRECTION, Clock, moment_after
from execdesk.store.database import EncryptedDatabase, in_one_transaction
from execdesk.store.dberrors import database_errors_as_refusals
from execdesk.store.files import files_of
from execdesk.store.findings import Fault
from execdesk.store.follower import Follower, Touched
from execdesk.store.line import DESK_ACTS, Entry, Signer, build, seal
from execdesk.store.look import no_look
from execdesk.store.mark import HEADS_FILE, Mark

CLOSED_BUT = DESK_ACTS | {"session.open", "session.close", "incident.settle"}  # what a store with a broken chain still takes
P = ParamSpec("P")
R = TypeVar("R")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Astray:
    """A store that is not where this PC knows it: a sentence on what was found; ``may_move`` where it may have been moved here whole."""

    text: str
    may_move: bool


class Store:
    """Rows and journal of one desk. Tables mean the store in context: see :meth:`reading`.

    An act is held to the tables of moves and, where somebody warrants for it, to what the tables say of their owners; except where the
    store is not ``ruled``: there the store itself is tried, with states at will.
    ``key`` is what the slots of this desk open where the rows lie on a server.
    """

    def __init__(self, base: Database, *, clock: Clock, folder: Path | None = None, ruled: bool = True, key: bytes | None = None) -> None:
        self.base = base
        self.files = files_of(base)
        self.clock = clock
        self.folder = folder
        self.ruled = ruled
        self._key = key
        self.acting: Act | None = None
        self.unswept = False  # whether an act that failed has left a file that could not go
        self.signer: Signer | None = None
        self.closed_reason: str | None = None  # set by the check when the chain itself is broken
        self.only_reading: str | None = None  # why not even a session is written: the chain is not the one marked, or the store is astray
        self.expired: str | None = None  # why the person at the desk can only read: his certificate is out of its time
        self.astray: Astray | None = None
        self.lost: list[Fault] = []  # the chain ends that were marked or acknowledged and are not here
        self.unbound: Signer | None = None  # whose session begins when two persons go on all the same
        self.listeners: list[Callable[[Changes], None]] = []
        self.warrant: Callable[[Sequence[Entry]], str | None] | None = None  # why lines about to be written would have no effect
        self.followers: list[Follower] = []
        self._writing = threading.RLock()
        self._known: tuple[str, int] | None = None
        self._mark = None if folder is None else Mark(folder)
        self._machine_mark: Mark | None = None

    # -- who and where -------------------------------------------------------------------------------------------------

    def reading(self) -> AbstractContextManager[None]:
        """A block in which all tables mean this store, in this thread. Blocks nest, also those of different stores.

        A door (:class:`execdesk.access.door.Door`), an act and the functions of the store open one by themselves.
        """
        return _Reading(self.base)

    def meta(self, key: str) -> str | None:
        """A local setting of the store."""
        query = f'SELECT "value" FROM "{Meta._meta.table_name}" WHERE "key" = {self.base.param}'  # asked with every keystroke and list
        found = self.base.execute_sql(query, (key,)).fetchone()
        return None if found is None else str(found[0])

    def set_meta(self, key: str, value: str) -> None:
        """Write a local setting."""
        with self.reading(), no_look(), database_errors_as_refusals():
            Meta.insert(key=key, value=value).on_conflict(conflict_target=[Meta.key], update={Meta.value: value}).execute()
        self._known = None

    def name_site(self, site: str, incarnation: int) -> None:
        """Say which desk this store is, and in which incarnation."""
        self.set_meta("site", site)
        self.set_meta("incarnation", str(incarnation))

    @property
    def data_key(self) -> bytes:
        """What every key slot of this desk opens: the key of the encrypted file, or the one given where the rows lie on a server."""
        key = self.base.key if isinstance(self.base, EncryptedDatabase) else self._key
        assert key is not None, "in memory and in trials without slots there is none"
        return key

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
        return self.ends().get(self.chain, EMPTY)

    def ends(self) -> dict[str, Head]:
        """The end of every chain known here."""
        return ends(self.base)

    def heads(self) -> dict[str, int]:
        """The highest number known of every chain."""
        return {chain: head.number for chain, head in self.ends().items()}

    def next_moment(self, act: str = "", by_two: bool = False, known: Mapping[str, Head] | None = None) -> datetime:
        """The moment of the next line: the clock, or just after the latest line known here if the clock lies behind.

        Raises:
            Refusal: ``store.clock`` if the clock is more than a day behind or 30 days ahead and nobody confirmed the day;
                ``store.clock_two`` if one person alone sets a wrong day right.
        """
        now = self.clock.now()
        if act == CLOCK_CORRECTION:
            if not by_two:
                raise Refusal("改正本机日期须由两人共同办理，请另一人到场输入密码。", code="store.clock_two")
            return now
        return moment_after(self.clock, now, self.latest_moment(known))

    def latest_moment(self, known: Mapping[str, Head] | None = None) -> datetime | None:
        """The latest moment of any line known here; once a wrong day was set right, only what came after that counts."""
        ends_known = (self.ends() if known is None else known).values()  # moments grow along a chain
        corrected = highest_of(self.base, CLOCK_CORRECTION)
        return max((head.at for head in ends_known if head.at is not None and head.height >= corrected), default=None)

    @property
    def takes_no_line(self) -> bool:
        """Whether nothing at all is written down just now, whoever would sign."""
        return self.only_reading is not None or self.expired is not None

    # -- writing -------------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction that holds the write lock from its beginning.

        Raises:
            Refusal: ``store.busy`` if another program holds the lock too long; ``store.full`` if the disk is full. Nothing
                is kept then.
        """
        with self.reading(), database_errors_as_refusals(), self._writing, in_one_transaction(self.base)():
            if rows.on_server(self.base):
                self.base.execute_sql("SELECT pg_advisory_xact_lock(20170801)")
            with no_look():
                yield

    def write_lines(self, act: Act) -> Changes:
        """Turn an open act into its lines; called once, when its block is left."""
        signer = self.signer_for(act.name)
        known = dict(act.known)
        head = known.pop(self.chain, EMPTY)
        seen = {chain: end.number for chain, end in known.items()}
        number, previous = head.number, head.hash
        height = max([head.height, *(end.height for end in known.values())])
        if number == 0:
            previous = first_previous(self.base, self.site, self.incarnation, seen)
        entries = []
        for part in act.parts():
            number, height = number + 1, height + 1
            body = build(
                site=self.site, incarnation=self.incarnation, number=number, height=height, act=act.name,
                person=signer.person, key=signer.key, at=act.at, clock=act.clock, case=act.case,
                reason=act.reason, seen=seen, changes=part, previous=previous, cosigner=act.cosigner,
                moment_text=moment_text,
            )
            entries.append(seal(body, signer, act.cosigner))
            previous = entries[-1].hash
        self._require_warrant(entries)
        places = keep_lines(self.base, entries, moment_text(act.at), corrects=act.name == CLOCK_CORRECTION)
        touched = [(c.table, c.row, place) for place, part in zip(places, act.parts(), strict=True) for c in part]
        rows.touch(self.base, touched)
        if self.followers:
            self.follow(act.touched(places))
        act.head = (number, entries[-1].hash)
        refs = tuple(f"{self.chain}:{n}" for n in range(head.number + 1, number + 1))
        return Changes(act.name, act.case, refs, frozenset((table, row) for table, row, _ in touched))

    def _require_warrant(self, entries: Sequence[Entry]) -> None:
        """An act is held to the declarations of its tables as every other desk will hold its lines to them.

        One that only opens incidents is written unread: a fault of the file must not keep its own incident out.

        Raises:
            Refusal: ``store.owner``.
        """
        if all(_opens_only(entry) for entry in entries):
            return
        if self.ruled and self.warrant is not None and (why := self.warrant(entries)):
            raise Refusal(f"这件事不能这样办理：{why}。没有写入任何内容，请由有权的人办理。", code="store.owner")

    def follow(self, touched: Touched) -> None:
        """Let what is derived follow lines that have just been written down."""
        for follower in self.followers:
            follower.follow(touched)

    def signer_for(self, act: str) -> Signer:
        """Who signs the lines of an act.

        Raises:
            Refusal: ``store.locked`` if nobody is signed in; ``store.desk_key`` for an act that needs a person;
                ``journal.closed`` if the chain is known to be broken; ``store.only_reading``; ``store.expired``.
        """
        if self.only_reading is not None:
            raise Refusal(f"本库现在只能查看：{self.only_reading}请两人在「工具 → 诊断」处理。", code="store.only_reading", ways=(WayOn("去诊断", "diagnostics"),))
        if self.expired is not None:
            raise Refusal(self.expired, code="store.expired", ways=(WayOn("签发证书", "certificate.issue"),))
        if self.closed_reason is not None and act not in CLOSED_BUT:
            raise Refusal(f"留痕链有缺损，暂不能办理：{self.closed_reason}", code="journal.closed")
        if self.signer is None:
            raise Refusal("尚未登录，不能办理。请先登录。", code="store.locked")
        if not self.signer.person and act not in DESK_ACTS:
            raise Refusal("本机钥匙只能签署开库、恢复、升级等事项，请用自己的账号登录后办理。", code="store.desk_key")
        return self.signer

    def committed(self, act: Act) -> None:
        """Mark the chain's head beside the store, tell listeners.

        The act is safe by now: a fault in what is only derived from it is logged and does not make it look failed.
        """
        if self._mark is not None and act.head is not None:
            self._mark.write(self.chain, *act.head)
            if self._machine_mark is not None:
                self._machine_mark.write(self.chain, *act.head)
        for listener in self.listeners:
            try:
                listener(act.changes)
            except Exception:
                _log.exception("after act %s", act.name)

    def marked_head(self) -> dict[str, Any] | None:
        """The head last marked beside the store, if it can be read."""
        return None if self._mark is None else self._mark.read()

    def mark_on_machine(self, folder: Path | None) -> None:
        """From now on mark the chain's head there too, beyond the reach of whoever puts the whole data folder back."""
        self._machine_mark = None if folder is None else Mark(folder)

    def machine_head(self) -> dict[str, Any] | None:
        """The head last marked on the machine, if it can be read."""
        return None if self._machine_mark is None else self._machine_mark.read()

    def close(self) -> None:
        """Close the connection of this thread."""
        for mark in filter(None, (self._mark, self._machine_mark)):
            mark.close()
        self.files.close()
        if not self.base.is_closed():
            self.base.close()


def _opens_only(entry: Entry) -> bool:
    return entry.data["act"] == DESK and not entry.data["person"] and all(table == Incident.__name__ and new for table, _, new, _, _ in entry.data["changes"])


class _Reading:
    """The block of :meth:`Store.reading`: one of its own each time, so that it may nest."""

    __slots__ = ("_base", "_before")

    def __init__(self, base: Database) -> None:
        self._base = base

    def __enter__(self) -> None:
        self._before = in_context.set(self._base)

    def __exit__(self, *_: object) -> None:
        in_context.reset(self._before)


def on_store(function: Callable[Concatenate[Store, P], R]) -> Callable[Concatenate[Store, P], R]:
    """A function of a store, run with that store in context."""

    @wraps(function)
    def inside(store: Store, /, *args: P.args, **values: P.kwargs) -> R:
        with store.reading():
            return function(store, *args, **values)

    return inside


def utc(text: str) -> datetime:
    """A stored moment."""
    return datetime.fromisoformat(text).astimezone(UTC)


__all__ = ["CLOSED_BUT", "EMPTY", "HEADS_FILE", "Head", "Store", "entry_of", "utc"]
