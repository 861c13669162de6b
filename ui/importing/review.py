"""The second step: the four lists at the left, the row chosen at the right, what can be taken in below."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from execdesk.reads.imports import Checked, ImportSession, LedgerEntry, Listed, Question
from ui.columns import Columns, SidePanel
from ui.importing.alike import AlikeDialog
from ui.importing.answers import OWN, SKIP
from ui.importing.lines import TITLES, lines, row_key
from ui.importing.rowcard import RowCard
from ui.importing.rowlist import ListHead, RowList
from ui.jobs import Runner
from ui.notices import Notices
from ui.widgets import Button, Card, Elided, column, row, secondary

AGAIN_MS = 400
PROMISE = "导入是一次操作，可整体撤销；再导同一文件不会重复。未定的行不导入，留在「待决定的行」里。"


class Review(QWidget):
    """One checked ledger. ``taken``, ``export`` and ``names`` when their buttons are pressed; ``decided`` after each decision."""

    taken = Signal()
    export = Signal()
    names = Signal()
    decided = Signal()

    def __init__(self, jobs: Runner, says: Notices) -> None:
        super().__init__()
        self._jobs, self._says = jobs, says
        self.session: ImportSession | None = None
        self.shut: set[str] = set()
        self.dialog: AlikeDialog | None = None
        self._checking = False
        self.list, self.card = RowList("核对的四张清单"), RowCard()
        self.again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self.again.timeout.connect(self.check_again)
        self.sum, self.why_not = secondary(), secondary()
        self.names_button = Button("对应名称…", act=self.names.emit)
        self.export_button = Button("导出清单…", act=self.export.emit)
        self.take_button = Button("导入", "primary", act=self.taken.emit)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = Card(self.list, gap=0, margins=(1, 1, 1, 1))
        self.columns = Columns(SidePanel("清单", left, 430, 9), SidePanel("此行", self.card, 440, 11))
        foot = row(Elided(PROMISE, "secondary"), 12, self.sum, 8, self.why_not, self.names_button, self.export_button, self.take_button, gap=8, margins=(16, 0, 12, 12))
        foot.setStretch(0, 1)
        box = column(self.columns, foot, gap=0)
        box.setStretch(0, 1)
        self.setLayout(box)

    def _connect(self) -> None:
        self.list.chosen.connect(self._show)
        self.list.folded.connect(self.fold)
        self.list.opened.connect(self._open)
        self.card.decided.connect(self.decide)
        self.card.step.connect(self.step)
        self.card.taken_back.connect(self.take_back)
        self.card.typed.connect(self._try_own)
        self.card.alike_asked.connect(self._see_alike)
        self.card.file_asked.connect(self._open_file)

    # showing
    def show_session(self, session: ImportSession) -> None:
        """Show a session that was just checked, at its first open question."""
        self.session = session
        lists = session.lists()
        self.shut = {"imported", "passed_over"} if lists["decide"] or lists["refused"] else {"passed_over"}
        self._fill()
        first = self._next_open("") or next(iter(self.list.row_keys), "")
        if first:
            self.go_to(first)
        else:
            self.card.show_nothing("没有要看的行。", "文件里的行都已跳过，展开「跳过」看各行的缘由。")

    def _fill(self) -> None:
        session = self.session
        assert session is not None and session.report is not None
        self.list.show_lines(lines(session, self.shut))
        counts = {name: len(rows) for name, rows in session.lists().items()}
        total = sum(counts.values())
        self.sum.setText(f"共 {total:,} 行 = " + " + ".join(f"{counts[name]:,}" for name in ("imported", "decide", "refused", "passed_over")))
        self.sum.setToolTip("可导入 + 需您决定 + 不能导入 + 跳过，合起来就是各表的每一行")
        self._tell_take()

    def _tell_take(self) -> None:
        session = self.session
        assert session is not None and session.report is not None
        number = session.cases()
        left_out = sum(entry.code.startswith("decided.") for entry in session.report.passed_over)
        self.take_button.setText(f"导入 {number:,} 件" if number or not left_out else f"记下不导入的 {left_out:,} 行")
        self.take_button.setEnabled(bool(number or left_out))
        self.why_not.setText("" if number or left_out else "尚无可导入的行")
        self.names_button.setVisible(bool(session.report.shared))

    def _find(self, key: str) -> tuple[str, Listed] | None:
        session = self.session
        name = key.partition("|")[0]
        if session is None or name not in TITLES:
            return None
        found = next((one for one in session.lists()[name] if row_key(name, one) == key), None)
        return (name, found) if found is not None else None

    def _show(self, key: str) -> None:
        found = self._find(key)
        if found is not None and self.session is not None:
            self.card.show_row(self.session, found[1].entry, found[0])

    def fold(self, key: str) -> None:
        """Open or close one of the four lists."""
        name = key.partition("|")[2]
        self.shut ^= {name}
        self._fill()
        self.list.choose(key, quiet=True)

    def _open(self, key: str) -> None:
        if key.startswith("list|"):
            self.fold(key)
        else:
            self.columns.bring("此行")
            self.card.take_focus()

    # moving on
    def go_to(self, key: str) -> None:
        """Bring a row to the right, whatever list it stands in."""
        name = key.partition("|")[0]
        if name in self.shut:
            self.shut.discard(name)
            self._fill()
        self.list.choose(key, quiet=True)
        self._show(key)

    def _open_keys(self) -> list[str]:
        assert self.session is not None
        still = {row_key("decide", one) for one in self.session.lists()["decide"] if not one.words}
        return [key for key in self.list.row_keys if key in still]

    def _next_open(self, after: str) -> str:
        every, still = self.list.row_keys, set(self._open_keys())
        at = every.index(after) if after in every else -1
        return next((key for key in (*every[at + 1:], *every[:at + 1]) if key in still and key != after), "")

    def step(self, by: int) -> None:
        """The row after the one chosen, or before it."""
        every, now = self.list.row_keys, self.list.current_key
        at = every.index(now) + by if now in every else 0
        if 0 <= at < len(every):
            inside = self.card.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
            self.go_to(every[at])
            if inside:
                self.card.take_focus()

    # deciding
    def decide(self, entry: LedgerEntry, question: Question, choice: str, words: str, alike: bool) -> None:
        """Keep a decision, for the rows alike as well where asked, and go on to the next open question."""
        session = self.session
        assert session is not None
        others = session.alike(entry, question)[0] if alike and choice == question.proposal else ()
        if choice == OWN:
            session.decide_own(entry, question, words)
        elif choice == SKIP:
            session.leave_out(entry, question)
        else:
            session.decide(entry, question, choice)
        for other, asked in others:
            session.decide(other, asked, asked.proposal)
        if others:
            self._says.done(f"已决定，其余 {len(others):,} 行照此办理。")
        self._go_on(entry)
        self.again.start()
        self.decided.emit()

    def _go_on(self, entry: LedgerEntry) -> None:
        session = self.session
        assert session is not None
        key = row_key("decide", Listed(entry))
        self._fill()
        now = session.asked.get((entry.sheet, entry.row), entry)
        following = key if session.open_question(now) is not None and not session.decided_words(now) else self._next_open(key)
        if following:
            self.go_to(following)
            self.card.take_focus()
        else:
            self.list.choose(key, quiet=True)
            self.card.show_nothing("需您决定的行都已定。", "可以导入；选任一行可以改主意。")
            self.take_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self, entry: LedgerEntry) -> None:
        """Forget what was decided on a row; it is asked again."""
        assert self.session is not None
        self.session.take_back(entry)
        self._fill()
        key = row_key("decide", Listed(entry))
        if key in self.list.row_keys:
            self.go_to(key)
        self.again.start()
        self.decided.emit()

    def check_again(self) -> None:
        """Check with the decisions so far, beside the window; the lists follow."""
        session = self.session
        if session is None:
            return
        if self._checking:
            self.again.start()
            return
        self._checking = True
        self.why_not.setText("正在按决定再核对")
        self._jobs.read(self, session.run, done=lambda checked: self._checked(session, checked), failed=self._check_failed)

    def _check_failed(self, error: BaseException) -> None:
        self._checking = False
        self._says.show_error(error)

    def _checked(self, session: ImportSession, checked: Checked) -> None:
        self._checking = False
        if session is not self.session:
            return
        session.adopt(checked)
        current, before = self.list.current_key, self.card.entry
        self._fill()
        if session.refused_choices:
            self._says.info(f"{len(session.refused_choices):,} 个决定没有被采用，这些行仍须您决定。", soon=True)
            session.refused_choices.clear()
        if before is None:
            return
        found = self._find(current)
        if found is None:
            moved = next((k for name in ("decide", "imported", "refused", "passed_over") if (k := row_key(name, Listed(before))) and self._find(k)), "")
            if moved:
                self.go_to(moved)
        elif found[1].entry != before:
            self._show(current)

    # looking
    def _try_own(self, entry: LedgerEntry, question: Question, words: str) -> None:
        session = self.session
        if session is not None and words:
            self._jobs.read(
                self, lambda: session.try_own(entry, question, words), done=lambda fault: self.card.judge(entry, question, words, fault),
                failed=self._says.show_error,
            )

    def _see_alike(self, entry: LedgerEntry, question: Question) -> None:
        assert self.session is not None
        self.dialog = AlikeDialog(self.session.alike(entry, question)[0], self.window())
        self.dialog.open()

    def _open_file(self) -> None:
        if self.session is not None and self.session.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.path)))

    @property
    def heads(self) -> list[ListHead]:
        """The heads of the four lists as they read now."""
        return [item for item in self.list.items_.items if isinstance(item, ListHead)]
