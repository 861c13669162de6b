"""The course of a case: more time to close it, notes of the work on it."""

from __future__ import annotations

from peewee import CharField, IntegerField, TextField

from execdesk.records.base import DayField, Journaled, belongs_to, refers_to
from execdesk.records.charge import NOTING
from execdesk.records.owners import TableOwners, makes, writes


class Extension(Journaled):
    """More time to close a case: ``months`` beyond the day on which its term would have ended, by a decision of 院长 signed that day."""

    WORDS = "延长执行期限"
    case = belongs_to("Case")
    document = refers_to("Document")
    months = IntegerField()
    decided_on = DayField(verbose_name="决定日期")

    OWNERS = TableOwners(
        makes("document.issue", "signer", day="decided_on"),
        writes("document.void", "struck", "signer"),
    )


class WorkNote(Journaled):
    """A line about a call, a visit or a talk; ``follows`` names the note whose day to follow up it answers."""

    WORDS = "工作记录"
    case = belongs_to("Case")
    kind = CharField(max_length=16)  # call | visit | talk | log
    with_whom = CharField(max_length=64, null=True, verbose_name="对方")
    on = DayField(column_name="noted_on")
    words = TextField()
    follow_up_on = DayField(null=True, verbose_name="跟进日期")
    follows = refers_to("WorkNote", null=True, verbose_name="所跟进的记录")

    OWNERS = TableOwners(
        makes("note.record", NOTING),
    )
