"""Teams of one judge and several officers."""

from __future__ import annotations

from peewee import CharField

from execdesk.records.base import DayField, Journaled, belongs_to, refers_to


class Team(Journaled):
    """1+N: one judge and several officers."""

    WORDS = "团队"
    name = CharField(max_length=32)
    group = refers_to("Group")
    starts_on = DayField()
    ends_on = DayField(null=True)

    OF_ALL = True


class TeamMember(Journaled):
    """Membership of a team over days; ``role`` is ``judge`` or ``officer``."""

    WORDS = "团队成员"
    team = belongs_to("Team")
    person = refers_to("Person")
    role = CharField(max_length=16)
    starts_on = DayField()
    ends_on = DayField(null=True)

    OF_ALL = True
