"""当事人, 措施 and 文书 of a case."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from execdesk.law.control import IN_EFFECT, OnDay
from execdesk.reads import Step
from execdesk.reads.cases import CasePage, DocumentRow, MeasureRow, PartyRow, ThingRow
from execdesk.reads.casewords import narrow, sum_words
from execdesk.reads.standing import PersonShown
from execdesk.reads.states import UNFINISHED, CaseState, DocumentState
from ui.case.identity import HiddenNumber
from ui.case.searching import show_search
from ui.case.words import day_words
from ui.flow import Flow
from ui.table_source import Column, ListSource
from ui.table_view import Table
from ui.widgets import (
    Button,
    EmptyState,
    FactLines,
    chip,
    column,
    holder,
    label,
    line,
    row,
    scrolled,
    secondary,
    wrapped,
)

ID_WORDS = {"id18": "身份证号", "id15": "身份证号（15 位）", "credit_code": "统一社会信用代码", "registration15": "注册号", "org_code": "组织机构代码"}


class _Cards(QWidget):
    """A scrolled column that is filled anew for each case."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._body = column(gap=0)
        self.setLayout(column(scrolled(holder(self._body), stops=False), gap=0))
        self._inner: QWidget | None = None

    def _fresh(self) -> QVBoxLayout:
        box = column(gap=8, margins=(14, 10, 14, 10))
        inner = QWidget()
        inner.setLayout(box)
        if self._inner is not None:
            self._body.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
        self._inner = inner
        self._body.addWidget(inner)
        return box

    def _link(self, words: str, action: str, target: str, *values: tuple[str, str]) -> Button:
        return Button(words, "link", act=lambda: self.asked.emit(Step(action, words, target, values=values)))


class PartiesPart(_Cards):
    """当事人: every fact of each, the number of identity hidden until asked for by ``look_asked(HiddenNumber, done)``."""

    look_asked = Signal(object, object)
    case_asked = Signal(str)

    def show_case(self, page: CasePage, steps: tuple[Step, ...], person: PersonShown) -> None:
        """Show a case's parties, and the other cases of its debtors; ``case_asked(row id)`` for one of them."""
        del steps, person
        box = self._fresh()
        for number, party in enumerate(page.parties):
            if number:
                box.addWidget(line("hairline"))
            self._party(box, page, party)
        box.addLayout(row(self._link("增加当事人…", "party.add", page.case.id), None))
        if page.others:
            box.addWidget(line("hairline"))
            box.addLayout(row(label("被执行人的其他案件", "strong"), secondary(f"{len(page.others)} 件，证件号码相同或者已认定为同一人"), None))
        for one in page.others:
            go = Button(narrow(one.number), "link", act=partial(self.case_asked.emit, one.case))
            box.addLayout(row(go, secondary(f"{one.name}（{one.side}）"), None, secondary(f"在控 {one.held} 项" if one.held else "没有在控"), secondary(one.state_words), gap=10))
        box.addWidget(line("hairline"))
        box.addWidget(label("立案登记", "strong"))
        pairs = [("案由", page.cause), ("执行依据", page.basis or "未登记"), ("依据生效", day_words(page.basis_effective_on)),
                 ("应履行的义务", page.obligation or "未填写"), ("立案", day_words(page.case.filed_on)), ("分组", page.group_reason or "—"), ("分案", page.assignment_reason or "—")]
        if page.warnings:
            pairs.append(("台账提示", "；".join(page.warnings)))
        if page.remarks:
            pairs.append(("备注", page.remarks))
        box.addWidget(FactLines(pairs, name_width=84))
        box.addLayout(row(self._link("补充执行依据…", "case.basis", page.case.id), self._link("填写应履行的义务…", "case.obligation", page.case.id), None, gap=10))
        box.addStretch(1)

    def _party(self, box: QVBoxLayout, page: CasePage, party: PartyRow) -> None:
        marks = [chip(words, "soon") for words in party.special]
        box.addLayout(row(label(party.name, "strong"), secondary(party.side), *marks, None, gap=8))
        number = HiddenNumber(party.id, party.name, party.id_no)
        show = Button("显示", "link", act=lambda: self.look_asked.emit(number, show.hide))
        show.setVisible(bool(party.id_no))
        about = "，".join(part for part in (party.sex, party.ethnicity, f"{party.born_on} 出生" if party.born_on else "", party.occupation) if part)
        pairs: list[tuple[str, str | QWidget]] = [(ID_WORDS.get(party.id_kind, "证件号码"), holder(row(number, show, None, gap=6)))]
        pairs += [(name, value) for name, value in (("情况", about), ("住址", party.address or "未登记"), ("电话", party.phone or "未登记"),
                  ("代表人", f"{party.representative}{f'，{party.representative_post}' if party.representative_post else ''}"), ("代理人", party.agent)) if value]
        if party.special:
            pairs.append(("标注依据", party.special_source))
        box.addWidget(FactLines(pairs, name_width=84))
        box.addLayout(row(self._link("更正…", "party.change", party.id), self._link("标注特殊主体…", "party.special", party.id), None, gap=10))


class MeasuresPart(_Cards):
    """措施: the property of the case by kind, each with its measures: all days, which end rules, what was answered."""

    def show_case(self, page: CasePage, steps: tuple[Step, ...], person: PersonShown) -> None:
        """Show a case's property and measures."""
        del steps, person
        box = self._fresh()
        if not page.things:
            box.addWidget(EmptyState("尚无财产和查控措施。", "在 概况 的下一步里提出控制，或先登记财产。"))
        kind = ""
        for thing in page.things:
            if thing.kind_name != kind:
                kind = thing.kind_name
                alike = [one for one in page.things if one.kind_name == kind]
                sums = [fen for one in alike if (fen := one.held_fen) is not None]
                box.addLayout(row(label(kind, "strong"), secondary(f"{len(alike)} {thing.count_word}"), None, secondary(f"在控 {sum_words(sum(sums))}" if sums else "")))
            box.addWidget(line("hairline"))
            self._thing(box, page, thing)
        kinds = page.thing_kinds if page.case.state == CaseState.OPEN else ()
        links = [self._link(f"登记{name}…", "property.register", page.case.id, ("kind", key)) for key, name in kinds]
        box.addWidget(Flow(*links, gap=10))
        show_search(box, page, self._link)
        box.addStretch(1)

    def _thing(self, box: QVBoxLayout, page: CasePage, thing: ThingRow) -> None:
        mine = [m for m in page.measures if m.property in thing.rows]
        loose = not any(not m.gone for m in mine) and not thing.elsewhere
        marks = [chip("未控制", "soon")] if loose else []
        if thing.twins:
            marks.append(chip("登记了两次，只计一处", "soon"))
        box.addLayout(row(label(thing.words, "strong"), *marks, None, gap=8))
        pairs: list[tuple[str, str | QWidget]] = list(thing.identifiers)
        pairs.append(("所有人", "、".join(f"{name} {share}" if share != "1" else name for name, share in thing.owners)))
        pairs += [("另案措施", words) for words in thing.elsewhere]
        if thing.value_fen is not None:
            pairs.append(("价值", f"{sum_words(thing.value_fen)}（{thing.value_from}）"))
        pairs.append(("发现", f"{day_words(thing.found_on)} {thing.found_by}"))
        box.addWidget(FactLines(pairs, name_width=96))
        links = [self._link("更正财产…", "property.change", thing.id), self._link("登记共有份额…", "property.share", thing.id), self._link("划去权属…", "property.strike_owner", thing.id)]
        if thing.twins:
            links.insert(0, self._link("认定为同一财产…", "property.tie", thing.id))
        if loose and page.case.state == CaseState.OPEN:
            links.insert(0, self._link(f"{thing.control}…", "measure.propose", page.case.id, ("kind", thing.kind), ("property", thing.id)))
        box.addWidget(Flow(*links, gap=10))
        for measure in mine:
            self._measure(box, thing, measure)

    def _measure(self, box: QVBoxLayout, thing: ThingRow, m: MeasureRow) -> None:
        """A measure under its thing, which has told its own words, owners and holder already."""
        tone = {OnDay.LAPSED: "late", OnDay.DUE: "soon"}.get(m.state, "")
        box.addLayout(row(label(m.title.removesuffix(thing.words).strip(), "strong"), None, chip(m.state_words, tone)))
        days = f"裁定 {day_words(m.ordered_on)}　送达 {day_words(m.served_on)}　生效 {day_words(m.effective_on)}"
        pairs: list[tuple[str, str | QWidget]] = [] if [m.owner] == [name for name, _share in thing.owners] else [("财产所有人", m.owner)]
        if m.assisting_unit and m.assisting_unit not in (value for _name, value in thing.identifiers):
            pairs.append((m.unit_words, m.assisting_unit))
        if m.amount_fen is not None:
            pairs.append(("金额（元）", f"裁定 {sum_words(m.amount_fen, '—')}　实控 {sum_words(m.held_fen, '未回')}"))
        pairs.append(("日期", days))
        for name, day in m.ends:
            words = f"{day}" + (f"　以此为准，剩 {m.days_left} 天" if name == m.ruling_end and m.days_left is not None and m.days_left >= 0 else "　以此为准" if name == m.ruling_end else "")
            pairs.append((f"末日·{name}", label(words, "strong" if name == m.ruling_end else "", tone if name == m.ruling_end else "muted")))
        if not m.ends:
            pairs.append(("末日", "未起算" if m.term_kind else "没有法定期限"))
        for r in m.replies:
            amount = f" {sum_words(r.controlled_fen)}" if r.controlled_fen is not None else ""
            pairs.append((m.reply_words, f"{r.received_on} {r.result}{amount} {r.receipt_no}{f'，{r.reason}' if r.reason else ''}"))
        if m.released_on:
            pairs.append(("解除", day_words(m.released_on)))
        box.addWidget(FactLines(pairs, name_width=96))
        links = []
        if m.served_on and not m.replies:
            links.append(self._link("登记回执…", "measure.reply", m.id))
        if m.state in IN_EFFECT:
            links += [self._link("续行…", "measure.renew", m.id)] if m.term_kind else []
            links += [self._link(f"{m.pays}…", "measure.deduct", m.id), self._link("登记到账…", "receipt.deducted", m.id)] if m.pays else []
            links.append(self._link("解除…", "measure.release", m.id))
        if links:
            box.addLayout(row(*links, None, gap=10))


PAPERS = (
    Column("文书", lambda d: d.title, sort="title", width=108, grow=1),
    Column("文号", lambda d: narrow(d.number) or d.addressee or "—", width=120, grow=1),
    Column("状态", lambda d: d.state_words, sort="state", width=58, tone=lambda d: "!soon" if d.state in UNFINISHED else "muted"),
    Column("送达", lambda d: f"{len(d.served)} 次" if d.served else "—", width=38, align="right", cell=lambda d: len(d.served)),
    Column("打印", lambda d: f"{d.printed} 次" if d.printed else "—", width=38, align="right", cell=lambda d: d.printed),
)


class PapersPart(QWidget):
    """文书: state, number, service and prints; Enter opens the draft or the kept pages."""

    asked = Signal(object)
    document_asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        empty = EmptyState("尚无文书。", "从 概况 的下一步开始；文书随事项一起拟好。")
        self.table = Table(PAPERS, key=lambda d: d.id, unit="份", empty=empty, titled=lambda: f"文书 {self._case}")
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._show)
        self._words, self._served = wrapped("", "secondary"), wrapped("", "secondary")
        self.open = Button("打开", "primary", act=lambda: self._open(self.table.current))
        self.serve = Button("登记送达…", act=lambda: self._ask("service.record"))
        self.seal = Button("盖章", act=lambda: self._ask("document.seal"))
        self.correct = Button("补正…", act=lambda: self._ask("document.correct"))
        self.wet = Button("登记湿印…", act=lambda: self._ask("document.wet_seal"))
        buttons = row(self.open, self.serve, self.seal, self.wet, self.correct, None, gap=6)
        self._foot = holder(column(self._words, self._served, buttons, gap=6, margins=(14, 8, 14, 10)))
        self.setLayout(column(self.table, line("hairline"), self._foot, gap=0))
        self.table.offers = lambda: (self.open, self.serve, self.seal, self.wet, self.correct)
        self._may, self._case = frozenset[str](), ""

    def show_case(self, page: CasePage, steps: tuple[Step, ...], person: PersonShown) -> None:
        """Show a case's documents."""
        del steps
        self._case = narrow(page.case.number)
        self._may = person.may
        self.table.show_source(ListSource(page.documents, PAPERS))
        if page.documents and self.table.current is None:
            self.table.select(page.documents[0].id)
        self._foot.setVisible(bool(page.documents))

    def _show(self, d: DocumentRow | None) -> None:
        if d is None:
            return
        words = [d.title, narrow(d.number), d.state_words, f"{d.signed_on} 签" if d.signed_on else "", f"{d.pages} 页" if d.pages else ""]
        self._words.setText(" · ".join(word for word in words if word))
        self._served.setText("；".join(d.served))
        self._served.setVisible(bool(d.served))
        self.open.setText("打开" if d.signed_on else "填写、提交")
        self.serve.setVisible(d.state == DocumentState.ISSUED)
        self.seal.setVisible(d.state == DocumentState.TO_SEAL and "seal" in self._may)
        self.wet.setVisible(d.state == DocumentState.TO_SEAL and "seal" not in self._may)
        self.correct.setVisible(bool(d.number) and d.signed_on is not None and "裁定" in d.title)

    def _open(self, d: DocumentRow | None) -> None:
        if d is not None:
            self.document_asked.emit(d.id, d.state)

    def _ask(self, action: str) -> None:
        d = self.table.current
        if d is not None:
            self.asked.emit(Step(action, f"盖章 {d.title}" if action == "document.seal" else "", d.id))

