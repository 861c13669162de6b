"""Before the desk: sign-in, the first-run page, and the lock that keeps everything below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from execdesk.law.refusal import Refusal
from ui.bars import WORKBENCH
from ui.theme import px
from ui.widgets import Button, Card, column, hint, label, row, secondary, wrapped

DEMO = "演示库：人员、案件均为虚构，密码均为 demo。"


@dataclass(frozen=True)
class Account:
    """Who may sign in here: the name typed at the command line, and how it reads (「法官沿一 · 承办法官」)."""

    name: str
    shown: str


class PasswordField(QWidget):
    """A password with a hint while Caps Lock seems on. ``entered`` on Enter."""

    entered = Signal()

    def __init__(self, title: str = "密码") -> None:
        super().__init__()
        self.input = QLineEdit()  # before a store is open; what is typed here is no value of a form
        self.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.input.setAccessibleName(title)
        self.input.returnPressed.connect(self.entered)
        self.input.installEventFilter(self)
        self.caps = secondary("大写锁定已打开", "soon")
        self.caps.hide()
        self.title = secondary(title)
        head = row(self.title, None, self.caps)
        self.setLayout(column(head, self.input, gap=3))
        self.setFocusProxy(self.input)

    @property
    def text(self) -> str:
        return self.input.text()

    def call(self, title: str) -> None:
        """Ask for something else in the same place."""
        self.title.setText(title)
        self.input.setAccessibleName(title)

    def clear(self) -> None:
        self.input.clear()
        self.caps.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            typed = event.text()
            if len(typed) == 1 and typed.isascii() and typed.isalpha():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.caps.setVisible(typed.isupper() != shift)
            elif event.key() == Qt.Key.Key_CapsLock:
                self.caps.hide()
        return super().eventFilter(watched, event)


class PasswordCard(Card):
    """What sign-in and lock share: a person, a password, an error line, a delay that counts down.

    ``asked(name, password)``; the owner answers with :meth:`refused`, :meth:`wait` or by taking the page away.
    """

    asked = Signal(str, str)

    def __init__(self, words: str) -> None:
        super().__init__(gap=10, margins=(24, 20, 24, 20))
        self.setFixedWidth(px(380))
        self._words, self._left = words, 0
        self.password = PasswordField()
        self.sentence = wrapped("", "secondary", "soon")
        self.sentence.hide()
        self.go = Button(words, "primary", act=self.ask)
        self.password.entered.connect(self.ask)
        self.password.input.textEdited.connect(lambda _text: self._quiet())
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.count_down)

    def close_up(self, *more: QWidget) -> None:
        """Add password, sentence and button below what the subclass put first."""
        box = self.box
        box.addWidget(self.password)
        box.addWidget(self.sentence)
        box.addLayout(row(self.go, 4, hint("Enter"), None, *more, gap=6))

    @property
    def person(self) -> str:
        """The name signed in with."""
        return ""

    def key_here(self, plugged: bool) -> None:
        """Say that the PIN of the electronic key that is plugged in serves as well."""
        self.password.call("PIN码（电子钥匙已插好）或者密码" if plugged else "密码")

    def ask(self) -> None:
        """Hand name and password on, unless one is missing or the delay runs."""
        if self._left > 0 or not self.go.isEnabled():
            return
        if not self.person:
            self._say("请先选择姓名或填写登录名。")
        elif not self.password.text:
            self._say("请填写密码。")
            self.password.setFocus()
        else:
            self.go.setEnabled(False)
            self.go.setText("正在核对…")
            self.asked.emit(self.person, self.password.text)

    def refused(self, refusal: Refusal, wait: int = 0) -> None:
        """Say why not, and how many seconds until the next try."""
        self.password.clear()
        self.go.setText(self._words)
        self.go.setEnabled(True)
        self._say(refusal.text)
        if wait > 0:
            self.wait(wait)
        self.password.setFocus()

    def wait(self, seconds: int) -> None:
        """Close the button for some seconds and count them down on it."""
        self._left = seconds
        self._timer.start()
        self._show_left()

    def reset(self) -> None:
        """Empty the password and open the button."""
        self.password.clear()
        self._quiet()
        self.go.setText(self._words)
        self.go.setEnabled(self._left <= 0)

    def count_down(self) -> None:
        self._left -= 1
        self._show_left()

    def _show_left(self) -> None:
        if self._left <= 0:
            self._timer.stop()
            self._left = 0
        self.go.setEnabled(self._left == 0)
        self.go.setText(f"{self._left} 秒后可再试" if self._left else self._words)

    def _say(self, text: str) -> None:
        self.sentence.setText(text)
        self.sentence.show()

    def _quiet(self) -> None:
        if self._left == 0:
            self.sentence.hide()


class SignInCard(PasswordCard):
    """The card of the sign-in page: a list of accounts where the desk shows one, else a field for the name."""

    def __init__(self, accounts: Sequence[Account], last: str = "") -> None:
        super().__init__("进入工作台")
        self.box.addWidget(secondary("姓名" if accounts else "登录名"))
        self.accounts: QComboBox | None = None
        self.field: QLineEdit | None = None
        if accounts:
            self.accounts = QComboBox()
            for account in accounts:
                self.accounts.addItem(account.shown, account.name)
            self.accounts.setCurrentIndex(max(self.accounts.findData(last), 0))
            self.accounts.setMaxVisibleItems(16)
            self.accounts.setAccessibleName("姓名")
            self.box.addWidget(self.accounts)
        else:
            self.field = QLineEdit(last)
            self.field.setAccessibleName("登录名")
            self.field.returnPressed.connect(self.password.setFocus)
            self.box.addWidget(self.field)
        self.close_up()

    @property
    def person(self) -> str:
        if self.accounts is not None:
            return str(self.accounts.currentData() or "")
        assert self.field is not None
        return self.field.text().strip()

    def begin(self) -> None:
        """Put the cursor where the first missing thing is."""
        first = self.field if self.field is not None and not self.field.text() else self.password
        first.setFocus(Qt.FocusReason.OtherFocusReason)


class SignInPage(QWidget):
    """The sign-in page, of the bureau of ``court`` where that is known. ``asked(name, password)``; answer with ``card.refused`` or take the page away."""

    asked = Signal(str, str)

    def __init__(self, accounts: Sequence[Account], *, court: str = "", site: str = "", last: str = "", note: str = "", demo: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.card = SignInCard(accounts, last)
        self.card.asked.connect(self.asked)
        words = [label(WORKBENCH, "main", "navy"), *([secondary(f"{court}执行局")] if court else [])]
        beside = secondary(site)
        self._demo, self.under = demo, wrapped("", "secondary", "soon" if demo else "")
        self.under.setFixedWidth(px(380))
        middle = column(*words, beside, 8, self.card, self.under, gap=6)
        self.show_note(note)
        beside.setVisible(bool(site))
        self.setLayout(row(None, column(None, middle, None, None), None))

    def show_note(self, note: str) -> None:
        """What stands below the card."""
        self.under.setText("\n".join(part for part in (note, DEMO if self._demo else "") if part))
        self.under.setVisible(bool(self.under.text()))

    def showEvent(self, event: object) -> None:  # noqa: N802
        super().showEvent(event)  # type: ignore[arg-type]
        self.card.begin()
