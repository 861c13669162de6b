"""Printing of kept pages: our own dialog, vectors through ``lp`` where there is one, else lossless pictures at 600 dpi.

What is printed are the very bytes that are kept; which copy (正本, 副本, 原本, 湿印本) decides only which frozen bytes and how
many. Counting copies in the journal is the caller's act after :class:`Printed`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QWidget

from execdesk.law.refusal import Refusal
from execdesk.opening import save_file
from ui.dialogs import Dialog
from ui.pdfpictures import on_white, with_seal
from ui.pdfview import FIT_PAGE, PdfView
from ui.saving import ask_file
from ui.theme import px
from ui.widgets import Button, Card, column, hint, row, secondary, wrapped

DPI = 600
LP_SECONDS = 30


@dataclass(frozen=True)
class CopyKind:
    """One way to print a document: ``key`` (正本…), a note on it, and its frozen bytes, made when needed."""

    key: str
    note: str
    pdf: Callable[[], bytes]
    copies: int = 1


@dataclass(frozen=True)
class Order:
    """What the person asked for: paper from a printer, or one file (``saved``) to be printed elsewhere."""

    kind: str
    printer: str
    copies: int
    duplex: bool
    saved: Path | None = None


@dataclass(frozen=True)
class Printed:
    """What went to the printer: for the journal and the line that says so."""

    order: Order
    pages: int
    path: str  # "vector", "raster" or "file"

    @property
    def words(self) -> str:
        """One line on it."""
        if self.order.saved is not None:
            return f"{self.order.kind}（{self.pages} 页）已存为「{self.order.saved}」。"
        sides = "，双面" if self.order.duplex else ""
        return f"{self.order.kind} {self.order.copies} 份（每份 {self.pages} 页{sides}）已送 {self.order.printer}。"


def printers() -> list[str]:
    """Printers of this PC, the default one first."""
    names = QPrinterInfo.availablePrinterNames()
    default = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: (name != default, name))


def print_pdf(pdf: bytes, order: Order, to_file: Path | None = None) -> Printed:
    """Print the bytes; raises :class:`Refusal` where the printer or the file does not take them.

    ``to_file`` prints into a PDF file instead, for tests and for PCs without a printer. Slow: call it off the window's
    thread.
    """
    if order.saved is not None:
        pages = _page_count(pdf)
        save_file(order.saved, pdf)  # the very bytes, so that its signatures can be verified elsewhere
        return Printed(order, pages, "file")
    if to_file is None and sys.platform.startswith("linux") and (lp := shutil.which("lp")):
        pages = _page_count(pdf)
        _by_lp(lp, pdf, order)
        return Printed(order, pages, "vector")
    return Printed(order, _by_pictures(pdf, order, to_file), "raster")


def lp_arguments(lp: str, order: Order, file: Path) -> list[str]:
    """The command line for the vector path."""
    sides = "two-sided-long-edge" if order.duplex else "one-sided"
    return [lp, "-d", order.printer, "-n", str(order.copies), "-o", f"sides={sides}", "-o", "media=A4", "-o", "print-scaling=none", str(file)]


def _by_lp(lp: str, pdf: bytes, order: Order) -> None:
    with tempfile.TemporaryDirectory(prefix="print-") as folder:
        file = Path(folder) / "pages.pdf"
        file.write_bytes(pdf)
        try:
            done = subprocess.run(lp_arguments(lp, order, file), capture_output=True, timeout=LP_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            raise Refusal(f"打印机 {order.printer} 没有应答，未打印。请检查打印机后再试。", code="print.no_answer") from None
    if done.returncode != 0:
        raise Refusal(f"打印机 {order.printer} 没有接受这份文件，未打印。请检查打印机或换一台。", code="print.refused")


def _open(pdf: bytes) -> tuple[QPdfDocument, QBuffer]:
    buffer = QBuffer()
    buffer.setData(QByteArray(with_seal(pdf)))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    if document.status() != QPdfDocument.Status.Ready or document.pageCount() == 0:
        raise Refusal("这份文件打不开，可能已损坏，未打印。请到 诊断 里核对。", code="print.unreadable")
    return document, buffer


def _page_count(pdf: bytes) -> int:
    document, buffer = _open(pdf)
    count = document.pageCount()
    document.close()
    buffer.close()
    return count


def _printer(order: Order, size: QSizeF, to_file: Path | None) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if to_file is not None:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(to_file))
    else:
        printer.setPrinterName(order.printer)
    printer.setResolution(DPI)
    printer.setCopyCount(order.copies)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if order.duplex else QPrinter.DuplexMode.DuplexNone)
    _set_page(printer, size)
    return printer


def _set_page(printer: QPrinter, size: QSizeF) -> None:
    page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)


def _by_pictures(pdf: bytes, order: Order, to_file: Path | None) -> int:
    document, buffer = _open(pdf)
    printer = _printer(order, document.pagePointSize(0), to_file)
    painter = QPainter()
    if not painter.begin(printer):
        where = f"文件 {to_file.name}" if to_file else f"打印机 {order.printer}"
        raise Refusal(f"{where} 没有接受这份文件，未打印。请检查后再试。", code="print.refused")
    count = document.pageCount()
    try:
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        for page in range(count):
            if page:
                _set_page(printer, document.pagePointSize(page))
                printer.newPage()
            dots = (document.pagePointSize(page) * (DPI / 72)).toSize()
            painter.drawImage(0, 0, on_white(document, page, dots))
    finally:
        painter.end()  # before the printer goes, whatever happened
    document.close()
    buffer.close()
    return count


class PrintDialog(Dialog):
    """Which copy, which printer, how many, both sides; the pages beside it. ``ordered(Order)``, then the caller prints."""

    ordered = Signal(object)

    def __init__(
        self, title: str, kinds: Sequence[CopyKind], *, names: Sequence[str] | None = None, last: Order | None = None,
        note: str = "", parent: QWidget | None = None,
    ) -> None:
        super().__init__("打印", parent)
        self._kinds, self._title = {kind.key: kind for kind in kinds}, title.replace("/", "")
        self.preview = PdfView(FIT_PAGE)
        self._make_fields(list(names) if names is not None else printers(), last)
        form = column(
            wrapped(title, "card-title"), wrapped(note, "secondary"), 4, secondary("打印哪一种"), self.kind, self.kind_note,
            secondary("打印机"), self.printer, secondary("份数"), self.copies, self.duplex, None, self.sentence,
            row(self.go, 4, hint("Ctrl+Enter"), None, gap=6), row(self.save, None, self.leave, gap=6), gap=6,
        )
        left = Card(margins=(16, 14, 16, 14))
        left.box.addLayout(form)
        left.setFixedWidth(px(320))
        ground = Card(self.preview, margins=(1, 1, 1, 1))
        box = row(left, ground, gap=12, margins=(12, 12, 12, 12))
        box.setStretch(1, 1)
        self.setLayout(box)
        self.fit(860, 600)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self._show_kind()

    def _make_fields(self, names: list[str], last: Order | None) -> None:
        self.kind, self.printer = QComboBox(), QComboBox()  # the machine's printers, and what the preview shows: not kept in the case
        self.kind_note = wrapped("", "hint")
        self.kind.addItems(list(self._kinds))
        self.printer.addItems(names)
        if last is not None and last.printer in names:
            self.printer.setCurrentText(last.printer)
        self.copies = QSpinBox()
        self.copies.setRange(1, 99)
        self.copies.setSuffix(" 份")
        self.copies.setFixedWidth(px(110))
        self.duplex = QCheckBox("双面，长边翻页")
        self.duplex.setChecked(last.duplex if last is not None else True)
        self.sentence = wrapped("", "secondary", "soon")
        self.go = Button("打印", "primary", act=self.order)
        self.leave = Button("不打印", act=self.close)
        self.save = Button("存为 PDF…", act=self.save_as)
        if not names:
            self.sentence.setText("这台电脑没有打印机。可以存为 PDF，拿到有打印机的电脑上打印；或者先在系统里添加打印机。")
            self.go.setEnabled(False)
        for field, name in ((self.kind, "打印哪一种"), (self.printer, "打印机"), (self.copies, "份数")):
            field.setAccessibleName(name)

    def _show_kind(self) -> None:
        kind = self._kinds[self.kind.currentText()]
        self.kind_note.setText(kind.note)
        self.copies.setValue(kind.copies)
        self.go.setText(f"打印{kind.key}")
        self.preview.show_pdf(kind.pdf())

    @property
    def pdf(self) -> bytes:
        """The bytes of the kind chosen."""
        return self._kinds[self.kind.currentText()].pdf()

    def order(self) -> None:
        """Hand the order on and close."""
        if self.go.isEnabled():
            self.ordered.emit(Order(self.kind.currentText(), self.printer.currentText(), self.copies.value(), self.duplex.isChecked()))
            self.accept()

    def save_as(self) -> None:
        """Ask where the file goes, then hand the order on as if it were printed: it is counted alike."""
        kind = self.kind.currentText()
        if name := ask_file(self, "存为 PDF", str(Path.home() / f"{self._title}{kind}.pdf"), "PDF (*.pdf)", ".pdf"):
            self.ordered.emit(Order(kind, "", 1, False, Path(name)))
            self.accept()
