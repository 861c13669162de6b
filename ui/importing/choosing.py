"""The first step: name a ledger by the button or let it fall on the page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame

from ui.theme import colour, px
from ui.widgets import Button, column, label, row, secondary

KINDS = "台账 (*.xlsx *.xlsm *.xls *.ods *.csv *.txt);;所有文件 (*)"


class FileDrop(QFrame):
    """The place a file is let fall on, with the button beside it. ``chosen(Path)``."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        self.button = Button("选择台账文件…", "primary", act=self.ask)
        words = label("把台账文件拖到这里，或选择文件", "card-title")
        kinds = secondary("Excel 工作簿（.xlsx、.xls）、.ods、.csv（UTF-8 或 GB18030）；表题、合计、空行、列序不同都认得")
        for part in (words, kinds):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(None, words, kinds, 6, row(None, self.button, None), None, gap=6, margins=(24, 20, 24, 20)))
        self._light(False)

    def ask(self) -> None:
        """Open the system's file dialog."""
        name, _ = QFileDialog.getOpenFileName(self, "选择台账文件", str(Path.home()), KINDS)
        if name:
            self.chosen.emit(Path(name))

    def _light(self, over: bool) -> None:
        edge, ground = ("navy", "navy_soft") if over else ("field_line", "card")
        self.setStyleSheet(
            f"#drop {{ background: {colour(ground).name()}; border: {px(1.5)}px dashed {colour(edge).name()}; border-radius: {px(8)}px; }}"
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self._light(False)
        found = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if found:
            event.acceptProposedAction()
            self.chosen.emit(Path(found[0]))
