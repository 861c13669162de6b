"""The whole law once more, read by hand from the sources: every figure and article on the first and last day it holds.

``reference_figures.tsv`` and ``reference_articles.tsv`` are no copies of ``resources/law``: they were made from the list the
data were entered from, each row with its source, so that a slip in either shows.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta

import pytest

from execdesk.law.articles import article
from execdesk.law.book import VALUE
from execdesk.law.datafile import read_data
from tests.law.rules import BOOK, LAW, day, refused
from tests.law.support import rows

ONE = timedelta(days=1)
BESIDES = ("supplement", "rates", "readings")  # what the rules need beyond the list


FIGURES: dict[str, list[list[str]]] = defaultdict(list)
for _row in rows("reference_figures.tsv"):
    FIGURES[_row[0]].append(_row)


def test_nothing_is_missing_and_nothing_stands_besides() -> None:
    besides = {(row["key"], row.get("valid_from")) for name in BESIDES for row in read_data(LAW / f"{name}.toml", {"value": VALUE}).rows("value")}
    listed = {(key, day(since) if since else None) for key, found in FIGURES.items() for _, since, *_ in found}
    assert {(key, value.valid_from) for key in BOOK.values for value in BOOK.history(key)} == listed | besides


@pytest.mark.parametrize("key", FIGURES)
def test_figure(key: str) -> None:
    for _, since, until, unit, value, source in FIGURES[key]:
        wanted = json.loads(value)
        for on in {since or "1900-01-01", until or "2099-12-31"}:
            found = BOOK.value(key, day(on))
            shown = found.value.isoformat() if isinstance(found.value, date) else found.value
            assert (shown, type(shown), found.unit, found.source) == (wanted, type(wanted), unit, source)
            assert (str(found.valid_from or ""), str(found.valid_to or "")) == (since, until)
    first = min(value.valid_from or date.min for value in BOOK.history(key))
    last = max(value.valid_to or date.max for value in BOOK.history(key))
    if first != date.min:
        refused_on(key, first - ONE)
    if last != date.max:
        refused_on(key, last + ONE)


def refused_on(key: str, on: date) -> None:
    """Outside its validity a figure is refused in a sentence (which may end with the source, not a full stop)."""
    assert key in refused("law.not_in_force", lambda: BOOK.value(key, on))


@pytest.mark.parametrize("statute", dict.fromkeys(row[0] for row in rows("reference_articles.tsv")))
def test_articles(statute: str) -> None:
    listed = [row for row in rows("reference_articles.tsv") if row[0] == statute]
    assert {row[1] for row in listed} == set(BOOK.tables[statute].topics)
    for _, topic, since, until, number in listed:
        for on in {since, until or "2099-12-31"}:
            if number:
                assert article(BOOK, topic, day(on), statute).article == int(number), (topic, on)
            else:
                refused("law.not_in_force", lambda topic=topic, on=on: article(BOOK, topic, day(on), statute))
    first = min(row[2] for row in listed)
    refused("law.not_in_force", lambda: article(BOOK, listed[0][1], day(first) - ONE, statute))
