"""The approval tab on a real store: who is refused, with which clause, and who may."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QImage, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from execdesk.approval.paper import code_of, named_in
from execdesk.desk import Desk
from execdesk.reads.listing import ListWanted
from execdesk.records.approvals import PaperApproval, Request
from execdesk.records.cases import Case
from execdesk.records.people import Person
from tests.ui import office_store
from tests.ui.at_once import AtOnce
from tests.world import Shelf
from ui.approvaltab import ApprovalTab
from ui.jobs import Jobs
from ui.notices import Notices, RefusalPanel

ARTICLE_6 = {"tnr": "第6条第四款", "detain": "第6条第四款", "release": "第6条第三款"}
PRESIDENT = date(2019, 1, 1)  # the day after the vice-president's letter ends


@pytest.fixture(scope="session")
def office(worlds: Shelf) -> office_store.Made:
    """The store, made once."""
    return office_store.waiting(worlds)


@pytest.fixture
def tab(office: office_store.Made, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., ApprovalTab]]:
    """The approval tab of somebody on a copy of the store."""
    desks: list[Desk] = []
    shutil.copytree(office.folder, tmp_path / "data")

    def sit(account: str, day: date = office_store.DAY) -> ApprovalTab:
        for desk in desks:
            desk.close()
        desks[:] = [office_store.at(tmp_path / "data", account, day)]
        notices = Notices()
        qtbot.addWidget(notices)
        made = ApprovalTab(desks[0], AtOnce(), notices, lambda page: None)
        made.told = notices  # type: ignore[attr-defined]
        qtbot.addWidget(made)
        made.resize(1340, 660)
        made.show()
        made.entered()
        return made

    yield sit
    for desk in desks:
        desk.close()


def press(tab: ApprovalTab, step: str) -> None:
    """Click a button of the middle card."""
    tab.card.buttons[step].click()


def refusal(tab: ApprovalTab) -> RefusalPanel:
    """The refusal that the last click brought."""
    found = [one for one in tab.card.says.findChildren(RefusalPanel) if not one.isHidden()]
    assert found, "nothing was refused"
    return found[0]


@pytest.mark.parametrize("matter", ["tnr", "detain", "release"])
def test_a_judge_is_refused_with_the_clause(tab: Callable[..., ApprovalTab], office: office_store.Made, matter: str) -> None:
    page = tab("judge-1")
    assert page.choose(office.ids[matter])
    press(page, "approve")
    told = refusal(page).refusal
    assert told.code == "authority.level"
    assert told.text.startswith("不能由您批准：") and "您任执行法官" in told.text
    assert any(ARTICLE_6[matter] in clause.source for clause in told.clauses)
    assert [way.label for way in told.ways][-1] == "看条文 F1"
    assert page.card.page is not None and page.card.page.row.state == "submitted"


def test_the_refused_request_opens_in_place_in_the_list(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("judge-1")
    page.choose(office.ids["detain"])
    panels = page.list.findChildren(RefusalPanel)
    assert panels and "拘留须" in panels[-1].refusal.text
    assert page.list.sizeHintForOpened().height() > 60


def test_the_ways_on_work(tab: Callable[..., ApprovalTab], office: office_store.Made, qtbot: QtBot) -> None:
    page = tab("vice")
    page.choose(office.ids["search"])
    press(page, "approve")
    links = {b.text(): b for b in refusal(page).findChildren(QPushButton)}
    links["看授权书"].click()
    assert page.dialog.windowTitle() == "授权书"
    page.dialog.close()
    links["看条文 F1"].click()
    assert "第6条第四款" in page.dialog.windowTitle()
    page.dialog.close()
    links["转报院长…"].click()
    assert any("正等院长甲决定" in words for words in page.told.shown)


def test_a_stop_on_the_way_comments_by_the_way_on(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("director")
    page.choose(office.ids["tnr"])
    next(b for b in page.card.findChildren(QPushButton) if b.text() == "转报院长…").click()
    assert page.card.opinion.text() == "拟同意，转报院长。"
    press(page, "comment")
    assert page.card.page is not None
    assert [s.label for s in page.card.page.stages if s.person == "局长甲"] == ["执行局局长意见"] or any(
        "意见" in s.label for s in page.card.page.stages if s.person == "局长甲"
    )


def test_a_director_is_refused_on_his_own_release_and_the_president_is_not(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("director")
    page.choose(office.ids["own_release"])
    press(page, "approve")
    assert refusal(page).refusal.code == "authority.self"
    page = tab("president")
    page.choose(office.ids["own_release"])
    press(page, "approve")
    assert _state(page, office.ids["own_release"]) == "approved"


def test_a_delegate_is_refused_outside_his_letter(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("vice")
    for matter, words in (("detain", "没有写明拘留"), ("search", "没有写明签发搜查令"), ("own_release", "事项不包括解除冻结")):
        page.choose(office.ids[matter])
        press(page, "approve")
        told = refusal(page).refusal
        assert told.code == "authority.delegation" and words in told.text


def test_a_delegate_is_refused_after_his_term_and_may_within_it(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("vice", date(2018, 12, 31))
    page.choose(office.ids["extend"])
    press(page, "approve")
    assert _state(page, office.ids["extend"]) == "approved"
    page = tab("vice", PRESIDENT)
    page.choose(office.ids["tnr"])
    press(page, "approve")
    assert "已于 2018-12-31 届满" in refusal(page).refusal.text


@pytest.mark.parametrize(("account", "matter"), [
    ("president", "detain"), ("president", "tnr"), ("vice", "tnr"), ("vice", "extend"), ("director", "release"), ("judge-1", "freeze"),
])
def test_the_right_person_approves(tab: Callable[..., ApprovalTab], office: office_store.Made, account: str, matter: str) -> None:
    page = tab(account)
    page.choose(office.ids[matter])
    assert page.card.page is not None and page.card.page.permission is not None
    assert "本事项属" in page.card.page.permission.text
    press(page, "approve")
    assert _state(page, office.ids[matter]) in ("approved", "used")


def test_control_enter_approves(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("director")
    page.choose(office.ids["release"])
    keys = {shortcut.key().toString(): shortcut for shortcut in page.findChildren(QShortcut)}
    keys["Ctrl+Return"].activated.emit()
    assert _state(page, office.ids["release"]) == "approved"


def test_a_return_needs_its_reason(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("president")
    page.choose(office.ids["tnr"])
    press(page, "return")
    assert page.card.opinion.placeholderText() == "退回须写明意见"
    assert _state(page, office.ids["tnr"]) == "submitted"
    page.card.opinion.setText("财产调查不全")
    press(page, "return")
    assert _state(page, office.ids["tnr"]) == "returned"


def test_a_panel_is_asked_for_named_and_recorded(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("judge-1")
    page.choose(office.ids["auction"])
    press(page, "approve")
    assert refusal(page).refusal.code == "request.panel"
    page.card.opinion.setText("标的较大")
    press(page, "panel_ask")
    page = tab("director")
    page.choose(office.ids["auction"])
    press(page, "panel_designate")
    presiding, members = page.dialog.form["presiding"], page.dialog.form["members"]
    assert presiding.error, "nobody presides until he is chosen"
    so_far = page.dialog.so_far
    assert so_far.isVisible() and so_far.text() == "已选 0 人，须为三名以上的单数"
    first, *others = list(members.boxes)[:3]
    members.set_value([first, *others])
    assert so_far.text() == "已选 3 人，还须选定审判长"
    presiding.set_value(first)
    assert so_far.text() == "已选 3 人，审判长不用再选为成员"
    members.set_value(others[:1])
    assert so_far.text() == "已选 2 人，须为三名以上的单数"
    page.dialog.go.click()
    assert page.dialog.isVisible() and "三名以上的单数" in "\n".join(page.dialog.says.shown)
    members.set_value(others)
    assert so_far.text() == "已选 3 人"
    page.dialog.go.click()
    page = tab("judge-1")
    page.choose(office.ids["auction"])
    press(page, "panel_conclude")
    minutes = page.dialog.form["minutes"]
    assert [line["vote"] for line in minutes.typed] == [""] * 3 and minutes.typed[0]["member"].endswith("（审判长）")
    page.dialog.form["outcome"].set_text("同意拍卖")
    page.dialog.go.click()
    assert page.dialog.isVisible() and minutes.error, "nobody is taken to have agreed"
    one, *more = [line.fields[1] for line in minutes.row_lines]
    assert {value: button.text() for value, button in one.buttons.items()} == {"agree": "同意", "dissent": "不同意"}
    one.buttons["agree"].click()
    QTest.keyClick(more[0].buttons["agree"], Qt.Key.Key_2)
    assert [field.value for field in (one, more[0])] == ["agree", "dissent"] and minutes.error
    QTest.keyClick(more[0].buttons["agree"], Qt.Key.Key_1)
    QTest.keyClick(more[1].buttons["dissent"], Qt.Key.Key_Space)
    assert [line["vote"] for line in minutes.typed] == ["同意", "同意", "不同意"] and not minutes.error
    page.dialog.go.click()
    press(page, "approve")
    assert _state(page, office.ids["auction"]) == "approved"


def issued(page: ApprovalTab, office: office_store.Made) -> None:
    """The judge approves the freeze where that is still to be done, and signs its two papers."""
    if page.desk.reads.request_page(office.ids["freeze"]).row.state == "submitted":
        page.choose(office.ids["freeze"])
        press(page, "approve")
    for paper in page.desk.reads.documents_of(office.ids["freeze"]):
        page.desk.do("document.issue", document=paper)


def test_the_keeper_seals_what_was_signed(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    issued(tab("judge-1"), office)
    page = tab("seal")
    paper = next(key for key in page.list.keys if key.startswith("paper:"))
    page.list.choose(paper)
    assert page.papers.view.pages.count >= 1
    press(page, "seal")
    assert paper not in page.list.keys


def offered(page: ApprovalTab, monkeypatch: pytest.MonkeyPatch) -> dict[str, QAction]:
    """What the menu of the inbox offers, by its words."""
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: None)
    for old in page.list.findChildren(QMenu):
        old.setParent(None)
    page.list.customContextMenuRequested.emit(QPoint(5, 5))
    return {item.text(): item for item in page.list.findChildren(QMenu)[-1].actions()}


def test_the_menu_of_the_inbox_offers_what_the_buttons_do(
    tab: Callable[..., ApprovalTab], office: office_store.Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tab("judge-1")
    page.choose(office.ids["detain"])
    menu = offered(page, monkeypatch)
    assert {words: item.isEnabled() for words, item in menu.items()} == {button.text(): button.isEnabled() for button in page.card.buttons.values()}
    page.choose(office.ids["freeze"])
    menu = offered(page, monkeypatch)
    assert list(menu)[0] == "批准并签署（Ctrl+Enter）" and len(menu) == len(page.card.buttons) > 2
    menu["批准并签署（Ctrl+Enter）"].trigger()
    assert page.desk.reads.request_page(office.ids["freeze"]).row.state == "approved"


def test_several_chosen_are_sealed_at_once_and_decided_one_after_the_other(
    tab: Callable[..., ApprovalTab], office: office_store.Made, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = tab("judge-1")
    two = [f"request:{office.ids[name]}" for name in ("freeze", "auction")]
    page.choose(office.ids["auction"])
    page.list.selectAll()
    assert "加盖院印" not in "".join(offered(page, monkeypatch)), "nothing here waits for the seal"
    page.menu.walk(two)
    assert page.list.current_key == two[0] and page.list.chosen_keys == two[:1]
    press(page, "approve")
    assert page.list.current_key == two[1] and page.card.key == two[1], "the next one is shown once the one before is done"
    issued(page, office)
    keeper = tab("seal")
    papers = [key for key in keeper.list.keys if key.startswith("paper:")]
    assert len(papers) > 1
    keeper.list.choose(papers[0])
    keeper.list.setCurrentIndex(keeper.list.model().index(keeper.list.model_.place(papers[0]), 0))
    for _ in papers[1:]:
        qtbot.keyClick(keeper.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert keeper.list.chosen_keys == papers
    menu = offered(keeper, monkeypatch)
    assert list(menu) == [f"加盖院印，选中的 {len(papers)} 份", f"逐件办理选中的 {len(papers)} 件"]
    menu[f"加盖院印，选中的 {len(papers)} 份"].trigger()
    assert f"已加盖院印 {len(papers)} 份。" in keeper.told.shown and not [key for key in keeper.list.keys if key in papers]


def test_nobody_without_a_post_that_decides_is_offered_anything(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("admin")
    assert page.list.keys == [] and page.inbox.parts and page.inbox.waiting == 0


def test_lists_split_by_who_decides(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("judge-1")
    mine, others = (page.desk.reads.list_page(ListWanted("requests", view)).rows for view in ("mine", "others"))
    assert {row.id for row in mine} == {office.ids["freeze"], office.ids["auction"]}
    assert others and all(row.chip.startswith("待") for row in others)
    for row in others:
        page.choose(row.id)
        assert page.list.sizeHintForOpened().height() > 60


def test_words_half_typed_stay_when_somebody_else_acts(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("president")
    page.choose(office.ids["tnr"])
    field, button = page.card.opinion, page.card.buttons["approve"]
    field.setText("财产调查已复核")
    page.reload()
    assert page.card.buttons["approve"] is button and field.text() == "财产调查已复核"


def test_what_statute_keeps_is_signed_with_the_approval(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("president")
    page.choose(office.ids["detain"])
    assert page.card.page is not None and [s.label for s in page.card.page.stages if s.state == "later"] == ["签发"]
    press(page, "approve")
    kinds = [s.label for s in page.desk.reads.request_page(office.ids["detain"]).stages if s.person == "院长甲"]
    assert kinds == ["批准", "签发"]


def test_reading_and_deciding_run_beside_the_window(office: office_store.Made, tmp_path: Path, qtbot: QtBot, jobs: Jobs) -> None:
    desk = office_store.at(Path(shutil.copytree(office.folder, tmp_path / "own")), "director")
    notices = Notices()
    page = ApprovalTab(desk, jobs, notices, lambda page: None)
    for part in (notices, page):
        qtbot.addWidget(part)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: page.papers.view.pages.count > 0)
    page.choose(office.ids["release"])
    qtbot.waitUntil(lambda: page.card.page is not None and page.card.page.row.id == office.ids["release"])
    press(page, "approve")
    qtbot.waitUntil(lambda: any("已批准并签署" in words for words in notices.shown))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert _state(page, office.ids["release"]) == "approved"
    desk.close()


def _state(page: ApprovalTab, request: str) -> str:
    state: str = page.desk.reads.request_page(request).row.state
    return state


def test_a_sheet_signed_by_hand_is_entered_by_another_and_confirmed_by_one_key(
    tab: Callable[..., ApprovalTab], office: office_store.Made, tmp_path: Path
) -> None:
    """局长 is not at his desk: the judge prints, the clerk enters what was signed, 局长 finds it in his list and presses one key."""
    release = office.ids["release"]
    page = tab("judge-1")
    page.choose(release)
    assert "paper_enter" not in page.card.buttons, "nothing is printed yet"
    press(page, "paper_print")
    assert page.dialog.preview.pages.count >= 1
    page.dialog.reject()
    scan = tmp_path / "scan.jpg"
    assert QImage(40, 60, QImage.Format.Format_RGB32).save(str(scan), "JPG")
    page = tab("clerk")
    page.show_request(release)
    press(page, "paper_enter")
    form = page.dialog.form
    with page.desk.reading():
        row = Request.get_by_id(release)
        named = named_in(page.desk.session, row, Case.get_by_id(row.case))
        code, director = code_of(row), Person.get(Person.account == "director").id
    form.fill({"code": "AAAA-BBBB-CCCC", "party": named.party_words, "matter": row.matter, "amount": named.amount, "approved_on": office_store.DAY, "scan": str(scan)})
    form["approvers"].boxes[director].setChecked(True)
    page.dialog.do()
    assert page.dialog.isVisible() and "重新打印" in page.dialog.says.findChild(RefusalPanel).refusal.text, "what was typed stays, and it says what to do"
    form.fill({"code": code.lower()})
    page.dialog.do()
    assert not page.dialog.isVisible()
    page.show_request(release)
    assert page.card.page is not None and "待确认" in page.card.page.state_words and "局长甲" in page.card.page.provisional
    page = tab("director")
    assert page.inbox is not None and [one.id for one in page.inbox.to_confirm] == [release] and page.inbox.waiting >= 1
    page.choose(release)
    assert page.card.buttons["paper_confirm"].text().startswith("确认") and "录入" in page.card.page.provisional
    assert page.papers.title.text() == "签了名的报批单" and page.papers.view.pages.count == 1, "a photograph is shown as a page"
    press(page, "paper_deny")
    assert page.card.page.row.state == "approved", "a denial needs its reason"
    next(one for one in page.findChildren(QShortcut) if one.key().toString() == "Ctrl+Return").activated.emit()
    assert page.inbox.to_confirm == () and page.card.page is not None
    with page.desk.reading():
        assert PaperApproval.get().state == "confirmed"


def test_who_several_parties_are_is_told_on_pointing(tab: Callable[..., ApprovalTab], office: office_store.Made) -> None:
    page = tab("president")
    page.choose(office.ids["tnr"])
    shown = page.card.page
    assert shown is not None
    page.card.show_request(replace(shown, case=replace(shown.case, debtor="林例一等 2 人", debtors=("林例一", "某某养殖公司"))))
    tips = [label.toolTip() for label in page.card.findChildren(QLabel) if "等 2 人" in label.text()]
    assert tips == ["申请执行人：符示例\n被执行人：林例一、某某养殖公司"]
