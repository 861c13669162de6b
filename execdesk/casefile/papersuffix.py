"""How far the numbers of a series of papers had gone on paper, before a case came into this program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from execdesk.access.providers import FormContext, parts
from execdesk.access.session import Session
from execdesk.documents.numbers import suffix_of
from execdesk.law.fields import Field
from execdesk.law.numerals import normalise, parse_suffix_words, suffix_in_words
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case

NEVER = "never"
NONE_USED, BARE, MOST = -1, 0, 99  # suffixes as they are kept
_LISTED = 20  # suffixes that a form lists


def suffix_series(session: Session) -> dict[str, str]:
    """The series whose numbers go on with 之一, 之二, by id with their names."""
    found: dict[str, str] = {}
    for kind in session.catalogue.types:
        series = session.catalogue.series(kind.id, session.day)
        if series is not None and series.form == "suffix":
            found.setdefault(series.id, series.name)
    return found


def used_words(suffix: int) -> str:
    """A suffix as a choice: 从未用过, 只用过不带「之」的文号, 之三."""
    return "从未用过" if suffix == NONE_USED else "只用过不带「之」的文号" if suffix == BARE else f"用到{suffix_in_words(suffix)}"


_NEVER_WORDS = frozenset({"从未用过", "从未", "没有", "无", "未用"})
_BARE_WORDS = frozenset({"只用过不带「之」的文号", "不带之", "不带「之」", "0"})


def suffix_typed(case_no: str, text: str) -> int | None:
    """How far numbers went, as a person types it into a cell: 无, 不带之, 3, 之三, or the last number itself; ``None`` where it is empty.

    Raises:
        Refusal: ``number.suffix`` for what is none of these, ``number.foreign`` for another case's number.
    """
    plain = "".join(normalise(text).split()).removeprefix("用到")
    if not plain:
        return None
    try:
        found = _said(plain)
        return suffix_of(case_no, text) if found is None else found
    except Refusal as refusal:
        if refusal.code == "number.foreign":
            raise
        raise Refusal(f"「{text}」读不懂，请填「从未用过」「不带之」「之三」，或者最后一个文号。", code="number.suffix") from refusal


def _said(plain: str) -> int | None:
    """A suffix in words or figures; ``None`` where it is neither. Refusal for 之 and something that is no number."""
    if plain in _NEVER_WORDS:
        return NONE_USED
    if plain in _BARE_WORDS:
        return BARE
    if plain.startswith("之"):
        return parse_suffix_words(plain)
    return int(plain) if plain.isdecimal() and int(plain) <= MOST else None


def cell_words(suffix: int) -> str:
    """A suffix as it stands in a cell: 从未用过, 不带之, 之三."""
    return "从未用过" if suffix == NONE_USED else "不带之" if suffix == BARE else suffix_in_words(suffix)


@parts("paper_series")
def series_fields(context: FormContext) -> tuple[Field, ...]:
    """A choice for each series, with what is registered of it already."""
    row = Case.get_or_none(Case.id == context.case) if context.case else None
    known = (row.last_paper_suffix or {}) if row is not None else {}
    options = tuple((str(suffix), used_words(suffix)) for suffix in range(NONE_USED, _LISTED + 1))
    return tuple(
        Field(key, name, "choice", required=False, options=((None, f"已登记：{used_words(known[key])}" if key in known else "（没有选）"), *options))
        for key, name in suffix_series(context.session).items()
    )


def suffixes_told(session: Session, used: Mapping[str, Any]) -> dict[str, int]:
    """What was chosen, by series; refuses ``field.value`` for a series or a suffix that is none."""
    known, found = suffix_series(session), {}
    names = {name: key for key, name in known.items()}
    for told, value in used.items():
        key = names.get(told, told)
        if key not in known:
            raise Refusal(f"没有「{told}」这类文书，可填：{'、'.join(known.values())}。", code="field.value")
        if value in (None, ""):
            continue
        number = str(value).strip()
        suffix = NONE_USED if number == str(NONE_USED) else _said(number)
        if suffix is None:
            raise Refusal(f"「{known[key]}」的末号应是「从未用过」「不带之」，或者 1 至 {MOST}。", code="field.value")
        found[key] = suffix
    return found
