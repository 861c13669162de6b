"""Control measures and what banks, registries and employers answered."""

from __future__ import annotations

from peewee import BigIntegerField, CharField, IntegerField, TextField

from execdesk.records.base import DayField, Journaled, belongs_to, refers_to
from execdesk.records.charge import ANSWERING, DRAFTING
from execdesk.records.moves import ANY, NEW, Moves, moves, stays
from execdesk.records.owners import TableOwners, makes, writes


class MeasureState:
    """Where a measure stands by what was done; that its term has run out is told by the day and never kept."""

    PROPOSED, ORDERED, LIVE, LATE, RENEWED = "proposed", "ordered", "live", "late", "renewed"
    RELEASED, TRANSFERRED, VOID = "released", "transferred", "void"


_S = MeasureState
NOTHING_CAUGHT = ("no_object", "refused")  # answers by which a unit holds nothing
HELD = (_S.ORDERED, _S.LIVE)  # ordered by a ruling that stands, and nothing has ended it
_SERVE = ("service.record", "register_service")
_UNIT = ("measure.reply", ANSWERING)
MEASURE_MOVES = Moves(
    {
        _S.PROPOSED: "拟采取", _S.ORDERED: "已裁定", _S.LIVE: "控制中", _S.LATE: "逾期送达，续行不生效", _S.RENEWED: "已续行", _S.RELEASED: "已解除",
        _S.TRANSFERRED: "已划拨", _S.VOID: "落空",
    },
    moves(NEW, _S.PROPOSED, ANY, DRAFTING),
    moves(_S.PROPOSED, _S.ORDERED, "document.issue", "signer"),
    moves(_S.ORDERED, _S.PROPOSED, "document.void", "signer", "unserved"),
    moves(_S.ORDERED, _S.LIVE, *_SERVE, "first_in_rank"),
    stays(_S.ORDERED, *_SERVE, "waiting"),
    stays(_S.LIVE, *_SERVE, "served_before"),
    moves(_S.ORDERED, _S.LATE, *_SERVE, "too_late"),
    moves(_S.LATE, _S.LIVE, *_SERVE, "served_before"),
    stays(_S.LIVE, "measure.renew", DRAFTING),
    moves(HELD, _S.RENEWED, *_SERVE, "in_time"),
    stays(HELD, "measure.release", DRAFTING),
    moves(HELD, _S.RELEASED, *_SERVE),
    stays(_S.RELEASED, *_SERVE, "served_before"),
    stays(HELD, "measure.deduct", DRAFTING),
    stays((*HELD, _S.LATE, _S.RENEWED, _S.RELEASED, _S.TRANSFERRED), *_UNIT),
    stays(HELD, "receipt.deducted", ANSWERING),
    moves(HELD, _S.TRANSFERRED, "receipt.deducted", ANSWERING, "all_sent"),
    moves(_S.TRANSFERRED, HELD, "receipt.reverse", "record_receipt", "not_all_sent"),
    moves(HELD, _S.VOID, *_UNIT, "nothing_caught"),
    moves(_S.LIVE, _S.ORDERED, *_UNIT, "waiting"),
    moves(_S.VOID, _S.LIVE, *_UNIT, "first_in_rank"),
    moves(_S.VOID, _S.ORDERED, *_UNIT, "waiting"),
)


class Measure(Journaled):
    """A control measure on a property. Its days stand apart; the earliest known end rules. Amounts in fen.

    ``words`` names the thing in lists; ``term_kind`` is the law's class of terms it falls under, null with ``months`` where the law sets
    no term. ``amount_fen`` is what the ruling ordered. ``told_fen`` is what the last answer, ``told_by``, said on the day ``told_on`` was
    held: none of the three is a running total. What is held follows from them, the claimings and the releases in part.
    """

    WORDS = "控制措施"
    case = belongs_to("Case")
    property = belongs_to("Property")
    party = refers_to("Party")
    kind = CharField(max_length=16)  # freeze | seize | impound | withhold
    term_kind = CharField(max_length=24, null=True)  # bank_deposit | movable | immovable | other_right
    words = TextField()
    assisting_unit = CharField(max_length=128, null=True)
    amount_fen = BigIntegerField(null=True)
    months = IntegerField(null=True)
    rank = IntegerField(default=1)  # 1 = first; n > 1 = waiting
    state = CharField(max_length=16)
    ordered_on = DayField(null=True)
    served_on = DayField(null=True)
    effective_on = DayField(null=True)
    end_printed = DayField(null=True)
    end_told = DayField(null=True)
    released_on = DayField(null=True)
    disposed_on = DayField(null=True)
    told_fen = BigIntegerField(null=True, verbose_name="最近回执所载控制金额（分）")
    told_on = DayField(null=True, verbose_name="最近回执日期")
    told_by = refers_to("AssistReply", null=True, verbose_name="最近回执")
    renewed_from = refers_to("Measure", null=True)
    origin = CharField(max_length=16, default="ordered")  # ordered | preservation | ledger

    MOVES = MEASURE_MOVES
    FACTS = {
        "state": ("state", "rank", "effective_on", "end_printed", "end_told", "released_on", "disposed_on"), "told": ("told_fen", "told_on", "told_by"),
    }
    OWNERS = TableOwners(
        makes(ANY, blank="ordered_on served_on effective_on end_printed end_told released_on disposed_on told_fen told_on told_by"),
        writes("document.issue document.void", "state ordered_on end_printed"),
        writes("service.record", "state served_on effective_on released_on", when="served"),
        writes("measure.reply", "state rank effective_on end_printed end_told disposed_on told_fen told_on told_by"),
        writes("receipt.deducted receipt.reverse", "state disposed_on"),
        moves=MEASURE_MOVES,
    )


class MeasureRelease(Journaled):
    """A part of the sum under a measure that a release, when it was served, set free, in fen. Rows are only added: a paper counts once,
    on the earliest of its days."""

    WORDS = "部分解除"
    measure = belongs_to("Measure")
    document = refers_to("Document")
    amount_fen = BigIntegerField()
    served_on = DayField()

    OWNERS = TableOwners(
        makes("service.record", "register_service", when="released_by_it"),
        writes("service.record", "struck", "register_service", when="released_by_it"),
    )


class AssistReply(Journaled):
    """What a bank, registry or employer answered: amount under control, rank, its own end date."""

    WORDS = "协助回执"
    measure = belongs_to("Measure")
    document = refers_to("Document", null=True)
    received_on = DayField()
    result = CharField(max_length=16)  # full | partial | zero_registered | no_object | waiting | transferred | refused
    controlled_fen = BigIntegerField(null=True)
    rank = IntegerField(null=True)
    ends_on = DayField(null=True)
    handler = CharField(max_length=64, null=True)
    reason = TextField(null=True)
    receipt_no = CharField(max_length=64, null=True)

    OWNERS = TableOwners(
        makes("measure.reply receipt.deducted", ANSWERING),
    )
