"""句库: phrases to put into the field one is filling, by key; keeping, offering and releasing them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from execdesk.reads.phrases import PhraseRow
from execdesk.reads.states import PhraseState
from ui.dialogs import Dialog
from ui.fields import FieldWidget
from ui.link import Link
from ui.notices import Notices
from ui.team.dialogs import ActDialog
from ui.widgets import Button, Card, column, hint, label, row, secondary

ROW = Qt.ItemDataRole.UserRole


def takes_phrases(field: FieldWidget) -> bool:
    """Whether words can be put into a field."""
    return isinstance(field.input, QLineEdit | QPlainTextEdit)


def put_words(field: FieldWidget, words: str) -> None:
    """Put words where the cursor is, in place of what is selected, as if typed."""
    if isinstance(field.input, QPlainTextEdit):
        field.input.insertPlainText(words)
    elif isinstance(field.input, QLineEdit):
        field.input.insert(words)
    field.input.setFocus()


def typed_words(field: FieldWidget) -> str:
    """What is selected in a field, else all of it."""
    chosen = field.input.textCursor().selectedText() if isinstance(field.input, QPlainTextEdit) else field.input.selectedText() if isinstance(field.input, QLineEdit) else ""
    return (chosen.replace("\u2029", "\n") or field.text).strip()


class PhraseDialog(Dialog):
    """The phrases for one field. Typing narrows the list, Enter inserts."""

    def __init__(self, link: Link, field: FieldWidget, parent: QWidget | None = None) -> None:
        super().__init__("句库", parent, "screen:draft")
        self.link, self.field = link, field
        self.rows: tuple[PhraseRow, ...] = ()
        self.asking: ActDialog | None = None
        self.says = Notices()
        self.search = QLineEdit()  # narrows the list below, nothing is filled in
        self.search.setPlaceholderText("键入几个字查找")
        self.search.setAccessibleName("查找常用语")
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("常用语")
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(lambda _item: self.insert())
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.whose = secondary()
        self.go = Button("插入", "primary", act=self.insert)
        self.keep = Button("存下所填的", act=self.keep_words)
        self.offer = Button("提请列为本院的", act=lambda: self._do("phrase.offer", "已提请，待另一人核对。"))
        self.release = Button("核对无误，列为本院的", act=lambda: self._do("phrase.release", "已列为本院常用语。"))
        self.back = Button("退回…", act=lambda: self._ask("phrase.return"))
        self.drop = Button("停用", act=self._drop)
        card = Card(
            row(label(f"句库：{field.title}", "page-title"), None, hint("↑↓ 选 · Enter 插入")), self.search, self.list, self.says, self.whose,
            row(self.go, self.release, self.back, self.offer, self.drop, None, self.keep, gap=6), gap=8, margins=(18, 14, 18, 14),
        )
        card.box.setStretch(2, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(640, 440)
        self.keep.setVisible(bool(typed_words(field)))
        self.search.setFocus()
        self.reload()

    def reload(self) -> None:
        """Read anew."""
        name = self.field.name
        self.link.read(self, lambda reads: reads.phrases(name), done=self._arrived, failed=self.says.show_error)

    def _arrived(self, rows: tuple[PhraseRow, ...]) -> None:
        self.rows = rows
        self._narrow()

    def _narrow(self) -> None:
        wanted, chosen = self.search.text().strip(), self.current
        self.list.clear()
        for one in self.rows:
            if wanted in one.words:
                item = QListWidgetItem(f"{one.words}　（{one.whose}）")
                item.setData(ROW, one.id)
                self.list.addItem(item)
        place = next((number for number in range(self.list.count()) if chosen is not None and self.list.item(number).data(ROW) == chosen.id), 0)
        self.list.setCurrentRow(place if self.list.count() else -1)
        self._show()

    @property
    def current(self) -> PhraseRow | None:
        """The phrase chosen."""
        item = self.list.currentItem()
        return next((one for one in self.rows if item is not None and one.id == item.data(ROW)), None)

    def _show(self) -> None:
        one = self.current
        if one is None:
            none = "没有含这几个字的常用语。" if self.rows else "句库里还没有常用语。先在一项里写好，再点「存下所填的」。"
            self.whose.setText(none)
        else:
            self.whose.setText(f"{one.whose}{'，只用于这一项' if one.here else ''}")
        self.go.setEnabled(one is not None)
        self.offer.setVisible(one is not None and one.mine and one.state == PhraseState.OWN)
        self.release.setVisible(one is not None and one.may_release)
        self.back.setVisible(one is not None and one.may_release)
        self.drop.setVisible(one is not None and (one.may_retire or (one.mine and one.state != PhraseState.RELEASED)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self.insert()
                return True
        return super().eventFilter(watched, event)

    # what is done
    def insert(self) -> None:
        """Put the phrase where the cursor stands in the field."""
        if (one := self.current) is not None:
            self.close()
            put_words(self.field, one.words)

    def keep_words(self) -> None:
        """Keep what is selected in the field, or all of it, as a phrase of one's own for this field."""
        self._run("phrase.keep", {"words": typed_words(self.field), "slot": self.field.name}, "已存为本人的常用语。")

    def _do(self, action: str, words: str) -> None:
        if (one := self.current) is not None:
            self._run(action, {"phrase": one.id}, words)

    def _run(self, action: str, values: dict[str, Any], words: str) -> None:
        self.link.do(self, action, values, done=self._saying(words), failed=self.says.show_error)

    def _saying(self, words: str) -> Callable[[Any], object]:
        def said(_done: Any) -> None:
            self.says.clear()
            self.says.done(words)
            self.reload()

        return said

    def _drop(self) -> None:
        one = self.current
        if one is not None and one.may_retire:
            self._ask("phrase.retire")
        else:
            self._do("phrase.drop", "已停用。")

    def _ask(self, action: str) -> None:
        if (one := self.current) is not None:
            self.asking = ActDialog(self.link.desk, self.link.jobs, action, given={"phrase": one.id}, done=self._saying("已办。"), parent=self, clause="screen:draft")
            self.asking.open()
