"""The checks below the drafting page, each in all its states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from execdesk.documents.adoption import unconfirmed
from execdesk.documents.assemble import fill
from execdesk.documents.checks import Check, CheckedDraft, run_checks
from execdesk.documents.content import ContentTable, Paragraph, TableCell
from execdesk.documents.facts import CaseFacts, Facts, MoneyFacts
from execdesk.documents.texts import digest_of
from tests.documents.samples import CASE_NO, DAY, FACTS, FREEZE, MAN, NEEDED, RENEWAL, authority, book, catalogue, make


def draft(type_id: str = "ruling_freeze", facts: Facts | None = None, on: date = DAY) -> CheckedDraft:
    facts = facts or NEEDED[type_id]
    shelf = catalogue()
    return CheckedDraft(shelf.type(type_id), shelf.text(type_id, on), facts, book(), on, make(type_id, facts, on))


def check(key: str, made: CheckedDraft, **asked: object) -> Check:
    return next(one for one in run_checks(made, **asked) if one.key == key)  # type: ignore[arg-type]


def with_facts(**changes: object) -> CheckedDraft:
    return draft(facts=replace(FACTS, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("type_id", NEEDED)
def test_a_complete_draft_passes(type_id: str) -> None:
    on = date(2018, 7, 10) if type_id == "ruling_renew_control" else date(2017, 8, 2)
    found = run_checks(draft(type_id, on=on), missing_glyphs=lambda text: ())
    assert [one for one in found if one.state != "ok"] == []
    assert all(one.sentence and one.label for one in found)


def test_blanks_stop_and_lead_to_the_first() -> None:
    found = check("blanks", with_facts(case=CaseFacts(CASE_NO, "借款")))
    assert (found.state, found.label, found.field) == ("stop", "空白项 1", "obligation") and "责令履行的义务" in found.sentence


def test_leftovers_stop() -> None:
    found = check("leftovers", with_facts(case=replace(FACTS.case, obligation="向林××付款")))
    assert found.state == "stop" and "××" in found.sentence


@pytest.mark.parametrize(
    ("amount", "money", "state"),
    [
        (50_650_00, MoneyFacts(50_000_00, 650_00, 0), "ok"),
        (50_650_01, MoneyFacts(50_000_00, 650_00, 0), "warn"),
        (50_000_00, MoneyFacts(50_000_00, 650_00, 10_000_00), "warn"),
        (50_000_00, MoneyFacts(None, None, 0), "warn"),
        (60_000_00, MoneyFacts(50_000_00, None, 0, interest=10_000_00), "ok"),
    ],
)
def test_control_stays_within_the_claim(amount: int, money: MoneyFacts, state: str) -> None:
    found = check("amounts", with_facts(measures=(replace(FREEZE, amount=amount),), money=money))
    assert found.state == state


def test_an_amount_in_the_text_must_be_the_measures() -> None:
    made = draft()
    body = tuple(
        replace(block, text=block.text.replace("50000元", "5000元")) if isinstance(block, Paragraph) else block
        for block in made.content.body
    )
    found = check("amounts", replace(made, content=replace(made.content, body=body)))
    assert found.state == "stop" and "正文写5000元，措施为50000元" in found.sentence


def test_a_release_is_not_measured_by_the_claim() -> None:
    facts = NEEDED["ruling_release_control"]
    assert check("amounts", draft("ruling_release_control", replace(facts, money=MoneyFacts(1)))).state == "ok"


def test_capitals_must_equal_figures() -> None:
    made = draft("notice_assist_deposit")
    assert check("capitals", made).sentence == "1处相符"
    table = next(block for block in made.content.slip if isinstance(block, ContentTable))
    rows = tuple(
        tuple(replace(cell, text=cell.text.replace("伍万", "陆万")) if isinstance(cell, TableCell) else cell for cell in row)
        for row in table.rows
    )
    slip = tuple(replace(table, rows=rows) if block is table else block for block in made.content.slip)
    assert check("capitals", replace(made, content=replace(made.content, slip=slip))).state == "stop"


def test_the_owner_must_be_a_party() -> None:
    found = check("parties", with_facts(measures=(replace(FREEZE, owner="路人"),)))
    assert (found.state, found.field) == ("stop", "owner")


def test_a_side_without_anybody_stops() -> None:
    assert check("parties", with_facts(parties=(MAN,))).sentence == "案件没有登记申请执行人"


def test_a_party_missing_from_the_text_stops() -> None:
    made = draft()
    body = tuple(block for block in made.content.body if not (isinstance(block, Paragraph) and "林例一" in block.text))
    assert check("parties", replace(made, content=replace(made.content, body=body))).state == "stop"


def test_details_nobody_knows_are_a_warning() -> None:
    found = check("parties", with_facts(parties=(FACTS.parties[0], replace(MAN, born_on=None, address=""))))
    assert (found.state, found.sentence) == ("warn", "林例一缺出生日期、住址")


@pytest.mark.parametrize(
    ("case", "on", "words"),
    [
        (replace(FACTS.case, filed_on=date(2017, 8, 2)), DAY, "立案（2017-08-02）晚于签署（2017-08-01）"),
        (FACTS.case, date(2017, 7, 2), "立案（2017-07-03）晚于签署（2017-07-02）"),
        (replace(FACTS.case, applied_on=date(2017, 7, 4)), DAY, "申请（2017-07-04）晚于立案（2017-07-03）"),
    ],
)
def test_days_must_follow_one_another(case: CaseFacts, on: date, words: str) -> None:
    found = check("dates", draft(facts=replace(FACTS, case=case), on=on))
    assert (found.state, found.sentence) == ("stop", words)


def test_a_day_filled_in_must_not_lie_after_signing() -> None:
    facts = NEEDED["decision_extend"]
    found = check("dates", draft("decision_extend", replace(facts, told={**facts.told, "extension_applied_on": date(2017, 8, 2)})))
    assert (found.state, found.field) == ("stop", "applied_for_on")
    before = replace(facts, told={**facts.told, "extension_applied_on": date(2017, 7, 2)})
    assert check("dates", draft("decision_extend", before)).sentence == "申请延长的日期（2017-07-02）早于立案日期（2017-07-03）"


@pytest.mark.parametrize(
    ("measure", "state"),
    [
        (FREEZE, "ok"), (replace(FREEZE, months=13), "stop"),
        (replace(FREEZE, fixed_start=DAY, fixed_end=date(2018, 7, 31)), "ok"),
        (replace(FREEZE, fixed_start=DAY, fixed_end=date(2018, 8, 1)), "stop"),
    ],
)  # fmt: skip
def test_the_term_is_that_of_the_law(measure: object, state: str) -> None:
    assert check("terms", with_facts(measures=(measure,))).state == state


@pytest.mark.parametrize(
    ("measure", "on", "state"),
    [
        (RENEWAL, date(2018, 7, 31), "ok"),
        (RENEWAL, date(2018, 8, 1), "stop"),  # lapsed the evening before
        (replace(RENEWAL, months=13), date(2018, 7, 31), "stop"),
        (replace(RENEWAL, fixed_start=date(2018, 8, 2)), date(2018, 7, 31), "stop"),
    ],
)
def test_a_renewal_joins_the_old_term(measure: object, on: date, state: str) -> None:
    facts = replace(FACTS, measures=(measure,))  # type: ignore[arg-type]
    assert check("terms", draft("ruling_renew_control", facts, on)).state == state


@pytest.mark.parametrize(("days", "state"), [(1, "ok"), (15, "ok"), (16, "stop")])
def test_detention_lasts_one_to_fifteen_days(days: int, state: str) -> None:
    inputs = {**NEEDED["decision_detention"].inputs, "days": days}
    found = check("limits", draft("decision_detention", replace(NEEDED["decision_detention"], inputs=inputs)))
    assert found.state == state and (state == "ok" or found.field == "days")


def test_a_new_signing_day_shows_changed_articles() -> None:
    made = draft(on=date(2022, 4, 12))
    found = check("citations", made, previous_day=date(2022, 3, 30))
    assert (found.state, found.label, found.field) == ("warn", "条号变化 1", "signed_on")
    assert "第四百八十七条 → 第四百八十五条" in found.sentence
    assert check("citations", made, previous_day=date(2022, 4, 10)).state == "ok"


def test_characters_without_a_glyph_stop() -> None:
    def missing(text: str) -> Iterable[str]:
        return [sign for sign in text if sign == "例"]

    found = check("glyphs", draft(), missing_glyphs=missing)
    assert (found.state, found.label) == ("stop", "缺字 1") and "「例」" in found.sentence


def test_the_matter_must_fit_the_document() -> None:
    table = authority()
    right = table.decide("freeze_deposit", on=DAY)
    found = check("authority", draft(), authority=right)
    assert found.state == "ok" and "执行法官" in found.sentence
    assert check("authority", draft(), authority=table.decide("detention", on=DAY)).state == "stop"


def test_a_matter_that_needs_a_panel_stops_without_one() -> None:
    ruling = replace(authority().decide("freeze_deposit", on=DAY), panel="required")
    found = check("signers", draft(), authority=ruling)
    assert (found.state, found.field) == ("stop", "panel")
    assert check("signers", draft()).sentence == "审判员法官沿一"


def test_checks_hold_on_the_filled_document_too() -> None:
    made = draft()
    filled = replace(made, content=fill(made.content, CASE_NO, DAY))
    assert all(one.state == "ok" for one in run_checks(filled))


def test_adoption_lists_what_is_unconfirmed() -> None:
    shelf = catalogue()
    text = shelf.text("ruling_deduct", DAY)
    found = unconfirmed(shelf.type("ruling_deduct"), text, shelf.series("ruling_deduct", DAY), book(), DAY)
    assert [(one.kind, one.key) for one in found] == [("text", f"ruling_deduct#{digest_of(text)}"), ("parties", "parties")]
    found = unconfirmed(
        shelf.type("order_consumption"),
        shelf.text("order_consumption", DAY),
        shelf.series("order_consumption", DAY),
        book(),
        DAY,
    )
    assert [one.kind for one in found] == ["text", "series"]
