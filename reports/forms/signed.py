"""What forms have in common on whose every page somebody signs: who, at the foot, and lines to write on."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from execdesk.documents.content import Block, WritingLines
from reports.forms.table import TableForm
from reports.page import Text
from reports.paginate import PageUnit, Tail, height, plan

FEWEST = 6  # strips of lines at least: with fewer, the lines go on over a page more


class SignedPages(TableForm):
    """A form with who signs at the foot of each page; lines to write on take what is left of a page."""

    line = 2  # strips of one line to write on

    def finish(self) -> None:
        """Who signs, side by side under the type area of each page."""
        words, y = self.at_foot, self.area.bottom - self.style.mm("foot_gap")
        for page in self.out.pages:
            for number, text in enumerate(words):
                page.add(Text(self.area.left + number * self.area.width / len(words), y, text, size=self.style.body))

    def units(self, blocks: tuple[Block, ...], *, slip: bool) -> list[PageUnit]:
        """Lines to write on fill the page on which they begin, and further pages, so that what follows them ends the last."""
        place = next((n for n, block in enumerate(blocks) if isinstance(block, WritingLines)), None)
        if place is None:
            return super().units(blocks, slip=slip)
        given, before = blocks[place], blocks[:place]
        assert isinstance(given, WritingLines)
        after = super().units(blocks[place + 1 :], slip=slip)
        count = self._free(super().units(before, slip=slip), height(after), given.pages) // self.line
        return [*self.lined(before, count), *after]

    def _free(self, before: Sequence[PageUnit], after: int, pages: int) -> int:
        """The strips left for lines."""
        head, full = self.head_rows(), self.rows - self.over
        starts = plan(before, Tail(), self.rows - head, full).starts if before else (0,)
        free = (self.rows - head if len(starts) == 1 else full) - height(before[starts[-1] :]) + pages * full - after
        return free if free >= FEWEST else free + full

    @abstractmethod
    def lined(self, before: tuple[Block, ...], count: int) -> list[PageUnit]:
        """The blocks before, with this many lines to write on."""
