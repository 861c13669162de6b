"""Whether what a line makes of the state of a row is in the table of moves: judged from the lines alone, by what its writer knew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from execdesk.records.journal import Line
from execdesk.records.moves import NEW, RULES, Moves
from execdesk.records.tables import BY_NAME
from execdesk.records.words import TABLES
from execdesk.store.chains import line_rules
from execdesk.store.known import KnownRows
from execdesk.store.line import Entry

_TABLES: dict[str, Moves] = {name: model.MOVES for name, model in BY_NAME.items() if model.MOVES is not None}
_FREE = frozenset({"store.migration"})  # what it may change follows from the rows before, not from a table


class MoveVerifier:
    """Judges lines in their order, by what their writers knew (``known``): :meth:`begin` a run, then for each line :meth:`breach`, and
    :meth:`learn` where it has effect."""

    def __init__(self, known: KnownRows) -> None:
        self._known, self._rules = known, dict[str, int]()

    def begin(self, entries: Sequence[Entry]) -> None:
        """Begin a run of lines: which rule set their chains had come to."""
        first: dict[str, int] = {}
        for entry in entries:
            first[entry.chain] = min(entry.number, first.get(entry.chain, entry.number))
        self._rules = {chain: number for chain, begun in first.items() if (number := line_rules(Line._meta.database, chain, begun - 1))}

    def learn(self, entry: Entry) -> None:
        """Take the rule set of a line with effect."""
        self._rules[entry.chain] = max(self._rules.get(entry.chain, 0), entry.data["rules"])

    def breach(self, entry: Entry) -> str | None:
        """Why a line has no effect, as the end of a sentence."""
        if not self._rules.get(entry.chain, 1) <= entry.data["rules"] <= RULES:
            return "所依规则的编号比本链上一条的小"
        if entry.data["act"] in _FREE:
            return None
        return next(self._faults(entry), None)

    def _faults(self, entry: Entry) -> Iterator[str]:
        act = entry.data["act"]
        for table, row, new, values, over in entry.data["changes"]:
            if table not in _TABLES or not (new or "state" in values):
                continue
            known, to = _TABLES[table], values.get("state")
            start: Any = NEW if new else self._known.row(entry, table, row).get("state")
            settles = not new and " " in over.get(BY_NAME[table].fact_of("state"), "")
            if start is None:
                yield f"改动了没有效力的{TABLES[table]}"
            elif not (settles and to in known.words) and not known.allows(start, str(to), act):
                now = f"由「{known.words.get(start, start)}」" if start else ""
                yield f"使{TABLES[table]}{now}成为「{known.words.get(str(to), to)}」，这件事办不到"
