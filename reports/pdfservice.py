"""The port of :mod:`execdesk.documents.pdfservice` by ReportLab, pikepdf and pyHanko, with one set of fonts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path

from execdesk.documents.content import Content, OwnGlyph, PageMarks, Rendered
from execdesk.documents.pdfservice import PdfFacts, PdfRead, UnlockedKey
from reports.archive import to_archive, without_seal
from reports.block import SEAL_FIELD
from reports.extract import text as text_of
from reports.keys import SoftwareKey
from reports.reading import Cancelled, Progress, read_glyph, read_pdf, read_scan
from reports.render import PdfRenderer
from reports.seal import SAMPLE, draw_seal
from reports.specimen import specimen
from reports.verification import examine


class ReportLabPdf:
    """:class:`execdesk.documents.pdfservice.PdfService`; fonts are loaded on first use."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._built: dict[tuple[str, str], bytes] = {}  # by character and SHA-256 of the kept file: the font built anew from it

    @cached_property
    def _renderer(self) -> PdfRenderer:
        return PdfRenderer(self._fonts)

    def missing(self, text: str) -> list[str]:
        """Characters of ``text`` that no font has."""
        return self._renderer.book.missing(text)

    def render(self, content: Content, marks: PageMarks, own: Mapping[str, bytes] | None = None) -> Rendered:
        """Pages of a content, with the court's own glyphs that it names."""
        files = own or {}
        return self._renderer.render(content, marks, {one.character: (one.sha256, self.window_font(one, files[one.sha256])) for one in content.glyphs})

    def cut_glyph(self, data: bytes, name: str, character: str) -> bytes:
        """The font of one character alone, cut out of a font file by a helper."""
        return read_glyph(data, name, character)

    def window_font(self, own: OwnGlyph, data: bytes) -> bytes:
        """The font built anew from a kept file, once a process."""
        key = own.character, own.sha256
        if key not in self._built:
            self._built[key] = read_glyph(data, f"本院补字「{own.character}」的字形文件", own.character, kept=True)
        return self._built[key]

    def specimen(self, text: str, own: OwnGlyph, data: bytes) -> bytes:
        """A small page with ``text`` large."""
        return specimen(self._renderer.book.with_own({own.character: (own.sha256, self.window_font(own, data))}), text)

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
