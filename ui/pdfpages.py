"""Pages on a grey ground: continuous, beside each other where there is room, from bytes, by keyboard.

The very bytes that are kept are shown; nothing is written to disk. New bytes keep zoom and place, so a page can be seen
while one types.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPolygonF, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from ui.pdfpictures import on_white, with_seal
from ui.theme import colour, current, px

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
FIT_TEXT, FIT_WIDTH, FIT_PAGE = "去页边", "适合宽度", "整页"
LEGIBLE = 0.7  # below this zoom one page has the whole width rather than two beside each other
BORDER_MM = 4.5  # less than the way to the page number: white left around the type area where the margins are trimmed
GAP = 9
PICTURES_KEPT = 24


class Pages(QAbstractScrollArea):
    """The scrolling ground with the pages. ``moved`` when another page is in front or the zoom changes."""

    moved = Signal()
    enlarge_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("文书页面")
        self.document = QPdfDocument(self)
        self._bytes, self._buffer = QByteArray(), QBuffer(self)
        self._fit: str = FIT_WIDTH
        self._zoom, self._trimmed = 1.0, False
        self.places: list[QRect] = []
        self._pictures: dict[tuple[int, int], QImage] = {}
        self._marks: tuple[str, ...] = ()
        self.mark_boxes: dict[int, list[QPolygonF]] = {}
        self.verticalScrollBar().setSingleStep(px(40))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.moved.emit())

    # what is shown
    def show_pdf(self, pdf: bytes) -> bool:
        """Show a document; ``False`` where the bytes are no readable PDF (the ground stays empty)."""
        place = self.verticalScrollBar().value()
        self.document.close()
        self._buffer.close()
        self._bytes = QByteArray(with_seal(pdf))
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        if pdf:
            self.document.load(self._buffer)
        self._pictures.clear()
        self._find_marks()
        self.lay_out()
        self.verticalScrollBar().setValue(place)
        self.moved.emit()
        return self.document.status() == QPdfDocument.Status.Ready

    def mark(self, words: tuple[str, ...]) -> None:
        """Mark words on the pages in amber, such as an article number that changed."""
        self._marks = words
        self._find_marks()
        self.viewport().update()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self.document.pageCount() if self.document.status() == QPdfDocument.Status.Ready else 0

    @property
    def seen(self) -> tuple[int, int]:
        """First and last page in sight, from 1; (0, 0) where there is none."""
        top = self.verticalScrollBar().value()
        view = QRect(self.horizontalScrollBar().value(), top, self.viewport().width(), self.viewport().height())
        half = [n for n, place in enumerate(self.places, 1) if place.intersects(view) and (place & view).height() * 3 > min(place.height(), view.height())]
        return (half[0], half[-1]) if half else (0, 0)

    @property
    def zoom(self) -> float:
        """The zoom as shown: 1.0 is paper size at 96 dots an inch times the window's scale."""
        return self._zoom

    @property
    def fit(self) -> str:
        """How the zoom follows the window; empty where it is fixed."""
        return self._fit

    @property
    def trimmed(self) -> bool:
        """Whether the pages are shown without their white margins."""
        return self._trimmed

    def set_zoom(self, zoom: float) -> None:
        """A fixed zoom; margins stay trimmed or whole as they were."""
        self._fit, self._zoom = "", min(max(zoom, 0.2), 5.0)
        self.lay_out()
        self.moved.emit()

    def set_fit(self, fit: str) -> None:
        """Let the zoom follow the window: :data:`FIT_TEXT` (margins trimmed), :data:`FIT_WIDTH` or :data:`FIT_PAGE`."""
        self._fit, self._trimmed = fit, fit == FIT_TEXT
        self.lay_out()
        self.moved.emit()

    def step_zoom(self, up: bool) -> None:
        """The next zoom of the list."""
        now = self._zoom
        later = [z for z in ZOOMS if z > now + 0.01] if up else [z for z in reversed(ZOOMS) if z < now - 0.01]
        self.set_zoom(later[0] if later else now)

    def go_to(self, page: int) -> None:
        """Bring a page (from 1) to the top."""
        if 1 <= page <= len(self.places):
            self.verticalScrollBar().setValue(self.places[page - 1].top() - px(GAP))

    # where the pages lie
    def _shown(self, page: int) -> QRectF:
        """The part of a page that is shown, in points: all of it, or the type area of the court's own page."""
        points = self.document.pagePointSize(page)
        whole = QRectF(QPointF(0, 0), points)
        return trimmed(whole, str(self.document.metaData(QPdfDocument.MetaDataField.Keywords))) if self._trimmed else whole

    def page_size(self, page: int, zoom: float) -> QSize:
        part, factor = self._shown(page), _pixels(zoom)
        return QSize(round(part.width() * factor), round(part.height() * factor))

    def _whole(self, page: int, box: QRect) -> QRect:
        """Where the whole page lies when its shown part lies in ``box``."""
        part, points, factor = self._shown(page), self.document.pagePointSize(page), _pixels(self._zoom)
        corner = box.topLeft() - QPoint(round(part.left() * factor), round(part.top() * factor))
        return QRect(corner, QSize(round(points.width() * factor), round(points.height() * factor)))

    def _fitting(self, room: QSize, gap: int) -> float:
        """The zoom the window's size asks for. Trimmed pages stay at one zoom while a paper grows from one page to two."""
        natural = self.page_size(0, 1.0)
        wide = (room.width() - 2 * gap) / max(natural.width(), 1)
        if self._fit == FIT_TEXT:
            pair = (room.width() - 3 * gap) // 2 / max(natural.width(), 1)
            return min(pair if pair >= LEGIBLE else wide, 1.0)
        high = (room.height() - 2 * gap) / max(natural.height(), 1)
        return wide if self._fit == FIT_WIDTH else min(wide, high)

    def lay_out(self) -> None:
        self.places = []
        if not self.count:
            self.verticalScrollBar().setRange(0, 0)
            self.viewport().update()
            return
        room, height, widest = self._room()
        self.verticalScrollBar().setRange(0, max(0, height - room.height()))
        self.verticalScrollBar().setPageStep(room.height())
        self.horizontalScrollBar().setRange(0, max(0, widest - room.width()))
        self.horizontalScrollBar().setPageStep(room.width())
        self.viewport().update()

    def _room(self) -> tuple[QSize, int, int]:
        """Place the pages; the room beside the bars that are needed, and what the pages take. Whether a bar is needed is decided by
        the room without bars: narrower pages are lower as well, and bar and zoom would call each other up and off without end."""
        upright, level = self.verticalScrollBar().sizeHint().width(), self.horizontalScrollBar().sizeHint().height()
        tall = wide = False
        while True:
            room = self.maximumViewportSize() - QSize(upright if tall else 0, level if wide else 0)
            height, widest = self._place(room)
            before = tall, wide
            tall, wide = tall or height > room.height(), wide or widest > room.width()
            if (tall, wide) == before:
                return room, height, widest

    def _place(self, room: QSize) -> tuple[int, int]:
        """Place the pages in a room; the height and width they take."""
        gap, self.places = px(GAP), []
        if self._fit:
            self._zoom = max(0.2, self._fitting(room, gap))
        first = self.page_size(0, self._zoom)
        across = max(1, min(self.count, (room.width() - gap) // (first.width() + gap)))
        y, widest = gap, 0
        for start in range(0, self.count, across):
            sizes = [self.page_size(page, self._zoom) for page in range(start, min(start + across, self.count))]
            width = sum(size.width() for size in sizes) + gap * (len(sizes) - 1)
            x = max(gap, (room.width() - width) // 2) if across > 1 or self._zoom else gap
            for size in sizes:
                self.places.append(QRect(QPoint(x, y), size))
                x += size.width() + gap
            y += max(size.height() for size in sizes) + gap
            widest = max(widest, width + 2 * gap)
        return y, widest

    # painting
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), colour("paper_ground"))
            shift = QPoint(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
            for page, place in enumerate(self.places):
                box = place.translated(shift)
                if not box.intersects(self.viewport().rect()):
                    continue
                whole = self._whole(page, box)
                painter.setClipRect(box)
                painter.drawImage(whole, self._picture(page, whole.size()))
                self._paint_marks(painter, page, whole)
                painter.setClipping(False)
                painter.setPen(colour("field_line"))
                painter.drawRect(box.adjusted(-1, -1, 0, 0))
            if self.hasFocus():
                painter.setPen(colour("navy"))
                painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def _picture(self, page: int, size: QSize) -> QImage:
        ratio = self.devicePixelRatioF()
        key = (page, size.width())
        if key not in self._pictures:
            while len(self._pictures) >= PICTURES_KEPT:
                del self._pictures[next(iter(self._pictures))]
            self._pictures[key] = on_white(self.document, page, size * ratio)
        return self._pictures[key]

    def _paint_marks(self, painter: QPainter, page: int, box: QRect) -> None:
        if page not in self.mark_boxes:
            return
        points = self.document.pagePointSize(page)
        transform = QTransform().translate(box.left(), box.top()).scale(box.width() / points.width(), box.height() / points.height())
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("amber_line"))
        for shape in self.mark_boxes[page]:
            painter.drawPolygon(transform.map(shape))
        painter.restore()

    def _find_marks(self) -> None:
        self.mark_boxes = {}
        for page in range(self.count if self._marks else 0):
            text = self.document.getAllText(page).text()
            for word in self._marks:
                start = text.find(word)
                while start >= 0:
                    found = self.document.getSelectionAtIndex(page, start, len(word))
                    self.mark_boxes.setdefault(page, []).extend(found.bounds())
                    start = text.find(word, start + len(word))

    # hands
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.lay_out()
        self.moved.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(event.angleDelta().y() > 0)
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QEvent) -> None:  # noqa: N802
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        first, last = self.seen
        bar = self.verticalScrollBar()
        runs: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Space: self.enlarge_asked.emit,
            Qt.Key.Key_Plus: lambda: self.step_zoom(True), Qt.Key.Key_Equal: lambda: self.step_zoom(True),
            Qt.Key.Key_Minus: lambda: self.step_zoom(False), Qt.Key.Key_0: lambda: self.set_fit(FIT_WIDTH),
            Qt.Key.Key_Home: lambda: bar.setValue(0), Qt.Key.Key_End: lambda: bar.setValue(bar.maximum()),
            Qt.Key.Key_Right: lambda: self.go_to(last + 1), Qt.Key.Key_Left: lambda: self.go_to(first - 1),
        }
        run = runs.get(event.key())
        if run is not None:
            run()
        else:
            super().keyPressEvent(event)


def trimmed(page: QRectF, keywords: str = "") -> QRectF:
    """What the form that the keywords of a file name prints on, with a small border; a page of another size stays whole."""
    from reports.style import MM, written_on  # late: it reads the figures of the forms

    (width, height), (left, top, wide, high) = written_on(keywords)
    if abs(page.width() - width) > 2 or abs(page.height() - height) > 2:
        return page
    border = BORDER_MM * MM
    return QRectF(left, top, wide, high).adjusted(-border, -border, border, border).intersected(page)


def _pixels(zoom: float) -> float:
    """Pixels of one point at a zoom."""
    return zoom * current().scale * 96 / 72
