"""Documents, their kept files and numbers, service, prints."""

from __future__ import annotations

from peewee import CharField, IntegerField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, MomentField, belongs_to, refers_to


class Document(Journaled):
    """An official document from draft to issue. ``content`` is the approved text with slots; pages are kept files."""

    case = belongs_to("Case")
    request = refers_to("Request", null=True)
    measure = refers_to("Measure", null=True)
    type_id = CharField(max_length=48)
    title = CharField(max_length=64)
    addressee = CharField(max_length=128, null=True)
    series = CharField(max_length=24)
    state = CharField(max_length=16, index=True)  # draft | submitted | to_cosign | to_seal | issued | void | lapsed
    text_version = CharField(max_length=64, null=True)
    inputs = JsonField()
    content = JsonField(null=True)
    content_hash = CharField(max_length=64, null=True)
    number = CharField(max_length=64, null=True, index=True)
    suffix = IntegerField(null=True)
    signed_on = DayField(null=True)
    signer = refers_to("Person", null=True)
    pages = IntegerField(null=True)
    fields = JsonField(null=True)
    file = CharField(max_length=64, null=True)
    law_hash = CharField(max_length=64, null=True)
    corrects = refers_to("Document", null=True)

    FACTS = {
        "issue": ("state", "number", "suffix", "signed_on", "signer", "pages", "fields", "file"),
        "content": ("content", "content_hash", "inputs", "text_version"),
    }


class KeptFile(Journaled):
    """One kept revision of a document: what its bytes are and which came before."""

    document = belongs_to("Document")
    sha256 = CharField(max_length=64, index=True)
    size = IntegerField()
    kind = CharField(max_length=16)  # signed | cosigned | sealed | wet_seal | scan
    before = refers_to("KeptFile", null=True)
    person = refers_to("Person")
    at = MomentField()


class TakenNumber(Journaled):
    """A number once taken: used by a document, or void with its cause. Suffix 0 is the bare number.

    ``year`` is set in series that run by the year; the next number is read from the end of an index.
    """

    case = belongs_to("Case", null=True)
    series = CharField(max_length=24)
    suffix = IntegerField()
    number = CharField(max_length=64, index=True)
    year = IntegerField(null=True)
    document = refers_to("Document", null=True)
    state = CharField(max_length=16)  # used | void | paper
    cause = TextField(null=True)

    class Meta:
        indexes = ((("series", "number"), False), (("case", "series", "suffix"), False), (("series", "year", "suffix"), False))


class Service(Journaled):
    """Service of a document on somebody: method, day, person who served."""

    document = belongs_to("Document")
    recipient = CharField(max_length=128)
    method = CharField(max_length=16)
    served_on = DayField()
    served_by = refers_to("Person")
    note = TextField(null=True)


class Printing(Journaled):
    """Copies and reprints of a document, counted."""

    document = belongs_to("Document")
    kind = CharField(max_length=16)  # original | sealed_copy | duplicate | wet_seal
    copies = IntegerField()
    ordinal = IntegerField()
    person = refers_to("Person")
    at = MomentField()
