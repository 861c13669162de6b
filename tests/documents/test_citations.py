"""Citations follow the signing day across every change of the law."""

from __future__ import annotations

from datetime import date

import pytest

from execdesk.documents.citations import citation_changes
from execdesk.law.refusal import Refusal
from tests.documents.samples import NEEDED, book, catalogue, lines, make

CPL = "《中华人民共和国民事诉讼法》"
INT = "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》"
SEIZ = "《最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定》"


def basis(type_id: str, on: date) -> str:
    return next(line for line in lines(make(type_id, on=on)) if line.startswith("依照"))


@pytest.mark.parametrize(
    ("on", "code", "interpretation"),
    [
        (date(2017, 8, 1), "第二百四十二条", "第四百八十七条"),
        (date(2021, 12, 31), "第二百四十二条", "第四百八十七条"),
        (date(2022, 1, 1), "第二百四十九条", "第四百八十七条"),  # new code, old interpretation
        (date(2022, 4, 9), "第二百四十九条", "第四百八十七条"),
        (date(2022, 4, 10), "第二百四十九条", "第四百八十五条"),
        (date(2023, 12, 31), "第二百四十九条", "第四百八十五条"),
        (date(2024, 1, 1), "第二百五十三条", "第四百八十五条"),
    ],
)
def test_a_freeze_cites_the_law_of_its_signing_day(on: date, code: str, interpretation: str) -> None:
    assert basis("ruling_freeze", on) == f"依照{CPL}{code}、{INT}{interpretation}、{SEIZ}第一条规定，裁定如下："


@pytest.mark.parametrize(("on", "article"), [(date(2020, 12, 31), "第三十一条第一款第四项"), (date(2021, 1, 1), "第二十八条第一款第四项")])
def test_a_release_cites_the_rules_of_its_day(on: date, article: str) -> None:
    assert basis("ruling_release_control", on) == f"依照{SEIZ}{article}规定，裁定如下："


@pytest.mark.parametrize(
    ("type_id", "old", "middle", "new"),
    [
        ("order_consumption", "第二百五十五条和", "第二百六十二条和", "第二百六十六条和"),
        ("order_consumption", "第一百一十一条的规定", "第一百一十四条的规定", "第一百一十四条的规定"),
        ("order_property_report", "第二百四十一条和", "第二百四十八条和", "第二百五十二条和"),
        ("notice_execution", "第二百四十条的", "第二百四十七条的", "第二百五十一条的"),
        ("notice_assist_deposit", "第二百四十二条的", "第二百四十九条的", "第二百五十三条的"),
        ("ruling_correction", "第一百五十四条第一款第七项", "第一百五十七条第一款第七项", "第一百五十七条第一款第七项"),
        (
            "decision_detention",
            "第一百一十五条、第一百一十六条",
            "第一百一十八条、第一百一十九条",
            "第一百一十八条、第一百一十九条",
        ),
    ],
)
def test_numbers_in_running_text_follow_too(type_id: str, old: str, middle: str, new: str) -> None:
    for on, words in [
        (date(2021, 12, 31), old), (date(2022, 1, 1), middle), (date(2023, 12, 31), middle), (date(2024, 1, 1), new),
    ]:  # fmt: skip
        assert words in "".join(lines(make(type_id, on=on)))


@pytest.mark.parametrize("type_id", NEEDED)
@pytest.mark.parametrize("on", [date(2017, 7, 1), date(2021, 12, 31), date(2022, 4, 9), date(2026, 11, 23)])
def test_every_document_can_be_cited_on_every_day(type_id: str, on: date) -> None:
    assert "⟦blank" not in "".join(lines(make(type_id, on=on)))


def test_a_draft_moved_across_the_change_shows_old_and_new() -> None:
    text = catalogue().text("ruling_freeze", date(2017, 9, 1))
    tokens = tuple(cite.token for cite in text.cite if not cite.when.terms)
    found = citation_changes(text, book(), date(2017, 9, 1), date(2022, 1, 4), tokens)
    assert [(one.statute_title, one.old, one.new) for one in found] == [(CPL, "第二百四十二条", "第二百四十九条")]
    found = citation_changes(text, book(), date(2022, 4, 9), date(2022, 4, 10), tokens)
    assert [(one.statute_title, one.old, one.new) for one in found] == [(INT, "第四百八十七条", "第四百八十五条")]
    assert citation_changes(text, book(), date(2017, 8, 1), date(2021, 12, 31), tokens) == ()


def test_article_numbers_in_running_text_are_among_the_changes() -> None:
    text = catalogue().text("order_consumption", date(2021, 12, 31))
    found = citation_changes(text, book(), date(2021, 12, 31), date(2024, 1, 2))
    assert [(one.old, one.new) for one in found] == [
        ("第二百五十五条", "第二百六十六条"),
        ("第一百一十一条", "第一百一十四条"),
    ]


def test_before_the_law_it_is_refused() -> None:
    text = catalogue().text("receipt_service", date(2014, 1, 1))
    assert text.in_force(date(2014, 1, 1))
    with pytest.raises(Refusal) as refused:
        catalogue().text("ruling_freeze", date(2015, 2, 4))
    assert refused.value.code == "document.no_text"
