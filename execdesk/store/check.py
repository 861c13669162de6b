"""The tamper check: walk the chains, the rows, the kept files; find a fault and say where it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from execdesk.records.base import moment_text
from execdesk.records.journal import Acknowledged, Blob, Line
from execdesk.records.papers import KeptFile
from execdesk.store.line import GENESIS, Entry
from execdesk.store.replay import differences, fold, stored_rows
from execdesk.store.store import Store, entry_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, the place, a sentence; ``chain`` faults close all issue, others the cases concerned."""

    kind: str
    place: str
    text: str
    chain: bool = False
    rows: tuple[tuple[str, str], ...] = ()


@dataclass
class Verdict:
    """The result of a check: how much was read, the faults in the order found."""

    lines: int = 0
    rows: int = 0
    files: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.faults


@dataclass
class Chain:
    """Where a chain stands while it is walked."""

    number: int = 0
    hash: str = GENESIS


def check(store: Store, verify: Callable[[Entry], str | None], progress: Progress = lambda done, total: None) -> Verdict:
    """Check everything. ``verify`` judges signature and certificate of one line, in the total order."""
    verdict = Verdict()
    entries = check_lines(store, verify, verdict, progress)
    check_heads(store, verdict)
    if not any(f.chain for f in verdict.faults):
        check_rows(store, entries, verdict)
    check_files(store, verdict)
    return verdict


def check_lines(
    store: Store, verify: Callable[[Entry], str | None], verdict: Verdict, progress: Progress = lambda done, total: None
) -> list[Entry]:
    """Walk every line: numbers, hashes, links, columns, signatures."""
    store.activate()
    total = Line.select().count()
    chains: dict[str, Chain] = {}
    entries = []
    query = Line.select().order_by(Line.height, Line.site, Line.incarnation, Line.number)
    for line in query.iterator():
        entry = entry_of(line)
        verdict.lines += 1
        if verdict.lines % 500 == 0:
            progress(verdict.lines, total)
        fault = _line_fault(line, entry, chains) or _columns_fault(line, entry)
        fault = fault or (verify(entry) if fault is None else None)
        if fault:
            verdict.faults.append(Fault("line", line.ref, f"留痕 {line.ref}（{line.act}）{fault}", chain=True))
            continue
        entries.append(entry)
    progress(total, total)
    return entries


def _line_fault(line: Line, entry: Entry, chains: dict[str, Chain]) -> str | None:
    actual = hashlib.sha256(entry.body).hexdigest()
    name = f"{line.site}.{line.incarnation}"
    chain = chains.get(name)
    if chain is None:
        older = chains.get(f"{line.site}.{line.incarnation - 1}")
        chain = chains[name] = Chain(0, older.hash if older else GENESIS)
    expected_number, expected_previous = chain.number + 1, chain.hash
    chain.number, chain.hash = line.number, line.hash
    if actual != line.hash:
        return "内容与其校验值不符，有字节被改动"
    if line.number != expected_number:
        return f"编号不连续：应为 {expected_number}，有留痕缺失或被调换"
    if json.loads(entry.body)["previous"] != expected_previous:
        return "与上一条不相连，有留痕被调换或重算"
    return None


def _columns_fault(line: Line, entry: Entry) -> str | None:
    data = entry.data
    stored = (line.site, line.incarnation, line.number, line.height, line.act, line.person, line.case_id, line.at)
    told = (data["site"], data["incarnation"], data["number"], data["height"], data["act"], data["person"], data["case"], data["at"])
    return None if stored == told else "索引列与内容不符，有列被改动"


def check_heads(store: Store, verdict: Verdict) -> None:
    """Compare chain ends with what was marked beside the store and acknowledged elsewhere."""
    told = [(a.chain, a.number, a.hash, a.where) for a in Acknowledged.select()]
    marked = store.marked_head()
    if marked is not None:
        told.append((marked["chain"], marked["number"], marked["hash"], "库旁标记"))
    for chain, number, hash_, where in told:
        fault = head_fault(chain, number, hash_)
        if fault:
            verdict.faults.append(Fault("head", f"{chain}:{number}", f"{fault}（依据：{where}）", chain=True))


def head_fault(chain: str, number: int, hash_: str) -> str | None:
    """Whether this store holds the line that a sheet, a package or the mark names."""
    site, incarnation = chain.rsplit(".", 1)
    line = Line.get_or_none(Line.site == site, Line.incarnation == int(incarnation), Line.number == number)
    if line is None:
        last = Line.select(Line.number).where(Line.site == site, Line.incarnation == int(incarnation))
        end = max((row.number for row in last), default=0)
        return f"{chain} 的留痕止于第 {end} 条，而第 {number} 条曾经存在：尾部被截去，或库被换成旧的"
    if line.hash != hash_:
        return f"{chain} 第 {number} 条与曾经确认的不是同一条：链被整段替换"
    return None


def check_rows(store: Store, entries: list[Entry], verdict: Verdict) -> None:
    """Replay the lines and compare with the rows."""
    actual = stored_rows(store)
    verdict.rows = len(actual)
    expected = fold(entries)
    for text in differences(expected, actual):
        verdict.faults.append(Fault("row", text.split("：")[0], f"{text}。有人绕过程序改动了数据库"))


def check_files(store: Store, verdict: Verdict) -> None:
    """Every kept file is there and is what its row says; no file without a row."""
    named = {row.sha256: row for row in KeptFile.select()}
    verdict.files = len(named)
    for digest, row in named.items():
        blob = Blob.get_or_none(Blob.sha256 == digest)
        where = (("KeptFile", row.id), ("Document", row.document))
        if blob is None:
            verdict.faults.append(Fault("file", digest, f"留存文件 {digest[:12]} 已不在库中（文书 {row.document}）", rows=where))
        elif hashlib.sha256(bytes(blob.data)).hexdigest() != digest:
            verdict.faults.append(Fault("file", digest, f"留存文件 {digest[:12]} 被改动（文书 {row.document}）", rows=where))
    for blob in Blob.select(Blob.sha256):
        if blob.sha256 not in named and not _named_elsewhere(blob.sha256):
            verdict.faults.append(Fault("orphan", blob.sha256, f"库中有无主文件 {blob.sha256[:12]}"))


def _named_elsewhere(digest: str) -> bool:
    from execdesk.records.organisation import Delegation

    return bool(Delegation.select().where(Delegation.scan == digest).exists())


def last_lines_whole(store: Store, since: int) -> str | None:
    """A quick check of the own chain's lines from ``since`` on, before the window is usable; the fault, if any."""
    store.activate()
    query = (
        Line.select().where(Line.site == store.site, Line.incarnation == store.incarnation, Line.number >= since)
        .order_by(Line.number)
    )
    previous: Line | None = None
    for line in query:
        if hashlib.sha256(bytes(line.body)).hexdigest() != line.hash:
            return f"留痕 {line.ref} 被改动"
        if previous is not None and json.loads(bytes(line.body))["previous"] != previous.hash:
            return f"留痕 {line.ref} 与上一条不相连"
        previous = line
    return None


__all__ = ["Fault", "Verdict", "check", "check_files", "check_lines", "head_fault", "last_lines_whole", "moment_text"]
