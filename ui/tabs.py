"""The three tabs and the tools of one person's window, and what leads from one to another: refusals, hits, clauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from execdesk.law.calculators import CALCULATORS
from execdesk.law.refusal import Refusal, WayOn
from execdesk.reads.finding import Found
from execdesk.reads.standing import PersonShown
from ui.admin.adoption import AdoptionPage
from ui.admin.corrections import CorrectionsPage, LawDeskPage, correction_dialog
from ui.admin.firstday import FirstDayPage
from ui.admin.texts import TextPage
from ui.adminpage import AdminPage
from ui.approvaltab import ApprovalTab
from ui.calculators import CalculatorsPage, rule_of
from ui.case.places import MoveDay, MoveDayPage
from ui.case.suffixpage import SuffixPage
from ui.casetab import CaseTab
from ui.clauses import show_clause, show_letters
from ui.diagnostics import DiagnosticsPage
from ui.expiry import ExpiryPage
from ui.indexing import Indexing
from ui.lawview import ClauseDialog
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.printing import CopyKind, PrintDialog, print_pdf
from ui.search import HitShown
from ui.settings import Settings
from ui.sheetview import sheet_pdf
from ui.shell import Shell, Tool
from ui.specimen import OwnFonts
from ui.teamtab import TeamTab
from ui.verifying import VerifyPage

CASES, TEAMS, APPROVALS = range(3)
MAKING = "检索库正在后台建立（已完成 {}%）：现在先查案号和姓名；拼音首字母、车牌、账号、证件号码稍后可查。"


class Tabs(QObject):
    """Builds the pages of one person's window and joins them to the shell."""

    PLACES = {
        "adoption.prepare": "_adoption", "store.clear_restored": "_diagnostics", "incidents": "_diagnostics", "diagnostics": "_diagnostics",
        "law.corrections": "_corrections", "paper_suffixes": "_suffixes", "glyph.prepare": "_glyphs", "court.change": "_court", "check": "_diagnostics", "restore": "_diagnostics", "about": "_diagnostics",
        "post.prepare": "_posts", "post.end": "_posts", "post.appoint": "_posts", "certificate.issue": "_certificates", "issuing.replace": "_certificates",
    }
    TABS = {"team.join": TEAMS, "request.approve": APPROVALS, "request.sign": APPROVALS, "request.paper_approval": APPROVALS, "panel.ask": APPROVALS, "paper.print": APPROVALS}

    def __init__(self, link: Link, notices: Notices, settings: Settings, person: PersonShown) -> None:
        super().__init__()
        self.link, self.notices, self.settings, self.person = link, notices, settings, person
        self.shell: Shell | None = None
        self._clause: ClauseDialog | None = None
        self._calculated: dict[tuple[str, str], dict[str, str]] = {}
        self.cases = CaseTab(link, notices, settings, person)
        self.cases.radar_asked.connect(lambda: self.cases.open_page.emit(self._expiry()))
        link.changed.connect(self._changed)
        link.day_changed.connect(self._day_changed)
        once = Qt.ConnectionType.SingleShotConnection
        self.indexing = Indexing(link)
        self.own_fonts = OwnFonts(link)
        self.search_note = ""
        self.cases.listed.connect(self.indexing.start, once)
        self.indexing.making.connect(self.cases.tell_making)
        self.cases.listed.connect(lambda: QTimer.singleShot(0, self, self._make_ready), once)

    @cached_property
    def team(self) -> TeamTab:
        """The tab 团队, made when the list of cases is there, so that it does not hold that up, or when it is asked for sooner."""
        return TeamTab(self.link.desk, self.link.jobs, self.notices, self.open_page)

    @cached_property
    def approvals(self) -> ApprovalTab:
        """The tab 审批, made as late."""
        made = ApprovalTab(self.link.desk, self.link.jobs, self.notices, self.open_page)
        if self.shell is not None:
            made.waiting_changed.connect(self.shell.top.tabs[APPROVALS].set_badge)
        return made

    def _make_ready(self) -> None:
        """The tabs that are not in front; the number on 审批 is there before that is opened."""
        for stack in self.shell.stacks if self.shell is not None else ():
            stack.ready()
        self.approvals.reload()

    @property
    def pages(self) -> Sequence[Page | Callable[[], Page]]:
        """The first page of each tab, or what makes it."""
        return (self.cases, lambda: self.team, lambda: self.approvals)

    def join(self, shell: Shell) -> None:
        """Connect the pages to the window they are in."""
        self.shell = shell
        shell.hit_opened.connect(self.open_hit)
        shell.clause_asked.connect(self.show_clause)
        shell.top.search.note = lambda: self.search_note
        self.notices.way.connect(self.follow)

    def leave(self) -> None:
        """This person's window is going."""
        self.indexing.stop()
        self.link.end()

    def _changed(self, changes: object) -> None:
        self.cases.refresh(changes)
        for made in self._made:
            made.refresh(changes)

    def _day_changed(self, day: date) -> None:
        """Every list, count and page of another day; pages opened beside these hear of it themselves."""
        self.cases.refresh(None)
        if "team" in vars(self):
            self.team.begin_day(day)
        if "approvals" in vars(self):
            self.approvals.reload()

    @property
    def _made(self) -> list[TeamTab | ApprovalTab]:
        """The other tabs, as far as they are made: what comes later reads the state of that moment."""
        return [vars(self)[name] for name in ("team", "approvals") if name in vars(self)]

    def open_page(self, page: Page) -> None:
        """Open a page on the tab in front."""
        if self.shell is not None:
            self.shell.open_page(page)

    def open_case(self, number: str) -> None:
        """Bring a case to the front."""
        if self.shell is not None:
            if self.shell.stack is not self.shell.stacks[CASES] or self.shell.stack.open_pages > 1:
                self.shell.stacks[CASES].home()
                self.shell.choose_tab(CASES)
            self.cases.show_case(number)

    # what leads elsewhere
    def follow(self, way: WayOn) -> None:
        """A way on of a refusal."""
        action, _, rest = way.action.partition(":")
        if action == "clause":
            self.show_clause(rest)
        elif action == "delegation" and self.shell is not None:
            show_letters(self.link.desk, tuple(part for part in rest.split(",") if part), self.shell)
        elif action == "request" or (action in self.TABS and self.TABS[action] == APPROVALS):
            self.choose_tab(APPROVALS)
            if rest:
                self.approvals.show_request(rest)
        elif action in self.TABS:
            self.choose_tab(self.TABS[action])
        elif action in self.PLACES:
            self.open_page(getattr(self, self.PLACES[action])())
        else:
            if self.shell is not None and self.shell.stack is not self.shell.stacks[CASES]:
                self.shell.choose_tab(CASES)  # else the page would open behind the tab in front
            self.cases.follow(action, rest)

    def choose_tab(self, number: int) -> None:
        """Bring a tab to the front."""
        if self.shell is not None:
            self.shell.choose_tab(number)

    def leads(self, action: str) -> bool:
        """Whether a way on with this action, told without what follows its colon, leads anywhere from the window."""
        known = ("clause", "delegation", "request", "document.draft", "case.register")
        return action in known or action in self.PLACES or action in self.TABS or action in self.cases.begun

    def show_clause(self, topic: str) -> None:
        """F1."""
        if self.shell is None:
            return
        try:
            self._clause = show_clause(self.link.desk, topic, self.shell, self._clause)
        except Refusal as refusal:
            self.notices.refuse(refusal)

    def search(self, needle: str, hand: Callable[[Sequence[HitShown]], None]) -> None:
        """Ctrl+K."""
        def found(answer: Found) -> None:
            self.search_note = "" if answer.percent is None else MAKING.format(answer.percent)
            hand([HitShown(hit.kind, hit.title, hit.detail, hit.target) for hit in answer.hits])

        self.link.read(self, lambda reads: reads.search(needle), done=found)

    def open_hit(self, hit: HitShown) -> None:
        """A hit of the search leads to its case."""
        _kind, _, row = hit.target.partition(":")
        self.open_case(row)

    def keep_drafts(self) -> None:
        """Keep every half-filled form, before a lock or the end."""
        if self.shell is None:
            return
        for stack in self.shell.stacks:
            for page in stack._pages:
                if (keep := getattr(page, "keep_draft", None)) is not None:
                    keep()

    # tools
    def tools(self, move_day: MoveDay | None) -> list[Tool | None]:
        """The menu 工具."""
        found: list[Tool | None] = [Tool("计算", self._calculators), Tool("查控到期雷达", self._expiry), *self._for_keepers(), None, Tool("法规参数", self._law), Tool("采用文书", self._adoption), Tool("核验文书", self._verifying)]
        found += self._others()
        if move_day is not None:
            found += [None, Tool("演示日期…", lambda: MoveDayPage(self.link.desk.day, move_day))]
        return found

    def _for_keepers(self) -> list[Tool]:
        """What those who keep the facts of cases use."""
        return [Tool("纸上文号", self._suffixes)] if {"register_case", "draft", "undertake"} & self.person.may else []

    def _suffixes(self) -> Page:
        return SuffixPage(self.link, self.notices)

    def _others(self) -> list[Tool | None]:
        """Pages of administration and diagnostics, where the person has a use for them."""
        return [None, Tool("本院第一天", self._first_day), Tool("人员和授权", self._people), Tool("诊断", self._diagnostics)]

    def _first_day(self) -> Page:
        return FirstDayPage(self.link, self.notices, self._go)

    def _go(self, place: str) -> None:
        """Where a step of the first day is done."""
        kind, _, part = place.partition(":")
        if kind == "people":
            self.open_page(self._people(part))
        elif kind in (pages := {"adoption": self._adoption, "diagnostics": self._diagnostics}):
            self.open_page(pages[kind]())
        elif self.shell is not None:
            self.shell.choose_tab({"cases": CASES, "team": TEAMS, "approvals": APPROVALS}[kind])

    def _people(self, section: str = "") -> Page:
        return AdminPage(self.link.desk, self.link.jobs, self.notices, self.open_page, section)

    def _posts(self) -> Page:
        return self._people("posts")

    def _glyphs(self) -> Page:
        return self._people("glyphs")

    def _court(self) -> Page:
        return self._people("court")

    def _certificates(self) -> Page:
        return self._people("certificates")

    def _diagnostics(self) -> Page:
        return DiagnosticsPage(self.link, self.notices, self.settings)

    def _verifying(self) -> Page:
        return VerifyPage(self.link, self.notices)

    def _corrections(self) -> Page:
        return CorrectionsPage(self.link, self.notices, self.settings)

    def _expiry(self) -> Page:
        page = ExpiryPage(self.link, self.notices, self.settings)
        page.case_asked.connect(self.open_case)
        return page

    def _adoption(self) -> Page:
        page = AdoptionPage(self.link, self.notices, self.settings)
        page.print_asked.connect(lambda sheet: self._print_sheet(page, sheet))
        page.correct_asked.connect(lambda key: self._correct(page, key))
        page.text_asked.connect(lambda type_id: self.open_page(self._text(type_id)))
        return page

    def _text(self, type_id: str) -> Page:
        page = TextPage(self.link, self.notices, type_id)
        page.print_asked.connect(lambda sheet: self._print_sheet(page, sheet))
        return page

    def _correct(self, page: AdoptionPage, key: str) -> None:
        page.dialog = correction_dialog(self.link, self.notices, self.link.desk.law.value(key, self.link.desk.day), page)
        page.dialog.open()

    def _calculators(self) -> Page:
        services, case = self.link.desk.services, self.cases.known_for_calculators()
        page = CalculatorsPage(tuple(CALCULATORS.values()), rule_of(self.link.desk.law, services.calendar), today=self.link.desk.day, known=case[1], case=case[0], notes=case[2], typed=self._calculated)
        page.print_asked.connect(lambda sheet: self._print_sheet(page, sheet))
        return page

    def _print_sheet(self, page: Page, sheet: Any) -> None:
        words = [self.person.name, str(self.link.desk.day), *(["演示库"] if self.link.desk.demo else []), *([page.aside] if page.aside.startswith("按") else [])]
        pdf = sheet_pdf(sheet, " · ".join(words))
        dialog = PrintDialog(sheet.title, [CopyKind("计算单", "", lambda: pdf)], parent=page.window())
        dialog.ordered.connect(lambda order: self.link.jobs.run(page, lambda: print_pdf(pdf, order), done=lambda printed: self.notices.done(printed.words)))
        dialog.open()

    def _law(self) -> Page:
        return LawDeskPage(self.link, self.notices, self.settings)
