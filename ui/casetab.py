"""The tab 案件: lines of work at the left, the list in the middle, the case at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from execdesk.law.refusal import WayOn
from execdesk.reads import Begun, FormShown, Step
from execdesk.reads.cases import CasePage, CaseRow
from execdesk.reads.casesums import Counts
from execdesk.reads.casewhere import ListFilter
from execdesk.reads.casewords import narrow
from execdesk.reads.standing import PersonShown
from execdesk.reads.states import UNSIGNED, DocumentState
from ui.case.draftpage import DraftPage
from ui.case.formpage import FormPage
from ui.case.identity import HiddenNumber
from ui.case.known import known_of, notes_of
from ui.case.listing import COLUMNS, CaseSource, empty_words, title_of
from ui.case.panel import CasePanel
from ui.case.past import PastListPage
from ui.case.preview import PreviewPage
from ui.case.registration import RegistrationPage
from ui.case.sample import print_made
from ui.case.side import CaseSide
from ui.columns import Columns, SidePanel
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.search import FilterField
from ui.settings import Settings
from ui.table import through
from ui.table_view import Table
from ui.theme import px
from ui.told import ToldDialog
from ui.widgets import Button, Card, CardHead, EmptyState, MenuButton, column

SHOW_AFTER_MS = 60
WHOLE = 100


class CaseTab(Page):
    """The first page of the tab. ``case_shown(number)`` when a case stands at the right; ``listed`` whenever the list is there;
    ``radar_asked`` for 到期雷达."""

    case_shown = Signal(str)
    listed = Signal()
    radar_asked = Signal()
    table: Table
    panel: CasePanel

    def __init__(self, link: Link, notices: Notices, settings: Settings, person: PersonShown) -> None:
        super().__init__("案件")
        self.link, self.notices, self.settings, self.person = link, notices, settings, person
        self.filter = ListFilter(str(settings.get("cases.view", "open")), *self._scope_values(self._first_scope()))
        self.begun: dict[str, Begun] = {}
        self.page: CasePage | None = None
        self.steps: tuple[Step, ...] = ()
        self.wanted, self._entering, self._steps_due, self._making = "", False, False, WHOLE
        self._looking = False  # F6 is held
        self._make()
        self._wait = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._wait.timeout.connect(self._read_case)
        link.read(self, lambda reads: reads.begun_by_form(), done=self._take_begun)
        self._counts_due = True
        self._show_list()
        for keys, run in (("Ctrl+N", self.panel.open_menu), ("Ctrl+F", self.finder.setFocus), ("Ctrl+Shift+C", self._copy_identity)):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    # what stands on the page
    def _make(self) -> None:
        self.sides = CaseSide(self.link.desk.due_days)
        self.side, self.glance = self.sides.views, self.sides.glance
        self.sides.view_chosen.connect(self._choose_view)
        self.sides.page_asked.connect(self._open_glance)
        self.finder = FilterField("筛选 Ctrl+F")
        self.finder.setFixedWidth(px(112))
        self.finder.asked.connect(lambda text: self.table.filter(text))
        self.finder.left.connect(lambda: self.table.view.setFocus())
        self.scope_menu = MenuButton("范围", [(words, partial(self.choose_scope, key)) for key, words in self._scopes()])
        self.register = Button("登记案件", "primary", act=self.open_registration)
        self.import_ = Button("导入台账", act=self.open_import)
        actions = (self.finder, self.scope_menu, Button("导出", act=lambda: self.table.export()), self.import_, self.register)
        self.head = CardHead("在办案件", "", *actions, kind="page-title", lined=False)
        empty = EmptyState("没有在办案件。", "导入台账，或登记第一件。")
        self.table = Table(
            COLUMNS, key=lambda row: row.id, name="cases", settings=self.settings, sort="due", empty=empty, reader=through(self.link.jobs, self),
            titled=lambda: self.head.title.text(),
        )
        self.table.offers = lambda: (("全部办理事项…（Ctrl+N）", self._offer_steps), ("复制证件号码（Ctrl+Shift+C）", self._copy_identity)) if len(self.table.selected) == 1 else ()
        self.table.model.restarted.connect(self._listed)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _row: self._enter_case())
        self.panel = CasePanel()
        self.panel.asked.connect(self.begin)
        self.panel.document_asked.connect(self.open_document)
        self.panel.case_asked.connect(self.show_case)
        self.panel.look_asked.connect(self._look_at_one)
        self.panel.refused = self.notices.show_error
        middle = Card(self.head, self.table, gap=0, margins=(0, 0, 0, 0))
        self.columns = Columns(SidePanel("我的工作", self.sides, 164), SidePanel("案件", middle, 640, 1), SidePanel("案件内容", self.panel, 426), top=11)
        self.setLayout(column(self.columns, gap=0))

    @property
    def first_focus(self) -> QWidget:
        return self.table.view

    @property
    def clause_topic(self) -> str:
        return f"screen:cases.{self.filter.view}"

    def _open_glance(self, key: str) -> None:
        if key == "radar":
            self.radar_asked.emit()
        else:
            self.open_page.emit(PastListPage(self.link, self.notices, self.settings, self.filter, dict(self._scopes())[self.scope]))

    # lists
    def _scopes(self) -> list[tuple[str, str]]:
        found = [("all", "全局案件")]
        if self.person.group:
            found.insert(0, ("group", f"本组（{self.person.group_name}）"))
        if self.person.judge:
            found.insert(0, ("mine", "我承办的"))
        return found

    def _first_scope(self) -> str:
        kept = str(self.settings.get("cases.scope", ""))
        known = [key for key, _ in self._scopes()]
        leads = not self.person.judge and bool({"approve", "approve_delegated", "read_all"} & self.person.may)
        return kept if kept in known else "all" if leads else known[0]

    def _scope_values(self, scope: str) -> tuple[str, str, str]:
        self.scope = scope
        return (self.person.group if scope == "group" else "", "", self.person.id if scope == "mine" else "")

    def choose_scope(self, scope: str) -> None:
        """Show one's own cases, the group's or all."""
        group, _, judge = self._scope_values(scope)
        self.settings.put("cases.scope", scope)
        self.filter = replace(self.filter, group=group, judge=judge, town="")
        self.wanted = ""
        self._counts_due = True
        self._show_list()

    def _choose_view(self, key: str) -> None:
        kind, _, name = key.partition(":")
        self.filter = replace(self.filter, view="open" if kind == "town" else key, town=name)
        if kind != "town":
            self.settings.put("cases.view", key)
        self.wanted = ""
        self.sides.mark(key)
        self._show_list()

    def _show_list(self) -> None:
        self.head.title.setText(title_of(self.filter, self.sides.words))
        text, more = empty_words(self.filter.view, self.link.desk.due_days.get(self.filter.view, 0), self.scope == "all" and not self.filter.town)
        self.table.empty.say(text, more)
        self.table.show_source(CaseSource(self.link, self.filter))

    def _listed(self) -> None:
        """The list is here: now the counts, which are cut from what it has read."""
        self._tell_total()
        if self._counts_due:
            self._counts_due = False
            self._read_counts()
        self.listed.emit()

    def _tell_total(self) -> None:
        making = f"　列表正在重新整理（{self._making}%）" if self._making < WHOLE else ""
        self.head.aside.setText(f"{self.table.model.total:,}　{dict(self._scopes())[self.scope]}{making}")

    def tell_making(self, percent: int) -> None:
        """How far the lists are made anew after an upgrade or a correction of the law; once they are, all is read again."""
        whole, self._making = self._making < WHOLE <= percent, percent
        self._tell_total()
        if whole:
            self.refresh(None)

    def _read_counts(self) -> None:
        wanted = self.filter
        self.link.read(self, lambda reads: reads.case_counts(wanted.group, wanted.judge), done=self._take_counts)

    def _take_counts(self, counts: Counts) -> None:
        self.sides.show_counts(counts, f"{self.person.group_name} · 乡镇" if self.filter.group else "乡镇")
        self.sides.mark(f"town:{self.filter.town}" if self.filter.town else self.filter.view)

    def _take_begun(self, begun: tuple[Begun, ...]) -> None:
        self.begun = {one.name: one for one in begun}
        self.panel.begun = tuple(one for one in begun if one.menu)

    # the case at the right
    def _chosen(self, row: CaseRow | None) -> None:
        if row is None:
            if self.table.model.total and not self.wanted:
                self.table.select(self.table.model.key(self.table.model.row(0)))
            elif not self.wanted:
                self.panel.clear()
            return
        if self.page is not None and self.page.case.id == row.id == self.wanted:
            return
        self.wanted, self._entering = row.id, False
        self._wait.start()

    def _enter_case(self) -> None:
        """Enter on a row: the keyboard goes to the first step of the case at the right."""
        self.columns.bring("案件内容")
        self.panel.take_focus()

    def show_case(self, number: str) -> None:
        """Bring a case by row id or number to the right, whether it is in the list or not; the keyboard goes to its first step."""
        self.wanted, self._entering = number, True
        self.table.select(number)  # so that a list still on its way does not bring back the row chosen before
        self._read_case()
        self.columns.bring("案件内容")

    def _read_case(self) -> None:
        wanted = self.wanted
        if wanted:
            self.link.read(self, lambda reads: (wanted, *reads.case_and_steps(wanted)), done=self._take_case)

    def _take_case(self, found: tuple[str, CasePage, tuple[Step, ...]]) -> None:
        wanted, page, steps = found
        if wanted != self.wanted:
            return
        self.page, self.steps, self.wanted = page, steps, page.case.id
        if self.table.current is None or self.table.current.id != page.case.id:
            self.table.select(page.case.id)  # list and panel agree: that row, or none where the list lacks it
        self.panel.show_case(page, steps, self.person)
        if self._entering:
            self._entering = False
            self._enter_case()
        if self._steps_due:
            self._steps_due = False
            self.panel.open_menu()
        self.case_shown.emit(page.case.number)

    def refresh(self, changes: Any) -> None:
        """After an act: the list, the counts and the case are read again, in the background; ``None`` for whatever may have changed."""
        if changes is not None and not changes.rows:
            return  # a line that changes nothing
        self._counts_due = True
        self.table.refresh()
        self._read_case()

    def known_for_calculators(self) -> tuple[str, dict[str, dict[str, str]], dict[str, str]]:
        """What the calculators take from the case in front: its number, texts by calculator, notes on them."""
        if self.page is None:
            return "", {}, {}
        return narrow(self.page.case.number), known_of(self.page, self.link.desk.day), notes_of(self.page)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        inside = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape and inside is not None and self.panel.isAncestorOf(inside):
            self.columns.bring("案件")
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_F6:
            if not event.isAutoRepeat():
                self._look_at_identities()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_F6 and not event.isAutoRepeat():
            self._cover()
        else:
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:  # the key is let go of in another window
            self._cover()

    def _offer_steps(self) -> None:
        """All steps of the case chosen, once it stands at the right."""
        if self.page is not None and self.table.current is not None and self.table.current.id == self.page.case.id:
            self.panel.open_menu()
        else:
            self._steps_due = True

    # numbers of identity: shown or copied once the line is written that says so
    def _look_at_identities(self) -> None:
        self._looking = True
        if found := self.panel.hidden_numbers:
            self._note_look([one.party for one in found], "shown", lambda: self.panel.uncover(True) if self._looking else None)

    def _cover(self) -> None:
        self._looking = False
        self.panel.uncover(False)

    def _look_at_one(self, number: HiddenNumber, done: Callable[[], object]) -> None:
        def noted() -> None:
            if isValid(number):
                number.uncover()
                done()

        self._note_look([number.party], "shown", noted)

    def _copy_identity(self) -> None:
        meant = self.panel.identity_meant
        if meant is None:
            if self.page is not None:
                self.notices.info("本案没有登记证件号码。")
            return
        party, name, number = meant

        def noted() -> None:
            QGuiApplication.clipboard().setText(number)
            self.notices.done(f"已复制{name}的证件号码。")

        self._note_look([party], "copied", noted)

    def _note_look(self, parties: list[str], how: str, noted: Callable[[], object]) -> None:
        if self.page is not None:
            values = {"case": self.page.case.id, "parties": parties, "how": how}
            self.link.do(self, "party.identity", values, done=lambda _changes: noted())

    # steps
    def begin(self, step: Step) -> None:
        """Open what a step asks for: a draft, a page of fields, or the action itself where it asks nothing."""
        if step.closed:
            self.notices.info(f"{step.title}：{step.closed}。", soon=True)
        elif step.action == "draft":
            self.open_page.emit(DraftPage(self.link, self.notices, step.target))
        elif step.action == "request":
            self.notices.way.emit(WayOn(step.title, f"request:{step.target}"))
        elif step.action == "document.seal":
            self.open_document(step.target, DocumentState.TO_SEAL)  # its pages are seen before it is sealed
        elif self.page is not None:
            page, about = self.page, {"case": self.page.case.id, "target": step.target, "prefilled": dict(step.values)}
            self.link.read(self, lambda reads: reads.form(step.action, **about), done=lambda shown: self._open_form(shown, page, step))

    def _open_form(self, shown: FormShown, case: CasePage, step: Step) -> None:
        page = FormPage(self.link, self.notices, shown, case, step)
        page.finished.connect(self._form_done)
        self.open_page.emit(page)

    def _form_done(self, shown: FormShown, changes: Any) -> None:
        papers = changes.ids("Document")
        if changes.told:
            ToldDialog(shown.done, changes.told, self.window()).open()
        if shown.prints:
            print_made(self, self.link, self.notices, shown)
        if shown.to_draft and papers:
            self.open_page.emit(DraftPage(self.link, self.notices, papers[0]))

    def open_document(self, document: str, state: str) -> None:
        """A draft opens for filling, an issued document for reading and printing."""
        if state in UNSIGNED:
            self.open_page.emit(DraftPage(self.link, self.notices, document))
        elif self.page is not None:
            row = next(d for d in self.page.documents if d.id == document)
            page = PreviewPage(self.link, self.notices, self.page, row, self.person)
            page.step_asked.connect(self.begin)
            self.open_page.emit(page)

    def open_registration(self) -> None:
        """登记案件."""
        page = RegistrationPage(self.link, self.notices)
        page.registered.connect(self.show_case)
        self.open_page.emit(page)

    def open_import(self) -> None:
        """导入台账."""
        from importlib import import_module

        made = import_module("ui.importpage").ImportPage(self.link.desk, self.link.jobs, self.notices, self.open_page.emit)
        self.open_page.emit(made)

    def follow(self, action: str, rest: str) -> None:
        """A way on of a refusal that leads into the case tab."""
        if action == "document.draft" and rest:
            self.open_page.emit(DraftPage(self.link, self.notices, rest))
        elif action == "case.register":
            self.open_registration()
        elif action in self.begun and (self.begun[action].of_case or "," in rest):
            self._begin_in(action, *rest.split(",", 2))
        elif self.page is not None and action in self.begun:
            self.begin(Step(action, self.begun[action].title, rest))

    def _begin_in(self, action: str, case: str, target: str = "", field: str = "") -> None:
        """Begin an action of a case, of the one in front where none is told: a draft may have been opened from the approvals."""
        def read(found: tuple[str, CasePage, tuple[Step, ...]]) -> None:
            self._take_case(found)
            self.begin(Step(action, self.begun[action].title, target or case, field=field))

        if self.page is not None and case in ("", self.page.case.id):
            self.begin(Step(action, self.begun[action].title, target or self.page.case.id, field=field))
        elif case:
            self.wanted = case
            self.link.read(self, lambda reads: (case, *reads.case_and_steps(case)), done=read)
