"""Founding a court, page by page: court, desks and towns, people, teams, the root's stick, passwords; then the envelope.

Until the first line is written a draft lies in the data folder, after each page and each change; it holds no password.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.opening import COURT, Opening, SetUp, faults, login_suggested
from execdesk.reads import FormField
from ui.bars import WORKBENCH
from ui.formbuilder import BuiltForm, first_wanted
from ui.founding.envelope import EnvelopePage
from ui.founding.grid import PlanGrid
from ui.founding.passwords import PasswordsPage
from ui.jobs import Runner, Watch
from ui.notices import Notices
from ui.theme import px
from ui.widgets import Button, Card, column, holder, label, row, scrolled, secondary, wrapped
from ui.wizard import WizardSteps

STEPS = ("本院", "席位和镇", "人员", "团队", "证书根", "密码", "信封")
OF_TABLES = {"court": 0, "sites": 1, "groups": 1, "areas": 1, "people": 2, "teams": 3}
ROOT, PASSWORDS, ENVELOPE = 4, 5, 6
_LAYOUT = (
    ("印在文书上", (("name", "upper"), ("short", "code", "letters"))), ("怎样找到本院", (("address",), ("telephone", "hotline"))),
    ("当事人把执行款付到哪里", (("account_name",), ("account_bank", "account_no"))),
)
_PASSPHRASE = (Field("passphrase", "证书根的口令（院长自己想，12 个字符以上）", "secret"), Field("again", "再输一次", "secret"))


class FoundingPage(QWidget):
    """The pages one after the other. ``left`` to go on another day, ``founded(SetUp)`` when the envelope is closed."""

    left = Signal()
    founded = Signal(object)

    def __init__(self, opening: Opening, jobs: Runner) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.opening, self._jobs = opening, jobs
        self.plan = opening.plan()
        self.made: SetUp | None = None
        self.steps, self.says = WizardSteps(STEPS), Notices()
        self.pages = QStackedWidget()
        self.court = BuiltForm([FormField(field, self.plan.court.get(field.name) or None) for field in COURT], _LAYOUT)
        self.grids = {
            "sites": PlanGrid("sites", "第一行是这一边", 4), "groups": PlanGrid("groups", "", 4), "areas": PlanGrid("areas", "没有写组的，由人定组"),
            "people": PlanGrid("people", "可以从工作簿复制整片单元格，点一格，按 Ctrl+V；几个职务以顿号隔开"), "teams": PlanGrid("teams", "几名执行员以顿号隔开；可以以后再编"),
        }
        self.passphrase = BuiltForm([FormField(field) for field in _PASSPHRASE])
        self.root_words = wrapped("", "strong")
        self.passwords, self.envelope = PasswordsPage(opening, lambda: self.plan), EnvelopePage()
        for page in (self._court_page(), self._places_page(), self._people_page(), self.grids["teams"], self._root_page(), self.passwords, self.envelope):
            self.pages.addWidget(page)
        self.back, self.next = Button("上一步", act=self.go_back), Button("下一步", "primary", act=self.go_on)
        self.later = Button("存着，以后再办", act=self.leave)
        head = row(label(f"{WORKBENCH} · 设立本院", "page-title"), None, self.steps)
        self.kept = secondary("已填的随时存在数据文件夹，不含密码")
        foot = row(self.back, self.next, None, self.kept, self.later, gap=8)
        box = column(head, self.says, Card(self.pages, margins=(16, 14, 16, 14)), foot, gap=10, margins=(16, 12, 16, 12))
        box.setStretch(2, 1)
        self.setLayout(box)
        self._fill()
        self.show_step(min(self.plan.step, ROOT))

    # the pages
    def _court_page(self) -> QWidget:
        words = wrapped("地址、电话和执行款账户现在不全的，设立以后由院长或局长补填。", "secondary")
        self.court.setFixedWidth(px(760))
        self.court.changed.connect(self._read_court)
        self.court.finished.connect(self.go_on)
        return scrolled(holder(column(words, row(self.court, None), None, gap=10)))

    def _places_page(self) -> QWidget:
        top = row(self.grids["sites"], self.grids["groups"], gap=16)
        top.setStretch(0, 1)
        top.setStretch(1, 2)
        box = column(top, self.grids["areas"], gap=10)
        box.setStretch(1, 1)
        return holder(box)

    def _people_page(self) -> QWidget:
        self.suggest = Button("按姓名拼音补登录名", act=self.suggest_logins)
        posts, staffings = self.plan.shipped.posts.values(), self.plan.shipped.staffings.values()
        words = f"职务：{'、'.join(post.name for post in posts)}。编制：{'、'.join(one.name for one in staffings)}。不登录的人，登录名留空。"
        box = column(wrapped(words, "secondary"), self.grids["people"], row(self.suggest, None), gap=8)
        box.setStretch(1, 1)
        return holder(box)

    def _root_page(self) -> QWidget:
        words = (
            "证书根是本院一切签名的根。它只存在院长保管的 U 盘上，与数据分开；平时用不着，更换签发钥匙、给院长换证时才用。",
            "请插好 U 盘，选上面的一个文件夹；再由院长输入口令。口令和 U 盘分开保管，两样都丢了，只能由院长、局长另立新根。",
        )
        self.choose = Button("选文件夹…", act=self.choose_root)
        self.passphrase.setFixedWidth(px(420))
        self.passphrase.finished.connect(self.go_on)
        return holder(column(*(wrapped(one, "secondary") for one in words), row(label("证书根存到"), self.root_words, self.choose, None, gap=8), row(self.passphrase, None), None, gap=10))

    def _fill(self) -> None:
        for name, grid in self.grids.items():
            grid.show_rows(self.plan.tables[name])
            grid.changed.connect(self._read)
        self._show_root()

    def _show_root(self) -> None:
        self.root_words.setText(self.plan.root or "还没有选")

    # what is written
    def _read_court(self) -> None:
        self.plan.court = {name: field.text for name, field in self.court.fields.items()}
        self._keep()

    def _read(self) -> None:
        for name, grid in self.grids.items():
            self.plan.tables[name] = grid.rows
        self._keep()

    def _keep(self) -> None:
        try:
            self.opening.keep_plan(self.plan)
        except Refusal as refusal:
            self.says.refuse(refusal)

    def suggest_logins(self) -> None:
        """Put a login name, spelt from his name, to everybody who has a post and none yet."""
        taken = [account for row in self.plan.tables["people"] if (account := row.get("account", "").strip())]
        for one in self.plan.tables["people"]:
            if one.get("name", "").strip() and not one.get("account", "").strip() and (found := login_suggested(one["name"].strip(), taken)):
                one["account"] = found
                taken.append(found)
        self.grids["people"].show_rows(self.plan.tables["people"])
        self._keep()

    def choose_root(self) -> None:
        """Ask for the folder on the stick."""
        if folder := QFileDialog.getExistingDirectory(self, "证书根存到（院长的 U 盘）", str(Path.home())):
            self.plan.root = folder
            self._show_root()
            self._keep()

    # from page to page
    @property
    def step(self) -> int:
        return self.pages.currentIndex()

    def show_step(self, step: int) -> None:
        """Bring a page to the front."""
        self.pages.setCurrentIndex(step)
        self.steps.go(step)
        self.plan.step = step
        self.says.clear()
        self.back.setVisible(0 < step < ENVELOPE)
        self.later.setVisible(step < ENVELOPE)
        self.kept.setVisible(step < ENVELOPE)
        self.next.setText({PASSWORDS: "设立本院", ENVELOPE: "已封好，去登录"}.get(step, "下一步"))
        if step == PASSWORDS:
            self.passwords.enter()
        self._focus()

    def _focus(self) -> None:
        grid = {1: "groups", 2: "people", 3: "teams"}.get(self.step)
        if grid is not None:
            self.grids[grid].add_row()
        elif self.step in (0, ROOT) and (first := first_wanted(self.court if self.step == 0 else self.passphrase)):
            first.input.setFocus()

    def go_back(self) -> None:
        """The page before."""
        self.show_step(self.step - 1)

    def go_on(self) -> None:
        """The next page, if this one has no fault; the last founds, then closes."""
        self.says.clear()
        try:
            if self._wrong_here() or (self.step == ROOT and not self._root_is_told()):
                return
        except Refusal as refusal:
            self.says.refuse(refusal)
            return
        if self.step == PASSWORDS:
            self.found()
        elif self.step == ENVELOPE:
            self.founded.emit(self.made)
        else:
            self.show_step(self.step + 1)
            self._keep()

    def _wrong_here(self) -> bool:
        found = [one for one in faults(self.plan) if OF_TABLES[one.table] == self.step]
        for grid in self.grids.values():
            grid.mark(found)
        if not found:
            return False
        if found[0].table == "court":
            self.court.demand()
            self.says.refuse(Refusal(found[0].text, code="setup.plan"))
            self.court[found[0].column].input.setFocus()
        else:
            self.grids[found[0].table].go_to(found[0])
        return True

    def _root_is_told(self) -> bool:
        if not self.plan.root:
            raise Refusal("还没有选证书根的文件夹。请插好院长的 U 盘，点「选文件夹…」。", code="setup.root")
        if not self.passphrase.demand():
            return False
        values = self.passphrase.action_values()
        if values["passphrase"] != values["again"]:
            self.passphrase.restart({"passphrase": "", "again": ""})
            raise Refusal("两次输入的口令不一样，请院长重新输入两次。", code="certificate.again")
        return True

    def found(self) -> None:
        """Write the first line."""
        if self.passwords.missing:
            self.says.refuse(Refusal(f"还须{'、'.join(self.passwords.missing)}输入自己的密码。", code="setup.people"))
            return
        plan, typed, passphrase = self.plan, dict(self.passwords.typed), self.passphrase.action_values()["passphrase"]
        self._shut(True)
        watch = Watch("正在设立本院", can_cancel=False)
        self._jobs.run(self, lambda: self.opening.found(plan, typed, passphrase), done=self._founded, failed=self._failed, watch=watch)

    def _founded(self, made: SetUp) -> None:
        self._shut(False)
        self.made = made
        self.passwords.forget()
        self.passphrase.restart({"passphrase": "", "again": ""})
        self.envelope.show_code(self.plan.court["name"], made)
        self.show_step(ENVELOPE)

    def _failed(self, error: BaseException) -> None:
        self._shut(False)
        self.says.show_error(error)

    def _shut(self, shut: bool) -> None:
        for button in (self.back, self.next, self.later):
            button.setEnabled(not shut)

    def leave(self) -> None:
        """Go on another day: what is written lies in the folder, what was typed as a password is forgotten."""
        self._keep()
        self.passwords.forget()
        self.left.emit()


