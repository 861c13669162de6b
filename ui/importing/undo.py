"""Undoing an import, and letting rows of the tray go: both ask for the reason; a refusal opens in the dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from execdesk.desk import Desk
from ui.jobs import Runner
from ui.team.dialogs import ActDialog

Done = Callable[[Any], object]


def undo_dialog(desk: Desk, jobs: Runner, run: str, file: str, done: Done, parent: QWidget) -> ActDialog:
    """Strike everything an import wrote."""
    return ActDialog(desk, jobs, "ledger.undo", given={"run": run}, title=f"撤销导入 {file}", done=done, parent=parent)


def drop_dialog(desk: Desk, jobs: Runner, rows: Sequence[str], done: Done, parent: QWidget) -> ActDialog:
    """Take rows out of the tray without importing them."""
    number = f"{len(rows):,} 行"
    return ActDialog(desk, jobs, "ledger.drop", given={"rows": list(rows)}, title=f"弃去 {number}", button=f"弃去这 {number}", done=done, parent=parent)
