"""Large type in a small window: lines go on below, checks fold, case numbers stay whole."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.journey_tools import Hands
from tests.ui.test_journey import NUMBER, hands, judge, world
from ui.flow import Flow

__all__ = ["hands", "judge", "world"]


def box(width: int) -> QWidget:
    made = QLabel()
    made.setFixedSize(QSize(width, 20))
    return made


def test_a_line_goes_on_below_where_there_is_no_more_room(qtbot: QtBot) -> None:
    flow = Flow(box(100), box(100), box(100), gap=8)
    qtbot.addWidget(flow)
    flow.show()
    for width, tops in ((400, {0}), (230, {0, 24}), (120, {0, 24, 48})):
        flow.resize(width, flow.heightForWidth(width))
        assert {part.geometry().top() for part in flow.widgets} == tops
        assert all(part.geometry().right() < width for part in flow.widgets)
    assert flow.heightForWidth(230) == 44


def test_the_drafting_page_gives_its_height_to_the_pages(hands: Hands, judge: str) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    hands.begin("notice.execution")
    hands.go()
    page = hands.draft()
    hands.shell.resize(1366, 768)
    hands.rest()
    assert not page.checks.folded
    hands.shell.resize(1366, 600)
    hands.rest()
    assert page.checks.folded
    assert page.view.height() > page.height() * 0.55
    page.checks.unfold.click()  # a person's choice stays
    hands.shell.resize(1366, 610)
    hands.rest()
    assert not page.checks.folded
