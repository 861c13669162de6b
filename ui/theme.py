"""Colours, sizes and fonts of the window; everything scales with one base font.

Sizes are given as pixels at 100 % (base font 13 px) and pass through :meth:`Theme.px`, so the window works from
100 to 200 %. The style sheet is a template: ``@ink`` is a colour, ``@px(12)`` a length, ``@font(0.92)`` a font size,
``@icon(check)`` the path of an icon file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

BASE_FONT_PX = 13
SMALLEST, LARGEST = 1.0, 2.0

COLOURS: dict[str, str] = {
    "ground": "#f3f5f8", "card": "#ffffff", "line": "#dfe4ea", "hairline": "#edf0f3", "head": "#f7f8fa",
    "field_line": "#c3cbd4", "track": "#e8ebef", "paper_ground": "#e6e9ed",
    "ink": "#1d2733", "secondary": "#5d6875", "hint": "#6b7783",
    "navy": "#12395f", "navy_over": "#1b4a78", "navy_far": "#41678f", "navy_soft": "#eef3fa", "navy_line": "#cfdded",
    "selection": "#dce8f5", "grey_chip": "#eef1f4",
    "amber": "#8a5300", "amber_ground": "#fdf4e3", "amber_mark": "#d58a0a", "amber_line": "#e9cf96",
    "red": "#a3201a", "red_ground": "#fbefee", "red_line": "#e8bdb9", "white": "#ffffff",
}
"""Every colour by name; red stands only for late, lapsed, refused, not taken into effect."""

TONES: dict[str, str] = {
    "": "ink", "strong": "ink", "muted": "secondary", "hint": "hint", "soon": "amber", "late": "red", "navy": "navy",
}
"""What a cell or label may say by colour; the words say the same."""

SECONDARY, BODY, CARD_TITLE, PAGE_TITLE, MAIN = 0.92, 1.0, 1.15, 1.3, 1.4
"""Type sizes relative to the base font."""


def colour(name: str) -> QColor:
    """The colour of that name; ``KeyError`` for an unknown one."""
    return QColor(COLOURS[name])


class Theme:
    """One look of the window: resources folder and scale. ``install`` makes it the current one."""

    def __init__(self, resources: Path, scale: float = 1.0) -> None:
        self.resources = resources
        self.scale = min(max(scale, SMALLEST), LARGEST)
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def px(self, length: float) -> int:
        """A length given in pixels at 100 %, in pixels now; never less than one for a positive length."""
        return max(1, round(length * self.scale)) if length > 0 else round(length * self.scale)

    def font(self, ratio: float = BODY, bold: bool = False) -> QFont:
        """The window's font at ``ratio`` of the base size."""
        font = QFont(QApplication.font())
        font.setPixelSize(round(BASE_FONT_PX * self.scale * ratio))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        return font

    def metrics(self, ratio: float = BODY, bold: bool = False) -> QFontMetricsF:
        """Measures of :meth:`font`."""
        return QFontMetricsF(self.font(ratio, bold))

    @property
    def row_height(self) -> int:
        """Height of a table row."""
        return self.px(28)

    def pixmap(self, name: str, tone: str = "secondary", size: float = 14, ratio: float = 1.0) -> QPixmap:
        """The icon ``resources/icons/<name>.svg`` in a colour of :data:`COLOURS`, ``size`` px at 100 %."""
        key = (name, tone, self.px(size), ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(name, tone, self.px(size), ratio)
        return self._pixmaps[key]

    def icon(self, name: str, tone: str = "secondary", size: float = 14) -> QIcon:
        """The icon for a button or action."""
        icon = QIcon(self.pixmap(name, tone, size))
        icon.addPixmap(self.pixmap(name, tone, size, 2.0))
        return icon

    def icon_size(self, size: float = 14) -> QSize:
        """The size to give a button for :meth:`icon`."""
        return QSize(self.px(size), self.px(size))

    def sheet(self) -> str:
        """The style sheet with colours and lengths filled in."""
        text = (self.resources / "style" / "execdesk.qss").read_text("utf-8")
        icons = (self.resources / "icons").as_posix()
        text = re.sub(r"@px\(([\d.]+)\)", lambda found: f"{self.px(float(found[1]))}px", text)
        text = re.sub(r"@font\(([\d.]+)\)", lambda found: f"{round(BASE_FONT_PX * self.scale * float(found[1]))}px", text)
        text = re.sub(r"@icon\(([\w-]+)\)", lambda found: f'url("{icons}/{found[1]}.svg")', text)
        return re.sub(r"@([a-z_]+)", lambda found: COLOURS[found[1]], text)

    def install(self, app: QApplication) -> None:
        """Load the fonts, set base font, palette and style sheet, and become the current theme."""
        families = load_fonts(self.resources / "fonts")
        app.setStyle("Fusion")
        font = QFont([*families, *filter(None, _OWN.values())]) if families else QFont(app.font())
        font.setPixelSize(round(BASE_FONT_PX * self.scale))
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        app.setFont(font)
        app.setPalette(_palette())
        app.setStyleSheet(self.sheet())
        _Current.theme = self

    def _draw(self, name: str, tone: str, side: int, ratio: float) -> QPixmap:
        svg = (self.resources / "icons" / f"{name}.svg").read_text("utf-8")
        svg = svg.replace(COLOURS["secondary"], COLOURS[tone])
        picture = QPixmap(round(side * ratio), round(side * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        return picture


class _Current:
    theme: Theme | None = None


def current() -> Theme:
    """The theme in use; a ``RuntimeError`` before :meth:`Theme.install`."""
    if _Current.theme is None:
        raise RuntimeError("no theme installed")
    return _Current.theme


def px(length: float) -> int:
    """:meth:`Theme.px` of the theme in use."""
    return current().px(length)


@lru_cache(maxsize=4)
def load_fonts(folder: Path) -> list[str]:
    """Register the window's fonts and those with rare characters behind them; the families, first choice first."""
    families: list[str] = []
    for path in [*sorted(folder.glob("NotoSansSC*.ttf")), *sorted(folder.glob("*Rare*.ttf")), *sorted(folder.glob("*-Ext?.ttf"))]:
        number = QFontDatabase.addApplicationFont(str(path))
        found = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        if found and found[0] not in families:
            families.append(found[0])
    return families


_OWN: dict[str, str] = {}  # fonts of a court's own glyphs by the name of their file → family


def add_fonts(own: Mapping[str, bytes]) -> None:
    """Show characters with fonts of a court's own, behind all others, in whatever is shown from now on and already is."""
    fresh = {name: data for name, data in own.items() if name not in _OWN}
    for name, data in fresh.items():
        number = QFontDatabase.addApplicationFontFromData(QByteArray(data))
        found = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        _OWN[name] = found[0] if found else ""
    app = QApplication.instance()
    if fresh and isinstance(app, QApplication):
        font = QFont(app.font())
        font.setFamilies([*font.families(), *(_OWN[name] for name in fresh if _OWN[name])])
        app.setFont(font)
        app.setStyleSheet(app.styleSheet())  # else what has a style of its own keeps the font it had


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: "ground", role.WindowText: "ink", role.Base: "card", role.AlternateBase: "card", role.Text: "ink",
        role.Button: "card", role.ButtonText: "ink", role.Highlight: "selection", role.HighlightedText: "ink",
        role.ToolTipBase: "card", role.ToolTipText: "ink", role.PlaceholderText: "hint", role.Link: "navy",
        role.LinkVisited: "navy", role.BrightText: "red",
    }
    for which, name in pairs.items():
        palette.setColor(which, colour(name))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, colour("hint"))
    return palette
