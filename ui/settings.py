"""What a window remembers on this PC: sizes, widths, filters. A JSON file in the data folder, nothing of any case."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray


class Settings:
    """Named values kept in ``file``; a damaged or missing file counts as empty and is written anew.

    ``put`` keeps the value in memory; ``save`` writes whole or not at all and forgives a full or closed disk, since
    losing a column width must never stop anyone's work.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._kept, self._whose = _Kept(file), ""

    def keep_in(self, file: Path) -> None:
        """Keep the values in ``file`` from now on, where they were kept in none: the folder has a store now."""
        self._kept.keep_in(file)

    def of(self, person: str) -> Settings:
        """What one person leaves behind (views, orders, widths), in the same file: the next one does not meet it."""
        own = Settings()
        own._kept, own._whose = self._kept, f"{person}/"
        return own

    def get(self, name: str, default: Any = None) -> Any:
        """The value kept under ``name``; ``default`` where there is none or its type differs from the default's."""
        value = self._kept.values.get(self._whose + name, default)
        if default is not None and not isinstance(value, type(default)):
            return default
        return value

    def put(self, name: str, value: Any) -> None:
        """Keep a JSON value under ``name``."""
        if self.get(name) != value:
            self._kept.values[self._whose + name] = value
            self._kept.dirty = True

    def bytes(self, name: str) -> QByteArray:
        """A window's geometry kept by :meth:`put_bytes`; empty where there is none."""
        try:
            return QByteArray(base64.b64decode(self.get(name, ""), validate=True))
        except ValueError:
            return QByteArray()

    def put_bytes(self, name: str, value: QByteArray) -> None:
        """Keep a window's geometry."""
        self.put(name, base64.b64encode(value.data()).decode("ascii"))

    def save(self) -> None:
        """Write the file if anything changed, what others keep in it as well."""
        self._kept.save()


class _Kept:
    """The file and all values in it, shared by the settings of the window and those of its people."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self.values: dict[str, Any] = {}
        self.dirty = False
        if file is not None and file.exists():
            try:
                found = json.loads(file.read_text("utf-8"))
            except (OSError, ValueError, RecursionError):
                found = {}
            self.values = found if isinstance(found, dict) else {}

    def keep_in(self, file: Path) -> None:
        """From now on in this file, if in none before."""
        if self._file is None:
            self._file = file

    def save(self) -> None:
        """Write whole or not at all."""
        if self._file is None or not self.dirty:
            return
        fresh = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(self.values, ensure_ascii=False, indent=1), "utf-8")
            fresh.replace(self._file)
        except OSError:
            return
        self.dirty = False
