"""The board: what lists show, derived of the rows and kept beside them. Local tables, neither journaled nor part of the state hash.

Every row is a version: it stands from the lines taken in at ``since`` to those at ``until``, :data:`NEVER` as long as it stands. So the
present is ``until = NEVER``, and what was known when the line at a place had been taken in ``since <= place < until``. Days are days: how
many are left is for whoever asks to say. Sums over the cases of the present are kept beside (:class:`BoardSum`).
"""

from __future__ import annotations

from typing import ClassVar

from peewee import BigAutoField, BigIntegerField, CharField, IntegerField, TextField

from execdesk.records.base import Record

NEVER = 2**62
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"


class BoardVersion(Record):
    """A row of the board. ``OWNER`` names the column that tells whose row it is, ``WORDS`` what a person calls the list."""

    id = BigAutoField()
    since = BigIntegerField()
    until = BigIntegerField(default=NEVER)

    OWNER: ClassVar[str] = ""
    WORDS: ClassVar[str] = ""

    @classmethod
    def value_columns(cls) -> tuple[str, ...]:
        """The columns that say something, in the order of declaration."""
        return tuple(f.name for f in cls._meta.sorted_fields if f.name not in ("id", "since", "until", cls.OWNER))


class BoardRow(BoardVersion):
    """A row of the board, of one case."""

    case = CharField(max_length=26, index=True)

    OWNER = "case"


class BoardSingle(BoardVersion):
    """The row of the board of one record that belongs to no case."""

    row = CharField(max_length=26, index=True)

    OWNER = "row"


class BoardCase(BoardRow):
    """A case in a list from one day to another: what is nearest changes when the end of a measure passes.

    ``state`` is open, closed, tnr or review_office; ``applicant`` and ``debtor`` the first of each side, with how many there are;
    ``names`` all parties, a line each, the applicants first and the debtors next. ``due_on`` is the nearest day with its term, ``term_on`` the end of the closing term.
    """

    WORDS = "案件列表"
    from_on = CharField(max_length=10)
    to_on = CharField(max_length=10)
    number = CharField(max_length=64)
    year = IntegerField()
    sequence = IntegerField()
    type_code = CharField(max_length=8)
    applicant = CharField(max_length=128, null=True)
    applicants = IntegerField()
    debtor = CharField(max_length=128, null=True)
    debtors = IntegerField()
    names = TextField()
    claim_fen = BigIntegerField(null=True)
    recovered_fen = BigIntegerField(null=True)
    group = CharField(max_length=26, null=True)
    town = CharField(max_length=32, null=True)
    state = CharField(max_length=16)
    filed_on = CharField(max_length=10)
    closed_on = CharField(max_length=10, null=True)
    closing_mode = CharField(max_length=32, null=True)
    due_on = CharField(max_length=10, null=True)
    term = CharField(max_length=48, null=True)
    due_words = CharField(max_length=32, null=True)
    due_kind = CharField(max_length=16, null=True)
    term_on = CharField(max_length=10, null=True)

    class Meta:  # one index that answers pages, sums and counts by itself: ten times as quick as looking up the rows
        indexes = (((
            "until", "state", "due_on", "year", "sequence", "from_on", "to_on", "group", "town", "claim_fen", "recovered_fen", "case",
        ), False),)


class BoardTerm(BoardRow):
    """A term that runs in a case: the row it is about, the node of the law, from which day, the last day and what says so."""

    WORDS = "期限"
    term = CharField(max_length=48)
    row = CharField(max_length=26)
    node = CharField(max_length=64)
    words = CharField(max_length=32)
    kind = CharField(max_length=16)
    owner = CharField(max_length=32)
    from_on = CharField(max_length=10, null=True)
    due_on = CharField(max_length=10, null=True)
    told_by = CharField(max_length=32)

    class Meta:
        indexes = ((("until", "kind", "due_on"), False),)


class BoardWaiting(BoardRow):
    """A thing that waits for somebody: for holders of ``duty`` who work on the case, for ``person``, for holders of ``widely`` in any case."""

    WORDS = "待办"
    place = IntegerField()
    kind = CharField(max_length=48)
    row = CharField(max_length=26)
    words = CharField(max_length=32)
    duty = CharField(max_length=32)
    widely = CharField(max_length=32)
    person = CharField(max_length=26)


class BoardWorker(BoardRow):
    """Somebody who works on a case from one day to another."""

    WORDS = "承办"
    person = CharField(max_length=26, index=True)
    role = CharField(max_length=16)
    from_on = CharField(max_length=10)
    to_on = CharField(max_length=10)
    row = CharField(max_length=26)


class BoardMeasure(BoardRow):
    """A control measure that holds or is to hold: its line on the radar. Its end is the term about its row; ``kind`` is that of the property,
    ``control`` that of the measure, ``amount_fen`` what is held of money."""

    WORDS = "到期雷达"
    row = CharField(max_length=26)
    title = TextField()
    kind = CharField(max_length=24)
    control = CharField(max_length=16)
    amount_fen = BigIntegerField(null=True)
    owner = CharField(max_length=128)
    words = CharField(max_length=32)

    class Meta:  # a case may hold thousands: each is found by its own row
        indexes = ((("case", "row"), False),)


class BoardImport(BoardSingle):
    """A taking in of a ledger: its file, how many of its rows came in, wait, were refused then, and whether it stands."""

    WORDS = "台账导入"
    file = CharField(max_length=255)
    imported = IntegerField()
    decide = IntegerField()
    refused = IntegerField()
    state = CharField(max_length=16)

    class Meta:
        indexes = ((("until", "row"), False),)


class BoardTray(BoardSingle):
    """A row of a ledger that waits for a decision: where it stands, of which kind it is and what is wrong with it."""

    WORDS = "待定台账行"
    run = CharField(max_length=26)
    sheet = CharField(max_length=64)
    number = IntegerField()
    case_no = CharField(max_length=64, null=True)
    kind = CharField(max_length=16)
    words = TextField()

    class Meta:
        indexes = ((("until", "run", "sheet", "number"), False),)


class BoardRequest(BoardRow):
    """A matter put to those who decide it, from its first submission on: its title, who filed it, whose application it is (``put_forward``, each
    between bars), when, how it stands; ``sort`` what the table and the way to a decision turn on, as JSON."""

    WORDS = "审批事项"
    row = CharField(max_length=26)
    title = CharField(max_length=128)
    applicant = CharField(max_length=26)
    put_forward = TextField()
    submitted_at = CharField(max_length=32, null=True)
    state = CharField(max_length=16)
    sort = TextField()

    class Meta:
        indexes = ((("until", "state"), False), (("row",), False))


class BoardDecision(BoardRow):
    """A word on such a matter: by whom, on which day, at which moment."""

    WORDS = "审批意见"
    row = CharField(max_length=26)
    request = CharField(max_length=26, index=True)
    kind = CharField(max_length=16)
    person = CharField(max_length=26)
    decided_on = CharField(max_length=10)
    at = CharField(max_length=32)

    class Meta:
        indexes = ((("until", "decided_on"), False),)


class BoardPaper(BoardRow):
    """A document that is signed and still wants a hand; ``persons`` are those who have to sign, each between bars, ``words`` name them."""

    WORDS = "待签章文书"
    row = CharField(max_length=26)
    title = CharField(max_length=64)
    number = CharField(max_length=64, null=True)
    state = CharField(max_length=16)
    persons = TextField()
    words = TextField()

    class Meta:
        indexes = ((("until", "state"), False),)


class BoardSum(Record):
    """How many cases count on the days from ``from_on`` to ``to_on``, with what is claimed and recovered in them: of all cases where
    ``person`` is empty, else of those somebody works on.

    ``by`` says what tells them apart: PLACE state, group and town, DUE group and nearest day of the open ones; what tells nothing is empty.
    A row may be negative: it takes back the days on which a longer one counts too much, before somebody begins and after he ends.
    """

    id = BigAutoField()
    by = CharField(max_length=8)
    person = CharField(max_length=26)
    from_on = CharField(max_length=10)
    to_on = CharField(max_length=10)
    state = CharField(max_length=16)
    group = CharField(max_length=26)
    town = CharField(max_length=32)
    due_on = CharField(max_length=10)
    cases = BigIntegerField(default=0)
    claim_fen = BigIntegerField(default=0)
    recovered_fen = BigIntegerField(default=0)

    PLACE: ClassVar[str] = "place"
    DUE: ClassVar[str] = "due"
    KEY: ClassVar[tuple[str, ...]] = ("person", "by", "to_on", "from_on", "due_on", "state", "group", "town")

    class Meta:  # the one index answers every question by itself
        indexes = (((
            "person", "by", "to_on", "from_on", "due_on", "state", "group", "town", "cases", "claim_fen", "recovered_fen",
        ), False),)
