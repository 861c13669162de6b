"""The register of terms: what runs in a case until when, declared once, in the ``terms.py`` of the room it belongs to.

A term starts from a fact and stops by a fact; the node of the law says how long it runs, by the law of the day of the fact.
Nothing of it is kept: a dossier tells what runs in it. Lists, counts, next steps, the week, the radar and the command read these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from execdesk.casefile.dossier import Dossier, DossierRow, reads
from execdesk.casefile.settings import CONTROL, PROCEDURE
from execdesk.documents.catalogue import Catalogue
from execdesk.law.book import LawBook
from execdesk.law.days import Span, add_months
from execdesk.law.nodes import due
from execdesk.law.refusal import Refusal
from execdesk.records.base import Journaled


class Start(NamedTuple):
    """A fact that starts a term: the row it stands in and its day. ``words`` name it in the list where the term's own do not;
    ``node`` is the law's, empty where it has none; ``length`` is told where the law leaves it to the court's paper; ``extended`` are months
    by which the court has put off the end that the law fixes."""

    row: DossierRow
    on: date | None
    node: str = ""
    words: str = ""
    length: int | None = None
    excluded: tuple[Span, ...] = ()
    extended: int = 0


class End(NamedTuple):
    """A day on which a term ends and what says so."""

    on: date
    told_by: str = ""


@dataclass(frozen=True)
class Term:
    """A term by name. ``words`` stand in the list, ``title`` says what the day is; ``owner`` is the duty of whom it concerns.

    One that ``lapses`` is over once its last day has passed; any other is late from then on. Without a row of the table ``of`` it never starts.
    """

    name: str
    words: str
    title: str
    kind: str
    owner: str
    starts: Callable[[Dossier, TermRules], Iterable[Start]]
    stopped: Callable[[Dossier, Start], bool]
    ends: Callable[[TermRules, Start], Iterable[End]]
    lapses: bool = False
    of: str = ""


class Running(NamedTuple):
    """A term that runs: its row, from when, the last day (the earliest of its ends), what says so; no day where none is known."""

    term: Term
    row: str
    node: str
    words: str
    from_on: date | None
    due_on: date | None
    told_by: str = ""


@dataclass
class TermRules:
    """The law, and the types of documents, as terms ask them. Many terms share node and day: each is worked out once."""

    book: LawBook
    calendar: Any
    catalogue: Catalogue
    kept: dict[Any, Any] = field(default_factory=dict)

    def due(self, node: str, on: date, length: int | None = None, excluded: tuple[Span, ...] = (), extended: int = 0) -> date | None:
        """The last day of a node from a day by the law of that day; none where it has none."""
        key = (node, on, length, excluded, extended)
        try:
            found: date | None = self.kept[key]
        except KeyError:
            found = self.kept[key] = self._due(*key)
        return found

    def _due(self, node: str, on: date, length: int | None, excluded: tuple[Span, ...], extended: int) -> date | None:
        try:
            end = due(self.book, node, on, self.calendar, excluded=excluded, length=length).due
        except Refusal:
            return None
        return add_months(end, extended) if extended else end

    def papers(self, trait: str) -> frozenset[str]:
        """The types of documents with a trait."""
        found: frozenset[str] = self.once(("papers", trait), lambda: frozenset(kind.id for kind in self.catalogue.bearing(trait)))
        return found

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """What ``make`` finds, found once for a key."""
        try:
            return self.kept[key]
        except KeyError:
            found = self.kept[key] = make()
        return found


TERMS: dict[str, Term] = {}


def of_the_node(rules: TermRules, start: Start) -> Iterator[End]:
    """The one end of a term that the law alone fixes."""
    found = rules.due(start.node, start.on, start.length, start.excluded, start.extended) if start.on is not None else None
    if found is not None:
        yield End(found)


def never(_dossier: Dossier, _start: Start) -> bool:
    """Only the fact that starts the term says whether it runs."""
    return False


def term(
    name: str, *, words: str, title: str, owner: str, starts: Callable[[Dossier, TermRules], Iterable[Start]],
    stopped: Callable[[Dossier, Start], bool] = never, ends: Callable[[TermRules, Start], Iterable[End]] = of_the_node, kind: str = PROCEDURE,
    lapses: bool = False, tables: tuple[type[Journaled], ...] = (), of: type[Journaled] | None = None,
) -> Term:
    """Declare a term; ``tables`` are those its functions look at besides the case, ``of`` the one whose rows start it, where it is not the case."""
    if name in TERMS:
        raise ValueError(f"term {name} is declared twice")
    reads(*tables)
    TERMS[name] = Term(name, words, title, kind, owner, starts, stopped, ends, lapses, of.__name__ if of is not None else "")
    return TERMS[name]


def running(dossier: Dossier, rules: TermRules) -> list[Running]:
    """The terms that run in a case, in the order in which they were declared."""
    found = []
    for each in _may_run(tuple(dossier.tables), len(TERMS)):
        for start in each.starts(dossier, rules):
            if each.stopped is never or not each.stopped(dossier, start):
                found.append(_running(each, rules, start))
    return found


@lru_cache(maxsize=1024)
def _may_run(there: tuple[str, ...], _number: int) -> tuple[Term, ...]:
    """The terms that may run where there are rows of these tables."""
    return tuple(each for each in TERMS.values() if not each.of or each.of in there)


def _running(each: Term, rules: TermRules, start: Start) -> Running:
    if each.ends is of_the_node:  # by far the most
        due_on = rules.due(start.node, start.on, start.length, start.excluded, start.extended) if start.on is not None else None
        return Running(each, start.row.id, start.node, start.words or each.words, start.on, due_on)
    end = earliest(each.ends(rules, start))
    return Running(each, start.row.id, start.node, start.words or each.words, start.on, end.on if end else None, end.told_by if end else "")


def earliest(ends: Iterable[End]) -> End | None:
    """Of several ends the earliest rules, of equal ones the first told."""
    return min(ends, key=_on, default=None)


_on = attrgetter("on")


def nearest(found: Iterable[Running], day: date) -> Running | None:
    """The running term to be looked at first on a day; of equal days the end of a measure before any other."""
    best: Running | None = None
    for each in found:
        due = each.due_on
        if due is None or (each.term.lapses and due < day):
            continue
        if best is None or best.due_on is None or due < best.due_on or (due == best.due_on and each.term.kind == CONTROL != best.term.kind):
            best = each
    return best
