"""The court takes a document type into use: its text and every unconfirmed figure behind it, once, approved by 局长 (§6)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.documents.adoption import Unconfirmed, unconfirmed
from execdesk.documents.template import Template
from execdesk.documents.texts import TextVersion
from execdesk.records.base import canonical
from execdesk.records.court import Adoption, ProposalState

_MARK = 16


def version_of(text: TextVersion) -> str:
    """The text as it reads: its version and a digest of every word, slot and rule in it."""
    return f"{text.id[: 63 - _MARK]}#{hashlib.sha256(canonical(_written(text)).encode()).hexdigest()[:_MARK]}"


def _written(value: Any) -> Any:
    """What was written in the data file: fields left at their default say nothing, so that a later program reads the same."""
    if isinstance(value, Template):
        return value.raw
    if is_dataclass(value):
        return {f.name: _written(getattr(value, f.name)) for f in fields(value) if getattr(value, f.name) != f.default}
    if isinstance(value, Mapping):
        return {str(key): _written(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_written(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def unconfirmed_of(session: Session, type_id: str, on: date) -> tuple[Unconfirmed, ...]:
    """Everything unconfirmed that a document of a type signed on a day may print: text, party block, series, articles, values."""
    catalogue = session.catalogue
    return unconfirmed(catalogue.type(type_id), catalogue.text(type_id, on), catalogue.series(type_id, on), session.law, on)


def adoption_of(session: Session, type_id: str, on: date) -> Adoption | None:
    """The effective adoption that covers the type as it would print on a day; a changed text or figure is not covered."""
    text = version_of(session.catalogue.text(type_id, on))
    now = as_rows(unconfirmed_of(session, type_id, on))
    rows = Adoption.select().where(
        Adoption.type_id == type_id, Adoption.text_version == text, Adoption.state == ProposalState.EFFECTIVE, Adoption.struck.is_null()
    )
    return next((row for row in rows if all(item in row.unconfirmed for item in now)), None)


def pending_of(type_id: str) -> Adoption | None:
    """What waits for 局长."""
    found: Adoption | None = Adoption.get_or_none(Adoption.type_id == type_id, Adoption.state == ProposalState.PROPOSED, Adoption.struck.is_null())
    return found


def as_rows(found: tuple[Unconfirmed, ...]) -> list[dict[str, Any]]:
    return [asdict(item) for item in found]
