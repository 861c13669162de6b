"""工具 → 核验文书: a file from outside, judged by the journal; and the same shown beside a paper that is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from execdesk.issue.keeping import pages_of
from execdesk.records.papers import Document
from tests.flow.bureau import Bureau
from tests.flow.forging import appended, blank, key_of, painted, sign
from tests.ui.at_once import AtOnce
from tests.world import Notes, Shelf, at_work
from ui.link import Link
from ui.notices import Notices
from ui.verifying import BEFORE, VerifyPage

Make = Callable[[Bureau, str], bytes]


@pytest.fixture
def world() -> str:
    return "ordered"


@pytest.fixture
def bureau(worlds: Shelf, world: str, tmp_path: Path) -> Iterator[Bureau]:
    with at_work(worlds, world, tmp_path / "data") as (found, _notes):
        yield found


@pytest.fixture
def page(bureau: Bureau, qtbot: QtBot) -> VerifyPage:
    made = VerifyPage(Link(bureau.desk, AtOnce()), Notices())  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1340, 660)
    made.show()
    return made


def true(bureau: Bureau, order: str) -> bytes:
    return pages_of(Document.get_by_id(order))


def changed(bureau: Bureau, order: str) -> bytes:
    return appended(true(bureau, order), painted)


def unkept(bureau: Bureau, order: str) -> bytes:
    key = key_of(bureau, "president")
    return sign(bureau.desk.session, blank(bureau.desk.session, order, number="（2018）琼9027执1号之五十"), "President", key)


@pytest.mark.parametrize(("make", "chip", "told", "counts"), [
    (true, "核验通过", "全部有效，文件于", "✓"), (changed, "核验未通过", "签名之后文件又被添加了内容", "✗"),
    (unkept, "本席位没有此件", "不能说有效，也不能说是伪造", "✗"),
], ids=["true", "changed", "unkept"])
def test_a_file_from_outside(bureau: Bureau, notes: Notes, page: VerifyPage, tmp_path: Path, make: Make, chip: str, told: str, counts: str) -> None:
    assert page.standing.words.text() == BEFORE and not page.standing.chip.isVisible()
    file = tmp_path / "来件.pdf"
    file.write_bytes(make(bureau, notes["order"]))
    page.judge(file)
    assert page.standing.chip.text() == chip and told in page.standing.words.text(), page.standing.words.text()
    assert page.standing.lines and page.standing.lines[-1].startswith(counts), page.standing.lines
    assert page.view.pages.count >= 1 and page.aside == "来件.pdf"


def test_what_cannot_be_read_changes_nothing(page: VerifyPage, tmp_path: Path) -> None:
    page.judge(tmp_path / "gone.pdf")
    assert page.standing.words.text() == BEFORE
    (tmp_path / "words.pdf").write_text("不是 PDF", "utf-8")
    page.judge(tmp_path / "words.pdf")
    assert page.standing.chip.text() == "核验未通过" and "文件已损坏或被改动" in page.standing.words.text()
