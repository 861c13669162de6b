"""Taking in lines of another desk: whole or not at all, in any order, any number of times."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from execdesk.law.refusal import Refusal
from execdesk.records.journal import Clash, Line, Touch, Waiting
from execdesk.records.tables import BY_NAME, children_of, parents_of
from execdesk.store import rows
from execdesk.store.facts import RowState, row_state, strikes_against
from execdesk.store.line import GENESIS, Entry
from execdesk.store.store import Store, entry_of, keep_line

Verify = Callable[[Entry], str | None]  # the fault of a line in a sentence, or None


@dataclass
class Receipt:
    """What taking in did: lines applied, lines known before, lines still waiting and for what, clashes now open."""

    applied: list[str] = field(default_factory=list)
    known: int = 0
    waiting: dict[str, str] = field(default_factory=dict)
    clashes: int = 0


def take_in(store: Store, entries: Iterable[Entry], verify: Verify) -> Receipt:
    """Take in foreign lines, together with those that waited.

    Raises:
        Refusal: ``exchange.fork`` where one (site, number) has two hashes; ``exchange.signature`` for a line that does not
            verify; ``journal.newer`` for a line of a newer program. Nothing is kept then.
    """
    receipt = Receipt()
    with store.transaction():
        fresh = _fresh(entries, receipt)
        pool = {e.ref: e for e in (*fresh, *_waiting())}
        heads = store.heads()
        touched: set[tuple[str, str]] = set()
        while ready := sorted((e for e in pool.values() if _missing(e, heads) is None), key=lambda e: e.order):
            for entry in ready:
                _check(store, entry, verify)
                taken = keep_line(entry)
                pairs = [(c.table, c.row) for c in entry.changes]
                rows.touch(store.base, taken, pairs)
                touched.update(pairs)
                heads[entry.chain] = entry.number
                receipt.applied.append(entry.ref)
                del pool[entry.ref]
        _keep_waiting(pool, heads, receipt)
        for table, row in sorted(touched):
            refresh_row(store, table, row)
        refresh_strikes(touched)
        receipt.clashes = Clash.select().count()
    return receipt


def _fresh(entries: Iterable[Entry], receipt: Receipt) -> list[Entry]:
    fresh = []
    for entry in entries:
        chain, number = entry.data, entry.number
        known = Line.get_or_none(
            Line.site == chain["site"], Line.incarnation == chain["incarnation"], Line.number == number
        )
        if known is None:
            fresh.append(entry)
        elif known.hash == entry.hash:
            receipt.known += 1
        else:
            raise Refusal(
                f"{entry.ref} 有两条不同的留痕：本机 {known.hash[:12]}，来件 {entry.hash[:12]}。"
                "有一份数据库被复制后又继续使用，请停用其中一份并报告系统管理员。",
                code="exchange.fork",
            )
    return fresh


def _missing(entry: Entry, heads: dict[str, int]) -> str | None:
    """The first line this one builds on that is not here."""
    data = entry.data
    if entry.number > 1 and heads.get(entry.chain, 0) < entry.number - 1:
        return f"{entry.chain}:{heads.get(entry.chain, 0) + 1}"
    for chain, number in data["seen"].items():
        if heads.get(chain, 0) < number:
            return f"{chain}:{heads.get(chain, 0) + 1}"
    return None


def _check(store: Store, entry: Entry, verify: Verify) -> None:
    data = entry.data
    before = store.head_of(data["site"], data["incarnation"])
    expected = before.hash if before else _first_previous(store, entry)
    fault = None
    if data["previous"] != expected:
        fault = "与上一条不相连"
    fault = fault or verify(entry)
    if fault:
        raise Refusal(f"来件中的 {entry.ref} 不可信：{fault}。整件不接收，本机数据未动。", code="exchange.signature")


def _first_previous(store: Store, entry: Entry) -> str:
    data = entry.data
    older = store.head_of(data["site"], data["incarnation"] - 1) if data["incarnation"] > 1 else None
    return older.hash if older else GENESIS


def _waiting() -> list[Entry]:
    return [unpack(w.raw) for w in Waiting.select()]


def _keep_waiting(pool: dict[str, Entry], heads: dict[str, int], receipt: Receipt) -> None:
    Waiting.delete().execute()
    for entry in pool.values():
        data = entry.data
        Waiting.insert(
            site=data["site"], incarnation=data["incarnation"], number=data["number"], raw=pack(entry)
        ).execute()
        receipt.waiting[entry.ref] = _missing(entry, heads) or ""


def pack(entry: Entry) -> dict[str, Any]:
    """A line as plain JSON, for a package or the waiting room."""
    text = {"body": entry.body, "signature": entry.signature, "cosignature": entry.cosignature}
    return {"hash": entry.hash, **{k: base64.b64encode(v).decode() if v else None for k, v in text.items()}}


def unpack(raw: dict[str, Any]) -> Entry:
    """The line behind :func:`pack`."""
    co = raw.get("cosignature")
    return Entry(
        base64.b64decode(raw["body"]), raw["hash"], base64.b64decode(raw["signature"]), base64.b64decode(co) if co else None
    )


@lru_cache(maxsize=4096)
def _parsed(hash_: str, body: bytes, signature: bytes) -> Entry:
    entry = Entry(body, hash_, signature)
    _ = entry.changes
    return entry


def entries_touching(table: str, row: str) -> list[Entry]:
    """All lines here that touch a row."""
    query = (
        Line.select().join(Touch, on=(Touch.line == Line.taken)).where(Touch.table == table, Touch.row == row).distinct()
    )
    found = [entry_of(line) for line in query]
    return [_parsed(e.hash, e.body, e.signature) for e in found]


def state_of(table: str, row: str) -> RowState:
    """A row folded from its lines."""
    return row_state(table, row, entries_touching(table, row))


def refresh_row(store: Store, table: str, row: str) -> RowState:
    """Write a row as its lines say, and list the clashes of its facts."""
    state = state_of(table, row)
    rows.put(store.base, BY_NAME[table], row, state.values, state.writes)
    Clash.delete().where(Clash.table == table, Clash.row == row).execute()
    for fact, writes in state.clashes().items():
        _note_clash(table, row, fact, [w.line.ref for w in writes], [dict(w.values) for w in writes])
    return state


def refresh_strikes(touched: Iterable[tuple[str, str]]) -> None:
    """List strikes that clash with a concurrent change of the row or its children."""
    parents: set[tuple[str, str]] = set()
    for table, row in touched:
        parents.add((table, row))
        record = BY_NAME[table].get_or_none(BY_NAME[table].id == row)
        for field_name, model in parents_of(BY_NAME[table]):
            if record is not None and getattr(record, field_name):
                parents.add((model.__name__, getattr(record, field_name)))
    for table, row in sorted(parents):
        _refresh_strike(table, row)


def _refresh_strike(table: str, row: str) -> None:
    model = BY_NAME[table]
    state = state_of(table, row)
    if not any(dict(w.values).get("struck") is not None for w in state.open_writes.get("struck", [])):
        return
    children = [
        state_of(child.__name__, found.id)
        for child, name in children_of(model)
        for found in child.select(child.id).where(getattr(child, name) == row)
    ]
    against = strikes_against(state, children)
    if against:
        lines = sorted({ref for strike, entry in against for ref in (strike.line.ref, entry.ref)})
        Clash.delete().where(Clash.table == table, Clash.row == row, Clash.fact == "struck").execute()
        _note_clash(table, row, "struck", lines, [dict(strike.values) for strike, _ in against[:1]])


def _note_clash(table: str, row: str, fact: str, lines: list[str], values: list[dict[str, Any]]) -> None:
    ordered = sorted(zip(lines, [json.dumps(v, sort_keys=True) for v in values], strict=False)) if fact != "struck" else None
    Clash.insert(
        table=table, row=row, fact=fact,
        lines=[line for line, _ in ordered] if ordered else lines,
        values=[json.loads(v) for _, v in ordered] if ordered else values,
    ).execute()
