"""工具 → 采用文书: document types with where their adoption stands, what is unconfirmed in each, and what is offered to a person."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from execdesk.reads.adoption import TO_PREPARE, AdoptionDesk, AdoptionItem, AdoptionRow, TypeState
from execdesk.reads.texts import Difference
from ui.admin.differenceview import difference_html
from ui.columns import Columns, SidePanel
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.pdfview import FIT_WIDTH, PdfCard
from ui.settings import Settings
from ui.table_source import Column, ListSource
from ui.table_view import Table
from ui.team.dialogs import ActDialog
from ui.widgets import (
    Button,
    Card,
    CardHead,
    EmptyState,
    column,
    holder,
    label,
    line,
    row,
    scrolled,
    secondary,
    wrapped,
)

ORDER = (TypeState.BROKEN, TypeState.PENDING, TypeState.OUTDATED, TypeState.OPEN, TypeState.ADOPTED, TypeState.CONFIRMED)
TONES = {TypeState.BROKEN: "!late", TypeState.PENDING: "!soon", TypeState.OUTDATED: "!soon", TypeState.OPEN: "", TypeState.ADOPTED: "muted", TypeState.CONFIRMED: "muted"}
COLUMNS = (
    Column("文书", lambda r: r.title, sort="title", width=190, grow=3, tip=lambda r: f"{r.title}（{r.type_id}）"),
    Column("状态", lambda r: r.state_words, sort="state", value=lambda r: ORDER.index(r.state), whole=True, tone=lambda r: TONES[r.state]),
    Column("未经核实", lambda r: f"{len(r.items)}", sort="items", align="right", value=lambda r: len(r.items), cell=lambda r: len(r.items)),
    Column("经过", lambda r: r.course, width=150, grow=2, tone=lambda r: "muted"),
)


class AdoptionPage(Page):
    """Types at the left; beside them what the court would take on trust. ``print_asked(Sheet)``, ``correct_asked(key)``,
    ``text_asked(type)`` where the text itself is to be corrected."""

    print_asked = Signal(object)
    correct_asked = Signal(str)
    text_asked = Signal(str)

    def __init__(self, link: Link, notices: Notices, settings: Settings | None = None) -> None:
        super().__init__("采用文书")
        self.link, self._notices = link, notices
        self.shown: AdoptionDesk | None = None
        self.dialog: ActDialog | None = None
        self.seen = ""  # the type whose changed words are on screen
        self.table = Table(
            COLUMNS, key=lambda r: r.type_id, name="adoption", settings=settings, unit="种", sort="state", titled=lambda: "采用文书",
            empty=EmptyState("没有可采用的文书。", "文书的正文随程序提供，升级后再看。"),
        )
        self.table.chosen.connect(self._show)
        self.all = Button("准备全部待采用的", act=self.prepare_all)
        self.approving = Button("全部批准采用", act=self.approve_all)
        self.pages = PdfCard("样页", FIT_WIDTH)
        self.head = CardHead("文书种类", "", self.all, self.approving, lined=False)
        self.words = wrapped("", "secondary")
        self.words.setContentsMargins(14, 0, 14, 8)
        self._place: QVBoxLayout = column(gap=0)
        self.table.offers = lambda: right.findChildren(Button)
        left = Card(self.head, self.words, self.table, gap=0, margins=(0, 0, 0, 0))
        right = Card(holder(self._place), margins=(0, 0, 0, 0))
        self.columns = Columns(SidePanel("文书种类", left, 440, 1), SidePanel("采用的内容", right, 340), SidePanel("样页", self.pages, 440))
        self.table.opened.connect(lambda _row: self.columns.bring("采用的内容"))
        self.setLayout(column(self.columns, gap=0))
        link.changed.connect(self._heard)

    @property
    def first_focus(self) -> QWidget | None:
        return self.table.view

    @property
    def clause_topic(self) -> str:
        item = self.table.current
        key = next((one.law_key for one in item.items if one.law_key), "") if item is not None else ""
        return f"value:{key}" if key else "screen:adoption"

    def entered(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read anew."""
        self.link.read(self, lambda reads: reads.adoption_desk(), done=self._arrived, failed=self._notices.show_error)

    def _heard(self, changes: Any) -> None:
        if any(table in ("Adoption", "LawCorrection", "TextCorrection") for table, _row in changes.rows):
            self.reload()

    def _arrived(self, found: AdoptionDesk) -> None:
        self.shown = found
        waiting = sum(row.state == TypeState.PENDING for row in found.rows)
        ready = sum(row.state in TO_PREPARE for row in found.rows)
        self.say("采用文书", f"{len(found.rows)} 种，{ready} 种待采用，{waiting} 种待局长批准")
        demo = "演示库视为全部已采用；" if found.demo else "采用之前可以拟稿、打印样稿，不能提交；"
        self.words.setText(f"{demo}文本或者所列内容以后有变，须重新采用。系统管理员准备，局长批准，不能由同一人办。")
        self.all.setVisible(found.may_prepare)
        self.all.setEnabled(bool(ready))
        self.approving.setVisible(found.may_approve)
        self.approving.setText(f"全部批准采用（{len(self._waiting())} 种）" if self._waiting() else "全部批准采用")
        self.approving.setEnabled(bool(self._waiting()))
        self.table.show_source(ListSource(found.rows, COLUMNS))
        if self.table.current is None and found.rows:
            self.table.select(self.table.model.key(self.table.model.row(0)))
        self._show(self.table.current)

    # beside the list
    def _show(self, found: AdoptionRow | None) -> None:
        while (item := self._place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if found is None:
            self._place.addWidget(EmptyState("选一种文书，看采用时要认可的内容。"))
            return
        self.seen = ""
        self.link.read(self, lambda reads: reads.adoption_pages(found.type_id), done=lambda pdf: self._pages_of(found, pdf), failed=self._notices.show_error)
        self.print = Button("打印…", icon="printer", act=lambda: self._print(found))
        self.text = Button("更正正文…", act=lambda: self.text_asked.emit(found.type_id))
        self._place.addWidget(CardHead(found.title, "", self.print))
        body = column(gap=10, margins=(14, 10, 14, 10))
        state = f"{found.state_words}{f'，{found.course}' if found.course else ''}。{found.version}。"
        body.addWidget(wrapped(state, "strong"))
        self.changes = wrapped("", tone="")
        self.changes.setTextFormat(Qt.TextFormat.RichText)
        self.changes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if found.worded:
            self.changes.setText("正在对照…")
            body.addWidget(self.changes)
            body.addWidget(line("hairline"))
            self.link.read(self, lambda reads: reads.adoption_difference(found.type_id), done=lambda told: self._changes_of(found, told), failed=self._notices.show_error)
        if found.items:
            body.addWidget(wrapped(f"采用即认可以下 {len(found.items)} 项未经核实的内容。请对照来源逐项核对，数值有误的先提请更正。", "secondary"))
        for one in found.items:
            body.addWidget(self._item(one))
        body.addStretch(1)
        self._place.addWidget(scrolled(holder(body)), 1)
        self._place.addWidget(line())
        self._place.addLayout(self._buttons(found))

    def _pages_of(self, found: AdoptionRow, pdf: bytes) -> None:
        """The pages arrived; the mark may have gone on."""
        if self.table.current is not None and self.table.current.type_id == found.type_id:
            self.pages.title.setText(f"样页：{found.title}")
            self.pages.show_pdf(pdf)

    def _changes_of(self, found: AdoptionRow, told: Difference | None) -> None:
        """What the court's own text changes arrived: it can be adopted now that it is on screen."""
        if self.table.current is None or self.table.current.type_id != found.type_id or told is None:
            return
        head = f'<b>对照「{escape(told.old)}」：{told.words}</b>'
        self.changes.setText(head + difference_html(told))
        self.seen = found.type_id
        self._open_approval(found)

    def _open_approval(self, found: AdoptionRow) -> None:
        may = self.shown is not None and self.shown.may_approve and not found.mine
        self.approve.setEnabled(may and (not found.worded or self.seen == found.type_id))
        self.refuse.setEnabled(may)

    def _item(self, item: AdoptionItem) -> QWidget:
        top: list[QWidget | None] = [label(item.kind_words, "strong"), None]
        if item.law_key:
            top.append(Button("提请更正…", "link", act=lambda: self.correct_asked.emit(item.law_key)))
        return holder(column(row(*top, gap=8), wrapped(item.words), wrapped(item.source or "没有来源", "secondary"), line("hairline"), gap=3))

    def _buttons(self, found: AdoptionRow) -> Any:
        assert self.shown is not None
        self.prepare = Button("准备采用", "primary", act=lambda: self._do("adoption.prepare", {"document_types": [found.type_id]}, f"{found.title}已准备，待局长批准。"))
        self.approve = Button("批准采用", "primary", act=lambda: self._do("adoption.approve", {"adoptions": [found.adoption]}, f"{found.title}已采用。"))
        self.refuse = Button("不批准…", act=lambda: self._refuse(found))
        parts: list[Any] = []
        why = ""
        if found.state in TO_PREPARE:
            parts, why = [self.prepare], "" if self.shown.may_prepare else "由系统管理员准备"
            self.prepare.setEnabled(self.shown.may_prepare)
        elif found.state == TypeState.PENDING:
            parts, why = [self.approve, self.refuse], "由局长批准" if not self.shown.may_approve else "您自己准备、起草或者核对的，不能由您批准" if found.mine else ""
            self._open_approval(found)
        return row(*parts, secondary(why), None, self.text, gap=8, margins=(14, 10, 14, 10))

    # actions
    def _do(self, action: str, values: dict[str, Any], words: str) -> None:
        self.link.do(self, action, values, done=self._saying(words), failed=self._notices.show_error)

    def _saying(self, words: str) -> Callable[[Any], object]:
        return lambda _changes: self._notices.done(words)

    def prepare_all(self) -> None:
        """Prepare every type that waits for it, in one act."""
        if self.shown is None:
            return
        types = [row.type_id for row in self.shown.rows if row.state in TO_PREPARE]
        self._do("adoption.prepare", {"document_types": types}, f"已准备 {len(types)} 种，待局长批准。")

    def approve_all(self) -> None:
        """Approve every type that waits and that another prepared, in one act; a text of the court's own is read and adopted by itself."""
        waiting = self._waiting()
        self._do("adoption.approve", {"adoptions": waiting}, f"已采用 {len(waiting)} 种文书。")

    def _waiting(self) -> list[str]:
        return [row.adoption for row in self.shown.rows if row.state == TypeState.PENDING and not row.mine and not row.worded] if self.shown is not None else []

    def _refuse(self, found: AdoptionRow) -> None:
        self.dialog = ActDialog(
            self.link.desk, self.link.jobs, "adoption.refuse", given={"adoption": found.adoption}, title=f"不批准采用：{found.title}",
            done=self._saying("已退回，未采用。"), parent=self.window(),
        )
        self.dialog.open()

    def _print(self, found: AdoptionRow) -> None:
        self.link.read(self, lambda reads: reads.adoption_sheet(found.type_id), done=self.print_asked.emit, failed=self._notices.show_error)
