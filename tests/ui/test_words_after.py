"""What the window says after something was done is true where it is said: whom it waits for, who may take it back, where a way on leads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from execdesk.law.refusal import WayOn
from execdesk.records.approvals import Decision, Request
from tests.test_house import CODE
from tests.ui.journey_tools import Hands
from tests.ui.test_journey import NUMBER
from tests.world import Notes, Shelf
from ui.errors import FaultDialog
from ui.pages import Page

BEFORE_SIGNING_IN = {"unlock", "recover", "restore", "certificate.issue"}  # said on the sign-in page, which has its own buttons


@pytest.fixture
def world() -> str:
    return "served"


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, notes: Notes, world: str, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get(world).copy(tmp_path / "store"))
    found.sign_in(str(notes["judge"]))
    found.show(NUMBER)
    yield found
    found.leave()


def submitted_order(hands: Hands) -> Page:
    """限制消费令, which 院长 decides and signs, put forward by the judge."""
    hands.begin("order.consumption")
    hands.go()
    hands.draft()
    hands.go()
    return hands.draft()


def test_what_is_submitted_says_for_whom_it_waits(hands: Hands, notes: Notes) -> None:
    page = submitted_order(hands)
    assert "已提交，待院长或院长授权的副院长批准。" in hands.words()
    assert (page.go.text(), page.go.isEnabled()) == ("待院长或院长授权的副院长批准", False)
    hands.home()
    hands.show(NUMBER)
    step = next(step for step in hands.cases.steps if step.detail == "待批准")
    assert (step.who, step.mine) == ("待院长或院长授权的副院长批准", False)


def test_only_who_put_it_forward_is_offered_to_take_it_back_and_says_why(hands: Hands, notes: Notes) -> None:
    page = submitted_order(hands)
    document = page.document
    assert page.back_.isVisible()
    page.withdraw()
    page.dialog.form.fill({"reason": "补充证据后再报"})
    page.dialog.do()
    hands.rest()
    with hands.place.desk.reading():
        assert Request.get_by_id(page.shown.request).note == "补充证据后再报", "the reason is the person's own"
    assert page.shown.request_state == "withdrawn"
    hands.go()
    hands.change_person("president")
    hands.place.tabs.follow(WayOn("打开草稿", f"document.draft:{document}"))
    hands.rest()
    page = hands.draft()
    assert not page.back_.isVisible() and page.go.text() == "批准"
    hands.go()
    assert "已批准，接着签发。" in hands.words() and page.go.isEnabled()
    hands.change_person(str(notes["judge"]))
    hands.place.tabs.follow(WayOn("打开草稿", f"document.draft:{document}"))
    hands.rest()
    assert (hands.draft().go.text(), hands.draft().go.isEnabled()) == ("待院长甲签发文书", False), "what he would be refused is not offered"
    with hands.place.desk.reading():
        assert Decision.select().where(Decision.kind == "approve").count() >= 1


def test_every_way_on_of_a_refusal_leads_somewhere(hands: Hands) -> None:
    told = set()
    for tree in (tree for place, tree in CODE.items() if place.startswith("execdesk/") and not place.startswith("execdesk/commands/")):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "WayOn" and len(node.args) == 2:
                action = node.args[1]
                head = action.values[0] if isinstance(action, ast.JoinedStr) and action.values else action
                if isinstance(head, ast.Constant):
                    told.add(str(head.value).partition(":")[0])
    assert len(told) > 25
    tabs, card = hands.place.tabs, {"refer", "plan", "set"}  # the card of the request, and the calculators
    assert all(hasattr(tabs, name) for name in tabs.PLACES.values())
    assert {action for action in told if not tabs.leads(action)} - card - BEFORE_SIGNING_IN == set()


def test_a_session_that_ended_by_a_power_cut_is_not_called_a_fault(qtbot: QtBot) -> None:
    dialog = FaultDialog("报告", last_time=True)
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "上次使用没有正常结束"
    ours = FaultDialog("报告")
    qtbot.addWidget(ours)
    assert "程序出错" in ours.windowTitle()
