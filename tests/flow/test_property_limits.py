"""What must not be seized, who comes first, whose a thing is: what verbs refuse, and the way on that each refusal names."""

from __future__ import annotations

from pathlib import Path

import pytest

from execdesk.approval.offering import next_steps
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.view import CaseView
from execdesk.desk import AppServices
from execdesk.law.refusal import Refusal
from execdesk.records.measures import Measure
from execdesk.records.papers import Document, TakenNumber
from execdesk.records.property import Property, PropertyOwner, PropertyTie
from tests.flow.bureau import APPLICANT, DEBTOR, Bureau
from tests.flow.test_property import CAR, JOB, proposed, served
from tests.world import Notes

EXEMPT = "被执行人及其所扶养家属生活所必需的物品"
OTHER_CAR = {"plate": "琼D·B5678", "brand": "某某牌"}


@pytest.fixture
def world() -> str:
    return "noticed"


@pytest.fixture
def case(bureau: Bureau, notes: Notes) -> str:
    bureau.at("clerk")
    return str(notes["case"])


def registered(bureau: Bureau, case: str, identifiers: dict[str, str], party: str = DEBTOR, **more: object) -> str:
    changes = bureau.at("clerk").do("property.register", case=case, party=party, kind="vehicle", identifiers=identifiers, **more)
    return str(changes.ids("Property")[0])


# -- not to be seized --------------------------------------------------------------------------------------------------


def test_what_a_judge_found_exempt_is_not_controlled_until_he_says_otherwise(bureau: Bureau, case: str) -> None:
    car, judge = registered(bureau, case, CAR), bureau.judge(case)
    marked = {"property": car, "exempt": EXEMPT, "reason": "现场查看"}
    assert bureau.refused("clerk", "property.change", **marked).code == "access.duty", "a judge says so"
    bureau.at(judge).do("property.change", **marked)
    for told in ({"property": car}, {"kind": "vehicle", "identifiers": CAR}):
        refused = bureau.refused(judge, "measure.propose", case=case, party=DEBTOR, **told)
        assert refused.code == "property.exempt" and EXEMPT in refused.text and refused.ways[0].action == f"property.change:{car}"
    assert bureau.refused(judge, "property.change", seizable=True, **marked).code == "property.exempt"
    assert bureau.refused("clerk", "property.change", property=car, seizable=True, reason="核对").code == "access.duty"
    bureau.at(judge).do("property.change", property=car, seizable=True, reason="另有一辆，不是生活必需")
    assert Property.get_by_id(car).exempt is None
    bureau.desk.do("measure.propose", case=case, party=DEBTOR, property=car)


def test_the_only_home_may_be_seized(bureau: Bureau, case: str) -> None:
    """查扣冻规定第6条: a dwelling may be seized; what must not be is to sell it."""
    house = {"cert_no": "琼（2016）乐东县不动产权第0000088号", "address": "千家镇某街1号", "building": "房屋"}
    row = bureau.at("clerk").do("property.register", case=case, party=DEBTOR, kind="immovable", identifiers=house).ids("Property")[0]
    bureau.at(bureau.judge(case)).do("property.change", property=row, home=True, reason="唯一住房")
    bureau.desk.do("measure.propose", case=case, party=DEBTOR, property=row)


def test_what_is_found_exempt_later_is_neither_ordered_nor_renewed_and_its_release_is_offered(bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)
    measure = served(bureau, proposed(bureau, case, "vehicle", CAR))
    other = proposed(bureau, case, "vehicle", OTHER_CAR)
    request = other.ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request, opinion="同意")
    for row in Property.select():
        bureau.desk.do("property.change", property=row.id, exempt=EXEMPT, reason="现场查看")
    numbers = TakenNumber.select().count()
    assert bureau.refused(judge, "document.issue", document=bureau.papers(request)[0].id).code == "property.exempt"
    assert Measure.get_by_id(other.ids("Measure")[0]).state == "proposed" and TakenNumber.select().count() == numbers, "nothing is left"
    assert bureau.refused(judge, "measure.renew", measure=measure).code == "property.exempt"
    [step] = [one for one in next_steps(CaseView.of(bureau.desk.session, case)) if one.action == "measure.release" and one.target == measure]
    assert (step.detail, step.tone) == ("已认定不得查封", "soon")


# -- first and later ---------------------------------------------------------------------------------------------------


def test_of_two_first_measures_proposed_together_only_one_is_ordered(bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)
    first, second = (proposed(bureau, case, "vehicle", CAR) for _ in range(2))
    bureau.through(first)
    request = second.ids("Request")[0]
    bureau.at(judge).do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request, opinion="同意")
    refused = bureau.refused(judge, "document.issue", document=bureau.papers(request)[0].id)
    assert refused.code == "measure.rank" and "（2018）琼9027执1号" in refused.text and "轮候" in refused.text
    assert Document.get_by_id(bureau.papers(request)[0].id).number is None and Measure.get_by_id(second.ids("Measure")[0]).state == "proposed"
    bureau.desk.do("request.void", request=request, reason="改为轮候")
    bureau.through(proposed(bureau, case, "vehicle", CAR, rank=2))


def test_one_that_waits_does_not_bar_the_first(bureau: Bureau, case: str) -> None:
    first, waiting = proposed(bureau, case, "vehicle", CAR), proposed(bureau, case, "vehicle", CAR, rank=2)
    bureau.through(waiting)
    bureau.at(bureau.judge(case))
    bureau.through(first)
    assert {row.state for row in Measure.select()} == {"ordered"}


# -- whose it is -------------------------------------------------------------------------------------------------------


def test_cars_of_two_persons_are_not_tied(bureau: Bureau, case: str) -> None:
    ours, theirs = registered(bureau, case, CAR), registered(bureau, case, OTHER_CAR, APPLICANT)
    tie = {"property": ours, "other": theirs, "ground": "已核对"}
    refused = bureau.refused("clerk", "property.tie", **tie)
    assert refused.code == "property.other_owner" and DEBTOR in refused.text and APPLICANT in refused.text and "划去权属" in refused.text
    assert not PropertyTie.select().exists()
    bureau.desk.do("property.strike_owner", property=theirs, owner=bureau.party(case, APPLICANT).id, reason="登记证书载明的不是他")
    bureau.desk.do("property.tie", **tie)


def test_a_number_that_another_row_has_is_not_taken_over_silently(bureau: Bureau, case: str) -> None:
    car, typo = registered(bureau, case, CAR), registered(bureau, case, {**OTHER_CAR, "plate": "琼D·B5679"})
    right = {"property": typo, "identifiers": {"vin": CAR["vin"]}, "reason": "照登记证书"}
    refused = bureau.refused("clerk", "property.change", **right)
    assert refused.code == "property.known" and DEBTOR in refused.text and refused.ways[0].action == f"property.tie:{typo}"
    bureau.desk.do("property.tie", property=typo, other=car, ground="已核对登记证书，确为同一辆")
    bureau.desk.do("property.change", **right)
    bureau.desk.do("property.change", property=car, identifiers={"brand": "另一牌"}, reason="登记证书")


def test_an_owner_entered_in_error_is_struck_and_the_thing_entered_as_the_right_ones(bureau: Bureau, case: str) -> None:
    car = registered(bureau, case, CAR, APPLICANT)
    owner = PropertyOwner.get(PropertyOwner.property == car)
    strike = {"property": car, "owner": owner.id, "reason": "登记证书载明的不是他"}
    assert bureau.refused("clerk", "property.strike_owner", **{**strike, "reason": " "}).code == "field.missing"
    bureau.desk.do("property.strike_owner", **strike)
    assert PropertyOwner.get_by_id(owner.id).struck is not None
    assert bureau.refused("clerk", "property.strike_owner", **strike).code == "property.owner", "once"
    bureau.desk.do("property.register", case=case, party=DEBTOR, kind="vehicle", identifiers=CAR)
    [standing] = PropertyOwner.select().where(PropertyOwner.struck.is_null())
    assert (standing.property, standing.party, standing.share) == (car, bureau.party(case).id, "1"), "the same row, with nobody to share it"


def test_an_owner_whose_thing_is_under_control_is_not_struck(bureau: Bureau, case: str) -> None:
    changes = proposed(bureau, case, "vehicle", CAR)
    owner = PropertyOwner.get()
    strike = {"property": owner.property, "owner": owner.id, "reason": "登记有误"}
    assert bureau.refused("clerk", "property.strike_owner", **strike).code == "property.held", "proposed already"
    bureau.at(bureau.judge(case))
    served(bureau, changes)
    assert bureau.refused("clerk", "property.strike_owner", **strike).code == "property.held"


# -- amounts -----------------------------------------------------------------------------------------------------------


def test_no_more_is_kept_of_an_income_than_it_is(bureau: Bureau, case: str) -> None:
    values = {"case": case, "party": DEBTOR, "kind": "income", "amount": 1}
    refused = bureau.refused(bureau.judge(case), "measure.propose", identifiers={**JOB, "monthly_net": "1499.99"}, **values)
    assert refused.code == "property.most" and "1500.00" in refused.text and "1499.99" in refused.text
    bureau.desk.do("measure.propose", identifiers={**JOB, "monthly_net": "1500"}, **values)


def test_a_limit_names_an_amount(services: AppServices, tmp_path: Path) -> None:
    text = (services.resources / "property" / "kinds.toml").read_text("utf-8")
    (tmp_path / "property").mkdir()
    (tmp_path / "property" / "kinds.toml").write_text(text.replace('at_most = "monthly_net"', 'at_most = "dependants"'), "utf-8")
    with pytest.raises(Refusal, match="at_most"):
        property_kinds(tmp_path)
