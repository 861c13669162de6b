"""The port the documents are written through: render, archive, sign, seal, verify, read back, with one set of fonts."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from execdesk.documents.content import Content, PageMarks, Rendered
from reports.archive import to_archive, without_seal
from reports.extract import text as text_of
from reports.keys import SoftwareKey
from reports.render import PdfRenderer
from reports.seal import SAMPLE, draw_seal
from reports.verification import Verdict, verify

SEAL_FIELD = "CourtSeal"


class Held(Protocol):
    """An unlocked key with its certificate and chain."""

    def material(self) -> Any:
        """An object with ``key``, ``certificate`` and ``chain``."""


class Pen:
    """Writes documents; fonts are loaded on first use."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts

    @cached_property
    def renderer(self) -> PdfRenderer:
        """The renderer with its fonts."""
        return PdfRenderer(self._fonts)

    def render(self, content: Content, marks: PageMarks) -> Rendered:
        """Pages of a content."""
        return self.renderer.render(content, marks)

    def archive(self, rendered: Rendered) -> bytes:
        """PDF/A-2b with all empty signature fields."""
        return to_archive(rendered)

    def sign(self, pdf: bytes, field: str, key: Held, *, certify: bool, reason: str, at: datetime) -> bytes:
        """One more signature."""
        from reports.signing import sign

        return sign(pdf, field, _software(key), certify=certify, reason=reason, at=at)

    def seal(self, pdf: bytes, key: Held, court: str, *, sample: bool, at: datetime, certify: bool = False) -> bytes:
        """The court seal as the last signature; （样） in a demonstration store."""
        from reports.signing import sign

        picture = draw_seal(self.renderer.book, court + (SAMPLE if sample else ""))
        return sign(pdf, SEAL_FIELD, _software(key), certify=certify, reason="加盖院印", at=at, seal=picture)

    def wet_copy(self, pdf: bytes) -> bytes:
        """The frozen pages without the seal picture, for sealing by hand."""
        return without_seal(pdf)

    def verify(self, pdf: bytes, roots: list[bytes], at: datetime | None = None, **more: Any) -> Verdict:
        """The verdict in plain words."""
        return verify(pdf, roots, at=at, **more)

    def text(self, pdf: bytes) -> str:
        """The text of the pages."""
        return text_of(pdf)


def _software(key: Held) -> SoftwareKey:
    issued = key.material()
    return SoftwareKey(issued.key, issued.certificate, tuple(issued.chain))
