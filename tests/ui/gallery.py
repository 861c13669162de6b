"""Writes a picture of every widget and page of the window's foundation: ``python -m tests.ui.gallery FOLDER``.

Each at 1366×768 and again at 150 %, to be looked at beside the design. Names and numbers are fictional.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from tests.ui import scenes  # noqa: E402
from ui.theme import Theme  # noqa: E402

RESOURCES = Path(__file__).parents[2] / "resources"


def settle(app: QApplication) -> None:
    """Let layouts and queued calls come to rest."""
    for _ in range(6):
        app.processEvents()


def take(app: QApplication, name: str, make: Callable[[], QWidget], folder: Path, scale: float) -> None:
    """Show one scene and write its picture."""
    widget = make()
    size = (1366, 768) if scale == 1.0 else (round(1366 * scale), round(768 * scale))
    if widget.property("own_size") is None:
        widget.resize(*size)
    widget.show()
    settle(app)
    if (after := widget.property("after")) is not None:
        after()
        settle(app)
    mark = "" if scale == 1.0 else f"-{round(scale * 100)}"
    widget.grab().save(str(folder / f"{name}{mark}.png"))
    widget.close()
    scenes.clean_up()
    widget.deleteLater()
    settle(app)


def main(arguments: list[str]) -> int:
    """Write the pictures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="names that begin so")
    parser.add_argument("--scale", type=float, action="append")
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    for scale in asked.scale or [1.0, 1.5]:
        Theme(RESOURCES, scale).install(app)
        for name, make in scenes.SCENES.items():
            if name.startswith(asked.only):
                take(app, name, make, asked.folder, scale)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
