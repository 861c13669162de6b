"""Electronic keys (PKCS#11) in the place of a password: what a token keeps, and how its PIN opens a slot.

A token makes an RSA key that never leaves it. The slot keeps 32 random bytes encrypted to it (RSA, PKCS#1 v1.5: the one way of
decrypting that every key sold here offers); who has the token and its PIN gets them back, and they stand where the password stood. The
PIN is checked and wrong ones are counted by the token itself, which locks. The driver is the maker's: the IT clerk installs it and names
it in the environment (:data:`DRIVER`), never in the data folder, where whoever shares the store could name another.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa

from execdesk.law.refusal import Refusal, WayOn

DRIVER = "EXECDESK_TOKEN_DRIVER"
SECRET_BYTES = 32
_BITS = 2048
_LABEL = "execdesk"
_ID_BYTES = 8
_LOCK = RLock()  # a token knows one login a process
AGAIN = WayOn("签发证书", "certificate.issue")


class WrongPin(Exception):  # noqa: N818
    """The PIN is not the one, or the token is not in this PC: told in the words of a wrong password."""


@dataclass(frozen=True)
class TokenEnvelope:
    """What a slot keeps of a token: its serial number, which of its keys, and the secret that this key decrypts."""

    serial: str
    key: bytes
    sealed: bytes = field(repr=False)


@dataclass(frozen=True)
class Plugged:
    """A token that is in this PC."""

    serial: str
    label: str

    @property
    def words(self) -> str:
        """As a person tells it from others."""
        return f"{self.label or '电子钥匙'}（序列号 {self.serial}）"


def named() -> bool:
    """Whether a driver for such keys is named at this PC."""
    return bool(os.environ.get(DRIVER))


def present() -> tuple[Plugged, ...]:
    """The tokens in this PC, none where no driver is named or it does not answer."""
    try:
        with _LOCK:
            return tuple(Plugged(_serial(token), str(token.label)) for token in _tokens())
    except Refusal:
        return ()


def enrol(serial: str, pin: str) -> tuple[TokenEnvelope, str]:
    """Let the token make a key of its own; what the slot keeps, and what stands in the place of the password.

    Raises:
        Refusal: ``access.token`` where it is not there or cannot do it, ``access.token_pin`` for a wrong PIN, ``access.token_locked``.
    """
    try:
        with _session(serial, pin, writes=True) as session:
            from pkcs11 import KeyType, Mechanism, MechanismFlag

            name = os.urandom(_ID_BYTES)
            uses = MechanismFlag.ENCRYPT | MechanismFlag.DECRYPT
            public, private = session.generate_keypair(KeyType.RSA, _BITS, id=name, label=_LABEL, store=True, capabilities=uses)
            secret = os.urandom(SECRET_BYTES)
            sealed = _public_numbers(public).public_key().encrypt(secret, padding.PKCS1v15())
            if bytes(private.decrypt(sealed, mechanism=Mechanism.RSA_PKCS)) != secret:
                raise _cannot()
    except WrongPin:
        raise Refusal("电子钥匙的PIN码不对，请重新输入；多次输错，钥匙会自己锁上。", code="access.token_pin") from None
    return TokenEnvelope(serial, name, sealed), secret.hex()


def open_envelope(envelope: TokenEnvelope, pin: str) -> str:
    """What stands in the place of the password, from the token with its PIN.

    Raises:
        WrongPin: the PIN is not the one, or this token is not in the PC.
        Refusal: ``access.token_locked``, ``access.token``.
    """
    with _session(envelope.serial, pin) as session:
        from pkcs11 import Mechanism, ObjectClass

        private: Any = session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=envelope.key)
        return bytes(private.decrypt(envelope.sealed, mechanism=Mechanism.RSA_PKCS)).hex()


@contextmanager
def _session(serial: str, pin: str, *, writes: bool = False) -> Iterator[Any]:
    """A session on a token, ended with the block, so that nobody finds it open afterwards."""
    with _LOCK:
        token = next((one for one in _tokens() if _serial(one) == serial), None)
        if token is None:
            raise WrongPin
        import pkcs11.exceptions as faults

        try:
            with token.open(rw=writes, user_pin=pin) as session:
                yield session
        except (faults.PinIncorrect, faults.PinInvalid, faults.PinLenRange):
            raise WrongPin from None
        except (faults.PinLocked, faults.PinExpired):
            raise Refusal(
                "电子钥匙已经锁上或者PIN码过期，打不开。能用厂家的工具解锁的，解锁后再登录；不能的，按忘了密码办理：两人在场另发证书、另设密码，再换用新的钥匙。",
                code="access.token_locked", ways=(AGAIN,),
            ) from None
        except faults.PKCS11Error:
            raise _cannot() from None


def _tokens() -> list[Any]:
    """The tokens that the driver named in the environment finds; none without one."""
    named = os.environ.get(DRIVER, "")
    if not named:
        return []
    if not Path(named).is_absolute() or not Path(named).is_file():
        raise _cannot()
    try:
        import pkcs11
    except ImportError:
        raise Refusal("本机没有安装电子钥匙（PKCS#11）支持，请系统管理员安装 python-pkcs11。", code="access.token") from None
    try:
        found = pkcs11.lib(named).get_slots(token_present=True)
        return [token for slot in found if pkcs11.TokenFlag.TOKEN_INITIALIZED in (token := slot.get_token()).flags]
    except (pkcs11.PKCS11Error, OSError, RuntimeError):
        raise _cannot() from None


def _serial(token: Any) -> str:
    return bytes(token.serial).decode("ascii", "replace").strip()


def _public_numbers(public: Any) -> rsa.RSAPublicNumbers:
    from pkcs11 import Attribute

    exponent, modulus = (int.from_bytes(public[name], "big") for name in (Attribute.PUBLIC_EXPONENT, Attribute.MODULUS))
    return rsa.RSAPublicNumbers(exponent, modulus)


def _cannot() -> Refusal:
    return Refusal(f"电子钥匙没有回应，或者不支持 RSA 解密。请重新插好；仍不行的，请系统管理员核对驱动（{DRIVER}）。", code="access.token")
