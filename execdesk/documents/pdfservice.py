"""The port documents are written through: pages, archive form, signatures, seal, verdict, text. ``reports`` implements it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from execdesk.documents.content import Content, PageMarks, Rendered

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey


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
class SignatureVerdict:
    """One signature: who, in which post, when (aware), and whether it holds; ``text`` says it in one sentence."""

    field: str
    name: str
    post: str
    at: datetime | None
    valid: bool
    text: str
    certificate: bytes = b""


@dataclass(frozen=True)
class PdfVerdict:
    """The judgement on a file. ``pending`` are signature fields nobody has signed yet."""

    valid: bool
    text: str
    signatures: tuple[SignatureVerdict, ...] = ()
    pending: tuple[str, ...] = ()


class PdfService(Protocol):
    """Writes documents and judges them, with one set of fonts."""

    def missing(self, text: str) -> list[str]:
        """Characters of ``text`` that no font has."""

    def render(self, content: Content, marks: PageMarks) -> Rendered:
        """Pages of a content."""

    def archive(self, rendered: Rendered) -> bytes:
        """PDF/A-2b with all empty signature fields."""

    def sign(self, pdf: bytes, field: str, key: UnlockedKey, *, certify: bool, reason: str, at: datetime) -> bytes:
        """One more signature, as a revision of ``pdf``; the first certifies."""

    def seal(self, pdf: bytes, key: UnlockedKey, court: str, *, sample: bool, at: datetime, certify: bool = False) -> bytes:
        """The court seal as the last signature; （样） in a demonstration store."""

    def wet_copy(self, pdf: bytes) -> bytes:
        """The frozen pages without the seal picture, for sealing by hand."""

    def verify(
        self, pdf: bytes, roots: Sequence[bytes], at: datetime | None = None, *, revoked: Mapping[int, datetime] | None = None,
        known: Collection[bytes] | None = None,
    ) -> PdfVerdict:
        """What the signatures are worth against DER ``roots``, revoked serial numbers and the certificates ``known``; never raises for a bad file."""

    def text(self, pdf: bytes) -> str:
        """The text of the pages."""
