"""Property of debtors, whose it is, and which rows are one and the same thing."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, CharField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, belongs_to, refers_to
from execdesk.records.charge import DRAFTING, FINDING, NOTING
from execdesk.records.owners import TableOwners, makes, writes


class Property(Journaled):
    """A thing, an account, a right or an income. It is of no case and has no owner column: its owners are rows of their own.

    Two rows of one ``kind`` and one ``natural_key`` are the same thing found twice. ``value_fen`` in fen.
    """

    WORDS = "财产"
    kind = CharField(max_length=24)  # a kind of resources/property
    identifiers = JsonField()  # the kind's own: account number and bank, chassis number and plate …
    natural_key = CharField(max_length=160, null=True, index=True)  # the first identifier there is, of those that tell one thing from another
    words = TextField()
    place = TextField(null=True)
    found_by = CharField(max_length=16)  # clue | declaration | answer | field_act | case_file
    found_on = DayField()
    value_fen = BigIntegerField(null=True)
    value_from = CharField(max_length=16, null=True)  # declared | appraised | estimate | market
    exempt = TextField(null=True)  # why it must not be seized, as 查扣冻规定 lists it
    home = BooleanField(null=True)  # a dwelling the debtor and his family cannot do without

    OF_CHILDREN = True
    FACTS = {"identity": ("kind", "identifiers", "natural_key"), "value": ("value_fen", "value_from")}
    OWNERS = TableOwners(
        makes("property.register query.take", NOTING),
        makes("measure.propose", DRAFTING),
        writes("property.register measure.propose query.take", "identifiers", NOTING.duties, when="only_more"),  # a thing that another case knows already
        writes("property.change", "identifiers natural_key words place value_fen value_from home", NOTING),
        writes("property.change", "identifiers natural_key words place value_fen value_from exempt home", FINDING),
    )


class PropertyOwner(Journaled):
    """A share of a property: 「1」, 「1/2」. An owner who is no party of any case is entered as an outsider of the case where he shows."""

    WORDS = "权属份额"
    property = belongs_to("Property")
    party = refers_to("Party")
    share = CharField(max_length=16)
    paper = refers_to("Document", null=True)

    OWNERS = TableOwners(
        makes("property.register property.share query.take", NOTING),
        makes("measure.propose", DRAFTING),
        writes("property.share", "share", NOTING),
        writes("property.strike_owner", "struck", NOTING),
    )


class PropertyTie(Journaled):
    """A person's word that two rows are one and the same thing, with its ground."""

    WORDS = "财产合并认定"
    property = belongs_to("Property")
    other = refers_to("Property")
    ground = TextField()

    OWNERS = TableOwners(
        makes("property.tie", NOTING),
    )
