"""The table looked at as a whole: gaps and overlaps, what two versions give differently, where a figure is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from execdesk.law.authority import AuthorityTable
from execdesk.law.matters import Ruling
from execdesk.law.refusal import Refusal
from execdesk.law.units import LEVELS


@dataclass(frozen=True)
class TableCheck:
    """How many cells were asked, how many were declared conflicts, and a sentence for each fault."""

    cells: int
    conflicts: int
    faults: tuple[str, ...]


@dataclass(frozen=True)
class RowChange:
    """One difference between two tables, for the sheet 院长 signs: the matter, what changed, before and after."""

    matter: str
    what: str
    before: str
    after: str


def check_table(table: AuthorityTable, days: Iterable[date] | None = None) -> TableCheck:
    """Ask every cell on ``days`` (else the last day before and the first day of the plan).

    A fault is a cell without an answer, a level the table does not know, a conflict on a listed matter, or a reason
    without its clause.
    """
    effective = table.data.plan.effective
    asked = conflicts = 0
    faults: list[str] = []
    for cell in table.cells(days or (effective - timedelta(days=1), effective)):
        asked += 1
        try:
            ruling = table.decide(cell.matter, subject=cell.subject, on=cell.on, circumstances=cell.circumstances)
        except Refusal as refusal:
            faults.append(f"{cell.matter}（{cell.subject}，{cell.on}）没有答案：{refusal.text}")
            continue
        conflicts += ruling.conflict
        if fault := _fault(table, ruling):
            faults.append(f"{ruling.name}（{cell.subject}，{cell.on}）{fault}")
    return TableCheck(asked, conflicts, tuple(faults))


def table_changes(old: AuthorityTable, new: AuthorityTable, on: date) -> tuple[RowChange, ...]:
    """What ``new`` gives differently from ``old`` on ``on``, matter by matter, added and dropped matters among them."""
    before, after = ({row.id: row.name for row in table.choosable()} for table in (old, new))
    found = [RowChange(before[key], "事项", "列明", "删去") for key in before if key not in after]
    for key, name in after.items():
        if key not in before:
            found.append(RowChange(name, "事项", "未列明", "列明"))
            continue
        was, now = old.decide(key, on=on), new.decide(key, on=on)
        pairs = zip(_told(was), _told(now), strict=True)
        found += [RowChange(name, what, a, b) for (what, a), (_, b) in pairs if a != b]
    return tuple(found)


def used_by(table: AuthorityTable, key: str) -> tuple[str, ...]:
    """The matters whose basis names the figure ``key``, for the page 法规参数."""
    return tuple(row.name for row in table.data.matters.values() if f"p:{key}" in row.basis)


def _fault(table: AuthorityTable, ruling: Ruling) -> str:
    if ruling.level not in table.data.levels:
        return f"的层级「{ruling.level}」不存在"
    if ruling.conflict and table.matter(ruling.matter):
        return "已列明却标为冲突"
    if ruling.phrase not in ruling.reason or ruling.article not in ruling.reason:
        return "的理由没有引用条文"
    return ""


def _told(ruling: Ruling) -> tuple[tuple[str, str], ...]:
    panel = {"none": "不需要", "usual": "通常", "required": "应当", "conditional": "视情形"}
    return (
        ("名称", ruling.name),
        ("层级", ruling.level_name),
        ("条文", ruling.article),
        ("原文", ruling.phrase),
        ("合议庭", panel[ruling.panel]),
        ("法定签发人", LEVELS.get(ruling.statute_signer, "无")),
        ("保留给院长", "是" if ruling.reserved else "否"),
        ("文书", "、".join(ruling.documents) or "无"),
        ("依据", "、".join(ruling.basis) or "无"),
    )
