"""The floor of the window's start: a window with a list of strings. Nothing of the program is imported here, its imports are not the floor's."""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QListView, QMainWindow


def bare_window(count: int, began: float) -> dict[str, float]:
    """A window with a list of strings and nothing else, from the start of the process until it is painted; ``worked`` is the CPU it took."""
    app = QApplication([])
    made = time.perf_counter()
    shown = QMainWindow()
    view = QListView()
    view.setUniformItemSizes(True)
    view.setModel(QStringListModel([f"（2018）琼9027执{n}号 王建国 李秀英 1,234,500.00 超期 12 天" for n in range(count)]))
    shown.setCentralWidget(view)
    shown.resize(1366, 768)
    shown.show()
    app.processEvents()
    view.viewport().repaint()
    return {"start": time.time() - began, "made": time.perf_counter() - made, "worked": time.process_time()}


if __name__ == "__main__":
    print(json.dumps(bare_window(int(sys.argv[1]), float(sys.argv[2]))))
