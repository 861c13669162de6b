"""Pictures of the window and of a document, for a machine without a display."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QMessageLogContext,
    QSize,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from execdesk.opening import Opening

SIZE = QSize(1366, 768)
PATIENCE = 30.0  # seconds for a tab to have read its rows
VIEWS = (("judge", 0, "案件"), ("director", 1, "团队"), ("president", 2, "审批"))


def write_pictures(
    build: Callable[[], Any], args: argparse.Namespace, folder: Path, case: str, document: Path | None
) -> list[Path]:
    """Write each tab as its reader sees it, at 1366×768, with ``case`` open, and every page of ``document``; returns the files."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.application import make_application
    from ui.settings import Settings

    qInstallMessageHandler(_quiet)
    folder.mkdir(parents=True, exist_ok=True)
    opening = Opening(build(), args.data, None)
    make_application(opening.services, Settings(None))
    found = [_tab(opening, args.user if who == "judge" else who, tab, case, folder / f"{name}.png") for who, tab, name in VIEWS]
    if document is not None:
        found += pages_of(document.read_bytes(), folder, "裁定书")
    return found


def _quiet(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """The platform without a screen says of each window that it has no size to hint at; all else is shown."""
    if "propagateSizeHints" not in text:
        print(f"Qt {kind.name}: {text}", file=sys.stderr)


def _tab(opening: Opening, account: str, tab: int, case: str, target: Path) -> Path:
    from ui.application import Workplace
    from ui.settings import Settings

    place = Workplace(opening, Settings(None))
    place._opened(opening.open(account, "demo"))
    settle(lambda: place.shell is not None and not place.jobs.busy)
    shell = place.shell
    assert shell is not None
    shell.resize(SIZE)
    shell.choose_tab(tab)
    if tab == 0 and place.tabs is not None:
        place.tabs.open_case(case)
    settle(lambda: not place.jobs.busy)
    shell.grab().save(str(target))
    place.leave()
    shell.close()
    return target


def settle(ready: Callable[[], bool]) -> None:
    """Let the window work until it has nothing left to do."""
    end, quiet = time.monotonic() + PATIENCE, 0
    while quiet < 20 and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.01)
        quiet = quiet + 1 if ready() else 0


def pages_of(pdf: bytes, folder: Path, name: str, width: int = 992) -> list[Path]:
    """Every page of a PDF as a picture ``width`` points of the screen wide."""
    from ui.pdfpictures import with_seal

    data = QByteArray(with_seal(pdf))
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    found = []
    for number in range(document.pageCount()):
        size = document.pagePointSize(number)
        drawn = document.render(number, QSize(width, round(width * size.height() / size.width())))
        page = QImage(drawn.size(), QImage.Format.Format_RGB32)
        page.fill(QColor("white"))
        painter = QPainter(page)
        painter.drawImage(0, 0, drawn)
        painter.end()
        target = folder / f"{name}{number + 1}.png"
        page.save(str(target))
        found.append(target)
    return found
