"""Undoing an import, and letting rows of the tray go: both ask for the reason; a refusal opens in the dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from execdesk.desk import Desk
from ui.fields import TextField
from ui.jobs import Runner
from ui.team.dialogs import ActDialog

Done = Callable[[Any], object]


def undo_dialog(desk: Desk, jobs: Runner, run: str, file: str, done: Done, parent: QWidget) -> ActDialog:
    """Strike everything an import wrote."""
    words = "撤销划去这次导入写入的全部案件、当事人和分案，原文仍可查。其中有案件已经办理的，不能撤销。"
    reason = TextField("reason", "理由", required=True)
    return ActDialog(desk, jobs, f"撤销导入 {file}", words, "ledger.undo", "撤销这次导入", [reason], fixed={"run": run}, done=done, parent=parent)


def drop_dialog(desk: Desk, jobs: Runner, rows: Sequence[str], done: Done, parent: QWidget) -> ActDialog:
    """Take rows out of the tray without importing them."""
    words = "弃去的行不再提示，原文和理由仍可查。"
    reason = TextField("reason", "理由", required=True)
    number = f"{len(rows):,} 行"
    return ActDialog(desk, jobs, f"弃去 {number}", words, "ledger.drop", f"弃去这 {number}", [reason], fixed={"rows": list(rows)}, done=done, parent=parent)
