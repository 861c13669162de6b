"""Taking in a ledger, taking an import back, leaving rows out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from execdesk.access.duty import require_may
from execdesk.access.possible import require_possible
from execdesk.access.register import ACTIONS, action
from execdesk.access.session import Session
from execdesk.intake.importing import take_ledger
from execdesk.intake.keys import HOW, read_key
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.journal import Acknowledged, Line, Touch
from execdesk.records.ledgers import Import, ImportState, TrayRow, TrayState
from execdesk.records.people import Person
from execdesk.records.tables import BY_NAME
from execdesk.store.act import Act, Changes
from execdesk.store.chains import entry_of
from execdesk.store.checklines import ON_PAPER
from execdesk.store.line import Entry
from execdesk.store.renaming import ever


@action("ledger.import", "导入台账", Field("file", "文件", "file"), Field("decisions", "决定", "map", required=False))
def import_ledger(session: Session, *, file: str, decisions: dict[str, Any] | None = None) -> Changes | None:
    """Import a ledger file: whatever can be imported, with the decisions given; undecided rows stay in the tray."""
    if not isinstance(decisions, dict | None):
        raise Refusal(f"决定的写法不对，应是「键：选项」的一组：{HOW}。", code="ledger.decision")
    return take_ledger(session, Path(file), {read_key(key): str(choice) for key, choice in (decisions or {}).items()}).changes


Row = tuple[str, str]


WAY = "可在个案中更正，或逐件划去。"


@action(
    "ledger.undo", "撤销导入",
    Field("run", "导入", "row"), Field("reason", "理由", "long"),
    button="撤销这次导入", note="撤销划去这次导入写入的全部案件、当事人和分案，原文仍可查。其中有案件已经办理的，不能撤销。",
)
def undo_import(session: Session, *, run: str, reason: str) -> Changes:
    """Strike every row an import made and put back what it changed, while no later line names one of them and none has left.

    Raises:
        Refusal: ``ledger.undo`` naming the first line that builds on it; ``ledger.undo_sent`` if another desk has it.
    """
    require_may(session, "import_ledger", "撤销导入")
    if not reason.strip():
        raise Refusal("撤销导入须写明理由。", code="ledger.undo")
    with session.act("ledger.undo", reason=reason.strip()) as act:
        found = Import.get_or_none(Import.id == run, Import.struck.is_null())
        if found is None:
            raise Refusal("找不到该次导入。", code="ledger.undo")
        require_possible(found, act.name, "该次导入", "ledger.undo")
        lines = _lines_of(run)
        made, changed = _touched(lines)
        _refuse_if_sent(lines)
        _refuse_if_built_on(session, made | changed, lines[-1].taken)
        before = _before(changed, lines[0].taken)
        for table, row in sorted(made - {("Import", run)}):
            act.strike(act.get(BY_NAME[table], row), f"撤销导入：{reason.strip()}")
        for (table, row), entries in sorted(before.items()):
            _put_back(act, table, row, entries, lines)
        act.change(act.get(Import, run), state=ImportState.UNDONE)
    return act.changes


def _lines_of(run: str) -> list[Line]:
    """All lines of the act that brought an import, in their order."""
    first = (
        Line.select().join(Touch, on=(Touch.line == Line.taken)).where(Touch.table == "Import", Touch.row == run).order_by(Line.taken).first()
    )
    query = Line.select().where(
        Line.site == first.site, Line.incarnation == first.incarnation, Line.act == first.act, Line.at == first.at, Line.person == first.person,
    )
    return list(query.order_by(Line.number))


def _touched(lines: list[Line]) -> tuple[set[Row], set[Row]]:
    """The rows that lines made, and those they only changed."""
    made: set[Row] = set()
    seen: set[Row] = set()
    for line in lines:
        for change in entry_of(line).changes:
            seen.add((change.table, change.row))
            if change.new:
                made.add((change.table, change.row))
    return made, seen - made


def _before(changed: set[Row], first: int) -> dict[Row, list[Entry]]:
    """The lines that wrote each row before an import, in their order."""
    found: dict[Row, list[Entry]] = {}
    for table, row in changed:
        query = Line.select().join(Touch, on=(Touch.line == Line.taken)).where(Touch.table == table, Touch.row == row, Touch.line < first)
        found[table, row] = sorted((entry_of(line) for line in query), key=lambda entry: entry.order)
    return found


def _put_back(act: Act, table: str, row: str, before: list[Entry], lines: list[Line]) -> None:
    """Write the values of before into the fields that the import changed."""
    model = BY_NAME[table]
    fields = {f.name: f for f in model.journal_fields()}
    old: dict[str, Any] = {}
    for entry in before:
        for change in entry.by_row.get((table, row), ()):
            old.update(change.values)
    written = {name for line in lines for change in entry_of(line).by_row.get((table, row), ()) for name in change.values}
    act.change(act.get(model, row), **{name: fields[name].python_value(old.get(name)) for name in sorted(written)})


def _refuse_if_sent(lines: list[Line]) -> None:
    own = lines[0]
    sent = Acknowledged.select().where(Acknowledged.chain == f"{own.site}.{own.incarnation}", Acknowledged.number >= own.number, Acknowledged.where != ON_PAPER)
    if sent.exists():
        raise Refusal(f"不能撤销：本次导入已随数据包送往另一处。{WAY}", code="ledger.undo_sent")


def _refuse_if_built_on(session: Session, touched: set[Row], last: int) -> None:
    """Later lines that only undo imports, and the imports they undid, build on nothing any more."""
    cases = {row for table, row in touched if table == "Case"}
    gone = {line.taken for run in Import.select().where(Import.state == ImportState.UNDONE) for line in _lines_of(run.id)}
    later: Any = (
        Line.select(Line.taken, Line.case_id).where(Line.taken > last, Line.act.not_in(ever("ledger.undo"))).order_by(Line.taken).tuples()
    )
    query: Any = Touch.select(Touch.line, Touch.table, Touch.row).where(Touch.line > last).tuples()
    named: dict[int, Row] = {}
    for place, table, row in query:
        if (table, row) in touched:
            named.setdefault(place, (table, row))
    for place, case in later:
        if place not in gone and (place in named or case in cases):
            raise _built_on(session, Line.get_by_id(place), case if case in cases else _case_of(*named[place]))


def _case_of(table: str, row: str) -> str | None:
    if table == "Case":
        return row
    found = BY_NAME[table].get_or_none(BY_NAME[table].id == row)
    return getattr(found, "case", None)


def _built_on(session: Session, line: Line, case: str | None) -> Refusal:
    number = Case.select(Case.number).where(Case.id == case).scalar() if case else None
    who = Person.select(Person.name).where(Person.id == line.person).scalar() or "本机"
    title = ACTIONS[line.act].title if line.act in ACTIONS else line.act
    day = session.store.clock.day_of(datetime.fromisoformat(line.at))
    return Refusal(f"不能撤销：{number or '本次导入的记录'} 已于 {day} 由{who}办理「{title}」（留痕第 {line.number} 条）。{WAY}", code="ledger.undo")


@action(
    "ledger.drop", "不再处理待定行",
    Field("rows", "待定行", "many"), Field("reason", "理由", "long"), button="弃去", note="弃去的行不再提示，原文和理由仍可查。",
)
def drop(session: Session, *, rows: list[str], reason: str) -> Changes:
    """Let rows of the tray go: their case was registered by hand, or they are no case. They stay legible.

    Raises:
        Refusal: ``ledger.tray`` for a row that does not wait, or without a reason.
    """
    require_may(session, "import_ledger", "处理待定行")
    if not rows or not reason.strip():
        raise Refusal("请选定待定行，并写明不再处理的理由。", code="ledger.tray")
    with session.act("ledger.drop", reason=reason.strip()) as act:
        for row in rows:
            found = act.get(TrayRow, row)
            require_possible(found, act.name, f"{found.sheet} 第 {found.row} 行", "ledger.tray")
            act.change(found, state=TrayState.DROPPED)
    return act.changes
