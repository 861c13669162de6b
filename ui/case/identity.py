"""Numbers of identity, hidden until somebody looks: whole while F6 is held, copied whole by Ctrl+Shift+C, never by selecting. Both leave a line first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.case.words import masked
from ui.widgets import restyle

KEYS = "按住 F6 显示，Ctrl+Shift+C 复制"


class HiddenNumber(QLabel):
    """The number of one person, its middle hidden."""

    def __init__(self, party: str, name: str, number: str, kind: str = "") -> None:
        super().__init__(masked(number))
        self.party, self.name, self.number = party, name, number
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if number:
            self.setToolTip(KEYS)
        if kind:
            restyle(self, kind=kind)

    def uncover(self, whole: bool = True) -> None:
        """Show it whole, or hide its middle again."""
        self.setText(self.number if whole else masked(self.number))
