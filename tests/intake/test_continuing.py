"""Rows that go on with the row above, and that every word of a row stands in a field, in the remarks or in a note of the row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from execdesk.intake.files import read_bytes
from execdesk.intake.ledger import check
from execdesk.intake.report import LedgerCase, LedgerReport
from execdesk.intake.setting import Setting
from execdesk.records.ledgers import LedgerRow
from tests.intake.conftest import HEADINGS, book, row
from tests.intake.office import Office, write_ledger

SHEET = "2017年台账"
NUMBER = "（2017）琼9027执1号"
BLANK = dict.fromkeys(heading.split("（")[0] for heading in HEADINGS)
OTHER = {"被执行人": "丙某", "被执行人身份证号码": "469027197606060004", "住址": "乐东县黄流镇二村"}
JOIN = {("row.continued", SHEET): "join"}
Decided = Callable[[Any], Setting]


def further(**told: Any) -> tuple[Any, ...]:
    """A row with nothing but what is told."""
    return row(**{**BLANK, **told})


def one(report: LedgerReport) -> LedgerCase:
    ((case,),) = [entry.cases for entry in report.imported]
    return case


def codes(report: LedgerReport) -> dict[int, str]:
    """What is said first of each row below the header that does not come in by itself."""
    return {e.row: e.code for e in (*report.decide, *report.refused, *report.passed_over) if e.row > 1}


def test_a_further_party_is_asked_about_once_for_the_sheet_and_the_row_above_waits(setting: Setting, decided: Decided) -> None:
    ledger = book(row(), further(**OTHER), further(被执行人="丁某"), row(案号="（2017）琼9027执2号"))
    report = check(ledger, setting)
    assert codes(report) == {2: "row.continued", 3: "row.continued", 4: "row.continued"}
    (shared,) = report.shared
    assert (shared.code, shared.name, shared.rows, shared.proposal, [o.key for o in shared.options]) == ("row.continued", SHEET, 3, "join", ["join", "apart"])
    assert "接着上一行" in shared.text and "本行" not in shared.text
    done = check(ledger, decided(JOIN))
    assert codes(done) == {3: "row.joined", 4: "row.joined"}
    debtors = done.imported[0].cases[0].debtors
    assert [(p.name, p.id_no, p.address, p.position) for p in debtors][1:] == [("丙某", "469027197606060004", "乐东县黄流镇二村", 2), ("丁某", "", "", 3)]
    assert [entry.row for entry in done.imported[0].also] == [3, 4]


def test_a_row_that_is_no_part_of_the_one_above_is_asked_for_its_number(setting: Setting, decided: Decided) -> None:
    ledger = book(row(), further(**OTHER, 申请执行人="甲某"))
    report = check(ledger, decided({(SHEET, 3, "B", "row.continued"): "apart"}))
    assert [entry.row for entry in report.imported] == [2]
    assert codes(report) == {3: "date.missing"}
    assert codes(check(ledger, decided({(SHEET, 3, "B", "row.continued"): "skip"}))) == {3: "decided.skip"}


@pytest.mark.parametrize("between", [further(), row(案号=None), further(案由="合同纠纷")])
def test_a_row_goes_on_with_the_one_right_above_only(setting: Setting, decided: Decided, between: tuple[Any, ...]) -> None:
    report = check(book(row(), between, further(**OTHER)), decided(JOIN))
    assert one(report).debtors[0].name == "乙某" and len(one(report).debtors) == 1
    assert 4 in codes(report)


def test_the_place_of_every_party_speaks(setting: Setting, decided: Decided) -> None:
    report = check(book(row(承办法官=None), further(被执行人="丙某", 住址="乐东县九所镇")), decided(JOIN))
    assert codes(report) == {2: "town.several", 3: "row.continued"}


@pytest.mark.parametrize(("own", "then", "choice", "fen"), [
    (50000, 50000, "", 5_000_000), (None, 700, "", 70_000), (50000, 700, "sum:5070000", 5_070_000), (50000, 700, "take:5000000", 5_000_000),
    (50000, 700, "text:60000", 6_000_000), (50000, 700, "", None),
])
def test_a_further_amount_is_the_same_or_asked_about(setting: Setting, decided: Decided, own: Any, then: Any, choice: str, fen: int | None) -> None:
    ledger = book(row(申请标的=own), further(申请标的=then, 备注="另一笔"))
    report = check(ledger, decided({**JOIN, **({(SHEET, 2, "L", "money.continued"): choice} if choice else {})}))
    if fen is None:
        assert codes(report) == {2: "money.continued", 3: "row.continued"}
    else:
        assert one(report).claim_fen == fen and "第 3 行备注 另一笔" in one(report).remarks


def test_what_stands_in_the_way_of_one_row_holds_the_case(setting: Setting, decided: Decided) -> None:
    wrong = further(被执行人="丙某", 被执行人身份证号码="469027198808080000")
    assert codes(check(book(row(), wrong), decided(JOIN))) == {2: "row.continued", 3: "identity.number"}
    assert codes(check(book(row(被执行人身份证号码="469027198808080000"), further(**OTHER)), decided(JOIN))) == {2: "identity.number", 3: "row.continued"}
    assert codes(check(book(row(), further(被执行人="丙某等3人")), decided(JOIN))) == {2: "row.continued", 3: "names.and_others"}


def merged(*ranges: str, rows: list[tuple[Any, ...]]) -> bytes:
    """A workbook with cells merged as told: what stands in all but the first of a range is left out."""
    import io

    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    page = made.add_worksheet(SHEET)
    for at, values in enumerate((HEADINGS, *rows)):
        for column, value in enumerate(values):
            if value is not None:
                page.write_datetime(at, column, value) if hasattr(value, "year") else page.write(at, column, value)
    for one in ranges:
        first = page.table.get(int(one.split(":")[0][1:]) - 1, {}).get(ord(one[0]) - 65)
        page.merge_range(one, "")
        assert first is not None
        page.table[int(one.split(":")[0][1:]) - 1][ord(one[0]) - 65] = first
    made.close()
    return out.getvalue()


def test_a_number_merged_over_rows_makes_them_one_case_without_a_question(setting: Setting) -> None:
    data = merged("A2:A3", "B2:B3", "C2:C3", "L2:L3", rows=[row(), further(**OTHER, 备注="第二被执行人在外地")])
    report = check(read_bytes(data, "台账.xlsx"), setting)
    assert codes(report) == {3: "row.joined"}
    assert [p.name for p in one(report).debtors] == ["乙某", "丙某"]
    assert one(report).claim_fen == 5_000_000 and one(report).remarks == "台账另载：第 3 行备注 第二被执行人在外地"


def test_a_block_of_cells_merged_both_ways_shows_its_value_in_every_row() -> None:
    data = merged("B2:C3", rows=[row(立案日期=None), further(备注="x")])
    rows = read_bytes(data, "台账.xlsx").sheets[0].rows
    assert [rows[at].by_column()["B"].text for at in (1, 2)] == [NUMBER, NUMBER] and rows[2].by_column()["B"].merged == "B2"


def test_rows_that_go_on_come_in_once_and_leave_no_row_waiting(office: Office, tmp_path: Path) -> None:
    path = write_ledger(tmp_path / "台账.xlsx", [row(承办法官=None), further(**OTHER, 申请标的=700)])
    waits = office.take(path)
    assert waits.report.counts["imported"] == 0 and [r.row for r in office.tray()] == [2, 3]
    head = office.head
    office.take(path)
    assert office.head == head, "the same rows again write nothing"
    decisions = {**JOIN, (SHEET, 2, "L", "money.continued"): "sum:5070000"}
    promised = office.look(path, decisions)
    taken = office.take(path, decisions)
    assert promised == taken.report
    assert office.parties(NUMBER, "debtor") == ["乙某", "丙某"] and office.case(NUMBER).claim_fen == 5_070_000
    assert not office.tray() and LedgerRow.select().count() == 2
    again = office.take(path)
    assert (again.run, codes(again.report)) == (None, {2: "known.row", 3: "known.row"})
    office.sound()


# -- every word of a row


@pytest.mark.parametrize(("changes", "more", "kept"), [
    ({}, {"查封财产": "琼D00001 黑色", "": "页外"}, "台账另载：查封财产 琼D00001 黑色；T 列 页外"),
    ({"备注": "已联系"}, {"案件类型": "首执"}, "已联系\n台账另载：案件类型 首执"),
    ({"序号": "补3"}, {}, "台账另载：序号 补3"),
    ({}, {"财产所在地": "黄流镇三村"}, "台账另载：财产所在地 黄流镇三村"),
    ({}, {"性别": "男（已故）"}, "台账另载：性别 男（已故）"),
    ({}, {"性别": "男", "是否特殊主体": "否", "执行组": "—"}, ""),
    ({}, {"证件类型": "身份证", "电话": "18900000000 其妻"}, ""),
    ({"被执行人身份证号码": "469027198808080008（其父代领）"}, {}, ""),
    ({"案号": "（2017）琼9027执异1号"}, {}, "台账另载：承办法官 法官甲；书记员 书记员甲"),
])
def test_what_is_in_no_field_stands_in_the_remarks(setting: Setting, changes: dict[str, Any], more: dict[str, str], kept: str) -> None:
    report = check(book((*row(**changes), *more.values()), headings=(*HEADINGS, *more)), setting)
    assert one(report).remarks == kept


def test_what_was_written_where_a_person_decided_otherwise_stands_in_a_note(setting: Setting, decided: Decided) -> None:
    report = check(book(row(申请标的="约5万")), setting)
    (question,) = report.decide[0].questions
    report = check(book(row(申请标的="约5万")), decided({(SHEET, 2, "L", question.code): "text:50000"}))
    assert [note.text for note in report.imported[0].warnings] == ["申请标的（元）原写「约5万」，按您填写的「50000」。"]


def test_amounts_of_a_row_that_is_several_cases_stand_with_each(setting: Setting, decided: Decided) -> None:
    split = {(SHEET, 2, "B", "case_no.several"): "split:（2017）琼9027执1号、（2017）琼9027执2号"}
    (entry,) = check(book(row(案号="（2017）琼9027执1号、2号")), decided(split)).imported
    assert [(case.claim_fen, case.remarks) for case in entry.cases] == [(None, "台账另载：几件合写的申请标的（元） 50000")] * 2
