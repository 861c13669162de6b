"""Forms: the fields of an action as they are shown, with options, starting values and bounds as they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from execdesk.access.providers import (
    CONSENT,
    PARTS,
    SO_FAR,
    STARTS,
    TARGET,
    WHERE,
    FormContext,
    Hearing,
    Words,
    lacking,
    with_options,
)
from execdesk.access.register import ACTIONS, Action
from execdesk.access.session import Session
from execdesk.law.fields import Field, Limits
from execdesk.law.refusal import Refusal

SECOND = frozenset({"witness", "witness_password", "recovery_code"})  # what is filled in once the words were read


@dataclass(frozen=True)
class FormField:
    """A field with its options and bounds as they stand, and the value it starts with; what it ``follows``: the fields, and
    :data:`TARGET` for the row the form is about, from which options, parts or starting value were read."""

    field: Field
    value: Any = None
    follows: frozenset[str] = frozenset()

    def is_led_by(self, leading: Field) -> bool:
        """Whether it shows something else once another value is chosen in ``leading``."""
        return leading.name != self.field.name and (leading.name in self.follows or (bool(leading.start) and TARGET in self.follows))


@dataclass(frozen=True)
class FormShown:
    """The form of an action. ``given`` are values that are not shown; ``matter`` is whose approval is shown; ``second`` are the fields
    that a second person fills in once he has read what is to be done (:func:`consent_words`), none where there is no second person.
    ``so_far`` says in a line where what is filled in stands, where somebody knows."""

    action: str
    title: str
    button: str
    note: str
    done: str
    to_draft: bool
    matter: str
    fields: tuple[FormField, ...]
    given: Mapping[str, Any]
    second: frozenset[str] = frozenset()
    prints: str = ""  # the read that makes pages of the values once it is done
    so_far: Callable[[Mapping[str, Any]], str] | None = None


def consent_words(session: Session, action: str, values: Mapping[str, Any]) -> Words:
    """Exactly what an action will do, for all present to read before anybody consents; refuses what it would refuse."""
    return CONSENT[action](session, values)


def is_of_two(action: str) -> bool:
    """Whether an action is done by two persons, each with his own password."""
    return action in CONSENT and any(field.name in SECOND for field in ACTIONS[action].fields)


def is_told(action: str) -> bool:
    """Whether an action says in words what it will do before it is done."""
    return action in CONSENT


def require_providers() -> None:
    """Return if every provider that a field of an action names is registered by some room.

    Raises:
        ValueError: naming those that are not.
    """
    missing = [f"{action.name}.{one.name}: {name}" for action in ACTIONS.values() for one in _all_fields(action.fields) for name in lacking(one)]
    missing += [f"{action.name}: {action.matter}" for action in ACTIONS.values() if action.matter.startswith("@") and action.matter[1:] not in STARTS]
    if missing:
        raise ValueError(f"actions name providers that nobody registered: {missing}")


def _all_fields(fields: Sequence[Field]) -> list[Field]:
    return [one for outer in fields for one in (outer, *_all_fields(outer.of))]


def form(session: Session, /, action: str, **about: Any) -> FormShown:
    """The form of an action as it stands; ``about`` are parts of :class:`FormContext`: case, target, given, prefilled, chosen, on."""
    return form_of(action, FormContext(session, **about))


def form_of(name: str, context: FormContext) -> FormShown:
    """The form of an action as it stands in ``context``. A field that says nothing here is not asked for; a value told of it
    is given. A starting value called after the action, with ``.title``, names the form; one with ``.note`` stands after its note.

    Raises:
        Refusal: ``act.unknown``.
    """
    action = ACTIONS.get(name)
    if action is None:
        raise Refusal(f"没有「{name}」这个事项。", code="act.unknown")
    silent = {one.name for one in action.fields if one.where and not WHERE[one.where](context)}
    given = {**{name: context.prefilled[name] for name in silent & context.prefilled.keys()}, **context.given}
    if action.of_case and context.case:
        given["case"] = context.case
    shown = tuple(form_field(one, context) for one in action.fields if is_shown(one, given) and one.name not in silent)
    title, more = (STARTS[f"{name}.{part}"](context) if f"{name}.{part}" in STARTS else None for part in ("title", "note"))
    return FormShown(
        name, title or action.title, action.button or action.title, "\n".join(filter(None, (action.note, more))), action.done or f"已{action.button or action.title}。", action.to_draft,
        _matter(action, context), shown, {key: value for key, value in given.items() if any(key == one.name for one in action.fields)},
        SECOND if is_of_two(name) else frozenset(), action.prints, SO_FAR.get(name),
    )


def is_shown(one: Field, given: Mapping[str, Any]) -> bool:
    """Whether a person fills it: not what is given already, no reference to a row that he could not choose, no free map."""
    return one.name not in given and not (one.kind in ("row", "version") and not one.options) and (one.kind != "map" or bool(one.parts))


def form_field(one: Field, context: FormContext) -> FormField:
    """A field as it stands in ``context``."""
    context = Hearing.of(context)
    if one.parts:  # a free map becomes a record, a figure of several items their list
        one = replace(one, kind=one.kind if one.kind == "figure" else "record", of=PARTS[one.parts](context))
    session = context.session
    limits = Limits(session.day, lambda key: session.law.value(key, session.day))
    found = with_options(one, context).within(limits)
    value = _start_of(found, context)
    return FormField(found, value, frozenset(context.heard))


def _start_of(found: Field, context: FormContext) -> Any:
    if found.name in context.prefilled:
        value = context.prefilled[found.name]
        return next((key for key, words in found.pairs if value in (key, words)), None if found.pairs else value)
    if found.start:
        return STARTS[found.start](context)
    return found.read(found.default) if found.default else None


def led_by(leading: Field, value: Any, target: str, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """What :func:`form` is asked for when ``value`` is chosen in a field that leads the rest, beside values ``chosen`` before: the row it is about
    is the one chosen where the field starts from that row, else stays ``target``."""
    return {"target": str(value or "") if leading.start else target, "chosen": {**chosen, leading.name: value}}


def _matter(action: Action, context: FormContext) -> str:
    if action.matter.startswith("@"):
        return str(STARTS[action.matter[1:]](context) or "")
    return action.matter


@dataclass(frozen=True)
class Begun:
    """An action that is begun by filling a form: its name and title, whether it is of one case, its place in the menu of a case."""

    name: str
    title: str
    of_case: bool
    menu: int


def begun_by_form() -> tuple[Begun, ...]:
    """All actions with something to fill, those of the menu of a case first in its order."""
    found = [Begun(a.name, a.title, a.of_case, a.menu) for a in ACTIONS.values() if any(is_shown(one, {"case": ""}) for one in a.fields)]
    return tuple(sorted(found, key=lambda one: (one.menu == 0, one.menu, one.name)))
