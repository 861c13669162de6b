"""The court's own texts over the shipped ones: read as strictly, each from its day to the end of the text it corrects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from execdesk.documents.catalogue import Catalogue, Known, unknown_in_text
from execdesk.documents.reading import BadData, DataTable, Steps
from execdesk.documents.slots import CLAIMED
from execdesk.documents.textfile import TextReader, read_version
from execdesk.documents.texts import DocType, TextVersion
from execdesk.law.refusal import Refusal

PLACE = "本院更正的正文"
_AT = re.compile(r"，第 (\d+) 行$")


@dataclass(frozen=True)
class CourtText:
    """A text of the court's own: of a type, from a day on, as its data say it (without days and source)."""

    type_id: str
    starts_on: date
    source: str
    note: str
    written: Mapping[str, Any]


@dataclass(frozen=True)
class LawKnown:
    """Whether the law knows a citation or a figure."""

    token: Known
    value: Known


def read_court_text(doc: DocType, base: TextVersion, own: CourtText, known: LawKnown, places: Mapping[Steps, int] | None = None) -> TextVersion:
    """The court's text in the place of ``base``, which it may not rob of what must be printed. ``places`` tell the line of each piece.

    Raises:
        Refusal: ``text.wrong`` naming line and reason.
    """
    if not isinstance(own.written, Mapping):
        raise _wrong(doc, "", "内容残缺，读不出正文")
    data = {**own.written, "valid_from": own.starts_on, "source": own.source or "本院", "confirmed": False, "note": own.note}
    if base.valid_to is not None:
        data["valid_to"] = base.valid_to
    try:
        text = read_version(DataTable(PLACE, data, lines=places), doc, TextReader(base.known, {}, base.wording.claims), base.wording)
    except BadData as fault:
        raise _wrong(doc, fault.place, fault.wrong) from None
    except (AttributeError, KeyError, TypeError, ValueError):  # what no program of ours wrote
        raise _wrong(doc, "", "内容残缺，读不出正文") from None
    for place, words in unknown_in_text(text, known.token, known.value):
        raise _wrong(doc, place, words)
    if lost := [slot for name, slot in base.slots.items() if slot.required and name not in text.slots]:
        raise _wrong(doc, "", f"正文里不再有{'、'.join(f'「{slot.label}」' for slot in lost)}，样式要求印出，请补回")
    if unclaimed := [label for name, label in base.wording.claims.items() if name in base.owed_claims - text.claims.keys()]:
        raise _wrong(doc, "", f"正文里不再有{'、'.join(f'「{{{CLAIMED}{label}}}」' for label in unclaimed)}；没有它，案件没有记录的事实也会印出，请补回到所述事实之后")
    return text


def _wrong(doc: DocType, place: str, words: str) -> Refusal:
    line = _AT.search(place)
    return Refusal(f"《{doc.title}》的正文{f'第 {line[1]} 行' if line else ''}有误：{words}。请改正后再保存。", code="text.wrong")


def overlaid(catalogue: Catalogue, texts: Iterable[CourtText], known: LawKnown) -> Catalogue:
    """The catalogue with the court's texts, the later over the earlier. One that the present data no longer take stops its type from its
    day on, so that nobody prints the shipped text in its place unaware."""
    versions, faults = dict(catalogue.texts), dict(catalogue.faults)
    for own in texts:
        try:
            doc, base = catalogue.type(own.type_id), catalogue.text(own.type_id, own.starts_on)
            fresh = read_court_text(doc, base, own, known)
        except Refusal as refusal:
            faults[own.type_id] = (own.starts_on, refusal.text)
            continue
        faults.pop(own.type_id, None)
        versions[own.type_id] = tuple(_cut(versions.get(own.type_id, ()), fresh))
    return replace(catalogue, texts=versions, faults=faults)


def _cut(versions: Iterable[TextVersion], fresh: TextVersion) -> Iterable[TextVersion]:
    """Each text ends where a fresh one begins, within the days of that one; a text that would hold no day is gone."""
    last = fresh.valid_to or date.max
    placed = False
    for text in versions:
        ends = text.valid_to or date.max
        if text.valid_from > last and not placed:
            yield fresh
            placed = True
        if ends < fresh.valid_from or text.valid_from > last:
            yield text
        elif text.valid_from < fresh.valid_from:
            yield replace(text, valid_to=fresh.valid_from - timedelta(1))
    if not placed:
        yield fresh


