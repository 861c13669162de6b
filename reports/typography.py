"""Breaking Chinese text into lines as court documents want them.

Promised for every line (and tested as properties): no text lost; no closing mark at a line start, no opening mark at a line
end; no number, amount, unit, case number, full date, telephone, identity number or account torn, unless it is longer than the line. A line of hanzi alone fills the grid exactly. A line that would have to be spaced wider than ``LOOSE`` stays
short instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

NO_START = frozenset("。，、；：？！）〕】》〉」』”’％‰℃…—·.,;:?!)]}%")
NO_END = frozenset("（〔【《〈「『“‘([{￥$№")
HALF = frozenset("。，、；：？！）〕】》〉」』")  # ink in the left half: the right half may be squeezed away at a line end
MAX_STRETCH = 0.12  # em per gap, above which an atom is split if it may be
LOOSE = 0.25  # em per gap, above which a line is not spread to the edge

NUMERAL = "一二三四五六七八九十"
CASE = rf"[（(〔]\d{{4}}[)）〕][\u4e00-\u9fff]\d{{0,4}}[\u4e00-\u9fff]{{1,4}}\d+号(?:之[{NUMERAL}]+)?"
DATE = r"\d{4}年\d{1,2}月\d{1,2}日(?:\d{1,2}时\d{1,2}分)?"
UNIT = r"(?:[％%℃]|[年月日时分元号条款项㎡亩]|万元|亿元)?"
SOFT = (
    rf"[（(〔]\d{{4}}[)）〕]|[0-9A-Za-z]{{15,}}{UNIT}|[\u4e00-\u9fff](?=\d{{2,4}}[执民刑行财破认赔])\d+"
    rf"|0\d{{2,3}}-\d{{7,8}}(?:转\d+)?|\d+(?:[,.，]\d+)*{UNIT}"
    r"|[A-Za-z][A-Za-z0-9\-_.@/]*|……|——|×+某?|."
)
LONG = re.compile(r"[0-9A-Za-z]{15,}")
WHOLE = re.compile(f"{CASE}|{DATE}")
ATOMS = re.compile(f"{CASE}|{DATE}|{SOFT}", re.S)
NUMBER = re.compile(r"[0-9]")
FULL = re.compile(r"[\u4e00-\u9fff]+")
UNITS = "年月日时分元万亿号条款项㎡亩％℃"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: left offset, text, extra space after each character, and where the text starts in the paragraph."""

    x: float
    text: str
    space: float
    start: int
    last: bool


def atoms(text: str) -> list[str]:
    """What is not torn if it can be helped: closing marks glued to the left, opening marks to the right."""
    out: list[str] = []
    glue = False
    for match in ATOMS.finditer(text):
        piece = match.group()
        if out and (glue or piece[0] in NO_START):
            out[-1] += piece
        else:
            out.append(piece)
        glue = piece[-1] in NO_END
    return out


def may_split(atom: str, at: int, *, whole: bool = True) -> bool:
    """Whether an atom that does not fit may be torn before its character ``at``; ``whole`` is false of one longer than its line."""
    left, right = atom[at - 1], atom[at]
    if right in NO_START or left in NO_END:
        return False
    if whole and any(m.start() < at < m.end() for m in WHOLE.finditer(atom)):
        return False
    if left.isascii() and right.isascii():
        return not whole and any(m.start() + 6 <= at <= m.end() - 4 for m in LONG.finditer(atom))
    return not (left.isdigit() and right in UNITS)


def torn(text: str, lines: Sequence[TextLine]) -> bool:
    """Whether a case number, day, amount, identity or account number goes on in another line."""
    cuts = [line.start for line in lines[1:]]
    return bool(cuts) and any(m.start() < cut < m.end() for m in ATOMS.finditer(text) if NUMBER.search(m.group()) for cut in cuts)


class Breaker:
    """Breaks paragraphs for one face, size and pitch; ``width_of`` gives the advance of a character in em."""

    def __init__(
        self, width_of: Callable[[str], float], size: float, *, pitch: float | None = None, justify: bool = True
    ) -> None:
        self.width_of = width_of
        self.size = size
        self.scale = (pitch or size) / size
        self.justify = justify

    def lines(self, text: str, width: float, indent: float = 0.0) -> list[TextLine]:
        """The lines of a paragraph; a line feed in the text forces a break and starts flush left."""
        out: list[TextLine] = []
        start = 0
        for number, piece in enumerate(text.split("\n")):
            out += self._paragraph(piece, width, indent if number == 0 else 0.0, start)
            start += len(piece) + 1
        return out

    def _advance(self, text: str) -> float:
        return sum(map(self.width_of, text)) * self.size * self.scale

    def _paragraph(self, text: str, width: float, indent: float, start: int) -> list[TextLine]:
        queue = atoms(text)[::-1]
        rows: list[list[str]] = []
        while queue:
            rows.append(self._fill(queue, width if rows else width - indent))
        self._balance(rows, [width - indent] + [width] * len(rows))
        out: list[TextLine] = []
        for number, row in enumerate(rows or [[""]]):
            x, words, last = (0.0 if number else indent), "".join(row), number >= len(rows) - 1
            out.append(TextLine(x, words, self._space(words, width - x, last), start, last))
            start += len(words)
        return out

    def _fill(self, queue: list[str], room: float) -> list[str]:
        row: list[str] = []
        used = 0.0
        while queue:
            atom = queue[-1]
            wide = self._advance(atom)
            if used + wide <= room + 0.01:
                row.append(queue.pop())
                used += wide
                continue
            if atom[-1] in HALF and used + wide - 0.5 * self.size * self.scale <= room + 0.01:
                return [*row, queue.pop()]
            part = self._part(queue, "".join(row), room - used)
            return [*row, part] if part else row
        return row

    def _balance(self, rows: list[list[str]], rooms: list[float]) -> None:
        """A case number that does not fit leaves a hole; the line above shares it, unless that is a full line of hanzi."""
        for n in range(len(rows) - 2, 0, -1):
            upper, lower = rows[n - 1], rows[n]
            while len(upper) > 1 and not FULL.fullmatch("".join(upper)):
                gap = self._gap(lower, rooms[n])
                if gap <= MAX_STRETCH * self.size or self._gap(upper[:-1], rooms[n - 1]) >= gap:
                    break
                if self._gap([upper[-1], *lower], rooms[n]) < 0:
                    break
                lower.insert(0, upper.pop())

    def _gap(self, row: list[str], room: float) -> float:
        words = "".join(row)
        return (room - self._advance(words)) / max(1, len(words) - 1)

    def _part(self, queue: list[str], line: str, hole: float) -> str:
        """The part of the next atom that still goes on this line, often nothing."""
        atom = queue[-1]
        if line and hole / len(line) <= MAX_STRETCH * self.size:
            return ""
        for at in range(len(atom) - 1, 0, -1):
            if self._advance(atom[:at]) <= hole + 0.01 and may_split(atom, at):
                queue[-1] = atom[at:]
                return atom[:at]
        return "" if line else self._force(queue, hole)

    def _force(self, queue: list[str], room: float) -> str:
        """An atom longer than a whole line (a narrow cell) is cut at a soft place, beside a mark only if nothing else is left."""
        atom = queue.pop()
        fits = 1
        while fits < len(atom) and self._advance(atom[: fits + 1]) <= room + 0.01:
            fits += 1
        if fits == len(atom):
            return atom
        places = range(fits, 0, -1)
        soft = next((n for n in places if may_split(atom, n, whole=False)), 0)
        at = soft or next((n for n in places if atom[n] not in NO_START and atom[n - 1] not in NO_END), fits)
        queue.append(atom[at:])
        return atom[:at]

    def _space(self, words: str, room: float, last: bool) -> float:
        natural = sum(map(self.width_of, words)) * self.size
        over = words[-1:] in HALF and natural * self.scale > room + 0.01
        plain = (self.scale - 1) * self.size
        if (last and not over) or not self.justify or len(words) < 2:
            return plain
        spread = (room - natural + (0.5 * self.size if over else 0.0)) / (len(words) - 1)
        return spread if spread <= LOOSE * self.size else plain
