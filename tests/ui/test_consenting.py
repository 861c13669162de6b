"""院长 consents to all new certificates by one key in the approval tab."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QShortcut
from pytestqt.qtbot import QtBot

from execdesk.desk import Desk
from execdesk.records.people import Certificate, CertificateState
from tests.ui import office_store
from tests.ui.at_once import AtOnce
from tests.world import Shelf
from ui.approvaltab import ApprovalTab
from ui.notices import Notices

RENEWED = {"password": "demo", "own_password": "demo", "witness": "director", "witness_password": "demo"}


@pytest.fixture
def tab(worlds: Shelf, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[str], ApprovalTab]]:
    """The approval tab of somebody, after administrator and 局长 gave a judge and the keeper of the seal new certificates."""
    folder = Path(shutil.copytree(worlds.get("demo").folder, tmp_path / "data"))
    desk = office_store.at(folder, "admin")
    for account, purpose in (("judge-1", "person"), ("seal", "seal")):
        desk.do("certificate.issue", person=account, purpose=purpose, **RENEWED)
    notices = Notices()
    qtbot.addWidget(notices)

    def sit(account: str) -> ApprovalTab:
        desk.change_person(account, "demo")
        made = ApprovalTab(desk, AtOnce(), notices, lambda page: None)
        qtbot.addWidget(made)
        made.resize(1340, 660)
        made.show()
        made.entered()
        return made

    yield sit
    desk.close()


def waiting(desk: Desk) -> int:
    with desk.reading():
        return int(Certificate.select().where(Certificate.state == CertificateState.AWAITING).count())


def test_one_key_consents_to_all(tab: Callable[[str], ApprovalTab]) -> None:
    page = tab("president")
    seen: list[Any] = []
    page.waiting_changed.connect(seen.append)
    page.reload()
    assert page.list.current_key == "consent:certificates" and page.card.consent is not None
    assert [name for name, _ in page.card.consent.facts] == ["法官甲", "印章管理员甲"] and "不能审批、签名、盖章" in page.card.consent.why
    before, count = page.inbox.waiting, waiting(page.desk)
    keys = {shortcut.key().toString(): shortcut for shortcut in page.findChildren(QShortcut)}
    keys["Ctrl+Return"].activated.emit()
    assert count == 2 and waiting(page.desk) == 0
    assert page.inbox.consents == () and page.inbox.waiting == before - 1 == seen[-1]


@pytest.mark.parametrize("account", ["director", "judge-2", "admin"])
def test_nobody_else_is_asked(tab: Callable[[str], ApprovalTab], account: str) -> None:
    assert tab(account).inbox.consents == ()
