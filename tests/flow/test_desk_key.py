"""Whoever reads the desk's line key signs what he likes with it; what a person must sign, or a function decide, counts on no desk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from execdesk.access.desk_keys import desk_signer
from execdesk.integrity.incidents import as_desk
from execdesk.law.refusal import Refusal
from execdesk.records.base import moment_text, new_id
from execdesk.records.cases import Case
from execdesk.records.court import Site
from execdesk.records.incidents import Incident
from execdesk.records.measures import Measure
from execdesk.records.money import MoneyReceipt
from execdesk.store.act import Act
from execdesk.store.line import Entry, build, seal
from execdesk.store.replay import all_entries
from tests.at_will import SetRight
from tests.flow.bureau import Bureau
from tests.flow.test_forging import post_of
from tests.flow.test_owners import everything, forged_line, rows_of, set_in, taken_in
from tests.looking import look_at
from tests.world import Notes

Work = Callable[[Act], Any]


def receipt(act: Act) -> None:
    act.add(MoneyReceipt(id=new_id(), bank_ref="x", account="bank", received_on=act.day, booked_on=act.day, amount_fen=100, medium="bank"))


def opened(act: Act, **values: Any) -> Incident:
    return act.add(Incident(**{"id": new_id(), "kind": "check", "place": "某处", "text": "无", "found_at": act.at, "state": "open", **values}))


def backdated(act: Act) -> None:
    """Which no program of ours writes: an opening is not read before it is written, so that a damaged file keeps none out."""
    opened(act, found_at=act.at - timedelta(days=1))


def attacks(bureau: Bureau, at: dict[str, str], incident: str) -> list[tuple[str, str, Work]]:
    """(who signs, act, what he writes)."""
    hl = Site.get(Site.code == "HL").id
    return [
        ("desk", "store.migration", lambda act: act.add(post_of(bureau, "admin"))),
        ("desk", "store.migration", set_in(Case, at["case"], claim_fen=1)),
        ("desk", "store.migration", set_in(Measure, at["measure"], state="released", released_on=bureau.day)),
        ("desk", "store.migration", set_in(Incident, incident, struck="误报")),
        ("desk", "store.migration", receipt),
        ("desk", "store.incarnation", lambda act: None),
        ("desk", "store.incarnation", opened),
        ("desk", "store.incident", set_in(Incident, incident, state="settled", settled_by=bureau.desk.session.me.id, settled_note="查明无事")),
        ("desk", "store.incident", set_in(Incident, incident, struck="误报")),
        ("desk", "store.incident", set_in(Incident, incident, kind="check")),
        ("desk", "store.incident", set_in(Incident, incident, case=None)),
        ("desk", "store.incident", backdated),
        ("desk", "store.incident", set_in(Case, at["case"], claim_fen=1)),
        ("desk", "store.setup", set_in(Site, hl, code="HL", key=desk_signer(bureau.desk.session.store).key)),
        ("desk", "store.setup", lambda act: act.add(Site(id=new_id(), code="XX", name="某席位", key="0" * 64))),
        ("clerk", "store.migration", set_in(Case, at["case"], claim_fen=1)),
        ("clerk", "store.incarnation", lambda act: None),
        ("clerk", "store.incident", opened),
    ]


@pytest.mark.attack("8.4")
@pytest.mark.begins("noticed")
def test_the_key_of_the_desk_alone_counts_for_nothing_but_the_opening_of_an_incident(
    bureau: Bureau, notes: Notes, branch: Callable[[Bureau], Bureau]
) -> None:
    at = rows_of(bureau, notes)
    bureau.at("clerk")
    with as_desk(bureau.desk.session), bureau.desk.session.act("store.incident", case=at["case"]) as act:
        incident = opened(act, kind="tamper", case=at["case"]).id
    other = branch(bureau)
    other.at("president")
    bureau.at("clerk")
    before = everything(bureau)
    tried = attacks(bureau, at, incident)
    for position, (signs, name, work) in enumerate(tried):
        session = bureau.desk.session
        with as_desk(session) if signs == "desk" else nullcontext():
            if work is not backdated:
                with pytest.raises(Refusal) as refused, session.act(name) as honest:
                    work(honest)
                assert refused.value.code in ("store.owner", "store.move", "store.condition"), (position, name, refused.value.text)
            entry = forged_line(bureau, name, work, at["case"])
        assert taken_in(bureau, [entry]).breaches.keys() == {entry.ref}, (position, name)
    assert everything(bureau) == before
    assert len(taken_in(other, list(all_entries(bureau.desk.session.store))).breaches) == len(tried)
    assert everything(other) == before, "nothing of it has effect at the other desk"
    for desk in (bureau, other):
        look_at(desk.desk)
        assert desk.desk.check().whole


def incarnation(bureau: Bureau, second: Any, number: int = 2) -> Entry:
    """The first line of an incarnation as whoever reads the desk's key writes it."""
    store = bureau.desk.session.store
    key, ends = desk_signer(store), store.ends()
    body = build(
        site="HQ", incarnation=number, number=1, height=1 + max(end.height for end in ends.values()), act="store.incarnation", person="", key=key.key,
        at=store.next_moment(), clock=None, case=None, reason="", seen={chain: end.number for chain, end in ends.items()}, changes=[],
        previous=ends["HQ.1"].hash, cosigner=second, moment_text=moment_text,
    )
    return seal(body, key, second)


@pytest.mark.attack("8.4")
def test_the_key_of_the_desk_alone_begins_no_incarnation(bureau: Bureau, branch: Callable[[Bureau], Bureau]) -> None:
    other = branch(bureau)
    other.at("president")
    session = bureau.at("clerk").session
    assert session.key is not None
    true = incarnation(bureau, session.key.as_cosigner())
    stranger = replace(session.key.as_cosigner(), private=ec.generate_private_key(ec.SECP256R1()))
    unsigned = incarnation(bureau, stranger)
    unsigned = Entry(unsigned.body, unsigned.hash, unsigned.signature)
    attacks = [(incarnation(bureau, None), "没有在场的人用证书签名"), (incarnation(bureau, None, 9), "没有在场的人用证书签名"),
               (unsigned, "缺第二人签名"), (incarnation(bureau, stranger), "第二人签名不符")]
    lines = list(all_entries(session.store))
    for desk in (bureau, other):
        look_at(desk.desk)
        taken_in(desk, lines)
        before = everything(desk), desk.desk.session.store.heads()
        for entry, words in attacks:
            with pytest.raises(Refusal, match=words) as refused:
                taken_in(desk, [entry])
            assert refused.value.code == "exchange.signature"
        assert (everything(desk), desk.desk.session.store.heads()) == before
        assert taken_in(desk, [true]).applied == [true.ref], "so that nobody blocks the true chain"
    assert everything(bureau) == everything(other)


@pytest.mark.attack("8.4")
@pytest.mark.begins("noticed")
def test_an_upgrade_changes_what_its_function_says_and_nothing_else(bureau: Bureau, notes: Notes, branch: Callable[[Bureau], Bureau], set_right: SetRight) -> None:
    other = branch(bureau)
    other.at("president")
    session = bureau.at("clerk").session
    case, store = notes["case"], session.store
    claimed = Case.get_by_id(case).claim_fen
    assert session.key is not None
    second, name = session.key.as_cosigner(), set_right.registered(Case, case, claim_fen=claimed + 100)
    wrong: list[tuple[str, Work, Any]] = [
        (name, set_in(Case, case, claim_fen=claimed + 100), None),
        (name, set_in(Case, case, claim_fen=claimed + 101), second),
        (name, set_in(Case, case, claim_fen=claimed + 100, cause="某"), second),
        ("0002_unknown", set_in(Case, case, claim_fen=claimed + 100), second),
        (name, receipt, second),
    ]
    for position, (reason, work, cosigner) in enumerate(wrong):
        with as_desk(session):
            entry = forged_line(bureau, "store.migration", work, case, reason=reason, cosigner=cosigner)
        assert taken_in(bureau, [entry]).breaches.keys() == {entry.ref}, position
    set_right(session, Case, case, claim_fen=claimed + 100)
    with as_desk(session):
        again = forged_line(bureau, "store.migration", set_in(Case, case, claim_fen=claimed + 200), case, reason=name, cosigner=second)
    assert taken_in(bureau, [again]).breaches.keys() == {again.ref}, "it was done once, and changes nothing more"
    assert Case.get_by_id(case).claim_fen == claimed + 100
    after = everything(bureau)
    assert len(taken_in(other, list(all_entries(store))).breaches) == len(wrong) + 1
    assert everything(other) == after
    look_at(other.desk)
    assert Case.get_by_id(case).claim_fen == claimed + 100 and other.desk.check().whole
