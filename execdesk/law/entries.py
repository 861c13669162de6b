"""Values of several parts: records, lists of records, and how one is written as a line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
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
_APART = {":": "[:：]", "=": "[=＝]", "..": r"\.\.|至|~|—"}
_NEXT = re.compile(r"[,，、;；\n]\s*(?=[^=＝,，、;；\n]+[=＝])")  # a mark is part of the words unless another part is named behind it
RECORD_WORDS = "每栏写作「栏=内容」，各栏用分号隔开"
GROUP_WORDS = "几项，各项用分号隔开；每栏写作「栏=内容」，栏与栏用逗号隔开，只有头一栏的写内容即可"
MAP_WORDS = f"{RECORD_WORDS}，如「bank=某某银行；account_no=6228480000007777」"
PARTED = frozenset({"group", "record", "map"})
_EXAMPLES = {"amount": "1000", "sum": "1000", "count": "1", "whole": "1", "day": "2017-08-01", "flag": "是", "name": "林例一"}


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
    found = _each(value, lambda one: check_record(field, one))
    return tuple(field.makes(**one) for one in found) if field.makes else found


def read_group(field: Field, text: str) -> list[Any]:
    """Lines as the field declares them; else parts by name, the first parts alone with 、 between, or JSON as a script gives it."""
    if field.between:
        return _each(_lines(text), lambda line: _entry(field, line))
    if text.lstrip()[:1] in "[{" or text.strip() in ("null", "true", "false"):
        found = read_json(field, text)
        return found if isinstance(found, list) else [found]
    return _each(_lines(text), lambda line: _named(field, line)) if _names(text) else list(listed(text))


def _lines(text: str) -> list[str]:
    return [line for line in re.split("[\n；;]", text) if line.strip()]


def _each(entries: list[Any], one: Callable[[Any], Any]) -> list[Any]:
    """``one`` of every entry; a refusal says by its number which it is."""
    found = []
    for at, entry in enumerate(entries, 1):
        try:
            found.append(one(entry))
        except Refusal as refusal:
            raise Refusal(f"第 {at} 项{refusal.text}", code=refusal.code, clauses=refusal.clauses, ways=refusal.ways) from refusal
    return found


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
    """Parts by name, the first part alone, or JSON as a script gives it."""
    return read_map(field, text) if text.lstrip()[:1] == "{" or _names(text) else text


def read_map(field: Field, text: str) -> Any:
    """Parts by name, or JSON as a script gives it."""
    return read_json(field, text) if text.lstrip()[:1] in "[{" else _named(field, text)


def _names(text: str) -> bool:
    return re.search("[=＝]", text) is not None


def _named(field: Field, text: str) -> dict[str, str]:
    """姓名=林例一；电话=1 as words by part; a part is named as it is called or as a script calls it."""
    called = {part.label: part.name for part in field.of}
    found: dict[str, str] = {}
    for piece in _NEXT.split(text.strip(" ,，、;；\n")):
        name, *words = (one.strip() for one in re.split("[=＝]", piece, maxsplit=1))
        if not words or not name:
            raise Refusal(f"读不懂「{piece.strip()[:60]}」。{parts_words(field)}。", code="field.value")
        found[called.get(name, name)] = words[0]
    return found


def parts_words(field: Field) -> str:
    """How a field of several parts is written, with an example of its own parts."""
    if not field.of:
        return MAP_WORDS
    told = [f"{part.label}={_EXAMPLES.get(part.kind, part.pairs[0][1] if part.pairs else '某某')}" for part in field.of[:2]]
    return f"{GROUP_WORDS}，如「{'，'.join(told)}」" if field.kind == "group" else f"{RECORD_WORDS}，如「{'；'.join(told)}」"


def read_json(field: Field, text: str) -> Any:
    """JSON as a script gives it."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refusal(f"读不懂「{text[:60]}」。{parts_words(field)}。", code="field.value") from error


def write_json(value: Any) -> str:
    """JSON, days as ISO text."""
    return json.dumps(value, ensure_ascii=False, default=lambda one: one.isoformat())
