"""The board on random histories of three desks: what it says of any past moment is what a replay up to there says; it equals the board
made anew; a row changed by hand is found."""

from __future__ import annotations

import pytest

from execdesk.casefile.boardcheck import BoardWalk
from execdesk.store.check import check, check_some
from tests.casefile.histories import BoardHistory, places, replayed, standing, stored, summed
from tests.store.desks import bureau, judge

STEPS = 50


def run(seed: int) -> BoardHistory:
    history = BoardHistory(seed, bureau())
    try:
        history.run(STEPS)
        history.exchange_everything()
        for desk, board in zip(history.desks, history.boards, strict=True):
            assert board.state().whole
            assert check(desk.store, judge(), lambda done, total: None, BoardWalk(board)).faults == []
            before, sums = stored(desk.store), summed(desk.store)
            for place in places(desk.store)[:: max(len(places(desk.store)) // 12, 1)]:
                assert standing(desk.store, place) == replayed(board, place), place
            board.rebuild()
            assert stored(desk.store) == before
            assert summed(desk.store) == sums
        assert len({repr(standing(desk.store, 2**40)) for desk in history.desks}) == 1, "desks with the same lines show the same"
    except BaseException as error:
        error.add_note(f"history with seed {seed}")
        raise
    finally:
        for desk in history.desks:
            desk.store.close()
    return history


@pytest.mark.parametrize("seed", (*range(6), 146))  # 146: a measure goes to another case, and what it lay on with it
def test_a_past_list_equals_its_replay_and_the_board_the_one_made_anew(seed: int) -> None:
    history = run(seed)
    assert len(history.model.made) > 20


@pytest.mark.slow
def test_many_histories() -> None:
    met = sum(run(seed).clashes_met for seed in range(100, 160))
    assert met > 50


def _spoil(history: BoardHistory, statement: str) -> tuple[list[str], list[str]]:
    """The faults found after a row of the first desk's board was changed by hand, and after it was mended."""
    desk, board = history.desks[0], history.boards[0]
    assert desk.store.base.execute_sql(statement) is not None
    found = check(desk.store, judge(), lambda done, total: None, BoardWalk(board)).faults
    board.mend(fault.place.rpartition(" ")[2] for fault in found if fault.kind == "board")
    again = check(desk.store, judge(), lambda done, total: None, BoardWalk(board)).faults
    return [fault.place.split()[0] for fault in found], [fault.text for fault in again]


SPOILED = {
    "案件列表": 'UPDATE board_case SET due_on = \'2099-01-01\' WHERE id = (SELECT MAX(id) FROM board_case WHERE state = \'open\' AND until > 9999999)',
    "期限": "DELETE FROM board_term WHERE id = (SELECT MIN(id) FROM board_term)",
    "待办": "INSERT INTO board_waiting (\"case\", since, until, place, kind, row, words, duty, widely, person) "
            "SELECT id, 1, 9, 1, 'x', 'x', 'x', '', '', '' FROM \"case\" LIMIT 1",
    "承办": "INSERT INTO board_worker (\"case\", since, until, person, role, from_on, to_on, row) VALUES ('NOBODY', 1, 9, '', '', '', '', '')",
    "台账导入": "UPDATE board_import SET imported = imported + 1 WHERE id = (SELECT MAX(id) FROM board_import)",
    "待定台账行": "DELETE FROM board_tray WHERE id = (SELECT MIN(id) FROM board_tray)",
    "审批事项": "INSERT INTO board_request (\"case\", since, until, row, title, applicant, put_forward, state, sort) VALUES ('NOBODY', 1, 9, '', '', '', '', '', '')",
    "审批意见": "INSERT INTO board_decision (\"case\", since, until, row, request, kind, person, decided_on, at) VALUES ('NOBODY', 1, 9, '', '', '', '', '', '')",
    "待签章文书": "INSERT INTO board_paper (\"case\", since, until, row, title, state, persons, words) VALUES ('NOBODY', 1, 9, '', '', '', '', '')",
    "合计": "UPDATE board_sum SET claim_fen = claim_fen + 1 WHERE id = (SELECT MAX(id) FROM board_sum)",
}  # fmt: skip


DRAWN_IN = {"案件列表": ["合计"]}  # what is counted of a row is wrong with it


@pytest.mark.parametrize("place", SPOILED)
def test_a_row_changed_by_hand_is_found_named_and_set_right(place: str) -> None:
    history = BoardHistory(3, bureau())
    history.run(45)
    whole = stored(history.desks[0].store)
    sums = summed(history.desks[0].store)
    told, again = _spoil(history, SPOILED[place])
    assert (set(told), again) == ({place, *DRAWN_IN.get(place, ())}, [])
    assert (stored(history.desks[0].store), summed(history.desks[0].store)) == (whole, sums)
    for desk in history.desks:
        desk.store.close()


def test_a_walk_over_sessions_reaches_the_board_and_ends() -> None:
    history = BoardHistory(4, bureau())
    history.run(30)
    desk, board = history.desks[0], history.boards[0]
    desk.store.base.execute_sql(SPOILED["期限"])
    found, done, steps = [], False, 0
    while not done and steps < 500:
        run_ = check_some(desk.store, judge(), 20, BoardWalk(board))
        found, done, steps = [*found, *run_.verdict.faults], run_.done, steps + 1
    assert [fault.kind for fault in found] == ["board"] and steps > 1
    for each in history.desks:
        each.store.close()


def test_lines_that_nobody_followed_are_caught_up_with() -> None:
    history = BoardHistory(5, bureau())
    desk, board = history.desks[0], history.boards[0]
    history.run(20)
    desk.store.followers.clear()
    history.run(20)
    desk.store.followers.append(board)
    assert not board.state().whole
    history.run(10)
    while board.go_on(3):
        pass
    assert board.state().whole and summed(desk.store)
    before = stored(desk.store)
    board.rebuild()
    assert stored(desk.store) == before
    for each in history.desks:
        each.store.close()


def test_a_board_made_by_another_program_is_made_anew_in_slices_while_acts_go_on() -> None:
    history = BoardHistory(6, bureau())
    desk, board = history.desks[0], history.boards[0]
    history.run(90)
    desk.store.set_meta("board.made", '{"by": "another"}')
    told = [board.state()]
    while board.go_on(1):
        told.append(board.state())
        if len(told) < 8:
            history.run(2)
            assert board.summed == board.state().whole
    assert board.summed and summed(desk.store)
    assert not told[0].whole and told[-1].whole and len(told) > 3
    assert [state.percent for state in told] == sorted(state.percent for state in told)
    before = stored(desk.store)
    board.rebuild()
    assert stored(desk.store) == before
    for each in history.desks:
        each.store.close()
