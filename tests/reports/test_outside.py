"""PDFs and pictures from outside are read by a helper: whatever a file does to it, the program goes on and names the file."""

from __future__ import annotations

import io
import os
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import psutil
import pytest
from reportlab.pdfgen.canvas import Canvas

from execdesk.law.refusal import Refusal
from execdesk.law.spelling import visible
from execdesk.store.outside import read_outside
from reports import reader, reading
from reports.reading import facts_from, read_pdf, read_scan, told
from reports.verification import examine
from ui.outside import COMMAND as DRAWING
from ui.outside import pages_from

NAME = "来件.pdf"


def pages(count: int = 2) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(count):
        canvas.drawString(72, 700, f"page {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def crafted(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages(1))) as document:
        change(document)
        document.save(out, compress_streams=False)
    return out.getvalue()


def a_million(document: pikepdf.Pdf) -> None:
    """A million pages, all of them the same."""
    page = document.Root.Pages.Kids[0]
    for _ in range(3):
        page = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=[page] * 100, Count=1))
    document.Root.Pages.Kids[0] = page


def looping(document: pikepdf.Pdf) -> None:
    document.Root.Pages.Kids.append(document.Root.Pages)


def bomb(document: pikepdf.Pdf) -> None:
    """Half a gigabyte of nothing, packed twice into a kB."""
    packed = zlib.compress(zlib.compress(b" " * 2**29, 9), 9)
    stream = pikepdf.Stream(document, packed)
    stream.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    document.pages[0].Contents = stream


def drawing_itself(document: pikepdf.Pdf) -> None:
    """A form that draws itself, and a page that draws it a hundred thousand times."""
    form = document.make_indirect(pikepdf.Stream(document, b"/F Do " * 50))
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 600, 800]
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    document.pages[0].Contents = pikepdf.Stream(document, b"/F Do " * 10**5)


def vast(document: pikepdf.Pdf) -> None:
    document.pages[0].MediaBox = [0, 0, 10**9, 10**9]


def left_behind() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if {"reports.reader", "ui.pagereader"} & set(child.cmdline())]


def test_a_helper_reads_what_is_read_here() -> None:
    heard: list[tuple[int, int]] = []
    found = read_pdf(pages(3), NAME, lambda done, total: heard.append((done, total)))
    assert found.facts == examine(pages(3)) and found.words == "page 0\fpage 1\fpage 2"
    assert heard == [(0, 3), (1, 3), (2, 3), (3, 3)] and not left_behind()


def test_pages_are_drawn_as_pictures() -> None:
    drawn = pages_from(pages(2), NAME)
    with pikepdf.open(io.BytesIO(drawn)) as document:
        assert [[str(one.Subtype) for one in page.Resources.XObject.values()] for page in document.pages] == [["/Image"], ["/Image"]]
        assert list(map(float, document.pages[0].MediaBox[2:])) == pytest.approx([595.3, 841.9], abs=0.1)
    assert pages_from(b"no pdf", NAME) == b""


@pytest.mark.parametrize(("data", "count"), [(pages(1).replace(b"/Count 1", b"/Count 1000000"), "1,000,000"), (pages(501), "501")], ids=["says", "has"])
def test_a_file_of_too_many_pages_is_refused_by_name(data: bytes, count: str) -> None:
    for read in (read_pdf, pages_from):
        with pytest.raises(Refusal, match=f"「{NAME}」有 {count} 页") as refused:
            read(data, NAME)
        assert refused.value.code == "pdf.pages" and not left_behind()


@pytest.mark.parametrize("craft", [drawing_itself, *(pytest.param(one, marks=pytest.mark.slow) for one in (a_million, looping, bomb, vast))])
def test_a_crafted_file_is_read_or_refused_in_a_sentence_that_names_it(craft: Callable[[pikepdf.Pdf], None]) -> None:
    data = crafted(craft)
    for read in (read_pdf, pages_from):
        began = time.monotonic()
        try:
            outcome = f"read, {len(str(read(data, NAME)))} long"
        except Refusal as refusal:
            outcome = refusal.text
            assert refusal.text.startswith(f"「{NAME}」"), refusal.text
        sys.stdout.write(f"{craft.__name__} {read.__name__}: {outcome} in {time.monotonic() - began:.1f} s\n")
        assert time.monotonic() - began < 45 and not left_behind()
    assert read_pdf(pages(1), NAME).words == "page 0", "and the next file is read"


def picture(size: tuple[int, int]) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    return out.getvalue()


def test_a_scan_is_read_by_a_helper() -> None:
    with pikepdf.open(io.BytesIO(read_scan(picture((20, 30)), "照片.png"))) as document:
        assert len(document.pages) == 1
    given = pages(1)
    assert read_scan(given, "扫描件.pdf") == given
    for data in (b"\x89PNG broken", b"%PDF broken", picture((30_000, 30_000))):
        with pytest.raises(Refusal) as refused:
            read_scan(data, "照片.png")
        assert refused.value.text.startswith("「照片.png」") and refused.value.code in ("scan.unreadable", "file.too_large", "file.crashed")


def test_a_helper_that_hangs_is_ended_page_by_page_and_by_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    def helper(source: str) -> None:
        monkeypatch.setattr(reading, "COMMAND", (sys.executable, "-c", source))

    asleep = "import time; print('[\"page\", 0, 2]', flush=True); time.sleep(600)"
    helper(asleep)
    with pytest.raises(Refusal, match=f"「{NAME}」有一页读了"):
        list(told(reading.COMMAND, ["examine"], b"x", NAME, seconds=0.5))
    slow_but_going = "import time\nfor n in range(6): print(f'[\"page\", {n}, 6]', flush=True); time.sleep(0.2)\nprint('[\"end\"]')"
    assert list(told((sys.executable, "-c", slow_but_going), ["examine"], b"x", NAME, seconds=0.8)) == [], "the time is a page's"
    heard: list[int] = []
    with pytest.raises(Refusal) as refused:
        read_pdf(b"x", NAME, lambda done, _: heard.append(done), lambda: bool(heard))
    assert refused.value.code == "file.cancelled" and not left_behind()
    for source in ("import os; os.abort()", "print('[\"facts\", {}]'); print('[\"end\"]')", "print('[\"end\"]')"):
        helper(source)
        with pytest.raises(Refusal) as died:
            read_pdf(b"x", NAME)
        assert died.value.code == "file.crashed"


def test_what_is_told_of_signatures_comes_back_whole() -> None:
    from datetime import UTC, datetime

    from execdesk.documents.pdfservice import PdfFacts, SignatureFacts

    one = SignatureFacts("Judge1", False, "法官甲", "judge", datetime(2018, 1, 2, tzinfo=UTC), b"\x00\xff", (b"a", b""), "0" * 64, ("甲",))
    facts = PdfFacts((one, SignatureFacts("Seal", True, "", "", None, b"", (), "")), ("Judge2",), ("乙",), "")
    assert facts_from(__import__("json").loads(__import__("json").dumps(reader.facts_as_data(facts)))) == facts


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_only_regular_files_of_bounded_size_are_opened(tmp_path: Path) -> None:
    def code(path: Any, most: int = 10) -> str:
        with pytest.raises(Refusal) as refused:
            read_outside(path, most)
        assert f"「{visible(path.name)}」" in refused.value.text
        return refused.value.code

    pipe, large = tmp_path / "管道.pdf", tmp_path / "大.pdf"
    os.mkfifo(pipe)
    large.write_bytes(b"x" * 11)
    assert [code(pipe), code(tmp_path), code(Path("/dev/zero")), code(large), code(tmp_path / "无.pdf"), code(tmp_path / "a\0b")] == [
        "file.not_regular", "file.not_regular", "file.not_regular", "file.too_large", "file.unreadable", "file.unreadable"
    ]
    assert read_outside(large, 11) == b"x" * 11
    assert DRAWING


def test_rooms_that_are_given_files_open_none_by_themselves() -> None:
    """What is read directly is the program's own: its style, its settings, its log, demonstration papers, streams within a document."""
    own = {"ui/diagnostics.py", "ui/theme.py", "ui/errors.py", "ui/pictures.py", "ui/settings.py", "reports/extract.py", "reports/archive.py"}
    root = Path(__file__).resolve().parents[2]
    rooms = ("execdesk/commands", "execdesk/reads", "execdesk/approval", "execdesk/intake", "execdesk/issue", "execdesk/access/actions", "ui", "reports")
    files = [path for room in rooms for path in (root / room).rglob("*.py")]
    assert len(files) > 200
    found = {str(path.relative_to(root)) for path in files if any(word in path.read_text("utf-8") for word in (".read_bytes(", ".read_text(", '.open("rb'))}
    assert found == own
