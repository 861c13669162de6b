"""Facts of a control measure as documents draw on them, with what is left of its amount."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.dossier import Dossier, DossierRow
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.lookup import parties_of, without_rows
from execdesk.casefile.recovered import sent_under, standing_in
from execdesk.documents.facts import MeasureFacts
from execdesk.drafting.around import CaseDocument, papers_of_case
from execdesk.drafting.lent import FactsWanted, RecordedBy, lends
from execdesk.law.control import MEASURES
from execdesk.records.measures import HELD, Measure, MeasureRelease
from execdesk.records.papers import Document, DocumentState
from execdesk.records.property import Property
from execdesk.store.look import seen

RELEASE = "解除"
LISTED = ("seize", "impound")  # kinds of measure whose things stand on a list


def _measure(wanted: FactsWanted) -> Measure | None:
    return measure_called(wanted.document.measure) if wanted.document.measure else None


def _thing(wanted: FactsWanted) -> str:
    found = _measure(wanted)
    return found.property if found else ""


def _owner(wanted: FactsWanted) -> str:
    found = _measure(wanted)
    return found.party if found else ""


def _ruling(wanted: FactsWanted) -> str:
    """The paper whose service brings the measure into effect."""
    measure = _measure(wanted)
    found = _ordering_ruling(wanted.session, measure, wanted.document) if measure else None
    return found.id if found else ""


_SERVED = RecordedBy("service.record", "登记送达", _ruling)
_WAYS = {
    "measure": RecordedBy("property.change", "更正财产", _thing), "measure.in_effect_on": _SERVED, "measure.end_printed": _SERVED,
    "measure.owner_id": RecordedBy("party.change", "更正当事人", _owner),
}


@lends("measures", {
    "measure.amount": "措施", "measure.account_no": "措施", "measure.institution": "措施", "measure.months": "措施，按法定期限核对",
}, _WAYS)
def lent_measures(wanted: FactsWanted) -> tuple[MeasureFacts, ...]:
    """The measure a document goes with."""
    return measures_of(wanted.session, wanted.document, wanted.inputs)


def measures_of(session: Session, document: Document, inputs: Mapping[str, Any]) -> tuple[MeasureFacts, ...]:
    """The measure a document goes with, as the document orders it; nothing where it goes with none."""
    if not document.measure:
        return ()
    return (measure_facts(session, measure_called(document.measure), document, inputs),)


@lends("held", {})
def lent_held(wanted: FactsWanted) -> tuple[MeasureFacts, ...]:
    """What is seized or impounded in the case, where a text lists it."""
    text = wanted.session.catalogue.text(wanted.document.type_id, wanted.on)
    if not any(name == "held" for part in text.parts for name in part.lists()):
        return ()
    rows = Measure.select().where(Measure.case == wanted.case.id, Measure.kind << LISTED, Measure.state << HELD, Measure.struck.is_null()).order_by(Measure.id)
    return tuple(measure_facts(wanted.session, row, wanted.document, {}) for row in rows)


def measure_facts(session: Session, measure: Measure, document: Document, inputs: Mapping[str, Any]) -> MeasureFacts:
    """A measure as a document speaks of it."""
    owner, thing = next(party for party in parties_of(measure.case) if party.id == measure.party), Property.get_by_id(measure.property)
    kind = property_kinds(session.resources).of(thing.kind)
    release = "releases_control" in session.catalogue.type(document.type_id).traits
    ruling = _ordering_ruling(session, measure, document)
    return MeasureFacts(
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
        in_effect_on=measure.effective_on,
        end_printed=measure.end_printed,
        old_end=_day(inputs.get("old_end")),
        row=measure.id,
    )


def measure_called(row: str) -> Measure:
    """A measure by its row, read once in a look."""
    found: Measure = seen(("measure", row), lambda: Measure.get_by_id(row))
    return found


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


@dataclass(frozen=True)
class TakenOff:
    """A sum in fen that a measure holds no more since ``day``: sent to the court, or ``freed`` by a release. ``row`` is the claiming or release."""

    measure: str
    day: date
    row: str
    fen: int
    freed: bool


def taken_by(sent: Iterable[tuple[Any, int]], releases: Iterable[Any]) -> list[TakenOff]:
    """What claimings that count (with what stands of each) and releases in part take from measures; of one paper the earliest row counts."""
    first: dict[str, Any] = {}
    for row in sorted(releases, key=lambda one: (one.served_on, one.id)):
        first.setdefault(row.document, row)
    found = [TakenOff(row.measure, row.interest_stop_on, row.id, net, False) for row, net in sent if row.measure is not None]
    return found + [TakenOff(row.measure, row.served_on, row.id, int(row.amount_fen), True) for row in first.values()]


class Holdings:
    """What measures hold, in fen, from the measures, those they renew, and what was taken from them."""

    def __init__(self, measures: Iterable[Measure | DossierRow], taken: Iterable[TakenOff]) -> None:
        self._measures = {row.id: row for row in measures}
        self._taken = tuple(taken)

    def held_fen(self, measure: Measure | DossierRow) -> int | None:
        """What the last answer told, less what was taken after it (by day, then row id); ``None`` before an answer tells a sum. A renewal
        in effect goes on with what was told of the measure that it renews."""
        line = {row.id: row for row in self._continued(measure)}
        told = max((row for row in line.values() if row.told_by is not None), key=lambda row: (row.told_on, row.told_by), default=None)
        if told is None or told.told_fen is None:
            return None
        since = sum(one.fen for one in self._taken if one.measure in line and (one.day, one.row) > (told.told_on, told.told_by))
        return max(int(told.told_fen) - since, 0)

    def ordered_fen(self, measure: Measure | DossierRow, *, unsent: bool = False) -> int | None:
        """What the ruling orders less what was freed, with ``unsent`` also less what was sent, under the measure or one it renews."""
        if measure.amount_fen is None:
            return None
        line = {row.id for row in self._line(measure)}
        return max(int(measure.amount_fen) - sum(one.fen for one in self._taken if one.measure in line and (one.freed or unsent)), 0)

    def controlled_fen(self, measure: Measure | DossierRow) -> int | None:
        """What is under control: what is held; before the unit's answer what the ruling still orders."""
        held = self.held_fen(measure)
        return held if held is not None else self.ordered_fen(measure, unsent=True)

    def _line(self, measure: Any) -> Iterator[Any]:
        while measure is not None:
            yield measure
            measure = self._measures.get(measure.renewed_from) if measure.renewed_from else None

    def _continued(self, measure: Any) -> Iterator[Any]:
        for row in self._line(measure):
            yield row
            if row.effective_on is None:  # a renewal not yet served, or served too late, goes on with nothing
                return


def holdings_of(measure: Measure) -> Holdings:
    """What a measure and those it renews hold."""
    line = line_of(measure)
    ids = [row.id for row in line]
    return Holdings(line, taken_by(sent_under(ids), _releases_of(measure.case, ids)))


def _releases_of(case: str, measures: list[str]) -> list[MeasureRelease]:
    if without_rows(MeasureRelease, case):
        return []
    query = MeasureRelease.select().where(MeasureRelease.measure.in_(measures), MeasureRelease.struck.is_null())
    return seen(("releases", *measures), lambda: list(query))


def holdings_in(dossier: Dossier) -> Holdings:
    """What the measures of a case hold, as its dossier tells it."""
    return Holdings(dossier.of(Measure), taken_by(standing_in(dossier), dossier.of(MeasureRelease)))


def held_fen(measure: Measure) -> int | None:
    """What is held of money, in fen, as :meth:`Holdings.held_fen` says."""
    return holdings_of(measure).held_fen(measure)


def remaining_fen(measure: Measure) -> int | None:
    """What the ruling orders, in fen, less what was freed and what has come in under the measure or one it renews."""
    return holdings_of(measure).ordered_fen(measure, unsent=True)


def controlled_now(measure: Measure) -> int | None:
    """What is under control in fen, as :meth:`Holdings.controlled_fen` says."""
    return holdings_of(measure).controlled_fen(measure)


def nothing_left(measure: Measure) -> bool:
    """Whether all that the measure ordered, or where it orders no sum all that it caught, has come in."""
    left = remaining_fen(measure)
    return (controlled_now(measure) if left is None else left) == 0
