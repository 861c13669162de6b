"""The register of verbs: one verb, one function, one act; the window, the command line and scripts call them by name."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NewType

from execdesk.law.refusal import Refusal
from execdesk.law.words import parse_amount

Fen = NewType("Fen", int)


@dataclass(frozen=True)
class ActionField:
    """One value a verb takes: its name, kind, Chinese label, and whether it may be left out."""

    name: str
    kind: str
    label: str
    required: bool


@dataclass(frozen=True)
class Action:
    """A verb: its dotted name, title in Chinese, fields and function."""

    name: str
    title: str
    fields: tuple[ActionField, ...]
    run: Callable[..., Any]

    @property
    def of_case(self) -> bool:
        """Whether the verb is about one case."""
        return any(field.name == "case" for field in self.fields)


ACTIONS: dict[str, Action] = {}
_OTHER_ACTS = {
    "store.setup": "设立数据库", "session.open": "登录", "store.incarnation": "恢复为新的一代", "store.migration": "升级", "store.incident": "记录事件",
    "store.recovery": "启用恢复信封", "request.lapse": "批准失效",
}
_KINDS: dict[Any, str] = {str: "text", int: "number", bool: "choice", date: "day", Fen: "amount", list[str]: "list", dict[str, Any]: "map"}
_KIND_WORDS = {
    "text": "文字", "number": "整数", "choice": "是或否", "day": "年-月-日（如 2017-08-01）", "amount": "金额", "list": "几项，以顿号隔开", "map": "JSON 对象", "value": "JSON 值",
}


def action(name: str, title: str, /, **labels: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function ``f(session, *, field=…)`` under a name; ``labels`` give fields their Chinese names."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        hints = typing.get_type_hints(function)
        fields = tuple(
            ActionField(p.name, _kind(hints[p.name]), labels.get(p.name, p.name), p.default is inspect.Parameter.empty)
            for p in list(inspect.signature(function).parameters.values())[1:]
        )
        if name in ACTIONS:
            raise ValueError(f"verb {name} is registered twice")
        ACTIONS[name] = Action(name, title, fields, function)
        return function

    return register


def _kind(hint: Any) -> str:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        hint = next(h for h in typing.get_args(hint) if h is not type(None))
    return _KINDS.get(hint, "value")


def act_words(act: str) -> str:
    """The Chinese title of an act."""
    verb = ACTIONS.get(act)
    return verb.title if verb else _OTHER_ACTS.get(act, act)


def read_values(verb_: Action, texts: dict[str, str]) -> dict[str, Any]:
    """Values of a verb from text, as a script or command gives them.

    Raises:
        Refusal: ``act.field`` for an unknown or missing field or a text that cannot be read.
    """
    known = {field.name: field for field in verb_.fields}
    unknown = sorted(texts.keys() - known.keys())
    if unknown:
        raise Refusal(f"{verb_.title}没有「{'、'.join(unknown)}」这一项；可填：{'、'.join(known)}。", code="act.field")
    missing = [f.name for f in verb_.fields if f.required and f.name not in texts]
    if missing:
        raise Refusal(f"{verb_.title}还缺：{'、'.join(missing)}。", code="act.field")
    return {name: _read(known[name], text) for name, text in texts.items()}


def _read(field: ActionField, text: str) -> Any:
    try:
        if field.kind == "number":
            return int(text)
        if field.kind == "day":
            return date.fromisoformat(text)
        if field.kind == "choice":
            return text.strip().lower() in {"1", "true", "yes", "是"}
        if field.kind == "amount":
            return parse_amount(text)
        if field.kind == "list":
            return [part for part in text.replace("，", ",").replace("、", ",").split(",") if part]
        if field.kind in {"map", "value"}:
            import json

            return json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise Refusal(f"「{field.label}」读不懂「{text[:60]}」，请填写{_KIND_WORDS[field.kind]}。", code="act.field") from error
    return text
