"""The lawful way out of what somebody wrote at his own desk with a program of his own: taken out here as on every other desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from execdesk.casefile.lookup import assigned
from execdesk.integrity.history import line_verifier
from execdesk.integrity.incidents import DerivedIncident, record_faults, record_once
from execdesk.integrity.undoing import may_be_undone, undoing_words
from execdesk.records.board import BoardCase
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.course import WorkNote
from execdesk.records.incidents import Incident
from execdesk.records.journal import Line, SearchEntry
from execdesk.records.money import MoneyReceipt
from execdesk.records.papers import Document
from execdesk.records.people import Person
from execdesk.store.act import Act
from execdesk.store.replay import all_entries, differences, fold, refs_in_breach, stored_rows
from execdesk.store.search import Search
from tests.flow.bureau import DEBTOR, Bureau
from tests.flow.test_forging import named, who, write
from tests.flow.test_owners import (
    account_changed,
    case_taken_over,
    everything,
    judge_renamed,
    made_again,
    money_booked,
    rows_of,
    team_entered,
)
from tests.flow.test_two_desks import send
from tests.looking import look_at
from tests.world import Notes

pytestmark = pytest.mark.begins("noticed")
REASON = "局长甲核对留痕，查明书记员甲用自编程序写下。"
Attack = Callable[[Bureau, dict[str, str]], Callable[[Act], Any]]


def case_made(bureau: Bureau, at: dict[str, str]) -> Callable[[Act], Any]:
    """A case made by one who registers none, with a party and a judge."""
    values = {**Case.get_by_id(at["case"]).journal_values(), "number": "（2018）琼9027执99号"}

    def work(act: Act) -> None:
        case = act.add(Case(**values))
        act.add(Party(case=case.id, side="debtor", position=0, kind="natural", name="符例凭空"))
        act.add(Assignment(case=case.id, person=who("judge-1").id, role="judge", starts_on=act.day, reason="分案", rule="override"))

    return work


ATTACKS: list[tuple[str, str, Attack]] = [
    ("clerk", "case.assign", case_taken_over), ("clerk", "person.staffing", judge_renamed), ("judge-2", "receipt.book", money_booked),
    ("admin", "case.register", case_made), ("clerk", "person.staffing", account_changed), ("clerk", "team.join", team_entered), ("admin", "party.add", made_again),
]


def incident_of(bureau: Bureau, line: str) -> str:
    """The incident that a check opens about a line."""
    verdict = bureau.desk.check()
    assert line in {fault.place for fault in verdict.faults}
    record_faults(bureau.desk.session, verdict)
    found = Incident.select().where(Incident.place == line, Incident.state == "open").first()
    assert found is not None
    return str(found.id)


@pytest.mark.parametrize(("account", "name", "attack"), ATTACKS, ids=lambda one: getattr(one, "__name__", None))
def test_both_desks_come_to_the_same_rows_once_it_is_taken_back(
    bureau: Bureau, notes: Notes, branch: Callable[[Bureau], Bureau], account: str, name: str, attack: Attack,
) -> None:
    at = rows_of(bureau, notes)
    other = branch(bureau)
    other.at("president")
    before = everything(other)
    look_at(bureau.at(account))
    line = write(bureau, account, attack(bureau, at), name, case=at["case"])
    assert everything(bureau) != before, "it stands here"
    assert set(send(bureau, other).breaches) == {line}
    look_at(bureau.at("director"))
    incident = incident_of(bureau, line)
    words = undoing_words(bureau.desk.session, {"incident": incident, "reason": REASON})
    assert words[0][0] == "不生效的留痕" and line in words[0][1] and any(told == "会改动" for told, _ in words)
    assert line in named(bureau), "shown only: nothing is kept"
    bureau.desk.do("breach.undo", incident=incident, reason=REASON)
    assert line in refs_in_breach(bureau.desk.session.store)
    assert not Incident.select().where(Incident.state == "open", Incident.place == line).exists()
    store = bureau.desk.session.store
    assert differences(fold(all_entries(store), refs_in_breach(store)), stored_rows(store)) == []
    assert send(bureau, other).breaches == {} == send(other, bureau).breaches
    assert everything(bureau) == everything(other)
    for desk in (bureau, other):
        look_at(desk.desk)
        assert [fault.text for fault in desk.desk.check().faults] == []


def test_what_was_built_on_it_falls_and_what_it_kept_out_counts_again(bureau: Bureau, notes: Notes, branch: Callable[[Bureau], Bureau]) -> None:
    at = rows_of(bureau, notes)
    other = branch(bureau)
    other.at(at["judge"]).do("note.record", case=at["case"], kind="call", on=other.day, words="真的承办法官所记")
    look_at(bureau.at(at["other"]))
    taken = write(bureau, at["other"], case_taken_over(bureau, at), "case.assign", case=at["case"])
    built = bureau.desk.do("note.record", case=at["case"], kind="call", on=bureau.day, words="冒充的承办法官所记").lines[0]
    bureau.at("clerk").do("note.record", case=at["case"], kind="call", on=bureau.day, words="书记员所记")
    assert set(send(bureau, other).breaches) == {taken, built}
    other.at(at["judge"]).do("note.record", case=at["case"], kind="call", on=other.day, words="见过以后所记")
    kept_out = send(other, bureau).breaches
    assert len(kept_out) == 1, "judged here by what stands here"
    look_at(bureau.at("director"))
    words = undoing_words(bureau.desk.session, {"incident": incident_of(bureau, taken), "reason": REASON})
    assert [told for told, _ in words].count("不生效的留痕") == 2 and [told for told, _ in words].count("恢复生效的留痕") == 1
    bureau.desk.do("breach.undo", incident=incident_of(bureau, taken), reason=REASON)
    assert assigned(at["case"], "judge", bureau.day).account == at["judge"]
    assert sorted(row.words for row in WorkNote.select()) == ["书记员所记", "真的承办法官所记", "见过以后所记"]
    assert refs_in_breach(bureau.desk.session.store) == {taken, built}
    send(bureau, other)
    send(other, bureau)
    assert everything(bureau) == everything(other)
    look_at(bureau.desk)
    assert [fault.text for fault in bureau.desk.check().faults] == []
    assert line_verifier(bureau.desk.session) is not None
    bureau.at(at["judge"]).do("note.record", case=at["case"], kind="call", on=bureau.day, words="又能办了")
    assert bureau.refused(at["other"], "note.record", case=at["case"], kind="call", on=bureau.day, words="不能了").code == "access.case"


def test_a_paper_that_no_longer_counts_is_named_and_lists_and_search_follow(bureau: Bureau, notes: Notes) -> None:
    at = rows_of(bureau, notes)
    line = write(bureau, "admin", case_made(bureau, at), "case.register")
    Search(bureau.at("clerk").session.store).catch_up()
    made = Case.get(Case.number == "（2018）琼9027执99号").id
    assert BoardCase.select().where(BoardCase.case == made).exists()
    assert SearchEntry.select().where(SearchEntry.case_id == made).exists()

    def signed(act: Act) -> None:
        act.change(act.get(Document, at["paper"]), state="issued", number="（2018）琼9027执1号之九", suffix=9, signed_on=act.day, signer=who(at["judge"]).id, file="f" * 64)

    write(bureau, "clerk", signed, "document.issue", case=at["case"])
    look_at(bureau.at("president"))
    words = dict(undoing_words(bureau.desk.session, {"incident": incident_of(bureau, line), "reason": REASON}))
    assert "之九" in words["已签发的文书"] and "收回" in words["已签发的文书"]
    bureau.desk.do("breach.undo", incident=incident_of(bureau, line), reason=REASON)
    assert not SearchEntry.select().where(SearchEntry.case_id == made).exists()
    assert not BoardCase.select().where(BoardCase.case == made).exists()
    assert Document.get_by_id(at["paper"]).number is None
    last = Line.select().order_by(Line.taken.desc()).get()
    assert (last.act, last.person) == ("breach.undo", who("president").id)


def test_only_the_heads_do_it_and_only_of_what_has_no_effect_by_its_line(bureau: Bureau, notes: Notes) -> None:
    at = rows_of(bureau, notes)
    line = write(bureau, "clerk", judge_renamed(bureau, at), "person.staffing")
    bureau.at("president")
    incident = incident_of(bureau, line)
    for account in ("clerk", "admin", at["judge"], "deputy", "vice"):
        assert bureau.refused(account, "breach.undo", incident=incident, reason=REASON).code == "access.duty", account
    assert bureau.refused("director", "breach.undo", incident=incident, reason="查").code == "incident.words"
    honest = bureau.at("clerk").do("note.record", case=at["case"], kind="call", on=bureau.day, words="正当所记").lines[0]
    with bureau.desk.session.act("event") as act:
        pass
    assert act.changes is not None
    row = record_once(bureau.desk.session, "invariant", [DerivedIncident(honest, "不能并存", None)], "试")[0]
    assert row.id not in may_be_undone(bureau.desk.session)
    assert bureau.refused("director", "breach.undo", incident=row.id, reason=REASON).code == "breach.none"
    bureau.at("director").do("breach.undo", incident=incident, reason=REASON)
    assert bureau.refused("director", "breach.undo", incident=incident, reason=REASON).code == "incident.state"
    assert Person.get_by_id(who(at["judge"]).id).name != "林例丙" and MoneyReceipt.select().count() == 0
    assert DEBTOR in {row.name for row in Party.select()}
