"""The control measures of a case as the radar shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peewee import Database

from execdesk.casefile.boardrows import board_table
from execdesk.casefile.dossier import Beside, Dossier, DossierRow, sees
from execdesk.casefile.terms import Running, TermRules
from execdesk.casework.control.facts import holdings_in
from execdesk.casework.control.terms import CONTROL_END
from execdesk.casework.control.views import measure_title
from execdesk.records.board import BoardMeasure
from execdesk.records.cases import Party
from execdesk.records.measures import MEASURE_MOVES, Measure, MeasureRelease, MeasureState
from execdesk.records.property import Property


def _measures(dossier: Dossier, found: Sequence[Running], _rules: TermRules) -> Iterator[tuple[Any, ...]]:
    live = {each.row for each in found if each.term is CONTROL_END}
    if not live:
        return
    names = {party.id: party.name for party in dossier.of(Party)}
    kinds, held = {thing.id: thing.kind for thing in dossier.of(Property)}, holdings_in(dossier)
    for row in dossier.of(Measure):
        if row.id in live:
            yield row.id, measure_title(row), kinds.get(row.property, ""), row.kind, held.controlled_fen(row), names.get(row.party, ""), _words(row)


def _words(row: DossierRow) -> str:
    """How the measure stands while its end has not passed."""
    waits = row.rank > 1 and not row.effective_on
    if row.state == MeasureState.ORDERED and not (waits and row.served_on):
        return "待送达"
    return "轮候" if waits else MEASURE_MOVES.words[MeasureState.LIVE]


def _pick(measures: Sequence[DossierRow], found: Mapping[str, DossierRow]) -> set[str]:
    return {row.property for row in measures} & found.keys()


_MEASURE = f'"{Measure._meta.table_name}"'


def _find(base: Database, cases: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {case: set() for case in cases}
    query = f'SELECT "case", "property" FROM {_MEASURE} WHERE "case" IN ({", ".join([base.param] * len(cases))})'
    for case, thing in base.execute_sql(query, cases).fetchall():
        found[case].add(thing)
    return found


def _seen_by(base: Database, things: Sequence[str]) -> set[str]:
    query = f'SELECT DISTINCT "case" FROM {_MEASURE} WHERE "property" IN ({", ".join([base.param] * len(things))})'
    return {case for case, in base.execute_sql(query, things).fetchall()}


sees(Beside(Property, Measure, _pick, _find, _seen_by))
board_table(BoardMeasure, _measures, Measure, MeasureRelease, Party, of=Measure)
