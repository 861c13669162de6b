"""The form of registration in the real window: what the checks say while one types, and nothing typed is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.journey_tools import Hands
from tests.world import Shelf
from ui.case.registration import RegistrationPage
from ui.rowsfield import RowsField


@pytest.fixture(scope="module")
def made(worlds: Shelf) -> Path:
    return worlds.get("demo").folder


@pytest.fixture
def hands(qtbot: QtBot, made: Path, tmp_path: Path) -> Iterator[Hands]:
    folder = tmp_path / "store"
    shutil.copytree(made, folder)
    found = Hands(qtbot, folder)
    found.sign_in("clerk")
    yield found
    found.leave()


def opened(hands: Hands) -> RegistrationPage:
    hands.cases.open_registration()
    hands.rest()
    page = hands.page
    assert isinstance(page, RegistrationPage)
    return page


def said(page: RegistrationPage) -> dict[str, str]:
    words = [one.text() for one in page.facts.findChildren(QLabel) if one.isVisibleTo(page)]
    found: dict[str, str] = {}
    for name, text in zip(words[::2], words[1::2], strict=True):
        found[name] = found.get(name, "") + text
    return found


def test_the_form_says_while_one_types_what_is_wrong_and_where_the_case_goes(hands: Hands) -> None:
    page = opened(hands)
    for name, text in {"number": "2018琼9027执1号", "cause": "民间借贷纠纷", "basis_effective_on": "2018-01-03"}.items():
        page.form[name].set_text(text)
    page.form["applicants"].set_text("符示例\x1f自然人\x1f\x1f\x1f")
    page.form["debtors"].set_text("林例一\x1f自然人\x1f469027198808080008\x1f九所镇某村\x1f\n林例二\x1f自然人\x1f460033820727101\x1f\x1f")
    hands.until(lambda: "定组" in said(page))
    found = said(page)
    assert found["定组"] == "被执行人住所地在九所镇，属沿海组（方案第3条）。"
    assert "晚于立案日期" in found["生效日期"] and "红字" in found["还缺"]
    assert "住址" in found["林例二"] and "15位" in "".join(f.sentence for f in page.findings)
    assert "1988-08-08 出生，女" in found["林例一"]
    page.form["basis_effective_on"].set_text("2017-12-01")
    hands.until(lambda: said(page).get("还缺") == "没有，可以登记")
    page.submit()
    hands.until(lambda: hands.page is hands.cases)
    again = opened(hands)
    again.form["number"].set_text("（2018）琼9027执1号")
    hands.until(lambda: "重复登记" in said(again).get("案号", ""))


def test_words_typed_just_before_leaving_come_back(hands: Hands, qtbot: QtBot) -> None:
    page = opened(hands)
    page.form["cause"].set_text("买卖合同纠纷")
    qtbot.keyClick(page.form["cause"].input, Qt.Key.Key_Escape)
    hands.until(lambda: hands.page is hands.cases)
    hands.rest()
    again = opened(hands)
    hands.until(lambda: again.form["cause"].text == "买卖合同纠纷")


def test_starting_again_gives_back_the_empty_form(hands: Hands) -> None:
    page = opened(hands)
    page.form["cause"].set_text("买卖合同纠纷")
    page.form["applicants"].set_text("符示例\x1f自然人\x1f\x1f\x1f\n林例一\x1f自然人\x1f\x1f\x1f")
    assert not page.form.demand()
    page.says.info("已恢复上次没有填完的登记。", ("重新填写", page.start_again))
    page.start_again()
    assert page.form.draft() == page.initial and not page.says.shown
    assert [field.lines for field in page.form.fields.values() if isinstance(field, RowsField)] == [1, 1]
    assert not any(field.sentence.isVisibleTo(page) and "请填写" in field.sentence.text() for field in page.form.fields.values())
    assert page.window().focusWidget() is page.first_focus


def test_a_word_below_one_part_of_a_line_leaves_the_others_in_line(hands: Hands) -> None:
    page = opened(hands)
    debtors = page.form["debtors"]
    assert isinstance(debtors, RowsField)
    debtors.set_text("林例一\x1f自然人\x1f不是号码\x1f九所镇某村\x1f")
    hands.rest()
    fields = [field for field in debtors.row_lines[0].fields if field.isVisibleTo(page)]
    assert len(fields) == 5
    assert fields[2].sentence.isVisibleTo(page)
    assert len({field.input.mapTo(page, field.input.rect().topLeft()).y() for field in fields}) == 1
