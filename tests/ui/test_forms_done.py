"""Every form of the menu of a case is filled and done in the window; what it writes is the act of its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from execdesk import rooms
from execdesk.access.forms import begun_by_form
from execdesk.reads import Step
from execdesk.records.journal import Line
from execdesk.records.sanctions import ObstructionAct
from tests.ui.journey_tools import Hands
from tests.world import Shelf
from ui.case.formpage import FormPage
from ui.fields import ChoiceField
from ui.formbuilder import ManyField
from ui.printing import PrintDialog
from ui.rowsfield import RowsField

NUMBER, DEBTOR = "（2018）琼9027执1号", "林例一"
WHAT = "2018年1月2日上午，在九所镇某村堵住院门，推倒执行人员。"
FIRST = object()  # the first of a list
DONE: dict[str, tuple[str, dict[str, Any]]] = {
    "document.propose": ("judge", {"type": FIRST, "matter": FIRST}),
    "case.assign": ("director", {"reason": "原承办法官外出"}),
    "case.obligation": ("clerk", {"obligation": "偿还借款五万元"}),
    "case.basis": ("clerk", {"organ": "乐东黎族自治县人民法院"}),
    "receipt.book": ("clerk", {"bank_ref": "T20180102-1", "amount": 100_000}),
    "property.register": ("judge", {"kind": "bank_deposit", "bank": "某某银行", "account_no": "6228480000006621"}),
    "case.opening_recovered": ("clerk", {"amount": 0, "source": "立案前没有到位"}),
    "party.change": ("clerk", {"address": "九所镇某村", "reason": "住址有误"}),
    "party.add": ("clerk", {"side": "debtor", "name": "符例二"}),
    "party.special": ("clerk", {"kinds": FIRST, "source": "代表证"}),
    "obstruction.record": ("judge", {"statute_item": "hinder", "words": WHAT}),
    "case.paper_suffix": ("clerk", {"notice": "1"}),
    "note.record": ("judge", {"kind": FIRST, "words": "已去电询问还款安排。"}),
    "form.print": ("clerk", {"type": FIRST}),
    "clue.give": ("clerk", {"text": "九所镇街上有铺面一间，由其弟代管。"}),
    "declaration.supplement": ("clerk", {"lines": ("交通运输工具、机器设备、产品、原材料等动产", "摩托车一辆")}),
    "query.send": ("clerk", {"request_no": "C2018010200001", "heads": FIRST}),
    "request.open": ("judge", {"matter": "media_exposure", "title": "公布不履行信息"}),
}
ELSEWHERE = {"file.enter": "is filled in lines: test_file_entries", "file.strike": "needs an entry: test_file_entries", "query.import": "needs a file: test_feedback_window", "party.tie": "needs a second case", "document.correct": "needs an issued ruling: test_correction_everywhere"}


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get("noticed").copy(tmp_path / "store"))
    yield found
    found.leave()


def opened(hands: Hands, action: str) -> FormPage:
    hands.show(NUMBER)
    assert hands.cases.page is not None
    hands.cases.begin(Step(action, hands.cases.begun[action].title, hands.cases.page.case.id))
    hands.rest()
    assert isinstance(hands.page, FormPage), hands.words()
    return hands.page


def test_every_form_of_the_menu_is_done_here() -> None:
    rooms.enter()
    assert {one.name for one in begun_by_form() if one.menu} == {*DONE, *ELSEWHERE}


def fill(hands: Hands, page: FormPage, values: dict[str, Any]) -> None:
    """Values into fields, each when those that follow from the one before are there; of a list its first."""
    for name, value in values.items():
        field = page.form[name]
        if isinstance(field, RowsField):
            field.add_line(value)
        elif value is not FIRST:
            field.set_value(value)
        elif isinstance(field, ManyField):
            next(iter(field.boxes.values())).setChecked(True)
        else:
            assert isinstance(field, ChoiceField)
            field.box.setCurrentIndex(0)
        hands.rest()


@pytest.mark.parametrize("action", list(DONE))
def test_a_form_of_the_menu_is_filled_and_done(action: str, hands: Hands, worlds: Shelf) -> None:
    role, values = DONE[action]
    hands.sign_in(str(worlds.get("noticed").notes["judge"]) if role == "judge" else role)
    page = opened(hands, action)
    assert set(values) <= set(page.form.fields), sorted(page.form.fields)
    fill(hands, page, values)
    assert page.form.missing == []
    hands.go()
    assert hands.page is not page, hands.words()
    with hands.place.desk.session.store.reading():
        assert action in {line.act for line in Line.select()}


def test_a_form_filled_by_hand_goes_to_the_printer(hands: Hands, worlds: Shelf) -> None:
    hands.sign_in("clerk")
    page = opened(hands, "form.print")
    page.form.fill({"type": "record_inquiry"})
    hands.go()
    hands.rest()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PrintDialog) and one.isVisible())
    assert dialog.preview.pages.count == 2, "the record of an inquiry, front and back"
    dialog.reject()


def test_an_act_of_obstruction_is_recorded_and_answered_by_detention(hands: Hands, worlds: Shelf) -> None:
    hands.sign_in(str(worlds.get("noticed").notes["judge"]))
    page = opened(hands, "obstruction.record")
    assert page.form["statute_item"].error and page.form["words"].error, "neither kind nor words are guessed"
    page.form.fill({"outsider": "符示例", "statute_item": "hinder", "words": WHAT})
    hands.go()
    assert hands.page is page and "只选其一" in "\n".join(hands.words())
    page.form.fill({"outsider": None, "place": "九所镇某村", "evidence": "执法记录仪录像"})
    hands.go()
    with hands.place.desk.session.store.reading():
        row = ObstructionAct.get()
    assert (row.words, row.place, row.evidence, row.statute_item, row.outsider) == (WHAT, "九所镇某村", "执法记录仪录像", "hinder", None)
    page = opened(hands, "sanction.detain")
    assert DEBTOR in page.form["act"].text and page.form["facts"].text == WHAT and page.form["party"].text == DEBTOR
    page.form.fill({"days": 16, "sanction_number": "（2018）琼9027司惩3号", "reasoning": "其行为妨害执行，情节较重。"})
    assert "15" in page.form["days"].error
    page.form.fill({"days": 10})
    assert page.form.missing == ["事由"], "this kind of act names no ground of the decision"
    fill(hands, page, {"ground": FIRST})
    hands.go()
    assert "拘留" in hands.draft().title
