"""What the signing day fills, what is approved, what is shown and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from execdesk.documents.assemble import assembled, fill, leftovers, preview, scope_of, unfilled
from execdesk.documents.content import Content
from execdesk.documents.facts import CaseFacts, Facts
from execdesk.documents.fields import DocumentField, fields_of
from execdesk.documents.filling import texts
from execdesk.documents.wire import dump, load
from execdesk.law.control import control_end
from execdesk.law.refusal import Refusal
from tests.documents.samples import CASE_NO, DAY, FACTS, FREEZE, NEEDED, book, catalogue, lines, make

NUMBERS = {"ruling": CASE_NO}


def marks(content: Content) -> list[str]:
    """The slots that are still in a content."""
    return [mark for text in texts(content) for mark in re.findall("⟦[^⟦⟧]*⟧", text)]


def number_for(type_id: str) -> str:
    """The number printed: none where a type has no series."""
    return CASE_NO + "之一" if catalogue().type(type_id).series else ""


@pytest.mark.parametrize("type_id", NEEDED)
def test_a_filled_document_has_no_slot_left(type_id: str) -> None:
    filled = fill(make(type_id), number_for(type_id), DAY, NUMBERS)
    assert (marks(filled), leftovers(filled), unfilled(filled)) == ([], (), {})
    assert (filled.number, filled.signed_on) == (number_for(type_id), DAY)


@pytest.mark.parametrize("type_id", NEEDED)
def test_content_survives_storage(type_id: str) -> None:
    content = make(type_id)
    again = load(dump(content))
    assert again == content and again.hash == content.hash and again.facts == content.facts
    filled = fill(content, number_for(type_id), DAY, NUMBERS)
    assert load(dump(filled)) == filled


@pytest.mark.parametrize(
    ("signed_on", "months"),
    [
        (date(2017, 8, 1), 12), (date(2017, 8, 15), 12), (date(2016, 2, 29), 12), (date(2017, 8, 31), 6),
        (date(2019, 2, 28), 12), (date(2020, 1, 31), 1), (date(2017, 12, 31), 2),
    ],
)  # fmt: skip
def test_days_counted_from_signing_agree_with_the_law(signed_on: date, months: int) -> None:
    facts = replace(FACTS, case=CaseFacts(CASE_NO, "借款", obligation="还款"))
    facts = replace(facts, measures=(replace(FREEZE, months=months),))
    filled = fill(make("ruling_freeze", facts, max(signed_on, date(2016, 8, 1))), CASE_NO, signed_on)
    end = control_end(book(), "bank_deposit", signed_on, months).ends_on
    words = f"自{signed_on.year}年{signed_on.month}月{signed_on.day}日起至{end.year}年{end.month}月{end.day}日止"
    assert any(words in line for line in lines(filled))


def test_the_slip_carries_the_notices_own_number() -> None:
    filled = fill(make("notice_assist_deposit"), f"{CASE_NO}之二", DAY, NUMBERS)
    assert f"你院{CASE_NO}之二协助冻结存款通知书及{CASE_NO}执行裁定书收悉" in lines(filled, "slip")[2]
    assert filled.attachments == (f"附：{CASE_NO}执行裁定书",)


def test_the_approval_hash_does_not_know_day_or_number() -> None:
    content = make("ruling_freeze")
    later = make("ruling_freeze", on=date(2017, 9, 11))
    assert content.hash == later.hash
    assert replace(content, number=CASE_NO, signed_on=DAY).hash == content.hash


CHANGES: dict[str, Facts] = {
    "amount": replace(FACTS, measures=(replace(FREEZE, amount=FREEZE.amount + 1),)),
    "account": replace(FACTS, measures=(replace(FREEZE, account_no="6222020000000001235"),)),
    "bank": replace(FACTS, measures=(replace(FREEZE, institution="某某银行黄流支行"),)),
    "term": replace(FACTS, measures=(replace(FREEZE, months=11),)),
    "fixed start": replace(FACTS, measures=(replace(FREEZE, fixed_start=DAY),)),
    "owner": replace(FACTS, measures=(replace(FREEZE, owner="符例二"),)),
    "party": replace(FACTS, parties=(FACTS.parties[0], replace(FACTS.parties[1], address="别处"))),
    "notice day": replace(FACTS, told={**FACTS.told, "notices_sent": "于2017年7月11日向被执行人林例一发出"}),
    "obligation": replace(FACTS, case=replace(FACTS.case, obligation="立即还款")),
    "performance": replace(FACTS, money=replace(FACTS.money, realised=1)),
    "judge": replace(FACTS, staff=replace(FACTS.staff, judge=replace(FACTS.staff.judge, name="法官沿二"))),
    "signing person": replace(FACTS, staff=replace(FACTS.staff, judge=replace(FACTS.staff.judge, person="J9"))),
    "clerk": replace(FACTS, staff=replace(FACTS.staff, clerk="例书二")),
    "court": replace(FACTS, court=replace(FACTS.court, name="某某人民法院")),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_approval_hash_changes_with_any_other_value(what: str) -> None:
    assert make("ruling_freeze", CHANGES[what]).hash != make("ruling_freeze").hash


def test_the_approval_hash_changes_with_a_citation_and_a_text_version() -> None:
    content = make("ruling_freeze")
    assert make("ruling_freeze", on=date(2022, 1, 4)).hash != content.hash
    assert replace(content, text_version="ruling_freeze@2030-01-01").hash != content.hash


def test_other_documents_numbers_are_slots_in_the_hash_too() -> None:
    content = make("notice_assist_deposit")
    known = make("notice_assist_deposit", replace(NEEDED["notice_assist_deposit"], documents={"ruling": CASE_NO}))
    assert "⟦number:ruling⟧" in marks(content) and content.hash != known.hash


def test_a_preview_fills_for_today_and_says_what_may_move() -> None:
    shown = preview(make("ruling_freeze"), date(2017, 8, 3))
    assert any("自2017年8月3日起至2018年8月2日止" in line for line in lines(shown.content))
    assert [(slot.mark, slot.shown, slot.words) for slot in shown.open] == [
        ("⟦signed_on⟧", "2017年8月3日", "随签发日"),
        ("⟦signed_on+12m-1d⟧", "2018年8月2日", "随签发日"),
    ]
    assert shown.content.number == "（文号待取）" and marks(shown.content) == []


def test_a_preview_shows_gaps_and_waiting_numbers() -> None:
    content = make(
        "notice_assist_deposit", replace(NEEDED["notice_assist_deposit"], measures=(replace(FREEZE, amount=None),))
    )
    shown = preview(content, DAY)
    assert "金额＿＿＿＿元" in lines(shown.content)[2]
    assert {slot.mark: slot.shown for slot in shown.open}["⟦number:ruling⟧"] == "（文号待取）"
    assert preview(content, DAY, CASE_NO, NUMBERS).content.number == CASE_NO


def test_missing_values_are_listed_and_stop_the_issue() -> None:
    facts = replace(FACTS, case=CaseFacts(CASE_NO, "借款"), measures=(replace(FREEZE, account_no="", amount=None),))
    content = make("ruling_freeze", facts)
    assert unfilled(content) == {
        "account": "账号", "amount": "金额", "obligation": "责令履行的义务",
    }  # fmt: skip
    with pytest.raises(Refusal) as refused:
        fill(content, CASE_NO, DAY)
    assert refused.value.code == "document.blank" and "账号、金额" in refused.value.text


@pytest.mark.parametrize(
    ("type_id", "facts", "missing"),
    [
        ("ruling_freeze", replace(FACTS, measures=()), {"operative": "主文"}),
        (
            "ruling_correction",
            replace(NEEDED["ruling_correction"], inputs={}),
            {"corrections": "补正的内容"},
        ),
        (
            "ruling_correction",
            replace(NEEDED["ruling_correction"], inputs={"corrections": [{"wrong": "甲"}]}),
            {"right": "更正为"},
        ),
    ],
)
def test_an_empty_operative_part_is_missing(type_id: str, facts: Facts, missing: dict[str, str]) -> None:
    found = unfilled(make(type_id, facts))
    assert missing.items() <= found.items()


def test_a_sanction_without_its_person_is_missing_him() -> None:
    assert "target" in unfilled(make("decision_detention", replace(NEEDED["decision_detention"], target=None)))


def test_a_missing_choice_that_prints_nothing_is_listed_too() -> None:
    facts = replace(NEEDED["decision_detention"], inputs={**NEEDED["decision_detention"].inputs, "ground": ""})
    assert unfilled(make("decision_detention", facts)) == {"ground": "拘留的事由"}


@pytest.mark.parametrize(
    ("type_id", "number", "others"),
    [("ruling_freeze", "", {}), ("receipt_service", CASE_NO, {}), ("notice_assist_deposit", CASE_NO, {})],
)
def test_a_number_missing_or_not_wanted_is_refused(type_id: str, number: str, others: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refused:
        fill(make(type_id), number, DAY, others)
    assert refused.value.code == "document.number"


def test_a_sanction_takes_the_number_entered() -> None:
    facts = replace(NEEDED["decision_detention"], sanction_number="(2017)琼9027司惩3号")
    content = make("decision_detention", facts)
    assert content.number == "（2017）琼9027司惩3号"
    assert content.hash == make("decision_detention").hash
    with pytest.raises(Refusal):
        fill(content, "（2017）琼9027司惩4号", DAY)
    assert fill(content, "（2017）琼9027司惩3号", DAY).number == "（2017）琼9027司惩3号"


def test_every_value_keeps_its_source() -> None:
    facts = replace(FACTS, sources={"fact.notices_sent": "执行通知书", "money.performance": "案款"})
    found = make("ruling_freeze", facts).facts
    assert found["notices"] == {
        "value": "于2017年7月10日向被执行人林例一发出", "label": "执行通知书何时向何人发出", "source": "执行通知书", "path": "fact.notices_sent",
    }  # fmt: skip
    assert found["@notice_sent"] == {"value": "有记录", "label": "执行通知书的发出", "source": "案件记录", "path": "claim.notice_sent"}
    assert (found["cause"]["source"], found["amount"]["source"], found["citations"]["source"]) == (
        "立案登记",
        "措施",
        "法规参数",
    )


def test_values_of_a_second_measure_are_kept_beside_the_first() -> None:
    found = make("ruling_freeze", replace(FACTS, measures=(FREEZE, replace(FREEZE, amount=1)))).facts
    assert (found["amount"]["value"], found["amount#2"]["value"]) == ("50000", "0.01")


@pytest.mark.parametrize(
    ("type_id", "inputs"),
    [
        ("ruling_correction", {"corrections": ["甲"]}), ("ruling_renew_control", {"applied_renewal_on": "2017-02-30"}),
        ("decision_detention", {"days": "许多"}), ("decision_detention", {"days": 0}), ("ruling_release_control", {"ground": "whim"}),
    ],
)  # fmt: skip
def test_an_input_that_cannot_be_read_is_refused_by_its_label(type_id: str, inputs: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        make(type_id, replace(NEEDED[type_id], inputs=inputs))
    assert refused.value.code == "document.input" and refused.value.text.startswith("「")


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("林××", ("××",)), ("等……", ("……",)), ("共{n}元", ("{", "}")), ("〔查封|冻结〕", ("〔", "〕")), ("某仲裁字〔2016〕12号", ()),
        ("［住址］", ("［", "］")), ("账号＿＿", ("＿＿",)),
    ],
)  # fmt: skip
def test_leftover_marks_are_found(words: str, marks: tuple[str, ...]) -> None:
    facts = replace(FACTS, case=replace(FACTS.case, obligation=words))
    assert leftovers(make("ruling_freeze", facts)) == marks


def test_a_text_is_not_used_outside_its_days() -> None:
    with pytest.raises(Refusal) as refused:
        make("ruling_freeze", on=date(2016, 7, 31))
    assert refused.value.code == "document.no_text"


def field(name: str, type_id: str, facts: Facts) -> DocumentField | None:
    return next((one for one in fields_in(type_id, facts) if one.slot.name == name), None)


def fields_in(type_id: str, facts: Facts) -> tuple[DocumentField, ...]:
    shelf = catalogue()
    scope = scope_of(shelf.text(type_id, DAY), facts, book(), DAY)
    assembled(shelf.type(type_id), scope.text_version, scope)
    return fields_of(scope)


def test_the_drafting_page_asks_only_for_what_the_case_does_not_know() -> None:
    found = fields_in("ruling_freeze", FACTS)
    assert [one.slot.name for one in found if one.to_fill] == ["immediate"]
    assert {one.slot.name: (one.value, one.origin) for one in found if not one.to_fill}["amount"] == ("50000", "措施")


def test_a_gap_in_the_case_is_no_field_and_what_is_typed_into_it_is_not_printed() -> None:
    facts = replace(FACTS, case=replace(FACTS.case, obligation=""), inputs={"obligation": "立即还款"})
    asked = field("obligation", "ruling_freeze", facts)
    assert asked is not None and asked.missing and not asked.to_fill
    assert "obligation" in unfilled(make("ruling_freeze", facts)) and "立即还款" not in "".join(lines(make("ruling_freeze", facts)))


def test_fields_follow_the_choices_made() -> None:
    facts = NEEDED["ruling_release_control"]
    assert field("third", "ruling_release_control", facts) is None
    assert field("third", "ruling_release_control", replace(facts, inputs={"ground": "third_party"})) is not None
    assert field("n", "notice_execution", FACTS) is None
    later = replace(FACTS, inputs={"deadline": "自本通知书送达之日起{n}日内"})
    asked = field("n", "notice_execution", later)
    assert asked is not None and asked.missing
