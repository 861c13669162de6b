"""What the file on paper shows is entered in the window, from the list of what 终本 still lacks; what was wrong is struck again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from execdesk.casefile.steps import Step
from execdesk.records.fileentries import FileEntry
from tests.ui.journey_tools import Hands
from tests.ui.test_journey import NUMBER
from tests.world import DAY, Notes, Shelf
from ui.case.formpage import FormPage
from ui.rowsfield import RowsField


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, world: str, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get(world).copy(tmp_path / "store"))
    yield found
    found.leave()


def form(hands: Hands, action: str) -> FormPage:
    assert hands.cases.page is not None
    hands.cases.begin(Step(action, hands.cases.begun[action].title, hands.cases.page.case.id))
    hands.rest()
    assert isinstance(hands.page, FormPage), hands.words()
    return hands.page


def entered(hands: Hands) -> list[tuple[str, str | None, str | None]]:
    with hands.place.desk.session.store.reading():
        return [(row.item, row.head, row.page) for row in FileEntry.select().where(FileEntry.struck.is_null()).order_by(FileEntry.id)]


@pytest.mark.begins("noticed")
def test_the_lines_that_are_dated_are_entered_and_one_is_struck(hands: Hands, notes: Notes) -> None:
    hands.sign_in(notes["judge"])
    hands.show(NUMBER)
    page = form(hands, "file.enter")
    lines = page.form["entries"]
    assert isinstance(lines, RowsField)
    listed = [entry["item"] for entry in lines.value]
    assert listed[:2] == ["notice_served", "report_order_served"] and "queried:存款" in listed
    for place, item in enumerate(listed):
        if item in ("notice_served", "no_clue"):
            fields = {field.name: field for field in lines.row_lines[place].fields}
            fields["on"].set_text(DAY.isoformat())
            fields["page"].set_text("3")
    hands.go()
    assert entered(hands) == [("notice_served", None, "3"), ("no_clue", None, "3")], hands.words()
    page = form(hands, "file.strike")
    page.form["entry"].set_value(page.form.declared["entry"].pairs[1][0])
    page.form["reason"].set_text("页码写错")
    hands.go()
    assert len(entered(hands)) == 1
    again = form(hands, "file.enter").form["entries"]
    assert isinstance(again, RowsField) and len(again.value) == len(listed) - 1, "what was struck is asked for again"
