"""Our own faults: hooks set before the first window, a report with a copy button, a crash shown at the next start."""

from __future__ import annotations

import faulthandler
import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLockFile, QObject, Signal, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.dialogs import Dialog
from ui.widgets import Button, column, label, row, wrapped

REPORTS_KEPT = 20


class Faults(QObject):
    """Keeps a report of every fault in ``folder`` and tells the window by ``happened(report)``.

    The signal crosses threads by itself. A session that did not end by :meth:`leave` is told at the next start by
    :attr:`last_time`: the words of the interpreter's own fault handler, or that the program ended without warning.
    """

    happened = Signal(str)

    def __init__(self, folder: Path, version: str) -> None:
        super().__init__()
        self._folder, self._version = folder, version
        folder.mkdir(parents=True, exist_ok=True)
        self._fault_file = folder / "fault.txt"
        session = folder / "session.lock"
        self._mark = QLockFile(str(session))
        self._mark.setStaleLockTime(0)  # only a lock whose process is gone counts as left behind
        left_behind = session.exists()
        self._first = self._mark.tryLock(0)  # a second window on this PC leaves the first one's traces alone
        self.last_time = self._look_back() if left_behind and self._first else ""
        self._fault = self._fault_file.open("w", encoding="utf-8") if self._first else None
        self._was = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Set the hooks of ``sys`` and ``threading`` and the fault handler."""
        sys.excepthook = self._in_window
        threading.excepthook = self._in_thread
        if self._fault is not None:
            faulthandler.enable(self._fault)

    def leave(self) -> None:
        """End the session properly: take the hooks away and the mark."""
        sys.excepthook, threading.excepthook = self._was
        if self._fault is not None:
            faulthandler.disable()
            self._fault.close()
            self._mark.unlock()

    def report(self, error: BaseException) -> str:
        """Keep a report of the error, tell the window, and return the report."""
        lines = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        now = datetime.now(UTC)
        text = f"execdesk {self._version} · {now:%Y-%m-%d %H:%M:%S} UTC\n{facts()}\n\n{lines}"
        try:
            (self._folder / f"fault-{now:%Y%m%d-%H%M%S-%f}.txt").write_text(text, "utf-8")
            for old in sorted(self._folder.glob("fault-*.txt"))[:-REPORTS_KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            pass  # the report is still shown
        self.happened.emit(text)
        return text

    def _in_window(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._was[0](kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.report(args.exc_value)

    def _look_back(self) -> str:
        try:
            words = self._fault_file.read_text("utf-8", errors="replace").strip()
        except OSError:
            words = ""
        return f"上次使用没有正常结束。\n{facts()}\n\n{words or '没有留下出错的位置。'}"


def facts() -> str:
    """The versions that matter in a report; no name, no path, nothing of any case."""
    return f"Python {platform.python_version()} · Qt {qVersion()} · {platform.system()} {platform.release()} {platform.machine()}"


class FaultDialog(Dialog):
    """Says that the fault is ours, that nothing half-done was kept, and offers the report for copying."""

    def __init__(self, report: str, parent: QWidget | None = None, last_time: bool = False) -> None:
        head = "上次使用没有正常结束" if last_time else "程序出错，这一步没有完成"
        super().__init__(head, parent, "screen:diagnostics")
        words = (
            "可能是断电、强行关机或者程序中途退出。已写入的内容都在；当时没有写完的一步没有留下任何痕迹。常常这样的，请把下面的报告交给维护人员。" if last_time
            else "这是程序的错误，不是您的操作。没有写完的内容没有留下痕迹，其余照常可用。请把下面的报告交给维护人员。"
        )
        self.text = QPlainTextEdit(report)  # to read and copy
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.copy = Button("复制报告", "primary", icon="copy", act=self._copy)
        self.shut = Button("关闭", act=self.close)
        self.setLayout(column(
            label(head, "page-title"), wrapped(words), self.text, row(self.copy, self.shut, None, gap=6), gap=10, margins=(16, 14, 16, 14)
        ))
        self.copy.setFocus()
        self.fit(640, 400)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText("已复制")
