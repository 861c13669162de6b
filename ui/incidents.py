"""Incidents beside the check: what was found, and settling, ratifying or annulling it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from execdesk.reads.health import IncidentRow
from ui.ceremony import CeremonyDialog
from ui.link import Link
from ui.notices import Notices
from ui.team.dialogs import ActDialog
from ui.widgets import Button, Card, CardHead, chip, column, holder, label, line, row, scrolled, secondary, wrapped


class Incidents(Card):
    """All incidents with what may be done about each."""

    def __init__(self, link: Link, notices: Notices) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0))
        self._link, self._notices = link, notices
        self.dialog: Any = None

    def show_incidents(self, found: Sequence[IncidentRow]) -> None:
        """Show these: first those that wait."""
        empty(self.box)
        waiting = [one for one in found if one.open]
        done = [one for one in found if not one.open]
        self.box.addWidget(CardHead("事件", f"{len(waiting)} 件待办结，{len(done)} 件已办结"))
        body = column(gap=10, margins=(14, 12, 14, 12))
        if not found:
            body.addWidget(secondary("没有事件。自检发现的、签发前核对发现的，都记在这里。"))
        for one in (*waiting, *done):
            body.addWidget(self._incident(one))
        body.addStretch(1)
        self.box.addWidget(scrolled(holder(body)), 1)

    def _incident(self, one: IncidentRow) -> QWidget:
        state = chip("待办结", "late") if one.open else chip("已办结")
        lines: list[Any] = [row(label(one.kind_words, "strong"), state, None, secondary(one.found_at), gap=8), wrapped(one.text)]
        place = f"{one.place}{f' · {one.case}' if one.case else ''}"
        lines.append(wrapped(place, "secondary"))
        if one.settled:
            lines.append(wrapped(one.settled, "secondary"))
        if one.open and one.may_ratify:
            lines.append(row(Button("追认…", act=lambda: self.ratify(one, True)), Button("不予追认…", act=lambda: self.ratify(one, False)), None, gap=8))
        elif one.open:
            settle = Button("办结…", act=lambda: self.settle(one))
            settle.setEnabled(one.may_settle)
            undo = Button("撤去…", act=lambda: self.undo(one))
            undo.setEnabled(one.may_settle)
            lines.append(row(*((undo,) if one.may_undo else ()), settle, secondary("" if one.may_settle else self._whose(one)), None, gap=8))
        lines.append(line("hairline"))
        return holder(column(*lines, gap=4))

    @staticmethod
    def _whose(one: IncidentRow) -> str:
        return "由院长追认或者不予追认" if one.kind_words == "待院长追认" else "由局长或者院长办结"

    def ratify(self, one: IncidentRow, yes: bool) -> None:
        """院长 says whether it stands."""
        action = "provisional.ratify" if yes else "provisional.annul"
        after = "追认后长期有效。" if yes else "不予追认的，批准不再算数，事项退回；已签发的文书不会自动撤销，另记为事件由人处理。"
        self.dialog = ActDialog(
            self._link.desk, self._link.jobs, action, given={"incident": one.id}, words=f"{one.text} {after}",
            done=lambda _changes: self._notices.done("已记录。"), parent=self.window(),
        )
        self.dialog.open()

    def undo(self, one: IncidentRow) -> None:
        """What a line without authority wrote is taken back, once it is read what that changes."""
        self.dialog = CeremonyDialog(
            self._link.desk, self._link.jobs, "breach.undo", given={"incident": one.id}, done=lambda _changes: self._notices.done("已撤去，有关事件已办结。"), parent=self.window(),
        )
        self.dialog.open()

    def settle(self, one: IncidentRow) -> None:
        """Two sentences end an incident."""
        self.dialog = ActDialog(
            self._link.desk, self._link.jobs, "incident.settle", given={"incident": one.id},
            words=f"{one.text} 办结后批准和签发时仍会核对；没有恢复的，会再次记为事件。", done=lambda _changes: self._notices.done("事件已办结。"), parent=self.window(),
        )
        self.dialog.open()


def empty(box: QVBoxLayout) -> None:
    """Take everything out of a column, rows within it too."""
    while (item := box.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            while (part := inner.takeAt(0)) is not None:
                if (old := part.widget()) is not None:
                    old.hide()
                    old.deleteLater()
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
