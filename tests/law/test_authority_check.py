"""Gaps and overlaps of the whole table; the links into the catalogue."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date

from execdesk.law.articletables import parse_token
from execdesk.law.authority import AuthorityTable, load_authority
from execdesk.law.authority_check import check_table
from tests.law.support import LAW, book, table

FIRST = date(2017, 8, 1)


def test_the_shipped_table_has_no_gap_and_no_overlap() -> None:
    found = check_table(table())
    assert found.faults == ()
    assert found.cells == 2 * len(list(table().cells([FIRST])))
    assert found.conflicts == len(table().data.subjects)  # the one unlisted matter, asked of each
    assert check_table(table(), [FIRST]).cells * 2 == found.cells


def test_a_cell_without_an_answer_is_a_gap() -> None:
    """A variant whose circumstance the table no longer knows cannot be asked."""
    known = {key: name for key, name in table().data.circumstances.items() if key != "person=officer"}
    faults = check_table(AuthorityTable(replace(table().data, circumstances=known), table().plan), [FIRST]).faults
    assert "change_undertaker（ordinary，2017-08-01）没有答案：不认识的情形「person=officer」" in faults[0]
    # each subject, at the matter it moves, and with the ground that leads there from another
    assert len(faults) == 2 * len(table().data.subjects)


class Stray(AuthorityTable):
    """A table that answers wrongly, for the checker to see."""

    def decide(self, matter: str, **asked: object):  # type: ignore[no-untyped-def,override]
        ruling = super().decide(matter, **asked)  # type: ignore[arg-type]
        stray = {
            "fine": {"level": "chief"},
            "detention": {"conflict": True},
            "query_property": {"reason": ""},
            "freeze_deposit": {"reason": ruling.phrase},  # the plan's words without their article
            "seize_property": {"reason": ruling.article},
        }
        return replace(ruling, **stray.get(matter, {}))


def test_a_table_that_answers_wrongly() -> None:
    faults = check_table(Stray(table().data, table().plan), [FIRST]).faults
    assert "罚款（ordinary，2017-08-01）的层级「chief」不存在" in faults
    assert "拘留（ordinary，2017-08-01）已列明却标为冲突" in faults
    for name in ("查询财产", table().data.matters["freeze_deposit"].name, "查封"):
        assert f"{name}（ordinary，2017-08-01）的理由没有引用条文" in faults


class Asked(AuthorityTable):
    """A table that remembers the days it was asked about."""

    def decide(self, matter: str, *, on: date, **asked: object):  # type: ignore[no-untyped-def,override]
        DAYS.append(on)
        return super().decide(matter, on=on, **asked)  # type: ignore[arg-type]


DAYS: list[date] = []


def test_the_last_day_before_the_plan_and_its_first_are_asked_each_cell_once() -> None:
    DAYS.clear()
    found = check_table(Asked(table().data, table().plan))
    assert set(DAYS) == {date(2017, 7, 31), FIRST}
    assert found.cells == len(DAYS) == 2 * len(list(table().cells([FIRST])))


def test_documents_and_citations_of_the_catalogue_resolve() -> None:
    catalogue = tomllib.loads((LAW.parent / "documents" / "catalogue.toml").read_text(encoding="utf-8"))["document"]
    load_authority(LAW, book(), {entry["id"] for entry in catalogue})
    for entry in catalogue:
        for token in entry.get("cite", []):
            assert parse_token(token, book().tables, book().sources)
        for matter in entry.get("matters", []):
            assert matter == "none" or table().matter(matter), (entry["id"], matter)
