"""A clue to property is entered, looked into within the days of the law, and finished by the judge; what it leads to can be controlled."""

from __future__ import annotations

from datetime import date

import pytest

from execdesk.reads.casewhere import ListFilter
from execdesk.records.cases import Case
from execdesk.records.property import Property
from execdesk.records.search import ClueCheck, PropertyClue
from tests.flow.bureau import DEBTOR, Bureau

pytestmark = pytest.mark.parametrize("world", ["noticed"])
GIVEN = date(2018, 1, 2)
CLUE = {"party": DEBTOR, "given_by": "applicant", "given_on": GIVEN, "text": "林例一在九所镇街上有一辆白色面包车，平时停在菜市场门口。"}
FOUND = {"done_on": GIVEN, "by": "陈例证、邢例行", "result": "found", "words": "车辆停在菜市场门口，车牌已拍照。"}


def given(bureau: Bureau, **more: object) -> str:
    return bureau.at("clerk", GIVEN).do("clue.give", case=Case.get().id, **{**CLUE, **more}).ids("PropertyClue")[0]


def due(bureau: Bureau) -> tuple[str, date | None, int | None]:
    (row,) = bureau.desk.reads.cases(ListFilter("open"))
    return row.node, row.due_on, row.days_left


def titles(bureau: Bureau) -> list[tuple[str, str]]:
    return [(step.action, step.title) for step in bureau.desk.reads.case_and_steps(Case.get().id)[1]]


def test_a_clear_clue_has_seven_days_and_an_urgent_one_three(bureau: Bureau) -> None:
    clue = given(bureau)
    assert due(bureau) == ("核实线索", date(2018, 1, 9), 7)
    assert bureau.refused("clerk", "clue.grade", clue=clue, clear=True, urgent=True, reason="车可能开走").code == "access.duty"
    bureau.at("judge-1").do("clue.grade", clue=clue, clear=True, urgent=True, reason="车可能开走")
    assert due(bureau) == ("核实线索", date(2018, 1, 5), 3)
    assert bureau.refused("judge-1", "clue.grade", clue=clue, clear=False, urgent=True, reason="不明确").code == "clue.grade"
    bureau.at("judge-1").do("clue.grade", clue=clue, clear=False, urgent=False, reason="未写车牌，无从找起")
    assert due(bureau)[0] == "执限", "an unclear clue has no term"


def test_a_clue_goes_from_the_officer_to_the_judge_and_to_the_thing_it_led_to(bureau: Bureau) -> None:
    clue = given(bureau)
    case = Case.get().id
    assert ("clue.check", "核实线索 林例一在九所镇街上有一辆白色…") in titles(bureau)
    assert bureau.refused("judge-1", "clue.confirm", clue=clue).code == "field.value", "nobody has looked into it yet"
    bureau.at("clerk").do("clue.check", clue=clue, **FOUND)
    assert due(bureau)[0] == "执限", "looking into it ends the term"
    bureau.at("judge-1").do("clue.again", clue=clue, reason="请查发动机号")
    assert PropertyClue.get().state == "given" and due(bureau)[0] == "核实线索"
    bureau.at("clerk").do("clue.check", clue=clue, **FOUND)
    assert ("clue.confirm", "确认线索核实结果 林例一在九所镇街上有一辆白色…") in titles(bureau)
    bureau.at("judge-1").do("clue.confirm", clue=clue)
    assert (PropertyClue.get().state, ClueCheck.select().count()) == ("verified", 2)
    (shown,) = bureau.desk.reads.case(case).searched.clues
    assert (shown.state_words, shown.due_on, shown.found) == ("已核实", None, "2018-01-02 陈例证、邢例行：找到财产。车辆停在菜市场门口，车牌已拍照。")
    (step,) = [one for one in bureau.desk.reads.case_and_steps(case)[1] if one.action == "property.register"]
    known = dict(step.values)
    bureau.at("clerk").do(
        "property.register", case=case, party=known["party"], kind="vehicle", identifiers={"plate": "琼D12345", "brand": "某某牌"}, found_by=known["found_by"],
        found_on=date.fromisoformat(known["found_on"]),
    )
    assert Property.get().found_by == "clue" and not any(action == "property.register" for action, _title in titles(bureau))


@pytest.mark.parametrize(("action", "more", "code"), [
    ("clue.give", {"given_by": "reward", "person": "某甲"}, "clue.sealed"), ("clue.give", {"given_on": date(2018, 1, 3)}, "field.value"),
    ("clue.give", {"text": ""}, "field.missing"), ("clue.give", {"party": "符示例"}, "measure.owner"), ("clue.check", {"done_on": date(2018, 1, 1)}, "clue.day"),
    ("clue.check", {"result": "perhaps"}, "field.value"), ("clue.check", {"words": "  "}, "field.missing"), ("clue.close", {"reason": ""}, "field.missing"),
])
def test_what_is_refused(bureau: Bureau, action: str, more: dict[str, object], code: str) -> None:
    clue = given(bureau)
    values = {"clue.give": {"case": Case.get().id, **CLUE}, "clue.check": {"clue": clue, **FOUND}, "clue.close": {"clue": clue}}[action]
    assert bureau.refused("judge-1" if action == "clue.close" else "clerk", action, **{**values, **more}).code == code
    assert PropertyClue.select().count() == 1 and not ClueCheck.select().exists()


def test_the_judge_ends_a_clue_with_his_reason(bureau: Bureau) -> None:
    clue = given(bureau)
    bureau.at("judge-1").do("clue.close", clue=clue, reason="线索不指向具体财产，已告知申请执行人补充。")
    row = PropertyClue.get()
    assert (row.state, row.outcome, due(bureau)[0]) == ("refused", "线索不指向具体财产，已告知申请执行人补充。", "执限")
    assert bureau.refused("clerk", "clue.check", clue=clue, **FOUND).code == "field.value"
