"""A figure typed by a person, read as its unit wants it; and written back the way it may be typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from execdesk.law.numerals import normalise, parse_day
from execdesk.law.refusal import Refusal
from execdesk.law.shapes import TABLE, TIERS, Shape, shape_of
from execdesk.law.units import UNITS

WORDS = frozenset({"rule", "text", "doc", "template", "formula"})
DECIMALS = frozenset({"ratio", "ratio_of_previous_start", "ratio_of_appraisal", "ratio_of_start_price", "per_day"})
RANGES = frozenset({"month_range", "year_range", "CNY_range"})
_YES, _NO = {"是", "有", "true", "True"}, {"否", "无", "false", "False"}
_BETWEEN = re.compile(r"[、,，;；\s]+")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_FIGURE = re.compile(r"\d+(\.\d+)?")


def read_value(unit: str, text: str, before: Any = None) -> Any:
    """The value behind ``text`` in ``unit``: 12, 70% or 0.70, 是, 2018-02-01, 甲；乙; tiers and tables where the figure it corrects,
    ``before``, has them.

    Raises:
        Refusal: ``law.value`` saying what the unit wants; which item and which of its fields is wrong.
    """
    typed = text.strip()
    if typed and (shape := shape_of(unit, before)):
        return _items(shape, unit, typed)
    try:
        value = _read(unit, typed)
    except (ValueError, ArithmeticError, Refusal):
        value = None
    if value is None or not UNITS[unit].fits(value):
        raise Refusal(f"「{typed}」不是可用的数值：此项应填{hint_of(unit)}。请改正后再提交。", code="law.value")
    return value


def write_value(value: Any) -> str:
    """The value as it may be typed again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list) and all(isinstance(item, int | str) for item in value):
        figures = all(isinstance(item, int) or _FIGURE.fullmatch(item) for item in value)
        return ("、" if figures else "；").join(map(str, value))
    if isinstance(value, dict | list):
        return "\n".join((TABLE if isinstance(value, dict) else TIERS).lines(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def hint_of(unit: str, before: Any = None) -> str:
    """What may be typed, in words; ``before`` is the figure that is corrected."""
    if shape := shape_of(unit, before):
        return shape.hint
    if unit == "CNY":
        return "整数（元），如 5000"
    if unit in DECIMALS:
        return "小数或百分数，如 0.70、70%"
    if unit == "bool":
        return "是或否"
    if unit == "date":
        return "日期，如 2018-02-01"
    if unit in RANGES:
        return "从小到大的两个整数，如 3、6"
    return UNITS[unit].wants


def _read(unit: str, typed: str) -> Any:
    if not typed:
        return None
    if unit in WORDS:
        return typed
    if unit in DECIMALS:
        return _several(typed, _decimal)
    if unit == "bool":
        return True if typed in _YES else False if typed in _NO else None
    if unit == "date":
        return parse_day(typed)
    return _several(typed, _whole)


def _items(shape: Shape, unit: str, typed: str) -> Any:
    try:
        value = shape.read(typed)
    except Refusal as refusal:
        raise Refusal(f"{refusal.text}{shape.hint}。请改正后再提交。", code="law.value") from refusal
    if not UNITS[unit].fits(value):
        raise Refusal(f"「{typed}」不是可用的数值：{shape.hint}。请改正后再提交。", code="law.value")
    return value


def _several(typed: str, one: Callable[[str], Any]) -> Any:
    """One figure or several. They are told apart first: 60 30 is two, never 6030; only 1,000 is one with its comma."""
    found = [one(normalise(part)) for part in _BETWEEN.split(_THOUSANDS.sub("", typed)) if part]
    return found[0] if len(found) == 1 else found


def _whole(text: str) -> int:
    return int(text)


def _decimal(text: str) -> str:
    if text.endswith(("%", "％")):
        return f"{Decimal(text[:-1]) / 100:f}"
    return f"{Decimal(text):f}"
