"""The one way to write: an act collects rows and changes, and leaves them together with its journal line, or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from execdesk.law.refusal import Refusal
from execdesk.records.base import Journaled, plain
from execdesk.records.moves import CONDITIONS, NEW, Moves
from execdesk.records.tables import BY_NAME, parents_of
from execdesk.records.words import TABLES
from execdesk.store import clashes, rows
from execdesk.store.chains import EMPTY, Head
from execdesk.store.files import digest_of, leave_none
from execdesk.store.follower import Touched
from execdesk.store.invariants import require_invariants
from execdesk.store.line import Change, Cosigner, filled_names
from execdesk.store.shapes import fits

if TYPE_CHECKING:
    from execdesk.store.store import Store

R = TypeVar("R", bound=Journaled)

LINE_ROWS = 400  # a very large act spans several lines of at most so many rows each, so that one line stays quick to read


class StaleRecord(Refusal):
    """A colleague was first: the row has moved on since it was shown."""

    def __init__(self, what: str = "该事项") -> None:
        super().__init__(f"{what}已被他人处理，画面上的内容不是最新的。请刷新后再办。", code="store.stale")


class UndeclaredMove(Refusal):
    """An act would bring a row from one state to another in a way that the record's table of moves does not know."""

    def __init__(self, table: str, start: str, to: str, act: str) -> None:
        words = BY_NAME[table].MOVES.words  # type: ignore[union-attr]
        now = f"现为「{words.get(start, start)}」，" if start else ""
        super().__init__(
            f"{TABLES.get(table, table)}{now}不能经「{act}」成为「{words.get(to, to)}」，没有写入任何内容。请刷新后再办。", code="store.move"
        )


class UnmetCondition(Refusal):
    """A move that the table knows under a condition which does not hold."""

    def __init__(self, table: str, start: str, to: str, needed: str) -> None:
        words = BY_NAME[table].MOVES.words  # type: ignore[union-attr]
        now = f"现为「{words[start]}」，" if start else ""
        super().__init__(f"{TABLES.get(table, table)}{now}须{needed}才能成为「{words[to]}」，没有写入任何内容。请刷新核对后再办。", code="store.condition")


class MisfitValue(Refusal):
    """An act would write a value that its column cannot hold or nobody could read again."""

    def __init__(self, table: str) -> None:
        super().__init__(f"要写入的{TABLES.get(table, table)}中，有一项不是该填的内容（日期、长度或字符不对），没有写入任何内容。请核对后重新填写。", code="store.value")


@dataclass(frozen=True)
class Changes:
    """What an act touched: for every tab to decide whether it concerns it. ``told`` is shown once to who acts, and kept nowhere."""

    act: str
    case: str | None
    lines: tuple[str, ...]
    rows: frozenset[tuple[str, str]]
    told: str = field(default="", repr=False)

    def ids(self, table: str) -> list[str]:
        """Row ids of one table that were touched."""
        return sorted(row for name, row in self.rows if name == table)


@dataclass
class Act:
    """An open act. Leave the block to commit, raise to keep nothing."""

    store: Store
    name: str
    case: str | None
    reason: str
    at: datetime
    first_number: int
    clock: datetime | None = None  # the clock's own reading, where the moment differs from it
    cosigner: Cosigner | None = None
    session: object = None  # of the person who acts: what conditions of moves ask for the court's own rules
    corrects: bool = False  # it puts rows right, and is none where they are so already
    files: dict[str, bytes] = field(default_factory=dict)  # to be kept, by SHA-256
    known: dict[str, Head] = field(default_factory=dict)  # the chains as they ended when the act began; the lock is held
    head: tuple[int, str] | None = None  # where the own chain ends once the act is written
    _pending: list[Change] = field(default_factory=list)
    _index: dict[tuple[str, str], int] = field(default_factory=dict)
    _changes: Changes | None = None
    _started: dict[tuple[str, str], str] = field(default_factory=dict)  # rows with a state → the one they had before the act
    _settled: set[tuple[str, str]] = field(default_factory=set)
    _any_clash: bool | None = None
    _same: bool = False  # a row was to be changed to what it is
    _chain: str = field(init=False)
    _moved: set[tuple[str, str]] = field(default_factory=set)  # rows that change hands may change a clash of their parents

    def __post_init__(self) -> None:
        self._chain = self.store.chain

    @property
    def changes(self) -> Changes:
        """What the act wrote, once its block is left."""
        if self._changes is None:
            raise RuntimeError(f"act {self.name} is not written yet")
        return self._changes

    @property
    def written(self) -> frozenset[tuple[str, str]]:
        """The rows written so far, by table."""
        return frozenset(self._index)

    @property
    def day(self) -> date:
        """The day of the act in the court's time zone."""
        return self.store.clock.day_of(self.at)

    def get(self, model: type[R], row: str, seen_version: int | None = None) -> R:
        """The row as it stands now.

        Raises:
            Refusal: ``store.missing`` if there is none; :class:`StaleRecord` if it moved on since ``seen_version``.
        """
        record = model.get_or_none(model.id == row)
        if record is None:
            raise Refusal("找不到该记录，它可能在另一处登记而尚未传来。", code="store.missing")
        if seen_version is not None and record.version != seen_version:
            raise StaleRecord()
        found: R = record
        return found

    def add(self, record: R) -> R:
        """Write a new row."""
        self.add_many([record])
        return record

    def add_many(self, records: Iterable[Journaled]) -> None:
        """Write many new rows at once; the same as :meth:`add` for each, quicker."""
        by_table: dict[type[Journaled], list[list[Any]]] = {}
        for record in records:
            values = record.journal_values()
            line = self._note(Change(type(record).__name__, record.id, values, {}, new=True))
            if record.MOVES is not None:
                self._started[type(record).__name__, record.id] = NEW
            record.version, record.writes = 1, rows.writes_text({"": line})
            by_table.setdefault(type(record), []).append([*values.values(), record.writes, record.id])
        for model, batch in by_table.items():
            rows.insert_plain(self.store.base, model, filled_names(model.__name__), batch)

    def change(self, record: R, **values: Any) -> R:
        """Write fields of a row. A field of a fact writes the whole fact, so that it clashes as one.

        Raises:
            StaleRecord: the row changed since ``record`` was read.
        """
        if record.struck is not None and "struck" not in values:
            raise Refusal(f"该记录已划去（{record.struck}），不能再改。", code="store.struck")
        model = type(record)
        fields = {f.name: f for f in model.journal_fields()}
        before = {name: plain(fields[name], record.__data__.get(name)) for name in values}
        after = {name: plain(fields[name], value) for name, value in values.items()}
        touched = {model.fact_of(name) for name in values if after[name] != before[name]}
        if not touched:
            self._same = True
            return record
        if touched & self._disputed(record).keys():
            raise Refusal(
                "该事项两处登记不一致，尚未处理，不能直接改。请先在「待处理的冲突」中选定以何为准。", code="store.clash"
            )
        return self._write(record, touched, values, {})

    def settle(self, record: R, reason: str, **values: Any) -> R:
        """Settle clashes of a row: ``values`` stand from now on, also where they are what is shown already.

        The line names all those it replaces, so the clash ends on every desk. ``struck`` may be a reason or ``None``.

        Raises:
            Refusal: ``store.no_clash`` if none of the fields is in dispute; ``store.settle_reason`` without a reason.
        """
        if not (reason.strip() or self.reason.strip()):
            raise Refusal("处理冲突须写明理由。", code="store.settle_reason")
        facts = {type(record).fact_of(name) for name in values}
        disputed = self._disputed(record)
        if not facts <= disputed.keys():
            raise Refusal("该事项没有待处理的冲突，可能已由他人处理。请刷新。", code="store.no_clash")
        self.reason = self.reason or reason.strip()
        self._settled.add((type(record).__name__, record.id))
        self._write(record, facts, values, {fact: " ".join(disputed[fact]) for fact in facts})
        clashes.forget(type(record).__name__, record.id, facts)
        return record

    def _disputed(self, record: Journaled) -> dict[str, list[str]]:
        if self._any_clash is None:
            self._any_clash = clashes.any_open()
        return clashes.clash_lines(type(record).__name__, record.id) if self._any_clash else {}

    def _write(self, record: R, facts: set[str], values: dict[str, Any], replaced: dict[str, str]) -> R:
        model = type(record)
        fields = {f.name: f for f in model.journal_fields()}
        writes = json.loads(record.writes)
        names = [member for fact in sorted(facts) for member in model.fields_of(fact)]
        written = {n: plain(fields[n], values[n] if n in values else record.__data__.get(n)) for n in names}
        over = {fact: replaced.get(fact) or writes.get(fact, writes.get("", "")) for fact in sorted(facts)}
        if model.MOVES is not None:
            self._started.setdefault((model.__name__, record.id), record.__data__["state"])
        line = self._note(Change(model.__name__, record.id, written, over))
        writes.update(dict.fromkeys(facts, line))
        text = json.dumps(writes, sort_keys=True)
        if not rows.update(self.store.base, record, {**written, "writes": text}):
            raise StaleRecord()
        if any(name in values for name, _ in parents_of(model)):
            self._moved.add((model.__name__, record.id))
        for name, value in values.items():
            setattr(record, name, value)
        record.version, record.writes = record.version + 1, text
        return record

    def strike(self, record: R, reason: str) -> R:
        """Strike a row: it stays legible, with the reason, and no list counts it any more."""
        if not reason.strip():
            raise Refusal("划去须写明理由。", code="store.strike_reason")
        return self.change(record, struck=reason.strip())

    def keep_file(self, data: bytes) -> str:
        """Keep a file with the store; returns its SHA-256, which a journaled row of this act must name.

        It is written when the block ends well, safely before the line.
        """
        digest = digest_of(data)
        self.files[digest] = data
        return digest

    def require_effect(self) -> None:
        """Return unless the act ``corrects`` and the rows it was to change are all so already: no line tells of a change that is none.

        Raises:
            Refusal: ``act.same``.
        """
        if self.corrects and self._same and not self._pending and not self.files:
            raise Refusal("所填的和现在登记的完全一样，没有要改的，没有写入任何内容。请核对要改的是哪一项、是不是选对了人或者物。", code="act.same")

    def require_moves(self) -> None:
        """Ask the tables of moves for every row whose state the act changes, from what it was before to what it is to be; what settles a
        clash chooses among moves made already.

        Raises:
            UndeclaredMove: for the first that is not there.
            UnmetCondition: for the first of whose conditions none holds.
        """
        for (table, row), start in self._started.items():
            known, written = BY_NAME[table].MOVES, self._pending[self._index[table, row]].values
            if known is not None and "state" in written and (table, row) not in self._settled:
                self._require_move(known, table, row, start, written["state"])

    def _require_move(self, known: Moves, table: str, row: str, start: str, to: str) -> None:
        if not known.allows(start, to, self.name):
            raise UndeclaredMove(table, start, to, self.name)
        needed = [CONDITIONS[name] for name in known.conditions(start, to, self.name)]
        if needed:
            record = BY_NAME[table].get_by_id(row)
            if not any(condition.holds(record, self) for condition in needed):
                raise UnmetCondition(table, start, to, "或者".join(condition.words for condition in needed))

    def writes(self, table: str, row: str) -> Mapping[str, Any]:
        """What this act writes of a row, by field; nothing where it leaves it alone."""
        place = self._index.get((table, row))
        return {} if place is None else self._pending[place].values

    def _note(self, change: Change) -> str:
        """Collect a change; returns the name of the line that will carry it. The last barrier: what fits no column is never written."""
        if not fits(change.table, change.values, new=change.new):
            raise MisfitValue(change.table)
        key = (change.table, change.row)
        position = self._index.get(key)
        if position is None:
            position = self._index[key] = len(self._pending)
            self._pending.append(change)
            return self._line_at(position)
        known = self._pending[position]
        known.values.update(change.values)
        if not known.new:
            for fact, line in change.over.items():
                known.over.setdefault(fact, line)
        return self._line_at(position)

    def _line_at(self, position: int) -> str:
        return f"{self._chain}:{self.first_number + position // LINE_ROWS}"

    def parts(self) -> list[list[Change]]:
        """The changes, cut into the lines that will carry them; at least one line, since an act without rows is an event."""
        return [self._pending[i : i + LINE_ROWS] for i in range(0, len(self._pending), LINE_ROWS)] or [[]]

    def touched(self, places: range) -> Touched:
        """What the act touched, for what follows the rows; its lines stand at ``places``."""
        made: dict[str, dict[str, dict[str, Any]]] = {}
        for change in self._pending:
            if change.new:
                made.setdefault(change.table, {})[change.row] = change.values
        changed = frozenset((c.table, c.row) for c in self._pending if not c.new)
        return Touched(places[0], places[-1], made, changed, frozenset(self._moved))


@contextmanager
def open_act(
    store: Store, name: str, *, case: str | None = None, reason: str = "", cosigner: Cosigner | None = None
) -> Iterator[Act]:
    """An act on ``store``: rows and journal line commit together.

    Raises:
        Refusal: ``store.locked`` if nobody is signed in; ``store.desk_key`` for an act that needs a person;
            ``journal.closed`` if the chain is known to be broken; ``store.clock`` for an unlikely day; ``store.busy``;
            ``act.same`` for an act that corrects and changes nothing; :class:`UndeclaredMove` for a state that the table of the record's moves does not let the act reach.
        RuntimeError: an act inside an act.
    """
    kept: list[str] = []
    try:
        with store.transaction():
            if store.acting is not None:  # the lock is ours: the same thread is in an act already
                raise RuntimeError(f"act {name} inside act {store.acting.name}")
            act = _begun(store, name, case, reason, cosigner)
            try:
                yield act
                act.require_effect()
                if store.ruled:
                    act.require_moves()
                    require_invariants(act.session, act.written)
                kept = list(act.files)
                store.files.put(act.files)
                act._changes = store.write_lines(act)
                clashes.refresh_parents(act._moved)
            finally:
                store.acting = None
    except BaseException:
        if kept:
            leave_none(store)
        raise
    if store.unswept:
        leave_none(store)
    with store.reading():
        store.committed(act)


def _begun(store: Store, name: str, case: str | None, reason: str, cosigner: Cosigner | None) -> Act:
    """The act that the store is in from now on."""
    store.signer_for(name)
    clock = store.clock.now()
    known = store.ends()
    at = store.next_moment(name, cosigner is not None, known)
    act = Act(store, name, case, reason, at, known.get(store.chain, EMPTY).number + 1, clock if at > clock else None, cosigner)
    act.known = known
    store.acting = act
    return act
