"""Court, groups, people, posts, teams, delegations, certificates: dated records."""

from __future__ import annotations

from peewee import BooleanField, CharField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, MomentField, ref


class Court(Journaled):
    """The court itself and the rules it chose; line 1 of the first chain creates it."""

    name = CharField(max_length=64)
    code = CharField(max_length=16)
    upper = CharField(max_length=64)
    demo = BooleanField()
    root_fingerprint = CharField(max_length=64)
    root_certificate = TextField()
    started_on = DayField()


class Site(Journaled):
    """A desk: HQ or the tribunal at Huangliu. ``certificate`` is its issuing certificate under the root (PEM)."""

    code = CharField(max_length=8)
    name = CharField(max_length=32)
    certificate = TextField(null=True)
    key = CharField(max_length=64, null=True)  # public Ed25519 key of the desk, hexadecimal


class Group(Journaled):
    """沿海组, 山区组."""

    code = CharField(max_length=16)
    name = CharField(max_length=16)
    seat = CharField(max_length=32)
    site = CharField(max_length=8)

    class Meta:
        table_name = "bureau_group"


class Area(Journaled):
    """A town or unit of the county with the group that serves it, if the plan lists it."""

    code = CharField(max_length=9)
    name = CharField(max_length=32)
    group = ref(null=True)
    kind = CharField(max_length=16)  # town | unit


class Person(Journaled):
    """Somebody who works here. ``staffing`` is 编制: ``political`` makes an 执行员, all else an 辅助执行员."""

    name = CharField(max_length=32)
    account = CharField(max_length=32)
    staffing = CharField(max_length=16, default="political")
    certificate_no = CharField(max_length=32, null=True)  # 工作证
    police_no = CharField(max_length=32, null=True)
    phone = CharField(max_length=32, null=True)


class Post(Journaled):
    """A post held from a day. A post that approves, signs or seals takes effect when countersigned."""

    person = ref()
    post = CharField(max_length=24)
    group = ref(null=True)
    site = CharField(max_length=8)
    starts_on = DayField()
    ends_on = DayField(null=True)
    state = CharField(max_length=16)  # prepared | effective | refused
    countersigned_by = ref(null=True)
    note = TextField(null=True)

    FACTS = {"state": ("state", "countersigned_by")}
    PARENTS = ("person",)


class Delegation(Journaled):
    """A letter by which 院长 authorises a vice-president: matters, from, to. ``named`` lists reserved matters by name."""

    person = ref()
    letter = CharField(max_length=64)
    matters = JsonField()
    starts_on = DayField()
    ends_on = DayField()
    revoked_on = DayField(null=True)
    scan = CharField(max_length=64, null=True)
    state = CharField(max_length=16)  # prepared | effective | refused
    countersigned_by = ref(null=True)

    FACTS = {"state": ("state", "countersigned_by")}
    PARENTS = ("person",)


class Team(Journaled):
    """1+N: one judge and several officers."""

    name = CharField(max_length=32)
    group = ref()
    starts_on = DayField()
    ends_on = DayField(null=True)


class TeamMember(Journaled):
    """Membership of a team over days; ``role`` is ``judge`` or ``officer``."""

    team = ref()
    person = ref()
    role = CharField(max_length=16)
    starts_on = DayField()
    ends_on = DayField(null=True)

    PARENTS = ("team",)


class Certificate(Journaled):
    """A person's (or the seal's) signing certificate, issued by a desk with two people present."""

    person = ref()
    site = CharField(max_length=8)
    serial = CharField(max_length=64)
    pem = TextField()
    purpose = CharField(max_length=16)  # person | seal
    state = CharField(max_length=16)  # valid | provisional | revoked
    issued_at = MomentField()
    revoked_at = MomentField(null=True)
    reason = TextField(null=True)

    FACTS = {"state": ("state", "revoked_at", "reason")}
    PARENTS = ("person",)


class SessionKey(Journaled):
    """A sitting's Ed25519 key and the statement by which the person's certificate vouches for it."""

    person = ref()
    certificate = ref(null=True)
    site = CharField(max_length=8)
    public = CharField(max_length=64)
    opened_at = MomentField()
    binding = TextField()  # base64 of the signature over the binding statement


ORGANISATION = (Court, Site, Group, Area, Person, Post, Delegation, Team, TeamMember, Certificate, SessionKey)
