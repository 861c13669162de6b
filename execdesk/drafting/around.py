"""What stands around a document: its case, its request, who sits, the other papers of the case. Each read once in a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from peewee import JOIN

from execdesk.records.approvals import Panel, PanelState, Request
from execdesk.records.cases import Case
from execdesk.records.papers import Document
from execdesk.store.look import seen


class CaseDocument(NamedTuple):
    """A document of a case that is not struck, without its pages and its frozen content."""

    id: str
    type_id: str
    title: str
    addressee: str | None
    request: str | None
    measure: str | None
    series: str
    number: str | None
    state: str
    signed_on: date | None
    inputs: dict[str, Any]


def papers_of_case(case: str) -> tuple[CaseDocument, ...]:
    """The papers of a case in the order drafted."""
    return seen(("papers of case", case), lambda: _papers(case))


def _papers(case: str) -> tuple[CaseDocument, ...]:
    columns = [Document._meta.fields[name] for name in CaseDocument._fields]
    query: Any = Document.select(*columns).where(Document.case == case, Document.struck.is_null()).order_by(Document.id).tuples()
    return tuple(map(CaseDocument._make, query))


@dataclass(frozen=True)
class Around:
    """The case and the request of a document, and the members of its panel, the presiding judge first."""

    case: Case
    request: Request | None
    members: tuple[str, ...]


def around(document: Document) -> Around:
    """What stands around a document; a correction bears those who signed what it corrects."""
    return seen(("around", document.case, document.request, document.corrects), lambda: _around(document))


def _around(document: Document) -> Around:
    found = _read(document.case, document.request)
    if document.corrects and not found.members:
        corrected = Document.get_by_id(document.corrects)
        return Around(found.case, found.request, _read(corrected.case, corrected.request).members)
    return found


def _read(case: str, request: str | None) -> Around:
    """One query for the three; of several panels that sat the first."""
    sat = (Panel.request == Request.id) & Panel.state.in_([PanelState.DESIGNATED, PanelState.CONCLUDED]) & Panel.struck.is_null()
    query = (
        Case.select(Case, Request, Panel).join(Request, JOIN.LEFT_OUTER, on=(Request.id == (request or "")), attr="a_request")
        .join(Panel, JOIN.LEFT_OUTER, on=sat, attr="a_panel").where(Case.id == case).order_by(Panel.id)
    )
    row = query.get()
    asked = getattr(row, "a_request", None)
    panel = getattr(asked, "a_panel", None) if asked is not None else None
    return Around(row, asked, tuple(panel.members) if panel is not None and panel.members else ())
