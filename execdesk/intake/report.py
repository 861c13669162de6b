"""What checking a ledger yields: four lists of plain rows that together are every used row of every sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from execdesk.fields.cells import Note, Option
from execdesk.records.cases import CaseState

LEDGER_MARK = "台账载明"  # where a closing comes from that no act of this program brought about


@dataclass(frozen=True)
class LedgerParty:
    """A party as the ledger names it. ``kind``: natural | legal | organisation; ``id_kind`` as in ``execdesk.law.identity``."""

    side: str  # applicant | debtor
    position: int
    kind: str
    name: str
    id_kind: str = ""
    id_no: str = ""
    sex: int | None = None
    born_on: date | None = None
    address: str = ""
    phone: str = ""


@dataclass(frozen=True)
class LedgerCase:
    """One case ready to be written. Amounts in fen, None where the ledger does not tell.

    ``state``: open | closed | review_office (routed to 审管办, read-only for the bureau). ``judge`` is the ledger's name,
    ``judge_id`` the person it was tied to, empty where the rule of assignment has to choose. ``town_state`` is the
    kind of :func:`execdesk.access.routing.route`'s answer; ``group`` is its group's code, empty while the case waits for one.
    ``written`` holds the names of judge, clerk and officer as the ledger writes them. ``changes`` lists (field, known value,
    new value) for a case already in the store that a person let the ledger change.
    """

    number: str
    year: int
    court_code: str
    type_code: str
    seq: int
    state: str
    cause: str
    filed_on: date
    applicants: tuple[LedgerParty, ...]
    debtors: tuple[LedgerParty, ...]
    other_numbers: tuple[str, ...] = ()
    assigned_on: date | None = None
    basis_no: str = ""
    basis_organ: str = ""
    basis_effective_on: date | None = None
    claim_fen: int | None = None
    principal_fen: int | None = None
    interest_fen: int | None = None
    costs_fen: int | None = None
    fee_fen: int | None = None
    recovered_fen: int | None = None
    judge: str = ""
    judge_id: str = ""
    clerk: str = ""
    clerk_id: str = ""
    officer: str = ""
    officer_id: str = ""
    town: str = ""
    town_state: str = "missing"
    group: str = ""
    group_reason: str = ""
    closed_on: date | None = None
    closing_mode: str = ""
    closing_source: str = ""
    remarks: str = ""
    special: str = ""
    written: tuple[tuple[str, str], ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Question:
    """One open decision of a row. ``name`` is set where one answer serves all rows with this name: key (code, name)."""

    code: str
    column: str
    heading: str
    value: str
    text: str
    options: tuple[Option[Any], ...] = ()
    proposal: str = ""
    name: str = ""


@dataclass(frozen=True)
class Problem:
    """Why a row is refused: the cell and the reason."""

    code: str
    column: str
    heading: str
    value: str
    text: str


@dataclass(frozen=True)
class LedgerEntry:
    """One used row in its list; column, value, code and text name the first thing to be said about it.

    ``also`` are rows that came into its case, each passed over in its own place.
    """

    sheet: str
    row: int
    case_no: str = ""
    column: str = ""
    value: str = ""
    code: str = ""
    text: str = ""
    fingerprint: str = ""
    cases: tuple[LedgerCase, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Note, ...] = ()
    raw: tuple[tuple[str, str], ...] = ()
    also: tuple[LedgerEntry, ...] = ()

    @property
    def case(self) -> LedgerCase | None:
        """The case of an imported row (the first where a person split the row into several)."""
        return self.cases[0] if self.cases else None

    def brief(self) -> dict[str, Any]:
        """Sheet, row and case number; column, value, code and text where the row was not imported."""
        plain: dict[str, Any] = {"sheet": self.sheet, "row": self.row, "case_no": self.case_no}
        if not self.cases:
            plain |= {"column": self.column, "value": self.value, "code": self.code, "text": self.text}
        return plain

    def as_dict(self) -> dict[str, Any]:
        """As :meth:`brief`; imported rows with their warnings, decisions with their options, refusals with all their problems."""
        plain = self.brief()
        if self.warnings:
            plain["warnings"] = [{"code": note.code, "text": note.text} for note in self.warnings]
        if self.questions:
            plain["questions"] = [_question_dict(question) for question in self.questions]
        if self.problems:
            plain["problems"] = [vars(problem) | {} for problem in self.problems]
        return plain


def _question_dict(question: Question) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "code": question.code,
        "column": question.column,
        "heading": question.heading,
        "value": question.value,
        "text": question.text,
        "proposal": question.proposal,
        "options": [{"key": one.key, "label": one.label, "ground": one.ground} for one in question.options],
    }
    return plain | ({"name": question.name} if question.name else {})


@dataclass(frozen=True)
class SharedQuestion:
    """A question asked once for many rows: a name without person, a hidden sheet, two columns of one meaning."""

    code: str
    name: str
    text: str
    options: tuple[Option[Any], ...]
    proposal: str
    rows: int


@dataclass(frozen=True)
class LedgerReport:
    """The four lists, the questions that serve many rows, and sentences about the file."""

    imported: tuple[LedgerEntry, ...]
    decide: tuple[LedgerEntry, ...]
    refused: tuple[LedgerEntry, ...]
    passed_over: tuple[LedgerEntry, ...]
    shared: tuple[SharedQuestion, ...] = ()
    notes: tuple[str, ...] = ()
    used_rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Rows per list."""
        return {name: len(getattr(self, name)) for name in ("imported", "decide", "refused", "passed_over")}

    def only(self, fingerprints: frozenset[str]) -> LedgerReport:
        """The part of the report about rows with one of these fingerprints."""
        lists: dict[str, Any] = {
            name: tuple(entry for entry in getattr(self, name) if entry.fingerprint in fingerprints)
            for name in ("imported", "decide", "refused", "passed_over")
        }
        return replace(self, **lists)

    def brief(self) -> dict[str, Any]:
        """The four lists, each row by :meth:`LedgerEntry.brief`: what the command answers."""
        return {name: [entry.brief() for entry in getattr(self, name)] for name in ("imported", "decide", "refused", "passed_over")}

    def as_dict(self) -> dict[str, Any]:
        """The four lists in full, with counts, questions that serve many rows, and sentences about the file."""
        lists = {name: [e.as_dict() for e in getattr(self, name)] for name in ("imported", "decide", "refused", "passed_over")}
        shared = [
            {"code": one.code, "name": one.name, "text": one.text, "rows": one.rows, "proposal": one.proposal,
             "options": [{"key": option.key, "label": option.label} for option in one.options]}
            for one in self.shared
        ]  # fmt: skip
        return {**lists, "counts": self.counts, "shared": shared, "notes": list(self.notes)}


class KnownCases(Protocol):
    """What the store already holds."""

    def lookup(self, number: str) -> Mapping[str, Any] | None:
        """Values of the case with this printed number by the names of :data:`COMPARED`, or None; missing names are not compared."""

    def has_row(self, fingerprint: str) -> bool:
        """Whether a row with this fingerprint was imported before."""

    def was_dropped(self, fingerprint: str) -> bool:
        """Whether a person decided before that this row is not to be imported."""


class NothingKnown:
    """An empty store."""

    def lookup(self, number: str) -> Mapping[str, Any] | None:
        """No case is known."""
        return None

    def has_row(self, fingerprint: str) -> bool:
        """No row was imported."""
        return False

    def was_dropped(self, fingerprint: str) -> bool:
        """No row was left out."""
        return False


COMPARED = {
    "filed_on": "立案日期", "cause": "案由", "applicants": "申请执行人", "applicant_ids": "申请执行人证件号码",
    "applicant_addresses": "申请执行人住址", "applicant_phones": "申请执行人电话", "debtors": "被执行人", "debtor_ids": "被执行人证件号码",
    "debtor_addresses": "被执行人住址", "debtor_phones": "被执行人电话", "basis_no": "执行依据", "basis_organ": "依据作出机关",
    "basis_effective_on": "生效日期", "claim_fen": "申请标的", "principal_fen": "本金", "interest_fen": "利息", "costs_fen": "诉讼费",
    "fee_fen": "执行费", "recovered_fen": "实际到位", "judge_id": "承办人", "clerk_id": "书记员", "officer_id": "执行员", "town": "乡镇",
    "closing": "结案", "remarks": "备注",
}  # fmt: skip
"""Fields of a case that are compared with the store, with their usual headings; parties by their names as a tuple, the
closing as (day, way): the two are one fact. What is told of parties goes by their names, as a mapping."""
DETAILS = {
    f"{side}_{what}": (side, named)
    for side in ("applicant", "debtor") for what, named in (("ids", "id_no"), ("addresses", "address"), ("phones", "phone"))
}  # fmt: skip
"""The fields of :data:`COMPARED` that tell something of each party: (side, field of :class:`LedgerParty`)."""


def compared(case: LedgerCase) -> dict[str, Any]:
    """The values of ``case`` to compare; what the ledger does not tell is left out, for a blank contradicts nothing."""
    values = {name: getattr(case, name, None) for name in COMPARED}
    values["closing"] = (str(case.closed_on), case.closing_mode) if case.closed_on else ()
    if case.state == CaseState.REVIEW_OFFICE:  # whoever handles it there is no fact of the bureau
        values["judge_id"] = values["clerk_id"] = values["officer_id"] = ""
    values["applicants"] = tuple(party.name for party in case.applicants)
    values["debtors"] = tuple(party.name for party in case.debtors)
    for name, (side, what) in DETAILS.items():
        parties = case.applicants if side == "applicant" else case.debtors
        values[name] = {party.name: told for party in parties if (told := getattr(party, what))}
    return {name: value for name, value in values.items() if value not in (None, "", (), {})}


def contrary(held: Any, value: Any) -> tuple[Any, Any] | None:
    """The known and the told value where they contradict each other; of what is told of parties, only of those both know: who the
    parties are is a question of its own."""
    if not isinstance(value, Mapping):
        return None if held == value else (held, value)
    apart = [name for name in value if name in held and held[name] != value[name]]
    return ({name: held[name] for name in apart}, {name: value[name] for name in apart}) if apart else None
