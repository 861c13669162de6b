"""Pages of one tab in a stack: the first stays, others come on top with a crumb line, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets import Button, Elided, label, row


class Page(QWidget):
    """What stands in a tab. ``title`` and ``aside`` make the crumb line, ``head_actions`` stand at its right end.

    ``clause_topic`` is what F1 opens here. ``may_leave`` may keep a person on the page (unsaved input is a draft and
    kept, so it rarely should). ``entered`` is called each time the page comes to the front.
    """

    head_changed = Signal()
    go_back = Signal()
    open_page = Signal(object)

    def __init__(self, title: str = "", aside: str = "") -> None:
        super().__init__()
        self.title, self.aside = title, aside
        self.setProperty("kind", "page")

    @property
    def head_actions(self) -> Sequence[QWidget]:
        """Buttons and words at the right of the crumb line."""
        return ()

    @property
    def clause_topic(self) -> str:
        """What F1 opens: ``screen:ID`` of ``resources/screens/clauses.toml``, or an article, a clause of the plan, a figure.

        The property ``clause`` of the focused widget, or of what it stands in, goes first.
        """
        return ""

    @property
    def first_focus(self) -> QWidget | None:
        """Where the keyboard goes when the page opens."""
        return None

    def may_leave(self) -> bool:
        """Whether the page lets go."""
        return True

    def entered(self) -> None:
        """The page came to the front."""

    def say(self, title: str, aside: str) -> None:
        """Change the words of the crumb line."""
        self.title, self.aside = title, aside
        self.head_changed.emit()


class CrumbLine(QWidget):
    """「‹ 案件 / 导入台账  words …  buttons」."""

    def __init__(self, parent_title: str, page: Page, back: Callable[[], object]) -> None:
        super().__init__()
        self.back = Button(parent_title, "crumb", icon="chevron-left", tip="返回（Esc）", act=back)
        self._title, self._aside = label(page.title, "page-title"), Elided(page.aside, "secondary")
        self._page = page
        box = row(self.back, label("/", "secondary"), self._title, 4, self._aside, None, *page.head_actions, gap=6, margins=(14, 0, 12, 0))
        box.setStretchFactor(self._aside, 100)
        self.setLayout(box)
        self.setFixedHeight(px(42))
        page.head_changed.connect(self._tell)

    def _tell(self) -> None:
        self._title.setText(self._page.title)
        self._aside.setText(self._page.aside)


class PageStack(QStackedWidget):
    """The pages of one tab; the first has no crumb line. Where ``first`` makes it, it is made when it is first asked for."""

    changed = Signal()

    def __init__(self, title: str, first: Page | Callable[[], Page]) -> None:
        super().__init__()
        self._title = title
        self._pages: list[Page] = []
        self._places: list[QWidget] = []
        self._focus: list[QWidget | None] = []
        self._make: Callable[[], Page] | None = None if isinstance(first, Page) else first
        if isinstance(first, Page):
            self.put(first, None)

    def ready(self) -> None:
        """Make the first page, if it is not there yet."""
        make, self._make = self._make, None
        if make is not None:
            self.put(make(), None)

    @property
    def page(self) -> Page:
        """The page in front."""
        self.ready()
        return self._pages[-1]

    @property
    def open_pages(self) -> int:
        """How many pages lie on each other."""
        self.ready()
        return len(self._pages)

    def push(self, page: Page) -> None:
        """Open a page on top; coming back finds everything below as it was, focus included."""
        self.ready()
        window = self.window()
        self._focus.append(window.focusWidget() if window is not None else None)
        parent = self._pages[-1].title if len(self._pages) > 1 else self._title
        self.put(page, CrumbLine(parent, page, self.back))
        page.entered()

    def back(self) -> bool:
        """Close the page in front; whether there was one to close and it let go."""
        if len(self._pages) < 2 or not self.page.may_leave():
            return False
        self._pages.pop()
        place = self._places.pop()
        self.setCurrentWidget(self._places[-1])
        self.removeWidget(place)
        place.deleteLater()
        focus = self._focus.pop()
        if focus is None or not shiboken6.isValid(focus) or not focus.isVisible():
            focus = self.page.first_focus  # what had it is gone: an act remade it
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.entered()
        self.changed.emit()
        return True

    def home(self) -> bool:
        """Close all but the first page; whether all let go."""
        while len(self._pages) > 1:
            if not self.back():
                return False
        return True

    def put(self, page: Page, crumbs: CrumbLine | None) -> None:
        place = QWidget()
        box = QVBoxLayout(place)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        if crumbs is not None:
            box.addWidget(crumbs)
        box.addWidget(page, 1)
        self._pages.append(page)
        self._places.append(place)
        self.addWidget(place)
        self.setCurrentWidget(place)
        beside = self.window().isVisible() and not self.isVisible()  # made behind the tab in front, whose keyboard it must leave alone
        if page.first_focus is not None and not beside:
            page.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        page.go_back.connect(self.back)
        page.open_page.connect(self.push)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape and self.back():
            return
        super().keyPressEvent(event)
