"""Under the search for property a person is offered what he may do, and nothing that would be refused once he has filled it in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from execdesk.law.refusal import Refusal
from tests.flow.bureau import DEBTOR
from tests.ui.journey_tools import Hands
from tests.world import DAY, Shelf
from ui.widgets import Button

NUMBER = "（2018）琼9027执1号"
TRIED: dict[str, tuple[str, dict[str, Any]]] = {  # the word of the link, and enough to be asked who one is
    "clue.grade": ("标明缓急…", {"clear": True, "urgent": True, "reason": "即将转移"}),
    "clue.check": ("登记核实…", {"done_on": DAY, "by": "某某", "result": "nothing", "words": "未找到"}),
    "clue.close": ("不予核实…", {"reason": "无法指向具体财产"}),
}


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get("noticed").copy(tmp_path / "store"))
    found.sign_in("clerk")
    found.place.desk.do("clue.give", case=NUMBER, party=DEBTOR, given_by="applicant", given_on=DAY, text="九所镇街上有铺面一间。")
    yield found
    found.leave()


@pytest.mark.parametrize("who", ["clerk", "judge", "director"])
def test_what_is_offered_of_a_clue_is_what_is_not_refused(who: str, hands: Hands, worlds: Shelf) -> None:
    if who != "clerk":
        hands.change_person(str(worlds.get("noticed").notes["judge"]) if who == "judge" else who)
    hands.show(NUMBER)
    assert hands.cases.page is not None
    [clue] = hands.cases.page.searched.clues
    hands.cases.panel.bar.setCurrentIndex(2)  # 措施
    hands.rest()
    offered = {button.text() for button in hands.cases.findChildren(Button)}
    for action, (words, values) in TRIED.items():
        try:
            hands.place.desk.do(action, clue=clue.id, **values)
            refused = ""
        except Refusal as refusal:
            refused = refusal.code
        assert (words in offered) is (refused not in ("access.duty", "access.case")), (who, action, refused, sorted(offered))
    assert who != "clerk" or "不予核实…" not in offered
