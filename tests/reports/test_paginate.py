"""Rows onto pages: the rules as properties, and the cases of the printing rule by count."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.page import BODY_HEIGHT
from reports.paginate import ENOUGH, PACES, PagePlan, PageUnit, Tail, height, may_break, pace, plan
from tests.tries import examples

ROWS, FIRST = 22, 15


def paragraphs(*lengths: int, sticky: frozenset[int] = frozenset()) -> list[PageUnit]:
    return [
        PageUnit(1, i, n, lambda *_: None, sticky=number in sticky) for number, n in enumerate(lengths) for i in range(n)
    ]  # fmt: skip


def pages(units: list[PageUnit], found: PagePlan) -> list[list[PageUnit]]:
    return [units[a:b] for a, b in zip(found.starts, [*found.starts[1:], len(units)], strict=True)]


BODIES = st.lists(st.integers(1, 12), min_size=2, max_size=40)
TAILS = st.builds(Tail, rows=st.sampled_from([0, 6, 9, 10, 11, 13]), trailing=st.sampled_from([0, 0, 3, 5])).map(
    lambda tail: replace(tail, spare=min(1, tail.trailing))
)


@settings(max_examples=examples(500), deadline=None)
@given(BODIES, TAILS, st.sets(st.integers(0, 40)))
def test_every_row_once_and_no_page_too_full(lengths: list[int], tail: Tail, sticky: set[int]) -> None:
    units = paragraphs(*lengths, sticky=frozenset(sticky))
    found = plan(units, tail, FIRST, ROWS)
    assert found.starts[0] == 0 and list(found.starts) == sorted(set(found.starts))
    for number, page in enumerate(pages(units, found)):
        assert height(page) <= (FIRST if number == 0 else ROWS)
    last, room = pages(units, found)[-1], FIRST if len(found.starts) == 1 else ROWS
    trailing = 0 if found.trailing_apart else tail.trailing - (tail.spare if found.closed_up else 0)
    assert height(last) + found.gap + tail.rows + trailing <= room


@settings(max_examples=examples(500), deadline=None)
@given(BODIES, TAILS)
def test_the_signature_page_bears_text_and_no_row_is_orphaned(lengths: list[int], tail: Tail) -> None:
    units = paragraphs(*lengths)
    found = plan(units, tail, FIRST, ROWS)
    if tail.rows and len(found.starts) > 1 and sum(lengths) > 2:
        assert height(pages(units, found)[-1]) >= 2
    if len(found.starts) == 1 or sum(lengths) >= 8:
        for start in found.starts[1:-1]:
            assert may_break(units, start)


@settings(max_examples=examples(300), deadline=None)
@given(BODIES)
def test_text_alone_never_leaves_one_row_of_a_paragraph(lengths: list[int]) -> None:
    units = paragraphs(*lengths)
    for start in plan(units, Tail(), FIRST, ROWS).starts[1:]:
        assert may_break(units, start)


def test_a_heading_goes_with_what_follows() -> None:
    units = paragraphs(13, 2, 4, sticky=frozenset({1}))  # 如下： would end page one
    assert plan(units, Tail(), FIRST, ROWS).starts == (13,) or plan(units, Tail(), FIRST, ROWS).starts == (0, 13)


def test_block_that_does_not_fit_takes_more_than_a_sentence_along() -> None:
    """Three rows of a paragraph, or two paragraphs; two rows where the text allows no more."""
    found = plan(paragraphs(4, 4, 6), Tail(rows=9), FIRST, ROWS)
    assert found.starts == (0, 11) and found.gap == 2
    assert plan(paragraphs(4, 4, 4, 1), Tail(rows=9), FIRST, ROWS).starts == (0, 10)
    assert plan(paragraphs(12, 2), Tail(rows=17), FIRST, ROWS).starts == (0, 10)
    assert plan(paragraphs(12, 2), Tail(rows=18), FIRST, ROWS).starts == (0, 12)


def test_a_single_last_row_is_not_left_alone_with_the_block() -> None:
    found = plan(paragraphs(4, 4, 7, 1), Tail(rows=9), FIRST, ROWS)
    assert height(paragraphs(4, 4, 7, 1)[found.starts[-1] :]) >= 2


def test_gap_shrinks_to_one_before_the_block_moves() -> None:
    assert plan(paragraphs(5), Tail(rows=9), FIRST, ROWS) == PagePlan((0,), 1)
    assert plan(paragraphs(4), Tail(rows=9), FIRST, ROWS) == PagePlan((0,), 2)
    assert len(plan(paragraphs(6), Tail(rows=9), FIRST, ROWS).starts) == 2


def test_attachments_move_on_if_they_do_not_fit() -> None:
    found = plan(paragraphs(3), Tail(rows=9, trailing=20), FIRST, ROWS)
    assert found.trailing_apart and found.starts == (0,)


HEAD = ROWS - FIRST


def holes(units: list[PageUnit], found: PagePlan, rows: int) -> list[int]:
    """Empty rows at the foot of every page but the last."""
    return [(rows - HEAD if n == 0 else rows) - height(page) for n, page in enumerate(pages(units, found)[:-1])]


@settings(max_examples=examples(300), deadline=None)
@given(BODIES, TAILS)
def test_another_pace_is_taken_only_for_a_page_less_or_a_smaller_hole(lengths: list[int], tail: Tail) -> None:
    units = paragraphs(*lengths)
    rows, found = pace(units, tail, HEAD)
    assert rows in PACES and BODY_HEIGHT / rows >= 26  # the least pitch the printing rule allows
    assert found == plan(units, tail, rows - HEAD, rows)
    grid = plan(units, tail, FIRST, ROWS)
    count, plain = (len(p.starts) + p.trailing_apart for p in (found, grid))
    assert count <= plain
    if rows != ROWS and count == plain:
        assert sum(holes(units, found, rows)) < sum(holes(units, grid, ROWS))


def test_a_hole_at_the_foot_of_page_one_is_closed_by_a_closer_pace() -> None:
    units = paragraphs(3, 1, 3, 2, 4, 3, 1, 2, sticky=frozenset({4}))  # parties, ground, basis with what it orders, effect, advice
    tail = Tail(rows=9)
    assert holes(units, plan(units, tail, FIRST, ROWS), ROWS) == [4]
    rows, found = pace(units, tail, HEAD)
    assert (rows, holes(units, found, rows)) == (23, [0])


def test_the_grid_stands_where_nothing_is_gained() -> None:
    assert pace(paragraphs(3, 1, 3, 4), Tail(rows=9), HEAD)[0] == ROWS
    assert pace(paragraphs(60, 3), Tail(rows=9), HEAD)[0] == ROWS


def test_the_empty_row_before_what_follows_is_given_up_where_that_spares_a_page() -> None:
    tail = Tail(rows=5, gaps=(0, 1), trailing=4, spare=1)
    assert plan(paragraphs(2, 4), tail, FIRST, ROWS) == PagePlan((0,), 0)
    assert plan(paragraphs(3, 4), tail, FIRST, ROWS) == PagePlan((0,), 0, closed_up=True)
    assert len(plan(paragraphs(4, 4), tail, FIRST, ROWS).starts) == 2


@settings(max_examples=examples(500), deadline=None)
@given(BODIES, TAILS, st.sets(st.integers(0, 40)))
def test_no_page_is_white_for_a_fifth_where_a_line_may_move_up(lengths: list[int], tail: Tail, sticky: set[int]) -> None:
    """Wherever a page ends early, the next place where it might end is beyond its foot, or would leave the block without text."""
    units = paragraphs(*lengths, sticky=frozenset(sticky))
    found = plan(units, tail, FIRST, ROWS)
    last = found.starts[-1]
    for number, (begin, end) in enumerate(zip(found.starts, found.starts[1:], strict=False)):
        white = (ROWS if number else FIRST) - height(units[begin:end])
        if white <= ROWS / 5 or not may_break(units, end):
            continue
        further = next((n for n in range(end + 1, len(units)) if may_break(units, n)), len(units))
        beyond = height(units[end:further]) > white
        rest = units[further:]
        sentence = height(rest) < ENOUGH and sum(unit.index == unit.count - 1 for unit in rest) < 2
        leaves_none = end == last and bool(tail.rows + tail.trailing) and sentence
        assert beyond or leaves_none or further == len(units)
