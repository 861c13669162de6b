"""The language of document texts: ``{slot}``, ``〔a|b〕`` one of these, ``［…］`` only if known, ``{@claim}`` behind a sentence that states a
fact which the case must record. Parsing and rendering, no facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_YEAR = re.compile(r"〔\d{4}〕")  # 法释〔2015〕5号 is no choice


class TemplateError(ValueError):
    """A text that cannot be read; the message says where in Chinese."""


class Scope(Protocol):
    """What a template asks of the facts."""

    def has(self, name: str) -> bool:
        """Whether the slot has a value."""

    def text(self, name: str) -> str:
        """The printed value, or a mark that it is missing."""

    def choice(self, name: str) -> str | None:
        """The chosen alternative as it stands in the text, ``None`` if nobody chose."""

    def blank(self, name: str) -> str:
        """The mark for a missing value."""

    def holds(self, claim: str) -> bool:
        """Whether the case records what a sentence claims."""

    def claim(self, claim: str) -> str:
        """Nothing where the case records what a printed sentence claims, else the mark for what is missing."""


@dataclass(frozen=True)
class PlainWords:
    """A scope over plain words: what is not among them is left out, and nothing is claimed."""

    values: Mapping[str, str]

    def has(self, name: str) -> bool:
        return bool(self.values.get(name))

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def choice(self, name: str) -> str | None:
        return self.values.get(name)

    def blank(self, name: str) -> str:
        return ""

    def holds(self, claim: str) -> bool:
        return True

    def claim(self, claim: str) -> str:
        return ""


@dataclass(frozen=True)
class SlotRef:
    """``{name}``."""

    name: str


@dataclass(frozen=True)
class ClaimRef:
    """``{@name}``: what the words before it claim; nothing is printed for it."""

    name: str


@dataclass(frozen=True)
class Choice:
    """``〔a|b〕``, bound to the choice slot that lists the same alternatives."""

    name: str
    raw: tuple[str, ...]
    options: tuple[Template, ...]


@dataclass(frozen=True)
class Optional:
    """``［…］``: printed when every slot in it has a value and every claim in it holds, or when the flag slot with this text is set."""

    flag: str
    inner: Template


@dataclass(frozen=True)
class Template:
    """A parsed text."""

    raw: str
    nodes: tuple[Node, ...]

    def slots(self) -> Iterator[str]:
        """Names of all slots, those of choices and flags included."""
        for node in self.nodes:
            if isinstance(node, SlotRef):
                yield node.name
            elif isinstance(node, Choice):
                yield node.name
                for option in node.options:
                    yield from option.slots()
            elif isinstance(node, Optional):
                if node.flag:
                    yield node.flag
                yield from node.inner.slots()

    def claims(self, *, optional: bool = True) -> Iterator[str]:
        """Names of all claims, or only of those that no ［…］ leaves out."""
        for node in self.nodes:
            if isinstance(node, ClaimRef):
                yield node.name
            elif isinstance(node, Choice):
                for option in node.options:
                    yield from option.claims(optional=optional)
            elif isinstance(node, Optional) and optional:
                yield from node.inner.claims()

    def render(self, scope: Scope) -> str:
        """The text with ``scope``'s values; missing ones are marked, never guessed."""
        return "".join(_render(node, scope) for node in self.nodes)


Node = str | SlotRef | ClaimRef | Choice | Optional


def parse(text: str, choices: Mapping[tuple[str, ...], str], flags: Mapping[str, str]) -> Template:
    """Read ``text``; ``choices`` name the slot of each list of alternatives, ``flags`` that of each optional text without slots."""
    template, end = _read(text, 0, "", choices, flags)
    if end != len(text):
        raise TemplateError(f"多出的「{text[end]}」：{text}")
    return template


def _render(node: Node, scope: Scope) -> str:
    if isinstance(node, str):
        return node
    if isinstance(node, ClaimRef):
        return scope.claim(node.name)
    if isinstance(node, SlotRef):
        return scope.text(node.name)
    if isinstance(node, Optional):
        return node.inner.render(scope) if _wanted(node, scope) else ""
    chosen = scope.choice(node.name)
    if chosen not in node.raw:
        return scope.blank(node.name)
    return node.options[node.raw.index(chosen)].render(scope)


def _wanted(node: Optional, scope: Scope) -> bool:
    if node.flag:
        return scope.has(node.flag)
    return all(scope.has(name) for name in node.inner.slots()) and all(scope.holds(name) for name in node.inner.claims())


def _read(
    text: str, start: int, closers: str, choices: Mapping[tuple[str, ...], str], flags: Mapping[str, str]
) -> tuple[Template, int]:
    nodes: list[Node] = []
    at = start
    while at < len(text) and text[at] not in closers:
        sign = text[at]
        if sign == "{":
            found = _NAME.match(text, at + (2 if text.startswith("{@", at) else 1))
            if not found or text[found.end() : found.end() + 1] != "}":
                raise TemplateError(f"空位名写法不对：{text[at : at + 12]}")
            nodes.append(ClaimRef(found[0]) if text.startswith("{@", at) else SlotRef(found[0]))
            at = found.end() + 1
        elif sign == "〔" and not _YEAR.match(text, at):
            choice, at = _read_choice(text, at, choices, flags)
            nodes.append(choice)
        elif sign == "［":
            optional, at = _read_optional(text, at, choices, flags)
            nodes.append(optional)
        elif sign in "}］" or (sign == "〕" and not _YEAR.match(text, at - 5)):
            raise TemplateError(f"多出的「{sign}」：{text}")
        else:
            _append(nodes, sign)
            at += 1
    return Template(text[start:at], tuple(nodes)), at


def _append(nodes: list[Node], sign: str) -> None:
    if nodes and isinstance(nodes[-1], str):
        nodes[-1] += sign
    else:
        nodes.append(sign)


def _read_choice(
    text: str, start: int, choices: Mapping[tuple[str, ...], str], flags: Mapping[str, str]
) -> tuple[Choice, int]:
    options: list[Template] = []
    at = start
    while at < len(text) and text[at] != "〕":
        option, at = _read(text, at + 1, "|〕", choices, flags)
        options.append(option)
    if at >= len(text) or len(options) < 2:
        raise TemplateError(f"〔…|…〕没有写完：{text[start:]}")
    raw = tuple(option.raw for option in options)
    if raw not in choices:
        raise TemplateError(f"没有与〔{'|'.join(raw)}〕对应的选择项")
    return Choice(choices[raw], raw, tuple(options)), at + 1


def _read_optional(
    text: str, start: int, choices: Mapping[tuple[str, ...], str], flags: Mapping[str, str]
) -> tuple[Optional, int]:
    inner, at = _read(text, start + 1, "］", choices, flags)
    if at >= len(text):
        raise TemplateError(f"［…］没有写完：{text[start:]}")
    flag = flags.get(inner.raw, "")
    if not flag and not any(True for _ in (*inner.slots(), *inner.claims())):
        raise TemplateError(f"［{inner.raw}］里没有空位、没有所述事实，也没有对应的开关项")
    return Optional(flag, inner), at + 1
