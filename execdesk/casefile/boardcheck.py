"""The walk along the board: every row of it against what rows and lines say, then the sums against its rows. A row changed by hand is found
and the case named."""

from __future__ import annotations

from typing import Any

from execdesk.casefile import boardsums
from execdesk.casefile.board import Board
from execdesk.casefile.boardrows import TABLES
from execdesk.records.board import BoardRow
from execdesk.records.cases import Case
from execdesk.store.findings import Fault, Verdict

KIND = "board"
WORDS = {"BoardCase": "案件列表", "BoardTerm": "期限", "BoardWaiting": "待办", "BoardWorker": "承办", "BoardMeasure": "到期雷达"}
SUMS, ALL = "合计", "全部"
_LARGEST = 200  # cases in one go


class BoardWalk:
    """Walks the cases by id; ``after`` is where it stands. A board that is being made anew is not walked: it is not whole yet."""

    name = KIND

    def __init__(self, board: Board, after: str = "") -> None:
        self.board, self.after = board, after

    def some(self, count: int, verdict: Verdict) -> bool:
        """Walk up to ``count`` cases; whether there may be more."""
        if not self.board.state().whole:
            return False
        count = min(count, _LARGEST)
        query: Any = Case.select(Case.id, Case.number).where(Case.id > self.after).order_by(Case.id).limit(count).tuples()
        numbers = dict(query)
        last = max(numbers) if len(numbers) == count else "~"
        expected = self.board.expected(sorted(numbers))
        for model in TABLES:
            self._compare(model, last, {case: found[model] for case, found in expected.items()}, numbers, verdict)
        self.after = last
        if last != "~":
            return True
        if boardsums.kept(self.board.base) != boardsums.counted(self.board.base):
            verdict.faults.append(Fault(KIND, f"{SUMS} {ALL}", "案件列表的合计与各案不符，有人绕过程序改了数据库。合计将重新计算。"))
        return False

    def _compare(self, model: type[BoardRow], last: str, expected: dict[str, Any], numbers: dict[str, str], verdict: Verdict) -> None:
        base = self.board.base
        columns = ", ".join(f'"{name}"' for name in ("case", "since", "until", *model.value_columns()))
        query = f'SELECT {columns} FROM "{model._meta.table_name}" WHERE "case" > {base.param} AND "case" <= {base.param}'
        actual: dict[str, list[tuple[Any, ...]]] = {}
        for case, since, until, *values in base.execute_sql(query, (self.after, last)).fetchall():
            actual.setdefault(case, []).append((since, until, tuple(values)))
        for case in sorted(expected.keys() | actual.keys()):
            if sorted(expected.get(case, ()), key=repr) != sorted(actual.get(case, ()), key=repr):
                verdict.faults.append(_fault(model, case, numbers.get(case)))


def _fault(model: type[BoardRow], case: str, number: str | None) -> Fault:
    words = WORDS.get(model.__name__, model.__name__)
    about = f"案件{number}" if number else f"记录 {case}（没有这个案件）"
    text = f"{about}在「{words}」中的一行与记录不符，有人绕过程序改了数据库。列表将按记录重新整理。"
    return Fault(KIND, f"{words} {case}", text, rows=(("Case", case),) if number else ())
