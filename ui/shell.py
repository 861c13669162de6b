"""The main window: bars, three tabs with their pages, notices, progress, lock, keys that work everywhere."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QWidget

from ui.bars import PersonInBar, StatusBar, StoreShown, TopBar, title_of
from ui.errors import FaultDialog
from ui.exporting import ask_where, export_table
from ui.idle import IdleWatch
from ui.jobs import Jobs
from ui.lock import LockCover
from ui.notices import Notices, ProgressStrip, Shelf
from ui.pages import Page, PageStack
from ui.search import HitShown, Search
from ui.settings import Settings
from ui.table_view import Table
from ui.widgets import MenuItems, column, holder

TABS = ("案件", "团队", "审批")
LOCK_AFTER_MINUTES = 20
SMALLEST = (960, 600)  # not scaled: at 200 % the window must still fit an office screen


@dataclass(frozen=True)
class Tool:
    """One line of the 工具 menu: words, and what makes its page when it is opened. ``None`` words: a line."""

    title: str
    make: Callable[[], Page]


def _no_search(_needle: str, hand: Callable[[Sequence[HitShown]], None]) -> None:
    hand(())


def _takes_focus(widget: QWidget) -> bool:
    """Whether the keyboard can go there: what had it may have been closed, hidden, or never have been more than a frame."""
    return widget.isVisible() and widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus


class Shell(QMainWindow):
    """The window of one session.

    Signals: ``hit_opened(Hit)`` from the search; ``clause_asked(topic)`` by F1; ``locked``; ``unlock_asked(name,
    password)`` answered by :meth:`unlock` or ``cover.card.refused``; ``sign_out_asked``; ``password_asked``;
    ``tab_changed(number)``, -1 while a tool is open.
    """

    hit_opened = Signal(object)
    clause_asked = Signal(str)
    locked = Signal()
    unlock_asked = Signal(str, str)
    sign_out_asked = Signal()
    password_asked = Signal()
    tab_changed = Signal(int)

    def __init__(
        self, *, jobs: Jobs, settings: Settings, pages: Sequence[Page | Callable[[], Page]], tools: Sequence[Tool | None] = (),
        search: Search = _no_search, lock_after: int = LOCK_AFTER_MINUTES, notices: Notices | None = None,
    ) -> None:
        super().__init__()
        self.jobs, self.settings = jobs, settings
        self.person = PersonInBar("", "")
        self.account, self._store = "", StoreShown()
        self._focus: QWidget | None = None
        self._hidden: list[QDialog] = []
        self._return_to = 0
        self.report: FaultDialog | None = None
        self.may_leave: Callable[[], bool] = lambda: True  # asked when the window is to close; it is closed again where something had to be done before
        self.setWindowTitle(title_of(""))
        menu = [None if tool is None else (tool.title, partial(self.open_tool, tool)) for tool in tools]
        self.top = TopBar(TABS, search, menu, self._person_menu())
        self.status = StatusBar()
        self.notices = notices or Notices()
        self.notices.on_crash(self.show_fault)
        self.progress = ProgressStrip(jobs)
        self.stacks = [PageStack(title, page) for title, page in zip(TABS, pages, strict=True)]
        self._tool: PageStack | None = None
        self._lay_out()
        self.cover = LockCover(self, jobs)
        self.idle = IdleWatch(lock_after, self)
        self._connect()
        self.choose_tab(0)
        self._recall()

    def _person_menu(self) -> MenuItems:
        sizes = [(f"{percent}%", partial(self.set_scale, percent / 100)) for percent in (100, 110, 125, 150, 175, 200)]
        return [
            ("锁定（Ctrl+L）", self.lock), ("换人…", self.sign_out_asked.emit), ("改密码…", self.password_asked.emit),
            None, ("显示大小", sizes), None, ("退出", self.close),
        ]

    def set_scale(self, scale: float) -> None:
        """Keep the size of everything for the next start."""
        self.settings.put("scale", scale)
        self.settings.save()
        self.notices.done(f"显示大小改为 {round(scale * 100)}%，下次启动生效。")

    def _lay_out(self) -> None:
        self.pile = QStackedWidget()
        for stack in self.stacks:
            self.pile.addWidget(stack)
        above = Shelf(self.progress, self.notices)
        box = column(self.top, above, self.pile, self.status, gap=0)
        box.setStretchFactor(self.pile, 1)
        body = holder(box, "page")
        self._body = body
        self.notices.lie_over(body, self.status)
        self.setCentralWidget(body)
        self.setMinimumSize(*SMALLEST)

    def _connect(self) -> None:
        self.jobs.refused = self.notices.show_error
        self.top.tab_asked.connect(self.choose_tab)
        self.top.search.chosen.connect(self.hit_opened)
        self.cover.asked.connect(self.unlock_asked)
        self.cover.other_person.connect(self.sign_out_asked)
        self.idle.due.connect(lambda: self.lock("久未操作，窗口已锁定；没有丢失任何内容。"))
        self.idle.minutes_left.connect(self._minutes)
        for stack in self.stacks:
            stack.changed.connect(self._page_changed)
        for number in range(len(TABS)):
            self._key(f"Alt+{number + 1}", partial(self.choose_tab, number))
        self._key("Ctrl+K", self.top.search.begin)
        self._key("Ctrl+L", self.lock)
        self._key("F1", self.ask_clause)

    def export_list(self, table: Table, chosen: bool = False) -> None:
        """Ask where to, and write what a table lists, or the rows chosen in it."""
        if name := ask_where(self, f"{table.titled()}.xlsx"):
            export_table(self, self.jobs, self.notices, table, Path(name), chosen)

    def _key(self, keys: str, run: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: None if self.is_locked else run())

    # tabs and pages
    @property
    def stack(self) -> PageStack:
        """The pages in front."""
        front = self.pile.currentWidget()
        assert isinstance(front, PageStack)
        return front

    def choose_tab(self, number: int) -> None:
        """Bring a tab to the front; choosing the one in front again goes back to its first page."""
        if self._tool is None and self.pile.currentIndex() == number:
            self.stack.home()
        self._close_tool()
        focus: QWidget | None = self.stacks[number].focusWidget()  # asked before: the pile itself puts the keyboard anywhere
        self.pile.setCurrentIndex(number)
        self.top.choose(number)
        page = self.stack.page
        page.entered()
        if focus is None or not _takes_focus(focus):
            focus = page.first_focus
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tab_changed.emit(number)

    def open_page(self, page: Page) -> None:
        """Open a page on top of the tab in front."""
        self.stack.push(page)

    def open_tool(self, tool: Tool) -> None:
        """Open a tool; Esc leads back to the tab left."""
        was = self.pile.currentIndex() if self._tool is None else self._return_to
        self._close_tool()
        self._return_to = was
        stack = PageStack("工具", Page())
        stack.changed.connect(self._page_changed)
        self._tool = stack
        self.pile.addWidget(stack)
        self.pile.setCurrentWidget(stack)
        stack.push(tool.make())
        self.top.choose(None)
        self.tab_changed.emit(-1)

    def _page_changed(self) -> None:
        if self._tool is not None and self._tool.open_pages == 1 and self.pile.currentWidget() is self._tool:
            QTimer.singleShot(0, self, lambda: self.choose_tab(self._return_to))

    def _close_tool(self) -> None:
        if self._tool is not None:
            gone, self._tool = self._tool, None
            gone.changed.disconnect(self._page_changed)
            self.pile.removeWidget(gone)
            gone.deleteLater()

    def ask_clause(self) -> None:
        """F1: the clause of what has the keyboard, else of the dialog or the page around it."""
        widget = QApplication.focusWidget() or QApplication.activeModalWidget()
        while widget is not None:
            if topic := widget.property("clause"):
                self.clause_asked.emit(str(topic))
                return
            widget = widget.parentWidget()
        self.clause_asked.emit(self.stack.page.clause_topic)

    # who and what
    def show_person(self, name: str, person: PersonInBar) -> None:
        """Whose session this is: the account's name and how it reads."""
        self.account, self.person = name, person
        self.top.show_person(person)

    def show_court(self, court: str) -> None:
        """Whose window it is: the court's short name."""
        self.setWindowTitle(title_of(court))
        self.top.show_court(court)

    def show_store(self, store: StoreShown) -> None:
        """What the status bar says; the minutes until the lock are kept by the window itself."""
        self._store = store
        self.status.tell(store)

    def _minutes(self, minutes: int) -> None:
        if self._store.unlocked_minutes is not None:
            self.show_store(replace(self._store, unlocked_minutes=minutes))

    def show_fault(self, error: BaseException | str) -> None:
        """Open the report of a fault of ours; further ones while it is open are kept on disk only."""
        if self.report is not None:
            return
        text = error if isinstance(error, str) else "".join(traceback.format_exception(error))
        self.report = FaultDialog(text, self)
        self.report.destroyed.connect(self._report_gone)
        self.report.open()

    def _report_gone(self) -> None:
        self.report = None

    # lock
    @property
    def is_locked(self) -> bool:
        """Whether the cover lies over the window."""
        return self.cover.isVisible()

    def lock(self, why: str = "窗口已锁定；没有丢失任何内容。") -> None:
        """Cover everything until the person's password; pages, drafts and the keyboard's place stay."""
        if self.is_locked:
            return
        self.idle.stop()
        self._focus = QApplication.focusWidget()
        self._hidden = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        for dialog in self._hidden:
            dialog.hide()
        self._body.setEnabled(False)
        self.cover.lock(self.account, f"{self.person.name}", why)
        self.locked.emit()

    def unlock(self) -> None:
        """Take the cover away and put the keyboard back where it was."""
        self.cover.hide()
        self.cover.card.reset()
        self._body.setEnabled(True)
        for dialog in self._hidden:
            if shiboken6.isValid(dialog):
                dialog.show()
        if self._focus is not None and shiboken6.isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.idle.start()

    # size and place
    def _recall(self) -> None:
        geometry = self.settings.bytes("shell.geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(1366, 768)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if self.jobs.writing:
            self.notices.info("正在写入，写完后再退出。", soon=True)
            event.ignore()
            return
        if not self.may_leave():
            event.ignore()
            return
        self.idle.stop()
        self.settings.put_bytes("shell.geometry", self.saveGeometry())
        self.settings.save()
        super().closeEvent(event)
