"""The case list of the window: pages, counts and sums, cut from the index of cases.

Names, judges and nodes are read for the rows of one page only, so a list of 100,000 cases shows its first page in the time
of one narrow query, and a page that scrolls by costs less than a millisecond.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.settings import bureau_settings
from execdesk.reads import caseindex as at
from execdesk.reads.caseindex import Entry, Lists, facts_of, lists_of
from execdesk.reads.cases import CaseRow, RowMaker
from execdesk.reads.todo import Waiting, waiting_for
from execdesk.records.cases import Case, Party

OPEN_VIEWS = ("todo", "late", "soon", "control", "week", "open", "ungrouped")


@dataclass(frozen=True)
class ListFilter:
    """What a list shows. ``view``: todo late soon control week open ungrouped closed tnr review all; ``judge`` and ``group`` row ids;
    ``needle`` words that must all stand in the number, a party's name or the town."""

    view: str = "open"
    group: str = ""
    town: str = ""
    judge: str = ""
    needle: str = ""


@dataclass(frozen=True)
class ListPage:
    """Rows of one page, how many there are in all, and the sums over all of them in fen."""

    rows: tuple[CaseRow, ...]
    total: int
    claim_fen: int
    recovered_fen: int


@dataclass(frozen=True)
class Counts:
    """How many cases each line of the side list holds; ``towns`` in the plan's order, largest first where it has none."""

    views: dict[str, int]
    towns: tuple[tuple[str, int], ...]


def page(session: Session, wanted: ListFilter, sort: str = "due", descending: bool = False, first: int = 0, count: int = 200) -> ListPage:
    """One page of a list in an order: ``due``, ``number``, ``claim``, ``recovered``, ``filed``, ``applicant``, ``debtor``, ``town``."""
    lists = lists_of(session)
    entries = _in_order(lists, wanted, sort, descending)
    claim, recovered = lists.kept(("sums", wanted), lambda: (sum(e[at.CLAIM] or 0 for e in entries), sum(e[at.RECOVERED] or 0 for e in entries)))
    maker: RowMaker = lists.kept(("rows",), lambda: RowMaker(session, lists.ends(), lists.notices()))
    rows = maker.rows([facts_of(entry) for entry in entries[first:first + count]])
    if wanted.view == "todo":
        waiting = _waiting(lists)
        rows = [_with_waiting(row, waiting) for row in rows]
    return ListPage(tuple(rows), len(entries), claim, recovered)


class _Looked:
    """What a case is known by."""

    __slots__ = ("id", "number")
    id: str
    number: str


def place(session: Session, wanted: ListFilter, sort: str, descending: bool, fits: Callable[[Any], bool]) -> int:
    """Where in a list the first case stands that fits (it is asked of entries with ``id`` and ``number``); -1 where none does."""
    looked = _Looked()
    for number, entry in enumerate(ordered(session, wanted, sort, descending)):
        looked.id, looked.number = entry[at.ID], entry[at.NUMBER]
        if fits(looked):
            return number
    return -1


def counts(session: Session, group: str = "", judge: str = "") -> Counts:
    """Counts for the side list, of one group or judge where named."""
    lists = lists_of(session)
    views = {name: len(_chosen(lists, ListFilter(name, group, "", judge))) for name in (*OPEN_VIEWS, "closed", "tnr", "review")}
    towns = Counter(entry[at.TOWN] for entry in _chosen(lists, ListFilter("open", group, "", judge)) if entry[at.TOWN] and entry[at.GROUP])
    return Counts(views, tuple(sorted(towns.items(), key=lambda item: -item[1])))


def ordered(session: Session, wanted: ListFilter, sort: str, descending: bool) -> list[Entry]:
    """The index entries of a list in an order; unknown values stand last either way."""
    return _in_order(lists_of(session), wanted, sort, descending)


def _in_order(lists: Lists, wanted: ListFilter, sort: str, descending: bool) -> list[Entry]:
    found: list[Entry] = lists.kept(("ordered", wanted, sort, descending), lambda: _ordered(lists, wanted, sort, descending))
    return found


def _ordered(lists: Lists, wanted: ListFilter, sort: str, descending: bool) -> list[Entry]:
    entries = _chosen(lists, wanted)
    if sort == "due" and wanted.view in OPEN_VIEWS:
        return sorted(entries, key=_DUE, reverse=descending)
    if sort in ("applicant", "debtor"):
        names = _first_names(lists.session, sort)
        return _sorted([(names.get(entry[at.ID]), entry) for entry in entries], descending)
    return _sorted([(_KEYS[sort](entry), entry) for entry in entries], descending)


_DUE = itemgetter(at.DUE, at.YEAR, at.SEQUENCE)
_KEYS: dict[str, Callable[[Entry], Any]] = {
    "due": lambda e: _DUE(e) if e[at.DUE] else None, "number": itemgetter(at.YEAR, at.SEQUENCE, at.NUMBER), "claim": itemgetter(at.CLAIM),
    "recovered": lambda e: e[at.RECOVERED] / e[at.CLAIM] if e[at.CLAIM] and e[at.RECOVERED] is not None else None,
    "filed": itemgetter(at.FILED), "closed": itemgetter(at.CLOSED), "town": lambda e: e[at.TOWN] or None,
}


def _sorted(pairs: list[tuple[Any, Entry]], descending: bool) -> list[Entry]:
    known = [pair for pair in pairs if pair[0] is not None]
    known.sort(key=itemgetter(0), reverse=descending)
    unknown = sorted((entry for key, entry in pairs if key is None), key=itemgetter(at.YEAR, at.SEQUENCE), reverse=True)
    return [entry for _, entry in known] + unknown


def _chosen(lists: Lists, wanted: ListFilter) -> list[Entry]:
    found: list[Entry] = lists.kept(("chosen", wanted), lambda: _choose(lists, wanted))
    return found


def _choose(lists: Lists, wanted: ListFilter) -> list[Entry]:
    entries: Iterable[Entry] = lists.index("open" if wanted.view in OPEN_VIEWS else wanted.view, wanted.judge)
    if wanted.view == "ungrouped":
        entries = (e for e in entries if not e[at.GROUP])
    elif wanted.group:
        entries = (e for e in entries if e[at.GROUP] == wanted.group)
    if wanted.town:
        entries = (e for e in entries if e[at.TOWN] == wanted.town)
    entries = _in_view(lists, entries, wanted.view)
    if wanted.needle:
        hits = _matching(wanted.needle)
        entries = (e for e in entries if e[at.ID] in hits)
    return list(entries)


def _in_view(lists: Lists, entries: Iterable[Entry], view: str) -> Iterable[Entry]:
    day, today = lists.day, lists.day.isoformat()
    settings = bureau_settings(lists.session.resources)
    if view == "late":
        return (e for e in entries if e[at.DUE] and e[at.DUE] < today)
    if view == "soon":
        last = date.fromordinal(day.toordinal() + settings.procedure_days).isoformat()
        return (e for e in entries if today <= e[at.DUE] <= last)
    if view == "control":
        ends = lists.ends()
        return (e for e in entries if e[at.ID] in ends and 0 <= (ends[e[at.ID]][0] - day).days <= settings.control_days)
    if view == "week":
        return _this_week(lists, entries)
    if view == "todo":
        waiting = _waiting(lists)
        return (e for e in entries if e[at.ID] in waiting)
    return entries


def _this_week(lists: Lists, entries: Iterable[Entry]) -> Iterable[Entry]:
    """Cases whose nearest day, or an end of a measure, lies between Monday and Sunday."""
    monday = lists.day - timedelta(days=lists.day.weekday())
    first, last = monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    ends = lists.ends()
    return (e for e in entries if first <= e[at.DUE] <= last or (e[at.ID] in ends and first <= ends[e[at.ID]][0].isoformat() <= last))


def _waiting(lists: Lists) -> dict[str, Waiting]:
    found: dict[str, Waiting] = lists.kept(("waiting",), lambda: waiting_for(lists.session))
    return found


def _with_waiting(row: CaseRow, waiting: dict[str, Waiting]) -> CaseRow:
    return replace(row, node=waiting[row.id].words) if row.id in waiting else row


def _first_names(session: Session, side: str) -> dict[str, str]:
    base = session.store.base
    statement = f'SELECT "case", "name" FROM "{Party._meta.table_name}" WHERE "side" = {base.param} AND "position" = 0 AND "struck" IS NULL'
    return dict(base.execute_sql(statement, (side,)).fetchall())


def _matching(needle: str) -> frozenset[str]:
    """Cases in whose number, town or parties' names every word stands."""
    found: frozenset[str] | None = None
    for word in needle.replace("（", "(").replace("）", ")").split():
        wide = word.replace("(", "（").replace(")", "）")
        numbers: Any = Case.select(Case.id).where(Case.number.contains(word) | Case.number.contains(wide) | Case.town.contains(word)).tuples()
        names: Any = Party.select(Party.case).where(Party.name.contains(word), Party.struck.is_null()).tuples()
        hits = frozenset(row for row, in (*numbers, *names))
        found = hits if found is None else found & hits
    return found or frozenset()
