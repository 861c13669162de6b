"""What becomes of a file on a bad disk, in a wrong hand or in a cunning one."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

OTHERS: dict[str, bytes] = {
    "nothing": b"", "zeros": bytes(4_096), "png": b"\x89PNG\r\n\x1a\n" + bytes(300), "zip": b"PK\x03\x04" + bytes(90), "pdf": b"%PDF-1.7\nx", "null": b"null", "number": b"5", "text": b'"x"',
    "list": b"[]", "object": b"{}", "deep list": b"[" * 200_000, "deep object": b'{"a":' * 100_000, "no number": b"NaN", "endless number": b"9" * 6_000, "not utf-8": b"\xff\xfe\x00\xd8", "lines": b"\n" * 100_000,
    "huge": b"\x00\xff" * 4_000_000, "formula": b"=cmd|' /C calc'!A0", "xml bomb": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">' + b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">' * 9 + b"]><a>&c;</a>",
}  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 5, 2**63, 10**400, 1.5, float("inf"), "", "x", "甲", "\ud800", "\x00", "\u202e甲", "0" * 64, "字" * 20_000, "../../x", "9999-12-31", "2018-01-02T00:00:00", [], {}, [[]], [None], ["x"] * 50,
    {"x": {"x": []}},
)  # fmt: skip


def of_bytes(data: bytes, rng: random.Random, count: int) -> Iterator[tuple[str, bytes]]:
    """Mutants of any file: others in its place, other encodings, bits turned, parts cut out, doubled, put in."""
    yield from OTHERS.items()
    yield from _encoded(data)
    for at in range(count):
        yield f"mutant {at}", _mutant(data, rng)


def _encoded(data: bytes) -> Iterator[tuple[str, bytes]]:
    yield "mark before it", b"\xef\xbb\xbf" + data
    try:
        text = data.decode("utf-8")
    except ValueError:
        return
    for encoding in ("utf-16", "utf-32", "gb18030"):
        yield encoding, text.encode(encoding)


def _mutant(data: bytes, rng: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8))):
        at, length = rng.randrange(len(found) + 1), rng.choice((1, 2, 4, 16, 200))
        match rng.randrange(6):
            case 0 if at < len(found):
                found[at] ^= 1 << rng.randrange(8)
            case 1:
                del found[at:]
            case 2:
                del found[at : at + length]
            case 3:
                found[at:at] = rng.randbytes(length)
            case 4:
                found[at : at + length] = rng.randbytes(length)
            case _:
                found[at:at] = found[at : at + length] * rng.choice((1, 3))
    return bytes(found)


def of_json(told: Any, rng: random.Random, count: int) -> Iterator[tuple[str, bytes]]:
    """A document with one of its values another, missing, or with one too many; ``count`` of all there are, by chance."""
    every = [(path, value) for path in _paths(told) for value in (*VALUES, ...)]
    for path, value in rng.sample(every, min(count, len(every))):
        yield f"{'.'.join(map(str, path)) or 'all of it'} {'left out' if value is ... else repr(value)[:30] if not isinstance(value, int) else 'number'}", _dumped(_with(told, path, value))


def _dumped(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=True).encode()


def _paths(told: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    inside = told.items() if isinstance(told, dict) else enumerate(told[:3]) if isinstance(told, list) else ()
    for key, value in inside:
        yield from _paths(value, (*at, key))


def _with(told: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return None if value is ... else value
    copied = dict(told) if isinstance(told, dict) else list(told)
    if value is ... and len(path) == 1:
        del copied[path[0]]
    else:
        copied[path[0]] = _with(copied[path[0]], path[1:], value)
    return copied
