"""A vehicle and an income through the window: the form of the kind, its papers, service, the unit's answer, the property under 措施."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from execdesk.reads.states import CaseState
from tests.ui.journey_tools import Hands
from tests.world import Notes, Shelf
from ui.case.formpage import FormPage
from ui.fields import money
from ui.widgets import Button

NUMBER = "（2018）琼9027执1号"
CAR = {"vin": "LSVAA49J132047371", "plate": "琼DA1234", "brand": "某某牌"}


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get("noticed").copy(tmp_path / "store"))
    yield found
    found.leave()


@pytest.fixture
def judge(worlds: Shelf) -> str:
    notes: Notes = worlds.get("noticed").notes
    return str(notes["judge"])


def out(hands: Hands) -> list[str]:
    """From the drafting page in front to issued papers; their titles."""
    page = hands.draft()
    assert page.shown is not None
    titles = [paper.title for paper in page.shown.papers]
    assert page.go.text() == "提交并批准", [c for c in page.shown.checks if c.state == "stop"]
    hands.go()
    hands.go()
    assert page.shown.request_state == "used", hands.words()
    hands.home()
    return titles


def sealed_and_served(hands: Hands, title: str) -> None:
    hands.change_person("seal")
    hands.show(NUMBER)
    for step in [step for step in hands.cases.steps if step.action == "document.seal"]:
        hands.cases.begin(step)
        hands.rest()
        hands.page.seal.click()  # type: ignore[attr-defined]
        hands.rest()
    hands.change_person("clerk")
    hands.show(NUMBER)
    hands.begin("service.record", title)
    hands.go()


def shown(hands: Hands) -> str:
    hands.cases.panel.bar.setCurrentIndex(2)
    hands.rest()
    return "\n".join(label.text() for label in hands.cases.panel.part(2).findChildren(QLabel) if label.isVisibleTo(hands.cases.panel.part(2)))


def test_a_vehicle_is_seized_by_the_form_of_its_kind(hands: Hands, judge: str) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    page = hands.begin("measure.propose", "查封车辆")
    assert isinstance(page, FormPage) and page.title == "查封车辆"
    assert {"vin", "plate", "engine_no", "brand", "unit", "months", "rank"} <= set(page.form.fields) and "amount" not in page.form.fields
    assert page.form["months"].text == "24" and page.form["unit"].text
    hands.fill(**CAR, unit="三亚市公安局交通警察支队车辆管理所")
    hands.go()
    assert out(hands) == ["执行裁定书", "协助执行通知书"]
    sealed_and_served(hands, "协助执行通知书 （")
    hands.begin("measure.reply")
    hands.fill(ends_on=date(2019, 12, 31), receipt_no="C1")
    hands.go()
    measure = hands.cases.page.measures[0]
    assert (measure.state, measure.ends_on, measure.assisting_unit) == ("live", date(2019, 12, 31), "三亚市公安局交通警察支队车辆管理所")
    words = shown(hands)
    for part in ("车辆", "琼D·A1234 某某牌", CAR["vin"], "林例一", "三亚市公安局交通警察支队车辆管理所", "2019-12-31", "车管所回执", "登记机关"):
        assert part in words, (part, words)


def test_an_income_is_withheld_by_the_form_of_its_kind(hands: Hands, judge: str) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    page = hands.begin("measure.propose", "扣留收入")
    assert isinstance(page, FormPage)
    assert {"employer", "keep", "amount"} <= set(page.form.fields) and not {"months", "rank", "unit"} & set(page.form.fields)
    assert page.form["amount"].text == money(5_012_345)
    hands.fill(employer="某某果业有限公司", keep="1500")
    hands.go()
    draft = hands.draft()
    assert draft.go.text() != "提交并批准", "the month from which it is withheld is still to be filled"
    draft.fields.form["withheld_from"].set_text("2018年2月")
    hands.rest()
    hands.until(lambda: draft.go.text() == "提交并批准")
    assert out(hands) == ["执行裁定书", "协助执行通知书"]
    sealed_and_served(hands, "协助执行通知书 （")
    hands.begin("measure.reply")
    hands.fill(controlled=5_012_345)
    hands.go()
    measure = hands.cases.page.measures[0]
    assert (measure.state, measure.ends_on, measure.held_fen, measure.assisting_unit) == ("live", None, 5_012_345, "某某果业有限公司")
    words = shown(hands)
    assert "没有法定期限" in words and "1500.00" in words and "单位回执" in words


def test_a_property_without_control_is_put_under_it_from_the_list(hands: Hands, judge: str) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    hands.cases.panel.bar.setCurrentIndex(2)
    press(hands, "登记车辆…")
    hands.fill(**CAR)
    hands.go()
    assert "未控制" in shown(hands)
    thing = hands.cases.page.things[0]
    part, whole = hands.cases.panel.part(2), hands.cases.page
    for state in (CaseState.REVIEW_OFFICE, CaseState.CLOSED):
        part.show_case(replace(whole, case=replace(whole.case, state=state)), (), hands.cases.person)
        hands.rest()
        assert not {"登记车辆…", "查封车辆…"} & {button.text() for button in part.findChildren(Button)}, "the bureau only looks at it"
    part.show_case(whole, (), hands.cases.person)
    hands.rest()
    press(hands, "查封车辆…")
    page = hands.page
    assert isinstance(page, FormPage) and page.title == "查封车辆 琼D·A1234 某某牌"
    assert page.shown.given["property"] == thing.id and not {"vin", "plate", "checked"} & set(page.form.fields)
    hands.fill(unit="三亚市公安局交通警察支队车辆管理所")
    hands.go()
    assert out(hands) == ["执行裁定书", "协助执行通知书"]
    hands.show(NUMBER)
    assert [measure.property for measure in hands.cases.page.measures] == [thing.id], "the same thing, not a second one"
    words = shown(hands)
    assert "未控制" not in words and "查封车辆…" not in [button.text() for button in hands.cases.panel.part(2).findChildren(Button)]


def press(hands: Hands, words: str) -> None:
    next(button for button in hands.cases.panel.part(2).findChildren(Button) if button.text() == words and button.isVisibleTo(hands.cases.panel.part(2))).click()
    hands.rest()


def test_a_property_is_corrected_without_scrolling_past_what_is_seldom_said(hands: Hands, judge: str) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    hands.cases.panel.bar.setCurrentIndex(2)
    press(hands, "登记车辆…")
    hands.fill(**CAR)
    hands.go()
    hands.cases.panel.bar.setCurrentIndex(2)
    press(hands, "划去权属…")
    page = hands.page
    assert isinstance(page, FormPage)
    assert page.form["owner"].text == "林例一", "a share is said where it is one"
    hands.home()
    hands.show(NUMBER)
    hands.cases.panel.bar.setCurrentIndex(2)
    press(hands, "更正财产…")
    page = hands.page
    assert isinstance(page, FormPage)
    seldom = [page.form[name] for name in ("exempt", "seizable", "home")]
    assert page.form["reason"].isVisible() and not any(field.isVisible() for field in seldom)
    hands.fill(exempt="生活必需", reason="现场查看")
    assert all(field.isVisible() for field in seldom), "what is filled in is seen"
    hands.go()
    assert hands.page is not page, hands.words()
