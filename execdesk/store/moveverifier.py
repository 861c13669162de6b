"""Whether what a line makes of the state of a row is in the table of moves: judged from the lines alone, by what its writer knew.

Lines are judged in runs. What was told of the rows concerned is read from the lines here, so that a judge keeps nothing between runs
and may begin anywhere along them.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Any, NamedTuple

from execdesk.records.journal import IN_BREACH, Line, Touch
from execdesk.records.moves import NEW, RULES, Moves
from execdesk.records.tables import BY_NAME
from execdesk.records.words import TABLES
from execdesk.store import rows
from execdesk.store.chains import entry_of
from execdesk.store.line import Entry

Key = tuple[str, str]
_TABLES: dict[str, Moves] = {name: model.MOVES for name, model in BY_NAME.items() if model.MOVES is not None}
_FREE = frozenset({"store.migration"})  # what it may change follows from the rows before, not from a table


class _Told(NamedTuple):
    """A state that a line gave a row."""

    order: tuple[int, str, int, int]
    chain: str
    number: int
    state: str | None


_NOTHING = _Told((0, "", 0, 0), "", 0, None)


class MoveVerifier:
    """Judges lines in their order: :meth:`begin` a run, then for each line :meth:`breach`, and :meth:`learn` where it has effect."""

    def __init__(self) -> None:
        self.void: Container[str] = ()  # lines that were found to be without effect, though they are not marked so here
        self._told: dict[Key, list[_Told]] = {}
        self._rules: dict[str, int] = {}

    def begin(self, entries: Sequence[Entry]) -> None:
        """Read what the lines here tell of the rows whose state some lines change."""
        wanted: dict[str, set[str]] = {}
        for entry in entries:
            for table, row, new, values, _ in entry.data["changes"]:
                if not new and table in _TABLES and "state" in values:
                    wanted.setdefault(table, set()).add(row)
        self._told = {(table, row): [] for table, found in wanted.items() for row in found}
        self._rules = {chain: number for chain in {e.chain for e in entries} if (number := _rules_before(chain, entries))}
        self._read(wanted)

    def _read(self, wanted: dict[str, set[str]]) -> None:
        void = Touch.select(Touch.line).where(Touch.table == IN_BREACH[0], Touch.row == IN_BREACH[1])
        for table, found in wanted.items():
            for some in rows.batches(sorted(found)):
                places = Touch.select(Touch.line).where(Touch.table == table, Touch.row.in_(some))
                for line in Line.select().where(Line.taken.in_(places), Line.taken.not_in(void)):
                    self.learn(entry_of(line))

    def learn(self, entry: Entry) -> None:
        """Take what a line with effect makes of the rows of this run."""
        self._rules[entry.chain] = max(self._rules.get(entry.chain, 0), entry.data["rules"])
        if not self._told:
            return
        for table, row, _, values, _ in entry.data["changes"]:
            if "state" in values and (told := self._told.get((table, row))) is not None:
                told.append(_Told(entry.order, entry.chain, entry.number, values["state"]))

    def breach(self, entry: Entry) -> str | None:
        """Why a line has no effect, as the end of a sentence."""
        if not self._rules_before(entry) <= entry.data["rules"] <= RULES:
            return "所依规则的编号比本链上一条的小"
        if entry.data["act"] in _FREE:
            return None
        return next(self._faults(entry), None)

    def _rules_before(self, entry: Entry) -> int:
        return self._rules.get(entry.chain, 1)

    def _faults(self, entry: Entry) -> Iterator[str]:
        act = entry.data["act"]
        for table, row, new, values, over in entry.data["changes"]:
            if table not in _TABLES or not (new or "state" in values):
                continue
            known, to = _TABLES[table], values.get("state")
            start: Any = NEW if new else self._known(entry, table, row)
            settles = not new and " " in over.get(BY_NAME[table].fact_of("state"), "")
            if start is None:
                yield f"改动了没有效力的{TABLES[table]}"
            elif not (settles and to in known.words) and not known.allows(start, str(to), act):
                now = f"由「{known.words.get(start, start)}」" if start else ""
                yield f"使{TABLES[table]}{now}成为「{known.words.get(str(to), to)}」，这件事办不到"

    def _known(self, entry: Entry, table: str, row: str) -> str | None:
        """The state of a row as the writer of a line knew it."""
        seen, own, number = entry.seen, entry.chain, entry.number
        known = [told for told in self._told.get((table, row), ()) if (told.number < number if told.chain == own else seen.get(told.chain, 0) >= told.number)]
        return max((told for told in known if f"{told.chain}:{told.number}" not in self.void), default=_NOTHING).state


def _rules_before(chain: str, entries: Sequence[Entry]) -> int:
    """The rule set of the line before a run of lines of a chain; 0 where there is none here."""
    first = min(entry.number for entry in entries if entry.chain == chain)
    site, incarnation = chain.rsplit(".", 1)
    line = Line.get_or_none(Line.site == site, Line.incarnation == int(incarnation), Line.number == first - 1)
    return int(entry_of(line).data["rules"]) if line is not None else 0
