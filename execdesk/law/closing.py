"""Closing a case: the ways by case type, the conditions of 终结本次执行程序 over facts, and what resumes how.

Sources: 法〔2016〕373号 第1、5条; 民诉法解释 2015第519条/2022第517条; 法发〔2014〕26号; 法明传〔2018〕335号.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from execdesk.law.days import add_days, add_months, day_text
from execdesk.law.refusal import Refusal
from execdesk.law.values import DatedValue, Sheet, Step

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

MET, UNMET, UNKNOWN = "具备", "不具备", "查不了"

FACTS = {
    "notice_sent": "已发出执行通知",
    "report_ordered": "已责令报告财产",
    "restricted": "已发出限制消费令",
    "list_eligible": "符合纳入失信名单的条件",
    "listed": "已纳入失信名单",
    "network_queried": "已完成网络查控",
    "site_investigated": "已完成传统调查",
    "clues_verified": "申请执行人提供的线索已核实",
    "no_property": "未发现可供执行的财产",
    "not_disposable": "发现的财产不能处置",
    "debtor_missing": "被执行人下落不明",
    "debtor_searched": "已依法查找被执行人",
    "obstructed": "存在妨害执行的行为",
    "obstruction_punished": "已依法采取罚款、拘留等措施",
    "crime_suspected": "涉嫌构成犯罪",
    "crime_referred": "已依法启动刑事责任追究程序",
    "applicant_told": "已告知申请执行人并听取意见",
    "applicant_signed": "申请执行人签字确认",
    "panel_reviewed": "合议庭审查核实",
    "president_approved": "经院长批准",
    "filed_on": "立案日期",
}


@dataclass(frozen=True)
class Requirement:
    """Met when every fact of one branch holds; with ``when`` only where that fact holds."""

    branches: tuple[tuple[str, ...], ...]
    when: str = ""


@dataclass(frozen=True)
class Condition:
    """One condition with the clause it stands in; all requirements must be met."""

    title: str
    source: str
    requirements: tuple[Requirement, ...]


def _all(*facts: str, when: str = "") -> Requirement:
    return Requirement((facts,), when)


CONDITIONS = (
    Condition("已发出执行通知、责令报告财产", "第一条第一项", (_all("notice_sent", "report_ordered"),)),
    Condition("已限制消费，符合条件的已纳入失信名单", "第一条第二项", (_all("restricted"), _all("listed", when="list_eligible"))),
    Condition(
        "已穷尽财产调查措施，未发现财产或者财产不能处置", "第一条第三项",
        (_all("network_queried", "site_investigated", "clues_verified"),
         Requirement((("no_property",), ("not_disposable",)))),
    ),
    Condition(
        "下落不明的已查找，妨害执行的已处理", "第一条第五项",
        (_all("debtor_searched", when="debtor_missing"), _all("obstruction_punished", when="obstructed"),
         _all("crime_referred", when="crime_suspected")),
    ),
    Condition("已告知申请执行人并听取意见", "第五条", (_all("applicant_told"),)),
)  # fmt: skip
APPROVAL = Requirement((("applicant_signed",), ("panel_reviewed", "president_approved")))


@dataclass(frozen=True)
class Answer:
    """The verdict on one condition; ``names`` are the facts that are false (不具备) or missing (查不了), in Chinese."""

    title: str
    verdict: str
    names: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Readiness:
    """All answers; 不具备 if one is, else 查不了 if one is, else 具备."""

    answers: tuple[Answer, ...]
    verdict: str
    sheet: Sheet


def tnr_readiness(book: LawBook, facts: Mapping[str, bool | date | None], on: date) -> Readiness:
    """Check the conditions of 终结本次执行程序 on ``on``; a fact absent or ``None`` is unknown and never passes."""
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise Refusal(f"不认识的事实：{'、'.join(sorted(unknown))}。", code="closing.fact")
    age, approval = book.value("deadline.tnr.min_age", on), book.value("deadline.tnr.approval", on)
    title = "终结本次执行程序的规定"
    answers = [_answer(c.title, c.requirements, facts, f"{title}{c.source}") for c in CONDITIONS]
    answers.insert(3, _age_answer(age, facts.get("filed_on"), on))
    answers.append(_answer("申请执行人签字确认，或者合议庭审查核实并经院长批准", (APPROVAL,), facts, approval.source))
    verdict = _overall(answer.verdict for answer in answers)
    steps = tuple(Step(a.title, "、".join(a.names), a.verdict, a.source) for a in answers)
    sheet = Sheet("终结本次执行程序的条件", (("核对日", day_text(on)),), steps, verdict, (age, approval))
    return Readiness(tuple(answers), verdict, sheet)


def closing_ways(book: LawBook, type_code: str, on: date) -> DatedValue:
    """The ways of closing a case of ``type_code``, as a list in the value."""
    key = f"case.closing.{type_code}"
    if key not in book.values:
        known = "、".join(k.removeprefix("case.closing.") for k in book.values if _is_type(k))
        raise Refusal(f"没有「{type_code}」案件的结案方式，已知的类型代字：{known}。", code="closing.type")
    return book.value(key, on)


def closing_node(book: LawBook, kind: str, filed_on: date) -> str:
    """The node by which a case of a kind is to be closed, without ``deadline.``; Refusal ``law.unknown`` for a kind nobody knows."""
    by_kind = book.value("case.closing_node", filed_on)
    if kind not in by_kind.value:
        raise Refusal(f"「{kind}」不是案件的种类，可用：{'、'.join(by_kind.value)}。", code="law.unknown")
    return str(by_kind.value[kind])


def closing_due(book: LawBook, kind: str, filed_on: date, *, extended: int = 0, deducted: int = 0) -> date:
    """The last day of the closing term by the law of the day of filing: its months, the months it was extended by from there,
    then the days that do not count; never rolled. Refusal ``law.not_in_force`` for a day of which no term is known."""
    term = book.value(f"deadline.{closing_node(book, kind, filed_on)}", filed_on)
    return add_days(add_months(add_months(filed_on, term.value), extended), deducted)


@dataclass(frozen=True)
class Resume:
    """How a case goes on: under its own number or as a new case of ``type_code``; ``bound`` by the application period."""

    state: str
    type_code: str
    document: str
    bound: bool
    basis: tuple[DatedValue, ...]

    @property
    def new_case(self) -> bool:
        """Whether a new case number is needed."""
        return bool(self.type_code)


_SAME = {"中止执行": "恢复执行通知书", "暂缓执行": "恢复执行通知书"}
_NEW = {"终结本次执行程序": False, "终结执行": True}


def resume_way(book: LawBook, state: str, on: date) -> Resume:
    """What resumes how: suspension and deferment go on in the same case, a closed one as a case of its own."""
    if state in _SAME:
        return Resume(state, "", _SAME[state], False, ())
    if state not in _NEW:
        raise Refusal(
            f"「{state}」的案件不能恢复执行，可恢复的有：{'、'.join((*_SAME, *_NEW))}。", code="closing.resume"
        )
    rule = book.value("case.resume_type", on)
    return Resume(state, str(rule.value), "恢复执行通知书", _NEW[state], (rule,))


def _is_type(key: str) -> bool:
    return key.startswith("case.closing.") and not key.isascii()


def _answer(
    title: str, requirements: tuple[Requirement, ...], facts: Mapping[str, bool | date | None], source: str
) -> Answer:
    found = [_check(requirement, facts) for requirement in requirements]
    verdict = _overall(result for result, _ in found)
    names = tuple(FACTS[name] for result, missing in found if result == verdict != MET for name in missing)
    return Answer(title, verdict, names, source)


def _check(requirement: Requirement, facts: Mapping[str, bool | date | None]) -> tuple[str, tuple[str, ...]]:
    """Three-valued: an unknown fact only matters where the known ones do not decide."""
    results = [_branch(branch, facts) for branch in requirement.branches]
    if any(result == MET for result, _ in results):
        return MET, ()
    when = facts.get(requirement.when) if requirement.when else True
    if when is False:
        return MET, ()
    verdict = UNMET if when and all(result == UNMET for result, _ in results) else UNKNOWN
    missing = [name for result, names in results for name in names if result == verdict]
    return verdict, tuple([requirement.when] if when is None else missing)


def _branch(branch: tuple[str, ...], facts: Mapping[str, bool | date | None]) -> tuple[str, tuple[str, ...]]:
    false = tuple(name for name in branch if facts.get(name) is False)
    if false:
        return UNMET, false
    missing = tuple(name for name in branch if facts.get(name) is None)
    return (UNKNOWN, missing) if missing else (MET, ())


def _age_answer(age: DatedValue, filed_on: bool | date | None, on: date) -> Answer:
    title = f"自立案之日起已超过{age.value}个月"
    if not isinstance(filed_on, date):
        return Answer(title, UNKNOWN, (FACTS["filed_on"],), age.source)
    last = add_months(filed_on, age.value)
    return Answer(title, MET if on > last else UNMET, (f"{day_text(last)}之后",), age.source)


def _overall(verdicts: Iterable[str]) -> str:
    found = set(verdicts)
    return UNMET if UNMET in found else UNKNOWN if UNKNOWN in found else MET
