"""工具 → 采用文书 → 更正正文: the text of a document type to write in, its pages beside, what differs from any other version, who worded which."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.reads.states import TextState
from execdesk.reads.texts import CorrectionShown, Difference, EditedShown, TextDesk, sheet_of
from ui.admin.differenceview import DifferenceView
from ui.admin.texteditor import TextEditor, later
from ui.columns import Columns, SidePanel
from ui.fields import DateField, TextField
from ui.forms import Form
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.pdfview import FIT_WIDTH, PdfCard
from ui.team.dialogs import ActDialog
from ui.widgets import Button, Card, CardHead, column, holder, line, restyle, row, secondary, wrapped

REST_MS, KEEP_MS = 250, 900
OPENED = "正在打开的正文"


class TextPage(Page):
    """One type. ``print_asked(Sheet)`` for the difference on paper."""

    print_asked = Signal(object)

    def __init__(self, link: Link, notices: Notices, type_id: str) -> None:
        super().__init__("更正文书正文")
        self.link, self.notices, self.type_id = link, notices, type_id
        self.shown: TextDesk | None = None
        self.dialog: ActDialog | None = None
        self._marks: dict[str, str] = {}
        self._chosen, self._key, self._words = "", "", ""
        self._kept: dict[str, str] = {}
        self._asked = 0
        self._make_text()
        self._make_beside()
        self._rest, self._keep = later(self, self.look, REST_MS), later(self, self.keep_draft, KEEP_MS)
        for keys, run in (("Ctrl+Return", self.go_on), ("Ctrl+S", self.save), ("F8", self.to_fault), ("Alt+Up", lambda: self.step(-1)), ("Alt+Down", lambda: self.step(1))):
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        link.changed.connect(self._heard)

    def _make_text(self) -> None:
        self.state = secondary()
        self.save_ = Button("保存草稿", act=self.save)
        self.go = Button("提请另一人核对", "primary", act=self.go_on)
        self.back_ = Button("退回…", act=lambda: self._ask("text.return"))
        self.drop = Button("撤回…", act=lambda: self._ask("text.withdraw"))
        self.says = Notices()
        self.which = QComboBox()  # which version is open: chosen among what is there, nothing is filled in
        self.which.setAccessibleName("打开哪一稿")
        self.which.activated.connect(lambda place: self.open_text(str(self.which.itemData(place))))
        self.notice = wrapped("", "secondary", "soon")
        self.form = Form()
        self.form.add_row(DateField("valid_from", "自哪一日起", required=True), TextField("source", "依据（文件、条、款）", required=True), TextField("reason", "理由", required=True))
        self.form.changed.connect(self._typed)
        self.editor = TextEditor()
        self.editor.typed.connect(self._typed)
        self.editor.line_changed.connect(self._tell_line)
        self.rule = secondary()
        self.fault = wrapped("", "secondary", "soon")

    def _make_beside(self) -> None:
        head = column(self.notice, row(secondary("打开"), self.which, gap=8), self.form, gap=8, margins=(14, 10, 14, 10))
        foot = column(self.fault, self.rule, gap=2, margins=(14, 6, 14, 8))
        self.text_card = Card(CardHead("正文", "回车另起一段 · 右键插入空位、引用 · F8 到有误的一行"), holder(head), line(), self.editor, line(), holder(foot), gap=0, margins=(0, 0, 0, 0))
        self.text_card.box.setStretch(3, 1)
        self.old, self.new = QComboBox(), QComboBox()  # two versions to lay beside each other
        for box, name in ((self.old, "原文本"), (self.new, "新文本")):
            box.setAccessibleName(name)
            box.activated.connect(self._compare)
        self.difference = DifferenceView()
        self.count = secondary()
        self.before, self.after = Button("上一稿 Alt+↑", "link", act=lambda: self.step(-1)), Button("下一稿 Alt+↓", "link", act=lambda: self.step(1))
        copy, self.print = Button("复制", icon="copy", act=self.difference.copy_difference), Button("打印…", icon="printer", act=self.print_difference)
        choose = column(row(secondary("原"), self.old, gap=8), row(secondary("新"), self.new, gap=8), row(self.count, None, self.before, self.after, gap=10), gap=6, margins=(14, 10, 14, 8))
        compared = Card(CardHead("对照", "", copy, self.print), holder(choose), line(), self.difference, gap=0, margins=(0, 0, 0, 0))
        compared.box.setStretch(3, 1)
        for box in (self.which, self.old, self.new):  # long names: as wide as there is room
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.pages = PdfCard("样页", FIT_WIDTH)
        self.columns = Columns(SidePanel("正文", self.text_card, 500, 1), SidePanel("对照", compared, 350), SidePanel("样页", self.pages, 430), top=0)
        whole = column(holder(column(self.says, margins=(12, 2, 12, 4))), self.columns, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    @property
    def head_actions(self) -> tuple[QWidget, ...]:
        return (self.state, self.drop, self.back_, self.save_, self.go)

    @property
    def first_focus(self) -> QWidget:
        return self.editor

    @property
    def clause_topic(self) -> str:
        return "screen:texts"

    @property
    def place(self) -> str:
        """Where what is typed is kept."""
        return f"text:{self.type_id}"

    def entered(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read anew; what is open stays open."""
        place = self.place
        self.link.read(self, lambda reads: (reads.text_desk(self.type_id), self.link.desk.draft(place)), done=self._arrived, failed=self._failed)

    def _heard(self, changes: Any) -> None:
        if any(table in ("TextCorrection", "Adoption") for table, _row in changes.rows):
            self.reload()

    def _arrived(self, found: tuple[TextDesk, dict[str, str]]) -> None:
        desk, kept = found
        first, self.shown = self.shown is None, desk
        self.say(f"更正正文：{desk.title}", desk.why_not or (f"{len(desk.corrections)} 件更正" if desk.corrections else "还没有更正过"))
        self.notice.setText(desk.notice)
        self.notice.setVisible(bool(desk.notice))
        self.editor.slots, self.editor.concepts = desk.slots, desk.concepts
        self._fill_choices(desk)
        if first:
            self._kept = dict(kept)
            mine = next((one for one in desk.open if one.mine or one.may_release), None)
            start = self._chosen or str(kept.get("which", "")) or (f"row:{mine.id}" if mine else f"row:{desk.open[0].id}" if desk.open and not desk.may_word else f"new:{desk.now}")
            self.open_text(start if self.which.findData(start) >= 0 else f"new:{desk.now}")
        else:
            self.which.setCurrentIndex(max(0, self.which.findData(self._chosen)))
            self._show_state()

    def _fill_choices(self, desk: TextDesk) -> None:
        self.which.clear()
        for one in desk.open:
            self.which.addItem(f"{one.state_words}：{one.course}，自 {one.valid_from} 起", f"row:{one.id}")
        for version in desk.versions:
            now = "（现在使用）" if version.key == desk.now else ""
            self.which.addItem(f"{'据此另拟：' if desk.may_word else ''}{version.words}{now}", f"new:{version.key}")
        for box, chosen in ((self.old, self.old.currentData() or desk.now), (self.new, self.new.currentData() or "")):
            box.clear()
            if box is self.new:
                box.addItem(OPENED, "")
            for version in desk.versions:
                box.addItem(version.words + ("（现在使用）" if version.key == desk.now else ""), version.key)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    # which text is open
    @property
    def correction(self) -> CorrectionShown | None:
        """The correction that is open; none where a new one is begun."""
        row = self._chosen.removeprefix("row:") if self._chosen.startswith("row:") else ""
        return next((one for one in self.shown.corrections if one.id == row), None) if self.shown is not None else None

    @property
    def writable(self) -> bool:
        """Whether the person may write in what is open."""
        one = self.correction
        return self.shown is not None and self.shown.may_word and (one is None or (one.mine and one.state == TextState.DRAFT))

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.writable and (self.editor.toPlainText() != self._words or self.correction is None and any(field.text for name, field in self.form.fields.items() if name != "valid_from"))

    def open_text(self, chosen: str) -> None:
        """Open a correction (``row:…``) or begin one from a version (``new:…``)."""
        if self.shown is None:
            return
        self._chosen = chosen
        self.which.setCurrentIndex(max(0, self.which.findData(chosen)))
        one = self.correction
        self._key = one.key if one is not None else chosen.removeprefix("new:")
        key = self._key
        self.link.read(self, lambda reads: (key, reads.text_lines(self.type_id, key)), done=self._opened, failed=self._failed)

    def _opened(self, found: tuple[str, Any]) -> None:
        key, lines = found
        if key != self._key:
            return
        one, kept = self.correction, self._kept if self._kept.get("which") == self._chosen else {}
        self._kept = {}
        self._words = "\n".join(piece.whole for piece in lines)
        self._marks = {piece.mark: piece.rule for piece in lines}
        self.editor.setReadOnly(False)
        self.editor.setPlainText(str(kept.get("words", "")) or self._words)
        start = {"valid_from": one.valid_from, "source": one.source, "reason": one.reason} if one is not None else {"valid_from": self.link.desk.day}
        for name, field in self.form.fields.items():
            field.set_value(start.get(name))
            field.forget()
        self.form.restore({name: str(text) for name, text in kept.items() if text and name in self.form.fields})
        self._show_state()
        self._tell_line(self.editor.line)
        self.look()

    def _show_state(self) -> None:
        one, writable = self.correction, self.writable
        self.editor.setReadOnly(not writable)
        self.form.setEnabled(writable)
        self.state.setText(f"{one.state_words} · {one.course}" if one is not None else self.shown.why_not if self.shown is not None else "")
        self.save_.setVisible(writable)
        releasing = one is not None and one.state == TextState.PROPOSED and one.may_release
        self.go.setVisible(writable or releasing)
        self.go.setText("核对无误，送局长采用" if releasing else "提请另一人核对")
        self.back_.setVisible(one is not None and one.state == TextState.PROPOSED and (one.may_release or one.mine))
        self.drop.setVisible(one is not None and one.mine and one.state in (TextState.DRAFT, TextState.PROPOSED, TextState.RELEASED))

    # pages and difference as one types
    def _typed(self) -> None:
        self._rest.start()
        self._keep.start()

    def _tell_line(self, number: int) -> None:
        words = self.editor.document().findBlockByNumber(number - 1).text()
        mark = words[1 : words.find("】")] if words.startswith("【") else ""
        rule = self._marks.get(mark, "")
        self.rule.setText(f"第 {number} 行" + (f" · {rule}" if rule else " · 新增的一段" if mark == "增" else ""))

    @property
    def day(self) -> date | None:
        """From which day on the text is to hold, where that can be read."""
        try:
            found = self.form.fields["valid_from"].value
        except Refusal:
            return None
        return found if isinstance(found, date) else None

    def look(self) -> None:
        """Pages and difference of what is open, as it reads now."""
        if self.shown is None or not self._key:
            return
        self._asked += 1
        asked, key, words, day, old = self._asked, self._key, self.editor.toPlainText(), self.day, str(self.old.currentData() or "")
        self.link.read(self, lambda reads: (asked, reads.text_edited(self.type_id, key, words, day, old)), done=self._looked, failed=self._failed)

    def _looked(self, found: tuple[int, EditedShown]) -> None:
        asked, shown = found
        if asked != self._asked:
            return
        self.fault.setText(shown.fault)
        self.fault.setVisible(bool(shown.fault))
        restyle(self.editor, state="wrong" if shown.fault else "")
        if shown.pdf:
            self.pages.show_pdf(shown.pdf)
            self.pages.view.pages.mark(new_words(shown.difference))
        if not self.new.currentData():
            self._show_difference(shown.difference, "正文有误，改正后再对照。" if shown.fault else "")

    def _show_difference(self, found: Difference | None, empty: str = "") -> None:
        self.difference.show_difference(found, empty)
        self.count.setText(found.words if found is not None else "")
        self.print.setEnabled(found is not None)

    def _compare(self) -> None:
        """Other versions were chosen beside each other."""
        old, new = str(self.old.currentData() or ""), str(self.new.currentData() or "")
        if not new:
            self.look()
            return
        self.link.read(self, lambda reads: (old, new, reads.text_difference(self.type_id, old, new)), done=self._compared, failed=self._failed)

    def _compared(self, found: tuple[str, str, Difference]) -> None:
        old, new, difference = found
        if (old, new) == (self.old.currentData(), self.new.currentData()):
            self._show_difference(difference)

    def step(self, by: int) -> None:
        """The version before or after: what was changed in it, and by whom."""
        if self.shown is None:
            return
        worded = [version for version in self.shown.versions if version.before]
        if not worded:
            self._show_difference(None, "本院还没有改过这种文书的正文。")
            return
        now = next((number for number, version in enumerate(worded) if version.key == self.new.currentData()), len(worded) if by < 0 else -1)
        chosen = worded[min(max(now + by, 0), len(worded) - 1)]
        self.old.setCurrentIndex(self.old.findData(chosen.before))
        self.new.setCurrentIndex(self.new.findData(chosen.key))
        self._compare()

    def print_difference(self) -> None:
        """The difference as a sheet."""
        if (found := self.difference.shown) is not None:
            title = self.shown.title if self.shown is not None else ""
            self.print_asked.emit(sheet_of(title, found))

    def to_fault(self) -> None:
        """F8: the line that is wrong."""
        if not self.editor.go_to_fault(self.fault.text()):
            self.form.demand()

    # what is done
    def _values(self) -> dict[str, Any] | None:
        if not self.form.demand():
            return None
        return {"words": self.editor.toPlainText(), **{name: field.value for name, field in self.form.fields.items()}}

    def save(self) -> None:
        """Keep what is written as a version."""
        self._write(submit=False)

    def go_on(self) -> None:
        """Whichever is next: put it before another, or find it right."""
        one = self.correction
        if one is not None and one.state == TextState.PROPOSED and one.may_release:
            self.link.do(self, "text.release", {"correction": one.id}, done=lambda _done: self._did("已核对，待局长采用。"), failed=self._failed)
        elif self.writable:
            self._write(submit=True)

    def _write(self, submit: bool) -> None:
        values = self._values() if self.writable else None
        if values is None:
            return
        one, key, kept = self.correction, self._key, self.editor.toPlainText() == self._words
        same = one is not None and kept and (one.valid_from, one.source, one.reason) == (values["valid_from"], values["source"], values["reason"])

        def work(desk: Desk) -> str:
            if one is None:
                made = desk.do("text.draft", document_type=self.type_id, base=key, **values).ids("TextCorrection")[0]
            else:
                made = one.id
                if not same:
                    desk.do("text.save", correction=made, **values)
            if submit:
                desk.do("text.submit", correction=made)
            return str(made)

        def done(made: str) -> None:
            self._chosen = f"row:{made}"
            self.link.keep_draft(self.place, {})
            self._keep.stop()
            self._did("已提请，待另一人核对。" if submit else "草稿已保存。")

        self.link.run(self, work, done=done, failed=self._failed)

    def _ask(self, action: str) -> None:
        if (one := self.correction) is not None:
            self.dialog = ActDialog(self.link.desk, self.link.jobs, action, given={"correction": one.id}, done=lambda _done: self._did("已办。"), parent=self.window(), clause=self.clause_topic)
            self.dialog.open()

    def _did(self, words: str) -> None:
        self.says.clear()
        self.says.done(words)
        self.shown = None
        self.reload()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refusal):
            self.says.refuse(error)
            self.editor.go_to_fault(error.text)
        else:
            self.notices.show_error(error)

    def keep_draft(self) -> None:
        """Keep what is typed so far."""
        if self.shown is not None and self.dirty:
            self.link.keep_draft(self.place, {"which": self._chosen, "words": self.editor.toPlainText(), **self.form.draft()})


def new_words(found: Difference | None) -> tuple[str, ...]:
    """The words of a difference that are new and stand on the pages as they are, to be marked there."""
    told = (re.split(r"[{}〔〕［］|]", piece.text) for row in (found.rows if found is not None else ()) for piece in row.pair.pieces if piece.kind == "new")
    return tuple(dict.fromkeys(part for parts in told for part in parts[::2] if len(part) > 1))
