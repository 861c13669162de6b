"""The lock that keeps everything below it, and the card for a new password."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.jobs import Jobs
from ui.notices import ProgressStrip
from ui.signin import PasswordCard, PasswordField
from ui.theme import colour, px
from ui.widgets import Button, Card, column, label, restyle, row, wrapped


class LockCover(QFrame):
    """Covers the whole window while locked; what lies below stays as it was. ``asked(name, password)``."""

    asked = Signal(str, str)
    other_person = Signal()

    def __init__(self, window: QWidget, jobs: Jobs) -> None:
        super().__init__(window)
        self._window = window
        self.strip = ProgressStrip(jobs)  # of work that goes on meanwhile, as today's backup
        self.strip.setFixedWidth(px(620))
        self.setAutoFillBackground(True)
        self.card = _LockCard()
        self.card.asked.connect(self.asked)
        self.card.other.clicked.connect(lambda *_: self.other_person.emit())
        box = QVBoxLayout(self)
        box.addLayout(row(None, column(None, row(None, self.card, None), 12, self.strip, None, None), None))
        window.installEventFilter(self)
        self.hide()

    def lock(self, name: str, shown: str, why: str) -> None:
        """Cover the window for a person."""
        self.card.lock(name, shown, why)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.card.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, words: str) -> None:
        """Something that became known while the window is locked."""
        self.card.say(words)

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

    def say(self, words: str) -> None:
        self._why.setText(words)

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
