"""What somebody did to obstruct enforcement: every sanction names such an act."""

from __future__ import annotations

from peewee import CharField, TextField

from execdesk.records.base import DayField, Journaled, belongs_to, refers_to
from execdesk.records.charge import WATCHING
from execdesk.records.owners import TableOwners, makes


class ObstructionAct(Journaled):
    """One act of obstruction, by a party of the case or by an outsider, who is named. ``statute_item`` is a kind of resources/sanctions."""

    WORDS = "妨害行为"
    case = belongs_to("Case")
    party = refers_to("Party", null=True)
    outsider = CharField(max_length=128, null=True)
    on = DayField(column_name="acted_on")
    place = CharField(max_length=128, null=True)
    words = TextField()
    statute_item = CharField(max_length=24)
    evidence = TextField(null=True)  # where it stands: records, pictures, recordings

    OWNERS = TableOwners(
        makes("obstruction.record", WATCHING),
    )
