"""The port documents are written through: pages, archive form, signatures, seal, verdict, text. ``reports`` implements it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from execdesk.documents.content import Content, OwnGlyph, PageMarks, Rendered

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey


Progress = Callable[[int, int], object]
Cancelled = Callable[[], bool]


class KeyMaterial(Protocol):
    """A private key with its certificate and those above it, nearest first, the root last."""

    @property
    def key(self) -> EllipticCurvePrivateKey: ...

    @property
    def certificate(self) -> x509.Certificate: ...

    @property
    def chain(self) -> tuple[x509.Certificate, ...]: ...


class UnlockedKey(Protocol):
    """A key whose owner has unlocked it for this session."""

    def material(self) -> KeyMaterial:
        """What signs; a refusal once it is locked again."""


@dataclass(frozen=True)
class SignatureFacts:
    """One signature as a file holds it, judged by its bytes alone; ``faults`` are ends of a sentence.

    ``name`` and ``post`` are what the certificate (DER) says, ``stated`` the time the signer claims, which proves nothing. ``revision`` is
    the SHA-256 of the file as it was when this signature was the last thing in it; ``seal``: it stands in the field of the seal.
    """

    field: str
    seal: bool
    name: str
    post: str
    stated: datetime | None
    certificate: bytes
    chain: tuple[bytes, ...]
    revision: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class PdfFacts:
    """What a file holds: its signatures in their order, fields nobody has signed, faults of the file as a whole; or why it cannot be read."""

    signatures: tuple[SignatureFacts, ...] = ()
    pending: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    unreadable: str = ""


@dataclass(frozen=True)
class PdfRead:
    """A file from outside as a helper read it: what it holds, and the words of its pages, a form feed between two."""

    facts: PdfFacts
    words: str
    pages: int  # 0 where it is no PDF that can be read


@dataclass(frozen=True)
class SignatureVerdict:
    """One signature: who, in which post, and whether it holds; ``text`` says it in one sentence.

    ``at`` is the moment of the line that keeps it (aware), ``None`` where no line here does; never the time that the signer claims.
    """

    field: str
    name: str
    post: str
    at: datetime | None
    valid: bool
    text: str


@dataclass(frozen=True)
class PdfVerdict:
    """The judgement on a file. ``held``: a line of this store keeps these very bytes; ``absent``: none does, and nothing else is wrong
    with it, so that it is neither valid nor forged. ``pending`` are signature fields nobody has signed yet."""

    valid: bool
    text: str
    signatures: tuple[SignatureVerdict, ...] = ()
    pending: tuple[str, ...] = ()
    held: bool = False
    absent: bool = False


class PdfService(Protocol):
    """Writes documents and judges them, with one set of fonts."""

    def missing(self, text: str) -> list[str]:
        """Characters of ``text`` that no font has."""

    def render(self, content: Content, marks: PageMarks, own: Mapping[str, bytes] | None = None) -> Rendered:
        """Pages of a content; ``own`` are the files of the court's own glyphs that it names, by their SHA-256.

        Refusal ``glyph.…`` for a file that is not one of its character alone.
        """

    def cut_glyph(self, data: bytes, name: str, character: str) -> bytes:
        """The font of one character alone, cut by a helper out of a font file from outside; Refusal ``glyph.…``, ``file.…`` naming it."""

    def window_font(self, own: OwnGlyph, data: bytes) -> bytes:
        """A kept file of the court's own glyph as a font that a window may load: built anew by a helper; Refusal ``glyph.…``."""

    def specimen(self, text: str, own: OwnGlyph, data: bytes) -> bytes:
        """A small page with ``text`` large, as the pages draw it in the text of a ruling and, below, in its title."""

    def archive(self, rendered: Rendered) -> bytes:
        """PDF/A-2b with all empty signature fields."""

    def sign(self, pdf: bytes, field: str, key: UnlockedKey, *, certify: bool, reason: str, at: datetime) -> bytes:
        """One more signature, as a revision of ``pdf``; the first certifies."""

    def seal(self, pdf: bytes, key: UnlockedKey, court: str, *, sample: bool, at: datetime, certify: bool = False) -> bytes:
        """The court seal as the last signature; （样） in a demonstration store."""

    def wet_copy(self, pdf: bytes) -> bytes:
        """The frozen pages without the seal picture, for sealing by hand."""

    def examine(self, pdf: bytes) -> PdfFacts:
        """What the bytes of a file are worth by themselves; never raises for a bad file. Read here: for files that the store keeps."""

    def outside(self, data: bytes, name: str, progress: Progress | None = None, cancelled: Cancelled | None = None) -> PdfRead:
        """A file from outside, read by a helper within limits; Refusal ``file.…`` naming it."""

    def scan(self, data: bytes, name: str, progress: Progress | None = None, cancelled: Cancelled | None = None) -> bytes:
        """A scan or a photograph as pages, read by a helper within limits; Refusal ``scan.unreadable``, ``file.…``."""

    def text(self, pdf: bytes) -> str:
        """The text of the pages."""
