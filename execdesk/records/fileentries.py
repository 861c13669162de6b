"""What papers in the file show that this program has not made: entries of the catalogue of the file on paper."""

from __future__ import annotations

from peewee import CharField, TextField

from execdesk.records.base import DayField, Journaled, belongs_to, refers_to
from execdesk.records.charge import NOTING
from execdesk.records.owners import TableOwners, makes, writes


class FileEntry(Journaled):
    """One thing that a paper in the file shows: ``item`` of resources/file, of a party where it is about one, on the day it happened.

    ``ended_on`` is the day a term told by the paper ran out, or a request was answered; ``head`` and ``reference`` the sort of property
    asked about and the number of the request; ``page`` where it lies in the file, under the name of who entered it.
    """

    WORDS = "卷内材料"
    case = belongs_to("Case")
    item = CharField(max_length=32, verbose_name="材料所载事项")
    party = refers_to("Party", null=True)
    property = refers_to("Property", null=True)
    on = DayField(column_name="shown_on")
    ended_on = DayField(null=True, verbose_name="届满或反馈日期")
    head = CharField(max_length=32, null=True, verbose_name="财产种类")
    reference = CharField(max_length=64, null=True, verbose_name="查询编号")
    words = TextField(null=True)
    page = CharField(max_length=32, null=True, verbose_name="卷内页码")

    OWNERS = TableOwners(
        makes("file.enter", NOTING),
        writes("file.strike", "struck", NOTING),
    )
