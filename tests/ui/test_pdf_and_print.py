"""Pages on screen and on paper: the very bytes, lossless, and refusals that say what to do."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from execdesk.law.refusal import Refusal
from reports.page import BODY_HEIGHT, BODY_WIDTH, HEIGHT, LEFT, TOP, WIDTH
from reports.style import keywords_of, style_of, styles
from tests.ui.scenes import ruling_pdf
from ui.jobs import Jobs
from ui.pdfpages import LEGIBLE, Pages, trimmed
from ui.pdfpictures import on_white
from ui.pdfview import FIT_PAGE, FIT_TEXT, FIT_WIDTH, PdfCard, PdfView
from ui.printing import CopyKind, Order, PrintDialog, Printed, lp_arguments, print_pdf

ORDER = Order("正本", "执行局打印机", 2, True)


@pytest.fixture
def view(qtbot: QtBot) -> PdfView:
    made = PdfView()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    assert made.show_pdf(ruling_pdf(3))
    return made


def test_pages_are_counted_and_named(view: PdfView) -> None:
    assert view.pages.count == 3
    view.pages.set_zoom(1.0)
    assert view.far.text() == "1 / 3 页"
    view.pages.set_zoom(0.5)
    assert view.pages.seen[1] == 3 or view.pages.seen == (1, 2)


def test_page_and_bar_do_not_call_each_other_without_end(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a page as wide as the window is too high without a bar, and low enough beside one."""
    pages = Pages()
    qtbot.addWidget(pages)
    pages.resize(500, 900)
    pages.show()
    assert pages.show_pdf(ruling_pdf(1))
    pages.set_fit(FIT_WIDTH)
    arranged: list[int] = []
    monkeypatch.setattr(Pages, "lay_out", lambda self, lay_out=Pages.lay_out: (arranged.append(1), lay_out(self)))
    pages.resize(500, pages.places[0].height() + 2 * pages.places[0].top() - 5)
    qtbot.wait(50)
    assert len(arranged) < 5


def test_keys_zoom_and_turn(view: PdfView, qtbot: QtBot) -> None:
    view.pages.set_zoom(1.0)
    qtbot.keyClick(view.pages, Qt.Key.Key_Plus)
    assert view.pages.zoom == 1.25
    qtbot.keyClick(view.pages, Qt.Key.Key_Minus)
    qtbot.keyClick(view.pages, Qt.Key.Key_Right)
    assert view.pages.seen[0] == 2
    qtbot.keyClick(view.pages, Qt.Key.Key_Home)
    assert view.pages.seen[0] == 1
    qtbot.keyClick(view.pages, Qt.Key.Key_0)
    assert view.pages.fit == FIT_WIDTH


def test_space_enlarges_and_brings_back(view: PdfView, qtbot: QtBot) -> None:
    heard: list[bool] = []
    view.enlarged.connect(heard.append)
    qtbot.keyClick(view.pages, Qt.Key.Key_Space)
    qtbot.keyClick(view.pages, Qt.Key.Key_Space)
    assert heard == [True, False]


def test_new_bytes_keep_zoom_and_place(view: PdfView) -> None:
    view.pages.set_zoom(1.5)
    view.pages.verticalScrollBar().setValue(500)
    view.show_pdf(ruling_pdf(3))
    assert (view.pages.zoom, view.pages.verticalScrollBar().value()) == (1.5, 500)


def test_margins_are_trimmed_and_two_pages_stand_side_by_side(view: PdfView, qtbot: QtBot) -> None:
    view.resize(988, 400)  # the room beside the fields at 1366
    view.pages.set_fit(FIT_WIDTH)
    whole = view.pages.page_size(0, 1.0)
    view.pages.set_fit(FIT_TEXT)
    part = view.pages.page_size(0, 1.0)
    assert view.pages.trimmed and part.width() < 0.85 * whole.width() and part.height() < 0.85 * whole.height()
    assert view.pages.zoom >= LEGIBLE and view.pages.seen == (1, 2)
    zoom = view.pages.zoom
    view.show_pdf(ruling_pdf(1))
    assert view.pages.zoom == zoom  # the text stays as large while a paper grows
    view.resize(420, 400)
    assert view.pages.seen == (1, 1) and view.pages.places[0].width() <= 420
    qtbot.keyClick(view.pages, Qt.Key.Key_0)
    assert not view.pages.trimmed


def test_the_trimmed_part_is_the_type_area_of_the_courts_page() -> None:
    a4 = QRectF(0, 0, WIDTH, HEIGHT)
    part = trimmed(a4)
    assert part.contains(QRectF(LEFT, HEIGHT - TOP, BODY_WIDTH, BODY_HEIGHT)) and a4.contains(part)
    other = QRectF(0, 0, HEIGHT, WIDTH)
    assert trimmed(other) == other


@pytest.mark.parametrize("form", sorted(styles()))
def test_nothing_a_form_prints_is_trimmed_away(form: str) -> None:
    """A record's signers at the foot, the red rules of a letter, a label at the paper's edge: all are seen without the margins."""
    a4 = QRectF(0, 0, WIDTH, HEIGHT)
    style = style_of(form)
    left, top, wide, high = style.written
    assert trimmed(a4, keywords_of(style)).contains(QRectF(left, top, wide, high).intersected(a4))


def test_space_shows_trimmed_pages_whole_and_brings_them_back(qtbot: QtBot) -> None:
    made = PdfView(FIT_TEXT)
    qtbot.addWidget(made)
    made.show_pdf(ruling_pdf(2))
    made.show()
    qtbot.keyClick(made.pages, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not made.pages.trimmed)
    qtbot.keyClick(made.pages, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: made.pages.trimmed)


def test_bytes_that_are_no_pdf_are_told(view: PdfView) -> None:
    assert not view.show_pdf(b"not a file")
    assert "打不开" in view.empty.text()
    assert not view.show_pdf(b"")
    assert view.empty.text() == "尚无页面。"


def test_changed_words_are_found_and_marked(view: PdfView) -> None:
    view.pages.mark(("第五百一十七条",))
    assert set(view.pages.mark_boxes) == {0, 1, 2}
    view.pages.mark(())
    assert view.pages.mark_boxes == {}


def test_card_says_the_page(qtbot: QtBot) -> None:
    card = PdfCard("裁定书草稿", FIT_PAGE)
    qtbot.addWidget(card)
    card.resize(400, 600)
    card.show()
    card.show_pdf(ruling_pdf(2))
    assert card.aside.text() == "第 1 页，共 2 页"


def test_printed_file_holds_the_same_picture_without_loss(qtbot: QtBot, tmp_path: Path) -> None:
    pdf, target = ruling_pdf(2), tmp_path / "printed.pdf"
    printed = print_pdf(pdf, ORDER, to_file=target)
    assert (printed.pages, printed.path) == (2, "raster")
    assert printed.words == "正本 2 份（每份 2 页，双面）已送 执行局打印机。"
    assert b"DCTDecode" not in target.read_bytes()
    (tmp_path / "kept.pdf").write_bytes(pdf)
    pictures = []
    for name in ("kept.pdf", "printed.pdf"):
        document = QPdfDocument()
        document.load(str(tmp_path / name))
        assert document.pageCount() == 2
        pictures.append(on_white(document, 0, QSize(595, 842)))
        document.close()
    differing = sum(
        abs(pictures[0].pixelColor(x, y).lightness() - pictures[1].pixelColor(x, y).lightness()) > 90
        for x in range(0, 595, 3) for y in range(0, 842, 3)
    )
    assert differing < 100


def _sealed() -> bytes:
    """A page with a signature field whose appearance is a red square, as the seal's is a red round."""
    with pikepdf.open(BytesIO(ruling_pdf(1))) as document:
        red = pikepdf.Stream(document, b"1 0 0 rg 0 0 100 100 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 100, 100]))
        field = document.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T="seal", Rect=pikepdf.Array([100, 100, 200, 200]), F=132,
            AP=pikepdf.Dictionary(N=document.make_indirect(red)),
        ))
        document.pages[0].obj.Annots = pikepdf.Array([field])
        document.Root.AcroForm = document.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3))
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def test_the_seal_is_on_screen_and_on_paper(view: PdfView, tmp_path: Path) -> None:
    pdf, target = _sealed(), tmp_path / "printed.pdf"
    view.show_pdf(pdf)
    print_pdf(pdf, ORDER, to_file=target)
    printed = QPdfDocument()
    printed.load(str(target))
    for document in (view.pages.document, printed):
        assert on_white(document, 0, QSize(595, 842)).pixelColor(150, 842 - 150).red() > 240
        assert on_white(document, 0, QSize(595, 842)).pixelColor(150, 842 - 150).green() < 15
    printed.close()


def test_vector_path_sends_the_very_bytes(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lp = tmp_path / "lp"
    lp.write_text(f'#!{sys.executable}\nimport sys, shutil\nshutil.copy(sys.argv[-1], "{tmp_path}/got.pdf")\nopen("{tmp_path}/args", "w").write("|".join(sys.argv[1:-1]))\n')
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(sys, "platform", "linux")
    pdf = ruling_pdf(1)
    printed = print_pdf(pdf, ORDER)
    assert printed.path == "vector"
    assert (tmp_path / "got.pdf").read_bytes() == pdf
    assert (tmp_path / "args").read_text() == "-d|执行局打印机|-n|2|-o|sides=two-sided-long-edge|-o|media=A4|-o|print-scaling=none"
    assert "sides=one-sided" in lp_arguments("lp", Order("副本", "p", 1, False), Path("x"))


@pytest.mark.parametrize("script", ["import sys; sys.exit(1)", "raise SystemExit(3)"])
def test_a_printer_that_does_not_take_it_is_told(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    lp = tmp_path / "lp"
    lp.write_text(f"#!{sys.executable}\n{script}\n")
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(Refusal, match="没有接受这份文件，未打印"):
        print_pdf(ruling_pdf(1), ORDER)


def test_damaged_bytes_are_not_printed(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="未打印"):
        print_pdf(b"%PDF-1.7 broken", ORDER, to_file=tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


def kinds() -> tuple[CopyKind, ...]:
    return (CopyKind("正本", "送达当事人", lambda: ruling_pdf(2), 3), CopyKind("湿印本", "供手工盖章", lambda: ruling_pdf(1)))


def test_dialog_follows_the_kind_and_hands_the_order_on(qtbot: QtBot) -> None:
    dialog = PrintDialog("冻结裁定书", kinds(), names=["甲", "乙"], last=Order("正本", "乙", 9, False))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    assert (dialog.copies.value(), dialog.printer.currentText(), dialog.duplex.isChecked(), dialog.go.text()) == (3, "乙", False, "打印正本")
    dialog.kind.setCurrentText("湿印本")
    assert (dialog.copies.value(), dialog.preview.pages.count) == (1, 1)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.waitSignal(dialog.ordered) as ordered:
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ordered.args == [Order("湿印本", "乙", 1, False)]


def test_dialog_without_a_printer_says_what_to_do(qtbot: QtBot) -> None:
    dialog = PrintDialog("冻结裁定书", kinds(), names=[])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    assert not dialog.go.isEnabled()
    assert "没有打印机" in dialog.sentence.text()


def test_without_a_printer_the_very_pages_are_saved_and_counted_alike(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "正本.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told, **_more: (str(target), ""))
    dialog = PrintDialog("冻结裁定书", kinds(), names=[])
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.ordered) as ordered:
        dialog.save.click()
    order = ordered.args[0]
    assert (order.copies, order.saved, order.printer) == (1, target, "")
    pdf = dialog.pdf
    told = print_pdf(pdf, order)
    assert target.read_bytes() == pdf and str(target) in told.words and told.pages



def test_printing_off_the_windows_thread(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    done: list[Printed] = []
    pdf = ruling_pdf(1)
    jobs.read(jobs, lambda: print_pdf(pdf, ORDER, to_file=tmp_path / "out.pdf"), done=done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    assert done[0].pages == 1
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
