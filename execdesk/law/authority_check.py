"""The table looked at as a whole: every question it can be asked, and a sentence for each gap or overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from execdesk.law.authority import AuthorityTable
from execdesk.law.matters import Ruling
from execdesk.law.refusal import Refusal


@dataclass(frozen=True)
class TableCheck:
    """How many cells were asked, how many were declared conflicts, and a sentence for each fault."""

    cells: int
    conflicts: int
    faults: tuple[str, ...]


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


def _fault(table: AuthorityTable, ruling: Ruling) -> str:
    if ruling.level not in table.data.levels:
        return f"的层级「{ruling.level}」不存在"
    if ruling.conflict and table.matter(ruling.matter):
        return "已列明却标为冲突"
    if ruling.phrase not in ruling.reason or ruling.article not in ruling.reason:
        return "的理由没有引用条文"
    return ""
