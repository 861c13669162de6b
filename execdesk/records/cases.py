"""Cases, their parties and who works on them; the tray of an import."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, CharField, IntegerField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, ref


class Case(Journaled):
    """An enforcement case. Amounts in fen; ``claim_fen`` is the total asked for, its parts may be unknown (null)."""

    number = CharField(max_length=64, index=True)
    year = IntegerField()
    type_code = CharField(max_length=8)
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
    recovered_fen = BigIntegerField(null=True)
    group = ref(null=True)
    group_reason = TextField(null=True)
    town = CharField(max_length=32, null=True)
    state = CharField(max_length=16, index=True)  # open | closed | review_office
    closed_on = DayField(null=True)
    closing_mode = CharField(max_length=32, null=True)
    closing_source = CharField(max_length=32, null=True)  # 台账载明, or the act that closed it
    origin = CharField(max_length=16)  # registered | ledger
    held_by = CharField(max_length=8)
    provisional = BooleanField(default=False)
    last_paper_suffix = JsonField(null=True)  # series → last suffix used on paper, for a case from a ledger
    remarks = TextField(null=True)

    FACTS = {
        "claim": ("claim_fen", "principal_fen", "interest_fen", "costs_fen", "fee_fen"),
        "closing": ("state", "closed_on", "closing_mode", "closing_source"),
        "group": ("group", "group_reason"),
    }


class Party(Journaled):
    """A party. ``special`` lists kinds of 特殊主体 a person flagged, with the source."""

    case = ref()
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
    PARENTS = ("case",)


class Assignment(Journaled):
    """Who works on a case from a day, in which role, and why."""

    case = ref()
    person = ref()
    role = CharField(max_length=16)  # judge | clerk | officer
    starts_on = DayField()
    ends_on = DayField(null=True)
    reason = TextField()
    rule = CharField(max_length=32)  # ledger | least_load | former | related | override | person

    PARENTS = ("case",)


class Import(Journaled):
    """One taking in of a ledger: file, counts, state."""

    file_name = CharField(max_length=255)
    file_sha256 = CharField(max_length=64)
    counts = JsonField()
    state = CharField(max_length=16)  # done | undone


class TrayRow(Journaled):
    """A row of a ledger that waits for a decision or was refused; nothing of it is lost."""

    run = ref()
    sheet = CharField(max_length=64)
    row = IntegerField()
    fingerprint = CharField(max_length=64, index=True)
    case_no = CharField(max_length=64, null=True)
    kind = CharField(max_length=16)  # decide | refused
    problems = JsonField()
    raw = JsonField()
    state = CharField(max_length=16)  # waiting | imported | dropped

    PARENTS = ("run",)


class LedgerRow(Journaled):
    """Which ledger row a case came from, so that the same rows again change nothing."""

    run = ref()
    case = ref()
    sheet = CharField(max_length=64)
    row = IntegerField()
    fingerprint = CharField(max_length=64, index=True)
    warnings = JsonField(null=True)

    PARENTS = ("run",)


CASES = (Case, Party, Assignment, Import, TrayRow, LedgerRow)
