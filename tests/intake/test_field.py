"""Ledgers as offices really send them, each with one trouble: what comes in, what is asked, and that nothing of a row is lost."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from execdesk.intake.files import read_bytes, read_file
from execdesk.intake.ledger import check
from execdesk.intake.report import LedgerCase, LedgerEntry, LedgerReport
from execdesk.intake.setting import Setting
from execdesk.law.refusal import Refusal
from tests.intake.conftest import GOOD, HEADINGS

FIELD = Path(__file__).parent / "field"
Says = Callable[[LedgerReport], object]


def case(report: LedgerReport, row: int) -> LedgerCase:
    """The one case that a row makes."""
    (entry,) = [entry for entry in report.imported if entry.row == row]
    (found,) = entry.cases
    return found


def asked(report: LedgerReport, row: int) -> dict[str, tuple[str, ...]]:
    """The questions of a row by code, with the keys of their options."""
    (entry,) = [entry for entry in report.decide if entry.row == row]
    return {question.code: tuple(option.key for option in question.options) for question in entry.questions}


def refused(report: LedgerReport, row: int) -> set[str]:
    """Why a row is refused."""
    (entry,) = [entry for entry in report.refused if entry.row == row]
    return {problem.code for problem in entry.problems}


def day(report: LedgerReport, row: int) -> tuple[str, str]:
    """The days of filing and of effect of a row that comes in."""
    found = case(report, row)
    return str(found.filed_on), str(found.basis_effective_on)


def good(report: LedgerReport, row: int = 2) -> bool:
    """Whether a row is the good one: its days, amount and people."""
    found = case(report, row)
    debtor = found.debtors[0]
    return (
        day(report, row) == ("2017-02-17", "2016-12-01") and found.claim_fen == 5_000_000
        and (found.applicants[0].name, debtor.name, debtor.id_no) == ("甲某某", "乙某某", "469027198808080008")
    )


RIGHT: dict[str, Says] = {
    "04-1904-extlst.xlsx": lambda r: good(r),
    "04-1904-extlst-b.xlsx": lambda r: good(r, 2) and good(r, 3) and good(r, 4),
    **{f"12-{name}.xls": lambda r: good(r) for name in ("html_gbk", "html_utf8", "mhtml", "tsv_gbk", "tsv_u16")},
    "14-backslash-parts.xlsx": lambda r: good(r),
    "16-one-broken-character.csv": lambda r: asked(r, 2) == {"text.torn": ("keep",)} and "第 2 行" in r.decide[0].text,
    "16-one-odd-byte.csv": lambda r: asked(r, 2) == {"text.torn": ("keep",)} and "案由" in r.decide[0].text,
}


@pytest.fixture(scope="module")
def reports(setting: Setting) -> Mapping[str, LedgerReport]:
    return {path.name: check(read_bytes(read_file(path), path.name), setting) for path in sorted(FIELD.iterdir())}


@pytest.mark.parametrize("name", RIGHT)
def test_a_file_from_the_field_is_read_as_is_right(reports: Mapping[str, LedgerReport], name: str) -> None:
    assert RIGHT[name](reports[name])


def test_no_character_of_any_file_is_lost(reports: Mapping[str, LedgerReport]) -> None:
    for name, report in reports.items():
        cells = {(sheet.name, row.number): [cell.text for cell in row.cells] for sheet in read_bytes(read_file(FIELD / name), name).sheets for row in sheet.rows}
        entries: list[LedgerEntry] = [*report.imported, *report.decide, *report.refused]
        assert all([text for _, text in entry.raw] == cells[entry.sheet, entry.row] for entry in entries)
        assert len(entries) + len(report.passed_over) == len(cells)


def test_what_is_kept_though_a_character_is_torn_comes_in_with_its_mark(setting: Setting, decided: Callable[[Any], Setting]) -> None:
    path = FIELD / "16-one-broken-character.csv"
    decisions = {(path.stem, 2, "", "text.torn"): "keep"}
    assert case(check(read_bytes(read_file(path), path.name), decided(decisions)), 2).cause == "\ufffd卖合同纠纷"


# -- kinds of files that have none here


def excel_2003(*cells: str) -> bytes:
    headings = "".join(f'<Cell><Data ss:Type="String">{one}</Data></Cell>' for one in HEADINGS)
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"><Worksheet ss:Name="2017年台账"><Table>'
        f'<Row>{headings}</Row><Row>{"".join(cells)}</Row></Table></Worksheet>'
        '<Worksheet ss:Name="旧"><Table><Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="String">x</Data></Cell></Row></Table>'
        '<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>'
    ).encode()


def test_the_xml_of_excel_2003_is_read_with_its_types(setting: Setting) -> None:
    def told(value: Any) -> str:
        if value is None:
            return "<Cell/>"
        kind = "Number" if isinstance(value, int) else "String" if isinstance(value, str) else "DateTime"
        return f'<Cell><Data ss:Type="{kind}">{value}{"T00:00:00.000" if kind == "DateTime" else ""}</Data></Cell>'

    book = read_bytes(excel_2003(*map(told, GOOD)), "台账.xls")
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("2017年台账", False), ("旧", True)]
    assert (book.sheets[1].rows[2].number, book.sheets[1].rows[2].cells[0].column) == (3, "B")
    found = case(check(book, setting), 2)
    assert (str(found.filed_on), found.claim_fen) == ("2017-03-01", 5_000_000)


def test_cells_of_a_page_that_reach_over_rows_and_columns_keep_their_places() -> None:
    page = "<table><tr><td colspan=2>甲<br>乙</td><td rowspan=2>丙</td></tr><tr style='display: none'><td>1</td><td>&lt;2</td></tr></table>"
    rows = read_bytes(page.encode(), "台账.xls").sheets[0].rows
    assert [(cell.column, cell.text, cell.merged) for cell in rows[0].cells] == [("A", "甲\n乙", ""), ("C", "丙", "")]
    assert [(cell.column, cell.text, cell.merged) for cell in rows[1].cells] == [("A", "1", ""), ("B", "<2", ""), ("C", "丙", "C1")]
    assert rows[1].hidden


@pytest.mark.parametrize("page", ["<table><tr><td colspan=900>x</td></tr></table>", "<table>" + "<tr><td rowspan=99999 colspan=400>x</td></tr>" * 5000])
def test_a_page_that_grows_without_end_is_refused(page: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_bytes(page.encode(), "台账.xls")
    assert refusal.value.code == "file.too_large"


def test_parts_in_another_case_are_found(setting: Setting) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(FIELD / "14-backslash-parts.xlsx") as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name.replace("xl\\w", "xl\\W"), source.read(name))
    assert good(check(read_bytes(out.getvalue(), "台账.xlsx"), setting))
