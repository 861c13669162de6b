"""Whoever is not in charge of a case writes nothing in it with a program of his own; judged as of the line, not of the reader's day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Request
from execdesk.records.base import new_id
from execdesk.records.cases import Assignment, Case, Party, PartyTie
from execdesk.records.course import WorkNote
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.money import Claiming, MoneyReceipt
from execdesk.records.papers import Document
from execdesk.records.property import Property, PropertyOwner, PropertyTie
from execdesk.records.sanctions import ObstructionAct
from execdesk.records.teams import Team
from execdesk.store.act import Act
from execdesk.store.replay import all_entries
from tests.flow.bureau import DEBTOR, Bureau
from tests.flow.test_forging import who
from tests.flow.test_owners import Attack, everything, forged_line, rows_of, set_in, taken_in
from tests.flow.test_two_desks import send
from tests.looking import look_at
from tests.world import Notes

pytestmark = pytest.mark.begins("noticed")


def debtor(at: dict[str, str]) -> Any:
    return Party.get(Party.case == at["case"], Party.name == DEBTOR)


def a_request(bureau: Bureau, at: dict[str, str], **more: Any) -> Request:
    told = {"matter": "seize_property", "title": "查封", "circumstances": [], "applicant": who(bureau.account).id, "state": "draft"}
    return Request(id=new_id(), case=at["case"], **{**told, **more})


def noted(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.add(WorkNote(id=new_id(), case=at["case"], kind="call", on=act.day, words="已经联系"))


def applied(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.add(a_request(bureau, at))


def drafted(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.add(Document(id=new_id(), case=at["case"], type_id="ruling_freeze", title="执行裁定书", series="ruling", state="draft", inputs={}))


def proposed(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    known = Measure.get_by_id(at["measure"])
    return lambda act: act.add(Measure(id=new_id(), case=at["case"], property=known.property, party=known.party, kind="freeze", words="存款", state="proposed"))


def filled(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return set_in(Document, at["draft"], inputs={"n": 1})


def moved_away(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return set_in(Party, debtor(at).id, address="别处")


def found_special(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return set_in(Party, debtor(at).id, special=["npc_deputy"], special_source="自称")


def joined(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.add(Party(id=new_id(), case=at["case"], side="third", position=9, kind="natural", name="符例九"))


def owed(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return set_in(Case, at["case"], obligation="不必履行")


def came_in(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    def work(act: Act) -> None:
        receipt = act.add(MoneyReceipt(id=new_id(), bank_ref="x", account="bank", received_on=act.day, booked_on=act.day, amount_fen=100, medium="bank"))
        act.add(Claiming(id=new_id(), receipt=receipt.id, case=at["case"], amount_fen=100, kind="voluntary", interest_stop_on=act.day, claimed_on=act.day))

    return work


def came_in_for_nobody(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.add(MoneyReceipt(id=new_id(), bank_ref="y", account="bank", received_on=act.day, booked_on=act.day, amount_fen=100, medium="bank"))


def answered(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.add(AssistReply(id=new_id(), measure=at["measure"], received_on=act.day, result="no_object", receipt_no="r"))


def obstructed(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    row = {"id": new_id(), "case": at["case"], "party": debtor(at).id, "on": None, "statute_item": "refuse", "words": "拒不履行"}
    return lambda act: act.add(ObstructionAct(**{**row, "on": act.day}))


def devalued(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return set_in(Property, Measure.get_by_id(at["measure"]).property, value_fen=1, value_from="estimate")


def spared(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return set_in(Property, Measure.get_by_id(at["measure"]).property, exempt="生活必需")


def renumbered(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    """The account number of a known deposit put otherwise as if the thing were entered anew."""
    return set_in(Property, Measure.get_by_id(at["measure"]).property, identifiers={"bank": "某某银行", "account_no": "1"})


def shared(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.add(PropertyOwner(id=new_id(), property=Measure.get_by_id(at["measure"]).property, party=debtor(at).id, share="1/2"))


def disowned(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    owner = PropertyOwner.get(PropertyOwner.property == Measure.get_by_id(at["measure"]).property)
    return set_in(PropertyOwner, owner.id, struck="登记有误")


def tied(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    known = Measure.get_by_id(at["measure"]).property
    return lambda act: act.add(PropertyTie(id=new_id(), property=known, other=known, ground="同一财产"))


def one_with(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.add(PartyTie(id=new_id(), party=debtor(at).id, other=debtor(at).id, ground="同一人"))


def given_back(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    """Returned by one who only keeps facts of cases, with the hands of another act."""
    return set_in(Request, at["request"], state="returned", note="退回")


def withdrawn(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    """By him who put it forward while the case was his."""
    return set_in(Request, at["request"], state="withdrawn", note="撤回")


def counted_twice(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    """Money booked as if it were a counter-booking, which anybody may make who books money."""
    booked = MoneyReceipt.get(MoneyReceipt.id == at["receipt"])
    copied = {name: getattr(booked, name) for name in ("bank_ref", "account", "received_on", "medium")}
    return lambda act: act.add(MoneyReceipt(id=new_id(), **copied, booked_on=act.day, amount_fen=100, reverses=booked.id))


def taken_back_twice(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    booked = MoneyReceipt.get(MoneyReceipt.id == at["receipt"])
    copied = {name: getattr(booked, name) for name in ("bank_ref", "account", "received_on", "medium")}
    return lambda act: [act.add(MoneyReceipt(id=new_id(), **copied, booked_on=act.day, amount_fen=-60, reverses=booked.id)) for _ in range(2)]


def below_nothing(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.add(AssistReply(id=new_id(), measure=new_id(), received_on=act.day, result="no_object"))


ATTACKS: list[tuple[str, str, Attack]] = [
    ("former", "note.record", noted), ("auxiliary", "note.record", noted), ("deputy", "note.record", noted),
    ("former", "request.open", applied), ("clerk", "request.open", applied), ("deputy", "request.open", applied),
    ("former", "document.draft", drafted), ("clerk", "notice.execution", drafted), ("deputy", "measure.propose", drafted),
    ("former", "measure.propose", proposed), ("clerk", "measure.propose", proposed), ("former", "measure.renew", proposed),
    ("former", "document.fill", filled), ("clerk", "document.fill", filled), ("deputy", "document.fill", filled),
    ("former", "party.change", moved_away), ("officer", "party.change", moved_away), ("deputy", "party.change", moved_away),
    ("former", "party.special", found_special), ("former", "party.add", joined), ("former", "case.obligation", owed), ("deputy", "case.basis", owed),
    ("former", "receipt.book", came_in), ("officer", "receipt.book", came_in), ("former", "receipt.deducted", came_in), ("former", "receipt.book", came_in_for_nobody),
    ("former", "measure.reply", answered), ("officer", "measure.reply", answered), ("former", "receipt.deducted", answered), ("former", "measure.reply", below_nothing),
    ("former", "obstruction.record", obstructed), ("clerk", "obstruction.record", obstructed), ("police", "obstruction.record", obstructed),
    ("former", "property.change", devalued), ("deputy", "property.change", devalued), ("former", "property.change", spared), ("clerk", "property.change", spared),
    ("former", "property.register", renumbered), ("clerk", "property.register", renumbered), ("former", "measure.propose", renumbered),
    ("former", "property.share", shared), ("former", "property.register", shared), ("clerk", "measure.propose", shared), ("former", "property.strike_owner", disowned),
    ("former", "property.tie", tied), ("deputy", "property.tie", tied), ("former", "party.tie", one_with), ("police", "party.tie", one_with),
    ("clerk", "request.return", given_back), ("officer", "request.return", given_back), ("former", "provisional.annul", given_back),
    ("former", "request.withdraw", withdrawn), ("former", "request.void", withdrawn), ("clerk", "request.withdraw", withdrawn),
    ("clerk", "receipt.reverse", counted_twice), ("former", "receipt.reverse", counted_twice), ("clerk", "receipt.reverse", taken_back_twice),
]


def handed_on(bureau: Bureau, notes: Notes) -> dict[str, str]:
    """A case that 局长 has given to another judge and another clerk; what the former ones put forward in it stands there."""
    at = rows_of(bureau, notes)
    bureau.desk.do("document.draft", case=at["case"], type="notice_assist_query")
    at["draft"] = Document.get(Document.state == "draft").id
    bureau.desk.do("receipt.book", case=at["case"], amount=100, received_on=bureau.day, bank_ref="B1")
    at["receipt"] = MoneyReceipt.get().id
    bureau.at("director").do("case.assign", case=at["case"], judge=at["other"], clerk="书记员乙", reason="工作需要")
    return {**at, "former": at["judge"], "judge": at["other"]}


def test_a_stranger_to_a_case_writes_nothing_in_it_on_any_desk(bureau: Bureau, notes: Notes, branch: Callable[[Bureau], Bureau]) -> None:
    at = handed_on(bureau, notes)
    other = branch(bureau)
    other.at("president")
    bureau.at("clerk")
    before, forged = everything(bureau), list[str]()
    for account, name, attack in ATTACKS:
        bureau.at(at.get(account, account))
        what, work = f"{account} {name} {attack.__name__}", attack(bureau, at)
        with pytest.raises(Refusal) as refused, bureau.desk.session.act(name, case=at["case"]) as honest:
            work(honest)
        assert refused.value.code in ("store.owner", "store.move"), (what, refused.value.text)
        entry = forged_line(bureau, name, work, at["case"])
        assert taken_in(bureau, [entry]).breaches.keys() == {entry.ref}, what
        forged.append(entry.ref)
    assert everything(bureau) == before
    assert taken_in(other, list(all_entries(bureau.desk.session.store))).breaches.keys() == set(forged)
    assert everything(other) == before


def line_of(bureau: Bureau, account: str, at: dict[str, str]) -> dict[str, str]:
    """What becomes of a note that somebody writes with a program of his own: the reasons why it has no effect."""
    bureau.at(account)
    entry = forged_line(bureau, "note.record", noted(bureau, at), at["case"])
    return taken_in(bureau, [entry]).breaches


def test_who_is_lent_clerk_in_the_team_or_gives_cases_writes_in_them_and_for_the_days_he_is_only(bureau: Bureau, notes: Notes) -> None:
    at = handed_on(bureau, notes)
    last = bureau.day + timedelta(days=3)
    bureau.at("director").do("team.join", team=Team.get(Team.name == "法官乙团队").id, person="officer", starts_on=bureau.day, ends_on=last)
    with bureau.desk.session.act("case.assign", case=at["case"]) as act:
        act.add(Assignment(id=new_id(), case=at["case"], person=who("auxiliary").id, role="officer", starts_on=act.day, ends_on=act.day, reason="借用", rule="person"))
    for account in (at["judge"], "officer", "auxiliary", "director", "clerk"):  # the clerk by his own duty, which counts in every case
        assert line_of(bureau, account, at) == {}, account
    assert line_of(bureau, "police", at) != {}
    bureau.at("officer", last)
    assert line_of(bureau, "officer", at) == {} != line_of(bureau, "auxiliary", at), "lent for one day"
    bureau.at("officer", last + timedelta(days=1))
    assert line_of(bureau, "officer", at) != {} == line_of(bureau, at["judge"], at)


def test_a_line_is_judged_by_what_its_writer_knew_of_the_assignment(bureau: Bureau, notes: Notes, branch: Callable[[Bureau], Bureau]) -> None:
    """The case is given away at one desk while its judge still works at the other: what he wrote before he could know counts."""
    case, judge = notes["case"], notes["judge"]
    other = branch(bureau)
    other.at(judge)
    look_at(other.desk)
    other.desk.do("note.record", case=case, kind="call", on=other.day, words="不知已经改派")
    note = WorkNote.get(WorkNote.words == "不知已经改派").id
    look_at(bureau.at("director"))
    bureau.desk.do("case.assign", case=case, judge="judge-2" if judge == "judge-1" else "judge-1", reason="工作需要")
    assert send(other, bureau).breaches == {} == send(bureau, other).breaches
    assert WorkNote.get_or_none(WorkNote.id == note) is not None
    look_at(other.at(judge))
    entry = forged_line(other, "note.record", noted(other, {"case": case}), case)
    assert taken_in(other, [entry]).breaches.keys() == {entry.ref}, "now he has seen it"
    assert send(other, bureau).breaches.keys() == {entry.ref}
    assert everything(bureau) == everything(other)


def test_a_case_without_a_judge_is_everybodys(bureau: Bureau, notes: Notes) -> None:
    bureau.at("clerk")
    with bureau.desk.session.act("ledger.import") as act:
        loose = act.add(Case(id=new_id(), **{**Case.get_by_id(notes["case"]).journal_values(), "number": "（2018）琼9027执77号"}))
    for account in ("judge-2", "police", "auxiliary"):
        assert line_of(bureau, account, {"case": loose.id}) == {}, account
