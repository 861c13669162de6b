"""导入台账: choose a file, tie names to people, settle the questions, take in what can be taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.reads.imports import ImportSession, LedgerReport, Outcome
from ui.exporting import Chooser, ask_where
from ui.importing.names import NamesStep
from ui.importing.progress import ProgressCard
from ui.importing.review import Review
from ui.importing.start import StartStep
from ui.importing.undo import drop_dialog, undo_dialog
from ui.importing.words import outcome_words, sheets_words
from ui.jobs import Runner, Watch
from ui.notices import Notices, Shelf
from ui.pages import Page
from ui.widgets import column, holder
from ui.wizard import WizardSteps

PLACE = "ledger.import"
KEEP_MS = 800
PROMISE = "核对只读文件；导入是一次操作，可整体撤销；再导同一文件不会重复"
STEPS = ("选文件", "核对", "导入")
CHOOSE, NAMES, REVIEW = range(3)

class ImportPage(Page):
    """The import of one file, or of what waits from an earlier one. ``taken_in`` after an import or its undo."""

    taken_in = Signal()

    def __init__(
        self, desk: Desk, jobs: Runner, notices: Notices, open_page: Callable[[Page], object], *, save: Chooser = ask_where,
    ) -> None:
        super().__init__("导入台账", PROMISE)
        self.desk, self._jobs, self._notices, self._open_page, self._save_file = desk, jobs, notices, open_page, save
        self.session: ImportSession | None = None
        self.run_id = ""  # the earlier import whose kept file is worked on
        self.dialog: Any = None
        self.steps, self.says, self.progress = WizardSteps(STEPS), Notices(), ProgressCard()
        self.says.way.connect(notices.way)
        self.start, self.names, self.review = StartStep(desk, jobs), NamesStep(), Review(jobs, self.says)
        self._busy = self.writing = False
        self._keep = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep.timeout.connect(self.keep_draft)
        self._lay_out()
        self._connect()
        jobs.read(self, lambda: desk.draft(PLACE), done=self._offer, failed=self._fail)
        jobs.read(self, desk.reads.importing_refused, done=self._warn, failed=self._fail)

    def _lay_out(self) -> None:
        self.pile = QStackedWidget()
        for part in (self.start, holder(column(self.names, margins=(12, 2, 12, 12))), self.review):
            self.pile.addWidget(part)
        box = column(Shelf(self.says, self.progress), self.pile, gap=8)
        box.setStretch(1, 1)
        self.setLayout(box)

    def _connect(self) -> None:
        self.start.file.chosen.connect(self.begin)
        self.start.tray_asked.connect(self.reopen)
        self.start.undo_asked.connect(lambda run: self.ask_undo(run.id, run.file))
        self.start.drop_asked.connect(self._drop)
        self.names.done.connect(self._named)
        self.review.taken.connect(self.take)
        self.review.export.connect(self.export)
        self.review.names.connect(lambda: self._go(NAMES))
        self.review.decided.connect(self._keep.start)

    @property
    def head_actions(self) -> Sequence[QWidget]:
        return (self.steps,)

    @property
    def first_focus(self) -> QWidget | None:
        return self.start.file.button

    @property
    def clause_topic(self) -> str:
        return "screen:import"

    # the way through
    def entered(self) -> None:
        if self.pile.currentIndex() == CHOOSE:
            self.reload()

    def refresh(self, changes: Any) -> None:
        """An act was made at this desk."""
        if self.pile.currentIndex() == CHOOSE and any(table in ("Import", "TrayRow") for table, _row in changes.rows):
            self.reload()

    def reload(self) -> None:
        """Read earlier imports and the tray."""
        self.start.reload()

    def restart(self) -> None:
        """Back to choosing a file."""
        self.session, self.run_id = None, ""
        self.say("导入台账", PROMISE)
        self._go(CHOOSE)
        self.reload()

    def _go(self, part: int) -> None:
        self.pile.setCurrentIndex(part)
        self.steps.go(min(part, 1))
        if part == CHOOSE and self.isVisible():
            self.start.file.button.setFocus()  # what had the keyboard is gone from sight: without this Esc would lead nowhere

    def _warn(self, refused: str) -> None:
        """Said before an hour goes into questions that this person's import would not take."""
        if refused:
            self.says.info(f"您可以核对文件、导出清单，不能导入。{refused}", soon=True)

    def _fail(self, error: BaseException) -> None:
        show = self.says if isinstance(error, Refusal) else self._notices
        show.show_error(error)

    # checking
    def begin(self, path: Path) -> None:
        """Check a file beside the window; it may be cancelled and leaves nothing."""
        self.run_id = ""
        self.begin_with(lambda: self.desk.reads.import_session(path))

    def reopen(self, run: str) -> None:
        """Decide what waits from an earlier import."""
        self.run_id = run
        self.begin_with(lambda: self.desk.reads.reopen_import(run))

    def begin_with(self, make: Callable[[], ImportSession]) -> None:
        if self._busy:
            return
        self.says.clear()
        watch = self.watch(Watch("正在核对", "此步只读，取消不留痕", "行"))
        self.steps.go(1)

        def work() -> tuple[ImportSession, bool]:
            session = make()
            session.read(_hear(watch, "正在读取"), lambda: watch.cancelled)
            session.check(_hear(watch), lambda: watch.cancelled)
            back = session.restore(self.desk.draft(PLACE))
            if back:  # every question was asked once before its answer comes back, so that each can be answered anew
                session.check(_hear(watch), lambda: watch.cancelled)
            return session, back

        self._jobs.read(self, work, done=lambda found: self._checked(*found), failed=self._stopped)

    def watch(self, watch: Watch) -> Watch:
        self._busy = True
        self.pile.setEnabled(False)
        return self.progress.begin(watch)

    def _end(self) -> bool:
        self._busy = self.writing = False
        self.pile.setEnabled(True)
        return self.progress.end()

    def _stopped(self, error: BaseException) -> None:
        cancelled = self._end()
        if cancelled or getattr(error, "code", "") == "intake.cancelled":
            self.says.info("已取消核对，没有写入任何内容。")
        else:
            self._fail(error)
        self.restart()

    def _checked(self, session: ImportSession, back: bool) -> None:
        self._end()
        report = session.report
        assert report is not None
        self.session = session
        self.say("导入台账", f"{session.name} · {sheets_words(report)}")
        if back:
            words = f"已带回上次没有导完时的 {len(session.decisions):,} 个决定。"
            self.says.info(words, ("清空重来", lambda: self._start_again(session)))
        if report.notes:
            self.says.info("　".join(report.notes))
        self.review.show_session(session)
        if any(not session.answered(question) for question in report.shared):
            self._show_names(report)
            self._go(NAMES)
            self.names.take_focus()
        else:
            self._go(REVIEW)
            self.review.list.setFocus()

    def _show_names(self, report: LedgerReport) -> None:
        assert self.session is not None
        self.names.show_questions(report.shared, {(q.code, q.name): self.session.answered(q) for q in report.shared})

    def _named(self, answers: dict[tuple[str, str], str]) -> None:
        session = self.session
        assert session is not None and session.report is not None
        for question in session.report.shared:
            session.answer(question, answers.get((question.code, question.name), ""))
        self._go(REVIEW)
        self._keep.start()
        self.review.check_again()

    # half-made decisions
    def keep_draft(self) -> None:
        """Keep the decisions made so far, behind whatever is being written."""
        session = self.session
        if session is not None:
            kept = session.kept()
            values = {**kept, "run": self.run_id} if kept else {}
            desk = self.desk
            self._jobs.run(self, lambda: desk.keep_draft(PLACE, values))

    def may_leave(self) -> bool:
        if self.writing:
            self.says.info("正在导入，写完或取消以后再离开。")
            return False
        self.keep_draft()
        if self.progress.watch is not None:
            self.progress.cancel()
        return True

    def _offer(self, kept: dict[str, Any]) -> None:
        where = str(kept.get("path", ""))
        if not kept or self.session is not None or not (kept.get("run") or Path(where).is_file()):
            return
        again: Callable[[], object] = (lambda: self.reopen(str(kept["run"]))) if kept.get("run") else (lambda: self.begin(Path(where)))
        self.says.info(f"上次核对「{kept.get('name', '')}」没有导完，已作 {len(kept['decisions']):,} 个决定。", ("接着办", again))

    def _start_again(self, session: ImportSession) -> None:
        session.decisions.clear()
        session.asked.clear()
        self.says.clear()
        self.keep_draft()
        self.review.check_again()

    # taking in
    def export(self) -> None:
        """Write the four lists to a file."""
        session = self.session
        path = self._save_file(self, f"{Path(session.name).stem}核对清单.xlsx") if session is not None else ""
        if path and session is not None:
            where = Path(path)
            self._jobs.read(self, lambda: session.export(where), done=lambda _none: self.says.done(f"清单已导出：{where.name}。"), failed=self._fail)

    def take(self) -> None:
        """Write what can be written, in one act."""
        session = self.session
        if session is None or self._busy:
            return
        self.says.clear()
        self.writing = True
        watch = self.watch(Watch("正在导入", "写完以前可以取消，取消则什么也不写", "步"))
        self._jobs.run(self, lambda: session.take(_hear(watch), lambda: watch.cancelled), done=self._took, failed=self._take_failed)

    def _take_failed(self, error: BaseException) -> None:
        self._end()
        if getattr(error, "code", "") == "intake.cancelled":
            self.says.info("已取消导入，没有写入任何内容。决定都还在。")
        else:
            self._fail(error)

    def _took(self, outcome: Outcome) -> None:
        self._end()
        session = self.session
        assert session is not None
        name, run = session.name, outcome.run
        self._keep.stop()
        desk = self.desk
        self._jobs.run(self, lambda: desk.keep_draft(PLACE, {}))
        self.restart()
        self.steps.go(2)
        if run is None:
            self.says.info(f"{name}：没有新的内容，什么也没有写。")
        else:
            self.says.info(f"{name}：{outcome_words(outcome)}", ("撤销导入…", lambda: self.ask_undo(run, name)))
        self.taken_in.emit()

    # undoing
    def ask_undo(self, run: str, file: str) -> None:
        """Ask for the reason and undo an earlier import; what stands against it is said in the dialog."""
        def done(_changes: object) -> None:
            self.says.clear()
            self.restart()
            self.says.done(f"已撤销 {file} 的导入，写入的内容已划去。")
            self.taken_in.emit()

        self.dialog = undo_dialog(self.desk, self._jobs, run, file, done, self.window())
        self.dialog.open()

    def _drop(self, rows: list[str]) -> None:
        def done(_changes: object) -> None:
            self.reload()
            self.says.done(f"已弃去 {len(rows):,} 行。")

        self.dialog = drop_dialog(self.desk, self._jobs, rows, done, self.window())
        self.dialog.open()


def _hear(watch: Watch, what: str = "") -> Callable[[int, int], None]:
    """Progress into a watch without its interruption: the work is asked to stop in its own words. ``what`` is an earlier part of it."""
    words = what or watch.what

    def hear(done: int, total: int) -> None:
        watch.done, watch.total, watch.what = done, total, words

    return hear
