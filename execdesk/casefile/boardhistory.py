"""What the board is to say of a case through its whole history, worked out from the lines: to make it anew, and to check it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from peewee import Database

from execdesk.casefile.boardrows import TABLES, BoardValues, rows_of
from execdesk.casefile.dossier import Pair, arrange, read_dossiers, rows_ever
from execdesk.casefile.terms import TermRules
from execdesk.records.board import NEVER, BoardRow
from execdesk.records.journal import Line, Touch
from execdesk.store import rows
from execdesk.store.clashes import Lines
from execdesk.store.line import Entry

Version = tuple[int, int, BoardValues]
"""Since, until, the values."""
Versions = dict[type[BoardRow], list[Version]]
"""By table."""


def versions(base: Database, cases: Sequence[str], rules: TermRules, moved: Mapping[str, set[Pair]]) -> dict[str, Versions]:
    """The versions of some hundred cases at most. ``moved`` names rows that once belonged to a case (:func:`rows_moved`)."""
    if not cases:
        return {}
    known = rows_ever(base, cases)
    for case in cases:
        known[case] |= moved.get(case, set())
    places = places_of(base, {pair for pairs in known.values() for pair in pairs})
    found: dict[str, Versions] = {}
    plain: dict[str, int] = {}
    lines = Lines()
    for case in cases:
        mine = sorted({at for pair in known[case] for at in places.get(pair, ())})
        if case not in moved and len({run for _, run in mine}) == 1:
            plain[case] = mine[0][1]  # made at once and never changed since: the rows say it all
        else:
            found[case] = _versions(case, known[case], mine, lines, rules)
    dossiers = read_dossiers(base, plain)
    for case, run in plain.items():
        found[case] = {model: [(run, NEVER, values) for values in some] for model, some in rows_of(dossiers.get(case), rules).items()}
    return found


def places_of(base: Database, pairs: set[Pair]) -> dict[Pair, list[tuple[int, int]]]:
    """The lines that touched rows, by place and the first place of those written down together."""
    by_table: dict[str, list[str]] = {}
    for table, row in pairs:
        by_table.setdefault(table, []).append(row)
    found: dict[Pair, list[tuple[int, int]]] = {}
    for table, ids in by_table.items():
        for some in rows.batches(sorted(ids)):
            marks = ", ".join([base.param] * len(some))
            query = (
                f'SELECT t."row", l."taken", l."run" FROM "{Touch._meta.table_name}" t JOIN "{Line._meta.table_name}" l ON l."taken" = t."line" '
                f'WHERE t."tbl" = {base.param} AND t."row" IN ({marks})'
            )
            for row, place, run in base.execute_sql(query, (table, *some)).fetchall():
                found.setdefault((table, row), []).append((place, run))
    return found


def _versions(case: str, pairs: set[Pair], places: Sequence[tuple[int, int]], lines: Lines, rules: TermRules) -> Versions:
    """Follow a case from run to run: what begins, what ends."""
    made: Versions = {model: [] for model in TABLES}
    standing: dict[type[BoardRow], dict[BoardValues, int]] = {model: {} for model in TABLES}
    for run, told in course(pairs, places, lines):
        dossier = arrange(_by_table(told)).get(case)
        for model, wanted in rows_of(dossier, rules).items():
            stands, now = standing[model], set(wanted)
            for values in [values for values in stands if values not in now]:
                made[model].append((stands.pop(values), run, values))
            for values in wanted:
                stands.setdefault(values, run)
    for model, stands in standing.items():
        made[model] += [(since, NEVER, values) for values, since in stands.items()]
    return made


def course(pairs: set[Pair], places: Sequence[tuple[int, int]], lines: Lines) -> Iterator[tuple[int, Mapping[Pair, Mapping[str, Any]]]]:
    """What some rows say after each run of lines that touched them. A line that stands before one already here is folded in its place."""
    here: list[Entry] = []
    values: dict[Pair, dict[str, Any]] = {}
    for at, (place, run) in enumerate(places):
        entry = lines.at(place)
        late = bool(here) and entry.order < here[-1].order
        here.append(entry)
        if late:
            here.sort(key=lambda each: each.order)
            values = {}
            for each in here:
                _fold(each, pairs, values)
        else:
            _fold(entry, pairs, values)
        if at + 1 == len(places) or places[at + 1][1] != run:
            yield run, values


def _fold(entry: Entry, pairs: set[Pair], values: dict[Pair, dict[str, Any]]) -> None:
    for pair, changes in entry.by_row.items():
        if pair in pairs:
            for change in changes:
                if change.new or pair in values:
                    values.setdefault(pair, {}).update(change.values)


def _by_table(values: Mapping[Pair, Mapping[str, Any]]) -> dict[str, dict[str, Mapping[str, Any]]]:
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for (table, row), part in values.items():
        found.setdefault(table, {})[row] = part
    return found


def places_after(base: Database, upto: int, count: int, asked: Callable[[str], bool]) -> tuple[dict[str, set[str]], int | None]:
    """The rows of the tables ``asked`` for that the next lines after a place touched, by table, and the place up to which these are all; none
    where no more follow."""
    query = f'SELECT "tbl", "row", "line" FROM "{Touch._meta.table_name}" WHERE "line" > {base.param} ORDER BY "line" LIMIT {int(count) + 1}'
    some = base.execute_sql(query, (upto,)).fetchall()
    place = None
    if len(some) > count:
        first, last = some[0][2], some[-1][2]
        place = last - 1 if last > first else last
        query = f'SELECT "tbl", "row", "line" FROM "{Touch._meta.table_name}" WHERE "line" > {base.param} AND "line" <= {base.param}'
        some = base.execute_sql(query, (upto, place)).fetchall()
    found: dict[str, set[str]] = {}
    for table, row, _ in some:
        if asked(table):
            found.setdefault(table, set()).add(row)
    return found, place
