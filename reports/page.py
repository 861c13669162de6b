"""What stands on a page, as plain values in points from the lower left corner; :mod:`reports.render` draws them."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.fonts import CENTRES, Style

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, TOP = 28 * MM, HEIGHT - 37 * MM  # binding edge and head of the type area
BODY_WIDTH, BODY_HEIGHT = 156 * MM, 225 * MM
RIGHT, BOTTOM = LEFT + BODY_WIDTH, TOP - BODY_HEIGHT
ROWS, COLUMNS = 22, 28
ROW, PITCH = BODY_HEIGHT / ROWS, BODY_WIDTH / COLUMNS  # 28.99 pt and 15.79 pt
BODY_SIZE, TITLE_SIZE, FORM_SIZE, SMALL_SIZE, NUMBER_SIZE = 16.0, 22.0, 18.0, 12.0, 14.0

BLACK = (0.0, 0.0, 0.0)
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

    def add(self, *things: Text | RuledLine) -> None:
        """Adds things on top of those already there."""
        self.things.extend(things)


def baseline(top: float, height: float, size: float, style: Style = "body") -> float:
    """The baseline that puts hanzi of ``size`` in the middle of a strip of ``height`` below ``top``."""
    return top - height / 2 - CENTRES[style] * size
