"""The drafting page: what a person still fills, what the case brought in, the checks, the pages as they would read on a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.approval.paper import standing_words
from execdesk.approval.who import Who, who_decides
from execdesk.casefile.lookup import assigned
from execdesk.documents.checks import Check
from execdesk.documents.citations import citation_changes
from execdesk.documents.fields import DocumentField, fields_of
from execdesk.drafting.around import around, papers_of_case
from execdesk.drafting.assembly import Assembly, assembly_of
from execdesk.drafting.drafts import document_of, view_draft
from execdesk.drafting.taking import suffix_for
from execdesk.issue.issuing import numbers_of
from execdesk.issue.keeping import pages_of
from execdesk.law.refusal import Refusal, WayOn
from execdesk.reads.finishing import awaited
from execdesk.records.approvals import UNDER_WAY, Request, RequestState
from execdesk.records.cases import Case
from execdesk.records.papers import DOCUMENT_MOVES, UNSIGNED, Document, DocumentState

DraftCheck = Check
NUMBER_AT_ISSUE = "签发时取号"


@dataclass(frozen=True)
class FieldRow:
    """One field: ``kind`` text long date money count choice flag list; ``raw`` as stored, ``value`` as printed, ``origin`` its source."""

    name: str
    label: str
    kind: str
    raw: Any
    value: str
    origin: str
    help: str
    required: bool
    missing: bool
    options: tuple[tuple[Any, str], ...] = ()
    columns: tuple[tuple[str, str], ...] = ()  # of a list: name and words of each
    way: WayOn | None = None  # where what the case brought in is recorded and changed


@dataclass(frozen=True)
class ArticleChange:
    """An article number that reads otherwise on the new signing day; empty where it cannot be cited."""

    statute: str
    old: str
    new: str


@dataclass(frozen=True)
class Paper:
    """A document of the same submission."""

    document: str
    title: str
    state: str
    state_words: str
    number: str


@dataclass(frozen=True)
class DraftShown:
    """Everything the drafting page shows of one draft on one signing day."""

    document: str
    case: str
    case_number: str
    title: str
    state: str
    state_words: str
    number: str
    number_note: str
    signed_on: date
    accepted_on: date
    signers: str
    citations: str
    page_count: int
    pdf: bytes
    to_fill: tuple[FieldRow, ...]
    brought: tuple[FieldRow, ...]
    checks: tuple[Check, ...]
    changes: tuple[ArticleChange, ...]
    request: str
    request_title: str
    request_state: str
    request_words: str
    request_note: str
    who: Who | None
    papers: tuple[Paper, ...]
    awaits: str = ""  # what an approved submission waits for from others; empty where its next step is of the person signed in
    withdrawable: bool = False  # whether the person signed in may take the submission back

    @property
    def lacking(self) -> int:
        """How many checks still stop the submission."""
        return sum(check.state == "stop" for check in self.checks)


def draft_shown(session: Session, document: str, inputs: Mapping[str, Any] | None = None, on: date | None = None) -> DraftShown:
    """A draft with unsaved ``inputs`` laid over the kept ones, as it would read if signed ``on``; nothing is written.

    Raises:
        Refusal: ``document.missing``, ``document.input`` for a value that cannot be read, or where the law has no article that day.
    """
    row, day = document_of(document), on or session.day
    kept = dict(row.inputs or {})
    accepted = date.fromisoformat(kept["accepted_on"])
    row.inputs = {**kept, **(inputs or {}), "accepted_on": kept["accepted_on"]}
    made = assembly_of(session, row, day)
    view = view_draft(session, row, day, made)
    case, request = around(row).case, around(row).request
    to_fill, brought = _fields(made) if row.state == DocumentState.DRAFT else ((), ())
    number, note = _number(session, row, case)
    judge = assigned(case.id, "judge", session.day)
    changes = _changes(made, accepted)
    signers = "、".join(f"{line.label} {line.name}" for line in view.content.signature.signatories)
    pdf = pages_of(row) if row.file else view.rendered.pdf
    papers = _papers(row.case, row.request)
    mine = request is not None and session.me.id in {request.applicant, judge.id if judge else ""}
    return DraftShown(
        document=row.id, case=case.id, case_number=case.number, title=row.title, state=row.state, state_words=row.state_words,
        number=number, number_note=note, signed_on=day, accepted_on=accepted,
        signers=signers or f"{judge.name if judge else '承办法官'}（不印署名）",
        citations=_cited(made), page_count=row.pages or view.rendered.pages, pdf=pdf, to_fill=to_fill, brought=brought,
        checks=view.checks, changes=changes, request=row.request or "", request_title=request.title if request else "",
        request_state=request.state if request else "", request_words=standing_words(request) if request else "尚未报批",
        request_note=(request.note or "") if request else "",
        who=who_decides(session, case, request.matter, request=request) if request else None, papers=papers,
        awaits=awaited(session, request) if request and request.state == RequestState.APPROVED else "",
        withdrawable=mine and request is not None and request.state in UNDER_WAY and all(paper.state in UNSIGNED for paper in papers),
    )


def papers_of(request: str) -> tuple[Paper, ...]:
    """The documents of a submission in the order drafted; none where there is no such submission."""
    row = Request.get_or_none(Request.id == request)
    return _papers(row.case, request) if row is not None else ()


def _papers(case: str, request: str | None) -> tuple[Paper, ...]:
    found = (d for d in papers_of_case(case) if d.request == request and d.state != DocumentState.VOID) if request else ()
    return tuple(Paper(d.id, d.title, d.state, DOCUMENT_MOVES.words[d.state], d.number or "") for d in found)


def _fields(made: Assembly) -> tuple[tuple[FieldRow, ...], tuple[FieldRow, ...]]:
    numbers = numbers_of(made.document)
    shown = [(field.to_fill, _field(made.document, field, numbers)) for field in fields_of(made.scope)]
    return tuple(f for own, f in shown if own), tuple(f for own, f in shown if not own and f.value)


_KINDS = {
    "date": "date", "money": "money", "capitals": "money", "months": "count", "count": "count", "count_words": "count", "choice": "choice",
    "flag": "flag", "list": "list", "long": "long",
}


_SLOT = re.compile(r"\{[^{}]*\}")


def _field(row: Document, field: DocumentField, numbers: Mapping[str, str]) -> FieldRow:
    slot = field.slot
    labels = slot.labels or tuple(_SLOT.sub("＿＿", words) for words in slot.options)  # what another field fills is a blank here
    return FieldRow(
        slot.name, slot.label, _KINDS.get(slot.type, "text"), (row.inputs or {}).get(slot.name), _plain(field.value, numbers), field.origin, slot.help,
        slot.required, field.missing, tuple(zip(slot.options, labels, strict=False)),
        tuple(zip(slot.columns, slot.labels or slot.columns, strict=False)), field.way,
    )


def _plain(value: str, numbers: Mapping[str, str]) -> str:
    """A printed value with its open marks in words."""

    def word(found: re.Match[str]) -> str:
        kind, _, key = found[1].partition(":")
        if kind == "number":
            return numbers.get(key, NUMBER_AT_ISSUE)
        return "随签发日" if kind.startswith("signed_on") else NUMBER_AT_ISSUE

    return re.sub("⟦([^⟧]*)⟧", word, value)


def _number(session: Session, row: Document, case: Case) -> tuple[str, str]:
    if row.number:
        return row.number, "已取得"
    series = session.catalogue.series(row.type_id, session.day)
    if series is None:
        return "不编文号", ""
    if series.form == "entered":
        return str((row.inputs or {}).get("sanction_number", "")) or "—", "由立案庭给号"
    if series.form != "suffix":
        return "—", NUMBER_AT_ISSUE
    try:
        return suffix_for(series, case).number, "签发时才占用"
    except Refusal:
        return "—", "本案来自台账，须先登记纸质末号"


def _cited(made: Assembly) -> str:
    tokens = made.scope.tokens()
    statutes = {token.split(":")[0] for token in tokens}
    return f"{len(statutes)} 部规范，{len(tokens)} 条" if tokens else "不引条文"


def _changes(made: Assembly, accepted: date) -> tuple[ArticleChange, ...]:
    if accepted == made.on or made.document.state != DocumentState.DRAFT:
        return ()
    found = citation_changes(made.text, made.scope.book, accepted, made.on, made.scope.tokens())
    return tuple(ArticleChange(c.statute_title, c.old or "", c.new or "") for c in found)
