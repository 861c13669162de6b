"""From which state to which a row may go, by which act, at whose hands: one table a record, declared beside it.

Actions ask the table what is possible, an act is checked by it before it commits, and a line of another desk whose move is not in it
is without effect. A table is part of the rules of a line's writer (:data:`RULES`), which lines name: one that takes a move away or
changes it counts it up and keeps the old one for the old lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

RULES = 1  # the number of this program's rule set: owner rules and moves
NEW = ""  # the state of a row that is not there yet
ANY = "*"  # whatever the act is: of rows that many actions make
SETUP, DESK = "store.setup", "store.incident"

# Who makes a move, where a duty of the organisation's posts does not say it.
ROLES: Mapping[str, str] = {
    "case_judge": "承办法官", "applicant": "提出人", "signer": "署名人", "decider": "有权审批的人", "above": "上级审批人", "statute_signer": "法定签发人",
    "cosigner": "待签名的人", "recorder": "笔录人", "founder": "设立人", "desk": "本机",
}
# What must hold beside the state; what the words say is asked by the action.
CONDITIONS: Mapping[str, str] = {
    "unused": "尚未签发文书", "all_issued": "所附文书都已签发", "unserved": "尚未送达", "content_changed": "内容已变", "more_signers": "还有待签名的人",
    "last_signer": "已是最后一名", "no_keeper": "本处无印章管理员", "last_step": "已到最后一级",
    "more_steps": "逐级审批尚有下一级", "first_in_rank": "首位", "waiting": "轮候", "in_time": "原期限届满前送达", "too_late": "届满后送达",
    "served_before": "查明更早的送达", "all_sent": "已全部划走", "nothing_caught": "查无财产或拒绝协助", "restored": "恢复到导入以前", "two_present": "两人在场", "envelope": "以信封代第二人",
    "needs_countersign": "须会签", "no_countersign": "无须会签", "replaced": "签发了新证书", "by_root": "凭任命文件、证书根和恢复信封", "holder_left": "签发钥匙的持有人离任", "left": "离任",
}


@dataclass(frozen=True)
class Move:
    """One move by one act: ``by`` are duties of posts or :data:`ROLES`, ``when`` one of :data:`CONDITIONS`.

    A move from a state to itself says that the act is possible there and leaves the state.
    """

    start: str
    to: str
    act: str
    by: tuple[str, ...]
    when: str = ""


Names = str | tuple[str, ...]


def moves(start: Names, to: Names, act: Names, by: Names, when: str = "") -> tuple[Move, ...]:
    """The moves between states by acts; each of ``start``, ``to`` and ``act`` may be several."""
    return tuple(Move(s, t, a, _names(by), when) for s in _names(start) for t in _names(to) for a in _names(act))


def stays(state: Names, act: Names, by: Names, when: str = "") -> tuple[Move, ...]:
    """Acts that are possible in a state and leave it."""
    return tuple(Move(s, s, a, _names(by), when) for s in _names(state) for a in _names(act))


def _names(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names


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
            if {move.start, move.to} - {NEW, *words} or (move.when and move.when not in CONDITIONS):
                raise ValueError(f"no such state or condition: {move}")

    def allows(self, start: str, to: str, act: str) -> bool:
        """Whether an act may bring a row from one state to another; what stays where it is, is no move."""
        return (start == to and to in self.words) or (start, to, act) in self._pairs or (start, to, ANY) in self._pairs

    def possible(self, state: str, act: str) -> bool:
        """Whether an act may be done to a row in a state."""
        return any(move.start == state and move.act == act for move in self.rows)

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
