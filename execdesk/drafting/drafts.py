"""Drafts: made with a measure or a request, filled with what the case does not know, frozen when submitted."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from execdesk.access.actions import CASE, action
from execdesk.access.duty import require_may
from execdesk.access.possible import require_possible
from execdesk.access.session import Session
from execdesk.documents.assemble import preview
from execdesk.documents.checks import Check
from execdesk.documents.content import Content, PageMarks, Rendered
from execdesk.documents.wire import dump, load
from execdesk.drafting.assembly import Assembly, assembly_of, checks_on, ruling_of
from execdesk.drafting.fitting import require_adopted, require_fitting
from execdesk.drafting.taking import entered_number
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.approvals import TO_CHANGE, Request
from execdesk.records.cases import Case
from execdesk.records.measures import Measure
from execdesk.records.papers import Document, DocumentState
from execdesk.store.act import Act, Changes

_CHOICE = re.compile("〔[^〔〕]*〕")
CHOSEN = frozenset({"signer", "target", "sanction_number", "accepted_on"})  # what a person names beside the slots of the text
FIXED = frozenset({"action", "amount_fen", "fixed_start", "fixed_end", "old_end", "waiting"})  # what the action of the measure has fixed


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
            the court has not adopted.
    """
    fresh = act.get(Document, document.id)
    require_possible(fresh, "request.submit", f"《{fresh.title}》", "document.state")
    ruling = ruling_of(session, fresh, act.day)
    require_fitting(session, fresh, {ruling.asked, ruling.matter} if ruling else set())
    require_adopted(session, fresh.type_id, act.day)
    series = session.catalogue.series(fresh.type_id, act.day)
    if series is not None and series.form == "entered":
        entered_number(session, series, str((fresh.inputs or {}).get("sanction_number", "")), act.day)
    made = assembly_of(session, fresh, act.day)
    content = made.content
    faults = [c for c in checks_on(session, made) if c.state == "stop"]
    if faults:
        raise Refusal(
            f"《{fresh.title}》还不能提交：{'；'.join(f'{c.label}，{c.sentence}' for c in faults)}。",
            code="document.incomplete",
            ways=(WayOn("去填写", f"document.draft:{fresh.id}"),),
        )
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
    rendered = session.pdf.render(shown.content, PageMarks(draft=True, sample=session.demo, seal=False))
    return DraftView(
        document.id,
        content,
        checks_on(session, made, content),
        rendered,
        tuple((s.mark, s.shown, s.words) for s in shown.open),
    )


@action(
    "document.draft", "拟文书",
    CASE, Field("type", "文书", "row"), Field("inputs", "填写", "map", required=False),
    Field("addressee", "受文者", "name", required=False), Field("request", "报批事项", "row", required=False),
    Field("measure", "措施", "row", required=False), Field("corrects", "被补正文书", "row", required=False),
)
def draft(
    session: Session,
    *,
    case: str,
    type: str,
    inputs: dict[str, Any] | None = None,
    addressee: str | None = None,
    request: str | None = None,
    measure: str | None = None,
    corrects: str | None = None,
) -> Changes:
    """Start a draft of any type that has a text."""
    from execdesk.casefile.lookup import case_of, open_for_bureau

    found = open_for_bureau(case_of(case))
    require_may(session, ("draft", "undertake"), "拟文书")
    session.catalogue.text(type, session.day)
    _check_inputs(session, type, inputs or {}, session.day)
    with session.act("document.draft", case=found.id) as act:
        _require_of_case(act, found.id, request, measure, corrects)
        add_draft(
            session,
            act,
            found.id,
            type,
            request=request,
            measure=measure,
            addressee=addressee,
            inputs=inputs,
            corrects=corrects,
        )
    return act.changes


@action(
    "document.fill", "填写文书",
    Field("document", "文书", "row"), Field("inputs", "填写", "map"),
    Field("addressee", "受文者", "name", required=False),
)
def fill_inputs(session: Session, *, document: str, inputs: dict[str, Any], addressee: str | None = None) -> Changes:
    """Save a version of a draft's inputs; only a draft can be filled."""
    row = document_of(document)
    require_may(session, ("draft", "undertake"), "填写文书")
    _check_inputs(session, row.type_id, inputs, session.day)
    with session.act("document.fill", case=row.case) as act:
        fresh = act.get(Document, row.id)
        require_possible(fresh, act.name, f"《{fresh.title}》", "document.frozen", "已提交的内容冻结，要改请先撤回")
        values = {"inputs": {**(fresh.inputs or {}), **inputs}}
        act.change(fresh, **values, **({"addressee": addressee} if addressee is not None else {}))
    return act.changes


def _check_inputs(session: Session, type_id: str, inputs: dict[str, Any], on: date) -> None:
    """Only what the text asks a person for can be filled; facts of the case and of the measure are changed where they stand."""
    slots = session.catalogue.text(type_id, on).slots
    unknown = sorted(inputs.keys() - ((slots.keys() | CHOSEN) - FIXED))
    if unknown:
        raise Refusal(
            f"《{session.catalogue.type(type_id).title}》没有「{'、'.join(unknown)}」这一项可填；措施的事项、金额、期限在措施上更改。",
            code="document.input",
        )


def _require_of_case(act: Act, case: str, request: str | None, measure: str | None, corrects: str | None) -> None:
    """What a draft goes with is of the same case, and its request still open to change."""
    asked = act.get(Request, request) if request else None
    rows = [asked, act.get(Measure, measure) if measure else None, act.get(Document, corrects) if corrects else None]
    if any(row is not None and row.case != case for row in rows):
        raise Refusal("报批事项、措施或被补正文书不属于本案，不能拟在一起。", code="document.case")
    if asked is not None and asked.state not in TO_CHANGE:
        raise Refusal("该报批事项已提交，不能再加文书。要加请先撤回。", code="document.frozen")


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
