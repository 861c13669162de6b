"""Files that are no ledger, or mean harm, each with its sentence; and what is read of honest ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from execdesk.intake.files import read_bytes, read_file
from execdesk.intake.limits import MAX_FILE_BYTES
from execdesk.law.refusal import Refusal
from tests.intake.conftest import SAMPLE


def repacked(change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> bytes:
    """The sample with parts changed, left out (None) or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(SAMPLE) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
        for name, content in (extra or {}).items():
            target.writestr(name, content)
    return out.getvalue()


def keep(_: str, content: bytes) -> bytes:
    return content


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, content: content.replace(old, new, 1) if name.endswith("sheet3.xml") else content


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        target.writestr("xl/workbook.xml", b"<workbook/>")
        target.writestr("xl/worksheets/sheet1.xml", b" " * (200 * 1024**2))
    return out.getvalue()


def small_bomb() -> bytes:
    return repacked(keep, {"xl/worksheets/sheet9.xml": b"<worksheet>" + b" " * (20 * 1024**2) + b"</worksheet>"})


def lying_bomb() -> bytes:
    """An archive that declares one byte where 60 MB come out."""
    data = bytearray(bomb())
    size = (200 * 1024**2).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1).to_bytes(4, "little")
    return bytes(data)


def far_cell_xlsx() -> bytes:
    return repacked(in_sheet(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'))


def far_cell_xls() -> bytes:
    book = xlwt.Workbook()
    one = book.add_sheet("a")
    one.write(0, 0, "x")
    one.write(65535, 255, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def wide_ods() -> bytes:
    body = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" table:number-columns-repeated="1000"/></table:table-row>'
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t"><office:body><office:spreadsheet>'
        f'<table:table table:name="a">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", content)
    return out.getvalue()


def encrypted_ole() -> bytes:
    """The directory of a compound file that holds an encrypted package, as Office writes it."""
    data = bytearray(far_cell_xls())
    name, other = "Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
    at = data.find(name + b"\0\0")
    data[at : at + len(other)] = other
    data[at + 64 : at + 66] = (len(other) + 2).to_bytes(2, "little")
    return bytes(data)


def password_xls() -> bytes:
    data = far_cell_xls()
    at = data.find(b"\x42\x00\x02\x00")  # the codepage record, turned into FILEPASS of the same length
    return data[:at] + b"\x2f\x00" + data[at + 2 :] if at >= 0 else data


def flagged_zip() -> bytes:
    data = bytearray(SAMPLE.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def without_workbook() -> bytes:
    return repacked(lambda name, content: None if name == "xl/workbook.xml" else content)


DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'

BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "空.xlsx": (lambda: b"", "file.empty"),
    "五十兆零.xlsx": (lambda: b"\0" * (50 * 10**6), "file.too_large"),
    "二十兆零.xlsx": (lambda: b"\0" * (20 * 10**6), "file.empty"),
    "炸弹.xlsx": (bomb, "file.bomb"),
    "小炸弹.xlsx": (small_bomb, "file.bomb"),
    "说谎的炸弹.xlsx": (lying_bomb, "file.damaged"),
    "远角.xlsx": (far_cell_xlsx, "file.too_large"),
    "远角.xls": (far_cell_xls, "file.too_large"),
    "重复.ods": (wide_ods, "file.too_large"),
    "加密.xlsx": (encrypted_ole, "file.encrypted"),
    "密码.xls": (password_xls, "file.encrypted"),
    "加密压缩.xlsx": (flagged_zip, "file.encrypted"),
    "缺目录.xlsx": (without_workbook, "file.not_workbook"),
    "外部实体.xlsx": (lambda: repacked(lambda n, c: DTD + c if n == "xl/workbook.xml" else c), "file.dtd"),
    "断尾.xlsx": (lambda: SAMPLE.read_bytes()[:40_000], "file.damaged"),
    "坏XML.xlsx": (lambda: repacked(in_sheet(b"</sheetData>", b"</sheetDat>")), "file.damaged"),
    "坏坐标.xlsx": (lambda: repacked(in_sheet(b'r="A1"', b'r="A0"')), "file.damaged"),
    "断尾.xls": (lambda: far_cell_xls()[:1200], "file.damaged"),
    "网页.xls": (lambda: b"<html><p>1</p></html>", "file.not_workbook"),
    "文档.pdf": (lambda: b"%PDF-1.7\n", "file.not_workbook"),
    "照片.xlsx": (lambda: b"\xff\xd8\xff\xe0" + b"x" * 100, "file.not_workbook"),
    "文字.xlsx": (lambda: "只是文字".encode(), "file.not_workbook"),
    "二进制.csv": (lambda: bytes(range(256)) * 10, "file.not_text"),
    "乱码.csv": (lambda: b"\xff" * 100, "file.not_text"),
    "空白.csv": (lambda: b"\n\n,,\n", "file.empty"),
    "太宽.csv": (lambda: b"," * 5000 + b"x", "file.too_large"),
    "太长.csv": (lambda: b"x\n" * 200_000, "file.too_large"),
    "不闭合.csv": (lambda: b'a,"' + b"x" * 200_000, "file.damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_one_sentence(name: str) -> None:
    make, code = BAD[name]
    with pytest.raises(Refusal) as refusal:
        read_bytes(make(), name)
    assert refusal.value.code == code
    assert refusal.value.text.endswith("。")
    assert any("\u4e00" <= c <= "\u9fff" for c in refusal.value.text)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as out:
        out.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(Refusal) as refusal:
        read_bytes(read_file(path), path.name)
    assert refusal.value.code == "file.too_large"
    with pytest.raises(Refusal) as refusal:
        read_bytes(read_file(tmp_path / "没有.xlsx"), (tmp_path / "没有.xlsx").name)
    assert refusal.value.code == "file.unreadable"


def test_links_to_other_files_and_macros_are_survived_and_said() -> None:
    book = read_bytes(repacked(keep, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>", "xl/vbaProject.bin": b"x"}), "a.xlsm")
    assert len(book.notes) == 2
    assert "未跟随" in book.notes[0]


def test_formulas_come_with_text_and_shown_value() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    one = book.add_worksheet("a")
    one.write_formula("A1", "=ROUND(MAX(50,B1*0.015),2)", None, 1470)
    one.write("B1", 98000)
    one.write_formula("A3", "=1/0", None, "#DIV/0!")
    one.set_row(4, None, None, {"hidden": True})
    one.write("A5", "藏")
    one.set_column("D:D", None, None, {"hidden": True})
    one.merge_range("C1:C3", "合并")
    book.add_worksheet("藏页").hide()
    book.close()
    sheets = read_bytes(out.getvalue(), "a.xlsx").sheets
    cells = sheets[0].rows[0].by_column()
    assert (cells["A"].value, cells["A"].formula) == (1470, "=ROUND(MAX(50,B1*0.015),2)")
    assert sheets[0].rows[2].by_column()["A"].kind == "error"
    assert sheets[0].rows[2].by_column()["C"].merged == "C1"
    assert sheets[0].rows[4].hidden
    assert sheets[0].hidden_columns == {"D"}
    assert [sheet.hidden for sheet in sheets] == [False, True]


def test_a_formula_that_shows_nothing_is_told_from_one_whose_value_was_not_kept() -> None:
    cells = b'<row r="2"><c r="A2" t="str"><f>IF(B2="","",1)</f><v></v></c><c r="B2"><f>1+1</f><v/></c></row></sheetData>'
    row = read_bytes(repacked(in_sheet(b"</sheetData>", cells)), "a.xlsx").sheets[2].rows[1].by_column()
    assert (row["A"].kind, row["A"].text) == ("text", "")
    assert (row["B"].kind, row["B"].value) == ("formula", None)


def test_a_formula_without_shown_value_is_marked_and_never_run() -> None:
    rows = read_bytes(read_file(SAMPLE), SAMPLE.name).sheets[0].rows
    cell = rows[6].by_column()["N"]
    assert (cell.kind, cell.value, cell.formula) == ("formula", None, "=ROUND(MAX(50,M7*0.015),2)")


def test_shared_formulas_are_shifted_to_their_cell() -> None:
    shared = b'<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">B2*$C$1+B3</f><v>1</v></c></row><row r="3"><c r="A3"><f t="shared" si="0"/><v>2</v></c></row></sheetData>'
    book = read_bytes(repacked(in_sheet(b"</sheetData>", shared)), "a.xlsx")
    assert book.sheets[2].rows[2].by_column()["A"].formula == "=B3*$C$1+B4"


def test_dates_numbers_and_rows_keep_their_place(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    one = book.active
    assert one is not None
    one["B3"] = date(2017, 8, 1)
    one["C3"] = 460033199105122914
    path = tmp_path / "a.xlsx"
    book.save(path)
    row = read_bytes(read_file(path), path.name).sheets[0].rows[2]
    assert row.number == 3
    cells = row.by_column()
    assert cells["B"].value == date(2017, 8, 1)
    assert isinstance(cells["C"].value, float)


@pytest.mark.parametrize(("data", "encoding"), [("甲,乙\n".encode(), "UTF-8"), ("甲,乙\n".encode("gb18030"), "GB18030"), ("\ufeff甲,乙\n".encode(), "UTF-8（BOM）")])
def test_text_in_every_encoding_is_told(data: bytes, encoding: str) -> None:
    book = read_bytes(data, "台账.csv")
    assert (book.encoding, [cell.text for cell in book.sheets[0].rows[0].cells]) == (encoding, ["甲", "乙"])


def test_text_written_as_a_formula_of_text_is_that_text() -> None:
    rows = read_bytes('案号,证件号码,备注\n1,"=""469027198001010009""","=A1&""x"""\n'.encode(), "台账.csv").sheets[0].rows
    assert [(cell.value, cell.kind) for cell in rows[1].cells[1:]] == [("469027198001010009", "text"), (None, "formula")]


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_text_may_be_divided_by_comma_tab_semicolon_or_bar(sign: str) -> None:
    rows = read_bytes(f'案号{sign}备注\n"甲\n乙"{sign}\'001\n'.encode(), "台账.csv").sheets[0].rows
    assert [cell.text for cell in rows[1].cells] == ["甲\n乙", "'001"]
