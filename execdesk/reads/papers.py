"""Documents, their kept pages and sheets, for screens and commands."""

from __future__ import annotations

from execdesk.access.sitting import Sitting
from execdesk.documents.issuing import pages_of
from execdesk.documents.printing import approval_sheet, copy_for, service_receipt, verdict_on
from execdesk.records.organisation import Person
from execdesk.records.papers import Document


def account_of(name: str) -> str:
    """The account of a person by name; empty if there is none."""
    found = Person.get_or_none(Person.name == name, Person.struck.is_null())
    return found.account if found else ""


def documents_of(request: str) -> list[str]:
    """Row ids of a request's documents, in the order drafted."""
    return [d.id for d in Document.select(Document.id).where(Document.request == request, Document.struck.is_null()).order_by(Document.id)]


def waiting_for_seal() -> list[str]:
    """Row ids of documents signed by all and waiting for the seal."""
    return [d.id for d in Document.select(Document.id).where(Document.state == "to_seal").order_by(Document.id)]


def pages(document: str) -> bytes | None:
    """The kept pages; nothing before issue."""
    row = Document.get_by_id(document)
    return pages_of(row) if row.file else None


def sheet(sitting: Sitting, request: str) -> bytes:
    """The approval sheet of a request as PDF."""
    return approval_sheet(sitting, request)


def copy(sitting: Sitting, document: str, kind: str) -> bytes:
    """The pages of one kind of copy of an issued document."""
    sitting.store.activate()
    return copy_for(sitting, document, kind).pdf


def verdict(sitting: Sitting, document: str) -> tuple[bool, str]:
    """Whether signatures and seal of a kept document hold, and the verdict in words."""
    sitting.store.activate()
    found = verdict_on(sitting, document)
    return bool(found.valid), str(found.text)


def receipt_form(sitting: Sitting, documents: list[str], recipient: str) -> bytes:
    """A 送达回证 for one recipient, as PDF."""
    sitting.store.activate()
    return service_receipt(sitting, documents, recipient)
