"""Who may write a row, judged from lines: what somebody writes with a program of his own beyond his rights is found, and counts nowhere."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest

import main
from execdesk import rooms
from execdesk.access.desk_keys import trust_of
from execdesk.access.register import ACTIONS
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Decision, Request
from execdesk.records.base import new_id
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.journal import Line
from execdesk.records.measures import Measure
from execdesk.records.money import Claiming, MoneyReceipt
from execdesk.records.moves import ANY
from execdesk.records.owners import ANYONE, LIMITS, ROLES_OF_LINES, TableOwners, makes
from execdesk.records.papers import Document, KeptFile, Service, TakenNumber
from execdesk.records.people import Person
from execdesk.records.tables import JOURNALED
from execdesk.records.teams import TeamMember
from execdesk.store.act import Act
from execdesk.store.chains import entry_of
from execdesk.store.line import Entry
from execdesk.store.merge import Receipt, take_in
from execdesk.store.primed import prime
from execdesk.store.replay import all_entries, state_hash, stored_rows
from tests.at_will import at_will
from tests.flow.bureau import DEBTOR, Bureau
from tests.flow.test_forging import named, who, write
from tests.looking import look_at
from tests.world import Notes

Attack = Callable[[Bureau, dict[str, str]], Callable[[Act], Any]]


def set_in(model: Any, row: str, **values: Any) -> Callable[[Act], Any]:
    return lambda act: act.change(act.get(model, row), **values)


def issued_for_the_judge(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    def work(act: Act) -> None:
        act.change(act.get(Document, at["paper"]), state="to_seal", number="（2018）琼9027执1号之九", suffix=9, signed_on=act.day, signer=who(at["judge"]).id, file="f" * 64)
        act.add(KeptFile(id=new_id(), document=at["paper"], sha256="f" * 64, size=1, kind="signed", person=who(at["judge"]).id, at=act.at))
        act.add(TakenNumber(id=new_id(), case=at["case"], series="ruling", suffix=9, number="（2018）琼9027执1号之九", document=at["paper"], state="used"))

    return work


def issued_by_oneself(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.change(act.get(Document, at["paper"]), state="to_seal", signed_on=act.day, signer=who(bureau.account).id, file="f" * 64)


def file_that_nobody_kept(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    """The judge himself, his own approved paper, a file that is not there."""
    return lambda act: act.change(
        act.get(Document, at["paper"]), state="to_seal", number="（2018）琼9027执1号之九", suffix=9, signed_on=act.day, signer=who(bureau.account).id, file="f" * 64,
    )


def file_without_digest(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    def work(act: Act) -> None:
        act.change(act.get(Document, at["paper"]), state="to_seal", number="（2018）琼9027执1号之九", suffix=9, signed_on=act.day, signer=who(bureau.account).id, file="{}")
        act.add(KeptFile(id=new_id(), document=at["paper"], sha256="{}", size=1, kind="signed", person=who(bureau.account).id, at=act.at))

    return work


def case_taken_over(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    def work(act: Act) -> None:
        for row in Assignment.select().where(Assignment.case == at["case"], Assignment.role == "judge"):
            act.change(act.get(Assignment, row.id), ends_on=act.day)
        act.add(Assignment(id=new_id(), case=at["case"], person=who(bureau.account).id, role="judge", starts_on=act.day, reason="接办", rule="override"))

    return work


def judge_beside(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.add(Assignment(id=new_id(), case=at["case"], person=who(bureau.account).id, role="judge", starts_on=act.day, reason="分案", rule="ledger"))


def judge_renamed(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return set_in(Person, who(at["judge"]).id, name="林例丙")


def account_changed(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return set_in(Person, who("president").id, account="president-2")


def claim_changed(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return set_in(Case, at["case"], claim_fen=1)


def case_struck(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return set_in(Case, at["case"], struck="撤销导入：误")


def released_unserved(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return set_in(Measure, at["measure"], state="released", released_on=bureau.day)


def released_by_the_freezing_notice(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    def work(act: Act) -> None:
        act.add(Service(id=new_id(), document=at["notice"], recipient="某某银行", method="direct", served_on=act.day, served_by=who(bureau.account).id))
        act.change(act.get(Measure, at["measure"]), state="released", released_on=act.day)

    return work


def money_booked(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    def work(act: Act) -> None:
        receipt = act.add(MoneyReceipt(id=new_id(), bank_ref="x", account="bank", received_on=act.day, booked_on=act.day, amount_fen=100, medium="bank"))
        act.add(Claiming(id=new_id(), receipt=receipt.id, case=at["case"], amount_fen=100, kind="voluntary", interest_stop_on=act.day, claimed_on=act.day))

    return work


def approved_above(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    """A judge approves what is 院长's, in his own name and post."""
    def work(act: Act) -> None:
        act.add(Decision(
            id=new_id(), request=at["request"], kind="approve", person=who(bureau.account).id, post="执行法官", on=act.day, at=act.at, level="judge",
            article="", phrase="", reason="", rule_id="", data_hash="", chain_head="", statement="{}", signature="",
        ))
        act.change(act.get(Request, at["request"]), state="approved")

    return work


def ladder_of_today(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    """A judge records an invented approval on paper for a day on which nobody approves on paper."""
    def work(act: Act) -> None:
        act.add(Decision(
            id=new_id(), request=at["request"], kind="approve", person=who(bureau.account).id, post="执行法官", on=act.day, at=act.at, level="judge",
            article="", phrase="", reason="", rule_id="", data_hash="", chain_head="", statement="{}", signature="", on_paper="院长甲书面批准",
        ))
        act.change(act.get(Request, at["request"]), state="approved")

    return work


def applied_as_another(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.add(Request(
        id=new_id(), case=at["case"], matter="seize_property", title="查封", circumstances=[], applicant=who(at["judge"]).id, state="draft",
    ))


def born_signed(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    return lambda act: act.add(Document(
        id=new_id(), case=at["case"], type_id="ruling_freeze", title="执行裁定书", series="ruling", state="draft", inputs={}, number="（2018）琼9027执1号之八",
        signer=who(at["judge"]).id, file="e" * 64,
    ))


def made_again(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    """The row of a party made once more under its own id, as another."""
    row = Party.get(Party.case == at["case"], Party.name == DEBTOR)

    def work(act: Act) -> None:
        Party.delete().where(Party.id == row.id).execute()
        act.add(Party(id=row.id, **{**row.journal_values(), "name": "林例丁"}))

    return work


def team_entered(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    team = TeamMember.get(TeamMember.role == "judge").team
    return lambda act: act.add(TeamMember(id=new_id(), team=team, person=who(bureau.account).id, role="judge", starts_on=act.day))


ATTACKS: list[tuple[str, str, Attack]] = [
    ("clerk", "document.issue", issued_for_the_judge), ("clerk", "document.issue", issued_by_oneself), ("other", "document.issue", issued_by_oneself),
    ("judge", "document.issue", file_that_nobody_kept), ("judge", "document.issue", file_without_digest),
    ("clerk", "case.assign", case_taken_over), ("clerk", "ledger.import", case_taken_over), ("other", "case.assign", case_taken_over),
    ("clerk", "case.register", judge_beside), ("clerk", "ledger.import", judge_beside), ("other", "case.route", judge_beside),
    ("clerk", "person.staffing", judge_renamed), ("admin", "person.add", judge_renamed), ("director", "person.staffing", judge_renamed),
    ("clerk", "person.staffing", account_changed), ("admin", "person.staffing", account_changed), ("judge", "event", account_changed),
    ("clerk", "case.obligation", claim_changed), ("officer", "ledger.import", claim_changed), ("judge", "case.basis", claim_changed),
    ("clerk", "ledger.undo", case_struck), ("judge", "party.change", case_struck), ("admin", "ledger.undo", case_struck),
    ("clerk", "service.record", released_unserved), ("clerk", "service.record", released_by_the_freezing_notice), ("officer", "service.record", released_unserved),
    ("admin", "receipt.book", money_booked), ("seal", "receipt.book", money_booked), ("clerk", "note.record", money_booked),
    ("judge", "request.approve", approved_above), ("other", "request.approve", approved_above), ("clerk", "request.approve", approved_above),
    ("judge", "request.paper_approval", ladder_of_today), ("other", "request.paper_approval", ladder_of_today), ("clerk", "request.paper_approval", ladder_of_today),
    ("clerk", "request.open", applied_as_another), ("other", "request.open", applied_as_another), ("officer", "measure.propose", applied_as_another),
    ("clerk", "document.draft", born_signed), ("judge", "document.draft", born_signed), ("other", "document.propose", born_signed),
    ("clerk", "party.add", made_again), ("judge", "party.add", made_again), ("clerk", "case.register", made_again),
    ("clerk", "team.judge", team_entered), ("judge", "team.join", team_entered), ("admin", "team.judge", team_entered),
]


def rows_of(bureau: Bureau, notes: Notes) -> dict[str, str]:
    """A case with a frozen deposit, one more freeze approved, and an extension that waits for 院长."""
    case, judge = notes["case"], notes["judge"]
    bureau.at(judge)
    measure = bureau.frozen(case)
    notice = Document.get(Document.measure == measure, Document.state == "issued", Document.addressee.is_null(False)).id
    second = bureau.at(judge).do(
        "measure.propose", case=case, party=DEBTOR, kind="bank_deposit", identifiers={"bank": "某某银行", "account_no": "6228480000006639"}, amount=100,
    ).ids("Request")[0]
    for name in ("request.submit", "request.approve"):
        bureau.desk.do(name, request=second)
    request = bureau.desk.do("request.open", case=case, matter="extend_enforcement_period").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    other = next(p for p in ("judge-1", "judge-2") if p != judge)
    return {"case": case, "judge": judge, "other": other, "measure": measure, "notice": notice, "paper": bureau.papers(second)[0].id, "request": request}


class _Forged(Exception):
    """The line is written as wanted: nothing else is kept."""


def forged_line(bureau: Bureau, name: str, work: Callable[[Act], Any], case: str, **more: Any) -> Entry:
    """The line that a program of one's own writes for the one at the desk; the rows stay what they are."""
    store = bureau.desk.session.store
    found: list[Entry] = []
    with contextlib.suppress(_Forged), at_will(store, name, case=case, **more) as act:
        work(act)
        store.write_lines(act)
        found.append(entry_of(Line.select().order_by(Line.taken.desc()).get()))
        raise _Forged
    return found[0]


def taken_in(bureau: Bureau, entries: list[Entry]) -> Receipt:
    store = bureau.desk.session.store
    look_at(store)
    return take_in(store, entries, prime(store.base, trust_of(store).judge(bureau.services.organisation.posts, bureau.services.authority)))


def everything(bureau: Bureau) -> str:
    look_at(bureau.desk)
    return state_hash({pair: row for pair, row in stored_rows(bureau.desk.session.store).items() if pair[0] != "SessionKey"})


@pytest.mark.attack("8.3")
@pytest.mark.begins("noticed")
def test_what_nobody_may_write_counts_on_no_desk(bureau: Bureau, notes: Notes, branch: Callable[[Bureau], Bureau]) -> None:
    at = rows_of(bureau, notes)
    other = branch(bureau)
    other.at("president")
    bureau.at("clerk")
    before = everything(bureau)
    for account, name, attack in ATTACKS:
        bureau.at(at.get(account, account))
        what, work = f"{account} {name} {attack.__name__}", attack(bureau, at)
        with pytest.raises(Refusal) as refused, bureau.desk.session.act(name, case=at["case"]) as honest:
            work(honest)
        assert refused.value.code in ("store.owner", "store.move", "store.condition"), (what, refused.value.text)
        entry = forged_line(bureau, name, work, at["case"])
        assert taken_in(bureau, [entry]).breaches.keys() == {entry.ref}, what
    assert everything(bureau) == before
    lines = list(all_entries(bureau.desk.session.store))
    assert len(taken_in(other, lines).breaches) == len(ATTACKS)
    assert everything(other) == before, "nothing of it has effect at the other desk"
    for desk in (bureau, other):
        look_at(desk.desk)
        assert desk.desk.check().whole


@pytest.mark.attack("8.3")
@pytest.mark.begins("noticed")
def test_what_a_program_of_ones_own_has_written_into_the_rows_is_named(bureau: Bureau, notes: Notes) -> None:
    at = rows_of(bureau, notes)
    for name, attack in (("document.issue", issued_for_the_judge), ("case.assign", case_taken_over), ("person.staffing", judge_renamed), ("person.staffing", account_changed)):
        bureau.at("clerk")
        line = write(bureau, "clerk", attack(bureau, at), name, case=at["case"])
        assert line in named(bureau), attack.__name__
    bureau.at("clerk")
    assert bureau.refused(at["judge"], "document.issue", document=at["paper"]).code == "journal.incident"


def test_every_table_says_who_may_write_it() -> None:
    """A new table without a declaration fails here, and so does a name that nobody knows."""
    rooms.enter()
    duties = {duty for post in main.build().organisation.posts.values() for duty in post.may}
    for model in JOURNALED:
        owners = vars(model).get("OWNERS")
        assert isinstance(owners, TableOwners), f"{model.__name__} does not say who may write it"
        fields = {field.name for field in model.journal_fields()}
        for grant in owners.grants:
            assert set(grant.acts) <= {*ACTIONS, ANY, "session.open", "request.lapse"}, (model.__name__, grant.acts)
            assert set(grant.by) <= duties | ROLES_OF_LINES.keys() | {ANYONE}, (model.__name__, grant.by)
            assert set(grant.when) <= LIMITS.keys(), (model.__name__, grant.when)
            assert {*(grant.fields or ()), *grant.own, *grant.at, *grant.day, *grant.blank, *grant.only} <= fields, (model.__name__, grant)


def test_a_table_that_says_nothing_is_written_by_nobody() -> None:
    assert TableOwners().to("case.register", new=True) == () == TableOwners().to("case.register", new=False)
    with pytest.raises(ValueError, match="nobody is said"):
        TableOwners(makes("event"))
