"""Money that comes in: receipts and what of them is claimed to which case. Rows are only added; a wrong one is answered, never changed."""

from __future__ import annotations

from peewee import BigIntegerField, CharField, TextField

from execdesk.records.base import DayField, Journaled, belongs_to, refers_to
from execdesk.records.charge import ANSWERING
from execdesk.records.owners import TableOwners, makes

BANK = "bank"  # the account of the court at its bank


class MoneyReceipt(Journaled):
    """One sum that came in, in fen. ``bank_ref`` is its natural key within ``account``: entered at two desks it is one receipt.

    A counter-booking is a row of the opposite sign that names in ``reverses`` what it answers, wholly or in part.
    """

    WORDS = "到账"
    bank_ref = CharField(max_length=64, index=True)
    account = CharField(max_length=16)  # bank | cash
    received_on = DayField()
    booked_on = DayField()
    amount_fen = BigIntegerField()
    payer_name = CharField(max_length=128, null=True)
    payer_account = CharField(max_length=64, null=True)
    purpose = TextField(null=True)
    medium = CharField(max_length=16)  # bank | deduction | platform | cash | cheque | other_court
    arrival_notice_on = DayField(null=True)
    reverses = refers_to("MoneyReceipt", null=True)

    OF_CHILDREN = True
    OWNERS = TableOwners(
        makes("receipt.book receipt.deducted", ANSWERING, blank="reverses", when="comes_in"),
        makes("receipt.reverse", "record_receipt", when="counter_booking"),
    )


class Claiming(Journaled):
    """A receipt, or part of it, that counts for a case. Interest stops on ``interest_stop_on``: the day the debtor paid, the bank deducted."""

    WORDS = "认领"
    receipt = belongs_to("MoneyReceipt")
    case = belongs_to("Case")
    amount_fen = BigIntegerField()
    kind = CharField(max_length=16)  # voluntary | third_party | guarantor | other, or as the data of a kind of property says
    by_debtor = refers_to("Party", null=True)
    measure = refers_to("Measure", null=True)
    interest_stop_on = DayField()
    claimed_on = DayField()
    reverses = refers_to("Claiming", null=True)

    OWNERS = TableOwners(
        makes("receipt.book receipt.deducted", ANSWERING, blank="reverses", when="comes_in"),
        makes("receipt.reverse", "record_receipt", when="counter_booking"),
    )


class ReceiptTie(Journaled):
    """A person's word that two receipts of one number are the same money, so that nobody need look again."""

    WORDS = "到账合并认定"
    receipt = belongs_to("MoneyReceipt")
    other = refers_to("MoneyReceipt")
    ground = TextField()

    OWNERS = TableOwners(
        makes("receipt.tie", "record_receipt"),
    )
