"""The field in which a document text is written: one line a piece, its name dimmed, slots in the accent colour, undo while typing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget

from ui.theme import COLOURS, px

_MARK, _SLOT, _ALTERNATIVES = re.compile("^【[^【】]*】"), re.compile(r"\{[^{}]*\}"), re.compile("[〔〕［］|]")
_AT = re.compile(r"第 (\d+) 行")
_MENU = 24  # entries of one part of a menu


class _Colours(QSyntaxHighlighter):
    """Names of pieces in hint colour, slots in navy, signs of alternatives in amber."""

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        for pattern, name in ((_SLOT, "navy"), (_ALTERNATIVES, "amber"), (_MARK, "hint")):
            made = QTextCharFormat()
            made.setForeground(QColor(COLOURS[name]))
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), made)


class TextEditor(QPlainTextEdit):
    """``typed`` on every edit, ``line_changed(int)`` with the line of the cursor, counted from 1."""

    typed = Signal()
    line_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slots: Sequence[str] = ()
        self.concepts: Sequence[str] = ()
        self._colours = _Colours(self.document())
        self._fault = 0
        self.setAccessibleName("正文")
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(px(8))
        self.textChanged.connect(self.typed)
        self.cursorPositionChanged.connect(lambda: self.line_changed.emit(self.line))

    @property
    def line(self) -> int:
        """The line of the cursor, counted from 1."""
        return self.textCursor().blockNumber() + 1

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter begins a new piece: a line needs its name."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and not self.isReadOnly():
            self.textCursor().insertText("\n【增】")
            return
        super().keyPressEvent(event)

    def put(self, text: str) -> None:
        """Insert words at the cursor, as if typed."""
        if not self.isReadOnly():
            self.textCursor().insertText(text)
            self.setFocus()

    def put_citation(self, words: str) -> None:
        """Add a citation after the last one; where there is none, at the cursor's line."""
        place = max((block for block in range(self.blockCount()) if self.document().findBlockByNumber(block).text().startswith("【引用")), default=self.line - 1)
        cursor = QTextCursor(self.document().findBlockByNumber(place))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertText(f"\n【增】{words}")
        self.setTextCursor(cursor)
        self.setFocus()

    def go_to_fault(self, sentence: str) -> bool:
        """Put the cursor into the line that a refusal names; whether it names one."""
        found = _AT.search(sentence)
        if found is None:
            return False
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(int(found[1]) - 1)))
        self.setFocus()
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        menu = self.menu()
        menu.popup(event.globalPos())

    def menu(self) -> QMenu:
        """Undo, copy and the like, slots and citations to insert."""
        menu = self.createStandardContextMenu()
        menu.setParent(self, menu.windowFlags())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self.isReadOnly():
            menu.addSeparator()
            self._offer(menu.addMenu("插入空位"), [f"{{{name}}}" for name in self.slots], self.put)
            self._offer(menu.addMenu("插入引用"), self.concepts, self.put_citation)
        return menu

    def _offer(self, menu: QMenu, words: Sequence[str], run: Callable[[str], None]) -> None:
        """A long list in parts, each called by its first and last."""
        if len(words) <= _MENU:
            parts = [(menu, words)]
        else:
            parts = [(menu.addMenu(f"{words[at]} …"), words[at : at + _MENU]) for at in range(0, len(words), _MENU)]
        for part, names in parts:
            for name in names:
                made = QAction(name, part)
                made.triggered.connect(partial(run, name))
                part.addAction(made)


def later(owner: QWidget, run: Callable[[], None], interval: int) -> QTimer:
    """A timer that runs once after so many milliseconds of rest."""
    timer = QTimer(owner, singleShot=True, interval=interval)
    timer.timeout.connect(run)
    return timer
