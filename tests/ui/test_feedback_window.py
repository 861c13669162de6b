"""A file of answers in the window: chosen, taken in, what was left out is told; an answer becomes a property that can be frozen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from execdesk.records.property import Property
from execdesk.records.search import QueryAnswer
from tests.intake.feedback_files import REQUEST, account, xml
from tests.ui.journey_tools import Hands
from tests.ui.test_forms_done import FIRST, fill, opened
from tests.world import Shelf
from ui.told import ToldDialog
from ui.widgets import Button


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get("noticed").copy(tmp_path / "store"))
    yield found
    found.leave()


def test_answers_are_taken_in_told_and_become_property(hands: Hands, tmp_path: Path) -> None:
    hands.sign_in("clerk")
    page = opened(hands, "query.send")
    fill(hands, page, {"request_no": REQUEST, "heads": FIRST})
    hands.go()
    file = tmp_path / "fk.xml"
    file.write_bytes(xml([account(1, FKSJ="2018-01-02"), account(2, FKSJ="2018-01-02", YE="若干")]))
    page = opened(hands, "query.import")
    fill(hands, page, {"file": str(file)})
    hands.go()
    hands.rest()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ToldDialog) and one.isVisible())
    assert dialog.words.text() == "导入 1 项反馈。有 1 行没有导入：\n银行存款第 2 项：余额「若干」读不出来，请核对后改正再导入。"
    dialog.grab().save(str(tmp_path / "told.png"))
    dialog.accept()
    with hands.place.desk.session.store.reading():
        answer = QueryAnswer.get()
    step = next(one for one in hands.cases.steps if one.action == "query.take")
    assert (step.target, step.title) == (answer.id, "登记反馈的财产 某某银行乐东支行 尾号 0001，余额 1,234.56 元")
    hands.cases.panel.bar.setCurrentIndex(2)
    hands.rest()
    ways = [one.text() for one in hands.cases.panel.part(2).findChildren(Button) if one.isVisible()]
    assert {"登记线索…", "登记查询…", "导入反馈…", "登记反馈…", "登记为财产…", "不登记…", "撤销导入…"} <= set(ways)
    hands.cases.begin(step)
    hands.rest()
    hands.go()
    with hands.place.desk.session.store.reading():
        assert Property.get().identifiers["account_no"] == "6228480000000001"
