"""The port of :mod:`execdesk.documents.pdfservice` by ReportLab, pikepdf and pyHanko, with one set of fonts."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from pathlib import Path

from execdesk.documents.content import Content, PageMarks, Rendered
from execdesk.documents.pdfservice import PdfFacts, PdfRead, UnlockedKey
from reports.archive import to_archive, without_seal
from reports.block import SEAL_FIELD
from reports.extract import text as text_of
from reports.keys import SoftwareKey
from reports.reading import Cancelled, Progress, read_pdf, read_scan
from reports.render import PdfRenderer
from reports.seal import SAMPLE, draw_seal
from reports.verification import examine


class ReportLabPdf:
    """:class:`execdesk.documents.pdfservice.PdfService`; fonts are loaded on first use."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts

    @cached_property
    def _renderer(self) -> PdfRenderer:
        return PdfRenderer(self._fonts)

    def missing(self, text: str) -> list[str]:
        """Characters of ``text`` that no font has."""
        return self._renderer.book.missing(text)

    def render(self, content: Content, marks: PageMarks) -> Rendered:
        """Pages of a content."""
        return self._renderer.render(content, marks)

    def archive(self, rendered: Rendered) -> bytes:
        """PDF/A-2b with all empty signature fields."""
        return to_archive(rendered)

    def sign(self, pdf: bytes, field: str, key: UnlockedKey, *, certify: bool, reason: str, at: datetime) -> bytes:
        """One more signature."""
        from reports.signing import sign

        return sign(pdf, field, _software(key), certify=certify, reason=reason, at=at)

    def seal(self, pdf: bytes, key: UnlockedKey, court: str, *, sample: bool, at: datetime, certify: bool = False) -> bytes:
        """The court seal as the last signature; （样） in a demonstration store."""
        from reports.signing import sign

        picture = draw_seal(self._renderer.book, court + (SAMPLE if sample else ""))
        return sign(pdf, SEAL_FIELD, _software(key), certify=certify, reason="加盖院印", at=at, seal=picture)

    def wet_copy(self, pdf: bytes) -> bytes:
        """The frozen pages without the seal picture, for sealing by hand."""
        return without_seal(pdf)

    def examine(self, pdf: bytes) -> PdfFacts:
        """What the bytes are worth by themselves."""
        return examine(pdf)

    def outside(self, data: bytes, name: str, progress: Progress | None = None, cancelled: Cancelled | None = None) -> PdfRead:
        """A file from outside, read by a helper."""
        return read_pdf(data, name, progress, cancelled)

    def scan(self, data: bytes, name: str, progress: Progress | None = None, cancelled: Cancelled | None = None) -> bytes:
        """A scan or a photograph as pages, read by a helper."""
        return read_scan(data, name, progress, cancelled)

    def text(self, pdf: bytes) -> str:
        """The text of the pages."""
        return text_of(pdf)


def _software(key: UnlockedKey) -> SoftwareKey:
    material = key.material()
    return SoftwareKey(material.key, material.certificate, tuple(material.chain))
