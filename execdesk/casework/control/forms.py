"""What control lends to forms: the measures of the case, what of them is held, the longest term."""

from __future__ import annotations

from execdesk.access.forms import FormContext, Pairs, options, start
from execdesk.casefile.view import view_in
from execdesk.casework.control.measures import RELEASE_MATTERS, controlled_now
from execdesk.casework.control.steps import views_in
from execdesk.law.control import longest_term
from execdesk.records.measures import Measure


@options("measures")
def measures(context: FormContext) -> Pairs:
    """The measures of the case with their states."""
    return [(one.measure.id, f"{one.title}（{one.words}）") for one in views_in(view_in(context))]


@start("measure")
def measure(context: FormContext) -> str | None:
    """The measure the form is about, else the first."""
    found = _measure(context)
    return found.id if found else None


def _measure(context: FormContext) -> Measure | None:
    rows = view_in(context).measures
    return next((row for row in rows if row.id == context.target), next(iter(rows), None))


@start("held_amount")
def held_amount(context: FormContext) -> int | None:
    """What of the measure is under control in fen, before the bank's answer what it orders."""
    found = _measure(context)
    return controlled_now(found) if found else None


@start("controlled_amount")
def controlled_amount(context: FormContext) -> int | None:
    """What the bank said is under control, in fen."""
    found = _measure(context)
    return found.controlled_fen if found else None


@start("release_matter")
def release_matter(context: FormContext) -> str:
    """The matter by which this kind of measure is released."""
    found = _measure(context)
    return RELEASE_MATTERS[found.action if found else "freeze"]


@options("release_grounds")
def release_grounds(context: FormContext) -> Pairs:
    """The grounds the ruling of release offers."""
    catalogue, day = context.session.tools.catalogue, context.session.day
    return tuple(catalogue.text(catalogue.draftable(day, trait="releases_control").id, day).slots["ground"].pairs)


@start("longest_deposit")
def longest_deposit(context: FormContext) -> int:
    """The longest term for a deposit today, in months."""
    return int(longest_term(context.session.law, "bank_deposit", context.session.day).value)
