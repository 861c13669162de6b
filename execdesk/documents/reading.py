"""Strict reading of data files: every key is asked for by name, and what nobody asked for is a mistake."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from execdesk.law.refusal import Refusal


class BadData(Refusal):
    """A mistake in data, with the ``place`` where it stands and what is ``wrong`` as the end of a sentence."""

    def __init__(self, place: str, wrong: str) -> None:
        super().__init__(f"文书数据有误（{place}）：{wrong}。请改正该文件后重新打开。", code="document.data")
        self.place, self.wrong = place, wrong


def bad_data(place: str, text: str) -> BadData:
    """The refusal for a mistake in a data file, naming file and place."""
    return BadData(place, text)


def read_file(path: Path) -> DataTable:
    """The whole file as a node; refuses what is not TOML, with the line."""
    try:
        text = path.read_text("utf-8")
        return DataTable(path.name, tomllib.loads(text), lines=_lines(text))
    except FileNotFoundError:
        raise bad_data(path.name, "文件不存在") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise bad_data(path.name, f"不是合格的 TOML：{error}") from None


Steps = tuple["str | int", ...]


class DataTable:
    """One table of a data file. Values are taken by name and type; :meth:`close` refuses keys that were not taken.

    ``lines`` tells in which line of the file a table or key stands, by its path.
    """

    def __init__(self, place: str, data: dict[str, Any], path: Steps = (), lines: Mapping[Steps, int] | None = None) -> None:
        self.place = place
        self._data = data
        self._path = path
        self._lines = lines or {}
        self._taken: set[str] = set()

    @property
    def said(self) -> Mapping[str, Any]:
        """All that the table says, as it stands."""
        return self._data

    def names(self) -> tuple[str, ...]:
        """Names in the table, in file order."""
        return tuple(self._data)

    def place_of(self, key: str = "") -> str:
        """This place, or that of one of its keys, with its line where it is known."""
        steps = (*self._path, key)
        line = next((self._lines[steps[:end]] for end in range(len(steps), 0, -1) if steps[:end] in self._lines), 0)
        return f"{self.place}，第 {line} 行" if line else self.place

    def fail(self, text: str, key: str = "") -> Refusal:
        """A refusal at this place, or at one of its keys."""
        return bad_data(self.place_of(key), text)

    def text(self, key: str, default: str | None = None, *, padded: bool = False) -> str:
        """A string; refuses a missing one without ``default``, and blanks around it unless ``padded``."""
        value = self._take(key, default, str)
        assert isinstance(value, str)
        if value != value.strip() and not padded:
            raise self.fail(f"「{key}」前后有空白", key)
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        return bool(self._take(key, default, bool))

    def integer(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self._take(key, default, int)
        if isinstance(value, bool):
            raise self.fail(f"「{key}」应为整数", key)
        return int(value)

    def number(self, key: str, default: float) -> float:
        """A number."""
        return float(self._take(key, default, (int, float)))

    def day(self, key: str) -> date | None:
        """A day, ``None`` if absent: no limit on this side."""
        value = self._take(key, ..., date)
        if value is ...:
            return None
        if isinstance(value, datetime):
            raise self.fail(f"「{key}」应为日期，不带时刻", key)
        assert isinstance(value, date)
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of strings, empty if absent."""
        value = self._take(key, [], list)
        if not all(isinstance(entry, str) for entry in value):
            raise self.fail(f"「{key}」应为文字列表", key)
        if len(set(value)) != len(value):
            raise self.fail(f"「{key}」有重复的项", key)
        return tuple(value)

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers, empty if absent."""
        value = self._take(key, [], list)
        if not all(isinstance(entry, (int, float)) for entry in value):
            raise self.fail(f"「{key}」应为数字列表", key)
        return tuple(float(entry) for entry in value)

    def table(self, key: str) -> DataTable:
        """A table, empty if absent."""
        return self._child(f"{self.place} › {key}", self._take(key, {}, dict), key)

    def tables(self, key: str) -> tuple[DataTable, ...]:
        """A list of tables, empty if absent."""
        value = self._take(key, [], list)
        if not all(isinstance(entry, dict) for entry in value):
            raise self.fail(f"「{key}」应为表的列表", key)
        return tuple(self._child(f"{self.place} › {key} {n}", entry, key, n) for n, entry in enumerate(value, 1))

    def entries(self, key: str) -> tuple[str | DataTable, ...]:
        """A list whose entries are strings or tables."""
        value = self._take(key, [], list)
        if not all(isinstance(entry, (str, dict)) for entry in value):
            raise self.fail(f"「{key}」应为文字或表的列表", key)
        return tuple(
            entry if isinstance(entry, str) else self._child(f"{self.place} › {key} {n}", entry, key, n)
            for n, entry in enumerate(value, 1)
        )

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """A string out of ``allowed``."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.fail(f"「{key}」写作「{value}」，只能是：{'、'.join(allowed)}", key)
        return value

    def over(self, base: DataTable) -> DataTable:
        """This table with the keys of ``base`` where it has none of its own; refuses one that only says what ``base`` says."""
        if again := [key for key, value in self._data.items() if key in base._data and base._data[key] == value]:
            raise self.fail(f"「{again[0]}」与 default 所写相同，不再写", again[0])
        lines = dict(self._lines)
        if base._file == self._file:
            lines |= {(*self._path, *steps): line for steps, line in base._own_lines.items() if steps[0] not in self._data}
        return DataTable(self.place, {**base._data, **self._data}, self._path, lines)

    def without(self, key: str) -> DataTable:
        """This table but for one of its keys."""
        return DataTable(self.place, {name: value for name, value in self._data.items() if name != key}, self._path, self._lines)

    @property
    def _file(self) -> str:
        return self.place.partition(" › ")[0]

    @cached_property
    def _own_lines(self) -> Mapping[Steps, int]:
        depth = len(self._path)
        return {steps[depth:]: line for steps, line in self._lines.items() if len(steps) > depth and steps[:depth] == self._path}

    def close(self) -> None:
        """Refuse keys that nobody asked for."""
        if unknown := [key for key in self._data if key not in self._taken]:
            raise self.fail(f"不认识的项「{'」「'.join(unknown)}」", unknown[0])

    def _child(self, place: str, data: dict[str, Any], *step: str | int) -> DataTable:
        return DataTable(place, data, (*self._path, *step), self._lines)

    def _take(self, key: str, default: Any, kind: type | tuple[type, ...]) -> Any:
        self._taken.add(key)
        if key not in self._data:
            if default is None:
                raise self.fail(f"缺少「{key}」")
            return default
        value = self._data[key]
        if not isinstance(value, kind):
            raise self.fail(f"「{key}」的写法不对", key)
        return value


def _lines(text: str) -> dict[Steps, int]:
    """In which line each table and each of its keys begins; tomllib gives no places, so headings are counted as they come."""
    found: dict[Steps, int] = {}
    counts: dict[Steps, int] = {}
    at: Steps = ()
    for number, line in enumerate(text.split("\n"), 1):
        if head := re.match(r"\s*(\[\[?)\s*([\w.]+)\s*\]", line):
            at = ()
            *outer, last = head[2].split(".")
            for name in outer:
                at = (*at, name, counts[(*at, name)]) if (*at, name) in counts else (*at, name)
            at = (*at, last)
            if head[1] == "[[":
                counts[at] = counts.get(at, 0) + 1
                at = (*at, counts[at])
            found[at] = number
        elif key := re.match(r"([A-Za-z0-9_]+)\s*=", line):
            found.setdefault((*at, key[1]), number)
    return found
