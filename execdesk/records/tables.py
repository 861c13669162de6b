"""The list of all tables, by kind and by name."""

from __future__ import annotations

from functools import cache

from execdesk.records.approvals import APPROVALS
from execdesk.records.base import Journaled, Record
from execdesk.records.cases import CASES
from execdesk.records.journal import LOCAL_TABLES
from execdesk.records.organisation import ORGANISATION
from execdesk.records.papers import PAPERS

JOURNALED: tuple[type[Journaled], ...] = (*ORGANISATION, *CASES, *APPROVALS, *PAPERS)
ALL: tuple[type[Record], ...] = (*JOURNALED, *LOCAL_TABLES)
BY_NAME: dict[str, type[Journaled]] = {model.__name__: model for model in JOURNALED}


def children_of(model: type[Journaled]) -> list[tuple[type[Journaled], str]]:
    """Tables whose rows belong to a row of ``model``, with the field that names it."""
    name = model.__name__.lower()
    named = {"case": "case", "request": "request", "document": "document", "measure": "measure", "person": "person",
             "team": "team", "import": "run"}
    field = named.get(name)
    return [(child, field) for child in JOURNALED if field and field in child.PARENTS]


@cache
def parents_of(model: type[Journaled]) -> tuple[tuple[str, type[Journaled]], ...]:
    """The fields of ``model`` that name the row it belongs to, with that row's table."""
    tables = {"case": "Case", "request": "Request", "document": "Document", "measure": "Measure", "person": "Person",
              "team": "Team", "run": "Import"}
    return tuple((field, BY_NAME[tables[field]]) for field in model.PARENTS)
