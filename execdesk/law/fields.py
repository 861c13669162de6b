"""The language of fields: what a person or script gives an action, a calculator, a document; every refusal names the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from execdesk.law.days import add_months
from execdesk.law.entries import PARTED, entry_words, parts_words
from execdesk.law.kinds import KINDS
from execdesk.law.kinds import NO as NO
from execdesk.law.kinds import YES as YES
from execdesk.law.refusal import Refusal
from execdesk.law.spelling import visible
from execdesk.law.values import DatedValue

_EMPTY = frozenset({"choice"})  # where an empty value may be one of the options


@dataclass(frozen=True)
class Limits:
    """What bounds that are not plain figures are measured by: the day, and the figures of the law on it."""

    day: date
    figure: Callable[[str], DatedValue]

    def of(self, bound: str) -> tuple[Any, str]:
        """``today``, ``+10y``, ``-3y`` or ``law:detention.max`` as a value with the words that say why."""
        if bound.startswith("law:"):
            found = self.figure(bound[4:])
            return found.value, found.source
        if bound == "today":
            return self.day, "今天"
        years = int(bound[:-1])
        return add_months(self.day, 12 * years), f"今天{'起' if years > 0 else '往前'} {abs(years)} 年"


@dataclass(frozen=True)
class Field:
    """One value that a person or script gives, declared once with its owner: an action, a calculator, a document type.

    ``kind`` names an entry of :data:`KINDS`. ``options`` (value, words) belong to a choice, or name a provider that
    knows them, as ``start`` names one that knows the first value; ``default`` is text as typed. A field that is not ``required``
    reads ``None`` (lists: empty) from nothing. ``least`` and ``most`` are values, or bounds that :class:`Limits` measures.
    ``rare`` ones a form shows on asking; ``beside`` stands on the line of the one before; ``leads``: the rest of the form follows
    from it. ``of`` are the parts of a ``group`` or ``record``. ``dated`` names the figure whose items may be chosen, and the field
    with the day that counts. ``finds`` names a provider that knows which values words mean besides the words shown. A group with ``between`` is written in lines, these marks between the parts (all read, the first
    written); ``makes`` is what a rule is given of each entry. ``parts`` names a provider of the fields that a form shows in place of a
    free map, or for each item of a figure; ``where`` one that says whether the field says anything as the form is opened. ``held``: one of the options or nothing, even where
    there are none; ``spelt`` tells the value that another spelling of one means.
    """

    name: str
    label: str
    kind: str = "text"
    default: str = ""
    required: bool = True
    options: tuple[tuple[Any, str], ...] | str = ()
    hint: str = ""
    rare: bool = False
    dated: tuple[str, str] = ("", "")
    finds: Callable[[str], Sequence[Any]] | str = ""
    unit: str = ""
    start: str = ""
    least: Any = None
    most: Any = None
    beside: bool = False
    leads: bool = False
    of: tuple[Field, ...] = ()
    between: tuple[str, ...] = ()
    makes: Callable[..., Any] | None = None
    parts: str = ""
    where: str = ""
    least_words: str = ""
    most_words: str = ""
    held: bool = False
    spelt: Callable[[str], Any] | None = None

    @property
    def pairs(self) -> tuple[tuple[Any, str], ...]:
        """The closed list of a choice, empty where a provider knows it."""
        return () if isinstance(self.options, str) else self.options

    @property
    def words(self) -> str:
        """How it is written, with an example where it has parts."""
        if self.between:
            return f"{entry_words(self)}，可以几项"
        return parts_words(self) if self.kind in PARTED else KINDS[self.kind].words

    def read(self, text: str) -> Any:
        """The value behind ``text``; Refusal ``field.missing`` or ``field.value``, naming the field."""
        typed = text.strip() or self.default
        if not typed:
            if self.required:
                raise Refusal(f"请填写「{self.label}」。", code="field.missing", field=self.name)
            return () if self.kind == "group" else None
        try:
            kind = KINDS[self.kind]
            found = kind.check(self, kind.read(self, typed))
        except Refusal as refusal:
            raise Refusal(self._worded(refusal), code="field.value", field=self._meant(refusal)) from refusal
        return self._said(found)

    def take(self, value: Any) -> Any:
        """A value as window or script gives it, in its plain form and within its bounds; ``None`` where nothing is given.

        Raises:
            Refusal: ``field.missing``, ``field.value`` or the code of the check of its kind, naming the field.
        """
        kind = KINDS[self.kind]
        if value is None or (isinstance(value, str) and not value.strip()):
            if self.required:
                raise Refusal(f"请填写「{self.label}」。", code="field.missing", field=self.name)
            return "" if value is not None and kind.holds is str else None
        try:
            told = kind.read(self, value) if isinstance(value, str) and kind.holds is not str else value
            found = kind.check(self, told)
        except Refusal as refusal:
            raise Refusal(self._worded(refusal), code=refusal.code, clauses=refusal.clauses, ways=refusal.ways, field=self._meant(refusal)) from refusal
        return self._said(found)

    def _meant(self, refusal: Refusal) -> str:
        """The field of a form that it is about: the part of a record, else the field itself."""
        return refusal.field if refusal.field and self.kind == "record" else self.name

    def _worded(self, refusal: Refusal) -> str:
        """Its words after the field's name; what was typed is shown in them without unseen signs."""
        return " ".join(part for part in visible(f"「{self.label}」：{refusal.text}").split("\t") if part)

    def _said(self, found: Any) -> Any:
        """What was read, if it says anything: signs that nobody sees are no reason and no name."""
        if self.required and found == "" and self.kind not in _EMPTY:
            raise Refusal(f"请填写「{self.label}」。", code="field.missing", field=self.name)
        return found

    def within(self, limits: Limits) -> Field:
        """The field with its bounds measured."""
        found: dict[str, Any] = {}
        for name in ("least", "most"):
            bound = getattr(self, name)
            if isinstance(bound, str):
                found[name], found[f"{name}_words"] = limits.of(bound)
        parts = tuple(part.within(limits) for part in self.of)
        return replace(self, **found, of=parts) if found or parts != self.of else self


def read_all(fields: tuple[Field, ...], values: Mapping[str, str]) -> dict[str, Any]:
    """Every field's value; Refusal ``field.unknown`` for a value no field asks for."""
    unknown = set(values) - {field.name for field in fields}
    if unknown:
        known = "、".join(field.name for field in fields)
        raise Refusal(f"没有名为「{'、'.join(sorted(unknown))}」的栏目，可填：{known}。", code="field.unknown")
    return {field.name: field.read(values.get(field.name, "")) for field in fields}
