"""The court's corrections of document texts: as texts, as lines to edit, as versions to lay beside each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from execdesk.access.courttexts import as_text, law_known, shipped_texts
from execdesk.access.session import Session, person_of
from execdesk.documents.concepts import Concepts
from execdesk.documents.courttexts import CourtText, read_court_text
from execdesk.documents.reading import Steps
from execdesk.documents.textlines import Edited, Naming, read_lines
from execdesk.documents.texts import TextVersion
from execdesk.law.refusal import Refusal
from execdesk.records.court import TextCorrection, TextState
from execdesk.records.journal import Line
from execdesk.store.rowlines import lines_on


def shipped_text(session: Session, type_id: str, on: date) -> TextVersion:
    """The text that came with the program, for documents signed on a day."""
    return shipped_texts(session).text(type_id, on)


def naming_of(session: Session, type_id: str, on: date) -> Naming:
    """How slots and citations of a type are called in lines to edit."""
    text = shipped_text(session, type_id, on)
    return Naming(text.known, text.slots, Concepts(session.law), text.wording.claims)


def corrections_of(type_id: str) -> list[TextCorrection]:
    """Every correction of a type, the oldest first."""
    return list(TextCorrection.select().where(TextCorrection.type_id == type_id, TextCorrection.struck.is_null()).order_by(TextCorrection.id))


def released_of(type_id: str) -> TextCorrection | None:
    """The correction of a type that waits for its adoption by 局长."""
    return next((row for row in corrections_of(type_id) if row.state == TextState.RELEASED), None)


def text_of_correction(session: Session, row: TextCorrection, day: date) -> TextVersion:
    """A correction as the text it is, or would be if adopted on a day.

    Raises:
        Refusal: ``text.wrong`` where it does not fit the program any more.
    """
    return checked_text(session, as_text(row, day))


def checked_text(session: Session, own: CourtText, places: Mapping[Steps, int] | None = None) -> TextVersion:
    """A text of the court's own, read as strictly as those that came with the program.

    Raises:
        Refusal: ``text.wrong`` naming line and reason.
    """
    catalogue = shipped_texts(session)
    return read_court_text(catalogue.type(own.type_id), catalogue.text(own.type_id, own.starts_on), own, law_known(session), places)


def edited(session: Session, type_id: str, base: Mapping[str, Any], words: str, starts_on: date, source: str, reason: str) -> tuple[Edited, TextVersion]:
    """Lines as a person edited them, begun from ``base``: as data and as the text they make.

    Raises:
        Refusal: ``text.line``, ``text.wrong``, naming line and reason.
    """
    made = read_lines(base, words, naming_of(session, type_id, starts_on))
    return made, checked_text(session, CourtText(type_id, starts_on, source, f"本院更正：{reason}", made.written), made.places)


@dataclass(frozen=True)
class Worded:
    """A version of a text: what it is called, what it says as a data file would, a day on which it could hold."""

    words: str
    written: Mapping[str, Any]
    day: date


def worded(session: Session, type_id: str, key: str) -> Worded:
    """The version of a type that bears a key: that of a shipped text its :attr:`~TextVersion.version`, that of a correction
    ``row/number``, counted as it was written.

    Raises:
        Refusal: ``text.version`` where there is none.
    """
    for text in shipped_texts(session).texts.get(type_id, ()):
        if text.version == key:
            return Worded(f"随程序提供，{text.valid_from} 起", text.written, text.valid_from)
    row, _, number = key.partition("/")
    known = TextCorrection.get_or_none(TextCorrection.id == row, TextCorrection.type_id == type_id)
    found = list(lines_behind(row)) if known is not None else []
    if not number.isdecimal() or not 0 < int(number) <= len(found):
        raise Refusal("找不到这个版本的正文，可能已有变化。请刷新后重新选择。", code="text.version")
    line, values = found[int(number) - 1]
    try:
        checked_text(session, CourtText(type_id, date.fromisoformat(values["valid_from"]), "本院", "", json.loads(values["body"])))
    except ValueError:
        raise Refusal("这个版本的正文内容残缺，不能打开。请选其他版本。", code="text.version") from None
    return Worded(f"本院第 {number} 稿，{_who(line)} {values['valid_from']} 起", json.loads(values["body"]), date.fromisoformat(values["valid_from"]))


def key_in_force(session: Session, type_id: str) -> str:
    """The key of the version that rules today; of the shipped one where the court's own does not fit the program any more."""
    shipped = shipped_texts(session).text(type_id, session.day)
    rows = [row for row in corrections_of(type_id) if row.state == TextState.EFFECTIVE and shipped.valid_from <= as_text(row).starts_on <= session.day]
    found = max(rows, key=lambda row: (row.approved_on or date.min, row.id), default=None)
    return shipped.version if found is None or type_id in session.catalogue.faults else last_key(found)


def last_key(row: TextCorrection) -> str:
    """The key of a correction as it reads now."""
    return f"{row.id}/{len(list(lines_behind(row.id)))}"


def lines_behind(row: str) -> Iterator[tuple[Line, dict[str, Any]]]:
    """The lines that gave a correction its words, with what they wrote, in their order; what has no effect is none of them."""
    before = None
    for line, values in lines_on("TextCorrection", row):
        if values.get("body") not in (None, before):
            before = values["body"]
            yield line, values


def _who(line: Line) -> str:
    person = person_of(line.person)
    return person.name if person is not None else ""
