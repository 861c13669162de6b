"""A tiny calculator for the formulas of ledgers, to compare a shown value; nothing else is ever evaluated.

Known are + - * / with numbers, cells, ranges and ROUND, MAX, MIN, SUM. Everything else is 「not computable」. openpyxl takes formulas apart
but computes none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from execdesk.intake.workbook import letter, position

MAX_LENGTH = 500  # longer formulas are lists of cells typed by hand; they are shown, not checked
MAX_DEPTH = 8  # a formula over a formula over a formula …
MAX_RANGE = 200_000  # cells of one range

Lookup = Callable[[int, str], "Decimal | str | None"]  # (row from 1, column letter) → number, text, or None if blank

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)"
    r"|(?P<range>\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7})"
    r"|(?P<name>(?:ROUND|MAX|MIN|SUM)(?=\s*\())"
    r"|(?P<cell>\$?[A-Z]{1,3}\$?\d{1,7}(?![A-Za-z0-9_(!.]))"
    r"|(?P<sign>[-+*/(),%]))"
)


class NotComputableError(Exception):
    """The formula uses something beyond the tiny calculator, or a text where it needs a number."""


def compute(formula: str, lookup: Lookup) -> Decimal | None:
    """The value of ``formula`` (with or without =) as Excel would show it; None where it cannot be computed here."""
    text = formula.removeprefix("=")
    if not text or len(text) > MAX_LENGTH:
        return None
    try:
        return _Parser(_tokens(text.upper()), lookup).whole()
    except (NotComputableError, InvalidOperation, ZeroDivisionError, RecursionError):
        return None


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match or match.lastgroup is None:
            raise NotComputableError(text[at:])
        found.append((match.lastgroup, match[match.lastgroup].replace("$", "")))
        at = match.end()
    return found


class _Parser:
    """Recursive descent over the tokens; values are Decimals."""

    def __init__(self, tokens: list[tuple[str, str]], lookup: Lookup) -> None:
        self._tokens = tokens
        self._lookup = lookup
        self._at = 0

    def whole(self) -> Decimal:
        value = self._sum()
        if self._at != len(self._tokens):
            raise NotComputableError
        return value

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _next(self) -> tuple[str, str]:
        token = self._peek()
        self._at += 1
        return token

    def _sum(self) -> Decimal:
        value = self._product()
        while self._peek() in (("sign", "+"), ("sign", "-")):
            value = value + self._product() if self._next()[1] == "+" else value - self._product()
        return value

    def _product(self) -> Decimal:
        value = self._factor()
        while self._peek() in (("sign", "*"), ("sign", "/")):
            value = value * self._factor() if self._next()[1] == "*" else value / self._factor()
        return value

    def _factor(self) -> Decimal:
        kind, text = self._next()
        if (kind, text) == ("sign", "-"):
            return -self._factor()
        if (kind, text) == ("sign", "+"):
            return self._factor()
        value = self._atom(kind, text)
        while self._peek() == ("sign", "%"):
            self._next()
            value /= 100
        return value

    def _atom(self, kind: str, text: str) -> Decimal:
        if kind == "number":
            return Decimal(text)
        if kind == "cell":
            return self._cell(text)
        if kind == "name":
            return _apply(text, list(self._arguments()))
        if (kind, text) == ("sign", "("):
            value = self._sum()
            if self._next() != ("sign", ")"):
                raise NotComputableError
            return value
        raise NotComputableError

    def _arguments(self) -> Iterator[list[Decimal]]:
        self._next()  # the bracket the token pattern has seen
        while True:
            if self._peek()[0] == "range":
                yield self._range(self._next()[1])
            else:
                yield [self._sum()]
            sign = self._next()
            if sign == ("sign", ")"):
                return
            if sign != ("sign", ","):
                raise NotComputableError

    def _cell(self, name: str) -> Decimal:
        column, row = _split(name)
        value = self._lookup(row, column)
        if isinstance(value, str):
            raise NotComputableError
        return value if value is not None else Decimal(0)

    def _range(self, text: str) -> list[Decimal]:
        (first, top), (last, bottom) = (_split(part) for part in text.split(":"))
        columns = [letter(i) for i in range(position(first), position(last) + 1)]
        if (bottom - top + 1) * len(columns) > MAX_RANGE:
            raise NotComputableError
        values = (self._lookup(row, column) for row in range(top, bottom + 1) for column in columns)
        return [value for value in values if isinstance(value, Decimal)]  # Excel passes over texts in a range


def _apply(name: str, arguments: list[list[Decimal]]) -> Decimal:
    if name == "ROUND":
        if len(arguments) != 2 or any(len(argument) != 1 for argument in arguments):
            raise NotComputableError
        places = int(arguments[1][0])
        if abs(places) > 12:
            raise NotComputableError
        return arguments[0][0].quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    values = [value for argument in arguments for value in argument]
    if name == "SUM":
        return sum(values, Decimal(0))
    if not values:
        return Decimal(0)
    return max(values) if name == "MAX" else min(values)


def _split(name: str) -> tuple[str, int]:
    found = re.fullmatch(r"([A-Z]+)(\d+)", name)
    if not found:
        raise NotComputableError
    return found[1], int(found[2])

