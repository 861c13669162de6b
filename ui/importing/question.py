"""The right side: one row with its cell among its neighbours, why it is asked, and the person's decision."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from execdesk.reads.imports import Entry, Excerpt, ImportSession, Question
from ui.approval.words import narrow
from ui.theme import colour, px
from ui.widgets import (
    Button,
    Card,
    Elided,
    EmptyState,
    column,
    hint,
    holder,
    label,
    line,
    restyle,
    row,
    scrolled,
    secondary,
    wrapped,
)

OWN, SKIP = "own", "skip"
OWN_WORDS = {"date": "另填日期", "town": "另填乡镇", "person": "另填姓名", "claim": "另填金额", "amount": "另填金额", "case_no": "另填案号", "number": "另填案号"}


class ExcerptGrid(QFrame):
    """The cell among its neighbours as a small sheet."""

    def __init__(self, excerpt: Excerpt) -> None:
        super().__init__()
        self.setObjectName("excerpt")
        self.setStyleSheet(f"#excerpt {{ border: 1px solid {colour('line').name()}; }}")
        grid = QGridLayout(self)
        grid.setContentsMargins(1, 1, 1, 1)
        grid.setSpacing(0)
        for place, words in enumerate(("", *excerpt.headings)):
            grid.addWidget(self._cell(words, "head"), 0, place)
            grid.setColumnStretch(place, 0 if place == 0 else 1)
        for line_no, (number, cells) in enumerate(excerpt.rows, 1):
            grid.addWidget(self._cell(str(number), "head"), line_no, 0)
            for place, cell in enumerate(cells, 1):
                grid.addWidget(self._cell(cell.text, "asked" if cell.asked else "card"), line_no, place)

    def _cell(self, words: str, kind: str) -> QWidget:
        made = Elided(words, "secondary" if kind == "head" else "strong" if kind == "asked" else "", "soon" if kind == "asked" else "")
        ground = {"head": "head", "asked": "amber_ground", "card": "card"}[kind]
        edge = f"2px solid {colour('amber_mark').name()}" if kind == "asked" else f"0px solid; border-bottom: 1px solid {colour('hairline').name()}"
        frame = QFrame()
        frame.setObjectName("cell")
        frame.setStyleSheet(f"#cell {{ background: {colour(ground).name()}; border: {edge}; }}")
        frame.setLayout(row(made, gap=0, margins=(6, 4, 6, 4)))
        return frame


class QuestionCard(Card):
    """One open question of a row. ``decided(entry, question, choice, words, alike)``; ``skipped`` and ``back`` move on."""

    decided = Signal(object, object, str, str, bool)
    later = Signal()
    back = Signal()
    taken_back = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0))
        self.entry: Entry | None = None
        self.question: Question | None = None
        self.options: dict[str, QRadioButton] = {}
        self.own = QLineEdit()
        self.alike = QCheckBox("")
        self.go = Button("")
        self.show_nothing("选一行看详情。", "")

    def show_nothing(self, text: str, more: str) -> None:
        """No row is chosen."""
        self.entry = self.question = None
        self._clear()
        self.box.addWidget(EmptyState(text, more))

    def show_entry(self, session: ImportSession, entry: Entry) -> None:
        """Show a row; a question is offered only where one is open."""
        self.entry, self.question = entry, session.open_question(entry)
        self._clear()
        asked = self.question or (entry.questions[0] if entry.questions else None)
        self.box.addWidget(self._head(session, entry, asked))
        self.box.addWidget(line())
        body = QWidget()
        box = column(gap=8, margins=(16, 11, 14, 10))
        column_ = asked.column if asked is not None else entry.column
        excerpt = session.excerpt(entry, column_)
        box.addLayout(row(label("台账原样", "strong"), secondary(excerpt.place), None, gap=10))
        box.addWidget(ExcerptGrid(excerpt))
        if self.question is not None:
            self._ask(box, session, entry, self.question)
        else:
            self._tell(box, session, entry)
        box.addStretch(1)
        body.setLayout(box)
        self.box.addWidget(scrolled(body), 1)
        self.box.addWidget(line())
        self.box.addLayout(self._foot(session, entry))

    def _head(self, session: ImportSession, entry: Entry, asked: Question | None) -> QWidget:
        what = f"{asked.heading}：{_short(asked.text)}" if asked is not None else _short(entry.text) or "全部读通"
        others = sum(1 for e in session.report.decide if e.code == entry.code) if session.report is not None and asked is not None else 0
        name = wrapped(f"第 {entry.row} 行  {what}", "card-title")
        first = row(name, secondary(f"同类还有 {others} 行" if others > 1 else ""), gap=10)
        first.setStretch(0, 1)
        parties = "；".join(f"{h} {t}" for h, t in entry.raw if h in ("申请执行人", "被执行人"))
        below = " · ".join(part for part in (narrow(entry.case_no), parties, f"表「{entry.sheet}」") if part)
        return holder(column(first, Elided(below, "secondary"), gap=3, margins=(16, 10, 14, 9)))

    def _ask(self, box: QVBoxLayout, session: ImportSession, entry: Entry, question: Question) -> None:
        box.addWidget(label("为什么要问", "strong"))
        box.addWidget(wrapped(question.text))
        box.addSpacing(px(2))
        box.addWidget(label("您的决定", "strong"))
        group = QButtonGroup(self)
        for option in question.options:
            ground = ("建议：" if option.key == question.proposal else "") + (option.ground or ("与旁证相合" if option.key == question.proposal else ""))
            self._option(box, group, option.key, option.label, wrapped(ground, "secondary"))
        self.own = QLineEdit()
        self.own.setFixedWidth(px(220))
        words = OWN_WORDS.get(question.code.partition(".")[0], "另填")
        self.own.setAccessibleName(words)
        self.own.setPlaceholderText("年-月-日" if words == "另填日期" else "按台账应有的写法填")
        self._option(box, group, OWN, words, self.own)
        self.own.textEdited.connect(lambda _text: self.options[OWN].setChecked(True))
        self._option(box, group, SKIP, "此行不导入", secondary("记入清单，注明原因"))
        self.alike = QCheckBox("")
        self.alike.hide()
        box.addWidget(self.alike)
        group.buttonToggled.connect(lambda _b, _on: self._chosen(session, entry, question))

    def _option(self, box: QVBoxLayout, group: QButtonGroup, key: str, words: str, beside: QWidget) -> None:
        radio = QRadioButton(words)
        radio.setMinimumWidth(px(170))
        group.addButton(radio)
        self.options[key] = radio
        wide = beside is not self.own
        line_row = row(radio, beside, *([] if wide else [None]), gap=10)
        line_row.setStretch(1, 1 if wide else 0)
        box.addLayout(line_row)

    @property
    def choice(self) -> str:
        """The key of the option chosen; empty while none is: nothing is chosen beforehand."""
        return next((key for key, radio in self.options.items() if radio.isChecked()), "")

    def _chosen(self, session: ImportSession, entry: Entry, question: Question) -> None:
        alike = session.alike(entry, question, self.choice) if self.choice not in (OWN, SKIP) else []
        self.alike.setChecked(False)
        self.alike.setText(f"旁证同样相合的其余 {len(alike)} 行照此办理")
        self.alike.setVisible(bool(alike))
        self.go.setEnabled(bool(self.choice))
        restyle(self.own, state="")

    def _tell(self, box: QVBoxLayout, session: ImportSession, entry: Entry) -> None:
        if decided := session.decided_words(entry):
            box.addWidget(label("您的决定", "strong"))
            box.addWidget(wrapped(f"已定：{decided}"))
        for title, listed in (("为什么不能导入", [p.text for p in entry.problems]), ("提醒（照常导入）", [n.text for n in entry.warnings])):
            if listed:
                box.addWidget(label(title, "strong"))
                for words in listed:
                    box.addWidget(wrapped(words))
        if not entry.problems and not entry.questions and entry.text:
            box.addWidget(label("为什么跳过", "strong"))
            box.addWidget(wrapped(entry.text))

    def _foot(self, session: ImportSession, entry: Entry) -> QHBoxLayout:
        before, later = Button("上一行", act=self.back.emit), Button("暂不决定", act=self.later.emit)
        if self.question is not None:
            self.go = Button("决定，看下一行", "primary", act=self.decide)
            self.go.setEnabled(False)
            return row(self.go, hint("Enter"), None, before, later, gap=6, margins=(16, 10, 14, 12))
        self.go = Button("下一行", act=self.later.emit)
        parts = [Button("改主意，重新决定", act=lambda: self.taken_back.emit(entry))] if session.decided_words(entry) else []
        return row(self.go, None, *parts, before, gap=6, margins=(16, 10, 14, 12))

    def decide(self) -> None:
        """Take the choice as the decision."""
        if self.entry is None or self.question is None or not self.choice:
            return
        words = self.own.text().strip()
        if self.choice == OWN and not words:
            restyle(self.own, state="missing")
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.decided.emit(self.entry, self.question, self.choice, words, self.alike.isVisibleTo(self) and self.alike.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decide()
        else:
            super().keyPressEvent(event)

    def _clear(self) -> None:
        from ui.approval.requestcard import empty_layout

        self.options = {}
        empty_layout(self.box)


def _short(text: str) -> str:
    """The first clause of a sentence, for a heading."""
    for mark in "，。；：":
        text = text.split(mark)[0] if len(text) > 24 else text
    return text.rstrip("。") if len(text) <= 28 else text[:27] + "…"
