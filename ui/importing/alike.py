"""The rows for which the same evidence speaks: seen before they are decided all at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from execdesk.reads.casewords import narrow
from execdesk.reads.imports import LedgerEntry, Question
from ui.dialogs import Dialog
from ui.importing.words import value_words
from ui.table_source import Column, ListSource
from ui.table_view import Table
from ui.widgets import Button, Card, EmptyState, column, label, row, secondary

Pair = tuple[LedgerEntry, Question]


def _proposed(pair: Pair) -> str:
    return next((option.label for option in pair[1].options if option.key == pair[1].proposal), "")


def _ground(pair: Pair) -> str:
    return next((option.ground for option in pair[1].options if option.key == pair[1].proposal), "")


COLUMNS = (
    Column("行", lambda p: str(p[0].row), sort="row", align="right", value=lambda p: p[0].row, cell=lambda p: p[0].row, width=44, tone=lambda _p: "muted"),
    Column("案号", lambda p: narrow(p[0].case_no) or "—", sort="case", whole=True), Column("原值", lambda p: value_words(p[1].value), width=120, grow=2),
    Column("照此办理即", _proposed, width=140, grow=2), Column("旁证", _ground, width=160, grow=3, tone=lambda _p: "muted"),
)


class AlikeDialog(Dialog):
    """The rows in a table; it decides nothing."""

    def __init__(self, pairs: Sequence[Pair], parent: QWidget | None = None) -> None:
        super().__init__(f"旁证同样相合的 {len(pairs):,} 行", parent)
        self.table = Table(COLUMNS, key=lambda p: (p[0].sheet, p[0].row), unit="行", empty=EmptyState("没有这样的行。"), titled=lambda: "旁证相合的行")
        self.table.show_source(ListSource(list(pairs), COLUMNS))
        close = Button("看完了", "primary", act=self.close)
        card = Card(
            label(f"旁证同样相合的 {len(pairs):,} 行", "page-title"), secondary("勾选「照此办理」后，各行按各自的建议记；看不准的，回去逐行决定。"), self.table,
            row(close, None), gap=8, margins=(16, 14, 16, 14),
        )
        card.box.setStretch(2, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(820, 460)
        close.setFocus()
