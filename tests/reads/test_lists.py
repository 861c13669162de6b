"""Every list the board answers: parts of an order make the whole, every row has its place, counts are those of the views, and a word finds
the rows in whose columns it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from peewee import Database

from execdesk.desk import Desk
from execdesk.documents.content import Content, Signatory, SignatureBlock
from execdesk.documents.wire import dump
from execdesk.reads.boardsql import asked_on
from execdesk.reads.casecolumns import COLUMNS as CASE_COLUMNS
from execdesk.reads.casewhere import ListFilter
from execdesk.reads.export import write_table
from execdesk.reads.listcolumns import ListColumn
from execdesk.reads.listing import ALL, ListWanted, lists
from execdesk.reads.lists.imports import IMPORTS
from execdesk.reads.lists.tray import TRAY
from execdesk.records.approvals import Decision, Request
from execdesk.records.cases import Case
from execdesk.records.ledgers import Import, TrayRow
from execdesk.records.papers import Document
from tests import many_measures
from tests.at_will import at_will
from tests.counting import asked_of
from tests.ui import office_store
from tests.world import DAY, Shelf
from ui.boardsource import columns_of

NAMES = list(lists())
SORTS = [(of.name, column.name) for of in lists().values() for column in of.columns if column.order is not None]


@pytest.fixture(scope="module")
def desk(worlds: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with something in every list."""
    made = office_store.at(worlds.get("matters").copy(tmp_path_factory.mktemp("lists") / "data"), "director")
    many_measures.add(made, 60, DAY)
    with at_will(made.session, "test.ledgers") as act:
        for number in range(9):
            act.add_many(_ledger(number))
            act.add_many(_matter(number, Case.select().order_by(Case.id).first().id, made.session.me.id))
    yield made
    made.close()


def _matter(number: int, case: str, me: str) -> list[Any]:
    """A paper that somebody else has still to sign, and a matter with a word on it."""
    signatory = Signatory("审判员", f"法官{number % 3}", f"P{number}", "Judge1")
    paper = Document(
        case=case, type_id="ruling_freeze", title=f"执行裁定书{number % 3}", series="ruling", state="to_cosign", inputs={}, number=f"（2017）琼9027执123号之{number}",
        content=dump(Content("ruling_freeze", "ruling", "", "裁定书", (), SignatureBlock("judge", (signatory,)))),
    )
    request = Request(
        case=case, matter="freeze_deposit", title=f"冻结{number % 4}", circumstances=[], applicant=me, state=("approved", "returned", "used")[number % 3],
        submitted_at=datetime(2018, 1, 1, 2, number, tzinfo=UTC),
    )
    words = [Decision(
        request=request.id, kind=("comment", "approve", "return")[(number + turn) % 3], person=me, post="", on=DAY - timedelta(days=number * 4), level="", article="",
        at=datetime(2018, 1, 2, 2, number * turn, tzinfo=UTC), phrase="", reason="", rule_id="", data_hash="", chain_head="", statement="", signature="",
    ) for turn in range(2)]
    return [paper, request, *words]


def _ledger(number: int) -> list[Any]:
    """An import of which some rows wait."""
    run = Import(file_name=f"台账{number % 4}.xlsx", file_sha256="", counts={"imported": number * 7, "decide": 2}, state=("done", "done", "undone")[number % 3])
    return [run, *(TrayRow(
        run=run.id, sheet=f"表{number % 2}", row=20 - row, fingerprint="", kind=("decide", "refused")[row % 2], raw={}, problems=[{"text": f"第{row}个问题"}],
        case_no=None if row == 3 else f"（2017）琼9027执{number * 10 + row}号", state="waiting" if row else "dropped",
    ) for row in range(number % 5))]


def whole(desk: Desk, name: str, view: str = "all", needle: str = "", sort: str = "", descending: bool = False) -> list[Any]:
    found = desk.reads.list_page(ListWanted(name, view, needle), sort, descending, 0, ALL)
    assert found.total == len(found.rows) and found.percent is None
    return list(found.rows)


@pytest.mark.parametrize("name", NAMES)
def test_its_order_at_first_is_one_it_has_and_its_columns_are_told_apart(desk: Desk, name: str) -> None:
    of = lists()[name]
    assert of.order("", asked_on(desk.session, None)).columns and "all" in of.views
    for words in ([c.name for c in of.columns], [c.title for c in of.columns], [view.words(desk.session) for view in of.views.values()]):
        assert len(set(words)) == len(words)
    assert whole(desk, name), "a list without a row proves nothing"


@pytest.mark.parametrize(("name", "sort"), SORTS)
def test_parts_of_an_order_make_the_whole_and_every_row_has_its_place(desk: Desk, name: str, sort: str) -> None:
    for descending in (False, True):
        rows = whole(desk, name, sort=sort, descending=descending)
        parts = [row for first in range(0, len(rows), 7) for row in desk.reads.list_page(ListWanted(name), sort, descending, first, 7, False).rows]
        assert parts == rows
        for at in range(0, len(rows), 5):
            assert desk.reads.list_place(ListWanted(name), sort, descending, rows[at].id) == at
        assert desk.reads.list_place(ListWanted(name), sort, descending, "nobody") == -1


@pytest.mark.parametrize("name", NAMES)
def test_a_view_holds_as_many_as_are_counted(desk: Desk, name: str) -> None:
    found = {count.view: count.number for count in desk.reads.list_counts(name)}
    assert found == {view: len(whole(desk, name, view)) for view in lists()[name].views}
    every = {row.id for row in whole(desk, name)}
    assert all({row.id for row in whole(desk, name, view)} <= every for view in found)


@pytest.mark.parametrize("known_on", [None, DAY - timedelta(days=1)])
@pytest.mark.parametrize("name", NAMES)
def test_the_case_of_a_row_is_looked_up_and_never_all_cases_for_it(desk: Desk, name: str, known_on: date | None) -> None:
    base = desk.session.store.base
    with asked_of(base) as asked:
        desk.reads.list_page(ListWanted(name, known_on=known_on), count=ALL)
        desk.reads.list_counts(name, known_on)
    of_cases = [step_of_cases(base, text, values) for text, values in zip(asked.statements, asked.values, strict=True) if ' b ON b."case"' in text]
    assert all("(case=?" in step for step in of_cases), of_cases
    assert of_cases or name in (IMPORTS.name, TRAY.name)


def step_of_cases(base: Database, text: str, values: Any) -> str:
    """How the database comes to the cases of a question, without figures about its tables: the program gathers none."""
    steps = [step for *_, step in base.execute_sql(f"EXPLAIN QUERY PLAN {text}", values).fetchall()]
    return next(step for step in steps if step.split()[1] == "b")


@pytest.mark.parametrize("name", NAMES)
def test_a_word_finds_the_rows_in_whose_columns_it_stands(desk: Desk, name: str) -> None:
    rows, of = whole(desk, name), lists()[name]
    texts = {row.id: [column.text(row).lower() for column in of.columns if column.find] for row in rows}
    tried = 0
    for column in of.columns:
        for said in sorted({column.text(row) for row in rows if column.find} - {"—", ""})[:4]:
            words = [said.split()[0][:6], said.split()[-1][-4:]]
            for needle in (words[0], words[1], " ".join(words), words[0].replace("(", "（")):
                wanted = [each.lower().replace("（", "(") for each in needle.split()]
                held = {row for row, told in texts.items() if all(any(word in text.replace("（", "(") for text in told) for word in wanted)}
                assert {row.id for row in whole(desk, name, needle=needle)} == held != set(), (column.name, needle)
                tried += 1
    assert tried > 3 and whole(desk, name, needle="没有这样的词") == []


def test_an_import_tells_how_many_of_its_rows_wait_and_the_newest_stands_first(desk: Desk) -> None:
    waiting = Counter(row.run for row in whole(desk, TRAY.name))
    runs = whole(desk, IMPORTS.name)
    assert {run.id: run.waiting for run in runs if run.waiting} == waiting != {}
    assert [run.at for run in runs] == sorted((run.at for run in runs), reverse=True) and all(run.person for run in runs)


KINDS = {Decimal: ("n", "#,##0.00"), int: ("n", "0"), float: ("n", "0.0%"), date: ("d", "yyyy-mm-dd"), datetime: ("d", "yyyy-mm-dd hh:mm"), str: ("s", "@")}


@pytest.mark.parametrize("name", [*NAMES, "cases"])
def test_its_file_is_a_workbook_with_numbers_and_days_a_fixed_head_a_filter_and_sums_that_work(desk: Desk, name: str, tmp_path: Path) -> None:
    listed: tuple[ListColumn[Any], ...] = CASE_COLUMNS if name == "cases" else lists()[name].columns
    columns = columns_of(listed)
    rows = list(desk.reads.case_list(ListFilter("open"), count=ALL).rows) if name == "cases" else whole(desk, name)
    assert write_table(tmp_path / "a.xlsx", [column.title for column in columns], ([column.written(row) for column in columns] for row in rows)) == len(rows)
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    assert [cell.value for cell in sheet[1]] == [column.title for column in columns]
    for at, column in enumerate(columns, 1):
        told = [column.written(row) for row in rows]
        cells = [sheet.cell(line, at) for line in range(2, len(rows) + 2)]
        assert {(cell.data_type, cell.number_format) for cell, value in zip(cells, told, strict=True) if value != ""} <= {KINDS[type(value)] for value in told}
        assert sheet.column_dimensions[get_column_letter(at)].width >= 2 * len(column.title)
        assert ("（元）" in column.title) == any(isinstance(value, Decimal) for value in told), "amounts are amounts"
        if "（元）" in column.title:
            assert sheet.cell(len(rows) + 2, at).value == f"=SUBTOTAL(109,{get_column_letter(at)}2:{get_column_letter(at)}{len(rows) + 1})"
            added = sum(round(cell.value * 100) for cell in cells if cell.data_type == "n" and cell.value is not None)
            assert added == sum(value * 100 for value in told if isinstance(value, Decimal)) and (added > 0 or column.title == "已到位（元）")
