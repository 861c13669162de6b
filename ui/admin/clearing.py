"""The form by which 局长 lets a restored store issue again: for each series, the last numbers on paper, or that there are none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from execdesk.reads.health import SeriesAsked, ToClear
from ui.dialogs import Dialog
from ui.fields import AreaField
from ui.forms import Form
from ui.link import Link
from ui.notices import Notices
from ui.widgets import Button, Card, column, holder, label, line, row, scrolled, wrapped


class SeriesBox(QWidget):
    """One series: a tick for 「没有更晚的」, or lines of numbers."""

    def __init__(self, series: SeriesAsked) -> None:
        super().__init__()
        self.series = series
        self.none = QCheckBox("备份以后没有用过")
        more = "" if series.own_case else "，后面空一格写案号"
        self.numbers = AreaField("numbers", "每案最后一个，一行一个", lines=2, help_text=f"如 {series.sample}{more}")
        self.none.toggled.connect(lambda on: self.numbers.setDisabled(on))
        self.setLayout(column(row(label(series.name, "strong"), None, self.none, gap=8), self.numbers, line("hairline"), gap=4))

    @property
    def answered(self) -> bool:
        """Whether the series was looked at."""
        return self.none.isChecked() or bool(self.numbers.text.strip())

    @property
    def entries(self) -> list[dict[str, str]]:
        """What was typed, a number with its case a line."""
        if self.none.isChecked():
            return []
        found = []
        for words in filter(None, (text.strip() for text in self.numbers.text.splitlines())):
            number, _, case = words.partition(" ")
            found.append({"number": number, "case": case.strip()})
        return found


class ClearingDialog(Dialog):
    """Every series must be answered for."""

    def __init__(self, link: Link, asked: ToClear, done: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__("登记纸上最后文号", parent, "screen:clearing")
        self._link, self._done, self.asked = link, done, asked
        self.boxes = [SeriesBox(series) for series in asked.series]
        fields = [AreaField("words", "怎样核对的（卷宗、发文簿、盖章登记簿）", required=True)]
        if asked.other_desks:
            fields.append(AreaField("other_desk", f"怎样从{'、'.join(asked.other_desks)}取回本处的留痕", required=True))
        self.form = Form(fields)
        self.says = Notices()
        self.go = Button("登记并恢复签发", "primary", act=self.do)
        words = f"本库接在 {asked.came_from} 之后。备份以后签发过、只在纸上的文号，程序不知道；逐类查清，以免一个文号用两次。查到的文号记为「纸上已用」，不再给出。"
        card = Card(
            label("登记纸上最后文号", "page-title"), wrapped(words, "secondary"), scrolled(holder(column(*self.boxes, self.form, None, gap=10, margins=(0, 0, 10, 0)))),
            self.says, row(self.go, None, Button("以后再办", act=self.close), gap=8), gap=10, margins=(18, 14, 18, 14),
        )
        card.box.setStretch(2, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(620, 620)

    def do(self) -> None:
        """Send what was entered; series nobody answered for are named by the refusal."""
        if not self.form.demand():
            return
        numbers = {box.series.id: box.entries for box in self.boxes if box.answered}
        values: dict[str, Any] = {**self.form.values(), "numbers": numbers}
        self.go.setEnabled(False)
        self._link.do(self, "store.clear_restored", values, done=self._did, failed=self._failed)

    def _did(self, _changes: Any) -> None:
        self.close()
        self._done()

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        self.says.show_error(error)
