"""The line of ends: one mark a measure, in its place; line and list share one selection; keyboard; export with every column."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from execdesk.reads.lists.measures import MEASURES, ExpiryRow
from execdesk.reads.measures import Expiry
from tests import court_store, many_measures
from tests.ui.test_court_tools import Office, office
from ui.expiry import ExpiryPage, about
from ui.exporting import export_table
from ui.radar import Radar
from ui.radar import sizes as radar_sizes
from ui.radarplan import SPAN, Sizes, lanes_of, months, plan, tone_of
from ui.theme import px

__all__ = ["office"]
DAY = date(2018, 1, 2)
SIZES = Sizes(names=140, lapsed=48, far=58, step=11, lane=58, band=27, foot=18)


def measure(number: int, left: int | None, judge: str = "法官甲", group: str = "沿海组") -> ExpiryRow:
    urgency = "unknown" if left is None else "lapsed" if left < 0 else "soon" if left <= 30 else "later"
    end = DAY + timedelta(days=left) if left is not None else None
    return ExpiryRow(
        str(number), f"（2017）琼9027执{number}号", f"冻结 某某银行 尾号 {number}", "存款", 100, "林例一", judge, end, left, "", urgency, "控制中", "freeze", group,
    )


def test_one_mark_a_measure_and_no_two_in_one_place() -> None:
    rows = [measure(n, n % (SPAN + 1)) for n in range(2200)]
    found = plan(rows, 848, 560, SIZES)
    assert len(found.marks) == 2200
    places = {(mark.lane, mark.x, mark.y) for mark in found.marks}
    assert len(places) == 2200
    lane = found.lanes[0]
    assert all(lane.top <= mark.y <= lane.top + lane.height for mark in found.marks)


def test_lapsed_stands_left_of_today_and_far_is_only_counted() -> None:
    found = plan([measure(1, -3), measure(2, 0), measure(3, SPAN), measure(4, SPAN + 1), measure(5, None)], 848, 560, SIZES)
    x = {mark.row.id: mark.x for mark in found.marks}
    assert set(x) == {"1", "2", "3"}
    assert found.left < x["1"] < found.today <= x["2"] < x["3"] <= found.right
    assert (found.lanes[0].far, found.lanes[0].lapsed, found.lanes[0].soon, len(found.lanes[0].rows)) == (1, 1, 1, 4)


def test_line_and_bar_do_not_call_each_other_without_end(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the plan is too high without a bar, and low enough in the room that a bar leaves."""
    rows = [measure(n, left) for n, left in enumerate(sorted(map(Random(14).randint, [-5] * 340, [SPAN] * 340)))]
    radar = Radar()
    qtbot.addWidget(radar)
    bar, narrow = radar.verticalScrollBar().sizeHint().width(), px(34)
    heights = {wide: plan(rows, wide, 100, radar_sizes()).height for wide in range(480, 900)}
    wide = next(wide for wide in range(500, 900) if heights[wide - bar] < heights[wide])
    radar.resize(wide, heights[wide] + narrow + 200)
    radar.show()
    radar.show_expiry(Expiry(tuple(rows), 30, DAY))
    arranged: list[int] = []
    monkeypatch.setattr(Radar, "arrange", lambda self, arrange=Radar.arrange: (arranged.append(1), arrange(self)))
    radar.resize(wide, (heights[wide] + heights[wide - bar]) // 2 + narrow)
    qtbot.wait(50)
    assert len(arranged) < 5


def test_lanes_follow_the_groups_and_those_without_stand_last() -> None:
    rows = [measure(1, 5, "法官丁", "山区组"), measure(2, 5, "未定", ""), measure(3, 5, "未定", "沿海组"), measure(4, 5, "法官甲")]
    assert [(lane.group, lane.judge) for lane in lanes_of(rows, ("沿海组", "山区组"))] == [
        ("沿海组", "法官甲"), ("沿海组", "未定"), ("山区组", "法官丁"), ("", "未定"),
    ]


def test_a_measure_without_an_amount_names_none() -> None:
    assert "1.00 元" in about(measure(1, 5))
    assert not any("元" in part for part in about(replace(measure(1, 5), amount_fen=None)))


def test_colours_and_months() -> None:
    assert [tone_of(measure(1, left)) for left in (-1, 30, 90, 91)] == ["red", "amber_mark", "navy", "navy_far"]
    assert months(date(2017, 12, 31))[:2] == [(1, "2018", True), (32, "2 月", False)]
    assert months(DAY)[-1][0] <= SPAN


def test_views_count_every_measure_once_and_list_and_line_share_one_selection(office: Office, qtbot: QtBot) -> None:
    link = office.sit("judge")
    many_measures.add(link.desk, 240, court_store.DAY)
    page = office.page(ExpiryPage(link, office.notices))
    counts = dict.fromkeys(MEASURES.views, 0) | Counter(row.band for row in page.shown.rows) | {"all": len(page.shown.rows)}
    assert counts == {count.view: count.number for count in page.shown.counts}
    assert counts["all"] == page.table.model.total == 240
    assert sum(count for key, count in counts.items() if key != "all") == 240
    assert page.radar.mark is not None
    assert page.radar.mark.row.id == page.table.current.id

    page.bands["later"].click()
    office.settle()
    assert page.table.model.total == counts["later"] > 0
    deep = [row for row in page.shown.rows if row.urgency == "later" and row.days_left < SPAN][-1]
    page.table.select(deep.id)
    office.settle()
    assert page.radar.mark.row.id == deep.id
    qtbot.keyClick(page.radar, Qt.Key.Key_Home)  # a mark that the list did not hold: it shows all again
    office.settle()
    assert page.view == "all"
    assert page.table.current.id == page.radar.mark.row.id == page.shown.rows[0].id
    qtbot.keyClick(page.radar, Qt.Key.Key_End)
    office.settle()
    assert page.table.current.id == page.radar.mark.row.id
    with qtbot.waitSignal(page.case_asked) as asked:
        qtbot.keyClick(page.radar, Qt.Key.Key_Return)
    assert asked.args == [court_store.NUMBER]


def test_a_click_on_a_mark_chooses_it_and_the_words_are_read_out(office: Office, qtbot: QtBot) -> None:
    link = office.sit("judge")
    many_measures.add(link.desk, 40, court_store.DAY)
    page = office.page(ExpiryPage(link, office.notices))
    radar = page.radar
    mark = radar.plan.marks[-1]
    radar.bring(mark)
    at = radar.mark_at(QPoint(mark.x, mark.y + px(34) - radar.verticalScrollBar().value()))
    assert at == mark
    radar.go(mark)
    office.settle()
    assert page.table.current.id == mark.row.id
    assert mark.row.title in radar.accessibleDescription()


def test_the_export_holds_every_column_of_what_is_listed(office: Office, tmp_path: Path) -> None:
    link = office.sit("judge")
    many_measures.add(link.desk, 12, court_store.DAY)
    page = office.page(ExpiryPage(link, office.notices))
    export_table(page, link.jobs, office.notices, page.table, tmp_path / "到期.csv")
    office.settle()
    head, *rows = csv.reader((tmp_path / "到期.csv").read_text("utf-8-sig").splitlines())
    assert len(rows) == 12 and head == [column.title for column in page.table.every] and len(head) == len(MEASURES.columns)
