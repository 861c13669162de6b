"""Every figure, source, article and rest day held to the reference they were taken from; each difference is named with its reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from execdesk.law.sources import Source
from tests.law.reference_files import full_width, reference
from tests.law.rules import BOOK, TABLE

THIRD = "乐法〔2017〕33号 第6条第三款"
# key → what the data say instead. The list of 执行局局长 is the third paragraph of article 6; a dash is no source; a rule is no day.
SOURCE_INSTEAD = {
    "special.listing_level": THIRD,
    "special.exit_level": THIRD,
    "statute.enforcement_act_pending": "立法动态（尚未施行）",
    "later_changes.watch": "各新规原文（列于数值）",
}
SEEN = {"text": "全文", "number_or_part": "文号或片段", "no": "未见"}
STATUTES = {
    "civil_procedure_law": "cpl", "civil_procedure_interpretation": "interpretation", "seizure_rules": "seizure",
    "auction_rules": "auction", "enforcement_work_rules": "enforcement", "procedure_interpretation": "procedure",
}  # fmt: skip


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def test_every_figure_of_the_reference() -> None:
    listed = reference("law.yaml")["params"]
    assert len(listed) == len({(row["key"], row["valid_from"]) for row in listed})
    for row in listed:
        known = {plain(value.valid_from): value for value in BOOK.history(row["key"])}
        found = known[row["valid_from"]]
        worded = isinstance(row["value"], str) and row["unit"] in {None, "date"} and not row["value"][:4].isdigit()
        unit = "rule" if worded else row["unit"]
        wanted = (row["value"], unit, row["valid_to"], SOURCE_INSTEAD.get(row["key"], full_width(row["source"])), row["status"] == "c")
        assert (plain(found.value), found.unit, plain(found.valid_to), found.source, found.confirmed) == wanted, row["key"]


def test_every_source_of_the_reference() -> None:
    listed = reference("law.yaml")["sources"]
    assert set(BOOK.sources) == set(listed)
    for key, row in listed.items():
        found: Source = BOOK.sources[key]
        assert full_width(row["title"]).startswith(found.title), key
        assert full_width(row["doc_no"]).startswith(found.doc_no) or found.doc_no in full_width(row["title"]), key
        assert (plain(found.valid_from), plain(found.valid_to), found.seen) == (row["valid_from"], row["valid_to"], SEEN[row["seen"]]), key


def test_every_article_of_the_reference() -> None:
    for name, table in reference("law.yaml")["concordance"].items():
        topics = BOOK.tables[STATUTES[name]].topics
        if "topics" in table:
            versions = [version["id"] for version in table["versions"]]
            listed = {row["topic"]: {key: row.get(key) for key in versions} for row in table["topics"]}
        else:
            listed = {key: dict(zip(("old", "new"), pair, strict=True)) for key, pair in table["map"].items()}
        assert {key: {version: topic.articles.get(version) for version in listed[key]} for key, topic in topics.items()} == listed


def test_every_rest_day_of_the_reference() -> None:
    for year, row in reference("law.yaml")["holidays"].items():
        for first, last in row["rest"]:
            assert TABLE.is_workday(date.fromisoformat(first)) is False, (year, first)
            assert TABLE.is_workday(date.fromisoformat(last)) is False, (year, last)
        assert all(TABLE.is_workday(date.fromisoformat(day)) for day in row["makeup"]), year
