"""Frozen rows of a case and what belongs to it, as lists and pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class CaseFacts(NamedTuple):
    """What a row takes from the case itself, under the names of its record."""

    id: str
    number: str
    year: int
    sequence: int
    filed_on: date
    closed_on: date | None
    claim_fen: int | None
    recovered_fen: int | None
    group: str | None
    town: str | None
    state: str
    closing_mode: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list. ``days_left`` to the nearest deadline, which ``node`` names, negative when late; ``None`` where none runs.

    ``term_left`` counts to the end of the closing term alone.
    """

    id: str
    number: str
    applicant: str
    debtor: str
    claim_fen: int | None
    recovered_fen: int | None
    node: str
    due_on: date | None
    days_left: int | None
    due_kind: str  # procedure | control | ""
    state: str
    state_words: str
    group: str | None
    group_name: str
    town: str
    judge: str
    judge_id: str
    filed_on: date
    closed_on: date | None
    closing_mode: str
    sort_key: tuple[int, int, str]
    term_left: int | None = None


@dataclass(frozen=True)
class PartyRow:
    """A party on the case page."""

    id: str
    side: str
    name: str
    kind: str
    id_kind: str
    id_no: str
    address: str
    phone: str
    special: tuple[str, ...]
    special_source: str
    sex: str = ""
    ethnicity: str = ""
    occupation: str = ""
    born_on: date | None = None
    representative: str = ""
    representative_post: str = ""
    agent: str = ""


@dataclass(frozen=True)
class ReceiptRow:
    """What a bank or registry answered."""

    received_on: date
    result: str
    controlled_fen: int | None
    ends_on: date | None
    receipt_no: str
    handler: str
    reason: str


@dataclass(frozen=True)
class MoneyRow:
    """Money booked for a case: ``amount_fen`` as booked, ``stands_fen`` what of it still stands and counts; ``twin`` where the same number
    was booked elsewhere too and nobody has yet said that it is one receipt."""

    id: str  # of the receipt
    bank_ref: str
    received_on: date
    interest_stop_on: date
    kind: str
    words: str
    payer: str
    amount_fen: int
    stands_fen: int
    measure: str | None
    twin: bool


@dataclass(frozen=True)
class MeasureRow:
    """A measure with its days; ``ruling_end`` says which recorded end rules."""

    id: str
    title: str
    owner: str
    action: str
    kind: str
    account_no: str
    amount_fen: int | None
    controlled_fen: int | None
    state: str
    state_words: str
    ordered_on: date | None
    served_on: date | None
    effective_on: date | None
    end_printed: date | None
    end_receipt: date | None
    ends_on: date | None
    days_left: int | None
    ruling_end: str
    ends: tuple[tuple[str, date], ...]
    rank: int
    version: int
    released_on: date | None = None
    months: int | None = None
    institution: str = ""
    receipts: tuple[ReceiptRow, ...] = ()


@dataclass(frozen=True)
class DocumentRow:
    """A document on the case page."""

    id: str
    type_id: str
    title: str
    number: str
    addressee: str
    state: str
    state_words: str
    signed_on: date | None
    request: str | None
    measure: str | None
    pages: int | None
    served: tuple[str, ...]
    printed: int
    version: int


@dataclass(frozen=True)
class RequestRow:
    """A request on the case page."""

    id: str
    matter: str
    title: str
    state: str
    state_words: str
    level_name: str
    applicant: str
    note: str
    version: int
