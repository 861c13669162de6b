"""Control measures and what banks and registries answered."""

from __future__ import annotations

from peewee import BigIntegerField, CharField, IntegerField, TextField

from execdesk.records.base import DayField, Journaled, belongs_to, refers_to


class Measure(Journaled):
    """A control measure. Its days stand apart; the earliest known end rules. Amounts in fen."""

    case = belongs_to("Case")
    party = refers_to("Party")
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
    renewed_from = refers_to("Measure", null=True)
    origin = CharField(max_length=16, default="ordered")  # ordered | preservation | ledger

    FACTS = {"state": ("state", "rank", "effective_on", "end_printed", "end_receipt", "released_on", "disposed_on")}


class BankReceipt(Journaled):
    """What a bank or registry answered: amount under control, its own end date."""

    measure = belongs_to("Measure")
    document = refers_to("Document", null=True)
    received_on = DayField()
    result = CharField(max_length=16)  # full | partial | none | transferred
    controlled_fen = BigIntegerField(null=True)
    ends_on = DayField(null=True)
    handler = CharField(max_length=64, null=True)
    reason = TextField(null=True)
    receipt_no = CharField(max_length=64, null=True)
