"""The catalogue as it stands at this desk: the shipped one with the court's adopted texts laid over it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, overload

from execdesk.access.corrections import Mark, effective_mark, shipped_law
from execdesk.documents.catalogue import Catalogue
from execdesk.documents.courttexts import CourtText, LawKnown, overlaid
from execdesk.law.articles import is_token
from execdesk.records.court import TextCorrection, TextState
from execdesk.store.look import seen

if TYPE_CHECKING:
    from execdesk.access.session import Session

_BASE, _KEPT = "catalogue.shipped", "catalogue.corrected"


class CorrectedTexts:
    """``Session.catalogue``: given the shipped catalogue, it answers the one with the court's texts, made anew only when one has changed."""

    @overload
    def __get__(self, session: None, owner: type[Any]) -> CorrectedTexts: ...
    @overload
    def __get__(self, session: Session, owner: type[Any]) -> Catalogue: ...
    def __get__(self, session: Session | None, owner: type[Any]) -> Catalogue | CorrectedTexts:
        if session is None:
            raise AttributeError("catalogue")  # the field has no default
        with session.store.reading():
            return seen(("catalogue", id(session)), lambda: _now(session))

    def __set__(self, session: Session, catalogue: Catalogue) -> None:
        session.__dict__[_BASE] = catalogue
        session.__dict__.pop(_KEPT, None)


def shipped_texts(session: Session) -> Catalogue:
    """The catalogue as it came with the program."""
    catalogue: Catalogue = session.__dict__[_BASE]
    return catalogue


def _now(session: Session) -> Catalogue:
    """The shipped catalogue with what was adopted, made anew once a text was adopted, struck or carried in."""
    mark = effective_mark(session)[1]
    kept: tuple[Mark, Catalogue] | None = session.__dict__.get(_KEPT)
    if kept is None or kept[0] != mark:
        shipped = shipped_texts(session)
        kept = mark, overlaid(shipped, adopted_texts(), law_known(session)) if mark else shipped
        session.__dict__[_KEPT] = kept
    return kept[1]


def law_known(session: Session) -> LawKnown:
    """What texts may name of the law: asked of the shipped book, which corrections only add to."""
    book = shipped_law(session)
    return LawKnown(lambda name: is_token(book, name), lambda name: name in book.values)


def adopted_texts() -> list[CourtText]:
    """The court's texts in the order in which they rule: the later adopted over the earlier, the same on every desk."""
    rows = TextCorrection.select().where(TextCorrection.state == TextState.EFFECTIVE, TextCorrection.struck.is_null())
    return [as_text(row) for row in sorted(rows, key=lambda row: (row.approved_on or date.min, row.id))]


def as_text(row: TextCorrection, day: date | None = None) -> CourtText:
    """A correction as a text: from its own day, from that of its adoption (or ``day``, where it waits for it) at the earliest, so that what was signed
    before keeps its own."""
    starts_on = max(row.valid_from, row.approved_on or day or row.valid_from)
    return CourtText(row.type_id, starts_on, row.source, f"本院更正：{row.reason}", row.body)
