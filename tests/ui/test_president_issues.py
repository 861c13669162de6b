"""限制消费令 bears 院长: after approving he is led to the issue of the order, not told that the judge will issue it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.journey_tools import Hands
from tests.ui.test_journey import NUMBER
from tests.world import Notes, Shelf
from ui.case.draftpage import DraftPage


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, world: str, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get(world).copy(tmp_path / "store"))
    yield found
    found.leave()


@pytest.mark.begins("served")
def test_the_president_issues_what_bears_his_name(hands: Hands, notes: Notes) -> None:
    hands.sign_in(notes["judge"])
    hands.show(NUMBER)
    hands.begin("order.consumption")
    hands.go()
    hands.go()  # submitted: 院长 decides
    hands.change_person("president")
    hands.shell.choose_tab(2)
    hands.rest()
    tab = hands.place.tabs.approvals
    tab.list.choose(next(key for key in tab.list.keys if key.startswith("request:")))
    hands.rest()
    assert [s.words for s in tab.card.page.stages][-1].endswith("文书上署院长院长甲")
    tab.do("approve", "")
    hands.rest()
    assert "签发文书…" in [button.text() for button in tab.card.buttons.values()]
    tab.do("issue", "")
    hands.rest()
    assert isinstance(hands.page, DraftPage)
    hands.go()
    hands.cases.choose_scope("all")
    hands.show(NUMBER)
    hands.rest()
    assert [d.state for d in hands.cases.page.documents if d.title == "限制消费令"] == ["to_seal"]
