"""The board of a session's store: one a store, following from its first use on."""

from __future__ import annotations

import logging
import threading

from execdesk.access.session import Session
from execdesk.casefile.board import Board
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.store.store import Store

FEW = 2_000  # up to so many cases are made anew while one waits
_log = logging.getLogger(__name__)
_ONE = threading.Lock()


def board_of(session: Session) -> Board:
    """The board that follows this session's store."""
    with _ONE:
        found = next((each for each in session.store.followers if isinstance(each, Board)), None)
        if found is None:
            found = _begin(session)
        return found


def _begin(session: Session) -> Board:
    store: Store = session.store
    board = Board(store, lambda: session.law, session.calendar, session.catalogue)
    board.listen()
    with store.reading():
        if not board.state().whole and Case.select().count() <= FEW:
            try:
                board.catch_up()
            except Refusal:  # a busy or full store: the board says that it is not whole, and is made later
                _log.exception("board")
    return board
