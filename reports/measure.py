"""How fast pages are made: figures for the benchmark table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from execdesk.documents.content import Content, Paragraph, Signatory, SignatureBlock
from reports.archive import to_archive
from reports.render import PdfRenderer

PARTIES = (
    "申请执行人：海南椰风小额贷款有限公司，住所地海南省海口市龙华区椰风路18号，统一社会信用代码91460000MA5RC00A1X。",
    "法定代表人：符堃喆，该公司总经理。",
    "被执行人：李犇，男，1980年3月5日出生，黎族，住海南省乐东黎族自治县九所镇椰林村12号，公民身份号码460033198003050005。",
    "被执行人：买买提·吐尔逊，男，1979年12月30日出生，维吾尔族，住三亚市吉阳区月川街〇五号。",
)
TEXT = (
    "本院在执行海南椰风小额贷款有限公司与李犇、买买提·吐尔逊小额借款合同纠纷一案中，于2017年3月20日向被执行人发出执行通知书，"
    "责令被执行人立即履行（2016）琼9027民初456号民事判决书确定的义务，但被执行人至今未履行生效法律文书确定的义务。",
    "本院认为，被执行人应当履行生效法律文书确定的义务。依照《中华人民共和国民事诉讼法》第二百四十二条规定，裁定如下：",
    "冻结被执行人李犇在中国工商银行股份有限公司乐东支行的存款人民币1234567.89元（账号6222020000000000000），冻结期限为一年。",
    "本裁定立即执行。",
)


@dataclass(frozen=True)
class Speed:
    """Median milliseconds of one run (wall clock, processor), runs per second and core, runs measured."""

    milliseconds: float
    cpu_milliseconds: float
    per_second: float
    runs: int


def two_page_ruling() -> Content:
    """A ruling of two pages about fictional people."""
    body = (*(Paragraph(t, "party") for t in PARTIES), *(Paragraph(t) for t in TEXT))
    block = SignatureBlock("judge", (Signatory("审判员", "李明", "", "Judge1"),), clerk="王小丫")
    return Content(
        "ruling_freeze_deposit", "ruling", "海南省乐东黎族自治县人民法院", "执行裁定书", body, block,
        "（2017）琼9027执123号之一", date(2017, 8, 1),
    )  # fmt: skip


def timed(work: Callable[[], object], runs: int) -> Speed:
    """Times one piece of work, after two runs that do not count."""
    for _ in range(2):
        work()
    wall, cpu = [], []
    for _ in range(runs):
        begin, busy = perf_counter(), process_time()
        work()
        wall.append(perf_counter() - begin)
        cpu.append(process_time() - busy)
    return Speed(median(wall) * 1000, median(cpu) * 1000, 1 / median(cpu), runs)


def rendering(fonts: Path, runs: int = 60) -> Speed:
    """One two-page ruling rendered, warm, on one core (target: at most 8 ms)."""
    renderer, content = PdfRenderer(fonts), two_page_ruling()
    return timed(lambda: renderer.render(content), runs)


def archiving(fonts: Path, runs: int = 20) -> Speed:
    """A rendered two-page ruling made PDF/A-2b, validated, with its signature fields."""
    made = PdfRenderer(fonts).render(two_page_ruling())
    return timed(lambda: to_archive(made), runs)
