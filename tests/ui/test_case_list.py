"""The list of cases and the case beside it say the same; the side list's 一览; nodes with their own days."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from execdesk.records.journal import Line
from execdesk.store.chains import entry_of
from tests.ui.journey_tools import DAY, Hands
from tests.ui.test_journey import NUMBER, bring_out, hands, judge, register, world
from ui.case.identity import HiddenNumber
from ui.case.listing import empty_words
from ui.case.past import PastListPage
from ui.case.side import CaseSide
from ui.expiry import ExpiryPage
from ui.exporting import export_table
from ui.formbuilder import FlagField
from ui.panels import NextStep
from ui.widgets import Button, Elided

__all__ = ["hands", "judge", "world"]


def test_list_and_panel_agree_on_the_case_shown(hands: Hands) -> None:
    hands.sign_in("clerk")
    hands.cases.choose_scope("all")
    register(hands)
    table = hands.cases.table
    assert table.current.number == NUMBER
    hands.cases.side.choose("closed")
    hands.rest()
    hands.show(NUMBER)
    assert hands.cases.panel.page.case.number == NUMBER
    assert table.current is None
    hands.cases.side.choose("open")
    hands.rest()
    table.view.selectionModel().clear()
    hands.show(NUMBER)
    assert table.current.number == NUMBER


def test_the_judge_is_a_column_that_is_shown_sorted_by_and_exported(hands: Hands, tmp_path: Path) -> None:
    hands.sign_in("clerk")
    hands.cases.choose_scope("all")
    register(hands)
    table, name = hands.cases.table, hands.place.desk.reads.case(NUMBER).case.judge
    table.show_column("承办法官")
    assert [column.title for column in table.model.columns][-2:] == ["最近期限", "承办法官"], "it pushes none of the usual ones out of sight"
    table.sort_by("judge")
    hands.rest()
    assert table.order_text.text().startswith("按承办法官排序") and table.current.number == NUMBER
    export_table(hands.cases, hands.cases.link.jobs, hands.cases.notices, table, tmp_path / "list.csv")
    hands.rest()
    heads, row = csv.reader((tmp_path / "list.csv").read_text("utf-8-sig").splitlines())
    assert name and row[heads.index("承办法官")] == name
    assert hands.cases.settings.get("table.cases", {})["turned"] == ["承办法官"]


def test_the_next_person_meets_neither_view_nor_order_nor_words_of_the_one_before(hands: Hands) -> None:
    hands.sign_in("clerk")
    hands.cases.choose_scope("all")
    register(hands)
    table = hands.cases.table
    table.show_column("承办法官")
    table.sort_by("claim", descending=True)
    hands.cases.side.choose("closed")
    hands.cases.finder.setText("符示例")
    hands.rest()
    hands.change_person("director")
    assert (hands.cases.filter.view, hands.cases.table.model.wish.sort, hands.cases.table.model.wish.needle) == ("open", "due", "")
    assert "承办法官" not in [column.title for column in hands.cases.table.model.columns] and hands.cases.finder.text() == ""
    hands.change_person("clerk")
    assert (hands.cases.filter.view, hands.cases.table.model.wish.sort, hands.cases.table.model.wish.descending) == ("closed", "claim", True), "one's own is found again"


def test_another_day_renews_lists_counts_and_pages(hands: Hands) -> None:
    hands.sign_in("clerk")
    hands.cases.choose_scope("all")
    register(hands)
    left, team = hands.cases.table.current.days_left, hands.place.tabs.team
    hands.shell.choose_tab(1)
    hands.rest()
    hands.shell.choose_tab(0)
    hands.cases.radar_asked.emit()
    hands.rest()
    page = hands.page
    assert isinstance(page, ExpiryPage) and page.shown.day == DAY and team.shown.day == DAY
    later = DAY + timedelta(days=3)
    hands.place.day_moved(later, lambda: None)
    hands.rest()
    assert hands.cases.table.current.days_left == left - 3 and hands.cases.panel.page.case.days_left == left - 3
    assert page.shown.day == later == team.shown.day == team.day
    team.go(DAY)
    hands.rest()
    hands.place.day_moved(later + timedelta(days=1), lambda: None)
    hands.rest()
    assert team.shown.day == DAY, "a day that was chosen stays"


def test_the_remark_of_a_case_stands_on_the_overview(hands: Hands) -> None:
    hands.sign_in("clerk")
    register(hands)
    page = hands.cases.panel.page
    hands.cases.panel.show_case(replace(page, remarks="原告系低保户\n已缴执行费"), (), hands.cases.person)
    assert "原告系低保户；已缴执行费" in [words.full for words in hands.cases.panel.overview.findChildren(Elided)]


def test_numbers_of_identity_are_whole_while_f6_is_held_and_copied_by_one_key(hands: Hands, qtbot: QtBot) -> None:
    hands.sign_in("clerk")
    hands.cases.choose_scope("all")
    register(hands)
    panel, list_ = hands.cases.panel, hands.cases.table.view
    hands.shell.activateWindow()
    hands.until(hands.shell.isActiveWindow)
    list_.setFocus()
    hands.rest()

    def shown() -> set[str]:
        return {each.text() for each in panel.findChildren(HiddenNumber) if each.number and each.isVisible()}

    for part in (0, 1):
        panel.bar.setCurrentIndex(part)
        hands.until(lambda: shown() == {"469027********0008"})
        qtbot.keyPress(list_, Qt.Key.Key_F6)
        hands.until(lambda: shown() == {"469027198808080008"})
        qtbot.keyRelease(list_, Qt.Key.Key_F6)
        assert shown() == {"469027********0008"}
    hands.shell.activateWindow()
    hands.until(hands.shell.isActiveWindow)
    qtbot.keyClick(list_, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    hands.until(lambda: "已复制林例一的证件号码。" in hands.words())
    assert QGuiApplication.clipboard().text() == "469027198808080008"
    show = next(button for button in panel.findChildren(Button) if button.text() == "显示" and button.isVisible())
    show.click()
    hands.until(lambda: shown() == {"469027198808080008"} and not show.isVisible())
    with hands.place.desk.session.store.reading():
        lines = list(map(entry_of, Line.select().where(Line.act == "party.identity").order_by(Line.number)))
    assert [(line.data["reason"], line.data["changes"]) for line in lines] == [(f"{how}：林例一", []) for how in ("看全文", "看全文", "复制", "看全文")]
    assert not any(b"469027198808080008" in line.body for line in lines), "the line says who, not what"


def test_a_case_asked_for_while_a_list_is_on_its_way_stays_in_front(hands: Hands) -> None:
    hands.sign_in("clerk")
    hands.cases.choose_scope("all")
    register(hands)
    other = hands.place.desk.reads.case(NUMBER).case.id
    hands.cases.choose_scope("all")
    hands.cases.show_case("nowhere")  # the row chosen before must not come back when the list arrives
    hands.until(lambda: hands.cases.table.model.loaded and not hands.place.jobs.busy)
    hands.qtbot.wait(120)
    assert hands.cases.wanted == "nowhere"
    hands.show(other)
    assert hands.cases.table.current.id == other


def test_the_notice_is_the_node_until_it_is_sent(hands: Hands) -> None:
    hands.sign_in("clerk")
    hands.cases.choose_scope("all")
    judge = register(hands)
    row = hands.cases.table.current
    assert (row.node, row.due_on, row.days_left) == ("通知", DAY + timedelta(days=10), 10)
    assert "执限剩 181 天" in hands.cases.panel.state.text()
    hands.change_person(judge)
    hands.show(NUMBER)
    hands.begin("notice.execution")
    hands.go()
    bring_out(hands)
    hands.show(NUMBER)
    assert (hands.cases.table.current.node, hands.cases.table.current.days_left) == ("执限", 181)


def test_the_side_list_leads_to_the_week_and_to_the_radar(hands: Hands) -> None:
    hands.sign_in("clerk")
    cases = hands.cases
    cases.glance.choose("week")
    hands.rest()
    assert cases.head.title.text() == "本周节点"
    assert (cases.side.current_key, cases.glance.current_key) == ("", "week")
    cases.glance.choose("radar")  # an arrow key passing over it opens nothing
    assert hands.page is cases
    cases.glance.opened.emit("radar")
    hands.rest()
    assert isinstance(hands.page, ExpiryPage)
    hands.home()
    assert cases.glance.current_key == "week"


def test_the_list_as_known_on_a_past_day_is_looked_at_and_nothing_done_from_it(hands: Hands) -> None:
    hands.sign_in("clerk")
    hands.cases.choose_scope("all")
    register(hands)
    hands.place.day_moved(DAY + timedelta(days=30), lambda: None)
    hands.rest()
    hands.cases.glance.choose("past")  # an arrow key passing over it opens nothing
    assert hands.page is hands.cases
    hands.cases.glance.opened.emit("past")
    hands.rest()
    page = hands.page
    assert isinstance(page, PastListPage)
    for day, rows, left in ((DAY + timedelta(days=29), 1, -19), (DAY, 1, 10), (DAY - timedelta(days=1), 0, None)):
        page.chooser.set_text(day.isoformat())
        press(page, "看这一天")
        hands.rest()
        assert (page.day, page.words.text()) == (day, f"按 {day} 当时所知")
        assert page.table.model.total == rows
        assert [one.days_left for one in page.table.model.everything()] == [left] * rows
    page.chooser.set_text((DAY + timedelta(days=30)).isoformat())
    press(page, "看这一天")
    assert "太晚" in page.chooser.sentence.text() and page.day == DAY - timedelta(days=1)
    assert {button.text() for button in page.findChildren(Button) if button.text()} == {"看这一天", "回到今天", "导出", *(button.text() for button in page.columns.names)}
    assert not page.findChildren(NextStep)
    press(page, "回到今天")
    hands.rest()
    assert hands.page is hands.cases and hands.cases.table.current.days_left == -20


def press(page: QWidget, words: str) -> None:
    next(button for button in page.findChildren(Button) if button.text() == words).click()


def test_enter_leads_into_the_case_and_on_to_its_first_step_and_escape_leads_back(hands: Hands, judge: str, qtbot: QtBot) -> None:
    hands.sign_in(judge)
    hands.cases.choose_scope("all")
    hands.show(NUMBER)
    hands.shell.activateWindow()
    qtbot.keyClick(hands.cases.table.view, Qt.Key.Key_Return)
    step = hands.cases.panel.overview.steps[0]
    assert hands.shell.focusWidget() is step
    qtbot.keyClick(step, Qt.Key.Key_Escape)
    assert hands.shell.focusWidget() is hands.cases.table.view
    qtbot.keyClick(step, Qt.Key.Key_Return)
    hands.rest()
    assert hands.page.title == "发出执行通知书"
    hands.go()
    draft = hands.draft()
    empty = [field for field in draft.fields.form.fields.values() if not field.text and not isinstance(field, FlagField)]
    assert hands.shell.focusWidget() is (empty[0].input if empty else draft.view.pages)
    qtbot.keyClick(hands.shell.focusWidget(), Qt.Key.Key_Escape)
    hands.rest()
    assert hands.page is hands.cases
    assert hands.shell.focusWidget() is hands.cases.table.view  # the step that had it was remade by the act


def test_each_tab_puts_the_keyboard_where_its_page_begins(hands: Hands) -> None:
    hands.sign_in("clerk")
    hands.shell.activateWindow()
    for number in (2, 1):
        hands.shell.choose_tab(number)
        hands.rest()
        assert hands.shell.focusWidget() is hands.page.first_focus


def test_what_counts_as_near_is_said_as_the_bureau_set_it(qtbot: QtBot) -> None:
    side = CaseSide({"soon": 5, "control": 20})
    qtbot.addWidget(side)
    assert side.words["soon"] == "5 日内到期" and side.words["control"] == "查控 20 日内到期"
    assert empty_words("control", 20)[0] == "20 日内没有到期的查控措施。"
