"""What the window says back, in place and without pop-ups: one-line notices, refusals with clause and ways on, progress."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QWidget

from execdesk.law.refusal import Refusal, WayOn
from ui.jobs import Jobs, Watch
from ui.theme import colour, px
from ui.widgets import Button, Elided, column, icon_label, label, row, secondary, wrapped

DONE_STAYS_MS = 6000
PROGRESS_AFTER_S = 0.6


class RefusalPanel(QFrame):
    """A refusal opened in place: one sentence, the clauses in 「」 with their source, up to three ways on.

    ``way(WayOn)`` when one is chosen; the way with action ``clause`` carries F1 beside it.
    """

    way = Signal(object)
    closed = Signal()

    def __init__(self, refusal: Refusal, closable: bool = True) -> None:
        super().__init__()
        self.refusal = refusal
        self.setObjectName("refusal")
        red = colour("red").name()
        self.setStyleSheet(f"#refusal {{ background: {colour('red_ground').name()}; border: none; border-left: {px(3)}px solid {red}; }}")
        sentence = wrapped(refusal.text, "strong", "late")
        sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = row(sentence, gap=8)
        head.setStretchFactor(sentence, 1)
        if closable:
            close = Button(kind="bare-icon", icon="cross", tip="收起", act=self._close)
            head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        body = column(head, gap=4, margins=(13, 10, 10, 10))
        for clause in refusal.clauses:
            body.addWidget(wrapped(f"「{clause.quote.strip('「」')}」{clause.source}", "secondary"))
        if refusal.ways:
            body.addLayout(row(*(self._link(one) for one in refusal.ways[:3]), None, gap=18))
        self.setLayout(body)
        self.setAccessibleName(refusal.text)

    def _link(self, one: WayOn) -> Button:
        return Button(one.label + (" F1" if one.action == "clause" and "F1" not in one.label else ""), "link", act=lambda: self.way.emit(one))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class Notice(QFrame):
    """One line on what happened or must be seen to: ``done`` (a tick), ``info``, ``soon`` (amber)."""

    closed = Signal()

    def __init__(self, text: str, kind: str = "done", action: tuple[str, Callable[[], object]] | None = None) -> None:
        super().__init__()
        self.text, self.kind = text, kind
        self.setObjectName("notice")
        ground, edge, icon, tone = {
            "done": ("navy_soft", "navy_line", "check", "navy"),
            "info": ("navy_soft", "navy_line", "info", "navy"),
            "soon": ("amber_ground", "amber_line", "warning", "amber_mark"),
        }[kind]
        self.setStyleSheet(
            f"#notice {{ background: {colour(ground).name()}; border: 1px solid {colour(edge).name()}; border-radius: {px(6)}px; }}"
        )
        words = Elided(text)
        line = row(icon_label(icon, tone), words, None, gap=8, margins=(12, 3, 6, 3))
        if action is not None:
            line.addWidget(Button(action[0], "link", act=action[1]))
        line.addWidget(Button(kind="bare-icon", icon="cross", tip="收起", act=self._close))
        self.setLayout(line)
        self.setAccessibleName(text)

    def lie_flat(self) -> None:
        """Fit into a line as low as the status bar."""
        box = self.layout()
        assert box is not None
        box.setContentsMargins(px(12), 0, px(6), 0)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class Notices(QWidget):
    """The place for notices at the head of a page or of the window; empty it takes no room.

    What only says that something was done lies over the foot of the window (:meth:`lie_over`), so that nothing moves under
    the pointer when it comes and goes, and no row, sum or button of a page is covered. ``show_error`` shows a :class:`Refusal` as it stands and hands everything else to ``crashed``.
    """

    way = Signal(object)

    def __init__(self, crashed: Callable[[BaseException], object] | None = None) -> None:
        super().__init__()
        self._crashed = crashed
        self._ground: QWidget | None = None
        self._foot: QWidget | None = None
        self._passing: Notice | None = None
        self._box = column(gap=6)
        self.setLayout(self._box)
        self.hide()

    def lie_over(self, ground: QWidget, foot: QWidget) -> None:
        """Show what was done in the middle of ``foot``, a child of ``ground``."""
        self._ground, self._foot = ground, foot
        foot.installEventFilter(self)

    def on_crash(self, crashed: Callable[[BaseException], object]) -> None:
        """Where errors that are no refusals go."""
        self._crashed = crashed

    @property
    def shown(self) -> list[str]:
        """The words now on screen, newest first."""
        found = []
        for part in self._parts():
            if isinstance(part, RefusalPanel):
                found.append(part.refusal.text)
            elif isinstance(part, Notice):
                found.append(part.text)
        return found

    def done(self, text: str, action: tuple[str, Callable[[], object]] | None = None) -> None:
        """Say in one line what happened; goes away by itself. A page leaves it to the window it stands in."""
        outer = getattr(self.window(), "notices", None)
        if self._ground is None and isinstance(outer, Notices) and outer is not self:
            outer.done(text, action)
            return
        for part in self._parts():
            if isinstance(part, Notice) and part.kind == "done":
                self._drop(part)
        notice = Notice(text, "done", action)
        if self._ground is None:
            self._put(notice, notice)
        else:
            self._lay(notice, self._ground)
        QTimer.singleShot(DONE_STAYS_MS, notice, lambda: self._drop(notice))

    def info(self, text: str, action: tuple[str, Callable[[], object]] | None = None, soon: bool = False) -> None:
        """Say something that stays until it is closed."""
        notice = Notice(text, "soon" if soon else "info", action)
        self._put(notice, notice)

    def refuse(self, refusal: Refusal) -> RefusalPanel:
        """Open a refusal in place, instead of one shown before."""
        self.clear(RefusalPanel)
        panel = RefusalPanel(refusal)
        panel.way.connect(self.way)
        self._put(panel, panel)
        return panel

    def show_error(self, error: BaseException) -> None:
        """A refusal is shown here; any other error is our fault and goes to the crash report."""
        if isinstance(error, Refusal):
            self.refuse(error)
        elif self._crashed is not None:
            self._crashed(error)
        else:
            raise error

    def clear(self, kind: type[QWidget] = QWidget) -> None:
        """Take away what is shown."""
        for part in self._parts():
            if isinstance(part, kind):
                self._drop(part)

    def _parts(self) -> list[QWidget]:
        items = [self._box.itemAt(number) for number in range(self._box.count())]
        passing: list[QWidget] = [self._passing] if self._passing is not None else []
        return passing + [part for item in items if item is not None and (part := item.widget()) is not None]

    def _lay(self, notice: Notice, ground: QWidget) -> None:
        self._passing = notice
        notice.setParent(ground)
        notice.lie_flat()
        notice.closed.connect(lambda: self._drop(notice))
        self._place()
        notice.show()

    def _place(self) -> None:
        if self._passing is None or self._ground is None or self._foot is None:
            return
        size, room = self._passing.sizeHint(), self._ground.width()
        width = min(size.width(), room - px(24))
        self._passing.setGeometry((room - width) // 2, self._foot.y(), width, self._foot.height())
        self._passing.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def _put(self, part: QWidget, closing: Notice | RefusalPanel) -> None:
        self._box.insertWidget(0, part)
        closing.closed.connect(lambda: self._drop(part))
        self.show()

    def _drop(self, part: QWidget) -> None:
        if part is self._passing:
            self._passing = None
        self._box.removeWidget(part)
        part.hide()
        part.deleteLater()
        if self._box.count() == 0:
            self.hide()


class ProgressStrip(QFrame):
    """Long work as a card: what, how far of how many, time left, 取消 and what cancelling leaves. Shown after 0.6 s."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._watches: list[Watch] = []
        self._what, self.far, self._left = label("", "strong"), secondary(), secondary()
        self.leaves: QLabel = secondary()
        self.percent = label("", "strong")
        self.percent.setMinimumWidth(px(40))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = Button("取消", act=self._cancel)
        words = row(self._what, self.far, 8, self._left, None, self.leaves)
        lines = column(words, row(self.bar, self.percent, gap=10), gap=6)
        box = row(lines, self.stop, gap=14, margins=(14, 8, 12, 10))
        box.setStretch(0, 1)
        self.setLayout(box)
        self.hide()
        self._timer = QTimer(self, interval=100)
        self._timer.timeout.connect(self.tick)
        jobs.watch_began.connect(self.follow)
        jobs.watch_ended.connect(self._ended)

    def follow(self, watch: Watch) -> None:
        """Show a work, which may have begun before."""
        self._watches.append(watch)
        self._timer.start()

    def _ended(self, watch: Watch) -> None:
        if watch in self._watches:
            self._watches.remove(watch)
        if not self._watches:
            self._timer.stop()
            self.hide()

    def _cancel(self) -> None:
        for watch in self._watches[:1]:
            watch.cancel()
        self.tick()

    def tick(self) -> None:
        """Show how far the oldest work is."""
        if not self._watches or self._watches[0].seconds < PROGRESS_AFTER_S:
            return
        watch = self._watches[0]
        self._what.setText(watch.what)
        self.far.setText(f"第 {watch.done:,} {watch.unit}，共 {watch.total:,} {watch.unit}" if watch.total else "")
        self._left.setText(watch.left)
        self.leaves.setText("正在停下…" if watch.cancelled else watch.leaves)
        self.bar.setRange(0, watch.total if watch.total else 0)
        self.bar.setValue(min(watch.done, watch.total))
        self.percent.setText(f"{watch.done * 100 // watch.total}%" if watch.total else "")
        self.stop.setVisible(watch.can_cancel)
        self.stop.setEnabled(not watch.cancelled)
        self.show()


class Shelf(QWidget):
    """Holds widgets that come and go; takes no room while all are hidden."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._parts = parts
        self.setLayout(column(*parts, gap=8, margins=(12, 10, 12, 0)))
        for part in parts:
            part.installEventFilter(self)
        self._fit()

    def _fit(self) -> None:
        self.setVisible(any(not part.isHidden() for part in self._parts))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fit()
        return super().eventFilter(watched, event)
