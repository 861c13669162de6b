"""The text of a PDF in the order it was written, through its ToUnicode maps; page furniture (numbers, 样本) is left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from execdesk.law.refusal import Refusal

if TYPE_CHECKING:
    from pikepdf import Object, Page

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)
SAME_LINE = 4.0  # points between baselines that still make one line
CODES = 0x10000  # of a font; a range of more is a trap
BLANK = 0.8  # em between two pieces that read as a blank


def times(a: Matrix, b: Matrix) -> Matrix:
    """``a`` applied before ``b``."""
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


@dataclass
class Font:
    """Code → text and advance (1/1000 em) of one font."""

    codes: dict[int, str]
    widths: dict[int, float]
    default: float
    bytes_per_code: int

    def read(self, data: bytes) -> list[tuple[str, float]]:
        """The characters of a shown string."""
        n = self.bytes_per_code
        found = [int.from_bytes(data[i : i + n], "big") for i in range(0, len(data), n)]
        return [(self.codes.get(c, chr(c) if n == 1 else ""), self.widths.get(c, self.default)) for c in found]


def read_cmap(data: bytes) -> dict[int, str]:
    """The bfchar and bfrange entries of a ToUnicode map."""
    out: dict[int, str] = {}
    text = data.decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            out[int(code, 16)] = bytes.fromhex(to).decode("utf-16-be", "replace")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            base = bytes.fromhex(to)
            for n in range(min(int(last, 16) - int(first, 16) + 1, CODES)):
                code = (int.from_bytes(base, "big") + n).to_bytes(len(base), "big")
                out[int(first, 16) + n] = code.decode("utf-16-be", "replace")
    return out


def read_font(given: Object) -> Font:
    """The maps of a simple or composite font."""
    codes = read_cmap(given["/ToUnicode"].read_bytes()) if "/ToUnicode" in given else {}
    if given.get("/Subtype") == "/Type0":
        return Font(codes, {}, 1000.0, 2)
    first = int(given.get("/FirstChar", 0))
    widths = {first + n: float(w) for n, w in enumerate(given.get("/Widths", []))}
    return Font(codes, widths, 500.0, 1)


@dataclass
class State:
    """What the text operators change."""

    ctm: Matrix = UNIT
    tm: Matrix = UNIT
    line: Matrix = UNIT
    font: Font | None = None
    size: float = 1.0
    space: float = 0.0
    leading: float = 0.0
    artifacts: list[bool] = field(default_factory=list)
    stack: list[Matrix] = field(default_factory=list)


class PageReader:
    """Walks one content stream and collects (baseline, left, right, size, text)."""

    def __init__(self, page: Page) -> None:
        self.pieces: list[tuple[float, float, float, float, str]] = []
        self.state = State()
        resources: Any = page.obj.get("/Resources", {})
        self.fonts = {str(n): read_font(f) for n, f in resources.get("/Font", {}).items()}

    def step(self, operands: list[Any], operator: str) -> None:
        """One operator."""
        s = self.state
        if operator == "q":
            s.stack.append(s.ctm)
        elif operator == "Q":
            s.ctm = s.stack.pop() if s.stack else UNIT
        elif operator == "cm":
            s.ctm = times(_matrix(operands), s.ctm)
        elif operator in ("BMC", "BDC"):
            s.artifacts.append(str(operands[0]) == "/Artifact")
        elif operator == "EMC":
            s.artifacts = s.artifacts[:-1]
        else:
            self._text(operands, operator)

    def _text(self, operands: list[Any], operator: str) -> None:
        s = self.state
        if operator == "BT":
            s.tm = s.line = UNIT
        elif operator == "Tf":
            s.font, s.size = self.fonts.get(str(operands[0])), float(operands[1])
        elif operator == "Tc":
            s.space = float(operands[0])
        elif operator == "TL":
            s.leading = float(operands[0])
        elif operator == "Tm":
            s.tm = s.line = _matrix(operands)
        elif operator in ("Td", "TD", "T*"):
            dx, dy = (0.0, -s.leading) if operator == "T*" else (float(operands[0]), float(operands[1]))
            s.leading = -dy if operator == "TD" else s.leading
            s.tm = s.line = times((1, 0, 0, 1, dx, dy), s.line)
        elif operator == "Tj":
            self._show(bytes(operands[0]))
        elif operator == "TJ":
            for part in operands[0]:
                if _is_number(part):
                    self._advance(-float(part) / 1000 * s.size)
                else:
                    self._show(bytes(part))

    def _show(self, data: bytes) -> None:
        s = self.state
        if s.font is None:
            return
        read = s.font.read(data)
        wide = sum(w for _, w in read) / 1000 * s.size + len(read) * s.space
        at = times(s.tm, s.ctm)
        if not any(s.artifacts):
            self.pieces.append((at[5], at[4], at[4] + wide * at[0], s.size * abs(at[3] or 1), "".join(c for c, _ in read)))
        self._advance(wide)

    def _advance(self, dx: float) -> None:
        self.state.tm = times((1, 0, 0, 1, dx, 0), self.state.tm)

    def lines(self) -> list[str]:
        """The collected pieces: a new line where the baseline changes, a blank where a piece stands apart."""
        out: list[str] = []
        before: tuple[float, float] | None = None
        for base, left, right, size, piece in self.pieces:
            if before is None or abs(before[0] - base) >= SAME_LINE or left < before[1] - size:
                out.append(piece)
            else:
                out[-1] += (" " if left - before[1] > BLANK * size else "") + piece
            before = (base, right)
        return out


def _matrix(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(v) for v in operands)
    return (a, b, c, d, e, f)


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def text(pdf: bytes) -> str:
    """The text of a PDF, a line per printed line, a form feed between pages. Refusal ``file.damaged`` if it is no PDF."""
    return "\f".join(pages_text(pdf))


def pages_text(pdf: bytes) -> Iterator[str]:
    """The text of each page of a PDF. Refusal ``file.damaged`` if it is none."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            for page in document.pages:
                yield _page_text(page)
    except (pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:  # operators that are none, fonts without widths
        raise Refusal("这个文件不是完好的PDF，读不出文字。请重新取得文件。", code="file.damaged") from error


def _page_text(page: Page) -> str:
    import pikepdf

    reader = PageReader(page)
    for step in pikepdf.parse_content_stream(page):
        reader.step(list(step.operands), str(step.operator))
    return "\n".join(reader.lines())
