"""A document worked up once, from the facts as they stand, for its pages, its checks, its fields and its citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from execdesk.access.session import Session
from execdesk.casefile.lookup import parties_of
from execdesk.casefile.premises import PremiseAsked, lacking, premises_of
from execdesk.court.glyphs import with_glyphs, without
from execdesk.documents.assemble import assembled, scope_of
from execdesk.documents.checks import Check, CheckedDraft, run_checks
from execdesk.documents.content import Content
from execdesk.documents.slots import FactScope
from execdesk.documents.texts import DocType, TextVersion
from execdesk.drafting.around import around
from execdesk.drafting.casefacts import facts_of
from execdesk.law.authority import Ruling
from execdesk.records.papers import Document
from execdesk.store.look import Look


@dataclass(frozen=True)
class Assembly:
    """A document as it would read if signed on a day. The scope knows what the text asked for; nothing of it is read again."""

    document: Document
    kind: DocType
    text: TextVersion
    scope: FactScope
    content: Content
    ruling: Ruling | None  # who decides its request, by the table of that day

    @property
    def on(self) -> date:
        """The signing day."""
        return self.scope.on


def assembly_of(session: Session, document: Document, on: date) -> Assembly:
    """Work a document up from the facts as they stand now. Raises as :func:`execdesk.documents.assemble.assemble`."""
    catalogue = session.catalogue
    with session.store.reading(), Look():
        kind, text = catalogue.type(document.type_id), catalogue.text(document.type_id, on)
        scope = scope_of(text, facts_of(session, document, on), session.law, on)
        return Assembly(document, kind, text, scope, with_glyphs(session, assembled(kind, text, scope)), ruling_of(session, document, on))


def ruling_of(session: Session, document: Document, on: date) -> Ruling | None:
    """Who decides the request a document goes with; ``None`` where it goes with none."""
    request = around(document).request
    if request is None:
        return None
    return session.authority.decide(request.matter, subject=request.subject, on=on, circumstances=frozenset(request.circumstances))


def checks_on(session: Session, made: Assembly, content: Content | None = None) -> tuple[Check, ...]:
    """The checks below the drafting page, of what was worked up or of a content frozen before."""
    accepted = (made.document.inputs or {}).get("accepted_on")
    read = content or made.content
    found = run_checks(
        CheckedDraft(made.kind, made.text, made.scope.facts, made.scope.book, made.on, read),
        previous_day=date.fromisoformat(accepted) if accepted else None,
        missing_glyphs=lambda text: without(_unknown(session, text), read), authority=made.ruling,
    )
    return (*found, *_premises(session, made))


def _premises(session: Session, made: Assembly) -> Iterator[Check]:
    """How the facts stand on which the matter of the document rests; nothing for a matter that rests on none."""
    request = around(made.document).request
    if request is None or request.matter not in premises_of(session.resources):
        return
    party = next((row for row in parties_of(made.document.case) if row.id == request.party), None)
    lacks = list(lacking(PremiseAsked(session, around(made.document).case, party, made.on), request.matter))
    words, ways = "；".join(one.text for one in lacks), tuple(dict.fromkeys(way for one in lacks for way in one.ways))
    yield Check("premises", f"前提不足 {len(lacks)}" if lacks else "前提具备", "stop" if lacks else "ok", words or "依法所需的前提均有记录", ways=ways)


def _unknown(session: Session, text: str) -> list[str]:
    """Characters no shipped font has; the marks of open slots are not printed."""
    return [c for c in session.pdf.missing(text) if c not in "⟦⟧"]
