"""The quick look at the lines of the last session, before the window is usable."""

from __future__ import annotations

import hashlib

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
    before: tuple[int, str] | None = None
    for number, act, hash_, body in cursor:
        if hashlib.sha256(body).hexdigest() != hash_:
            return f"留痕 {store.chain}:{number}（{act}）被改动"
        if before is not None and (number != before[0] + 1 or _previous_of(bytes(body)) != before[1]):
            return f"留痕 {store.chain}:{number}（{act}）与上一条不相连"
        before = number, hash_
    marked = store.marked_head()
    return head_fault(store, marked["chain"], marked["number"], marked["hash"]) if marked else None


def _previous_of(body: bytes) -> str:
    """The hash of the line before, as a line names it. A quotation mark within a text has a backslash before it, and what follows
    the last such key has no keys of its own but names of chains: so these bytes are the line's own."""
    at = body.rfind(_PREVIOUS)
    return "" if at < 0 else body[at + len(_PREVIOUS):].partition(b'"')[0].decode(errors="replace")
