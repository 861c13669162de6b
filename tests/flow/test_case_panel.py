"""What the panel of a case asks of the database, and what it offers: each room its own, sanctions only for recorded acts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from execdesk.approval.offering import next_steps
from execdesk.casefile.view import CaseView
from execdesk.records.cases import Case
from execdesk.records.measures import Measure
from tests.counting import asked_of
from tests.flow.bureau import DEBTOR, Bureau
from tests.world import Notes, Shelf, at_work, recipe

BUDGET = 25  # queries of a case's panel with its next steps: about one a table that they look at


@recipe("in every room")
def _in_every_room(shelf: Shelf, folder: Path) -> Notes:
    """A case with measures, papers and requests in every state of their course."""
    with at_work(shelf, "frozen", folder) as (bureau, notes):
        case = notes["case"]
        bureau.freeze(case, amount=100_00)
        bureau.notice(case)
        bureau.at(bureau.judge(case)).do("measure.release", measure=notes["measure"], ground="other", cause="另行提供了足额现金")
        bureau.desk.do("order.consumption", case=case, party=DEBTOR)
        return notes


@pytest.fixture
def world() -> str:
    return "in every room"


@pytest.fixture
def case(bureau: Bureau, notes: Notes) -> str:
    bureau.at("clerk")
    return str(notes["case"])


@pytest.mark.parametrize("account", ["clerk", "judge-1", "president"])
def test_page_and_steps_ask_little(bureau: Bureau, case: str, account: str) -> None:
    bureau.at(bureau.judge(case))
    bureau.obstruction(case)
    desk = bureau.at(account)
    with asked_of(desk.session.store.base) as asked:
        page, steps = desk.reads.case_and_steps(case)
    assert page.measures and page.documents and page.requests and page.trail and len(steps) > 8
    assert len(asked) <= BUDGET, str(asked)
    assert steps == desk.reads.next_steps(case) and page == desk.reads.case(case)


def test_more_rows_ask_no_more(bureau: Bureau, case: str) -> None:
    desk = bureau.at(bureau.judge(case))
    with asked_of(desk.session.store.base) as before:
        desk.reads.case_and_steps(case)
    for amount in (200_00, 300_00, 400_00):
        bureau.freeze(case, amount=amount)
    with asked_of(desk.session.store.base) as after:
        desk.reads.case_and_steps(case)
    assert len(after) == len(before), after


def test_pressing_steps_come_first(bureau: Bureau, case: str) -> None:
    steps = bureau.at(bureau.judge(case)).reads.next_steps(case)
    waits = [bool(step.detail) and step.action != "sanction.detain" for step in steps]
    assert waits == sorted(waits, reverse=True)


def test_no_sanction_is_offered_without_a_recorded_act(bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)
    desk = bureau.at(judge)
    offered = [step.action for step in desk.reads.next_steps(case)]
    assert "sanction.detain" not in offered and "obstruction.record" in offered
    act = bureau.obstruction(case)
    step = next(step for step in desk.reads.next_steps(case) if step.action == "sanction.detain")
    assert step.target == act and not step.mine and "院长" in step.who
    shown = {one.field.name: one.value for one in desk.reads.form("sanction.detain", case=case, target=act).fields}
    assert (shown["act"], shown["party"], shown["ground"], shown["facts"]) == (act, bureau.party(case).id, "refuse", "有能力履行而拒不履行。")
    values = {"case": case, "act": act, "party": DEBTOR, "ground": "refuse", "facts": "拒不履行", "reasoning": "构成妨害"}
    for days, fits in ((0, False), (16, False), (15, True)):
        number = "（2018）琼9027司惩1号"
        if fits:
            desk.do("sanction.detain", **values, days=days, sanction_number=number)
        else:
            assert bureau.refused(judge, "sanction.detain", **values, days=days, sanction_number=number).code == "field.value"
    assert "sanction.detain" not in [step.action for step in desk.reads.next_steps(case)], "one act bears one detention"
    assert bureau.refused(judge, "sanction.detain", **values, days=5, sanction_number="（2018）琼9027司惩2号").code == "sanction.act"


def test_an_act_names_one_person_and_is_not_to_come(bureau: Bureau, case: str) -> None:
    told = {"case": case, "on": bureau.day, "statute_item": "refuse_assist", "words": "拒不协助查询。"}
    assert bureau.refused("clerk", "obstruction.record", **told).code == "obstruction.person"
    assert bureau.refused("clerk", "obstruction.record", **told, party=DEBTOR, outsider="某某银行").code == "obstruction.person"
    assert bureau.refused("clerk", "obstruction.record", **{**told, "on": date(2099, 1, 1)}, outsider="某某银行").code == "field.value"
    assert bureau.refused("clerk", "obstruction.record", **{**told, "statute_item": "没有这种"}, outsider="某某银行").code == "field.value"
    act = bureau.at("clerk").do("obstruction.record", **told, outsider="某某银行").ids("ObstructionAct")[0]
    shown = {one.field.name: one.field for one in bureau.at("clerk").reads.form("sanction.detain", case=case).fields}
    assert dict(shown["act"].pairs)[act].startswith("某某银行")
    assert bureau.refused(
        bureau.judge(case), "sanction.detain", case=case, act=act, party=DEBTOR, days=5, ground="refuse", facts="拒", reasoning="妨害",
        sanction_number="（2018）琼9027司惩1号",
    ).code == "sanction.act"


def test_a_case_out_of_the_bureaus_hands_offers_nothing(bureau: Bureau, case: str) -> None:
    desk = bureau.at("clerk")
    for state, some in (("open", True), ("closed", False), ("review_office", False)):
        row = Case.get_by_id(case)
        row.state = state
        assert bool(next_steps(CaseView(desk.session, row))) is some


def test_any_type_that_has_a_text_and_fits_can_be_drafted(bureau: Bureau, case: str) -> None:
    desk = bureau.at(bureau.judge(case))
    catalogue, day = desk.session.catalogue, desk.session.day
    form = {one.field.name: one for one in desk.reads.form("document.propose", case=case).fields}
    offered = dict(form["type"].field.pairs)
    with_text = {kind.id for kind in catalogue.types if any(text.in_force(day) for text in catalogue.texts.get(kind.id, ()))}
    issued = {kind.id for kind in catalogue.types if kind.way == "issued"}
    able = {kind.id for kind in catalogue.types if kind.id in with_text & issued and kind.matters and not kind.corrects}
    fit = set(offered)
    assert fit <= able and len(fit) > 5
    for kind in able - fit:  # what does not fit is a sanction, or speaks of a measure the case has not
        values = {"type": kind, "matter": catalogue.type(kind).matters[0], "measure": Measure.get().id}
        code = "document.act" if catalogue.series(kind, day).form == "entered" else "document.measure"
        assert bureau.refused(bureau.judge(case), "document.propose", case=case, **values).code == code
    assert all(words.endswith("批准）") for words in offered.values()), offered
    for kind in sorted(fit):
        shown = {one.field.name: one for one in desk.reads.form("document.propose", case=case, target=kind).fields}
        values = {name: one.value for name, one in shown.items() if one.value not in (None, "")}
        assert values["type"] == kind and values["matter"] in catalogue.type(kind).matters
        if "releases_control" in catalogue.type(kind).traits:  # the fixture has proposed one already
            assert bureau.refused(bureau.judge(case), "document.propose", case=case, **values).code == "measure.released_twice"
            continue
        made = desk.do("document.propose", case=case, **values)
        draft = desk.reads.draft(made.ids("Document")[0])
        assert draft.pdf.startswith(b"%PDF") and draft.who is not None and draft.request_state == "draft"


def test_a_type_goes_only_with_its_matters_and_its_facts(bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)
    catalogue = bureau.at(judge).session.catalogue
    ruling = catalogue.draftable(bureau.day, matter="freeze_deposit").id
    order = catalogue.draftable(bureau.day, matter="issue_consumption_order").id
    correcting = catalogue.draftable(bureau.day, matter="correct_document").id
    for values, code in (
        ({"type": order, "matter": "freeze_deposit"}, "document.matter"), ({"type": ruling, "matter": "freeze_deposit"}, "document.measure"),
        ({"type": correcting, "matter": "correct_document"}, "document.corrects"), ({"type": "没有", "matter": "freeze_deposit"}, "field.value"),
    ):
        assert bureau.refused(judge, "document.propose", case=case, **values).code == code
