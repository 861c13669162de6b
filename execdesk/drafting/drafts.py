"""Drafts: made with a measure or a request, filled with what the case does not know, frozen when submitted."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from execdesk.access.possible import require_possible
from execdesk.access.session import Session
from execdesk.court.glyphs import drawn
from execdesk.documents.assemble import preview
from execdesk.documents.checks import Check
from execdesk.documents.content import Content, PageMarks, Rendered
from execdesk.documents.wire import dump, load
from execdesk.drafting.assembly import Assembly, assembly_of, checks_on, ruling_of
from execdesk.drafting.fitting import require_adopted, require_fitting
from execdesk.drafting.taking import entered_number, suffix_for
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.cases import Case
from execdesk.records.papers import Document, DocumentState
from execdesk.store.act import Act

_CHOICE = re.compile("〔[^〔〕]*〕")


@dataclass(frozen=True)
class DraftView:
    """A draft as the drafting page shows it: content for the day, its checks, what is open until issue."""

    document: str
    content: Content
    checks: tuple[Check, ...]
    rendered: Rendered
    open_slots: tuple[tuple[str, str, str], ...]


def add_draft(
    session: Session,
    act: Act,
    case: str,
    type_id: str,
    *,
    request: str | None = None,
    measure: str | None = None,
    addressee: str | None = None,
    inputs: dict[str, Any] | None = None,
    corrects: str | None = None,
) -> Document:
    """Add a draft of a type inside an open act. Its articles are accepted as of that day until a person confirms another."""
    kind = session.catalogue.type(type_id)
    series = session.catalogue.series(type_id, act.day)
    document = Document(
        case=case,
        request=request,
        measure=measure,
        type_id=type_id,
        title=_title(kind.title, inputs),
        addressee=addressee,
        series=series.id if series else "",
        state=DocumentState.DRAFT,
        inputs={**(inputs or {}), "accepted_on": act.day.isoformat()},
        corrects=corrects,
    )
    return act.add(document)


def _title(title: str, inputs: dict[str, Any] | None) -> str:
    """The title of a type; where it offers alternatives, the one the inputs choose."""
    found = _CHOICE.search(title)
    action = (inputs or {}).get("action", "")
    return title.replace(found[0], action) if found and action in found[0] else title


def frozen(document: Document) -> Content:
    """The content that was submitted."""
    return load(document.content)


def content_hash(content: Content) -> str:
    """SHA-256 over the content with its slots open."""
    return hashlib.sha256(content.canonical()).hexdigest()


def freeze_content(session: Session, act: Act, document: Document) -> str:
    """Freeze a draft for approval; returns its hash.

    Raises:
        Refusal: ``document.incomplete`` naming what is missing or wrong; ``document.not_adopted`` in a real store for a type
            the court has not adopted; ``number.paper`` in a case from a ledger of which nobody said how far its numbers went on paper.
    """
    fresh = act.get(Document, document.id)
    require_possible(fresh, "request.submit", f"《{fresh.title}》", "document.state")
    ruling = ruling_of(session, fresh, act.day)
    require_fitting(session, fresh, {ruling.asked, ruling.matter} if ruling else set())
    require_adopted(session, fresh.type_id, act.day)
    series = session.catalogue.series(fresh.type_id, act.day)
    if series is not None and series.form == "entered":
        entered_number(session, series, str((fresh.inputs or {}).get("sanction_number", "")), act.day, fresh.id)
    elif series is not None and series.form == "suffix":
        suffix_for(series, Case.get_by_id(fresh.case))  # whoever signs may be one who cannot say how far the numbers went on paper
    made = assembly_of(session, fresh, act.day)
    content = made.content
    faults = [c for c in checks_on(session, made) if c.state == "stop"]
    if faults:
        raise Refusal(
            f"《{fresh.title}》还不能提交：{'；'.join(f'{c.label}，{c.sentence}' for c in faults)}。",
            code="document.incomplete",
            ways=(*(way for fault in faults for way in fault.ways), WayOn("去填写", f"document.draft:{fresh.id}"))[:3],
        )
    drawn(session, preview(content, act.day).content, PageMarks(sample=session.demo))  # what cannot be printed is refused now, not when its number is due
    digest = content_hash(content)
    act.change(
        fresh,
        content=dump(content),
        content_hash=digest,
        text_version=content.text_version,
        state=DocumentState.SUBMITTED,
        law_hash=session.law.fingerprint,
        inputs={**fresh.inputs, "accepted_on": act.day.isoformat()},
    )
    return digest


def view_draft(session: Session, document: Document, on: date | None = None, made: Assembly | None = None) -> DraftView:
    """A draft as it would read if issued on a day, with draft pages that show neither seal nor signature.

    ``made`` is the document worked up for that day, where the caller has it.
    """
    day = on or session.day
    made = made or assembly_of(session, document, day)
    content = frozen(document) if document.state == DocumentState.SUBMITTED else made.content
    shown = preview(content, day)
    rendered = drawn(session, shown.content, PageMarks(draft=True, sample=session.demo, seal=False))
    return DraftView(
        document.id,
        content,
        checks_on(session, made, content),
        rendered,
        tuple((s.mark, s.shown, s.words) for s in shown.open),
    )


def document_of(text: str) -> Document:
    """A document by row id or number.

    Raises:
        Refusal: ``document.missing``; ``document.ambiguous`` where papers of several series bear the number.
    """
    found = list(Document.select().where((Document.id == text) | (Document.number == text)).limit(2))
    if not found:
        raise Refusal(f"找不到文书「{text}」。", code="document.missing")
    if len(found) > 1:
        raise Refusal(f"文号「{text}」在不同系列中各有一份文书，请从案件的文书列表中选择。", code="document.ambiguous")
    document: Document = found[0]
    return document


def case_row(document: Document) -> Case:
    """The case of a document."""
    case: Case = Case.get_by_id(document.case)
    return case
