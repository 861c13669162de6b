"""Long work of the import as a card of the page: what, how far of how many, time left, 取消 and what it leaves."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar

from ui.jobs import Watch
from ui.theme import px
from ui.widgets import Button, Card, column, label, row, secondary


class ProgressCard(Card):
    """Shows one :class:`Watch` from :meth:`begin` to :meth:`end`; it never asks the work, the work tells the watch."""

    def __init__(self) -> None:
        super().__init__(margins=(0, 0, 0, 0))
        self.watch: Watch | None = None
        self.what, self.far, self.left = label("", "strong"), secondary(), secondary()
        self.sum, self.leaves = secondary(), secondary()
        self.bar, self.percent = QProgressBar(), label("", "strong")
        self.bar.setTextVisible(False)
        self.percent.setMinimumWidth(px(40))
        self.stop = Button("取消", act=self.cancel)
        said = column(row(self.what, 4, self.far, 16, self.left, None, gap=4), row(self.bar, self.percent, gap=12), gap=8)
        words = column(self.sum, self.leaves, gap=6)
        line = row(said, words, self.stop, gap=22, margins=(15, 10, 15, 10))
        line.setStretch(0, 1)
        self.box.addLayout(line)
        self._timer = QTimer(self, interval=100)
        self._timer.timeout.connect(self.tick)
        self.hide()

    def begin(self, watch: Watch) -> Watch:
        """Show a work that begins now."""
        self.watch = watch
        self._timer.start()
        self.tick()
        self.show()
        return watch

    def end(self) -> bool:
        """The work is over; whether the person had asked it to stop."""
        cancelled = self.watch is not None and self.watch.cancelled
        self.watch = None
        self._timer.stop()
        self.hide()
        return cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        if self.watch is not None:
            self.watch.cancel()
            self.tick()

    def tick(self) -> None:
        """Show how far it is."""
        watch = self.watch
        if watch is None:
            return
        self.what.setText(watch.what)
        self.far.setText(f"第 {watch.done:,} {watch.unit}，共 {watch.total:,} {watch.unit}" if watch.total else "正在打开文件")
        self.left.setText("正在停下…" if watch.cancelled else watch.left)
        self.leaves.setText(watch.leaves)
        self.sum.setVisible(bool(self.sum.text()))
        self.bar.setRange(0, watch.total)
        self.bar.setValue(min(watch.done, watch.total))
        self.percent.setText(f"{watch.done * 100 // watch.total}%" if watch.total else "")
        self.stop.setVisible(watch.can_cancel)
        self.stop.setEnabled(not watch.cancelled)
