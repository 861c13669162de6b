"""What the tests of the rules share: the book, calendars by hand, the way to ask for a refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from execdesk.law.book import LawBook, load_law
from execdesk.law.calendar import CourtCalendar, TableCalendar, load_calendar
from execdesk.law.refusal import Refusal

ROOT = Path(__file__).resolve().parents[2]
LAW = ROOT / "resources" / "law"
BOOK: LawBook = load_law(LAW)
TABLE: TableCalendar = load_calendar(LAW / "calendar.toml")
CALENDAR = CourtCalendar(TABLE, ())
# random histories of one kind: some on every run, ten thousand in the long proofs
MANY = pytest.mark.parametrize("many", [100, pytest.param(10_000, marks=pytest.mark.slow)])


class Unpublished:
    """A calendar of which nothing is known."""

    def is_workday(self, day: date) -> bool | None:
        return None


def day(text: str) -> date:
    """2018-02-01 as a date."""
    return date.fromisoformat(text)


def refused(code: str, call: Callable[[], object]) -> str:
    """The sentence of the refusal ``code`` that ``call`` must raise."""
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code, (caught.value.code, caught.value.text)
    assert caught.value.text.endswith("。")
    return caught.value.text
