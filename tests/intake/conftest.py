"""What every test of the intake needs: the column book, the law, the towns of article 3, fictional people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from execdesk.intake.columns import ColumnBook, load_columns
from execdesk.intake.settling import Setting
from execdesk.intake.towns import Town
from execdesk.intake.workbook import RowCells, SheetRows, Workbook, letter, make_cell
from execdesk.law.book import LawBook, load_law
from execdesk.law.identity import load_areas

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SAMPLE = RESOURCES / "demo" / "ledger-2017.xlsx"
COAST, HILLS = "沿海组", "山区组"
TOWNS = (
    *(Town(name, COAST, "town") for name in ("九所镇", "利国镇", "黄流镇", "佛罗镇", "尖峰镇", "莺歌海镇")),
    *(Town(name, HILLS, "town") for name in ("抱由镇", "万冲镇", "大安镇", "志仲镇", "千家镇")),
    Town("国营山荣农场", HILLS, "unit"),
    Town("国营乐光农场", COAST, "unit"),
    Town("国营保国农场", HILLS, "unit"),
    Town("尖峰岭林业公司", COAST, "unit"),
    Town("国营莺歌海盐场", COAST, "unit"),
)
PEOPLE = {"法官甲": "J1", "法官乙": "J2", "法官丙": "J3", "书记员甲": "C1", "书记员乙": "C2"}


@pytest.fixture(scope="session")
def columns() -> ColumnBook:
    return load_columns(RESOURCES / "intake" / "columns.toml")


@pytest.fixture(scope="session")
def law() -> LawBook:
    return load_law(RESOURCES / "law")


class QuietSetting(Setting):
    """A setting that does not print the whole law when a test fails."""

    def __repr__(self) -> str:
        return "Setting(…)"


@pytest.fixture(scope="session")
def setting(columns: ColumnBook, law: LawBook) -> Setting:
    areas = load_areas(RESOURCES / "persons" / "areas.toml")
    return QuietSetting(columns, law, PEOPLE, TOWNS, {}, areas=areas, today=date(2018, 1, 2))


@pytest.fixture
def decided(setting: Setting) -> Callable[[Mapping[Any, str]], Setting]:
    return lambda decisions: replace(setting, decisions=decisions)


HEADINGS = (
    "序号", "案号", "立案日期", "案由", "申请执行人", "申请执行人身份证号码", "被执行人", "被执行人身份证号码", "住址", "执行依据",
    "生效日期", "申请标的（元）", "承办法官", "书记员", "到位金额", "结案方式", "结案日期", "备注",
)  # fmt: skip
GOOD = (
    1, "（2017）琼9027执1号", date(2017, 3, 1), "买卖合同纠纷", "甲某", "469027198001010009", "乙某", "469027198808080008",
    "乐东县黄流镇新安村", "（2016）琼9027民初1号", date(2016, 12, 1), 50000, "法官甲", "书记员甲", None, None, None, None,
)  # fmt: skip


def row(**changes: Any) -> tuple[Any, ...]:
    """The good row with some cells changed, named by heading."""
    return tuple(changes.get(heading.split("（")[0], value) for heading, value in zip(HEADINGS, GOOD, strict=True))


def book(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS, name: str = "2017年台账") -> Workbook:
    """A workbook of one sheet with a header and ``rows``."""
    return Workbook((sheet(name, headings, *rows),), "xlsx")


def sheet(name: str, *rows: tuple[Any, ...], hidden: bool = False) -> SheetRows:
    """A sheet of plain values; a text that begins with = is a formula whose shown value was not kept."""
    return SheetRows(name, hidden, tuple(_row(number, values) for number, values in enumerate(rows, 1)))


def _row(number: int, values: tuple[Any, ...]) -> RowCells:
    cells = []
    for at, value in enumerate(values):
        formula = value if isinstance(value, str) and value.startswith("=") else None
        cell = make_cell(letter(at), None if formula else value, formula)
        if cell is not None:
            cells.append(cell)
    return RowCells(number, tuple(cells))
