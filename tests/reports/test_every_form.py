"""What holds of every page of every form, on random texts: nothing lost, numbers whole, rules of lines, as few pages as the rows need."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from execdesk.documents.content import Content, ContentTable, PageMarks, Paragraph, TableCell
from reports.forms import compose
from reports.page import ROWS, Text
from reports.render import PdfRenderer
from reports.style import style_of
from reports.typography import CASE, DATE, NO_END, NO_START
from tests.reports import samples
from tests.reports.samples import FONTS, NAMES
from tests.tries import examples

RENDERER = PdfRenderer(FONTS)
HANZI = "的一是在人民法院执行裁定被申请存款冻结期限届满前向本院提出书面异议黎族自治县镇村路楼栋单元室" + NAMES
NUMBERS = (
    "（2017）琼9027执123号", "（2016）琼02民初4567号之十二", "2017年8月1日", "2018年12月31日9时05分", "98765.43元", "1234567.89元", "469027198001010009",
    "91469027MA0000007K", "6222020000000001234", "0898-85520001",
)  # fmt: skip
PIECES = st.one_of(st.text(HANZI, min_size=1, max_size=14), st.sampled_from(["，", "。", "；", "《规定》", "（附页）", "“原文”"]), st.sampled_from(NUMBERS))
WHOLE = re.compile(rf"{CASE}|{DATE}|0898-\d{{8}}|\d+(?:\.\d+)?元|[0-9A-Z]{{15,}}")
PARTS = st.lists(st.lists(PIECES, min_size=1, max_size=24), min_size=1, max_size=14)


def joined(pieces: list[str]) -> str:
    """A text that begins with a hanzi; a comma stands between two numbers."""
    out = "查"
    for piece in pieces:
        number = out[-1].isascii() or out[-1] in "号日元分二"
        out += ("，" if number and piece[0] in "（0123456789" else "") + piece
    return out.rstrip("，") + "。"


def text_form(build: Callable[[], Content], texts: list[str]) -> Content:
    return replace(build(), body=tuple(Paragraph(text) for text in texts), slip=(), contact=(), attachments=())


def cells(build: Callable[[], Content], texts: list[str]) -> Content:
    """The texts as the rows of a table, under the form's other blocks where it has some."""
    table = ContentTable((0.2, 0.8), tuple((TableCell("事由", label=True), TableCell(text)) for text in texts))
    given = build()
    return replace(given, body=(table, *(block for block in given.body if isinstance(block, Paragraph) and block.role == "foot")))


MADE: dict[str, Callable[[list[str]], Content]] = {
    "ruling": lambda texts: text_form(samples.two_pages, texts), "order": lambda texts: text_form(samples.order, texts),
    "notice": lambda texts: text_form(samples.notice, texts), "letter": lambda texts: replace(text_form(samples.notice, texts), form="letter"),
    "red_head": lambda texts: text_form(samples.red_head, texts), "table": lambda texts: cells(samples.receipt, texts),
    "record": lambda texts: cells(samples.record, texts), "list": lambda texts: cells(samples.listed, texts),
    "voucher": lambda texts: cells(samples.voucher, texts),
    "label": lambda texts: replace(samples.labels(), body=tuple(Paragraph(f"符䶮　收\n{text[:120].rstrip('（《“')}") for text in texts)),
}  # fmt: skip


def words(pdf: bytes) -> str:
    """What ``pdftotext`` reads in drawing order, without blanks, page numbers and other marks of the page."""
    told = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return re.sub(r"—\d+—|第\d+页共\d+页", "", "".join(told.split()))


def drawn(content: Content) -> list[list[Text]]:
    """The texts of each page in drawing order."""
    return [[t for t in page.things if isinstance(t, Text) and t.text] for page in compose(RENDERER.book, content, PageMarks()).pages]


@pytest.mark.parametrize("form", sorted(MADE))
@settings(max_examples=examples(24), deadline=None)
@given(PARTS)
def test_nothing_is_lost_and_no_number_torn(form: str, parts: list[list[str]]) -> None:
    texts = [joined(part) for part in parts]
    content = MADE[form](texts)
    shown = [block.text for block in content.body if isinstance(block, Paragraph)] if form == "label" else texts
    told = words(RENDERER.render(content).pdf)
    for text in shown:
        assert "".join(text.split()) in told, text
    lines = [t.text for page in drawn(content) for t in page]
    torn = numbers(shown) - numbers(lines)
    assert not torn


def numbers(texts: list[str]) -> Counter[str]:
    """The numbers, days and amounts that stand whole in each of the texts."""
    return Counter(number for text in texts for number in WHOLE.findall(text))


@pytest.mark.parametrize("form", sorted(MADE))
@settings(max_examples=examples(24), deadline=None)
@given(PARTS)
def test_no_line_begins_or_ends_with_a_wrong_mark(form: str, parts: list[list[str]]) -> None:
    for page in drawn(MADE[form]([joined(part) for part in parts])):
        for text in page:
            assert text.text[0] not in NO_START and text.text[-1] not in NO_END, text.text


@pytest.mark.parametrize("form", ["ruling", "order", "notice", "letter", "red_head"])
@settings(max_examples=examples(60), deadline=None)
@given(PARTS)
def test_as_few_pages_as_the_rows_need_and_no_page_nearly_empty(form: str, parts: list[list[str]]) -> None:
    """At most one page more than the rows would fill without any rule of what stays together; every page bears two rows of text at least,
    and no page but the last two, between which the block moves, is white for a fifth."""
    content = MADE[form]([joined(part) for part in parts])
    area, pages = style_of(form).area, drawn(content)
    rows = [sorted({round(t.y, 1) for t in page if t.size == style_of(form).body and not t.whole}, reverse=True) for page in pages]
    assert all(len(found) >= 2 for found in rows)
    bare = sum(map(len, rows)) + 7 + 10  # the head, and the block with its empty rows
    assert len(pages) <= ceil(bare / ROWS) + 1
    for found in rows[:-2]:
        assert found[-1] - area.bottom < area.height / 5
    for found in rows:
        assert all(a - b >= 26 for a, b in pairwise(found))
