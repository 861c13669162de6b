"""Issue: approved content becomes numbered, signed pages kept in the store; then further signatures, then the seal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from execdesk.access.session import Session
from execdesk.documents.content import Content, PageMarks, Rendered
from execdesk.documents.numbers import Numbered
from execdesk.drafting.around import papers_of_case
from execdesk.records.papers import Document, DocumentState


@dataclass(frozen=True)
class Prepared:
    """Pages rehearsed before the write begins: content filled, rendered, archived with empty fields."""

    content: Content
    number: Numbered | None
    rendered: Rendered
    pdf: bytes


def numbers_of(row: Document) -> dict[str, str]:
    """Numbers of the documents of the same submission, by type."""
    if not row.request:
        return {}
    return {d.type_id: d.number for d in papers_of_case(row.case) if d.request == row.request and d.number is not None and d.state != DocumentState.VOID}


def marks_for(session: Session, **more: Any) -> PageMarks:
    """Marks of a rendering in this store."""
    return PageMarks(sample=session.demo, seal_text=session.court.name, **more)
