"""A seeded maker of ledgers with every hazard of the interface list (E2), as .xlsx bytes."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import xlsxwriter

from tests.intake.conftest import HEADINGS

ORDER = (*HEADINGS, "序列号", "查扣车辆")
Maker = Callable[[random.Random], Any]


def _day(rng: random.Random) -> date:
    return date(2017, 1, 1) + timedelta(days=rng.randrange(360))


def _written(rng: random.Random, day: date) -> Any:
    forms: tuple[Any, ...] = (
        day, (day - date(1899, 12, 30)).days, str((day - date(1899, 12, 30)).days), f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", f"{day.month}/{day.day}/{day:%y}", f"{day:%y}.{day.month}.{day.day}",
        f"'{day}", f"{day}\u200b", "2017-02-30", "2017年", "待查", None, "=TODAY()",
    )  # fmt: skip
    return rng.choices(forms, weights=[8] * 6 + [2] * 4 + [1] * 5)[0]


def _identity(rng: random.Random) -> Any:
    digits = f"469027{rng.randrange(1950, 2000)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}000"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    good = digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]
    forms: tuple[Any, ...] = (
        good, good.lower(), f"'{good}", good.translate(str.maketrans("0123456789", "０１２３４５６７８９")), f"{good[:6]} {good[6:]}",
        "4.69027E+17", 4.69027e17, good[:17] + ("0" if good[17] != "0" else "1"), "无", None, f"{good}\n{good}",
        "91469027MA0000007K", "114690270000000003",
    )  # fmt: skip
    return rng.choices(forms, weights=[12, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 2, 1])[0]


def _money(rng: random.Random) -> Any:
    amount = rng.randrange(1, 90_000_000) / 100
    forms: tuple[Any, ...] = (
        amount, f"{amount:,.2f}", f"￥{amount}", f"{amount:,.2f}元", f"{amount / 10_000:.4f}万", f"{int(amount)}", "叁万元整",
        "以判决为准", -amount, "约5万", "=L2*2", "#REF!", None, "5万元及利息", "１２３４．５６", "1e400", "９" * 400,
    )  # fmt: skip
    return rng.choices(forms, weights=[12, 8, 4, 8, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])[0]


def _number(rng: random.Random, n: int) -> Any:
    n = rng.randrange(1, n) if n > 2 and rng.random() < 0.02 else n
    kind = rng.choice(("执", "执", "执", "执恢", "执保", "执异", "执监"))
    forms = (
        f"（2017）琼9027{kind}{n}号", f"(2017)琼9027{kind}{n}号", f"〔2017〕琼9027{kind}字第{n}号", f"琼9027{kind}{n}",
        f"（２０１７）琼９０２７{kind}{n}号", f"（2017）琼9027执{n}、{n + 5000}号", f"（2017）琼97执{n}号", "执", None, f"\u200b（2017） 琼9027{kind}{n}号\u00a0",
        f"（2017）琼9027执复{n}号",
    )  # fmt: skip
    return rng.choices(forms, weights=[20, 10, 4, 2, 4, 1, 1, 1, 1, 4, 1])[0]


def _row(rng: random.Random, n: int) -> list[Any]:
    filed = _day(rng)
    names = ("甲某", "乙 某", "甲某、乙某", "甲某，乙某；丙某", "张三丰 李四光", "甲某等5人", "乐东某某有限公司", None, "\u00a0丁某\u200b", "=1+1")
    places = ("乐东县黄流镇新安村", "黄流抱界村", "抱由镇黄流路3号", "三亚市崖州区多一村", "莺歌海盐场", "", None, "九所镇；利国镇")
    modes = (None, None, None, "终本", "执行完毕", "终结执行", "结了", "未结", "保全完毕")
    people = ("法官甲", "法官 乙", "法官丙", "法官丁", None)
    remarks = (None, "已电话联系\n待回复", '=HYPERLINK("x","见附件")', "=cmd|' /C calc'!A0", "@SUM(1)", "x" * 5000)
    return [
        n, _number(rng, n), _written(rng, filed), "买卖合同纠纷", rng.choice(names), _identity(rng), rng.choice(names), _identity(rng),
        rng.choice(places), "（2016）琼9027民初1号", _written(rng, filed - timedelta(days=100)), _money(rng), rng.choice(people),
        rng.choice(("书记员甲", "书记员乙", "")), _money(rng), rng.choice(modes), _written(rng, filed + timedelta(days=90)),
        rng.choice(remarks), rng.choice((None, "z", 7)), rng.choice((None, "琼D00001")),
    ]  # fmt: skip


def hostile(rows: int, seed: int) -> bytes:
    """A workbook with ``rows`` rows of cases, columns in random order, marks and blanks between, other sheets beside."""
    rng = random.Random(seed)
    order = rng.sample(range(len(ORDER)), len(ORDER))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    style = book.add_format({"num_format": "yyyy-mm-dd"})
    one = book.add_worksheet("2017年台账")
    one.merge_range(0, 0, 0, 5, "2017年执行案件台账")
    for at, column in enumerate(order):
        one.write(2, at, ORDER[column])
    line = 3
    for n in range(1, rows + 1):
        values = _row(rng, n)
        _write(one, line, [values[column] for column in order], style, rng)
        line += 1
        line = _between(one, line, rng, order)
    one.write(line, 0, "合计")
    one.write(line + 2, 0, "填表人：书记员甲")
    book.add_worksheet("说明").write(0, 0, "说明")
    spare = book.add_worksheet("旧账")
    spare.write_row(0, 0, HEADINGS)
    spare.write_row(1, 0, [1, "（2016）琼9027执1号"])
    spare.hide()
    loose = book.add_worksheet("续表")
    loose.write_row(0, 0, [1, "（2017）琼9027执9001号", "甲某"])
    book.close()
    return out.getvalue()


def _write(one: Any, line: int, values: list[Any], style: Any, rng: random.Random) -> None:
    if rng.random() < 0.02:
        one.set_row(line, None, None, {"hidden": True})
    for at, value in enumerate(values):
        if isinstance(value, date):
            one.write_datetime(line, at, value, style)
        elif isinstance(value, str) and value.startswith("=") and rng.random() < 0.7:
            one.write_formula(line, at, value, None, rng.choice((0, "", "#REF!", 12.5)))
        elif value is not None:
            one.write(line, at, value)


def _between(one: Any, line: int, rng: random.Random, order: list[int]) -> int:
    kind = rng.random()
    if kind < 0.01:
        return line + 1
    if kind < 0.015:
        one.write(line, 0, "小　计")
        return line + 1
    if kind < 0.02:
        for at, column in enumerate(order):
            one.write(line, at, ORDER[column])
        return line + 1
    if kind < 0.025:
        one.write(line, order.index(0), 99)
        return line + 1
    return line
