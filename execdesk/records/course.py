"""The course of a case: more time to close it."""

from __future__ import annotations

from peewee import IntegerField

from execdesk.records.base import DayField, Journaled, belongs_to, refers_to


class Extension(Journaled):
    """More time to close a case: ``months`` beyond the day on which its term would have ended, by a decision of 院长 signed that day."""

    WORDS = "延长执行期限"
    case = belongs_to("Case")
    document = refers_to("Document")
    months = IntegerField()
    decided_on = DayField(verbose_name="决定日期")
