"""Cases, their parties and who works on them."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, CharField, IntegerField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, belongs_to, refers_to
from execdesk.records.charge import KEEPING, NOTING
from execdesk.records.moves import NEW, Moves, moves
from execdesk.records.owners import ALL, TableOwners, makes, writes


class CaseState:
    """Whether the bureau works on a case, has closed it, or 审管办 has it."""

    OPEN, CLOSED, REVIEW_OFFICE = "open", "closed", "review_office"


_S = CaseState
_LEDGER = ("ledger.import", "import_ledger")
CASE_MOVES = Moves(
    {_S.OPEN: "在办", _S.CLOSED: "已结", _S.REVIEW_OFFICE: "审管办"},
    moves(NEW, (_S.OPEN, _S.REVIEW_OFFICE), "case.register", "register_case"),
    moves(NEW, (_S.OPEN, _S.CLOSED, _S.REVIEW_OFFICE), *_LEDGER),
    moves(_S.OPEN, _S.CLOSED, *_LEDGER),
    moves(_S.CLOSED, _S.OPEN, "ledger.undo", "import_ledger"),
)


LEDGER_FIELDS = (  # what a later ledger may put right
    "cause filed_on basis_no basis_organ basis_effective_on claim_fen principal_fen interest_fen costs_fen fee_fen opening_recovered_fen"
    " state closed_on closing_mode closing_source town remarks"
)
PARTY_FACTS = "kind name id_kind id_no sex born_on ethnicity occupation address phone representative representative_post agent"


class Case(Journaled):
    """An enforcement case. Amounts in fen; ``claim_fen`` is the total asked for, its parts may be unknown (null)."""

    WORDS = "案件"
    number = CharField(max_length=64, index=True)
    year = IntegerField()
    type_code = CharField(max_length=8)
    kind = CharField(max_length=24, default="money")  # money | act_delivery | criminal_property | admin_nonlit | transferred: by its basis
    sequence = IntegerField()
    cause = CharField(max_length=64)
    filed_on = DayField(index=True)
    received_on = DayField(null=True)
    basis_kind = CharField(max_length=32, null=True)
    basis_no = CharField(max_length=64, null=True)
    basis_organ = CharField(max_length=64, null=True)
    basis_effective_on = DayField(null=True)
    obligation = TextField(null=True)
    claim_fen = BigIntegerField(null=True)
    principal_fen = BigIntegerField(null=True)
    interest_fen = BigIntegerField(null=True)
    costs_fen = BigIntegerField(null=True)
    fee_fen = BigIntegerField(null=True)
    opening_recovered_fen = BigIntegerField(null=True)  # what had come in before it was booked here, as a ledger or a person says it
    group = refers_to("Group", null=True)
    group_reason = TextField(null=True)
    town = CharField(max_length=32, null=True)
    state = CharField(max_length=16, index=True)
    closed_on = DayField(null=True)
    closing_mode = CharField(max_length=32, null=True)
    closing_source = CharField(max_length=32, null=True)  # 台账载明, or the act that closed it
    origin = CharField(max_length=16)  # registered | ledger
    held_by = CharField(max_length=8)
    provisional = BooleanField(default=False)
    last_paper_suffix = JsonField(null=True)  # series → last suffix used on paper, for a case from a ledger
    remarks = TextField(null=True)

    MOVES = CASE_MOVES
    FACTS = {
        "claim": ("claim_fen", "principal_fen", "interest_fen", "costs_fen", "fee_fen"),
        "closing": ("state", "closed_on", "closing_mode", "closing_source"),
        "group": ("group", "group_reason"),
    }
    OWNERS = TableOwners(
        makes("case.register ledger.import"),
        writes("case.route", "group group_reason", "override_assignment"),
        writes("case.route", "group group_reason", ("register_case", "assign", "undertake"), when="no_group"),
        writes("case.paper_suffix", "last_paper_suffix", KEEPING),
        writes("case.opening_recovered", "opening_recovered_fen", KEEPING),
        writes("case.basis", "basis_kind basis_organ basis_effective_on kind", KEEPING),
        writes("case.obligation", "obligation", KEEPING),
        writes("ledger.import", LEDGER_FIELDS, "import_ledger"),
        writes("ledger.undo", ALL, "import_ledger", when="undoes_import"),
        moves=CASE_MOVES,
    )


class Party(Journaled):
    """A party. ``special`` lists kinds of 特殊主体 a person flagged, with the source."""

    WORDS = "当事人"
    case = belongs_to("Case")
    side = CharField(max_length=16)  # applicant | debtor | third
    position = IntegerField()
    kind = CharField(max_length=16)  # natural | legal | organisation | business
    name = CharField(max_length=128, index=True)
    id_kind = CharField(max_length=16, null=True)
    id_no = CharField(max_length=32, null=True, index=True)
    sex = CharField(max_length=4, null=True)
    born_on = DayField(null=True)
    ethnicity = CharField(max_length=16, null=True)
    occupation = CharField(max_length=64, null=True)
    address = TextField(null=True)
    phone = CharField(max_length=32, null=True)
    representative = CharField(max_length=64, null=True)
    representative_post = CharField(max_length=32, null=True)
    agent = CharField(max_length=128, null=True)
    special = JsonField(null=True)
    special_source = TextField(null=True)

    FACTS = {"special": ("special", "special_source"), "identity": ("id_kind", "id_no")}
    OWNERS = TableOwners(
        makes("case.register", "register_case", when="new_case"),
        makes("ledger.import", "import_ledger"),
        makes("party.add", KEEPING),
        writes("party.change", PARTY_FACTS, KEEPING),
        writes("party.special", "special special_source", KEEPING),
        writes("ledger.import", f"{PARTY_FACTS} struck", "import_ledger"),
        writes("ledger.undo", ALL, "import_ledger", when="undoes_import"),
    )


class PartyTie(Journaled):
    """A person's word that parties of two cases are one and the same, with its ground. The same checked number says so by itself."""

    WORDS = "同一人认定"
    party = belongs_to("Party")
    other = refers_to("Party")
    ground = TextField()

    OWNERS = TableOwners(
        makes("party.tie", NOTING),
    )


class Assignment(Journaled):
    """Who works on a case from a day, in which role, and why."""

    WORDS = "承办人"
    case = belongs_to("Case")
    person = refers_to("Person")
    role = CharField(max_length=16)  # judge | clerk | officer
    starts_on = DayField()
    ends_on = DayField(null=True)
    reason = TextField()
    rule = CharField(max_length=32)  # ledger | least_load | former | related | override | person

    OWNERS = TableOwners(
        makes("case.register", "register_case", when="new_case able by_rule"),
        makes("case.assign case.route", "override_assignment", when="able"),
        makes("case.assign case.route", ("register_case", "assign", "undertake"), when="no_judge_before able by_rule"),
        makes("ledger.import", "import_ledger", when="no_judge_before"),
        writes("case.assign", "ends_on", "override_assignment"),
        writes("case.assign", "ends_on", ("register_case", "assign", "undertake"), when="not_the_judge"),
        writes("ledger.import", "ends_on", "import_ledger", when="not_the_judge"),
        writes("ledger.undo", ALL, "import_ledger", when="undoes_import"),
    )
