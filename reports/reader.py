"""The program of the helper that reads a PDF, a picture or a font from outside: its whole work is :func:`answer`."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from execdesk.documents.pdfservice import PdfFacts, SignatureFacts
from execdesk.helpers import serve
from execdesk.law.refusal import Refusal

SECONDS = 20  # for one page, the start of the helper among them
MOST_PAGES = 500
ALONE = 600  # seconds of computing until the system ends a helper that nobody watches
Tell = Callable[[list[Any]], None]


def answer(question: list[Any], data: bytes, tell: Tell) -> None:
    """``examine``: ``page`` (done, in all) on the way, ``words`` page by page, then ``facts``. ``scan``: ``pages``. ``glyph``
    (character, whether the file is one that was cut before): ``font``. Else ``refused`` or ``full``."""
    try:
        kind, *more = question
        works: dict[str, Callable[..., None]] = {"examine": _examine, "scan": _scan, "glyph": _glyph}
        works[kind](data, tell, *more)
    except Refusal as refusal:
        tell(["refused", refusal.code, refusal.text])
    except MemoryError:
        tell(["full"])


def count_pages(data: bytes) -> int:
    """The pages of a PDF as they can be reached, 0 where it cannot be read. Raises Refusal ``pdf.pages`` above :data:`MOST_PAGES`."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            tree: Any = document.Root.get("/Pages")
            said = tree.get("/Count", 0) if tree is not None else 0
            if isinstance(said, int) and said > MOST_PAGES:  # said first: to count them would take as long as they are many
                raise Refusal(f"有 {said:,} 页，超过上限 {MOST_PAGES} 页，未读取。", code="pdf.pages")
            pages = len(document.pages)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RecursionError):
        return 0
    if pages > MOST_PAGES:
        raise Refusal(f"有 {pages:,} 页，超过上限 {MOST_PAGES} 页，未读取。", code="pdf.pages")
    return pages


def _examine(data: bytes, tell: Tell) -> None:
    from reports.extract import pages_text
    from reports.verification import examine

    total = count_pages(data)
    tell(["page", 0, total])
    facts = examine(data)
    if total:
        for done, words in enumerate(pages_text(data), 1):
            tell(["words", words])
            tell(["page", done, total])
    tell(["facts", facts_as_data(facts)])


def _scan(data: bytes, tell: Tell) -> None:
    from reports.scan import scan_pages

    if data.startswith(b"%PDF") and not count_pages(data):
        raise Refusal("这份扫描件打不开，可能已损坏，请重新扫描或者拍照。", code="scan.unreadable")
    tell(["pages", b64encode(scan_pages(data)).decode()])


def _glyph(data: bytes, tell: Tell, character: str, kept: bool) -> None:
    from reports.glyphs import cut, cut_again

    tell(["font", b64encode((cut_again if kept else cut)(data, character)).decode()])


def facts_as_data(facts: PdfFacts) -> dict[str, Any]:
    """Facts as plain values; :func:`reports.reading.facts_from` makes them facts again."""
    return {"signatures": [_signature(one) for one in facts.signatures], "pending": facts.pending, "faults": facts.faults, "unreadable": facts.unreadable}


def _signature(one: SignatureFacts) -> dict[str, Any]:
    plain = {**vars(one), "certificate": b64encode(one.certificate).decode(), "chain": [b64encode(part).decode() for part in one.chain]}
    return plain | {"stated": one.stated.isoformat() if one.stated else None}


if __name__ == "__main__":
    serve(answer, ALONE)
