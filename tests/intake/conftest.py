"""What every test of the intake needs: the column book, the law, the towns of article 3, fictional people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from execdesk.access.organisation import Organisation
from execdesk.desk import AppServices, Desk
from execdesk.intake.columns import ColumnBook, load_columns
from execdesk.intake.files import read_bytes, read_file
from execdesk.intake.ledger import check
from execdesk.intake.report import LedgerReport
from execdesk.intake.setting import Setting
from execdesk.intake.workbook import RowCells, SheetRows, Workbook, letter, make_cell
from execdesk.law.book import LawBook, load_law
from execdesk.law.identity import load_areas
from execdesk.store.clock import DemonstrationClock
from tests.looking import look_at
from tests.world import DAY, SAMPLE, Shelf, World

if TYPE_CHECKING:
    from tests.intake.office import Office

__all__ = ["DAY", "SAMPLE"]
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
CLERKS = {"书记员甲": "C1", "书记员乙": "C2"}
PEOPLE = {"judge": {"法官甲": "J1", "法官乙": "J2", "法官丙": "J3", "法官丁": "J4"}, "clerk": CLERKS, "officer": CLERKS}
GROUPS = {"J1": "coastal", "J2": "coastal", "J3": "mountain", "J4": "mountain"}


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
def setting(columns: ColumnBook, law: LawBook, organisation: Organisation) -> Setting:
    areas = load_areas(RESOURCES / "persons" / "areas.toml")
    return QuietSetting(columns, law, PEOPLE, organisation, {}, areas=areas, today=DAY, group_of=GROUPS)


@pytest.fixture(scope="session")
def sample(setting: Setting) -> LedgerReport:
    """What checking the sample ledger yields, before anything is known."""
    return check(read_bytes(read_file(SAMPLE), SAMPLE.name), setting)


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


@pytest.fixture(scope="session")
def empty_store(worlds: Shelf) -> Path:
    """A demonstration store without cases; copy it."""
    return worlds.get("demo").folder


def _sit(services: AppServices, source: World, place: Path) -> Iterator[Office]:
    from tests.intake.office import Office

    folder = source.copy(place / "data")
    desk = Desk.open(services, folder, "clerk", "demo", DemonstrationClock(DAY))
    look_at(desk)
    yield Office(desk, folder)
    desk.close()


@pytest.fixture
def office(services: AppServices, worlds: Shelf, tmp_path: Path) -> Iterator[Office]:
    """A clerk at an empty desk."""
    yield from _sit(services, worlds.get("demo"), tmp_path)


@pytest.fixture
def filled(services: AppServices, worlds: Shelf, tmp_path: Path) -> Iterator[Office]:
    """A clerk at a desk that holds the sample ledger."""
    yield from _sit(services, worlds.get("ledger"), tmp_path)
