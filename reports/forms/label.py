"""Labels for letters: one a cell of the sheet of labels, whom it goes to large, the rest as large as fits."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.documents.content import Paragraph
from execdesk.law.refusal import Refusal
from reports import slots
from reports.fonts import Style
from reports.grid import Composer, Composition
from reports.page import PdfPage, Text, baseline
from reports.typography import Breaker

EASES = (1.0, 0.875, 0.75, 0.625)  # of the wanted sizes


@dataclass(frozen=True)
class LabelLine:
    """A line with its face and size."""

    text: str
    style: Style
    size: float


class LabelForm(Composer):
    """Every paragraph is a label; its first line says whom it goes to."""

    def compose(self) -> Composition:
        """The sheets: labels from left to right, then the next row.

        Raises:
            Refusal: ``document.label`` where the words of one have no room even small.
        """
        given = [part for part in self.content.body if isinstance(part, Paragraph)]
        each = self.area.rows * self.area.columns
        for first in range(0, max(1, len(given)), each):
            page = self._new_page()
            for place, part in enumerate(given[first : first + each]):
                self._label(page, part, place)
        return self.out

    def _label(self, page: PdfPage, part: Paragraph, place: int) -> None:
        wide, pad = self.style.mm("label_width"), self.style.mm("pad")
        across = (self.area.width - wide) / (self.area.columns - 1)
        lines = self._fitting(part, wide - 2 * pad, self.area.row - 2 * pad)
        x = self.area.left + place % self.area.columns * across + pad
        y = self.area.top - place // self.area.columns * self.area.row - pad
        for line in lines:
            high = line.size * self.style.figures["lead"]
            page.add(Text(x, baseline(y, high, line.size, line.style), line.text, line.style, line.size))
            y -= high

    def _fitting(self, part: Paragraph, wide: float, high: float) -> list[LabelLine]:
        text, _ = slots.shown(part.text)
        for ease in EASES:
            lines: list[LabelLine] = []
            for number, words in enumerate(text.split("\n")):
                style: Style = "body"
                size = ease * (self.style.body if number else self.style.title)
                breaker = Breaker(self.book.advance(style), size, justify=False)
                lines += [LabelLine(line.text, style, size) for line in breaker.lines(words, wide)]
            if sum(line.size for line in lines) * self.style.figures["lead"] <= high:
                return lines
        raise Refusal(f"「{text.splitlines()[0]}」的标签写不下，请把地址写短，或者不用标签、手写信封。", code="document.label")
