"""An issued document as it is kept: pages, verdict of signature and seal, service, printing, sealing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from execdesk.reads import PaperStanding, Reads, Step
from execdesk.reads.cases import CasePage, DocumentRow
from execdesk.reads.casewords import narrow
from execdesk.reads.standing import PersonShown
from execdesk.reads.states import SIGNED, DocumentState
from ui.case.sample import KINDS, ask_copies, print_sheet_counted, send
from ui.case.words import day_words
from ui.columns import Columns, SidePanel
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.pdfview import PdfView
from ui.printing import CopyKind, PrintDialog
from ui.verifying import StandingView
from ui.widgets import Button, Card, FactLines, column, label, line, row

SIDE_BY_SIDE = 0.58
LINKS = (
    ("登记送达…", "service.record"), ("补正…", "document.correct"), ("登记湿印…", "document.wet_seal"), ("作废…", "document.void"), ("重制…", "document.replace"),
)
OF_PERSON = ("document.void", "document.replace")


class PreviewPage(Page):
    """``step_asked(Step)`` for service, sealing or correction."""

    step_asked = Signal(object)

    def __init__(self, link: Link, notices: Notices, page: CasePage, document: DocumentRow, person: PersonShown) -> None:
        super().__init__(document.title, narrow(document.number or document.addressee))
        self.link, self.notices, self.page, self.document, self.person = link, notices, page, document, person
        self.copies: dict[str, bytes] = {}
        self.print_ = Button("打印…", "primary", icon="printer", act=self.ask_print)
        self.seal = Button("盖章", act=self.do_seal)
        self.seal.setEnabled(False)
        self.receipt = Button("送达回证…", act=self.print_receipt)
        self.sheet = Button("审批表…", act=self.print_sheet)
        self.standing = StandingView("正在核验…")
        self.view = PdfView()
        self.facts = FactLines(name_width=64)
        self._links = row(gap=10)
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.ask_print)
        link.changed.connect(self._heard)
        self.look()

    def _lay_out(self) -> None:
        box = column(label("签名和印章", "card-title"), self.standing, line("hairline"), self.facts, self._links, None, gap=10, margins=(14, 12, 14, 12))
        left = Card(margins=(0, 0, 0, 0))
        left.box.addLayout(box)
        paper = Card(self.view, margins=(1, 1, 1, 1))
        self.columns = Columns(SidePanel("情况", left, 344), SidePanel("页面", paper, 480, 1))
        self.setLayout(column(self.columns, gap=0))

    @property
    def clause_topic(self) -> str:
        return "screen:document"

    @property
    def head_actions(self) -> tuple[QWidget, ...]:
        return (self.sheet, self.receipt, self.seal, self.print_)

    @property
    def first_focus(self) -> QWidget:
        return self.view

    def look(self) -> None:
        """Read pages, verdict and the document's facts."""
        row_id, number = self.document.id, self.page.case.id

        def read(reads: Reads) -> tuple[CasePage, dict[str, bytes], PaperStanding]:
            kept = reads.pages(row_id) or b""
            page = reads.case(number)
            state = next(d.state for d in page.documents if d.id == row_id)
            copies = {"正本": kept, "副本": kept, "原本": kept} if state == DocumentState.ISSUED else {"原本": kept}
            copies["湿印本"] = reads.copy(row_id, KINDS["湿印本"])
            return page, copies, reads.verdict(row_id)

        self.link.read(self, read, done=self._take)

    def _take(self, found: tuple[CasePage, dict[str, bytes], PaperStanding]) -> None:
        self.page, self.copies, standing = found
        self.document = next(d for d in self.page.documents if d.id == self.document.id)
        d = self.document
        self.say(d.title, f"{narrow(d.number or d.addressee)} · {d.state_words}")
        blank = self.view.pages.count == 0
        self.view.show_pdf(next(iter(self.copies.values())))
        if blank:
            self.view.pages.set_zoom(SIDE_BY_SIDE)
        self.standing.show_standing(standing)
        served = "；".join(d.served) or "尚未送达"
        self.facts.fill([("案号", narrow(self.page.case.number)), ("文号", narrow(d.number) or "不编号"), ("签发", day_words(d.signed_on)), ("状态", d.state_words),
                         ("受文者", d.addressee or "当事人"), ("篇幅", f"{d.pages} 页"), ("送达", served), ("打印", f"{d.printed} 次" if d.printed else "尚未打印")])
        self.seal.setVisible(d.state == DocumentState.TO_SEAL and "seal" in self.person.may)
        self.seal.setEnabled(self.view.pages.count > 0)
        self.sheet.setVisible(bool(d.request))
        self._fill_links()

    def _fill_links(self) -> None:
        while (item := self._links.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        row_id = self.document.id
        for words, action in LINKS:
            if not self._is_possible(action):
                continue
            self._links.addWidget(Button(words, "link", act=partial(self.step_asked.emit, Step(action, "", row_id))))
        self._links.addStretch(1)

    def _is_possible(self, action: str) -> bool:
        """Whether a link would come to something: what is refused is not offered."""
        state = self.document.state
        if action in OF_PERSON:
            return action in self.document.ways
        if action == "document.correct":
            return state in SIGNED and "裁定" in self.document.title
        return state == (DocumentState.TO_SEAL if action == "document.wet_seal" else DocumentState.ISSUED)

    def _heard(self, changes: object) -> None:
        if getattr(changes, "case", None) == self.page.case.id:
            self.look()

    # paper
    def ask_print(self) -> None:
        """Which copies, how many, where."""
        if self.copies:
            ask_copies(self, self.link, self.notices, self.document, self.copies)

    def do_seal(self) -> None:
        """Put the court's seal on it, once its pages are on screen."""
        self.link.do(self, "document.seal", {"document": self.document.id}, done=lambda _changes: self.notices.done(f"《{self.document.title}》已加盖院印。"))

    def print_receipt(self) -> None:
        """A 送达回证 for its addressee."""
        recipient = self.document.addressee or next((p.name for p in self.page.parties if p.side == "被执行人"), "")
        self._print_made("送达回证", lambda reads: reads.receipt_form([self.document.id], recipient))

    def print_sheet(self) -> None:
        """The approval sheet of its submission."""
        request = self.document.request or ""
        self._print_made("审批表", lambda reads: reads.approval_sheet(request), request)

    def _print_made(self, name: str, work: object, counted: str = "") -> None:
        """Make a form and ask how many; copies of the sheet of request ``counted`` are counted in the journal first."""
        def made(pdf: bytes) -> None:
            dialog = PrintDialog(f"{name} {narrow(self.page.case.number)}", [CopyKind(name, "", lambda: pdf)], parent=self.window())
            dialog.ordered.connect(lambda order: print_sheet_counted(self, self.link, self.notices, counted, pdf, order) if counted else send(self, self.link, self.notices, pdf, order))
            dialog.open()

        self.link.read(self, work, done=made)  # type: ignore[arg-type]


