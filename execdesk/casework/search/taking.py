"""What the form that takes an answer starts from: the identifiers and the sum that the answer told."""

from __future__ import annotations

from execdesk.access.providers import FormContext, parts, start
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.view import view_in
from execdesk.casework.property.forms import asked_of
from execdesk.casework.search.feedback import feedback_words
from execdesk.casework.search.queries import answer
from execdesk.law.fields import Field
from execdesk.records.search import QueryAnswer


def _row(context: FormContext) -> QueryAnswer | None:
    wanted = context.told("answer") or answer(context)
    return next((row for row in view_in(context).rows(QueryAnswer) if row.id == wanted), None)


@parts("identifiers_answered")
def identifiers_answered(context: FormContext) -> tuple[Field, ...]:
    """The identifiers of the kind that answers of the head become."""
    row = _row(context)
    kind = feedback_words(context.session.resources).head(row.head).kind if row else ""
    return asked_of(property_kinds(context.session.resources).of(kind)) if kind else ()


@start("identifiers_told_by_answer")
def identifiers_told(context: FormContext) -> dict[str, str]:
    """The identifiers as the answer told them."""
    row = _row(context)
    return dict(row.identifiers or {}) if row else {}


@start("value_told_by_answer")
def value_told(context: FormContext) -> int | None:
    """The sum that the answer told, in fen."""
    row = _row(context)
    return row.value_fen if row else None
