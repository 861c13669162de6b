"""Speed of the store: each function returns rows (what, figure, limit, floor) for the ``bench`` command.

``figure`` is what was measured, ``limit`` what it must not exceed, ``floor`` the peer measured in the same run, all as text with
units. Nothing is asserted here; the command prints the table.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psutil
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from execdesk import rooms
from execdesk.access.authority_rules import OrganisationAuthority
from execdesk.casefile.board import Board
from execdesk.desk import AppServices
from execdesk.records.base import in_context, plain
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.court import Court, Site
from execdesk.records.measures import Measure
from execdesk.records.people import Certificate, Post, SessionKey
from execdesk.records.property import Property
from execdesk.records.tables import BY_NAME
from execdesk.store import replay, rows
from execdesk.store.act import open_act
from execdesk.store.chains import keep_lines
from execdesk.store.check import check
from execdesk.store.clock import DemonstrationClock
from execdesk.store.database import create_schema, open_sqlite
from execdesk.store.line import Change, Entry, build, seal
from execdesk.store.linerules import LineRules
from execdesk.store.mark import Mark
from execdesk.store.merge import take_in
from execdesk.store.search import Search
from execdesk.store.signatures import LineVerifier
from execdesk.store.store import Store
from tests.benchmarks.apart import apart
from tests.benchmarks.size import FULL

Row = tuple[str, str, str, str]
START = datetime(2018, 1, 2, 1, tzinfo=UTC)
PERSON = "P" * 26


class _Key:
    def __init__(self, person: str) -> None:
        self.person = person
        self._private = Ed25519PrivateKey.generate()
        self.key = self._private.public_key().public_bytes_raw().hex()

    def sign(self, digest: bytes) -> bytes:
        return self._private.sign(digest)


def _trusted(session: dict[str, Any], certificate: dict[str, Any] | None) -> str | None:
    return None


def _judge(services: AppServices | None) -> LineVerifier:
    """What judges the lines here: with the owners of rows where the ``services`` are told; certificates are taken for good."""
    if services is None:
        return LineVerifier(_trusted)
    trust: Any = None  # nothing here rests on the root
    authority = OrganisationAuthority(services.organisation.posts, services.authority, trust)
    return LineVerifier(_trusted, authority=authority, rules=LineRules(authority))


def _store(folder: Path, site: str) -> Store:
    base = open_sqlite(folder / f"{site}.db", os.urandom(32))
    in_context.set(base)
    create_schema(base)
    store = Store(base, clock=DemonstrationClock(date(2018, 1, 2)), folder=folder)
    store.name_site(site, 1)
    return store


def _records(number: int) -> list[Any]:
    """What one registered case writes: the case, two parties, its judge."""
    of = Case(
        number=f"（2018）琼9027执{number}号", year=2018, type_code="执", sequence=number, cause="民间借贷纠纷",
        filed_on=date(2018, 1, 2), state="open", origin="registered", held_by="HQ", claim_fen=1234500 + number,
    )
    sides = [
        Party(case=of.id, side=side, position=1, kind="natural", name=f"演示{side}{number}", id_no=id_no, address="乐东县黄流镇某村")
        for side, id_no in (("applicant", "460033199001010000"), ("debtor", "460033199001020000"))
    ]
    return [of, *sides, Assignment(case=of.id, person=PERSON, role="judge", starts_on=date(2018, 1, 2), reason="沿海组", rule="least_load")]


def _chain(count: int, records: Callable[[int], list[Any]] = _records) -> list[Entry]:
    """Lines of one desk, made without a store: founding, a session, then ``count`` registrations."""
    desk, person = _Key(""), _Key(PERSON)
    session = SessionKey(person=PERSON, site="HQ", public=person.key, opened_at=START, binding="-")
    court = Court(name="演示法院", code="琼9027", upper="-", demo=True, root_fingerprint="-", root_certificate="-", started_on=date(2018, 1, 2))
    entries: list[Entry] = []
    previous = "0" * 64

    def write(act: str, key: _Key, changed: list[Any]) -> None:
        nonlocal previous
        number = len(entries) + 1
        body = build(
            site="HQ", incarnation=1, number=number, height=number, act=act, person=key.person, key=key.key, at=START, clock=None,
            case=None, reason="", seen={}, previous=previous, cosigner=None, moment_text=lambda m: m.isoformat(timespec="milliseconds"),
            changes=[Change(type(r).__name__, r.id, r.journal_values(), {}, new=True) for r in changed],
        )
        entry = seal(body, key)
        entries.append(Entry(entry.body, entry.hash, entry.signature))
        previous = entry.hash

    posts = [Post(person=PERSON, post=post, site="HQ", starts_on=date(2018, 1, 1), state="effective") for post in ("clerk", "judge")]
    write("store.setup", desk, [court, Site(code="HQ", name="HQ", key=desk.key), Certificate(
        person=PERSON, site="HQ", serial="1", pem="-", purpose="person", state="valid", issued_at=START), *posts])
    write("session.open", person, [session])
    for n in range(count):
        write("case.register", person, records(n))
    return entries


def _bare(folder: Path, entries: list[Entry], name: str) -> float:
    """Seconds to insert the rows of some lines by bare SQL in one transaction, into the same encrypted file format."""
    store = _store(folder, name)
    batches: dict[str, list[list[Any]]] = {}
    names: dict[str, list[str]] = {}
    for entry in _fresh(entries):
        for change in entry.changes:
            batches.setdefault(change.table, []).append([change.row, *change.values.values()])
            names[change.table] = list(change.values)
    started = time.perf_counter()
    with store.transaction():
        for table, batch in batches.items():
            columns = ["id", *(BY_NAME[table]._meta.fields[n].column_name for n in names[table])]
            listed, marks = ", ".join(f'"{c}"' for c in columns), ", ".join("?" * len(columns))
            rows.many(
                store.base, f'INSERT INTO "{BY_NAME[table]._meta.table_name}" ({listed}, "version", "writes") VALUES ({marks}, 1, \'{{}}\')', batch,
            )
    took = time.perf_counter() - started
    store.close()
    return took


def _fresh(entries: list[Entry]) -> Iterator[Entry]:
    """The lines as a package yields them: one after the other, not yet parsed."""
    return (Entry(e.body, e.hash, e.signature) for e in entries)


def _best(work: Callable[[], float], times: int) -> float:
    """The quickest of several runs: what the machine can do when nobody disturbs it."""
    return min(work() for _ in range(times))


def _follow(store: Store, services: AppServices) -> None:
    """Let the board of the lists follow a store."""
    rooms.enter()
    board = Board(store, lambda: services.law, services.calendar, services.catalogue)
    board.listen()
    board.catch_up()


def _taking(entries: list[Entry], verify: Callable[[], Any], services: AppServices | None = None) -> float:
    """Seconds to take in some lines, read one after the other, into a fresh store; with the board where the ``services`` are told."""
    with tempfile.TemporaryDirectory() as made:
        store = _store(Path(made), "HL")
        if services is not None:
            _follow(store, services)
        gc.collect()
        started = time.perf_counter()
        receipt = take_in(store, _fresh(entries), verify())
        took = time.perf_counter() - started
        assert not receipt.breaches, next(iter(receipt.breaches.items()))
        store.close()
    return took


def take_in_speed(lines: int = FULL.lines, tries: int = FULL.tries, services: AppServices | None = None) -> list[Row]:
    """Taking in a package of lines, against the same rows inserted by bare SQL."""
    entries = _chain(lines)
    with tempfile.TemporaryDirectory() as made:
        names = iter("ABCDEFG")
        bare = _best(lambda: _bare(Path(made), entries, next(names)), tries)
    took = _best(lambda: _taking(entries, lambda: LineVerifier(_trusted)), tries)
    plainly = _best(lambda: _taking(entries, lambda: lambda entry: None), tries)
    followed = _best(lambda: _taking(entries, lambda: _judge(services), services), tries) if services is not None else None
    more = [] if followed is None else [
        (f"接收 {lines} 条留痕（含验签、权属和列表）", f"{followed:.2f} s = {followed / bare:.1f} ×", "9 ×", f"{bare:.2f} s 直接 SQL"),
    ]
    return [
        *more,
        (f"接收 {lines} 条留痕（4 行/条，含验签）", f"{took:.2f} s = {took / bare:.1f} ×", "6 ×", f"{bare:.2f} s 直接 SQL"),
        (f"接收 {lines} 条留痕（不验签）", f"{plainly:.2f} s = {plainly / bare:.1f} ×", "6 ×", f"{bare:.2f} s 直接 SQL"),
    ]


def keep(entries: list[Entry], file: Path) -> None:
    """Write lines as a package is read: one after the other."""
    with file.open("w", encoding="ascii") as written:
        written.writelines(f"{e.body.hex()} {e.hash} {e.signature.hex()}\n" for e in entries)


def taking_memory(file: Path) -> int:
    """Megabytes by which this process, which made none of the lines, grew at most while it took them in.

    Looked at with each line: the peak the system keeps (``ru_maxrss``) a process inherits from whoever started it.
    """
    process = psutil.Process()
    with tempfile.TemporaryDirectory() as made, file.open(encoding="ascii") as kept:
        store = _store(Path(made), "HL")
        store.base.execute_sql("PRAGMA cache_size = -2000")
        before = peak = process.memory_info().rss

        def entries() -> Iterator[Entry]:
            nonlocal peak
            for line in kept:
                body, digest, signature = line.split()
                peak = max(peak, process.memory_info().rss)
                yield Entry(bytes.fromhex(body), digest, bytes.fromhex(signature))

        take_in(store, entries(), lambda entry: None)
        store.close()
        return int(max(peak, process.memory_info().rss) - before) // 2**20


def take_in_memory(lengths: tuple[int, ...] = FULL.memory) -> list[Row]:
    """Peak memory of taking in, for a short and a long package read line by line.

    The database keeps pages at hand up to a fixed bound, whoever writes; here the bound is low, so that what lines cost shows.
    """
    peaks = []
    for lines in lengths:
        with tempfile.TemporaryDirectory() as made:
            file = Path(made) / "lines"
            keep(_chain(lines), file)
            peaks.append(apart("tests.benchmarks.bench_store", "memory", str(file)))
    return [(
        f"接收 {lengths[-1]:,} 条的内存增量（数据库页缓存除外）".replace(",", " "), f"{peaks[-1]} MB", "与长度无关",
        f"{peaks[0]} MB（{lengths[0]:,} 条）".replace(",", " "),
    )]


def replay_speed(lines: int = FULL.replayed, services: AppServices | None = None) -> list[Row]:
    """Verifying and replaying a long journal, from an encrypted file."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        store = _store(folder, "HQ")
        entries = _chain(lines, lambda n: _records(n)[:1])
        with store.transaction():
            for some in rows.batches(entries, 500):
                places = keep_lines(store.base, some, START.isoformat())
                rows.touch(store.base, [(c.table, c.row, p) for p, e in zip(places, some, strict=True) for c in e.changes])
        del entries
        replay.feed(store, replay.all_entries(store))
        with closing(Mark(folder)) as mark:
            mark.write(store.chain, store.head.number, store.head.hash)
        gc.collect()
        started = time.perf_counter()
        verdict = check(store, _judge(services))
        took = time.perf_counter() - started
        assert verdict.whole, verdict.faults[:3]
        store.close()
    return [(f"核验并重演 {verdict.lines} 条留痕、{verdict.rows} 行", f"{took:.1f} s", "20 s" if services is None else "30 s", "—")]


def act_speed(acts: int = FULL.acts, services: AppServices | None = None) -> list[Row]:
    """An act (four rows and the line) against the same rows written by bare SQL in one transaction, on a file."""
    with tempfile.TemporaryDirectory() as made:
        store = _store(Path(made), "HQ")
        store.signer = _Key(PERSON)
        if services is not None:
            _follow(store, services)
            judge = _judge(services)
            take_in(store, _chain(0), judge)
            store.warrant = judge.warrant
        bare, took = 0.0, 0.0
        for n in range(2 * acts):
            records = _records(n)
            started = time.perf_counter()
            if n % 2:
                with open_act(store, "case.register") as act:
                    act.add_many(records)
                took += time.perf_counter() - started
            else:
                with store.transaction():
                    for record in records:
                        fields = record._meta.sorted_fields
                        store.base.execute_sql(
                            f'INSERT INTO "{record._meta.table_name}" ({", ".join(chr(34) + f.column_name + chr(34) for f in fields)}) '
                            f'VALUES ({", ".join("?" * len(fields))})', [plain(f, record.__data__.get(f.name)) for f in fields],
                        )
                bare += time.perf_counter() - started
        store.close()
    what, limit = ("一次操作（4 行与留痕）", "2 ×") if services is None else ("一次操作（4 行、留痕、权属和列表）", "4 ×")
    return [(what, f"{took / acts * 1000:.2f} ms = {took / bare:.2f} ×", limit, f"{bare / acts * 1000:.2f} ms 直接 SQL")]


def _crowd(number: int) -> list[Any]:
    """A case with two parties whose names differ, and one frozen account."""
    of, *others = _records(number)
    surnames, given = "王李张刘陈杨黄赵吴周", "建国秀英志强桂兰海燕晓明文辉雪梅"
    for place, record in enumerate(others[:2]):
        at = number * 2 + place
        record.name = surnames[at % 10] + given[at // 10 % 16] + given[at // 160 % 16]
    thing = Property(
        kind="bank_deposit", identifiers={"account_no": f"62220000{number:08d}", "bank": "演示银行"}, words=f"琼B{number % 100000:05d} 小型轿车",
        found_by="answer", found_on="2018-01-02",
    )
    frozen = Measure(case=of.id, party=others[0].id, property=thing.id, kind="freeze", term_kind="bank_deposit", words=thing.words, state="live")
    return [of, *others[:2], thing, frozen]


def search_speed(cases: int = FULL.cases) -> list[Row]:
    """A keystroke in the search, and laying the index out, with many cases in an encrypted file."""
    with tempfile.TemporaryDirectory() as made:
        store = _store(Path(made), "HQ")
        store.signer = _Key(PERSON)
        for start in range(0, cases, 5000):
            with open_act(store, "ledger.import") as act:
                act.add_many([record for n in range(start, min(cases, start + 5000)) for record in _crowd(n)])
        search = Search(store)
        started = time.perf_counter()
        search.catch_up()
        indexed = time.perf_counter() - started
        started = time.perf_counter()
        search.load()
        loaded = time.perf_counter() - started
        typed = ["2018", "执9", "执99999", "王建国", "wjg", "jg", "国", "琼b54321", "4321", "00054321", "没有这个人", "zzz", "6222000000077777", "陈", "c", "李秀"]
        taken = []
        for text in typed * 12:
            started = time.perf_counter()
            search.find(text)
            taken.append(time.perf_counter() - started)
        store.close()
    taken.sort()
    p95 = taken[int(len(taken) * 0.95)] * 1000
    return [
        (f"搜索一次按键 p95（{cases} 件）", f"{p95:.1f} ms", "30 ms", f"中位 {taken[len(taken) // 2] * 1000:.1f} ms"),
        (f"搜索索引装入内存（{cases} 件）", f"{loaded:.1f} s", "—", f"首次建立 {indexed:.0f} s"),
    ]


def rows_of_all() -> list[Row]:
    """All rows of the table, for the ``bench`` command."""
    return [*act_speed(), *take_in_speed(), *take_in_memory(), *replay_speed(), *search_speed()]


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        print(taking_memory(Path(sys.argv[2])))
        sys.exit()
    for row in rows_of_all():
        print(" | ".join(row))
