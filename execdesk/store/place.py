"""Where a store is, and the one way to open it: an encrypted file with its key on this PC, memory, or a server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from peewee import Database

from execdesk.store.clock import Clock
from execdesk.store.database import open_postgres, open_sqlite
from execdesk.store.store import Store


@dataclass(frozen=True)
class Place:
    """``file`` with its 32-byte ``key``, else the server at ``address`` (a libpq connection text); neither means memory, for tests.

    On a server ``key`` is what the slots of the desk open: nothing there is encrypted with it.
    """

    file: Path | None = None
    key: bytes | None = None
    address: str = ""

    def base(self) -> Database:
        """The rows. Raises Refusal ``store.unreadable``, ``store.device`` as :func:`open_sqlite`."""
        return open_postgres(self.address) if self.address else open_sqlite(self.file, self.key)

    def open(self, clock: Clock, *, ruled: bool = True) -> Store:
        """The store there: rows, kept files, and, where it is a file, the mark beside it. Refusals as :meth:`base`; ``ruled`` as :class:`Store`."""
        return Store(self.base(), clock=clock, folder=self.file.parent if self.file else None, ruled=ruled, key=self.key)
