"""The quick look at the lines of the last session, before the window is usable."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from execdesk.records.journal import Line
from execdesk.store.checklines import head_fault
from execdesk.store.store import Store, on_store

_PREVIOUS = b'"previous":"'


@on_store
def last_lines_whole(store: Store, since: int) -> str | None:
    """Check the own chain's lines from ``since`` on: their bytes, their links, the mark beside the store; the fault, if any.

    A last session may have taken in a ledger of megabytes, so the lines are not parsed.
    """
    mark = store.base.param
    cursor = store.base.execute_sql(
        f'SELECT "number", "act", "hash", "body" FROM "{Line._meta.table_name}" '
        f'WHERE "site" = {mark} AND "incarnation" = {mark} AND "number" >= {mark} ORDER BY "number"',
        (store.site, store.incarnation, since),
    )
    if fault := lines_fault(store.chain, cursor):
        return fault
    marked = store.marked_head()
    return head_fault(store, marked["chain"], marked["number"], marked["hash"]) if marked else None


def lines_fault(chain: str, lines: Iterable[tuple[int, str, str, bytes]], before: tuple[int, str] | None = None) -> str | None:
    """The first fault of a run of lines of one chain, each with its number, act, hash and bytes; ``before`` are number and hash of the line ahead."""
    for number, act, hash_, body in lines:
        if hashlib.sha256(body).hexdigest() != hash_:
            return f"留痕 {chain}:{number}（{act}）被改动"
        if before is not None and (number != before[0] + 1 or (before[0] and _previous_of(bytes(body)) != before[1])):
            return f"留痕 {chain}:{number}（{act}）与上一条不相连"
        before = number, hash_
    return None


def chain_faults(read: Callable[[str], Iterator[tuple[Any, ...]]]) -> list[str]:
    """The first fault of each chain in a database, by bytes, numbers and links; ``read`` answers a query."""
    table, found = Line._meta.table_name, []
    lines = read(f'SELECT "site", "incarnation", "number", "act", "hash", "body" FROM "{table}" ORDER BY "site", "incarnation", "number"')
    for (site, incarnation), some in groupby(lines, key=lambda line: line[:2]):
        if fault := lines_fault(f"{site}.{incarnation}", (line[2:] for line in some), (0, "")):
            found.append(fault)
    return found


def _previous_of(body: bytes) -> str:
    """The hash of the line before, as a line names it. A quotation mark within a text has a backslash before it, and what follows
    the last such key has no keys of its own but names of chains: so these bytes are the line's own."""
    at = body.rfind(_PREVIOUS)
    return "" if at < 0 else body[at + len(_PREVIOUS):].partition(b'"')[0].decode(errors="replace")
