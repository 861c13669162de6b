"""Signing the papers of one submission: refused in between, the page says what is signed and what is left, and its button goes on."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.records.papers import Document
from tests.ui import office_store
from tests.ui.at_once import AtOnce
from tests.world import Shelf
from ui.case.draftpage import DraftPage
from ui.link import Link
from ui.notices import Notices


def test_what_is_signed_and_what_is_left_is_told_and_the_button_goes_on(worlds: Shelf, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    made = office_store.waiting(worlds)
    desk = office_store.at(Path(shutil.copytree(made.folder, tmp_path / "data")), made.ids["judge"])
    request = made.ids["freeze"]
    desk.do("request.approve", request=request, opinion="同意")
    with desk.reading():
        papers = list(Document.select().where(Document.request == request).order_by(Document.id))
    assert len(papers) == 2
    notices = Notices()
    qtbot.addWidget(notices)
    link = Link(desk, AtOnce())
    page = DraftPage(link, notices, papers[0].id)
    qtbot.addWidget(page)
    page.resize(1340, 660)
    page.show()
    assert page.go.text().startswith("签发")

    real = Desk.do

    def full_disk_at_the_second(self: Desk, name: str, /, **values: Any) -> Any:
        if values.get("document") == papers[1].id:
            raise Refusal("磁盘已满，没有写入。请腾出空间后再办。", code="store.device")
        return real(self, name, **values)

    with monkeypatch.context() as full:
        full.setattr(Desk, "do", full_disk_at_the_second)
        page.go_on()
    told = "\n".join(page.says.shown)
    assert "磁盘已满" in told and f"已签发《{papers[0].title}》，这些不受影响；《{papers[1].title}》没有签发，处理后接着签发。" in told
    with desk.reading():
        assert [Document.get_by_id(one.id).signed_on is not None for one in papers] == [True, False]
    again = DraftPage(link, notices, papers[1].id)  # as after a start anew
    qtbot.addWidget(again)
    again.show()
    assert again.go.text() == "接着签发 1 份　Ctrl+Enter" and again.go.isEnabled()
    again.go_on()
    with desk.reading():
        assert [Document.get_by_id(one.id).state for one in papers] == ["to_seal", "to_seal"]
    link.end()
    desk.close()
