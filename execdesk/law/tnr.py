"""终结本次执行程序: six gates over facts, then the money of the case and the approval; each 具备, 不具备 or 查不了.

Sources: 法〔2016〕373号 第1—5条; 民诉法解释 2015第519条/2022第517条. Every person is looked at by himself; what has no row is never
taken as met; what stands later than the day of the check has not happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from execdesk.law.days import add_months, day_text
from execdesk.law.money import yuan_text
from execdesk.law.refusal import Clause, Refusal
from execdesk.law.tnrfacts import Clue, Debtor, Heard, Known, Query, TnrFacts, TnrProperty
from execdesk.law.tnrrules import MET, UNKNOWN, UNMET, Check, TnrRules
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

GATES = ("notice_report", "restriction", "investigation", "age", "whereabouts", "hearing")
BREACHES = {"false": "虚假报告", "late": "逾期报告", "refused": "拒绝报告"}
TOLD = {"measures": "执行措施", "findings": "财产调查结果", "consequence": "终本的法律后果"}
BY_ANALOGY = frozenset({"criminal_property", "transferred"})
SUMS = frozenset({"money", "admin_nonlit"}) | BY_ANALOGY


@dataclass(frozen=True)
class TnrAnswer:
    """The verdict on one gate; ``names`` are the checks that fail (不具备) or cannot be answered (查不了), in Chinese."""

    title: str
    verdict: str
    names: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Readiness:
    """The six gates, the money, the approval; 不具备 if one is, else 查不了 if one is, else 具备."""

    gates: tuple[TnrAnswer, ...]
    money: TnrAnswer
    approval: TnrAnswer
    verdict: str
    sheet: Sheet

    @property
    def gates_verdict(self) -> str:
        """Whether the case may be put up for approval."""
        return _overall(gate.verdict for gate in self.gates)


def tnr_readiness(book: LawBook, facts: TnrFacts, on: date) -> Readiness:
    """Check everything on ``on``. Refusal ``tnr.kind`` for a case that is not about a sum of money."""
    _refuse_kind(book, facts, on)
    rules = TnrRules(book, on)
    checks = (_notice_report, _restriction, _investigation, _age, _whereabouts, _hearing)
    gates = tuple(_answer(rules.use(f"tnr.gate.{name}"), check(rules, facts)) for name, check in zip(GATES, checks, strict=True))
    money = _answer(rules.use("tnr.gate.money"), _money(facts))
    approval = _answer(rules.use("deadline.tnr.approval"), _approval(rules, facts))
    verdict = _overall(answer.verdict for answer in (*gates, money, approval))
    steps = tuple(SheetStep(a.title, "；".join(a.names), a.verdict, a.source) for a in (*gates, money, approval))
    sheet = Sheet("终结本次执行程序的条件", (("核对日", day_text(on)),), steps, verdict, tuple(rules.basis))
    return Readiness(gates, money, approval, verdict, sheet)


def _refuse_kind(book: LawBook, facts: TnrFacts, on: date) -> None:
    rule = book.value("tnr.criminal_property", on)
    if facts.kind in SUMS and (facts.kind not in BY_ANALOGY or rule.value != "不适用终本"):
        return
    raise Refusal(
        "本案不适用终结本次执行程序：它只用于金钱债权，行为、交付类案件以执行完毕或者终结执行结案"
        "（刑事涉财、移送执行的款项按本院的取法）。",
        code="tnr.kind", clauses=(Clause(f"{rule.name}：{rule.value}", rule.source),),
    )  # fmt: skip


def _notice_report(rules: TnrRules, facts: TnrFacts) -> Iterator[Check]:
    for debtor in _each(facts):
        yield rules.done(debtor.notice_served_on), f"{debtor.name}：送达执行通知"
        yield rules.done(debtor.order_served_on), f"{debtor.name}：送达报告财产令"
        report, since = debtor.report, debtor.order_served_on if isinstance(debtor.order_served_on, date) else None
        yield rules.answers(report.checked_on, since), f"{debtor.name}：核对报告财产的情况"
        if report.result in BREACHES and not report.good_reason:
            yield rules.punished(report.punishments, since), f"{debtor.name}：{BREACHES[report.result]}，予以罚款、拘留，或者记明正当理由"
        elif report.result == "incomplete":
            yield False, f"{debtor.name}：报告不完整，补正或者按虚假报告处理"
        elif not report.result:
            yield None, f"{debtor.name}：报告财产的结果"


def _restriction(rules: TnrRules, facts: TnrFacts) -> Iterator[Check]:
    for debtor in _each(facts):
        yield rules.done(debtor.restricted_on), f"{debtor.name}：发出限制消费令"
        if debtor.eligible is False:
            yield bool(debtor.not_listed_reason), f"{debtor.name}：记明不纳入失信名单的理由"
        else:
            listed = rules.answers(debtor.listed_on)
            yield rules.if_so(debtor.eligible, listed, f"{debtor.name}：纳入失信名单", f"{debtor.name}：是否符合纳入失信名单的条件")


def _investigation(rules: TnrRules, facts: TnrFacts) -> Iterator[Check]:
    yield from _clues(rules, facts.clues)
    heads = rules.use("tnr.query_heads").value
    for debtor in _each(facts):
        for head in heads:
            yield _queried(rules, debtor, head)
        yield rules.done(debtor.site_inquired_on), f"{debtor.name}：到住所地或者财产可能隐匿地调查"
        yield rules.if_so(
            debtor.books_hidden, rules.answers(debtor.searched_on), f"{debtor.name}：隐匿会计账簿，予以搜查", f"{debtor.name}：是否隐匿会计账簿"
        )
    for asked in facts.asked_for:
        yield rules.answers(asked.decided_on), f"{asked.words}的申请作出决定"
    yield from _properties(facts.properties)


def _clues(rules: TnrRules, clues: tuple[Clue, ...] | None) -> Iterator[Check]:
    if clues is None:
        yield None, "申请执行人是否提供线索"
    for clue in clues or ():
        yield rules.done(clue.checked_on) or False, f"线索「{clue.words}」核实"


def _queried(rules: TnrRules, debtor: Debtor, head: str) -> Check:
    """An answer about this very person that is not too old, or as many requests without one as the court asks for."""
    words = f"{debtor.name}：查询{head}"
    if not debtor.id_no:
        return None, f"{debtor.name}：证件号码核对"
    asked = [query for query in debtor.queries if query.head == head and query.sent_on <= rules.on]
    own = [query for query in asked if query.id_no == debtor.id_no]
    if not own:
        return (False, f"{words}（以他人的证件号码查询）") if asked else (None, words)
    age = rules.use("tnr.query_max_age")
    fresh = [query for query in own if add_months(query.sent_on, age.value) >= rules.on]
    if not fresh:
        return None, f"{words}（超过{age.value}个月，应重新查询）"
    if any(rules.done(query.answered_on, query.sent_on) for query in fresh):
        return True, words
    return _silence(rules, debtor, head, fresh)


def _silence(rules: TnrRules, debtor: Debtor, head: str, asked: list[Query]) -> Check:
    least = rules.use("tnr.silent_requests").value
    if len({query.request_no for query in asked}) < least:
        return rules.silent, f"{debtor.name}：{head}未反馈，应再次查询（满{least}次）"
    spot = any(found == head and on <= rules.on for found, on in debtor.spot)
    return head not in debtor.likely or spot, f"{debtor.name}：{head}未反馈，且可能有财产，应到现场查询"


def _properties(found: tuple[TnrProperty, ...] | None) -> Iterator[Check]:
    if found is None:
        yield None, "是否发现财产"
    for thing in found or ():
        held = None if thing.disposable is None else not thing.disposable and bool(thing.reason)
        yield held, f"{thing.words}不能处置，并记明理由"


def _age(rules: TnrRules, facts: TnrFacts) -> Iterator[Check]:
    term = rules.use("deadline.tnr.min_age")
    if not isinstance(facts.filed_on, date):
        yield None, "立案日"
        return
    last = add_months(facts.filed_on, term.value)
    yield rules.on > last, f"{day_text(last)}之后"


def _whereabouts(rules: TnrRules, facts: TnrFacts) -> Iterator[Check]:
    for debtor in _each(facts):
        yield rules.if_so(debtor.missing, rules.answers(debtor.looked_for_on), f"{debtor.name}：下落不明，予以查找", f"{debtor.name}：是否下落不明")
        if debtor.obstructions is None:
            yield None, f"{debtor.name}：是否妨害执行"
        for act in debtor.obstructions or ():
            yield rules.punished(act.punishments, act.on), f"{debtor.name}：{day_text(act.on)}妨害执行，予以罚款、拘留"
        referred = rules.answers(debtor.crime_referred_on)
        yield rules.if_so(debtor.crime_suspected, referred, f"{debtor.name}：涉嫌犯罪，移送追究", f"{debtor.name}：是否涉嫌犯罪")


def _hearing(rules: TnrRules, facts: TnrFacts) -> Iterator[Check]:
    if not facts.heard:
        yield None, "告知的对象"
    since = _last_finding(facts)
    for person in facts.heard:
        yield rules.done(person.told_on), f"{person.name}：告知"
        if not isinstance(person.told_on, date):
            continue
        yield since is None or person.told_on >= since, f"{person.name}：在财产调查结束以后告知"
        for part, words in TOLD.items():
            yield part in person.told, f"{person.name}：告知{words}"
        if person.role == "applicant":
            yield rules.done(person.opinion_on, person.told_on), f"{person.name}：告知以后听取意见"
            yield _opinion(person), f"{person.name}：意见记入笔录、书面材料，或者以本人的话记入工作记录"


def _opinion(person: Heard) -> Known:
    if not person.opinion_form:
        return None
    return person.opinion_form in ("record", "paper") or (person.opinion_form == "note" and bool(person.opinion_words))


def _last_finding(facts: TnrFacts) -> date | None:
    """The day of the last answer of the network or of an inquiry on the spot."""
    days = [query.answered_on for debtor in facts.debtors for query in debtor.queries]
    days += [debtor.site_inquired_on for debtor in facts.debtors]
    return max((on for on in days if isinstance(on, date)), default=None)


def _money(facts: TnrFacts) -> Iterator[Check]:
    if facts.held is None:
        yield None, "案款的核对"
        return
    held = facts.held
    for words, fen in (("未交财务的现金", held.slips), ("未认领", held.unclaimed), ("未分配", held.unallocated),
                       ("待发放", held.ready), ("已汇出未回执", held.sent)):  # fmt: skip
        yield not fen, f"尚有{words}{yuan_text(fen)}"


def _approval(rules: TnrRules, facts: TnrFacts) -> Iterator[Check]:
    """Signature of every applicant after he was told, or panel and then 院长; in any case the approval of the plan after that."""
    signed = _signed(rules, facts)
    told = max((person.told_on for person in facts.heard if isinstance(person.told_on, date)), default=None)
    panel = rules.done(facts.panel_on, told)
    president = rules.done(facts.president_on, facts.panel_on if isinstance(facts.panel_on, date) else None)
    yield _either(signed, _worst((panel, president))), "申请执行人签字确认，或者告知以后合议庭审查核实、再由院长批准"
    since = _branch_day(facts, bool(signed))
    yield rules.done(facts.approved_on, since), "此后经院长或者获授权的副院长批准"


def _signed(rules: TnrRules, facts: TnrFacts) -> Known:
    """The first branch: not open without an applicant, nor in a case of criminal property."""
    applicants = [person for person in facts.heard if person.role == "applicant"]
    if facts.kind == "criminal_property" or (facts.heard and not applicants):
        return False
    return _worst([rules.done(p.signed_on, p.told_on if isinstance(p.told_on, date) else None) for p in applicants] or [None])


def _branch_day(facts: TnrFacts, signed: bool) -> date | None:
    days = [person.signed_on for person in facts.heard] if signed else [facts.president_on]
    return max((on for on in days if isinstance(on, date)), default=None)


def _each(facts: TnrFacts) -> Iterator[Debtor]:
    """Every debtor; a case without one has a nameless one of whom nothing is recorded."""
    yield from facts.debtors or (Debtor("被执行人"),)


def _answer(rule: DatedValue, checks: Iterable[Check]) -> TnrAnswer:
    found = list(checks)
    verdict = _words(_worst(held for held, _ in found))
    names = tuple(words for held, words in found if _words(held) == verdict != MET)
    return TnrAnswer(rule.name, verdict, names, rule.source)


def _worst(results: Iterable[Known]) -> Known:
    found = list(results)
    return False if False in found else None if None in found else True


def _either(one: Known, other: Known) -> Known:
    return True if one or other else None if None in (one, other) else False


def _words(held: Known) -> str:
    return {True: MET, False: UNMET, None: UNKNOWN}[held]


def _overall(verdicts: Iterable[str]) -> str:
    found = set(verdicts)
    return UNMET if UNMET in found else UNKNOWN if UNKNOWN in found else MET
