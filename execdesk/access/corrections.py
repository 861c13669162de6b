"""The law as it stands at this desk: the shipped book with the court's effective corrections laid over it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, overload

from execdesk.law.book import LawBook
from execdesk.law.refusal import Refusal
from execdesk.law.values import DatedValue
from execdesk.records.court import LawCorrection, ProposalState, TextCorrection, TextState
from execdesk.records.people import Person
from execdesk.store.look import seen

if TYPE_CHECKING:
    from execdesk.access.session import Session

_BASE, _KEPT = "law.shipped", "law.corrected"
Mark = frozenset[tuple[str, int]]


class CorrectedLaw:
    """``Session.law``: given the shipped book, it answers the corrected one, made anew only when a correction has changed."""

    @overload
    def __get__(self, session: None, owner: type[Any]) -> CorrectedLaw: ...
    @overload
    def __get__(self, session: Session, owner: type[Any]) -> LawBook: ...
    def __get__(self, session: Session | None, owner: type[Any]) -> LawBook | CorrectedLaw:
        if session is None:
            raise AttributeError("law")  # the field has no default
        return _law_of(session)

    def __set__(self, session: Session, book: LawBook) -> None:
        session.__dict__[_BASE] = book
        session.__dict__.pop(_KEPT, None)


def shipped_law(session: Session) -> LawBook:
    """The book as it came with the program, without corrections."""
    book: LawBook = session.__dict__[_BASE]
    return book


def _law_of(session: Session) -> LawBook:
    with session.store.reading():
        return seen(("law", id(session)), lambda: _law_now(session))


def _law_now(session: Session) -> LawBook:
    """The shipped book with what was approved, made anew once a correction was approved, struck or carried in."""
    mark = effective_mark(session)[0]
    kept: tuple[Mark, LawBook] | None = session.__dict__.get(_KEPT)
    if kept is None or kept[0] != mark:
        kept = mark, _overlaid(shipped_law(session), effective()) if mark else shipped_law(session)
        session.__dict__[_KEPT] = kept
    return kept[1]


def effective_mark(session: Session) -> tuple[Mark, Mark]:
    """Which corrections of law, and which of document texts, are in effect, and as they were last written: one small query for both, in bare
    SQL, for it is asked often."""
    return seen(("corrections in effect", id(session)), lambda: _mark_now(session))


def _mark_now(session: Session) -> tuple[Mark, Mark]:
    base = session.store.base
    parts = (f'SELECT {number}, "id", "version" FROM "{table._meta.table_name}" WHERE "state" = {base.param}' for number, table in enumerate((LawCorrection, TextCorrection)))
    rows = base.execute_sql(" UNION ALL ".join(parts), (ProposalState.EFFECTIVE, TextState.EFFECTIVE)).fetchall()
    return frozenset(row[1:] for row in rows if row[0] == 0), frozenset(row[1:] for row in rows if row[0] == 1)


def effective() -> list[LawCorrection]:
    """Effective corrections in the order in which they rule: the later approved over the earlier, the same on every desk."""
    rows = LawCorrection.select().where(LawCorrection.state == ProposalState.EFFECTIVE, LawCorrection.struck.is_null())
    return sorted(rows, key=lambda row: (row.approved_on or date.min, row.id))


def dated_value(row: LawCorrection, author: str = "") -> DatedValue:
    """A correction as a figure of the book; ``author`` where it is not yet approved."""
    value = date.fromisoformat(row.value) if row.unit == "date" and isinstance(row.value, str) else row.value
    return DatedValue(
        key=row.key, value=value, unit=row.unit, valid_from=row.valid_from, valid_to=None, source=row.source, confirmed=True,
        note=row.reason, corrected_by=author or _author(row),
    )


def _author(row: LawCorrection) -> str:
    person = Person.get_or_none(Person.id == row.approved_by) if row.approved_by else None
    name = person.name if person else "（未知）"
    return f"{'' if name.startswith('局长') else '局长'}{name} {row.approved_on} 更正"


def _overlaid(book: LawBook, rows: list[LawCorrection]) -> LawBook:
    """Each correction over the last. One that the present data no longer take (a key that is gone) stays without effect."""
    for row in rows:
        try:
            book = book.corrected([named_like(book, dated_value(row))])
        except Refusal:
            continue
    return book


def named_like(book: LawBook, value: DatedValue) -> DatedValue:
    """The figure with the name and articles of the figure it corrects."""
    from dataclasses import replace

    known = book.history(value.key)[-1]
    return replace(value, name=known.name, articles=known.articles)
