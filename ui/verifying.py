"""核验文书: what a PDF from outside is worth here, signature by signature; and how a standing is shown wherever a paper's is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from execdesk.reads import PaperStanding, Reads
from ui.columns import Columns, SidePanel
from ui.jobs import Watch
from ui.link import Link
from ui.notices import Notices
from ui.outside import pages_from
from ui.pages import Page
from ui.pdfview import PdfView
from ui.widgets import Button, Card, chip, column, holder, label, line, restyle, row, scrolled, wrapped

FILES = "PDF 文件 (*.pdf);;所有文件 (*)"
BEFORE = "选一个 PDF 文件，看其中的签名和院印在本院留痕里是否有效。只看不改，不留存。"


class StandingView(QVBoxLayout):
    """A chip, the sentence, and a line for each signature."""

    def __init__(self, waiting: str, words: str = "") -> None:
        super().__init__()
        self.chip, self.words = chip(waiting), wrapped(words, "secondary")
        self._signatures = column(gap=6)
        self.setSpacing(10)
        self.addLayout(row(self.chip, None))
        self.addWidget(self.words)
        self.addLayout(self._signatures)

    def show_standing(self, found: PaperStanding) -> None:
        """Say it."""
        self.chip.setText("核验通过" if found.valid else "本席位没有此件" if found.absent else "核验未通过")
        restyle(self.chip, tone="navy" if found.valid else "soon" if found.absent else "late")
        self.chip.setVisible(True)
        self.words.setText(found.text)
        while (item := self._signatures.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for valid, text in found.signatures:
            self._signatures.addWidget(wrapped(f"{'✓' if valid else '✗'} {text}", "" if valid else "late"))

    @property
    def lines(self) -> tuple[str, ...]:
        """The signatures as they are shown."""
        items = (self._signatures.itemAt(n) for n in range(self._signatures.count()))
        widgets = (one.widget() for one in items if one is not None)
        return tuple(one.text() for one in widgets if isinstance(one, QLabel))


class VerifyPage(Page):
    """A file is chosen and judged beside the window; its pages stand on the right."""

    def __init__(self, link: Link, notices: Notices) -> None:
        super().__init__("核验文书")
        self.link, self._notices = link, notices
        self.choose = Button("选择文件…", "primary", act=self.ask)
        self.standing, self.view = StandingView("", BEFORE), PdfView()
        self.standing.chip.hide()
        left = Card(margins=(0, 0, 0, 0))
        body = scrolled(holder(column(self.standing, None, gap=10)))  # a forged file may have much to be said of it
        left.box.addLayout(column(row(label("签名和印章", "card-title"), None, self.choose), line("hairline"), body, gap=10, margins=(14, 12, 14, 12)))
        paper = Card(self.view, margins=(1, 1, 1, 1))
        self.setLayout(column(Columns(SidePanel("情况", left, 420), SidePanel("页面", paper, 480, 1)), gap=0))

    @property
    def first_focus(self) -> QWidget:
        return self.choose

    @property
    def clause_topic(self) -> str:
        return "screen:verifying"

    def ask(self) -> None:
        """Which file."""
        name = QFileDialog.getOpenFileName(self, "核验哪个文件", "", FILES)[0]
        if name:
            self.judge(Path(name))

    def judge(self, path: Path) -> None:
        """Judge a file; what cannot be read is refused and nothing changes here."""
        watch = Watch("正在核验", "此步只读，取消不留痕", "页")

        def read(reads: Reads) -> tuple[PaperStanding, bytes]:
            standing, pdf = reads.verdict_on_file(path, watch.tell, lambda: watch.cancelled)
            return standing, pages_from(pdf, path.name, watch.tell, lambda: watch.cancelled)

        self.link.read(self, read, done=lambda found: self._show(path, *found), failed=self._notices.show_error, watch=watch)

    def _show(self, path: Path, found: PaperStanding, pdf: bytes) -> None:
        self.say("核验文书", path.name)
        self.standing.show_standing(found)
        self.view.show_pdf(pdf)
