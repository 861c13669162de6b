"""The cases of which nobody has said yet how far their numbers went on paper, for one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.casefile.charge import in_charge
from execdesk.casefile.papersuffix import cell_words, suffix_series, suffix_typed
from execdesk.records.cases import Case, CaseState, Party
from execdesk.records.charge import KEEPING

__all__ = ["Unnumbered", "UnnumberedCases", "cell_words", "suffix_typed", "unnumbered_cases"]


@dataclass(frozen=True)
class Unnumbered:
    """A case: ``known`` is what is registered already, by series."""

    id: str
    number: str
    debtor: str
    known: Mapping[str, int]


@dataclass(frozen=True)
class UnnumberedCases:
    """The series (id, name) and the open cases from a ledger that lack one of them, as far as this person keeps their facts."""

    series: tuple[tuple[str, str], ...]
    cases: tuple[Unnumbered, ...]


def unnumbered_cases(session: Session) -> UnnumberedCases:
    """The cases whose numbers on paper wait to be registered by the person signed in, in the order of their numbers."""
    series, may = suffix_series(session), duties(session)
    found = Case.select().where(
        Case.origin == "ledger", Case.state == CaseState.OPEN, Case.struck.is_null(), Case.held_by == session.store.site,
    ).order_by(Case.year, Case.sequence, Case.id)
    lacking = [row for row in found if series.keys() - (row.last_paper_suffix or {}).keys()]
    if KEEPING.everywhere not in may:
        lacking = [row for row in lacking if set(KEEPING.duties) & may and in_charge(session, row)]
    names = _debtors()
    cases = tuple(Unnumbered(row.id, row.number, names.get(row.id, ""), dict(row.last_paper_suffix or {})) for row in lacking)
    return UnnumberedCases(tuple(series.items()), cases)


def _debtors() -> dict[str, str]:
    """The first debtor of each case."""
    found: dict[str, str] = {}
    for row in Party.select(Party.case, Party.name).where(Party.side == "debtor", Party.struck.is_null()).order_by(Party.position.desc()):
        found[row.case] = row.name
    return found
