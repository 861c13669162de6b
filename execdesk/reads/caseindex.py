"""The light index behind the case lists: what sorting, filtering and sums need of every case, and nothing more.

What was made from it is kept for one person until the journal moves on or the day changes. An entry is a plain tuple: the
garbage collector leaves those alone, where a hundred thousand objects of a class would hold up the window at each of its rounds.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.recovered import all_came_in, total_fen
from execdesk.reads.cases import TNR, CaseFacts, controls_of
from execdesk.reads.nearest import closing_terms, notice_terms
from execdesk.records.cases import Assignment, Case

Entry = tuple[Any, ...]
"""A case in the index: the fields of :class:`CaseFacts` in their order, days as ISO text, and last the nearest day."""

(ID, NUMBER, YEAR, SEQUENCE, FILED, CLOSED, CLAIM, RECOVERED, GROUP, TOWN, STATE, MODE, KIND, DUE) = range(14)
KEPT = 64  # lists kept at a time
_COLUMNS = {"recovered_fen": "opening_recovered_fen"}  # what came in since is added to it
_STATES = {"open": "open", "review": "review_office", "closed": "closed", "tnr": "closed"}


class Lists:
    """What was made of the cases for one person at one moment of the journal. Safe to use from several threads."""

    def __init__(self, session: Session, moment: tuple[Any, ...]) -> None:
        self.session, self.moment, self.day = session, moment, session.day
        self._made: dict[tuple[Any, ...], Any] = {}
        self._lock = threading.RLock()

    def kept(self, name: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What was made under that name, made now if need be; two who ask for it at once wait for one."""
        if name in self._made:
            return self._made[name]
        with self._lock:
            if name not in self._made:
                if len(self._made) > KEPT:
                    self._made = {}
                self._made[name] = make()
            return self._made[name]

    def ends(self) -> dict[str, tuple[date, str]]:
        """The nearest end of a live measure per case, with what it is."""
        found: dict[str, tuple[date, str]] = self.kept(("ends",), lambda: controls_of(self.session))
        return found

    def notices(self) -> dict[str, date]:
        """By when the notice of execution is due, in cases that have none."""
        found: dict[str, date] = self.kept(("notices",), lambda: notice_terms(self.session))
        return found

    def index(self, state: str, judge: str) -> list[Entry]:
        """The cases of a state (open, review, closed, tnr, all), of one who works on them where named."""
        found: list[Entry] = self.kept(("index", state, judge), lambda: self._read(state, judge))
        return found

    def _read(self, state: str, judge: str) -> list[Entry]:
        wheres, values = ['"struck" IS NULL'], list[Any]()
        mark = self.session.store.base.param
        if state in _STATES:
            wheres.append(f'"state" = {mark}')
            values.append(_STATES[state])
        if state in ("closed", "tnr"):
            wheres.append(f'"closing_mode" {"=" if state == "tnr" else "<>"} {mark}')
            values.append(TNR)
        if judge:
            wheres.append(f'"id" IN ({_OWN.format(table=Assignment._meta.table_name, mark=mark)})')
            values += [judge, self.day.isoformat(), self.day.isoformat()]
        columns = ", ".join(f'"{_COLUMNS.get(name, name)}"' for name in CaseFacts._fields)
        statement = f'SELECT {columns} FROM "{Case._meta.table_name}" WHERE {" AND ".join(wheres)}'
        return self._dated(self.session.store.base.execute_sql(statement, values).fetchall())

    def _dated(self, rows: Iterable[Entry]) -> list[Entry]:
        """Raw rows with their nearest day, as :func:`execdesk.reads.nearest.nearest` finds it; empty for a case not open."""
        closing = closing_terms(self.session)
        ends = {case: end.isoformat() for case, (end, _) in self.ends().items()}
        notices = {case: due.isoformat() for case, due in self.notices().items()}
        since = all_came_in()
        terms: dict[tuple[str, str], str] = {}
        made = []
        for row in rows:
            due = ""
            if row[ID] in since:
                row = (*row[:RECOVERED], total_fen(row[RECOVERED], since[row[ID]]), *row[RECOVERED + 1:])
            if row[STATE] == "open":
                filed = row[KIND], row[FILED]
                if filed not in terms:
                    end = closing(row[KIND], date.fromisoformat(row[FILED]))
                    terms[filed] = end.isoformat() if end else "9"
                due = min(terms[filed], ends.get(row[ID], "9"), notices.get(row[ID], "9"))
            made.append((*row, "" if due == "9" else due))
        return made


_OWN = (
    'SELECT "case" FROM "{table}" WHERE "person" = {mark} AND "struck" IS NULL AND "starts_on" <= {mark} AND ("ends_on" IS NULL OR "ends_on" >= {mark})'
)

_ONE = threading.Lock()


def lists_of(session: Session) -> Lists:
    """The lists of the person signed in as the journal stands; new ones only after an act or on another day."""
    moment = (str(session.store.heads()), session.day, session.me.id)
    with _ONE:  # list and counts are asked for at once: what one reads, the other waits for
        kept = session.memory.get("case_lists")
        if not isinstance(kept, Lists) or kept.moment != moment:
            kept = session.memory["case_lists"] = Lists(session, moment)
        return kept


def facts_of(entry: Entry) -> CaseFacts:
    """An entry as rows are made from it."""
    filed, closed = entry[FILED], entry[CLOSED]
    return CaseFacts._make((*entry[:FILED], date.fromisoformat(filed), date.fromisoformat(closed) if closed else None, *entry[CLAIM:DUE]))
