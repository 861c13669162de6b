"""Lists that leave the program, with hostile names: read again as a spreadsheet reads them, nothing runs and nothing is lost."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from openpyxl import load_workbook

from execdesk.intake.report import LedgerEntry, LedgerReport
from execdesk.intake.write import neutral
from execdesk.law.refusal import Refusal
from execdesk.law.spelling import visible
from execdesk.reads.export import write_table
from execdesk.reads.importlists import export_lists
from tests.hostile import TEXTS

STARTS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1+1", "＠SUM(1)", "﹦1", "⁼1", "−1+1", "|cmd", "%1", "｜cmd", "  =1", "\u200b=1", "\ufeff=1", "　=1")
DDE = ("=cmd|' /C calc'!A0", "@SUM(1+9)*cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\")", "=DDE(\"a\";\"b\")", "-2+3+cmd|' /C calc'!A0", "甲;=1+1", '甲",=1+1', "_x003D_1+1")
NAMES = (*STARTS, *DDE, *(text for text in TEXTS if len(text) < 6_000), "6228480000000000000", "469027198808080008", "-18,040.39", "-", "—", "", "甲某\n乙某")
HEADINGS = ("=案号", "名称")


def is_safe(cell: str) -> bool:
    """Whether no spreadsheet calculates it, looked at apart from how the program tells."""
    first = unicodedata.normalize("NFKC", cell.lstrip(" \u3000"))[:1]
    number = cell[1:].replace(",", "").replace(".", "", 1)
    return cell in ("-", "—") or first not in set("=+-@|%−\t\r\n") or (first == "-" and number.isascii() and number.isdigit())


def same(cell: str, told: str) -> bool:
    """Whether nothing was lost but what is not seen: an apostrophe before, a tab behind a long number."""
    seen, wanted = cell.replace("\r", "\n"), visible(told.replace("\r", "\n"))
    return wanted in (seen, seen.removeprefix("'"), seen.removesuffix("\t"))


@pytest.fixture(params=[".xlsx", ".csv"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"清单{request.param}"


def cells(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as opened:
            return [list(row) for row in csv.reader(opened)]
    found: list[list[str]] = []
    for sheet in load_workbook(path).worksheets:
        assert all(cell.data_type in ("s", "n", "inlineStr") and (cell.data_type != "n" or cell.value is None or isinstance(cell.value, int)) for row in sheet.iter_rows() for cell in row)
        found += [[str(value) if value is not None else "" for value in row] for row in sheet.iter_rows(values_only=True)]
    return found


def test_no_cell_of_a_list_runs_and_none_is_lost(path: Path) -> None:
    assert write_table(path, HEADINGS, ((f"{n}", name) for n, name in enumerate(NAMES))) == len(NAMES)
    headings, *rows = cells(path)
    assert headings == ["'=案号", "名称"]
    assert [row[0] for row in rows] == [str(n) for n in range(len(NAMES))]
    assert [row[1] for row in rows if not is_safe(row[1])] == []
    assert [(name, row[1]) for name, row in zip(NAMES, rows, strict=True) if not same(row[1], name)] == []


def test_no_cell_of_the_lists_of_an_intake_runs(path: Path) -> None:
    entries = tuple(LedgerEntry("=表", n, column="@列", value=name, code="x", text=name) for n, name in enumerate(NAMES, 2))
    export_lists(LedgerReport((), (), entries, ()), path)
    found = cells(path)
    assert sum(len(row) > 3 for row in found) >= len(NAMES)
    assert [cell for row in found for cell in row if not is_safe(cell)] == []


def test_long_numbers_stay_whole_for_a_spreadsheet(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", ("账号",), [("6228480000000000000",), ("12345678901",)])
    assert cells(tmp_path / "a.csv") == [["账号"], ["6228480000000000000\t"], ["12345678901"]]


@pytest.mark.parametrize("name", ["execdesk.db", "execdesk.db-wal", "slots.json", "SLOTS.JSON", "attempts.json", "keys/甲.xlsx"])
def test_no_list_is_written_over_a_store(tmp_path: Path, name: str) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "execdesk.db").write_bytes(b"rows")
    with pytest.raises(Refusal) as refused:
        write_table(tmp_path / name, HEADINGS, [])
    assert refused.value.code in ("export.kind", "file.own")
    assert (tmp_path / "execdesk.db").read_bytes() == b"rows"


def test_plain_amounts_stay_numbers() -> None:
    assert [neutral(text) for text in ("-18,040.39", "-5", "3.5%", "甲=1", "张三")] == ["-18,040.39", "-5", "3.5%", "甲=1", "张三"]
