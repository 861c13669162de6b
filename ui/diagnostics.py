"""工具 → 诊断: the full check with progress, faults with place and what to do, incidents, backup, versions, crash reports."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from execdesk.law.refusal import Refusal
from execdesk.reads.health import Health, in_words, what_to_do
from ui.backups import BackupPart
from ui.ceremony import CeremonyDialog
from ui.columns import Columns, SidePanel
from ui.errors import FaultDialog
from ui.errors import facts as machine_facts
from ui.incidents import Incidents, empty
from ui.jobs import Watch
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.settings import Settings
from ui.team.dialogs import ActDialog
from ui.widgets import (
    Button,
    Card,
    CardHead,
    FactLines,
    column,
    holder,
    label,
    line,
    row,
    scrolled,
    secondary,
    wrapped,
)

FAULTS_SHOWN = 200
FAULTS_FOLDER = "faults"


class DiagnosticsPage(Page):
    """Left the store and its check, right incidents. Everything can be copied for whoever maintains the program."""

    def __init__(self, link: Link, notices: Notices, settings: Settings | None = None) -> None:
        super().__init__("诊断")
        del settings
        self.link, self._notices = link, notices
        self.shown: Health | None = None
        self.verdict: Any = None
        self.dialog: Any = None
        self.watch: Watch | None = None
        self.copy_button = Button("复制诊断", icon="copy", act=self.copy)
        self.check = Button("开始全面自检", "primary", act=self.start_check)
        self.backups = BackupPart(link, notices)
        self.backups.changed.connect(self.reload)
        self.clear = Button("登记纸上最后文号…", "primary", act=self._clear)
        self._store: QVBoxLayout = column(gap=10, margins=(14, 12, 14, 12))
        self.incidents = Incidents(link, notices)
        left = Card(CardHead("本库", "", self.copy_button), scrolled(holder(self._store)), gap=0, margins=(0, 0, 0, 0))
        self.setLayout(column(Columns(SidePanel("本库", left, 560, 1), SidePanel("事件", self.incidents, 420, 1)), gap=0))
        link.changed.connect(self._heard)
        link.jobs.watch_ended.connect(self._ended)

    @property
    def first_focus(self) -> QWidget | None:
        return self.check

    @property
    def clause_topic(self) -> str:
        return "screen:diagnostics"

    def entered(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read anew."""
        self.link.read(self, lambda reads: reads.health(), done=self._arrived, failed=self._notices.show_error)

    def _heard(self, changes: Any) -> None:
        if any(table in ("Incident", "Certificate") for table, _row in changes.rows):
            self.reload()

    def _arrived(self, found: Health) -> None:
        self.shown = found
        waiting = sum(one.open for one in found.incidents)
        self.say("诊断", f"{waiting} 件事件待办结" if waiting else "没有待办结的事件")
        self._fill_store(found)
        self.incidents.show_incidents(found.incidents)

    def set_day_right(self) -> None:
        """Two persons set a wrong day right."""
        self.dialog = ActDialog(
            self.link.desk, self.link.jobs, "clock.correct", done=self._day_set, parent=self.window(),
        )
        self.dialog.open()

    def _day_set(self, _changes: object) -> None:
        self._notices.done("日期已改正。")
        self.reload()

    def go_on(self, action: str) -> None:
        """Two persons go on with a store that opens for reading only."""
        self.dialog = CeremonyDialog(self.link.desk, self.link.jobs, action, done=self._went_on, parent=self.window())
        self.dialog.open()

    def compare(self) -> None:
        """Hold the store against the chain end on a sheet of paper."""
        self.dialog = ActDialog(self.link.desk, self.link.jobs, "journal.compare", done=self._went_on, parent=self.window())
        self.dialog.open()

    def _went_on(self, _changes: object) -> None:
        self._notices.done(self.dialog.shown.done)
        self.reload()

    # the store
    def _fill_store(self, found: Health) -> None:
        for part in (self.check, self.backups, self.clear):
            part.setParent(None)
        empty(self._store)
        if found.to_clear is not None:
            self._store.addWidget(Card(
                label("本库是从备份恢复的，暂不能签发", "strong", "soon"), wrapped(f"接在 {found.to_clear.came_from} 之后。备份以后在纸上用过的文号，须由局长逐类核对登记。"),
                row(self.clear, secondary("" if found.to_clear.may_clear else "由局长办理"), None), tone="soon",
            ))
            self.clear.setEnabled(found.to_clear.may_clear)
            self.clear.show()
        if found.only_reading:
            ways = [Button("另起一代…", "primary", act=partial(self.go_on, "store.go_on"))]
            if found.may_have_moved:
                ways.insert(0, Button("是整个搬来的，接着使用…", act=partial(self.go_on, "store.moved")))
            self._store.addWidget(Card(
                label("本库现在只能查看", "strong", "late"), wrapped(found.only_reading), wrapped("须两人在场：您和另一名院长、局长、副局长或系统管理员。", "secondary"),
                row(*ways, None, gap=8), tone="late",
            ))
        if found.day_ahead:
            self._store.addWidget(Card(
                label("留痕的日期晚于今天", "strong", "soon"), wrapped(found.day_ahead), row(Button("改正日期…", act=self.set_day_right), None), tone="soon",
            ))
        if found.closed:
            self._store.addWidget(Card(label("签发已关闭", "strong", "late"), wrapped(found.closed), tone="late"))
        self._store.addLayout(row(label("全面自检", "card-title"), secondary(f"上次 {found.checked}"), None, self.check, gap=8))
        self.check.show()
        self._store.addWidget(self._verdict())
        self._store.addLayout(row(Button("核对纸面链尾…", "link", act=self.compare), None))
        self._store.addWidget(line("hairline"))
        self._store.addWidget(self.backups)
        self.backups.show_backups(found.backups, found.may_back_up)
        self.backups.show()
        self._store.addWidget(line("hairline"))
        self._store.addWidget(label("版本和位置", "card-title"))
        self._store.addWidget(FactLines([*found.facts, ("运行环境", machine_facts())], name_width=76))
        self._store.addWidget(line("hairline"))
        self._store.addWidget(self._crashes())
        self._store.addStretch(1)

    def _verdict(self) -> QWidget:
        if self.verdict is None:
            return wrapped("核对每条留痕的签名和前后衔接、每一行数据、每个留存文件。可以取消，随时可再来；期间照常办公。", "secondary")
        found = self.verdict
        box = column(gap=6)
        sizes = f"留痕 {found.lines:,} 条，记录 {found.rows:,} 行，留存文件 {found.files:,} 个"
        if found.whole:
            box.addWidget(label("✓ 完好，没有发现改动", "strong", "navy"))
            box.addWidget(secondary(sizes))
            return holder(box)
        box.addWidget(label(f"发现 {len(found.faults)} 处，已记为事件", "strong", "late"))
        box.addWidget(secondary(sizes))
        for fault in found.faults[:FAULTS_SHOWN]:
            box.addWidget(label(fault.place, "strong"))
            box.addWidget(wrapped(in_words(fault.text)))
            box.addWidget(wrapped(f"怎么办：{what_to_do(fault.kind)}", "secondary"))
        if len(found.faults) > FAULTS_SHOWN:
            box.addWidget(secondary(f"另有 {len(found.faults) - FAULTS_SHOWN} 处，复制诊断可见全部。"))
        return holder(box)

    def start_check(self) -> None:
        """Walk everything beside the window; faults become incidents."""
        self.check.setEnabled(False)
        self.watch = watch = Watch("全面自检", "已看过的不受影响，没有留下任何改动", unit="项")
        self.link.jobs.read(
            self, lambda: self.link.desk.check(lambda done, total: watch.tell(done, total)), done=self._checked, failed=self._not_checked, watch=watch,
        )

    def _checked(self, verdict: Any) -> None:
        self.verdict = verdict
        self.link.run(self, lambda desk: desk.note_check(verdict), done=lambda _none: self._noted(), failed=self._not_checked)

    def _noted(self) -> None:
        self.check.setEnabled(True)
        if self.verdict.whole:
            self._notices.done("全面自检完成，完好。")
        else:
            self._notices.info(f"全面自检发现 {len(self.verdict.faults)} 处，已记为事件。", soon=True)
        self.reload()

    def _not_checked(self, error: BaseException) -> None:
        self.check.setEnabled(True)
        self._notices.show_error(error)

    def _ended(self, watch: object) -> None:
        """Work that was cancelled tells nothing more."""
        if watch is not self.watch or self.watch is None or not self.watch.cancelled:
            return
        self.check.setEnabled(True)
        self._notices.info(f"已取消{self.watch.what}，{self.watch.leaves}。")

    # clearing
    def _clear(self) -> None:
        if self.shown is not None and self.shown.to_clear is not None:
            words = (
                f"本库接在 {self.shown.to_clear.came_from} 之后。备份以后签发过、只在纸上的文号，程序不知道；逐类查清，以免一个文号用两次。"
                "查到的文号记为「纸上已用」，不再给出。"
            )
            self.dialog = ActDialog(
                self.link.desk, self.link.jobs, "store.clear_restored", words=words, done=self._cleared, parent=self.window(), clause="screen:clearing",
            )
            self.dialog.open()

    def _cleared(self, _changes: object) -> None:
        self._notices.done(self.dialog.shown.done)
        self.reload()

    # crash reports and copying
    def _crashes(self) -> QWidget:
        reports = sorted((self.link.desk.folder / FAULTS_FOLDER).glob("fault-*.txt"), reverse=True)
        box = column(row(label("出错报告", "card-title"), secondary(f"{len(reports)} 份" if reports else "没有"), None), gap=4)
        for path in reports[:8]:
            box.addLayout(row(secondary(path.stem.removeprefix("fault-")), None, Button("看报告", "link", act=partial(self._show_report, path)), gap=8))
        return holder(box)

    def _show_report(self, path: Path) -> None:
        try:
            words = path.read_text("utf-8", errors="replace")
        except OSError:
            self._notices.refuse(Refusal("这份报告已不在，请刷新。", code="faults.gone"))
            return
        self.dialog = FaultDialog(words, self.window())
        self.dialog.open()

    def words(self) -> str:
        """Everything on the page as plain lines; no name of a party, no content of a case."""
        found, lines = self.shown, ["execdesk 诊断"]
        if found is None:
            return lines[0]
        lines += [f"{name}：{value}" for name, value in (*found.facts, ("运行环境", machine_facts()), ("自检", found.checked), ("备份", found.backups.last), ("每日备份", found.backups.failed or found.backups.place))]
        if self.verdict is not None:
            lines += ["自检结果：完好" if self.verdict.whole else f"自检结果：{len(self.verdict.faults)} 处"]
            lines += [f"  [{fault.kind}] {fault.place}：{fault.text}" for fault in self.verdict.faults]
        lines += [f"事件 {one.found_at} {one.kind_words} {one.place}：{one.text} {'待办结' if one.open else one.settled}" for one in found.incidents]
        return "\n".join(lines)

    def copy(self) -> None:
        """Copy the page's words."""
        QGuiApplication.clipboard().setText(self.words())
        self._notices.done("诊断已复制，可以粘贴给维护人员。")
