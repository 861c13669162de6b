"""The pages of a document with zoom and page count, alone or in a card with its title."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.pdfpages import FIT_PAGE as FIT_PAGE
from ui.pdfpages import FIT_TEXT as FIT_TEXT
from ui.pdfpages import FIT_WIDTH as FIT_WIDTH
from ui.pdfpages import ZOOMS, Pages
from ui.theme import px
from ui.widgets import Button, Elided, MenuButton, line, row, secondary


class PdfView(QWidget):
    """Pages with a small panel at the lower right: zoom, 「1–2 / 2 页」. Space enlarges and brings back.

    ``enlarged(bool)`` lets the page around it make room; without a listener the zoom alone changes.
    """

    enlarged = Signal(bool)

    def __init__(self, fit: str = FIT_WIDTH) -> None:
        super().__init__()
        self.pages = Pages()
        self._small_fit, self._large = fit, False
        self.pages.set_fit(fit)
        self.empty = secondary("尚无页面。")
        self.empty.setParent(self.pages.viewport())
        self.empty.move(px(16), px(14))
        self._zoom = MenuButton("", [], "plain")
        self._zoom.fill([(f"{round(z * 100)}%", lambda z=z: self.pages.set_zoom(z)) for z in ZOOMS] + [None] + [
            (words, lambda w=words: self.pages.set_fit(w)) for words in (FIT_TEXT, FIT_WIDTH, FIT_PAGE)])
        self._zoom.setFixedHeight(px(24))
        self.far = secondary("")
        self.panel = QFrame(self)
        self.panel.setProperty("kind", "card")
        upright = line("upright")
        upright.setFixedHeight(px(13))
        self.panel.setLayout(row(self._zoom, upright, self.far, gap=8, margins=(2, 1, 10, 1)))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.pages)
        self.setFocusProxy(self.pages)
        self.pages.moved.connect(self._tell)
        self.pages.enlarge_asked.connect(self.toggle)
        self._tell()

    def show_pdf(self, pdf: bytes) -> bool:
        """Show a document from its bytes; ``False`` where they cannot be read."""
        fine = self.pages.show_pdf(pdf)
        self.empty.setText("" if fine else "尚无页面。" if not pdf else "这份文件打不开，可能已损坏。请到 诊断 里核对。")
        self.empty.adjustSize()
        self.empty.setVisible(not fine)
        self._tell()
        return fine

    def toggle(self) -> None:
        """Enlarge, or bring back."""
        self._large = not self._large
        self.enlarged.emit(self._large)
        QTimer.singleShot(0, self, self._fit_again)

    def _fit_again(self) -> None:
        self.pages.set_fit(FIT_WIDTH if self._large else self._small_fit)

    def _tell(self) -> None:
        first, last = self.pages.seen
        self.panel.setVisible(self.pages.count > 0)
        self._zoom.setText(f"{round(self.pages.zoom * 100)}%")
        self.far.setText(f"{first}–{last} / {self.pages.count} 页" if last > first else f"{first} / {self.pages.count} 页")
        self._place_panel()

    def _place_panel(self) -> None:
        self.panel.adjustSize()
        self.panel.raise_()
        bar = self.pages.verticalScrollBar().width() if self.pages.verticalScrollBar().isVisible() else 0
        self.panel.move(self.width() - self.panel.width() - bar - px(10), self.height() - self.panel.height() - px(10))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._place_panel()


class PdfCard(QFrame):
    """A card with title, page count, enlarge link and the pages: the right side of drafting and approval."""

    def __init__(self, title: str, fit: str = FIT_WIDTH) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.view = PdfView(fit)
        self.title, self.aside = Elided(title, "card-title"), secondary()
        self.enlarge = Button("放大阅读 空格", "link", act=self.view.toggle)
        head: QHBoxLayout = row(self.title, self.aside, None, self.enlarge, margins=(14, 8, 12, 8))
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 0, 1, 1)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.view, 1)
        self.view.pages.moved.connect(self._tell)

    def show_pdf(self, pdf: bytes) -> bool:
        """Show a document."""
        fine = self.view.show_pdf(pdf)
        self._tell()
        return fine

    def _tell(self) -> None:
        first, _last = self.view.pages.seen
        self.aside.setText(f"第 {first} 页，共 {self.view.pages.count} 页" if self.view.pages.count else "")
