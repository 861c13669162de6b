"""The list of cases: its columns, and where its rows come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from execdesk.reads.casecolumns import COLUMNS as CASE_COLUMNS
from execdesk.reads.casewhere import ListFilter
from ui.boardsource import columns_of
from ui.fields import money
from ui.link import Link
from ui.table_source import Slice, Wish, page_holding

COLUMNS = columns_of(CASE_COLUMNS)
TITLES = {"week": "本周节点", "open": "在办案件", "todo": "待办事项", "ungrouped": "未列明，待定组", "review": "审管办案件"}


def title_of(wanted: ListFilter, views: Mapping[str, str]) -> str:
    """How a list is called; ``views`` are the words of the lines at the left."""
    return wanted.town or TITLES.get(wanted.view, views.get(wanted.view, "案件"))


class CaseSource:
    """Pages of a list, read from the store."""

    def __init__(self, link: Link, wanted: ListFilter) -> None:
        self._link, self._wanted = link, wanted

    def read(self, wish: Wish) -> Slice:
        """Rows, count and sums under the wish."""
        wanted = replace(self._wanted, needle=wish.needle)
        if wish.holding is not None:
            place = self._link.desk.reads.case_place(wanted, wish.sort or "due", wish.descending, str(wish.holding))
            return page_holding(wish, place, self.read)
        found = self._link.desk.reads.case_list(wanted, wish.sort or "due", wish.descending, wish.first, wish.count, wish.totals)
        share = f"{found.recovered_fen * 100 / found.claim_fen:.1f}%" if found.claim_fen else "—"
        sums = (("标的", money(found.claim_fen)), ("到位", money(found.recovered_fen)), ("", share))
        return Slice(found.rows, found.total if wish.totals else -1, sums=sums if wish.totals else ())


def empty_words(view: str, days: int, whole: bool = True) -> tuple[str, str]:
    """Why a list is empty and what next; ``days`` are what counts as near there; ``whole`` where it is that of all cases of the bureau."""
    return {
        "open": ("没有在办案件。", "导入台账，或登记第一件。") if whole else ("这一范围内没有在办案件。", "看全局案件的，在「范围」里选。"), "todo": ("没有等您办理的事项。", "新的报批、文书、送达和回执会列在这里。"),
        "late": ("没有超期的案件。", ""), "soon": (f"{days} 日内没有到期的期限。", ""), "control": (f"{days} 日内没有到期的查控措施。", ""),
        "week": ("本周没有到期的期限和措施。", "看即将到期的一栏，或到期雷达。"),
        "ungrouped": ("没有待定组的案件。", "住所地不在列明乡镇的案件会列在这里，由人定组。"), "tnr": ("终本库是空的。", ""),
    }.get(view, ("没有这一类案件。", "换一类再看。"))
