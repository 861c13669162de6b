"""A case with the rows around it, each table read once: what a page shows, the next steps and the forms all look at the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from execdesk.access.duty import duties
from execdesk.access.providers import FormContext
from execdesk.access.session import Session, everybody
from execdesk.casefile.dossier import READ, Dossier, owner_field
from execdesk.casefile.lookup import case_of, rows_of, without_rows
from execdesk.casefile.terms import TermRules
from execdesk.records.approvals import Request
from execdesk.records.base import Journaled
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.measures import Measure
from execdesk.records.papers import Document
from execdesk.records.people import Person
from execdesk.records.tables import BY_NAME

J = TypeVar("J", bound=Journaled)


class CaseView:
    """One case as it stands. Rows are those not struck; ``memory`` keeps what rooms have worked out for each other."""

    def __init__(self, session: Session, case: Case) -> None:
        self.session, self.case = session, case
        self.memory: dict[Any, Any] = {}

    @classmethod
    def of(cls, session: Session, number: str) -> CaseView:
        """The case with this number or row id; refusals as :func:`case_of`."""
        return cls(session, case_of(number))

    @property
    def day(self) -> date:
        """Today."""
        return self.session.day

    @cached_property
    def may(self) -> frozenset[str]:
        """The duties of the person signed in."""
        return duties(self.session)

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody who was ever entered, by row."""
        return everybody().people

    def rows(self, model: type[J]) -> list[J]:
        """The rows of a table that belong to the case, itself or through another, in the order of row ids; not those struck."""
        found: list[J] = self.once(model, lambda: self._read(model))
        return found

    def _read(self, model: Any) -> list[Any]:
        name, parent = owner_field(model)
        if parent is Case:
            return rows_of(model, self.case.id)
        if without_rows(model, self.case.id):
            return []
        ids = [row.id for row in self.rows(parent)]
        return list(model.select().where(getattr(model, name).in_(ids), model.struck.is_null()).order_by(model.id)) if ids else []

    @cached_property
    def dossier(self) -> Dossier:
        """The case as terms and what waits read it, over the same rows."""
        case: Any = self.case
        return Dossier(case, _Tables(self))

    @cached_property
    def rules(self) -> TermRules:
        """The law and the types of documents, as terms and what waits ask them."""
        return TermRules(self.session.law, self.session.calendar, self.session.catalogue)

    @property
    def parties(self) -> list[Party]:
        """The parties in order."""
        return sorted(self.rows(Party), key=lambda party: (party.side, party.position))

    def party(self, row: str | None) -> Party | None:
        """A party by row."""
        return next((party for party in self.parties if party.id == row), None)

    @property
    def debtors(self) -> list[Party]:
        """The debtors in order."""
        return [party for party in self.parties if party.side == "debtor"]

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Who works on the case and did, the latest first."""
        return sorted(self.rows(Assignment), key=lambda row: (row.starts_on, row.id), reverse=True)

    def assigned(self, role: str, day: date | None = None) -> Person | None:
        """Who holds a role on a day, today where none is told."""
        on = day or self.day
        found = next((a for a in self.assignments if a.role == role and a.starts_on <= on and (a.ends_on is None or a.ends_on >= on)), None)
        return self.people.get(found.person) if found else None

    @cached_property
    def judge(self) -> Person | None:
        """The judge in charge today."""
        return self.assigned("judge")

    @property
    def measures(self) -> list[Measure]:
        """The control measures."""
        return self.rows(Measure)

    @property
    def documents(self) -> list[Document]:
        """The documents, the newest first."""
        return self.rows(Document)[::-1]

    @property
    def requests(self) -> list[Request]:
        """The requests, the newest first."""
        return self.rows(Request)[::-1]

    def once(self, key: Any, make: Any) -> Any:
        """What ``make`` gives, worked out once."""
        if key not in self.memory:
            self.memory[key] = make()
        return self.memory[key]


class _Tables(Mapping[str, Any]):
    """The tables of a case, read when they are asked for."""

    def __init__(self, view: CaseView) -> None:
        self._view = view

    def __getitem__(self, name: str) -> Any:
        return self._view.rows(BY_NAME[name])

    def __iter__(self) -> Iterator[str]:
        return iter(READ)

    def __len__(self) -> int:
        return len(READ)


def view_in(context: FormContext) -> CaseView:
    """The case a form is opened in."""
    if "view" not in context.memory:
        context.memory["view"] = CaseView.of(context.session, context.case)
    view: CaseView = context.memory["view"]
    return view
