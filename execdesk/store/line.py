"""The shape of a journal line: building its bytes, reading them back, the total order, old formats."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from execdesk.law.refusal import Refusal
from execdesk.records.base import canonical

FORMAT = 1
GENESIS = "0" * 64  # ``previous`` of the first line of the first incarnation of a desk

# Acts that the desk's own key signs, since no person stands behind them; it can do nothing else.
DESK_ACTS = frozenset({"store.setup", "store.incarnation", "store.recovery", "store.migration", "store.incident"})


class Signer(Protocol):
    """Who signs the lines of a sitting: a person with the session's key, or the desk for the closed list of acts."""

    @property
    def person(self) -> str:
        """Row id of the person; empty for the desk."""

    @property
    def key(self) -> str:
        """The public Ed25519 key, hexadecimal."""

    def sign(self, digest: bytes) -> bytes:
        """The Ed25519 signature over a line's hash."""


class Cosigner(Protocol):
    """The second person of an act of two: signs with the certificate's own key."""

    @property
    def person(self) -> str: ...

    @property
    def certificate(self) -> str:
        """Row id of the certificate whose key signs."""

    def cosign(self, digest: bytes) -> bytes:
        """The ECDSA signature over a line's hash."""


@dataclass(frozen=True)
class Change:
    """What a line did to one row: the fields written, and for each the line whose value it replaced."""

    table: str
    row: str
    values: dict[str, Any]
    over: dict[str, str] = field(default_factory=dict)
    new: bool = False

    def packed(self) -> list[Any]:
        return [self.table, self.row, 1 if self.new else 0, self.values, self.over]


@dataclass(frozen=True)
class Entry:
    """A line as it travels: the bytes that were hashed, their hash, the signatures."""

    body: bytes
    hash: str
    signature: bytes
    cosignature: bytes | None = None

    @cached_property
    def data(self) -> dict[str, Any]:
        """The parsed body, lifted to the present format.

        Raises:
            Refusal: ``journal.newer`` for a line from a newer program.
        """
        parsed: dict[str, Any] = json.loads(self.body)
        if parsed["format"] > FORMAT:
            raise Refusal("这条留痕来自更新的程序版本，请先升级本程序，再接收。", code="journal.newer")
        return parsed

    @property
    def chain(self) -> str:
        return f"{self.data['site']}.{self.data['incarnation']}"

    @property
    def number(self) -> int:
        return int(self.data["number"])

    @property
    def ref(self) -> str:
        return f"{self.chain}:{self.number}"

    @property
    def height(self) -> int:
        return int(self.data["height"])

    @property
    def seen(self) -> Mapping[str, int]:
        seen: Mapping[str, int] = self.data["seen"]
        return seen

    @cached_property
    def order(self) -> tuple[int, str, int, int]:
        """The key of the total order over lines; never ``at``."""
        data = self.data
        return data["height"], data["site"], data["incarnation"], data["number"]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        return tuple(Change(t, r, values, over, bool(new)) for t, r, new, values, over in self.data["changes"])

    def knew(self, other: Entry) -> bool:
        """Whether the writer of this line had ``other`` before him."""
        if other.chain == self.chain:
            return other.number < self.number
        return self.seen.get(other.chain, 0) >= other.number


def build(
    *, site: str, incarnation: int, number: int, height: int, act: str, person: str, key: str, at: datetime,
    clock: datetime | None, case: str | None, reason: str, seen: Mapping[str, int], changes: list[Change],
    previous: str, cosigner: Cosigner | None, moment_text: Any,
) -> bytes:
    """The bytes of a line, before hash and signature."""
    data: dict[str, Any] = {
        "format": FORMAT, "site": site, "incarnation": incarnation, "number": number, "height": height, "act": act,
        "person": person, "key": key, "at": moment_text(at), "case": case, "reason": reason, "seen": dict(seen),
        "changes": [change.packed() for change in changes], "previous": previous,
    }
    if clock is not None:
        data["clock"] = moment_text(clock)
    if cosigner is not None:
        data["with"] = {"person": cosigner.person, "certificate": cosigner.certificate}
    return canonical(data).encode()


def seal(body: bytes, signer: Signer, cosigner: Cosigner | None = None) -> Entry:
    """Hash and sign the bytes of a line."""
    digest = hashlib.sha256(body)
    raw = digest.digest()
    return Entry(body, digest.hexdigest(), signer.sign(raw), cosigner.cosign(raw) if cosigner else None)
