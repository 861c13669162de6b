"""Strict reading of the law's data files: every mistake is refused with file and line, in a Chinese sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from execdesk.law.refusal import Refusal

T = TypeVar("T")

TYPE_NAMES: dict[type, str] = {
    str: "文字",
    int: "整数",
    bool: "true 或 false",
    date: "日期（如 2017-08-01）",
    list: "列表",
    dict: "表",
}


class LawDataError(Refusal):
    """A mistake in a data file under ``resources/law``; ``file`` and ``line`` say where."""

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(f"法规数据 {file} 第 {line} 行：{what}", code="law.data")
        self.file = file
        self.line = line


@dataclass(frozen=True)
class DataKey:
    """What one key of a table may hold: the types allowed, and whether the key may be missing."""

    types: tuple[type, ...]
    optional: bool = False


def need(*types: type) -> DataKey:
    """A key that must be there."""
    return DataKey(types)


def may(*types: type) -> DataKey:
    """A key that may be missing."""
    return DataKey(types, optional=True)


Schema = Mapping[str, DataKey]


@dataclass(frozen=True)
class DataRow:
    """One ``[[table]]`` of a data file: its keys, and where they stand."""

    file: str
    table: str
    line: int
    data: Mapping[str, Any]
    lines: Mapping[str, int]

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value of ``key``, or ``default`` where the row does not have it."""
        return self.data.get(key, default)

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts as a tuple, empty where the key is missing; anything else in the list is refused."""
        items = self.data.get(key, [])
        for item in items:
            if not isinstance(item, str) or not item:
                raise self.wrong(f"「{key}」应是文字列表，其中 {item!r} 不是文字。", key)
        return tuple(items)

    def wrong(self, what: str, key: str = "") -> LawDataError:
        """The refusal of this row, at the line of ``key`` where it has one."""
        return LawDataError(self.file, self.lines.get(key, self.line), what)


@dataclass(frozen=True)
class DataFile:
    """One TOML file that holds nothing but the lists of tables its schema names."""

    name: str
    text: str
    tables: Mapping[str, tuple[DataRow, ...]]

    def rows(self, table: str) -> tuple[DataRow, ...]:
        """All rows of ``[[table]]`` in the order of the file."""
        return self.tables.get(table, ())


def read_data(path: Path, schemas: Mapping[str, Schema]) -> DataFile:
    """The file at ``path`` checked against ``schemas`` (table name → keys).

    Raises :class:`LawDataError` for a missing or unreadable file, bad TOML (a repeated key among it), an unknown table,
    an unknown, missing or mistyped key.
    """
    text = _text(path)
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LawDataError(path.name, _line_of(error, text), _why(error)) from error
    except RecursionError as error:
        raise LawDataError(path.name, 1, "括号套得太深，不是合格的 TOML。") from error
    tables: dict[str, tuple[DataRow, ...]] = {}
    for table, items in parsed.items():
        if table not in schemas or not isinstance(items, list):
            known = "、".join(f"[[{name}]]" for name in schemas)
            raise LawDataError(path.name, _first_line(text, table), f"不认识「{table}」，这里只能有 {known}。")
        tables[table] = tuple(_checked(row, schemas[table]) for row in _rows(path.name, text, table, items))
    return DataFile(path.name, text, tables)


def read_plain(path: Path, make: Callable[[dict[str, Any]], T]) -> T:
    """What ``make`` makes of a small data file of the program that has no schema.

    Raises:
        Refusal: ``program.data`` where it is missing, is no TOML or lacks what ``make`` looks for.
    """
    try:
        return make(tomllib.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal(f"随程序提供的数据文件「{path.name}」不全或者写错了（{error}）。请从安装包恢复这个文件，再重新打开。", code="program.data") from error


def spans_overlap(first: tuple[date | None, date | None], second: tuple[date | None, date | None]) -> bool:
    """Whether two spans of days (both ends included, ``None`` open) share a day."""
    (a_from, a_to), (b_from, b_to) = first, second
    return (a_from or date.min) <= (b_to or date.max) and (b_from or date.min) <= (a_to or date.max)


def check_order(row: DataRow) -> None:
    """Refuse a row whose ``valid_to`` lies before its ``valid_from``."""
    begins, ends = row.get("valid_from"), row.get("valid_to")
    if begins and ends and ends < begins:
        raise row.wrong(f"有效期颠倒：止日 {ends} 早于起日 {begins}。", "valid_to")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError as error:
        raise LawDataError(path.name, 1, "缺少这个文件，请从安装包恢复。") from error
    except UnicodeDecodeError as error:
        raise LawDataError(path.name, 1, "文件不是 UTF-8 编码，请另存为 UTF-8。") from error


def _why(error: tomllib.TOMLDecodeError) -> str:
    message = str(error)
    if "overwrite" in message or "Duplicate" in message:
        return "同一张表里重复写了一个键，请删去一个。"
    if "date" in message.lower():
        return "日期写错了，应为实有的日期，如 2017-08-01。"
    return "不是合格的 TOML：" + message


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> int:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else text.count("\n") + 1


def _first_line(text: str, table: str) -> int:
    pattern = re.compile(rf"\s*(\[+\s*)?{re.escape(table)}\b")
    return next((number for number, line in enumerate(text.split("\n"), 1) if pattern.match(line)), 1)


def _rows(file: str, text: str, table: str, items: list[Any]) -> Iterator[DataRow]:
    """Tables with their lines; tomllib gives no places, so the nth heading in the text is the nth item."""
    lines = text.split("\n")
    heads = [number for number, line in enumerate(lines, 1) if re.match(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]", line)]
    for item, head in zip(items, heads, strict=True):
        yield DataRow(file, table, head, item, _key_lines(lines, head))


def _key_lines(lines: list[str], head: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number in range(head + 1, len(lines) + 1):
        line = lines[number - 1]
        if re.match(r"\s*\[\[", line):
            break
        key = re.match(r'([A-Za-z0-9_]+|"[^"]+")\s*=', line)
        if key:
            found.setdefault(key[1].strip('"'), number)
    return found


def _checked(row: DataRow, schema: Schema) -> DataRow:
    for key in row.data:
        if key not in schema:
            raise row.wrong(f"不认识的键「{key}」，[[{row.table}]] 只能有：{'、'.join(schema)}。", key)
    for key, field in schema.items():
        if key not in row.data:
            if not field.optional:
                raise row.wrong(f"缺少「{key}」。")
        elif not _fits(row.data[key], field.types):
            kinds = "或".join(TYPE_NAMES[kind] for kind in field.types)
            raise row.wrong(f"「{key}」的值应是{kinds}，写的是 {row.data[key]!r}。", key)
        elif row.data[key] == "":
            raise row.wrong(f"「{key}」是空的，请填写或删去。", key)
    return row


def _fits(value: Any, types: tuple[type, ...]) -> bool:
    if isinstance(value, bool):
        return bool in types
    if isinstance(value, datetime):
        return False
    return isinstance(value, types)
