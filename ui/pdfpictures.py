"""Pages of a PDF as pictures, and its bytes as paper shows them: for the screen and for printing."""

from __future__ import annotations

from io import BytesIO

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions


def on_white(document: QPdfDocument, page: int, size: QSize) -> QImage:
    """A page as an opaque picture on white paper."""
    options = QPdfDocumentRenderOptions()
    picture = document.render(page, size, options)
    paper = QImage(size, QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(QRectF(0, 0, size.width(), size.height()), picture)
    painter.end()
    return paper


def with_seal(pdf: bytes) -> bytes:
    """The pages as paper shows them: QtPdf leaves out form widgets, and signatures and the seal are such. Unreadable bytes come back as they are."""
    if b"/AcroForm" not in pdf:
        return pdf
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            document.flatten_annotations("print")
            for page in document.pages:  # fields without a picture stay behind, cut off from their form
                if "/Annots" in page.obj:
                    del page.obj.Annots
            out = BytesIO()
            document.save(out)
    except pikepdf.PdfError:
        return pdf
    return out.getvalue()
