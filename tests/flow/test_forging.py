"""A modified program at one desk, with the store's password and one person's own keys: what it writes has no effect and is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from execdesk.access import places, slots
from execdesk.access.certificates import CertificateSubject, Validity, read_pem
from execdesk.access.desk_keys import desk_signer, trust_of
from execdesk.access.founding import certificate_row, new_certificate
from execdesk.access.issuing import open_issuing_key
from execdesk.access.session_keys import Binding, SessionSigner, bind
from execdesk.approval.deciding import Speaker, decide
from execdesk.approval.proof import require_proven
from execdesk.approval.ratifying import record_unproven
from execdesk.approval.standing import ruling_for
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Decision, Panel, PaperApproval, Request
from execdesk.records.base import moment_text, new_id
from execdesk.records.cases import Case
from execdesk.records.court import Adoption, Court, LawCorrection, Site
from execdesk.records.incidents import Incident
from execdesk.records.journal import Line
from execdesk.records.measures import Measure
from execdesk.records.moves import RULES
from execdesk.records.people import Certificate, Delegation, Person, Post, SessionKey
from execdesk.store.act import Act
from execdesk.store.chains import entry_of
from execdesk.store.known import KnownRows
from execdesk.store.line import GENESIS, Change, Entry, build, seal
from execdesk.store.merge import take_in
from execdesk.store.moveverifier import MoveVerifier
from execdesk.store.primed import prime
from tests.at_will import at_will
from tests.flow.bureau import DEBTOR, Bureau

DETENTION = {"days": 15, "ground": "refuse", "facts": "拒不履行", "reasoning": "构成妨害", "sanction_number": "（2018）琼9027司惩1号"}


def who(account: str) -> Person:
    found: Person = Person.get(Person.account == account)
    return found


def write(bureau: Bureau, account: str, work: Callable[[Act], Any], name: str = "event", **more: Any) -> str:
    """An act past the actions, signed by the one at the desk; its line."""
    with at_will(bureau.at(account).session, name, **more) as act:
        work(act)
    assert act.changes is not None
    return act.changes.lines[-1]


def named(bureau: Bureau) -> dict[str, str]:
    return {fault.place: fault.text for fault in bureau.desk.check().faults}


def post_of(bureau: Bureau, account: str, **values: Any) -> Post:
    return Post(**{"id": new_id(), "person": who(account).id, "post": "president", "site": "HQ", "starts_on": bureau.day, "state": "effective",
                   "countersigned_by": who("president").id, **values})


def ended(act: Act) -> None:
    act.change(act.get(Post, Post.get(Post.post == "director").id), state="prepared")


def letter_wider(act: Act) -> None:
    act.change(act.get(Delegation, Delegation.get().id), matters=["all", "detention"])


def letter_longer(act: Act) -> None:
    act.change(act.get(Delegation, Delegation.get().id), ends_on=date(2030, 1, 1))


def letter_new(act: Act) -> None:
    act.add(Delegation(person=who("vice").id, letter="乐法授〔2018〕99号", matters=["detention"], starts_on=act.day, ends_on=date(2018, 12, 31),
                       state="effective", countersigned_by=who("president").id))


def revived(act: Act) -> None:
    act.change(act.get(Certificate, Certificate.get(Certificate.state == "revoked").id), state="valid", revoked_at=None, reason=None)


def replaced(act: Act) -> None:
    other = Certificate.get(Certificate.person == who("admin").id)
    act.change(act.get(Certificate, Certificate.get(Certificate.person == who("president").id).id), pem=other.pem, serial=other.serial)


def law_lower(act: Act) -> None:
    act.add(LawCorrection(key="x", value=1, unit="day", valid_from=act.day, source="s", reason="r", proposed_by=who("judge-1").id,
                          state="effective", approved_by=who("director").id, approved_on=act.day))


def adopted(act: Act) -> None:
    act.add(Adoption(type_id="ruling_freeze", text_version="1", unconfirmed=[], proposed_by=who("admin").id, state="effective",
                     approved_by=who("director").id, approved_on=act.day))


def desk_key(act: Act) -> None:
    row = Site.get(Site.code == "HL")
    act.change(act.get(Site, row.id), key="ab" * 32)


def root_changed(act: Act) -> None:
    act.change(act.get(Court, Court.get().id), demo=False)


FORGERIES: list[tuple[str, Callable[[Act], Any]]] = [
    ("admin", letter_wider), ("vice", letter_wider), ("vice", letter_longer), ("admin", letter_new), ("director", ended),
    ("admin", replaced), ("clerk", law_lower), ("admin", adopted), ("admin", desk_key), ("admin", root_changed),
]


@pytest.mark.attack("8.3")
@pytest.mark.parametrize(("account", "work"), FORGERIES, ids=[f"{a}-{w.__name__}" for a, w in FORGERIES])
def test_rows_that_say_who_may_are_written_by_those_who_may(bureau: Bureau, account: str, work: Callable[[Act], Any]) -> None:
    line = write(bureau, account, work)
    assert line in named(bureau), named(bureau)


@pytest.mark.attack("8.7")
def test_the_administrator_does_not_make_himself_president(bureau: Bureau) -> None:
    case = bureau.register()
    request = bureau.at(bureau.judge(case)).do("sanction.detain", case=case, act=bureau.obstruction(case), party=DEBTOR, **DETENTION).ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    line = write(bureau, "admin", lambda act: act.add(post_of(bureau, "admin")))
    refusal = bureau.refused("admin", "request.approve", request=request)
    assert refusal.code == "journal.incident" and line in refusal.text, refusal.text
    assert line in named(bureau)


@pytest.mark.attack("8.1")
def test_a_revoked_certificate_is_not_revived(bureau: Bureau) -> None:
    bureau.at("admin").do("certificate.revoke", certificate=Certificate.get(Certificate.person == who("judge-2").id).id, reason="遗失")
    line = write(bureau, "admin", revived)
    assert line in named(bureau)


@pytest.mark.attack("8.1")
def test_a_certificate_is_revoked_at_a_moment(bureau: Bureau) -> None:
    """Not without one: its holder could not sign in any more, and what his key signs would count all the same."""
    bureau.at("admin")
    row = Certificate.get(Certificate.person == who("judge-2").id)
    line = write(bureau, "admin", lambda act: act.change(act.get(Certificate, row.id), state="revoked"), "certificate.revoke")
    assert "撤销证书" in named(bureau)[line]


@pytest.mark.attack("8.1")
def test_a_certificate_needs_two_persons(bureau: Bureau) -> None:
    session = bureau.at("admin").session
    target = who("president")
    file = places.slots_file(bureau.folder)
    shares = (slots.open_slot(file, "admin", "demo").share, slots.open_slot(file, "director", "demo").share)  # stolen from two
    key = open_issuing_key(session.store, bureau.folder, shares).issued
    issued = new_certificate(key, CertificateSubject(target.name, "院长", session.court.name, target.id), "person", Validity.years(bureau.day, 3))
    row = certificate_row(issued, target, "HQ", "person")

    def add(act: Act) -> None:
        row.issued_at = act.at
        act.add(row)

    line = write(bureau, "admin", add, "certificate.issue")
    assert "两人" in named(bureau)[line]
    # and whoever signs in with it has no effect either
    store, signer = session.store, SessionSigner(target.id)
    store.signer = signer
    with at_will(store, "session.open") as act:
        at = moment_text(act.at)
        binding = Binding(target.id, row.id, store.site, store.incarnation, signer.key, at)
        act.add(SessionKey(id=new_id(), person=target.id, certificate=row.id, site=store.site, public=signer.key, opened_at=act.at,
                           binding=bind(binding, issued.key)))
    with at_will(store, "delegation.countersign") as act:
        letter_new(act)
    assert act.changes is not None
    assert act.changes.lines[-1] in named(bureau)


@pytest.mark.attack("8.5")
def test_an_opening_line_opens_one_sitting(bureau: Bureau) -> None:
    session = bureau.at("clerk").session
    store, me, target = session.store, session.me, who("president")
    mine, his = SessionSigner(me.id), SessionSigner(target.id)
    store.signer = mine
    assert session.key is not None
    with at_will(store, "session.open") as act:
        at = moment_text(act.at)
        for signer, certificate in ((mine, session.key.certificate), (his, Certificate.get(Certificate.person == target.id).id)):
            binding = Binding(signer.person, certificate, store.site, store.incarnation, signer.key, at)
            act.add(SessionKey(id=new_id(), person=signer.person, certificate=certificate, site=store.site, public=signer.key,
                               opened_at=act.at, binding=bind(binding, session.key.material().key)))
    store.signer = his
    with at_will(store, "event"):
        pass
    found = named(bureau)
    assert len([place for place in found if place.startswith("HQ.1:")]) == 2, found


@pytest.mark.attack("8.3")
def test_a_decision_stands_in_the_name_of_who_signed_the_line(bureau: Bureau) -> None:
    case = bureau.register()
    request = bureau.at(bureau.judge(case)).do("sanction.detain", case=case, act=bureau.obstruction(case), party=DEBTOR, **DETENTION).ids("Request")[0]
    bureau.desk.do("request.submit", request=request)

    def decide(act: Act) -> None:
        act.add(Decision(id=new_id(), request=request, kind="approve", person=who("president").id, post="院长", on=act.day, at=act.at,
                         level="x", article="", phrase="", reason="", rule_id="", data_hash="", chain_head="", statement="{}", signature=""))
        act.change(act.get(Request, request), state="approved")

    line = write(bureau, "judge-1", decide, case=case)
    assert line in named(bureau)


@pytest.mark.attack("8.3")
def test_a_word_is_dated_on_the_day_it_is_given(bureau: Bureau) -> None:
    case = bureau.register()
    request = bureau.at(bureau.judge(case)).do("request.open", case=case, matter="seize_property").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    for on, at in ((bureau.day - timedelta(days=3), None), (bureau.day, datetime(2018, 1, 1, tzinfo=UTC))):
        line = write(bureau, bureau.judge(case), lambda act, on=on, at=at: act.add(  # type: ignore[misc]
            Decision(id=new_id(), request=request, kind="approve", person=who(bureau.account).id, post="执行法官", on=on, at=at or act.at, level="judge",
                     article="", phrase="", reason="", rule_id="", data_hash="", chain_head="", statement="{}", signature="")), case=case)
        assert "倒填" in named(bureau)[line]


@pytest.mark.attack("8.6")
@pytest.mark.parametrize("account", ["clerk", "judge"])
def test_an_approval_on_paper_invented_by_the_judge_is_none(bureau: Bureau, account: str) -> None:
    """Whatever program he uses: he says that he was alone where others are, and his word is refused before issue and named by the check."""
    case = bureau.register()
    judge = bureau.judge(case)
    request = bureau.at(judge).do("request.open", case=case, matter="release_freeze").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("paper.print", request=request)
    session = bureau.at(judge if account == "judge" else "clerk").session
    row, sheet = Request.get_by_id(request), PaperApproval.get()
    with at_will(session, "request.paper_approval", case=case) as act:
        entered = act.get(PaperApproval, sheet.id)
        act.change(entered, approvers=[who("director").id], approved_on=act.day, scan=act.keep_file(b"%PDF"), entered_by=session.me.id, entered_on=act.day,
                   alone=account == "judge", state="entered")
        post = Speaker("clerk", session.organisation.posts["clerk"].name) if account == "clerk" else Speaker("judge", session.organisation.posts["judge"].name)
        decide(session, act, row, ruling_for(session, row, act.day), post, "approve", "", on=act.day, paper="局长甲书面批准", sheet=sheet.id)
        act.change(act.get(Request, request), state="approved")
    decision = Decision.get(Decision.request == request)
    if account == "clerk":
        require_proven(session, decision, Request.get_by_id(request), Case.get_by_id(case))
        assert record_unproven(session) == []
        return
    with pytest.raises(Refusal) as refused:
        require_proven(session, decision, Request.get_by_id(request), Case.get_by_id(case))
    assert refused.value.code == "decision.allowed" and "另有可以录入的人" in refused.value.text
    assert [one.kind for one in record_unproven(session)] == ["invariant"]


@pytest.mark.attack("8.6")
def test_a_paper_is_entered_on_its_day_and_settled_by_whose_word_is_awaited(bureau: Bureau) -> None:
    """Judged from the lines: no sheet is back-dated, none entered by its approver, none confirmed by who entered it or by a stranger."""
    case = bureau.register()
    judge = bureau.judge(case)
    request = bureau.at(judge).do("request.open", case=case, matter="release_freeze").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    made: dict[str, Any] = {"request": request, "content_hash": Request.get_by_id(request).content_hash, "approvers": [], "alone": False, "state": "printed"}
    entry: dict[str, Any] = {"approvers": [who("director").id], "approved_on": bureau.day, "scan": "0" * 64, "entered_on": bureau.day, "state": "entered", "alone": False}
    earlier = bureau.day - timedelta(days=1)

    def printed(by: str, on: date, account: str = judge) -> tuple[str, str]:
        row = PaperApproval(id=new_id(), asked_by=who(by).id, asked_on=on, **made)
        return write(bureau, account, lambda act: act.add(row), "paper.print", case=case), row.id

    def enter(account: str, **more: Any) -> tuple[str, str]:
        _, row = printed(judge, bureau.day)
        values = {**entry, "entered_by": who(account).id, **more}
        return write(bureau, account, lambda act: act.change(act.get(PaperApproval, row), **values), "request.paper_approval", case=case), row

    def settle(account: str, row: str) -> str:
        values = {"state": "confirmed", "settled_by": who(account).id, "settled_on": bureau.day}
        return write(bureau, account, lambda act: act.change(act.get(PaperApproval, row), **values), "paper.confirm", case=case)

    bad = [printed(judge, earlier)[0], printed("clerk", bureau.day)[0], printed("seal", bureau.day, "auxiliary")[0]]
    bad += [enter("clerk", entered_on=earlier)[0], enter("clerk", entered_by=who(judge).id)[0], enter("director")[0], enter("clerk", scan="")[0]]
    bad += [enter("clerk", approved_on=earlier)[0], enter("clerk", asked_on=earlier)[0]]
    good, row = enter("clerk")
    bad += [settle(account, enter("clerk")[1]) for account in ("clerk", judge, "vice")]
    fine = settle("director", row)
    found = named(bureau)
    assert [line for line in bad if line not in found] == []
    assert not {good, fine} & found.keys()


@pytest.mark.attack("8.3")
def test_a_judge_does_not_sit_his_own_panel(bureau: Bureau) -> None:
    case = bureau.register()
    judge = bureau.judge(case)
    request = bureau.at(judge).do("request.open", case=case, matter="auction_property").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("panel.ask", request=request, reason="重大")
    members = [who(p).id for p in ("judge-1", "judge-2", "judge-3")]
    line = write(bureau, judge, lambda act: act.change(
        act.get(Panel, Panel.get().id), state="designated", members=members, designated_by=who("director").id, designated_on=act.day), case=case)
    assert line in named(bureau)


@pytest.mark.attack("8.4")
@pytest.mark.parametrize("name", ["store.incident", "store.migration", "store.setup", "store.incarnation"])
def test_the_key_of_the_desk_writes_no_posts(bureau: Bureau, name: str) -> None:
    store = bureau.at("admin").session.store
    store.signer = desk_signer(store)
    with at_will(store, name) as act:
        act.add(post_of(bureau, "admin"))
    assert act.changes is not None and act.changes.lines[0] in named(bureau)
    assert not Incident.select().exists()


@pytest.mark.attack("8.5")
def test_no_second_founding_line(bureau: Bureau) -> None:
    """A chain that says it had seen nothing: its first line is as low as the founding one, and founds nothing."""
    store = bureau.at("admin").session.store
    key, row = desk_signer(store), post_of(bureau, "admin")
    body = build(
        site="HQ", incarnation=2, number=1, height=1, act="store.setup", person="", key=key.key, at=store.next_moment(), clock=None, case=None,
        reason="", seen={}, changes=[Change("Post", row.id, row.journal_values(), {}, new=True)], previous=GENESIS, cosigner=None, moment_text=moment_text,
    )
    judge = prime(store.base, trust_of(store).judge(bureau.services.organisation.posts, bureau.services.authority))
    with pytest.raises(Refusal) as refused:
        take_in(store, [seal(body, key)], judge)
    assert refused.value.code == "exchange.signature"
    assert Post.get_or_none(Post.id == row.id) is None


@pytest.mark.attack("8.5")
def test_a_line_is_not_dated_before_those_it_follows(bureau: Bureau) -> None:
    case = bureau.register()
    store = bureau.at("judge-1").session.store
    store.next_moment = lambda *a, **b: store.latest_moment() - timedelta(days=3)  # type: ignore[assignment]
    line = write(bureau, "judge-1", lambda act: None, case=case)
    del store.next_moment
    assert "时间" in named(bureau)[line]


def test_everything_the_verbs_do_about_posts_letters_and_certificates_is_warranted(bureau: Bureau) -> None:
    admin = bureau.at("admin")
    admin.do("person.add", name="法官戊", account="judge-5")
    post = admin.do("post.prepare", person="judge-5", post="judge", starts_on=bureau.day, group="coastal").ids("Post")[0]
    clerk = admin.do("post.prepare", person="judge-5", post="clerk", starts_on=bureau.day).ids("Post")[0]
    letter = admin.do("delegation.prepare", person="vice", letter="乐法授〔2018〕9号", matters=["detention"], starts_on=bureau.day,
                      ends_on=date(2018, 12, 31)).ids("Delegation")[0]
    admin.do("certificate.issue", person="judge-5", password="一个新的密码12", own_password="demo", witness="director", witness_password="demo")
    admin.do("post.end", post=clerk, ends_on=bureau.day, reason="免")
    bureau.at("president").do("post.countersign", posts=[post])
    bureau.desk.do("delegation.countersign", delegation=letter)
    bureau.desk.do("delegation.revoke", delegation=letter, revoked_on=bureau.day, reason="收回")
    bureau.at("director").do("certificate.issue", person="judge-5", password="一个新的密码34", own_password="demo", witness="admin", witness_password="demo", forgotten=True)
    bureau.at("admin").do("person.leave", person="judge-5", last_day=bureau.day, reason="调离")
    assert bureau.desk.check().whole, named(bureau)
    assert Line.select().count() > 10


@pytest.mark.attack("8.3")
@pytest.mark.parametrize(("to", "name"), [("approved", "request.approve"), ("used", "document.issue"), ("returned", "event")])
def test_a_state_that_no_table_lets_an_act_reach_has_no_effect(bureau: Bureau, to: str, name: str) -> None:
    """A withdrawn request is put forward anew or is gone: whatever a program of one's own writes, the line is named."""
    case = bureau.register()
    judge = bureau.judge(case)
    request = bureau.at(judge).do("request.open", case=case, matter="seize_property").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.withdraw", request=request, reason="撤回")
    assert not named(bureau)
    line = write(bureau, judge, lambda act: act.change(act.get(Request, request), state=to), name, case=case)
    again = write(bureau, judge, lambda act: act.change(act.get(Request, request), state="void"), "request.void", case=case)
    told = named(bureau)
    assert "审批事项由「已撤回」成为" in told[line] and again not in told, "judged by what had effect before"


def test_a_row_made_in_a_state_of_its_own_has_no_effect(bureau: Bureau) -> None:
    case = bureau.register()
    judge = bureau.judge(case)
    party = bureau.party(case)
    values = {"case": case, "party": party.id, "property": new_id(), "kind": "freeze", "words": "存款"}
    live = write(bureau, judge, lambda act: act.add(Measure(**values, state="live")), "measure.freeze", case=case)
    proposed = write(bureau, judge, lambda act: act.add(Measure(**values, state="proposed")), "measure.freeze", case=case)
    told = named(bureau)
    assert "使控制措施成为「控制中」" in told[live] and proposed not in told


@pytest.mark.attack("8.3")
def test_the_number_of_the_rules_never_falls(bureau: Bureau) -> None:
    session = bureau.at("clerk").session
    entry = entry_of(Line.select().order_by(Line.taken.desc()).get())
    assert entry.data["rules"] == RULES
    judge = MoveVerifier(KnownRows())
    with session.store.reading():
        judge.begin([entry])
        assert judge.breach(entry) is None
        for rules in (RULES - 1, RULES + 1):
            other = replace(entry, body=entry.body.replace(f'"rules":{RULES}'.encode(), f'"rules":{rules}'.encode()))
            assert other.data["rules"] == rules and "规则" in str(judge.breach(other))
            assert other.newer == (rules > RULES)


# -- whose chain it is -------------------------------------------------------------------------------------------------


def session_line(bureau: Bureau, site: str, incarnation: int, *, bound: tuple[str, int] | None = None, opened: datetime | None = None, **header: Any) -> tuple[Entry, SessionSigner]:
    """The first line of a chain as a clerk's own program writes it: his session, bound to ``bound``."""
    session = bureau.at("clerk").session
    store, me, key = session.store, session.me, session.key
    assert key is not None
    ends, signer, at = store.ends(), SessionSigner(me.id), store.next_moment()
    moment = moment_text(opened or at)
    told = bound or (site, incarnation)
    binding = Binding(me.id, key.certificate, told[0], told[1], signer.key, moment)
    row = SessionKey(id=new_id(), person=me.id, certificate=key.certificate, site=told[0], public=signer.key, opened_at=datetime.fromisoformat(moment),
                     binding=bind(binding, key.material().key))
    head = ends.pop(f"{site}.{incarnation}", None)
    values: dict[str, Any] = {
        "site": site, "incarnation": incarnation, "number": head.number + 1 if head else 1, "height": 1 + max(end.height for end in store.ends().values()),
        "act": "session.open", "person": me.id, "key": signer.key, "at": at, "clock": None, "case": None, "reason": "",
        "seen": {chain: end.number for chain, end in ends.items()}, "changes": [Change("SessionKey", row.id, row.journal_values(), {}, new=True)],
        "previous": head.hash if head else ends["HQ.1"].hash if incarnation > 1 else GENESIS, "cosigner": None, "moment_text": moment_text,
    }
    return seal(build(**{**values, **header}), signer), signer


CHAINS: list[tuple[str, str, int, dict[str, Any], str]] = [
    ("an incarnation of his own", "HQ", 2, {}, "自立新的一代"),
    ("one far ahead", "HQ", 9, {}, "自立新的一代"),
    ("one that continues nothing", "HQ", 2, {"seen": {}, "height": 1, "previous": GENESIS}, "没有接续"),
    ("a desk that is none", "XX", 1, {}, "没有经本院登记"),
    ("a session bound to the other desk", "HQ", 1, {"bound": ("HL", 1)}, "席位"),
    ("a session bound to another incarnation", "HQ", 1, {"bound": ("HQ", 2)}, "另一代"),
    ("a session of yesterday", "HQ", 1, {"opened": datetime(2018, 1, 1, 1, tzinfo=UTC)}, "时间"),
]


@pytest.mark.attack("8.5")
@pytest.mark.parametrize(("what", "site", "incarnation", "more", "words"), CHAINS, ids=[chain[0] for chain in CHAINS])
def test_nobody_writes_on_a_chain_that_is_not_his_sittings(bureau: Bureau, what: str, site: str, incarnation: int, more: dict[str, Any], words: str) -> None:
    entry, _ = session_line(bureau, site, incarnation, **more)
    store = bureau.desk.session.store
    before = store.heads()
    with pytest.raises(Refusal, match=words) as refused:
        take_in(store, [entry], prime(store.base, trust_of(store).judge(bureau.services.organisation.posts, bureau.services.authority)))
    assert refused.value.code == "exchange.signature" and store.heads() == before


@pytest.mark.attack("8.5")
def test_a_session_of_one_desk_signs_nothing_at_the_other(bureau: Bureau) -> None:
    """He signs in at HQ as he may, and writes on HL's chain with that key."""
    entry, signer = session_line(bureau, "HQ", 1)
    store = bureau.desk.session.store
    verify = prime(store.base, trust_of(store).judge(bureau.services.organisation.posts, bureau.services.authority))
    assert take_in(store, [entry], verify).applied == [entry.ref]
    ends = store.ends()
    body = build(
        site="HL", incarnation=1, number=1, height=1 + entry.height, act="event", person=signer.person, key=signer.key, at=store.next_moment(), clock=None, case=None,
        reason="", seen={chain: end.number for chain, end in ends.items()}, changes=[], previous=GENESIS, cosigner=None, moment_text=moment_text,
    )
    with pytest.raises(Refusal, match="另一条链"):
        take_in(store, [seal(body, signer)], verify)


@pytest.mark.attack("8.5")
def test_a_certificate_that_has_run_out_signs_no_more(bureau: Bureau) -> None:
    """The sitting began in time and went on; what is written after the last day of the certificate counts nowhere."""
    desk = bureau.at("clerk")
    store = desk.session.store
    last = read_pem(Certificate.get(Certificate.person == desk.session.me.id).pem)[0].not_valid_after_utc
    store.next_moment = lambda *a, **b: last + timedelta(milliseconds=1)  # type: ignore[assignment]
    with pytest.raises(Refusal, match="有效期"), desk.session.act("note.record"):
        pass
    line = write(bureau, "clerk", lambda act: None)
    del store.next_moment
    assert "有效期" in named(bureau)[line]
