"""Table forms: nothing clipped at any length, shrink before growth, rows over page ends, the slip on its own page."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from execdesk.documents.content import Content, ContentTable, Paragraph, SignatureBlock, TableCell
from reports.extract import text
from reports.fonts import load_fonts
from reports.forms import compose
from reports.page import BODY_WIDTH, BOTTOM, LEFT, MM, RIGHT, TOP, RuledLine, Text
from reports.render import PdfRenderer
from reports.tables import TableLayout
from tests.reports import samples
from tests.reports.samples import FONTS, NAMES
from tests.tries import examples

BOOK = load_fonts(FONTS)
WORDS = st.text("冻结划拨存款期限，。、（）" + NAMES + "0123456789AX\n", max_size=160)
COLUMNS = (0.22, 0.28, 0.22, 0.28)


def form(*rows: tuple[TableCell, ...]) -> Content:
    return Content("form", "table", samples.COURT, "执行措施审批表", (ContentTable(COLUMNS, rows),), SignatureBlock("approval"))


def drawn(content: Content) -> list[list[Text | RuledLine]]:
    from execdesk.documents.content import PageMarks

    return [page.things for page in compose(BOOK, content, PageMarks()).pages]


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6))
def test_nothing_is_clipped_or_lost(values: list[tuple[str, str]]) -> None:
    label = TableCell("事由", label=True)
    content = form(*((label, TableCell(a), label, TableCell(b, align="center")) for a, b in values))
    seen = ""
    for things in drawn(content):
        lines = [t for t in things if isinstance(t, RuledLine)]
        low = min(t.y0 for t in lines)
        for thing in things:
            if isinstance(thing, Text) and thing.size <= 14:
                wide = BOOK.width(thing.text, thing.style, thing.size)
                edge = next(e for e in column_edges() if e > thing.x)
                assert thing.x + wide <= edge + 0.51 * thing.size  # at most the empty half of a mark
                assert low - 0.1 <= thing.y - 0.12 * thing.size and thing.y + 0.88 * thing.size <= TOP + 0.1
                seen += thing.text
    wanted = sum(len((a + b).replace("\n", "")) for a, b in values)
    assert len(seen) == wanted + 4 * len(values)


def column_edges() -> list[float]:
    edges, x = [], LEFT
    for share in COLUMNS:
        x += share * BODY_WIDTH
        edges.append(x)
    return edges


def test_a_cell_shrinks_before_it_grows() -> None:
    layout = TableLayout(BOOK, 14.5, lambda t: (t, ()))
    def first(words: str, high: float) -> tuple[float, int]:
        table = ContentTable((0.3, 0.7), ((TableCell("案由", label=True), TableCell(words, height_mm=high)),))
        cells = layout.cells_of(table, table.rows[0])
        return cells[1].size, layout.units(table)[0].height

    assert first("小额借款合同纠纷", 10) == (14.0, 2)
    assert first("甲" * 22, 10) == (12.0, 2)  # one line at 小四
    size, rows = first("甲" * 120, 10)
    assert size == 12.0 and rows > 2
    assert first("甲" * 40, 20) == (14.0, 4)  # two lines fit the field as it is


def test_hashes_stand_in_one_small_line_at_the_foot_of_the_last_page(renderer: PdfRenderer) -> None:
    """For who checks, not for who decides: below the table, within its width, however long; and on no page but the last."""
    words = (f"内容摘要 {'a1' * 32}", f"留痕链末 HQ.1:1234567 {'b2' * 8}")
    rows = [(TableCell("事实理由", label=True), TableCell("被执行人有履行能力而拒不履行。" * 12, span=3))] * 8
    for count in (1, 8):
        made = form(*rows[:count])
        content = replace(made, body=(*made.body, *(Paragraph(one, "foot") for one in words)))
        pages = drawn(content)
        feet = [(number, thing) for number, page in enumerate(pages) for thing in page if isinstance(thing, Text) and "摘要" in thing.text]
        assert len(feet) == 1 and feet[0][0] == len(pages) - 1 and feet[0][1].text == "　".join(words)
        foot = feet[0][1]
        wide = BOOK.width(foot.text, foot.style, foot.size)
        assert foot.size <= 8 and foot.y < BOTTOM and foot.x >= LEFT - 0.1 and foot.x + wide <= RIGHT + 0.1
        assert "".join(words).replace(" ", "") in "".join(text(renderer.render(content).pdf).split())
        assert len(pages) == len(drawn(made)), "it takes no room from the table"


def test_a_very_long_reason_runs_over_pages(renderer: PdfRenderer) -> None:
    reason = "被执行人有履行能力而拒不履行生效法律文书确定的义务，" * 120
    content = samples.approval(reason)
    made = renderer.render(content)
    assert made.pages >= 3
    assert "".join(text(made.pdf).split()).count("拒不履行") == 120
    for things in drawn(content):
        assert all(t.y0 >= BOTTOM - 0.1 for t in things if isinstance(t, RuledLine))


def test_each_page_of_a_table_is_closed_by_thick_rules() -> None:
    content = form(*((TableCell(f"第{n}行", label=True), TableCell("值"), TableCell("名", label=True), TableCell("值")) for n in range(60)))
    pages = drawn(content)
    assert len(pages) >= 3
    for things in pages:
        flat = sorted((t for t in things if isinstance(t, RuledLine) and t.y0 == t.y1), key=lambda t: t.y0)
        assert flat[0].width == flat[-1].width == 1.25
        assert {t.width for t in flat[1:-1]} == {0.5}
        assert (flat[0].x0, round(flat[0].x1, 3)) == (LEFT, round(RIGHT, 3))


def test_row_is_at_least_as_high_as_asked() -> None:
    layout = TableLayout(BOOK, 14.495, lambda t: (t, ()))
    for high in (10, 15, 18, 25, 30, 40):
        units = layout.units(ContentTable((1.0,), ((TableCell("", height_mm=high),),)))
        assert units[0].height * 14.495 >= high * MM - 0.5


def test_the_slip_is_a_page_of_its_own_with_a_cut_line(renderer: PdfRenderer) -> None:
    content = samples.notice()
    pages = drawn(content)
    dashed = [[t for t in things if isinstance(t, RuledLine) and t.dash] for things in pages]
    assert [bool(d) for d in dashed] == [False, False, True]
    top = max(t.y for t in pages[-1] if isinstance(t, Text))
    assert dashed[-1][0].y0 > top - 6
    made = renderer.render(content)
    last = text(made.pdf).split("\f")[-1]
    assert "回执" in last and "实际冻结金额" in last and "审判" not in last


def test_fields_give_way_before_a_row_stands_alone_on_a_second_page() -> None:
    """A receipt is one sheet: where its texts are long, its empty fields become lower, never under 10 mm."""
    fields = [(TableCell("签名", label=True), TableCell("", span=3, height_mm=26)) for _ in range(8)]
    wide = drawn(form(*fields[:7]))
    eased = drawn(form(*fields))
    assert len(wide) == len(eased) == 1
    assert gap(eased[0]) < gap(wide[0]) and gap(eased[0]) >= 10 * MM - 0.1
    assert len(drawn(form(*fields * 4))) > 1, "what cannot be eased onto one page goes over"


def gap(things: list[Text | RuledLine]) -> float:
    """The least distance between two lines across the form."""
    across = sorted({round(t.y0, 2) for t in things if isinstance(t, RuledLine) and t.y0 == t.y1})
    return min(b - a for a, b in zip(across, across[1:], strict=False))


def test_column_heads_do_not_end_a_page() -> None:
    heads = (TableCell("账号", label=True, span=2), TableCell("金额", label=True, span=2))
    for filler in range(20, 60):
        table = ContentTable(COLUMNS, (heads, (TableCell("62220200", span=2), TableCell("1234元", span=2))))
        body = (ContentTable((1.0,), ((TableCell("甲"),),) * filler), table)
        content = Content("x", "table", samples.COURT, "清单", body, SignatureBlock("none"))
        pages = [[t.text for t in things if isinstance(t, Text)] for things in drawn(content)]
        assert sum("账号" in words and "62220200" in words for words in pages) == 1


def test_a_row_runs_over_a_page_end_rather_than_leave_a_fifth_of_the_page_white() -> None:
    """A reason of a third of a page that does not fit under the rows before it begins there and goes on overleaf; where it fits it stays whole."""
    label, words = TableCell("事由", label=True), "被执行人有履行能力而拒不履行生效法律文书确定的义务，" * 14
    for before in range(6, 20):
        body = (ContentTable((0.2, 0.8), (*((label, TableCell(str(n))) for n in range(before)), (label, TableCell(words)))),)
        pages = drawn(Content("x", "table", samples.COURT, "清单", body, SignatureBlock("none")))
        for things in pages[:-1]:
            assert min(t.y0 for t in things if isinstance(t, RuledLine)) - BOTTOM < (TOP - BOTTOM) / 5
        assert sum("".join(t.text for t in things if isinstance(t, Text)).count("拒") for things in pages) == 14
