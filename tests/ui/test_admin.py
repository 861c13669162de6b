"""People and letters in the window: prepared by the administrator alone, in effect only when another countersigns."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from execdesk.desk import Desk
from tests.ui import office_store
from tests.ui.at_once import AtOnce
from tests.world import Shelf
from ui.adminpage import AdminPage
from ui.formbuilder import ManyField
from ui.notices import Notices


@pytest.fixture(scope="session")
def bare(worlds: Shelf) -> Path:
    """The store, made once."""
    return office_store.waiting(worlds).folder


@pytest.fixture
def sit(bare: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[str], AdminPage]]:
    """The page of somebody on a copy of the store; one person after the other."""
    folder = Path(shutil.copytree(bare, tmp_path / "data"))
    desks: list[Desk] = []

    def begin(account: str) -> AdminPage:
        for desk in desks:
            desk.close()
        desks[:] = [office_store.at(folder, account)]
        notices = Notices()
        qtbot.addWidget(notices)
        made = AdminPage(desks[0], AtOnce(), notices, lambda page: None)
        qtbot.addWidget(made)
        made.resize(1340, 640)
        made.show()
        made.entered()
        return made

    yield begin
    for desk in desks:
        desk.close()


def fill(page: AdminPage, **values: object) -> None:
    """Fill the open dialog and press its button."""
    for name, value in values.items():
        page.dialog.form[name].set_value(value)
    page.dialog.go.click()


def choose(page: AdminPage, key: str, words: str) -> None:
    """Bring a section to the front and choose the row that holds the words."""
    page.list.choose(key)
    row = next(r for r in page.sections[key].rows if words in " ".join(r.cells))
    assert page.table.select(row.id)


def person(page: AdminPage, name: str) -> str:
    """A person's row id."""
    return next(row.id for row in page.sections["people"].rows if row.cells[0] == name)


def test_a_judge_entered_by_the_administrator_waits_for_another(sit: Callable[[str], AdminPage]) -> None:
    page = sit("admin")
    page.list.choose("people")
    page.buttons["person.add"].click()
    fill(page, name="法官新", account="judge-9")
    page.list.choose("posts")
    page.buttons["post.prepare"].click()
    form = page.dialog.form
    assert (form["person"].value, form["group"].value, form["site"].value) == (person(page, "法官新"), "", "HQ"), "the only one without a post, of no group, here"
    assert form["post"].error, "no post is put forward"
    fill(page, person=person(page, "法官新"), post="judge", starts_on=date(2018, 1, 2))
    choose(page, "posts", "法官新")
    row = page.table.current
    assert row.state == "待会签" and row.steps == () and row.closed == "待院长或局长会签后生效"
    page = sit("president")
    assert page.sections["posts"].waiting == 1
    choose(page, "posts", "法官新")
    page.buttons["post.countersign"].click()
    assert page.table.current.state == "已生效"


def test_a_letter_counts_only_when_the_president_signs_it(sit: Callable[[str], AdminPage]) -> None:
    page = sit("admin")
    page.list.choose("letters")
    page.buttons["delegation.prepare"].click()
    ticks = page.dialog.findChild(ManyField)
    ticks.boxes["detention"].setChecked(True)
    fill(page, person=person(page, "副院长甲"), letter="乐法授〔2018〕1号", starts_on=date(2018, 1, 2), ends_on=date(2018, 6, 30))
    page = sit("director")
    choose(page, "letters", "乐法授〔2018〕1号")
    assert page.table.current.steps == () and page.table.current.closed == "待院长签署后生效"
    page = sit("president")
    choose(page, "letters", "乐法授〔2018〕1号")
    page.buttons["delegation.countersign"].click()
    assert page.table.current.state == "已生效"
    assert page.table.current.lines == ("列明的事项", "拘留")
    page.buttons["delegation.revoke"].click()
    fill(page, revoked_on=date(2018, 1, 2), reason="收回")
    assert page.table.current.state == "2018-01-02 撤销"


def test_a_certificate_takes_two_people_and_the_receivers_own_password(sit: Callable[[str], AdminPage]) -> None:
    page = sit("admin")
    page.list.choose("certificates")
    page.buttons["certificate.issue"].click()
    dialog = page.dialog
    for name, value in {"person": person(page, "法官甲"), "forgotten": True, "password": "一个新的长密码 2018", "own_password": "demo"}.items():
        dialog.form[name].set_value(value)
    dialog.on.click()
    told = dict(dialog.told)
    assert told["领证人"] == "法官甲（登录名 judge-1）" and told["证书上的职务"] == "执行法官" and told["密码"] == "领证人另设新密码"
    dialog.second["witness"].set_value("president")
    dialog.second["witness_password"].set_value("错")
    dialog.go.click()
    assert any("密码不对" in words for words in dialog.says.shown)
    dialog.second["witness_password"].set_value("demo")
    dialog.go.click()
    rows = [r for r in page.sections["certificates"].rows if r.cells[0] == "法官甲"]
    assert sorted(r.state for r in rows) == ["已撤销", "有效"]


def test_the_administrator_alone_brings_nothing_into_effect(sit: Callable[[str], AdminPage]) -> None:
    page = sit("admin")
    steps = {step.action for section in page.sections.values() for row in section.rows for step in row.steps} | {
        step.action for section in page.sections.values() for step in section.begin
    }
    assert not steps & {"post.countersign", "delegation.countersign", "delegation.revoke", "certificate.ratify"}
    page.list.choose("certificates")
    page.buttons["certificate.issue"].click()
    witness = page.dialog.second["witness"]
    assert witness.text == "" and "admin" not in [witness.box.itemData(n) for n in range(witness.box.count())]
    page.dialog.close()


def test_a_post_ends_with_its_reason(sit: Callable[[str], AdminPage]) -> None:
    page = sit("president")
    choose(page, "posts", "法官丁")
    page.buttons["post.end"].click()
    page.dialog.go.click()
    assert page.dialog.form["reason"].error
    fill(page, ends_on=date(2018, 1, 2), reason="调离")
    choose(page, "posts", "法官丁")
    assert page.table.current.cells[3] == "2018-01-02"


def test_others_read_only(sit: Callable[[str], AdminPage]) -> None:
    page = sit("judge-1")
    assert all(not row.steps for section in page.sections.values() for row in section.rows)
    assert all(not section.begin for section in page.sections.values())


def test_desks_are_named_in_words(sit: Callable[[str], AdminPage]) -> None:
    page = sit("admin")
    for key in ("posts", "certificates"):
        for row in page.sections[key].rows:
            words = (*row.cells, *(value for _name, value in row.facts))
            assert "HQ" not in words, words


def test_a_form_begins_at_its_first_empty_field(sit: Callable[[str], AdminPage]) -> None:
    page = sit("admin")
    page.list.choose("letters")
    page.buttons["delegation.prepare"].click()
    assert page.dialog.focusWidget() is page.dialog.form["letter"].input  # the only vice president stands there already
    page.dialog.close()


def test_two_persons_prepare_what_another_desk_answers_by_telephone(sit: Callable[[str], AdminPage]) -> None:
    page = sit("admin")
    page.list.choose("telephone")
    page.buttons["telephone.prepare"].click()
    dialog = page.dialog
    dialog.form["reason"].set_value("黄流只有一人值守")
    dialog.form["own_password"].set_value("demo")
    dialog.read()
    dialog.second["witness"].set_value("president")
    dialog.second["witness_password"].set_value("demo")
    dialog.do()
    assert "电话总码：" in dialog.once.text() and "密封" in dialog.once.text()
    dialog.close()
    page.reload()
    rows = page.sections["telephone"].rows
    assert [row.cells[1] for row in rows] == ["准备电话码"] and "院长甲" in rows[0].cells[3]
    assert rows[0].cells[2].startswith("1 号 ") and rows[0].cells[2].endswith("：黄流只有一人值守")  # by what is read out, each key slot is known
    assert "电话码 10 个" in page.sections["certificates"].words
