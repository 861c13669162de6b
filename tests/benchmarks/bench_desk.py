"""Speed of the desk: ledger, issue and seal, law, pages; rows (what, figure, limit, floor) for the ``bench`` command."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from execdesk.desk import AppServices, Desk
from execdesk.intake.importing import take_ledger
from execdesk.law.control import control_end
from execdesk.store.clock import DemonstrationClock
from tests.benchmarks import bench_setters
from tests.benchmarks.size import Size
from tests.intake.hostile import hostile
from tests.intake.plain import plain
from tests.looking import look_at
from tests.world import DAY, found

Row = tuple[str, str, str, str]


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def ledger(services: AppServices, size: Size) -> Iterator[Row]:
    """The sample ledger, checked and journaled, and a large one without hazards; the start of the helper that reads it is counted in."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        found(folder)
        desk = Desk.open(services, folder, "clerk", "demo", DemonstrationClock(DAY))
        look_at(desk)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        taken: list[Any] = []
        seconds = timed(lambda: taken.append(take_ledger(desk.session, services.resources / "demo" / "ledger-2017.xlsx")))
        rows = sum(taken[0].report.counts.values())
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        yield ("台账导入并留痕", f"{rows / seconds:,.0f} 行/秒（{rows} 行 {seconds:.2f} 秒，内存增 {more:.0f} MB）", "≥ 1,000 行/秒", "—")
        again = timed(lambda: take_ledger(desk.session, services.resources / "demo" / "ledger-2017.xlsx"))
        yield ("同一台账再导入（无变化）", f"{again:.2f} 秒", "—", f"首次的 {again / seconds:.2f} 倍")
        desk.close()
    seconds, counts = took_in(services, plain(size.hostile, seed=2017))
    assert counts["imported"] == size.hostile, counts
    yield (f"{size.hostile:,} 行台账导入并留痕", f"{size.hostile / seconds:,.0f} 行/秒（{seconds:.2f} 秒）", "≥ 1,000 行/秒", "—")


def hostile_ledger(services: AppServices, size: Size) -> Iterator[Row]:
    """A ledger full of hazards, taken in and journaled."""
    seconds, counts = took_in(services, hostile(size.hostile, seed=20171231))
    yield (f"{size.hostile:,} 行恶劣台账导入并留痕", f"{seconds:.2f} 秒（用过的行 {sum(counts.values()):,}，导入 {counts['imported']:,}）", "4,000 行 ≤ 6 秒", "—")


def took_in(services: AppServices, workbook: bytes) -> tuple[float, Mapping[str, int]]:
    """Seconds of taking a workbook into a fresh demonstration store, and how many rows came to what."""
    with tempfile.TemporaryDirectory() as place:
        file, folder = Path(place) / "台账.xlsx", Path(place) / "data"
        file.write_bytes(workbook)
        found(folder)
        desk = Desk.open(services, folder, "clerk", "demo", DemonstrationClock(DAY))
        look_at(desk)
        taken: list[Any] = []
        seconds = timed(lambda: taken.append(take_ledger(desk.session, file)))
        desk.close()
    return seconds, taken[0].report.counts


def issue(services: AppServices, size: Size) -> Iterator[Row]:
    """Issue → signed and kept, and seal → kept, warm."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        found(folder)
        desk = Desk.open(services, folder, "clerk", "demo", DemonstrationClock(DAY))
        case = desk.do(
            "case.register", number="（2018）琼9027执1号", cause="民间借贷纠纷", filed_on=DAY, applicants=["符示例"],
            debtors=[{"name": "林例一", "address": "乐东黎族自治县九所镇某村"}], principal=5_000_000, basis_no="（2017）琼9027民初88号",
            basis_kind="民事判决书", basis_organ="本院", basis_effective_on=DAY, obligation="支付借款本金50000元",
        ).ids("Case")[0]
        judge = desk.reads.account_of(desk.reads.case(case).case.judge)
        desk.close()
        desk = Desk.open(services, folder, judge, "demo", DemonstrationClock(DAY))
        issued, documents = [], []
        for _ in range(size.issued):
            changes = desk.do("notice.execution", case=case, party="林例一")
            request = changes.ids("Request")[0]
            desk.do("request.submit", request=request)
            desk.do("request.approve", request=request)
            document = desk.reads.documents_of(request)[0]
            documents.append(document)
            issued.append(timed(lambda row=document: desk.do("document.issue", document=row)))  # type: ignore[misc]
        desk.close()
        desk = Desk.open(services, folder, "seal", "demo", DemonstrationClock(DAY))
        sealed = [timed(lambda row=d: desk.do("document.seal", document=row)) for d in documents]  # type: ignore[misc]
        desk.close()
        first, second = sorted(issued)[len(issued) // 2], sorted(sealed)[len(sealed) // 2]
        yield ("签发并留存 + 盖章并留存（热）", f"{first:.2f} + {second:.2f} = {first + second:.2f} 秒", "≤ 0.8 秒", f"首次签发 {issued[0]:.2f} 秒")


def law(services: AppServices, size: Size) -> Iterator[Row]:
    """Control ends, interest sheets, the whole approval table."""
    from execdesk.law.calculators import calculator

    count, sheets = size.ends, size.sheets
    days = [DAY + timedelta(days=n % 3000) for n in range(count)]
    seconds = timed(lambda: [control_end(services.law, "bank_deposit", day) for day in days])
    yield (f"控制期限 {count:,} 次", f"{seconds:.2f} 秒", "—", f"{count / seconds:,.0f} 次/秒")
    interest = calculator("interest")
    values = {"debt": "50000", "period_end": "2016-08-01", "until": "2018-01-02"}
    seconds = timed(lambda: [interest.run(services.law, services.calendar, values) for _ in range(sheets)])
    yield (f"迟延利息计算单 {sheets:,} 份", f"{seconds:.2f} 秒", "—", f"{sheets / seconds:,.0f} 份/秒")
    cells = list(services.authority.cells([date(2017, 7, 31), date(2017, 8, 1), DAY][-size.tables:]))
    seconds = timed(lambda: [
        services.authority.decide(c.matter, subject=c.subject, on=c.on, circumstances=c.circumstances) for c in cells
    ])
    yield (f"审批权限表全表 {len(cells):,} 格", f"{seconds:.2f} 秒", "—", f"{len(cells) / seconds:,.0f} 格/秒")


def pages(services: AppServices, size: Size) -> Iterator[Row]:
    """Two-page rulings rendered warm, and archived."""
    from reports.measure import archiving, rendering

    drawn, kept = rendering(services.resources / "fonts", size.drawn), archiving(services.resources / "fonts", size.archived)
    yield ("两页裁定书排版（热）", f"{drawn.per_second:.0f} 份/秒·核（{drawn.cpu_milliseconds:.1f} 毫秒）", "≤ 8 毫秒", "—")
    yield from bench_setters.rows(services.resources / "fonts", drawn.cpu_milliseconds)
    yield ("转为 PDF/A-2b 并建签名域", f"{kept.cpu_milliseconds:.0f} 毫秒", "—", f"排版的 {kept.cpu_milliseconds / drawn.cpu_milliseconds:.1f} 倍")
