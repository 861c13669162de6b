"""Forms: the fields of an action as they are shown, with options, starting values and bounds as they stand.

Options and starting values are named providers over the case and the session; a room registers those it knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from execdesk.access.actions import ACTIONS, Action
from execdesk.access.session import Session
from execdesk.law.fields import Field, Limits
from execdesk.law.refusal import Refusal

Pairs = Sequence[tuple[Any, str]]


@dataclass
class FormContext:
    """What a form is opened with: the session, the case (row id, empty where the action is of none), the row it is about, values that
    are given already. ``memory`` keeps what providers have read for each other."""

    session: Session
    case: str = ""
    target: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FormField:
    """A field with its options and bounds as they stand, and the value it starts with."""

    field: Field
    value: Any = None


@dataclass(frozen=True)
class FormShown:
    """The form of an action. ``given`` are values that are not shown; ``matter`` is whose approval is shown."""

    action: str
    title: str
    button: str
    note: str
    done: str
    to_draft: bool
    matter: str
    fields: tuple[FormField, ...]
    given: Mapping[str, Any]


_OPTIONS: dict[str, Callable[[FormContext], Pairs]] = {}
_STARTS: dict[str, Callable[[FormContext], Any]] = {}


def options(name: str) -> Callable[[Callable[[FormContext], Pairs]], Callable[[FormContext], Pairs]]:
    """Register who knows the options called ``name``: (value, words) pairs over a :class:`FormContext`."""
    return _registered(_OPTIONS, name)


def start(name: str) -> Callable[[Callable[[FormContext], Any]], Callable[[FormContext], Any]]:
    """Register who knows the starting value called ``name``; ``None`` for none."""
    return _registered(_STARTS, name)


def _registered(known: dict[str, Any], name: str) -> Callable[[Any], Any]:
    def register(provider: Any) -> Any:
        if name in known:
            raise TypeError(f"provider {name} is registered twice")
        known[name] = provider
        return provider

    return register


def unknown_providers() -> list[str]:
    """Providers that a field of an action names and no room has registered."""
    lacking = []
    for action in ACTIONS.values():
        for one in _all_fields(action.fields):
            wanted = [(_OPTIONS, one.options if isinstance(one.options, str) else ""), (_STARTS, one.start)]
            lacking += [f"{action.name}.{one.name}: {name}" for known, name in wanted if name and name not in known]
        if action.matter.startswith("@") and action.matter[1:] not in _STARTS:
            lacking.append(f"{action.name}: {action.matter}")
    return lacking


def _all_fields(fields: Sequence[Field]) -> list[Field]:
    return [one for outer in fields for one in (outer, *_all_fields(outer.of))]


def form_of(name: str, context: FormContext) -> FormShown:
    """The form of an action as it stands in ``context``.

    Raises:
        Refusal: ``act.unknown``.
    """
    action = ACTIONS.get(name)
    if action is None:
        raise Refusal(f"没有「{name}」这个事项。", code="act.unknown")
    given = dict(context.given)
    if action.of_case and context.case:
        given["case"] = context.case
    shown = tuple(form_field(one, context) for one in action.fields if is_shown(one, given))
    return FormShown(
        name, action.title, action.button or action.title, action.note, action.done or f"已{action.button or action.title}。", action.to_draft,
        _matter(action, context), shown, {key: value for key, value in given.items() if any(key == one.name for one in action.fields)},
    )


def is_shown(one: Field, given: Mapping[str, Any]) -> bool:
    """Whether a person fills it: not what is given already, no reference to a row that he could not choose, no free map."""
    return one.name not in given and not (one.kind in ("row", "version") and not one.options) and one.kind != "map"


def form_field(one: Field, context: FormContext) -> FormField:
    """A field as it stands in ``context``."""
    session = context.session
    limits = Limits(session.day, lambda key: session.law.value(key, session.day))
    found = _with_options(one, context).within(limits)
    return FormField(found, _STARTS[one.start](context) if one.start else found.read(found.default) if found.default else None)


def _with_options(one: Field, context: FormContext) -> Field:
    parts = tuple(_with_options(part, context) for part in one.of)
    if isinstance(one.options, str):
        return replace(one, options=tuple(_OPTIONS[one.options](context)), of=parts)
    return replace(one, of=parts) if parts != one.of else one


def _matter(action: Action, context: FormContext) -> str:
    if action.matter.startswith("@"):
        return str(_STARTS[action.matter[1:]](context) or "")
    return action.matter
