"""登记案件: number, basis, claim and several parties a side, checked while one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from execdesk.law.refusal import Refusal
from execdesk.reads.casewords import narrow
from execdesk.reads.registering import MISSING, OK, WARNING, WRONG, Finding
from ui.case.formpage import KEEP_AFTER_MS
from ui.columns import Columns, SidePanel
from ui.fields import FieldWidget, money
from ui.formbuilder import BuiltForm
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.rowsfield import RowsField
from ui.widgets import Button, Card, FactLines, column, hint, label, row, scrolled, secondary, steady, wrapped

PLACE = "case.register"
CHECK_AFTER_MS = 350
_ORDER = {WRONG: 0, MISSING: 1, WARNING: 2, OK: 3}
_TONES = {WRONG: "late", MISSING: "soon", WARNING: "soon"}


LAYOUT = (
    ("案件", (("number", "cause", "kind", "received_on", "filed_on"),)),
    ("执行依据", (("basis_no", "basis_kind", "basis_organ", "basis_effective_on"), ("obligation",))),
    ("申请执行标的", (("principal", "interest", "costs", "fee"), ("applicants",), ("debtors",), ("remarks",))),
)


def begin_blank(field: FieldWidget) -> None:
    """One blank line to write into."""
    assert isinstance(field, RowsField)
    field.add_line([""])


class RegistrationPage(Page):
    """The page to register a case. ``registered(row id)``."""

    registered = Signal(str)

    def __init__(self, link: Link, notices: Notices) -> None:
        super().__init__("登记案件", "填好即核对；登记后按住所地定组、按负荷分案")
        self.link, self.notices = link, notices
        self.says = Notices()
        self.says.way.connect(notices.way)
        self.form = BuiltForm(link.desk.reads.form("case.register").fields, LAYOUT)
        self.go = Button("登记案件", "primary", act=self.submit)
        self.total = label("—", "figure")
        self.facts = FactLines()
        self.findings: list[Finding] = []
        self._lay_out()
        self._look = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self._look.timeout.connect(self.check)
        self._asked = 0
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep_draft)
        self.initial = self.form.draft()
        self.form.changed.connect(self._changed)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.submit)
        link.read(self, lambda _reads: link.desk.draft(PLACE), done=self._restore)
        self._changed()

    def _lay_out(self) -> None:
        body = QWidget()
        body.setLayout(column(self.form, None, margins=(16, 12, 16, 4)))
        area = scrolled(body, stops=False)
        steady(area)
        left = Card(area, self.says, gap=0, margins=(0, 0, 0, 0))
        left.box.setStretch(0, 1)
        left.box.addLayout(row(self.go, 4, hint("Ctrl+Enter"), None, Button("不登记，返回", act=self.go_back.emit), gap=6, margins=(16, 8, 16, 12)))
        right = Card(label("核对", "card-title"), row(secondary("标的合计"), self.total, None), self.facts,
                     wrapped("证件号码的校验位和日期必须正确；地区不认识只作提示。执复案件不在基层法院办理；执异等案件登记后转审管办，执行局只能查看。", "secondary"), None, gap=10, margins=(16, 14, 16, 14))
        self.setLayout(column(Columns(SidePanel("填写", left, 620, 1), SidePanel("核对", right, 330)), gap=0))

    @property
    def first_focus(self) -> QWidget:
        return self.form["number"].input

    @property
    def clause_topic(self) -> str:
        return "screen:registration"

    def _changed(self) -> None:
        self._timer.start()
        self._look.start()
        parts = [self._value(name) for name in ("principal", "interest", "costs")]
        known = [part for part in parts if isinstance(part, int)]
        self.total.setText(f"{money(sum(known))} 元" if known else "未填")
        self._tell()

    def _tell(self) -> None:
        missing = self.form.missing
        wrong = any(finding.state in (WRONG, MISSING) for finding in self.findings)
        ready = "没有，可以登记" if not wrong else "没有，请先改正下面红字所说的"
        order = sorted(self.findings, key=lambda finding: _ORDER[finding.state])
        said = [
            (self._title(finding.field), wrapped(finding.sentence, tone=_TONES.get(finding.state, "")))
            for finding in order if finding.state != MISSING or "." in finding.field
        ]
        self.facts.fill([("还缺", "、".join(missing) if missing else ready), *said])

    def check(self) -> None:
        """Ask what is to be said of what is typed so far: faults, doubts, and where the case would go."""
        values: dict[str, Any] = {
            name: field.typed if isinstance(field, RowsField) else self._value(name) or field.text
            for name, field in self.form.fields.items()
        }
        self._asked += 1
        asked = self._asked

        def found(findings: list[Finding]) -> None:
            if asked == self._asked:
                self.findings = findings
                self._tell()

        self.link.read(self, lambda reads: reads.registration(values), done=found)

    def _title(self, field: str) -> str:
        side, _, rest = field.partition(".")
        if not rest:
            return {"group": "定组", "related": "承办"}.get(field) or self.form[field].title
        at = int(rest.partition(".")[0])
        found = self.form[side]
        lines = found.typed if isinstance(found, RowsField) else []
        return (lines[at]["name"] if at < len(lines) else "") or found.title

    def _value(self, name: str) -> Any:
        try:
            return self.form[name].value
        except Refusal:
            return None

    def may_leave(self) -> bool:
        if self._timer.isActive():  # the last words typed are kept as well
            self._timer.stop()
            self.keep_draft()
        return True

    def keep_draft(self) -> None:
        """Keep what is typed so far."""
        if self.form.draft() != self.initial:
            self.link.keep_draft(PLACE, self.form.draft())

    def _restore(self, kept: dict[str, str]) -> None:
        if kept:
            self.form.restore(kept)
            self.says.info("已恢复上次没有填完的登记。", ("重新填写", self.start_again))

    def start_again(self) -> None:
        self.says.clear()
        self.form.restart(self.initial)
        for side in ("applicants", "debtors"):
            begin_blank(self.form[side])
        self.first_focus.setFocus()
        self.link.keep_draft(PLACE, {})

    def submit(self) -> None:
        """Register; what is missing is marked first."""
        if not self.go.isEnabled() or not self.form.demand():
            return
        self.go.setEnabled(False)
        self.link.do(self, "case.register", self.form.action_values(), done=self._done, failed=self._failed)

    def _done(self, changes: Any) -> None:
        self._timer.stop()
        self.initial = self.form.draft()
        self.link.keep_draft(PLACE, {})
        self.notices.done(f"已登记 {narrow(self.form['number'].value)}。")
        row_id = changes.ids("Case")[0]
        self.go_back.emit()
        self.registered.emit(row_id)

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        show: Callable[[BaseException], object] = self.says.show_error if isinstance(error, Refusal) else self.notices.show_error
        show(error)
        if isinstance(error, Refusal):
            self.form.blame(error.field)
