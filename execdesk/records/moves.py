"""From which state to which a row may go, by which act, at whose hands: one table a record, declared beside it.

Actions ask the table what is possible, an act is checked by it before it commits, and a line of another desk whose move is not in it
is without effect. A table is part of the rules of a line's writer (:data:`RULES`), which lines name: one that takes a move away or
changes it counts it up and keeps the old one for the old lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from execdesk.records.charge import InCharge

RULES = 1  # the number of this program's rule set: owner rules, moves, and the table of levels that says who decides a matter
NEW = ""  # the state of a row that is not there yet
ANY = "*"  # whatever the act is: of rows that many actions make
SETUP, DESK = "store.setup", "store.incident"

# Who makes a move, where a duty of the organisation's posts does not say it.
ROLES: Mapping[str, str] = {
    "case_judge": "承办法官", "applicant": "提出人", "signer": "署名人", "decider": "有权审批的人", "above": "上级审批人", "statute_signer": "法定签发人",
    "cosigner": "待签名的人", "recorder": "笔录人", "paper_enterer": "提出人以外的录入人", "paper_approver": "在纸面上批准的人", "founder": "设立人", "desk": "本机",
    "text_author": "起草更正的人", "phrase_author": "记下常用语的人",
}


@dataclass(frozen=True)
class MoveCondition:
    """What must hold beside the state: in ``words``, and as a function of the row as the act leaves it and of the act."""

    words: str
    holds: Callable[[Any, Any], bool]


CONDITIONS: dict[str, MoveCondition] = {}  # registered by the rooms whose business they are


def condition(name: str, words: str) -> Callable[[Callable[[Any, Any], bool]], Callable[[Any, Any], bool]]:
    """Register a function (row, act) under the name by which tables of moves call it; an act asks it before it commits."""

    def register(holds: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
        if name in CONDITIONS:
            raise ValueError(f"condition {name} is registered twice")
        CONDITIONS[name] = MoveCondition(words, holds)
        return holds

    return register


CONDITIONS_BY_LINES: dict[str, Callable[[Any], bool]] = {}  # the same asked of a write as the judge of lines has it


def by_lines(name: str) -> Callable[[Callable[[Any], bool]], Callable[[Any], bool]]:
    """Register a function of a write under the name of a condition: what every desk asks of the line that makes the move."""

    def register(holds: Callable[[Any], bool]) -> Callable[[Any], bool]:
        if name in CONDITIONS_BY_LINES:
            raise ValueError(f"condition {name} is registered twice for lines")
        CONDITIONS_BY_LINES[name] = holds
        return holds

    return register


@dataclass(frozen=True)
class Move:
    """One move by one act: ``by`` are duties of posts or :data:`ROLES`, ``when`` one of
    :data:`CONDITIONS`; ``charge`` says in which cases the duties count, where they do not in all.

    A move from a state to itself says that the act is possible there and leaves the state.
    """

    start: str
    to: str
    act: str
    by: tuple[str, ...]
    when: str = ""
    charge: InCharge | None = None


Names = str | tuple[str, ...]
Hands = Names | InCharge


def moves(start: Names, to: Names, act: Names, by: Hands, when: str = "") -> tuple[Move, ...]:
    """The moves between states by acts; each of ``start``, ``to`` and ``act`` may be several."""
    return tuple(Move(s, t, a, hands(by), when, charge_of(by)) for s in _names(start) for t in _names(to) for a in _names(act))


def stays(state: Names, act: Names, by: Hands, when: str = "") -> tuple[Move, ...]:
    """Acts that are possible in a state and leave it."""
    return tuple(Move(s, s, a, hands(by), when, charge_of(by)) for s in _names(state) for a in _names(act))


def _names(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names


def hands(by: Hands) -> tuple[str, ...]:
    """The names of those who may."""
    return by.duties if isinstance(by, InCharge) else _names(by)


def charge_of(by: Hands) -> InCharge | None:
    """Where they must be in charge, if it is said."""
    return by if isinstance(by, InCharge) else None


class Moves:
    """The table of one record: its states with their words, and its moves."""

    def __init__(self, words: Mapping[str, str], *rows: tuple[Move, ...]) -> None:
        self.words = words
        self.rows: tuple[Move, ...] = tuple(move for row in rows for move in row)
        self._pairs = frozenset((move.start, move.to, move.act) for move in self.rows)
        self._asked = {move.act for move in self.rows}
        if len(self._pairs) != len(self.rows):
            raise ValueError("a move is declared twice")
        for move in self.rows:
            if {move.start, move.to} - {NEW, *words}:
                raise ValueError(f"no such state: {move}")

    def allows(self, start: str, to: str, act: str) -> bool:
        """Whether an act may bring a row from one state to another; what stays where it is, is no move."""
        return (start == to and to in self.words) or (start, to, act) in self._pairs or (start, to, ANY) in self._pairs

    def conditions(self, start: str, to: str, act: str) -> tuple[str, ...]:
        """Of which one must hold, that an act may bring a row from one state to another; none where it may in any case."""
        found = tuple(move.when for move in self.rows if (move.start, move.to) == (start, to) and move.act in (act, ANY))
        return found if all(found) else ()

    def possible(self, state: str, act: str) -> bool:
        """Whether an act may be done to a row in a state."""
        return any(move.start == state and move.act == act for move in self.rows)

    def leaves(self, state: str, act: str) -> bool:
        """Whether an act that leaves the state of a row may be done in it: where the table names such states, it is one of them."""
        named = [move.start for move in self.rows if move.start == move.to and move.act == act]
        return not named or state in named

    def starts(self, act: str) -> tuple[str, ...]:
        """The states in which an act may be done."""
        return tuple(dict.fromkeys(move.start for move in self.rows if move.act == act))

    def acts_in(self, state: str) -> tuple[str, ...]:
        """The acts that may be done to a row in a state, in the order of the table."""
        return tuple(dict.fromkeys(move.act for move in self.rows if move.start == state and move.act != ANY))

    def between(self) -> Iterator[tuple[str, str, tuple[Move, ...]]]:
        """The pairs of states with the moves between them, in the order of the table."""
        pairs = dict.fromkeys((move.start, move.to) for move in self.rows)
        yield from ((start, to, tuple(m for m in self.rows if (m.start, m.to) == (start, to))) for start, to in pairs)


def require_conditions(tables: Iterable[Moves]) -> None:
    """Return if every condition of the tables has its function.

    Raises:
        ValueError: naming those that have none.
    """
    unknown = {move.when for table in tables for move in table.rows if move.when} - CONDITIONS.keys()
    if unknown:
        raise ValueError(f"moves name conditions that nobody registered: {sorted(unknown)}")
