"""Teams of one judge and several officers."""

from __future__ import annotations

from peewee import CharField

from execdesk.records.base import DayField, Journaled, belongs_to, refers_to
from execdesk.records.owners import TableOwners, makes, writes


class Team(Journaled):
    """1+N: one judge and several officers."""

    WORDS = "团队"
    name = CharField(max_length=32)
    group = refers_to("Group")
    starts_on = DayField()
    ends_on = DayField(null=True)

    OF_ALL = True
    OWNERS = TableOwners(
        makes("team.form", "assign"),
        writes("team.close", "ends_on", "assign"),
    )


class TeamMember(Journaled):
    """Membership of a team over days; ``role`` is ``judge`` or ``officer``."""

    WORDS = "团队成员"
    team = belongs_to("Team")
    person = refers_to("Person")
    role = CharField(max_length=16)
    starts_on = DayField()
    ends_on = DayField(null=True)

    OF_ALL = True
    OWNERS = TableOwners(
        makes("team.form team.join team.judge", "assign"),
        writes("team.part team.judge team.close", "ends_on", "assign"),
        writes("person.leave", "ends_on", ("prepare_people", "countersign")),
    )
