"""The shape of a journal line: building its bytes, reading them back, the total order, old formats."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from execdesk.records.base import canonical, plain
from execdesk.records.moves import RULES
from execdesk.records.tables import BY_NAME
from execdesk.store.renaming import lifted, present_format

FORMAT = present_format()
GENESIS = "0" * 64  # ``previous`` of the first line of the first incarnation of a desk

_HEADER: dict[str, type] = {
    "format": int, "rules": int, "site": str, "incarnation": int, "number": int, "height": int, "act": str, "person": str, "key": str,
    "at": str, "case": str, "seen": dict, "changes": list, "previous": str,
}

_read = json.JSONDecoder().raw_decode
_header = itemgetter(*_HEADER)
_place = itemgetter("site", "incarnation", "number", "height")
_SHAPES = (tuple(_HEADER.values()), tuple({**_HEADER, "case": type(None)}.values()))

INCARNATION = "store.incarnation"
# Acts that the desk's own key signs; it can do nothing else. The certificate of the person at the desk signs some of them too.
BY_DESK_AND_PERSON = frozenset({INCARNATION, "store.migration"})
DESK_ACTS = BY_DESK_AND_PERSON | {"store.setup", "store.incident"}


class Signer(Protocol):
    """Who signs the lines of a session: a person with the session's key, or the desk for the closed list of acts."""

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


if TYPE_CHECKING:
    from functools import cached_property

    once = cached_property
else:
    class once:  # noqa: N801
        """``functools.cached_property`` without its lock: a line is read by the hundred thousand."""

        def __init__(self, work: Any) -> None:
            self.work, self.name, self.__doc__ = work, work.__name__, work.__doc__

        def __get__(self, instance: Any, owner: Any = None) -> Any:
            if instance is None:
                return self
            found = instance.__dict__[self.name] = self.work(instance)
            return found


@lru_cache(maxsize=1)
def _journaled_fields() -> dict[str, frozenset[str]]:
    return {name: frozenset(f.name for f in model.journal_fields()) for name, model in BY_NAME.items()}


@lru_cache(maxsize=64)
def _defaults(table: str) -> dict[str, Any]:
    fields = BY_NAME[table].journal_fields() if table in BY_NAME else ()
    return {f.name: plain(f, f.default() if callable(f.default) else f.default) for f in fields}


@lru_cache(maxsize=64)
def filled_names(table: str) -> tuple[str, ...]:
    """The names of the values that a change which makes a row has, in their order."""
    return tuple(_defaults(table))


class Change(NamedTuple):
    """What a line did to one row: the fields written, and for each fact the line whose value it replaced.

    Where it settles a clash, ``over`` names all lines it replaces, with a space between them.
    """

    table: str
    row: str
    values: dict[str, Any]
    over: dict[str, str]
    new: bool = False

    def packed(self) -> list[Any]:
        """The change as the line writes it; of a new row, fields that are empty anyhow are left out."""
        values = self.values
        if self.new:
            empty = _defaults(self.table)
            values = {n: v for n, v in values.items() if v is not None or empty.get(n, "") is not None}
        return [self.table, self.row, 1 if self.new else 0, values, self.over]


@dataclass(frozen=True, eq=False)
class Entry:
    """A line as it travels: the bytes that were hashed, their hash, the signatures."""

    body: bytes
    hash: str
    signature: bytes
    cosignature: bytes | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    @once
    def intact(self) -> bool:
        """Whether the bytes are those that were hashed."""
        return hashlib.sha256(self.body).hexdigest() == self.hash

    @once
    def data(self) -> dict[str, Any]:
        """The parsed body, lifted to the present format. A line of a newer program keeps its own shape: see ``newer``.

        Raises:
            ValueError: the bytes are not a line.
        """
        told = self.told
        data = told if told["format"] >= FORMAT else lifted(told)
        site, incarnation, number, height = _place(data)
        chain = f"{site}.{incarnation}"
        self.__dict__.update(  # asked of every line, so laid out with it
            chain=chain, number=number, ref=f"{chain}:{number}", height=height, seen=data["seen"], order=(height, site, incarnation, number),
        )
        return data

    @once
    def told(self) -> dict[str, Any]:
        """The parsed body under the names of its own format, as the columns beside it repeat them; raises as :attr:`data`."""
        text = self.body.decode()
        parsed, end = _read(text)
        if not isinstance(parsed, dict) or end != len(text) or not parsed.keys() >= _HEADER.keys():
            raise ValueError("not a line")
        if tuple(map(type, _header(parsed))) not in _SHAPES:
            raise ValueError("not a line")
        return parsed

    @once
    def newer(self) -> bool:
        """Whether a newer program wrote the line, in a shape, by rules, with a table or a field that this one does not know."""
        if self.data["format"] > FORMAT or self.data["rules"] > RULES:
            return True
        fields = _journaled_fields()
        for table, _, _, values, _ in self.data["changes"]:
            known = fields.get(table)
            if known is None or not values.keys() <= known:
                return True
        return False

    @once
    def chain(self) -> str:
        return str(self._laid("chain"))

    @once
    def number(self) -> int:
        return int(self._laid("number"))

    @once
    def ref(self) -> str:
        return str(self._laid("ref"))

    @once
    def height(self) -> int:
        return int(self._laid("height"))

    @once
    def at(self) -> datetime:
        """The line's moment."""
        return datetime.fromisoformat(self.data["at"])

    @once
    def seen(self) -> Mapping[str, int]:
        seen: Mapping[str, int] = self._laid("seen")
        return seen

    @once
    def order(self) -> tuple[int, str, int, int]:
        """The key of the total order over lines; never ``at``."""
        order: tuple[int, str, int, int] = self._laid("order")
        return order

    def _laid(self, name: str) -> Any:
        """What :attr:`data` laid out beside itself."""
        _ = self.data
        return self.__dict__[name]

    @once
    def touched(self) -> frozenset[tuple[str, str]]:
        """The rows a line touches: (table, row).

        Raises:
            ValueError: the changes are not those of a line of this format.
        """
        return frozenset([(table, row) for table, row, _, _, _ in self.data["changes"]])

    @once
    def tables(self) -> frozenset[str]:
        """The tables with a row that the line touches."""
        return frozenset([change[0] for change in self.data["changes"]])

    @once
    def written(self) -> dict[tuple[str, str], list[list[Any]]]:
        """The changes as the line has them, by table and row."""
        found: dict[tuple[str, str], list[list[Any]]] = {}
        for change in self.data["changes"]:
            found.setdefault((change[0], change[1]), []).append(change)
        return found

    @once
    def changes(self) -> tuple[Change, ...]:
        return tuple([
            Change(t, r, {**_defaults(t), **values} if new else values, over, bool(new))  # a field that is not named is empty, or has the default it came with later
            for t, r, new, values, over in self.data["changes"]
        ])

    @once
    def by_row(self) -> dict[tuple[str, str], list[Change]]:
        """The changes by table and row."""
        found: dict[tuple[str, str], list[Change]] = {}
        for change in self.changes:
            found.setdefault((change.table, change.row), []).append(change)
        return found

    def knew(self, other: Entry) -> bool:
        """Whether the writer of this line had ``other`` before him."""
        return self.follows((other.chain, other.number))

    def follows(self, ref: tuple[str, int]) -> bool:
        """Whether the writer of this line had the line with that chain and number before him."""
        chain, number = ref
        return number < self.number if chain == self.chain else self.seen.get(chain, 0) >= number


def build(
    *, site: str, incarnation: int, number: int, height: int, act: str, person: str, key: str, at: datetime,
    clock: datetime | None, case: str | None, reason: str, seen: Mapping[str, int], changes: list[Change],
    previous: str, cosigner: Cosigner | None, moment_text: Any,
) -> bytes:
    """The bytes of a line, before hash and signature."""
    data: dict[str, Any] = {
        "format": FORMAT, "rules": RULES, "site": site, "incarnation": incarnation, "number": number, "height": height, "act": act,
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
