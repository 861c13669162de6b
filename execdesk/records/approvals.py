"""Requests for approval, the stops they pass and the decisions taken."""

from __future__ import annotations

from peewee import BooleanField, CharField, IntegerField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, MomentField, belongs_to, refers_to


class Request(Journaled):
    """One matter of one case put to the level that decides it. Level, phrase and reason are those of the day of submission;
    the decision stores its own."""

    case = belongs_to("Case")
    matter = CharField(max_length=48, index=True)
    title = CharField(max_length=128)
    subject = CharField(max_length=32, default="ordinary")
    circumstances = JsonField()
    applicant = refers_to("Person")
    party = refers_to("Party", null=True)  # whom it aims at, where it aims at one party: his being 特殊主体 decides the level
    state = CharField(max_length=16, index=True)  # draft submitted panel approved returned withdrawn void lapsed used
    submitted_at = MomentField(null=True)
    level = CharField(max_length=32, null=True)
    upward = BooleanField(default=False)  # the judge asked a higher level though his own would do (层报)
    step = IntegerField(default=0)  # position on the path before 2017-08-01, else 0
    content_hash = CharField(max_length=64, null=True)
    due_on = DayField(null=True)
    note = TextField(null=True)

    FACTS = {"state": ("state", "content_hash", "level", "step")}


class Decision(Journaled):
    """One word on a request by one person: approve, return, comment, refer upward, withdraw, void, ratify, annul.

    ``signature`` is the person's certificate key over ``statement``; ``rule_id`` and ``data_hash`` name the rule used.
    """

    request = belongs_to("Request")
    kind = CharField(max_length=16, index=True)
    person = refers_to("Person")
    post = CharField(max_length=64)
    delegation = refers_to("Delegation", null=True)
    on = DayField(column_name="decided_on")
    at = MomentField()
    level = CharField(max_length=32)
    article = CharField(max_length=16)
    phrase = TextField()
    reason = TextField()
    opinion = TextField(null=True)
    conflict = BooleanField(default=False)
    rule_id = CharField(max_length=32)
    data_hash = CharField(max_length=64)
    content_hash = CharField(max_length=64, null=True)
    chain_head = CharField(max_length=96)
    statement = TextField()
    signature = TextField()
    on_paper = TextField(null=True)  # an approval given on paper before the reform, as recorded


class Panel(Journaled):
    """合议庭: requested by the judge, designated by 局长, with its minutes."""

    request = belongs_to("Request")
    members = JsonField()  # person ids, presiding first
    designated_by = refers_to("Person", null=True)
    designated_on = DayField(null=True)
    minutes = JsonField(null=True)  # person id → {vote, opinion}
    outcome = TextField(null=True)
    state = CharField(max_length=16)  # asked | designated | concluded

    FACTS = {"state": ("state", "members", "minutes", "outcome", "designated_by", "designated_on")}


class Permit(Journaled):
    """A gate outside the court that must be open before issue, e.g. the permit to detain a deputy."""

    request = belongs_to("Request")
    kind = CharField(max_length=32)
    text = TextField()
    granted_on = DayField(null=True)



APPROVALS = (Request, Decision, Panel, Permit)
