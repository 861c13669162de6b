"""The rows of one case, as terms and what waits read them: from the database, or as some lines told them at a past moment.

A row answers under the names of its record, days as :class:`date`; it is no record, so that a hundred thousand cases are read
without making an object of peewee for each row. What is struck is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from peewee import Database, Field

from execdesk.records.base import DayField, Journaled, JsonField
from execdesk.records.cases import Case
from execdesk.records.tables import BY_NAME, parents_of
from execdesk.store import rows
from execdesk.store.clashes import state_of

Pair = tuple[str, str]


class DossierRow:
    """A row of a table. Names of its record answer; those kept as JSON do not, but for those that somebody said he needs (:func:`keeps`)."""

    __slots__ = ("_days", "id", "values")

    def __init__(self, days: frozenset[str], values: Mapping[str, Any], row: str) -> None:
        self._days, self.values, self.id = days, values, row

    def __getattr__(self, name: str) -> Any:
        try:
            value = self.values[name]
        except KeyError:
            raise AttributeError(name) from None
        return date.fromisoformat(value) if name in self._days and value is not None else value

    def text(self, name: str) -> str | None:
        """A day as it is written."""
        found: str | None = self.values[name]
        return found


@dataclass
class Dossier:
    """One case with its rows by table, each in the order of row ids."""

    case: DossierRow
    tables: Mapping[str, Sequence[DossierRow]] = field(default_factory=dict)

    def of(self, model: type[Journaled]) -> Sequence[DossierRow]:
        """The rows of a table. Raises KeyError for one that nobody said he reads (:func:`reads`)."""
        found = self.tables.get(model.__name__)
        return found if found is not None else _nothing_of(model.__name__)


def _nothing_of(name: str) -> tuple[()]:
    if name not in READ and name not in BESIDE:
        raise KeyError(f"{name}: say so with execdesk.casefile.dossier.reads")
    return ()


READ: dict[str, None] = {}  # the tables of a dossier, each after the one it belongs to
ALWAYS: set[str] = set()  # those of them that every dossier holds
KEPT: dict[str, dict[str, str]] = {}  # by table the fields kept as JSON that rows answer as text, with the state in which; in any where empty


def reads(*models: type[Journaled], always: bool = True) -> None:
    """Say that rows of these tables are looked at; each belongs to a case, itself or through a table said before or here. Not ``always``:
    only a dossier that is asked for them holds them."""
    for model in models:
        if model is not Case and model.__name__ not in READ:
            parent = _parent(model)
            if parent is not Case:
                reads(parent, always=always)
            READ[model.__name__] = None
        if always and model is not Case:
            ALWAYS.add(model.__name__)


def keeps(model: type[Journaled], name: str, state: str = "") -> None:
    """Say that a field kept as JSON is looked at as text: in rows of one state, where that is named; of others the database tells nothing."""
    KEPT.setdefault(model.__name__, {})[name] = state


@dataclass(frozen=True)
class Beside:
    """Rows of a table that is of no case, seen from the cases whose rows name them: a receipt from its claimings.

    ``pick`` says which of some rows a case sees; ``find`` asks the database the same, what is struck among them; ``seen_by`` which cases
    see rows. All three look at fields that no act changes.
    """

    model: type[Journaled]
    through: type[Journaled]
    pick: Callable[[Sequence[DossierRow], Mapping[str, DossierRow]], set[str]]
    find: Callable[[Database, Sequence[str]], dict[str, set[str]]]
    seen_by: Callable[[Database, Sequence[str]], set[str]]


BESIDE: dict[str, Beside] = {}


def sees(beside: Beside) -> None:
    """Say that cases look at rows beside them; ``pick`` is given the rows of ``through`` that belong to the case."""
    reads(beside.through)
    BESIDE[beside.model.__name__] = beside


def watched(table: str) -> bool:
    """Whether rows of a table are looked at."""
    return table == "Case" or table in READ or table in BESIDE


def _parent(model: type[Journaled]) -> type[Journaled]:
    found = parents_of(model)
    if not found:
        raise ValueError(f"{model.__name__} belongs to no case")
    return next((parent for _, parent in found if parent is Case), found[0][1])


@cache
def owner_field(model: type[Journaled]) -> tuple[str, type[Journaled]]:
    """The field of a table that leads to the case, and the table it names."""
    parent = _parent(model)
    return next(name for name, each in parents_of(model) if each is parent), parent


@cache
def _shape(model: type[Journaled]) -> tuple[tuple[str, ...], frozenset[str], str]:
    """The fields of a table that a row answers, the days among them, and their columns."""
    kept = KEPT.get(model.__name__, {})
    fields = [f for f in (model._meta.fields["id"], *model.journal_fields()) if f.name in kept or not isinstance(f, JsonField)]
    days = frozenset(f.name for f in fields if isinstance(f, DayField))
    return tuple(f.name for f in fields), days, ", ".join(_column(f, kept.get(f.name, "")) for f in fields)


def _column(field: Field, state: str) -> str:
    column = f't."{field.column_name}"'
    return f"CASE WHEN t.\"state\" = '{state}' THEN {column} END" if state else column


def arrange(found: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, Dossier]:
    """Dossiers from the rows of tables by id, as the journal writes them; cases that are struck or not there have none."""
    days = _shape(Case)[1]
    made = {case: Dossier(DossierRow(days, values, case), {}) for case, values in found.get("Case", {}).items() if values["struck"] is None}
    of: dict[str, dict[str, str]] = {"Case": {case: case for case in made}}  # the case of each row, by table
    for table in READ:
        given = found.get(table)
        if not given:
            continue
        name, parent = owner_field(BY_NAME[table])
        days, above, mine = _shape(BY_NAME[table])[1], of.get(parent.__name__, {}), of.setdefault(table, {})
        for row in sorted(given):
            values = given[row]
            case = above.get(values[name])
            if case is not None and values["struck"] is None:
                mine[row] = case
                made[case].tables.setdefault(table, []).append(DossierRow(days, values, row))  # type: ignore[attr-defined]
    for table, beside in BESIDE.items():
        days = _shape(beside.model)[1]
        rows_beside = {row: DossierRow(days, values, row) for row, values in found.get(table, {}).items()}
        for dossier in made.values() if rows_beside else ():
            _put_beside(dossier, beside, rows_beside)
    return made


def _put_beside(dossier: Dossier, beside: Beside, found: Mapping[str, DossierRow]) -> None:
    """Give a dossier those of some rows that it sees and that are not struck."""
    through = dossier.of(beside.through)
    if through:
        seen = [found[row] for row in sorted(beside.pick(through, found)) if found[row].struck is None]
        dossier.tables[beside.model.__name__] = seen  # type: ignore[index]


def read_dossiers(base: Database, cases: Iterable[str], tables: Collection[str] | None = None) -> dict[str, Dossier]:
    """The dossiers of some cases as the database has them, one query a table for some hundred cases; with all tables, or with those that are
    always there and those named."""
    made: dict[str, Dossier] = {}
    for some in rows.batches(cases):
        made |= _read(base, some, READ if tables is None else [table for table in READ if table in ALWAYS or table in tables])
    return made


def _read(base: Database, cases: Sequence[str], tables: Iterable[str]) -> dict[str, Dossier]:
    marks = ", ".join([base.param] * len(cases))
    names, days, columns = _shape(Case)
    query = f'SELECT {columns} FROM "{Case._meta.table_name}" t WHERE t."id" IN ({marks}) AND t."struck" IS NULL'
    made = {values[0]: Dossier(DossierRow(days, dict(zip(names, values, strict=True)), values[0]), {}) for values in base.execute_sql(query, cases).fetchall()}
    for table in tables:
        names, days, columns = _shape(BY_NAME[table])
        top, joins, live = _way(table)
        query = (
            f'SELECT {top}, {columns} FROM "{BY_NAME[table]._meta.table_name}" t {joins} WHERE {top} IN ({marks}) AND t."struck" IS NULL{live} '
            'ORDER BY t."id"'
        )
        for case, *values in base.execute_sql(query, cases).fetchall():
            if case in made:
                made[case].tables.setdefault(table, []).append(DossierRow(days, dict(zip(names, values, strict=True)), values[0]))  # type: ignore[attr-defined]
    for beside in BESIDE.values():
        wanting = [case for case, dossier in made.items() if dossier.of(beside.through)]
        if wanting:
            ids = {row for some in beside.find(base, wanting).values() for row in some}
            found = _rows_by_id(base, beside.model, sorted(ids))
            for case in wanting:
                _put_beside(made[case], beside, found)
    return made


def _rows_by_id(base: Database, model: type[Journaled], ids: Sequence[str]) -> dict[str, DossierRow]:
    names, days, columns = _shape(model)
    found: dict[str, DossierRow] = {}
    for some in rows.batches(ids):
        query = f'SELECT {columns} FROM "{model._meta.table_name}" t WHERE t."id" IN ({", ".join([base.param] * len(some))})'
        found.update((values[0], DossierRow(days, dict(zip(names, values, strict=True)), values[0])) for values in base.execute_sql(query, some).fetchall())
    return found


@cache
def _way(table: str) -> tuple[str, str, str]:
    """How rows of a table are tied to their case: its column, the joins between, and that nothing between is struck."""
    model, alias, joins, live = BY_NAME[table], "t", "", ""
    for number in range(len(READ) + 1):
        name, parent = owner_field(model)
        column = f'{alias}."{model._meta.fields[name].column_name}"'
        if parent is Case:
            return column, joins, live
        alias = f"p{number}"
        joins += f' JOIN "{parent._meta.table_name}" {alias} ON {alias}."id" = {column}'
        live += f' AND {alias}."struck" IS NULL'
        model = parent
    raise ValueError(f"{table} belongs to itself")


def cases_of(base: Database, touched: Mapping[str, Iterable[str]]) -> set[str]:
    """The cases that rows belong to as they stand, by table."""
    found = set(touched.get("Case", ()))
    for table in READ:
        top, joins, _ = _way(table)
        for some in rows.batches(touched.get(table, ())):
            marks = ", ".join([base.param] * len(some))
            query = f'SELECT {top} FROM "{BY_NAME[table]._meta.table_name}" t {joins} WHERE t."id" IN ({marks})'
            found |= {case for case, in base.execute_sql(query, some).fetchall()}
    for table, beside in BESIDE.items():
        for some in rows.batches(sorted(touched.get(table, ()))):
            found |= beside.seen_by(base, some)
    return found


def rows_ever(base: Database, cases: Sequence[str]) -> dict[str, set[Pair]]:
    """The rows that belong to cases as they stand, the case itself and what is struck among them; for some hundred cases at a time."""
    found: dict[str, set[Pair]] = {case: {("Case", case)} for case in cases}
    marks = ", ".join([base.param] * len(cases))
    for table in READ:
        top, joins, _ = _way(table)
        query = f'SELECT {top}, t."id" FROM "{BY_NAME[table]._meta.table_name}" t {joins} WHERE {top} IN ({marks})'
        for case, row in base.execute_sql(query, cases).fetchall():
            found[case].add((table, row))
    for table, beside in BESIDE.items():
        for case, ids in beside.find(base, cases).items():
            found[case] |= {(table, row) for row in ids}
    return found


def rows_moved(base: Database) -> dict[str, set[Pair]]:
    """The rows that once belonged to a case and do so no more, or came to it later, with all that belongs to them; by case."""
    found: dict[str, set[Pair]] = {}
    for table in READ:
        model = BY_NAME[table]
        fact = model.fact_of(owner_field(model)[0])
        query = f'SELECT "id" FROM "{model._meta.table_name}" WHERE "writes" LIKE {base.param} ORDER BY "id"'
        for row, in base.execute_sql(query, (f'%"{fact}"%',)).fetchall():
            below, cases = {(table, row), *_below(base, table, row)}, sorted(cases_ever(base, table, row))
            below |= _seen_beside(base, {each for each, _ in below}, cases)
            for case in cases:
                found.setdefault(case, set()).update(below)
    return found


def _seen_beside(base: Database, through: set[str], cases: Sequence[str]) -> set[Pair]:
    """What some cases see beside them through rows of some tables: what one of them saw before a row went to another."""
    seen = ((table, beside.find(base, cases)) for table, beside in BESIDE.items() if beside.through.__name__ in through)
    return {(table, row) for table, by_case in seen for ids in by_case.values() for row in ids}


def _below(base: Database, table: str, row: str) -> Iterator[Pair]:
    for child in READ:
        name, parent = owner_field(BY_NAME[child])
        if parent.__name__ == table:
            column = BY_NAME[child]._meta.fields[name].column_name
            query = f'SELECT "id" FROM "{BY_NAME[child]._meta.table_name}" WHERE "{column}" = {base.param}'
            for under, in base.execute_sql(query, (row,)).fetchall():
                yield child, under
                yield from _below(base, child, under)


def cases_ever(base: Database, table: str, row: str) -> set[str]:
    """The cases that a row belongs to or once belonged to, as its lines say."""
    if table == "Case":
        return {row}
    name, parent = owner_field(BY_NAME[table])
    state = state_of(table, row)
    above = {change.values[name] for entry in state.entries for change in state.changes_of(entry) if change.values.get(name)}
    return {case for each in above for case in cases_ever(base, parent.__name__, each)}
