"""The answers to one question: options with their grounds, an entry of one's own with a live check, leaving the row out."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QLabel, QLineEdit, QRadioButton, QWidget

from execdesk.reads.imports import Question
from ui.importing.words import own_words, short
from ui.theme import colour, current, px
from ui.widgets import column, restyle, row, wrapped

OWN, SKIP = "own", "skip"
CHECK_AFTER_MS = 350
FIELD = 190


class AnswerCard(QFrame):
    """One answer: the words, and beside or below them what speaks for it."""

    def __init__(self, key: str, words: str, beside: QWidget, group: QButtonGroup) -> None:
        super().__init__()
        self.key, self.beside = key, beside
        self.setObjectName("answer")
        self.radio = QRadioButton(words)
        self.radio.setProperty("answer", key)
        group.addButton(self.radio)
        self.box = row(self.radio, beside, gap=12, margins=(6, 1, 8, 1))
        self.box.setStretch(1, 1)
        self.setLayout(self.box)
        self.setMinimumHeight(px(29))
        self.radio.toggled.connect(self._tell)
        self._tell(False)

    def _tell(self, on: bool) -> None:
        ground, edge = ("navy_soft", "navy_line") if on else ("card", "card")
        self.setStyleSheet(
            f"#answer {{ background: {colour(ground).name()}; border: 1px solid {colour(edge).name()}; border-radius: {px(6)}px; }}"
        )
        self.radio.setFont(current().font(bold=on))

    def words_width(self) -> int:
        """Room the words need when chosen."""
        return round(current().metrics(bold=True).horizontalAdvance(self.radio.text())) + px(32)

    def arrange(self, width: int, below: bool) -> None:
        """Put the ground beside the words, or below them where room is short."""
        self.radio.setMinimumWidth(0 if below else width)
        self.beside.setVisible(not below or not isinstance(self.beside, QLabel) or bool(self.beside.text()))
        self.box.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)
        self.box.setSpacing(px(0 if below else 12))
        self.beside.setContentsMargins(px(22) if below else 0, 0, 0, px(3) if below else 0)


class Answers(QWidget):
    """All answers to a question. ``changed`` with every choice; ``typed(text)`` a moment after one's own entry changed.

    The proposal is marked 建议 and chosen for this row alone; nothing is decided before the person says so.
    """

    changed = Signal()
    typed = Signal(str)
    entered = Signal()

    def __init__(self, question: Question, chosen: str = "", own: str = "") -> None:
        super().__init__()
        self.question = question
        self.group = QButtonGroup(self)
        self.rows: list[AnswerCard] = []
        self.fault = ""
        self.wait = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self.wait.timeout.connect(lambda: self.typed.emit(self.own.text().strip()))
        self._box = column(gap=1)
        self.setLayout(self._box)
        for option in question.options:
            self._add(option.key, option.label, wrapped(self._ground(option.key, option.ground), "secondary"))
        self._add_own(own)
        if not question.code.startswith("known."):
            self._add(SKIP, "此行不导入", wrapped("记入清单，注明原因", "secondary"))
        self.choose(chosen or question.proposal)
        self.group.buttonToggled.connect(lambda _button, on: self._toggled() if on else None)

    def _ground(self, key: str, ground: str) -> str:
        if key != self.question.proposal:
            return ground
        return f"建议：{ground}" if ground else "建议"

    def _add(self, key: str, words: str, beside: QWidget) -> None:
        made = AnswerCard(key, words, beside, self.group)
        self.rows.append(made)
        self._box.addWidget(made)

    def _add_own(self, own: str) -> None:
        self.own = QLineEdit(own)  # one of several answers to a row, chosen by radio button; kept with the import, no action of its own
        self.verdict = wrapped("", "secondary")
        words = own_words(self.question.code)
        if words is None:
            self.own.hide()
            return
        self.own.setAccessibleName(words[0])
        self.own.setPlaceholderText(words[1])
        self.own.setMinimumWidth(px(FIELD - 60))
        self.own.setMaximumWidth(px(FIELD))
        beside = QWidget()
        line = row(self.own, self.verdict, gap=10)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        beside.setLayout(line)
        self._add(OWN, words[0], beside)
        self.own.textEdited.connect(self._edited)
        self.own.returnPressed.connect(self.entered)

    # choosing
    @property
    def choice(self) -> str:
        """The key chosen; ``own`` and ``skip`` for the two that are no options; empty while there is none."""
        button = self.group.checkedButton()
        return str(button.property("answer")) if button is not None else ""

    @property
    def open_reason(self) -> str:
        """Why this cannot be decided yet; empty where it can."""
        if not self.choice:
            return "请选一项"
        if self.choice == OWN:
            return self.fault or ("" if self.own.text().strip() else "请填写")
        return ""

    @property
    def verdict_fault(self) -> str:
        """The fault that stands beside one's own entry already."""
        return self.fault if self.verdict.text() else ""

    def choose(self, key: str) -> None:
        """Choose an answer by its key."""
        for one in self.rows:
            if one.key == key:
                one.radio.setChecked(True)

    def choose_place(self, place: int) -> None:
        """Choose the answer at a place from 0, as by the digit keys."""
        if place < len(self.rows):
            one = self.rows[place]
            one.radio.setChecked(True)
            (self.own if one.key == OWN else one.radio).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_focus(self) -> None:
        """The keyboard goes to the answer chosen, else the first."""
        button = self.group.checkedButton() or (self.rows[0].radio if self.rows else None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggled(self) -> None:
        if self.choice == OWN and not self.own.hasFocus():
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _edited(self, _text: str) -> None:
        self.choose(OWN)
        self.fault = "正在核对" if self.own.text().strip() else ""
        self.verdict.setText("")
        restyle(self.own, state="")
        self.wait.start()
        self.changed.emit()

    def judge(self, text: str, fault: str, good: str = "读得通") -> None:
        """What the check says of one's own entry; an answer to older words counts for nothing."""
        if text != self.own.text().strip():
            return
        self.fault = fault
        self.verdict.setText(f"不能采用：{short(fault)}" if fault else good if text else "")
        restyle(self.verdict, tone="soon" if fault else "")
        restyle(self.own, state="wrong" if fault else "")
        self.changed.emit()

    # room
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, room: int) -> None:
        width = max((one.words_width() for one in self.rows), default=0)
        below = width > room * 0.48
        for one in self.rows:
            one.arrange(min(width, room), below)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        place = event.key() - int(Qt.Key.Key_1)
        if 0 <= place < 9 and not event.modifiers():
            self.choose_place(place)
        else:
            super().keyPressEvent(event)
