"""The three envelopes of a key slot: under a password, to a public key, and the argon2 cost they are bought with."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass

import argon2.low_level as argon2
import cryptography.hazmat.backends.openssl.backend  # noqa: F401  (the first key would load it, when a password has been typed and its person waits)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
_INFO = b"execdesk data key v1"


@dataclass(frozen=True)
class Cost:
    """What one guess of a password costs: memory in KiB, passes, lanes. The default takes some 0.2 s on an office PC."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 1

    def sane(self) -> bool:
        """Whether the figures can be worked with; a crafted file must not eat the machine."""
        return 8 * self.lanes <= self.memory_kib <= 1024 * 1024 and 1 <= self.passes <= 20 and 1 <= self.lanes <= 16


def wrap(payload: bytes, password: str, salt: bytes, cost: Cost, bound_to: bytes) -> bytes:
    """``payload`` encrypted under ``password``; ``bound_to`` must be the same at :func:`unwrap`."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(_password_key(password, salt, cost)).encrypt(nonce, payload, bound_to)


def unwrap(wrapped: bytes, password: str, salt: bytes, cost: Cost, bound_to: bytes) -> bytes:
    """The payload of :func:`wrap`; ``cryptography.exceptions.InvalidTag`` if the password is not the one."""
    cipher = ChaCha20Poly1305(_password_key(password, salt, cost))
    return cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound_to)


def seal(payload: bytes, public: bytes, bound_to: bytes) -> bytes:
    """``payload`` for the holder of the X25519 key behind ``public`` alone; nobody's password is needed."""
    ephemeral = X25519PrivateKey.generate()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    ours = ephemeral.public_key().public_bytes_raw()
    # the key is used for this one message, so a fixed nonce is safe
    return ours + ChaCha20Poly1305(_shared_key(shared, ours, public)).encrypt(bytes(NONCE_BYTES), payload, bound_to)


def unseal(sealed: bytes, private: bytes, bound_to: bytes) -> bytes:
    """The payload of :func:`seal`; ``InvalidTag`` or ``ValueError`` if it was not sealed to this key."""
    holder = X25519PrivateKey.from_private_bytes(private)
    theirs, box = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    shared = holder.exchange(X25519PublicKey.from_public_bytes(theirs))
    key = _shared_key(shared, theirs, holder.public_key().public_bytes_raw())
    return ChaCha20Poly1305(key).decrypt(bytes(NONCE_BYTES), box, bound_to)


def new_pair() -> tuple[bytes, bytes]:
    """A fresh X25519 pair: private half, public half."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def _password_key(password: str, salt: bytes, cost: Cost) -> bytes:
    # an input method may give the same character full or half width, composed or not
    typed = unicodedata.normalize("NFKC", password).encode(errors="surrogatepass")
    return argon2.hash_secret_raw(
        typed, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, type=argon2.Type.ID
    )


def _shared_key(shared: bytes, ephemeral: bytes, public: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=ephemeral + public, info=_INFO).derive(shared)
