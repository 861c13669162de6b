"""The walk along rows and kept files: each row against the lines that touch it, each file against its name."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from peewee import Database

from execdesk.law.refusal import Refusal
from execdesk.records.base import Journaled
from execdesk.records.court import Glyph
from execdesk.records.journal import Line, Touch
from execdesk.records.papers import Document, KeptFile
from execdesk.records.tables import JOURNALED
from execdesk.store import rows
from execdesk.store.facts import row_values, row_writes
from execdesk.store.files import digest_of, files_of, named
from execdesk.store.findings import Fault, Verdict, row_fault, writes_fault
from execdesk.store.line import Entry

if TYPE_CHECKING:
    from execdesk.store.store import Store

_LINES_AT_HAND = 128
NEEDED: tuple[type[KeptFile] | type[Glyph], ...] = (KeptFile, Glyph)  # whose files must be here; a package may leave out others


class RowWalk:
    """Walks all journaled rows, table by table, by id; ``table`` and ``after`` are where it stands."""

    def __init__(self, base: Database, table: int = 0, after: str = "") -> None:
        self.base, self.table, self.after = base, table, after
        self._lines: dict[int, Entry | None] = {}

    def some(self, count: int, verdict: Verdict) -> bool:
        """Walk up to ``count`` rows of one table; whether there may be more."""
        if self.table >= len(JOURNALED):
            return False
        model = JOURNALED[self.table]
        mark = self.base.param
        actual = rows.stored(self.base, model, f'WHERE "id" > {mark}', (self.after,), count)
        whole = len(actual) < count
        last = "~" if whole else str(next(reversed(actual)))
        touches = self._touches(model, last)
        self._load({place for places in touches.values() for place in places})
        writes = rows.writes_of(self.base, model, list(actual))
        for row in sorted(actual.keys() | touches.keys()):
            self._judge(model, row, touches.get(row, []), actual.get(row), writes.get(row, ""), verdict)
        verdict.rows += len(actual)
        self.table, self.after = (self.table + 1, "") if whole else (self.table, last)
        return self.table < len(JOURNALED)

    def _judge(
        self, model: type[Journaled], row: str, places: list[int], actual: dict[str, Any] | None, writes: str, verdict: Verdict
    ) -> None:
        entries = [entry for place in dict.fromkeys(places) if (entry := self._lines.get(place)) is not None]
        if len(entries) < len(set(places)):
            return  # a line behind the row is damaged or gone, which the walk along the lines tells
        expected = row_values(model.__name__, row, entries)
        fault = row_fault(model.__name__, row, expected, actual)
        if fault is None and actual is not None and _read_writes(writes) != _plain_writes(row_writes(model.__name__, row, entries)):
            fault = writes_fault(model.__name__, row, actual)
        if fault:
            verdict.faults.append(fault)

    def _touches(self, model: type[Journaled], last: str) -> dict[str, list[int]]:
        mark = self.base.param
        cursor = self.base.execute_sql(
            f'SELECT "row", "line" FROM "{Touch._meta.table_name}" '
            f'WHERE "tbl" = {mark} AND "row" > {mark} AND "row" <= {mark} ORDER BY "row", "line"',
            (model.__name__, self.after, last),
        )
        found: dict[str, list[int]] = {}
        for row, line in cursor.fetchall():
            found.setdefault(row, []).append(line)
        return found

    def _load(self, places: set[int]) -> None:
        """Have the lines at hand that these rows need; let go of most others."""
        if len(self._lines) > _LINES_AT_HAND:
            self._lines = {place: entry for place, entry in self._lines.items() if place in places}
        for some in rows.batches(sorted(places - self._lines.keys())):
            marks = ", ".join([self.base.param] * len(some))
            cursor = self.base.execute_sql(
                f'SELECT "taken", "body", "hash" FROM "{Line._meta.table_name}" WHERE "taken" IN ({marks})', some
            )
            for taken, body, hash_ in cursor.fetchall():
                entry = Entry(bytes(body), hash_, b"")
                self._lines[taken] = entry if entry.intact and _readable(entry) else None


def _read_writes(text: str) -> dict[str, str] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return _plain_writes(found) if isinstance(found, dict) else None


def _plain_writes(writes: dict[str, str]) -> dict[str, str]:
    """Without what says only that the line which made the row wrote it: an act that changes its own new row notes that, a replay does not."""
    return {fact: line for fact, line in writes.items() if not fact or line != writes.get("")}


def _readable(entry: Entry) -> bool:
    try:
        _ = entry.by_row
    except (ValueError, TypeError):
        return False
    return True


class FileWalk:
    """Walks kept files by hash: every file that a row names is here and is what its name says; none is without a row."""

    def __init__(self, base: Database, after: str = "") -> None:
        self.files, self.after = files_of(base), after
        self._of_nobody: list[str] = []

    def some(self, count: int, verdict: Verdict) -> bool:
        """Walk up to ``count`` files; whether there may be more."""
        digests = self.files.names(self.after, count)
        last = digests[-1] if len(digests) == count else "~"
        named = self._named(last)
        for digest in digests:
            self._judge(digest, named.get(digest), verdict)
        for digest, row in named.items():
            if digest not in digests:
                verdict.faults.append(_file_fault(digest, row, "已不在库中，被人删去"))
        verdict.files += len(digests)
        self.after = last
        return last != "~"

    def _named(self, last: str) -> dict[str, KeptFile | Glyph]:
        return {row.sha256: row for model in NEEDED for row in model.select().where(model.sha256 > self.after, model.sha256 <= last)}

    def _judge(self, digest: str, row: KeptFile | Glyph | None, verdict: Verdict) -> None:
        data = self.files.get(digest)
        if data is None or digest_of(data) != digest:
            verdict.faults.append(_file_fault(digest, row, "的内容被改动"))
        elif row is None and not named([digest]):
            self._of_nobody.append(digest)

    def confirm(self, store: Store, verdict: Verdict) -> None:
        """Tell of files of nobody, once no act can be between its file and its line. One that is cannot be told from them before."""
        if not self._of_nobody:
            return
        with suppress(Refusal), store.transaction():  # who cannot have the lock tells of them the next time
            found = named(self._of_nobody)
            verdict.faults += [
                Fault("orphan", digest, f"库中有无主文件 {digest[:12]}：没有任何记录提到它。") for digest in self._of_nobody if digest not in found
            ]
            self._of_nobody.clear()


def _file_fault(digest: str, row: KeptFile | Glyph | None, what: str) -> Fault:
    if row is None:
        return Fault("file", digest, f"留存文件 {digest[:12]} {what}。")
    if isinstance(row, Glyph):
        return Fault("file", digest, f"本院补字「{row.character}」的字形文件 {digest[:12]} {what}。", rows=(("Glyph", row.id),))
    document = Document.get_or_none(Document.id == row.document)
    name = f"「{document.title}」{document.number or ''}" if document else row.document
    where = (("KeptFile", row.id), ("Document", row.document))
    return Fault("file", digest, f"文书{name}的留存文件 {digest[:12]} {what}。", rows=where)
