"""下一步 of a case: what can be done now, what is pressing first, and who approves it, said before it is pressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.casefile.lookup import assigned, case_of
from execdesk.casefile.settings import bureau_settings
from execdesk.casework.control.measures import RELEASE_MATTERS
from execdesk.reads.cases import MeasureRow, measure_row
from execdesk.reads.requestpage import issuer
from execdesk.reads.standing import Who, who_decides
from execdesk.records.approvals import Request
from execdesk.records.cases import Case, Party
from execdesk.records.measures import BankReceipt, Measure
from execdesk.records.papers import Document, Service

CLOSE_MATTER = "终结本次执行程序"


@dataclass(frozen=True)
class Step:
    """One thing to do. ``deed`` is a verb or ``draft``/``issue``; ``target`` the row it is about; ``who`` the words at the right;
    ``mine`` whether this person may bring it to its end; ``closed`` why it cannot be begun now."""

    deed: str
    title: str
    target: str = ""
    detail: str = ""
    tone: str = ""
    who: str = ""
    mine: bool = False
    closed: str = ""
    values: tuple[tuple[str, str], ...] = ()


def next_steps(session: Session, number: str) -> tuple[Step, ...]:
    """The steps of a case, pressing ones first. Empty where the bureau may not act in it."""
    case = case_of(number)
    if case.state != "open":
        return ()
    maker = _Steps(session, case)
    return (*maker.pressing(), *maker.usual())


class _Steps:
    def __init__(self, session: Session, case: Case) -> None:
        self.session, self.case = session, case
        self.may = duties(session)
        self.judge = assigned(case.id, "judge", session.day)
        self._who: dict[str, Who] = {}

    def who(self, matter: str, request: Request | None = None) -> Who:
        """Who decides, asked once a matter."""
        key = request.id if request is not None else matter
        if key not in self._who:
            self._who[key] = who_decides(self.session, self.case, matter, request=request)
        return self._who[key]

    def pressing(self) -> Iterator[Step]:
        """What waits: routing, assignment, requests under way, sealing, service, answers, terms that end."""
        if self.case.group is None:
            yield Step("case.route", "定组", self.case.id, "住所地不在列明乡镇", "soon", "立案或承办人员", bool({"register_case", "undertake"} & self.may))
        elif self.judge is None:
            yield Step("case.assign", "分案", self.case.id, "尚无承办法官", "soon", "按负荷规则", True)
        for measure in Measure.select().where(Measure.case == self.case.id, Measure.struck.is_null(), Measure.state.in_(("live", "ordered"))):
            yield from self._ending(measure_row(self.session, measure))
        yield from self._requests()
        yield from self._papers()
        yield from self._answers()

    def _ending(self, row: MeasureRow) -> Iterator[Step]:
        within = bureau_settings(self.session.resources).control_days
        if row.state in ("live", "due") and row.days_left is not None and row.days_left <= within:
            pending = Measure.get_or_none(Measure.renewed_from == row.id, Measure.struck.is_null())
            if pending is None:
                who = self.who("renew_control")
                yield Step("measure.renew", f"续行{row.title}", row.id, f"{row.days_left} 天后失效", "soon", who.words, who.mine)

    def _requests(self) -> Iterator[Step]:
        rows = Request.select().where(
            Request.case == self.case.id, Request.struck.is_null(), Request.state.in_(("draft", "returned", "lapsed", "submitted", "approved"))
        ).order_by(Request.id.desc())
        for row in rows:
            who = self.who(row.matter, row)
            paper = Document.get_or_none(Document.request == row.id, Document.struck.is_null(), Document.state.in_(("draft", "submitted", "lapsed")))
            deed, target = ("draft", paper.id) if paper is not None else ("request", row.id)
            if row.state in ("draft", "returned", "lapsed"):
                word = {"draft": "提交", "returned": "重报", "lapsed": "重报"}[row.state]
                yield Step(deed, f"{word} {row.title}", target, {"returned": "被退回", "lapsed": "批准失效"}.get(row.state, "草稿"), "" if row.state == "draft" else "soon", who.words, who.mine)
            elif row.state == "submitted":
                yield Step(deed, row.title, target, "待批准", "", who.words, who.mine)
            elif paper is not None:
                signs = issuer(row)
                mine = signs is not None and signs.person == self.session.me.id
                yield Step(deed, f"签发 {row.title}", target, "已批准", "", "您可签发" if mine else f"{signs.name}签发" if signs else "署名人签发", mine)

    def _papers(self) -> Iterator[Step]:
        served = Service.select(Service.document).where(Service.struck.is_null())
        rows = Document.select().where(
            Document.case == self.case.id, Document.struck.is_null(),
            (Document.state == "to_seal") | ((Document.state == "issued") & Document.id.not_in(served)),
        ).order_by(Document.id)
        for row in rows:
            name = f"{row.title} {row.number or row.addressee or ''}".strip()
            if row.state == "to_seal":
                yield Step("document.seal", f"盖章 {name}", row.id, "待盖章", "", "您可盖章" if "seal" in self.may else "印章管理员盖章", "seal" in self.may)
            elif row.series != "form":
                mine = "register_service" in self.may
                yield Step("service.record", f"送达 {name}", row.id, "待送达", "", "您可登记" if mine else "办案人员登记", mine)

    def _answers(self) -> Iterator[Step]:
        answered = BankReceipt.select(BankReceipt.measure).where(BankReceipt.struck.is_null())
        rows = Measure.select().where(
            Measure.case == self.case.id, Measure.struck.is_null(), Measure.served_on.is_null(False), Measure.state == "live", Measure.id.not_in(answered)
        ).order_by(Measure.id)
        for row in rows:
            mine = "record_receipt" in self.may
            yield Step("bank.receipt", f"登记回执 {row.institution or row.property}", row.id, "待回执", "", "您可登记" if mine else "办案人员登记", mine)

    def usual(self) -> Iterator[Step]:
        """What can be begun at any time, in the order of a case."""
        notices = [kind.id for kind in self.session.tools.catalogue.bearing("execution_notice")]
        noticed = Document.select().where(Document.case == self.case.id, Document.type_id.in_(notices), Document.struck.is_null(), Document.state != "void").exists()
        if not noticed:
            yield self._matter("notice.execution", "发出执行通知书", "issue_execution_notice")
        yield self._matter("order.property_report", "发出报告财产令", "issue_property_report_order")
        yield self._matter("measure.freeze", "冻结存款", "freeze_deposit")
        rows = [measure_row(self.session, m) for m in Measure.select().where(Measure.case == self.case.id, Measure.struck.is_null())]
        for row in rows:
            if row.state in ("live", "due"):
                yield self._matter("measure.deduct", f"划拨 {row.title}", "deduct_deposit", row.id)
                yield self._matter("measure.release", f"解除{row.title}", RELEASE_MATTERS[row.action], row.id)
        debtors = list(Party.select().where(Party.case == self.case.id, Party.side == "debtor", Party.struck.is_null()).order_by(Party.position))
        yield self._matter("order.consumption", "提请限制消费令", "issue_consumption_order")
        person = next((p for p in debtors if p.kind == "natural"), None)
        if person is not None:
            yield self._matter("sanction.detain", f"提请拘留 {person.name}", "detention")
        yield self._matter("request.open", f"提请{CLOSE_MATTER}", CLOSE_MATTER, values=(("matter", CLOSE_MATTER),))

    def _matter(self, deed: str, title: str, matter: str, target: str = "", values: tuple[tuple[str, str], ...] = ()) -> Step:
        who = self.who(matter)
        closed = "" if self.judge is not None else "先分案"
        return Step(deed, title, target or self.case.id, "", "", who.words, who.mine, closed, values)
