"""Named providers over a case and a session: what a field may be chosen from, where it starts, whether it says anything.

A room registers those it knows. A list of options is closed: an action takes nothing else, whoever does it, unless the list says that it
is ``open`` or that what is chosen is held to a wider list ``within`` which it offers the likely part of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.law.fields import Field

Pairs = Sequence[tuple[Any, str]]
Words = tuple[tuple[str, str], ...]  # label and words
TARGET = ""  # under what name the row that a form is about is asked for


@dataclass
class FormContext:
    """What a form is opened with: the session, the case (row id, empty where the action is of none), the row it is about, values that
    are ``given`` and not asked for, values ``prefilled`` that it starts with, values ``chosen`` by now in the fields that lead it, the day it
    is about (today where none is told). ``memory`` keeps what providers have read for each other, ``heard`` what they asked by name.
    Where an action is done, all its values are given."""

    session: Session
    case: str = ""
    target: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    prefilled: Mapping[str, Any] = field(default_factory=dict)
    on: date | None = None
    memory: dict[str, Any] = field(default_factory=dict)
    chosen: Mapping[str, Any] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)

    @property
    def day(self) -> date:
        """The day the form is about."""
        return self.on or self.session.day

    def told(self, name: str) -> str:
        """What is chosen by now, else given, else prefilled under a name, as text; empty where none is."""
        self.heard.add(name)
        return str(self.chosen.get(name) or self.given.get(name) or self.prefilled.get(name) or "")


class Hearing(FormContext):
    """A context that also hears who asks which row the form is about: as :data:`TARGET` in ``heard``."""

    def __getattribute__(self, name: str) -> Any:
        if name == "target":
            self.heard.add(TARGET)
        return super().__getattribute__(name)

    @classmethod
    def of(cls, context: FormContext) -> Hearing:
        """The same context, in which nothing was heard yet."""
        return cls(**{**vars(context), "heard": set()})


@dataclass(frozen=True)
class _List:
    """A list of options; ``case`` tells whose case a value is of, ``spelt`` the value that another spelling means."""

    pairs: Callable[[FormContext], Pairs]
    open: bool
    within: str
    case: Callable[[str], str] | None
    spelt: Callable[[str], Any] | None


_LISTS: dict[str, _List] = {}
STARTS: dict[str, Callable[[FormContext], Any]] = {}
FINDS: dict[str, Callable[[FormContext], Callable[[str], Sequence[Any]]]] = {}
PARTS: dict[str, Callable[[FormContext], tuple[Field, ...]]] = {}
WHERE: dict[str, Callable[[FormContext], bool]] = {}
CONSENT: dict[str, Callable[[Session, Mapping[str, Any]], Words]] = {}
SO_FAR: dict[str, Callable[[Mapping[str, Any]], str]] = {}


def options(
    name: str, *, open: bool = False, within: str = "", case: Callable[[str], str] | None = None, spelt: Callable[[str], Any] | None = None,
) -> Callable[[Callable[[FormContext], Pairs]], Callable[[FormContext], Pairs]]:
    """Register who knows the options called ``name``: (value, words) pairs over a :class:`FormContext`.

    An action takes one of them and nothing else. ``open``: it takes any other text too. ``within`` names the wider list it takes, where
    the options are what is likely and the action says best why another of the wider list will not do. ``case`` tells the case (row id,
    empty for none) that a value is of, for actions that name no case. ``spelt`` tells the value that another spelling means, or None.
    """

    def register(provider: Callable[[FormContext], Pairs]) -> Callable[[FormContext], Pairs]:
        _registered(_LISTS, name)(_List(provider, open, within, case, spelt))
        return provider

    return register


def start(name: str) -> Callable[[Callable[[FormContext], Any]], Callable[[FormContext], Any]]:
    """Register who knows the starting value called ``name``; ``None`` for none."""
    return _registered(STARTS, name)


def finds(name: str) -> Callable[[Callable[[FormContext], Callable[[str], Sequence[Any]]]], Callable[[FormContext], Callable[[str], Sequence[Any]]]]:
    """Register who knows which values of a choice words mean, for a list that is searched while one types."""
    return _registered(FINDS, name)


def parts(name: str) -> Callable[[Callable[[FormContext], tuple[Field, ...]]], Callable[[FormContext], tuple[Field, ...]]]:
    """Register who knows the fields called ``name`` that stand in place of a free map."""
    return _registered(PARTS, name)


def where(name: str) -> Callable[[Callable[[FormContext], bool]], Callable[[FormContext], bool]]:
    """Register who knows whether a field says anything as the form is opened."""
    return _registered(WHERE, name)


def consent(action: str) -> Callable[[Callable[[Session, Mapping[str, Any]], Words]], Callable[[Session, Mapping[str, Any]], Words]]:
    """Register who says in words what an action of two persons will do, given its values."""
    return _registered(CONSENT, action)


def so_far(action: str) -> Callable[[Callable[[Mapping[str, Any]], str]], Callable[[Mapping[str, Any]], str]]:
    """Register who says, while the form of an action is filled, where what is filled in so far stands: one line, read at each change.

    It is told what stands in the fields by name, ``None`` where a field is empty or wrong, and reads nothing else.
    """
    return _registered(SO_FAR, action)


def _registered(known: dict[str, Any], name: str) -> Callable[[Any], Any]:
    def register(provider: Any) -> Any:
        if name in known:
            raise TypeError(f"provider {name} is registered twice")
        known[name] = provider
        return provider

    return register


def lacking(one: Field) -> list[str]:
    """The providers that a field names and no room has registered."""
    named = (one.options if isinstance(one.options, str) else "", one.finds if isinstance(one.finds, str) else "", one.start, one.parts, one.where)
    known: tuple[Mapping[str, Any], ...] = (_LISTS, FINDS, STARTS, PARTS, WHERE)
    found = [name for name, registered in zip(named, known, strict=True) if name and name not in registered]
    wider = _LISTS[named[0]].within if named[0] in _LISTS else ""
    return [*found, wider] if wider and wider not in _LISTS else found


def with_options(one: Field, context: FormContext) -> Field:
    """A field and its parts with the options that a form offers."""
    of = tuple(with_options(part, context) for part in one.of)
    if isinstance(one.finds, str) and one.finds:
        one = replace(one, finds=FINDS[one.finds](context))
    if isinstance(one.options, str):
        return replace(one, options=tuple(_LISTS[one.options].pairs(context)), of=of)
    return replace(one, of=of) if of != one.of else one


def is_closed(one: Field) -> bool:
    """Whether a field is chosen from a list that an action is held to."""
    return one.kind in ("choice", "many") and isinstance(one.options, str) and not _LISTS[one.options].open


def held(one: Field, context: FormContext) -> Field:
    """A field and its parts as an action takes them: a closed list with all that may be chosen, an open one without.

    An action that names no case is of the case of the first row it is given.
    """
    of = tuple(held(part, context) for part in one.of)
    if not is_closed(one):
        return replace(one, of=of) if of != one.of else one
    known = _LISTS[str(one.options)]
    known = _LISTS[known.within] if known.within else known
    value = context.given.get(one.name)
    if known.case is not None and not context.case and isinstance(value, str):
        context.case = known.case(value)
    none = known.case is not None and not context.case  # no such row at all
    return replace(one, options=() if none else tuple(known.pairs(context)), held=True, spelt=known.spelt, of=of)
