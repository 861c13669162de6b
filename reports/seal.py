"""The court seal as a vector drawing, 42 mm across: ring, star, the court's name along the upper arc, a word below.

Letters are drawn as outlines: the drawing needs no font and stays sharp at any size. The red multiplies with what lies under
it, as ink on paper does: black strokes of the date show through the lower arc.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, radians, sin

from reports.fonts import FontBook
from reports.page import MM

DIAMETER = 42 * MM
RED = "0.80 0.08 0.10"
INK = "SealInk"  # the graphics state in which the drawing is done; whoever places the drawing defines it as BLEND
BLEND = "Multiply"
RING = 1.2 * MM  # width of the ring
STAR = 7.0 * MM  # from the middle to the points of the star
LETTER, SQUEEZE = 5.0 * MM, 0.74  # height of the letters on the arc, and how much narrower they are
GAP = 0.9 * MM  # between ring and letters
WIDEST = 262.0  # degrees the name may take
STEP = 19.0  # degrees per letter if there is room
BELOW_SIZE, BELOW_DROP = 3.6 * MM, 11.6 * MM
SAMPLE = "（样）"


@dataclass(frozen=True)
class SealPicture:
    """A content stream that draws the seal in a square of ``size`` points."""

    stream: bytes
    size: float


def split_text(text: str) -> tuple[str, str]:
    """The name for the arc and the word below the star (（样） in a demonstration store)."""
    for mark in (SAMPLE, "(样)"):
        if text.endswith(mark):
            return text[: -len(mark)], SAMPLE
    return text, ""


def draw_seal(book: FontBook, text: str) -> SealPicture:
    """The seal with ``text`` (a trailing （样） stands below the star)."""
    name, below = split_text(text)
    middle = DIAMETER / 2
    parts = [f"q /{INK} gs {RED} RG {RED} rg 1 0 0 1 {middle:.3f} {middle:.3f} cm", ring(), star()]
    step = min(STEP, WIDEST / max(1, len(name) - 1)) if len(name) > 1 else 0.0
    for number, char in enumerate(name):
        angle = ((len(name) - 1) / 2 - number) * step  # from the top, to the left positive
        parts.append(on_arc(book, char, angle))
    wide = BELOW_SIZE * len(below)
    for number, char in enumerate(below):
        x = -wide / 2 + number * BELOW_SIZE
        parts.append(letter(book, char, BELOW_SIZE, BELOW_SIZE, (1, 0, 0, 1, x, -BELOW_DROP - 0.38 * BELOW_SIZE)))
    return SealPicture("\n".join([*parts, "Q"]).encode("ascii"), DIAMETER)


def ring() -> str:
    """The circle, its outer edge on the 42 mm."""
    r = DIAMETER / 2 - RING / 2
    k = r * 0.5522847498
    return (
        f"{RING:.3f} w {r:.3f} 0 m {r:.3f} {k:.3f} {k:.3f} {r:.3f} 0 {r:.3f} c {-k:.3f} {r:.3f} {-r:.3f} {k:.3f} {-r:.3f} 0 c "
        f"{-r:.3f} {-k:.3f} {-k:.3f} {-r:.3f} 0 {-r:.3f} c {k:.3f} {-r:.3f} {r:.3f} {-k:.3f} {r:.3f} 0 c s"
    )


def star() -> str:
    """A filled five-pointed star, one point up."""
    inner = STAR * sin(radians(18)) / sin(radians(126))
    points = []
    for n in range(10):
        r, angle = (STAR if n % 2 == 0 else inner), pi / 2 + n * pi / 5
        points.append(f"{r * cos(angle):.3f} {r * sin(angle):.3f} {'l' if n else 'm'}")
    return " ".join(points) + " h f"


def on_arc(book: FontBook, char: str, angle: float) -> str:
    """A letter standing on the arc, ``angle`` degrees left of the top."""
    turn = radians(angle)
    c, s = cos(turn), sin(turn)
    foot = DIAMETER / 2 - RING - GAP - LETTER * 0.88  # baseline of the letters
    wide = LETTER * SQUEEZE
    x, y = -foot * s - c * wide / 2, foot * c - s * wide / 2
    return letter(book, char, wide, LETTER, (c, s, -s, c, x, y))


def letter(book: FontBook, char: str, wide: float, high: float, matrix: tuple[float, float, float, float, float, float]) -> str:
    """A glyph outline, ``wide`` × ``high`` points for one em, placed by ``matrix``."""
    pen = book.outline("title", char) or book.outline("rare", char)
    a, b, c, d, e, f = matrix
    sx, sy = wide / 1000, high / 1000
    head = f"q {a * sx:.6f} {b * sx:.6f} {c * sy:.6f} {d * sy:.6f} {e:.3f} {f:.3f} cm"
    return f"{head} {path(pen)} f Q"


def path(pen: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]) -> str:
    """Pen segments as PDF path operators; quadratic curves become cubic."""
    out: list[str] = []
    here = (0.0, 0.0)
    for op, points in pen:
        if op in ("moveTo", "lineTo"):
            here = points[0]
            out.append(f"{here[0]:.1f} {here[1]:.1f} {'m' if op == 'moveTo' else 'l'}")
        elif op == "qCurveTo":
            for control, end in quadratics(points):
                out.append(cubic(here, control, end))
                here = end
        elif op == "closePath":
            out.append("h")
    return " ".join(out)


def quadratics(points: tuple[tuple[float, float], ...]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The single curves of a TrueType spline: between two controls lies an implied point."""
    out = []
    for n, control in enumerate(points[:-1]):
        after = points[n + 1]
        end = after if n == len(points) - 2 else ((control[0] + after[0]) / 2, (control[1] + after[1]) / 2)
        out.append((control, end))
    return out


def cubic(start: tuple[float, float], control: tuple[float, float], end: tuple[float, float]) -> str:
    """One quadratic curve as a cubic operator."""
    x1, y1 = start[0] + 2 / 3 * (control[0] - start[0]), start[1] + 2 / 3 * (control[1] - start[1])
    x2, y2 = end[0] + 2 / 3 * (control[0] - end[0]), end[1] + 2 / 3 * (control[1] - end[1])
    return f"{x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f} {end[0]:.1f} {end[1]:.1f} c"
