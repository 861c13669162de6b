"""Golden pages: the words of each page line by line, and its picture as a map of ink. ``python -m tests.reports.golden`` writes them anew.

The map has a digit for every square of 15 mm, from 0 (white) to 9; a page drawn by another machine may differ by one. Look at the
difference before it is kept: what moved is seen in the map, what is said otherwise in the lines.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from execdesk.documents.content import Content, PageMarks
from reports.forms import compose
from reports.page import PdfPage, Text
from reports.render import PdfRenderer
from tests.documents.specimens import Specimen, specimens
from tests.reports import samples

FOLDER = Path(__file__).parent / "golden"
SQUARE, DOTS = 15 * 72 / 25.4, 16  # points of a square, and dots across one
KEPT = ("one-", "most-")  # of the specimens: each variant plain, and with the longest facts


def told(renderer: PdfRenderer, content: Content, name: str) -> str:
    """What is kept of one content: its pages, one under the other."""
    pages = compose(renderer.book, content, PageMarks()).pages
    maps = ink(renderer.render(content).pdf)
    out = [f"== {name}: {len(pages)} pages"]
    for number, (page, squares) in enumerate(zip(pages, maps, strict=True), 1):
        out += [f"-- page {number}", *lines(page), *squares]
    return "\n".join(out) + "\n"


def lines(page: PdfPage) -> Iterator[str]:
    """The texts that stand side by side as one line, from the top."""
    rows: dict[int, list[Text]] = {}
    for thing in page.things:
        if isinstance(thing, Text) and thing.text.strip():
            rows.setdefault(round(thing.y), []).append(thing)
    for y in sorted(rows, reverse=True):
        yield " | ".join(thing.text.strip() for thing in sorted(rows[y], key=lambda one: one.x))


def ink(pdf: bytes) -> list[list[str]]:
    """The map of each page."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    found = [squares(document, page) for page in range(document.pageCount())]
    document.close()
    return found


def squares(document: QPdfDocument, page: int) -> list[str]:
    """The map of one page, a line of digits for each row of squares."""
    points = document.pagePointSize(page)
    across, down = (round(length / SQUARE) for length in (points.width(), points.height()))
    picture = QImage(QSize(across * DOTS, down * DOTS), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.drawImage(0, 0, document.render(page, picture.size()))
    painter.end()
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    stride, data = grey.bytesPerLine(), bytes(grey.constBits())
    dark = lambda x, y: sum(255 - dot for n in range(DOTS) for dot in data[(y * DOTS + n) * stride + x * DOTS :][:DOTS])  # noqa: E731
    return ["".join(str(min(9, dark(x, y) * 20 // (255 * DOTS * DOTS))) for x in range(across)) for y in range(down)]


def differences(kept: str, now: str) -> list[str]:
    """The lines that differ; squares of the map only by more than one step."""
    before, after = kept.splitlines(), now.splitlines()
    if len(before) != len(after):
        return [f"{len(before)} lines became {len(after)}", *(line for line in after if line not in before)]
    return [f"{was} -> {is_}" for was, is_ in zip(before, after, strict=True) if was != is_ and not _near(was, is_)]


def _near(was: str, now: str) -> bool:
    both = was.isdigit() and now.isdigit() and len(was) == len(now)
    return both and all(abs(int(a) - int(b)) <= 1 for a, b in zip(was, now, strict=True))


def of_forms(renderer: PdfRenderer) -> dict[str, str]:
    """A page of every form, of contents that no text of a document changes."""
    return {name: told(renderer, build(), name) for name, build in {**samples.ALL, **samples.OTHERS}.items()}


def kept_specimens() -> list[Specimen]:
    """The specimens whose pages are kept."""
    return [one for one in specimens() if one.about.startswith(KEPT)]


def of_types(renderer: PdfRenderer, wanted: str = "") -> dict[str, str]:
    """The pages of every type (or of one): each variant plain and with the longest facts."""
    out: dict[str, str] = {}
    for one in kept_specimens():
        if wanted in ("", one.type_id):
            out[one.type_id] = out.get(one.type_id, "") + told(renderer, one.content, f"{one.type_id} {one.about}")
    return out


def main() -> int:
    """Writes all golden pages."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application, renderer = QGuiApplication(sys.argv[:1]), PdfRenderer(samples.FONTS)
    for folder, made in (("forms", of_forms(renderer)), ("types", of_types(renderer))):
        (FOLDER / folder).mkdir(parents=True, exist_ok=True)
        for stale in {path.stem for path in (FOLDER / folder).glob("*.txt")} - set(made):
            (FOLDER / folder / f"{stale}.txt").unlink()
        for name, text in made.items():
            (FOLDER / folder / f"{name}.txt").write_text(text, "utf-8")
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
