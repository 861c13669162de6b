"""The journal and what is derived from it. Local tables, except that lines themselves travel between desks."""

from __future__ import annotations

from peewee import AutoField, BigAutoField, BlobField, CharField, IntegerField, TextField

from execdesk.records.base import JsonField, MomentField, Record


class Line(Record):
    """One line of a chain. ``body`` is the bytes that were hashed; the other columns repeat parts of it for queries.

    ``taken`` and ``taken_at`` are the order and time of taking in here, local, ``run`` the place of the first line written down together
    with it. ``height`` is one more than the highest line it builds on, so that
    (height, site, incarnation, number) is a total order which respects ``seen``.
    """

    taken = BigAutoField()
    taken_at = CharField(max_length=32)
    run = IntegerField()
    site = CharField(max_length=8)
    incarnation = IntegerField()
    number = IntegerField()
    format = IntegerField()
    height = IntegerField(index=True)
    act = CharField(max_length=64, index=True)
    person = CharField(max_length=26)
    at = CharField(max_length=32)
    case_id = CharField(max_length=26, null=True, index=True)
    body = BlobField()
    hash = CharField(max_length=64)
    signature = BlobField()
    cosignature = BlobField(null=True)

    class Meta:
        indexes = ((("site", "incarnation", "number"), True),)

    @property
    def ref(self) -> str:
        """The line's name: ``HQ.1:12``."""
        return f"{self.site}.{self.incarnation}:{self.number}"


IN_BREACH = ("", "in breach")  # (table, row) of a line that is kept without effect


class Touch(Record):
    """Which line (its ``taken``) touched which row: for a row's history, for merging, for the undo of an import.

    Rows stand in the order of their lines. Every index here is paid for by each line taken in, so there is but one. A line in breach
    touches nothing: it stands here once, as :data:`IN_BREACH`.
    """

    id = BigAutoField()
    table = CharField(max_length=32, column_name="tbl")
    row = CharField(max_length=26)
    line = IntegerField()

    class Meta:
        indexes = ((("table", "row"), False),)


class Waiting(Record):
    """A line that arrived before a line it builds on, or that a newer program wrote."""

    id = AutoField()
    height = IntegerField()
    site = CharField(max_length=8)
    incarnation = IntegerField()
    number = IntegerField()
    hash = CharField(max_length=64)
    raw = JsonField()

    class Meta:
        indexes = ((("site", "incarnation", "number"), True),)


class Clash(Record):
    """Several writes of one fact that had not seen each other, with different values; derived, for a person to settle."""

    id = AutoField()
    table = CharField(max_length=32, column_name="tbl")
    row = CharField(max_length=26, index=True)
    fact = CharField(max_length=48)
    lines = JsonField()
    values = JsonField(column_name="vals")

    class Meta:
        indexes = ((("table", "row", "fact"), True),)


class Acknowledged(Record):
    """The highest line of a chain that the other desk, or a sheet on paper, is known to have."""

    id = AutoField()
    chain = CharField(max_length=16)
    number = IntegerField()
    hash = CharField(max_length=64)
    where = CharField(max_length=64, column_name="told_by")
    at = MomentField()


class Meta(Record):
    """What this store is: site, incarnation, chain heads as last checked, program version. Local."""

    key = CharField(max_length=64, primary_key=True)
    value = TextField()


class Draft(Record):
    """A half-filled form of one person, sealed to him, back after a lock or crash. Local."""

    id = AutoField()
    person = CharField(max_length=26, index=True)
    place = CharField(max_length=128)
    sealed = BlobField()
    at = MomentField()

    class Meta:
        indexes = ((("person", "place"), True),)


class SearchEntry(Record):
    """One searchable text of a case: number, name, pinyin initials, plate, account tail. Local, rebuilt at will."""

    id = BigAutoField()
    case_id = CharField(max_length=26, index=True)
    kind = CharField(max_length=16)
    text = CharField(max_length=128)
    shown = CharField(max_length=128)



