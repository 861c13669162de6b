"""The mark beside the store: the head of the own chain as of the last act, so that a shortened or replaced file is noticed.

The file holds two records of fixed width, written in turn and in place: quick enough for every act, and whenever the process ends
at least one of them is whole. A reader believes the greater.
"""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from execdesk.records.base import canonical
from execdesk.store.permissions import new_file_mode

HEADS_FILE = "heads.json"
_WIDTH = 192


class Mark:
    """Writes and reads ``heads.json`` in a store's folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / HEADS_FILE
        self._lock = threading.Lock()
        self._handle: int | None = None
        self._turn = 0

    def write(self, chain: str, number: int, hash_: str) -> None:
        """Mark a head. Best effort: the file only ever raises an alarm, and a full disk must not undo an act that is safe."""
        record = canonical({"chain": chain, "number": number, "hash": hash_}).encode().ljust(_WIDTH - 1) + b"\n"
        with self._lock, suppress(OSError):
            if self._handle is None:
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
                with suppress(OSError):  # of another account of the group: it was set when it was made
                    self._path.chmod(new_file_mode(self._path.parent))
                self._turn = 1 if self._slots()[:1] == [self.read()] else 0
            os.lseek(self._handle, self._turn * _WIDTH, os.SEEK_SET)
            os.write(self._handle, record)
            self._turn = 1 - self._turn

    def read(self) -> dict[str, Any] | None:
        """The greatest head marked, or ``None`` if there is no mark that can be read."""
        slots = [slot for slot in self._slots() if slot is not None]
        return max(slots, key=lambda m: (int(m["chain"].rsplit(".", 1)[1]), m["number"]), default=None)

    def _slots(self) -> list[dict[str, Any] | None]:
        try:
            return [_parsed(line) for line in self._path.read_bytes().splitlines()]
        except OSError:
            return []

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._handle is not None:
                os.close(self._handle)
                self._handle = None


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
        whole = isinstance(found["number"], int) and isinstance(found["hash"], str) and found["chain"].rsplit(".", 1)[1].isdigit()
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return None
    return found if whole else None
