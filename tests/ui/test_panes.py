"""No pane is empty while its list is full, after every view, town, scope, filter, day and person; names are told at 1366×768."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.journey_tools import DAY, Hands
from tests.world import Shelf
from ui.adminpage import AdminPage
from ui.approval.requestcard import RequestCard
from ui.expiry import ExpiryPage
from ui.table_paint import PAD
from ui.theme import px

LEAST = 5  # characters of a name that are told before it is cut, where more than one is behind it


def of(qtbot: QtBot, worlds: Shelf, world: str, folder: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get(world).copy(folder / "store"))
    yield found
    found.leave()


@pytest.fixture
def full(qtbot: QtBot, worlds: Shelf, tmp_path: Path) -> Iterator[Hands]:
    """The court with the sample ledger."""
    yield from of(qtbot, worlds, "ledger", tmp_path)


@pytest.fixture
def waiting(qtbot: QtBot, worlds: Shelf, tmp_path: Path) -> Iterator[Hands]:
    """The court with matters waiting at every level."""
    yield from of(qtbot, worlds, "matters", tmp_path)


def agree(hands: Hands) -> int:
    """How many cases the list has, after it was held against the pane beside it."""
    hands.until(lambda: hands.cases.table.model.loaded and not hands.place.jobs.busy)
    hands.rest()
    table, panel = hands.cases.table, hands.cases.panel
    if table.model.count:
        assert panel.page is not None and table.current is not None and panel.page.case.id == table.current.id
    return table.model.count


def test_the_case_beside_the_list(full: Hands) -> None:
    full.sign_in("clerk")
    full.cases.choose_scope("all")
    found = [agree(full)]
    for item in [*full.cases.side.items_.items, *full.cases.glance.items_.items]:
        if item.key and item.key not in ("radar", "past"):
            (full.cases.glance if item.key == "week" else full.cases.side).choose(item.key)
            found.append(agree(full))
    assert found.count(0) > 0 and len([number for number in found if number]) > 12, "full lists and empty ones were met"
    full.cases.side.choose("open")
    for words in ("林", "没有这个人", ""):
        full.cases.table.filter(words)
        agree(full)
    for scope in ("group", "all"):
        full.cases.choose_scope(scope)
        assert agree(full)
    full.place.day_moved(DAY + timedelta(days=40), lambda: None)
    assert agree(full)
    full.change_person("judge-3")
    assert agree(full)


def test_the_matter_beside_the_inbox(waiting: Hands) -> None:
    for number, account in enumerate(("president", "director", "judge-1", "seal", "admin")):
        waiting.change_person(account) if number else waiting.sign_in(account)
        waiting.shell.choose_tab(2)
        waiting.rest()
        tab = waiting.place.tabs.approvals
        assert isinstance(tab.card, RequestCard) and (tab.card.key == tab.list.current_key) and bool(tab.card.key) == bool(tab.list.keys), account
        for key in tab.list.keys[1:4]:
            tab.list.choose(key)
            waiting.rest()
            assert tab.card.key == key and tab.papers.view.pages.count, (account, key)


def test_pages_and_conditions_stand_before_the_president(waiting: Hands, worlds: Shelf) -> None:
    """The request that has papers, as whoever reads it sees it."""
    waiting.sign_in("president")
    waiting.shell.choose_tab(2)
    waiting.rest()
    tab = waiting.place.tabs.approvals
    tab.choose(worlds.get("matters").notes["ids"]["freeze"])
    waiting.until(lambda: tab.card.page is not None and tab.card.page.documents and tab.papers.view.pages.count > 1)
    papers = tab.card.page.conditions
    assert [one.title for one in papers] == [one.title for one in tab.card.page.documents] and len(papers) == 2
    conditions = papers[0].checks
    assert len(conditions) > 10 and all(what and sentence for _state, what, sentence in conditions)
    assert [state for state, _what, _sentence in conditions] == sorted((state for state, _what, _sentence in conditions), key=lambda state: state == "ok")
    seen = {label.text() for label in tab.card.findChildren(type(tab.papers.which))}
    assert all(what in seen and sentence in seen for _state, what, sentence in conditions)


def test_the_section_beside_the_list_of_administration(waiting: Hands) -> None:
    waiting.sign_in("admin")
    tool = next(tool for tool in waiting.place.tabs.tools(lambda day, done: None) if tool is not None and tool.title == "人员和授权")
    waiting.shell.open_tool(tool)
    waiting.rest()
    page = waiting.page
    assert isinstance(page, AdminPage)
    for key, section in page.sections.items():
        page.list.choose(key)
        waiting.rest()
        assert page.table.model.total == len(section.rows)


def test_the_end_beside_the_line_of_ends(full: Hands) -> None:
    full.sign_in("clerk")
    full.cases.radar_asked.emit()
    full.rest()
    page = full.page
    assert isinstance(page, ExpiryPage)
    assert bool(page.table.model.total) == (page.table.current is not None)


def test_names_are_told_at_1366(full: Hands) -> None:
    full.sign_in("clerk")
    full.shell.resize(1366, 768)
    full.cases.choose_scope("all")
    agree(full)
    table = full.cases.table
    numbers = {column.title: number for number, column in enumerate(table.model.columns)}
    cut = 0
    for title in ("申请执行人", "被执行人"):
        column, room = table.model.columns[numbers[title]], table.view.columnWidth(numbers[title]) - 2 * px(PAD)
        for place in range(40):
            row = table.model.row(place)
            text, advance = column.text(row), table.view.painter_.advance
            if advance(text) > room:
                name, several, number = text.rpartition("等 ")
                least = f"{name[:LEAST]}…{several}{number}" if several else f"{text[:LEAST]}…"
                assert advance(least) <= room, least
                assert (column.tip(row) if several else True), "who they are is told on pointing"
                cut += 1
    assert cut > 5
