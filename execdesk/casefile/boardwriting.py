"""Writing the board: what of a case stands no more ends, what is new begins; the sums follow with both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from peewee import Database

from execdesk.casefile import boardsums
from execdesk.casefile.boardhistory import Versions
from execdesk.casefile.boardrows import TABLES, BoardValues, Make, rows_of
from execdesk.casefile.boardsums import SUMMED, Sums
from execdesk.casefile.dossier import Dossier
from execdesk.casefile.terms import TermRules
from execdesk.records.board import NEVER, BoardRow, BoardVersion
from execdesk.store import rows

ByCase = dict[str, dict[type[BoardRow], list[BoardValues]]]


def write(
    base: Database, rules: TermRules, run: int, dossiers: Mapping[str, Dossier | None], fresh: set[str], summed: str, models: Mapping[type[BoardRow], Make],
) -> None:
    """Write what differs in some tables: versions that stand no more end with this run, new ones begin with it. Cases up to ``summed`` are in
    the sums."""
    wanted: ByCase = {case: rows_of(dossier, rules, models) for case, dossier in dossiers.items()}
    made = [(case, wanted[case]) for case in fresh]
    old = [case for case in dossiers if case not in fresh]
    before: ByCase = {case: {model: [] for model in SUMMED} for case in old}
    for model in models:
        new = [(case, run, NEVER, *values) for case, said in made for values in said[model]]
        for some in rows.batches(old):
            more, stood = replace(base, model, run, some, {case: wanted[case][model] for case in some})
            new += more
            if model in SUMMED:
                for case, values in stood.items():
                    before[case][model] = values
        if new:
            rows.insert(base, insertion(model, base.param), new)
    _follow(base, {case: wanted[case] for case in dossiers if case <= summed}, before)


def renew(base: Database, found: Mapping[str, Versions], summed: str, sum_up: str) -> None:
    """Write all versions of some hundred cases in place of those that are there. Cases up to ``summed`` were in the sums, then those up to
    ``sum_up`` are."""
    cases = list(found)
    before = boardsums.standing_rows(base, [case for case in cases if case <= summed])
    marks = ", ".join([base.param] * len(cases))
    for model in TABLES:
        base.execute_sql(f'DELETE FROM "{model._meta.table_name}" WHERE "case" IN ({marks})', cases)
        rows.insert(base, insertion(model, base.param), [(case, since, until, *values) for case in cases for since, until, values in found[case][model]])
    standing: ByCase = {
        case: {model: [values for _, until, values in made[model] if until == NEVER] for model in SUMMED} for case, made in found.items() if case <= sum_up
    }
    _follow(base, standing, before)


def _follow(base: Database, now: ByCase, before: ByCase) -> None:
    """Let the sums follow from what stood of each case, if anything, to what stands now."""
    sums: Sums = {}
    for case, standing in now.items():
        was = before.get(case)
        if was is None:
            boardsums.add(sums, standing)
        elif any(set(was[model]) != set(standing[model]) for model in SUMMED):
            boardsums.add(sums, was, -1)
            boardsums.add(sums, standing)
    boardsums.write(base, sums)


def replace(
    base: Database, model: type[BoardVersion], run: int, owners: Sequence[str], wanted: Mapping[str, Sequence[BoardValues]],
) -> tuple[list[BoardValues], dict[str, list[BoardValues]]]:
    """End what stands no more of some owners; returns what is to be added, and what stood of each. What began or ended with this very run
    never stood otherwise outside it."""
    marks, mark, owner = ", ".join([base.param] * len(owners)), base.param, model.OWNER
    columns = ", ".join(f'"{name}"' for name in ("id", "since", "until", owner, *model.value_columns()))
    query = f'SELECT {columns} FROM "{model._meta.table_name}" WHERE "{owner}" IN ({marks}) AND "until" >= {mark}'
    missing, stood = {(each, values) for each in owners for values in wanted[each]}, dict[str, list[BoardValues]]()
    gone, ended, again = list[tuple[int]](), list[tuple[int, int]](), list[tuple[int, int]]()
    for row, since, until, each, *read in base.execute_sql(query, (*owners, run)).fetchall():
        values = tuple(read)
        if until == NEVER:
            stood.setdefault(each, []).append(values)
        if (each, values) in missing:
            missing.discard((each, values))
            if until != NEVER:
                again.append((NEVER, row))
        elif until == NEVER and since == run:
            gone.append((row,))
        elif until == NEVER:
            ended.append((run, row))
    table = model._meta.table_name
    if gone:
        rows.many(base, f'DELETE FROM "{table}" WHERE "id" = {mark}', gone)
    if ended or again:
        rows.many(base, f'UPDATE "{table}" SET "until" = {mark} WHERE "id" = {mark}', [*ended, *again])
    return [(each, run, NEVER, *values) for each, values in missing], stood


@cache
def insertion(model: type[BoardVersion], mark: str) -> str:
    """The statement that adds a row: whose it is, since, until, then what it tells."""
    names = (model.OWNER, "since", "until", *model.value_columns())
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{model._meta.table_name}" ({columns}) VALUES ({", ".join([mark] * len(names))})'
