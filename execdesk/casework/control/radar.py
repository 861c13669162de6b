"""The control measures of a case as the radar shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from execdesk.casefile.boardrows import board_table
from execdesk.casefile.dossier import Dossier, Row
from execdesk.casefile.terms import Running
from execdesk.casework.control.measures import measure_title
from execdesk.casework.control.terms import CONTROL_END
from execdesk.records.board import BoardMeasure
from execdesk.records.cases import Party
from execdesk.records.measures import Measure


def _measures(dossier: Dossier, found: Sequence[Running]) -> Iterator[tuple[Any, ...]]:
    live = {each.row for each in found if each.term is CONTROL_END}
    names = {party.id: party.name for party in dossier.of(Party)} if live else {}
    for row in dossier.of(Measure):
        if row.id in live:
            amount = row.controlled_fen if row.controlled_fen is not None else row.amount_fen
            yield row.id, measure_title(row), row.kind, row.action, amount, names.get(row.party, ""), _words(row)


def _words(row: Row) -> str:
    """How the measure stands while its end has not passed."""
    waits = row.rank > 1 and not row.effective_on
    if row.state == "ordered" and not (waits and row.served_on):
        return "待送达"
    return "轮候" if waits else "控制中"


board_table(BoardMeasure, _measures, Measure, Party)
