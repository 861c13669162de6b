"""Whatever the facts: nothing is left open, nothing is lost, the hash knows every value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from execdesk.documents.assemble import fill, leftovers, unfilled
from execdesk.documents.content import Content
from execdesk.documents.facts import (
    CaseFacts,
    Facts,
    Individual,
    MeasureFacts,
    MoneyFacts,
    Official,
    PartyFacts,
    Representative,
    StaffFacts,
)
from execdesk.documents.filling import texts
from execdesk.documents.wire import dump, load
from tests.documents.samples import FACTS, NEEDED, make
from tests.tries import examples

NAMES = st.text("林符王陈吴黎例样示某一二三四五甲乙丙", min_size=2, max_size=4)
DAYS = st.dates(date(2017, 8, 1), date(2027, 12, 31))
EARLIER = st.dates(date(2016, 8, 1), date(2017, 7, 31))
FEN = st.integers(1, 10_000_000_000)


@st.composite
def parties(draw: st.DrawFn, role: str) -> PartyFacts:
    kind = draw(st.sampled_from(["natural", "legal", "organisation", "business"]))
    optional = st.one_of(st.just(""), NAMES)
    agents = draw(
        st.lists(
            st.builds(Representative, st.sampled_from(["legal", "head", "lawyer", "staff", "other"]), NAMES, post=optional,
                      unit=st.just("公司"), firm=st.just("某某律师事务所"), description=optional),
            max_size=2,
        )
    )  # fmt: skip
    operator = Individual(draw(NAMES)) if kind == "business" else None
    return PartyFacts(
        role, kind, draw(NAMES), address=draw(optional), sex=draw(st.sampled_from(["", "男", "女"])),
        born_on=draw(st.one_of(st.none(), EARLIER)), operator=operator, representatives=tuple(agents),
    )  # fmt: skip


@st.composite
def measures(draw: st.DrawFn, owners: list[str], action: str) -> MeasureFacts:
    termed = action in ("冻结", "继续冻结")
    renewed = action != "冻结"
    return MeasureFacts(
        draw(st.sampled_from(owners)), action.removeprefix("继续"), variant=draw(st.sampled_from(["deposit", "cap", "network"])),
        institution="某某银行", account_no=str(draw(st.integers(10**8, 10**18))), amount=draw(FEN),
        months=draw(st.integers(1, 12)) if termed else None, fixed_start=draw(st.one_of(st.none(), DAYS)) if termed else None,
        owner_id="469027198001010009", ruling_no="（2017）琼9027执123号", ruled_on=draw(EARLIER),
        old_end=draw(DAYS) if renewed else None,
    )  # fmt: skip


DEPOSIT = {"冻结", "划拨", "解除冻结"}
ACTIONS = {
    "ruling_freeze": "冻结", "ruling_renew_control": "继续冻结", "ruling_release_control": "解除冻结", "ruling_deduct": "划拨",
}  # fmt: skip


@st.composite
def facts(draw: st.DrawFn, type_id: str) -> Facts:
    sides = draw(st.lists(parties("申请执行人"), min_size=1, max_size=3))
    against = draw(st.lists(parties("被执行人"), min_size=1, max_size=3))
    owners = [party.name for party in against]
    given_measures = NEEDED[type_id].measures
    if given_measures and (given_measures[0].property_words or given_measures[0].action not in DEPOSIT):  # a paper of another kind of property keeps the thing it speaks of
        drawn = tuple(replace(one, owner=draw(st.sampled_from(owners))) for one in given_measures)
    else:
        action = ACTIONS.get(type_id, draw(st.sampled_from(sorted(DEPOSIT))))
        drawn = tuple(draw(st.lists(measures(owners, action), min_size=1, max_size=4)))
    judges = [Official(draw(NAMES), f"J{number}", "执行法官", judge=True) for number in range(3)]
    return replace(
        NEEDED[type_id],
        case=CaseFacts(
            f"（2017）琼9027执{draw(st.integers(1, 99999))}号", draw(st.sampled_from(["民间借贷", "买卖合同纠纷", "劳动争议"])),
            draw(EARLIER), draw(EARLIER), draw(NAMES),
        ),
        parties=(*sides, *against), money=MoneyFacts(draw(FEN), draw(FEN), draw(st.integers(0, 10**9))),
        staff=StaffFacts(judges[0], draw(NAMES), tuple(judges) if draw(st.booleans()) else (), FACTS.staff.president, telephone="0898-85520001"),
        measures=drawn,
    )  # fmt: skip


def values(content: Content) -> str:
    return "".join(texts(content))


@settings(max_examples=examples(150), deadline=None)
@given(st.data())
def test_every_document_is_complete_and_fills_without_a_trace(data: st.DataObject) -> None:
    type_id = data.draw(st.sampled_from(sorted(NEEDED)))
    given_facts = data.draw(facts(type_id))
    signed_on = data.draw(DAYS)
    content = make(type_id, given_facts, signed_on)
    assert (unfilled(content), leftovers(content)) == ({}, ())
    number = "" if not content.number else given_facts.case.number
    filled = fill(content, number, signed_on, {"ruling": given_facts.case.number})
    assert ("⟦" in "".join(texts(filled)), leftovers(filled)) == (False, ())
    assert fill(replace(filled, number=content.number), number, signed_on) == filled
    assert load(dump(filled)) == filled and load(dump(content)).hash == content.hash
    if content.form == "text" and type_id.startswith("ruling"):
        assert all(party.name in values(filled) for party in given_facts.parties)
        assert content.signature.signatories[0].name == given_facts.staff.judge.name


@settings(max_examples=examples(60), deadline=None)
@given(facts("ruling_freeze"), DAYS, st.integers(0, 20))
def test_the_hash_stays_within_one_law_and_knows_every_amount(given_facts: Facts, day: date, later: int) -> None:
    content = make("ruling_freeze", given_facts, day)
    other = make("ruling_freeze", given_facts, day + timedelta(days=later))
    same_law = content.facts["citations"] == other.facts["citations"]
    assert (content.hash == other.hash) == same_law
    first, *rest = given_facts.measures
    changed = replace(given_facts, measures=(replace(first, amount=(first.amount or 0) + 1), *rest))
    assert make("ruling_freeze", changed, day).hash != content.hash
