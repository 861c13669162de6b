"""What no action lets through, and what the merged state says where two desks did it together: money beyond what is held, the same thing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from execdesk.integrity.invariants import broken_invariants
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Party
from execdesk.records.incidents import Incident
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.papers import Document
from execdesk.store.replay import state_hash, stored_rows
from tests.flow.bureau import ACCOUNT, APPLICANT, BANK, DEBTOR, FULL, Bureau
from tests.flow.test_two_desks import send
from tests.looking import look_at
from tests.world import DAY, Notes

ID = "469027198808080008"
DEPOSIT = {"party": DEBTOR, "kind": "bank_deposit", "identifiers": {"bank": BANK, "account_no": ACCOUNT}}
BASE: dict[str, Any] = {"cause": "民间借贷纠纷", "filed_on": DAY, "basis_no": "（2017）琼9027民初88号", "basis_kind": "民事判决书", "basis_organ": "本院"}


def code(bureau: Bureau, account: str, action: str, **values: Any) -> str:
    """With what an action is refused; empty where it is done."""
    try:
        bureau.at(account).do(action, **values)
    except Refusal as refusal:
        return refusal.code
    return ""


# -- persons -----------------------------------------------------------------------------------------------------------


@pytest.mark.begins("registered")
def test_nobody_stands_in_a_case_twice(bureau: Bureau, notes: Notes) -> None:
    case = notes["case"]
    for side, name, values in (
        ("applicant", DEBTOR, {}), ("third", DEBTOR, {}), ("debtor", DEBTOR, {}), ("debtor", "林例二", {"id_no": ID}), ("applicant", "林例三", {"id_no": ID}),
    ):
        refused = bureau.refused("clerk", "party.add", case=case, side=side, name=name, values=values)
        assert refused.code == "party.twice" and "证件号码" in refused.text, (side, name)
    assert code(bureau, "clerk", "party.change", case=case, party=APPLICANT, values={"name": DEBTOR}, reason="更正") == "party.twice"
    for applicants, debtors in ((["甲一"], ["甲一"]), (["甲一"], ["甲二", "甲二"]), ([{"name": "甲一", "id_no": ID}], [{"name": "甲二", "id_no": ID}])):
        assert code(bureau, "clerk", "case.register", number="（2018）琼9027执8号", applicants=applicants, debtors=debtors, **BASE) == "party.twice"
    namesake = {"name": DEBTOR, "id_no": "469027197606060004"}
    other = {"name": DEBTOR, "id_no": ID}
    assert code(bureau, "clerk", "case.register", number="（2018）琼9027执9号", applicants=[namesake], debtors=[other], **BASE) == "", "two of one name, told apart by their papers"


@pytest.fixture
def pair(bureau: Bureau, branch: Callable[[Bureau], Bureau]) -> tuple[Bureau, Bureau]:
    """HQ, and a copy of it that goes on as HL."""
    bureau.at("clerk")
    other = branch(bureau)
    other.at("clerk")
    bureau.at("clerk")
    return bureau, other


def met(hq: Bureau, hl: Bureau) -> list[str]:
    """What does not hold once both have the same lines, as both desks say."""
    assert send(hl, hq).breaches == {} and send(hq, hl).breaches == {}
    told, hashes = [], set()
    for desk in (hq, hl):
        look_at(desk.desk)
        told.append([one.place.partition(":")[0] for one in broken_invariants(desk.desk.session)])
        hashes.add(state_hash(stored_rows(desk.desk.session.store)))
    assert told[0] == told[1] and len(hashes) == 1
    look_at(hq.desk)
    hq.desk.note_check(hq.desk.check())
    hq.desk.note_check(hq.desk.check())
    assert Incident.select().where(Incident.kind == "invariant").count() == len(told[0]), "told once"
    return told[0]


def at_each(hq: Bureau, hl: Bureau, account: str, action: str, **values: Any) -> None:
    for desk in (hq, hl):
        look_at(desk.desk)
        desk.at(account).do(action, **values)


@pytest.mark.begins("frozen")
def test_what_two_desks_did_apart_is_told_when_their_lines_meet(pair: tuple[Bureau, Bureau], notes: Notes) -> None:
    hq, hl = pair
    judge, measure = notes["judge"], notes["measure"]
    at_each(hq, hl, "clerk", "party.add", case=notes["case"], side="debtor", name="林例二", values={})
    at_each(hq, hl, judge, "measure.renew", measure=measure)
    at_each(hq, hl, judge, "measure.release", measure=measure, ground="other", cause="另行提供了足额现金")
    at_each(hq, hl, judge, "measure.deduct", measure=measure, amount=FULL)
    assert met(hq, hl) == ["measure.ordered", "measure.released_twice", "measure.renewed_twice", "party.twice"]
    look_at(hq.desk)
    again = Party.select().where(Party.name == "林例二").order_by(Party.id.desc()).get()
    assert code(hq, "clerk", "party.change", case=notes["case"], party=again.id, values={"phone": "123"}, reason="补登") == "party.twice"
    assert code(hq, "clerk", "party.change", case=notes["case"], party=again.id, values={"name": "林例四"}, reason="实为另一人") == "", "set right by the same action"


# -- control and money -------------------------------------------------------------------------------------------------


@pytest.mark.begins("frozen")
def test_an_account_under_control_is_waited_for_in_this_and_in_another_case(bureau: Bureau, notes: Notes) -> None:
    bureau.at("clerk")
    other = bureau.register("（2018）琼9027执2号")
    for case in (notes["case"], other):
        refused = bureau.refused(bureau.judge(case), "measure.propose", case=case, amount=100, **DEPOSIT)
        assert refused.code == "measure.rank" and "轮候序位填 2" in refused.text
        assert bureau.desk.do("measure.propose", case=case, amount=100, rank=2, **DEPOSIT).ids("Measure")


@pytest.mark.begins("noticed")
def test_of_two_first_freezes_proposed_together_one_is_signed(bureau: Bureau, notes: Notes) -> None:
    bureau.at("clerk")
    first, second = (bureau.freeze(notes["case"], account_no=ACCOUNT) for _ in range(2))
    bureau.through(first)
    bureau.at(notes["judge"])
    with pytest.raises(Refusal) as refused:
        bureau.through(second)
    assert refused.value.code == "measure.rank"


@pytest.mark.begins("frozen")
def test_orders_open_together_never_exceed_what_is_held(bureau: Bureau, notes: Notes) -> None:
    judge, measure = notes["judge"], notes["measure"]
    bureau.at(judge).do("measure.release", measure=measure, ground="other", cause="另行提供了足额现金", scope="partial", amount=4_000_000)
    assert code(bureau, judge, "measure.release", measure=measure, ground="other", cause="另行提供了足额现金", scope="partial", amount=FULL - 4_000_000 + 1) == "measure.ordered"
    assert code(bureau, judge, "measure.deduct", measure=measure, amount=FULL - 4_000_000 + 1) == "measure.ordered"
    request = bureau.desk.do("measure.deduct", measure=measure, amount=FULL - 4_000_000).ids("Request")[0]
    assert code(bureau, judge, "measure.release", measure=measure, ground="other", cause="另行提供了足额现金", scope="partial", amount=1) == "measure.ordered"
    bureau.desk.do("request.void", request=request, reason="另行提出")
    assert code(bureau, judge, "measure.deduct", measure=measure, amount=1) == ""


@pytest.mark.begins("frozen")
@pytest.mark.parametrize(("action", "values", "refused"), [
    ("measure.release", {"ground": "other", "cause": "另行提供了足额现金"}, "measure.released_twice"), ("measure.renew", {}, "measure.renewed_twice"),
])
def test_a_measure_is_released_and_renewed_once(bureau: Bureau, notes: Notes, action: str, values: dict[str, Any], refused: str) -> None:
    judge, measure = notes["judge"], notes["measure"]
    first = bureau.at(judge).do(action, measure=measure, **values).ids("Request")[0]
    assert code(bureau, judge, action, measure=measure, **values) == refused
    bureau.desk.do("request.void", request=first, reason="写错了")
    assert code(bureau, judge, action, measure=measure, **values) == ""


@pytest.mark.begins("frozen")
def test_after_the_release_only_the_answer_to_it_is_entered(bureau: Bureau, notes: Notes) -> None:
    judge, measure = notes["judge"], notes["measure"]
    request = bureau.at(judge).do("measure.release", measure=measure, ground="other", cause="另行提供了足额现金").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.at("director").do("request.approve", request=request, opinion="同意")
    bureau.issue_all(request, judge)
    notice = Document.get(Document.request == request, Document.addressee.is_null(False))
    released, after = date(2018, 1, 8), date(2018, 1, 9)
    bureau.at("clerk", after).do("service.record", document=notice.id, recipient=notice.addressee, method="direct", served_on=released)
    assert Measure.get_by_id(measure).state == "released"
    for values in ({"controlled": FULL}, {"controlled": 0, "reason": "余额不足", "ends_on": date(2018, 12, 1)}, {"controlled": 1, "reason": "余额不足"}):
        assert code(bureau, "clerk", "measure.reply", measure=measure, received_on=after, **values) == "reply.released"
    assert code(bureau, "clerk", "measure.reply", measure=measure, received_on=released, controlled=FULL) == "", "of the day itself or before"
    assert code(bureau, "clerk", "measure.reply", measure=measure, received_on=after, controlled=0, reason="已解除冻结") == "", "the answer to the release"
    assert AssistReply.select().where(AssistReply.measure == measure).count() == 3


# -- the same twice ----------------------------------------------------------------------------------------------------


@pytest.mark.begins("noticed")
def test_one_service_and_one_number_entered_at_two_desks_are_told(pair: tuple[Bureau, Bureau], notes: Notes) -> None:
    hq, hl = pair
    at_each(hq, hl, "clerk", "service.record", document=notes["notice"], recipient=DEBTOR, method="direct", served_on=DAY)
    at_each(hq, hl, "clerk", "case.register", number="（2018）琼9027执6号", applicants=["甲一"], debtors=["甲二"], **BASE)
    look_at(hq.desk)
    assert code(hq, "clerk", "service.record", document=notes["notice"], recipient=DEBTOR, method="post", served_on=DAY) == "service.repeat"
    assert code(hq, "clerk", "case.register", number="（2018）琼9027执6号", applicants=["甲三"], debtors=["甲四"], **BASE) == "case.known"
    assert met(hq, hl) == ["case.known", "service.repeat"]


@pytest.mark.begins("registered")
def test_the_basis_of_a_case_is_no_enforcement_case(bureau: Bureau, notes: Notes) -> None:
    values = {"number": "（2018）琼9027执恢1号", "applicants": ["甲一"], "debtors": ["甲二"], **BASE}
    for basis in ("（2018）琼9027执1号", "(2018)琼9027执恢1号", "（2018）琼9027执1号之一"):
        refused = bureau.refused("clerk", "case.register", **{**values, "basis_no": basis})
        assert refused.code == "case.basis" and refused.field == "basis_no"
    assert "（2017）琼9027民初88号" in bureau.refused("clerk", "case.register", **{**values, "basis_no": "（2018）琼9027执1号"}).text, "what the old case executed is named"
    assert code(bureau, "clerk", "case.register", **values) == ""
