"""Colours keep their contrast, sizes follow the base font, the style sheet is whole."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.ui.conftest import RESOURCES
from ui.theme import COLOURS, Theme


def luminance(name: str) -> float:
    parts = [int(COLOURS[name][place:place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["card", "ground", "head", "selection", "amber_ground", "red_ground", "navy_soft", "grey_chip"])
@pytest.mark.parametrize("ink", ["ink", "secondary", "amber", "red", "navy"])
def test_words_keep_their_contrast_on_every_ground(ground: str, ink: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("ink", "ground"), [("hint", "card"), ("white", "navy"), ("white", "navy_over")])
def test_the_other_pairs_in_use(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_style_sheet_is_filled_in_at_every_scale(scale: float) -> None:
    sheet = Theme(RESOURCES, scale).sheet()
    assert "@" not in sheet
    for path in re.findall(r'url\("([^"]+)"\)', sheet):
        assert path.endswith(".svg")
        assert RESOURCES.joinpath("icons", path.rsplit("/", 1)[1]).exists()


def test_sizes_follow_the_scale_and_stay_within_bounds() -> None:
    assert [Theme(RESOURCES, scale).px(12) for scale in (1.0, 1.5, 2.0)] == [12, 18, 24]
    assert Theme(RESOURCES, 0.3).scale == 1.0
    assert Theme(RESOURCES, 9).scale == 2.0
    assert Theme(RESOURCES, 1.0).px(0.4) == 1


def test_no_shadow_no_gradient() -> None:
    sheet = Theme(RESOURCES).sheet()
    assert "gradient" not in sheet
    assert "shadow" not in sheet


def test_constants_survive_many_calls_into_qt() -> None:
    script = (
        "import ui, sys\n"
        "from PySide6.QtCore import QObject\n"
        "thing = QObject()\n"
        "for number in range(300_000): thing.setObjectName('x')\n"
        "print('alive')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=RESOURCES.parent, timeout=120, check=False)
    assert done.stdout.strip() == "alive", done.stderr
