"""Ledgers as text: UTF-8 with or without BOM, GB18030, UTF-16; comma, tab, semicolon or bar.

Parted by the csv module of Python. The encoding is told by trying, not guessed by a detector: a ledger is in one of four, and where a byte
is torn it must be told which, not read in a fifth.
"""

from __future__ import annotations

import csv
import io
import re

from execdesk.fields.cells import Cell
from execdesk.intake.limits import MAX_CELLS, MAX_COLUMN, MAX_ROW, refuse
from execdesk.intake.workbook import RowCells, SheetRows, Workbook, letter
from execdesk.law.refusal import Refusal

MAX_FIELD = 100_000  # characters of one cell; a spreadsheet cell holds 32,767
_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_ENCODINGS = {"utf-8-sig": "UTF-8（BOM）", "utf-8": "UTF-8", "gb18030": "GB18030", "utf-16": "UTF-16"}
_TORN_SHARE = 100  # one torn character in so many is still text
LOST = "\ufffd"  # stands where a byte is no character
_ODD_SHARE = 1000  # one control character in so many characters is still text


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; bytes here and there that are no character stand as :data:`LOST`.

    Raises Refusal where the bytes are no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif data.startswith(b"\xef\xbb\xbf"):
        candidates = ["utf-8-sig"]
    else:
        candidates = ["utf-8", "gb18030"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _readable(text):
            return text, _ENCODINGS[encoding]
    torn = [(text.count(LOST), text, encoding) for encoding in candidates if _readable(text := data.decode(encoding, "replace"))]
    count, text, encoding = min(torn, default=(len(data), "", ""))
    if count * _TORN_SHARE <= len(text):
        return text, f"{_ENCODINGS[encoding]}，有 {count} 处不成字"
    raise refuse("文件不是文本表格，编码也认不出（可读 UTF-8、GB18030 和带标记的 UTF-16）。", "not_text")


def _readable(text: str) -> bool:
    if "\x00" in text:
        return False
    odd = sum(text.count(c) for c in map(chr, (*range(1, 9), 11, 12, *range(14, 32), 127)))
    return odd * _ODD_SHARE <= len(text)


def is_table(data: bytes) -> bool:
    """Whether text without the name of text is divided like a table: tabs or commas, as many in each of the first lines."""
    try:
        text, _ = decode(data)
    except Refusal:
        return False
    lines = [line for line in text.splitlines()[:10] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in "\t,;"}
    return len(lines) > 1 and any(min(found) == max(found) >= 2 for found in counts.values())


def read_delimited(data: bytes, name: str) -> Workbook:
    """A workbook of one sheet called ``name``; every cell is text. Raises Refusal for what is no table."""
    text, encoding = decode(data)
    csv.field_size_limit(MAX_FIELD)
    try:
        rows = _rows(text)
    except csv.Error as error:
        raise refuse("文件的引号或分隔符不成对，读不成表格。", "damaged") from error
    while rows and not rows[-1].cells:
        rows.pop()
    if not rows:
        raise refuse("文件里没有内容。", "empty")
    return Workbook((SheetRows(name, False, tuple(rows)),), "csv", encoding=encoding)


def _rows(text: str) -> list[RowCells]:
    rows: list[RowCells] = []
    cells = 0
    for number, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), 1):
        cells += len(fields)
        if number > MAX_ROW or len(fields) > MAX_COLUMN or cells > MAX_CELLS:
            raise refuse(f"表格超过上限（{MAX_ROW:,} 行、{MAX_COLUMN} 列），未读取。", "too_large")
        rows.append(RowCells(number, tuple(_cell(i, field) for i, field in enumerate(fields) if field.strip())))
    return rows


def _cell(index: int, field: str) -> Cell:
    """A text cell; one that looks like a formula is one whose value was not kept. ``="0123"`` is how programs write text."""
    if found := _AS_TEXT.fullmatch(field.strip()):
        field = found[1].replace('""', '"')
    if is_formula_text(field):
        return Cell(letter(index), None, field, "formula", field)
    return Cell(letter(index), field, field, "text")


def is_formula_text(text: str) -> bool:
    """Whether ``text`` would be run by a spreadsheet if typed: it begins with = and goes on."""
    return text.startswith("=") and len(text) > 1


def _delimiter(text: str) -> str:
    """The sign that splits the first lines most often."""
    head = "\n".join(text[:20_000].splitlines()[:20])
    return max(",\t;|", key=lambda sign: (head.count(sign), sign == ","))
