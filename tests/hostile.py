"""Values that no field may be hurt by, of every kind there is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from execdesk.law.fields import Field
from execdesk.law.kinds import FIRST_DAY, LAST_DAY
from execdesk.law.spelling import is_unseen

TEXTS = (
    "\u202e甲", "甲\u2066乙", "\u200b", "\u3164\u2800", "甲\u200b乙", "\x00", "甲\x00乙", "\x1b[31m甲", "甲\u2028乙\x85丙", "\ufeff甲", "\uffff甲", "\ufdd0",
    "\ud800", "甲\udfff", "。。。", "——", "🙂", "<b>甲</b>", "<font size=99>甲", "&lt;甲&gt;", "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "＝1", "＋1",
    "\t=1", "\r=1", "{{甲}}", "${甲}", "%s%n", "' OR 1=1 --", "../../甲", "甲/\\:*?", "字" * 6_000, "1" * 5_000, "-" * 41, "NaN", "1e999", "-1", "0",
    "9223372036854775808", "-9223372036854775809", "0001-01-01", "1899-12-31", "2099-12-31", "9999-12-31", "2018-02-30", "[" * 3_000, "[null]", '{"a":', '{"a": 1e999}', "{}", "[]",
)  # fmt: skip
OTHERS: tuple[Any, ...] = (
    5, 0, -1, 2**63 - 1, 2**63, -(2**63) - 1, 10**5_000, 1.5, float("nan"), float("inf"), True, False, b"x", [], {}, [None], [[]], ["甲"] * 501, ["\u202e"], [10**5_000],
    {"甲": {"乙": [{"丙": [{"丁": [1]}]}]}}, {1: 2}, {"甲": "\u202e"}, {"甲": "\x00乙"}, {"\u202e": 1}, {"甲": 2**64}, {"甲": float("nan")}, {"甲": "\ud800"}, object(), ..., (),
    date(1, 1, 1), date(1899, 12, 31), date(2080, 1, 1), date(2099, 12, 31), date.max, datetime(2018, 1, 2), datetime(2099, 1, 1, tzinfo=UTC), Fraction(1, 3), Decimal("NaN"), 1j,
)  # fmt: skip
HOSTILE = (*TEXTS, *OTHERS)


def flat(fields: Iterable[Field]) -> Iterator[Field]:
    """Fields and their parts."""
    for field in fields:
        yield field
        yield from flat(field.of)


def faults_of_refusal(text: str, labels: Sequence[str]) -> list[str]:
    """What is wrong with the sentence of a refusal; it names one of ``labels`` where there are any."""
    found = [] if not labels or any(f"「{label}」" in text for label in labels) else ["names no field"]
    found += ["shows unseen signs"] if any(is_unseen(c) for c in text if c != "\n") else []
    found += ["is endless"] if len(text) > 1_000 else []
    return found + ([] if any("一" <= c <= "鿿" for c in text) else ["is not Chinese"])


def faults_of_value(value: Any) -> list[str]:
    """Why a value may not be stored."""
    if isinstance(value, str):
        return [f"unseen {c!r}" for c in value if c not in "\n\t" and is_unseen(c)]
    if isinstance(value, dict):
        return [fault for pair in value.items() for part in pair for fault in faults_of_value(part)]
    if isinstance(value, (list, tuple)):
        return [fault for part in value for fault in faults_of_value(part)]
    if isinstance(value, datetime):
        return [] if FIRST_DAY.year - 1 <= value.year <= LAST_DAY.year + 1 else ["beyond the years"]
    if isinstance(value, date):
        return [] if FIRST_DAY <= value <= LAST_DAY else ["beyond the days"]
    if isinstance(value, int):
        return [] if abs(value) <= 2**63 - 1 else ["too large for a table"]
    if value is None or isinstance(value, Fraction):
        return []
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        return ["is no value that is written"]
    return []
