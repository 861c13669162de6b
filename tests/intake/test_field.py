"""Ledgers as offices really send them, each with one trouble: what comes in, what is asked, and that nothing of a row is lost."""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from execdesk.fields.cells import Refused, Value
from execdesk.fields.dates import read_date_text
from execdesk.intake.files import read_bytes, read_file
from execdesk.intake.ledger import check
from execdesk.intake.report import LedgerCase, LedgerEntry, LedgerReport
from execdesk.intake.setting import Setting
from execdesk.law.refusal import Refusal
from tests.intake.conftest import GOOD, HEADINGS, book, row
from tests.intake.told import answers, report_words

FIELD = Path(__file__).parent / "field"
def case(report: LedgerReport, row: int) -> LedgerCase:
    """The one case that a row makes."""
    (entry,) = [entry for entry in report.imported if entry.row == row]
    (found,) = entry.cases
    return found


def asked(report: LedgerReport, row: int) -> dict[str, tuple[str, ...]]:
    """The questions of a row by code, with the keys of their options."""
    (entry,) = [entry for entry in report.decide if entry.row == row]
    return {question.code: tuple(option.key for option in question.options) for question in entry.questions}


def refused(report: LedgerReport, row: int) -> set[str]:
    """Why a row is refused."""
    (entry,) = [entry for entry in report.refused if entry.row == row]
    return {problem.code for problem in entry.problems}


def good(report: LedgerReport, row: int = 2) -> bool:
    """Whether a row is the good one but for its number."""
    (told,) = report_words(report)[str(row)]["cases"]
    return {name: value for name, value in told.items() if name != "number"} == RIGHT["good"]


def right_case(told: Mapping[str, Any]) -> dict[str, Any]:
    """A case that is right in full."""
    own = {name: value for name, value in told.items() if name not in ("alone", "without")}
    return own if told.get("alone") else {name: value for name, value in RIGHT["good"].items() if name not in told.get("without", ())} | own


RIGHT: dict[str, Any] = tomllib.loads((FIELD / "right.toml").read_text("utf-8"))
NAMES = sorted(path.name for path in FIELD.iterdir() if path.suffix != ".toml")


@pytest.fixture(scope="module")
def reports(setting: Setting) -> Mapping[str, LedgerReport]:
    return {name: check(read_bytes(read_file(FIELD / name), name), setting) for name in NAMES}


def test_every_file_has_its_right_result() -> None:
    assert len(NAMES) == 26 and RIGHT.keys() == {"good", *NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_from_the_field_is_read_as_is_right_field_by_field(setting: Setting, reports: Mapping[str, LedgerReport], name: str) -> None:
    told = report_words(reports[name])
    decided = report_words(check(read_bytes(read_file(FIELD / name), name), replace(setting, decisions=answers(reports[name]))))
    found = {}
    for at, entry in told.items():
        found[at] = {**entry, **({"then": decided[at].get("cases")} if entry["list"] == "decide" else {})}
    expected = {}
    for at, entry in RIGHT[name].items():
        cases = {key: [right_case(entry[key])] for key in ("case", "then") if key in entry}
        plain = {key: value for key, value in entry.items() if key not in ("case", "then")}
        expected[at] = {**plain, **({"cases": cases["case"]} if "case" in cases else {}), **({"then": cases["then"]} if "then" in cases else {})}
    assert found == expected


def test_no_character_of_any_file_is_lost(reports: Mapping[str, LedgerReport]) -> None:
    for name, report in reports.items():
        cells = {(sheet.name, row.number): [cell.text for cell in row.cells] for sheet in read_bytes(read_file(FIELD / name), name).sheets for row in sheet.rows}
        entries: list[LedgerEntry] = [*report.imported, *report.decide, *report.refused]
        assert all([text for _, text in entry.raw] == cells[entry.sheet, entry.row] for entry in entries)
        assert len(entries) + len(report.passed_over) == len(cells)


def test_what_is_kept_though_a_character_is_torn_comes_in_with_its_mark(setting: Setting, decided: Callable[[Any], Setting]) -> None:
    path = FIELD / "16-one-broken-character.csv"
    decisions = {(path.stem, 2, "", "text.torn"): "keep"}
    assert case(check(read_bytes(read_file(path), path.name), decided(decisions)), 2).cause == "\ufffd卖合同纠纷"


# -- kinds of files that have none here


def excel_2003(*cells: str) -> bytes:
    headings = "".join(f'<Cell><Data ss:Type="String">{one}</Data></Cell>' for one in HEADINGS)
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"><Worksheet ss:Name="2017年台账"><Table>'
        f'<Row>{headings}</Row><Row>{"".join(cells)}</Row></Table></Worksheet>'
        '<Worksheet ss:Name="旧"><Table><Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="String">x</Data></Cell></Row></Table>'
        '<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>'
    ).encode()


def test_the_xml_of_excel_2003_is_read_with_its_types(setting: Setting) -> None:
    def told(value: Any) -> str:
        if value is None:
            return "<Cell/>"
        kind = "Number" if isinstance(value, int) else "String" if isinstance(value, str) else "DateTime"
        return f'<Cell><Data ss:Type="{kind}">{value}{"T00:00:00.000" if kind == "DateTime" else ""}</Data></Cell>'

    book = read_bytes(excel_2003(*map(told, GOOD)), "台账.xls")
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("2017年台账", False), ("旧", True)]
    assert (book.sheets[1].rows[2].number, book.sheets[1].rows[2].cells[0].column) == (3, "B")
    found = case(check(book, setting), 2)
    assert (str(found.filed_on), found.claim_fen) == ("2017-03-01", 5_000_000)


def test_cells_of_a_page_that_reach_over_rows_and_columns_keep_their_places() -> None:
    page = "<table><tr><td colspan=2>甲<br>乙</td><td rowspan=2>丙</td></tr><tr style='display: none'><td>1</td><td>&lt;2</td></tr></table>"
    rows = read_bytes(page.encode(), "台账.xls").sheets[0].rows
    assert [(cell.column, cell.text, cell.merged) for cell in rows[0].cells] == [("A", "甲\n乙", ""), ("C", "丙", "")]
    assert [(cell.column, cell.text, cell.merged) for cell in rows[1].cells] == [("A", "1", ""), ("B", "<2", ""), ("C", "丙", "C1")]
    assert rows[1].hidden


@pytest.mark.parametrize(("told", "text"), [
    ("5<10万", "5<10万"), ("甲<某公司>乙", "甲<某公司>乙"), ("甲&nbsp;乙&#20057;&amp;&bogus;", "甲 乙乙&&bogus;"), ("\ue5e5某\U00020bb7", "\ue5e5某\U00020bb7"),
    ("甲\x00乙", "甲\ufffd乙"), ("甲<!-- 隐 --><script>x</script>", "甲"), ("甲<table><tr><td>丙</td></tr></table>乙", "甲丙乙"), ("<p>甲</p><div>乙<br>丙", "甲\n乙\n丙"),
])
def test_every_character_of_a_page_that_is_seen_is_read(told: str, text: str) -> None:
    page = f'<html><meta charset="utf-8"><table><tr><td>{told}</td><td>末</td></tr></table>'
    assert [[cell.text for cell in row.cells] for row in read_bytes(page.encode(), "台账.xls").sheets[0].rows] == [[text, "末"]]


@pytest.mark.parametrize("page", ["<table><tr><td colspan=900>x</td></tr></table>", "<table>" + "<tr><td rowspan=99999 colspan=400>x</td></tr>" * 5000])
def test_a_page_that_grows_without_end_is_refused(page: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_bytes(page.encode(), "台账.xls")
    assert refusal.value.code == "file.too_large"


def test_parts_in_another_case_are_found(setting: Setting) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(FIELD / "14-backslash-parts.xlsx") as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name.replace("xl\\w", "xl\\W"), source.read(name))
    assert good(check(read_bytes(out.getvalue(), "台账.xlsx"), setting))


@pytest.mark.parametrize(
    ("text", "code", "keys"),
    [
        ("2016-11-30T16:00:00Z", "date.zone", ["take:2016-12-01", "take:2016-11-30"]),
        ("2016-12-01T00:30:00+09:00", "date.zone", ["take:2016-11-30", "take:2016-12-01"]),
        ("2016-12-01T08:00:00+08:00", "", ["2016-12-01"]),
        ("2016-11-30 23:59:17", "date.day_early", ["take:2016-12-01", "take:2016-11-30"]),
        ("2016-11-30 23:58:59", "", ["2016-11-30"]),
        ("Wed Nov 30 16:00:00 GMT 2016", "date.zone", ["take:2016-12-01", "take:2016-11-30"]),
        ("1480521600001", "date.zone", ["take:2016-12-01", "take:2016-11-30"]),
        ("20161201240000", "date.unreadable", []),
        ("2016-12-1前", "date.words", ["take:2016-12-01"]),
        ("2016年十二月31日", "", ["2016-12-31"]),
        ("二〇一六年2月三十日", "date.not_exist", []),
    ],
)
def test_a_day_as_programs_and_people_write_it(text: str, code: str, keys: list[str]) -> None:
    answer = read_date_text(text)
    if isinstance(answer, Value):
        assert ([str(answer.value)], "") == (keys, code)
    else:
        assert answer.code == code
        assert keys == ([] if isinstance(answer, Refused) else [option.key for option in answer.options])


def test_two_numbers_without_a_mark_are_two(setting: Setting) -> None:
    report = check(book(row(案号="（2017）琼9027执1号（2017）琼9027执2号")), setting)
    assert "split:（2017）琼9027执1号、（2017）琼9027执2号" in asked(report, 2)["case_no.several"]


def test_an_unknown_column_can_be_given_any_meaning(setting: Setting, decided: Callable[[Any], Setting]) -> None:
    headings = tuple({"案号": "执字号", "承办法官": "谁办"}.get(one, one) for one in HEADINGS)
    ledger = book(row(), headings=headings)
    (_, named) = check(ledger, setting).shared
    assert (named.name, "judge" in {option.key for option in named.options}) == ("谁办", True)
    report = check(ledger, decided({("column.unknown", "执字号"): "case_no", ("column.unknown", "谁办"): "judge"}))
    assert case(report, 2).judge_id == "J1"


def test_the_kind_of_paper_speaks_and_a_kind_that_does_not_fit_is_said(setting: Setting) -> None:
    headings = (*HEADINGS, "证件种类")
    assert case(check(book((*row(), "居民身份证"), headings=headings), setting), 2).debtors[0].id_kind == "id18"
    (entry,) = check(book((*row(), "护照"), headings=headings), setting).imported
    assert "identity.kind_told" in {note.code for note in entry.warnings} and entry.cases[0].debtors[0].id_kind == "id18"


NUMBERED = ("案号", "立案日期", "申请执行人", "被执行人1", "被执行人1身份证号码", "被执行人1住址", "被执行人2", "被执行人2身份证号码", "被执行人2住址", "第三被执行人")
TWO = ("（2017）琼9027执1号", "2017-03-01", "甲某", "乙某", "469027198808080008", "乐东县黄流镇新安村", "丙某", "469027198001010009", "乐东县九所镇", None)


def test_numbered_columns_are_parties_with_their_own_papers_and_addresses(setting: Setting) -> None:
    report = check(book(TWO, ("（2017）琼9027执2号", *TWO[1:6], None, None, None, "丁某"), headings=NUMBERED), setting)
    assert not report.notes
    told = [[(p.name, p.id_no, p.address, p.position) for p in case(report, row).debtors] for row in (2, 3) if row == 3]
    assert told == [[("乙某", "469027198808080008", "乐东县黄流镇新安村", 1), ("丁某", "", "", 2)]]
    assert asked(report, 2).keys() == {"town.several"}, "the addresses of all speak for the place"
    (question,) = report.decide[0].questions
    assert "九所" in "".join(option.label for option in question.options)


def test_a_numbered_paper_without_a_name_is_refused_and_a_name_in_doubt_is_asked_at_its_own_column(setting: Setting) -> None:
    report = check(book((*TWO[:6], None, *TWO[7:]), (*TWO[:6], "丙?某", *TWO[7:]), headings=NUMBERED), setting)
    assert refused(report, 2) == {"names.empty"}
    assert ("names.lost", "G") in {(question.code, question.column) for question in report.decide[0].questions}


@pytest.mark.parametrize("heading", ["被执行人二", "被执行人（2）", "第二被执行人", "被执行人2姓名"])
def test_numbers_of_columns_are_written_in_many_ways(setting: Setting, heading: str) -> None:
    headings = ("案号", "立案日期", "申请执行人", "被执行人", "住址", heading)
    report = check(book((*TWO[:4], "乐东县黄流镇", "丙某"), headings=headings), setting)
    assert [party.name for party in case(report, 2).debtors] == ["乙某", "丙某"]


def test_a_row_that_repeats_a_number_whose_first_row_was_refused_asks(setting: Setting, decided: Callable[[Any], Setting]) -> None:
    ledger = book(row(被执行人身份证号码="469027198808080000"), row(被执行人="丙某", 被执行人身份证号码="无"))
    report = check(ledger, setting)
    assert refused(report, 2) == {"identity.number"}
    assert asked(report, 3) == {"repeat.refused": ("this:（2017）琼9027执1号",)}
    key = ("2017年台账", 3, "B", "repeat.refused")
    assert case(check(ledger, decided({key: "this:（2017）琼9027执1号"})), 3).debtors[0].name == "丙某"
    assert check(ledger, decided({key: "skip"})).passed_over[-1].code == "decided.skip"


def test_a_number_that_another_row_is_divided_into_is_no_second_case(setting: Setting, decided: Callable[[Any], Setting]) -> None:
    ledger = book(row(案号="（2017）琼9027执1号、2号"), row(案号="（2017）琼9027执2号", 被执行人="丙某"))
    split = {("2017年台账", 2, "B", "case_no.several"): "split:（2017）琼9027执1号、（2017）琼9027执2号"}
    assert asked(check(ledger, decided(split)), 3) == {"repeat.split": ()}
    report = check(ledger, decided({**split, ("2017年台账", 3, "B", "repeat.split"): "skip"}))
    assert [len(entry.cases) for entry in report.imported] == [2]
