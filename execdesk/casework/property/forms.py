"""What property lends to forms: kinds and what tells one thing of them from another, the things of the case."""

from __future__ import annotations

from execdesk.access.providers import FormContext, Pairs, options, parts, start
from execdesk.casefile.kinds import PropertyKind, property_kinds
from execdesk.casefile.same import Thing, rows_of_things, things_among
from execdesk.casefile.view import CaseView, view_in
from execdesk.casework.property.entering import names_of, owners_of
from execdesk.law.fields import Field
from execdesk.records.property import Property


@options("kinds_of_things")
def kinds_of_things(context: FormContext) -> Pairs:
    """The kinds of property there are, by what they are."""
    return [(kind.id, kind.name) for kind in property_kinds(context.session.resources).all]


@parts("identifiers")
def identifiers(context: FormContext) -> tuple[Field, ...]:
    """What tells a property of the kind that the form is opened with, else chosen in it; that of the first kind before."""
    kinds = property_kinds(context.session.resources)
    chosen = context.told("kind")
    return asked_of(kinds.of(chosen) if chosen else kinds.all[0])


def asked_of(kind: PropertyKind) -> tuple[Field, ...]:
    """The identifiers of a kind as fields."""
    return tuple(Field(one.name, one.label, required=one.required, hint=one.help) for one in kind.identifiers)


@parts("identifiers_now")
def identifiers_now(context: FormContext) -> tuple[Field, ...]:
    """The identifiers of the kind of the thing that the form is about."""
    row = _row(context)
    return asked_of(property_kinds(context.session.resources).of(row.kind)) if row else ()


@start("identifiers_told")
def identifiers_told(context: FormContext) -> dict[str, str]:
    """The identifiers of the thing that the form is about, as they stand."""
    row = _row(context)
    return dict(row.identifiers) if row else {}


def things_in(view: CaseView) -> list[Thing]:
    """What is under control in the case and what its debtors own, each thing once."""

    def read() -> list[Thing]:
        rows = rows_of_things((party.id for party in view.debtors), (measure.property for measure in view.measures))
        return things_among(row for row in rows if row.struck is None)

    found: list[Thing] = view.once("property.things", read)
    return found


@options("property_rows")
def property_rows(context: FormContext) -> Pairs:
    """A row that is named, whoever owns it or nobody any more; in a case all rows of its things beside."""
    named = [row for row in (context.given.get("property"), context.given.get("other")) if isinstance(row, str)]
    rows = {row.id: row for row in Property.select().where(Property.id.in_(named), Property.struck.is_null())}
    of_case = {row.id: row for one in things_in(view_in(context)) for row in one.rows} if context.case else {}
    return [(key, row.words) for key, row in (of_case | rows).items()]


@options("things", within="property_rows")
def things(context: FormContext) -> Pairs:
    """The things of the case."""
    return [(one.rows[0].id, one.rows[0].words) for one in things_in(view_in(context))]


@options("thing_rows", within="property_rows")
def thing_rows(context: FormContext) -> Pairs:
    """All rows of the things of the case, with the day each was found."""
    return [(row.id, f"{row.words}（{row.found_on} 登记）") for one in things_in(view_in(context)) for row in one.rows]


@options("owners_told", open=True)  # the action takes the party too, and says who is entered
def owners_told(context: FormContext) -> Pairs:
    """Whose the thing that the form is about is entered as, each with his share."""
    row = _row(context)
    return [(one.id, f"{names_of([one])}{'' if one.share == '1' else f'（{one.share}）'}") for one in owners_of([row.id])] if row else []


@start("property.register.title")
def register_title(context: FormContext) -> str | None:
    """登记车辆: what is entered."""
    chosen = context.prefilled.get("kind")
    return f"登记{property_kinds(context.session.resources).of(str(chosen)).name}" if chosen else None


@start("thing")
def thing(context: FormContext) -> str | None:
    """The thing the form is about, else the first."""
    row = _row(context)
    return row.id if row else None


@start("twin")
def twin(context: FormContext) -> str | None:
    """A row that nobody has yet tied to the thing the form is about."""
    row = _row(context)
    found = next((one for one in things_in(view_in(context)) if row is not None and row.id in {each.id for each in one.rows}), None)
    return next(iter(found.untied), None) if found else None


def _row(context: FormContext) -> Property | None:
    found, about = things_in(view_in(context)), str(context.given.get("property") or context.target)
    return next((one.rows[0] for one in found if about in {row.id for row in one.rows}), found[0].rows[0] if found else None)
