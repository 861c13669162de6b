"""A small page as a picture in a card: how a glyph of the court's own looks between its neighbours; and the window's own use of such glyphs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize
from PySide6.QtGui import QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame

from execdesk.law.refusal import Refusal
from ui.link import Link
from ui.pdfpictures import on_white
from ui.theme import add_fonts, px
from ui.widgets import label, row, wrapped

HEIGHT = 120  # of the page at 100 %


class Specimen(QFrame):
    """The page once it is read; a refusal in words where it cannot be drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.picture, self.words = label("正在读取字形…", "secondary"), wrapped("", "secondary", "soon")
        self.words.hide()
        self.setLayout(row(self.picture, self.words, None, margins=(0, 4, 0, 4)))
        self.setAccessibleName("印在文书里的样子")

    def show_pdf(self, pdf: bytes) -> None:
        """Show the page."""
        document, buffer = QPdfDocument(self), QBuffer(self)
        buffer.setData(QByteArray(pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        points, ratio = document.pagePointSize(0), self.devicePixelRatioF()
        high = px(HEIGHT) * ratio
        picture = QPixmap.fromImage(on_white(document, 0, QSize(round(points.width() * high / points.height()), round(high))))
        picture.setDevicePixelRatio(ratio)
        document.close()
        self.picture.setPixmap(picture)
        self.picture.setToolTip("上：正文；下：标题")

    def show_error(self, error: BaseException) -> None:
        """Say why there is nothing to look at."""
        self.picture.hide()
        self.words.setText(error.text if isinstance(error, Refusal) else "字形读不出来，请全面自检。")
        self.words.show()


class OwnFonts(QObject):
    """Shows names with the court's own glyphs in every list and field of one person's window, as they come into use."""

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self._link = link
        link.changed.connect(self._heard)
        self.read()

    def read(self) -> None:
        """Read which are in use; what cannot be read is told where it is printed."""
        self._link.read(self, lambda reads: reads.glyph_fonts(), done=add_fonts, failed=lambda _error: None)

    def _heard(self, changes: Any) -> None:
        if any(table == "Glyph" for table, _row in changes.rows):
            self.read()
