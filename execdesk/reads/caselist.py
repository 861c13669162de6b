"""The case list of the window: one light index a view, kept until the journal moves on; pages are cut from it.

The index holds what sorting, filtering and sums need and nothing more; names, judges and nodes are read for the rows of
one page only, so a list of 100,000 cases shows its first page in the time of one narrow query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from execdesk.access.sitting import Sitting
from execdesk.law.days import add_months
from execdesk.reads.cases import CaseRow, controls_of, rows_of
from execdesk.reads.nearest import notice_terms
from execdesk.reads.todo import Waiting, waiting_for
from execdesk.records.cases import Assignment, Case, Party
from execdesk.work.settings import bureau_settings

TNR = "终结本次执行程序"
KEPT = 64  # lists kept at a time
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


class Entry(NamedTuple):
    """What the index knows of a case; days as ISO text."""

    id: str
    number: str
    year: int
    sequence: int
    filed_on: str
    closed_on: str
    claim: int | None
    recovered: int | None
    group: str
    town: str
    due: str
    kind: str


def page(sitting: Sitting, wanted: ListFilter, sort: str = "due", descending: bool = False, first: int = 0, count: int = 200) -> ListPage:
    """One page of a list in an order: ``due``, ``number``, ``claim``, ``recovered``, ``filed``, ``applicant``, ``debtor``, ``town``."""
    sitting.store.activate()
    entries = ordered(sitting, wanted, sort, descending)
    shown = [entry.id for entry in entries[first:first + count]]
    waiting = waiting_for(sitting) if wanted.view == "todo" else {}
    claim, recovered = _kept(sitting, ("sums", wanted), lambda: (sum(e.claim or 0 for e in entries), sum(e.recovered or 0 for e in entries)))
    return ListPage(tuple(_with_waiting(row, waiting) for row in _rows(sitting, shown)), len(entries), claim, recovered)


def place(sitting: Sitting, wanted: ListFilter, sort: str, descending: bool, fits: Callable[[Any], bool]) -> int:
    """Where in a list the first case stands that fits (it is asked of entries with ``id`` and ``number``); -1 where none does."""
    sitting.store.activate()
    return next((number for number, entry in enumerate(ordered(sitting, wanted, sort, descending)) if fits(entry)), -1)


def counts(sitting: Sitting, group: str = "", judge: str = "") -> Counts:
    """Counts for the side list, of one group or judge where named."""
    sitting.store.activate()
    views = {name: len(_chosen(sitting, ListFilter(name, group, "", judge))) for name in OPEN_VIEWS}
    for name in ("closed", "tnr", "review"):
        views[name] = len(_chosen(sitting, ListFilter(name, group, "", judge)))
    towns = Counter(entry.town for entry in _chosen(sitting, ListFilter("open", group, "", judge)) if entry.town and entry.group)
    return Counts(views, tuple(sorted(towns.items(), key=lambda item: -item[1])))


def ordered(sitting: Sitting, wanted: ListFilter, sort: str, descending: bool) -> list[Entry]:
    """The index entries of a list in an order; unknown values stand last either way."""
    found: list[Entry] = _kept(sitting, ("ordered", wanted, sort, descending), lambda: _ordered(sitting, wanted, sort, descending))
    return found


def _ordered(sitting: Sitting, wanted: ListFilter, sort: str, descending: bool) -> list[Entry]:
    entries = _chosen(sitting, wanted)
    if sort == "due" and wanted.view in OPEN_VIEWS:
        return sorted(entries, key=attrgetter("due", "year", "sequence"), reverse=descending)
    if sort in ("applicant", "debtor"):
        names = _first_names(sort)
        return _sorted([(names.get(entry.id), entry) for entry in entries], descending)
    return _sorted([(_KEYS[sort](entry), entry) for entry in entries], descending)


def _kept(sitting: Sitting, name: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """What was made for this person and moment of the journal, made anew only after an act or on another day."""
    moment = (*_moment(sitting), sitting.me.id)
    kept = sitting.memory.get("case_lists")
    lists: dict[tuple[Any, ...], Any] = {}
    if kept is not None and kept[0] == moment:
        lists = kept[1]
    else:
        sitting.memory["case_lists"] = (moment, lists)
    if name in lists:
        return lists[name]
    if len(lists) > KEPT:
        lists = {}
        sitting.memory["case_lists"] = (moment, lists)
    made = lists[name] = make()
    return made


_KEYS: dict[str, Any] = {
    "due": lambda e: (e.due, e.year, e.sequence) if e.due else None, "number": lambda e: (e.year, e.sequence, e.number),
    "claim": lambda e: e.claim, "recovered": lambda e: e.recovered / e.claim if e.claim and e.recovered is not None else None,
    "filed": lambda e: e.filed_on, "closed": lambda e: e.closed_on or None, "town": lambda e: e.town or None,
}


def _sorted(pairs: list[tuple[Any, Entry]], descending: bool) -> list[Entry]:
    known = [pair for pair in pairs if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=descending)
    unknown = sorted((entry for key, entry in pairs if key is None), key=lambda e: (e.year, e.sequence), reverse=True)
    return [entry for _, entry in known] + unknown


def _chosen(sitting: Sitting, wanted: ListFilter) -> list[Entry]:
    found: list[Entry] = _kept(sitting, ("chosen", wanted), lambda: _choose(sitting, wanted))
    return found


def _choose(sitting: Sitting, wanted: ListFilter) -> list[Entry]:
    entries: Iterable[Entry] = _index(sitting, "open" if wanted.view in OPEN_VIEWS else wanted.view)
    if wanted.view == "ungrouped":
        entries = (e for e in entries if not e.group)
    elif wanted.group:
        entries = (e for e in entries if e.group == wanted.group)
    if wanted.town:
        entries = (e for e in entries if e.town == wanted.town)
    if wanted.judge:
        own = _kept(sitting, ("own", wanted.judge), lambda: _cases_of(sitting, wanted.judge))
        entries = (e for e in entries if e.id in own)
    entries = _in_view(sitting, entries, wanted.view)
    if wanted.needle:
        hits = _matching(wanted.needle)
        entries = (e for e in entries if e.id in hits)
    return list(entries)


def _in_view(sitting: Sitting, entries: Iterable[Entry], view: str) -> Iterable[Entry]:
    today = sitting.day.isoformat()
    settings = bureau_settings(sitting.resources)
    if view == "late":
        return (e for e in entries if e.due and e.due < today)
    if view == "soon":
        last = date.fromordinal(sitting.day.toordinal() + settings.procedure_days).isoformat()
        return (e for e in entries if today <= e.due <= last)
    if view == "control":
        ends = _ends(sitting)
        return (e for e in entries if e.id in ends and 0 <= (ends[e.id][0] - sitting.day).days <= settings.control_days)
    if view == "week":
        return _this_week(sitting, entries)
    if view == "todo":
        waiting = waiting_for(sitting)
        return (e for e in entries if e.id in waiting)
    return entries


def _this_week(sitting: Sitting, entries: Iterable[Entry]) -> Iterable[Entry]:
    """Cases whose nearest day, or an end of a measure, lies between Monday and Sunday."""
    monday = sitting.day - timedelta(days=sitting.day.weekday())
    first, last = monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    ends = _ends(sitting)
    return (e for e in entries if first <= e.due <= last or (e.id in ends and first <= ends[e.id][0].isoformat() <= last))


def _moment(sitting: Sitting) -> tuple[str, date]:
    return str(sitting.store.heads()), sitting.day


def _index(sitting: Sitting, state: str) -> list[Entry]:
    found: list[Entry] = _kept(sitting, ("index", state), lambda: _read_index(sitting, state))
    return found


def _read_index(sitting: Sitting, state: str) -> list[Entry]:
    query = Case.select(
        Case.id, Case.number, Case.year, Case.sequence, Case.filed_on, Case.closed_on, Case.claim_fen, Case.recovered_fen, Case.group, Case.town, Case.state,
    ).where(Case.struck.is_null())
    if state == "open":
        query = query.where(Case.state == "open")
    elif state == "review":
        query = query.where(Case.state == "review_office")
    elif state in ("closed", "tnr"):
        query = query.where(Case.state == "closed", (Case.closing_mode == TNR) if state == "tnr" else (Case.closing_mode != TNR))
    statement, values = query.sql()
    return _entries(sitting, sitting.store.base.execute_sql(statement, values).fetchall())


def _entries(sitting: Sitting, rows: Iterable[Any]) -> list[Entry]:
    """Raw rows with their nearest date, as :func:`execdesk.reads.nearest.nearest` finds it; days as text for speed."""
    months = int(sitting.law.value("deadline.closing.money", sitting.day).value)
    ends = {case: (end.isoformat(), words) for case, (end, words) in _ends(sitting).items()}
    notices = {case: due.isoformat() for case, due in notice_terms(sitting).items()}
    terms: dict[str, str] = {}
    made = []
    for row, number, year, sequence, filed, closed, claim, recovered, group, town, state in rows:
        due, kind = "", ""
        if state == "open":
            if filed not in terms:
                terms[filed] = add_months(date.fromisoformat(filed), months).isoformat()
            due, kind = terms[filed], "procedure"
            if row in ends and ends[row][0] <= due:
                due, kind = ends[row][0], "control"
            if row in notices and notices[row] < due:
                due, kind = notices[row], "procedure"
        made.append(Entry(row, number, year, sequence, filed, closed or "", claim, recovered, group or "", town or "", due, kind))
    return made


def _ends(sitting: Sitting) -> dict[str, tuple[date, str]]:
    ends: dict[str, tuple[date, str]] = _kept(sitting, ("ends",), lambda: controls_of(sitting))
    return ends


def _rows(sitting: Sitting, ids: list[str]) -> list[CaseRow]:
    found = {case.id: case for case in Case.select().where(Case.id.in_(ids))}
    made = {row.id: row for row in rows_of(sitting, [found[i] for i in ids if i in found], _ends(sitting))}
    return [made[i] for i in ids if i in made]


def _with_waiting(row: CaseRow, waiting: dict[str, Waiting]) -> CaseRow:
    return replace(row, node=waiting[row.id].words) if row.id in waiting else row


def _cases_of(sitting: Sitting, judge: str) -> frozenset[str]:
    query: Any = Assignment.select(Assignment.case).where(
        Assignment.person == judge, Assignment.struck.is_null(), Assignment.starts_on <= sitting.day,
        Assignment.ends_on.is_null() | (Assignment.ends_on >= sitting.day),
    ).tuples()
    return frozenset(case for case, in query)


def _first_names(side: str) -> dict[str, str]:
    query: Any = Party.select(Party.case, Party.name).where(Party.side == side, Party.position == 0, Party.struck.is_null()).tuples()
    return dict(query)


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
