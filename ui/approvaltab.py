"""The tab 审批: the inbox at the left, one request in the middle, its pages at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from execdesk.desk import Desk
from execdesk.law.refusal import Refusal, WayOn
from execdesk.reads.approvals import Consent, Inbox, PaperRow
from execdesk.reads.requestpage import PageOf, RequestPage
from ui.approval.inboxlist import InboxList
from ui.approval.inboxmenu import InboxMenu
from ui.approval.papercard import PaperCard
from ui.approval.requestcard import NEEDS_WORDS, RequestCard
from ui.approval.sheet import print_paper, print_sheet
from ui.approval.words import narrow
from ui.clauses import show_clause, show_letters
from ui.columns import Columns, SidePanel
from ui.jobs import Runner
from ui.notices import Notices
from ui.outside import pages_from
from ui.pages import Page
from ui.printing import PrintDialog
from ui.team.dialogs import ActDialog
from ui.widgets import Card, column

TABLES = frozenset({
    "Request", "Decision", "Panel", "Document", "Post", "Delegation", "Assignment", "Party", "Case", "PaperApproval", "Certificate", "Glyph",
    "Adoption", "LawCorrection", "TextCorrection", "Phrase",
})
ACTIONS = {
    "approve": "request.approve", "sign": "request.sign", "return": "request.return", "comment": "request.comment", "refer": "request.refer",
    "withdraw": "request.withdraw", "panel_ask": "panel.ask", "seal": "document.seal", "cosign": "document.cosign",
    "paper_confirm": "paper.confirm", "paper_deny": "paper.deny", "submit": "request.submit", "void": "request.void",
}
DONE_WORDS = {
    "approve": "已批准并签署", "sign": "已在审批单上签发", "return": "已退回", "comment": "已签署意见", "refer": "已转报上级", "withdraw": "已撤回",
    "panel_ask": "已提请局长指定合议庭", "seal": "已加盖院印", "cosign": "已会签", "paper_confirm": "已确认纸面批准",
    "paper_deny": "已否认纸面批准", "consent": "已同意", "submit": "已提交", "void": "已作废",
}
ASKED_WORDS = {"return": "退回", "comment": "签署意见", "refer": "转报", "withdraw": "撤回", "panel_ask": "提请", "paper_deny": "否认", "void": "作废"}


class ApprovalTab(Page):
    """What waits for this person. ``waiting_changed(number)`` for the tab's badge."""

    waiting_changed = Signal(int)

    def __init__(self, desk: Desk, jobs: Runner, notices: Notices, open_page: Callable[[Page], object]) -> None:
        super().__init__("审批")
        self.desk, self._jobs, self._notices, self._open_page = desk, jobs, notices, open_page
        self._wanted, self._queue = "", list[str]()
        self.list, self.card, self.papers = InboxList(self, jobs, self), RequestCard(), PaperCard()
        self.menu = InboxMenu(self.list, self.card, self._seal_all, self._walk)
        self.setLayout(column(self._columns(), gap=0))
        self.list.chosen.connect(self._choose)
        self.list.shown.connect(self._arrived)
        self.list.way.connect(self.go_on)
        self.card.way.connect(self.go_on)
        self.card.asked.connect(self.do)
        self.papers.wanted.connect(self._show_pages)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._enter)

    def _columns(self) -> Columns:
        left = Card(self.list, gap=0, margins=(1, 4, 1, 4))
        self.columns = Columns(SidePanel("待办", left, 340), SidePanel("请求", self.card, 430, 1), SidePanel("文书", self.papers, 396), top=11)
        return self.columns

    @property
    def first_focus(self) -> QWidget | None:
        return self.list

    @property
    def clause_topic(self) -> str:
        return (self.card.page.clause_topic if self.card.page is not None else "") or "screen:approvals"

    def entered(self) -> None:
        self.reload()

    def refresh(self, changes: Any) -> None:
        """An act was made at this desk: read again where it concerns approvals."""
        if any(table in TABLES for table, _row in changes.rows):
            self.reload()

    # reading
    def reload(self) -> None:
        """Read the inbox anew."""
        self.list.reload()

    @property
    def inbox(self) -> Inbox:
        """What the list holds."""
        return self.list.of.inbox

    def _arrived(self) -> None:
        inbox = self.inbox
        self.waiting_changed.emit(inbox.waiting)
        if self.list.current_key:
            self._choose(self.list.current_key)
        elif keys := self.list.keys:
            self.list.choose(keys[0])
        else:
            self._say_empty(inbox)

    def _say_empty(self, inbox: Inbox) -> None:
        waits = inbox.with_others
        self.card.show_nothing("没有待您决定的事项。", f"{waits} 件在等他人决定。" if waits else "别人提交、须由您批准的事项会出现在这里。")
        self.papers.say_title("文书")
        self.papers.show_papers((), ())
        self.papers.show_pdf(b"")

    def choose(self, request: str) -> bool:
        """Open a request by row id, as from a case page or a notice; whether it is in the list."""
        return self.list.choose(f"request:{request}")

    def show_request(self, request: str) -> None:
        """Open a request from elsewhere; it is shown even where it is in none of the lists."""
        if not self.choose(request):
            self._wanted = request
            self._choose(f"request:{request}")

    def _choose(self, key: str) -> None:
        kind, _, row = key.partition(":")
        self.columns.bring("请求")
        if kind == "request":
            self._jobs.read(self, lambda: self.desk.reads.request_page(row), done=lambda page: self._show(key, page), failed=self._notices.show_error)
        elif kind == "consent":
            found = next((one for one in self.inbox.consents if one.key == row), None)
            if found is not None:
                self._show_consent(found)
        elif (paper := self.list.of.papers.get(row)) is not None:
            self._show_paper(paper)

    def _show(self, key: str, page: RequestPage) -> None:
        if self.list.current_key not in ("", key) and page.row.id != self._wanted:
            return
        self._wanted = ""
        self.list.open_refusal(key, page.refusal if page.row.group == "others" else None)
        if self.card.page is not None and _same(self.card.page, page):
            self.menu.shown()
            return  # what is typed and where the keyboard stands stay
        self.card.show_request(page)
        self.papers.show_papers(_pages(page), page.checks)
        self._show_pages(0)
        self.menu.shown()

    def _show_paper(self, paper: PaperRow) -> None:
        self.card.show_paper(paper)
        self.papers.show_papers((), (("ok", "已签名的原件，任何改动都会使签名失效"),))
        self.papers.say_title(paper.title)
        self._read_pages(lambda: self.desk.reads.draft_pages(paper.id))
        self.menu.shown()

    def _show_consent(self, consent: Consent) -> None:
        self.card.show_consent(consent)
        self.papers.say_title("字形" if consent.specimen else "文书")
        self.papers.show_papers((), ())
        type_id, key = consent.pages
        if consent.specimen:
            self._read_pages(lambda: self.desk.reads.glyph_specimen(consent.specimen))
        elif type_id:
            self.papers.say_title("样页")
            self._read_pages(lambda: self.desk.reads.text_pages(type_id, key))
        else:
            self.papers.show_pdf(b"")
        self.menu.shown()

    def _show_pages(self, number: int) -> None:
        page = self.card.page
        if page is None:
            return
        if pages := _pages(page):
            paper = pages[number]
            self.papers.say_title(f"{paper.title}{'' if paper.kept else '草稿'}")
            reads = self.desk.reads
            self._read_pages(lambda: pages_from(reads.paper_scan(paper.id), f"{paper.title}的扫描件") if paper.scan else reads.draft_pages(paper.id))
        else:
            self.papers.say_title("审批单")
            self._read_pages(lambda: self.desk.reads.approval_sheet(page.row.id))

    def _read_pages(self, read: Callable[[], bytes]) -> None:
        self._jobs.read(self, read, done=self.papers.show_pdf, failed=self._no_pages)

    def _no_pages(self, error: BaseException) -> None:
        self.papers.show_pdf(b"")
        self._fail(error)

    # steps
    def _enter(self) -> None:
        if (run := self.card.enter()) is not None:
            run()

    def do(self, step: str, words: str) -> None:
        """A button of the middle card."""
        if step == "sheet":
            self._print_sheet()
        elif step == "paper_print":
            self._print_paper()
        elif step == "paper_enter":
            self._in_dialog("request.paper_approval", clause="screen:approvals")
        elif step == "panel_designate":
            self._in_dialog("panel.designate")
        elif step == "panel_conclude":
            self._in_dialog("panel.conclude")
        elif step in ("issue", "open"):
            self._issue()
        elif step == "done":
            self._in_dialog("request.done", clause="screen:approvals")
        elif step == "replace":
            self._replace()
        elif self.card.consent is not None and self.card.consent.place:
            self._notices.way.emit(WayOn(self.card.consent.button, self.card.consent.place))
        elif step in NEEDS_WORDS and not words:
            self.card.ask_words(ASKED_WORDS[step])
        else:
            self._run(step, words)

    def _issue(self) -> None:
        page = self.card.page
        assert page is not None
        paper = next((p for p in page.documents if not p.kept), None)
        if paper is not None:
            self._notices.way.emit(WayOn("签发", f"document.draft:{paper.id}"))

    def _replace(self) -> None:
        page = self.card.page
        assert page is not None
        self._notices.way.emit(WayOn("重制", f"document.replace:{page.case.id},{page.to_replace}"))

    def _run(self, step: str, words: str) -> None:
        values: dict[str, Any]
        action = self.card.consent.action if self.card.consent is not None else ACTIONS[step]
        if self.card.consent is not None:
            values, title = dict(self.card.consent.values), self.card.consent.title
        elif self.card.paper is not None:
            values = {"document": self.card.paper.id}
            title = self.card.paper.title
        else:
            page = self.card.page
            assert page is not None
            values = {"paper": page.paper, "opinion": words} if step.startswith("paper_") else _told(step, page.row.id, words)
            if step == "approve":
                values["seen_version"] = page.version
            title = f"{narrow(page.case.number)} {page.row.title}"
        self._jobs.run(self, lambda: self.desk.do(action, **values), done=lambda _changes: self._did(step, title), failed=self._fail)

    def _did(self, step: str, title: str) -> None:
        self.card.opinion.clear()
        self.card.says.clear()
        self._notices.done(f"{DONE_WORDS[step]}：{title}。")
        if self._queue:
            self.list.choose(self._queue.pop(0), quiet=True)
        self.reload()

    def _walk(self, keys: Sequence[str]) -> None:
        """Take entries one after the other: each next one is shown once the one before is done."""
        first, *self._queue = keys
        self.list.choose(first)

    def _seal_all(self, papers: Sequence[PaperRow]) -> None:
        """Seal several papers, each by an act of its own; where one is refused, those before it are sealed and the list shows the rest."""
        sealed: list[str] = []

        def run() -> None:
            for paper in papers:
                self.desk.do("document.seal", document=paper.id)
                sealed.append(paper.id)

        def done(_none: object) -> None:
            self._notices.done(f"已加盖院印 {len(sealed):,} 份。")
            self.reload()

        def failed(error: BaseException) -> None:
            if sealed:
                self._notices.info(f"已加盖院印 {len(sealed):,} 份，其余 {len(papers) - len(sealed):,} 份未加盖。", soon=True)
            self.reload()
            self._fail(error)

        self._jobs.run(self, run, done=done, failed=failed)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, Refusal):
            self.card.says.refuse(error)
        else:
            self._notices.show_error(error)

    def _in_dialog(self, action: str, clause: str = "screen:panel") -> None:
        page = self.card.page
        assert page is not None

        def did(_changes: object) -> None:
            self._notices.done(dialog.shown.done)
            self.reload()

        dialog = ActDialog(self.desk, self._jobs, action, given={"request": page.row.id}, done=did, parent=self.window(), clause=clause)
        self.dialog: Any = dialog
        dialog.open()

    def _print_sheet(self) -> None:
        page = self.card.page
        assert page is not None

        def asked(dialog: PrintDialog) -> None:
            self.dialog = dialog

        print_sheet(self, self.desk, self._jobs, self._notices, page.row.id, page.row.title, asked, self._fail)

    def _print_paper(self) -> None:
        """The coded sheet: noted first, so that its day is that of the paper application, then sent to the printer."""
        page = self.card.page
        assert page is not None

        def asked(dialog: PrintDialog) -> None:
            self.dialog = dialog

        print_paper(self, self.desk, self._jobs, self._notices, page.row.id, page.row.title, asked, self._fail)

    # ways on from a refusal
    def go_on(self, way: WayOn) -> None:
        """Follow a way on: the clause, the letter, or the next level."""
        kind, _, what = way.action.partition(":")
        try:
            if kind in ("clause", "plan"):
                self.dialog = show_clause(self.desk, way.action, self)
            elif kind == "delegation":
                self.dialog = show_letters(self.desk, tuple(what.split(",")), self)
            elif kind == "refer":
                self._refer(way.label.rstrip("…"))
            elif way.action == "panel.ask":
                self.do("panel_ask", self.card.opinion.text().strip())
            else:
                self._notices.way.emit(self._in_case(way))
        except Refusal as refusal:
            self.card.says.refuse(refusal)

    def _in_case(self, way: WayOn) -> WayOn:
        """A way on that leads to an action of a case: of that of the request in front, where it names none."""
        page, (action, _, what) = self.card.page, way.action.partition(":")
        begun = any(one.name == action and one.menu for one in self.desk.reads.begun_by_form())
        return WayOn(way.label, f"{action}:{page.case.id},") if page is not None and begun and not what else way

    def _refer(self, words: str) -> None:
        """转报: comment on the way up or refer where this person may; else say that it already lies there."""
        page = self.card.page
        if page is None:
            return
        step = next((d for d in ("refer", "comment") if d in page.offered), "")
        if step:
            text = self.card.opinion.text().strip()
            if not text:
                self.card.opinion.setText(f"拟同意，{words}。" if step == "comment" else "")
                self.card.ask_words(words)
            else:
                self._run(step, text)
            return
        whom = "、".join(page.decides) or page.level_name
        self._notices.info(f"本事项已经报到{page.level_name}，正等{whom}决定；您这一级不用再办。")


def _pages(page: RequestPage) -> tuple[PageOf, ...]:
    """What is shown at the right: the sheet signed by hand where there is one, then the documents."""
    return (*((page.scan,) if page.scan is not None else ()), *page.documents)


def _told(step: str, request: str, words: str) -> dict[str, Any]:
    """What the action of a step takes of a request and of what was written."""
    if step == "submit":
        return {"request": request}
    return {"request": request, "reason" if step in ("withdraw", "panel_ask", "void") else "opinion": words}


def _same(shown: RequestPage, read: RequestPage) -> bool:
    """Whether a request reads as it is shown; refusals compare by their words."""
    def plain(page: RequestPage) -> RequestPage:
        return replace(page, refusal=None)

    words = [(page.refusal.text if page.refusal else "") for page in (shown, read)]
    return words[0] == words[1] and plain(shown) == plain(read)
