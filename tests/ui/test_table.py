"""The one table: order, filter, lazy pages, selection, copying, widths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.scenes import CASE_COLUMNS, case_rows, case_table
from ui.exporting import export_table
from ui.jobs import Jobs
from ui.notices import Notices
from ui.settings import Settings
from ui.table import through, tsv
from ui.table_paint import PAD, RowPainter
from ui.table_source import PAGE, Column, ListSource, Slice, TableSection, Wish
from ui.table_view import Table
from ui.theme import px
from ui.widgets import Button


@dataclass
class Recorder:
    """A source that notes what it is asked; ``held`` answers are given later."""

    rows: list[Any]
    wishes: list[Wish] = field(default_factory=list)

    def read(self, wish: Wish) -> Slice:
        self.wishes.append(wish)
        return Slice(tuple(self.rows[wish.first:wish.first + wish.count]), len(self.rows) if wish.totals else -1)


def shown(table: Table, column: int) -> list[str]:
    model = table.model
    return [model.data(model.index(number, column)) for number in range(model.rowCount())]


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = case_table(30)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def test_rows_come_in_the_order_asked(table: Table) -> None:
    assert shown(table, 6)[:3] == ["超期 7 天", "超期 4 天", "超期 1 天"]
    table.sort_by("claim", descending=True)
    claims = [table.model.row(number).claim for number in range(30)]
    assert claims == sorted(claims, reverse=True)


def test_clicking_a_head_sorts_and_clicking_again_turns_it(table: Table, qtbot: QtBot) -> None:
    heading = table.view.heading
    for expected in (False, True, False):
        qtbot.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(heading.sectionViewportPosition(0) + 20, 10))
        assert (table.model.wish.sort, table.model.wish.descending) == ("number", expected)
    assert heading.sorted_by == "number"


def test_foot_says_order_count_and_sums(table: Table, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "第 1–" in table.order_text.text())
    assert table.order_text.text().startswith("按最近期限排序")
    assert table.order_text.text().endswith("共 30 件")
    assert table.sums_box.itemAt(0).widget().text() == "标的 62,418,300.00"


def test_filter_keeps_rows_with_every_word(table: Table) -> None:
    table.filter("邢范文 拍卖")
    rows = [table.model.row(number) for number in range(table.model.total)]
    assert rows
    assert all(row.applicant == "邢范文" and row.node == "拍卖" for row in rows)


def test_nothing_found_is_told_apart_from_nothing_there(table: Table, qtbot: QtBot) -> None:
    table.filter("没有这个人")
    assert table.pile.currentWidget() is table.nothing_found
    table.filter("")
    table.show_source(ListSource([], CASE_COLUMNS))
    assert table.pile.currentWidget() is table.empty


def test_selection_stays_with_its_row_through_sorting_and_reading_again(table: Table) -> None:
    number = case_rows(30)[7].number
    assert table.select(number)
    table.sort_by("claim")
    assert table.current.number == number
    table.refresh()
    assert table.current.number == number
    assert table.selected == [table.current]


def test_chosen_and_opened_are_told(table: Table, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.chosen) as chosen:
        table.select(case_rows(30)[3].number)
    assert chosen.args[0].number == case_rows(30)[3].number
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args[0] is table.current


def test_ctrl_c_copies_heads_and_rows(table: Table, qtbot: QtBot) -> None:
    table.select(case_rows(30)[0].number)
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[0] == "案号"
    assert lines[1].split("\t")[:3] == ["(2017)琼9027执311号", "符示例", "黎样本等 2 人"]


def test_tabs_and_breaks_inside_a_cell_do_not_tear_a_copied_line() -> None:
    assert tsv([Column("甲", lambda row: row)], ["一\t二\n三"]) == "甲\n一 二 三"


def test_pages_are_read_only_when_near_the_screen(qtbot: QtBot) -> None:
    source = Recorder(case_rows(100_000))
    table = Table(CASE_COLUMNS, key=lambda row: row.number)
    qtbot.addWidget(table)
    table.resize(700, 500)
    table.show()
    table.show_source(source)
    assert [wish.first for wish in source.wishes] == [0]
    assert table.model.rowCount() == 100_000
    bar = table.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: len(source.wishes) > 1)
    assert source.wishes[-1].first >= 100_000 - 3 * PAGE
    assert source.wishes[-1].first + source.wishes[-1].count == 100_000
    assert not source.wishes[-1].totals
    assert table.model.row(99_999).number == source.rows[-1].number


def held(qtbot: QtBot, count: int) -> tuple[Table, Recorder, list[tuple[Callable[[], Slice], Callable[[Slice], None]]]]:
    """A table whose readings are answered by the test."""
    waiting: list[tuple[Callable[[], Slice], Callable[[Slice], None]]] = []
    table = Table(CASE_COLUMNS, key=lambda row: row.number, reader=lambda work, done: waiting.append((work, done)))
    qtbot.addWidget(table)
    table.resize(700, 500)
    table.show()
    source = Recorder(case_rows(count))
    table.show_source(source)
    return table, source, waiting


def answer(waiting: list[tuple[Callable[[], Slice], Callable[[Slice], None]]]) -> None:
    work, done = waiting.pop(0)
    done(work())


def test_rows_that_went_by_are_never_read_and_those_ahead_come_along(qtbot: QtBot) -> None:
    table, source, waiting = held(qtbot, 20_000)
    answer(waiting)
    assert (len(source.wishes), waiting) == (1, [])
    for first in (1_000, 3_000, 5_010, 9_005):
        table.model.ensure(first, first + 15)
    assert len(waiting) == 1, "one reading at a time"
    answer(waiting)
    answer(waiting)
    assert [(wish.first, wish.first + wish.count) for wish in source.wishes[1:]] == [(950, 1_200), (8_950, 9_200)]
    assert waiting == []
    table.model.ensure(9_100, 9_115)
    assert waiting == [], "read along before it came into sight"
    table.model.ensure(8_960, 8_975)
    answer(waiting)
    assert (source.wishes[-1].first, source.wishes[-1].first + source.wishes[-1].count) == (8_800, 8_950), "ahead is where the scrolling goes"
    assert waiting == []


def test_a_reading_that_fails_does_not_end_reading(qtbot: QtBot) -> None:
    table, source, waiting = held(qtbot, 2_000)
    answer(waiting)
    table.model.ensure(1_000, 1_015)
    source.read, kept = (lambda wish: 1 // 0), source.read  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        waiting.pop(0)[0]()
    source.read = kept  # type: ignore[method-assign]
    table.model.ensure(1_000, 1_015)
    answer(waiting)
    assert table.model.row(1_007) == source.rows[1_007]


def test_reading_anew_far_down_brings_the_rows_in_sight(qtbot: QtBot) -> None:
    table, source, waiting = held(qtbot, 2_000)
    answer(waiting)
    bar, place = table.view.verticalScrollBar(), 1_500 * table.view.rowHeight(0)
    qtbot.waitUntil(lambda: bar.maximum() > place)
    bar.setValue(place)
    qtbot.waitUntil(lambda: bool(waiting))
    while waiting:
        answer(waiting)
    table.refresh()
    while waiting:
        answer(waiting)
    first, last = table.view.span()
    qtbot.wait(10)
    while waiting:
        answer(waiting)
    assert all(table.model.row(place) == source.rows[place] for place in range(first, last + 1))


def test_painting_never_asks_the_source(qtbot: QtBot) -> None:
    source = Recorder(case_rows(5_000))
    table = Table(CASE_COLUMNS, key=lambda row: row.number)
    qtbot.addWidget(table)
    table.resize(700, 500)
    table.show()
    table.show_source(source)
    qtbot.waitUntil(lambda: table.view.verticalScrollBar().maximum() > 80_000)
    table.view.wait.stop()
    before = len(source.wishes)
    table.view.verticalScrollBar().setValue(80_000)
    table.view.wait.stop()
    table.grab()
    assert len(source.wishes) == before


def test_late_answers_to_an_old_question_are_dropped(qtbot: QtBot) -> None:
    waiting: list[tuple[Callable[[], Slice], Callable[[Slice], None]]] = []
    table = Table(CASE_COLUMNS, key=lambda row: row.number, reader=lambda work, done: waiting.append((work, done)))
    qtbot.addWidget(table)
    source = ListSource(case_rows(30), CASE_COLUMNS)
    table.show_source(source)
    table.filter("邢范文")
    first, second = waiting
    second[1](second[0]())
    found = table.model.total
    first[1](first[0]())
    assert table.model.total == found < 30


def test_whole_columns_are_never_narrower_than_their_words(table: Table) -> None:
    table.resize(420, 400)
    painter = table.view.painter_
    for number, column in enumerate(CASE_COLUMNS):
        if column.whole:
            widest = max(painter.advance(column.text(row)) for row in case_rows(30))
            assert table.view.columnWidth(number) >= widest


def test_columns_that_give_way_keep_room_for_their_heading(table: Table) -> None:
    table.resize(420, 400)
    heading = table.view.heading
    for number, column in enumerate(CASE_COLUMNS):
        assert table.view.columnWidth(number) >= heading.advance(column.title, bool(column.sort)) + 2 * px(PAD)
    assert table.view.horizontalScrollBar().maximum() > 0, "what finds no room is reached by scrolling"


def test_widths_and_order_are_remembered(qtbot: QtBot) -> None:
    settings = Settings()
    for turn in range(2):
        table = Table(CASE_COLUMNS, key=lambda row: row.number, name="cases", settings=settings, sort="left")
        qtbot.addWidget(table)
        table.resize(900, 400)
        table.show()
        table.show_source(ListSource(case_rows(5), CASE_COLUMNS))
        if turn == 0:
            table.sort_by("claim", descending=True)
            table.view.setColumnWidth(1, 150)
        else:
            assert (table.model.wish.sort, table.model.wish.descending) == ("claim", True)
            assert table.view.columnWidth(1) == 150


def test_columns_are_hidden_and_shown_and_remembered(qtbot: QtBot) -> None:
    settings, titles = Settings(), [column.title for column in CASE_COLUMNS]
    extra = Column("另一栏", lambda row: "甲", shown=False)
    for turn in range(2):
        table = Table([*CASE_COLUMNS, extra], key=lambda row: row.number, name="cases", settings=settings, sort="left")
        qtbot.addWidget(table)
        table.resize(900, 400)
        table.show()
        table.show_source(ListSource(case_rows(5), CASE_COLUMNS))
        if turn == 0:
            assert [column.title for column in table.model.columns] == titles
            table.view.setColumnWidth(1, 150)
            table.select(case_rows(5)[3].number)
            table.show_column(titles[0], False)
            table.show_column(extra.title)
            assert table.current is not None and table.current.number == case_rows(5)[3].number, "the row in front stays"
        assert [column.title for column in table.model.columns] == [*titles[1:], extra.title]
        assert table.view.columnWidth(0) == 150, "a width stays with its column"
        assert shown(table, len(titles) - 1) == ["甲"] * 5
    table.show_column(titles[0])
    assert [column.title for column in table.model.columns] == [*titles, extra.title]


def test_a_column_hidden_keeps_its_width_and_the_last_one_stays(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)
    titles = [column.title for column in CASE_COLUMNS]
    table.view.setColumnWidth(3, 222)
    for title in titles[1:]:
        table.show_column(title, False)
    table.view.heading.customContextMenuRequested.emit(QPoint(5, 5))
    menu = table.findChild(QMenu)
    assert menu is not None
    assert [(item.text(), item.isChecked(), item.isEnabled()) for item in menu.actions()] == [(titles[0], True, False), *((t, False, True) for t in titles[1:])]
    menu.actions()[3].trigger()
    assert [column.title for column in table.model.columns] == [titles[0], titles[3]] and table.view.columnWidth(1) == 222


def test_sections_cannot_be_selected_nor_opened(qtbot: QtBot) -> None:
    rows = case_rows(3)
    table = Table(CASE_COLUMNS, key=lambda row: row.number)
    qtbot.addWidget(table)
    table.show_source(ListSource([TableSection("已失效", "1 笔", "late"), *rows], CASE_COLUMNS))
    assert not table.model.flags(table.model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    table.view.setCurrentIndex(table.model.index(0, 0))
    assert table.current is None
    assert list(table.model.everything()) == rows
    assert (table.model.total, table.model.count) == (4, 3)


def test_a_file_gets_every_row_in_the_order_shown(table: Table) -> None:
    table.sort_by("number")
    assert [line[0] for line in table.cells(table.every)] == sorted(row.number for row in case_rows(30))


def offered(table: Table, monkeypatch: pytest.MonkeyPatch) -> dict[str, QAction]:
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)
    table.view.customContextMenuRequested.emit(QPoint(5, 5))
    return {item.text(): item for item in table.findChildren(QMenu)[-1].actions() if item.text()}


def test_its_menu_offers_what_buttons_and_keys_do(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    buttons = [Button("登记送达…", act=lambda: done.append("serve")), Button("盖章"), Button("补正…")]
    for button in buttons:
        button.setParent(table.foot)
        button.show()
    buttons[1].hide()
    buttons[2].setEnabled(False)
    table.offers = lambda: (*buttons, ("全部办理事项…（Ctrl+N）", lambda: done.append("all")))
    table.opened.connect(lambda row: done.append(row.number))
    assert list(offered(table, monkeypatch)) == ["导出这张表…", "恢复列宽"], "nothing is chosen"
    number = table.model.row(2).number
    table.select(number)
    menu = offered(table, monkeypatch)
    assert list(menu) == ["登记送达…", "补正…", "全部办理事项…（Ctrl+N）", "打开（Enter）", "复制选中的行（Ctrl+C）", "导出这张表…", "恢复列宽"]
    assert not menu["补正…"].isEnabled()
    for words in ("登记送达…", "全部办理事项…（Ctrl+N）", "打开（Enter）"):
        menu[words].trigger()
    assert done == ["serve", "all", number]


def test_several_rows_chosen_are_written_into_a_file(table: Table, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, jobs: Jobs) -> None:
    asked: list[tuple[Table, bool]] = []
    holder = QWidget()
    holder.export_list = lambda table, chosen: asked.append((table, chosen))  # type: ignore[attr-defined]
    qtbot.addWidget(holder)
    table.setParent(holder)
    table.select(table.model.row(1).number)
    for _ in range(2):
        qtbot.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    menu = offered(table, monkeypatch)
    assert "打开（Enter）" not in menu
    menu["导出选中的 3 件…"].trigger()
    menu["导出这张表…"].trigger()
    assert asked == [(table, True), (table, False)]
    notices = Notices()
    qtbot.addWidget(notices)
    export_table(holder, jobs, notices, table, tmp_path / "a.csv", chosen=True)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert (tmp_path / "a.csv").read_text("utf-8-sig").count("\n") == 4
    table.setParent(None)


def test_how_many_there_are_stays_where_the_name_gives_way() -> None:
    painter = RowPainter()
    for text, width in (("乐东国兴实业有限公司等 12 人", 110), ("乐东国兴实业有限公司等 12 人", 70)):
        shown = painter._fit(text, px(width), False)
        assert shown.endswith("等 12 人") and shown.startswith("…" if width == 70 else "乐东") and painter.advance(shown) <= px(width)
    assert painter._fit("林例一等 2 人", px(200), False) == "林例一等 2 人"


def test_widths_chosen_by_hand_can_be_forgotten(table: Table) -> None:
    natural = table.view.columnWidth(3)
    table.view.setColumnWidth(3, 300)
    table.reset_widths()
    assert table.view.columnWidth(3) == natural


def test_figures_are_never_elided() -> None:
    assert [column.elides for column in CASE_COLUMNS] == [False, True, True, False, False, True, False]


def test_rows_are_read_in_the_pool_and_dropped_with_their_table(jobs: Jobs, qtbot: QtBot) -> None:
    table = Table(CASE_COLUMNS, key=lambda row: row.number)
    table.model.reader = through(jobs, table)
    table.show_source(Recorder(case_rows(1_000)))
    assert not table.model.loaded
    qtbot.waitUntil(lambda: table.model.loaded)
    assert table.model.total == 1_000
    table.refresh()
    shiboken6.delete(table)
    qtbot.waitUntil(lambda: not jobs.busy)


def test_a_row_on_a_page_not_read_is_found_and_one_the_list_lacks_leaves_none_selected(qtbot: QtBot) -> None:
    table = case_table(1000)
    qtbot.addWidget(table)
    assert not table.select("nowhere")
    assert table.current is None
    key = case_rows(1000)[777].number
    assert table.select(key)
    assert table.current.number == key
    table.refresh()
    assert table.current.number == key


def test_words_that_fail_leave_no_painter_behind(qtbot: QtBot) -> None:
    """The traceback holds the painter; were it still painting when the table goes, the process would end."""
    def fails(row: int) -> str:
        raise ValueError(row)

    table = Table([Column("甲", fails)], key=int)
    qtbot.addWidget(table)
    table.resize(300, 200)
    with qtbot.captureExceptions() as caught:
        table.show_source(ListSource([1], table.model.columns))
        table.show()
        table.view.viewport().repaint()
        qtbot.wait(1)
    assert caught and not table.view.viewport().paintingActive()


@pytest.fixture
def narrow(table: Table, qtbot: QtBot) -> Table:
    """A table that holds less than its columns, scrolled as far to the right as it goes, with its third row chosen."""
    table.resize(px(480), px(300))
    bar = table.view.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > px(60))
    table.select(table.model.row(2).number)
    bar.setValue(bar.maximum())
    return table


def at_left(table: Table, width: int) -> tuple[QImage, QImage]:
    """The first pixels of heading and rows."""
    return tuple(part.grab(QRect(0, 0, width, part.height())).toImage() for part in (table.view.heading.viewport(), table.view.viewport()))


def test_the_first_column_stays_while_the_others_scroll_sideways(narrow: Table, qtbot: QtBot) -> None:
    bar, wide = narrow.view.horizontalScrollBar(), narrow.view.columnWidth(0)
    assert narrow.view.heading.pinned == wide > px(100)
    scrolled, rest = at_left(narrow, wide - 2), narrow.view.viewport().grab().toImage()
    bar.setValue(0)
    assert narrow.view.heading.pinned == 0
    assert at_left(narrow, wide - 2) == scrolled
    assert narrow.view.viewport().grab().toImage() != rest, "the others have moved"


def test_the_heading_that_stays_is_clicked_where_it_is_seen(narrow: Table, qtbot: QtBot) -> None:
    heading = narrow.view.heading
    qtbot.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(px(20), px(10)))
    assert narrow.model.wish.sort == "number"
    last = len(narrow.model.columns) - 1
    qtbot.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(heading.sectionViewportPosition(last) + px(20), px(10)))
    assert narrow.model.wish.sort == narrow.model.columns[last].sort != "number"


def test_choosing_a_row_never_scrolls_sideways_and_the_arrows_do(narrow: Table, qtbot: QtBot) -> None:
    bar = narrow.view.horizontalScrollBar()
    before = bar.value()
    narrow.select(narrow.model.row(20).number)
    assert bar.value() == before and narrow.view.whole_span()[1] >= 20
    qtbot.keyClick(narrow.view, Qt.Key.Key_Left)
    assert bar.value() == max(before - px(60), 0) and narrow.current == narrow.model.row(20)
    qtbot.keyClick(narrow.view, Qt.Key.Key_Right)
    assert bar.value() == before


def test_a_first_column_that_leaves_no_room_is_not_pinned(narrow: Table, qtbot: QtBot) -> None:
    narrow.resize(px(220), px(300))
    bar = narrow.view.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert narrow.view.heading.pinned == 0
