"""A ledger without a hazard, of as many rows as wanted: what an import costs when nothing is wrong."""

from __future__ import annotations

import io
import random
from datetime import date, timedelta

import xlsxwriter

from execdesk.law.identity import ID_CHECKS, ID_WEIGHTS

HEADINGS = (
    "序号", "案号", "立案日期", "案由", "申请执行人", "申请执行人身份证号码", "被执行人", "被执行人身份证号码", "住址", "执行依据", "生效日期", "申请标的（元）",
    "承办法官", "书记员", "备注",
)  # fmt: skip
PLACES = ("乐东县黄流镇新安村", "乐东县九所镇抱浅村", "乐东县抱由镇黄流路3号")


def plain(rows: int, seed: int) -> bytes:
    """A workbook with ``rows`` cases of 2017 about fictional people."""
    rng, out = random.Random(seed), io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day, sheet = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_worksheet("2017年台账")
    sheet.write_row(0, 0, HEADINGS)
    for n in range(1, rows + 1):
        filed = date(2017, 1, 1) + timedelta(days=rng.randrange(360))
        sheet.write_row(n, 0, (n, f"（2017）琼9027执{n}号"))
        sheet.write_datetime(n, 2, filed, day)
        sheet.write_row(n, 3, ("买卖合同纠纷", "甲某某", _identity(rng), "乙某某", _identity(rng), rng.choice(PLACES), f"（2016）琼9027民初{n}号"))
        sheet.write_datetime(n, 10, filed - timedelta(days=100), day)
        sheet.write_row(n, 11, (rng.randrange(1, 9_000_000) / 100, rng.choice(("法官甲", "法官乙")), "书记员甲", "已电话联系"))
    book.close()
    return out.getvalue()


def _identity(rng: random.Random) -> str:
    digits = f"469027{rng.randrange(1950, 2000)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}{rng.randrange(1000):03d}"
    return digits + ID_CHECKS[sum(int(d) * w for d, w in zip(digits, ID_WEIGHTS, strict=True)) % 11]
