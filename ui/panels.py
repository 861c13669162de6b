"""Parts that say who decides, what comes next and how far it is: next steps, reason, bars, checks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from execdesk.law.refusal import Clause
from ui.buttons import draw_focus
from ui.theme import SECONDARY, colour, current, px
from ui.widgets import Button, Elided, column, icon_label, label, row, wrapped

MIDDLE = Qt.AlignmentFlag.AlignVCenter


class NextStep(QAbstractButton):
    """One thing that can be done: words, a note (days left), and who approves it, named before it is pressed.

    ``first`` is the one main step of the card. ``lacking`` (「尚缺 2 项」) keeps it visible and pressable: pressing
    opens what is missing.
    """

    def __init__(self, text: str, who: str, *, note: str = "", first: bool = False, lacking: str = "") -> None:
        super().__init__()
        self.setText(text)
        self.who, self.note, self.first, self.lacking = who, note, first, lacking
        self.setAccessibleName("，".join(part for part in (text, note, lacking, who) if part))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(320), px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.underMouse()
        painter.setPen(colour("navy" if self.first else "field_line"))
        painter.setBrush(colour(("navy_over" if over else "navy") if self.first else ("head" if over else "card")))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        box = self.rect().adjusted(px(12), 0, -px(10), 0)
        arrow = current().pixmap("chevron-right", "white" if self.first else "secondary", 13)
        painter.drawPixmap(box.right() - arrow.width(), box.center().y() - arrow.height() // 2 + 1, arrow)
        box.setRight(box.right() - arrow.width() - px(8))
        self._write(painter, box, self.who, SECONDARY, "white" if self.first else "secondary", right=True)
        box.setRight(box.right() - self._width(self.who, SECONDARY) - px(10))
        ink = "white" if self.first else "secondary" if self.lacking else "ink"
        box.setLeft(box.left() + self._write(painter, box, self.text(), 1.0, ink, bold=self.first) + px(10))
        if self.note:
            box.setLeft(box.left() + self._write(painter, box, self.note, SECONDARY, "amber_line" if self.first else "amber", bold=True) + px(8))
        if self.lacking:
            self._paint_lacking(painter, box)
        painter.end()
        if self.hasFocus():
            draw_focus(self, inner=self.first)

    def _paint_lacking(self, painter: QPainter, box: QRect) -> None:
        width = self._width(self.lacking, SECONDARY) + px(12)
        pill = QRectF(box.left(), box.center().y() - px(9), width, px(18))
        painter.setPen(colour("amber_line"))
        painter.setBrush(colour("amber_ground"))
        painter.drawRoundedRect(pill, px(4), px(4))
        painter.setPen(colour("amber"))
        painter.setFont(current().font(SECONDARY))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), self.lacking)

    def _width(self, text: str, ratio: float, bold: bool = False) -> int:
        return int(current().metrics(ratio, bold).horizontalAdvance(text)) + 1

    def _write(self, painter: QPainter, box: QRect, text: str, ratio: float, ink: str, *, bold: bool = False, right: bool = False) -> int:
        measures = current().metrics(ratio, bold)
        painter.setFont(current().font(ratio, bold))
        painter.setPen(colour(ink))
        shown = measures.elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 0))
        painter.drawText(box, int(MIDDLE | (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)), shown)
        return int(measures.horizontalAdvance(shown)) + 1


class ReasonPanel(QFrame):
    """Why the decision is this person's: the sentence, the clauses in 「」, their source. ``clause_asked`` by 看条文 F1."""

    clause_asked = Signal()

    def __init__(self, sentence: str, clauses: Sequence[Clause] = ()) -> None:
        super().__init__()
        self.setObjectName("reason")
        ground, edge, bar = (colour(name).name() for name in ("navy_soft", "navy_line", "navy"))
        self.setStyleSheet(
            f"#reason {{ background: {ground}; border: 1px solid {edge}; border-left: {px(3)}px solid {bar}; border-radius: {px(4)}px; }}"
        )
        body = column(wrapped(sentence, "strong"), gap=5, margins=(12, 10, 10, 8))
        for number, clause in enumerate(clauses, 1):
            body.addWidget(wrapped(f"「{clause.quote.strip('「」')}」"))
            last = [Button("看条文 F1", "link", act=self.clause_asked.emit)] if number == len(clauses) else []
            source = row(wrapped(clause.source, "secondary"), *last, gap=8)
            source.setStretch(0, 1)
            body.addLayout(source)
        self.setLayout(body)
        self.setAccessibleName(sentence)


class Bar(QWidget):
    """A thin bar: a share of a whole, with an optional upright mark to compare with (the group's mean)."""

    def __init__(self, share: float = 0.0, mark: float | None = None, words: str = "") -> None:
        super().__init__()
        self._share, self._mark = share, mark
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(16) if mark is not None else px(8))

    def tell(self, share: float, mark: float | None = None, words: str = "") -> None:
        """Show another share."""
        self._share, self._mark = share, mark
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, (self.height() - px(8)) / 2, self.width(), px(8))
        painter.setBrush(colour("track"))
        painter.drawRoundedRect(track, px(4), px(4))
        painter.setBrush(colour("navy"))
        filled = QRectF(track)
        filled.setWidth(track.width() * min(max(self._share, 0.0), 1.0))
        painter.drawRoundedRect(filled, min(px(4), filled.width() / 2), px(4))
        if self._mark is not None:
            x = round(track.width() * min(max(self._mark, 0.0), 1.0))
            painter.fillRect(x, 0, max(1, px(1)), self.height(), colour("ink"))
        painter.end()


class CheckLine(QWidget):
    """A check before submission: tick or amber sign, words, words on it, a link to where it is put right."""

    asked = Signal()

    def __init__(self, fine: bool, text: str, note: str = "", link: str = "") -> None:
        super().__init__()
        sign = icon_label("check", "navy") if fine else icon_label("warning", "amber_mark")
        words = label(text, "" if fine else "strong", "" if fine else "soon")
        links = [Button(link, "link", act=self.asked.emit)] if link else []
        self.setLayout(row(sign, words, Elided(note, "secondary"), *links, None, gap=7))
        self.setMinimumHeight(px(26))
