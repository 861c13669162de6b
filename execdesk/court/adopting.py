"""The court takes a document type into use: its text and every unconfirmed figure behind it, once, approved by 局长 (§6)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.court.texts import released_of, text_of_correction
from execdesk.documents.adoption import Unconfirmed, unconfirmed
from execdesk.documents.texts import TextVersion, digest_of
from execdesk.records.court import Adoption, ProposalState


def text_to_adopt(session: Session, type_id: str, on: date) -> TextVersion:
    """What the court would adopt: its own text that was released and waits for it, else the text as it prints on a day."""
    waiting = released_of(type_id)
    return session.catalogue.text(type_id, on) if waiting is None else text_of_correction(session, waiting, on)


def unconfirmed_of(session: Session, type_id: str, on: date, text: TextVersion | None = None) -> tuple[Unconfirmed, ...]:
    """Everything unconfirmed that a document of a type signed on a day may print: text, party block, series, articles, values."""
    catalogue = session.catalogue
    return unconfirmed(catalogue.type(type_id), text or catalogue.text(type_id, on), catalogue.series(type_id, on), session.law, on)


def adoption_of(session: Session, type_id: str, on: date, text: TextVersion | None = None) -> Adoption | None:
    """The effective adoption that covers the type as it would print on a day (or a ``text`` of it); a changed text or figure is not covered."""
    digest = digest_of(text or session.catalogue.text(type_id, on))
    now = as_rows(unconfirmed_of(session, type_id, on, text))
    rows = Adoption.select().where(Adoption.type_id == type_id, Adoption.state == ProposalState.EFFECTIVE, Adoption.struck.is_null())
    return next((row for row in rows if is_of(row, digest) and all(item in row.unconfirmed for item in now)), None)


def is_of(row: Adoption, digest: str) -> bool:
    """Whether an adoption is of a text with this digest."""
    return bool(row.text_version.rpartition("#")[2] == digest)


def pending_of(type_id: str) -> Adoption | None:
    """What waits for 局长."""
    found: Adoption | None = Adoption.get_or_none(Adoption.type_id == type_id, Adoption.state == ProposalState.PROPOSED, Adoption.struck.is_null())
    return found


def listed_of(session: Session, text: TextVersion, on: date) -> list[dict[str, Any]]:
    """What is unconfirmed in a text that the court would adopt on a day, as an adoption lists it."""
    return as_rows(unconfirmed_of(session, text.type_id, max(on, text.valid_from), text))


def still_so(session: Session, row: Adoption, on: date) -> bool:
    """Whether what was prepared for 局长 reads as it would be adopted on a day."""
    text = text_to_adopt(session, row.type_id, on)
    return is_of(row, digest_of(text)) and row.unconfirmed == listed_of(session, text, on)


def as_rows(found: tuple[Unconfirmed, ...]) -> list[dict[str, Any]]:
    """What is unconfirmed, as an adoption lists it."""
    return [asdict(item) for item in found]
