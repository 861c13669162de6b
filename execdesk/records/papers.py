"""Measures, documents, numbers, service, receipts of banks, prints; corrections of law data; incidents."""

from __future__ import annotations

from peewee import BigIntegerField, CharField, IntegerField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, MomentField, ref


class Measure(Journaled):
    """A control measure. Its days stand apart; the earliest known end rules. Amounts in fen."""

    case = ref()
    party = ref()
    kind = CharField(max_length=24)  # bank_deposit | movable | immovable | other_right
    action = CharField(max_length=16)  # freeze | seize | impound
    property = TextField()
    institution = CharField(max_length=128, null=True)
    account_no = CharField(max_length=64, null=True)
    amount_fen = BigIntegerField(null=True)
    months = IntegerField(null=True)
    rank = IntegerField(default=1)  # 1 = first; n > 1 = waiting
    state = CharField(max_length=16)  # proposed | ordered | live | late | renewed | released | disposed | transferred
    ordered_on = DayField(null=True)
    served_on = DayField(null=True)
    effective_on = DayField(null=True)
    end_printed = DayField(null=True)
    end_receipt = DayField(null=True)
    released_on = DayField(null=True)
    disposed_on = DayField(null=True)
    controlled_fen = BigIntegerField(null=True)
    renewed_from = ref(null=True)
    origin = CharField(max_length=16, default="ordered")  # ordered | preservation | ledger

    FACTS = {"state": ("state", "rank", "effective_on", "end_printed", "end_receipt", "released_on", "disposed_on")}
    PARENTS = ("case",)


class Document(Journaled):
    """An official document from draft to issue. ``content`` is the approved text with slots; pages are kept files."""

    case = ref()
    request = ref(null=True)
    measure = ref(null=True)
    type_id = CharField(max_length=48)
    title = CharField(max_length=64)
    addressee = CharField(max_length=128, null=True)
    series = CharField(max_length=24)
    state = CharField(max_length=16, index=True)  # draft | submitted | to_cosign | to_seal | issued | void | lapsed
    text_version = CharField(max_length=64, null=True)
    inputs = JsonField()
    content = JsonField(null=True)
    content_hash = CharField(max_length=64, null=True)
    number = CharField(max_length=64, null=True)
    suffix = IntegerField(null=True)
    signed_on = DayField(null=True)
    signer = ref(null=True)
    pages = IntegerField(null=True)
    fields = JsonField(null=True)
    file = CharField(max_length=64, null=True)
    law_hash = CharField(max_length=64, null=True)
    corrects = ref(null=True)

    FACTS = {
        "issue": ("state", "number", "suffix", "signed_on", "signer", "pages", "fields", "file"),
        "content": ("content", "content_hash", "inputs", "text_version"),
    }
    PARENTS = ("case",)


class KeptFile(Journaled):
    """One kept revision of a document: what its bytes are and which came before."""

    document = ref()
    sha256 = CharField(max_length=64, index=True)
    size = IntegerField()
    kind = CharField(max_length=16)  # signed | cosigned | sealed | wet_seal | scan
    before = ref(null=True)
    person = ref()
    at = MomentField()

    PARENTS = ("document",)


class TakenNumber(Journaled):
    """A number once taken: used by a document, or void with its cause. Suffix 0 is the bare number."""

    case = ref(null=True)
    series = CharField(max_length=24)
    suffix = IntegerField()
    number = CharField(max_length=64, index=True)
    document = ref(null=True)
    state = CharField(max_length=16)  # used | void | paper
    cause = TextField(null=True)

    PARENTS = ("case",)


class Service(Journaled):
    """Service of a document on somebody: method, day, person who served."""

    document = ref()
    recipient = CharField(max_length=128)
    method = CharField(max_length=16)
    served_on = DayField()
    served_by = ref()
    note = TextField(null=True)

    PARENTS = ("document",)


class BankReceipt(Journaled):
    """What a bank or registry answered: amount under control, its own end date."""

    measure = ref()
    document = ref(null=True)
    received_on = DayField()
    result = CharField(max_length=16)  # full | partial | none | transferred
    controlled_fen = BigIntegerField(null=True)
    ends_on = DayField(null=True)
    handler = CharField(max_length=64, null=True)
    reason = TextField(null=True)
    receipt_no = CharField(max_length=64, null=True)

    PARENTS = ("measure",)


class Printing(Journaled):
    """Copies and reprints of a document, counted."""

    document = ref()
    kind = CharField(max_length=16)  # original | sealed_copy | duplicate | wet_seal
    copies = IntegerField()
    ordinal = IntegerField()
    person = ref()
    at = MomentField()

    PARENTS = ("document",)


class LawCorrection(Journaled):
    """A value of law data corrected by the court, approved by 局长."""

    key = CharField(max_length=96)
    value = JsonField()
    unit = CharField(max_length=32)
    valid_from = DayField()
    source = TextField()
    reason = TextField()
    proposed_by = ref()
    state = CharField(max_length=16)  # proposed | effective | refused
    approved_by = ref(null=True)
    approved_on = DayField(null=True)

    FACTS = {"state": ("state", "approved_by", "approved_on")}


class Adoption(Journaled):
    """A document type adopted by the court, with its text and every unconfirmed value it can reach."""

    type_id = CharField(max_length=48, index=True)
    text_version = CharField(max_length=64)
    unconfirmed = JsonField()
    proposed_by = ref()
    state = CharField(max_length=16)  # proposed | effective | refused
    approved_by = ref(null=True)
    approved_on = DayField(null=True)

    FACTS = {"state": ("state", "approved_by", "approved_on")}


class Incident(Journaled):
    """A fault or event that somebody must look at: where, what, who settled it."""

    kind = CharField(max_length=32)
    place = TextField()
    text = TextField()
    case = ref(null=True)
    found_at = MomentField()
    state = CharField(max_length=16)  # open | settled
    settled_by = ref(null=True)
    settled_note = TextField(null=True)

    FACTS = {"state": ("state", "settled_by", "settled_note")}


PAPERS = (
    Measure, Document, KeptFile, TakenNumber, Service, BankReceipt, Printing, LawCorrection, Adoption, Incident,
)
