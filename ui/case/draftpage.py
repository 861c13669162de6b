"""The drafting page: fill, see the pages as one types, settle the checks, submit, issue."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from execdesk.law.refusal import Refusal, WayOn
from execdesk.reads.casewords import narrow
from execdesk.reads.drafting import DraftShown
from execdesk.reads.phrases import LastLike
from execdesk.reads.states import TO_CHANGE, DocumentState, RequestState
from ui.case.checks import ChecksCard
from ui.case.compare import CompareDialog
from ui.case.draftfields import DraftFields
from ui.case.drafthead import ChangesCard, HeadCard
from ui.case.gowords import go_words, stands_words, state_words, to_issue, who_words
from ui.case.issuing import issue_in_turn
from ui.case.papertabs import PaperTabs
from ui.case.phrases import PhraseDialog
from ui.case.sample import ask_sample
from ui.columns import Columns, SidePanel
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.pdfview import FIT_TEXT, PdfView
from ui.team.dialogs import ActDialog
from ui.theme import px
from ui.widgets import Button, Card, column, holder, secondary

REST_MS, KEEP_MS = 200, 900
LOW = 560  # below this height at 100 % the pages get the room of the checks and of the head's second line


class DraftPage(Page):
    """One submission, opened on one of its documents."""

    def __init__(self, link: Link, notices: Notices, document: str) -> None:
        super().__init__("拟文书")
        self.link, self.notices, self.document = link, notices, document
        self.shown: DraftShown | None = None
        self.day: date | None = None
        self._kept: dict[str, str] = {}
        self.phrases: PhraseDialog | None = None
        self._asked, self._busy, self._again = 0, False, False
        self._dirty = False
        self._did = False  # something was done, and where the submission stands is told once it is read
        self.who, self.print_ = secondary(), Button("打印样稿", act=lambda: ask_sample(self))
        self.compare_ = Button("对照…", act=self.compare)
        self.go = Button("提交", "primary", act=self.go_on)
        self.back_ = Button("撤回…", act=self.withdraw)
        self._make()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.look)
        self._keep = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep.timeout.connect(self.keep_draft)
        for keys, run in (("Ctrl+Return", self.go_on), ("F8", partial(self.step, 1)), ("Shift+F8", partial(self.step, -1)), ("Ctrl+J", self.open_phrases), ("Ctrl+L", self.take_last)):
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        self.open_paper(document)

    def _make(self) -> None:
        self.says = Notices()
        self.says.way.connect(self.go_way)
        self.head = HeadCard()
        self.head.day_chosen.connect(self.choose_day)
        self.changes = ChangesCard()
        self.changes.confirmed.connect(self.confirm_articles)
        self.changes.undone.connect(lambda: self.choose_day(self.shown.accepted_on if self.shown else None))
        self.papers = PaperTabs()
        self.papers.tabBarClicked.connect(self.paper_clicked)
        self.fields = DraftFields()
        self.fields.changed.connect(self._edited)
        self.fields.source_asked.connect(self.go_way)
        self.fields.phrases_asked.connect(self.open_phrases)
        self.fields.last_asked.connect(self.take_last)
        self.view = PdfView(FIT_TEXT)
        self.checks = ChecksCard()
        self.checks.asked.connect(self.go_to)
        self.checks.way_asked.connect(self.go_way)
        paper = Card(self.view, margins=(1, 1, 1, 1))
        self.columns = Columns(SidePanel("填写", self.fields, 344), SidePanel("页面", paper, 480, 1), top=0)
        self.view.enlarged.connect(self._enlarge)
        top = holder(column(self.says, self.head, self.changes, self.papers, gap=8, margins=(12, 2, 12, 8)))
        low = holder(column(self.checks, margins=(12, 0, 12, 12)))
        self._low = low
        box = column(top, self.columns, low, gap=0)
        box.setStretch(1, 1)
        self.setLayout(box)

    @property
    def head_actions(self) -> tuple[QWidget, ...]:
        return (self.who, self.compare_, self.print_, self.back_, self.go)

    @property
    def first_focus(self) -> QWidget:
        return self.view.pages

    @property
    def clause_topic(self) -> str:
        return (self.shown.who.article if self.shown and self.shown.who else "") or "screen:draft"

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        low = event.size().height() < px(LOW)
        self.checks.fold(low)
        self.head.slim(low)

    def _enlarge(self, large: bool) -> None:
        for part in (self.fields, self._low, self.head):
            part.setVisible(not large)

    # which paper, which day
    @property
    def place(self) -> str:
        """Where the half-filled fields of this document are kept."""
        return f"document:{self.document}"

    def open_paper(self, document: str) -> None:
        """Open a document of the submission; what was filled in the one before is kept."""
        self.keep_draft()
        self.document, self._dirty, self.shown = document, False, None
        place = self.place
        self.link.read(self, lambda _reads: (document, self.link.desk.draft(place)), done=self._opened)

    def _opened(self, found: tuple[str, dict[str, str]]) -> None:
        document, kept = found
        if document == self.document:
            self._kept = dict(kept)
            self.look()
            self.link.read(self, lambda reads: (document, reads.last_like(document)), done=self._offer_last, failed=self._not_read)

    def _offer_last(self, found: tuple[str, LastLike | None]) -> None:
        if found[0] == self.document:
            self.fields.offer_last(found[1])

    def take_last(self) -> None:
        """Fill what is still empty as in the last paper of the kind."""
        if not self.fields.last.isVisible():
            return
        filled = self.fields.take_last()
        self.says.done(f"已填入{'、'.join(filled)}，请核对。" if filled else "各项都已填写，没有改动。")

    def compare(self) -> None:
        """Any two versions of this paper, or of the others like it, beside each other; what is typed is not among them until it is saved."""
        if self.shown is not None:
            CompareDialog(self.link, self.document, self.shown.title, self.window()).open()

    def open_phrases(self) -> None:
        """The store of phrases, for the field one is filling."""
        field = self.fields.word_field()
        if field is not None and self.shown is not None and self.shown.state == DocumentState.DRAFT:
            self.phrases = PhraseDialog(self.link, field, self.window())
            self.phrases.open()

    def paper_clicked(self, number: int) -> None:
        if self.shown is not None and 0 <= number < len(self.shown.papers):
            chosen = self.shown.papers[number].document
            if chosen != self.document:
                self._leave_to(chosen)

    def _leave_to(self, chosen: str) -> None:
        if self._dirty:
            self.link.do_all(self, self._fill_actions(), done=lambda _done: self.open_paper(chosen), failed=self._failed)
        else:
            self.open_paper(chosen)

    def choose_day(self, day: date | None) -> None:
        """See the draft as if signed on another day."""
        self.day = day
        self.look()

    def confirm_articles(self) -> None:
        """The new article numbers are accepted: the chosen day is kept with the draft."""
        if self.shown is not None:
            planned = {**self.fields.inputs(), "accepted_on": self.shown.signed_on.isoformat()}
            self.link.do(self, "document.fill", {"document": self.document, "inputs": planned}, done=self._confirmed, failed=self._failed)

    def _confirmed(self, _changes: object) -> None:
        self._filled()
        self.says.done("新条号已确认。")
        self.look()

    # pages as one types
    def _edited(self) -> None:
        self._dirty = True
        self._rest.start()
        self._keep.start()

    def look(self) -> None:
        """Read the draft again, one reading at a time."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        document, day = self.document, self.day
        inputs = self.fields.inputs() if self.shown is not None else {}
        self.link.read(self, lambda reads: reads.draft(document, inputs, day), done=self._take, failed=self._not_read)

    def _take(self, shown: DraftShown) -> None:
        self._busy = False
        if shown.document == self.document:
            first = self.shown is None
            self.shown = shown
            self._show(shown)
            if self._did:
                self.says.done(stands_words(shown))
                self._did = False
            if first and any(field.text != self._kept.get(name, field.text) for name, field in self.fields.form.fields.items()):
                self._again = True
        if self._again:
            self._again = False
            self.look()

    def _not_read(self, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, Refusal):
            self.says.refuse(error)
        else:
            self.notices.show_error(error)

    def _show(self, shown: DraftShown) -> None:
        words = f"{narrow(shown.case_number)} · {shown.request_title}" if shown.request_title else narrow(shown.case_number)
        self.say(f"拟{shown.title}", f"{words} · {state_words(shown)}")
        self.head.show_draft(shown)
        self.changes.show_changes(shown)
        self.papers.show_papers(shown)
        self.fields.show_draft(shown, self._kept)
        if self._kept:
            self._again, self._kept, self._dirty = True, {}, True
        blank = self.view.pages.count == 0
        self.view.show_pdf(shown.pdf)
        if blank:
            self.fields.take_focus()
        self.view.pages.mark(tuple(change.new for change in shown.changes if change.new))
        self.checks.show_checks(shown)
        self._show_go(shown)

    # what comes next
    def _show_go(self, shown: DraftShown) -> None:
        self.who.setText(who_words(shown))
        self.back_.setVisible(shown.withdrawable)
        self.print_.setEnabled(bool(shown.pdf))
        words, enabled = go_words(shown)
        self.go.setText(words)
        self.go.setEnabled(enabled)

    def go_on(self) -> None:
        """Submit, approve or issue, whichever is next; where something is lacking, go there instead."""
        shown = self.shown
        if shown is None or not self.go.isEnabled():
            return
        if shown.request_state in TO_CHANGE:
            self._submit(shown)
        elif shown.request_state == RequestState.SUBMITTED:
            self._run([("request.approve", {"request": shown.request, "opinion": "同意"})])
        elif shown.request_state == RequestState.APPROVED:
            self.go.setEnabled(False)
            issue_in_turn(self, self.link, to_issue(shown), done=self._issued, failed=self._failed)

    def _issued(self, number: int) -> None:
        self._filled()
        self.says.clear()
        self.says.done(f"已签发 {number} 份。")
        self.look()

    def _submit(self, shown: DraftShown) -> None:
        if shown.changes:
            self.changes.confirm.setFocus()
            return
        if shown.lacking or not self.fields.form.demand():
            self.step(1)
            return
        actions = [*self._fill_actions(), ("request.submit", {"request": shown.request})]
        mine = shown.who is not None and shown.who.mine
        if mine:
            actions.append(("request.approve", {"request": shown.request, "opinion": "同意"}))
        self._run(actions)

    def _fill_actions(self) -> list[tuple[str, dict[str, Any]]]:
        return [("document.fill", {"document": self.document, "inputs": self.fields.inputs()})] if self._dirty else []

    def _run(self, actions: list[tuple[str, dict[str, Any]]]) -> None:
        """Do it, then say where the submission stands."""
        self.go.setEnabled(False)

        def done(_changes: object) -> None:
            self._filled()
            self.says.clear()
            self._did = True
            self.look()

        self.link.do_all(self, actions, done=done, failed=self._failed)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refusal):
            self.says.refuse(error)
        else:
            self.notices.show_error(error)
        self.look()

    def withdraw(self) -> None:
        """Take the submission back, with the reason asked; its content can be changed again."""
        if self.shown is None:
            return

        def done(_changes: object) -> None:
            self.says.clear()
            self.says.done("已撤回，改好后再提交。")
            self.look()

        given = {"request": self.shown.request}
        self.dialog: Any = ActDialog(self.link.desk, self.link.jobs, "request.withdraw", given=given, done=done, parent=self.window(), clause="screen:draft")
        self.dialog.open()

    # half-filled
    def keep_draft(self) -> None:
        """Keep what is typed so far."""
        if self._dirty and self.shown is not None:
            self.link.keep_draft(self.place, self.fields.form.draft())

    def _filled(self) -> None:
        self._dirty = False
        self._keep.stop()
        self.link.keep_draft(self.place, {})

    # moving among what is to be settled
    def step(self, by: int) -> None:
        """F8: the next check that is not settled."""
        self.checks.step(by)

    def go_to(self, field: str) -> None:
        """Where a check is settled: a field here, the changed articles, or its source."""
        if field == "signed_on" and self.changes.isVisible():
            self.changes.confirm.setFocus()
        elif field and not self.fields.go_to(field):
            if field == "signed_on":
                self.head.day.input.setFocus()
            elif field == "parties":
                self.notices.way.emit(WayOn("", f"party.change:{self.shown.case if self.shown else ''}"))
            elif field == "glyphs":
                self.notices.way.emit(WayOn("", "glyph.prepare"))

    def go_way(self, way: WayOn) -> None:
        """A way on of a refusal; registering the numbers used on paper is done in this document's case."""
        action, _, series = way.action.partition(":")
        if action == "case.paper_suffix" and self.shown is not None:
            way = WayOn(way.label, f"{action}:{self.shown.case},{series}")
        self.notices.way.emit(way)

    def entered(self) -> None:
        """Coming back from a source: the draft may read otherwise now."""
        if self.shown is not None:
            self.says.clear()  # what was said before leaving has perhaps been seen to
            self.look()

