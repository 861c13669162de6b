"""A seeded maker of hostile ledgers that knows the truth: every value is written in one of the ways offices write it, and what it means
is told beside, row by row, as :func:`tests.intake.told.report_words` tells it."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import xlsxwriter

SHEET = "2017年台账"
HEADINGS = (
    "序号", "案号", "立案日期", "案由", "申请执行人", "申请执行人身份证号码", "被执行人1", "被执行人1身份证号码", "被执行人1住址", "被执行人1电话",
    "被执行人2", "被执行人2身份证号码", "被执行人2住址", "执行依据", "生效日期", "申请标的（元）", "承办法官", "书记员", "到位金额", "结案方式", "结案日期", "备注", "查封财产",
)  # fmt: skip
PLACES = (("乐东县黄流镇新安村", "黄流镇", "coastal"), ("乐东县九所镇抱浅村", "九所镇", "coastal"), ("乐东县万冲镇三柏村", "万冲镇", "mountain"))
FAMILY, GIVEN = "符林陈吉韩麦石邢王李", "示例拟虚构样某"
MODES = (("执毕", "执行完毕"), ("终本", "终结本次执行程序"), ("终结执行", "终结执行"), ("裁定不予执行", "不予执行"))
_WIDE = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ")


@dataclass
class Row:
    """Cells by heading as written, and what is right; ``merged`` headings reach down from the row above."""

    cells: dict[str, Any]
    right: dict[str, Any]
    merged: tuple[str, ...] = ()
    hidden: bool = False
    loose: list[Any] = field(default_factory=list)  # cells without headings to be under: a total, a note


@dataclass(frozen=True)
class Ledger:
    """A workbook, and by row number what is right."""

    data: bytes
    right: dict[str, dict[str, Any]]


class Maker:
    """Makes rows; everything that chance decides comes out of one seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.sequence = 0
        self.recent: list[str] = []

    def one_of(self, *forms: Any) -> Any:
        return self.rng.choice(forms)

    def name(self) -> tuple[str, str]:
        name = ""
        while not name or name in self.recent:  # nobody stands twice in a case
            name = self.rng.choice(FAMILY) + "".join(self.rng.choices(GIVEN, k=2))
        self.recent = [*self.recent[-5:], name]
        return name, self.one_of(name, name, f" {name}\u200b", f"{name[0]} {name[1:]}", f"\u00a0{name}")

    def identity(self) -> tuple[str, str, str]:
        """Number, as written, and what is told of its holder."""
        rng = self.rng
        born = date(rng.randrange(1950, 1999), rng.randrange(1, 13), rng.randrange(1, 29))
        digits = f"469027{born:%Y%m%d}{rng.randrange(1, 1000):03d}"
        number = digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11]
        written = self.one_of(number, number.lower(), f"'{number}", number.translate(_WIDE), f"{number[:6]} {number[6:14]} {number[14:]}", f"{number}\u202c")
        return number, written, f"{'男' if int(number[16]) % 2 else '女'} {born}"

    def day(self, day: date) -> Any:
        serial = (day - date(1899, 12, 30)).days
        return self.one_of(
            day, day, serial, str(serial), f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", f"{day}",
            f"{day:%Y-%m-%d} 00:00:00", f"{day.year}/{day.month}/{day.day}", f" {day}\u200b", f"{day:%Y、%m、%d}",
        )

    def money(self) -> tuple[int, Any]:
        yuan = self.rng.randrange(1, 900) * 10_000
        fen = yuan * 100 + self.rng.choice((0, 0, 1, 25, 5050))
        exact = f"{fen // 100}.{fen % 100:02d}"
        forms = [fen / 100, exact, f"{fen / 100:,.2f}", f"￥{exact}", f"{fen / 100:,.2f}元", exact.translate(_WIDE), f"人民币{exact}元"]
        return fen, self.one_of(*forms, *([f"{yuan // 10_000}万元", f"{yuan // 10_000}万"] if fen == yuan * 100 else []))

    def number(self) -> tuple[str, str]:
        self.sequence += 1
        n, kind = self.sequence, self.one_of("执", "执", "执", "执恢")
        number = f"（2017）琼9027{kind}{n}号"
        return number, self.one_of(number, f"(2017)琼9027{kind}{n}号", f"〔2017〕琼9027{kind}字第{n}号", number.translate(_WIDE), f" {number}\u00a0", f"[2017]琼9027{kind}{n}号")

    def good(self) -> Row:
        """A row that comes in, with one or two debtors, some closed, some with a remark or something seized."""
        rng = self.rng
        number, written = self.number()
        filed = date(2017, 1, 5) + timedelta(days=rng.randrange(300))
        (applicant, applicant_cell), (paper, paper_cell, of_applicant) = self.name(), self.identity()
        place, town, group = self.one_of(*PLACES)
        (debtor, debtor_cell), (own, own_cell, of_debtor) = self.name(), self.identity()
        fen, money = self.money()
        phone = f"139{rng.randrange(10**7):08d}"
        basis = f"（2016）琼9027民初{self.sequence}号"
        cells = {
            "序号": self.sequence, "案号": written, "立案日期": self.day(filed), "案由": self.one_of("买卖合同纠纷", " 买卖合同纠纷"), "申请执行人": applicant_cell,
            "申请执行人身份证号码": paper_cell, "被执行人1": debtor_cell, "被执行人1身份证号码": own_cell, "被执行人1住址": place, "被执行人1电话": self.one_of(phone, int(phone)),
            "执行依据": basis, "生效日期": self.day(filed - timedelta(days=40)), "申请标的（元）": money, "承办法官": self.one_of("法官甲", "法官 甲", "法官乙"), "书记员": "书记员甲",
        }
        case = {
            "number": number, "state": "open", "cause": "买卖合同纠纷", "filed_on": str(filed), "applicants": [f"{applicant} {paper}（id18） {of_applicant}"],
            "debtors": [f"{debtor} {own}（id18） {of_debtor} {place} {phone}"], "basis_no": basis, "basis_effective_on": str(filed - timedelta(days=40)),
            "claim_fen": fen, "judge": "".join(cells["承办法官"].split()), "clerk": "书记员甲", "town": town, "group": group,
        }
        self._second(cells, case, place)
        self._closing(cells, case, filed, fen)
        self._words(cells, case)
        return Row(cells, {"list": "imported", "cases": [case]}, hidden=rng.random() < 0.02)

    def _second(self, cells: dict[str, Any], case: dict[str, Any], place: str) -> None:
        if self.rng.random() < 0.3:
            (name, name_cell), (number, written, about) = self.name(), self.identity()
            cells |= {"被执行人2": name_cell, "被执行人2身份证号码": written, "被执行人2住址": place}
            case["debtors"].append(f"{name} {number}（id18） {about} {place}")

    def _closing(self, cells: dict[str, Any], case: dict[str, Any], filed: date, fen: int) -> None:
        chance = self.rng.random()
        if chance < 0.3 and "执恢" not in case["number"]:
            written, mode = self.one_of(*MODES)
            closed = filed + timedelta(days=30)
            cells |= {"结案方式": written, "结案日期": self.day(closed), "到位金额": fen / 100}
            case |= {"state": "closed", "recovered_fen": fen, "closed_on": str(closed), "closing_mode": mode}
        elif chance < 0.5:
            cells["结案方式"] = self.one_of("未结", "在办", "-")

    def _words(self, cells: dict[str, Any], case: dict[str, Any]) -> None:
        remark, seized = self.one_of("", "", "已电话联系", "@SUM(1)", "=1+1不算"), self.one_of("", "", "", "琼D00001 小型轿车")
        if remark:
            cells["备注"] = remark
        if seized:
            cells["查封财产"] = seized
        if told := "\n".join(part for part in (remark, f"台账另载：查封财产 {seized}" if seized else "") if part):
            case["remarks"] = told

    def group(self) -> list[Row]:
        """A row and, now and then, those that go with it: further parties, a slip, a total, a repeated header."""
        row, kind = self.good(), self.rng.random()
        if kind < 0.06:
            return self._continued(row)
        if kind < 0.09:
            return [self._refused(row), self._after(row)]
        if kind < 0.14:
            return [self._asked(row)]
        return [row, *self._between(kind)]

    def _continued(self, row: Row) -> list[Row]:
        case = row.right["cases"][0]
        place = row.cells["被执行人1住址"]
        (name, name_cell), (number, written, about) = self.name(), self.identity()
        case["debtors"].append(f"{name} {number}（id18） {about} {place}")
        cells = {"被执行人1": name_cell, "被执行人1身份证号码": written, "被执行人1住址": place}
        merged = ("序号", "案号", "立案日期", "申请标的（元）") if self.rng.random() < 0.5 else ()
        if self.rng.random() < 0.5:
            cells["查封财产"] = "琼D00002"
            words = f"第 #NEXT# 行查封财产 {cells['查封财产']}"
            case["remarks"] = f"{case['remarks']}；{words}" if "台账另载" in case.get("remarks", "") else f"{case.get('remarks', '')}\n台账另载：{words}".strip()
        return [row, Row(cells, {"list": "passed_over", "why": "row.joined"}, merged)]

    def _refused(self, row: Row) -> Row:
        number = row.cells["被执行人1身份证号码"] = "469027198808080000"
        return Row(row.cells, {"list": "refused", "wrong": [f"identity.number H {number}"]})

    def _after(self, row: Row) -> Row:
        """The number of a refused row again, with another debtor."""
        number = row.right["cases"][0]["number"]
        cells = {**row.cells, "被执行人1": "另某人", "被执行人1身份证号码": self.identity()[1]}
        return Row(cells, {"list": "decide", "asked": [f"repeat.refused B {number} → this:{number}"]})

    def _asked(self, row: Row) -> Row:
        cells, wan = row.cells, self.rng.randrange(2, 90)
        forms: tuple[tuple[str, Any, str], ...] = (
            ("申请标的（元）", f"约{wan}万", f"money.words P 约{wan}万 → take:{wan * 1_000_000} | unknown (take:{wan * 1_000_000})"),
            ("申请标的（元）", f"{wan}万元及利息", f"money.words P {wan}万元及利息 → take:{wan * 1_000_000} | unknown (take:{wan * 1_000_000})"),
            ("申请标的（元）", "见调解书", "money.words P 见调解书 → unknown"),
            ("被执行人1", "乙?某", "names.lost G 乙?某 → keep:乙?某"),
            ("案由", "买卖\ufffd同纠纷", "text.torn  买卖\ufffd同纠纷 → keep"),
        )
        heading, value, asked = self.one_of(*forms)
        cells[heading] = value
        return Row(cells, {"list": "decide", "asked": [asked]})

    def _between(self, kind: float) -> Iterator[Row]:
        if kind < 0.16:
            yield Row({}, {})
        elif kind < 0.18:
            yield Row({}, {"list": "passed_over", "why": "row.total"}, loose=[self.one_of("小　计", "1月合计", "本页合计：")])
        elif kind < 0.20:
            yield Row(dict(zip(HEADINGS, HEADINGS, strict=True)), {"list": "passed_over", "why": "row.header_repeated"})
        elif kind < 0.22:
            yield Row({"序号": 99999}, {"list": "passed_over", "why": "row.serial_only"})


def truthful(count: int, seed: int) -> Ledger:
    """A ledger of at least ``count`` rows, its columns in an order of its own."""
    maker, rows = Maker(seed), []
    while len(rows) < count:
        rows += maker.group()
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet(SHEET)
    page.write_row(0, 0, HEADINGS)
    right: dict[str, dict[str, Any]] = {}
    for at, row in enumerate(rows, 1):
        _write(page, at, row, rows[at - 2] if at > 1 else row)
        for case in row.right.get("cases", ()):
            if "remarks" in case:
                case["remarks"] = case["remarks"].replace("#NEXT#", str(at + 2))
        if row.right:
            right[str(at + 1)] = row.right
    book.close()
    return Ledger(out.getvalue(), right)


def _write(page: Any, at: int, row: Row, above: Row) -> None:
    if row.hidden:
        page.set_row(at, None, None, {"hidden": True})
    for column, value in enumerate(row.loose):
        page.write(at, column, value)
    for column, heading in enumerate(HEADINGS):
        if heading in row.merged:
            page.merge_range(at - 1, column, at, column, "")
            _cell(page, at - 1, column, above.cells[heading])
        elif heading in row.cells:
            _cell(page, at, column, row.cells[heading])


def _cell(page: Any, at: int, column: int, value: Any) -> None:
    if isinstance(value, date):
        page.write_datetime(at, column, value)
    elif isinstance(value, str):
        page.write_string(at, column, value)
    else:
        page.write(at, column, value)
