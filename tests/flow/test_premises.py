"""What a matter rests on: nothing goes forward without it, whatever the action; the way on is told; two desks that broke it together say so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from execdesk.casefile.premises import PREMISES, premises_of
from execdesk.casework.search.feedback import feedback_words
from execdesk.integrity.invariants import broken_invariants
from execdesk.records.approvals import Request
from execdesk.records.cases import Party
from execdesk.records.fileentries import FileEntry
from tests.flow.bureau import APPLICANT, DEBTOR, Bureau, examination
from tests.flow.test_let_through import code, met, pair
from tests.looking import look_at
from tests.world import DAY, Notes

__all__ = ["pair"]
ORDER = {"type": "order_consumption", "matter": "issue_consumption_order", "party": DEBTOR, "addressee": DEBTOR}
FILED, LATER = date(2017, 7, 8), date(2018, 1, 2)


def opened(bureau: Bureau, case: str, matter: str, **more: Any) -> str:
    bureau.at("clerk")
    return bureau.at(bureau.judge(case)).do("request.open", case=case, matter=matter, **more).ids("Request")[0]


def enter(bureau: Bureau, case: str, *entries: dict[str, Any]) -> list[str]:
    bureau.at("clerk")
    return bureau.at(bureau.judge(case)).do("file.enter", case=case, entries=list(entries)).ids("FileEntry")


def test_what_is_declared_is_known_here_and_in_the_tables(bureau: Bureau) -> None:
    session = bureau.at("clerk").session
    declared = premises_of(session.resources)
    assert {rule.fact for rules in declared.values() for rule in rules} == {"notice_over", "adult", "tnr_gates"} <= PREMISES.keys()
    assert all(session.authority.matter(matter) is not None for matter in declared)
    for rule in {rule for rules in declared.values() for rule in rules}:
        assert session.law.history(rule.law) and all(session.law.history(key) for _, key in rule.unless)


# -- the notice and its term -------------------------------------------------------------------------------------------


@pytest.mark.begins("registered")
@pytest.mark.parametrize("values", [None, ORDER, {"matter": "issue_consumption_order", "party": DEBTOR}])
def test_no_restriction_without_a_notice_that_was_served_and_whose_time_has_run(bureau: Bureau, notes: Notes, values: dict[str, Any] | None) -> None:
    case, judge = notes["case"], notes["judge"]
    action = "order.consumption" if values is None else "document.propose" if "type" in values else "request.open"
    request = bureau.at(judge).do(action, case=case, **({"party": DEBTOR} if values is None else values)).ids("Request")[0]
    refused = bureau.refused(judge, "request.submit", request=request)
    assert refused.code == "request.premise" and [way.label for way in refused.ways] == ["发出执行通知书", "登记卷内材料"] and "第1条" in refused.clauses[0].source
    bureau.through(bureau.freeze(case, immediate=True))  # control never waits for it
    notice = bureau.through(bureau.at(judge).do("notice.execution", case=case, party=DEBTOR, days=3))[0]
    refused = bureau.refused(judge, "request.submit", request=request)
    assert "还没有登记送达" in refused.text and refused.ways[0].action == f"service.record:{case},{notice}"
    bureau.serve(notice)
    for day, said in ((DAY, "request.premise"), (DAY + timedelta(days=3), "request.premise"), (DAY + timedelta(days=4), "")):
        bureau.at(judge, day)
        assert code(bureau, judge, "request.submit", request=request) == said, day


@pytest.mark.begins("noticed")
@pytest.mark.parametrize(("recipient", "reached"), [(DEBTOR, True), (APPLICANT, False)])
def test_a_notice_counts_where_it_reached_the_debtor(bureau: Bureau, notes: Notes, recipient: str, reached: bool) -> None:
    bureau.serve(notes["notice"], recipient=recipient, note=None if reached else "应其要求给一份")
    request = opened(bureau, notes["case"], "issue_consumption_order", party=DEBTOR)
    assert code(bureau, notes["judge"], "request.submit", request=request) == ("" if reached else "request.premise")


@pytest.mark.begins("registered")
def test_a_notice_on_paper_counts_by_the_entry_of_the_file_and_its_term(bureau: Bureau, notes: Notes) -> None:
    case, judge = notes["case"], notes["judge"]
    request = opened(bureau, case, "issue_consumption_order", party=DEBTOR)
    entry = {"item": "notice_served", "party": DEBTOR, "on": DAY, "ended_on": DAY + timedelta(days=3), "page": "7"}
    row = enter(bureau, case, entry)[0]
    bureau.at(judge, DAY + timedelta(days=3))
    assert code(bureau, judge, "request.submit", request=request) == "request.premise"
    bureau.at(judge, DAY + timedelta(days=4))
    assert code(bureau, judge, "file.strike", case=case, entry=row, reason="页码错") == ""
    assert code(bureau, judge, "request.submit", request=request) == "request.premise", "what was struck shows nothing"
    enter(bureau, case, entry)
    assert code(bureau, judge, "request.submit", request=request) == ""


@pytest.mark.begins("registered")
def test_who_is_listed_as_dishonest_is_restricted_without_more(bureau: Bureau, notes: Notes) -> None:
    case = notes["case"]
    request = opened(bureau, case, "issue_consumption_order", party=DEBTOR)
    enter(bureau, case, {"item": "listed", "party": DEBTOR, "on": DAY, "page": "9"})
    assert code(bureau, notes["judge"], "request.submit", request=request) == ""


@pytest.mark.begins("registered")
@pytest.mark.parametrize(("entries", "said"), [
    ([], "file.nothing"), ([{"item": "notice_served", "party": DEBTOR}], "file.nothing"),
    ([{"item": "notice_served", "party": APPLICANT, "on": DAY}], "file.entry"), ([{"item": "notice_served", "party": DEBTOR, "on": DAY, "ended_on": date(2018, 1, 1)}], "file.entry"),
    ([{"item": "no_clue", "on": DAY, "ended_on": DAY}], "file.entry"), ([{"item": "queried:存款", "party": DEBTOR, "on": DAY}], "file.entry"),
    ([{"item": "no_clue", "on": DAY}] * 2, "file.entry"), ([{"item": "no_clue", "on": date(2018, 1, 3)}], "field.value"), ([{"item": "何物", "on": DAY}], "field.value"),
])
def test_a_wrong_entry_of_the_file_says_what_is_wrong_and_keeps_nothing(bureau: Bureau, notes: Notes, entries: list[dict[str, Any]], said: str) -> None:
    refused = bureau.refused(notes["judge"], "file.enter", case=notes["case"], entries=entries)
    assert refused.code == said and FileEntry.select().count() == 0, refused.text


# -- the young ---------------------------------------------------------------------------------------------------------


@pytest.mark.begins("registered")
@pytest.mark.parametrize(("born", "said"), [(date(2000, 1, 1), ""), (date(2000, 1, 2), "request.premise"), (date(2008, 5, 5), "request.premise"), (None, "request.premise")])
def test_a_minor_or_somebody_of_unknown_age_is_not_listed(bureau: Bureau, notes: Notes, born: date | None, said: str) -> None:
    case, judge = notes["case"], notes["judge"]
    bureau.at("clerk").do("party.add", case=case, side="debtor", name="林例小", values={"born_on": born} if born else {})
    request = opened(bureau, case, "list_dishonest", party="林例小")
    assert code(bureau, judge, "request.submit", request=request) == said
    bureau.at("clerk").do("party.special", case=case, party="林例小", kinds=["人大代表"], source="代表证")
    assert code(bureau, judge, "request.submit", request=opened(bureau, case, "list_dishonest", party="林例小")) == said, "at the level of a deputy no less"
    unit = bureau.at("clerk").do("party.add", case=case, side="debtor", name="某某示例有限公司", values={"kind": "legal"}).ids("Party")[0]
    assert code(bureau, judge, "request.submit", request=opened(bureau, case, "list_dishonest", party=unit)) == ""
    assert "写明是哪一名" in bureau.refused(judge, "request.submit", request=opened(bureau, case, "list_dishonest")).text


@pytest.mark.begins("registered")
def test_a_day_of_birth_set_right_at_one_desk_makes_the_listing_of_the_other_an_incident(pair: tuple[Bureau, Bureau], notes: Notes) -> None:
    hq, hl = pair
    case, judge = notes["case"], notes["judge"]
    look_at(hl.desk)
    request = opened(hl, case, "list_dishonest", party=DEBTOR)
    hl.at(judge).do("request.submit", request=request)
    hl.desk.do("request.approve", request=request)
    look_at(hq.desk)
    party = hq.party(case).id
    hq.at("clerk").do("party.change", case=case, party=party, values={"born_on": date(2008, 5, 5)}, reason="户籍更正")
    assert met(hq, hl) == ["request.premise"]
    assert Party.get_by_id(party).born_on == date(2008, 5, 5) and Request.get_by_id(request).state == "approved"


# -- 终本 ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def old(bureau: Bureau) -> str:
    """A case of half a year, nothing done in it."""
    return bureau.register("（2017）琼9027执7号", filed_on=FILED)


def test_the_end_of_a_round_waits_until_each_condition_was_examined(bureau: Bureau, old: str) -> None:
    judge = bureau.judge(old)
    request = opened(bureau, old, "terminate_this_round")
    refused = bureau.refused(judge, "request.submit", request=request)
    assert refused.code == "request.premise" and [way.action for way in refused.ways] == [f"file.enter:{old}"]
    assert len(refused.clauses) == refused.text.count("——") == 5, "the sixth, three months, stands"
    entries = examination(bureau.desk, old, date(2018, 1, 1))
    rows = enter(bureau, old, *entries)
    assert len(rows) == len(entries) >= 15
    for row, entry in zip(rows, entries, strict=True):
        bureau.desk.do("file.strike", case=old, entry=row, reason="核对")
        assert code(bureau, judge, "request.submit", request=request) == "request.premise", entry["item"]
        again = {key: value for key, value in entry.items() if value is not None}
        enter(bureau, old, again)
    assert code(bureau, judge, "request.submit", request=request) == ""
    bureau.at("president").do("request.approve", request=request)
    assert not [one for one in broken_invariants(bureau.desk.session) if one.place.startswith("request.premise")]


@pytest.mark.parametrize(("filed", "said"), [(date(2017, 10, 1), ""), (date(2017, 10, 2), "request.premise")])
def test_the_end_of_a_round_waits_for_more_than_three_months(bureau: Bureau, filed: date, said: str) -> None:
    case = bureau.register("（2017）琼9027执7号", filed_on=filed)
    enter(bureau, case, *examination(bureau.desk, case, LATER))
    request = opened(bureau, case, "terminate_this_round")
    assert code(bureau, bureau.judge(case), "request.submit", request=request) == said


@pytest.mark.parametrize(("more", "lacks"), [
    ({"item": "missing", "party": DEBTOR}, "下落不明"), ({"item": "crime_suspected", "party": DEBTOR}, "涉嫌犯罪"), ({"item": "books_hidden", "party": DEBTOR}, "会计账簿"),
    ({"item": "report_refused", "party": DEBTOR}, "拒绝报告"), ({"item": "report_incomplete", "party": DEBTOR}, "不完整"),
])
def test_what_shows_a_further_duty_asks_for_it(bureau: Bureau, old: str, more: dict[str, Any], lacks: str) -> None:
    request = opened(bureau, old, "terminate_this_round")
    enter(bureau, old, *examination(bureau.desk, old, date(2018, 1, 1)))
    enter(bureau, old, {**more, "on": LATER})
    assert lacks in bureau.refused(bureau.judge(old), "request.submit", request=request).text


def test_property_that_was_found_is_sold_or_said_to_be_unsaleable_first(bureau: Bureau, old: str) -> None:
    judge = bureau.judge(old)
    request = opened(bureau, old, "terminate_this_round")
    enter(bureau, old, *examination(bureau.desk, old, date(2018, 1, 1)))
    thing = bureau.at(judge).do("property.register", case=old, party=DEBTOR, kind="vehicle", identifiers={"plate": "琼D12345", "brand": "某某牌"}).ids("Property")[0]
    assert "不能处置" in bureau.refused(judge, "request.submit", request=request).text
    enter(bureau, old, {"item": "not_disposable", "property": thing, "words": "查无下落", "on": LATER})
    assert code(bureau, judge, "request.submit", request=request) == ""


def test_queries_entered_here_are_counted_with_their_answers_and_not_asked_for_again(bureau: Bureau, old: str) -> None:
    """终本规定 第3条: an answer of each sort, or silence after two requests; what was told to the program once is not typed from the file."""
    judge = bureau.judge(old)
    request = opened(bureau, old, "terminate_this_round")
    desk = bureau.at(judge)
    enter(bureau, old, *(entry for entry in examination(desk, old, DAY) if not entry["item"].startswith("queried:")))
    heads = ["bank", "vehicle", "immovable", "securities"]

    def ask(number: str, *of: str) -> str:
        return str(desk.do("query.send", case=old, party=DEBTOR, request_no=number, heads=list(of), sent_on=DAY).ids("NetworkQuery")[0])

    def lacking() -> str:
        return str(bureau.refused(judge, "request.submit", request=request).text)

    assert {entry["item"] for entry in examination(desk, old, DAY)} >= {"queried:存款", "queried:证券"} and "查询存款" in lacking()
    first = ask("C1", *heads)
    assert not [entry for entry in examination(desk, old, DAY) if entry["item"].startswith("queried:")]
    assert "存款未反馈，应再次查询（满2次）" in lacking()
    for head in heads[:3]:
        desk.do("query.answer", query=first, head=head, body="某某银行", answered_on=DAY, nothing=True)
    assert "证券未反馈，应再次查询" in lacking() and "存款" not in lacking() and "不动产" not in lacking()
    enter(bureau, old, {"item": "queried:证券", "reference": "C1", "on": DAY})
    assert "证券未反馈，应再次查询" in lacking(), "the same request typed from the file is no second one"
    ask("C2", "securities")
    assert code(bureau, judge, "request.submit", request=request) == ""


def test_each_sort_that_the_law_asks_for_is_answered_by_a_head_of_the_queries(bureau: Bureau) -> None:
    session = bureau.at("clerk").session
    heads = [head.in_law for head in feedback_words(session.resources).heads if head.in_law]
    assert sorted(heads) == sorted(session.law.value("tnr.query_heads", DAY).value)


def test_an_act_to_be_done_never_ends_in_this_way(bureau: Bureau) -> None:
    case = bureau.register("（2017）琼9027执8号", filed_on=FILED, kind="act_delivery")
    request = opened(bureau, case, "terminate_this_round")
    assert "不适用终结本次执行程序" in bureau.refused(bureau.judge(case), "request.submit", request=request).text


def test_a_clue_that_waits_and_a_report_that_was_not_given_stand_in_the_way(bureau: Bureau, old: str) -> None:
    judge = bureau.judge(old)
    request = opened(bureau, old, "terminate_this_round")
    enter(bureau, old, *examination(bureau.desk, old, date(2018, 1, 1)))
    clue = bureau.at("clerk").do("clue.give", case=old, party=DEBTOR, given_by="applicant", given_on=DAY, text="有一辆白色面包车").ids("PropertyClue")[0]
    assert "白色面包车" in bureau.refused(judge, "request.submit", request=request).text
    bureau.at("clerk").do("clue.check", clue=clue, done_on=DAY, by="陈例证", result="nothing", words="查无此车。")
    assert bureau.refused(judge, "request.submit", request=request).code == "request.premise", "the judge has not been satisfied yet"
    bureau.at(judge).do("clue.confirm", clue=clue)
    assert code(bureau, judge, "request.submit", request=request) == ""


def test_of_several_debtors_each_is_examined_by_himself(bureau: Bureau, old: str) -> None:
    bureau.at("clerk").do("party.add", case=old, side="debtor", name="林例二", values={"id_no": "469027197606060004"})
    assert bureau.refused(bureau.judge(old), "file.enter", case=old, entries=[{"item": "notice_served", "on": DAY}]).code == "file.entry", "of whom?"
    entries = examination(bureau.desk, old, date(2018, 1, 1))
    asked = {entry["party"] for entry in entries if entry["item"] == "queried:存款"}
    assert asked == {bureau.party(old, name).id for name in (DEBTOR, "林例二")}
    request = opened(bureau, old, "terminate_this_round")
    enter(bureau, old, *(entry for entry in entries if entry.get("party") != bureau.party(old, "林例二").id))
    refused = bureau.refused(bureau.judge(old), "request.submit", request=request)
    assert "林例二" in refused.text and DEBTOR not in refused.text
