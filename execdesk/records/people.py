"""People, their posts, letters and certificates."""

from __future__ import annotations

from peewee import CharField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, MomentField, belongs_to, refers_to
from execdesk.records.moves import NEW, SETUP, Moves, moves, stays
from execdesk.records.owners import ANYONE, TableOwners, makes, writes


class GrantState:
    """A post or a letter: prepared by one, in effect or refused by another."""

    PREPARED, EFFECTIVE, REFUSED = "prepared", "effective", "refused"


class CertificateState:
    """Whether a certificate may be signed with: ``provisional`` signs, and 院长 looks at what it signed; ``awaiting`` serves for signing
    in, drafting and recording, and decides, signs and seals nothing until 院长 consents."""

    VALID, PROVISIONAL, AWAITING, REVOKED = "valid", "provisional", "awaiting", "revoked"


_G, _C = GrantState, CertificateState
STANDING = (_C.VALID, _C.PROVISIONAL, _C.AWAITING)  # good to sign in with until revoked
FOR_PRESIDENT = (_C.AWAITING, _C.PROVISIONAL)  # those that wait for 院长
_LEFT = ("person.leave", ("prepare_people", "countersign"))
POST_MOVES = Moves(
    {_G.PREPARED: "待会签", _G.EFFECTIVE: "已生效", _G.REFUSED: "未同意"},
    moves(NEW, _G.EFFECTIVE, SETUP, "founder"),
    moves(NEW, _G.PREPARED, "post.prepare", "prepare_posts", "needs_countersign"),
    moves(NEW, _G.EFFECTIVE, "post.prepare", "prepare_posts", "no_countersign"),
    moves(_G.PREPARED, _G.EFFECTIVE, "post.countersign", "countersign"),
    moves(_G.PREPARED, _G.EFFECTIVE, "post.appoint", ("prepare_posts", "countersign"), "by_root"),
    moves(_G.PREPARED, _G.REFUSED, "post.refuse", "countersign"),
    moves(_G.PREPARED, _G.REFUSED, *_LEFT),
    stays(_G.EFFECTIVE, "post.end", ("prepare_posts", "countersign")),
    stays(_G.EFFECTIVE, "post.appoint", ("prepare_posts", "countersign"), "by_root"),
    stays(_G.EFFECTIVE, *_LEFT),
)
DELEGATION_MOVES = Moves(
    {_G.PREPARED: "待院长签署", _G.EFFECTIVE: "已生效", _G.REFUSED: "未签署"},
    moves(NEW, _G.EFFECTIVE, SETUP, "founder"),
    moves(NEW, _G.PREPARED, "delegation.prepare", "prepare_delegations"),
    moves(_G.PREPARED, _G.EFFECTIVE, "delegation.countersign", "delegate"),
    moves(_G.PREPARED, _G.REFUSED, "delegation.refuse", "delegate"),
    stays(_G.EFFECTIVE, "delegation.revoke", "delegate"),
    stays(_G.EFFECTIVE, *_LEFT),
)
_ATTENDING = ("issue_certificates", "witness")
CERTIFICATE_MOVES = Moves(
    {_C.VALID: "有效", _C.PROVISIONAL: "待追认", _C.AWAITING: "待院长同意", _C.REVOKED: "已撤销"},
    moves(NEW, _C.VALID, SETUP, "founder"),
    moves(NEW, _C.VALID, "certificate.issue", _ATTENDING, "at_once"),
    moves(NEW, _C.AWAITING, "certificate.issue", _ATTENDING, "signs"),
    moves(NEW, _C.PROVISIONAL, "certificate.issue", _ATTENDING, "envelope"),
    moves(FOR_PRESIDENT, _C.VALID, "certificate.ratify", "ratify"),
    moves(FOR_PRESIDENT, _C.REVOKED, "certificate.annul", "ratify"),
    moves(STANDING, _C.REVOKED, "certificate.revoke", ("issue_certificates", "countersign")),
    moves(STANDING, _C.REVOKED, "certificate.issue", _ATTENDING, "replaced"),
    moves(STANDING, _C.REVOKED, *_LEFT),
    moves(STANDING, _C.REVOKED, "person.account", ("prepare_people", "countersign")),
)


class Person(Journaled):
    """Somebody who works here. ``staffing`` is 编制: ``political`` makes an 执行员, all else an 辅助执行员."""

    WORDS = "人员"
    name = CharField(max_length=32)
    account = CharField(max_length=32)
    staffing = CharField(max_length=16, default="political")
    id_no = CharField(max_length=32, null=True)
    certificate_no = CharField(max_length=32, null=True)  # 工作证
    enforcement_no = CharField(max_length=32, null=True)  # 执行公务证
    police_no = CharField(max_length=32, null=True)
    phone = CharField(max_length=32, null=True)

    OF_ALL = True
    OWNERS = TableOwners(
        makes("person.add", "prepare_people"),
        writes("person.staffing", "staffing", "prepare_people"),
        writes("person.details", "id_no certificate_no enforcement_no police_no phone", ("prepare_people", "countersign")),
        writes("person.account", "account", ("prepare_people", "countersign")),
    )


class Post(Journaled):
    """A post held from a day. A post that approves, signs or seals takes effect when countersigned."""

    WORDS = "职务"
    person = belongs_to("Person")
    post = CharField(max_length=24)
    group = refers_to("Group", null=True)
    site = CharField(max_length=8)
    starts_on = DayField()
    ends_on = DayField(null=True)
    state = CharField(max_length=16)
    countersigned_by = refers_to("Person", null=True)
    appointment = CharField(max_length=64, null=True)  # the scan of the appointment, where the court's root brought it into effect
    root_signature = TextField(null=True)  # the root's, hexadecimal, over person, post, first day and that scan
    note = TextField(null=True)

    OF_ALL = True
    MOVES = POST_MOVES
    FACTS = {"state": ("state", "countersigned_by", "appointment", "root_signature")}
    OWNERS = TableOwners(
        makes("post.prepare", blank="countersigned_by appointment root_signature"),
        writes("post.countersign", "state countersigned_by", own="countersigned_by"),
        writes("post.refuse", "state countersigned_by", own="countersigned_by"),
        writes("post.appoint", "state appointment root_signature ends_on"),
        writes("post.end", "ends_on"),
        writes("person.leave", "state ends_on"),
        moves=POST_MOVES,
    )


class Delegation(Journaled):
    """A letter by which 院长 authorises a vice-president: matters, from, to. ``named`` lists reserved matters by name."""

    WORDS = "授权"
    person = belongs_to("Person")
    letter = CharField(max_length=64)
    matters = JsonField()
    starts_on = DayField()
    ends_on = DayField()
    revoked_on = DayField(null=True)
    scan = CharField(max_length=64, null=True)
    state = CharField(max_length=16)
    countersigned_by = refers_to("Person", null=True)

    OF_ALL = True
    MOVES = DELEGATION_MOVES
    FACTS = {"state": ("state", "countersigned_by")}
    OWNERS = TableOwners(
        makes("delegation.prepare", blank="countersigned_by revoked_on"),
        writes("delegation.countersign delegation.refuse", "state countersigned_by", own="countersigned_by"),
        writes("delegation.revoke", "revoked_on"),
        writes("person.leave", "revoked_on"),
        moves=DELEGATION_MOVES,
    )


class Certificate(Journaled):
    """A person's (or the seal's) signing certificate, issued by a desk with two people present."""

    WORDS = "证书"
    person = belongs_to("Person")
    site = CharField(max_length=8)
    serial = CharField(max_length=64)
    pem = TextField()
    purpose = CharField(max_length=16)  # person | seal
    state = CharField(max_length=16)
    issued_at = MomentField()
    revoked_at = MomentField(null=True)
    reason = TextField(null=True)

    OF_ALL = True
    MOVES = CERTIFICATE_MOVES
    FACTS = {"state": ("state", "revoked_at", "reason")}
    OWNERS = TableOwners(
        makes("certificate.issue", at="issued_at", blank="revoked_at reason"),
        writes("certificate.ratify", "state"),
        writes("certificate.annul certificate.revoke certificate.issue person.leave person.account", "state revoked_at reason", at="revoked_at"),
        moves=CERTIFICATE_MOVES,
    )


class SessionKey(Journaled):
    """A session's Ed25519 key and the statement by which the person's certificate vouches for it."""

    WORDS = "登录凭证"
    person = refers_to("Person")
    certificate = refers_to("Certificate", null=True)
    site = CharField(max_length=8)
    public = CharField(max_length=64)
    opened_at = MomentField()
    binding = TextField()  # base64 of the signature over the binding statement

    OF_ALL = True
    OWNERS = TableOwners(
        makes("session.open", ANYONE, own="person", at="opened_at"),
    )
