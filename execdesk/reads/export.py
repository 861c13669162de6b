"""Lists as files: xlsx or csv, with every cell as text that no spreadsheet runs as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from execdesk.access.files import write_out
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


def write_table(path: Path, lines: Iterable[Sequence[str]]) -> int:
    """Write headings and rows to ``.xlsx`` or ``.csv`` (UTF-8 with BOM); how many rows after the headings. Refuses as :func:`require_kind` and
    :func:`keep_list`."""
    kind = require_kind(path)
    headings, *rows = lines
    keep_list(path, write_csv(headings, rows) if kind == ".csv" else write_xlsx([("导出", headings, rows)]))
    return len(rows)
