"""Property apart from measure: one thing for all cases of one person, found twice counted once; vehicles and incomes from proposal to answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.recovered import recovered_fen
from execdesk.casefile.same import same_persons, same_things
from execdesk.casework.control.facts import controlled_now
from execdesk.desk import AppServices
from execdesk.law.refusal import Refusal
from execdesk.reads.caserows import ThingRow
from execdesk.reads.measures import expiry
from execdesk.records.cases import Case, Party
from execdesk.records.measures import Measure
from execdesk.records.papers import Document
from execdesk.records.property import Property, PropertyOwner
from execdesk.store.replay import state_hash, stored_rows
from tests.flow.bureau import DEBTOR, Bureau
from tests.flow.conftest import DAY
from tests.flow.test_two_desks import send
from tests.world import Notes

VIN, PLATE = "LSVAA49J132047371", "琼D·A1234"
CAR = {"vin": VIN, "plate": "琼DA1234", "brand": "某某牌"}
JOB = {"employer": "某某果业有限公司", "keep": "1500"}


@pytest.fixture
def world(request: pytest.FixtureRequest) -> str:
    return "noticed" if "case" in request.fixturenames else "demo"


@pytest.fixture
def case(bureau: Bureau, notes: Notes) -> str:
    """A case with its execution notice issued."""
    bureau.at("clerk")
    return str(notes["case"])


def proposed(bureau: Bureau, case: str, kind: str, identifiers: dict[str, str], **more: Any) -> Any:
    return bureau.at(bureau.judge(case)).do("measure.propose", case=case, party=DEBTOR, kind=kind, identifiers=identifiers, **more)


def served(bureau: Bureau, changes: Any, **inputs: str) -> str:
    """A proposal brought through: the ruling and notice issued, the notice served on the unit today; the measure."""
    ruling, _ = bureau.papers(changes.ids("Request")[0])
    if inputs:
        bureau.desk.do("document.fill", document=ruling.id, inputs=inputs)
    notice = Document.get_by_id(bureau.through(changes)[1])
    bureau.at("clerk").do("service.record", document=notice.id, recipient=notice.addressee, method="direct", served_on=bureau.day)
    return str(changes.ids("Measure")[0])


def things(bureau: Bureau, case: str) -> list[ThingRow]:
    return list(bureau.desk.reads.case(Case.get_by_id(case).number).things)


def words(document: Document) -> str:
    return str(Document.get_by_id(document.id).content)


# -- a vehicle ---------------------------------------------------------------------------------------------------------


def test_a_vehicle_is_seized_at_its_registry_for_two_years(bureau: Bureau, case: str) -> None:
    changes = proposed(bureau, case, "vehicle", CAR)
    ruling, notice = bureau.papers(changes.ids("Request")[0])
    assert (ruling.type_id, notice.type_id, notice.addressee) == ("ruling_seize", "notice_assist", "车辆登记地公安机关交通管理部门车辆管理所")
    measure = served(bureau, changes)
    row = Measure.get_by_id(measure)
    assert (row.state, row.kind, row.months, row.term_kind, row.effective_on, row.end_printed) == ("live", "seize", 24, "movable", DAY, date(2020, 1, 1))
    assert f"查封被执行人{DEBTOR}名下车牌号为{PLATE}的某某牌车辆（车辆识别代号：{VIN}）。查封期限为二年" in words(ruling)
    assert "不予办理该车辆的转移、抵押、变更登记" in words(notice)
    assert [(line.title, line.kind, line.control, line.ends_on) for line in expiry(bureau.desk.session).rows] == [
        (f"查封 {PLATE} 某某牌", "车辆", "seize", date(2020, 1, 1))
    ]
    bureau.desk.do("measure.reply", measure=measure, received_on=bureau.day, ends_on=date(2019, 12, 31), receipt_no="C1")
    assert expiry(bureau.desk.session).rows[0].ends_on == date(2019, 12, 31), "the registry's own end is earlier"
    assert bureau.refused(bureau.judge(case), "measure.deduct", measure=measure, amount=1).code == "measure.kind"
    release = bureau.at(bureau.judge(case)).do("measure.release", measure=measure, ground="other", cause="另行提供了足额现金")
    papers = bureau.papers(release.ids("Request")[0])
    assert [paper.type_id for paper in papers] == ["ruling_release_control", "notice_assist"]
    bureau.desk.do("request.submit", request=release.ids("Request")[0])
    assert f"解除对被执行人{DEBTOR}名下车牌号为{PLATE}" in words(papers[0]) and "的查封" in words(papers[0])
    bureau.at("director").do("request.approve", request=release.ids("Request")[0], opinion="同意")
    bureau.issue_all(release.ids("Request")[0], bureau.judge(case))
    bureau.at("clerk").do("service.record", document=papers[1].id, recipient=papers[1].addressee, method="direct", served_on=bureau.day)
    assert Measure.get_by_id(measure).state == "released"


def test_equity_is_frozen_at_the_registry_for_three_years(bureau: Bureau, case: str) -> None:
    company = {"company": "乐东某某果业有限公司", "ratio": "60%", "capital": "600000"}
    assert bureau.refused(bureau.judge(case), "measure.propose", case=case, party=DEBTOR, kind="equity", identifiers=company).field == "unit", "who registers it, is asked"
    changes = proposed(bureau, case, "equity", company, unit="某某市场监督管理局")
    ruling, notice = bureau.papers(changes.ids("Request")[0])
    assert (ruling.type_id, notice.addressee) == ("ruling_freeze_right", "某某市场监督管理局")
    row = Measure.get_by_id(served(bureau, changes))
    assert (row.state, row.kind, row.months, row.effective_on, row.end_printed, row.words) == ("live", "freeze", 36, DAY, date(2021, 1, 1), "乐东某某果业有限公司股权")
    assert f"冻结被执行人{DEBTOR}持有的乐东某某果业有限公司60%的股权（认缴出资额600000.00元）及其股息、红利。冻结期限为三年" in words(ruling)
    assert "不予办理该股权的转让、质押、变更登记" in words(notice)


def test_a_registry_that_tells_of_a_rank_makes_the_measure_wait(bureau: Bureau, case: str) -> None:
    measure = served(bureau, proposed(bureau, case, "vehicle", CAR))
    values = {"measure": measure, "received_on": bureau.day, "outcome": "waiting", "reason": "在先查封"}
    assert bureau.refused("clerk", "measure.reply", **values).code == "reply.rank"
    bureau.desk.do("measure.reply", rank=2, **values)
    row = Measure.get_by_id(measure)
    assert (row.state, row.rank, row.effective_on, row.end_printed) == ("ordered", 2, None, None)
    assert bureau.desk.reads.case(Case.get_by_id(case).number).measures[0].state == "waiting"


def test_a_unit_that_finds_nothing_ends_the_measure(bureau: Bureau, case: str) -> None:
    measure = served(bureau, proposed(bureau, case, "vehicle", CAR))
    bureau.at("clerk").do("measure.reply", measure=measure, received_on=bureau.day, outcome="no_object", reason="查无此车")
    assert Measure.get_by_id(measure).state == "void" and expiry(bureau.desk.session).rows == ()
    assert bureau.refused(bureau.judge(case), "measure.release", measure=measure, ground="other", cause="另行提供了足额现金").code == "measure.not_live"


# -- an income ---------------------------------------------------------------------------------------------------------


def test_an_income_is_withheld_without_a_term_and_sent_to_the_court(bureau: Bureau, case: str) -> None:
    assert bureau.refused(bureau.judge(case), "measure.propose", case=case, party=DEBTOR, kind="income", identifiers=JOB).code == "measure.amount"
    assert bureau.refused(
        bureau.judge(case), "measure.propose", case=case, party=DEBTOR, kind="income", identifiers=JOB, amount=1, months=12
    ).code == "measure.term"
    changes = proposed(bureau, case, "income", JOB, amount=3_000_000)
    measure = served(bureau, changes, withheld_from="2018年2月")
    ruling, notice = bureau.papers(changes.ids("Request")[0])
    assert (ruling.type_id, notice.addressee) == ("ruling_income", JOB["employer"])
    assert f"扣留被执行人{DEBTOR}在某某果业有限公司的收入30000元（每月保留生活必需费用1500元，自2018年2月起）。" in words(ruling)
    assert "每月保留其生活必需费用1500元" in words(notice)
    row = Measure.get_by_id(measure)
    assert (row.state, row.kind, row.months, row.end_printed, row.term_kind) == ("live", "withhold", None, None, None)
    assert expiry(bureau.desk.session).rows == (), "what has no term does not end"
    assert bureau.refused(bureau.judge(case), "measure.renew", measure=measure).code == "measure.no_term"
    bureau.at("clerk").do("measure.reply", measure=measure, received_on=bureau.day, controlled=3_000_000)
    values = {"measure": measure, "amount": 120_050, "on": bureau.day, "receipt_no": "W1"}
    assert bureau.refused("clerk", "receipt.deducted", **values).code == "transfer.order", "withheld is not yet ordered to be sent"
    asked = bureau.at(bureau.judge(case)).do("measure.deduct", measure=measure, amount=120_050)
    papers = bureau.through(asked)
    assert f"提取被执行人{DEBTOR}在某某果业有限公司的收入1200.5元" in words(Document.get_by_id(papers[0])).replace("1200.50", "1200.5")
    assert Measure.get_by_id(measure).state == "live", "the ruling that has it sent does not order it anew"
    bureau.at("clerk").do("receipt.deducted", **values)
    assert recovered_fen(Case.get_by_id(case)) == 120_050 and controlled_now(Measure.get_by_id(measure)) == 2_879_950
    assert bureau.desk.reads.case(Case.get_by_id(case).number).money[0].words == "提取收入"


# -- natural keys ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "told", "code"), [
    ("vehicle", {"brand": "某某牌"}, "property.key"), ("vehicle", {**CAR, "vin": "LSVAA49J13204737"}, "property.identifier"),
    ("vehicle", {**CAR, "vin": "LSVAA49J032047371"}, "property.check"), ("vehicle", {**CAR, "vin": "LSVAA49O132047371"}, "property.identifier"),
    ("vehicle", {**CAR, "plate": "D1234"}, "property.identifier"), ("vehicle", {**CAR, "colour": "白"}, "property.unknown"),
    ("bank_deposit", {"bank": "某某银行"}, "property.identifier"), ("bank_deposit", {"bank": "某某银行", "account_no": "六二二"}, "property.identifier"),
    ("income", {"employer": "某某公司", "keep": "很多"}, "property.identifier"), ("ship", {}, "field.value"),
])
def test_what_cannot_be_is_refused(bureau: Bureau, case: str, kind: str, told: dict[str, str], code: str) -> None:
    values = {"amount": 100} if kind != "vehicle" else {}
    refusal = bureau.refused(bureau.judge(case), "measure.propose", case=case, party=DEBTOR, kind=kind, identifiers=told, **values)
    assert refusal.code == code, refusal.text


def test_a_chassis_number_that_does_not_check_is_taken_once_compared(bureau: Bureau, case: str) -> None:
    proposed(bureau, case, "vehicle", {**CAR, "vin": "LSVAA49J032047371"}, checked=True)
    assert Property.get().natural_key == "vin=LSVAA49J032047371"


def test_the_same_thing_is_entered_once_and_must_be_told_alike(bureau: Bureau, case: str) -> None:
    party = bureau.party(case).id
    bureau.at("clerk").do("property.register", case=case, party=party, kind="vehicle", identifiers={"vin": VIN, "brand": CAR["brand"]})
    assert bureau.refused("clerk", "property.register", case=case, party=party, kind="vehicle", identifiers={"vin": VIN, "brand": CAR["brand"]}).code == "property.known"
    assert bureau.refused("clerk", "property.register", case=case, party=party, kind="vehicle", identifiers={**CAR, "brand": "另一牌"}).code == "property.differs"
    proposed(bureau, case, "vehicle", CAR)
    thing = Property.get()
    assert Property.select().count() == PropertyOwner.select().count() == 1
    assert thing.identifiers == {"vin": VIN, "plate": PLATE, "brand": CAR["brand"]}, "the plate was new"
    bureau.at("clerk").do("property.change", property=thing.id, identifiers={"brand": "另一牌"}, reason="登记证书")
    assert Property.get().identifiers["brand"] == "另一牌"


# -- persons and things in several cases -------------------------------------------------------------------------------


def test_cases_of_one_debtor_meet_on_the_same_thing(bureau: Bureau, case: str) -> None:
    other = bureau.register("（2018）琼9027执2号")
    measure = served(bureau, proposed(bureau, case, "vehicle", CAR))
    [seen] = things(bureau, other)
    assert seen.elsewhere == ("（2018）琼9027执1号 查封",) and seen.owners == ((DEBTOR, "1"),), "the same checked number is the same person"
    bureau.notice(other)
    proposed(bureau, other, "vehicle", CAR, rank=2)
    assert Property.select().count() == 1 and {row.property for row in Measure.select()} == {Measure.get_by_id(measure).property}
    assert PropertyOwner.select().count() == 1


def test_who_has_no_checked_number_is_tied_by_a_person(bureau: Bureau, case: str) -> None:
    other = bureau.register("（2018）琼9027执2号", debtors=[{"name": DEBTOR, "address": "海南省乐东黎族自治县九所镇某村"}])
    served(bureau, proposed(bureau, case, "vehicle", CAR))
    assert things(bureau, other) == []
    refused = bureau.refused("clerk", "property.register", case=other, party=DEBTOR, kind="vehicle", identifiers=CAR)
    assert refused.code == "property.other_owner" and DEBTOR in refused.text
    values = {"case": other, "party": DEBTOR, "other_case": "（2018）琼9027执1号", "other": DEBTOR}
    assert bureau.refused("clerk", "party.tie", ground=" ", **values).code in ("property.ground", "field.missing")
    bureau.desk.do("party.tie", ground="已核对身份证原件", **values)
    assert len(things(bureau, other)) == 1
    assert bureau.refused("clerk", "party.tie", ground="再说一次", **values).code == "party.tied"
    assert len(same_persons([Party.get(Party.case == other, Party.side == "debtor").id])) == 2


def test_shares_of_co_owners_add_up_to_no_more_than_the_whole(bureau: Bureau, case: str) -> None:
    bureau.at("clerk").do("property.register", case=case, party=DEBTOR, kind="vehicle", identifiers=CAR, share="1/2")
    thing = Property.get().id
    bureau.desk.do("party.add", case=case, side="third", name="黄例二")
    assert bureau.refused("clerk", "property.share", case=case, property=thing, party="黄例二", share="2/3").code == "property.share"
    bureau.desk.do("property.share", case=case, property=thing, party="黄例二", share="1/2")
    assert things(bureau, case)[0].owners == ((DEBTOR, "1/2"), ("黄例二", "1/2"))
    for wrong in ("0", "3/2", "一半", "1/0"):
        assert bureau.refused("clerk", "property.share", case=case, property=thing, party="黄例二", share=wrong).code == "property.share"


@pytest.mark.parametrize("where", ["other", "same"])
def test_a_thing_under_control_is_waited_for_until_it_is_free(bureau: Bureau, case: str, where: str) -> None:
    second = bureau.register("（2018）琼9027执2号") if where == "other" else case
    measure = served(bureau, proposed(bureau, case, "vehicle", CAR))
    values = {"case": second, "party": DEBTOR, "kind": "vehicle", "identifiers": CAR}
    for told in (values, {"case": second, "party": DEBTOR, "property": Measure.get_by_id(measure).property}):
        refused = bureau.refused(bureau.judge(second), "measure.propose", **told)
        assert refused.code == "measure.rank" and "（2018）琼9027执1号查封" in refused.text and "轮候序位填 2" in refused.text
    waiting = bureau.desk.do("measure.propose", rank=2, **values).ids("Measure")[0]
    assert Measure.get_by_id(waiting).rank == 2
    bureau.at(bureau.judge(second), date(2020, 1, 2))  # the first has run out the day before
    assert bureau.desk.do("measure.propose", **values).ids("Measure")


# -- what another owns -------------------------------------------------------------------------------------------------


STRANGER = "黄例二"


@pytest.fixture
def strange(bureau: Bureau, case: str) -> str:
    """A car that is entered as another person's, in another case."""
    other = bureau.register("（2018）琼9027执2号", debtors=[{"name": STRANGER, "address": "海南省乐东黎族自治县黄流镇某村"}])
    bureau.at("clerk").do("property.register", case=other, party=STRANGER, kind="vehicle", identifiers=CAR, share="1/2")
    return str(Property.get().id)


def test_what_another_owns_is_not_controlled_by_its_row_until_a_person_has_checked(bureau: Bureau, case: str, strange: str) -> None:
    values = {"case": case, "party": DEBTOR, "property": strange}
    refused = bureau.refused(bureau.judge(case), "measure.propose", **values)
    assert refused.code == "property.other_owner" and STRANGER in refused.text
    assert Measure.select().count() == 0 and PropertyOwner.select().count() == 1
    bureau.desk.do("measure.propose", checked=True, **values)
    assert {Party.get_by_id(row.party).name for row in PropertyOwner.select()} == {STRANGER, DEBTOR}


def test_a_share_entered_with_the_thing_comes_to_no_more_than_the_whole(bureau: Bureau, case: str, strange: str) -> None:
    values = {"case": case, "party": DEBTOR, "kind": "vehicle", "identifiers": CAR, "checked": True}
    refused = bureau.refused("clerk", "property.register", share="1", **values)
    assert refused.code == "property.share" and "1/2" in refused.text and "登记共有份额" in refused.text
    bureau.desk.do("property.register", share="1/2", **values)
    assert [row.share for row in PropertyOwner.select()] == ["1/2", "1/2"]
    assert "登记共有份额" in bureau.refused("clerk", "property.register", share="1/4", **values).text
    assert bureau.refused("clerk", "property.change", property=strange, reason="核对").code == "property.nothing"


# -- two desks ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def pair(bureau: Bureau, case: str, branch: Callable[[Bureau], Bureau]) -> tuple[Bureau, Bureau, str]:
    other = branch(bureau)
    other.at("clerk")
    bureau.at("clerk")
    return bureau, other, case


def test_found_at_two_desks_it_is_kept_twice_counted_once_and_tied_by_a_person(pair: tuple[Bureau, Bureau, str]) -> None:
    hq, hl, case = pair
    for desk in (hq, hl):
        with desk.desk.session.store.reading():
            desk.desk.do("property.register", case=case, party=DEBTOR, kind="vehicle", identifiers=CAR)
    send(hl, hq)
    send(hq, hl)
    with hq.desk.session.store.reading():
        assert Property.select().count() == 2
        [seen] = things(hq, case)
        assert len(seen.rows) == 2 and len(seen.twins) == 1 and seen.owners == ((DEBTOR, "1"),)
        first, second = sorted(seen.rows)
        assert same_things([first]) == {first, second}
        number = Case.get_by_id(case).number
        waits = [step for step in hq.desk.reads.case_and_steps(number)[1] if step.action == "property.tie"]
        assert [(step.target, step.title, step.who) for step in waits] == [(seen.id, f"认定为同一财产 {seen.words}", "您可认定")]
        hq.desk.do("property.tie", property=first, other=second, ground="已核对登记证书，确为同一辆")
        assert things(hq, case)[0].twins == ()
        assert not [step for step in hq.desk.reads.case_and_steps(number)[1] if step.action == "property.tie"]
        assert hq.refused("clerk", "property.tie", property=second, other=first, ground="再说一次").code == "property.tied"
    send(hq, hl)
    assert state_hash(stored_rows(hq.desk.session.store)) == state_hash(stored_rows(hl.desk.session.store))
    with hl.desk.session.store.reading():
        assert things(hl, case)[0].twins == ()


# -- the data ----------------------------------------------------------------------------------------------------------


def test_every_kind_names_matters_papers_and_terms_that_there_are(services: AppServices) -> None:
    for kind in property_kinds(services.resources).all:
        for matter in (kind.matter, kind.waiting, kind.release, kind.pays.matter if kind.pays else ""):
            assert not matter or services.authority.matter(matter) is not None, (kind.id, matter)
        for paper in (kind.ruling, kind.notice, *((kind.pays.ruling,) if kind.pays else ())):
            assert services.catalogue.text(paper, DAY), (kind.id, paper)
        assert kind.matter in services.catalogue.type(kind.ruling).matters and kind.release in services.catalogue.type(kind.notice).matters


def test_what_is_claimed_has_one_name_told_by_the_data_of_the_kind(services: AppServices, tmp_path: Path) -> None:
    known = property_kinds(services.resources)
    assert known.claimed == {kind.pays.claimed_as: kind.pays.claimed_words for kind in known.all if kind.pays}
    text = (services.resources / "property" / "kinds.toml").read_text("utf-8")
    for name, old, new in (("new", 'claimed_as = "income"', 'claimed_as = "wages"'), ("two", 'claimed_as = "income"', 'claimed_as = "deduction"')):
        (tmp_path / name / "property").mkdir(parents=True)
        (tmp_path / name / "property" / "kinds.toml").write_text(text.replace(old, new), "utf-8")
    assert property_kinds(tmp_path / "new").claimed["wages"] == known.claimed["income"]
    with pytest.raises(Refusal, match="claimed_words"):
        property_kinds(tmp_path / "two")


def test_the_kind_added_last_goes_the_whole_way_by_its_row_alone(bureau: Bureau, case: str) -> None:
    house = {"cert_no": "琼（2016）乐东县不动产权第0000088号", "address": "千家镇某街1号", "building": "房屋"}
    changes = proposed(bureau, case, "immovable", house)
    measure = served(bureau, changes)
    row = Measure.get_by_id(measure)
    assert (row.state, row.months, row.end_printed) == ("live", 36, date(2021, 1, 1))
    ruling, notice = bureau.papers(changes.ids("Request")[0])
    assert "名下位于千家镇某街1号的房屋（权证号：琼（2016）乐东县不动产权第0000088号）。查封期限为三年" in words(ruling)
    assert notice.addressee == "乐东黎族自治县不动产登记中心"
