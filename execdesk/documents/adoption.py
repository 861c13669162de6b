"""What a court adopts with a document type: its text and every unconfirmed value the text can reach, listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.documents.texts import DocType, Series, TextVersion, digest_of
from execdesk.law.articles import citations
from execdesk.law.book import LawBook
from execdesk.law.refusal import Refusal


@dataclass(frozen=True)
class Unconfirmed:
    """One thing nobody has checked against its source. ``kind``: text, parties, series, article or value."""

    kind: str
    key: str
    words: str
    source: str


def unconfirmed(
    doc_type: DocType, text: TextVersion, series: Series | None, book: LawBook, on: date
) -> tuple[Unconfirmed, ...]:
    """Everything unconfirmed that a document of this type signed on ``on`` may print."""
    found: list[Unconfirmed] = []
    if not text.confirmed:
        found.append(Unconfirmed("text", f"{text.type_id}#{digest_of(text)}", text.note or "正文未经核实", text.source))
    wording = text.wording
    if not wording.parties_confirmed and any(part.kind == "parties" for part in text.parts):
        found.append(Unconfirmed("parties", "parties", "当事人栏的写法", wording.parties_source))
    if series is not None and not series.confirmed:
        found.append(Unconfirmed("series", series.id, f"「{series.name}」的编号办法", series.source))
    found.extend(_articles(text, book, on))
    found.extend(_values(text, book, on))
    return tuple(found)


def _articles(text: TextVersion, book: LawBook, on: date) -> list[Unconfirmed]:
    found = []
    tokens = [cite.token for cite in text.cite] + [slot.token for slot in text.slots.values() if slot.token]
    for token in dict.fromkeys(tokens):
        try:
            cited = citations(book, (token,), on)
        except Refusal as refusal:
            found.append(Unconfirmed("article", token, refusal.text, ""))
            continue
        for citation in cited:
            if not citation.confirmed:
                found.append(Unconfirmed("article", token, citation.cite, citation.source))
    return found


def keys_of(text: TextVersion) -> tuple[str, ...]:
    """The figures of the law a text prints or checks against."""
    keys = [each.removeprefix("law.") for part in text.parts for each in part.lists() if each.startswith("law.")]
    keys += [check.partition(":")[2] for slot in text.slots.values() for check in slot.checks if check.startswith("max_law:")]
    return tuple(dict.fromkeys(keys))


def _values(text: TextVersion, book: LawBook, on: date) -> list[Unconfirmed]:
    values = [book.value(key, on) for key in keys_of(text)]
    return [Unconfirmed("value", value.key, str(value.value), value.source) for value in values if not value.confirmed]
