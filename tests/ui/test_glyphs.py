"""The court's own glyphs in the window: entered and looked at by the administrator, released in 局长's inbox, then shown and printed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from execdesk.desk import Desk
from tests.glyphfonts import LIKE, UNKNOWN, font_file
from tests.ui import office_store
from tests.ui.at_once import AtOnce
from tests.world import Shelf
from ui.adminpage import AdminPage
from ui.approvaltab import ApprovalTab
from ui.link import Link
from ui.notices import Notices
from ui.specimen import OwnFonts

Sit = Callable[[str], Desk]


@pytest.fixture
def sit(worlds: Shelf, tmp_path: Path) -> Iterator[Sit]:
    """Somebody at the desk of a copy of the demonstration court."""
    desk = office_store.at(Path(shutil.copytree(worlds.get("demo").folder, tmp_path / "data")), "clerk")

    def at(account: str) -> Desk:
        desk.change_person(account, "demo")
        return desk

    yield at
    desk.close()


@pytest.fixture
def notices(qtbot: QtBot) -> Notices:
    made = Notices()
    qtbot.addWidget(made)
    return made


def admin_page(desk: Desk, notices: Notices, qtbot: QtBot) -> AdminPage:
    page = AdminPage(desk, AtOnce(), notices, lambda page: None, "glyphs")
    qtbot.addWidget(page)
    page.resize(1340, 640)
    page.show()
    page.entered()
    return page


def prepare(page: AdminPage, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Through the form, with the file chosen in the dialog of the system."""
    page.buttons["glyph.prepare"].click()
    asked: list[Any] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *told: (asked.append(told), (path, ""))[1])
    page.dialog.form["font"].choose.click()
    assert "*.ttf" in asked[0][3] and page.dialog.form["font"].text == path
    page.dialog.form["character"].set_value(UNKNOWN)
    page.dialog.form["source"].set_value("照身份证正面的字形")
    page.dialog.go.click()


def inked(picture: QImage) -> int:
    """How many points of a picture are dark."""
    return sum(picture.pixelColor(x, y).lightness() < 128 for x in range(picture.width()) for y in range(picture.height()))


def test_from_the_form_to_the_directors_inbox_and_into_use(sit: Sit, notices: Notices, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = admin_page(sit("admin"), notices, qtbot)
    assert page.sections["glyphs"].rows == ()
    prepare(page, monkeypatch, font_file(tmp_path / "fonts"))
    row = page.table.current
    assert row.cells[:2] == (UNKNOWN, "U+2EBF0") and row.state == "待局长批准" and row.closed == "待局长批准后使用"
    assert page.specimen is not None and inked(page.specimen.picture.pixmap().toImage()) > 1_000, "it is looked at before anybody decides"

    desk = sit("director")
    tab = ApprovalTab(desk, AtOnce(), notices, lambda page: None)
    qtbot.addWidget(tab)
    tab.resize(1340, 660)
    tab.show()
    tab.entered()
    assert tab.list.current_key == f"consent:glyph.{row.id}" and tab.inbox.waiting >= 1
    assert tab.card.consent is not None and dict(tab.card.consent.facts)["字"] == f"「{UNKNOWN}」（U+2EBF0）"
    assert tab.papers.view.pages.count == 1
    next(one for one in tab.findChildren(QShortcut) if one.key().toString() == "Ctrl+Return").activated.emit()
    assert tab.inbox.consents == ()
    page = admin_page(desk, notices, qtbot)
    assert page.table.current.state == "在用" and [step.action for step in page.table.current.steps] == ["glyph.end"]


def test_the_director_turns_one_down_and_ends_one(sit: Sit, notices: Notices, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, action in enumerate(("glyph.refuse", "glyph.end")):
        page = admin_page(sit("admin"), notices, qtbot)
        prepare(page, monkeypatch, font_file(tmp_path / "fonts", {UNKNOWN: chr(ord(LIKE) - number)}))
        page = admin_page(sit("director"), notices, qtbot)
        assert page.sections["glyphs"].waiting == 1
        waiting = next(row for row in page.sections["glyphs"].rows if row.state == "待局长批准")
        page.table.select(waiting.id)
        if action == "glyph.end":
            page.buttons["glyph.release"].click()
        page.buttons[action].click()
        page.dialog.form["reason"].set_value("笔画与证件不同")
        page.dialog.go.click()
        assert next(row for row in page.sections["glyphs"].rows if row.id == waiting.id).state == ("未批准" if number == 0 else "已停用")


def test_a_file_that_is_no_font_is_refused_in_the_form(sit: Sit, notices: Notices, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = admin_page(sit("admin"), notices, qtbot)
    (tmp_path / "身份证.ttf").write_bytes(b"\xff\xd8\xff a photograph")
    prepare(page, monkeypatch, str(tmp_path / "身份证.ttf"))
    assert page.dialog.isVisible() and "「身份证.ttf」不是字体文件" in "\n".join(page.dialog.says.shown)
    assert page.dialog.form["source"].value == "照身份证正面的字形", "nothing typed is lost"


def test_lists_show_the_character_once_it_is_in_use(sit: Sit, qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    """Before, Qt draws a box; the font of the glyph is taken as soon as the act is heard."""
    desk = sit("admin")
    row = desk.do("glyph.prepare", character=UNKNOWN, font=font_file(tmp_path / "fonts"), source="照身份证").ids("Glyph")[0]
    link = Link(desk, AtOnce())
    own = OwnFonts(link)
    before = qapp.font()
    try:
        assert desk.reads.glyph_fonts() == {}
        sit("director").do("glyph.release", glyph=row)
        qtbot.waitUntil(lambda: qapp.font().families() != before.families(), timeout=5_000)
        assert own.parent() is link
        assert QFontMetricsF(qapp.font()).inFontUcs4(ord(UNKNOWN))
        picture = QImage(60, 60, QImage.Format.Format_RGB32)
        picture.fill(0xFFFFFFFF)
        painter = QPainter(picture)
        font = qapp.font()
        font.setPixelSize(48)
        painter.setFont(font)
        painter.drawText(4, 50, UNKNOWN)
        painter.end()
        assert inked(picture) > 500, "many strokes, not a box"
    finally:
        link.end()
        qapp.setFont(before)
