"""Whether the writer of a line may write the rows it changes: judged by the declarations beside the tables, from the lines alone.

One grant of the table must let the act write these fields, at the hands of this person, under what it says must hold. A line is one
act: where one row is not his to write, nothing of the line has effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol

from execdesk.law.authority import AuthorityTable
from execdesk.law.permission import PostFact
from execdesk.records.moves import CONDITIONS, CONDITIONS_BY_LINES, Moves
from execdesk.records.owners import ANYONE, IN_CHARGE, LIMITS, ROLES_OF_LINES, Grant, TableOwners
from execdesk.records.tables import BY_NAME, parents_of
from execdesk.records.words import FIELDS, TABLES
from execdesk.store.clock import COURT_TIME
from execdesk.store.known import KnownRows, Values
from execdesk.store.line import Change, Entry, once

_OWNERS: Mapping[str, TableOwners] = {name: model.OWNERS for name, model in BY_NAME.items()}
_MOVES: Mapping[str, Moves] = {name: model.MOVES for name, model in BY_NAME.items() if model.MOVES is not None}


class Duties(Protocol):
    """What the judge of lines knows of people, and the ``table`` of levels."""

    table: AuthorityTable

    def duties(self, entry: Entry, person: str) -> frozenset[str]:
        """What the posts of a person carry that are in effect on the line's day, as its writer knew them."""

    def posts(self, entry: Entry, person: str) -> Sequence[Values]:
        """All posts ever entered for a person, as the writer of a line knew them."""

    def facts(self, entry: Entry, person: str) -> tuple[PostFact, ...]:
        """The same by the day on which they begin, as the rules of permission ask them."""

    def letters(self, entry: Entry, person: str) -> Iterator[Values]:
        """All letters of a person."""

    def holders(self, entry: Entry, duty: str) -> Iterator[Values]:
        """The posts in effect on the line's day that carry a duty."""


class Writing:
    """One row as one line writes it: what roles and limits are asked about. ``held`` is what the posts of its writer carry."""

    def __init__(self, entry: Entry, change: Change, known: KnownRows, people: Duties, held: frozenset[str]) -> None:
        self.entry, self.change, self.known, self.people, self.held = entry, change, known, people, held
        self.table, self.row, _, _, self.new = change
        self.me: str = entry.data["person"]  # who wrote the line

    @property
    def act(self) -> str:
        return str(self.entry.data["act"])

    @once
    def day(self) -> date:
        """The line's day at the court."""
        return day_of(self.entry.data["at"])

    @once
    def before(self) -> Values:
        """The row as the writer knew it; nothing where it is new, or where no line with effect made it."""
        return {} if self.new else self.known.row(self.entry, self.table, self.row)

    @property
    def after(self) -> Values:
        return self.change.values if self.new else {**self.before, **self.change.values}

    @once
    def changed(self) -> set[str]:
        """The fields that get another value."""
        return {name for name, value in self.change.values.items() if self.before.get(name) != value}

    def may(self, *duties: str) -> bool:
        """Whether a post of the person carries one of the duties."""
        return not self.held.isdisjoint(duties)

    def value(self, table: str, row: str | None) -> Values:
        """Another row: as this line makes it, else as its writer knew it."""
        if not row:
            return {}
        here = self.entry.by_row.get((table, row), ())
        if here and here[0].new:
            return here[0].values
        return self.known.row(self.entry, table, row)

    @once
    def case(self) -> str:
        """The case the row belongs to; empty where it is of none."""
        return self.case_of(self.table, self.row, self.after)

    def case_of(self, table: str, row: str, values: Values) -> str:
        if table == "Case":
            return row
        if values.get("case"):
            return str(values["case"])
        for name, parent in parents_of(BY_NAME[table]):
            if values.get(name) and (found := self.case_of(parent.__name__, values[name], self.value(parent.__name__, values[name]))):
                return found
        return ""


class OwnerVerifier:
    """Judges lines in their order by what their writers knew (``known``, which is begun for each run of lines) and what posts carry."""

    def __init__(self, known: KnownRows, people: Duties) -> None:
        self._known, self._people = known, people

    def breach(self, entry: Entry) -> str | None:
        """Why a line has no effect, as the end of a sentence."""
        person = entry.data["person"]
        if not person:
            return None
        try:
            held = self._people.duties(entry, person)
            for change in entry.changes:
                if (fault := self._judge(entry, change, held)) is not None:
                    return fault
            return None
        except (TypeError, ValueError, KeyError, AttributeError):
            return "写下的内容残缺不全，读不出是谁的什么"

    def _judge(self, entry: Entry, change: Change, held: frozenset[str]) -> str | None:
        act, table = entry.data["act"], change.table
        grants = _granted(table, act, change.new)
        if not grants:
            return f"经这件事不能{'登记' if change.new else '改动'}{TABLES[table]}"
        writing = Writing(entry, change, self._known, self._people, held)
        if not change.new:
            if not writing.before:
                return f"改动了没有效力的{TABLES[table]}"
            moves = _MOVES.get(table)
            if moves is not None and "state" not in writing.changed and not moves.leaves(writing.before["state"], act):
                return f"改动了{moves.words.get(writing.before['state'], '')}的{TABLES[table]}，这件事办不到"
            if moves is not None and "state" in writing.changed and (unmet := _unmet(moves, writing)):
                return f"使{TABLES[table]}成为「{moves.words[writing.after['state']]}」，须：{unmet}"
        fault = None
        for grant in grants:
            found = _fault(grant, writing)
            if found is None:
                return None
            fault = fault or found
        return fault


def _unmet(moves: Moves, writing: Writing) -> str:
    """What should hold beside the state, where none of it does; empty where one does, or nobody judges it by lines. What settles a clash
    chooses among moves made already."""
    needed = moves.conditions(writing.before["state"], writing.after["state"], writing.act)
    if not needed or " " in writing.change.over.get(BY_NAME[writing.table].fact_of("state"), "") or not CONDITIONS_BY_LINES.keys() >= set(needed):
        return ""
    return "" if any(CONDITIONS_BY_LINES[name](writing) for name in needed) else "或者".join(CONDITIONS[name].words if name in CONDITIONS else name for name in needed)


@lru_cache(maxsize=4096)
def _granted(table: str, act: str, new: bool) -> tuple[Grant, ...]:
    return _OWNERS[table].to(act, new)


def _fault(grant: Grant, writing: Writing) -> str | None:
    return _values_fault(grant, writing) or _hands_fault(grant, writing)


def _values_fault(grant: Grant, writing: Writing) -> str | None:
    values = writing.change.values
    if grant.fields is not None and not values.keys() <= grant.fields and (wrong := sorted(writing.changed - grant.fields)):
        return f"改动了{TABLES[writing.table]}的{FIELDS[wrong[0]]}"
    for name in grant.own:
        value = values.get(name)
        if value not in (None, "", writing.me) or (writing.new and not value):
            return f"以他人名义写下了{TABLES[writing.table]}"
    for name in grant.blank:
        if values.get(name) not in (None, "", "[]", "{}"):
            return f"登记了不是新立的{TABLES[writing.table]}"
    for name in grant.at:
        if values.get(name) not in (None, writing.entry.data["at"]):
            return f"倒填了{TABLES[writing.table]}的时间"
    for name in grant.day:
        if values.get(name) not in (None, writing.day.isoformat()):
            return f"倒填了{TABLES[writing.table]}的日期"
    if grant.only and any(writing.after.get(name) not in allowed for name, allowed in grant.only.items()):
        return f"写下了这件事不能写的{TABLES[writing.table]}"
    return None


def _hands_fault(grant: Grant, writing: Writing) -> str | None:
    if not _in_hands(grant, writing):
        return f"写下了无权写的{TABLES[writing.table]}"
    charge = grant.charge
    if charge is not None and not writing.may(charge.everywhere) and not LIMITS[IN_CHARGE].holds(writing):
        return f"写{TABLES[writing.table]}须{LIMITS[IN_CHARGE].words}"
    for name in grant.when:
        if not LIMITS[name].holds(writing):
            return f"写{TABLES[writing.table]}须{LIMITS[name].words}"
    return None


def _in_hands(grant: Grant, writing: Writing) -> bool:
    if not writing.held.isdisjoint(grant.by):
        return True
    return any(name == ANYONE or (name in ROLES_OF_LINES and ROLES_OF_LINES[name].holds(writing)) for name in grant.by)


@lru_cache(maxsize=4096)
def day_of(at: str) -> date:
    """The day at the court of a moment as a line writes it."""
    return datetime.fromisoformat(at).astimezone(COURT_TIME).date()


def made_and_wanted(entries: Sequence[Entry]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The rows that some lines make; and those that must be known to judge them: which they change, and which what they make belongs to."""
    made, wanted = set[tuple[str, str]](), set[tuple[str, str]]()
    for entry in entries:
        act = entry.data["act"]
        for table, row, new, values, _ in entry.data["changes"]:
            (made if new else wanted).add((table, row))
            for name, parent in _asked_further(table, act) if new else ():
                value = values.get(name)
                if value and type(value) is str:  # what is no text is judged by its shape
                    wanted.add((parent, value))
    return made, wanted


@lru_cache(maxsize=1024)
def _asked_further(table: str, act: str) -> tuple[tuple[str, str], ...]:
    """By which fields a row that an act makes leads to rows that its grants ask about, and of which tables these are."""
    grants = _OWNERS[table].to(act, True)
    asks = any(grant.when or grant.charge or not ROLES_OF_LINES.keys().isdisjoint(grant.by) for grant in grants)
    return tuple((name, parent.__name__) for name, parent in parents_of(BY_NAME[table])) if asks else ()
