"""What differs between two texts: the old text and the difference give the new one, whatever they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.documents.difference import GONE, NEW, Piece, applied, line_pairs, pieces

WORDS = st.text("冻结被执行人的银行存款。，{a}{b}0123〔|〕［］甲乙", max_size=40)


@given(WORDS, WORDS)
def test_the_difference_applied_is_the_new_text(old: str, new: str) -> None:
    found = pieces(old, new)
    assert applied(old, found) == new
    assert (old == new) == all(piece.kind not in (GONE, NEW) for piece in found)
    assert all(piece.text for piece in found)


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_lines_beside_each_other_are_all_lines_of_both_in_their_order(old: list[str], new: list[str]) -> None:
    found = line_pairs(old, new)
    assert [pair.old for pair in found if pair.old is not None] == old
    assert [pair.new for pair in found if pair.new is not None] == new
    assert [pair.new_at for pair in found if pair.new_at is not None] == list(range(len(new)))
    for pair in found:
        assert applied(pair.old or "", pair.pieces) == (pair.new or "")


def test_a_slot_and_a_number_change_as_one_and_chance_signs_do_not_break_a_change() -> None:
    assert pieces("期限为{term}。", "期限为{months}。") == (Piece("same", "期限为"), Piece(GONE, "{term}"), Piece(NEW, "{months}"), Piece("same", "。"))
    assert pieces("于2017年", "于2018年") == (Piece("same", "于"), Piece(GONE, "2017"), Piece(NEW, "2018"), Piece("same", "年"))
    assert pieces("立即执行。", "即时生效执行。") == (Piece(GONE, "立即"), Piece(NEW, "即时生效"), Piece("same", "执行。"))


def test_a_difference_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="another text"):
        applied("甲", pieces("乙", "丙"))
