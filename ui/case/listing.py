"""The list of cases: its columns, where its rows come from, and its export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from execdesk.reads.cases import CaseRow
from execdesk.reads.casewhere import ListFilter
from execdesk.reads.export import write_table
from execdesk.reads.states import CaseState
from ui.case.words import left_words, narrow, percent, sum_words
from ui.fields import money
from ui.link import Link
from ui.notices import Notices
from ui.table_source import Column, Slice, Wish, page_holding
from ui.table_view import Table

SOON_PROCEDURE, SOON_CONTROL = 7, 30


def deadline(row: CaseRow) -> str:
    """The nearest day in words; for closed cases the day they were closed."""
    if row.state == CaseState.CLOSED:
        return f"{row.closed_on} 结" if row.closed_on else "已结"
    return left_words(row.days_left)


def deadline_tip(row: CaseRow) -> str:
    """Which day that is."""
    if row.due_on is None:
        return ""
    return f"{row.due_title or row.node} {row.due_on}"


def urgency(row: CaseRow) -> str:
    """The tone of the nearest day."""
    if row.state != CaseState.OPEN or row.days_left is None:
        return "muted"
    if row.days_left < 0:
        return "late"
    return "!soon" if row.days_left <= (SOON_CONTROL if row.due_kind == "control" else SOON_PROCEDURE) else "muted"


COLUMNS = (
    Column("案号", lambda r: narrow(r.number), sort="number", whole=True),
    Column("申请执行人", lambda r: r.applicant, sort="applicant", width=92, grow=1),
    Column("被执行人", lambda r: r.debtor, sort="debtor", width=92, grow=1),
    Column("标的（元）", lambda r: sum_words(r.claim_fen), sort="claim", align="right", whole=True),
    Column("到位", lambda r: percent(r.recovered_fen, r.claim_fen), sort="recovered", align="right", width=44),
    Column("节点", lambda r: r.node, width=54, whole=True, tone=lambda r: "muted", tip=deadline_tip),
    Column("最近期限", deadline, sort="due", align="right", whole=True, tone=urgency, tip=deadline_tip),
)


class CaseSource:
    """Pages of a list, read from the store."""

    def __init__(self, link: Link, wanted: ListFilter) -> None:
        self._link, self._wanted = link, wanted

    def read(self, wish: Wish) -> Slice:
        """Rows, count and sums under the wish."""
        wanted = replace(self._wanted, needle=wish.needle)
        if wish.holding is not None:
            place = self._link.desk.reads.case_place(wanted, wish.sort or "due", wish.descending, str(wish.holding))
            return page_holding(wish, place, self.read)
        found = self._link.desk.reads.case_list(wanted, wish.sort or "due", wish.descending, wish.first, wish.count, wish.totals)
        share = f"{found.recovered_fen * 100 / found.claim_fen:.1f}%" if found.claim_fen else "—"
        sums = (("标的", money(found.claim_fen)), ("到位", money(found.recovered_fen)), ("", share))
        return Slice(found.rows, found.total if wish.totals else -1, sums=sums if wish.totals else ())


def empty_words(view: str, days: int) -> tuple[str, str]:
    """Why a list is empty and what next; ``days`` are what counts as near there."""
    return {
        "open": ("尚无案件。", "导入台账，或登记第一件。"), "todo": ("没有等您办理的事项。", "新的报批、文书、送达和回执会列在这里。"),
        "late": ("没有超期的案件。", ""), "soon": (f"{days} 日内没有到期的期限。", ""), "control": (f"{days} 日内没有到期的查控措施。", ""),
        "week": ("本周没有到期的期限和措施。", "看即将到期的一栏，或到期雷达。"),
        "ungrouped": ("没有待定组的案件。", "住所地不在列明乡镇的案件会列在这里，由人定组。"), "tnr": ("终本库是空的。", ""),
    }.get(view, ("没有这一类案件。", "换一类再看。"))


def ask_export(owner: QWidget, link: Link, table: Table, title: str, notices: Notices, columns: Sequence[Column] = ()) -> None:
    """Ask for a file and write the list into it, with other columns than those shown where named."""
    name, _ = QFileDialog.getSaveFileName(owner, "导出列表", str(Path.home() / f"{title}.xlsx"), "Excel 工作簿 (*.xlsx);;CSV 文件 (*.csv)")
    if name:
        export_to(owner, link, table, Path(name), notices, columns)


def export_to(owner: QWidget, link: Link, table: Table, path: Path, notices: Notices, columns: Sequence[Column] = ()) -> None:
    """Write what the table lists, page by page, off the window's thread."""
    link.jobs.read(owner, lambda: write_table(path, table.lines(columns)), done=lambda count: notices.done(f"已导出 {count:,} 行到 {path.name}。"))
