"""What one person alone opens at this desk: sealed under a key of his key slot, which neither the store's key nor anybody else's opens."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from execdesk.access.sealing import KEY_BYTES, NONCE_BYTES

_INFO = b"execdesk personal box v1"


class PersonalBox:
    """Seals and opens for ``person``; ``secret`` is his key-file secret, which stays the same until he forgets his password."""

    def __init__(self, person: str, secret: bytes) -> None:
        self.person = person
        self._cipher = ChaCha20Poly1305(HKDF(SHA256(), KEY_BYTES, salt=None, info=_INFO).derive(secret))

    def seal(self, data: bytes, place: str) -> bytes:
        """``data`` for this person at ``place`` alone."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, data, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes | None:
        """What was sealed for this person at ``place``; ``None`` for anything else."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError):
            return None
