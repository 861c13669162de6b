"""The walk along the board: every row of it against what rows and lines say, then the sums against its rows. A row changed by hand is found
and the case named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from execdesk.casefile import boardsingles, boardsums
from execdesk.casefile.board import Board
from execdesk.casefile.boardhistory import Version
from execdesk.casefile.boardrows import TABLES
from execdesk.records.board import BoardRow, BoardVersion
from execdesk.records.cases import Case
from execdesk.store.findings import Fault, Verdict

KIND = "board"
SUMS, ALL = "合计", "全部"
_LARGEST = 200  # cases in one go


class BoardWalk:
    """Walks the cases by id, then the records that are of none; ``after`` is where it stands. A board that is being made anew is not walked: it
    is not whole yet."""

    name = KIND

    def __init__(self, board: Board, after: str = "") -> None:
        self.board, self.after = board, after

    def some(self, count: int, verdict: Verdict) -> bool:
        """Walk up to ``count`` cases or records; whether there may be more."""
        if not self.board.state().whole:
            return False
        count = min(count, _LARGEST)
        return self._singles(count, verdict) if self.after.startswith(boardsingles.START) else self._cases(count, verdict)

    def _cases(self, count: int, verdict: Verdict) -> bool:
        query: Any = Case.select(Case.id, Case.number).where(Case.id > self.after).order_by(Case.id).limit(count).tuples()
        numbers = dict(query)
        last = max(numbers) if len(numbers) == count else boardsingles.START
        expected = self.board.expected(sorted(numbers))
        for model in TABLES:
            for case in self._differing(model, self.after, last, {case: found[model] for case, found in expected.items()}):
                verdict.faults.append(_fault(model, case, numbers.get(case)))
        self.after = last
        if last == boardsingles.START and boardsums.kept(self.board.base) != boardsums.counted(self.board.base):
            verdict.faults.append(Fault(KIND, f"{SUMS} {ALL}", "案件列表的合计与各案不符：有人绕过程序改了数据库，或者磁盘出错。合计将重新计算。"))
        return True

    def _singles(self, count: int, verdict: Verdict) -> bool:
        model, ids, last, following = boardsingles.some_of(self.board.base, self.after, count)
        expected = boardsingles.versions(self.board.base, model, ids)
        for row in self._differing(model, self.after.partition(":")[2], last, expected):
            text = f"记录 {row} 在「{model.WORDS}」中的一行与留痕不符：有人绕过程序改了数据库，或者磁盘出错。列表将按记录重新整理。"
            verdict.faults.append(Fault(KIND, f"{model.WORDS} {row}", text))
        self.after = following
        return bool(following)

    def _differing(self, model: type[BoardVersion], after: str, last: str, expected: Mapping[str, Sequence[Version]]) -> Iterator[str]:
        """The owners whose rows are not those expected."""
        base, owner = self.board.base, model.OWNER
        columns = ", ".join(f'"{name}"' for name in (owner, "since", "until", *model.value_columns()))
        query = f'SELECT {columns} FROM "{model._meta.table_name}" WHERE "{owner}" > {base.param} AND "{owner}" <= {base.param}'
        actual: dict[str, list[Version]] = {}
        for each, since, until, *values in base.execute_sql(query, (after, last)).fetchall():
            actual.setdefault(each, []).append((since, until, tuple(values)))
        for each in sorted(expected.keys() | actual.keys()):
            if sorted(expected.get(each, ()), key=repr) != sorted(actual.get(each, ()), key=repr):
                yield each


def _fault(model: type[BoardRow], case: str, number: str | None) -> Fault:
    about = f"案件{number}" if number else f"记录 {case}（没有这个案件）"
    text = f"{about}在「{model.WORDS}」中的一行与记录不符：有人绕过程序改了数据库，或者磁盘出错。列表将按记录重新整理。"
    return Fault(KIND, f"{model.WORDS} {case}", text, rows=(("Case", case),) if number else ())
