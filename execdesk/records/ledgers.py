"""What came from a ledger, and what of it waits."""

from __future__ import annotations

from peewee import CharField, IntegerField

from execdesk.records.base import Journaled, JsonField, belongs_to, refers_to


class Import(Journaled):
    """One taking in of a ledger: file, counts, state."""

    file_name = CharField(max_length=255)
    file_sha256 = CharField(max_length=64)
    counts = JsonField()
    state = CharField(max_length=16)  # done | undone


class TrayRow(Journaled):
    """A row of a ledger that waits for a decision or was refused; nothing of it is lost."""

    run = belongs_to("Import")
    sheet = CharField(max_length=64)
    row = IntegerField()
    fingerprint = CharField(max_length=64, index=True)
    case_no = CharField(max_length=64, null=True)
    kind = CharField(max_length=16)  # decide | refused
    problems = JsonField()
    raw = JsonField()
    state = CharField(max_length=16)  # waiting | imported | dropped


class LedgerRow(Journaled):
    """Which ledger row a case came from, so that the same rows again change nothing."""

    run = belongs_to("Import")
    case = refers_to("Case")
    sheet = CharField(max_length=64)
    row = IntegerField()
    fingerprint = CharField(max_length=64, index=True)
    warnings = JsonField(null=True)
