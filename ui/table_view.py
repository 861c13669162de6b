"""The one table: view, filter, foot with order, count and sums, empty state, copy, export, remembered widths."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SIGNAL, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from ui.settings import Settings
from ui.table import Reader, TableModel
from ui.table_rows import RowView
from ui.table_source import Column, RowSource, TableSection
from ui.theme import current, px
from ui.widgets import Elided, EmptyState, fill_menu, line, row, secondary

if TYPE_CHECKING:
    from execdesk.reads.export import Field


class Table(QWidget):
    """A table with everything a list owes its reader.

    ``opened(row)`` on Enter or double click; ``chosen(row or None)`` when the selection moves. ``name`` is where widths,
    order and the columns shown are remembered; ``titled`` tells what the list is called, in the name of its file.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self, columns: Sequence[Column], *, key: Callable[[Any], Hashable], name: str = "", settings: Settings | None = None,
        empty: EmptyState | None = None, unit: str = "件", sort: str = "", descending: bool = False, foot: bool = True,
        reader: Reader | None = None, titled: Callable[[], str] = lambda: "列表",
    ) -> None:
        super().__init__()
        self.every = tuple(sorted(columns, key=lambda column: not column.shown))  # one shown by hand pushes none of the usual ones out of sight
        self.model = TableModel([column for column in self.every if column.shown], key, self)
        if reader is not None:
            self.model.reader = reader
        self.view = RowView(self.model)
        self.empty = empty or EmptyState("没有内容。")
        self.nothing_found = EmptyState("没有符合筛选的内容。", "放宽或清除筛选条件后再看。")
        self._name, self._settings, self._unit, self.titled = name, settings, unit, titled
        self.offers: Callable[[], Sequence[QAbstractButton | tuple[str, Callable[[], object]]]] = tuple  # what its menu offers of what buttons and keys do
        self._unseen_widths: dict[str, int] = {}
        self._kept: Hashable | None = None
        self.order_text, self.sums_box = Elided("", "secondary"), row(gap=14)
        self._lay_out(foot)
        self._recall(sort, descending)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._offer)
        self.view.opened.connect(self.opened)
        self.view.heading.sectionClicked.connect(self._head_clicked)
        self.view.heading.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.heading.customContextMenuRequested.connect(self._offer_columns)
        self.view.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_order())
        self.view.selectionModel().currentRowChanged.connect(lambda new, _old: self._moved(new))
        self.model.restarted.connect(self._restarted)
        self.view.heading.sectionResized.connect(lambda *_: self._remember())

    def _lay_out(self, foot: bool) -> None:
        self.pile = QStackedLayout()
        for part in (self.view, self.empty, self.nothing_found):
            self.pile.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self.pile, 1)
        self.foot = QWidget()
        self.foot.setFixedHeight(px(30))
        self.foot.setLayout(row(self.order_text, None, self.sums_box, margins=(14, 0, 14, 0)))
        self._foot_line = line()
        box.addWidget(self._foot_line)
        box.addWidget(self.foot)
        self.foot.setVisible(foot)
        self._foot_line.setVisible(foot)

    # rows
    def show_source(self, source: RowSource) -> None:
        """Show the rows of a source from the first one."""
        self.model.source = source
        self.model.restart()

    def refresh(self) -> None:
        """Read again; the selection and the place on screen stay."""
        self.model.restart()

    def filter(self, needle: str) -> None:
        """Show the rows that hold every word of ``needle``."""
        if needle.strip() != self.model.wish.needle:
            self.model.restart(needle=needle.strip())

    @property
    def current(self) -> Any | None:
        """The row the keyboard stands on, ``None`` where there is none."""
        index = self.view.currentIndex()
        found = self.model.row(index.row()) if index.isValid() else None
        return None if isinstance(found, TableSection) else found

    @property
    def selected(self) -> list[Any]:
        """The selected rows in the order shown."""
        places = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [found for found in map(self.model.row, places) if found is not None]

    def select(self, key: Hashable) -> bool:
        """Select the row with that key; ``False`` while it is not among the rows read.

        A row further down is read and selected then. A row that the list lacks leaves nothing selected.
        """
        self._kept = key
        if self.model.place(key) < 0:
            self.view.selectionModel().clear()
        self.model.seek(key, lambda place: self._sought(key, place))
        return self.model.place(key) >= 0

    def _sought(self, key: Hashable, place: int) -> None:
        if place < 0 or key != self._kept:
            return
        index = self.model.index(place, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(index, flags)
        self.view.scrollTo(index)

    def _moved(self, index: QModelIndex) -> None:
        found = self.model.row(index.row()) if index.isValid() else None
        if found is not None and not isinstance(found, TableSection):
            self._kept = self.model.key(found)
            self.chosen.emit(found)

    def _restarted(self) -> None:
        if self.model.total:
            self.pile.setCurrentWidget(self.view)
        else:
            self.pile.setCurrentWidget(self.nothing_found if self.model.wish.needle else self.empty)
        self.view.heading.sorted_by, self.view.heading.descending = self.model.wish.sort, self.model.wish.descending
        self.view.heading.viewport().update()
        self._choose_again()
        self._tell_sums()
        QTimer.singleShot(0, self, self._tell_order)

    def _choose_again(self) -> None:
        """Select in the new rows what was selected in the old ones; ``chosen(None)`` where nothing was, or the list lacks it now."""
        kept = self._kept
        if kept is None:
            self.chosen.emit(None)
            return
        if self.model.place(kept) < 0:
            self.view.selectionModel().clear()
        self.model.seek(kept, lambda place: self._sought(kept, place) if place >= 0 else self._missed(kept))

    def _missed(self, key: Hashable) -> None:
        if key == self._kept:
            self.chosen.emit(None)

    def cells(self, columns: Sequence[Column]) -> Iterator[tuple[Field, ...]]:
        """What a file holds of every row under the filter, in the order shown."""
        for found in self.model.everything():
            yield tuple(column.written(found) for column in columns)

    def _offer(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        number = len(self.selected)
        items: list[tuple[str, Callable[[], object]] | None] = []
        if number == 1 and self.receivers(SIGNAL("opened(PyObject)")):
            items.append(("打开（Enter）", self._open_current))
        if number:
            items.append(("复制选中的行（Ctrl+C）", self.view.copy))
        if number > 1:
            items.append((f"导出选中的 {number:,} {self._unit}…", lambda: self.export(chosen=True)))
        fill_menu(menu, [*items, ("导出这张表…", self.export), None, ("恢复列宽", self.reset_widths)])
        self._offer_more(menu)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _offer_more(self, menu: QMenu) -> None:
        """What the buttons beside the list do, under the same words and closed where they are, and what other keys do; of what is chosen."""
        if not self.selected:
            return
        first = menu.actions()[0]
        for offered in self.offers():
            if isinstance(offered, tuple):
                item, run = QAction(offered[0], menu), offered[1]
            elif offered.isHidden():
                continue
            else:
                item, run = QAction(offered.text(), menu), offered.click
                item.setEnabled(offered.isEnabled())
            item.triggered.connect(lambda _on=False, run=run: run())
            menu.insertAction(first, item)
        if menu.actions()[0] is not first:
            menu.insertSeparator(first)

    def export(self, chosen: bool = False) -> None:
        """Have the list written into a file, or the rows chosen: by whoever above can."""
        above = self.parentWidget()
        while above is not None and not hasattr(above, "export_list"):
            above = above.parentWidget()
        if above is not None:
            above.export_list(self, chosen)

    def _open_current(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current)

    def _offer_columns(self, at: QPoint) -> None:
        """The columns there are, those shown marked; the last one shown stays."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = [column.title for column in self.model.columns]
        for column in self.every:
            item = menu.addAction(column.title)
            item.setCheckable(True)
            item.setChecked(column.title in shown)
            item.setEnabled(shown != [column.title])
            item.toggled.connect(partial(self.show_column, column.title))
        menu.popup(self.view.heading.mapToGlobal(at))

    def show_column(self, title: str, shown: bool = True) -> None:
        """Show a column, or hide it; widths chosen by hand stay with their columns."""
        wanted = {column.title for column in self.model.columns} - {title} | ({title} if shown else set())
        self._show_columns(wanted, self._widths())
        self.view.fit()
        self._restarted()
        self._remember()

    def _show_columns(self, wanted: Collection[str], widths: Mapping[str, int]) -> None:
        self.model.show_columns([column for column in self.every if column.title in wanted])
        numbers = {column.title: number for number, column in enumerate(self.model.columns)}
        self.view.chosen_widths = {numbers[title]: px(width) for title, width in widths.items() if title in numbers}
        self._unseen_widths = {title: width for title, width in widths.items() if title not in numbers}

    def _widths(self) -> dict[str, int]:
        """The widths chosen by hand, at 100 %, those of hidden columns among them."""
        scale = current().scale
        return self._unseen_widths | {self.model.columns[n].title: round(w / scale) for n, w in self.view.chosen_widths.items()}

    def reset_widths(self) -> None:
        """Forget the widths chosen by hand."""
        self.view.chosen_widths.clear()
        self._unseen_widths.clear()
        self.view.fit()
        self._remember()

    # the foot
    def _tell_order(self) -> None:
        first, last = self.view.whole_span()
        title = next((c.title for c in self.every if c.sort and c.sort == self.model.wish.sort), "")
        parts = [f"按{title.split('（')[0]}{'从大到小' if self.model.wish.descending else ''}排序"] if title else []
        part = self.model.count == self.model.total and last - first + 1 < self.model.total
        parts.append(f"{f'第 {first + 1:,}–{last + 1:,} {self._unit}，' if part else ''}共 {self.model.count:,} {self._unit}")
        if self.model.wish.needle:
            parts.append(f"筛选「{self.model.wish.needle}」")
        self.order_text.setText(" · ".join(parts))

    def _tell_sums(self) -> None:
        while (item := self.sums_box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for name, value in self.model.sums:
            words = secondary(f"{name} {value}", "strong")
            self.sums_box.addWidget(words)

    # order and memory
    def _head_clicked(self, number: int) -> None:
        column = self.model.columns[number]
        if column.sort:
            same = column.sort == self.model.wish.sort
            self.sort_by(column.sort, descending=same and not self.model.wish.descending)

    def sort_by(self, name: str, descending: bool = False) -> None:
        """Order by the column whose ``sort`` is ``name``."""
        self.model.restart(sort=name, descending=descending)
        self._remember()

    def _recall(self, sort: str, descending: bool) -> None:
        known = {column.sort for column in self.every if column.sort}
        kept = self._settings.get(f"table.{self._name}", {}) if self._settings and self._name else {}
        if kept.get("sort") in known:
            sort, descending = kept["sort"], bool(kept.get("descending"))
        widths, turned = kept.get("widths"), kept.get("turned")  # turned: shown or hidden by hand
        widths, turned = widths if isinstance(widths, dict) else {}, turned if isinstance(turned, list) else []
        wanted = {column.title for column in self.every if column.shown != (column.title in turned)}
        titles = {column.title for column in self.every}
        self._show_columns(wanted or titles, {t: w for t, w in widths.items() if t in titles and isinstance(w, int)})
        self.model.restart(sort=sort, descending=descending)

    def _remember(self) -> None:
        if self._settings is None or not self._name:
            return
        wish = self.model.wish
        turned = [column.title for column in self.every if column.shown != (column in self.model.columns)]
        kept = {"sort": wish.sort, "descending": wish.descending, "widths": self._widths(), "turned": turned}
        self._settings.put(f"table.{self._name}", kept)
