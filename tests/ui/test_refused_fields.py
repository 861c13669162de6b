"""A refusal in a form of a case marks the field it is about, puts the cursor there, and moves no other field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from execdesk.reads import Step
from tests.ui.journey_tools import Hands
from tests.world import Shelf
from ui.case.formpage import FormPage
from ui.fields import ChoiceField

NUMBER = "（2018）琼9027执1号"
BANK = {"bank": "某某银行乐东支行", "account_no": "6228480000006621"}
REFUSED: dict[str, tuple[str, str, str, dict[str, Any]]] = {  # who, the action, the field, what is filled in
    "months": ("judge", "measure.propose", "冻结存款", {**BANK, "months": 36}),
    "outsider": ("judge", "obstruction.record", "", {"party": None, "outsider": None, "statute_item": "hinder", "words": "推倒执行人员。"}),
    "amount": ("clerk", "receipt.book", "", {"bank_ref": "T1", "amount": 0}),
    "received_on": ("clerk", "receipt.book", "", {"bank_ref": "T1", "amount": 100, "received_on": "2017-01-02"}),
}


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get("noticed").copy(tmp_path / "store"))
    yield found
    found.leave()


def opened(hands: Hands, action: str, title: str) -> FormPage:
    hands.show(NUMBER)
    assert hands.cases.page is not None
    step = next((one for one in hands.cases.steps if one.action == action and title in one.title), None)
    hands.cases.begin(step or Step(action, hands.cases.begun[action].title, hands.cases.page.case.id))
    hands.rest()
    assert isinstance(hands.page, FormPage), hands.words()
    return hands.page


@pytest.mark.parametrize("field", list(REFUSED))
def test_the_field_is_marked_and_has_the_cursor(field: str, hands: Hands, worlds: Shelf) -> None:
    who, action, title, values = REFUSED[field]
    hands.sign_in(str(worlds.get("noticed").notes["judge"]) if who == "judge" else who)
    page = opened(hands, action, title)
    for name, value in values.items():
        one = page.form[name]
        one.set_text(value) if isinstance(value, str) and not isinstance(one, ChoiceField) else one.set_value(value)
    before = {name: one.pos() for name, one in page.form.fields.items()}
    hands.go()
    assert len(page.says.shown) == 1, hands.words()
    marked = [name for name, one in page.form.fields.items() if one.input.property("state") in ("wrong", "missing")]
    assert marked == [field], page.says.shown
    inside = hands.shell.focusWidget()
    assert inside is not None and (inside is page.form[field].input or page.form[field].isAncestorOf(inside))
    assert {name: one.pos() for name, one in page.form.fields.items()} == before, "nothing moves"
    assert page.go.isVisible() and page.go.visibleRegion().boundingRect().height() == page.go.height(), "the button stays in sight"
