"""The middle of the approval tab: the request, why this person decides it or does not, what happened, and what is offered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QLineEdit, QVBoxLayout, QWidget

from execdesk.law.refusal import WayOn
from execdesk.reads.approvals import Consent, PaperRow
from execdesk.reads.requestpage import RequestPage
from execdesk.reads.states import UNDER_WAY, DocumentState, RequestState
from ui.admin.differenceview import difference_html
from ui.approval.papercard import SIGNS
from ui.approval.timeline import Timeline
from ui.approval.words import narrow
from ui.flow import Flow
from ui.notices import Notices, RefusalPanel
from ui.theme import colour, px
from ui.widgets import (
    Button,
    Card,
    Elided,
    EmptyState,
    FactLines,
    Item,
    chip,
    column,
    hint,
    holder,
    icon_label,
    label,
    line,
    restyle,
    row,
    scrolled,
    secondary,
    wrapped,
)

NEEDS_WORDS = ("return", "comment", "refer", "withdraw", "panel_ask", "paper_deny", "void")


class PermissionPanel(QFrame):
    """为何由您批准: the sentence, the plan's words, the clause with F1."""

    way = Signal(object)

    def __init__(self, page: RequestPage) -> None:
        super().__init__()
        self.setObjectName("permission")
        ground, edge, navy = (colour(name).name() for name in ("navy_soft", "navy_line", "navy"))
        self.setStyleSheet(
            f"#permission {{ background: {ground}; border: 1px solid {edge}; border-left: {px(3)}px solid {navy}; border-radius: {px(6)}px; }}"
        )
        assert page.permission is not None
        box = column(wrapped(page.permission.text, "strong"), gap=5, margins=(14, 10, 12, 10))
        for clause in page.clauses:
            box.addWidget(wrapped(f"「{clause.quote}」"))
        source = "；".join(clause.source for clause in page.clauses[:1])
        look = Button("看条文 F1", "link", act=lambda: self.way.emit(WayOn("看条文 F1", page.clause_topic)))
        foot = row(wrapped(source, "secondary"), look, gap=8)
        foot.setStretch(0, 1)
        box.addLayout(foot)
        if page.conflict:
            box.addWidget(wrapped(page.reason, "secondary", "soon"))
        self.setLayout(box)
        self.setAccessibleName(page.permission.text)


class RequestCard(Card):
    """One request, one paper to sign or seal, or what waits for a consent. ``asked(step, words)`` when a button is pressed; ``way(WayOn)`` from a refusal."""

    asked = Signal(str, str)
    way = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0))
        self.page: RequestPage | None = None
        self.paper: PaperRow | None = None
        self.consent: Consent | None = None
        self.says = Notices()
        self.says.way.connect(self.way)
        self.opinion = QLineEdit()  # one line that every button of the card reads, whichever action it stands for
        self.opinion.setAccessibleName("意见")
        self.opinion.textEdited.connect(lambda _text: restyle(self.opinion, state=""))
        self.buttons: dict[str, Button] = {}
        self.nothing = EmptyState("没有待您决定的事项。")
        self.show_nothing("没有待您决定的事项。", "")

    @property
    def key(self) -> str:
        """The key in the inbox of what is shown; empty where nothing is."""
        if self.page is not None:
            return f"request:{self.page.row.id}"
        if self.paper is not None:
            return f"paper:{self.paper.id}"
        return f"consent:{self.consent.key}" if self.consent is not None else ""

    # what is shown
    def show_nothing(self, text: str, more: str) -> None:
        """Nothing is chosen."""
        self.page = self.paper = self.consent = None
        self._clear()
        self.nothing = EmptyState(text, more)
        self.box.addWidget(self.nothing)

    def show_request(self, page: RequestPage) -> None:
        """Show a request; words typed for the same request stay."""
        if self.page is None or self.page.row.id != page.row.id:
            self.opinion.clear()
            self.says.clear()
        self.page, self.paper, self.consent = page, None, None
        self._clear()
        body = QWidget()
        body.setLayout(self._body(page))
        self.box.addWidget(self._head(page.row.title, page.chip, page.tone, self._below(page), self._everybody(page)))
        self.box.addWidget(line())
        self.box.addWidget(scrolled(body), 1)
        self.box.addWidget(line())
        self.box.addLayout(self._foot(page))

    def show_paper(self, paper: PaperRow) -> None:
        """Show a paper that waits for a signature or the seal."""
        self.page, self.paper, self.consent = None, paper, None
        self.says.clear()
        self._clear()
        self.box.addWidget(self._head(paper.title, paper.waits_for, "navy" if paper.mine else "", narrow(paper.case)))
        self.box.addWidget(line())
        facts = FactLines([("文号", narrow(paper.number) or "无"), ("现在", paper.waits_for)])
        sealing = paper.state == DocumentState.TO_SEAL
        why = "已由署名人签名。加盖院印后即为正式印发，内容不再变动。" if sealing else "本文书须由合议庭成员或者法定签发人逐一签名，各人用自己的证书。"
        self.box.addLayout(column(facts, wrapped(why, "secondary"), None, self.says, gap=12, margins=(16, 12, 16, 12)))
        self.says.setVisible(bool(self.says.shown))
        self.box.addWidget(line())
        step, words = ("seal", "加盖院印") if sealing else ("cosign", "会签")
        self._button(step, words, "primary").setEnabled(paper.mine)
        reason = "" if paper.mine else f"{paper.waits_for}签名后继续"
        self.box.addLayout(row(self.buttons[step], hint("Ctrl+Enter") if paper.mine else secondary(reason), None, margins=(16, 12, 16, 14)))

    def show_consent(self, consent: Consent) -> None:
        """Show what one key consents to."""
        if self.consent != consent:
            self.says.clear()
        self.page, self.paper, self.consent = None, None, consent
        self._clear()
        parts: list[Item] = [wrapped(consent.why, "secondary"), FactLines(consent.facts, name_width=76)]
        parts += [label("已经签的", "strong"), *(wrapped(words) for words in consent.lines)] if consent.lines else []
        if consent.difference is not None:
            changes = wrapped(f"<b>对照「{escape(consent.difference.old)}」：{consent.difference.words}</b>{difference_html(consent.difference)}")
            changes.setTextFormat(Qt.TextFormat.RichText)
            parts += [line("hairline"), changes]
        self.box.addWidget(self._head(consent.title, "待您同意", "navy", consent.below))
        self.box.addWidget(line())
        self.box.addWidget(scrolled(holder(column(*parts, None, gap=8, margins=(16, 11, 14, 10)))), 1)
        self.box.addWidget(line())
        self.says.setVisible(bool(self.says.shown))
        steps = row(self._button("consent", consent.button, "primary"), hint("Ctrl+Enter"), None)
        self.box.addLayout(column(self.says, steps, gap=8, margins=(16, 11, 14, 12)))

    def _head(self, title: str, words: str, tone: str, below: str, tip: str = "") -> QWidget:
        name = wrapped(title, "page-title")
        line_one = row(name, *([chip(words, tone)] if words else []), gap=8)
        line_one.setStretch(0, 1)
        made, under = QWidget(), wrapped(below, "secondary")
        under.setToolTip(tip)
        made.setLayout(column(line_one, under, gap=3, margins=(16, 11, 14, 9)))
        return made

    def _below(self, page: RequestPage) -> str:
        case = page.case
        return f"{narrow(case.number)} · 申请执行人 {case.applicant} · 被执行人 {case.debtor}"

    def _everybody(self, page: RequestPage) -> str:
        """Who 「等 3 人」 are, on pointing."""
        sides = (("申请执行人", page.case.applicants), ("被执行人", page.case.debtors))
        return "\n".join(f"{side}：{'、'.join(names)}" for side, names in sides) if any(len(names) > 1 for _side, names in sides) else ""

    def _body(self, page: RequestPage) -> QVBoxLayout:
        facts = FactLines([("谁请求", page.who), ("请求什么", page.what), *page.facts], name_width=76)
        parts: list[Item] = [label("请求", "strong"), facts, 6]
        if page.provisional:
            parts += [label("凭纸批，暂定", "strong"), wrapped(page.provisional, "", "soon"), 6]
        if page.permission is not None:
            parts += [label("为何由您签发" if page.signs else "为何由您批准", "strong"), self._permission(page), 6]
        elif page.refusal is not None:
            panel = RefusalPanel(page.refusal, closable=False)
            panel.way.connect(self.way)
            waits = "、".join(page.decides)
            parts += [row(label("为何不由您签发" if page.signs else "为何不由您批准", "strong"), secondary(f"在等{waits}" if waits else ""), None), panel, 6]
        else:
            parts += [label("由谁批准", "strong"), wrapped(page.reason, "secondary"), 6]
        if page.panel is not None:
            parts += [label("合议庭", "strong"), *(wrapped(words, "" if n else "secondary") for n, words in enumerate(page.panel.lines)), 6]
        self.timeline = Timeline()
        self.timeline.show_stages(page.stages)
        parts += [row(label("经过", "strong"), secondary("逐级意见只供参考，由最后一级决定"), None), self.timeline]
        for one in page.conditions:
            parts += [6, row(label("条件", "strong"), secondary(one.title), None), _conditions(one.checks)]
        parts.append(None)
        return column(*parts, gap=8, margins=(16, 11, 14, 10))

    def _permission(self, page: RequestPage) -> PermissionPanel:
        panel = PermissionPanel(page)
        panel.way.connect(self.way)
        return panel

    # steps
    def _foot(self, page: RequestPage) -> QVBoxLayout:
        offered = page.offered
        main = self._main(page)
        others = [(step, words) for step, words in self._others(page) if step in offered]
        needed = [words.rstrip("…") for step, words in others if step in NEEDS_WORDS]
        self.opinion.setPlaceholderText(f"意见（{'、'.join(needed)}时必填）" if needed else "意见")
        self.opinion.setVisible(bool(offered - {"issue"}))
        buttons = [self._button(step, words) for step, words in others]
        sheet = self._button("sheet", "打印审批单…", "link")
        first = [main] if main is not None else []
        aside = [hint("Ctrl+Enter")] if main is not None and main.property("kind") == "primary" else []
        self.says.setVisible(bool(self.says.shown))
        closed = [words] if (words := self._why_closed(page)).text() else []
        steps_row = Flow(*first, *aside, *closed, gap=6, last=(sheet, *buttons))
        return column(self.says, self.opinion, steps_row, gap=8, margins=(16, 11, 14, 12))

    def _main(self, page: RequestPage) -> Button | None:
        if "paper_confirm" in page.offered:
            return self._button("paper_confirm", "确认纸面批准", "primary")
        if "sign" in page.offered:
            return self._button("sign", "签发", "primary")
        if "approve" in page.offered:
            return self._button("approve", "批准并签署", "primary")
        if "open" in page.offered:
            return self._button("open", "接着拟稿…", "primary")
        if "submit" in page.offered:
            return self._button("submit", "提交报批", "primary")
        if "issue" in page.offered:
            return self._button("issue", "签发文书…", "primary")
        if "replace" in page.offered:
            return self._button("replace", "重制作废的文书…", "primary")
        if "done" in page.offered:
            return self._button("done", "登记办结…", "primary")
        if page.row.state == RequestState.SUBMITTED or page.signs:
            return self._button("sign" if page.signs else "approve", "签发" if page.signs else "批准并签署")
        return None

    def _why_closed(self, page: RequestPage) -> QLabel:
        if page.row.state not in UNDER_WAY:
            return secondary(f"本事项{page.state_words}")
        if not {"approve", "sign"} & page.offered and (page.row.state == RequestState.SUBMITTED or page.signs):
            return secondary(f"须{page.level_name}{'签发' if page.signs else '批准'}")
        waits = page.row.state == RequestState.APPROVED and not page.signs and not {"issue", "replace", "done"} & page.offered
        return secondary(f"已批准，{page.awaits}" if waits and page.awaits else "")

    def _others(self, page: RequestPage) -> list[tuple[str, str]]:
        up = "转报上级…" if page.level == "judge" else "转报院长…"
        return [
            ("panel_designate", "指定合议庭…"), ("panel_ask", "提请指定合议庭…"), ("panel_conclude", "录入评议笔录…"), ("comment", "签署意见…"),
            ("paper_deny", "否认…"), ("return", "退回…"), ("refer", up), ("paper_print", "打印纸面报批单…"), ("paper_enter", "录入纸面批准…"), ("withdraw", "撤回…"), ("void", "作废草稿…"),
        ]

    def _button(self, step: str, words: str, kind: str = "") -> Button:
        made = Button(words, kind, act=lambda: self.asked.emit(step, self.opinion.text().strip()))
        self.buttons[step] = made
        return made

    def ask_words(self, what: str) -> None:
        """Say that an opinion is needed first, and put the cursor there."""
        restyle(self.opinion, state="missing")
        self.opinion.setPlaceholderText(f"{what}须写明意见")
        self.opinion.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> Callable[[], object] | None:
        """What Ctrl+Enter does: the primary button, where there is one."""
        button = next((b for b in self.buttons.values() if b.property("kind") == "primary" and b.isEnabled()), None)
        return button.click if button is not None else None

    def _clear(self) -> None:
        self.buttons = {}
        for part in (self.says, self.opinion):
            part.setParent(None)
        empty_layout(self.box)


def _conditions(told: Sequence[tuple[str, str, str]]) -> QGridLayout:
    """What was checked, each with its sign and in words what was found: what is not right over the whole width, the rest two on a line."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(14))
    grid.setVerticalSpacing(px(4))
    wrong = [each for each in told if each[0] != "ok"]
    for number, each in enumerate(wrong):
        grid.addWidget(_condition(*each, wrapped), number, 0, 1, 2)
    for number, each in enumerate(told[len(wrong):]):
        grid.addWidget(_condition(*each, Elided), len(wrong) + number // 2, number % 2)
    for side in (0, 1):
        grid.setColumnStretch(side, 1)
    return grid


def _condition(state: str, what: str, sentence: str, words_in: Callable[[str, str, str], QLabel]) -> QWidget:
    icon, tone, colour_of = SIGNS[state]
    words = words_in(sentence, "secondary", colour_of)
    made = row(icon_label(icon, tone), label(what, "", colour_of), words, gap=6)
    made.setStretch(2, 1)
    return holder(made)


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and the layouts in it."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
        elif (inner := item.layout()) is not None:
            empty_layout(inner)
            inner.deleteLater()
