"""What sanctions lend to forms: the acts recorded in the case, their kinds, what a detention starts from."""

from __future__ import annotations

from execdesk.access.providers import FormContext, Pairs, options, start
from execdesk.casefile.forms import natural_debtors, parties
from execdesk.casefile.view import view_in
from execdesk.casework.sanctions.actions import DETENTION
from execdesk.casework.sanctions.acts import act_kinds, acts_in, who_did
from execdesk.law.articles import cite
from execdesk.records.sanctions import ObstructionAct


@options("parties_or_outsider")
def parties_or_outsider(context: FormContext) -> Pairs:
    """The parties, or somebody outside the case."""
    return [*parties(context), (None, "案外人")]


@options("act_kinds")
def kinds(context: FormContext) -> Pairs:
    """The kinds of obstruction, each with its article of today."""
    book, day = context.session.law, context.session.day
    return [(one.id, f"{one.name}（{cite(book, [one.article], day)}）") for one in act_kinds(context.session.resources).values()]


@options("obstruction_acts")
def obstruction_acts(context: FormContext) -> Pairs:
    """The acts recorded in the case: who, when, what kind."""
    view, known = view_in(context), act_kinds(context.session.resources)
    return [(row.id, f"{who_did(view, row)} {row.on} {known[row.statute_item].name}") for row in acts_in(view)]


@start("obstruction_act")
def obstruction_act(context: FormContext) -> str | None:
    """The act the form is about, else the latest of a debtor who can be detained."""
    found = _act(context)
    return found.id if found else None


def _act(context: FormContext) -> ObstructionAct | None:
    persons, rows = {key for key, _words in natural_debtors(context)}, acts_in(view_in(context))
    chosen = context.told("act") or context.target
    return next((row for row in rows if row.id == chosen), next((row for row in rows if row.party in persons), None))


@start("obstructing_debtor")
def obstructing_debtor(context: FormContext) -> str | None:
    """Whose act it is."""
    found = _act(context)
    return found.party if found else None


@start("act_ground")
def act_ground(context: FormContext) -> str | None:
    """The ground that the kind of the act supports."""
    found = _act(context)
    return act_kinds(context.session.resources)[found.statute_item].ground or None if found else None


@start("act_words")
def act_words(context: FormContext) -> str | None:
    """What was done, as recorded."""
    found = _act(context)
    return found.words if found else None


@options("detention_grounds")
def detention_grounds(context: FormContext) -> Pairs:
    """The grounds the decision offers."""
    catalogue, day = context.session.catalogue, context.session.day
    return tuple(catalogue.text(catalogue.draftable(day, matter=DETENTION).id, day).slots["ground"].pairs)
