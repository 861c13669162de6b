"""Frozen rows of a case and what belongs to it, as lists and pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from execdesk.access.session import Session
from execdesk.casefile.settings import bureau_settings
from execdesk.casefile.terms import TERMS
from execdesk.reads.boardsql import Asked, alive, marks
from execdesk.records.board import BoardCase, BoardWorker
from execdesk.records.cases import CASE_MOVES, CaseState
from execdesk.records.court import Group
from execdesk.records.people import Person
from execdesk.store.rows import batches


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list. ``days_left`` to the nearest deadline, which ``node`` names, negative when late; ``None`` where none runs.

    ``near`` tells that it comes within the days the bureau has set for its kind, or is past; ``term_left`` counts to the end of the
    closing term alone.
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
    due_title: str = ""  # what the nearest day is
    near: bool = False
    applicants: tuple[str, ...] = ()
    debtors: tuple[str, ...] = ()


class CaseRows:
    """Makes rows of cases from rows of the board; judges and names are read for these alone."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("case", *BoardCase.value_columns())

    def __init__(self, session: Session, asked: Asked) -> None:
        self._base, self._asked, self._day, self._settings = session.store.base, asked, asked.on, bureau_settings(session.resources)
        self._groups: dict[str, str] = {group.id: group.name for group in Group.select(Group.id, Group.name)}

    def rows(self, entries: Sequence[tuple[Any, ...]]) -> list[CaseRow]:
        """The rows in the order of the entries, which hold :attr:`COLUMNS`."""
        judges = self._judges([entry[0] for entry in entries])
        return [self._row(dict(zip(self.COLUMNS, entry, strict=True)), judges.get(entry[0], ("", ""))) for entry in entries]

    def _judges(self, ids: list[str]) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        mark, day = self._base.param, self._day.isoformat()
        text, *values = alive("w", self._asked, mark)
        for some in batches(ids):
            query = (
                f'SELECT w."case", w."person", p."name" FROM "{BoardWorker._meta.table_name}" w JOIN "{Person._meta.table_name}" p ON p."id" = w."person" '
                f'WHERE w."case" IN ({marks(mark, some)}) AND {text} AND w."role" = {mark} AND w."from_on" <= {mark} AND w."to_on" >= {mark} '
                'ORDER BY w."from_on", w."row"'
            )
            found.update((case, (person, name)) for case, person, name in self._base.execute_sql(query, (*some, *values, "judge", day, day)).fetchall())
        return found

    def _row(self, entry: dict[str, Any], judge: tuple[str, str]) -> CaseRow:
        due, term = _day(entry["due_on"]), _day(entry["term_on"])
        left = (due - self._day).days if due else None
        filed, state = _day(entry["filed_on"]), CaseState.CLOSED if entry["state"] == "tnr" else entry["state"]
        assert filed is not None
        names, first = entry["names"].split("\n"), entry["applicants"]
        return CaseRow(
            id=entry["case"], number=entry["number"], applicant=several(entry["applicant"], entry["applicants"]),
            debtor=several(entry["debtor"], entry["debtors"]), claim_fen=entry["claim_fen"], recovered_fen=entry["recovered_fen"],
            node=entry["due_words"] or "—", due_on=due, days_left=left, due_kind=entry["due_kind"] or "",
            state=state, state_words=CASE_MOVES.words[state], group=entry["group"],
            group_name=self._groups.get(entry["group"] or "", "未定组"), town=entry["town"] or "", judge=judge[1], judge_id=judge[0], filed_on=filed,
            closed_on=_day(entry["closed_on"]), closing_mode=entry["closing_mode"] or "",
            sort_key=(left if left is not None else 99999, entry["sequence"], entry["number"]), term_left=(term - self._day).days if term else None,
            due_title=TERMS[entry["term"]].title if entry["term"] in TERMS else "",
            near=left is not None and left <= self._settings.near_days(entry["due_kind"]),
            applicants=tuple(names[:first]), debtors=tuple(names[first:first + entry["debtors"]]),
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def several(first: str | None, number: int) -> str:
    """A side of a case in a list: its first party, and how many there are."""
    if not first:
        return "—"
    return first if number == 1 else f"{first}等 {number} 人"


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
class ReplyRow:
    """What a bank, registry or employer answered."""

    received_on: date
    result: str
    controlled_fen: int | None
    ends_on: date | None
    receipt_no: str
    handler: str
    reason: str


@dataclass(frozen=True)
class ThingRow:
    """A property of the case, counted once however often it was entered: ``rows`` are all its rows, ``twins`` those nobody has yet said to be
    the same. ``control`` is what puts it under control; ``elsewhere`` tells of measures of other cases on it; ``held_fen`` is what this case holds of its money."""

    id: str
    rows: frozenset[str]
    kind: str
    kind_name: str
    control: str
    count_word: str
    words: str
    identifiers: tuple[tuple[str, str], ...]
    owners: tuple[tuple[str, str], ...]
    elsewhere: tuple[str, ...]
    twins: tuple[str, ...]
    place: str
    found_by: str
    found_on: date
    value_fen: int | None
    value_from: str
    held_fen: int | None


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
    """A measure with its days; ``ruling_end`` says which recorded end rules.

    ``kind`` is freeze, seize, impound or withhold, ``kind_name`` the kind of property in words; ``pays`` the word for having its money
    sent to the court, empty where it cannot be; ``release`` the matter that releases it. ``amount_fen`` is what the ruling
    orders less what was freed, ``held_fen`` what is held now, unknown before the unit's answer.
    """

    id: str
    title: str
    owner: str
    kind: str
    term_kind: str
    property: str
    kind_name: str
    unit_words: str
    reply_words: str
    pays: str
    release: str
    deduct_matter: str
    identifiers: tuple[tuple[str, str], ...]
    amount_fen: int | None
    held_fen: int | None
    state: str
    state_words: str
    ordered_on: date | None
    served_on: date | None
    effective_on: date | None
    end_printed: date | None
    end_told: date | None
    ends_on: date | None
    days_left: int | None
    ruling_end: str
    ends: tuple[tuple[str, date], ...]
    rank: int
    version: int
    released_on: date | None = None
    months: int | None = None
    assisting_unit: str = ""
    replies: tuple[ReplyRow, ...] = ()
    gone: bool = False  # it holds the thing no more and never will


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
    ways: tuple[str, ...] = ()  # of document.void and document.replace what this person may do with it now


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
