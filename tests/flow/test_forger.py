"""A random forger: somebody's own account and keys, a program of his own, any act, any table, at either of two desks.

What of it has effect is held against a table written by hand, from the plan and the specification of a case, not from the rules of the
program: who may bring about what at all. Both desks must agree on every line, and come to the same rows.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from peewee import BooleanField, IntegerField

from execdesk.access.desk_keys import trust_of
from execdesk.access.register import ACTIONS
from execdesk.law.refusal import Refusal
from execdesk.records.base import RowField, moment_text, new_id
from execdesk.records.cases import Assignment
from execdesk.records.journal import Line
from execdesk.records.people import Person
from execdesk.records.tables import BY_NAME, JOURNALED
from execdesk.store.chains import entry_of
from execdesk.store.line import Change, Entry, build, seal
from execdesk.store.merge import take_in
from execdesk.store.primed import prime
from execdesk.store.replay import all_entries, refs_in_breach, state_hash, stored_rows
from execdesk.store.store import Store
from tests.flow.bureau import Bureau
from tests.flow.test_owners import rows_of
from tests.looking import look_at
from tests.tries import PROOF
from tests.world import Notes

TRIES = {"": 60, "bounded": 400, "unbounded": 2000}[PROOF]
ACCOUNTS = ("president", "vice", "director", "deputy", "judge-1", "judge-2", "judge-3", "clerk", "officer", "auxiliary", "police", "seal", "review", "admin")

# Who may bring about what, by hand. One line a thing: table, what of it (``new`` or fields that change), and who: the account, or
# ``judge`` for any of the judges, ``incharge`` for the one of the case, ``anyone``. After > the states a row may come to by it.
# What is not here, nobody brings about.
BY_HAND = """
Court        address telephone hotline account_name account_bank account_no  president director
Person       new staffing                                            admin
Person       account phone id_no certificate_no enforcement_no police_no     admin president director
Post         new countersigned_by ends_on state                      admin president director               > prepared effective refused
Delegation   new                                                     admin                                   > prepared
Delegation   state countersigned_by revoked_on                       president director admin                > effective refused
Certificate  state revoked_at reason                                 president director admin                > revoked valid
SessionKey   new                                                     anyone
Case         new                                                     clerk                                   > open closed review_office
Case         group group_reason                                      clerk director incharge judge deputy
Case         last_paper_suffix opening_recovered_fen basis_kind basis_organ basis_effective_on kind obligation  clerk officer judge director deputy
Case         claim_fen principal_fen interest_fen costs_fen fee_fen cause filed_on basis_no closed_on closing_mode closing_source state town remarks struck  clerk > open closed
Party        new                                                     clerk officer judge director deputy
Party        name kind id_kind id_no sex born_on ethnicity occupation address phone representative representative_post agent special special_source  clerk officer judge director deputy
Party        struck                                                  clerk
PartyTie     new                                                     clerk officer auxiliary police judge director deputy
Assignment   new ends_on struck                                      clerk director
Assignment   new                                                     judge deputy
Request      new                                                     clerk officer judge director deputy     > draft
Request      state content_hash level step submitted_at upward note subject  incharge applicant director president vice review  > submitted approved returned withdrawn void lapsed used
Request      state done_on outcome                                   incharge applicant                      > done
Request      state note                                              clerk officer judge director deputy     > returned lapsed
Request      state level                                             clerk officer judge director deputy seal  > approved
PaperApproval new                                                    clerk officer judge director deputy seal  > printed entered
PaperApproval state approvers approved_on opinion scan entered_by entered_on alone  clerk officer judge director deputy seal  > entered
PaperApproval state settled_by settled_on                            director president vice deputy judge    > confirmed denied
Decision     new                                                     incharge director president vice review deputy judge clerk officer seal
Decision     struck                                                  president
Panel        new                                                     incharge                                > asked
Panel        state members designated_by designated_on minutes outcome  director incharge clerk judge        > designated concluded
Permit       new granted_on text                                     incharge applicant director
Document     new                                                     clerk officer judge director deputy     > draft submitted
Document     inputs addressee                                        clerk officer judge director deputy
Document     state content content_hash inputs text_version law_hash incharge applicant director             > draft submitted void
Document     state                                                   clerk officer judge director deputy president vice review  > draft
Document     state number suffix signed_on signer pages fields file  incharge president vice                 > to_cosign to_seal void
Document     state file                                              seal judge president                    > issued to_seal to_cosign
Document     state                                                   clerk judge director deputy seal        > issued
KeptFile     new                                                     incharge judge president vice seal
TakenNumber  new state cause                                         incharge president vice director        > used void paper
Service      new                                                     clerk officer police judge
Printing     new                                                     clerk officer seal judge director deputy police
Measure      new                                                     clerk officer judge director deputy     > proposed
Measure      state ordered_on end_printed                            incharge president vice                 > ordered proposed
Measure      state served_on effective_on released_on                clerk officer police judge              > live ordered late renewed released
Measure      state rank effective_on end_printed end_told disposed_on told_fen told_on told_by  clerk officer judge  > live ordered void transferred
MeasureRelease new struck                                            clerk officer police judge
AssistReply  new                                                     clerk officer judge
LawCorrection new                                                    judge director deputy clerk officer admin  > proposed
LawCorrection state approved_by approved_on                          director                                > effective refused
Adoption     new struck                                              admin judge director deputy             > proposed
Adoption     state approved_by approved_on                           director                                > effective refused
TextCorrection new                                                   admin judge director deputy             > draft
TextCorrection state body valid_from source reason                   admin judge director deputy             > draft
TextCorrection state                                                 admin judge director deputy             > draft proposed withdrawn
TextCorrection state released_by released_on                         admin judge director deputy             > released
TextCorrection state approved_by approved_on                         director                                > effective refused
Phrase       new                                                     clerk officer judge director deputy admin  > own
Phrase       state                                                   clerk officer judge director deputy admin  > own proposed dropped
Phrase       state released_by released_on                           admin judge director deputy             > released
Glyph        new struck                                              admin                                   > proposed
Glyph        state approved_by approved_on                           director                                > effective refused ended
MoneyReceipt new                                                     clerk officer judge
Claiming     new                                                     clerk officer judge
ReceiptTie   new                                                     clerk officer judge
Property     new identifiers natural_key words place value_fen value_from exempt home  clerk officer auxiliary police judge director deputy
PropertyOwner new share struck                                              clerk officer auxiliary police judge director deputy
PropertyTie  new                                                     clerk officer auxiliary police judge director deputy
PropertyClue new                                                     clerk officer auxiliary police judge director deputy > given
PropertyClue state                                                   clerk officer auxiliary police judge director deputy > checked
PropertyClue clear urgent                                            judge director deputy
PropertyClue state outcome                                           judge director deputy                   > verified given refused
ClueCheck    new                                                     clerk officer auxiliary police judge director deputy
PropertyDeclaration new                                              clerk officer police judge director deputy > asked submitted
PropertyDeclaration asked_on                                         clerk officer police judge
PropertyDeclaration extended_to                                      judge director deputy
PropertyDeclaration state submitted_on lines changes                 clerk officer judge director deputy     > submitted
PropertyDeclaration state result checked_on words                    judge director deputy                   > checked
NetworkQuery new                                                     clerk officer auxiliary police judge director deputy
QueryAnswer  new struck                                              clerk officer auxiliary police judge director deputy > nothing proposed
QueryAnswer  state property                                          clerk officer auxiliary police judge director deputy > taken aside proposed
FileEntry    new struck                                              clerk officer auxiliary police judge director deputy
ObstructionAct new                                                   clerk officer auxiliary police judge director deputy
Extension    new struck                                              incharge president vice
WorkNote     new                                                     clerk officer auxiliary police judge director deputy
Team         new ends_on                                             director
TeamMember   new ends_on                                             director
TeamMember   ends_on                                                 admin president
Incident     new state settled_by settled_note                       president director admin                > open settled
Import       new state                                               clerk                                   > done undone
TrayRow      new state problems kind raw row sheet struck            clerk                                   > waiting imported dropped
LedgerRow    new struck                                              clerk
"""
ACTING_FOR_HIMSELF = {  # fields that name whoever wrote the line, where they are written at all
    "Request": "applicant", "Decision": "person", "KeptFile": "person", "Printing": "person", "SessionKey": "person", "LawCorrection": "proposed_by", "Adoption": "proposed_by", "Glyph": "proposed_by",
    "TextCorrection": "proposed_by", "Phrase": "person",
}
Grants = dict[str, list[tuple[frozenset[str], frozenset[str], frozenset[str]]]]


def by_hand() -> Grants:
    found: Grants = {}
    for line in filter(str.strip, BY_HAND.splitlines()):
        told, _, states = line.partition(">")
        table, *rest = told.split()
        names = {field.name for field in BY_NAME[table].journal_fields()} | {"new"}
        what, who = frozenset(w for w in rest if w in names), frozenset(w for w in rest if w not in names)
        assert who <= {*ACCOUNTS, "judge", "incharge", "applicant", "anyone"}, (table, who)
        found.setdefault(table, []).append((what, who, frozenset(states.split())))
    return found


def test_the_table_by_hand_speaks_of_every_table_that_anybody_writes() -> None:
    assert by_hand().keys() == {model.__name__ for model in JOURNALED} - {"Site", "Group", "Area"}, "these are the founding's"


def forged(store: Store, act: str, changes: list[Change], at: datetime) -> Entry:
    """A line of whoever sits at a desk, that goes on from its chain; nothing of it is written there."""
    ends, signer = store.ends(), store.signer
    head = ends.pop(store.chain)
    assert signer is not None
    return seal(build(
        site=store.site, incarnation=1, number=head.number + 1, height=1 + max([head.height, *(end.height for end in ends.values())]), act=act,
        person=signer.person, key=signer.key, at=at, clock=None, case=None, reason="", seen={chain: end.number for chain, end in ends.items()},
        changes=changes, previous=head.hash, cosigner=None, moment_text=moment_text,
    ), signer)


def taken(desk: Bureau, entries: list[Entry]) -> set[str]:
    """The lines taken in at a desk; those of them without effect."""
    store = desk.desk.session.store
    look_at(store)
    return set(take_in(store, entries, prime(store.base, trust_of(store).judge(desk.services.organisation.posts, desk.services.authority))).breaches)


@dataclass
class Forger:
    """Writes lines as the person who sits at one of two desks, out of what was written before and of what comes to his mind."""

    desks: list[Bureau]
    random: random.Random
    effective: dict[str, tuple[str, Entry]] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    refused: int = 0

    def run(self, tries: int) -> None:
        for n in range(tries):
            desk = self.random.choice(self.desks)
            if n % 8 == 0:
                self._sit(desk)
            look_at(desk.desk)
            self._try(desk)
            if n % 100 == 99:
                self.exchange()

    def _sit(self, desk: Bureau) -> None:
        """Somebody takes the desk, whose certificate nobody has rightly revoked meanwhile."""
        while True:
            try:
                desk.at(self.random.choice(ACCOUNTS))
                return
            except Refusal as refusal:
                if refusal.code != "access.no_certificate":
                    raise

    def exchange(self) -> None:
        one, two = self.desks
        for source, target in ((one, two), (two, one)):
            taken(target, list(all_entries(source.desk.session.store)))

    def _try(self, desk: Bureau) -> None:
        store = desk.desk.session.store
        made, names = self._changes(desk)
        act = self.random.choice(names) if self.random.random() < 0.8 else self.random.choice(sorted(ACTIONS))
        at = store.next_moment()
        entry = forged(store, act, [self._stamped(change, moment_text(at)) for change in made], at)
        before = stored_rows(store)
        self.tried |= {change.table for change in made}
        if not self._without_effect(desk, entry):
            self.effective[entry.ref] = desk.account, entry
            self.faults += [f"{desk.account} {act} {change}" for change in entry.changes if not self._may(desk, change, before)]

    def _without_effect(self, desk: Bureau, entry: Entry) -> bool:
        """Whether the line is refused as a forgery, or kept without effect."""
        try:
            return entry.ref in taken(desk, [entry])
        except Refusal:
            self.refused += 1
            return True

    def _changes(self, desk: Bureau) -> tuple[list[Change], list[str]]:
        """Changes like those of some line before, with other values; or of any row; and the names of acts that might do them."""
        if self.random.random() < 0.6:
            line = self.random.choice(list(Line.select(Line.taken, Line.act)))
            entry = entry_of(Line.get_by_id(line.taken))
            some = [change for change in entry.changes if change.table not in ("Court", "Site")]
            if some and line.act != "store.setup":
                return [self._bent(change) for change in self.random.sample(some, min(len(some), 4))], [line.act]
        model = self.random.choice(JOURNALED)
        names = sorted({act for grant in model.OWNERS.grants for act in grant.acts if act != "*"}) or ["event"]
        rows = list(model.select().limit(200))
        if not rows:
            return [], ["event"]
        row = self.random.choice(rows)
        if self.random.random() < 0.5:
            return [self._bent(Change(model.__name__, row.id, row.journal_values(), {}, new=True))], names
        fields = self.random.sample(model.journal_fields(), min(len(model.journal_fields()), self.random.choice((1, 1, 2, 3))))
        facts = {model.fact_of(one.name) for one in fields}
        whole = {name: row.journal_values()[name] for fact in facts for name in model.fields_of(fact)}
        values = {**whole, **{one.name: self._value(model, one) for one in fields}}
        return [Change(model.__name__, row.id, values, dict.fromkeys(facts, ""))], names

    def _bent(self, change: Change) -> Change:
        """A change again, of a new row where it made one, some of its values others."""
        model = BY_NAME[change.table]
        fields = {one.name: one for one in model.journal_fields()}
        values = {name: self._value(model, fields[name]) if self.random.random() < 0.2 else value for name, value in change.values.items()}
        if change.new and self.random.random() < 0.9:
            return change._replace(row=new_id(), values=values)
        return change._replace(values=values)

    def _stamped(self, change: Change, at: str) -> Change:
        """Mostly with the moment of the line, as a careful forger does."""
        if self.random.random() < 0.1:
            return change
        return change._replace(values={
            name: at if value is not None and name in ("at", "found_at", "issued_at", "revoked_at", "submitted_at") else value for name, value in change.values.items()
        })

    def _value(self, model: Any, one: Any) -> Any:
        roll = self.random.random()
        if one.name == "state" and model.MOVES is not None:
            return self.random.choice(sorted(model.MOVES.words))
        if isinstance(one, RowField):
            rows = [row for (row,) in BY_NAME[one.target].select(BY_NAME[one.target].id).limit(100).tuples()]
            return self.random.choice([*rows, None]) if rows else None
        if roll < 0.5:
            values = [value for (value,) in model.select(one).limit(50).tuples()]
            return one.db_value(self.random.choice(values)) if values else None
        if isinstance(one, BooleanField):
            return roll < 0.7
        if isinstance(one, IntegerField):
            return self.random.choice([None, 0, 1, -1, 10**9])
        return self.random.choice([None, "", "x", "2018-01-02", "[]", "{}", "president", "判"])

    # -- the judgement by hand -----------------------------------------------------------------------------------------

    def _may(self, desk: Bureau, change: Change, rows: dict[tuple[str, str], dict[str, Any]]) -> bool:
        me = Person.get(Person.account == desk.account).id
        before = rows.get((change.table, change.row), {})
        what = {"new"} if change.new else {name for name, value in change.values.items() if before.get(name) != value}
        after = {**before, **change.values}
        own = ACTING_FOR_HIMSELF.get(change.table)
        if own is not None and (change.new or own in what) and after.get(own) != me:
            return False
        if change.table == "Document" and "signer" in what and after["signer"] not in (me, None):
            return False
        if change.new and before:
            return False
        who = self._names(desk.account, me, change.table, after, rows)
        to = after.get("state") if BY_NAME[change.table].MOVES is not None and (change.new or "state" in what) else None
        return not what or any(what <= allowed and who & people and (to is None or not states or to in states) for allowed, people, states in by_hand().get(change.table, ()))

    def _names(self, account: str, me: str, table: str, after: dict[str, Any], rows: dict[tuple[str, str], dict[str, Any]]) -> set[str]:
        """Under which names the table by hand knows him before a row."""
        names = {account, "anyone"} | ({"judge"} if account.startswith("judge") else set())
        case = self._case(table, after, rows)
        held = [row for (name, _), row in rows.items() if name == "Assignment" and row["case"] == case and row["role"] == "judge" and row["struck"] is None and row["ends_on"] is None]
        if held and max(held, key=lambda row: row["starts_on"])["person"] == me:
            names.add("incharge")
        request = after if table == "Request" else rows.get(("Request", after.get("request") or ""), {})
        if request.get("applicant") == me:
            names.add("applicant")
        return names

    def _case(self, table: str, row: dict[str, Any], rows: dict[tuple[str, str], dict[str, Any]]) -> str:
        if row.get("case"):
            return str(row["case"])
        for name, parent in (("document", "Document"), ("request", "Request"), ("measure", "Measure")):
            if row.get(name) and (above := rows.get((parent, row[name]))):
                return self._case(parent, above, rows)
        return ""


@pytest.mark.attack("8.3")
@pytest.mark.begins("noticed")
@pytest.mark.parametrize("seed", [2018, pytest.param(2019, marks=pytest.mark.slow)])
def test_nothing_takes_effect_beyond_ones_own_rights(bureau: Bureau, notes: Notes, branch: Callable[[Bureau], Bureau], seed: int) -> None:
    rows_of(bureau, notes)
    other = branch(bureau)
    other.at("president")
    bureau.at("clerk")
    forger = Forger([bureau, other], random.Random(seed))
    tries = TRIES
    forger.run(tries)
    forger.exchange()
    assert not forger.faults, "\n".join(forger.faults[:20])
    breaches, hashes = set(), set()
    for desk in forger.desks:
        look_at(desk.desk)
        breaches.add(frozenset(refs_in_breach(desk.desk.session.store)))
        hashes.add(state_hash(stored_rows(desk.desk.session.store)))
        assert [fault.text for fault in desk.desk.check().faults if fault.kind != "board"] == []
    assert len(breaches) == len(hashes) == 1, "both desks say the same of every line"
    assert forger.refused + len(breaches.pop()) > tries // 3, "most of it is nothing"
    assert len(forger.effective) >= tries // 60, "and some of it is his right"
    assert Assignment.select().exists()


@pytest.mark.attack("8.1")
@pytest.mark.parametrize("of", ["Certificate", "SessionKey"])
def test_a_row_named_like_a_certificate_takes_nothing_from_it(bureau: Bureau, branch: Callable[[Bureau], Bureau], of: str) -> None:
    """Nobody is shut out by a line without effect that names its row as his certificate, or as the session he began."""
    other = branch(bureau)
    bureau.at("director")
    model, store = BY_NAME[of], bureau.at("clerk").session.store
    look_at(store)
    row = model.get(model.person == Person.get(Person.account == "director").id)
    entry = forged(store, "person.leave", [Change(of, row.id, row.journal_values(), {}, new=True)], store.next_moment())
    assert taken(bureau, [entry]) == {entry.ref}
    assert bureau.at("director").check().whole
    assert bureau.refused("director", "certificate.ratify").code == "access.duty", "he sits there as before"
    other.at("judge-1")
    assert taken(other, list(all_entries(store))) == {entry.ref}
