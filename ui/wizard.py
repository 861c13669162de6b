"""The steps of a wizard at the right of the crumb line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import SECONDARY, colour, current, px

MIDDLE = Qt.AlignmentFlag.AlignVCenter


class WizardSteps(QWidget):
    """「✓ 选文件 — 2 核对 — 3 导入」; past steps ticked, the present one in navy."""

    def __init__(self, names: Sequence[str], at: int = 0) -> None:
        super().__init__()
        self._names, self._at = tuple(names), at
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.go(at)

    def go(self, at: int) -> None:
        """Mark a step (from 0) as the present one."""
        self._at = at
        self.setAccessibleName(f"第 {at + 1} 步，共 {len(self._names)} 步：{self._names[at]}")
        self.update()

    def _widths(self) -> list[int]:
        return [px(26) + int(current().metrics(1.0, True).horizontalAdvance(name)) for name in self._names]

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(sum(self._widths()) + px(48) * (len(self._names) - 1) + px(4), px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, middle = px(10), self.height() // 2
        for number, (name, width) in enumerate(zip(self._names, self._widths(), strict=True)):
            past, here = number < self._at, number == self._at
            circle = QRectF(x - px(9), middle - px(9), px(18), px(18))
            painter.setPen(QPen(colour("navy" if past or here else "field_line"), 1))
            painter.setBrush(colour("navy" if past or here else "card"))
            painter.drawEllipse(circle)
            painter.setFont(current().font(SECONDARY, here))
            painter.setPen(colour("white" if past or here else "secondary"))
            if past:
                mark = current().pixmap("check", "white", 11)
                painter.drawPixmap(x - mark.width() // 2, middle - mark.height() // 2, mark)
            else:
                painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(number + 1))
            painter.setFont(current().font(1.0, here))
            painter.setPen(colour("navy" if here else "secondary"))
            painter.drawText(QRect(x + px(15), 0, width, self.height()), int(MIDDLE), name)
            x += width
            if number + 1 < len(self._names):
                painter.fillRect(x, middle, px(30), 1, colour("field_line"))
            x += px(48)
        painter.end()
