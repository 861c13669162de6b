"""In the window: what a paper claims and the case does not record is named below the page, with the step that records it, there and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.journey_tools import Hands
from tests.world import Notes, Shelf
from ui.buttons import Button
from ui.case.draftpage import DraftPage
from ui.case.formpage import FormPage

NUMBER = "（2018）琼9027执1号"


@pytest.fixture
def world() -> str:
    return "registered"


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, world: str, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get(world).copy(tmp_path / "store"))
    yield found
    found.leave()


def freeze(hands: Hands) -> DraftPage:
    hands.show(NUMBER)
    hands.begin("measure.propose", "冻结存款")
    hands.fill(bank="某某银行乐东支行", account_no="6228480000006621")
    hands.go()
    return hands.draft()


def stops(page: DraftPage) -> list[str]:
    assert page.shown is not None
    return [check.key for check in page.shown.checks if check.state == "stop"]


def test_a_ruling_without_notice_leads_to_the_notice_and_back(hands: Hands, notes: Notes) -> None:
    hands.sign_in(notes["judge"])
    page = freeze(hands)
    assert stops(page) == ["claim.notice_sent"] and "执行通知书" in next(c for c in page.shown.checks if c.state == "stop").sentence  # type: ignore[union-attr]
    assert "notice_date" not in page.fields.form.fields, "a recorded fact is not typed into the paper"
    page.go_on()  # the page does not go on, but to what lacks
    hands.rest()
    form = hands.page
    assert isinstance(form, FormPage) and form.shown.action == "notice.execution"
    hands.go()
    notice = hands.draft()
    assert notice is not page and stops(notice) == []
    hands.go()
    hands.go()
    hands.shell.stack.back()
    hands.rest()
    assert hands.draft() is page and stops(page) == ["claim.notice_sent"], "signed, and not sealed yet"
    link = next(button for button in page.checks.findChildren(Button) if button.text() == "打开执行通知书")
    link.setFocus()
    hands.qtbot.keyClick(link, Qt.Key.Key_Space)
    hands.rest()
    assert hands.draft().document == notice.document

    hands.change_person("seal")
    hands.show(NUMBER)
    for step in [step for step in hands.cases.steps if step.action == "document.seal"]:
        hands.cases.begin(step)
        hands.rest()
        hands.page.seal.click()  # type: ignore[attr-defined]
        hands.rest()
    hands.change_person(notes["judge"])
    hands.show(NUMBER)
    draft = next(step for step in hands.cases.steps if step.action == "draft")
    hands.cases.begin(draft)
    hands.rest()
    again = hands.draft()
    assert stops(again) == [] and again.go.text() == "提交并批准"
    hands.go()
    hands.go()
    assert again.shown is not None and again.shown.request_state == "used", hands.words()


def test_the_judge_may_say_that_there_was_no_time_for_a_notice(hands: Hands, notes: Notes) -> None:
    hands.sign_in(notes["judge"])
    page = freeze(hands)
    page.fields.form["immediate"].input.setChecked(True)
    hands.until(lambda: stops(page) == [])
    assert page.go.text() == "提交并批准"
