"""Lists into files: any table asks the window, which asks where to and writes off its own thread, with how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from execdesk.reads.export import write_table
from ui.jobs import Runner, Watch
from ui.notices import Notices
from ui.saving import ask_file
from ui.table_source import TableSection

if TYPE_CHECKING:
    from execdesk.reads.export import Field
    from ui.table_view import Table

KINDS = "Excel 工作簿 (*.xlsx);;CSV 文件 (*.csv)"
Chooser = Callable[[QWidget, str], str]


def ask_where(parent: QWidget, name: str) -> str:
    """Ask for the file of a list called so; empty where the person thinks better of it. Without an ending it becomes a workbook."""
    return ask_file(parent, "导出列表", str(Path.home() / name.replace("/", "／")), KINDS, ".xlsx", ".csv")


def export_table(owner: QWidget, jobs: Runner, notices: Notices, table: Table, path: Path, chosen: bool = False) -> None:
    """Write all that a table lists under its filter, or the rows chosen in it, with every column it has."""
    columns, rows = table.every, [row for row in table.selected if not isinstance(row, TableSection)] if chosen else None
    cells = table.cells(columns) if rows is None else (tuple(column.written(row) for column in columns) for row in rows)
    write_list(owner, jobs, notices, path, [column.title for column in columns], cells, table.model.count if rows is None else len(rows))


def write_list(
    owner: QWidget, jobs: Runner, notices: Notices, path: Path, headings: Sequence[str], rows: Iterable[Sequence[Field]], total: int,
) -> None:
    """Write rows, which are made where they are written, into a file."""
    watch = Watch("导出列表", leaves="没有写成文件。", unit="行")

    def told() -> Iterator[Sequence[Field]]:
        for number, row in enumerate(rows, 1):
            if number % 100 == 0:
                watch.tell(number, total)
            yield row

    jobs.read(owner, lambda: write_table(path, headings, told()), done=lambda count: notices.done(f"已导出 {count:,} 行到 {path.name}。"), watch=watch)
