"""What issued papers lend to forms: those of the case, whom they are for."""

from __future__ import annotations

from typing import Any

from execdesk.access.providers import FormContext, Pairs, options, start, where
from execdesk.casefile.view import view_in
from execdesk.drafting.drafts import document_of
from execdesk.drafting.replacing import to_replace
from execdesk.issue.actions.correcting import MATTER
from execdesk.issue.clearing import other_sites, series_asked
from execdesk.issue.steps import name_of
from execdesk.records.papers import SIGNED, Document, DocumentState, Service


def _papers(text: str) -> list[Document]:
    return list(Document.select().where((Document.id == text) | (Document.number == text)).limit(2))


def is_served(document: str) -> bool:
    """Whether a paper has gone out."""
    return bool(Service.select().where(Service.document == document, Service.struck.is_null()).exists())


def _case_of(text: str) -> str:
    found = _papers(text)
    return str(document_of(text).case) if found else ""  # two of one number: that is what is told


def _row_of(number: str) -> str | None:
    return next((str(row.id) for row in _papers(number)), None)


@options("issued", case=_case_of, spelt=_row_of)
def issued(context: FormContext) -> Pairs:
    """The signed papers of the case."""
    return [(d.id, f"{d.title} {d.number or d.addressee or ''}".strip()) for d in view_in(context).documents if d.signed_on]


@options("servable", within="issued", case=_case_of, spelt=_row_of)
def servable(context: FormContext) -> Pairs:
    """The papers that are sealed and can go out."""
    return [(d.id, name_of(d)) for d in view_in(context).documents if d.state == DocumentState.ISSUED]


@options("unsealed", within="issued", case=_case_of, spelt=_row_of)
def unsealed(context: FormContext) -> Pairs:
    """The papers that wait for the seal."""
    return [(d.id, name_of(d)) for d in view_in(context).documents if d.state == DocumentState.TO_SEAL]


@options("voidable", within="issued", case=_case_of, spelt=_row_of)
def voidable(context: FormContext) -> Pairs:
    """The papers that the person signed in has signed and that have not gone out."""
    view, me = view_in(context), context.session.me.id
    return [(d.id, name_of(d)) for d in view.documents if d.state in SIGNED and d.signer == me and not is_served(d.id)]


@options("replaceable", within="issued", case=_case_of, spelt=_row_of)
def replaceable(context: FormContext) -> Pairs:
    """The void papers for which no other stands."""
    return [(d.id, name_of(d)) for d in to_replace(view_in(context).documents)]


@start("replaceable")
def first_replaceable(context: FormContext) -> str | None:
    """The paper the form is about, else the last that is void."""
    found = [key for key, _words in replaceable(context)]
    return context.target if context.target in found else next(reversed(found), None)


@options("correctable", case=_case_of, spelt=_row_of)
def correctable(context: FormContext) -> Pairs:
    """The signed papers that a ruling can correct."""
    catalogue = context.session.catalogue
    kinds = catalogue.draftable(context.session.day, matter=MATTER).corrects
    return [(d.id, f"{d.title} {d.number}") for d in view_in(context).documents if d.number and d.signed_on and catalogue.type(d.type_id).kind in kinds]


@start("document")
def document(context: FormContext) -> str | None:
    """The paper the form is about, else the newest that has a number."""
    found = _document(context)
    return found.id if found else None


def _document(context: FormContext) -> Document | None:
    rows = view_in(context).documents
    return next((d for d in rows if d.id == context.target), next((d for d in rows if d.number and d.state != DocumentState.VOID), None))


@start("recipient")
def recipient(context: FormContext) -> str | None:
    """Whom the paper is addressed to, else the first debtor."""
    found, debtors = _document(context), view_in(context).debtors
    return (found.addressee if found else None) or (debtors[0].name if debtors else None)


@options("series_asked")
def series_to_clear(context: FormContext) -> Pairs:
    """The series numbered at this desk."""
    return [(one.id, one.name) for one in series_asked(context.session).values()]


@start("series_asked")
def every_series(context: FormContext) -> list[dict[str, Any]]:
    """An entry for each of them."""
    return [{"series": row} for row in series_asked(context.session)]


@where("other_desks")
def other_desks(context: FormContext) -> bool:
    """Whether another desk of the court has written lines that lie here."""
    return bool(other_sites(context.session))
