"""Lists that leave the program run nothing and lose no digit."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.intake.files import read_bytes, read_file
from execdesk.intake.ledger import check
from execdesk.intake.setting import Setting
from execdesk.intake.write import HEADINGS, LIST_TITLES, neutral, report_rows, report_xlsx, write_csv, write_xlsx
from execdesk.law.spelling import is_unseen
from tests.intake.conftest import SAMPLE


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+8613800000000", "'+8613800000000"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("-18,040.39", "-18,040.39"),
        ("-5", "-5"),
        ("-0.5%", "-0.5%"),
        ("-460033199105122914", "'-460033199105122914"),
        ("甲=乙", "甲=乙"),
        ("", ""),
    ],
)
def test_what_would_run_is_neutralised_and_negative_numbers_stay(text: str, out: str) -> None:
    assert neutral(text) == out


ROW = ("460033199105122914", "=1+1", Decimal("-5.50"), -7, "-18,040.39", None)


def test_a_workbook_keeps_numbers_of_papers_as_text_and_has_no_formula() -> None:
    one = openpyxl.load_workbook(io.BytesIO(write_xlsx([("名/单", ("证件", "b", "c", "d", "e", "f"), [ROW])]))).active
    assert one is not None
    cells = list(one[2])
    assert [cell.data_type for cell in cells[:5]] == ["s", "s", "n", "n", "s"]
    assert cells[0].value == "460033199105122914"
    assert cells[1].value == "'=1+1"
    assert cells[3].value == -7


def test_text_has_a_mark_of_its_encoding_and_keeps_long_digits() -> None:
    data = write_csv(("证件", "b", "c", "d", "e", "f"), [ROW])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines()[1] == '"460033199105122914\t","\'=1+1","-5.50","-7","-18,040.39",""'


@given(st.text(max_size=30))
def test_no_text_comes_out_as_a_formula(text: str) -> None:
    out = neutral(text)
    assert not out.startswith(("=", "@", "\t", "\r", "+"))
    assert "".join(c for c in text if c in "\t\n\r" or not is_unseen(c)) in out


def test_the_lists_of_a_check_can_be_handed_on(setting: Setting) -> None:
    report = check(read_bytes(read_file(SAMPLE), SAMPLE.name), setting)
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(report)), read_only=True)
    assert book.sheetnames == list(LIST_TITLES.values())
    assert sum(1 for _ in book["不能导入"].iter_rows()) == 1 + report.counts["refused"]
    again = read_bytes(write_csv(HEADINGS, report_rows(report.decide)), "名单.csv")
    assert [cell.text for cell in again.sheets[0].rows[0].cells] == list(HEADINGS)
    assert len(again.sheets[0].rows) == 1 + report.counts["decide"]
