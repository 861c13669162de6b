"""Backups in the window: the part of 诊断 that makes one and chooses where the daily ones go; and the daily one itself, at a lock or at the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from execdesk.desk import Desk
from execdesk.reads.health import Backups
from ui.dialogs import Dialog
from ui.fields import FieldWidget, NumberField
from ui.jobs import Jobs, Watch
from ui.link import Link
from ui.notices import Notices, ProgressStrip
from ui.saving import ask_file
from ui.shell import Shell
from ui.theme import px
from ui.widgets import Button, Card, Elided, column, holder, label, restyle, row, scrolled, wrapped

FAULTY = "已备份，但留痕有缺损，不算完好的备份，另存为「{}」；以前完好的备份请留着。{}"


class BackupPart(QWidget):
    """The part of 诊断 on backups. ``changed`` when there is something new to read."""

    changed = Signal()

    def __init__(self, link: Link, notices: Notices) -> None:
        super().__init__()
        self.link, self._notices = link, notices
        self.watch: Watch | None = None
        self.dialog: PlanDialog | None = None
        self.write_button = Button("备份…", act=self.ask)
        self.plan_button = Button("每日备份…", act=self.ask_plan)
        self.last, self.place, self.words = Elided("", "secondary"), wrapped("", "secondary"), wrapped("", "secondary")
        self.failed, self.outlived = wrapped("", "secondary", "soon"), wrapped("", "secondary", "soon")
        head = row(label("备份", "card-title"), self.last, self.plan_button, self.write_button, gap=8)
        head.setStretch(1, 1)
        self.setLayout(column(head, self.failed, self.place, self.words, self.outlived, gap=6))

    def show_backups(self, found: Backups, may: bool) -> None:
        """Show how the backups stand, to a person who may make one or not."""
        self.last.setText(f"上次 {found.last}")
        restyle(self.last, tone="soon" if found.late else "")
        self.place.setText(found.place)
        for shown, said in ((self.failed, found.failed), (self.outlived, found.outlived)):
            shown.setText(said)
            shown.setVisible(bool(said))
        words = "备份含数据、钥匙槽、证书和包好的私钥，写完即打开核对；请存到另一块盘上。" if may else "由系统管理员、局长或者院长备份。"
        self.words.setText(words)
        for button in (self.write_button, self.plan_button):
            button.setEnabled(may)

    def ask(self) -> None:
        """Ask where to, then back up."""
        proposed = Path.home() / f"execdesk-{self.link.desk.day:%Y%m%d}.backup"
        if target := ask_file(self, "备份到", str(proposed), "备份 (*.backup *.zip)", ".backup", ".zip"):
            self.write(Path(target))

    def write(self, target: Path) -> None:
        """Check the whole store, then write a verified backup to a file; cancelling leaves no file."""
        desk = self.link.desk
        self.write_button.setEnabled(False)
        watch = Watch("备份前全面自检", "没有留下文件", unit="项")
        self._read(lambda: desk.check(lambda done, total: watch.tell(done, total), papers_since=desk.last_check()), lambda verdict: self._checked(target, verdict), watch)

    def _checked(self, target: Path, verdict: Any) -> None:
        self.link.run(self, lambda desk: desk.note_check(verdict), done=lambda _none: self._write(target), failed=self._failed)

    def _write(self, target: Path) -> None:
        watch = Watch("备份", "没有留下文件", unit="块")
        self._read(lambda: self.link.desk.backups.write(target, lambda done, total: watch.tell(done, total)), lambda made: self._written(target, made), watch)

    def _read(self, work: Callable[[], Any], done: Callable[[Any], object], watch: Watch) -> None:
        self.watch = watch
        self.link.jobs.read(self, work, done=done, failed=self._failed, watch=watch, stopped=self._stopped)

    def _written(self, target: Path, made: Any) -> None:
        if made.whole:
            self._notices.done(f"备份完成并已打开核对：{target.name}，留痕到第 {made.number:,} 条。")
        else:
            self._notices.info(FAULTY.format(made.file, made.found[0]), soon=True)
        self.changed.emit()
        self.link.backed_up.emit()

    def _failed(self, error: BaseException) -> None:
        self.write_button.setEnabled(True)
        self._notices.show_error(error)

    def _stopped(self) -> None:
        assert self.watch is not None
        self.write_button.setEnabled(True)
        self._notices.info(f"已取消{self.watch.what}，{self.watch.leaves}。")

    def ask_plan(self) -> None:
        """Choose where the daily backups go."""
        self.dialog = PlanDialog(self.link, self._chosen, self.window())
        self.dialog.open()

    def _chosen(self, words: str) -> None:
        self._notices.done(words)
        self.changed.emit()


class PlanDialog(Dialog):
    """Where the daily backups of this desk go and how many are kept; emptied, there are none."""

    def __init__(self, link: Link, done: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__("每日备份", parent, "screen:diagnostics")
        self._link, self._done = link, done
        plan, bounds = link.desk.backups.plan, link.desk.backups.settings
        self.place = FieldWidget("folder", "存到哪个文件夹")
        self.kept = NumberField("kept", "留最近几份", required=True, help_text=f"{bounds.kept_least} 到 {bounds.kept_most} 份；再旧的自动删去，删去的只是程序自己每天做的。")
        self.place.set_text(plan.folder)
        self.kept.set_value(plan.kept)
        self.says = Notices()
        choose = Button("选文件夹…", act=self._choose)
        self.go = Button("保存", "primary", act=self.save)
        self.stop = Button("不再每日备份", act=lambda: self._save(""))
        self.stop.setVisible(bool(plan.folder))
        words = (
            "选一次即可：另一块盘、一直插着的U盘，或者法院共享上的文件夹；不要和数据放在同一块盘。以后每天第一次锁定窗口或者退出时自己做一份，"
            "写完即打开核对，可以取消。做不成的，登录时会说，以前的备份不动。备份是加密的，凭备份里的登录名和密码才能打开。"
        )
        where = row(self.place, choose, gap=8)
        where.setStretch(0, 1)
        body = scrolled(holder(column(wrapped(words, "secondary"), where, self.kept, None, gap=10, margins=(0, 0, 10, 0))))
        card = Card(
            label("每日备份", "page-title"), body, self.says, row(self.go, self.stop, None, Button("不改了", act=self.close), gap=8), gap=10, margins=(18, 14, 18, 14),
        )
        card.box.setStretch(1, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(560, 470)
        self.place.setFocus()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "每日备份存到", self.place.text)
        if folder:
            self.place.set_text(folder)

    def save(self) -> None:
        """Keep what is chosen."""
        if self.kept.demand():
            self._save(self.place.text)

    def _save(self, folder: str) -> None:
        self.says.clear()
        kept = int(self.kept.value) if not self.kept.error and self.kept.text else self._link.desk.backups.plan.kept
        self._link.run(self, lambda desk: desk.backups.choose(folder, kept), done=self._saved, failed=self.says.show_error)

    def _saved(self, plan: Any) -> None:
        self.close()
        self._done(f"每日备份存到「{plan.folder}」，留最近 {plan.kept} 份。" if plan.folder else "以后不再每日备份。")


class DailyBackup(QObject):
    """Today's backup, where it is due: begun at a lock, or before the window of :meth:`attend` closes. ``made`` when there is a new one."""

    made = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._desk: Desk | None = None
        self._shell: Shell | None = None
        self._put_off = False  # the person cancelled it in this sitting: only when he leaves is it begun again
        self.watch: Watch | None = None
        self.leaving: LeaveCover | None = None

    def attend(self, shell: Shell, desk: Desk) -> None:
        """From now on this window is told of it, and waits for it when it is to close."""
        self._shell, self._desk, self.leaving = shell, desk, None
        shell.may_leave = self.may_leave

    def at_lock(self) -> None:
        """Begin it at the first lock of a day."""
        if not self._put_off:
            self._begin()

    def may_leave(self) -> bool:
        """Whether the window may close now; else it closes by itself once today's backup is made, or when the person will not wait."""
        application = QGuiApplication.instance()
        ending = isinstance(application, QGuiApplication) and application.isSavingSession()  # the computer is being shut down
        if self.leaving is not None or self._shell is None or ending or not self._begin():
            return True
        self.leaving = LeaveCover(self._shell, self._jobs, self.watch)
        self.leaving.leave.connect(self._leave_now)
        return False

    def cancel(self) -> None:
        """Stop it at its next step."""
        if self.watch is not None:
            self.watch.cancel()

    def _begin(self) -> bool:
        """Begin it, unless it runs already or is not due; whether it runs now."""
        desk = self._desk
        if self.watch is not None:
            return True
        if desk is None or not desk.backups.due:
            return False
        self.watch = watch = Watch("今天的备份", "没有留下文件，以前的备份都在", unit="块")
        self._jobs.read(
            self, lambda: desk.backups.write_today(lambda done, total: watch.tell(done, total)), done=self._written, failed=self._failed, watch=watch, stopped=self._stopped,
        )
        return True

    def _leave_now(self) -> None:
        self.cancel()
        if self._shell is not None:
            self._shell.close()

    def _written(self, made: Any) -> None:
        self._end("" if made.whole else FAULTY.format(made.file, made.found[0]))
        self.made.emit()

    def _failed(self, error: BaseException) -> None:
        self._end(f"今天的备份没有做成：{getattr(error, 'text', '程序出错，请报告维护人员。')}")

    def _stopped(self) -> None:
        self._put_off = True
        self._end("已取消今天的备份，以前的备份都在。")

    def _end(self, words: str) -> None:
        """Say what the person has to know, or let the window go that waited."""
        self.watch = None
        if self._shell is None:
            return
        if self.leaving is not None:
            self.leaving.say(words) if words else self._shell.close()
        elif words:
            self._shell.notices.info(words, soon=True)
            self._shell.cover.say(words)


class LeaveCover(QFrame):
    """Over a window that is going, while today's backup is made: how far it is, and leaving without it. ``leave`` when the person will not wait."""

    leave = Signal()

    def __init__(self, window: QWidget, jobs: Jobs, watch: Watch | None) -> None:
        super().__init__(window)
        self.setAutoFillBackground(True)
        self.setProperty("kind", "page")
        self.words = wrapped("正在做今天的备份，做完自动退出。", "strong")
        self.go = Button("现在就退出，今天不备份", act=self.leave.emit)
        self.strip = ProgressStrip(jobs)
        if watch is not None:
            self.strip.follow(watch)
        card = Card(label("退出以前", "page-title"), self.words, self.strip, row(None, self.go), gap=12, margins=(24, 20, 24, 20))
        card.setFixedWidth(px(620))
        self.setLayout(column(None, row(None, card, None), None, None))
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def say(self, words: str) -> None:
        """What became of it, where the person has to know; leaving is up to him."""
        self.words.setText(words)
        self.go.setText("退出")
        self.go.setFocus()
