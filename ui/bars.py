"""The line above everything and the line below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.search import Search, SearchField
from ui.theme import CARD_TITLE, SECONDARY, colour, current, px
from ui.widgets import Elided, MenuButton, MenuItems, label, line, row, secondary

WORKBENCH = "执行工作台"  # the program, whichever court sits at it
WHOLE_BRAND = 1200  # px at 100 %: from here on the court's name stands before the program's


def title_of(court: str) -> str:
    """What the window of a court is called; ``court`` is its short name, empty while it is not known."""
    return f"{court}{WORKBENCH}"


@dataclass(frozen=True)
class PersonInBar:
    """Who works at the window: name, and post or group in words."""

    name: str
    post: str


@dataclass(frozen=True)
class StoreShown:
    """What the status bar says of the store.

    ``site`` such as 「本部」, ``ages`` sentences on how old the data are, ``unlocked_minutes`` until the lock (``None``:
    the signature is locked), ``demo_day`` the day of a demonstration store, ``fault`` a sentence on a found incident.
    """

    site: str = ""
    ages: tuple[str, ...] = ()
    unlocked_minutes: int | None = None
    demo_day: date | None = None
    fault: str = ""


class Tab(QAbstractButton):
    """A tab of the top bar: words at 1.15, a number beside, a navy line below while chosen."""

    def __init__(self, text: str, key: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setToolTip(f"{text}（{key}）")
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.badge = 0

    def set_badge(self, number: int) -> None:
        """Show a number beside the words; none for zero."""
        self.badge = number
        self.setAccessibleName(f"{self.text()}，{number} 项" if number else self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        words = current().metrics(CARD_TITLE, True).horizontalAdvance(self.text())
        return QSize(int(words) + px(28) + (self._badge_width() + px(7) if self.badge else 0), px(46))

    def _badge_width(self) -> int:
        return max(px(20), int(current().metrics(SECONDARY, True).horizontalAdvance(str(self.badge))) + px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        theme, chosen = current(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(CARD_TITLE, chosen))
        painter.setPen(colour("navy" if chosen else "ink" if self.underMouse() else "secondary"))
        box = self.rect().adjusted(px(14), 0, 0, 0)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if chosen:
            painter.fillRect(0, self.height() - px(3), self.width(), px(3), colour("navy"))
        if self.badge:
            words = theme.metrics(CARD_TITLE, chosen).horizontalAdvance(self.text())
            pill = QRectF(px(14) + words + px(7), (self.height() - px(19)) / 2, self._badge_width(), px(19))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("navy" if chosen else "track"))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setPen(colour("white" if chosen else "secondary"))
            painter.setFont(theme.font(SECONDARY, True))
            painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), str(self.badge))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("navy"), 1.5 * theme.scale))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(px(4), px(8), -px(4), -px(8)), px(6), px(6))
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.update()


class TopBar(QFrame):
    """Title, tabs, search, 工具, person. ``tab_asked(number)``; the shell decides whether it may be left."""

    tab_asked = Signal(int)

    def __init__(self, tabs: Sequence[str], search: Search, tools: MenuItems, person_menu: MenuItems) -> None:
        super().__init__()
        self.setProperty("kind", "topbar")
        self.tabs = [Tab(text, f"Alt+{number}") for number, text in enumerate(tabs, 1)]
        self._none = Tab("", "")
        self._none.setParent(self)
        self._none.hide()
        for number, tab in enumerate(self.tabs):
            tab.clicked.connect(lambda _on=False, n=number: self.tab_asked.emit(n))
        self.search = SearchField(search)
        self.tools = MenuButton("工具", tools, "plain")
        self.person = MenuButton("", person_menu, "bare-icon")
        self._name, self._post = label("", "strong"), secondary()
        self._court, self._brand = "", label(WORKBENCH, "brand")
        box: QHBoxLayout = row(
            self._brand, 12, *self.tabs, None, self.search, 6, self.tools, 12, self._name, self._post, self.person,
            gap=8, margins=(16, 0, 8, 0),
        )
        for tab in self.tabs:
            box.setAlignment(tab, Qt.AlignmentFlag(0))
        self.setLayout(box)
        self.setFixedHeight(px(47))
        self.person.setToolTip("锁定、换人、改密码、退出")
        self.person.setAccessibleName("本人")
        for words in (self._name, self._post):  # the whole name opens the menu, not its mark alone
            words.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton and self.childAt(event.position().toPoint()) in (self._name, self._post):
            self.person.open()
        else:
            super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        room = event.size().width() / current().scale
        self._post.setVisible(room >= 1000)
        self._brand.setVisible(room >= 860)
        self._tell_brand()
        self.search.key_cap.setVisible(room >= 760)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(400), px(47))

    def show_person(self, person: PersonInBar) -> None:
        """Name and post at the right."""
        self._name.setText(person.name)
        self._post.setText(person.post)

    def show_court(self, court: str) -> None:
        """Whose workbench it is: the court's short name."""
        self._court = court
        self._brand.setToolTip(title_of(court))
        self._tell_brand()

    def _tell_brand(self) -> None:
        self._brand.setText(title_of(self._court if self.width() / current().scale >= WHOLE_BRAND else ""))

    def choose(self, number: int | None) -> None:
        """Mark a tab as chosen; ``None`` marks none (a tool is open)."""
        tab = self._none if number is None else self.tabs[number]
        tab.setChecked(True)
        if number is None:
            for one in self.tabs:
                one.setAutoExclusive(False)
                one.setChecked(False)
                one.setAutoExclusive(True)


class StatusBar(QFrame):
    """Where, how old, how long unlocked, which day."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "statusbar")
        self._left, self._right = row(gap=12), row(gap=12)
        box = row(self._left, None, self._right, margins=(16, 0, 16, 0))
        self.setLayout(box)
        self.setFixedHeight(px(27))
        self.words = ""

    def tell(self, store: StoreShown) -> None:
        """Show the store's facts."""
        left = [(words, "") for words in (store.site, *store.ages) if words]
        locked = store.unlocked_minutes is None
        right = [("签名未解锁" if locked else f"签名已解锁 · {store.unlocked_minutes} 分钟后锁定", "")]
        if store.demo_day is not None:
            right.append((f"演示库 · 今天按 {store.demo_day.isoformat()} 计", "soon"))
        if store.fault:
            left.append((store.fault, "late"))
        words = " | ".join(text for text, _ in left + right)
        if words == self.words:
            return
        self.words = words
        _fill(self._left, left, elided=True)
        _fill(self._right, right)
        self.setAccessibleName(words)


def _fill(box: QHBoxLayout, parts: Sequence[tuple[str, str]], elided: bool = False) -> None:
    while (item := box.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for number, (words, tone) in enumerate(parts):
        if number:
            upright: QWidget = line("upright")
            upright.setFixedHeight(px(13))
            box.addWidget(upright)
        box.addWidget(Elided(words, "secondary", tone) if elided else secondary(words, tone))
