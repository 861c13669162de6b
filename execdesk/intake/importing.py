"""Taking a ledger in: checked against the store, then cases, parties, assignments, tray and the file itself in one act."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from execdesk.access.duty import require_may
from execdesk.access.routing import Leads
from execdesk.access.session import Session
from execdesk.casefile.routing import leads_of, turns_taken
from execdesk.intake.columns import load_columns
from execdesk.intake.dealing import ROLES, written_name
from execdesk.intake.entering import Entering, origin
from execdesk.intake.files import read_file
from execdesk.intake.known import KEPT
from execdesk.intake.ledger import EVERY, check
from execdesk.intake.reading import read_workbook
from execdesk.intake.report import LedgerEntry, LedgerReport
from execdesk.intake.setting import Decisions, Setting
from execdesk.intake.stored import StoredCases
from execdesk.intake.waiting import Tray
from execdesk.intake.workbook import Workbook
from execdesk.law.identity import load_areas
from execdesk.law.refusal import Refusal
from execdesk.records.base import Journaled
from execdesk.records.cases import Assignment, Case
from execdesk.records.court import Group
from execdesk.records.ledgers import Import, ImportState
from execdesk.records.people import GrantState, Person, Post
from execdesk.store.act import Changes, StaleRecord
from execdesk.store.bulk import many_values

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Taken:
    """What an import did: the report it wrote, the run's row, what was touched; no run where nothing was new."""

    report: LedgerReport
    run: str | None
    changes: Changes | None


def check_ledger(
    session: Session, path: Path, decisions: Decisions | None = None, progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> LedgerReport:
    """The dry run: the four lists of a file against what the store holds; nothing is written."""
    with many_values():
        book = read_workbook(read_file(path), path.name, cancelled=cancelled)
        return check_book(session, book, decisions or {}, progress, cancelled)


def check_book(
    session: Session, book: Workbook, decisions: Decisions, progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> LedgerReport:
    """As :func:`check_ledger`, of a file that was read."""
    with many_values():
        return check(book, setting_of(session, decisions), known=StoredCases(), progress=progress, cancelled=cancelled)


def take_ledger(
    session: Session, path: Path, decisions: Decisions | None = None, progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> Taken:
    """Check and write in one go; the same rows again change nothing and write no line.

    ``progress`` hears (done, in all), first of checking, then of writing; ``cancelled`` is asked on the way.

    Raises:
        Refusal: ``access.duty``; as :func:`read_workbook` for the file; ``intake.cancelled``, with nothing written.
    """
    require_may(session, "import_ledger", "导入台账")
    with many_values():
        data = read_file(path)
        book = read_workbook(data, path.name, cancelled=cancelled)
        return take_book(session, book, data, path.name, decisions or {}, progress, cancelled)


def take_book(
    session: Session, book: Workbook, data: bytes, name: str, decisions: Decisions, progress: Progress | None = None,
    cancelled: Cancelled | None = None, only: frozenset[str] | None = None,
) -> Taken:
    """As :func:`take_ledger`, of a file that was read as ``book``; of all its rows, or ``only`` those with one of these fingerprints."""
    require_may(session, "import_ledger", "导入台账")
    halves = _Halves(progress)
    heads = session.store.heads()
    report = check_book(session, book, decisions, halves.checking, cancelled)
    report = report if only is None else report.only(only)
    numbers = {case.number for entry in report.imported for case in entry.cases}
    changed = {case.number for entry in report.imported for case in entry.cases if case.changes}
    tray = Tray.after(report, frozenset(changed))
    kept = [entry for entry in report.passed_over if entry.code == KEPT]
    if not report.imported and not kept and tray.empty:
        return Taken(report, None, None)
    with many_values(), session.act("ledger.import", reason=name) as act:
        if {chain: head.number for chain, head in act.known.items()} != heads:
            _refuse_if_taken_meanwhile(numbers - changed)
        run = Import(file_name=name[-255:], file_sha256=act.keep_file(data), counts=report.counts, state=ImportState.DONE)
        act.add(run)
        entering = Entering(session, act, run, report)
        act.add_many(_watched(entering, report.imported, halves, cancelled))
        act.add_many([origin(run, _case_id(entry.case_no), entry) for entry in kept])
        act.add_many(tray.write(act, run))
    return Taken(report, run.id, act.changes)


class _Halves:
    """Progress over checking and writing as one: the first half is the checking of all rows, the second the writing."""

    def __init__(self, hear: Progress | None) -> None:
        self._hear = hear
        self._total = 0

    def checking(self, done: int, total: int) -> None:
        self._total = total
        if self._hear:
            self._hear(done, 2 * total)

    def writing(self, share: float) -> None:
        if self._hear:
            self._hear(self._total + round(share * self._total), 2 * self._total)


def _watched(entering: Entering, entries: tuple[LedgerEntry, ...], halves: _Halves, cancelled: Cancelled | None) -> Iterator[Journaled]:
    for done, entry in enumerate(entries, 1):
        yield from entering.rows(entry)
        if done % EVERY == 0 or done == len(entries):
            if cancelled and cancelled():
                raise Refusal("已取消导入，没有写入任何内容。", code="intake.cancelled")
            halves.writing(done / len(entries))


def _refuse_if_taken_meanwhile(numbers: set[str]) -> None:
    """Between checking and writing somebody else may have entered one of the cases."""
    query: Any = Case.select(Case.number).where(Case.struck.is_null()).tuples()
    if numbers & {number for (number,) in query}:
        raise StaleRecord("台账中的案件在核对期间")


def _case_id(number: str) -> str:
    return str(Case.get(Case.number == number, Case.struck.is_null()).id)


# -- what a check needs to know of the bureau


def setting_of(session: Session, decisions: Decisions) -> Setting:
    """What checking a ledger needs beside the file, as it stands today."""
    people, group_of = _people(session)
    resources, turns = session.resources, cache(turns_taken)

    def leads(kind: str, basis_no: str, numbers: Sequence[str], *, before: int) -> Leads:
        return leads_of(kind, basis_no, numbers, turns() + before)

    return Setting(
        columns=load_columns(resources / "intake" / "columns.toml"), law=session.law, people=people, organisation=session.organisation,
        decisions=decisions, home=session.court.code, areas=load_areas(resources / "persons" / "areas.toml"), today=session.day,
        group_of=group_of, leads=leads, remembered=_remembered(),
    )


def _people(session: Session) -> tuple[Mapping[str, Mapping[str, list[str]]], dict[str, str]]:
    """Names of those who may hold each role today, with their row ids; and the group of those who take cases."""
    posts, day = session.organisation.posts, session.day
    groups = {g.id: g.code for g in Group.select()}
    held: Any = (
        Post.select(Post.person, Post.post, Post.group, Person.name.alias("called")).join(Person, on=(Post.person == Person.id))
        .where(
            Post.state == GrantState.EFFECTIVE, Post.struck.is_null(), Post.starts_on <= day, Post.ends_on.is_null() | (Post.ends_on >= day),
            Person.struck.is_null(),
        ).order_by(Person.account).dicts()
    )
    people: dict[str, dict[str, list[str]]] = {role: {} for role in ROLES}
    group_of: dict[str, str] = {}
    for row in held:
        post = posts.get(row["post"])
        if post is None:
            continue
        roles = [role for role, may in (("judge", "undertake" in post.may), ("clerk", post.code in _CLERKS), ("officer", post.team == "officer")) if may]
        for role in roles:
            ids = people[role].setdefault(row["called"], [])
            if row["person"] not in ids:
                ids.append(row["person"])
        if "judge" in roles and row["group"] in groups:
            group_of[row["person"]] = groups[row["group"]]
    return people, group_of


_setting = setting_of
_CLERKS = frozenset({"clerk", "assistant"})


def _remembered() -> dict[tuple[str, str], str]:
    """Names as ledgers wrote them, tied to one person by assignments of earlier imports that stand."""
    found: dict[tuple[str, str], set[str]] = {}
    query: Any = (
        Assignment.select(Assignment.role, Assignment.reason, Assignment.person)
        .where(Assignment.rule == "ledger", Assignment.struck.is_null()).distinct().tuples()
    )
    for role, reason, person in query:
        found.setdefault((role, written_name(role, reason)), set()).add(person)
    return {key: next(iter(people)) for key, people in found.items() if len(people) == 1}
