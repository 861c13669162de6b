"""Kept files (PDF, scans) by their SHA-256: in a second encrypted file beside the rows, under the same key; on a server in a table.

A file is written and safe before the line that names it. An act that fails leaves none; one that is cut off between the two leaves a
file of nobody, which :func:`sweep` takes away at the next start; on a full disk, which lets no file go either, after the next act.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from peewee import Database

from execdesk.law.refusal import Refusal
from execdesk.records.approvals import PaperApproval
from execdesk.records.base import NoStore, in_context
from execdesk.records.court import Glyph
from execdesk.records.ledgers import Import
from execdesk.records.papers import Document, KeptFile
from execdesk.records.people import Delegation, Post
from execdesk.store import rows
from execdesk.store.database import KEPT_BYTES as TABLE
from execdesk.store.database import EncryptedDatabase, in_one_transaction, make_kept_bytes, open_sqlite
from execdesk.store.dberrors import database_errors_as_refusals

if TYPE_CHECKING:
    from execdesk.store.store import Store

NAMING: tuple[Any, ...] = (KeptFile.sha256, Document.file, Delegation.scan, PaperApproval.scan, Post.appointment, Import.file_sha256, Glyph.sha256)  # fields that hold the name of a kept file
SWEPT = "files.swept"  # the place up to which every file was seen to belong to a row


def files_path(store_file: Path) -> Path:
    """Where the kept files of an embedded store lie."""
    return store_file.with_name(f"{store_file.stem}-files{store_file.suffix}")


def digest_of(data: bytes) -> str:
    """The name of a kept file."""
    return hashlib.sha256(data).hexdigest()


class Files:
    """The kept files of one store, or of a backup; ``made`` where the table is known to be there."""

    def __init__(self, base: Database, *, made: bool = False) -> None:
        self.base = base
        self._made = made

    @property
    def apart(self) -> bool:
        """Whether they lie in a file of their own."""
        return isinstance(self.base, EncryptedDatabase)

    def make(self) -> None:
        """Make the table where there is none.

        Raises:
            Refusal: ``store.unreadable`` if the file is not one of kept files or the key does not open it; ``store.device``.
        """
        base = self.base
        if isinstance(base, EncryptedDatabase) and str(base.database) != ":memory:":
            open_sqlite(Path(str(base.database)), base.key).close()
        make_kept_bytes(base)
        self._made = True

    def _run(self, statement: str, values: Iterable[Any] = ()) -> Any:
        if not self._made and self.apart:
            self.make()
        return self.base.execute_sql(statement.replace("?", self.base.param), tuple(values))

    def put(self, kept: Mapping[str, bytes]) -> None:
        """Keep files by their names, all of them safely or none; one that is here already stays as it is."""
        if not kept:
            return
        self._run(f'SELECT 1 FROM "{TABLE}" LIMIT 1')
        with in_one_transaction(self.base)():
            for digest, data in kept.items():
                self._run(f'INSERT INTO "{TABLE}" ("sha256", "data") VALUES (?, ?) ON CONFLICT DO NOTHING', (digest, data))

    def get(self, digest: str) -> bytes | None:
        """The bytes kept under a name, whatever they are by now."""
        row = self._run(f'SELECT "data" FROM "{TABLE}" WHERE "sha256" = ?', (digest,)).fetchone()
        return None if row is None else bytes(row[0])

    def names(self, after: str = "", count: int = 1_000) -> list[str]:
        """Names in their order, at most ``count`` of those after one."""
        found = self._run(f'SELECT "sha256" FROM "{TABLE}" WHERE "sha256" > ? ORDER BY "sha256" LIMIT {int(count)}', (after,))
        return [name for (name,) in found.fetchall()]

    def all_names(self) -> Iterator[str]:
        """All names in their order."""
        after = ""
        while some := self.names(after):
            yield from some
            after = some[-1]

    def since(self, place: int) -> list[tuple[int, str]]:
        """The files kept after a place, with theirs."""
        found = self._run(f'SELECT "place", "sha256" FROM "{TABLE}" WHERE "place" > ? ORDER BY "place"', (place,))
        return [(int(at), name) for at, name in found.fetchall()]

    def count(self) -> int:
        """How many there are."""
        return int(self._run(f'SELECT COUNT(*) FROM "{TABLE}"').fetchone()[0])

    def drop(self, names: Iterable[str]) -> None:
        """Take files of nobody away."""
        for name in names:
            self._run(f'DELETE FROM "{TABLE}" WHERE "sha256" = ?', (name,))

    def close(self) -> None:
        """Close the connection of this thread, where it is one of its own."""
        self._made = False  # whoever asks again looks at what lies there by then
        if self.apart and not self.base.is_closed():
            self.base.close()


_BESIDE: WeakKeyDictionary[Database, Files] = WeakKeyDictionary()


def files_of(base: Database) -> Files:
    """The kept files of the store with these rows. Nothing is opened yet."""
    if base not in _BESIDE:
        own: Database = base
        if isinstance(base, EncryptedDatabase):
            path = str(base.database)
            own = EncryptedDatabase(path if path == ":memory:" else str(files_path(Path(path))), base.key)
        _BESIDE[base] = Files(own)
    return _BESIDE[base]


def kept_file(digest: str) -> bytes | None:
    """The bytes that the store in context keeps under a name; ``None`` where it has none.

    Raises:
        NoStore: no store is in context.
    """
    base = in_context.get()
    if base is None:
        raise NoStore("a kept file is asked for outside any store")
    return files_of(base).get(digest)


def named(digests: Iterable[str]) -> set[str]:
    """Of some names those that a row of the store in context holds."""
    found: set[str] = set()
    for some in rows.batches(digests):
        for field in NAMING:
            query: Any = field.model.select(field).where(field.in_(some)).tuples()
            found |= {name for (name,) in query}
    return found


def sweep(store: Store) -> int:
    """Take away the files that acts cut off before their end have left since the last sweep; returns how many.

    The write lock is held, so that no act is between its file and its line. On a server both are one transaction: nothing to do.

    Raises:
        Refusal: as :meth:`Store.transaction`.
    """
    files, swept = store.files, int(store.meta(SWEPT) or "0")
    if not files.apart or not files.since(swept):
        return 0
    with store.transaction():
        fresh = files.since(swept)
        known = named(name for _, name in fresh)
        left = [name for _, name in fresh if name not in known]
        files.drop(left)
        store.set_meta(SWEPT, str(max((place for place, name in fresh if name in known), default=swept)))
    return len(left)


def leave_none(store: Store) -> None:
    """Take away what an act that failed has kept; where it cannot go just now, it is tried again after the next act that succeeds."""
    try:
        with database_errors_as_refusals():
            sweep(store)
        store.unswept = False
    except Refusal:
        store.unswept = True
