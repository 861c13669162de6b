"""What a form shows below a choice belongs to what is chosen, in every form; a correction that corrects nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from execdesk import rooms
from execdesk.access.providers import TARGET
from execdesk.access.register import ACTIONS
from execdesk.reads import FormField, Step
from execdesk.records.cases import Party
from execdesk.records.journal import Line
from execdesk.records.papers import Document
from execdesk.records.property import Property
from tests.flow.bureau import APPLICANT, BANK, DEBTOR
from tests.ui.journey_tools import Hands
from tests.world import Shelf
from ui.case.draftpage import DraftPage
from ui.case.formpage import FormPage

rooms.enter()
NUMBER = "（2018）琼9027执1号"
PLATE = "琼D·A1234"
HOME = "海南省乐东黎族自治县九所镇某村"


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, tmp_path: Path) -> Iterator[Hands]:
    """The clerk before a case with a deposit frozen, its ruling and notices issued."""
    found = Hands(qtbot, worlds.get("frozen").copy(tmp_path / "store"))
    found.sign_in("clerk")
    found.show(NUMBER)
    yield found
    found.leave()


def opened(hands: Hands, action: str, target: str = "") -> FormPage:
    assert hands.cases.page is not None
    hands.cases.begin(Step(action, hands.cases.begun[action].title, target or hands.cases.page.case.id))
    hands.rest()
    assert isinstance(hands.page, FormPage), hands.words()
    return hands.page


def choose(hands: Hands, page: FormPage, name: str, value: str) -> None:
    page.form[name].set_value(value)
    assert not page.go.isEnabled(), "nothing is done before what follows stands there"
    hands.rest()
    assert page.go.isEnabled()


def party(hands: Hands, name: str) -> Party:
    with hands.place.desk.session.store.reading():
        found: Party = Party.get(Party.name == name)
    return found


def lines(hands: Hands, act: str) -> int:
    with hands.place.desk.session.store.reading():
        return int(Line.select().where(Line.act == act).count())


def test_another_party_shows_his_own_facts_and_nothing_typed_of_the_one_before(hands: Hands) -> None:
    before = party(hands, DEBTOR)
    page = opened(hands, "party.change")
    assert page.form["party"].value == before.id and page.form["address"].text == HOME
    page.form["address"].set_text(f"{HOME}之2")
    page.form["sex"].set_value("女")
    choose(hands, page, "party", party(hands, APPLICANT).id)
    assert [page.form[name].text for name in ("name", "address", "sex", "id_no")] == [APPLICANT, "", "", ""]
    page.form.fill({"ethnicity": "汉族", "reason": "身份证复印件"})
    hands.go()
    one, other = party(hands, APPLICANT), party(hands, DEBTOR)
    assert (one.ethnicity, one.address, one.name) == ("汉族", None, APPLICANT)
    assert other.version == before.version, "the debtor is as he was"


def test_of_two_choices_in_haste_the_last_stands(hands: Hands) -> None:
    page = opened(hands, "party.change")
    for name in (APPLICANT, DEBTOR, APPLICANT):
        page.form["party"].set_value(party(hands, name).id)
    hands.rest()
    assert (page.form["party"].text[: len(APPLICANT)], page.form["name"].text) == (APPLICANT, APPLICANT)


def test_a_kept_form_comes_back_to_the_party_it_was_typed_for(hands: Hands) -> None:
    page = opened(hands, "party.change")
    choose(hands, page, "party", party(hands, APPLICANT).id)
    page.form["address"].set_text("九所镇某街")
    hands.home()
    page = opened(hands, "party.change")
    hands.rest()
    assert (page.form["name"].text, page.form["address"].text) == (APPLICANT, "九所镇某街")


def test_a_correction_of_nothing_is_refused_and_leaves_no_line(hands: Hands) -> None:
    page = opened(hands, "party.change", party(hands, APPLICANT).id)
    page.form.fill({"reason": "核对"})
    hands.go()
    assert hands.page is page and "没有要改的" in "\n".join(hands.words()), hands.words()
    assert lines(hands, "party.change") == 0


def test_another_paper_shows_whom_it_is_for_and_keeps_what_is_of_the_service(hands: Hands) -> None:
    page = opened(hands, "service.record")
    with hands.place.desk.session.store.reading():
        papers = {row.addressee: row.id for row in Document.select().where(Document.state == "issued")}
    for addressee in (BANK, DEBTOR):
        page.form.fill({"note": "交其同住成年家属", "served_on": page.form["served_on"].value})
        if page.form["document"].value != papers[addressee]:
            choose(hands, page, "document", papers[addressee])
        assert page.form["recipient"].text == addressee
        assert page.form["note"].text == "交其同住成年家属"


def test_another_property_shows_its_own_identifiers(hands: Hands) -> None:
    values = {"party": DEBTOR, "kind": "vehicle", "identifiers": {"plate": PLATE, "vin": "LSVAA49J132047371", "brand": "某某牌"}}
    hands.place.desk.do("property.register", case=NUMBER, **values)
    page = opened(hands, "property.change")
    with hands.place.desk.session.store.reading():
        things = {row.kind: row for row in Property.select()}
    first, other = ("bank_deposit", "vehicle") if page.form["property"].value == things["bank_deposit"].id else ("vehicle", "bank_deposit")
    for kind in (other, first):
        choose(hands, page, "property", things[kind].id)
        told = things[kind].identifiers
        assert {name: page.form[name].text for name in told} == told
    assert ("plate" in page.form.fields) is (first == "vehicle")


def test_another_kind_asks_for_what_tells_things_of_that_kind(hands: Hands) -> None:
    page = opened(hands, "property.register")
    page.form.fill({"place": "九所镇"})
    choose(hands, page, "kind", "vehicle")
    assert "plate" in page.form.fields and "account_no" not in page.form.fields
    assert (page.form["place"].text, page.form["kind"].value) == ("九所镇", "vehicle")
    page.form.fill({"plate": PLATE, "vin": "LSVAA49J132047371", "brand": "某某牌"})
    hands.go()
    with hands.place.desk.session.store.reading():
        assert Property.select().where(Property.kind == "vehicle").count() == 1


def row_choices(fields: tuple[FormField, ...]) -> list[FormField]:
    """Those in which the row is chosen that the form is about."""
    return [one for one in fields if one.field.kind == "choice" and one.field.start and TARGET in one.follows]


def test_in_every_form_the_choice_leads_whose_value_another_field_shows(hands: Hands) -> None:
    """Read from what the providers of each field ask for, so that the next form cannot forget it."""
    desk, asked = hands.place.desk, 0
    with desk.session.store.reading():
        case = Party.select().get().case
        for action in ACTIONS:
            fields = desk.reads.form(action, case=case).fields
            leading = {one.field.name for one in fields if one.field.leads}
            for one in [one for one in fields if not one.field.leads]:
                named = {other.field.name for other in fields} & one.follows - {one.field.name}
                assert named <= leading, f"{action}: {one.field.name} follows {named}"
                rows = [other.field.name for other in row_choices(fields) if other is not one]
                if one.field.kind != "choice" and TARGET in one.follows and rows:
                    assert leading & set(rows), f"{action}: {one.field.name} shows what belongs to {rows}"
                    asked += 1
    assert asked >= 8


@pytest.fixture
def drafted(hands: Hands, worlds: Shelf) -> DraftPage:
    """The judge before the draft of a ruling in which the applicant lacks all but his name."""
    hands.change_person(str(worlds.get("frozen").notes["judge"]))
    hands.show(NUMBER)
    measure = hands.place.desk.do(
        "measure.propose", case=NUMBER, party=DEBTOR, kind="bank_deposit", amount=100_000, identifiers={"bank": BANK, "account_no": "6228480000009999"},
    )
    hands.cases.begin(Step("draft", "", measure.ids("Document")[0]))
    hands.rest()
    return hands.draft()


def test_the_check_leads_to_the_party_it_names_with_the_cursor_where_he_lacks_something(hands: Hands, drafted: DraftPage) -> None:
    assert drafted.shown is not None
    check = next(one for one in drafted.shown.checks if one.key == "parties")
    assert check.sentence.startswith(f"{APPLICANT}缺性别") and [way.label for way in check.ways] == ["去补充"]
    drafted.checks.settle(check)
    hands.rest()
    page = hands.page
    assert isinstance(page, FormPage) and page.form["name"].text == APPLICANT
    assert page.first_focus is page.form["sex"].input


def test_the_blue_word_beside_a_party_leads_to_that_party(hands: Hands, drafted: DraftPage) -> None:
    assert drafted.shown is not None
    ways = {row.value: row.way.action for row in drafted.shown.brought if row.way is not None and row.way.action.startswith("party.change")}
    assert {name: ways[name].rpartition(",")[2] for name in (APPLICANT, DEBTOR)} == {name: party(hands, name).id for name in (APPLICANT, DEBTOR)}


def test_a_choice_of_words_shows_a_blank_where_another_field_is_printed(hands: Hands, worlds: Shelf) -> None:
    hands.change_person(str(worlds.get("frozen").notes["judge"]))
    hands.show(NUMBER)
    notice = hands.place.desk.do("notice.execution", case=NUMBER, party=DEBTOR).ids("Document")[0]
    hands.cases.begin(Step("draft", "", notice))
    hands.rest()
    shown = hands.draft().shown
    assert shown is not None
    words = [words for row in shown.to_fill for _value, words in row.options]
    assert "自本通知书送达之日起＿＿日内" in words and not any("{" in one for one in words), words
