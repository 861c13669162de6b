"""The case at the right of the list: its head, and 概况 当事人 措施 文书 留痕 below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget

from execdesk.reads import Begun, Step
from execdesk.reads.cases import CasePage
from execdesk.reads.casewords import narrow
from execdesk.reads.standing import PersonShown
from execdesk.reads.states import CaseState
from ui.cardtabs import CardTabs
from ui.case.identity import HiddenNumber
from ui.case.overview import Overview
from ui.case.parts import MeasuresPart, PapersPart, PartiesPart
from ui.case.steppick import StepPick
from ui.case.trail import TrailPart
from ui.widgets import Card, Elided, EmptyState, chip, column, holder, label, line, restyle, row

Part = Overview | PartiesPart | MeasuresPart | PapersPart | TrailPart
PARTS: tuple[type[Part], ...] = (Overview, PartiesPart, MeasuresPart, PapersPart, TrailPart)


class CasePanel(Card):
    """One case. ``asked(Step)`` for a step; ``document_asked(row id, state)`` for a document; ``look_asked(HiddenNumber, done)`` for one number;
    ``case_asked(row id)`` for another case."""

    asked = Signal(object)
    look_asked = Signal(object, object)
    document_asked = Signal(str, str)
    case_asked = Signal(str)
    refused: Callable[[BaseException], object]

    def __init__(self) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0))
        self.page: CasePage | None = None
        self.steps: tuple[Step, ...] = ()
        self.begun: tuple[Begun, ...] = ()  # what can be done in a case at any time
        self.number, self.state = label("", "page-title"), chip("")
        self.below = Elided("", "secondary")
        self.bar = CardTabs("概况", "当事人", "措施", "文书", "留痕")
        self.bar.setUsesScrollButtons(False)
        self._pile = QStackedWidget()
        self._made: dict[int, Part] = {}
        head = column(row(self.number, None, self.state), self.below, gap=3, margins=(14, 9, 14, 2))
        body = holder(column(head, row(self.bar, None, margins=(14, 0, 14, 0)), line("hairline"), self._pile, gap=0))
        self._all = QStackedWidget()
        self._all.addWidget(EmptyState("没有选中案件。", "在左边选一件，或按 Ctrl+K 查找。"))
        self._all.addWidget(body)
        self.box.addWidget(self._all)
        self._person: PersonShown | None = None
        self._due: set[int] = set()  # parts that show another case still
        self.bar.currentChanged.connect(self._bring)
        self.bar.currentChanged.connect(self._tell_clause)
        self._tell_clause(0)

    def _tell_clause(self, number: int) -> None:
        """What F1 opens while the keyboard is in the case."""
        self.setProperty("clause", f"screen:case.{('overview', 'parties', 'measures', 'papers', 'trail')[number]}")

    def part(self, number: int) -> Part:
        """A part by its place, made when it is first wanted: the window is there sooner."""
        if number not in self._made:
            made = self._made[number] = PARTS[number]()
            made.asked.connect(self.asked)
            if isinstance(made, Overview):
                made.all_asked.connect(self.open_menu)
                made.part_asked.connect(self.bar.setCurrentIndex)
            elif isinstance(made, PartiesPart):
                made.look_asked.connect(self.look_asked)
                made.case_asked.connect(self.case_asked)
            elif isinstance(made, PapersPart):
                made.document_asked.connect(self.document_asked)
            self._pile.addWidget(made)
        return self._made[number]

    @property
    def overview(self) -> Overview:
        """The first part."""
        found = self.part(0)
        assert isinstance(found, Overview)
        return found

    def show_case(self, page: CasePage, steps: tuple[Step, ...], person: PersonShown) -> None:
        """Show a case; the part in front stays in front."""
        self.page, self.steps = page, steps
        case = page.case
        self.number.setText(narrow(case.number))
        tone = "late" if case.state == CaseState.OPEN and case.term_left is not None and case.term_left < 0 else ""
        self.state.setText(_state_words(page))
        restyle(self.state, tone=tone)
        place = f"{case.town}，归{case.group_name}" if case.town and case.group else case.town or case.group_name
        words = [page.cause, place, f"承办 {case.judge or '未分案'}", *([f"书记员 {page.clerk}"] if page.clerk else [])]
        self.below.setText(" · ".join(word for word in words if word))
        for number, (text, count) in enumerate((("措施", len(page.measures)), ("文书", len(page.documents))), 2):
            self.bar.setTabText(number, f"{text} {count}" if count else text)
        self._person, self._due = person, set(range(len(PARTS)))
        self._fill(self.bar.currentIndex())
        self._all.setCurrentIndex(1)

    def _bring(self, number: int) -> None:
        self._fill(number)
        self._pile.setCurrentWidget(self.part(number))

    def _fill(self, number: int) -> None:
        """Show the case in a part that does not yet: with arrows through the list only the one in front, to stay below a frame."""
        if number in self._due and self.page is not None and self._person is not None:
            self._due.discard(number)
            self.part(number).show_case(self.page, self.steps, self._person)

    @property
    def hidden_numbers(self) -> list[HiddenNumber]:
        """The numbers of identity in sight."""
        return [each for each in self.findChildren(HiddenNumber) if each.number and each.isVisible()]

    def uncover(self, whole: bool) -> None:
        """Show the numbers of identity whole, or hide their middle again."""
        for each in self.findChildren(HiddenNumber):
            if each.number:
                each.uncover(whole)

    @property
    def identity_meant(self) -> tuple[str, str, str] | None:
        """Party, name and number of identity that are meant to be copied: of the one clicked on, else of the first debtor who has one."""
        clicked = QApplication.focusWidget()
        if isinstance(clicked, HiddenNumber) and clicked.number:
            return clicked.party, clicked.name, clicked.number
        known = [party for party in self.page.parties if party.id_no] if self.page is not None else []
        known.sort(key=lambda party: party.side != "被执行人")
        return (known[0].id, known[0].name, known[0].id_no) if known else None

    def clear(self) -> None:
        """Nothing is chosen."""
        self.page, self.steps, self._due = None, (), set()
        self._all.setCurrentIndex(0)

    def take_focus(self) -> None:
        """Put the keyboard on the first step."""
        if self.page is not None:
            self.bar.setCurrentIndex(0)
            self.overview.take_focus()

    def open_menu(self) -> None:
        """All steps of the case to type into, the pressing ones first, each with who approves it."""
        if self.page is None:
            return
        self.pick = StepPick(self.steps, self.begun, self.page.case.id, self.asked.emit, self.window())
        self.pick.open()


def _state_words(page: CasePage) -> str:
    case = page.case
    if case.state == CaseState.CLOSED:
        return f"{case.closing_mode or case.state_words} · {page.closing_source or ''}".strip(" ·")
    if case.state != CaseState.OPEN:
        return f"{case.state_words} · 只能查看"
    if case.term_left is None:
        return case.state_words
    left = f"超期 {-case.term_left} 天" if case.term_left < 0 else f"剩 {case.term_left} 天"
    return f"{case.state_words} · 执限{left}"
