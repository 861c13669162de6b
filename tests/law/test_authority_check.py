"""Gaps and overlaps, what two tables give differently, where a figure is used; the links into the catalogue."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date

from execdesk.law.articletables import parse_token
from execdesk.law.authority import AuthorityTable, load_authority
from execdesk.law.authority_check import RowChange, check_table, table_changes, used_by
from tests.law.support import LAW, book, table

FIRST = date(2017, 8, 1)


def changed(identifier: str, **changes: object) -> AuthorityTable:
    data = table().data
    rows = {**data.matters, identifier: replace(data.matters[identifier], **changes)}  # type: ignore[arg-type]
    return AuthorityTable(replace(data, matters=rows), table().plan)


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


def test_what_two_tables_give_differently() -> None:
    assert table_changes(table(), table(), FIRST) == ()
    lower = changed("release_freeze", level="judge", statute_signer="president")
    assert table_changes(table(), lower, FIRST) == (
        RowChange("解除冻结", "层级", "执行局局长", "执行法官"),
        RowChange("解除冻结", "法定签发人", "无", "院长"),
        RowChange("解除冻结", "保留给院长", "否", "是"),
    )
    bare = changed("release_freeze", documents=(), basis=())
    documents = "、".join(table().data.matters["release_freeze"].documents)
    basis = "、".join(table().data.matters["release_freeze"].basis)
    assert table_changes(table(), bare, FIRST) == (
        RowChange("解除冻结", "文书", documents, "无"), RowChange("解除冻结", "依据", basis, "无"),
    )  # fmt: skip
    rows = {key: row for key, row in table().data.matters.items() if key != "fine"}
    without = AuthorityTable(replace(table().data, matters=rows), table().plan)
    assert table_changes(table(), without, FIRST) == (RowChange("罚款", "事项", "列明", "删去"),)
    assert table_changes(without, table(), FIRST) == (RowChange("罚款", "事项", "未列明", "列明"),)


def test_where_a_figure_is_used() -> None:
    assert used_by(table(), "exit.release") == ("解除限制出境（一般主体）", "解除特殊主体限制出境")
    assert used_by(table(), "fee.preservation.cap") == ()


def test_documents_and_citations_of_the_catalogue_resolve() -> None:
    catalogue = tomllib.loads((LAW.parent / "documents" / "catalogue.toml").read_text(encoding="utf-8"))["document"]
    load_authority(LAW, book(), {entry["id"] for entry in catalogue})
    for entry in catalogue:
        for token in entry.get("cite", []):
            assert parse_token(token, book().tables, book().sources)
        for matter in entry.get("matters", []):
            assert matter == "none" or table().matter(matter), (entry["id"], matter)
