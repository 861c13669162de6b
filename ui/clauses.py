"""看条文 and 看授权书: the dialogs behind the ways on of a refusal and behind F1."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

from execdesk.desk import Desk
from ui.lawview import ClauseDialog, ClauseShown


def show_clause(desk: Desk, topic: str, parent: QWidget, instead: ClauseDialog | None = None) -> ClauseDialog:
    """Open the clause of a topic over the window or the dialog in front, in the place of an earlier one.

    The window below stays usable, so that one can read and write. Raises :class:`Refusal` where there is no such clause.
    """
    found = desk.reads.clause_text(topic)
    shown = ClauseShown(found.title, found.source, found.paragraphs, found.confirmed, found.notes)
    return _show(ClauseDialog(shown, QApplication.activeModalWidget() or parent.window()), instead)


def show_letters(desk: Desk, numbers: tuple[str, ...], parent: QWidget) -> ClauseDialog:
    """Open letters of authority with their matters and terms."""
    letters = desk.reads.letters(numbers)
    paragraphs = tuple(f"授权书{one.letter}（{one.person}，{one.term}，{one.state_words}）列明：{'、'.join(one.matters)}" for one in letters)
    source = "院长授权副院长审批的事项，以授权书列明的为限"
    shown = ClauseShown("授权书", source, paragraphs or ("没有登记的授权书。",), True, ("法律留给院长的事项，须在授权书中逐项写明。",))
    dialog = ClauseDialog(shown, parent.window())
    dialog.setWindowTitle("授权书")
    return _show(dialog, None)


def _show(dialog: ClauseDialog, instead: ClauseDialog | None) -> ClauseDialog:
    if instead is not None and shiboken6.isValid(instead) and instead.isVisible():
        dialog.move(instead.pos())
        instead.close()
    dialog.show()
    dialog.shut.setFocus()
    return dialog
