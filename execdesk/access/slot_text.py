"""The text of ``slots.json``: one slot per line, each with its own checksum, so that damage stays where it is.

A damaged slot is kept as it was found and never stops the others from being read: a byte gone wrong in one person's slot must
not shut everybody out, and must be told from a wrong password.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from execdesk.access.files import canonical
from execdesk.access.sealing import KEY_BYTES, NONCE_BYTES, SALT_BYTES, Cost
from execdesk.access.tokens import TokenEnvelope

FORMAT = 1
_MARK = b'{"checksum":"'


@dataclass(frozen=True)
class KeySlot:
    """One person's slot. ``wrapped`` opens with the password, ``sealed`` with what lies in ``wrapped``.

    ``sealed_next`` is the store's coming data key while the store is being re-keyed, else empty. ``share`` is a holder's share of
    the desk's issuing key, sealed to ``public``; empty for everybody else. With a ``token``, what that gives up for its PIN stands in
    the place of the password.
    """

    name: str
    cost: Cost
    salt: bytes = field(repr=False)
    public: bytes
    wrapped: bytes = field(repr=False)
    sealed: bytes = field(default=b"", repr=False)
    sealed_next: bytes = field(default=b"", repr=False)
    share: bytes = field(default=b"", repr=False)
    token: TokenEnvelope | None = None

    def wrap_bound_to(self) -> bytes:
        """What the password envelope is tied to, so that it cannot be moved into another slot."""
        return wrap_binding(self.name, self.public)


@dataclass(frozen=True)
class SlotText:
    """What was read: whole slots by name, names of damaged ones, and the damaged bytes as found."""

    slots: dict[str, KeySlot]
    damaged: tuple[str, ...] = ()
    remains: tuple[bytes, ...] = ()
    newer: bool = False


def wrap_binding(name: str, public: bytes) -> bytes:
    """The bytes a password envelope is tied to."""
    return canonical({"name": name, "public": _b64(public)})


def seal_binding(name: str) -> bytes:
    """The bytes an envelope with the data key is tied to."""
    return canonical({"data_key_for": name})


def share_binding(name: str) -> bytes:
    """The bytes an envelope with a share of the issuing key is tied to."""
    return canonical({"issuing_share_for": name})


def write_text(slots: Iterable[KeySlot], remains: Iterable[bytes] = ()) -> bytes:
    """The file: a JSON array with one slot per line; damaged remains follow as they were."""
    lines = [slot_line(slot) for slot in slots]
    lines.extend(remains)
    return b"[\n" + b",\n".join(lines) + b"\n]\n"


def read_text(data: bytes) -> SlotText:
    """Every slot that is whole, and what is damaged; never raises."""
    head, *pieces = data.split(_MARK)
    slots: dict[str, KeySlot] = {}
    damaged: list[str] = []
    remains: list[bytes] = [] if head.strip(b" \r\n\t[,") == b"" else [head.strip(b" \r\n\t[,")]
    newer = False
    for piece in (_MARK + piece for piece in pieces):
        body, tail = _cut(piece)
        slot, name, foreign = _read(body)
        newer = newer or foreign
        if slot is not None and slot.name not in slots:
            slots[slot.name] = slot
        else:
            damaged.append(name)
            remains.append(body)
        if tail:
            damaged.append("")
            remains.append(tail)
    if remains and not damaged:
        damaged.append("")
    return SlotText(slots, tuple(damaged), tuple(remains), newer)


def _cut(piece: bytes) -> tuple[bytes, bytes]:
    """The object a piece begins with, and what stands behind it beyond the punctuation of the array."""
    try:
        # one character per byte, so that a bad byte behind the object does not hide it and ``end`` counts bytes
        _, end = json.JSONDecoder().raw_decode(piece.decode("latin-1"))
    except (ValueError, RecursionError):
        return piece.strip(b" \r\n\t,]"), b""
    return piece[:end], piece[end:].strip(b" \r\n\t,]")


def slot_line(slot: KeySlot) -> bytes:
    content: dict[str, Any] = {
        "format": FORMAT,
        "name": slot.name,
        "kdf": "argon2id",
        "memory_kib": slot.cost.memory_kib,
        "passes": slot.cost.passes,
        "lanes": slot.cost.lanes,
        "salt": _b64(slot.salt),
        "public": _b64(slot.public),
        "wrapped": _b64(slot.wrapped),
        "sealed": _b64(slot.sealed),
        "sealed_next": _b64(slot.sealed_next),
        "share": _b64(slot.share),
    }
    if slot.token is not None:
        content["token"] = {"serial": slot.token.serial, "key": _b64(slot.token.key), "sealed": _b64(slot.token.sealed)}
    return canonical({"checksum": checksum(content), "slot": content})


def _read(body: bytes) -> tuple[KeySlot | None, str, bool]:
    """The slot or None; its name as far as it can be read; whether a newer program wrote it."""
    try:
        outer = json.loads(body)
        content = outer["slot"]
        name = str(content["name"])
        right = set(outer) == {"checksum", "slot"} and outer["checksum"] == checksum(content)
    except (ValueError, KeyError, TypeError, RecursionError):  # ValueError: no JSON, no UTF-8, or half a character written as an escape
        return None, "", False
    if not right:
        return None, name, False
    if content["format"] != FORMAT:
        return None, name, True
    return _slot(content), name, False


def _slot(content: dict[str, Any]) -> KeySlot | None:
    """The slot behind a content whose checksum is right; None if it was not made by this program."""
    try:
        cost = Cost(int(content["memory_kib"]), int(content["passes"]), int(content["lanes"]))
        parts = {key: b64decode(content[key], validate=True) for key in ("salt", "public", "wrapped", "sealed", "sealed_next", "share")}
        token = _token(content.get("token"))
    except (Base64Error, KeyError, TypeError, ValueError, OverflowError):
        return None
    fits = len(parts["salt"]) == SALT_BYTES and len(parts["public"]) == KEY_BYTES and len(parts["wrapped"]) > NONCE_BYTES
    return KeySlot(str(content["name"]), cost, **parts, token=token) if fits and cost.sane() and content.get("kdf") == "argon2id" else None


def _token(content: Any) -> TokenEnvelope | None:
    if content is None:
        return None
    return TokenEnvelope(str(content["serial"]), b64decode(content["key"], validate=True), b64decode(content["sealed"], validate=True))


def checksum(content: Any) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def _b64(data: bytes) -> str:
    return b64encode(data).decode()
