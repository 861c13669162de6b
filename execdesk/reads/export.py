"""Lists as files: xlsx or csv, with amounts, counts and days as such and no words that a spreadsheet runs as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from execdesk.access.files import write_out
from execdesk.intake.write import Field as Field  # what a cell of a file holds, for the window too
from execdesk.intake.write import write_csv, write_xlsx
from execdesk.law.refusal import Refusal


def require_kind(path: Path) -> str:
    """The ending of a file that a list is written to, ``.xlsx`` or ``.csv``; Refusal ``export.kind`` for another."""
    kind = path.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise Refusal("导出文件的类型只能是 .xlsx 或 .csv，请改文件名。", code="export.kind")
    return kind


def keep_list(path: Path, data: bytes) -> None:
    """Write the file of a list; Refusal ``export.file`` where it cannot be written, ``file.own`` over a file of the store."""
    try:
        write_out(path, data)
    except Refusal as refusal:
        if refusal.code == "file.own":
            raise
        raise Refusal(f"{refusal.text}已打开着同名文件的，请先关闭它。", code="export.file") from refusal


def yuan(fen: int | None) -> Decimal | None:
    """An amount as a cell holds it."""
    return None if fen is None else Decimal(fen) / 100


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Field]]) -> int:
    """Write headings and rows to ``.xlsx`` or ``.csv`` (UTF-8 with BOM); how many rows after the headings. Refuses as :func:`require_kind` and
    :func:`keep_list`."""
    kind, number = require_kind(path), 0

    def counted() -> Iterator[Sequence[Field]]:
        nonlocal number
        for number, row in enumerate(rows, 1):  # noqa: B007
            yield row

    keep_list(path, write_csv(headings, counted()) if kind == ".csv" else write_xlsx([("导出", headings, counted())]))
    return number
