"""People, their posts, letters and certificates."""

from __future__ import annotations

from peewee import CharField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, MomentField, belongs_to, refers_to


class Person(Journaled):
    """Somebody who works here. ``staffing`` is 编制: ``political`` makes an 执行员, all else an 辅助执行员."""

    name = CharField(max_length=32)
    account = CharField(max_length=32)
    staffing = CharField(max_length=16, default="political")
    certificate_no = CharField(max_length=32, null=True)  # 工作证
    police_no = CharField(max_length=32, null=True)
    phone = CharField(max_length=32, null=True)

    OF_ALL = True


class Post(Journaled):
    """A post held from a day. A post that approves, signs or seals takes effect when countersigned."""

    person = belongs_to("Person")
    post = CharField(max_length=24)
    group = refers_to("Group", null=True)
    site = CharField(max_length=8)
    starts_on = DayField()
    ends_on = DayField(null=True)
    state = CharField(max_length=16)  # prepared | effective | refused
    countersigned_by = refers_to("Person", null=True)
    note = TextField(null=True)

    OF_ALL = True
    FACTS = {"state": ("state", "countersigned_by")}


class Delegation(Journaled):
    """A letter by which 院长 authorises a vice-president: matters, from, to. ``named`` lists reserved matters by name."""

    person = belongs_to("Person")
    letter = CharField(max_length=64)
    matters = JsonField()
    starts_on = DayField()
    ends_on = DayField()
    revoked_on = DayField(null=True)
    scan = CharField(max_length=64, null=True)
    state = CharField(max_length=16)  # prepared | effective | refused
    countersigned_by = refers_to("Person", null=True)

    OF_ALL = True
    FACTS = {"state": ("state", "countersigned_by")}


class Certificate(Journaled):
    """A person's (or the seal's) signing certificate, issued by a desk with two people present."""

    person = belongs_to("Person")
    site = CharField(max_length=8)
    serial = CharField(max_length=64)
    pem = TextField()
    purpose = CharField(max_length=16)  # person | seal
    state = CharField(max_length=16)  # valid | provisional | revoked
    issued_at = MomentField()
    revoked_at = MomentField(null=True)
    reason = TextField(null=True)

    OF_ALL = True
    FACTS = {"state": ("state", "revoked_at", "reason")}


class SessionKey(Journaled):
    """A session's Ed25519 key and the statement by which the person's certificate vouches for it."""

    person = refers_to("Person")
    certificate = refers_to("Certificate", null=True)
    site = CharField(max_length=8)
    public = CharField(max_length=64)
    opened_at = MomentField()
    binding = TextField()  # base64 of the signature over the binding statement

    OF_ALL = True
