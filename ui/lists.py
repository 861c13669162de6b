"""Lists that are not tables: items that know their key, and the side list with counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.table import NO_INDEX, Index
from ui.theme import SECONDARY, TONES, colour, current, px


@dataclass(frozen=True)
class SideLine:
    """A line of the side list: words, a count in words at the right, its tone. Without a key it is a heading."""

    text: str
    count: str = ""
    key: str = ""
    tone: str = ""


class _Items(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: tuple[Any, ...] = ()

    def show(self, items: Sequence[Any]) -> None:
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            item = self.items[index.row()]
            return getattr(item, "title", None) or item.text
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and _key_of(self.items[index.row()]):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


def _key_of(item: object) -> str:
    return str(getattr(item, "key", ""))


def item_of(index: Index) -> Any:
    model = index.model()
    assert isinstance(model, _Items)
    return model.items[index.row()]


class PaintedList(QListView):
    """A list whose items know their key. ``chosen(key)`` when the mark moves, ``opened(key)`` on Enter or double click,
    ``pressed_key(key)`` on a click of the mouse."""

    chosen = Signal(str)
    opened = Signal(str)
    pressed_key = Signal(str)

    def __init__(self, painter: QStyledItemDelegate, name: str) -> None:
        super().__init__()
        self.items_ = _Items(self)
        self._delegate = painter
        self._quiet = False
        self.setModel(self.items_)
        self.setItemDelegate(painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(lambda new, _old: self._moved(new))
        self.activated.connect(lambda index: self.opened.emit(self._key(index)))
        self.clicked.connect(lambda index: self.pressed_key.emit(self._key(index)))

    def show_items(self, items: Sequence[Any]) -> None:
        """Show items; the mark stays on its key where that is still there."""
        kept = self.current_key
        self._quiet = True
        self.items_.show(items)
        self._quiet = False
        if kept:
            self.choose(kept, quiet=True)

    @property
    def current_key(self) -> str:
        """The key of the marked item; empty where none is."""
        index = self.currentIndex()
        return self._key(index) if index.isValid() else ""

    def choose(self, key: str, quiet: bool = False) -> bool:
        """Mark the item with that key; whether there is one."""
        for number, item in enumerate(self.items_.items):
            if _key_of(item) == key:
                self._quiet = quiet
                self.setCurrentIndex(self.items_.index(number))
                self._quiet = False
                return True
        return False

    def clear_mark(self) -> None:
        """Mark nothing, without telling."""
        self._quiet = True
        self.selectionModel().clear()
        self._quiet = False

    def _key(self, index: QModelIndex) -> str:
        return _key_of(self.items_.items[index.row()])

    def _moved(self, index: QModelIndex) -> None:
        if index.isValid() and not self._quiet and self._key(index):
            self.chosen.emit(self._key(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_key:
            self.opened.emit(self.current_key)
        else:
            super().keyPressEvent(event)


class _LinePainter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        item = item_of(index)
        if item.key:
            return QSize(px(80), px(29))
        return QSize(px(80), px(30) if index.row() == 0 else px(44) if item.text else px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, item = current(), item_of(index)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not item.key:
            self._paint_heading(painter, box, item, index.row() > 0)
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("selection"))
            painter.drawRoundedRect(QRectF(box).adjusted(0, 0.5, 0, -0.5), px(6), px(6))
            if option.widget is not None and option.widget.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour("navy"), 1.5 * theme.scale))
                painter.drawRoundedRect(QRectF(box).adjusted(1, 1.5, -1, -1.5), px(6), px(6))
        inner = box.adjusted(px(12), 0, -px(10), 0)
        painter.setPen(colour("ink"))
        painter.setFont(theme.font(bold=chosen))
        count = theme.metrics(bold=bool(item.tone)).horizontalAdvance(item.count)
        words = theme.metrics(bold=chosen).elidedText(item.text, Qt.TextElideMode.ElideRight, inner.width() - count - px(8))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.setPen(colour(TONES[item.tone]) if item.tone else colour("ink" if chosen else "secondary"))
        painter.setFont(theme.font(bold=bool(item.tone) or chosen))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), item.count)
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRect, item: SideLine, lined: bool) -> None:
        if lined:
            painter.fillRect(box.left() + px(6), box.top() + px(8), box.width() - px(12), 1, colour("line"))
        painter.setFont(current().font(SECONDARY))
        painter.setPen(colour("secondary"))
        line = box.adjusted(px(12), px(14) if lined else 0, -px(10), 0)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), item.text)


class SideList(PaintedList):
    """Lines with counts, grouped by headings: what to show in the list beside it."""

    def __init__(self, name: str) -> None:
        super().__init__(_LinePainter(), name)


def fit_height(view: PaintedList) -> None:
    """Give a short list the height of its items."""
    view.setFixedHeight(sum(view.sizeHintForRow(number) for number in range(view.items_.rowCount())) + 2)
