"""Who signed a line: sessions, desk keys, second persons, revocations, forgeries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from execdesk.records.base import canonical
from execdesk.records.cases import Case
from execdesk.records.court import Site
from execdesk.records.people import Certificate, SessionKey
from execdesk.store.act import open_act
from execdesk.store.check import check
from execdesk.store.line import GENESIS, Change, Cosigner, Entry, build, seal
from execdesk.store.signatures import LineVerifier
from tests.looking import look_at
from tests.store.desks import ROOT, Bureau, Desk, Key, bureau, case, empty_store, found, judge, vouched
from tests.store.seconds import Second, certified


@pytest.fixture
def court() -> Bureau:
    made = bureau("HQ", "HL")
    look_at(made.desks[0].store)
    return made


def verdicts(entries: list[Entry], judging: LineVerifier | None = None) -> dict[str, str]:
    judging = judging or judge()
    return {e.ref: fault for e in entries if (fault := judging(e)) is not None}


def forged(entry: Entry, key: Key, **header: Any) -> Entry:
    return seal(canonical({**entry.data, "key": key.key, **header}).encode(), key)


def act(desk: Desk, name: str = "event", *rows: Any, cosigner: Cosigner | None = None) -> Entry:
    look_at(desk.store)
    with open_act(desk.store, name, cosigner=cosigner) as made:
        made.add_many(rows)
    return desk.line(desk.store.head.number)


def test_own_lines_are_good_one_by_one_and_together(court: Bureau) -> None:
    hq = court.desks[0]
    for n in range(100):
        act(hq, "case.register", case(n))
    assert verdicts(hq.lines()) == {}
    assert set(judge().many(hq.lines())) == {None}


@pytest.mark.parametrize("count", [1, 200])
def test_a_flipped_bit_is_told_however_many_are_judged(court: Bureau, count: int) -> None:
    hq = court.desks[0]
    for n in range(count):
        act(hq, "case.register", case(n))
    lines = hq.lines()
    body = bytearray(lines[-1].body)
    body[len(body) // 2] ^= 1
    lines[-1] = Entry(bytes(body), lines[-1].hash, lines[-1].signature)
    *good, bad = judge().many(lines)
    assert set(good) == {None}
    assert bad == "内容与其校验值不符，有字节被改动"
    original = hq.line(hq.store.head.number)
    rewritten = original.body.replace(b'"reason":""', '"reason":"改"'.encode())
    lines[-1] = Entry(rewritten, seal(rewritten, Key("x")).hash, original.signature)
    assert str(judge().many(lines)[-1]).startswith("签名不符")
    lines[-1] = seal(b"[1]", Key("x"))
    assert judge().many(lines)[-1] == "不成其为留痕，被整条改写"


def test_a_key_without_a_sitting(court: Bureau) -> None:
    hq = court.desks[0]
    stranger = Key(court.people[0].id)
    entry = forged(act(hq), stranger)
    assert verdicts([*hq.lines()[:-1], entry]) == {entry.ref: "的签名钥匙没有登录凭证"}


def test_the_key_of_somebody_else(court: Bureau) -> None:
    hq = court.desks[0]
    assert isinstance(hq.store.signer, Key)
    entry = forged(act(hq), hq.store.signer, person=court.people[1].id)
    assert verdicts([*hq.lines()[:-1], entry]) == {entry.ref: "的签名钥匙属于另一个人"}


def opening(desk: Desk, key: Key, person: str, certificate: str) -> Entry:
    row = SessionKey(person=person, certificate=certificate, site="HQ", public=key.key,
                     opened_at=datetime(2018, 1, 3, tzinfo=UTC), binding="-")
    head = desk.store.head
    body = build(
        site="HQ", incarnation=1, number=head.number + 1, height=head.height + 1, act="session.open", person=key.person,
        key=key.key, at=datetime(2018, 1, 3, tzinfo=UTC), clock=None, case=None, reason="", seen={},
        changes=[Change("SessionKey", row.id, row.journal_values(), {}, new=True)], previous=head.hash, cosigner=None,
        moment_text=lambda moment: moment.isoformat(timespec="milliseconds"),
    )
    return seal(body, key)


@pytest.mark.attack("8.5")
def test_a_sitting_under_another_ones_certificate(court: Bureau) -> None:
    hq, (first, second, *_) = court.desks[0], court.people
    lines = hq.lines()
    mine = Key(second.id)
    entry = opening(hq, mine, second.id, court.certificates[0].id)
    judging = judge()
    assert verdicts([*lines, entry], judging) == {entry.ref: "用了别人的证书"}
    assert (second.id, mine.key) not in judging.sessions
    thief = Key(second.id)
    entry = opening(hq, thief, first.id, court.certificates[0].id)
    assert verdicts([*lines, entry]) == {entry.ref: "的签名钥匙没有登录凭证"}


def test_a_sitting_that_did_not_verify_is_not_learnt(court: Bureau) -> None:
    hq = court.desks[0]
    thief = Key(court.people[1].id)
    bad = opening(hq, thief, court.people[1].id, court.certificates[1].id)
    bad = Entry(bad.body, bad.hash, bytes(64))
    judging = judge()
    found_faults = verdicts([*hq.lines(), bad, forged(hq.line(2), thief, person=thief.person, act="event")], judging)
    assert found_faults[bad.ref].startswith("签名不符")
    assert found_faults["HQ.1:2"] == "的签名钥匙没有登录凭证"


def test_revocation_counts_only_where_it_was_seen(court: Bureau) -> None:
    hq, hl = court.desks
    hl.take(hq.lines())
    hq.take(hl.lines())
    before = act(hl)
    look_at(hq.store)
    with open_act(hq.store, "certificate.revoke") as made:
        made.change(made.get(Certificate, court.certificates[1].id), state="revoked", revoked_at=made.at, reason="遗失")
    revoking = hq.line(hq.store.head.number)
    concurrent = act(hl)
    assert hq.take([before, concurrent]).applied == [before.ref, concurrent.ref]
    assert hl.take([revoking]).applied == [revoking.ref]
    assert hq.hash() == hl.hash()
    late = act(hl, "case.register", case(7))
    receipt = hq.take([late])
    assert (receipt.applied, receipt.breaches) == ([late.ref], {late.ref: "签名所用证书在此之前已吊销"}), "kept, without effect"
    look_at(hq.store)
    assert not Case.select().exists()
    look_at(hl.store)
    hl.sign_in(court.people[1], court.certificates[1])
    opening_late, later = hl.line(hl.store.head.number), act(hl)
    assert set(hq.take([opening_late, later]).breaches) == {opening_late.ref, later.ref}, "so is all that follows from it"
    assert check(hq.store, judge()).faults == []
    found_faults = check(hl.store, judge()).faults
    assert [(f.kind, f.place) for f in found_faults] == [("breach", ref) for ref in (late.ref, opening_late.ref, later.ref)]


@pytest.mark.attack("8.4")
def test_the_desk_key_signs_only_its_acts(court: Bureau) -> None:
    hq = court.desks[0]
    entry = forged(act(hq), hq.key, person="")
    assert verdicts([*hq.lines()[:-1], entry]) == {entry.ref: "由本机钥匙签名，但该事项须由人签名"}
    entry = forged(entry, hq.key, act="store.incident")
    assert verdicts([*hq.lines()[:-1], entry]) == {}
    entry = forged(entry, court.desks[1].key)
    assert verdicts([*hq.lines()[:-1], entry]) == {entry.ref: "不是本机钥匙所签"}


def test_a_desk_that_nobody_named(court: Bureau) -> None:
    hq = court.desks[0]
    strange = Key()
    row = Site(code="XX", name="XX", key=strange.key)
    entry = forged(
        hq.line(1), strange, site="XX", act="store.setup",
        changes=[Change("Site", row.id, row.journal_values(), {}, new=True).packed()],
    )
    assert verdicts([*hq.lines(), entry]) == {entry.ref: "的本机钥匙没有经本院登记"}
    judging = LineVerifier(vouched, root=ROOT, site_vouched=lambda values: None if values["code"] == "XX" else "不认")
    assert verdicts([*hq.lines(), entry], judging) == {}


def test_another_root_is_no_court_of_ours() -> None:
    key = Key()
    store = empty_store("HQ")
    found(store, key, {"HQ": key.key})
    founding = Desk(store, key).lines()
    assert verdicts(founding) == {}
    assert verdicts(founding, LineVerifier(vouched, root="0" * 64)) == {"HQ.1:1": "所载证书根不是本院的证书根"}
    later = forged(founding[0], key, number=2, previous=GENESIS)
    assert "不是开库的第一条" in verdicts([later])[later.ref]


def test_two_sign(court: Bureau) -> None:
    hq, person = court.desks[0], court.people[1]
    row, private = certified(person)
    second = Second(person, row.id, private)
    entry = act(hq, "certificate.issue", row, cosigner=second)
    good = hq.lines()
    assert verdicts(good) == {}
    without = Entry(entry.body, entry.hash, entry.signature)
    assert verdicts([*good[:-1], without]) == {entry.ref: "缺第二人签名"}
    other = Entry(entry.body, entry.hash, entry.signature, Second(person, row.id, certified(person)[1]).cosign(bytes(32)))
    assert verdicts([*good[:-1], other]) == {entry.ref: "第二人签名不符"}
    plain = act(hq)
    odd = Entry(plain.body, plain.hash, plain.signature, b"x")
    assert verdicts([*good, odd]) == {odd.ref: "附有来历不明的第二人签名"}
    judging = LineVerifier(vouched, root=ROOT, vouched=lambda values, at: "的证书不是本院签发")
    assert verdicts(good, judging) == {entry.ref: "的证书不是本院签发"}


@pytest.mark.attack("8.5")
def test_nobody_is_his_own_second(court: Bureau) -> None:
    hq, person = court.desks[0], court.people[0]
    row, private = certified(person)
    entry = act(hq, "certificate.issue", row, cosigner=Second(person, row.id, private))
    assert verdicts(hq.lines()) == {entry.ref: "第二人的证书不明"}
    stranger = act(hq, "event", cosigner=Second(court.people[1], "0" * 26, private))
    assert verdicts(hq.lines())[stranger.ref] == "第二人的证书不明"
