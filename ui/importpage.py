"""导入台账: choose a file, tie names to people, settle the questions, take in what can be taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QWidget

from execdesk.desk import Desk
from execdesk.reads.imports import Entry, ImportSession, LedgerReport, Outcome, Question
from ui.columns import Columns, Panel
from ui.fields import TextField
from ui.importing.names import NamesStep
from ui.importing.question import OWN, SKIP, QuestionCard
from ui.importing.rows import RowLists
from ui.importing.start import StartStep
from ui.jobs import Cancelled, Runner, Watch
from ui.notices import Notices
from ui.pages import Page
from ui.team.dialogs import ActDialog
from ui.widgets import Button, Card, column, holder, label, row, secondary
from ui.wizard import WizardSteps

AGAIN_MS = 500
CHOOSE, NAMES, SETTLE, TAKEN = range(4)
Chooser = Callable[[QWidget], str]


def choose_list(parent: QWidget) -> str:
    """Ask where to write the lists."""
    return QFileDialog.getSaveFileName(parent, "导出清单", "台账核对清单.xlsx", "工作簿 (*.xlsx)")[0]


class ImportPage(Page):
    """The import of one file, or of the tray. ``taken_in`` after an import or its undo."""

    taken_in = Signal()

    def __init__(
        self, desk: Desk, jobs: Runner, notices: Notices, open_page: Callable[[Page], object], *, save: Chooser = choose_list,
    ) -> None:
        super().__init__("导入台账", "")
        self._desk, self._jobs, self._notices, self._open_page = desk, jobs, notices, open_page
        self._save_file = save
        self.session: ImportSession | None = None
        self.watch: Watch | None = None
        self.dialog: Any = None
        self.steps, self.says = WizardSteps(("选文件", "对应名称", "核对", "导入")), Notices()
        self.start, self.names, self.lists, self.card = StartStep(), NamesStep(), RowLists(), QuestionCard()
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.check_again)
        self._pile = QStackedWidget()
        for part in (self.start, holder(column(self.names, margins=(12, 2, 12, 12))), self._settle_part(), self._done_part()):
            self._pile.addWidget(part)
        box = column(holder(column(self.says, self._progress_part(), margins=(12, 0, 12, 0), gap=6)), self._pile, gap=0)
        box.setStretch(1, 1)
        self.setLayout(box)
        self._connect()

    def _connect(self) -> None:
        self.start.file.chosen.connect(self.begin)
        self.start.tray_asked.connect(self.reopen)
        self.start.undo_asked.connect(self.undo)
        self.start.drop_asked.connect(self._drop)
        self.names.done.connect(self._named)
        self.lists.chosen.connect(self._show)
        self.card.decided.connect(self._decided)
        self.card.later.connect(lambda: self.lists.choose_next(self.card.entry))
        self.card.back.connect(lambda: self.lists.choose_next(self.card.entry, back=True))
        self.card.taken_back.connect(self._take_back)

    @property
    def head_actions(self) -> Sequence[QWidget]:
        return (self.steps,)

    @property
    def first_focus(self) -> QWidget | None:
        return self.start.file.button

    # parts
    def _progress_part(self) -> QWidget:
        self._what, self._far, self._left = label("", "strong"), secondary(), secondary()
        self.bar, self._percent, self.stop = QProgressBar(), label("", "strong"), Button("取消", act=self._cancel)
        self.bar.setTextVisible(False)
        self.progress = Card(margins=(14, 8, 12, 10))
        words = row(self._what, self._far, self._left, None, secondary("此步只读，取消不留痕"), self.stop, gap=10)
        self.progress.box.addLayout(words)
        self.progress.box.addLayout(row(self.bar, self._percent, gap=10))
        self.progress.hide()
        self._tick = QTimer(self, interval=100)
        self._tick.timeout.connect(self._tell_progress)
        return self.progress

    def _settle_part(self) -> QWidget:
        self.columns = Columns(Panel("核对", self.lists, 560, 5), Panel("这一行", self.card, 560, 6))
        self.why_not, self.sum_words = secondary(""), secondary("")
        self.export_button = Button("导出清单…", icon="export", act=self.export)
        self.names_button = Button("对应名称…", act=lambda: self._go(NAMES))
        self.take_button = Button("导入", "primary", act=self.take)
        words = secondary("导入是一次操作，可整体撤销；再导同一文件不会重复。未定的行不导入，留在待定盘。")
        foot = row(words, None, self.sum_words, self.why_not, self.names_button, self.export_button, self.take_button, gap=8, margins=(16, 0, 14, 12))
        box = column(self.columns, foot, gap=0)
        box.setStretch(0, 1)
        return holder(box)

    def _done_part(self) -> QWidget:
        self.done_title, self.done_words = label("", "main"), column(gap=6)
        self.another = Button("再导一份…", act=self.restart)
        self.undo_button = Button("撤销这次导入…", act=lambda: self._undo_run(self._run, self.session.name if self.session else ""))
        self._run = ""
        card = Card(self.done_title, self.done_words, 4, row(self.another, self.undo_button, None, gap=6), None, gap=12, margins=(20, 18, 20, 18))
        return holder(column(card, margins=(12, 2, 12, 12)))

    # the way through
    def entered(self) -> None:
        if self._pile.currentIndex() == CHOOSE:
            self.reload()

    def refresh(self, changes: Any) -> None:
        """An act was made at this desk."""
        if self._pile.currentIndex() == CHOOSE and any(table in ("Import", "TrayRow") for table, _row in changes.rows):
            self.reload()

    def reload(self) -> None:
        """Read earlier imports and the tray."""
        self._jobs.read(self, lambda: (self._desk.reads.import_runs(), self._desk.reads.tray()), done=lambda found: self.start.show_rows(*found), failed=self._fail)

    def restart(self) -> None:
        """Back to choosing a file."""
        self.session = None
        self.say("导入台账", "")
        self._go(CHOOSE)
        self.reload()

    def _go(self, step: int) -> None:
        self._pile.setCurrentIndex(step)
        self.steps.go(step)

    def begin(self, path: Path) -> None:
        """Check a file off the window's thread; it may be cancelled and leaves nothing."""
        self._begin(lambda: self._desk.reads.import_session(path))

    def reopen(self, run: str) -> None:
        """Decide what waits from an earlier import."""
        self._begin(lambda: self._desk.reads.reopen_import(run))

    def _begin(self, make: Callable[[], ImportSession]) -> None:
        self.says.clear()
        watch = self._watch("正在核对")

        def work() -> ImportSession | None:
            session = make()
            try:
                session.check(watch.tell)
            except Cancelled:
                return None
            return session

        self._jobs.read(self, work, done=self._checked, failed=self._stopped)

    def _watch(self, what: str) -> Watch:
        self.watch = Watch(what, "此步只读，取消不留痕", "行")
        self.progress.show()
        self._tick.start()
        self._tell_progress()
        return self.watch

    def _cancel(self) -> None:
        if self.watch is not None:
            self.watch.cancel()

    def _tell_progress(self) -> None:
        watch = self.watch
        if watch is None:
            return
        self._what.setText(watch.what)
        self._far.setText(f"第 {watch.done:,} 行，共 {watch.total:,} 行" if watch.total else "正在打开文件")
        self._left.setText("正在停下…" if watch.cancelled else watch.left)
        self.bar.setRange(0, watch.total)
        self.bar.setValue(watch.done)
        self._percent.setText(f"{watch.done * 100 // watch.total}%" if watch.total else "")
        self.stop.setVisible(watch.can_cancel)

    def _end_progress(self) -> None:
        self._tick.stop()
        self.progress.hide()
        self.watch = None

    def _stopped(self, error: BaseException) -> None:
        self._end_progress()
        self._fail(error)
        self.restart()

    def _fail(self, error: BaseException) -> None:
        self.says.show_error(error) if hasattr(error, "clauses") else self._notices.show_error(error)

    def _checked(self, session: ImportSession | None) -> None:
        self._end_progress()
        if session is None:
            self.says.info("已取消核对，没有写入任何内容。")
            self.restart()
            return
        self.session = session
        report = session.report
        assert report is not None
        sheets = "、".join(f"表「{name}」{count:,} 行" for name, count in report.used_rows.items())
        self.say("导入台账", f"{self.session.name} · {sheets}")
        open_shared = [q for q in report.shared if (q.code, q.name) not in self.session.decisions]
        self._show_report(report)
        if open_shared:
            self._show_names(report)
            self._go(NAMES)
        else:
            self._go(SETTLE)
        for note in report.notes[:2]:
            self.says.info(note)

    def _show_names(self, report: LedgerReport) -> None:
        assert self.session is not None
        answers = {(str(k[0]), str(k[1])): v for k, v in self.session.decisions.items() if len(k) == 2}
        self.names.show_questions(report.shared, answers)

    def _named(self, answers: dict[tuple[str, str], str]) -> None:
        assert self.session is not None and self.session.report is not None
        for question in self.session.report.shared:
            self.session.answer(question, answers.get((question.code, question.name), ""))
        self._go(SETTLE)
        self.check_again()

    # settling
    def _show_report(self, report: LedgerReport) -> None:
        assert self.session is not None
        self.lists.show_report(self.session, report)
        counts, total = report.counts, sum(report.counts.values())
        self.sum_words.setText(f"已核 {total:,} = {counts['imported']:,} + {counts['decide']:,} + {counts['refused']:,} + {counts['passed_over']:,}")
        self.take_button.setText(f"导入 {counts['imported']:,} 件")
        self.names_button.setVisible(bool(report.shared))
        self._open_take(report)

    def _open_take(self, report: LedgerReport) -> None:
        left_out = any(e.code == "decided.skip" for e in report.passed_over)
        able = bool(report.imported) or left_out
        self.take_button.setEnabled(able)
        self.why_not.setText("" if able else "没有可导入的行")
        if left_out and not report.imported:
            self.take_button.setText("记下不导入的行")

    def _show(self, entry: Entry | None) -> None:
        if self.session is None or entry is None:
            self.card.show_nothing("选一行看详情。", "")
        else:
            self.card.show_entry(self.session, entry)

    def _decided(self, entry: Entry, question: Question, choice: str, words: str, alike: bool) -> None:
        session = self.session
        assert session is not None
        others = session.alike(entry, question, choice) if alike else []
        if choice == OWN:
            session.decide_own(entry, question, words)
        elif choice == SKIP:
            session.leave_out(entry, question)
        else:
            session.decide(entry, question, choice)
        for other, asked in others:
            session.decide(other, asked, asked.proposal)
        if others:
            self.says.done(f"其余 {len(others)} 行照此办理。")
        if not self.lists.choose_next(entry):
            self.card.show_nothing("都已决定。", "正在按您的决定再核对一遍。")
        self.why_not.setText("正在按决定再核对")
        self.take_button.setEnabled(False)
        self._again.start()

    def _take_back(self, entry: Entry) -> None:
        assert self.session is not None
        self.session.take_back(entry)
        self._show(self.session.asked.get((entry.sheet, entry.row), entry))
        self._again.start()

    def check_again(self) -> None:
        """Check with the decisions so far; the lists follow."""
        session = self.session
        if session is None:
            return
        self.why_not.setText("正在按决定再核对")
        self._jobs.read(self, session.check, done=lambda report: self._rechecked(session, report), failed=self._fail)

    def _rechecked(self, session: ImportSession, report: LedgerReport) -> None:
        if session is self.session and not self._again.isActive():
            self._show_report(report)

    def export(self) -> None:
        """Write the four lists as a workbook."""
        session = self.session
        path = self._save_file(self)
        if path and session is not None:
            self._jobs.read(self, lambda: session.export(Path(path)), done=lambda _none: self.says.done(f"清单已导出：{Path(path).name}。"), failed=self._fail)

    # taking in
    def take(self) -> None:
        """Write what can be written, in one act."""
        session = self.session
        assert session is not None
        watch = self._watch("正在核对并导入")
        self.take_button.setEnabled(False)
        self._jobs.run(self, lambda: session.take(lambda done, total: watch.tell(done, total)), done=self._took, failed=self._take_failed, stopped=self._take_stopped)

    def _take_stopped(self) -> None:
        self._end_progress()
        self.says.info("已取消，没有写入任何内容。")
        self.take_button.setEnabled(True)

    def _take_failed(self, error: BaseException) -> None:
        self._end_progress()
        self.take_button.setEnabled(True)
        self._fail(error)

    def _took(self, outcome: Outcome) -> None:
        self._end_progress()
        assert self.session is not None
        counts = outcome.counts
        self._run = outcome.run or ""
        self.done_title.setText(f"已导入 {counts['imported']:,} 行，{outcome.cases:,} 件案件。" if outcome.run else "没有新的内容，什么也没有写。")
        while (item := self.done_words.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        waiting = counts["decide"] + counts["refused"]
        lines = [f"{counts['decide']:,} 行待您决定、{counts['refused']:,} 行不能导入，都留在待定盘；{counts['passed_over']:,} 行跳过。" if waiting else "没有待定的行。",
                 "案件已按乡镇定组，按台账或负荷规则分给法官，理由写在各案的概况里。" if outcome.run else ""]
        for words in lines:
            if words:
                self.done_words.addWidget(secondary(words))
        self.undo_button.setVisible(bool(outcome.run))
        self._go(TAKEN)
        if outcome.run:
            self._notices.done(f"已导入 {counts['imported']:,} 行。")
        self.taken_in.emit()

    # undoing
    def undo(self, run: Any) -> None:
        """Ask for the reason and undo an earlier import."""
        self._undo_run(run.id, run.file)

    def _undo_run(self, run: str, file: str) -> None:
        def done(_changes: object) -> None:
            self._notices.done(f"已撤销 {file} 的导入。")
            self.restart()
            self.taken_in.emit()

        words = "撤销划去这次导入写入的全部内容，原文仍可查。其中有案件已经办理的，不能撤销。"
        self.dialog = ActDialog(self._desk, self._jobs, f"撤销导入 {file}", words, "ledger.undo", "撤销这次导入", [TextField("reason", "理由", required=True)],
                                fixed={"run": run}, done=done, parent=self.window())
        self.dialog.open()

    def _drop(self, rows: list[str]) -> None:
        def done(_changes: object) -> None:
            self._notices.done(f"已弃去 {len(rows)} 行。")
            self.reload()

        self.dialog = ActDialog(self._desk, self._jobs, f"弃去 {len(rows)} 行", "弃去的行不再提示，原文和理由仍可查。", "ledger.drop", "弃去这些行",
                                [TextField("reason", "理由", required=True)], fixed={"rows": rows}, done=done, parent=self.window())
        self.dialog.open()
