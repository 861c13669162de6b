"""Documents, their kept pages and sheets, for screens and commands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from execdesk.access.session import Session
from execdesk.documents.pdfservice import Cancelled, PdfVerdict, Progress
from execdesk.issue.keeping import pages_of
from execdesk.issue.printing import copy_for
from execdesk.issue.verdict import LONGEST_PDF, verdict_of, verdict_on
from execdesk.records.papers import Document, DocumentState
from execdesk.records.people import Person
from execdesk.store.outside import read_outside


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


@dataclass(frozen=True)
class PaperStanding:
    """What signatures and seal of a file are worth, in words: all of it, and each signature with whether it counts. ``absent``: no line here
    keeps the file, so that it is neither valid nor forged."""

    valid: bool
    absent: bool
    text: str
    signatures: tuple[tuple[bool, str], ...]


def verdict(session: Session, document: str) -> PaperStanding:
    """The standing of the kept file of a document."""
    return _standing(verdict_on(session, document))


def verdict_on_file(
    session: Session, path: Path, progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> tuple[PaperStanding, bytes]:
    """The standing of a file from outside, read by a helper, and its bytes; ``progress`` hears (pages read, pages in all).

    Raises:
        Refusal: as :func:`read_outside` and :meth:`PdfService.outside`.
    """
    pdf = read_outside(path, LONGEST_PDF)
    return _standing(verdict_of(session, pdf, session.pdf.outside(pdf, path.name, progress, cancelled))), pdf


def _standing(found: PdfVerdict) -> PaperStanding:
    return PaperStanding(found.valid, found.absent, found.text, tuple((one.valid, one.text) for one in found.signatures))
