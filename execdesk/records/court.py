"""The court, its desks, groups and towns; its corrections of law data and the document types it adopted."""

from __future__ import annotations

from peewee import BooleanField, CharField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, refers_to
from execdesk.records.moves import NEW, Moves, moves
from execdesk.records.owners import TableOwners, makes, writes


class ProposalState:
    """What one person prepares and 局长 approves."""

    PROPOSED, EFFECTIVE, REFUSED = "proposed", "effective", "refused"


_S = ProposalState
_WORDS = {_S.PROPOSED: "待局长批准", _S.EFFECTIVE: "已生效", _S.REFUSED: "未批准"}
CORRECTION_MOVES = Moves(
    _WORDS,
    moves(NEW, _S.PROPOSED, "law.propose", ("prepare_adoption", "undertake", "apply_for_judge", "correct_law")),
    moves(_S.PROPOSED, _S.EFFECTIVE, "law.approve", "correct_law"),
    moves(_S.PROPOSED, _S.REFUSED, "law.refuse", "correct_law"),
)
ADOPTION_MOVES = Moves(
    _WORDS,
    moves(NEW, _S.PROPOSED, "adoption.prepare", "prepare_adoption"),
    moves(_S.PROPOSED, _S.EFFECTIVE, "adoption.approve", "adopt"),
    moves(_S.PROPOSED, _S.REFUSED, "adoption.refuse", "adopt"),
)


COURT_DETAILS = ("address", "telephone", "hotline", "account_name", "account_bank", "account_no")  # what a court says of itself and may change


class Court(Journaled):
    """The court itself and the rules it chose; line 1 of the first chain creates it."""

    WORDS = "法院"
    name = CharField(max_length=64)
    code = CharField(max_length=16)
    upper = CharField(max_length=64)
    short = CharField(max_length=32, null=True)  # as numbers of the old form and its own letters begin
    letters = CharField(max_length=16, null=True)
    address = CharField(max_length=128, null=True)
    telephone = CharField(max_length=64, null=True)
    hotline = CharField(max_length=64, null=True)  # 举报电话
    account_name = CharField(max_length=64, null=True)  # where parties pay to
    account_bank = CharField(max_length=64, null=True)
    account_no = CharField(max_length=64, null=True)
    demo = BooleanField()
    root_fingerprint = CharField(max_length=64)
    root_certificate = TextField()
    started_on = DayField()

    OF_ALL = True
    OWNERS = TableOwners(
        writes("root.replace", "root_certificate", "keep_root"),
        writes("court.change", " ".join(COURT_DETAILS), "countersign"),
    )


class Site(Journaled):
    """A desk: HQ or the tribunal at Huangliu. ``certificate`` is its issuing certificate under the root (PEM)."""

    WORDS = "办公点"
    code = CharField(max_length=8)
    name = CharField(max_length=32)
    certificate = TextField(null=True)
    key = CharField(max_length=64, null=True)  # public Ed25519 key of the desk, hexadecimal

    OF_ALL = True
    OWNERS = TableOwners(
        writes("issuing.replace root.replace", "certificate", "keep_root"),
    )


class Group(Journaled):
    """沿海组, 山区组."""

    WORDS = "执行组"
    code = CharField(max_length=16)
    name = CharField(max_length=16)
    seat = CharField(max_length=32)
    site = CharField(max_length=8)
    starts_on = DayField()
    ends_on = DayField(null=True)

    OWNERS = TableOwners()  # made when the court is founded, and never written after

    class Meta:
        table_name = "bureau_group"

    OF_ALL = True


class Area(Journaled):
    """A town or unit of the county with the group that serves it, if the plan lists it."""

    WORDS = "辖区"
    code = CharField(max_length=9)
    name = CharField(max_length=32)
    names = JsonField()  # other ways in which addresses spell it
    group = refers_to("Group", null=True)
    near = CharField(max_length=9, null=True)  # code of the town that a unit without a group is named after
    kind = CharField(max_length=16)  # town | unit

    OF_ALL = True
    OWNERS = TableOwners()  # made when the court is founded, and never written after


class LawCorrection(Journaled):
    """A value of law data corrected by the court, approved by 局长."""

    WORDS = "法规参数更正"
    key = CharField(max_length=96)
    value = JsonField()
    unit = CharField(max_length=32)
    valid_from = DayField()
    source = TextField()
    reason = TextField()
    proposed_by = refers_to("Person")
    state = CharField(max_length=16)
    approved_by = refers_to("Person", null=True)
    approved_on = DayField(null=True)

    OF_ALL = True
    MOVES = CORRECTION_MOVES
    FACTS = {"state": ("state", "approved_by", "approved_on")}
    OWNERS = TableOwners(
        makes("law.propose", own="proposed_by", blank="approved_by approved_on"),
        writes("law.approve law.refuse", "state approved_by approved_on", own="approved_by", day="approved_on"),
        moves=CORRECTION_MOVES,
    )


class Adoption(Journaled):
    """A document type adopted by the court, with its text and every unconfirmed value it can reach."""

    WORDS = "文书样式采用"
    type_id = CharField(max_length=48, index=True)
    text_version = CharField(max_length=64)
    unconfirmed = JsonField()
    proposed_by = refers_to("Person")
    state = CharField(max_length=16)
    approved_by = refers_to("Person", null=True)
    approved_on = DayField(null=True)

    OF_ALL = True
    MOVES = ADOPTION_MOVES
    FACTS = {"state": ("state", "approved_by", "approved_on")}
    OWNERS = TableOwners(
        makes("adoption.prepare", own="proposed_by", blank="approved_by approved_on"),
        writes("adoption.prepare", "struck", "prepare_adoption"),
        writes("adoption.approve adoption.refuse", "state approved_by approved_on", own="approved_by", day="approved_on"),
        moves=ADOPTION_MOVES,
    )
