"""False claims and faults planted in papers, each stopped by its check, with its sentence and the way on.

A plant is a row: how the fault comes about, which check (or refusal) stops it, words of its sentence, and what is offered: the action that
records what lacks, or the field where it is put right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from execdesk.documents.checks import Check, CheckedDraft, run_checks
from execdesk.documents.content import ContentTable, Paragraph
from execdesk.documents.facts import MoneyFacts
from execdesk.documents.filling import texts
from execdesk.drafting.assembly import assembly_of
from execdesk.issue.verdict import verdict_on
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.measures import Measure
from execdesk.records.papers import Document
from tests import court_store
from tests.at_will import at_will
from tests.documents.samples import DAY as SIGNED
from tests.documents.samples import FACTS, FREEZE, MAN, NEEDED, RENEWAL, authority, book, catalogue, make
from tests.flow.bureau import APPLICANT, BANK, DEBTOR, FULL, Bureau, examination
from tests.world import DAY, Notes, Shelf

PLACE = {"address": "海南省乐东黎族自治县九所镇某村"}


@dataclass(frozen=True)
class Plant:
    """``make`` plants the fault and returns the paper, and the day to look at it if not today; ``offers``: an action, a field, or nothing
    where the sentence itself says what to do."""

    make: Callable[[Bureau, str], str | tuple[str, date]]
    key: str
    words: str
    offers: str = ""


def judge(bureau: Bureau, case: str) -> Any:
    return bureau.at(bureau.judge(case))


def drafted(bureau: Bureau, case: str, type_id: str, **more: Any) -> str:
    """A draft of a type that no action leads to."""
    return str(judge(bureau, case).do("document.draft", case=case, type=type_id, **more).ids("Document")[0])


def first(bureau: Bureau, changes: Any, place: int = 0) -> str:
    return str(bureau.papers(changes.ids("Request")[0])[place].id)


def frozen_draft(bureau: Bureau, case: str, **more: Any) -> str:
    return first(bureau, bureau.freeze(case, **more))


def notice(bureau: Bureau, case: str, party: str = DEBTOR) -> Any:
    return judge(bureau, case).do("notice.execution", case=case, party=party)


# -- plants of one bureau: what the case does not record ---------------------------------------------------------------


def unnoticed(bureau: Bureau, _case: str) -> str:
    case = bureau.register("（2018）琼9027执2号")
    return frozen_draft(bureau, case)


def only_drafted(bureau: Bureau, _case: str) -> str:
    case = bureau.register("（2018）琼9027执2号")
    notice(bureau, case)
    return frozen_draft(bureau, case)


def not_sealed(bureau: Bureau, _case: str) -> str:
    case = bureau.register("（2018）琼9027执2号")
    bureau.through(notice(bureau, case), seal=False)
    return frozen_draft(bureau, case)


def noticed_another(bureau: Bureau, _case: str) -> str:
    case = bureau.register("（2018）琼9027执2号", debtors=[{"name": DEBTOR, **PLACE}, {"name": "林例二", **PLACE}])
    bureau.through(notice(bureau, case, "林例二"))
    return frozen_draft(bureau, case)


def day_before(bureau: Bureau, _case: str) -> tuple[str, date]:
    case = bureau.register("（2018）琼9027执2号")
    bureau.at("clerk", DAY + timedelta(days=1))
    bureau.notice(case)
    return frozen_draft(bureau, case), DAY


def notice_void(bureau: Bureau, _case: str) -> str:
    case = bureau.register("（2018）琼9027执2号")
    paper = bureau.notice(case)
    judge(bureau, case).do("document.void", document=paper, reason="写错")
    return frozen_draft(bureau, case)


def all_paid(bureau: Bureau, case: str) -> str:
    bureau.at("clerk").do("case.opening_recovered", case=case, amount=FULL + 100_000_00, source="已全部到位")
    return frozen_draft(bureau, case)


def all_paid_before_restriction(bureau: Bureau, case: str) -> str:
    all_paid(bureau, case)
    return first(bureau, judge(bureau, case).do("order.consumption", case=case, party=DEBTOR))


def no_effective_day(bureau: Bureau, _case: str) -> str:
    return first(bureau, notice(bureau, bureau.register("（2018）琼9027执2号", basis_effective_on=None)))


def no_kind_of_basis(bureau: Bureau, _case: str) -> str:
    return first(bureau, notice(bureau, bureau.register("（2018）琼9027执2号", basis_kind=None)))


def no_maker_of_basis(bureau: Bureau, _case: str) -> str:
    return first(bureau, notice(bureau, bureau.register("（2018）琼9027执2号", basis_organ=None)))


def no_obligation(bureau: Bureau, _case: str) -> str:
    return first(bureau, notice(bureau, bureau.register("（2018）琼9027执2号", obligation=None)))


def court_without(**but: str) -> Callable[[Bureau, str], str]:
    """The court takes back what it said of itself; the rest stays."""

    def plant(bureau: Bureau, case: str) -> str:
        told = {"address": "某某路1号", "telephone": "0898-85520000", "account_name": "某某法院", "account_bank": "某某银行", "account_no": "46001002536059000001"}
        bureau.at("president").do("court.change", reason="变更", **{name: text for name, text in told.items() if name not in but})
        return first(bureau, notice(bureau, case))

    return plant


def addressed_to(name: str) -> Callable[[Bureau, str], str]:
    def plant(bureau: Bureau, case: str) -> str:
        paper = first(bureau, notice(bureau, case))
        bureau.desk.do("document.fill", document=paper, inputs={}, addressee=name)
        return paper

    return plant


def persons_of_a_man(bureau: Bureau, case: str) -> str:
    return first(bureau, judge(bureau, case).do("order.consumption", case=case, party=DEBTOR, persons="法定代表人某甲"))


def asks_about_applicant(bureau: Bureau, case: str) -> str:
    paper = drafted(bureau, case, "notice_assist_query", addressee=BANK, inputs={"targets": "存款"})
    bureau.desk.do("document.fill", document=paper, inputs={"target": bureau.party(case, APPLICANT).id})
    return paper


def asks_without_number(bureau: Bureau, _case: str) -> str:
    case = bureau.register("（2018）琼9027执2号", debtors=[{"name": DEBTOR, **PLACE}])
    return drafted(bureau, case, "notice_assist_query", addressee=BANK, inputs={"targets": "存款"})


def watch_without_measure(bureau: Bureau, case: str) -> str:
    return drafted(bureau, case, "letter_vehicle_watch", addressee="某某交警大队", inputs={"on_duty": "值班员 0898-85520000"})


def shown(bureau: Bureau, case: str, item: str, on: date = DAY, **more: Any) -> None:
    """A paper in the file."""
    judge(bureau, case).do("file.enter", case=case, entries=[{"item": item, "on": on, **more}])


def car(bureau: Bureau, case: str, plate: str) -> Any:
    """A vehicle of the debtor, to be seized."""
    return judge(bureau, case).do("measure.propose", case=case, party=DEBTOR, kind="vehicle", identifiers={"plate": plate, "brand": "某某牌"})


def watched(missing: str | None) -> Callable[[Bureau, str], str]:
    """A letter to look for a seized vehicle; the file shows that another of this plate is missing, or nothing."""

    def plant(bureau: Bureau, case: str) -> str:
        seized = car(bureau, case, "琼D12345")
        bureau.through(seized)
        if missing is not None:
            other = car(bureau, case, missing).ids("Property")[0]
            shown(bureau, case, "vehicle_not_found", property=other, words="到住处和停车场查找，没有找到")
        measure = seized.ids("Measure")[0]
        return drafted(bureau, case, "letter_vehicle_watch", measure=measure, addressee="某某交警大队", inputs={"on_duty": "值班员 0898-85520000"})

    return plant


SALE = {"lot": "位于黄流镇某某路8号的房屋一套", "buyer": "符样本", "price": 26_800_000, "deposit": 3_000_000}


def sold_again(bureau: Bureau, case: str, told: str = "", defaulted: date | None = None, **more: Any) -> str:
    """A ruling to sell again what a paper of the file tells to have been sold on the day before, and of which another says that it was not paid."""
    if told:
        shown(bureau, case, "sold_at_auction", DAY - timedelta(days=1), words=told)
    if defaulted is not None:
        shown(bureau, case, "buyer_defaulted", defaulted, words="逾期未付清")
    return drafted(bureau, case, "ruling_reauction", inputs={**SALE, **more})


SALE_TOLD = "成交确认书：符样本以268000元竞得某某路8号房屋，交保证金3万元"


def resold(told: str = SALE_TOLD, defaulted: date | None = DAY, **more: Any) -> Callable[[Bureau, str], str]:
    return lambda bureau, case: sold_again(bureau, case, told, defaulted, **more)


def another_bank(bureau: Bureau, case: str) -> str:
    paper = first(bureau, bureau.freeze(case), 1)
    bureau.desk.do("document.fill", document=paper, inputs={}, addressee="另一银行")
    return paper


def act(bureau: Bureau, case: str) -> str:
    return bureau.obstruction(case)


def detention(bureau: Bureau, case: str, **more: Any) -> str:
    values: dict[str, Any] = {
        "act": act(bureau, case), "party": DEBTOR, "days": 15, "ground": "refuse", "facts": "有能力履行而拒不履行", "reasoning": "应予拘留",
        "sanction_number": "（2018）琼9027司惩1号",
    }
    return first(bureau, judge(bureau, case).do("sanction.detain", case=case, **{**values, **more}))


def other_ground(bureau: Bureau, case: str) -> str:
    paper = detention(bureau, case)
    bureau.desk.do("document.fill", document=paper, inputs={"ground": "false_report"})
    return paper


def detained_before(bureau: Bureau, case: str) -> tuple[str, date]:
    bureau.at("clerk", DAY + timedelta(days=1))
    return detention(bureau, case), DAY


def sixteen_days(bureau: Bureau, case: str) -> str:
    paper = detention(bureau, case)
    bureau.desk.do("document.fill", document=paper, inputs={"days": 16})
    return paper


def detained_without_act(bureau: Bureau, case: str) -> str:
    target = bureau.party(case).id
    return drafted(bureau, case, "decision_detention", inputs={
        "days": 5, "ground": "refuse", "found_facts": "拒不履行", "reasoning": "应予拘留", "target": target, "sanction_number": "（2018）琼9027司惩1号",
    })


def detained_unit(bureau: Bureau, _case: str) -> str:
    case = bureau.register("（2018）琼9027执2号", debtors=[{"name": "海南例三贸易有限公司", "kind": "legal", **PLACE}])
    target = bureau.party(case, "海南例三贸易有限公司").id
    return drafted(bureau, case, "decision_detention", inputs={"days": 5, "ground": "refuse", "found_facts": "拒不履行", "reasoning": "应予拘留", "target": target})


def ruling(bureau: Bureau, case: str) -> str:
    """A freeze that is ruled, to be corrected."""
    return bureau.through(bureau.freeze(case))[0]


def corrected(bureau: Bureau, case: str, wrong: str, right: str) -> str:
    old = ruling(bureau, case)
    paper = first(bureau, judge(bureau, case).do("document.correct", document=old, wrong=DEBTOR, right="林例壹"))
    bureau.desk.do("document.fill", document=paper, inputs={"corrections": [{"wrong": wrong, "right": right}]})
    return paper


def misquoted(bureau: Bureau, case: str) -> str:
    return corrected(bureau, case, "林列一", DEBTOR)


def corrects_nothing(bureau: Bureau, case: str) -> str:
    return corrected(bureau, case, DEBTOR, DEBTOR)


def corrects_a_void_ruling(bureau: Bureau, case: str) -> str:
    old, told = bureau.through(bureau.freeze(case))
    paper = first(bureau, judge(bureau, case).do("document.correct", document=old, wrong=DEBTOR, right="林例壹"))
    for row in (told, old):  # what prints the number of the ruling goes first
        bureau.desk.do("document.void", document=row, reason="写错")
    return paper


def extended_too_early(bureau: Bureau, case: str) -> str:
    paper = first(bureau, judge(bureau, case).do("document.propose", case=case, type="decision_extend", matter="extend_enforcement_period"))
    bureau.desk.do("document.fill", document=paper, inputs={"special": "房屋正在评估"})
    return paper


def effective_later(bureau: Bureau, case: str) -> str:
    paper = first(bureau, notice(bureau, case))
    with at_will(bureau.desk.session, "case.basis", case=case) as act:  # past the form, which refuses a day after filing
        act.change(act.get(Case, case), basis_effective_on=DAY + timedelta(days=1))
    return paper


def not_served(bureau: Bureau, case: str) -> str:
    return first(bureau, judge(bureau, case).do("order.consumption", case=case, party=DEBTOR))


def served_on_another(bureau: Bureau, case: str) -> str:
    told = Document.get(Document.case == case, Document.type_id == "notice_execution")
    bureau.at("clerk").do("service.record", document=told.id, recipient=APPLICANT, method="direct", served_on=DAY, note="应其要求给一份")
    return not_served(bureau, case)


def not_listed(bureau: Bureau, case: str) -> str:
    paper = not_served(bureau, case)
    other = catalogue().text("order_consumption", DAY).slots["why"].options[1]
    bureau.desk.do("document.fill", document=paper, inputs={"why": other})
    return paper


def of_a_matter_that_waits(bureau: Bureau, case: str) -> str:
    return first(bureau, judge(bureau, case).do("document.propose", case=case, type="ruling_tnr", matter="terminate_this_round"))


def ended(*without: str, silent: bool = False, **more: dict[str, Any]) -> Callable[[Bureau, str], str]:
    """An end of the round with all examined as the file shows, but for some items; ``more`` says something else of an item, ``silent`` that nobody answered one query."""

    def plant(bureau: Bureau, _case: str) -> str:
        case = bureau.register("（2017）琼9027执7号", filed_on=date(2017, 7, 8))
        desk = judge(bureau, case)
        entries = [{**entry, **more.get(entry["item"], {})} for entry in examination(desk, case, DAY) if entry["item"] not in without]
        desk.do("file.enter", case=case, entries=[{key: value for key, value in entry.items() if value is not None} for entry in entries])
        if silent:
            desk.do("query.send", case=case, party=DEBTOR, request_no="C1", heads=["bank"], sent_on=DAY)
        return of_a_matter_that_waits(bureau, case)

    return plant


def ended_with_a_thing(bureau: Bureau, case: str) -> str:
    paper = ended()(bureau, case)
    bureau.desk.do("property.register", case=Document.get_by_id(paper).case, party=DEBTOR, kind="vehicle", identifiers={"plate": "琼D12345", "brand": "某某牌"})
    return paper


OF_THE_CASE = {
    "restricted, and the notice not served": Plant(not_served, "claim.notice_run", "还没有登记送达", "service.record"),
    "restricted, and another was served": Plant(served_on_another, "claim.notice_run", "还没有登记送达", "service.record"),
    "listed, and is not": Plant(not_listed, "claim.listed", "没有林例一纳入失信被执行人名单的记录", "file.enter"),
    "ended with nothing examined": Plant(of_a_matter_that_waits, "premises", "", "file.enter"),
    "ended with one sort not asked about": Plant(ended("queried:存款"), "claim.property_exhausted", "查询存款", "query.send"),
    "ended in silence asked once": Plant(ended("queried:存款", silent=True), "claim.property_exhausted", "存款未反馈，应再次查询", "query.send"),
    "ended without going there": Plant(ended("site_inquired"), "claim.property_exhausted", "到住所地", "file.enter"),
    "ended with a thing that can be sold": Plant(ended_with_a_thing, "claim.property_exhausted", "不能处置", "file.enter"),
    "ended, and nobody was told": Plant(ended("told"), "claim.applicant_heard", "符示例：告知", "file.enter"),
    "ended, and told before the last answer": Plant(ended(told={"on": DAY - timedelta(days=1)}), "claim.applicant_heard", "在财产调查结束以后告知", "file.enter"),
    "ended without an opinion": Plant(ended("opinion_record"), "claim.applicant_heard", "听取意见", "file.enter"),
    "ended with nothing done": Plant(ended("notice_served", "report_order_served", "restricted"), "blanks", "采取的执行措施", "file.enter"),
    "ended with nothing asked": Plant(ended("queried:存款", "queried:车辆等交通运输工具", "queried:不动产", "queried:证券"), "blanks", "财产查询", "file.enter"),
    "no notice": Plant(unnoticed, "claim.notice_sent", "截至签署日尚未向林例一发出执行通知书", "notice.execution"),
    "a notice only drafted": Plant(only_drafted, "claim.notice_sent", "还没有签发、盖章", "document.draft"),
    "a notice signed and not sealed": Plant(not_sealed, "claim.notice_sent", "还没有签发、盖章", "document.draft"),
    "a notice to another debtor": Plant(noticed_another, "claim.notice_sent", "尚未向林例一发出", "notice.execution"),
    "signed the day before the notice": Plant(day_before, "claim.notice_sent", "截至签署日尚未向林例一", ""),
    "a notice declared void": Plant(notice_void, "claim.notice_sent", "尚未向林例一发出", "notice.execution"),
    "unperformed, and all is paid": Plant(all_paid, "claim.unperformed", "不能写未履行", "case.opening_recovered"),
    "restricted, and all is paid": Plant(all_paid_before_restriction, "claim.unperformed", "不能写未履行", "case.opening_recovered"),
    "a basis without its day": Plant(no_effective_day, "claim.basis_effective", "没有登记执行依据何时发生法律效力", "case.basis"),
    "a basis not yet in force": Plant(effective_later, "claim.basis_effective", "还没有生效", "case.basis"),
    "a basis of no kind": Plant(no_kind_of_basis, "blanks", "执行依据", "case.basis"),
    "a basis of nobody": Plant(no_maker_of_basis, "blanks", "作出机关", "case.basis"),
    "nothing to perform": Plant(no_obligation, "blanks", "责令履行的义务", "case.obligation"),
    "no account to pay to": Plant(court_without(account_name="", account_bank="", account_no=""), "blanks", "执行款账户账号", "court.change"),
    "no address": Plant(court_without(address=""), "blanks", "本院地址", "court.change"),
    "no telephone": Plant(court_without(telephone=""), "blanks", "联系电话", "court.change"),
    "a notice to the applicant": Plant(addressed_to(APPLICANT), "claim.addressee_is_debtor", "不是本案的被执行人", "party.add"),
    "a notice to a stranger": Plant(addressed_to("某路人"), "claim.addressee_is_debtor", "「某路人」不是本案的被执行人", "party.add"),
    "persons of a unit that is none": Plant(persons_of_a_man, "claim.persons_of_unit", "是自然人", "party.change"),
    "the applicant asked about": Plant(asks_about_applicant, "claim.target_is_debtor", "符示例不是本案的被执行人", "party.add"),
    "somebody asked about without number": Plant(asks_without_number, "blanks", "被查询人证件号码", "party.change"),
    "a vehicle under no measure": Plant(watch_without_measure, "claim.measure_stands", "没有随哪一项控制措施", "measure.propose"),
    "sold again, and no paper of the sale": Plant(resold(""), "claim.sold_at_auction", "卷内材料没有「拍卖成交」", "file.enter"),
    "sold again, to another buyer": Plant(resold(buyer="符例九"), "claim.sold_at_auction", "没有写买受人符例九", "buyer"),
    "sold again, at another price": Plant(resold(price=26_800_001), "claim.sold_at_auction", "没有写成交价 268,000.01 元", "price"),
    "sold again, with another deposit": Plant(resold(deposit=30_000), "claim.sold_at_auction", "没有写保证金 300.00 元", "deposit"),
    "sold again, and paid for all that is known": Plant(resold(defaulted=None), "claim.buyer_defaulted", "卷内材料没有成交以后的「买受人逾期未付清价款」", "file.enter"),
    "sold again, not paid before the sale": Plant(resold(defaulted=DAY - timedelta(days=1)), "claim.buyer_defaulted", "成交以后", "file.enter"),
    "looked for, and no paper that it is missing": Plant(watched(None), "claim.vehicle_missing", "卷内材料没有该车的「查封、扣押的车辆查找无着」", "file.enter"),
    "looked for, and another one is missing": Plant(watched("琼D54321"), "claim.vehicle_missing", "卷内材料没有该车的", "file.enter"),
    "a notice to another bank": Plant(another_bank, "claim.addressee_assists", "不是该措施登记的协助单位", "measure.propose"),
    "another ground than the act": Plant(other_ground, "claim.obstruction_recorded", "与所选的事由不符", "obstruction.record"),
    "detained before the act": Plant(detained_before, "claim.obstruction_recorded", "晚于签署日", "obstruction.record"),
    "detained for no act": Plant(detained_without_act, "claim.obstruction_recorded", "没有登记林例一的妨害行为", "obstruction.record"),
    "a unit detained": Plant(detained_unit, "claim.obstruction_recorded", "是单位，不能拘留", "sanction.detain"),
    "sixteen days": Plant(sixteen_days, "limits", "拘留日数为16，不得超过15", "days"),
    "words that do not stand there": Plant(misquoted, "claim.words_stand", "没有「林列一」", "corrections"),
    "a correction of nothing": Plant(corrects_nothing, "claim.words_stand", "更正前后相同", "corrections"),
    "a correction of a void ruling": Plant(corrects_a_void_ruling, "claim.words_stand", "已经作废", "document.correct"),
    "more time before its time": Plant(extended_too_early, "dates", "申请延长的日期", "applied_for_on"),
}


# -- plants with a measure in effect -----------------------------------------------------------------------------------


def renewed_too_late(bureau: Bureau, _case: str, measure: str) -> tuple[str, date]:
    return first(bureau, bureau.desk.do("measure.renew", measure=measure)), date(2019, 1, 3)


def sent_too_late(bureau: Bureau, _case: str, measure: str) -> tuple[str, date]:
    return first(bureau, bureau.desk.do("measure.deduct", measure=measure, amount=1)), date(2019, 1, 3)


def sent_after_release(bureau: Bureau, case: str, measure: str) -> str:
    paper = first(bureau, bureau.desk.do("measure.deduct", measure=measure, amount=1))
    released(bureau, measure)
    return paper


def asked_after_release(bureau: Bureau, case: str, measure: str) -> str:
    paper = first(bureau, bureau.desk.do("measure.deduct", measure=measure, amount=1), 1)
    released(bureau, measure)
    return paper


def released(bureau: Bureau, measure: str) -> None:
    request = bureau.desk.do("measure.release", measure=measure, ground="other", cause="另行提供了足额现金").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    account = bureau.account
    bureau.at("director").do("request.approve", request=request, opinion="同意")
    told = bureau.issue_all(request, account)[1]
    bureau.at("clerk").do("service.record", document=told, recipient=BANK, method="direct", served_on=bureau.day)
    bureau.at(account)


def settled_and_is_not(bureau: Bureau, _case: str, measure: str) -> str:
    return first(bureau, bureau.desk.do("measure.release", measure=measure, ground="satisfied"))


def renewed_on_application(entered: date | None) -> Callable[[Bureau, str, str], str]:
    """A renewal said to be applied for today; the file shows an application of another day, or none."""

    def plant(bureau: Bureau, case: str, measure: str) -> str:
        if entered is not None:
            shown(bureau, case, "renewal_applied", entered, party=APPLICANT)
        return first(bureau, bureau.desk.do("measure.renew", measure=measure, applied_on=bureau.day))

    return plant


def ground_of_release(ground: str, **more: Any) -> Callable[[Bureau, str, str], str]:
    return lambda bureau, _case, measure: first(bureau, bureau.desk.do("measure.release", measure=measure, ground=ground, **more))


OF_A_MEASURE = {
    "withdrawn, and no paper says so": Plant(ground_of_release("withdrawn"), "claim.applicant_withdrew", "卷内材料没有「撤回执行申请或者放弃债权」", "file.enter"),  # type: ignore[arg-type]
    "unsold, and no paper says so": Plant(ground_of_release("unsold"), "claim.property_unsold", "卷内材料没有「流拍或者变卖不成", "file.enter"),  # type: ignore[arg-type]
    "security, and no paper says so": Plant(ground_of_release("guaranteed"), "claim.security_agreed", "卷内材料没有「提供担保", "file.enter"),  # type: ignore[arg-type]
    "an outsider's, and no paper says so": Plant(ground_of_release("third_party", scope="third_party", third="符例七"), "claim.outsider_owns", "卷内材料没有", "file.enter"),  # type: ignore[arg-type]
    "renewed on an application of which there is no paper": Plant(renewed_on_application(None), "claim.renewal_applied", "的「申请继续查封、扣押、冻结」这一项", "file.enter"),  # type: ignore[arg-type]
    "renewed on an application of another day": Plant(renewed_on_application(DAY - timedelta(days=1)), "claim.renewal_applied", "的「申请继续查封", "file.enter"),  # type: ignore[arg-type]
    "renewed after it lapsed": Plant(renewed_too_late, "claim.measure_stands", "已不在控制中", "measure.propose"),
    "sent after it lapsed": Plant(sent_too_late, "claim.measure_stands", "已不在控制中", "measure.propose"),
    "sent after the release": Plant(sent_after_release, "claim.measure_stands", "已不在控制中（已解除）", "measure.propose"),
    "asked to send after the release": Plant(asked_after_release, "claim.measure_stands", "已不在控制中（已解除）", "measure.propose"),
    "released as paid, and is not": Plant(settled_and_is_not, "claim.debt_settled", "登记到位 0.00 元，不能写已经清偿", "receipt.book"),
}

# -- plants in the facts and in the words of a draft -------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """A fault in a draft as it is written: its facts changed, or its words; looked at on a day, for a matter."""

    made: Callable[[], CheckedDraft]
    key: str
    words: str
    offers: str = ""
    matter: str = ""
    panel: bool = False
    missing: str = ""


def draft(type_id: str = "ruling_freeze", on: date = SIGNED, **changes: Any) -> CheckedDraft:
    facts, shelf = replace(NEEDED[type_id], **changes), catalogue()
    return CheckedDraft(shelf.type(type_id), shelf.text(type_id, on), facts, book(), on, make(type_id, facts, on))


def extension(applied_on: date) -> CheckedDraft:
    """A decision for more time, asked for on a day."""
    return draft("decision_extend", told={**NEEDED["decision_extend"].told, "extension_applied_on": applied_on})


def rewritten(made: CheckedDraft, old: str, new: str) -> CheckedDraft:
    """The same draft with other words in its text."""

    def block(one: Any) -> Any:
        if isinstance(one, ContentTable):
            return replace(one, rows=tuple(tuple(replace(cell, text=cell.text.replace(old, new)) for cell in row) for row in one.rows))
        return replace(one, text=one.text.replace(old, new)) if isinstance(one, Paragraph) else one

    content = made.content
    changed = replace(content, body=tuple(map(block, content.body)), slip=tuple(map(block, content.slip)))
    assert changed != content
    return replace(made, content=changed)


AS_WRITTEN = {
    "a sum that is not the measure's": Written(lambda: rewritten(draft(), "50000元", "5000元"), "amounts", "正文写5000元，措施为50000元", "amount"),
    "a sum printed twice": Written(lambda: draft(measures=(FREEZE, replace(FREEZE, amount=None))), "blanks", "金额", "amount"),
    "words unequal to figures": Written(lambda: rewritten(draft("notice_assist_deposit"), "人民币伍万元整", "人民币伍仟元整"), "capitals", "与「人民币伍仟元整」不符", "amount"),
    "the claim in other words": Written(lambda: rewritten(draft("notice_execution"), "人民币伍万元整", "人民币伍万零壹元整"), "capitals", "不符", "amount"),
    "a thing of nobody in the case": Written(lambda: draft(measures=(replace(FREEZE, owner="某路人"),)), "parties", "某路人不是本案当事人", "owner"),
    "no debtor": Written(lambda: draft(parties=(FACTS.parties[0],), measures=()), "parties", "案件没有登记被执行人", "parties"),
    "no applicant": Written(lambda: draft(parties=(MAN,)), "parties", "案件没有登记申请执行人", "parties"),
    "a party left out": Written(lambda: rewritten(draft(), "林例一", "林某一"), "parties", "正文中没有", "parties"),
    "filed after signing": Written(lambda: draft(case=replace(FACTS.case, filed_on=date(2017, 8, 2))), "dates", "立案（2017-08-02）晚于签署（2017-08-01）", "signed_on"),
    "applied for after filing": Written(lambda: draft(case=replace(FACTS.case, applied_on=date(2017, 7, 4))), "dates", "申请（2017-07-04）晚于立案", "signed_on"),
    "more time asked for before filing": Written(lambda: extension(date(2017, 7, 2)), "dates", "早于立案日期", "applied_for_on"),
    "more time asked for after signing": Written(lambda: extension(date(2017, 8, 2)), "dates", "晚于签署日", "applied_for_on"),
    "thirteen months": Written(lambda: draft(measures=(replace(FREEZE, months=13),)), "terms", "12", "end"),
    "an end a day late": Written(lambda: draft(measures=(replace(FREEZE, fixed_start=SIGNED, fixed_end=date(2018, 8, 1)),)), "terms", "期限止日应为2018-07-31", "end"),
    "a renewal of what lapsed": Written(lambda: draft("ruling_renew_control", date(2018, 8, 1), measures=(RENEWAL,)), "terms", "措施已失效，不能续行", "end"),
    "a renewal with a gap": Written(
        lambda: draft("ruling_renew_control", date(2018, 7, 10), measures=(replace(RENEWAL, fixed_start=date(2018, 8, 2)),)), "terms", "续行应自原期限届满的次日2018-08-01起算", "end",
    ),
    "no account of the bank": Written(lambda: draft(measures=(replace(FREEZE, account_no=""),)), "blanks", "账号", "account"),
    "no item": Written(lambda: draft(measures=()), "blanks", "主文", "control_word"),
    "marks of the form": Written(lambda: draft(case=replace(FACTS.case, obligation="向林××付款")), "leftovers", "还有「××」", ""),
    "no panel": Written(draft, "signers", "尚未指定合议庭", "panel", matter="freeze_deposit", panel=True),
    "a paper of another matter": Written(draft, "authority", "不是「拘留」的文书", "", matter="detention"),
    "a name no font has": Written(draft, "glyphs", "字库中没有「林」", "glyphs", missing="林"),
    "performance nobody recorded": Written(lambda: draft(money=MoneyFacts(50_000_00)), "blanks", "履行情况", "performance"),
    "one who is not there to be detained": Written(lambda: draft("decision_detention", target=None), "blanks", "被拘留人", "person"),
    "a claim that nothing proves": Written(lambda: draft(claims={}), "claim.unperformed", "案件没有这一记录", ""),
}

# -- faults that are refused before there is a draft -------------------------------------------------------------------


def of_another_case(bureau: Bureau, case: str) -> None:
    other = bureau.register("（2018）琼9027执2号")
    measure = bureau.freeze(other).ids("Measure")[0]
    drafted(bureau, case, "ruling_freeze", measure=measure)


def number_of_another(bureau: Bureau, case: str) -> None:
    bureau.desk.do("request.submit", request=Document.get_by_id(detention(bureau, case)).request)
    other = bureau.register("（2018）琼9027执2号")
    detention(bureau, other)


def typed_fact(bureau: Bureau, case: str) -> None:
    bureau.desk.do("document.fill", document=frozen_draft(bureau, case), inputs={"obligation": "立即支付十万元"})


def typed_query(bureau: Bureau, case: str) -> None:
    paper = of_a_matter_that_waits(bureau, case)
    bureau.desk.do("document.fill", document=paper, inputs={"queries": [{"person": DEBTOR, "head": "存款", "requests": "两次", "answered_on": "", "found": ""}]})


def typed_notice(bureau: Bureau, case: str) -> None:
    paper = first(bureau, judge(bureau, case).do("order.property_report", case=case, party=DEBTOR, days=5))
    bureau.desk.do("document.fill", document=paper, inputs={"notice_date": "2017-12-01"})


def before_the_text(bureau: Bureau, case: str) -> None:
    bureau.desk.reads.draft(frozen_draft(bureau, case), {}, date(2016, 7, 31))


def after_the_series(bureau: Bureau, case: str) -> None:
    bureau.desk.reads.draft(first(bureau, judge(bureau, case).do("order.consumption", case=case, party=DEBTOR)), {}, date(2015, 7, 21))


def closed(bureau: Bureau, case: str) -> None:
    """The case has come to its end, however that was done."""
    with at_will(bureau.desk.session, "case.close", case=case) as act:
        act.change(act.get(Case, case), state="closed", closed_on=bureau.day)


def drafted_in_a_closed_case(bureau: Bureau, case: str) -> None:
    closed(bureau, case)
    notice(bureau, case)


def put_forward_in_a_closed_case(bureau: Bureau, case: str) -> None:
    paper = first(bureau, notice(bureau, case))
    closed(bureau, case)
    bureau.desk.do("request.submit", request=Document.get_by_id(paper).request)


def minor_listed(bureau: Bureau, case: str) -> None:
    bureau.at("clerk").do("party.add", case=case, side="debtor", name="林例小", values={"born_on": date(2008, 5, 5)})
    request = judge(bureau, case).do("request.open", case=case, matter="list_dishonest", party="林例小").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)


def twice_detained(bureau: Bureau, case: str) -> None:
    act = bureau.obstruction(case)
    detention(bureau, case, act=act)
    detention(bureau, case, act=act, sanction_number="（2018）琼9027司惩2号")


def another_persons_act(bureau: Bureau, case: str) -> None:
    detention(bureau, case, act=bureau.obstruction(case, APPLICANT))


REFUSED: dict[str, tuple[Callable[[Bureau, str], None], str, str]] = {
    "a measure of another case": (of_another_case, "document.case", "不属于本案"),
    "the number of another paper": (number_of_another, "number.entered", "请向立案庭核对"),
    "a fact of the case typed in": (typed_fact, "document.input", "请在来源处登记或者更正"),
    "an answer to a query typed in": (typed_query, "document.input", "财产查询"),
    "a day of notice typed in": (typed_notice, "document.input", "执行通知书发出日期"),
    "a text not yet in force": (before_the_text, "document.no_text", "请核对签署日"),
    "drafted in a closed case": (drafted_in_a_closed_case, "case.closed", "请立执恢案件"),
    "put forward in a closed case": (put_forward_in_a_closed_case, "case.closed", "请立执恢案件"),
    "a minor listed": (minor_listed, "request.premise", "未满18周岁"),
    "an order before the law": (after_the_series, "document.no_text", "请核对签署日"),
    "one act punished twice": (twice_detained, "sanction.act", "另行登记"),
    "the act of another": (another_persons_act, "sanction.act", "请选择其本人的行为"),
}


def texts_of(bureau: Bureau, document: str) -> list[str]:
    with bureau.desk.reading():
        return list(texts(assembly_of(bureau.desk.session, Document.get_by_id(document), bureau.day).content))


def request_of(bureau: Bureau, document: str) -> str:
    """The request of a paper, put forward and approved by the judge."""
    request = str(Document.get_by_id(document).request)
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request, opinion="同意")
    return request


def check_of(bureau: Bureau, planted: str | tuple[str, date], key: str) -> Check:
    document, on = planted if isinstance(planted, tuple) else (planted, None)
    return next(one for one in bureau.desk.reads.draft(document, {}, on).checks if one.key == key)


def offers(check: Check) -> list[str]:
    return [way.action.partition(":")[0] for way in check.ways] or [check.field]


@pytest.mark.begins("noticed")
@pytest.mark.slow
@pytest.mark.parametrize("name", OF_THE_CASE)
def test_what_the_case_does_not_record_is_stopped(bureau: Bureau, notes: Notes, name: str) -> None:
    plant = OF_THE_CASE[name]
    bureau.at("clerk")
    found = check_of(bureau, plant.make(bureau, notes["case"]), plant.key)
    assert (found.state, plant.words in found.sentence) == ("stop", True), found
    assert plant.offers in ("", *offers(found)), found


@pytest.mark.begins("frozen")
@pytest.mark.slow
@pytest.mark.parametrize("name", OF_A_MEASURE)
def test_what_no_longer_stands_is_stopped(bureau: Bureau, notes: Notes, name: str) -> None:
    plant = OF_A_MEASURE[name]
    bureau.at(notes["judge"])
    found = check_of(bureau, plant.make(bureau, notes["case"], notes["measure"]), plant.key)  # type: ignore[call-arg]
    assert (found.state, plant.words in found.sentence) == ("stop", True), found
    assert plant.offers in offers(found), found


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_what_is_written_wrong_is_stopped(name: str) -> None:
    plant = AS_WRITTEN[name]
    ruling = authority().decide(plant.matter, on=SIGNED) if plant.matter else None
    if ruling is not None and plant.panel:
        ruling = replace(ruling, panel="required")
    checks = run_checks(plant.made(), authority=ruling, missing_glyphs=lambda text: [c for c in text if c in plant.missing])
    found = next(one for one in checks if one.key == plant.key)
    assert (found.state, plant.words in found.sentence) == ("stop", True), found
    assert found.field == plant.offers, found


@pytest.mark.begins("noticed")
@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_before_there_is_a_draft(bureau: Bureau, notes: Notes, name: str) -> None:
    plant, code, words = REFUSED[name]
    bureau.at("clerk")
    with pytest.raises(Refusal) as refused:
        plant(bureau, notes["case"])
    assert (refused.value.code, words in refused.value.text) == (code, True), refused.value.text


def test_a_text_that_the_court_has_not_adopted_is_not_put_forward(worlds: Shelf, tmp_path: Path) -> None:
    """In a court of its own, which has adopted nothing yet."""
    desk = court_store.at(worlds.get("real").copy(tmp_path / "data"), "judge")
    request = desk.do("notice.execution", case=court_store.NUMBER, party=DEBTOR).ids("Request")[0]
    with pytest.raises(Refusal) as refused:
        desk.do("request.submit", request=request)
    desk.close()
    assert (refused.value.code, [way.action for way in refused.value.ways]) == ("document.not_adopted", ["adoption.prepare:notice_execution"])
    assert "本院尚未采用" in refused.value.text


def test_every_claim_and_every_check_that_can_stop_is_planted() -> None:
    """At least forty, and none left out: the claims are counted in the texts, the checks in what a draft is asked."""
    planted = [plant.key for plants in (OF_THE_CASE, OF_A_MEASURE, AS_WRITTEN) for plant in plants.values()]  # type: ignore[attr-defined]
    assert len(planted) + len(REFUSED) >= 40
    claimed = {name for texts in catalogue().texts.values() for text in texts for name in text.claims}
    assert {f"claim.{name}" for name in claimed} - OPTIONAL - set(planted) == set()
    asked = {one.key for one in run_checks(draft(), missing_glyphs=lambda text: (), authority=authority().decide("freeze_deposit", on=SIGNED))}
    assert asked - set(planted) == {"claims", "citations"}, "the first is the sum of what holds, the second warns"


OPTIONAL = {"claim.notice_sent_to", "claim.report_order_along"}  # their sentences are left out where nothing proves them


@pytest.mark.begins("registered")
def test_what_is_optional_is_printed_only_once_it_is_so(bureau: Bureau, notes: Notes) -> None:
    case = notes["case"]
    bureau.at("clerk")
    order = first(bureau, judge(bureau, case).do("order.property_report", case=case, party=DEBTOR, days=5))
    told = first(bureau, notice(bureau, case))

    def printed(document: str) -> str:
        return " ".join(texts_of(bureau, document))

    assert "发出执行通知书" not in printed(order) and "附：报告财产令" not in printed(told)
    bureau.desk.do("request.submit", request=Document.get_by_id(order).request)
    assert "附：报告财产令" in printed(told)
    bureau.issue_all(request_of(bureau, told), bureau.account)
    assert Document.get_by_id(told).state == "issued"
    assert "发出执行通知书" not in printed(order), "what was put forward stays as it was, though the notice has gone out meanwhile"
    judge(bureau, case).do("request.withdraw", request=Document.get_by_id(order).request, reason="写上通知的日期")
    assert f"已于{DAY.year}年1月2日向你发出执行通知书" in printed(order)


@pytest.mark.begins("frozen")
def test_what_the_file_on_paper_shows_proves_it(bureau: Bureau, notes: Notes) -> None:
    bureau.at(notes["judge"])
    paper = first(bureau, bureau.desk.do("measure.release", measure=notes["measure"], ground="withdrawn"))
    entry = {"item": "applicant_withdrew", "party": APPLICANT, "on": DAY, "words": "撤回执行申请书", "page": "31"}
    bureau.desk.do("file.enter", case=notes["case"], entries=[entry])
    checks = {one.key: one for one in bureau.desk.reads.draft(paper).checks}
    assert "claim.applicant_withdrew" not in checks and "卷内第31页" in checks["claims"].sentence


@pytest.mark.begins("noticed")
def test_a_sale_again_and_a_vehicle_sought_are_proved_by_papers_of_the_file(bureau: Bureau, notes: Notes) -> None:
    bureau.at("clerk")
    paper = resold()(bureau, notes["case"])
    assert "符样本于2018年1月1日以268000元竞得，但未按期付清价款" in " ".join(texts_of(bureau, paper))
    letter = watched(None)(bureau, notes["case"])
    thing = Measure.get_by_id(Document.get_by_id(letter).measure).property
    shown(bureau, notes["case"], "vehicle_not_found", property=thing, words="到住处和停车场查找，没有找到", page="33")
    for one in (paper, letter):
        checks = {check.key: check for check in bureau.desk.reads.draft(one).checks}
        assert not [key for key in checks if key.startswith("claim.")] and checks["blanks"].state == "ok", checks
    assert "卷内第33页" in checks["claims"].sentence


@pytest.mark.begins("noticed")
def test_the_end_of_a_round_tells_what_the_case_records_and_nothing_else(bureau: Bureau, notes: Notes) -> None:
    bureau.at("clerk")
    paper = ended("queried:存款", "queried:证券")(bureau, notes["case"])
    case, desk = Document.get_by_id(paper).case, bureau.desk
    ask = {"case": case, "party": DEBTOR, "sent_on": DAY}
    answered = desk.do("query.send", request_no="C1", heads=["bank", "securities"], **ask).ids("NetworkQuery")[0]
    desk.do("query.answer", query=answered, head="bank", body=BANK, answered_on=DAY, words="账号6228480000006621，余额12.50元。")
    assert f"林例一的证券：{DAY.year}年1月2日（编号C1）查询，未反馈。" in " ".join(texts_of(bureau, paper))
    desk.do("query.send", request_no="C2", heads=["securities"], **ask)
    printed = " ".join(texts_of(bureau, paper))
    assert "于2018年1月2日向被执行人林例一送达执行通知书，于2018年1月2日向被执行人林例一送达报告财产令，于2018年1月2日向被执行人林例一发出限制消费令。" in printed
    assert "林例一的存款：2018年1月2日（编号C1）查询，2018年1月2日反馈，结果为某某银行乐东支行账号6228480000006621，余额12.50元。" in printed
    assert "林例一的证券：2018年1月2日（编号C1）、2018年1月2日（编号C2）共2次查询，未反馈。" in printed and "林例一的不动产：" in printed
    assert "于2018年1月2日到被执行人林例一的住所地等处调查" in printed and "符示例于2018年1月2日表示：无异议。" in printed
    checks = {one.key: one for one in desk.reads.draft(paper).checks}
    assert "blanks" in checks and checks["blanks"].state == "ok" and not [key for key in checks if key.startswith("claim.")], checks
    assert "已穷尽财产调查措施，未发现财产或者财产不能处置——具备" in checks["claims"].sentence


@pytest.mark.begins("noticed")
def test_the_verdict_on_a_signed_paper_tells_what_the_case_no_longer_bears_out(bureau: Bureau, notes: Notes) -> None:
    bureau.at("clerk")
    paper = ruling(bureau, notes["case"])

    def said() -> tuple[bool, str]:
        with bureau.desk.reading():
            found = verdict_on(bureau.desk.session, paper)
        return found.valid, found.text

    valid, words = said()
    assert valid and "不支持" not in words
    judge(bureau, notes["case"]).do("document.void", document=notes["notice"], reason="写错")
    valid, words = said()
    assert valid and "现有案件记录不支持：截至签署日尚未向林例一发出执行通知书" in words, "the signatures hold, the fact does not"
