"""Taking in lines of another desk: whole or not at all, in any order, any number of times."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from peewee import Tuple

from execdesk.law.refusal import Refusal
from execdesk.records.base import moment_text
from execdesk.records.journal import Clash, Line, Waiting
from execdesk.store import rows
from execdesk.store.apply import Applier
from execdesk.store.bulk import many_values
from execdesk.store.chains import Head, ends, keep_lines, line_hash, line_height, line_seen
from execdesk.store.clock import CLOCK_CORRECTION
from execdesk.store.line import Entry
from execdesk.store.links import corrections_here, link_fault
from execdesk.store.shapes import is_moment
from execdesk.store.signatures import Verify
from execdesk.store.store import Store, utc
from execdesk.store.verifying_ahead import Verifications

CHUNK = 500  # lines parsed, verified and written together: memory stays flat however long a package is
AHEAD = 3  # chunks written on while signatures are verified; all is undone if one is bad
UPGRADE_FIRST = "请先升级本程序"


@dataclass
class Receipt:
    """What taking in did: lines applied, lines known before, lines still waiting and for what, clashes now open.

    ``breaches`` are those of the lines applied that are kept without effect, each with the reason. A waiting line names the first missing line, or says 「请先升级本程序」 where a newer program wrote it.
    """

    applied: list[str] = field(default_factory=list)
    known: int = 0
    waiting: dict[str, str] = field(default_factory=dict)
    clashes: int = 0
    breaches: dict[str, str] = field(default_factory=dict)


def take_in(store: Store, entries: Iterable[Entry], verify: Verify) -> Receipt:
    """Take in foreign lines, together with those that waited.

    ``verify`` is asked about each line once, in the order in which it is applied. After a refusal it has learnt keys of lines
    that were not kept: make a new one.

    Raises:
        Refusal: ``exchange.fork`` where one (site, number) has two hashes; ``exchange.signature`` for a line that is
            altered, does not link or does not verify; ``exchange.malformed`` for one that is no line. Nothing is kept then.
    """
    with many_values(), store.transaction(), closing(Verifications[str](verify)) as verifications:
        intake = _Intake(store, verifications)
        for chunk in rows.batches(entries, CHUNK):
            intake.take(chunk)
        intake.retry()
        return intake.finish()


class _Intake:
    def __init__(self, store: Store, verifications: Verifications[str]) -> None:
        self.store, self.base, self.verifications = store, store.base, verifications
        self.receipt = Receipt()
        self.heads: dict[str, Head] = ends(store.base)
        self.heights: dict[tuple[str, int], int] = {}
        self.recent: dict[tuple[str, int], Head] = {}  # lines of this run that are not yet written down
        self.applier = Applier(store.base, store.follow)
        self.at = moment_text(max(filter(None, (store.clock.now(), _last_taken()))))
        self.waiting = _waiting_hashes()
        self.corrections = corrections_here()
        self.before: dict[str, Mapping[str, int]] = {}  # chain → what its last line had seen

    def take(self, chunk: Sequence[Entry]) -> None:
        """Take what is ready of some lines; the others wait."""
        fresh: dict[str, Entry] = {}
        for entry in chunk:
            _check_shape(entry)
            known = self._known_hash(entry, fresh)
            if known is None:
                fresh[entry.ref] = entry
            elif known == entry.hash:
                self.receipt.known += 1
            else:
                raise _fork(entry, known)
        not_ready = self._apply_ready(sorted(fresh.values(), key=lambda e: e.order))
        _wait(self.base, not_ready)
        self.waiting.update((e.ref, e.hash) for e in not_ready)

    def retry(self) -> None:
        """Take waiting lines that are ready now; one walk suffices, since a line stands above all it builds on."""
        after = (0, "", 0, 0)
        while self.waiting and (some := _waiting_after(after)):
            entries = [unpack(raw) for _, raw in some]
            after = entries[-1].order
            stay = set(self._apply_ready(entries))
            gone = [place for (place, _), e in zip(some, entries, strict=True) if e not in stay]
            Waiting.delete().where(Waiting.id.in_(gone)).execute()
            for entry in stay:
                self.receipt.waiting[entry.ref] = self._missing(entry) or UPGRADE_FIRST

    def _collect(self, leave: int) -> None:
        """Wait for signatures being verified, all but the latest runs; a bad one undoes everything."""
        for name, fault in self.verifications.faults(leave):
            _refuse(name, fault)

    def finish(self) -> Receipt:
        self._collect(0)
        self.applier.finish()
        self.receipt.clashes = Clash.select().count()
        return self.receipt

    def _known_hash(self, entry: Entry, fresh: dict[str, Entry]) -> str | None:
        """The hash under which a line's number is known here, among these lines, or in waiting."""
        head = self.heads.get(entry.chain)
        if head is not None and entry.number <= head.number:
            return line_hash(self.base, entry.chain, entry.number)
        return fresh[entry.ref].hash if entry.ref in fresh else self.waiting.get(entry.ref)

    def _missing(self, entry: Entry) -> str | None:
        """The first line this one builds on that is not here."""
        for chain, number in ((entry.chain, entry.number - 1), *sorted(entry.seen.items())):
            have = self.heads[chain].number if chain in self.heads else 0
            if have < number:
                return f"{chain}:{have + 1}"
        return None

    def _apply_ready(self, entries: Sequence[Entry]) -> list[Entry]:
        """Apply, of lines in the total order, those that are ready; returns the others."""
        ready, others = [], []
        for entry in entries:
            if entry.newer or self._missing(entry) is not None:
                others.append(entry)
                continue
            _refuse(entry.ref, link_fault(entry, self.heads, self._height, self._hash, self._before(entry.chain), self.corrections))
            self.before[entry.chain] = entry.seen
            head = Head(entry.number, entry.hash, entry.height, entry.at)
            self.heads[entry.chain] = self.recent[entry.chain, entry.number] = head
            ready.append(entry)
            if entry.data["act"] == CLOCK_CORRECTION:
                self.corrections.append(entry)
        self.verifications.ask([e.ref for e in ready], ready)
        told = self.verifications.breaches
        breaches = {e.ref: told[e.ref] for e in ready if e.ref in told} if told else {}
        if not self.verifications.faulty.isdisjoint(e.ref for e in ready):
            self._collect(0)
        for some in rows.batches(ready, CHUNK):
            self.applier.run(some, keep_lines(self.base, some, self.at, self.applier.first or None), breaches)
        self.receipt.breaches.update(breaches)
        self.receipt.applied += [e.ref for e in ready]
        self._collect(AHEAD)
        self.recent.clear()
        self.heights.clear()
        return others

    def _before(self, chain: str) -> Mapping[str, int]:
        if chain not in self.before:
            self.before[chain] = line_seen(self.base, chain, self.heads[chain].number) if chain in self.heads else {}
        return self.before[chain]

    def _height(self, chain: str, number: int) -> int:
        """The height of a line that is here or has just been read."""
        at_hand = self.recent.get((chain, number)) or self.heads[chain]
        if at_hand.number == number:
            return at_hand.height
        if (chain, number) not in self.heights:
            self.heights[chain, number] = line_height(self.base, chain, number)
        return self.heights[chain, number]

    def _hash(self, chain: str, number: int) -> str | None:
        recent = self.recent.get((chain, number))
        return recent.hash if recent else line_hash(self.base, chain, number)


def _check_shape(entry: Entry) -> None:
    """Refuse what is no line, before anything of it is believed."""
    if not entry.intact:
        raise Refusal("来件中有一条留痕的内容与其校验值不符，有字节被改动。整件不接收，本机数据未动。", code="exchange.signature")
    try:
        fine = entry.number > 0 and entry.height > 0 and (not entry.seen or all(isinstance(n, int) for n in entry.seen.values()))
        fine = fine and (entry.newer or is_moment(entry.data["at"]))
    except (ValueError, TypeError, AttributeError, KeyError):
        fine = False
    if not fine:
        raise Refusal("来件中有一条不是本程序的留痕。整件不接收，本机数据未动。", code="exchange.malformed")


def _refuse(ref: str, fault: str | None) -> None:
    if fault:
        raise Refusal(f"来件中的 {ref} 不可信：{fault}。整件不接收，本机数据未动。", code="exchange.signature")


def _fork(entry: Entry, known: str) -> Refusal:
    return Refusal(
        f"{entry.ref} 有两条不同的留痕：已有 {known[:12]}，来件 {entry.hash[:12]}。"
        "有一份数据库被复制后又继续使用，请停用其中一份并报告系统管理员。",
        code="exchange.fork",
    )


def _last_taken() -> Any:
    last = Line.select(Line.taken_at).order_by(Line.taken.desc()).limit(1).scalar()
    return utc(last) if last else None


def _waiting_hashes() -> dict[str, str]:
    query = Waiting.select(Waiting.site, Waiting.incarnation, Waiting.number, Waiting.hash).tuples()
    return {f"{site}.{incarnation}:{number}": hash_ for site, incarnation, number, hash_ in query.iterator()}


def _wait(base: Any, entries: Sequence[Entry]) -> None:
    for some in rows.batches(entries, 100):
        Waiting.insert_many([
            {"site": e.data["site"], "incarnation": e.data["incarnation"], "number": e.number, "height": e.height,
             "hash": e.hash, "raw": pack(e)}
            for e in some
        ]).execute()


def _waiting_after(after: tuple[int, str, int, int]) -> list[tuple[int, dict[str, Any]]]:
    key = (Waiting.height, Waiting.site, Waiting.incarnation, Waiting.number)
    query = Waiting.select().where(Tuple(*key) > Tuple(*after)).order_by(*key).limit(CHUNK)
    return [(w.id, w.raw) for w in query]


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
