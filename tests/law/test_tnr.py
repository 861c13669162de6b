"""The gates of 终结本次执行程序: a case that passes, and defects planted in it one by one. Sources: 法〔2016〕373号; 民诉法解释 第519/517条."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from execdesk.law.book import LawBook
from execdesk.law.days import add_days
from execdesk.law.tnr import GATES, Readiness, TnrAnswer, tnr_readiness
from execdesk.law.tnrfacts import (
    AskedFor,
    Clue,
    Debtor,
    Heard,
    Held,
    Obstruction,
    Punishment,
    Query,
    Report,
    TnrFacts,
    TnrProperty,
)
from tests.law.rules import BOOK, day, refused

ON = day("2017-11-20")
HEADS = BOOK.value("tnr.query_heads", ON).value
TOLD = frozenset({"measures", "findings", "consequence"})


def queried(id_no: str, on: str = "2017-09-01") -> tuple[Query, ...]:
    return tuple(Query(head, id_no, f"{id_no}-{n}", day(on), day(on)) for n, head in enumerate(HEADS))


def debtor(name: str, id_no: str) -> Debtor:
    return Debtor(
        name, id_no, day("2017-08-20"), day("2017-08-20"), Report(day("2017-09-10"), "true"), day("2017-09-11"), False, None, "没有履行能力",
        queried(id_no), frozenset(), (), day("2017-10-10"), False, None, False, None, (), False, None,
    )  # fmt: skip


FIRST, SECOND = debtor("符甲", "469027198001010009"), debtor("黎乙", "469027198808080008")
APPLICANT = Heard("陈丙", "applicant", day("2017-11-01"), TOLD, day("2017-11-02"), "record", "", day("2017-11-03"))
GOOD = TnrFacts(
    "money", day("2017-08-15"), (FIRST, SECOND), (Clue("某处房屋", day("2017-09-15")),), (TnrProperty("摩托车", False, "下落不明"),),
    (AskedFor("悬赏", day("2017-09-20")),), (APPLICANT,), Held(), None, None, day("2017-11-15"),
)  # fmt: skip


def ready(facts: TnrFacts, book: LawBook = BOOK) -> Readiness:
    return tnr_readiness(book, facts, ON)


def one(**changes: object) -> TnrFacts:
    """The good case with something changed of the second debtor only."""
    return replace(GOOD, debtors=(FIRST, replace(SECOND, **changes)))


def heard(**changes: object) -> TnrFacts:
    return replace(GOOD, heard=(replace(APPLICANT, **changes),))


def answer(found: Readiness, where: str) -> TnrAnswer:
    return found.approval if where == "approval" else found.money if where == "money" else found.gates[GATES.index(where)]


def test_a_case_that_passes() -> None:
    found = ready(GOOD)
    assert (found.verdict, found.gates_verdict) == ("具备", "具备")
    assert [gate.verdict for gate in found.gates] == ["具备"] * 6 and all(gate.names == () and gate.source for gate in found.gates)
    assert len(found.sheet.steps) == 8 and found.sheet.result == "具备"
    assert {"tnr.silent_duty", "tnr.query_max_age", "deadline.tnr.approval"} <= {value.key for value in found.sheet.basis}
    assert len(found.sheet.basis) == len({value.key for value in found.sheet.basis})


def without(head: str) -> tuple[Query, ...]:
    return tuple(query for query in SECOND.queries if query.head != head)


def silent(requests: int) -> tuple[Query, ...]:
    asked = tuple(Query("证券", SECOND.id_no, f"再-{n}", day("2017-09-01"), False) for n in range(requests))
    return (*without("证券"), *asked)


FINE = Punishment("fine", day("2017-09-25"))
# what is planted, the gate that must not pass, its verdict, words that name it
PLANTED: dict[str, tuple[TnrFacts, str, str, str]] = {
    "one of two debtors was served no notice": (one(notice_served_on=False), "notice_report", "不具备", "黎乙：送达执行通知"),
    "no record of the report order reaching him": (one(order_served_on=None), "notice_report", "查不了", "黎乙：送达报告财产令"),
    "his report was never checked": (one(report=Report(False, "true")), "notice_report", "不具备", "核对报告财产"),
    "a report checked before the order reached him": (one(report=Report(day("2017-08-19"), "true")), "notice_report", "不具备", "核对报告财产"),
    "a false report without punishment": (one(report=Report(day("2017-09-10"), "false", ())), "notice_report", "不具备", "虚假报告"),
    "a false report answered by listing alone": (
        one(report=Report(day("2017-09-10"), "false", (Punishment("listing", day("2017-09-25")),))), "notice_report", "不具备", "虚假报告"),
    "the fine for it was annulled": (one(report=Report(day("2017-09-10"), "late", (replace(FINE, annulled=True),))), "notice_report", "不具备", "逾期报告"),
    "a refusal of which nothing more is recorded": (one(report=Report(day("2017-09-10"), "refused")), "notice_report", "查不了", "拒绝报告"),
    "a consumption order against one debtor only": (one(restricted_on=False), "restriction", "不具备", "黎乙：发出限制消费令"),
    "he could be listed and was not": (one(eligible=True, listed_on=False), "restriction", "不具备", "黎乙：纳入失信名单"),
    "not listed, without a reason": (one(not_listed_reason=""), "restriction", "不具备", "不纳入失信名单的理由"),
    "a clue left unchecked": (replace(GOOD, clues=(*(GOOD.clues or ()), Clue("存款线索"))), "investigation", "不具备", "线索「存款线索」核实"),
    "one head of property never asked about": (one(queries=without("证券")), "investigation", "查不了", "黎乙：查询证券"),
    "asked under another person's number": (one(queries=queried(FIRST.id_no)), "investigation", "不具备", "以他人的证件号码查询"),
    "his own number was never checked": (one(id_no=""), "investigation", "查不了", "证件号码核对"),
    "answers older than six months": (one(queries=queried(SECOND.id_no, "2017-05-19")), "investigation", "查不了", "超过6个月"),
    "one request, no answer": (one(queries=silent(1)), "investigation", "查不了", "证券未反馈，应再次查询（满2次）"),
    "two without an answer, money likely, nobody went there": (one(queries=silent(2), likely=frozenset({"证券"})), "investigation", "不具备", "到现场查询"),
    "something found that can be sold": (replace(GOOD, properties=(TnrProperty("房屋", True),)), "investigation", "不具备", "房屋不能处置"),
    "not to be disposed of, without a reason": (replace(GOOD, properties=(TnrProperty("房屋", False),)), "investigation", "不具备", "记明理由"),
    "an application for a reward left undecided": (replace(GOOD, asked_for=(AskedFor("悬赏", False),)), "investigation", "不具备", "悬赏的申请作出决定"),
    "nobody went to his dwelling": (one(site_inquired_on=False), "investigation", "不具备", "到住所地"),
    "books hidden and not searched for": (one(books_hidden=True, searched_on=False), "investigation", "不具备", "予以搜查"),
    "filed three months ago to the day": (replace(GOOD, filed_on=day("2017-08-20")), "age", "不具备", "2017年11月20日之后"),
    "he is missing and was not looked for": (one(missing=True, looked_for_on=False), "whereabouts", "不具备", "下落不明，予以查找"),
    "an obstruction without punishment": (one(obstructions=(Obstruction(day("2017-10-01"), ()),)), "whereabouts", "不具备", "2017年10月1日妨害执行"),
    "punished before the act it should answer": (
        one(obstructions=(Obstruction(day("2017-10-01"), (FINE,)),)), "whereabouts", "不具备", "2017年10月1日妨害执行"),
    "a crime suspected and not referred": (one(crime_suspected=True, crime_referred_on=False), "whereabouts", "不具备", "移送追究"),
    "the applicant agreed before he was told": (heard(opinion_on=day("2017-10-31")), "hearing", "不具备", "告知以后听取意见"),
    "told before the findings were in": (heard(told_on=day("2017-10-09")), "hearing", "不具备", "在财产调查结束以后告知"),
    "not told of the consequence": (heard(told=TOLD - {"consequence"}), "hearing", "不具备", "告知终本的法律后果"),
    "a note without his own words": (heard(opinion_form="note"), "hearing", "不具备", "以本人的话"),
    "one of two applicants not told": (replace(GOOD, heard=(APPLICANT, replace(APPLICANT, name="王丁", told_on=False))), "hearing", "不具备", "王丁：告知"),
    "cash still in an officer's hands": (replace(GOOD, held=Held(slips=120_000)), "money", "不具备", "未交财务的现金1,200.00元"),
    "money received and not allocated": (replace(GOOD, held=Held(unallocated=5)), "money", "不具备", "未分配0.05元"),
    "the money was not looked at": (replace(GOOD, held=None), "money", "查不了", "案款的核对"),
    "signed before he was told": (heard(signed_on=day("2017-10-31")), "approval", "查不了", "申请执行人签字确认"),
    "the president before the panel": (
        replace(heard(signed_on=False), panel_on=day("2017-11-10"), president_on=day("2017-11-09")), "approval", "不具备", "再由院长批准"),
    "a panel and no president": (replace(heard(signed_on=False), panel_on=day("2017-11-10"), president_on=False), "approval", "不具备", "再由院长批准"),
    "the approval before the signature": (replace(GOOD, approved_on=day("2017-11-02")), "approval", "不具备", "此后经院长"),
    "the panel after one of two was told, before the other": (
        replace(GOOD, heard=(LATER := replace(APPLICANT, signed_on=False), replace(LATER, name="王丁", told_on=day("2017-11-05"), opinion_on=day("2017-11-05"))),
                panel_on=day("2017-11-03"), president_on=day("2017-11-04")), "approval", "不具备", "再由院长批准"),
    "the approval between two signatures": (
        replace(GOOD, heard=(APPLICANT, replace(APPLICANT, name="王丁", signed_on=day("2017-11-16")))), "approval", "不具备", "此后经院长"),
    "an approval of tomorrow": (replace(GOOD, approved_on=add_days(ON, 1)), "approval", "不具备", "此后经院长"),
}  # fmt: skip


TWICE = (*without("证券"), Query("证券", SECOND.id_no, "再-0", day("2017-09-01"), False), Query("证券", SECOND.id_no, "再-1", day("2017-09-05"), day("2017-09-06")))
# what just suffices, and the gate that it passes
SUFFICES: dict[str, tuple[TnrFacts, str]] = {
    "asked and answered on the very day": (one(queries=queried(SECOND.id_no, "2017-11-20")), "investigation"),
    "one request without an answer, the next one answered": (one(queries=TWICE, likely=frozenset({"证券"})), "investigation"),
    "inquired about on the spot on the very day": (one(queries=silent(2), likely=frozenset({"证券"}), spot=(("证券", ON),)), "investigation"),
    "told on the day of the last finding": (heard(told_on=day("2017-10-10")), "hearing"),
}


@pytest.mark.parametrize("name", SUFFICES)
def test_what_just_suffices_passes(name: str) -> None:
    facts, where = SUFFICES[name]
    assert answer(ready(facts), where).verdict == "具备"


@pytest.mark.parametrize("name", PLANTED)
def test_no_planted_defect_passes(name: str) -> None:
    facts, where, verdict, words = PLANTED[name]
    found = ready(facts)
    bad = answer(found, where)
    assert (bad.verdict, found.verdict) == (verdict, verdict)
    assert any(words in line for line in bad.names), bad.names
    others = [*zip(GATES, found.gates, strict=True), ("money", found.money), ("approval", found.approval)]
    assert [gate for gate, found_one in others if found_one.verdict != "具备"] == [where]


MENDED: dict[str, TnrFacts] = {
    "a false report, fined": one(report=Report(day("2017-09-10"), "false", (FINE,))),
    "a false report, detained": one(report=Report(day("2017-09-10"), "false", (Punishment("detention", day("2017-09-25")),))),
    "a late report with a good reason": one(report=Report(day("2017-09-10"), "late", (), "住院")),
    "listed": one(eligible=True, listed_on=day("2017-09-12")), "listed, whatever he was": one(eligible=None, listed_on=day("2017-09-12")),
    "two requests without an answer": one(queries=silent(2)),
    "two, and one went there": one(queries=silent(2), likely=frozenset({"证券"}), spot=(("证券", day("2017-10-12")),)),
    "an old answer and a new one": one(queries=(*queried(SECOND.id_no, "2017-01-01"), *SECOND.queries)),
    "six months to the day": one(queries=queried(SECOND.id_no, "2017-05-20")),
    "nothing found": replace(GOOD, properties=()), "no clue": replace(GOOD, clues=()),
    "books searched for": one(books_hidden=True, searched_on=day("2017-10-01")),
    "looked for": one(missing=True, looked_for_on=day("2017-10-01")),
    "obstruction punished": one(obstructions=(Obstruction(day("2017-09-20"), (FINE,)),)),
    "referred": one(crime_suspected=True, crime_referred_on=day("2017-10-01")),
    "a paper of his": heard(opinion_form="paper"), "a note in his own words": heard(opinion_form="note", opinion_words="同意"),
    "the panel, then the president": replace(heard(signed_on=False), panel_on=day("2017-11-10"), president_on=day("2017-11-10")),
    "the panel where nobody was asked to sign": replace(heard(signed_on=None), panel_on=day("2017-11-10"), president_on=day("2017-11-11")),
    "one day past three months": replace(GOOD, filed_on=day("2017-08-19")),
    "an organ's fine": replace(GOOD, kind="admin_nonlit"),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_what_was_done_passes(name: str) -> None:
    found = ready(MENDED[name])
    assert found.verdict == "具备", [(a.title, a.names) for a in (*found.gates, found.money, found.approval) if a.verdict != "具备"]


UNRECORDED: list[tuple[TnrFacts, str, str]] = [
    (one(report=Report(day("2017-09-10"))), "notice_report", "报告财产的结果"), (one(eligible=None), "restriction", "是否符合纳入"),
    (one(eligible=True), "restriction", "纳入失信名单"), (replace(GOOD, clues=None), "investigation", "是否提供线索"),
    (one(site_inquired_on=None), "investigation", "到住所地"), (one(books_hidden=None), "investigation", "是否隐匿"),
    (replace(GOOD, properties=None), "investigation", "是否发现财产"), (replace(GOOD, properties=(TnrProperty("房屋"),)), "investigation", "房屋"),
    (replace(GOOD, filed_on=None), "age", "立案日"), (one(missing=None), "whereabouts", "是否下落不明"),
    (one(obstructions=None), "whereabouts", "是否妨害执行"), (one(obstructions=(Obstruction(day("2017-10-01")),)), "whereabouts", "妨害执行"),
    (one(crime_suspected=None), "whereabouts", "是否涉嫌犯罪"), (replace(GOOD, heard=()), "hearing", "告知的对象"),
    (heard(told_on=None), "hearing", "告知"), (heard(opinion_form=""), "hearing", "意见记入"), (replace(GOOD, approved_on=None), "approval", "此后"),
    (heard(signed_on=None), "approval", "签字确认"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "where", "words"), UNRECORDED)
def test_what_is_not_recorded_is_not_met(facts: TnrFacts, where: str, words: str) -> None:
    found = answer(ready(facts), where)
    assert found.verdict == "查不了" and any(words in line for line in found.names), found


def test_nothing_recorded_passes_nothing() -> None:
    found = ready(TnrFacts("money"))
    assert {gate.verdict for gate in found.gates} == {"查不了"} and found.verdict == found.gates_verdict == "查不了"
    assert all(gate.names for gate in found.gates) and found.money.verdict == found.approval.verdict == "查不了"
    assert ready(replace(one(notice_served_on=False), filed_on=None)).verdict == "不具备"  # a known lack outweighs what cannot be checked
    assert ready(one(report=Report(day("2017-09-10"), "incomplete"))).gates[0].verdict == "不具备"


def reading(key: str, value: str) -> LawBook:
    known = BOOK.value(key, ON)
    return BOOK.corrected([replace(known, value=value, valid_from=day("2017-08-01"), source="院内通知", corrected_by="局长某某 2017-08-01 更正")])


def test_the_court_may_read_it_the_other_way() -> None:
    annulled = one(report=Report(day("2017-09-10"), "late", (replace(FINE, annulled=True),)))
    assert ready(annulled, reading("tnr.annulled_sanction", "仍算处罚")).verdict == "具备"
    for facts in (one(eligible=True), one(missing=True), one(queries=silent(1)), one(report=Report(None, "true")), one(report=Report(day("2017-09-10"), "late"))):
        assert ready(facts).verdict == "查不了"
        assert ready(facts, reading("tnr.silent_duty", "不具备")).verdict == "不具备"


def test_only_sums_end_so() -> None:
    refused("tnr.kind", lambda: ready(replace(GOOD, kind="act_delivery")))
    never = reading("tnr.criminal_property", "不适用终本")
    for kind in ("criminal_property", "transferred"):
        assert "金钱债权" in refused("tnr.kind", lambda kind=kind: ready(replace(GOOD, kind=kind), never))
    assert ready(GOOD, never).verdict == "具备"
    refused("law.not_in_force", lambda: tnr_readiness(BOOK, GOOD, day("2016-11-30")))


def test_a_case_of_criminal_property_goes_by_the_panel() -> None:
    court = Heard("刑事审判庭", "transferring", day("2017-11-01"), TOLD)
    case = replace(GOOD, kind="criminal_property", heard=(court, replace(court, name="被害人", role="victim")))
    assert ready(case).approval.verdict == "查不了"
    panel = replace(case, panel_on=day("2017-11-10"), president_on=day("2017-11-10"))
    assert ready(panel).verdict == "具备"
    assert ready(replace(panel, heard=(APPLICANT,), panel_on=False)).approval.verdict == "不具备"  # a signature does not help
    moved = replace(panel, kind="transferred", panel_on=False, heard=(court,))
    assert ready(moved).approval.verdict == "不具备"
    assert ready(replace(moved, heard=(APPLICANT,))).verdict == "具备"  # there is a creditor to sign


def test_the_panel_after_the_telling_and_the_approval_after_all() -> None:
    signed = heard(signed_on=False)
    early = replace(signed, panel_on=day("2017-10-31"), president_on=day("2017-11-10"))
    assert ready(early).approval.verdict == "不具备"
    late = replace(signed, panel_on=day("2017-11-10"), president_on=day("2017-11-16"))
    assert ready(late).approval.names == ("此后经院长或者获授权的副院长批准",)
    assert ready(replace(late, approved_on=day("2017-11-16"))).verdict == "具备"


def check_all(mutate: Callable[[TnrFacts], TnrFacts]) -> str:
    return ready(mutate(GOOD)).verdict


def test_every_fact_of_the_future_has_not_happened() -> None:
    later = add_days(ON, 1)
    for name in ("notice_served_on", "order_served_on", "restricted_on", "site_inquired_on"):
        assert check_all(lambda facts, name=name: replace(facts, debtors=(replace(FIRST, **{name: later}),))) == "不具备", name
        at_last = replace(GOOD, debtors=(replace(FIRST, **{name: ON}),), heard=(replace(APPLICANT, told_on=ON, opinion_on=ON, signed_on=ON),), approved_on=ON)
        assert answer(ready(at_last), "restriction").verdict == "具备"
    future = tuple(replace(query, sent_on=later, answered_on=later) for query in SECOND.queries)
    assert answer(ready(one(queries=future)), "investigation").verdict == "查不了"
    assert ready(one(queries=tuple(replace(query, answered_on=later) for query in SECOND.queries))).verdict != "具备"
    assert ready(one(queries=silent(2), likely=frozenset({"证券"}), spot=(("证券", later),))).verdict == "不具备"
