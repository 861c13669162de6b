"""What an upgrade makes of journaled rows: by the name of its migration, a pure function of each row before.

The line of an upgrade is judged by the same function on every desk, for ever, so that the key which signs it decides nothing. A
migration that changes rows counts up :data:`execdesk.records.moves.RULES`, so that an older program waits with its lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from execdesk.records.tables import BY_NAME
from execdesk.records.words import TABLES
from execdesk.store.act import Act
from execdesk.store.known import KnownRows, Values
from execdesk.store.line import Entry

MIGRATION = "store.migration"
_BETWEEN = "、"


@dataclass(frozen=True)
class Converter:
    """``of`` answers, for a row (table, id, values as lines write them) of one of ``tables``, the fields that get another value.

    It must come to rest: of a row that it has converted it answers nothing, so that no line can do it twice.
    """

    tables: tuple[str, ...]
    of: Callable[[str, str, Values], Values]


CONVERTERS: dict[str, Converter] = {}  # by the name of the migration (the stem of its file); most change tables only, and have none


def told_as(names: Iterable[str]) -> str:
    """How a line names the migrations it notes."""
    return _BETWEEN.join(names)


def convert(act: Act, names: Iterable[str]) -> None:
    """Write what some migrations make of all rows here into the act that notes them.

    Raises:
        ValueError: a function does not come to rest.
    """
    names = tuple(names)
    for table in dict.fromkeys(table for name in names if name in CONVERTERS for table in CONVERTERS[name].tables):
        model: Any = BY_NAME[table]
        for row in list(model.select()):
            before = row.journal_values()
            found = _converted(names, table, row.id, before)
            if _converted(names, table, row.id, {**before, **found}):
                raise ValueError(f"{told_as(names)} does not come to rest on {table} {row.id}")
            if found:
                act.change(row, **{field: model._meta.fields[field].python_value(value) for field, value in found.items()})


def conversion_fault(entry: Entry, known: KnownRows) -> str | None:
    """Why the line of an upgrade has no effect: what it writes is not what its migrations make of the rows its writer knew."""
    names = str(entry.data["reason"]).split(_BETWEEN)
    for change in entry.changes:
        before = {} if change.new else known.row(entry, change.table, change.row)
        if not before:
            return f"升级只能换算原有的记录，不能登记{TABLES[change.table]}"
        found = _converted(names, change.table, change.row, before)
        written = {field: value for field, value in change.values.items() if before.get(field) != value}
        if written != found or _converted(names, change.table, change.row, {**before, **found}):
            return f"写下的{TABLES[change.table]}不是升级由原有内容换算出来的"
    return None


def _converted(names: Iterable[str], table: str, row: str, before: Values) -> Values:
    """The fields that get another value by some migrations, one after the other."""
    after = dict(before)
    for name in names:
        converter = CONVERTERS.get(name)
        if converter is not None and table in converter.tables:
            after.update(converter.of(table, row, dict(after)))
    return {field: value for field, value in after.items() if before.get(field) != value}
