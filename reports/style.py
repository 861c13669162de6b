"""How each form is set: figures of ``resources/style/forms.toml``, read strictly, once; lengths are kept in points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, cast

from execdesk.documents.reading import DataTable, read_file
from execdesk.documents.texts import FORMS

MM = 72 / 25.4
FOLDER = Path(__file__).resolve().parents[1] / "resources" / "style"
Numbering = Literal["sides", "later", "total", "none"]
NUMBERINGS = ("sides", "later", "total", "none")
SETTERS: Mapping[str, tuple[str, ...]] = {  # and the figures each wants besides
    "text": ("blank_rows", "number_edge"),
    "red_head": (
        "mark_top", "rule_gap", "rule_length", "rule_foot", "rule_thick", "rule_thin", "number_gap", "title_rows", "date_edge",
        "foot_size", "foot_lead",
    ),
    "table": ("foot_gap", "foot_size"),
    "record": ("foot_gap", "rule"),
    "list": ("foot_gap", "row"),
    "voucher": ("least_row",),
    "label": ("label_width", "pad", "lead"),
}  # fmt: skip
USUAL = "ruling"  # the form on whose type area most papers are set
BESIDE = ("red_head", "label")  # forms that print on the whole paper
FOOT = 1.2  # of the way down to who signs at the foot: their whole line
FORM_KEY = "form="  # in the keywords of a file whose form is not set on the type area of a ruling


@dataclass(frozen=True)
class TypeArea:
    """The type area on its paper, in points from the lower left corner, with its grid."""

    paper: tuple[float, float]
    left: float
    top: float
    width: float
    height: float
    rows: int
    columns: int

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top - self.height

    @cached_property
    def row(self) -> float:
        """From line to line."""
        return self.height / self.rows

    @cached_property
    def pitch(self) -> float:
        """From character to character."""
        return self.width / self.columns


@dataclass(frozen=True)
class FormStyle:
    """How one form is set. ``figures`` are what its setter wants besides, as the data give them: millimetres, points, cells."""

    id: str
    name: str
    setter: str
    source: str
    confirmed: bool
    area: TypeArea
    body: float
    court: float
    title: float
    numbering: Numbering
    figures: Mapping[str, float]

    @property
    def written(self) -> tuple[float, float, float, float]:
        """What it prints on, from the paper's upper left corner (x, y, width, height): more than the type area where something stands beside it."""
        wide, high = self.area.paper
        if self.setter in BESIDE:
            return 0.0, 0.0, wide, high
        foot = FOOT * self.mm("foot_gap") if "foot_gap" in self.figures else 0.0
        return self.area.left, high - self.area.top, self.area.width, self.area.height + foot

    def mm(self, name: str) -> float:
        """A figure given in millimetres, in points."""
        return self.figures[name] * MM


@cache
def styles(folder: Path = FOLDER) -> Mapping[str, FormStyle]:
    """Every form by its name.

    Raises:
        Refusal: ``document.data`` with file and line where the data are wrong, or lack a form that documents may have.
    """
    node = read_file(folder / "forms.toml")
    found: dict[str, FormStyle] = {}
    for entry in node.tables("form"):
        style = _like(entry, found) if "like" in entry.names() else _style(entry)
        if style.id in found:
            raise entry.fail(f"「{style.id}」写了两次", "id")
        found[style.id] = style
    node.close()
    if lacking := [name for name in FORMS if name not in found]:
        raise node.fail(f"没有写「{lacking[0]}」这一种文书的版面")
    return found


def style_of(form: str) -> FormStyle:
    """How a form is set."""
    return styles()[form]


def keywords_of(style: FormStyle) -> str:
    """What a file says of its form; nothing where it is set as a ruling is."""
    usual = style_of(USUAL)
    return f"{FORM_KEY}{style.id}" if style.written != usual.written else ""


def written_on(keywords: str) -> tuple[tuple[float, float], tuple[float, float, float, float]]:
    """The paper and what is printed on of a file with these keywords; as of a ruling where they name no form."""
    style = styles().get(keywords.removeprefix(FORM_KEY)) if keywords.startswith(FORM_KEY) else None
    found = style or style_of(USUAL)
    return found.area.paper, found.written


def _like(entry: DataTable, found: Mapping[str, FormStyle]) -> FormStyle:
    """A form set as one named before it."""
    base = entry.one_of("like", tuple(found))
    style = replace(found[base], id=_id(entry), name=entry.text("name"), source=entry.text("source"), confirmed=entry.flag("confirmed"))
    entry.close()
    return style


def _id(entry: DataTable) -> str:
    return entry.one_of("id", FORMS)


def _style(entry: DataTable) -> FormStyle:
    setter = entry.one_of("setter", tuple(SETTERS))
    paper = entry.numbers("paper")
    if len(paper) != 2:
        raise entry.fail("纸须写宽和高", "paper")
    wide, high = (size * MM for size in paper)
    left, top, width, height = (_positive(entry, key) * MM for key in ("left", "top", "width", "height"))
    if left + width > wide + 0.5 or top + height > high + 0.5:
        raise entry.fail("版心大于纸", "width")
    area = TypeArea((wide, high), left, high - top, width, height, int(_positive(entry, "rows")), int(_positive(entry, "columns")))
    figures = _figures(entry, SETTERS[setter])
    style = FormStyle(
        _id(entry), entry.text("name"), setter, entry.text("source"), entry.flag("confirmed"), area, _positive(entry, "body"),
        _positive(entry, "court"), _positive(entry, "title"), cast(Numbering, entry.one_of("numbering", NUMBERINGS)), figures,
    )  # fmt: skip
    entry.close()
    return style


def _figures(entry: DataTable, wanted: tuple[str, ...]) -> Mapping[str, float]:
    node = entry.table("figures")
    found = {name: _positive(node, name) for name in wanted}
    node.close()
    return found


def _positive(node: DataTable, key: str) -> float:
    value = node.number(key, 0.0)
    if value <= 0:
        raise node.fail(f"「{key}」应为大于零的数", key)
    return value
