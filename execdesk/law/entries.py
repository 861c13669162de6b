"""Values of several parts: records, lists of records, and how one is written as a line."""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Any

from execdesk.law.refusal import Refusal
from execdesk.law.spelling import clean, text_of

if TYPE_CHECKING:
    from execdesk.law.fields import Field

ENTRIES = 500  # lines of a list a form or script gives
DEPTH = 6  # of lists and groups within each other
KEY, LONGEST = 200, 5000  # characters of a name of a part, and of a part
LARGEST = 2**63 - 1  # of a whole number that a table can hold
_APART = {":": "[:：]", "..": r"\.\.|至|~|—"}


def listed(text: str) -> list[str]:
    """Several words with a comma, 、 or line end between."""
    return [part for part in (one.strip() for one in re.split("[,，、\n]", text)) if part]


def check_map(_field: Field, value: Any) -> dict[str, Any]:
    """Any parts: texts, days, figures, and lists and groups of them, each text as in any field."""
    if not isinstance(value, dict):
        raise Refusal(f"应为各栏的一组内容，读不懂「{text_of(value)[:40]}」。", code="field.value")
    found: dict[str, Any] = _plain(value, DEPTH)
    return found


def _plain(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return clean(value, LONGEST, lines=True)
    if isinstance(value, (list, tuple, dict)):
        if depth == 0 or len(value) > ENTRIES:
            raise Refusal(f"内容太多或套得太深：每组最多 {ENTRIES} 项，最多套 {DEPTH} 层。", code="field.value")
        if isinstance(value, dict):
            return {_key(key): _plain(part, depth - 1) for key, part in value.items()}
        return [_plain(part, depth - 1) for part in value]
    if isinstance(value, bool) or value is None or isinstance(value, date):
        return value
    if isinstance(value, int) and abs(value) <= LARGEST or isinstance(value, float) and isfinite(value):
        return value
    if isinstance(value, Fraction):
        return value
    raise Refusal(f"读不懂「{text_of(value)[:40]}」，请核对。", code="field.value")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise Refusal(f"栏名应为文字，读不懂「{text_of(key)[:40]}」。", code="field.value")
    return clean(key, KEY)


def check_record(field: Field, value: Any) -> dict[str, Any]:
    """The parts given, each by its own field; a text is the first of them."""
    given = {field.of[0].name: value} if isinstance(value, str) and field.of else value
    if not isinstance(given, dict):
        raise Refusal(f"应写作各栏的一组内容，读不懂「{text_of(value)[:40]}」。", code="field.value")
    known = {part.name: part for part in field.of}
    unknown = sorted(str(name) for name in given.keys() - known.keys())
    if unknown:
        raise Refusal(f"没有「{'、'.join(unknown)}」这一项，可填：{'、'.join(known)}。", code="field.value")
    told = {**dict.fromkeys(name for name, part in known.items() if part.required), **given}
    return {name: known[name].take(part) for name, part in told.items()}


def check_group(field: Field, value: Any) -> Any:
    """A list of records, or what the field makes of each."""
    if not isinstance(value, list):
        raise Refusal(f"应为几项，读不懂「{text_of(value)[:40]}」。", code="field.value")
    if len(value) > ENTRIES:
        raise Refusal(f"有 {len(value):,} 项，最多 {ENTRIES} 项。", code="field.value")
    found = [check_record(field, one) for one in value]
    return tuple(field.makes(**one) for one in found) if field.makes else found


def read_group(field: Field, text: str) -> list[Any]:
    """Lines as the field declares them; else JSON as a script gives it, or the first parts alone with 、 between."""
    if field.between:
        return [_entry(field, line) for line in re.split("[\n；;]", text) if line.strip()]
    is_json = text.lstrip()[:1] in "[{" or text.strip() in ("null", "true", "false")
    found = read_json(field, text) if is_json else list(listed(text))
    return found if isinstance(found, list) else [found]


def _entry(field: Field, line: str) -> dict[str, Any]:
    """The parts of a line by name. Where some are left out it is those that need not be given, the last of them first."""
    marks = "|".join(_APART[mark] for mark in field.between)
    parts = [part.strip() for part in (re.split(marks, line) if len(field.of) > 1 else [line])]
    spare = len(parts) - sum(part.required for part in field.of)
    if spare < 0 or len(parts) > len(field.of):
        raise Refusal(f"「{line.strip()[:60]}」请写作「{entry_words(field)}」。", code="field.value")
    told: dict[str, Any] = {}
    for part in field.of:
        if part.required or spare > 0:
            spare -= not part.required
            if (text := parts.pop(0)) or part.required:
                told[part.name] = part.read(text)
    return told


def entry_words(field: Field) -> str:
    """How an entry is written as a line: 债权人:债权额[:顺位]."""
    mark, first = field.between[0], field.of[0]
    rest = "".join(f"{mark}{part.label}" if part.required else f"[{mark}{part.label}]" for part in field.of[1:])
    return f"{first.label}{rest}"


def read_record(field: Field, text: str) -> Any:
    """JSON, or the first part alone."""
    return read_json(field, text) if text.lstrip()[:1] == "{" else text


def read_json(_field: Field, text: str) -> Any:
    """JSON as a script gives it."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refusal(f"读不懂「{text[:60]}」，请写作 JSON。", code="field.value") from error


def write_json(value: Any) -> str:
    """JSON, days as ISO text."""
    return json.dumps(value, ensure_ascii=False, default=lambda one: one.isoformat())
