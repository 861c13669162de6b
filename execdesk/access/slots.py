"""Key slots: how the store's data key is reached with a person's own password.

``slots.json`` lies beside the encrypted store. Each person, and the recovery code (:data:`RECOVERY`), has an X25519 pair. Its private half
and the secret of the person's key file (``p12_secret``) are wrapped under the password; the store's data key is sealed to
the public half, and so is a holder's share of the desk's issuing key. So a password changes without touching the key file, and
people are added, shares dealt and the store re-keyed without knowing anyone's password. Where a person has an electronic key, what it
gives up for its PIN stands in the place of the password, and the PIN is what he types (:mod:`execdesk.access.tokens`).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag

from execdesk.access import attempts, sealing, tokens
from execdesk.access.files import write_atomic
from execdesk.access.places import SLOTS_FILE
from execdesk.access.sealing import KEY_BYTES, SALT_BYTES, Cost
from execdesk.access.shares import deal_shares
from execdesk.access.slot_text import (
    KeySlot,
    SlotText,
    read_text,
    seal_binding,
    share_binding,
    wrap_binding,
    write_text,
)
from execdesk.access.tokens import TokenEnvelope
from execdesk.law.refusal import Refusal, WayOn

RECOVERY = "recovery"
TELEPHONE = "telephone."  # begins the names of slots that two persons at another desk open by telephone
FILE_NAME = SLOTS_FILE
_TRACE = 32  # characters that stand for a slot
_TAG = 16  # bytes of ChaCha20-Poly1305's own


@dataclass(frozen=True)
class OpenedSlot:
    """What a right password opens; ``share`` is empty for who holds none. ``next_key`` is set while a re-keying was not finished.

    Then the store has either key: try ``data_key`` first, ``next_key`` second, and call :func:`finish_rekey` or
    :func:`abandon_rekey` accordingly.
    """

    name: str
    data_key: bytes = field(repr=False)
    p12_secret: bytes = field(repr=False)
    next_key: bytes | None = field(default=None, repr=False)
    share: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class PreparedSlot:
    """A slot a person has made with his own password, still without the data key, and his new key-file secret."""

    slot: KeySlot
    p12_secret: bytes = field(repr=False)


def new_data_key() -> bytes:
    """A fresh 32-byte key for a store."""
    return os.urandom(KEY_BYTES)


def create(path: Path, people: Mapping[str, str], data_key: bytes, cost: Cost | None = None) -> dict[str, OpenedSlot]:
    """A new slots file for ``people`` (name → password); refuses where one lies already (``access.slots_exist``)."""
    if path.exists():
        raise Refusal(f"{path.name} 已存在，不能覆盖。请另选数据目录，或者直接登录。", code="access.slots_exist")
    prepared = {name: prepare(name, password, cost) for name, password in people.items()}
    _write(path, [_sealed(one.slot, data_key) for one in prepared.values()])
    return {name: OpenedSlot(name, data_key, one.p12_secret) for name, one in prepared.items()}


def prepare(name: str, password: str, cost: Cost | None = None) -> PreparedSlot:
    """A pair and key-file secret for ``name`` under the password he types; the data key is not needed for it."""
    if not name or not password:
        raise Refusal("登录名和密码不能为空，请重新输入。", code="access.empty_password")
    private, public = sealing.new_pair()
    secret = os.urandom(KEY_BYTES)
    return PreparedSlot(_wrapped(name, public, private + secret, password, cost or Cost()), secret)


def add(path: Path, prepared: PreparedSlot, data_key: bytes) -> OpenedSlot:
    """Seal the data key to the slot of a new person; refuses a name that has one (``access.slot_exists``)."""
    text = read(path)
    name = prepared.slot.name
    if name in text.slots or name in text.damaged:
        raise Refusal(f"“{name}”已有钥匙槽。请先撤销原钥匙槽，再重新设置密码。", code="access.slot_exists")
    slots = [*text.slots.values(), _sealed(prepared.slot, data_key)]
    _write(path, slots, text.remains)
    return OpenedSlot(name, data_key, prepared.p12_secret)


def add_person(path: Path, name: str, password: str, data_key: bytes, cost: Cost | None = None) -> OpenedSlot:
    """A slot for a new person who types his own password, at a desk where the store is open."""
    return add(path, prepare(name, password, cost), data_key)


def open_slot(path: Path, name: str, password: str) -> OpenedSlot:
    """What ``password`` opens.

    Refuses with ``access.slot_broken`` (the slot is damaged, whatever the password) or ``access.wrong_password``: the slot is whole and
    the password is not the one, or there is no such name, which takes as long and is told in the same words.
    """
    slot = _find(path, name)
    payload = _payload(slot, password)
    private, secret = payload[:KEY_BYTES], payload[KEY_BYTES:]
    binding = seal_binding(name)
    following = _unsealed(slot, slot.sealed_next, private, binding) if slot.sealed_next else None
    share = _unsealed(slot, slot.share, private, share_binding(name)) if slot.share else b""
    return OpenedSlot(name, _unsealed(slot, slot.sealed, private, binding), secret, following, share)


def change_password(path: Path, name: str, old: str, new: str, cost: Cost | None = None) -> None:
    """Wrap the same pair and key-file secret under ``new``, where a token opened it too; nobody else's slot is touched.

    Refuses like :func:`open_slot`.
    """
    if not new:
        raise Refusal("新密码不能为空，请重新输入。", code="access.empty_password")
    _rewrap(path, name, old, new, None, cost)


def give_token(path: Path, name: str, old: str, token: TokenEnvelope, secret: str) -> None:
    """Let a token open the slot from now on, in the place of the password (or the PIN of another) in ``old``. Refuses like :func:`open_slot`."""
    _rewrap(path, name, old, secret, token, None)


def _rewrap(path: Path, name: str, old: str, new: str, token: TokenEnvelope | None, cost: Cost | None) -> None:
    slot = _find(path, name)
    fresh = _wrapped(name, slot.public, _payload(slot, old), new, cost or slot.cost)
    _replace(path, {name: replace(fresh, sealed=slot.sealed, sealed_next=slot.sealed_next, share=slot.share, token=token)})


def renew(path: Path, prepared: PreparedSlot, data_key: bytes) -> OpenedSlot:
    """Put a new slot in the place of the one a person can no longer open, or add it; what he had wrapped there is gone."""
    text = read(path)
    name = prepared.slot.name
    slots = [slot for slot in text.slots.values() if slot.name != name]
    remains = tuple(piece for piece in text.remains if _name_of(piece) != name)
    _write(path, [*slots, _sealed(prepared.slot, data_key)], remains)
    return OpenedSlot(name, data_key, prepared.p12_secret)


def deal(path: Path, secret: bytes, holders: Collection[str]) -> tuple[str, ...]:
    """Seal a fresh share of ``secret`` to each of ``holders`` that has a whole slot, and leave nobody else one; who now holds one.

    Shares of an earlier dealing do not meet with these.
    """
    text = read(path)
    dealt = [name for name in text.slots if name in holders]
    shares = dict(zip(dealt, deal_shares(secret, len(dealt)), strict=True))
    _replace(path, {name: replace(slot, share=_sealed_share(slot, shares.get(name))) for name, slot in text.slots.items()})
    return tuple(dealt)


def holders(path: Path) -> tuple[str, ...]:
    """Who holds a share of the issuing key, in the order of the file."""
    return tuple(name for name, slot in read(path).slots.items() if slot.share)


def remove(path: Path, name: str) -> None:
    """Take a person's slot away, damaged or not. Whoever has left may know the data key: :func:`rekey` follows."""
    text = read(path)
    if name not in text.slots and name not in text.damaged:
        raise _no_slot(name)
    remains = tuple(piece for piece in text.remains if _name_of(piece) != name)
    _write(path, [slot for slot in text.slots.values() if slot.name != name], remains)


def rekey(path: Path, new_key: bytes, rekey_store: Callable[[bytes], None]) -> None:
    """Seal ``new_key`` to everybody, let ``rekey_store`` re-encrypt the store with it, then forget the old key.

    A crash in between leaves both keys reachable. If ``rekey_store`` raises, both stay until the next sign-in has tried them. Refuses
    while a slot is damaged (``access.slot_broken``), for that person would be shut out.
    """
    text = read(path)
    if text.damaged:
        raise _broken(text.damaged[0])
    _write(path, [replace(s, sealed_next=_seal(s, new_key)) for s in text.slots.values()])
    rekey_store(new_key)
    finish_rekey(path)


def finish_rekey(path: Path) -> None:
    """The store has the new key: the new envelopes take the place of the old ones."""
    staged = (s for s in read(path).slots.values() if s.sealed_next)
    _replace(path, {s.name: replace(s, sealed=s.sealed_next, sealed_next=b"") for s in staged})


def abandon_rekey(path: Path) -> None:
    """The store still has its old key: drop the new envelopes."""
    _replace(path, {s.name: replace(s, sealed_next=b"") for s in read(path).slots.values()})


def cost_of(path: Path) -> Cost:
    """What a guess costs at the slots there are: a new one is made alike."""
    return next((slot.cost for slot in read(path).slots.values()), Cost())


def of_nobody(path: Path) -> tuple[str, ...]:
    """The slots that stand in for a person who is not here: the envelope's, and those opened by telephone."""
    return tuple(name for name in names(path) if name == RECOVERY or name.startswith(TELEPHONE))


def traces(path: Path, name: str) -> tuple[str, str]:
    """What stands for a login name in the counters of failed tries: beside the store, and on the PC for all stores on it.

    There it is the slot itself, whatever folder it was copied to; a name that nobody has is not written down.
    """
    slot = read(path).slots.get(name)
    stranger = attempts.STRANGER + hashlib.sha256(name.encode()).hexdigest()[:_TRACE]
    return (stranger, stranger) if slot is None else (name, hashlib.sha256(slot.wrap_bound_to()).hexdigest()[:_TRACE])


def tokens_of(path: Path) -> dict[str, str]:
    """The tokens that open a slot here: their serial numbers by the name of the slot."""
    return {name: slot.token.serial for name, slot in read(path).slots.items() if slot.token is not None}


def names(path: Path) -> tuple[str, ...]:
    """Names that have a whole slot, in the order of the file."""
    return tuple(read(path).slots)


def damaged(path: Path) -> tuple[str, ...]:
    """Names of damaged slots; an empty string stands for damage whose owner cannot be read."""
    return read(path).damaged


def read(path: Path) -> SlotText:
    """The slots at ``path``; refuses a missing file (``access.slots_missing``) and a newer one (``access.newer_slots``)."""
    try:
        text = read_text(path.read_bytes())
    except FileNotFoundError:
        raise Refusal(
            f"找不到钥匙槽文件 {path.name}，无法打开数据。请从最近的备份恢复该文件。", code="access.slots_missing", ways=(WayOn("从备份恢复", "restore"),)
        ) from None
    if text.newer:
        raise Refusal("钥匙槽由更新版本的程序写成，请先升级。", code="access.newer_slots")
    return text


def _find(path: Path, name: str) -> KeySlot:
    text = read(path)
    if name in text.slots:
        return text.slots[name]
    if text.damaged or not text.slots:
        # the owner's name may itself be what was damaged
        raise _broken(name)
    return _nobodys(name, next(iter(text.slots.values())).cost)


def _nobodys(name: str, cost: Cost) -> KeySlot:
    """A slot that no password opens, for a name that nobody has: to try it costs what a try costs."""
    rest = os.urandom(sealing.NONCE_BYTES + 2 * KEY_BYTES + _TAG)
    return KeySlot(name, cost, os.urandom(SALT_BYTES), os.urandom(KEY_BYTES), rest)


def _payload(slot: KeySlot, typed: str) -> bytes:
    try:
        payload = sealing.unwrap(slot.wrapped, _password(slot, typed), slot.salt, slot.cost, slot.wrap_bound_to())
    except InvalidTag:
        raise Refusal("登录名或者密码不对，请重新输入。", code="access.wrong_password", ways=(WayOn("重新输入密码"),)) from None
    if len(payload) != 2 * KEY_BYTES:
        raise _broken(slot.name)
    return payload


def _password(slot: KeySlot, typed: str) -> str:
    """What the slot is wrapped under: what was typed, or what its token gives up for that as its PIN; without it a try costs the same."""
    if slot.token is None:
        return typed
    try:
        return tokens.open_envelope(slot.token, typed)
    except tokens.WrongPin:
        return ""


def _unsealed(slot: KeySlot, sealed: bytes, private: bytes, binding: bytes) -> bytes:
    try:
        return sealing.unseal(sealed, private, binding)
    except (InvalidTag, ValueError):
        raise _broken(slot.name) from None


def _wrapped(name: str, public: bytes, payload: bytes, password: str, cost: Cost) -> KeySlot:
    salt = os.urandom(SALT_BYTES)
    wrapped = sealing.wrap(payload, password, salt, cost, wrap_binding(name, public))
    return KeySlot(name, cost, salt, public, wrapped)


def _seal(slot: KeySlot, data_key: bytes) -> bytes:
    return sealing.seal(data_key, slot.public, seal_binding(slot.name))


def _sealed_share(slot: KeySlot, share: bytes | None) -> bytes:
    return sealing.seal(share, slot.public, share_binding(slot.name)) if share else b""


def _sealed(slot: KeySlot, data_key: bytes) -> KeySlot:
    return replace(slot, sealed=_seal(slot, data_key))


def _replace(path: Path, changed: Mapping[str, KeySlot]) -> None:
    text = read(path)
    _write(path, [changed.get(name, slot) for name, slot in text.slots.items()], text.remains)


def _write(path: Path, slots: Iterable[KeySlot], remains: Iterable[bytes] = ()) -> None:
    write_atomic(path, write_text(slots, remains))


def _name_of(piece: bytes) -> str:
    text = read_text(piece)
    return text.damaged[0] if text.damaged else ""


def _no_slot(name: str) -> Refusal:
    return Refusal(f"没有登录名“{name}”，请核对后重新输入。", code="access.no_slot")


def _broken(name: str) -> Refusal:
    whose = f"“{name}”的" if name else ""
    return Refusal(
        f"{whose}钥匙槽已损坏（不是密码错误）。请用另一人的密码或恢复码打开，再为本人重新设置密码；或者从最近的备份恢复 {FILE_NAME}。",
        code="access.slot_broken",
        ways=(WayOn("用恢复码打开", "recover"), WayOn("从备份恢复", "restore")),
    )
