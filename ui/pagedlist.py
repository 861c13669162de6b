"""A painted list whose entries are read a page at a time by the one table model."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from ui.entries import EntryPainter
from ui.jobs import Runner
from ui.table import Index, TableModel, through
from ui.table_source import Column, RowSource, TableSection


class _Entries(TableModel):
    def flags(self, index: Index) -> Qt.ItemFlag:
        """The keyboard passes over headings."""
        if isinstance(self.row(index.row()), TableSection):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class PagedList(QListView):
    """Entries that know their key, between headings. ``chosen(key)`` when the mark moves, ``opened(key)`` on Enter or double click;
    ``shown`` once the entries are there anew."""

    chosen = Signal(str)
    opened = Signal(str)
    shown = Signal()

    def __init__(self, painter: EntryPainter, name: str, jobs: Runner, owner: QWidget) -> None:
        super().__init__()
        self.model_ = _Entries((Column("", lambda entry: entry.title),), lambda entry: entry.key, self)
        self.model_.reader = through(jobs, owner)
        self._delegate = painter
        self._quiet, self._kept, self._scrolled = False, "", 0
        self.setModel(self.model_)
        self.setItemDelegate(painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._wait = QTimer(self, singleShot=True, interval=0)
        self._wait.timeout.connect(self._ensure_seen)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._wait.start())
        self.selectionModel().currentChanged.connect(lambda new, _old: self._moved(new))
        self.activated.connect(lambda index: self.opened.emit(self._key(index)))
        self.model_.modelAboutToBeReset.connect(self._keep_place)
        self.model_.restarted.connect(self._restarted)

    def show_source(self, source: RowSource) -> None:
        """Show the entries of a source; the mark stays on its key where that is still there."""
        self.model_.source = source
        self.model_.restart()

    @property
    def current_key(self) -> str:
        """The key of the marked entry; empty where none is."""
        index = self.currentIndex()
        return self._key(index) if index.isValid() else ""

    @property
    def chosen_keys(self) -> list[str]:
        """The keys of all entries chosen, in the order shown."""
        return [key for index in sorted(self.selectedIndexes(), key=lambda index: index.row()) if (key := self._key(index))]

    @property
    def keys(self) -> list[str]:
        """Keys of the entries read so far, in order."""
        rows = [self.model_.row(number) for number in range(self.model_.total)]
        return [row.key for row in rows if row is not None and not isinstance(row, TableSection)]

    def choose(self, key: str, quiet: bool = False) -> bool:
        """Mark the entry with that key; whether it is among those read. One further down is read and marked then."""
        self._kept = key
        self.model_.seek(key, lambda place: self._sought(key, place, quiet))
        return self.model_.place(key) >= 0

    def clear_mark(self) -> None:
        """Mark nothing, without telling."""
        self._quiet, self._kept = True, ""
        self.selectionModel().clear()
        self._quiet = False

    def _sought(self, key: str, place: int, quiet: bool) -> None:
        if place < 0 or key != self._kept:
            return
        self._quiet = quiet
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect  # whatever key is held meanwhile, as Ctrl with Enter
        self.selectionModel().setCurrentIndex(self.model_.index(place, 0), alone)
        self._quiet = False

    def _key(self, index: QModelIndex | Index) -> str:
        row = self.model_.row(index.row())
        return "" if row is None or isinstance(row, TableSection) else str(row.key)

    def _moved(self, index: QModelIndex) -> None:
        if index.isValid() and (key := self._key(index)):
            self._kept = key
            if not self._quiet:
                self.chosen.emit(key)

    def _keep_place(self) -> None:
        self._scrolled = self.verticalScrollBar().value()

    def _restarted(self) -> None:
        self.doItemsLayout()
        self.verticalScrollBar().setValue(self._scrolled)
        self._wait.start()
        kept = self._kept
        if not kept:
            self.shown.emit()
            return

        def sought(place: int) -> None:
            self._sought(kept, place, quiet=True)
            self.shown.emit()

        self.model_.seek(kept, sought)

    def _ensure_seen(self) -> None:
        first, last = self.indexAt(self.viewport().rect().topLeft()).row(), self.indexAt(self.viewport().rect().bottomLeft()).row()
        self.model_.ensure(max(first, 0), last if last >= 0 else self.model_.total - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._wait.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_key:
            self.opened.emit(self.current_key)
        else:
            super().keyPressEvent(event)
