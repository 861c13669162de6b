"""Every list the board answers is looked back at beside that of cases: its parts with their counts, words looked for, its file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from execdesk.reads.casewhere import ListFilter
from execdesk.reads.listing import ListWanted, lists
from tests import many_measures
from tests.court_store import DAY
from tests.ui.test_court_tools import Office, office
from ui.case.past import PastListPage
from ui.exporting import export_table
from ui.settings import Settings
from ui.widgets import Button

__all__ = ["office"]


def past(office: Office) -> PastListPage:
    """The page on the day after measures were entered, showing that day."""
    link = office.sit("judge")
    many_measures.add(link.desk, 40, DAY)
    clock: Any = link.desk.session.store.clock
    clock.day = DAY + timedelta(days=1)
    page = office.page(PastListPage(link, office.notices, Settings(), ListFilter("open"), ""))
    office.settle()
    assert isinstance(page, PastListPage) and page.day == DAY
    return page


def parts(page: PastListPage) -> dict[str, Button]:
    return {button.text(): button for button in page.strip.findChildren(Button) if not button.isHidden()}


def test_every_list_is_there_with_what_was_known_on_the_day(office: Office, qtbot: QtBot) -> None:
    page = past(office)
    reads = office.link.desk.reads
    for name, of in lists().items():
        assert page.others.choose(name)
        office.settle()
        whole = reads.list_page(ListWanted(name, known_on=DAY))
        assert (page.head.title.text(), page.head.aside.text(), page.shown.model.total) == (of.title, f"{whole.total:,}", whole.total)
        assert list(parts(page)) == [f"{each.title} {each.number:,}" for each in reads.list_counts(name, DAY)]
    page.others.choose("measures")
    office.settle()
    assert page.shown.model.total == 40
    page.chooser.set_text((DAY - timedelta(days=1)).isoformat())
    page.chooser.moved_on.emit()
    office.settle()
    assert page.shown.model.total == 0 and page.others.current_key == "measures"


def test_a_part_of_it_is_shown_searched_and_written_out_and_the_cases_come_back(office: Office, tmp_path: Path) -> None:
    page = past(office)
    page.others.choose("measures")
    office.settle()
    words, button = next((words, button) for words, button in parts(page).items() if words.startswith("已失效"))
    button.click()
    office.settle()
    lapsed = page.shown.model.total
    assert words == f"已失效 {lapsed}" and 1 < lapsed < 40
    page.shown.filter(page.shown.model.row(0).title.split()[-1])
    office.settle()
    assert 0 < page.shown.model.total < lapsed
    export_table(page, office.link.jobs, office.notices, page.shown, tmp_path / "在控.csv")
    office.settle()
    assert (tmp_path / "在控.csv").read_text("utf-8-sig").count("\n") == page.shown.model.total + 1
    page.sides.views.choose("open")
    office.settle()
    assert page.shown is page.table and page.strip.isHidden() and page.others.current_key == ""


def test_a_day_that_cannot_be_looked_back_at_says_so_in_one_line(office: Office) -> None:
    page = past(office)
    page.chooser.set_text("2999-01-01")
    page.chooser.moved_on.emit()
    office.settle()
    said = page.chooser.sentence
    assert said.isVisible() and said.text() and said.height() < 2 * said.fontMetrics().height(), (said.text(), said.height())
    assert page.day == DAY, "what was shown stays"
