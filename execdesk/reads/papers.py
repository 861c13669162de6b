"""Documents, their kept pages and sheets, for screens and commands."""

from __future__ import annotations

from execdesk.access.session import Session
from execdesk.issue.keeping import pages_of
from execdesk.issue.printing import copy_for
from execdesk.issue.verdict import verdict_on
from execdesk.records.papers import Document, DocumentState
from execdesk.records.people import Person


def account_of(name: str) -> str:
    """The account of a person by name; empty if there is none."""
    found = Person.get_or_none(Person.name == name, Person.struck.is_null())
    return found.account if found else ""


def documents_of(request: str) -> list[str]:
    """Row ids of a request's documents, in the order drafted."""
    return [d.id for d in Document.select(Document.id).where(Document.request == request, Document.struck.is_null()).order_by(Document.id)]


def waiting_for_seal() -> list[str]:
    """Row ids of documents signed by all and waiting for the seal."""
    return [d.id for d in Document.select(Document.id).where(Document.state == DocumentState.TO_SEAL).order_by(Document.id)]


def pages(document: str) -> bytes | None:
    """The kept pages; nothing before issue."""
    row = Document.get_by_id(document)
    return pages_of(row) if row.file else None


def copy(session: Session, document: str, kind: str) -> bytes:
    """The pages of one kind of copy of an issued document."""
    return copy_for(session, document, kind).pdf


def verdict(session: Session, document: str) -> tuple[bool, str]:
    """Whether signatures and seal of a kept document hold, and the verdict in words."""
    found = verdict_on(session, document)
    return found.valid, found.text
