"""Faults and events that somebody must look at."""

from __future__ import annotations

from peewee import CharField, TextField

from execdesk.records.base import Journaled, MomentField, refers_to


class Incident(Journaled):
    """A fault or event that somebody must look at: where, what, who settled it."""

    kind = CharField(max_length=32)
    place = TextField()
    text = TextField()
    case = refers_to("Case", null=True)
    found_at = MomentField()
    state = CharField(max_length=16)  # open | settled
    settled_by = refers_to("Person", null=True)
    settled_note = TextField(null=True)

    FACTS = {"state": ("state", "settled_by", "settled_note")}
