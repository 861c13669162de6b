"""The sitting in the real window: two passwords once, then one new person after the other, until nobody is left."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from execdesk.access.signin import check_password
from execdesk.desk import Desk
from tests.ui import office_store
from tests.world import DAY, Shelf
from ui.adminpage import AdminPage
from ui.jobs import Jobs
from ui.notices import Notices
from ui.sitting import SittingDialog

MANY = ("new-1", "new-2", "new-3")
NEW = "新的密码一二三四"


@pytest.fixture
def page(worlds: Shelf, tmp_path: Path, qtbot: QtBot, jobs: Jobs) -> Iterator[AdminPage]:
    """The administrator at 人员和授权, three people entered: a clerk, a judge, one without a post."""
    folder = Path(shutil.copytree(worlds.get("demo").folder, tmp_path / "data"))
    desk = office_store.at(folder, "admin")
    for account in MANY:
        desk.do("person.add", name=f"新人{account[-1]}", account=account)
    desk.do("post.prepare", person="new-1", post="clerk", starts_on=DAY)
    desk.do("post.prepare", person="new-2", post="judge", starts_on=DAY)
    notices = Notices()
    qtbot.addWidget(notices)
    made = AdminPage(desk, jobs, notices, lambda page: None, "certificates")
    qtbot.addWidget(made)
    made.resize(1340, 640)
    made.show()
    made.entered()
    qtbot.waitUntil(lambda: "certificate.sitting" in made.buttons)
    yield made
    desk.close()


@pytest.fixture
def begun(page: AdminPage, qtbot: QtBot) -> SittingDialog:
    """The dialog after administrator and 局长 typed their passwords."""
    page.buttons["certificate.sitting"].click()
    dialog: SittingDialog = page.dialog
    type_in(dialog.two, qtbot, own_password="demo", witness_password="demo")
    dialog.two["witness"].set_value("director")
    qtbot.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.sitting is not None and bool(dialog.waiting), timeout=20_000)
    return dialog


def type_in(form: object, qtbot: QtBot, **texts: str) -> None:
    """Type into fields by keys."""
    for name, text in texts.items():
        field: QLineEdit = form[name].input  # type: ignore[index]
        field.clear()
        field.setText(text[:-1])  # an input method composes what no key has
        qtbot.keyClicks(field, text[-1]) if text[-1].isascii() else field.setText(text)


def receive(dialog: SittingDialog, qtbot: QtBot, password: str, again: str = "") -> None:
    type_in(dialog.own, qtbot, password=password, again=again or password)
    qtbot.mouseClick(dialog.next, Qt.MouseButton.LeftButton)


def states(desk: Desk) -> dict[str, str]:
    section = next(s for s in desk.reads.admin_sections() if s.key == "certificates")
    return {row.cells[0]: row.state for row in section.rows if row.cells[0].startswith("新人")}


def test_next_next_done(begun: SittingDialog, page: AdminPage, qtbot: QtBot) -> None:
    dialog = begun
    longest = 0.0
    for number, account in enumerate(MANY):
        assert dialog.chosen is not None and dialog.chosen.account == account, "the next one is chosen by itself"
        began = time.perf_counter()
        receive(dialog, qtbot, f"{NEW}{account}")
        qtbot.waitUntil(lambda done=number + 1: len(dialog.received) == done, timeout=40_000)
        assert not dialog.own["again"].sentence.text() and dialog.own["password"].sentence.text() == "至少 8 位", "nobody is blamed before he has typed"
        longest = max(longest, time.perf_counter() - began)
    assert longest < 40, "each further person at most forty seconds"
    assert dialog.waiting == () and not dialog.next.isEnabled() and "本次已签发 3 张" in dialog.count.text()
    sitting = dialog.sitting
    assert sitting is not None and sitting.seconds_left > 0
    qtbot.mouseClick(dialog.finish, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.isHidden() and sitting.seconds_left == 0)
    assert states(page.desk) == {"新人1": "有效", "新人2": "待院长同意", "新人3": "有效"}
    for account in MANY:
        assert check_password(page.desk.folder, account, f"{NEW}{account}", page.desk.session.store.clock.now())[0].name == account


def test_a_slip_of_one_loses_nothing_of_the_others(begun: SittingDialog, qtbot: QtBot) -> None:
    dialog = begun
    receive(dialog, qtbot, NEW, "别的密码一二三四")
    assert any("两次输入的密码不一样" in words for words in dialog.says.shown) and dialog.received == []
    receive(dialog, qtbot, "短")
    qtbot.waitUntil(lambda: any("至少 8 位" in words for words in dialog.says.shown), timeout=20_000)
    assert dialog.chosen is not None and dialog.chosen.account == "new-1" and dialog.next.isEnabled()
    dialog.list.choose(dialog.waiting[2].key)
    receive(dialog, qtbot, NEW)
    qtbot.waitUntil(lambda: dialog.received == ["新人3"], timeout=20_000)
    assert [one.account for one in dialog.waiting] == ["new-1", "new-2"]
    dialog.close()


def test_when_the_time_is_over_the_two_are_asked_again(begun: SittingDialog, qtbot: QtBot) -> None:
    dialog = begun
    assert dialog.sitting is not None and "分钟" in dialog.left.text()
    dialog.sitting.end()
    dialog.look()
    assert dialog.pages.currentIndex() == 0 and dialog.sitting is None
    assert any("已从内存抹去" in words for words in dialog.says.shown)
    assert not dialog.two["own_password"].text and not dialog.two["witness_password"].text, "nobody's password stays on the screen"
    dialog.close()


def test_closing_the_window_or_locking_the_desk_forgets_the_keys(begun: SittingDialog, page: AdminPage, qtbot: QtBot) -> None:
    sitting = begun.sitting
    assert sitting is not None
    page.desk.lock()
    assert sitting.seconds_left == 0
    begun.close()
