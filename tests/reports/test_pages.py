"""Pages as they come out: counts of the grid, block geometry, drafts, refusals, bytes, text, PDF/A."""

from __future__ import annotations

import io
import random
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import pdfa

from execdesk.documents.content import PageMarks, Paragraph, Signatory, SignatureBlock
from execdesk.law.refusal import Refusal
from reports.archive import archived, to_archive
from reports.extract import text
from reports.fonts import BLOCKS, CENTRES
from reports.forms import compose
from reports.grid import Composition
from reports.page import BODY_SIZE, BOTTOM, LEFT, MM, PITCH, RIGHT, ROW, TOP, Text
from reports.render import VERSO, PdfRenderer
from tests.reports import samples
from tests.reports.samples import ALL, FONTS, NAMES

SAMPLES = pytest.mark.parametrize("name", ALL)


def composed(renderer: PdfRenderer, content: samples.Content, marks: PageMarks | None = None) -> Composition:
    return compose(renderer.book, content, marks or PageMarks())


def body(page: object) -> list[Text]:
    return [t for t in page.things if isinstance(t, Text) and t.size == BODY_SIZE]  # type: ignore[attr-defined]


def find(made: Composition, words: str) -> tuple[int, Text]:
    return next((n, t) for n, p in enumerate(made.pages) for t in p.things if isinstance(t, Text) and t.text == words)


def row_of(thing: Text) -> int:
    return round((TOP - thing.y - 0.5 * ROW - 0.31 * thing.size) / ROW)


def squeeze(value: str) -> str:
    return "".join(value.split())


@SAMPLES
def test_pages_and_archive(renderer: PdfRenderer, name: str) -> None:
    pages = {"one_page": 1, "two_pages": 2, "three_pages": 3, "panel": 2, "order": 2, "notice": 3, "receipt": 1, "approval": 1}
    made = renderer.render(ALL[name](), PageMarks(sample=True, foot="第2次打印"))
    assert made.pages == pages[name]
    with pikepdf.open(io.BytesIO(archived(made.pdf))) as bare:
        assert pdfa.check(bare, "2b").verdict == "pass"
    with pikepdf.open(io.BytesIO(to_archive(made))) as document:
        assert len(document.pages) == pages[name]
        names = [str(f.T) for f in document.Root.AcroForm.Fields] if made.fields else []
    assert names == [f.name for f in made.fields]


@SAMPLES
def test_same_content_same_bytes(renderer: PdfRenderer, name: str) -> None:
    first, second = (renderer.render(ALL[name](), PageMarks(sample=True)) for _ in range(2))
    assert first == second
    assert to_archive(first) == to_archive(second)


@SAMPLES
def test_everything_stays_on_the_type_area(renderer: PdfRenderer, name: str) -> None:
    for page in composed(renderer, ALL[name]()).pages:
        for thing in page.things:
            if isinstance(thing, Text):
                wide = renderer.book.width(thing.text, thing.style, thing.size, thing.space)
                assert thing.x >= LEFT - 0.1 and thing.x + wide <= RIGHT + 8.5, thing  # a mark's empty half may hang
                assert BOTTOM - 0.1 <= thing.y <= TOP
            else:
                assert min(thing.x0, thing.x1) >= LEFT - 0.1 and max(thing.x0, thing.x1) <= RIGHT + 0.1
                assert min(thing.y0, thing.y1) >= BOTTOM - 0.1


def test_a_page_has_22_rows_of_28(renderer: PdfRenderer) -> None:
    content = samples.ruling((Paragraph("中" * (28 * 60 - 2)),))
    made = composed(renderer, content)
    rows = [row_of(t) for t in body(made.pages[1])]
    assert rows == list(range(22))
    assert all(len(t.text) == 28 for t in body(made.pages[1]))
    assert len([t for t in body(made.pages[0]) if len(t.text) >= 26]) == 15  # two empty, court, title, empty, number, empty


def test_head_of_a_ruling(renderer: PdfRenderer) -> None:
    made = composed(renderer, samples.two_pages())
    _, court = find(made, samples.COURT)
    _, number = find(made, "（2017）琼9027执123号之一")
    wide = renderer.book.width(court.text, "title", court.size)
    assert court.size == 22 and abs(court.x + wide / 2 - (LEFT + RIGHT) / 2) < 0.01
    end = number.x + renderer.book.width(number.text, "body", BODY_SIZE, number.space)
    assert abs(RIGHT - end - 2 * PITCH) < 0.5
    assert body(made.pages[0])[1].x == pytest.approx(LEFT + 2 * PITCH)


def test_block_of_one_judge(renderer: PdfRenderer) -> None:
    made = composed(renderer, samples.two_pages())
    page, judge = find(made, "审判员")
    _, name = find(made, "李明")
    day_page, day = find(made, "二〇一七年八月一日")
    _, clerk = find(made, "书记员")
    assert page == day_page == 1
    assert row_of(day) - row_of(judge) == 6 and row_of(clerk) - row_of(day) == 2  # five rows between, one row between
    assert judge.x == pytest.approx(LEFT + 13 * PITCH) and clerk.x == judge.x  # column 14
    assert name.x == pytest.approx(RIGHT - 5 * PITCH)
    assert day.x + 9 * PITCH == pytest.approx(RIGHT - 2 * PITCH)
    text_rows = [row_of(t) for t in body(made.pages[1]) if row_of(t) < row_of(judge)]
    assert len(text_rows) >= 2 and row_of(judge) - max(text_rows) in (2, 3)


@pytest.mark.parametrize("name", ["two_pages", "panel", "order", "notice"])
def test_seal_rides_the_date_and_touches_nothing_else(renderer: PdfRenderer, name: str) -> None:
    made = composed(renderer, ALL[name]())
    place = made.fields[-1]
    x0, y0, x1, y1 = place.box
    assert place.name == "CourtSeal" and x1 - x0 == pytest.approx(42 * MM) and y1 - y0 == pytest.approx(42 * MM)
    page, day = find(made, "二〇一七年八月一日")
    assert page == place.page
    assert (x0 + x1) / 2 == pytest.approx(day.x + 4.5 * PITCH)
    assert day.y < y0 < day.y + BODY_SIZE * 0.6  # the lower arc crosses the date
    for thing in made.pages[page].things:
        if isinstance(thing, Text) and thing is not day:
            assert thing.y > y1 or thing.y + BODY_SIZE < y0, thing


def test_panel_lines_share_their_columns(renderer: PdfRenderer) -> None:
    made = composed(renderer, samples.panel())
    labels = [find(made, words)[1] for words in ("审判长", "审判员", "人民陪审员", "书记员")]
    assert len({round(t.x, 2) for t in labels}) == 1
    assert [row_of(b) - row_of(a) for a, b in zip(labels, labels[1:2] + labels[2:3], strict=False)] == [1, 1]
    _, long = find(made, "买买提·吐尔逊")
    assert long.x + 7 * PITCH == pytest.approx(RIGHT - 2 * PITCH)
    assert long.x >= labels[1].x + 7 * PITCH
    assert [f.name for f in made.fields] == ["Judge1", "Judge2", "Judge3", "CourtSeal"]


def test_president_signs_an_order_and_the_judge_unseen(renderer: PdfRenderer) -> None:
    made = composed(renderer, samples.order())
    assert [(f.name, f.box == (0, 0, 0, 0)) for f in made.fields] == [("President", False), ("Judge1", True), ("CourtSeal", False)]
    label = find(made, "院长")[1]
    assert label.x == pytest.approx(LEFT + 13 * PITCH) and label.space == pytest.approx(6 * PITCH - BODY_SIZE)
    assert not any(isinstance(t, Text) and t.text == "书记员" for p in made.pages for t in p.things)


def test_page_numbers_odd_right_even_left(renderer: PdfRenderer) -> None:
    pdf = renderer.render(samples.three_pages()).pdf
    lines = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    found = [(line.strip(), len(line) - len(line.lstrip())) for line in lines.splitlines() if "—" in line and len(line.strip()) < 8]
    assert [squeeze(n) for n, _ in found] == ["—1—", "—2—", "—3—"]
    assert found[1][1] < found[0][1] and found[1][1] < found[2][1]


def test_never_says_there_is_no_text(renderer: PdfRenderer) -> None:
    for build in ALL.values():
        assert "此页无正文" not in text(renderer.render(build()).pdf)


@pytest.mark.parametrize("rows", range(1, 60))
def test_block_stands_with_text_at_every_length(renderer: PdfRenderer, rows: int) -> None:
    content = samples.ruling((Paragraph("文" * (28 * rows - 2)), samples.EFFECT))
    made = composed(renderer, content)
    page, judge = find(made, "审判员")
    above = [t for t in body(made.pages[page]) if t.y > judge.y and t.style == "body" and t.x <= LEFT + 2 * PITCH + 0.1]
    assert len(above) >= 2
    assert page == find(made, "书记员")[0] == find(made, "二〇一七年八月一日")[0]


def test_a_draft_shows_slots_and_has_no_fields(renderer: PdfRenderer) -> None:
    content = replace(
        samples.one_page(), number="⟦own_number⟧", signed_on=None,
        body=(Paragraph("冻结期限自⟦signed_on⟧起至⟦signed_on+12m-1d⟧止，见⟦number:assist⟧，余×元，待⟦amount⟧。"), Paragraph("字𮯰")),
    )  # fmt: skip
    made = renderer.render(content, PageMarks(draft=True, sample=True))
    assert made.fields == ()
    words = squeeze(text(made.pdf))
    for shown in ("〔文号待取〕", "冻结期限自〔随签发日〕起至〔随签发日〕止，见〔同批文书号〕", "〔amount〕", "字〓"):
        assert shown in words
    assert any("U+2EBF0" in w for w in made.warnings)
    plain = subprocess.run(["pdftotext", "-", "-"], input=made.pdf, capture_output=True, check=True).stdout.decode()
    assert "草稿" in plain and "样本" in plain


@pytest.mark.parametrize(
    "words", ["冻结⟦amount⟧元。", "被执行人××。", "金额×××元", "地址……。", "自{start}起", "〔冻结|划拨〕存款", "⟦own_number"]
)
def test_an_unfinished_document_is_refused(renderer: PdfRenderer, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        renderer.render(samples.ruling((Paragraph(words),)))
    assert refused.value.code == "document.unfilled"


def test_number_and_date_must_be_there(renderer: PdfRenderer) -> None:
    for content in (samples.ruling((samples.EFFECT,), number="⟦own_number⟧"), samples.ruling((samples.EFFECT,), signed_on=None)):
        with pytest.raises(Refusal) as refused:
            renderer.render(content)
        assert refused.value.code == "document.unfilled"


def test_an_unknown_character_is_refused_by_name(renderer: PdfRenderer) -> None:
    content = samples.ruling((Paragraph("被执行人：李𮯰。"),))
    assert renderer.missing(content) == ["𮯰"]
    with pytest.raises(Refusal) as refused:
        renderer.render(content)
    assert refused.value.code == "document.glyph" and "𮯰" in refused.value.text


def test_rare_names_copy_out_right(renderer: PdfRenderer) -> None:
    content = samples.ruling((Paragraph(f"被执行人：{NAMES}。"),))
    pdf = to_archive(renderer.render(content))
    assert NAMES in squeeze(text(pdf))
    plain = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert NAMES in squeeze(plain)


def test_five_hundred_rare_characters_of_every_block_are_printed_and_copy_out(renderer: PdfRenderer) -> None:
    """Names of Extension B to H: each stands on the page with ink, on the pitch of its neighbours, and copies out as itself."""
    rng = random.Random(2017)
    had = {key: [c for c in TTFont(FONTS / file, lazy=True).getBestCmap() if first <= c <= last] for key, file, first, last in BLOCKS}
    every = [code for codes in had.values() for code in codes]
    drawn = [*(chr(rng.choice(codes)) for codes in had.values() for _ in range(30)), *map(chr, rng.sample(every, 290))]
    names = [f"符{''.join(drawn[n : n + 2])}" for n in range(0, 500, 2)]
    content = samples.ruling((Paragraph(f"被执行人：{'、'.join(names)}。"),))
    assert renderer.missing(content) == []
    plain = subprocess.run(["pdftotext", "-", "-"], input=renderer.render(content).pdf, capture_output=True, check=True).stdout.decode()
    assert "、".join(names) in re.sub(r"—\d+—", "", squeeze(plain)).replace("\f", "")
    for key, _, first, last in BLOCKS:
        for char in (char for char in drawn if first <= ord(char) <= last):
            face = renderer.book.face("body", char)
            assert renderer.book.outline(key if face.font == renderer.book.name(key) else "rare", char)
            assert face.width == pytest.approx(1.0)


def test_all_text_comes_out(renderer: PdfRenderer) -> None:
    for build in ALL.values():
        content = build()
        words = squeeze(text(renderer.render(content).pdf))
        for block in (*content.body, *content.slip):
            if isinstance(block, Paragraph):
                assert squeeze(block.text) in words.replace("\f", "")
            elif hasattr(block, "rows"):
                assert all(squeeze(cell.text) in words for row in block.rows for cell in row)


def test_every_font_is_embedded_and_mapped(renderer: PdfRenderer) -> None:
    for build in ALL.values():
        pdf = to_archive(renderer.render(build()))
        out = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode().splitlines()[2:]
        assert out and all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in out)


@pytest.mark.parametrize("rows", range(1, 9))
def test_the_slip_stands_on_a_leaf_of_its_own(renderer: PdfRenderer, rows: int) -> None:
    """Printed on both sides, the bank must be able to return it and keep the notice; a blank back says why it is blank, and bears no number."""
    given = samples.notice()
    content = replace(given, body=(given.body[0], *[Paragraph("请协助办理。")] * rows), contact=(), attachments=())
    made = composed(renderer, content)
    slip = find(made, "回执")[0]
    assert slip % 2 == 0 and slip == len(made.pages) - 1
    for number, page in enumerate(pdf_pages(renderer.render(content).pdf), 1):
        empty = not made.pages[number - 1].things
        assert page == squeeze(VERSO) if empty else f"—{number}—" in page


def pdf_pages(pdf: bytes) -> list[str]:
    """The text of each page, without blanks."""
    out = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [squeeze(page) for page in out.split("\f")[:-1]]


def test_the_seal_alone_may_come_within_a_row_of_the_text(renderer: PdfRenderer) -> None:
    """Nobody is printed above the date: the notice keeps to one page as long as the seal touches no text."""
    made = composed(renderer, replace(samples.notice(), slip=(), contact=("联系人：王小丫",)))
    page, day = find(made, "二〇一七年八月一日")
    x0, _, _, top = made.fields[-1].box
    text_above = [t for t in made.pages[page].things if isinstance(t, Text) and t.y > day.y]
    assert min(t.y for t in text_above) - 0.2 * BODY_SIZE > top


def test_wet_seal_rendering_has_no_seal_field(renderer: PdfRenderer) -> None:
    made = renderer.render(samples.two_pages(), PageMarks(seal=False))
    assert [f.name for f in made.fields] == ["Judge1"]
    assert made.pdf == renderer.render(samples.two_pages()).pdf


def test_assistant_stands_between_date_and_clerk(renderer: PdfRenderer) -> None:
    block = SignatureBlock("judge", (Signatory("审判员", "李明", "a", "Judge1"), Signatory("法官助理", "符䶮", "b", "")), clerk="王小丫")
    made = composed(renderer, samples.ruling((samples.EFFECT, samples.EFFECT), block))
    rows = [row_of(find(made, words)[1]) for words in ("审判员", "二〇一七年八月一日", "法官助理", "书记员")]
    assert [b - a for a, b in zip(rows, rows[1:], strict=False)] == [6, 2, 1]


def test_rare_characters_stand_level_with_their_neighbours(renderer: PdfRenderer) -> None:
    """The middle of the ink of common and of rare hanzi is the same in every chain, to a fiftieth of an em."""
    for style, common in (("body", "fang"), ("kai", "kai"), ("hei", "hei"), ("title", "title")):
        rare = renderer.book.face(style, "堃")
        usual = _middle(renderer, common, "国海南省人民法院执行裁定书")
        assert abs(_middle(renderer, "rare", "堃喆昇祎犇䶮𠅤𬭚") * rare.scale + rare.rise - usual) < 0.02, style
        assert abs(usual - CENTRES[style]) < 0.02


def _middle(renderer: PdfRenderer, key: str, words: str) -> float:
    """Mean middle of the ink over the baseline, in em."""
    tops = []
    for char in words:
        heights = [y for _, points in renderer.book.outline(key, char) for _, y in points]
        tops.append((max(heights) + min(heights)) / 2000)
    return sum(tops) / len(tops)


@pytest.mark.parametrize("build", [samples.two_pages, samples.panel])
def test_the_place_of_the_check_stamp_is_free(renderer: PdfRenderer, build: Callable[[], samples.Content]) -> None:
    """60 × 10 mm, two cells from the left, level between date and 书记员: the clerk stamps 正本 and 副本 there."""
    made = composed(renderer, build())
    page, day = find(made, "二〇一七年八月一日")
    clerk = find(made, "书记员")[1]
    middle, left = (day.y + clerk.y) / 2 + 0.31 * BODY_SIZE, LEFT + 2 * PITCH
    for thing in made.pages[page].things:
        assert isinstance(thing, Text)
        wide = renderer.book.width(thing.text, thing.style, thing.size, thing.space)
        beside = thing.x >= left + 60 * MM or thing.x + wide <= left
        assert beside or thing.y > middle + 5 * MM or thing.y + BODY_SIZE * 0.8 < middle - 5 * MM, thing
    assert "核对" not in text(renderer.render(build()).pdf)


def test_spread_labels_and_names_copy_out_as_words(renderer: PdfRenderer) -> None:
    pdf = to_archive(renderer.render(samples.panel(), PageMarks(sample=True)))
    plain = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    words = plain.split()
    for word in ("审判长", "李明", "人民陪审员", "书记员", "符䶮", "二〇一七年八月一日"):
        assert any(word in w for w in words), word
