"""The register of actions: one function, its fields and words, one act; window, command line and scripts call them by name."""

from __future__ import annotations

import functools
import inspect
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from execdesk.access.providers import FormContext, held
from execdesk.access.session import Session
from execdesk.law.fields import Field, Limits
from execdesk.law.kinds import KINDS, LINE
from execdesk.law.kinds import Fen as Fen
from execdesk.law.refusal import Refusal
from execdesk.law.spelling import visible
from execdesk.store.renaming import today

CASE = Field("case", "案件", "row")


@dataclass(frozen=True)
class Action:
    """What a person can do: its dotted name, title, fields and function, and the words of its form.

    ``button`` and ``done`` say it before and after, ``note`` stands beside the form; ``matter`` is whose approval is shown (a matter,
    or ``@`` and the provider that knows it); ``to_draft``: the paper it made is opened;
    ``prints`` names the read that makes pages of the same values, which then go to the printer; ``menu`` orders it among the things that can
    be done in a case at any time, 0 is not among them.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    run: Callable[..., Any]
    button: str = ""
    note: str = ""
    done: str = ""
    matter: str = ""
    to_draft: bool = False
    menu: int = 0
    prints: str = ""

    @property
    def of_case(self) -> bool:
        """Whether the action is about one case."""
        return any(field.name == CASE.name for field in self.fields)

    def take(self, session: Session, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values checked by their fields; those that are nothing are left out.

        Raises:
            Refusal: ``act.field`` for an unknown or missing one, else as :meth:`Field.take`.
        """
        self._require_known(values)
        limits = Limits(session.day, lambda key: session.law.value(key, session.day))
        told = {name: _looked_up(value) for name, value in values.items() if isinstance(value, str)}
        taken: dict[str, Any] = {}
        context = FormContext(session)
        for field in sorted(self.fields, key=lambda one: one.name != CASE.name):  # what may be chosen follows from the case, then from what was chosen before
            if field.name in values:
                context.given = {**told, **taken}
                taken[field.name] = held(field, context).within(limits).take(values[field.name])
                context.case = str(taken.get(CASE.name) or context.case)
        return {name: value for name, value in taken.items() if value is not None}

    def read(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """Values from text, as a script or command gives them.

        Raises:
            Refusal: ``act.field`` for an unknown or missing field or a text that cannot be read.
        """
        self._require_known(texts)
        known = {field.name: field for field in self.fields}
        return {name: _read(known[name], text) for name, text in texts.items()}

    def _require_known(self, values: Mapping[str, Any]) -> None:
        known = {field.name for field in self.fields}
        unknown = sorted(values.keys() - known)
        if unknown:
            raise Refusal(f"{self.title}没有「{'、'.join(unknown)}」这一项；可填：{'、'.join(f.name for f in self.fields)}。", code="act.field")
        missing = [f.name for f in self.fields if f.required and values.get(f.name) is None]
        if missing:
            raise Refusal(f"{self.title}还缺：{'、'.join(missing)}。", code="act.field", field=missing[0])


ACTIONS: dict[str, Action] = {}
_OTHER_ACTS = {
    "store.setup": "设立数据库", "session.open": "登录", "store.incarnation": "恢复为新的一代", "store.migration": "升级", "store.incident": "记录事件",
    "request.lapse": "批准失效",
}


def action(
    name: str, title: str, /, *fields: Field, button: str = "", note: str = "", done: str = "", matter: str = "", to_draft: bool = False, menu: int = 0,
    prints: str = "",
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function ``f(session, *, field=…)`` under a name with its fields; it then takes only values that they let through.

    Raises:
        TypeError: where the parameters of the function are not its fields: by name, type and whether they may be left out.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        if name in ACTIONS:
            raise TypeError(f"action {name} is registered twice")
        _agree(name, function, fields)

        @functools.wraps(function)
        def run(session: Session, /, **values: Any) -> Any:
            return function(session, **made.take(session, values))

        made = Action(name, title, fields, run, button, note, done, matter, to_draft, menu, prints)
        ACTIONS[name] = made
        return run

    return register


def _parameters(function: Callable[..., Any]) -> dict[str, tuple[Any, bool]]:
    hints = typing.get_type_hints(function)
    found = list(inspect.signature(function).parameters.values())[1:]
    return {p.name: (_plain(hints[p.name]), p.default is inspect.Parameter.empty) for p in found}


def _plain(hint: Any) -> Any:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return next(h for h in typing.get_args(hint) if h is not type(None))
    return hint


def _agree(name: str, function: Callable[..., Any], fields: tuple[Field, ...]) -> None:
    declared = {field.name: (KINDS[field.kind].holds, field.required) for field in fields}
    taken = _parameters(function)
    if declared != taken or len(declared) != len(fields):
        raise TypeError(f"action {name}: its fields {declared} are not its parameters {taken}")


def act_words(act: str) -> str:
    """The Chinese title of an act."""
    found = ACTIONS.get(today(act))
    return found.title if found else _OTHER_ACTS.get(act, act)


def acts_in_words(text: str) -> str:
    """A sentence of the store, which knows acts by their names only, with their titles in the place of the names."""
    return re.sub(r"（([a-z_]+\.[a-z_]+)）", lambda found: f"（{act_words(found[1])}）", text)


def _looked_up(text: str) -> str:
    """A text that no field has taken yet, as lists of options may look it up and name it."""
    return " ".join(visible(text).split())[:LINE]


def _read(field: Field, text: str) -> Any:
    kind = KINDS[field.kind]
    try:
        return kind.read(field, text)
    except Refusal as refusal:
        raise Refusal(f"「{field.label}」读不懂「{text[:60]}」，请填写{field.words}。", code="act.field") from refusal
