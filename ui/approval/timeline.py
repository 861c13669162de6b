"""经过: the stages of a request one below the other, joined by a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from execdesk.reads.requestpage import Stage, StageRow
from ui.theme import colour, current, px
from ui.widgets import label, secondary, wrapped

SIGNS = {Stage.DONE: "已办", Stage.NOW: "现在", Stage.LATER: "其后", Stage.BACK: "退回"}
_BEHIND = (Stage.DONE, Stage.BACK)


class _Dot(QWidget):
    """The sign of one stage: a filled tick, a ring with a dot, an empty ring, a cross for a return."""

    def __init__(self, state: str, first: bool, last: bool) -> None:
        super().__init__()
        self._state, self._first, self._last = state, first, last
        self.setFixedWidth(px(18))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(SIGNS[state])

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(18), px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, top, radius = self.width() / 2, px(11), px(7)
        painter.setPen(QPen(colour("navy" if self._state in _BEHIND else "field_line"), px(1.5)))
        if not self._first:
            painter.drawLine(QPointF(middle, 0), QPointF(middle, top - radius))
        if not self._last:
            painter.drawLine(QPointF(middle, top + radius), QPointF(middle, self.height()))
        circle = QRectF(middle - radius, top - radius, 2 * radius, 2 * radius)
        ring = {Stage.LATER: "field_line", Stage.BACK: "red"}.get(self._state, "navy")
        painter.setPen(QPen(colour(ring), px(1.5)))
        painter.setBrush(colour("navy" if self._state == Stage.DONE else "red" if self._state == Stage.BACK else "card"))
        painter.drawEllipse(circle)
        if self._state == Stage.NOW:
            painter.setBrush(colour("navy"))
            painter.drawEllipse(QPointF(middle, top), px(3), px(3))
        elif self._state in _BEHIND:
            icon = current().pixmap("check" if self._state == Stage.DONE else "minus", "white", 10)
            painter.drawPixmap(round(middle - px(5)), round(top - px(5)), icon)
        painter.end()


class Timeline(QWidget):
    """The stages: sign, stage, person, time, words."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(4, 1)
        self.stages: tuple[StageRow, ...] = ()

    def show_stages(self, stages: Sequence[StageRow]) -> None:
        """Show these stages instead."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.stages = tuple(stages)
        top = Qt.AlignmentFlag.AlignTop
        for number, stage in enumerate(self.stages):
            kind, tone = ("strong", "navy") if stage.state == Stage.NOW else ("secondary" if stage.state == Stage.LATER else "", "late" if stage.state == Stage.BACK else "")
            words = wrapped(stage.words, "secondary")
            cells: list[QWidget] = [label(stage.label, kind, tone), label(stage.person, kind if stage.state != Stage.NOW else "strong"), secondary(stage.at), words]
            self._grid.addWidget(_Dot(stage.state, number == 0, number == len(self.stages) - 1), number, 0)
            for place, cell in enumerate(cells, 1):
                cell.setContentsMargins(0, px(3), 0, px(8))
                self._grid.addWidget(cell, number, place, top)
