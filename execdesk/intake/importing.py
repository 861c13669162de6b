"""Taking a checked ledger in: cases, parties, assignments and the tray in one act; its undo, while nothing builds on it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from execdesk.access.duty import require_may
from execdesk.access.sitting import Sitting, posts_on
from execdesk.intake.columns import load_columns
from execdesk.intake.dealing import Dealer
from execdesk.intake.files import read_workbook
from execdesk.intake.ledger import check
from execdesk.intake.report import Entry, LedgerCase, LedgerReport
from execdesk.intake.rewriting import rewrite_known
from execdesk.intake.settling import Setting
from execdesk.intake.stored import StoredCases
from execdesk.intake.towns import Town
from execdesk.law.identity import SEXES, load_areas
from execdesk.law.refusal import Refusal
from execdesk.records.base import Journaled
from execdesk.records.cases import Assignment, Case, Import, LedgerRow, Party, TrayRow
from execdesk.records.journal import Acknowledged, Line, Touch
from execdesk.records.organisation import Group, Person
from execdesk.records.tables import BY_NAME
from execdesk.store.act import Act, Changes
from execdesk.work.settings import bureau_settings
from execdesk.work.verbs import verb

Progress = Callable[[int, int], None]
Decisions = Mapping[tuple[Any, ...], str]


@dataclass(frozen=True)
class Taken:
    """What an import did: the report it wrote, the run's row, what was touched; no run where nothing was new."""

    report: LedgerReport
    run: str | None
    changes: Changes | None


def check_ledger(
    sitting: Sitting, path: Path, decisions: Decisions | None = None, progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> LedgerReport:
    """The dry run: the four lists of a file against what the store holds; nothing is written."""
    sitting.store.activate()
    book = read_workbook(path)
    return check(book, _setting(sitting, decisions or {}), known=StoredCases(), progress=progress, cancelled=cancelled)


def _setting(sitting: Sitting, decisions: Decisions) -> Setting:
    organisation = sitting.organisation
    people: dict[str, list[str]] = {}
    for person in Person.select().where(Person.struck.is_null()):
        if any(p.post in ("judge", "clerk", "judge_assistant", "director", "deputy_director") for p in posts_on(person.id, sitting.day)):
            people.setdefault(person.name, []).append(person.id)
    towns = [Town(a.name, a.group or "", a.kind) for a in organisation.areas]
    return Setting(
        columns=load_columns(sitting.resources / "intake" / "columns.toml"), law=sitting.law, people=people, towns=towns,
        decisions=decisions, home=sitting.court.code, areas=load_areas(sitting.resources / "persons" / "areas.toml"), today=sitting.day,
    )


@verb("ledger.import", "导入台账", file="文件", decisions="决定")
def import_ledger(sitting: Sitting, *, file: str, decisions: dict[str, Any] | None = None) -> Changes | None:
    """Import a ledger file: whatever can be imported, with the decisions given; undecided rows stay in the tray."""
    return take_ledger(sitting, Path(file), {tuple(k.split("|")): v for k, v in (decisions or {}).items()}).changes


def take_ledger(
    sitting: Sitting, path: Path, decisions: Decisions | None = None, progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Taken:
    """Check and write in one go; the same rows again change nothing and write no line.

    Raises:
        Refusal: as :func:`read_workbook`; ``intake.cancelled`` before anything was written.
    """
    require_may(sitting, "import_ledger", "导入台账")
    report = check_ledger(sitting, path, decisions, progress, cancelled)
    fresh_tray = [e for e in (*report.decide, *report.refused) if not _in_tray(e)]
    if not report.imported and not fresh_tray:
        return Taken(report, None, None)
    with sitting.act("ledger.import", reason=path.name) as act:
        run = Import(file_name=path.name[:255], file_sha256=hashlib.sha256(path.read_bytes()).hexdigest(), counts=report.counts, state="done")
        act.add(run)
        act.add_many(_rows(sitting, act, run, report))
        act.add_many(_tray(run, fresh_tray, report))
        _settle_tray(act, report)
    return Taken(report, run.id, act.changes)


def _in_tray(entry: Entry) -> bool:
    found = TrayRow.get_or_none(TrayRow.fingerprint == entry.fingerprint, TrayRow.state == "waiting", TrayRow.struck.is_null())
    return found is not None


def _rows(sitting: Sitting, act: Act, run: Import, report: LedgerReport) -> Iterator[Journaled]:
    dealer = Dealer.open(sitting, act.day)
    groups = {g.code: g.id for g in Group.select()}
    for entry in report.imported:
        for told in entry.cases:
            if told.changes:
                rewrite_known(sitting, act, told)
                case_id = Case.get(Case.number == told.number, Case.struck.is_null()).id
                yield _origin(run, case_id, entry)
            else:
                yield from _new_case(sitting, act, dealer, groups, run, entry, told)


def _new_case(
    sitting: Sitting, act: Act, dealer: Dealer, groups: dict[str, str], run: Import, entry: Entry, told: LedgerCase
) -> Iterator[Journaled]:
    case = _case(sitting, told, groups)
    parties = [_party(case, p) for p in (*told.applicants, *told.debtors)]
    yield case
    yield from parties
    dealt = dealer.deal(case, parties, told)
    if dealt is not None:
        yield Assignment(case=case.id, person=dealt.person, role="judge", starts_on=told.assigned_on or told.filed_on, reason=dealt.reason, rule=dealt.rule)
    for person, role in ((told.clerk_id, "clerk"), (told.officer_id, "officer")):
        if person:
            yield Assignment(case=case.id, person=person, role=role, starts_on=told.assigned_on or told.filed_on, reason="台账载明", rule="ledger")
    yield _origin(run, case.id, entry)


def _origin(run: Import, case: str, entry: Entry) -> LedgerRow:
    warnings = [{"code": n.code, "text": n.text} for n in entry.warnings]
    return LedgerRow(run=run.id, case=case, sheet=entry.sheet, row=entry.row, fingerprint=entry.fingerprint, warnings=warnings or None)


def _case(sitting: Sitting, told: LedgerCase, groups: dict[str, str]) -> Case:
    """A case as the ledger tells it; a closed one comes in closed, marked 台账载明, with no approval invented."""
    review = told.type_code not in bureau_settings(sitting.resources).bureau_types
    return Case(
        number=told.number, year=told.year, type_code=told.type_code, sequence=told.seq, cause=told.cause, filed_on=told.filed_on,
        basis_no=told.basis_no or None, basis_organ=told.basis_organ or None, basis_effective_on=told.basis_effective_on,
        claim_fen=told.claim_fen, principal_fen=told.principal_fen, interest_fen=told.interest_fen, costs_fen=told.costs_fen,
        fee_fen=told.fee_fen, recovered_fen=told.recovered_fen, town=told.town or None, group=groups.get(told.group),
        group_reason=told.group_reason or None, state="review_office" if review else told.state, closed_on=told.closed_on,
        closing_mode=told.closing_mode or None, closing_source=told.closing_source or None, origin="ledger",
        held_by=sitting.store.site, provisional=sitting.store.site != "HQ", remarks=told.remarks or None,
    )


def _party(case: Case, told: Any) -> Party:
    return Party(
        case=case.id, side=told.side, position=told.position, kind=told.kind, name=told.name, id_kind=told.id_kind or None,
        id_no=told.id_no or None, sex=SEXES.get(told.sex) if told.sex else None, born_on=told.born_on, address=told.address or None,
        phone=told.phone or None,
    )


def _tray(run: Import, entries: list[Entry], report: LedgerReport) -> Iterator[TrayRow]:
    undecided = {id(e) for e in report.decide}
    for entry in entries:
        asked: list[Any] = [*entry.questions, *entry.problems]
        problems = [
            {"code": q.code, "column": q.column, "heading": q.heading, "value": q.value, "text": q.text} for q in asked
        ] or [{"code": entry.code, "column": entry.column, "heading": "", "value": entry.value, "text": entry.text}]
        yield TrayRow(
            run=run.id, sheet=entry.sheet, row=entry.row, fingerprint=entry.fingerprint, case_no=entry.case_no[:64] or None,
            kind="decide" if id(entry) in undecided else "refused", problems=problems, raw=[list(pair) for pair in entry.raw], state="waiting",
        )


def _settle_tray(act: Act, report: LedgerReport) -> None:
    """A row that waited and now came in leaves the tray."""
    prints = {e.fingerprint for e in report.imported if e.fingerprint}
    for row in TrayRow.select().where(TrayRow.state == "waiting", TrayRow.struck.is_null()):
        if row.fingerprint in prints:
            act.change(act.get(TrayRow, row.id), state="imported")


@verb("ledger.undo", "撤销导入", run="导入", reason="理由")
def undo_import(sitting: Sitting, *, run: str, reason: str) -> Changes:
    """Strike every row of an import, while no later line names one of them and none has left in a package.

    Raises:
        Refusal: ``ledger.undo`` naming the first line that builds on it.
    """
    require_may(sitting, "import_ledger", "撤销导入")
    found = Import.get_or_none(Import.id == run)
    if found is None or found.state == "undone":
        raise Refusal("找不到该次导入，或已经撤销。", code="ledger.undo")
    touched, last = _touched(run)
    _refuse_if_built_on(touched, last)
    with sitting.act("ledger.undo", reason=reason or f"撤销导入 {found.file_name}") as act:
        for table, row in touched:
            if table == "Import":
                continue
            act.strike(act.get(BY_NAME[table], row), f"撤销导入：{reason or found.file_name}")
        act.change(act.get(Import, run), state="undone")
    assert act.changes is not None
    return act.changes


def _touched(run: str) -> tuple[list[tuple[str, str]], int]:
    """The rows of an import that it made, and the last of its lines."""
    first = (
        Line.select().join(Touch, on=(Touch.line == Line.taken)).where(Touch.table == "Import", Touch.row == run)
        .order_by(Line.taken).first()
    )
    lines = list(
        Line.select(Line.taken, Line.number).where(
            Line.site == first.site, Line.incarnation == first.incarnation, Line.act == "ledger.import", Line.at == first.at
        ).order_by(Line.number)
    )
    query: Any = Touch.select(Touch.table, Touch.row).where(Touch.line.in_([line.taken for line in lines])).tuples()
    return sorted(set(query)), lines[-1].taken


def _refuse_if_built_on(touched: list[tuple[str, str]], last: int) -> None:
    rows = set(touched)
    later: Any = (
        Touch.select(Touch.table, Touch.row, Line.number, Line.act, Line.person, Line.at, Line.case_id)
        .join(Line, on=(Touch.line == Line.taken)).where(Touch.line > last).order_by(Touch.line).tuples()
    )
    named = {row for table, row in rows if table == "Case"}
    for table, row, _, act, person, at, case in later:
        if (table, row) in rows or case in named:
            number = Case.get_or_none(Case.id == (row if table == "Case" else case))
            who = Person.get_or_none(Person.id == person)
            raise Refusal(
                f"不能撤销：{number.number if number else '本次导入的记录'} 已在 {at[:10]} 由{who.name if who else '他人'}办理「{act}」。"
                "可在个案中更正，或逐件划去。", code="ledger.undo",
            )
    own = Line.get_by_id(last)
    if Acknowledged.select().where(
        Acknowledged.chain == f"{own.site}.{own.incarnation}", Acknowledged.number >= own.number
    ).exists():
        raise Refusal("不能撤销：本次导入已随数据包送往另一处。请逐件更正。", code="ledger.undo")
