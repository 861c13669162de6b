"""The walk along rows and kept files: each row against the lines that touch it, each file against its name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from peewee import Database

from execdesk.records.base import Journaled
from execdesk.records.journal import Blob, Line, Touch
from execdesk.records.ledgers import Import
from execdesk.records.papers import Document, KeptFile
from execdesk.records.people import Delegation
from execdesk.records.tables import JOURNALED
from execdesk.store import rows
from execdesk.store.facts import row_values
from execdesk.store.findings import Fault, Verdict, row_fault
from execdesk.store.line import Entry

# Fields that hold the name of a kept file; those of the first table must have their file here.
_FILE_FIELDS: tuple[Any, ...] = (KeptFile.sha256, Document.file, Delegation.scan, Import.file_sha256)
_LINES_AT_HAND = 128


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
        for row in sorted(actual.keys() | touches.keys()):
            self._judge(model, row, touches.get(row, []), actual.get(row), verdict)
        verdict.rows += len(actual)
        self.table, self.after = (self.table + 1, "") if whole else (self.table, last)
        return self.table < len(JOURNALED)

    def _judge(
        self, model: type[Journaled], row: str, places: list[int], actual: dict[str, Any] | None, verdict: Verdict
    ) -> None:
        entries = [self._lines.get(place) for place in places]
        if any(entry is None for entry in entries):
            return  # a line behind the row is damaged or gone, which the walk along the lines tells
        expected = row_values(model.__name__, row, (e for e in entries if e is not None))
        fault = row_fault(model.__name__, row, expected, actual)
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


def _readable(entry: Entry) -> bool:
    try:
        _ = entry.by_row
    except (ValueError, TypeError):
        return False
    return True


class FileWalk:
    """Walks kept files by hash: every file that a row names is here and is what its name says; none is without a row."""

    def __init__(self, base: Database, after: str = "") -> None:
        self.base, self.after = base, after

    def some(self, count: int, verdict: Verdict) -> bool:
        """Walk up to ``count`` files; whether there may be more."""
        query: Any = Blob.select(Blob.sha256).where(Blob.sha256 > self.after).order_by(Blob.sha256).limit(count).tuples()
        digests = [digest for (digest,) in query]
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

    def _named(self, last: str) -> dict[str, KeptFile]:
        query = KeptFile.select().where(KeptFile.sha256 > self.after, KeptFile.sha256 <= last)
        return {row.sha256: row for row in query}

    def _judge(self, digest: str, row: KeptFile | None, verdict: Verdict) -> None:
        data = Blob.select(Blob.data).where(Blob.sha256 == digest).scalar()
        if hashlib.sha256(bytes(data)).hexdigest() != digest:
            verdict.faults.append(_file_fault(digest, row, "的内容被改动"))
        elif row is None and not _named_elsewhere(digest, _FILE_FIELDS):
            verdict.faults.append(Fault("orphan", digest, f"库中有无主文件 {digest[:12]}：没有任何记录提到它。"))


def _file_fault(digest: str, row: KeptFile | None, what: str) -> Fault:
    if row is None:
        return Fault("file", digest, f"留存文件 {digest[:12]} {what}。")
    document = Document.get_or_none(Document.id == row.document)
    name = f"「{document.title}」{document.number or ''}" if document else row.document
    where = (("KeptFile", row.id), ("Document", row.document))
    return Fault("file", digest, f"文书{name}的留存文件 {digest[:12]} {what}。", rows=where)


def _named_elsewhere(digest: str, fields: Iterable[Any]) -> bool:
    return any(field.model.select().where(field == digest).exists() for field in fields)
