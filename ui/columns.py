"""Panels side by side that stay usable when the window is narrow or the type large.

Where not all of them fit, as many as fit are shown, beginning with the chosen one, and a line of names above leads to
the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets import Button, column, restyle, row

GAP = 12


@dataclass(frozen=True)
class SidePanel:
    """One panel: its name on the line above, the least width it can be used at (at 100 %), its share of more room.

    A panel without a share keeps ``least`` as its width while others are beside it.
    """

    name: str
    widget: QWidget
    least: float
    grow: int = 0


class Columns(QWidget):
    """The panels of a page, within the page's margins."""

    def __init__(self, *panels: SidePanel, top: float = 2) -> None:
        super().__init__()
        self._panels = panels
        self._chosen = next((number for number, panel in enumerate(panels) if panel.grow), 0)
        self._row = row(gap=GAP)
        self.names: list[Button] = []
        for number, panel in enumerate(panels):
            self._row.addWidget(panel.widget, panel.grow)
            self.names.append(Button(panel.name, "name", act=partial(self.bring, number)))
        self.names_line = QWidget()
        self.names_line.setLayout(row(*self.names, None, gap=4))
        self.names_line.hide()
        self.setLayout(column(self.names_line, self._row, gap=6, margins=(12, top, 12, 12)))
        self._shown = tuple(range(len(panels)))

    @property
    def shown(self) -> tuple[str, ...]:
        """Names of the panels now on screen."""
        return tuple(self._panels[number].name for number in self._shown)

    def bring(self, which: int | str) -> None:
        """Bring a panel onto the screen, by place or name."""
        self._chosen = which if isinstance(which, int) else next(n for n, panel in enumerate(self._panels) if panel.name == which)
        self._arrange(self.width())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(200), px(160))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        room = width - 2 * px(12)
        self._shown = self._fitting(room)
        filling = [number for number in self._shown if self._panels[number].grow] or [self._shown[-1]]
        for number, panel in enumerate(self._panels):
            panel.widget.setVisible(number in self._shown)
            fixed = number not in filling
            panel.widget.setMinimumWidth(px(panel.least) if fixed else 0)
            panel.widget.setMaximumWidth(px(panel.least) if fixed else 16_777_215)
        self.names_line.setVisible(len(self._shown) < len(self._panels))
        for number, button in enumerate(self.names):
            restyle(button, here="true" if number in self._shown else "false")

    def _fitting(self, room: int) -> tuple[int, ...]:
        def need(numbers: tuple[int, ...]) -> int:
            return sum(px(self._panels[number].least) for number in numbers) + px(GAP) * (len(numbers) - 1)

        shown: tuple[int, ...] = (self._chosen,)
        for number in (*range(self._chosen + 1, len(self._panels)), *range(self._chosen - 1, -1, -1)):
            wider = tuple(sorted((*shown, number)))
            if need(wider) <= room:
                shown = wider
        return shown
