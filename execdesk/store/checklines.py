"""The walk along the lines, in the order they were taken in: bytes, numbers, links, columns, index, signatures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any

from peewee import Database

from execdesk.law.refusal import Refusal
from execdesk.records.incidents import Incident
from execdesk.records.journal import IN_BREACH, Acknowledged, Line, Touch
from execdesk.store.chains import Head, line_hash, line_height, line_seen
from execdesk.store.findings import Fault, Verdict
from execdesk.store.line import Entry
from execdesk.store.links import corrections_here, link_fault
from execdesk.store.mark import HEADS_FILE
from execdesk.store.signatures import Verify
from execdesk.store.store import Store, utc
from execdesk.store.verifying_ahead import Verifications

_COLUMNS = ("site", "incarnation", "number", "height", "act", "person", "case_id", "at", "format")
_TOLD = ("site", "incarnation", "number", "height", "act", "person", "case", "at", "format")


_told = itemgetter(*_TOLD)
ON_PAPER = "纸面审批表"
_AT_ONCE = 20  # entries of the index looked up in the time of one line judged
AHEAD = 3  # runs of lines read on while signatures are verified


class LineWalk:
    """Walks lines by place; ``after``, ``touched`` and ``heads`` are where it stands and can be kept between sessions."""

    def __init__(
        self, base: Database, verify: Verify, after: int = 0, touched: int = 0, heads: dict[str, Head] | None = None
    ) -> None:
        self.base, self.after, self.touched = base, after, touched
        self.heads: dict[str, Head] = dict(heads or {})
        self._heights: dict[tuple[str, int], int] = {}
        self._corrections = corrections_here()
        self._seen: dict[str, Mapping[str, int]] = {}  # chain → what its last line had seen
        self._judgements: Verifications[tuple[str, str]] = Verifications(verify)

    def some(self, count: int, verdict: Verdict) -> bool:
        """Walk up to ``count`` lines; whether there may be more."""
        read = self._read(count)
        good, touched = [], self._touches(read[-1][0]) if read else {}
        for place, entry, columns in read:
            name = f"{columns[0]}.{columns[1]}:{columns[2]}"
            fault = self._bytes_fault(entry) or self._columns_fault(entry, columns) or self._link_fault(entry)
            self._step(columns, entry, None if fault else entry.at)
            if fault:
                verdict.faults.append(line_fault(name, columns[4], fault))
                continue
            good.append((name, place, entry))
        self._judgements.ask([(name, e.data["act"]) for name, _, e in good], [e for _, _, e in good])
        told = self._judgements.breaches
        for name, place, entry in good:
            index = _index_fault(name, entry, touched.get(place, set()), told.get(name))
            if index:
                verdict.faults.append(index)
        self._collect(verdict, AHEAD)
        if len(read) < count:
            self.end(verdict)
        verdict.lines += len(read)
        if read:
            self.after = read[-1][0]
        self._heights.clear()
        return len(read) == count

    def end(self, verdict: Verdict) -> None:
        """Walk no further for now: tell what is still being judged."""
        self._collect(verdict)
        self.close()

    def close(self) -> None:
        """Let go of what helps to judge."""
        self._judgements.close()

    def _collect(self, verdict: Verdict, leave: int = 0) -> None:
        """Take the faults of signatures, of all runs but the latest few."""
        for (name, act), wrong in self._judgements.faults(leave):
            verdict.faults.append(line_fault(name, act, wrong))

    def _read(self, count: int) -> list[tuple[int, Entry, tuple[Any, ...]]]:
        listed = ", ".join(f'"{c}"' for c in _COLUMNS)
        cursor = self.base.execute_sql(
            f'SELECT "taken", "body", "hash", "signature", "cosignature", {listed} FROM "{Line._meta.table_name}" '
            f'WHERE "taken" > {self.base.param} ORDER BY "taken" LIMIT {int(count)}',
            (self.after,),
        )
        return [
            (taken, Entry(bytes(body), hash_, bytes(signature), None if co is None else bytes(co)), tuple(columns))
            for taken, body, hash_, signature, co, *columns in cursor.fetchall()
        ]

    def _touches(self, last: int) -> dict[int, set[tuple[str, str]]]:
        """What the index says about the lines up to a place; it stands in their order."""
        mark = self.base.param
        found: dict[int, set[tuple[str, str]]] = {}
        while True:
            cursor = self.base.execute_sql(
                f'SELECT "id", "line", "tbl", "row" FROM "{Touch._meta.table_name}" WHERE "id" > {mark} ORDER BY "id" LIMIT 2000',
                (self.touched,),
            )
            some = cursor.fetchall()
            for place, line, table, row in some:
                if line > last:
                    return found
                found.setdefault(line, set()).add((table, row))
                self.touched = place
            if not some:
                return found

    @staticmethod
    def _bytes_fault(entry: Entry) -> str | None:
        if not entry.intact:
            return "内容与其校验值不符，有字节被改动"
        try:
            _ = entry.touched
        except (ValueError, TypeError):
            return "不成其为留痕，被整条改写"
        return None

    @staticmethod
    def _columns_fault(entry: Entry, columns: tuple[Any, ...]) -> str | None:
        told = _told(entry.told)
        return None if told == columns else "索引列与内容不符，有列被改动，或与另一条调换"

    def _link_fault(self, entry: Entry) -> str | None:
        for chain, number in entry.seen.items():
            if number > (self.heads[chain].number if chain in self.heads else 0):
                return f"所依据的 {chain}:{number} 不在其前，有留痕缺失或次序被改"
        fault = link_fault(entry, self.heads, self._height, self._hash, self._before(entry.chain), self._corrections)
        self._seen[entry.chain] = entry.seen
        return fault

    def _before(self, chain: str) -> Mapping[str, int]:
        if chain not in self._seen:
            self._seen[chain] = line_seen(self.base, chain, self.heads[chain].number) if chain in self.heads else {}
        return self._seen[chain]

    def _hash(self, chain: str, number: int) -> str | None:
        return line_hash(self.base, chain, number)

    def _height(self, chain: str, number: int) -> int:
        if self.heads[chain].number == number:
            return self.heads[chain].height
        if (chain, number) not in self._heights:
            self._heights[chain, number] = line_height(self.base, chain, number)
        return self._heights[chain, number]

    def _step(self, columns: tuple[Any, ...], entry: Entry, at: datetime | None) -> None:
        """Go on from this line as it is recorded, so that one fault is told once and where it begins."""
        site, incarnation, number, height, *_ = columns
        self.heads[f"{site}.{incarnation}"] = Head(number, entry.hash, height, at)


def line_fault(name: str, act: str, text: str) -> Fault:
    """A fault of one line."""
    return Fault("line", name, f"留痕 {name}（{act}）{text}。", chain=True)


def breach_fault(name: str, entry: Entry, why: str) -> Fault:
    """A line that its writer had not the authority for, and whose rows are in the database all the same."""
    return Fault("breach", name, f"留痕 {name}（{entry.data['act']}）{why}，不应生效，却已写入数据库。", rows=tuple(sorted(entry.touched)))


def _index_fault(name: str, entry: Entry, touched: set[tuple[str, str]], breach: str | None) -> Fault | None:
    """The list of rows a line touched must be the line's own; a line in breach must have touched none."""
    if breach is not None:
        if touched == {IN_BREACH}:
            return None
        return breach_fault(name, entry, breach)
    expected = entry.touched
    if touched == expected:
        return None
    return Fault(
        "index", name, f"留痕 {name} 的对象索引与内容不符：有人绕过程序改了索引。", rows=tuple(sorted((touched ^ expected) - {IN_BREACH}))
    )


def check_heads(store: Store, verdict: Verdict) -> None:
    """Compare chain ends with what was marked beside the store and acknowledged elsewhere."""
    verdict.faults.extend(filter(None, [mark_fault(store)]))
    verdict.faults.extend(heads_not_here(store))


def mark_fault(store: Store) -> Fault | None:
    """Whether the mark beside the store is gone."""
    if store.marked_head() is not None or store.folder is None or not store.head.number:
        return None
    return Fault("mark", HEADS_FILE, f"库旁标记 {HEADS_FILE} 不见了或已损坏：不能排除数据库被换成旧的。请核对纸面审批表上的链尾。")


def heads_not_here(store: Store) -> list[Fault]:
    """The chain ends that were marked here, or acknowledged by another desk or a sheet on paper, and that this store no longer holds.

    One that a later incarnation was begun for is told in its first line, and no more here.
    """
    told = [(a.chain, a.number, a.hash, a.where) for a in Acknowledged.select()]
    for marked, where in ((store.marked_head(), "库旁标记"), (store.machine_head(), "本机标记")):
        if marked is not None:
            told.append((marked["chain"], marked["number"], marked["hash"], where))
    found: dict[str, Fault] = {}
    for chain, number, hash_, where in told:
        fault, place = head_fault(store, chain, number, hash_), f"{chain}:{number}"
        if fault and not _told_since(store, chain, place):
            found.setdefault(place, Fault("head", place, f"{fault}（依据：{where}）。", chain=True))
    return list(found.values())


def _told_since(store: Store, chain: str, place: str) -> bool:
    site, _, incarnation = chain.rpartition(".")
    later = site == store.site and int(incarnation) < store.incarnation
    return later and bool(Incident.select().where(Incident.place == place).exists())


class StrayWalk:
    """Walks the index of rows touched, which stands in the order of the lines, for lines that are no more; ``after`` is where it stands. The
    first that is gone tells of all after it."""

    def __init__(self, base: Database, after: int = 0) -> None:
        self.base, self.after = base, after

    def some(self, count: int, verdict: Verdict) -> bool:
        """Walk along some ten thousand entries; whether there may be more."""
        mark, most = self.base.param, _AT_ONCE * count
        found = self.base.execute_sql(
            f'SELECT t."id", t."line", l."taken" FROM "{Touch._meta.table_name}" t LEFT JOIN "{Line._meta.table_name}" l ON l."taken" = t."line" '
            f'WHERE t."id" > {mark} ORDER BY t."id" LIMIT {most}', (self.after,),
        ).fetchall()
        gone = min((line for _, line, here in found if here is None), default=0)
        if gone:
            verdict.faults.append(Fault("head", f"第 {gone} 位", "对象索引提到已不存在的留痕：有留痕被删去。", chain=True))
        self.after = found[-1][0] if found else self.after
        return not gone and len(found) == most


def head_fault(store: Store, chain: str, number: int, hash_: str) -> str | None:
    """Whether this store holds the line that a sheet, a package or the mark names."""
    if number == 0:
        return None
    here = line_hash(store.base, chain, number)
    if here is None:
        head = store.ends().get(chain)
        end = f"止于第 {head.number} 条" if head else "一条也没有"
        return f"{chain} 的留痕{end}，而第 {number} 条曾经存在：尾部被截去，或库被换成旧的"
    if not here.startswith(hash_):  # a sheet prints its beginning
        return f"{chain} 第 {number} 条与曾经确认的不是同一条：链被整段替换"
    return None


_PRINTED = re.compile(r"([A-Z]{2,8}\.\d+)[:：]\s*(\d+)\s+([0-9a-f]{8,64})")


def printed_fault(store: Store, text: str) -> str | None:
    """Whether this store still holds the line that an approval sheet names as 「HQ.1:12 3fa9…」; the fault, if not.

    One that is here is remembered: every later look at the chain's ends asks for it too.

    Raises:
        Refusal: ``journal.head`` for a text that is no chain end.
    """
    found = _PRINTED.fullmatch(text.strip().rstrip("…."))
    if found is None:
        raise Refusal(f"「{text}」不是审批表上的链尾，应如「HQ.1:12 3fa94c0e7b215d68」。", code="journal.head")
    chain, number, start = found[1], int(found[2]), found[3]
    fault = head_fault(store, chain, number, start)
    same = (Acknowledged.chain == chain) & (Acknowledged.number == number) & (Acknowledged.where == ON_PAPER)
    if fault is None and not Acknowledged.select().where(same).exists():
        Acknowledged.insert(chain=chain, number=number, hash=start, where=ON_PAPER, at=store.clock.now()).execute()
    return fault


__all__ = ["LineWalk", "StrayWalk", "check_heads", "head_fault", "line_fault", "utc"]
