"""Panels stay usable in a narrow window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.columns import Columns, SidePanel


@pytest.fixture
def columns(qtbot: QtBot) -> Columns:
    made = Columns(SidePanel("范围", QWidget(), 176), SidePanel("列表", QWidget(), 520, 1), SidePanel("详情", QWidget(), 330))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("width", "shown"), [
    (1366, ("范围", "列表", "详情")), (1074, ("范围", "列表", "详情")), (1073, ("列表", "详情")), (760, ("范围", "列表")), (600, ("列表",)), (300, ("列表",)),
])
def test_as_many_panels_as_fit_are_shown(columns: Columns, width: int, shown: tuple[str, ...]) -> None:
    columns.resize(width, 500)
    assert columns.shown == shown
    assert columns.names_line.isHidden() == (len(shown) == 3)


def test_a_name_brings_its_panel(columns: Columns) -> None:
    columns.resize(600, 500)
    columns.names[2].click()
    assert columns.shown == ("范围", "详情")
    columns.bring("列表")
    assert columns.shown == ("列表",)
