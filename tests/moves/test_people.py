"""What becomes of posts, letters and certificates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from execdesk.access import places, slots
from execdesk.access.setup import DEMO_PASSPHRASE
from execdesk.desk import AppServices, Desk
from execdesk.drafting.casefacts import court_facts
from execdesk.law.refusal import Refusal
from execdesk.reads.consenting import consents
from execdesk.records.people import FOR_PRESIDENT, Certificate, Delegation, Person, Post
from execdesk.store.clock import DemonstrationClock
from tests.flow.bureau import Bureau
from tests.looking import look_at
from tests.moves.walking import Walk, walks
from tests.world import DAY, Notes, Shelf, World

NEW = "新的密码一二三四"


def prepared(bureau: Bureau, person: str, post: str, **more: object) -> str:
    return str(bureau.at("admin").do("post.prepare", person=person, post=post, starts_on=bureau.day, **more).ids("Post")[0])


@walks(
    Post="""
        store.setup >effective
        post.prepare >prepared >effective
        post.countersign prepared>effective
        post.refuse prepared>refused
        person.leave prepared>refused effective>effective
        post.end effective>effective
    """,
    Delegation="""
        store.setup >effective
        person.leave effective>effective
    """,
    Certificate="""
        store.setup >valid
        person.leave valid>revoked
    """,
)
def test_posts_are_prepared_countersigned_and_ended(walk: Walk, bureau: Bureau) -> None:
    taken, refused = (prepared(bureau, person, "judge", group="mountain") for person in ("director", "deputy"))
    bureau.at("president").do("post.countersign", posts=[taken])
    bureau.desk.do("post.refuse", post=refused, reason="不合适")
    bureau.at("president").do("post.end", post=taken, ends_on=bureau.day, reason="免职")
    prepared(bureau, "officer", "clerk", group="mountain")
    prepared(bureau, "vice", "judge", group="mountain")
    bureau.at("admin").do("person.leave", person="vice", last_day=bureau.day, reason="调离")


@walks(
    Delegation="""
        delegation.prepare >prepared
        delegation.countersign prepared>effective
        delegation.refuse prepared>refused
        delegation.revoke effective>effective
    """,
)
def test_letters_are_prepared_signed_and_taken_back(walk: Walk, bureau: Bureau) -> None:
    values = {"person": "vice", "matters": ["terminate_this_round"], "starts_on": bureau.day, "ends_on": date(2018, 12, 31)}
    signed, refused = (
        bureau.at("admin").do("delegation.prepare", letter=f"乐法授〔2018〕{n}号", **values).ids("Delegation")[0] for n in (8, 9)
    )
    bureau.at("president").do("delegation.countersign", delegation=signed)
    bureau.desk.do("delegation.refuse", delegation=refused, reason="另行研究")
    bureau.desk.do("delegation.revoke", delegation=signed, revoked_on=bureau.day, reason="收回")
    assert Delegation.get_by_id(signed).revoked_on == bureau.day


@walks(
    Certificate="""
        certificate.issue >valid valid>revoked
        certificate.revoke valid>revoked
    """,
)
def test_certificates_come_from_two_people(walk: Walk, bureau: Bureau) -> None:
    two = {"witness": "president", "witness_password": "demo", "own_password": "demo", "password": NEW, "forgotten": True}
    issued = bureau.at("admin").do("certificate.issue", person="judge-1", **two).ids("Certificate")
    standing = Certificate.get(Certificate.id.in_(issued), Certificate.state == "valid")
    bureau.desk.do("certificate.revoke", certificate=standing.id, reason="遗失")
    bureau.desk.do("person.leave", person="judge-2", last_day=bureau.day, reason="调离")


@pytest.fixture
def huangliu(worlds: Shelf, tmp_path: Path) -> World:
    """A store at Huangliu."""
    return worlds.get("huangliu").own(tmp_path / "huangliu")


@pytest.fixture
def deputy(huangliu: World, services: AppServices) -> Iterator[Desk]:
    desk = Desk.open(services, huangliu.folder, "deputy", "demo", DemonstrationClock(DAY))
    look_at(desk)
    yield desk
    desk.close()


def by_envelope(desk: Desk, code: str, account: str, witness: str = "") -> tuple[str, str]:
    """A certificate with the recovery envelope as the second person, or beside one; its row id, and the code of the envelope that takes the place of this one."""
    given = {"password": NEW, "own_password": "demo", "forgotten": True, "recovery_code": code}
    given |= {"witness": witness, "witness_password": "demo"} if witness else {}
    changes = desk.do("certificate.issue", person=account, **given)
    renewed = re.search(r"[A-Z0-9-]{47}", changes.told)
    assert renewed is not None
    return str(Certificate.get(Certificate.id.in_(changes.ids("Certificate")), Certificate.state.in_(FOR_PRESIDENT)).id), renewed[0]


@walks(
    Incident="""
        certificate.issue >open
        certificate.ratify open>settled
        certificate.annul open>settled
    """,
    Certificate="""
        certificate.issue >awaiting awaiting>revoked >provisional provisional>revoked
        certificate.ratify awaiting>valid provisional>valid
        certificate.annul awaiting>revoked provisional>revoked
        certificate.revoke awaiting>revoked provisional>revoked
        person.leave awaiting>revoked provisional>revoked
    """,
)
def test_certificates_by_envelope_wait_for_the_president(walk: Walk, deputy: Desk, huangliu: World) -> None:
    code, rows = huangliu.notes["recovery"], []
    for account in ("judge-1", "judge-2", "judge-3", "judge-4", "judge-4", "clerk", "clerk", "officer", "auxiliary"):
        row, code = by_envelope(deputy, code, account)
        rows.append(row)
    review, _ = by_envelope(deputy, code, "review", "director")
    judges, others = rows[:4], [*rows[6:], review]
    deputy.change_person("president", "demo")
    deputy.do("certificate.ratify", certificates=[judges[0], others[0]])
    for annulled, revoked in ((judges[1], judges[2]), (others[1], others[2])):
        deputy.do("certificate.annul", certificate=annulled, reason="未见本人")
        deputy.do("certificate.revoke", certificate=revoked, reason="遗失")
    for account in ("judge-4", "review"):
        deputy.do("person.leave", person=account, last_day=DAY, reason="调离")


@walks(
    Incident="""
        person.leave >open
        post.end >open
        issuing.replace open>settled
        root.replace open>settled
    """,
)
def test_the_issuing_key_or_the_root_is_replaced_when_a_holder_of_a_share_leaves(walk: Walk, bureau: Bureau) -> None:
    replaced = {"passphrase": DEMO_PASSPHRASE, "reason": "持有人离任", "witness": "director", "witness_password": "demo"}
    desk = bureau.at("president")
    desk.do("person.leave", person="deputy", last_day=bureau.day, reason="调离")
    desk.do("issuing.replace", root_file=str(bureau.folder / places.DEMO_ROOT_FILE), **replaced)
    desk.do("post.end", post=Post.get(Post.post == "admin").id, ends_on=bureau.day, reason="免职")
    desk.do("root.replace", root_to="x", **{**replaced, "passphrase": "新的证书根 口令 十二字以上"})


@walks(
    Post="post.appoint prepared>effective effective>effective",
    Incident="post.appoint >open",
)
def test_root_envelope_and_appointment_bring_a_president_in(walk: Walk, bureau: Bureau, notes: Notes, tmp_path: Path) -> None:
    scan = tmp_path / "appointment.pdf"
    scan.write_bytes(b"%PDF-1.4 appointment")
    starts = bureau.day + timedelta(days=1)
    post = bureau.at("admin").do("post.prepare", person="vice", post="president", starts_on=starts, note="某人大任〔2018〕1号").ids("Post")[0]
    bureau.desk.do(
        "post.appoint", post=post, scan=str(scan), root_file=str(bureau.folder / places.DEMO_ROOT_FILE), passphrase=DEMO_PASSPHRASE,
        own_password="demo", recovery_code=notes["recovery"],
    )


@walks(Certificate="person.account valid>revoked awaiting>revoked provisional>revoked")
def test_login_name_telephone_and_papers_are_changed(walk: Walk, bureau: Bureau, notes: Notes) -> None:
    desk = bureau.at("admin")
    assert bureau.refused("admin", "person.account", person="admin", account="admin2").code == "access.oneself"
    assert bureau.refused("admin", "person.account", person="clerk", account="c1erk").code == "person.account"
    assert bureau.refused("clerk", "person.details", person="clerk", phone="1").code == "access.duty"
    bureau.at("admin").do("person.account", person="clerk", account="shujiyuan")
    bureau.desk.do("person.details", person="shujiyuan", phone="0898-85520000", id_no="469027198808080008", enforcement_no="琼执 0007")
    row = Person.get(Person.account == "shujiyuan")
    assert (row.phone, row.id_no, row.enforcement_no, row.police_no) == ("0898-85520000", "469027198808080008", "琼执 0007", None)
    assert "clerk" not in slots.names(places.slots_file(bureau.folder))
    given = {"own_password": "demo", "witness": "director", "witness_password": "demo"}
    bureau.desk.do("certificate.issue", person="shujiyuan", password=NEW, **given)
    bureau.desk.do("certificate.issue", person="judge-1", password="demo", **given)
    bureau.desk.do("certificate.issue", person="judge-2", password="demo", recovery_code=notes["recovery"], **given)
    for account, new in (("judge-1", "yanyi"), ("judge-2", "yaner")):
        bureau.desk.do("person.account", person=account, account=new)
    desk.close()
    bureau.account = ""
    look_at(again := Desk.open(bureau.services, bureau.folder, "shujiyuan", NEW, DemonstrationClock(DAY)))
    assert again.check().whole
    again.close()


def test_what_waits_for_a_countersignature_stands_in_the_inbox_of_who_must_sign(bureau: Bureau) -> None:
    taken = [prepared(bureau, person, "judge", group="mountain") for person in ("director", "deputy")]
    bureau.desk.do("delegation.prepare", person="vice", letter="乐法授〔2018〕8号", matters=["terminate_this_round"], starts_on=DAY, ends_on=date(2018, 12, 31))
    assert [(one.action, len(one.facts)) for one in consents(bureau.at("director").session)] == [("post.countersign", 1)], "not his own"
    found = consents(bureau.at("president").session)
    assert [one.action for one in found] == ["post.countersign", "delegation.countersign"] and found[0].values == {"posts": taken}
    for one in found:
        bureau.desk.do(one.action, **one.values)
    assert consents(bureau.desk.session) == () and {Post.get_by_id(row).state for row in taken} == {"effective"}


def test_the_president_says_where_the_court_is_paid(bureau: Bureau) -> None:
    account = {"account_name": "演示法院执行款专户", "account_bank": "演示银行县支行", "account_no": "46001002536059000001"}
    assert bureau.refused("clerk", "court.change", reason="搬迁", **account).code == "access.duty"
    assert bureau.refused("president", "court.change", reason="开户", account_no="46001002536059000001").code == "court.account"
    bureau.at("president").do("court.change", reason="开户", telephone="0898-85520001", **account)
    assert court_facts(bureau.desk.session).account_no == account["account_no"] and bureau.desk.session.court.telephone == "0898-85520001"
    assert bureau.refused("president", "court.change", reason="开户", telephone="0898-85520001", **account).code == "court.same"
    assert bureau.desk.check().whole


def test_a_new_envelope_makes_the_old_one_void(bureau: Bureau, notes: Notes) -> None:
    given = {"reason": "设立时没有封好", "own_password": "demo", "witness": "director", "witness_password": "demo"}
    assert bureau.refused("clerk", "envelope.renew", **given).code == "access.duty"
    assert bureau.refused("admin", "envelope.renew", **{**given, "witness": "admin"}).code == "access.two_people"
    told = bureau.at("admin").do("envelope.renew", **given).told
    new = re.search(r"(?:[A-Z0-9]{5}-){7}[A-Z0-9]{5}", told)
    file = places.slots_file(bureau.folder)
    with pytest.raises(Refusal):
        slots.open_slot(file, slots.RECOVERY, notes["recovery"])
    assert new is not None and slots.open_slot(file, slots.RECOVERY, new[0]).share, "the new one holds a share again"
    assert bureau.desk.check().whole
