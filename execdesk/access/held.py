"""The key of a certificate in a person's hand, and the file it comes from."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from execdesk.access import key_file
from execdesk.access.certificates import Issued
from execdesk.access.files import write_atomic
from execdesk.access.personal_box import PersonalBox
from execdesk.access.places import key_file as place_of
from execdesk.access.session_keys import CertificateCosigner
from execdesk.law.refusal import Refusal, WayOn


class HeldKey:
    """An unlocked certificate key; :meth:`lock` drops it, and so does the end of a ``with`` block. ``certificate`` is the row id,
    ``person`` its holder's."""

    def __init__(self, person: str, certificate: str, issued: Issued, box: PersonalBox) -> None:
        self.person = person
        self.certificate = certificate
        self._issued: Issued | None = issued
        self._box: PersonalBox | None = box

    def __enter__(self) -> HeldKey:
        return self

    def __exit__(self, *_told: object) -> None:
        self.lock()

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-256 over ``data``; refuses with ``access.locked`` once locked."""
        return self.material().key.sign(data, ec.ECDSA(SHA256()))

    def material(self) -> Issued:
        """Key, certificate and chain, for the PDF signer; refuses with ``access.locked`` once locked."""
        if self._issued is None:
            raise _locked()
        return self._issued

    def as_cosigner(self) -> CertificateCosigner:
        """The holder as the second person of an act of two."""
        return CertificateCosigner(self.person, self.certificate, self.material().key)

    @property
    def box(self) -> PersonalBox:
        """What seals for the holder alone; refuses with ``access.locked`` once locked."""
        if self._box is None:
            raise _locked()
        return self._box

    def lock(self) -> None:
        """Forget the private key and what opens the holder's own."""
        self._issued = self._box = None


def _locked() -> Refusal:
    return Refusal("窗口已锁定，请重新输入密码后再办理。", code="access.locked", ways=(WayOn("解锁", "unlock"),))


def keep(folder: Path, certificate: str, issued: Issued, secret: bytes) -> None:
    """Write the key file of a certificate under its holder's key-file secret."""
    write_atomic(place_of(folder, certificate), key_file.pack(issued, secret))


def take(folder: Path, person: str, certificate: str, secret: bytes) -> HeldKey:
    """Unlock the key of a certificate; refuses with ``access.key_missing`` or ``access.key_file``."""
    try:
        data = place_of(folder, certificate).read_bytes()
    except FileNotFoundError:
        raise Refusal(
            "本机没有您的签名钥匙文件。请从备份恢复，或者请系统管理员重新签发证书。", code="access.key_missing", ways=(WayOn("从备份恢复", "restore"),)
        ) from None
    return HeldKey(person, certificate, key_file.unpack(data, secret), PersonalBox(person, secret))
