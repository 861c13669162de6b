"""What stands on a page, as plain values in points from the lower left corner; :mod:`reports.render` draws them."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.fonts import CENTRES, Style
from reports.style import MM as MM
from reports.style import TypeArea, style_of

JUDICIAL, _RULING = style_of("ruling").area, style_of("ruling")  # the type area of rulings, orders, notices and letters
WIDTH, HEIGHT = JUDICIAL.paper
LEFT, TOP, RIGHT, BOTTOM = JUDICIAL.left, JUDICIAL.top, JUDICIAL.right, JUDICIAL.bottom
BODY_WIDTH, BODY_HEIGHT, ROWS, COLUMNS = JUDICIAL.width, JUDICIAL.height, JUDICIAL.rows, JUDICIAL.columns
ROW, PITCH = JUDICIAL.row, JUDICIAL.pitch  # 28.99 pt and 15.79 pt
BODY_SIZE, TITLE_SIZE, SMALL_SIZE, NUMBER_SIZE = _RULING.body, _RULING.title, 12.0, 14.0

BLACK = (0.0, 0.0, 0.0)
RED = (0.86, 0.0, 0.0)
AMBER = (0.72, 0.33, 0.05)  # slots still open on a draft
GREY = (0.45, 0.45, 0.45)


@dataclass(frozen=True, slots=True)
class Text:
    """Characters on a baseline; ``spans`` are ranges drawn in amber (open slots of a draft).

    ``whole``: spread out on paper, one word when copied (labels and names of the signature block).
    """

    x: float
    y: float
    text: str
    style: Style = "body"
    size: float = BODY_SIZE
    space: float = 0.0
    colour: tuple[float, float, float] = BLACK
    spans: tuple[tuple[int, int], ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class RuledLine:
    """A straight line, dashed if ``dash`` is given."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5
    dash: tuple[float, ...] = ()
    colour: tuple[float, float, float] = BLACK


@dataclass
class PdfPage:
    """The things on one page in drawing order."""

    things: list[Text | RuledLine] = field(default_factory=list)
    area: TypeArea = JUDICIAL

    def add(self, *things: Text | RuledLine) -> None:
        """Adds things on top of those already there."""
        self.things.extend(things)


def baseline(top: float, height: float, size: float, style: Style = "body") -> float:
    """The baseline that puts hanzi of ``size`` in the middle of a strip of ``height`` below ``top``."""
    return top - height / 2 - CENTRES[style] * size
