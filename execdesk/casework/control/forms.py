"""What control lends to forms: the measures of the case, what a kind of property asks, what is held."""

from __future__ import annotations

from execdesk.access.providers import FormContext, Pairs, options, start, where
from execdesk.casefile.forms import debtor, rest_of_claim
from execdesk.casefile.kinds import PropertyKind, property_kinds
from execdesk.casefile.same import same_persons
from execdesk.casefile.view import view_in
from execdesk.casework.control.answers import OUTCOMES
from execdesk.casework.control.facts import controlled_now
from execdesk.casework.control.steps import kinds_in, views_in
from execdesk.casework.control.views import MeasureView
from execdesk.casework.property.forms import things_in
from execdesk.law.control import longest_term
from execdesk.records.measures import Measure
from execdesk.records.property import Property, PropertyOwner


def _case_of(measure: str) -> str:
    found = Measure.get_or_none((Measure.id == measure) & Measure.struck.is_null())
    return str(found.case) if found else ""


@options("measures", case=_case_of)
def measures(context: FormContext) -> Pairs:
    """The measures of the case, with their state."""
    return [(one.measure.id, f"{one.title}（{one.words}）") for one in views_in(view_in(context))]


@options("measures_or_none")
def measures_or_none(context: FormContext) -> Pairs:
    """One of the measures, or none."""
    return [(None, "不涉及查控措施"), *measures(context)]


@start("measure")
def measure(context: FormContext) -> str | None:
    """The measure the form is about, else the first."""
    found = _measure(context)
    return found.measure.id if found else None


def _measure(context: FormContext) -> MeasureView | None:
    found = views_in(view_in(context))
    return next((one for one in found if one.measure.id == context.target), found[0] if found else None)


@start("held_amount")
def held_amount(context: FormContext) -> int | None:
    """What the measure holds, in fen."""
    found = _measure(context)
    return controlled_now(found.measure) if found else None


@start("release_matter")
def release_matter(context: FormContext) -> str:
    """Whose approval the release of the measure needs."""
    view, found = view_in(context), _measure(context)
    return kinds_in(view)[found.measure.id].release if found else ""


@start("deduct_matter")
def deduct_matter(context: FormContext) -> str:
    """Whose approval it needs to have the money of the measure sent."""
    view, found = view_in(context), _measure(context)
    pays = kinds_in(view)[found.measure.id].pays if found else None
    return pays.matter if pays else ""


@options("release_grounds")
def release_grounds(context: FormContext) -> Pairs:
    """The grounds of release as the ruling's text has them."""
    catalogue, day = context.session.catalogue, context.session.day
    return tuple(catalogue.text(catalogue.draftable(day, trait="releases_control").id, day).slots["ground"].pairs)


@options("outcomes")
def outcomes(_context: FormContext) -> Pairs:
    """What an assisting unit may have answered."""
    return list(OUTCOMES.items())


# -- proposing ---------------------------------------------------------------------------------------------------------


@options("property_kinds")
def kinds(context: FormContext) -> Pairs:
    """The kinds of property there are."""
    return [(kind.id, kind.title) for kind in property_kinds(context.session.resources).all]


def _kind(context: FormContext) -> PropertyKind | None:
    chosen = context.told("kind")
    return property_kinds(context.session.resources).of(chosen) if chosen else None


@start("assisting_unit")
def assisting_unit(context: FormContext) -> str | None:
    """Who usually assists; none where an identifier says who."""
    kind = _kind(context)
    return kind.unit_named or None if kind else None


@start("longest_months")
def longest_months(context: FormContext) -> int | None:
    """The longest term the law allows today, in months; none where there is none."""
    kind = _kind(context)
    return int(longest_term(context.session.law, kind.term, context.session.day).value) if kind and kind.term else None


@start("ordered_amount")
def ordered_amount(context: FormContext) -> int | None:
    """What is still to be recovered, in fen, where a sum is ordered."""
    kind = _kind(context)
    return rest_of_claim(context) if kind and kind.amount else None


@start("propose_matter")
def propose_matter(context: FormContext) -> str:
    """Whose approval control of the kind needs."""
    kind = _kind(context)
    return kind.matter if kind else ""


def _known(context: FormContext) -> Property | None:
    chosen = context.given.get("property") or context.prefilled.get("property")
    return next((row for one in things_in(view_in(context)) for row in one.rows if row.id == chosen), None)


@start("measure.propose.title")
def propose_title(context: FormContext) -> str | None:
    """冻结存款, 查封车辆: what is proposed, and of which property where that is known."""
    kind, known = _kind(context), _known(context)
    return f"{kind.title} {known.words}" if kind and known else kind.title if kind else None


@start("owner")
def owner(context: FormContext) -> str | None:
    """The debtor who owns the property that is known, else the one the form is about."""
    return _owner_here(_known(context), context) or debtor(context)


def _owner_here(known: Property | None, context: FormContext) -> str | None:
    owners = {row.party for row in PropertyOwner.select().where(PropertyOwner.property == known.id, PropertyOwner.struck.is_null())} if known else set()
    return next((party.id for party in view_in(context).debtors if same_persons([party.id]) & owners), None)


@where("property.open")
def property_open(context: FormContext) -> bool:
    """Whether the property is still to be told."""
    return not (context.given.get("property") or context.prefilled.get("property"))


@where("owner.open")
def owner_open(context: FormContext) -> bool:
    """Whether a person must have looked whose the property is: nothing tells that a debtor of the case owns it."""
    return _owner_here(_known(context), context) is None


@where("kind.open")
def kind_open(context: FormContext) -> bool:
    """Whether the kind is chosen in the form."""
    return not (context.given.get("kind") or context.prefilled.get("kind"))


@where("kind.amount")
def has_amount(context: FormContext) -> bool:
    """Whether control of the kind orders a sum."""
    kind = _kind(context)
    return kind is None or kind.amount


@where("kind.term")
def has_term(context: FormContext) -> bool:
    """Whether the law sets it a term."""
    kind = _kind(context)
    return kind is None or bool(kind.term)


@where("kind.waiting")
def has_rank(context: FormContext) -> bool:
    """Whether it may wait behind another's."""
    kind = _kind(context)
    return kind is None or bool(kind.waiting)


@where("kind.unit")
def has_unit(context: FormContext) -> bool:
    """Whether the assisting unit is asked for: some unit assists, and no identifier names it."""
    kind = _kind(context)
    return kind is None or bool(kind.unit and not kind.unit_from)
