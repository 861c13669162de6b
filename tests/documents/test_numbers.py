"""Numbers: suffixes by case and series, numbers given elsewhere, the court's own letters."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.documents.numbers import (
    NONE_ON_PAPER,
    check_entered,
    next_letter,
    next_suffix,
    numbered,
    suffix_of,
)
from execdesk.documents.texts import Series
from execdesk.law.refusal import Refusal
from tests.documents.samples import CASE_NO, DAY, catalogue


def series(type_id: str) -> Series:
    found = catalogue().series(type_id, DAY)
    assert found is not None
    return found


RULING, SANCTION, LETTER = series("ruling_freeze"), series("decision_detention"), series("letter_entrust")


@pytest.mark.parametrize(
    ("taken", "number", "suffix"),
    [
        (None, CASE_NO, 0), (0, f"{CASE_NO}之一", 1), (1, f"{CASE_NO}之二", 2), (9, f"{CASE_NO}之十", 10), (20, f"{CASE_NO}之二十一", 21),
    ],
)  # fmt: skip
def test_the_first_is_bare_and_the_second_is_zhi_yi(taken: int | None, number: str, suffix: int) -> None:
    found = next_suffix(RULING, CASE_NO, taken)
    assert (found.number, found.suffix) == (number, suffix)


@pytest.mark.parametrize(("paper", "suffix"), [(NONE_ON_PAPER, 0), (0, 1), (3, 4)])
def test_a_case_from_a_ledger_goes_on_after_paper(paper: int, suffix: int) -> None:
    assert next_suffix(RULING, CASE_NO, None, last_on_paper=paper, from_ledger=True).suffix == suffix


def test_a_case_from_a_ledger_needs_the_last_number_on_paper() -> None:
    with pytest.raises(Refusal) as refused:
        next_suffix(RULING, CASE_NO, None, from_ledger=True)
    assert refused.value.code == "number.paper"


@given(st.none() | st.integers(0, 60), st.integers(-1, 60))
def test_no_number_is_given_twice(taken: int | None, paper: int) -> None:
    found = next_suffix(RULING, CASE_NO, taken, last_on_paper=paper)
    assert found.suffix == max(-1 if taken is None else taken, paper) + 1
    assert suffix_of(CASE_NO, found.number) == found.suffix


def test_only_suffix_series_have_suffixes() -> None:
    for other in (SANCTION, LETTER):
        with pytest.raises(Refusal) as refused:
            next_suffix(other, CASE_NO, None)
        assert refused.value.code == "number.series"


def test_a_case_number_as_typed_is_printed_in_the_one_form() -> None:
    assert numbered("(2017)琼9027执123号之三", 1).number == f"{CASE_NO}之一"


def test_another_cases_number_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        suffix_of(CASE_NO, "（2017）琼9027执124号之一")
    assert refused.value.code == "number.foreign"


def test_a_sanction_number_is_entered_and_checked() -> None:
    assert check_entered(SANCTION, "(2017)琼9027司惩3号", court_code="琼9027", on=DAY) == "（2017）琼9027司惩3号"


@pytest.mark.parametrize(
    "text",
    [
        "（2017）琼9027执3号",
        "（2017）琼9026司惩3号",
        "（2018）琼9027司惩3号",
        "（2017）琼9027司惩3号之一",
    ],
)
def test_a_wrong_sanction_number_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_entered(SANCTION, text, court_code="琼9027", on=DAY)
    assert refused.value.code == "number.entered"


def test_a_ruling_number_cannot_be_entered() -> None:
    with pytest.raises(Refusal):
        check_entered(RULING, CASE_NO, court_code="琼9027", on=DAY)


def test_letters_are_numbered_by_year_at_one_desk() -> None:
    assert next_letter(LETTER, "HQ", date(2017, 8, 1), None).number == "乐法执函〔2017〕1号"
    assert next_letter(LETTER, "HQ", date(2018, 1, 2), 5).number == "乐法执函〔2018〕6号"
    with pytest.raises(Refusal) as refused:
        next_letter(LETTER, "HL", date(2017, 8, 1), None)
    assert refused.value.code == "number.desk"
    with pytest.raises(Refusal):
        next_letter(RULING, "HQ", date(2017, 8, 1), None)
