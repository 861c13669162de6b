"""The side of the case tab: lines of work and towns with their counts, and 一览 below, always in sight."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from execdesk.reads.casesums import Counts
from ui.lists import SideLine, SideList, fit_height
from ui.widgets import Card, line

VIEWS = (
    ("todo", "待办事项", ""), ("late", "已超期", "late"), ("soon", "{} 日内到期", "soon"), ("control", "查控 {} 日内到期", "soon"),
    ("open", "全部在办", ""), ("tnr", "终本库", ""), ("closed", "已结", ""), ("review", "审管办", ""),
)
GLANCE = (("radar", "到期雷达"), ("week", "本周节点"), ("past", "过去某日所知"))
PAGES = frozenset({"radar", "past"})  # opened by Enter or a click, not by passing them


class CaseSide(Card):
    """``days`` are what counts as near by view. ``view_chosen(key)`` of a view or ``town:…``; ``page_asked(key)`` of 到期雷达 or a past day. Without ``glance`` views and
    towns alone stand there."""

    view_chosen = Signal(str)
    page_asked = Signal(str)

    def __init__(self, days: Mapping[str, int], glance: bool = True) -> None:
        self.views, self.glance = SideList("我的工作"), SideList("一览")
        below = (line("hairline"), self.glance)
        super().__init__(self.views, *below, gap=0, margins=(6, 6, 6, 6))
        for part in below:
            part.setVisible(glance)
        bar = self.views.verticalScrollBar()
        bar.rangeChanged.connect(lambda least, most: self.glance.setViewportMargins(0, 0, bar.sizeHint().width() if most > least else 0, 0))  # counts below counts
        self.words = {key: words.format(days.get(key, "")) for key, words, _tone in VIEWS}
        self._shown = ""
        for side in (self.views, self.glance):
            side.chosen.connect(self._chosen)
        for asked in (self.glance.opened, self.glance.pressed_key):
            asked.connect(self._open)
        self._show_glance("")

    def show_counts(self, counts: Counts, towns: str) -> None:
        """Show how many cases each line holds; ``towns`` heads the towns."""
        lines = [SideLine("我的工作")]
        lines += [SideLine(self.words[key], f"{counts.views[key]:,}", key, tone if counts.views[key] else "") for key, _words, tone in VIEWS]
        lines.append(SideLine(towns))
        lines += [SideLine(name, f"{number:,}", f"town:{name}") for name, number in counts.towns]
        ungrouped = counts.views["ungrouped"]
        lines.append(SideLine("未列明，待定组", f"{ungrouped:,}", "ungrouped", "soon" if ungrouped else ""))
        self.views.show_items(lines)
        self._show_glance(f"{counts.views['week']:,}")
        self.mark(self._shown)

    def mark(self, key: str) -> None:
        """Mark the view that is shown, in the one list or the other."""
        self._shown = key
        here, there = (self.glance, self.views) if key == "week" else (self.views, self.glance)
        here.choose(key, quiet=True)
        there.clear_mark()

    def _show_glance(self, count: str) -> None:
        self.glance.show_items([SideLine("一览"), *(SideLine(words, count if key == "week" else "", key) for key, words in GLANCE)])
        fit_height(self.glance)

    def _chosen(self, key: str) -> None:
        if key not in PAGES:
            self.view_chosen.emit(key)

    def _open(self, key: str) -> None:
        if key in PAGES:
            self.mark(self._shown)
            self.page_asked.emit(key)
