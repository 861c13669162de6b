"""Before the desk: sign-in, the first-run page, and the lock that keeps everything below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from execdesk.law.refusal import Refusal
from ui.bars import TITLE
from ui.theme import colour, px
from ui.widgets import Button, Card, column, hint, label, line, restyle, row, secondary, wrapped

COURT = "海南省乐东黎族自治县人民法院执行局"


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
        self.input = QLineEdit()
        self.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.input.setAccessibleName(title)
        self.input.returnPressed.connect(self.entered)
        self.input.installEventFilter(self)
        self.caps = secondary("大写锁定已打开", "soon")
        self.caps.hide()
        head = row(secondary(title), None, self.caps)
        self.setLayout(column(head, self.input, gap=3))
        self.setFocusProxy(self.input)

    @property
    def text(self) -> str:
        return self.input.text()

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

    def __init__(self, deed: str) -> None:
        super().__init__(gap=10, margins=(24, 20, 24, 20))
        self.setFixedWidth(px(380))
        self._deed, self._left = deed, 0
        self.password = PasswordField()
        self.sentence = wrapped("", "secondary", "soon")
        self.sentence.hide()
        self.go = Button(deed, "primary", act=self.ask)
        self.password.entered.connect(self.ask)
        self.password.input.textEdited.connect(lambda _text: self._quiet())
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._count)

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

    def ask(self) -> None:
        """Hand name and password on, unless one is missing or the delay runs."""
        if self._left > 0 or not self.go.isEnabled():
            return
        if not self.person:
            self._say("请先选择或填写姓名。")
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
        self.go.setText(self._deed)
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
        self.go.setText(self._deed)
        self.go.setEnabled(self._left <= 0)

    def _count(self) -> None:
        self._left -= 1
        self._show_left()

    def _show_left(self) -> None:
        if self._left <= 0:
            self._timer.stop()
            self._left = 0
        self.go.setEnabled(self._left == 0)
        self.go.setText(f"{self._left} 秒后可再试" if self._left else self._deed)

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
        self.box.addWidget(secondary("姓名"))
        self._list: QComboBox | None = None
        self._field: QLineEdit | None = None
        if accounts:
            self._list = QComboBox()
            for account in accounts:
                self._list.addItem(account.shown, account.name)
            self._list.setCurrentIndex(max(self._list.findData(last), 0))
            self._list.setMaxVisibleItems(16)
            self._list.setAccessibleName("姓名")
            self.box.addWidget(self._list)
        else:
            self._field = QLineEdit(last)
            self._field.setAccessibleName("姓名")
            self._field.returnPressed.connect(self.password.setFocus)
            self.box.addWidget(self._field)
        self.close_up()

    @property
    def person(self) -> str:
        if self._list is not None:
            return str(self._list.currentData() or "")
        assert self._field is not None
        return self._field.text().strip()

    def begin(self) -> None:
        """Put the cursor where the first missing thing is."""
        first = self._field if self._field is not None and not self._field.text() else self.password
        first.setFocus(Qt.FocusReason.OtherFocusReason)


class SignInPage(QWidget):
    """The sign-in page. ``asked(name, password)``; answer with ``card.refused`` or take the page away."""

    asked = Signal(str, str)

    def __init__(self, accounts: Sequence[Account], *, site: str = "", last: str = "", note: str = "", demo: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.card = SignInCard(accounts, last)
        self.card.asked.connect(self.asked)
        words = [label(TITLE, "main", "navy"), secondary(COURT)]
        beside = secondary(site)
        under = wrapped("演示库：人员、案件均为虚构，密码均为 demo。" if demo else note, "secondary", "soon" if demo else "")
        under.setFixedWidth(px(380))
        under.setVisible(bool(under.text()))
        middle = column(*words, beside, 8, self.card, under, gap=6)
        beside.setVisible(bool(site))
        self.setLayout(row(None, column(None, middle, None, None), None))

    def showEvent(self, event: object) -> None:  # noqa: N802
        super().showEvent(event)  # type: ignore[arg-type]
        self.card.begin()


class FirstRunPage(QWidget):
    """No store yet: make a new one, restore a backup, or join with a package. ``chosen("new" | "restore" | "join")``."""

    chosen = Signal(str)

    CHOICES = (
        ("new", "新建库…", "本部第一次使用", "建立本院根证书、恢复码和第一批人员，约十分钟，须院长和系统管理员在场。"),
        ("restore", "从备份恢复…", "换了电脑或原库损坏", "选一份备份；恢复后先收回另一边的数据、核对纸面最后文号，才能再签发。"),
        ("join", "加入已有的库…", "黄流人民法庭第一次使用", "用本部做好的加入包建立这一边的库。"),
    )

    def __init__(self, folder: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.buttons: dict[str, Button] = {}
        card = Card(gap=0, margins=(0, 4, 0, 4))
        card.setFixedWidth(px(560))
        for number, (name, deed, title, words) in enumerate(self.CHOICES):
            button = Button(deed, "primary" if number == 0 else "", act=lambda which=name: self.chosen.emit(which))
            button.setFixedWidth(px(140))
            self.buttons[name] = button
            text = wrapped(words, "secondary")
            if number:
                card.box.addWidget(line("hairline"))
            part = row(column(label(title, "strong"), text, gap=3), button, gap=16, margins=(20, 12, 20, 12))
            part.setStretch(0, 1)
            card.box.addLayout(part)
        heads = (label(TITLE, "main", "navy"), secondary("这台电脑上还没有库。"))
        foot = secondary(f"数据文件夹：{folder}" if folder else "")
        self.setLayout(row(None, column(None, *heads, 8, card, 4, foot, None, None, gap=6), None))


class LockCover(QFrame):
    """Covers the whole window while locked; what lies below stays as it was. ``asked(name, password)``."""

    asked = Signal(str, str)
    other_person = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAutoFillBackground(True)
        self.card = _LockCard()
        self.card.asked.connect(self.asked)
        self.card.other.clicked.connect(lambda *_: self.other_person.emit())
        box = QVBoxLayout(self)
        box.addLayout(row(None, column(None, self.card, None, None), None))
        window.installEventFilter(self)
        self.hide()

    def lock(self, name: str, shown: str, why: str) -> None:
        """Cover the window for a person."""
        self.card.lock(name, shown, why)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.card.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Resize and isinstance(event, QResizeEvent):
            self.resize(event.size())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("ground"))
        painter.end()


class _LockCard(PasswordCard):
    def __init__(self) -> None:
        super().__init__("解锁")
        self._name = ""
        self._who, self._why = label("", "main"), wrapped("", "secondary")
        self.other = Button("换人…", "link")
        self.box.addWidget(self._who)
        self.box.addWidget(self._why)
        self.close_up(self.other)

    def lock(self, name: str, shown: str, why: str) -> None:
        self._name = name
        self._who.setText(shown)
        self._why.setText(why)
        self.reset()

    @property
    def person(self) -> str:
        return self._name


class NewPasswordCard(Card):
    """The form to change one's own password: old, new, new again. ``asked(old, new)``."""

    asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(gap=10, margins=(24, 20, 24, 20))
        self.setFixedWidth(px(380))
        self.old, self.new, self.again = PasswordField("现在的密码"), PasswordField("新密码（至少 8 位）"), PasswordField("新密码再填一遍")
        self.sentence = wrapped("", "secondary", "soon")
        self.sentence.hide()
        self.go = Button("改密码", "primary", act=self.ask)
        self.old.entered.connect(self.new.setFocus)
        self.new.entered.connect(self.again.setFocus)
        self.again.entered.connect(self.ask)
        for part in (label("改密码", "page-title"), self.old, self.new, self.again, self.sentence):
            self.box.addWidget(part)
        self.box.addLayout(row(self.go, None))

    def ask(self) -> None:
        """Hand old and new password on where the new one can be right."""
        if not self.old.text:
            self.say("请填写现在的密码。")
        elif len(self.new.text) < 8:
            self.say("新密码至少 8 位，请改长一些。")
        elif self.new.text != self.again.text:
            self.say("两遍新密码不一样，请重填第二遍。")
            self.again.clear()
        else:
            self.go.setEnabled(False)
            self.asked.emit(self.old.text, self.new.text)

    def say(self, text: str) -> None:
        """A sentence under the fields; opens the button again."""
        self.sentence.setText(text)
        restyle(self.sentence, tone="soon")
        self.sentence.show()
        self.go.setEnabled(True)
