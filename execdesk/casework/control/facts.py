"""Facts of a control measure as documents draw on them, with what is left of its amount."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.lookup import parties_of
from execdesk.casefile.recovered import sent_fen
from execdesk.documents.facts import MeasureFacts
from execdesk.drafting.around import CaseDocument, papers_of_case
from execdesk.drafting.lent import FactsWanted, lends
from execdesk.law.control import MEASURES
from execdesk.records.measures import Measure
from execdesk.records.papers import Document, DocumentState
from execdesk.records.property import Property

RELEASE = "解除"


@lends("measures", {
    "measure.amount": "措施", "measure.account_no": "措施", "measure.institution": "措施", "measure.months": "措施，按法定期限核对",
})
def lent_measures(wanted: FactsWanted) -> tuple[MeasureFacts, ...]:
    """The measure a document goes with."""
    return measures_of(wanted.session, wanted.document, wanted.inputs)


def measures_of(session: Session, document: Document, inputs: Mapping[str, Any]) -> tuple[MeasureFacts, ...]:
    """The measure a document goes with, as the document orders it; nothing where it goes with none."""
    if not document.measure:
        return ()
    measure = Measure.get_by_id(document.measure)
    owner, thing = next(party for party in parties_of(measure.case) if party.id == measure.party), Property.get_by_id(measure.property)
    kind = property_kinds(session.resources).of(thing.kind)
    release = "releases_control" in session.catalogue.type(document.type_id).traits
    ruling = _ordering_ruling(session, measure, document)
    return (
        MeasureFacts(
            owner=owner.name,
            action=inputs.get("action") or (RELEASE if release else "") + MEASURES[measure.kind],
            measure_word=MEASURES[measure.kind],
            kind=measure.term_kind or "",
            variant=inputs.get("variant", "deposit"),
            institution=measure.assisting_unit or "",
            account_no=thing.identifiers.get("account_no", ""),
            amount=int(inputs["amount_fen"]) if inputs.get("amount_fen") is not None else remaining_fen(measure),
            stays=_stays(measure, inputs),
            property_words=kind.in_text(thing.identifiers),
            asked=kind.asked,
            thing=dict(thing.identifiers),
            months=measure.months,
            rank=measure.rank,
            fixed_start=_day(inputs.get("fixed_start")),
            fixed_end=_day(inputs.get("fixed_end")),
            owner_id=owner.id_no or "",
            ruling_no=ruling.number if ruling and ruling.number else "",
            ruled_on=ruling.signed_on if ruling else None,
            old_end=_day(inputs.get("old_end")),
            payee=inputs.get("payee", ""),
            payee_bank=inputs.get("payee_bank", ""),
            payee_account=inputs.get("payee_account", ""),
            row=measure.id,
        ),
    )


def _stays(measure: Measure, inputs: Mapping[str, Any]) -> int | None:
    """What a partial release leaves under control, in fen; ``None`` where the document is none."""
    held = controlled_now(measure) if inputs.get("scope") == "partial" else None
    return None if held is None else max(held - int(inputs.get("amount_fen", 0)), 0)


def _ordering_ruling(session: Session, measure: Measure, document: Document) -> CaseDocument | None:
    """The ruling by which the measure was ordered; for a renewal or release that of the measure it goes back to."""
    rulings, word = {kind.id for kind in session.catalogue.bearing("orders_control")}, MEASURES[measure.kind]
    found = [
        row for row in papers_of_case(measure.case)
        if row.measure in (measure.id, measure.renewed_from or measure.id) and row.type_id in rulings and row.number is not None and row.state != DocumentState.VOID
        and row.id != document.id and row.request not in (None, document.request) and (row.inputs or {}).get("action", word) == word
    ]
    return max(found, key=lambda row: row.signed_on or date.min, default=None)


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else text or None


def line_of(measure: Measure) -> list[Measure]:
    """A measure and those it renews, the newest first."""
    found, at = [measure], measure
    while at.renewed_from:
        at = Measure.get_by_id(at.renewed_from)
        found.append(at)
    return found


def remaining_fen(measure: Measure) -> int | None:
    """What the ruling orders, in fen, less what has come in under it or under a measure it renews."""
    if measure.amount_fen is None:
        return None
    return int(measure.amount_fen) - sent_fen(row.id for row in line_of(measure))


def controlled_now(measure: Measure) -> int | None:
    """What is under control in fen: what the unit told it caught, less what came in since; before its answer what the ruling orders."""
    told: int | None = measure.controlled_fen
    return max(told - sent_fen([measure.id]), 0) if told is not None else remaining_fen(measure)


def nothing_left(measure: Measure) -> bool:
    """Whether all that the measure ordered, or where it orders no sum all that it caught, has come in."""
    left = remaining_fen(measure)
    return (controlled_now(measure) if left is None else left) == 0
