"""A glyph of the court's own beside its neighbours, as the pages will show it: large, on a small page."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from reports.fonts import FontBook, Style, runs

SIZE = 60.0  # points of a character
ROWS: tuple[Style, ...] = ("body", "title")
GAP, EDGE, DROP = 12.0, 6.0, 0.16  # between rows and around, points; from the foot of a row up to the baseline, em


def specimen(book: FontBook, text: str) -> bytes:
    """A page as large as ``text`` in the type of a ruling's body and, below, in that of its title."""
    wide = max(book.width(text, style, SIZE) for style in ROWS) + 2 * EDGE
    high = len(ROWS) * SIZE + (len(ROWS) - 1) * GAP + 2 * EDGE
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(wide, high), invariant=1, initialFontName=book.name("fang"))
    for place, style in enumerate(ROWS):
        x, y = EDGE, high - EDGE - (place + 1) * SIZE - place * GAP + DROP * SIZE
        for face, run in runs(book, style, text):
            line, small = canvas.beginText(x, y), SIZE * (1 - face.scale)
            line.setTextOrigin(x + small / 2, y)
            line.setFont(face.font, SIZE * face.scale)
            line.setCharSpace(small)
            line.setRise(SIZE * face.rise)
            line.textOut(run)
            canvas.drawText(line)
            x += book.width(run, style, SIZE)
    canvas.save()
    return out.getvalue()
