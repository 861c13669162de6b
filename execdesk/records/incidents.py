"""Faults and events that somebody must look at."""

from __future__ import annotations

from peewee import CharField, TextField

from execdesk.records.base import Journaled, MomentField, refers_to
from execdesk.records.moves import DESK, NEW, Moves, moves
from execdesk.records.owners import TableOwners, makes, writes


class IncidentState:
    """Whether somebody has looked at it."""

    OPEN, SETTLED = "open", "settled"


_S = IncidentState
INCIDENT_MOVES = Moves(
    {_S.OPEN: "待办结", _S.SETTLED: "已办结"},
    moves(NEW, _S.OPEN, (DESK, "store.incarnation"), "desk"),
    moves(NEW, _S.OPEN, "certificate.issue", ("issue_certificates", "witness"), "envelope"),
    moves(NEW, _S.OPEN, "provisional.annul", "ratify"),
    moves(NEW, _S.OPEN, "paper.deny", ("paper_approver", "ratify")),
    moves(NEW, _S.OPEN, "person.leave", ("prepare_people", "countersign"), "holder_left"),
    moves(NEW, _S.OPEN, ("post.end", "post.appoint"), ("prepare_posts", "countersign"), "holder_left"),
    moves(_S.OPEN, _S.SETTLED, ("issuing.replace", "root.replace"), "keep_root"),
    moves(_S.OPEN, _S.SETTLED, ("paper.confirm", "paper.deny"), ("paper_approver", "ratify")),
    moves(_S.OPEN, _S.SETTLED, ("incident.settle", "breach.undo"), ("countersign", "ratify")),
    moves(_S.OPEN, _S.SETTLED, ("provisional.ratify", "provisional.annul", "certificate.ratify", "certificate.annul"), "ratify"),
)


class Incident(Journaled):
    """A fault or event that somebody must look at: where, what, who settled it."""

    WORDS = "异常事件"
    kind = CharField(max_length=32)
    place = TextField()
    text = TextField()
    case = refers_to("Case", null=True)
    found_at = MomentField()
    state = CharField(max_length=16)
    settled_by = refers_to("Person", null=True)
    settled_note = TextField(null=True)

    MOVES = INCIDENT_MOVES
    FACTS = {"state": ("state", "settled_by", "settled_note")}
    OWNERS = TableOwners(
        makes("certificate.issue", at="found_at", only={"kind": "recovery_envelope"}),
        makes("provisional.annul paper.deny", at="found_at", only={"kind": "annulled"}),
        makes("person.leave post.end post.appoint", at="found_at", only={"kind": "issuing_key"}),
        writes("issuing.replace root.replace", "state settled_by settled_note", own="settled_by", only={"kind": "issuing_key"}),
        writes("certificate.ratify certificate.annul", "state settled_by settled_note", own="settled_by", only={"kind": "recovery_envelope"}),
        writes("provisional.ratify provisional.annul", "state settled_by settled_note", own="settled_by", only={"kind": "provisional"}, when="not_his_own"),
        writes("paper.confirm paper.deny", "state settled_by settled_note", own="settled_by", only={"kind": "paper"}),
        writes("breach.undo", "state settled_by settled_note", own="settled_by", only={"kind": ("tamper", "check", "breach")}),
        writes("incident.settle", "state settled_by settled_note", own="settled_by", when="settled_alone"),
        moves=INCIDENT_MOVES,
    )
