"""Whole ledgers: the sample, its other file types, and each question with its answer."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from execdesk.intake.files import read_bytes, read_file
from execdesk.intake.ledger import check
from execdesk.intake.report import COMPARED, LedgerEntry, LedgerReport, compared
from execdesk.intake.setting import Setting
from execdesk.intake.workbook import Workbook
from execdesk.law.refusal import Refusal
from tests.intake.conftest import HEADINGS, SAMPLE, book, row, sheet

COUNTS = {"imported": 547, "decide": 51, "refused": 22, "passed_over": 19}
MAIN = "2017年台账"


def entry(report: LedgerReport, number: int, name: str = "") -> LedgerEntry:
    """The entry of one row of the first sheet, from the list ``name`` or any."""
    lists = (name,) if name else ("imported", "decide", "refused", "passed_over")
    found = [one for one_list in lists for one in getattr(report, one_list) if one.row == number]
    return found[0]


def rows(report: LedgerReport, name: str, code: str) -> list[int]:
    return [one.row for one in getattr(report, name) if one.code == code]


def test_the_sample_gives_four_lists_that_are_every_used_row(sample: LedgerReport) -> None:
    assert sample.counts == COUNTS
    assert sample.used_rows == {MAIN: 637, "说明": 1, "旧表": 1}
    assert sum(sample.counts.values()) == 639


def test_what_the_sample_passes_over(sample: LedgerReport) -> None:
    assert Counter(entry.code for entry in sample.passed_over) == {
        "row.blank": 12, "row.footer": 1, "row.header": 1, "row.title": 2, "row.total": 1, "sheet.hidden": 1, "sheet.no_header": 1,
    }  # fmt: skip
    assert entry(sample, 635).code == "row.total"
    assert entry(sample, 637).code == "row.footer"


def test_what_the_sample_refuses_with_cell_and_reason(sample: LedgerReport) -> None:
    assert rows(sample, "refused", "date.not_exist") == [56, 213, 216, 302, 344, 359, 369]
    assert len(rows(sample, "refused", "identity.number")) == 15
    first = entry(sample, 56, "refused")
    assert (first.column, first.value, first.case_no) == ("C", "2017.2.30", "（2017）琼9027执52号")
    assert "不存在" in first.text
    assert entry(sample, 61, "refused").column == "I"


def test_what_the_sample_asks(sample: LedgerReport) -> None:
    assert rows(sample, "decide", "case_no.no_year") == [148, 251, 404, 460, 543]
    assert rows(sample, "decide", "money.no_figure") == [80, 86, 103, 174, 193, 206, 241, 474]
    assert rows(sample, "decide", "money.negative") == [16, 301]
    assert rows(sample, "decide", "basis.after_filing") == [273]
    assert rows(sample, "decide", "repeat.differs") == [57, 97, 116, 247, 264, 274, 358, 443, 475, 485, 624]
    assert rows(sample, "decide", "closing.mode") == [76, 153, 276, 327, 397, 514, 588]
    assert len(rows(sample, "decide", "town.outside")) == 8
    assert len(rows(sample, "decide", "town.missing")) == 9
    year = entry(sample, 148).questions[0]
    assert year.proposal == "take:（2017）琼9027执143号"
    assert "2017 年" in year.options[0].ground
    again = entry(sample, 274).questions[0]
    assert "第 128 行" in again.text
    assert again.proposal == "take:（2017）琼9027执266号"
    assert "序号为 266" in again.options[0].ground


def test_what_the_sample_imports(sample: LedgerReport) -> None:
    case = entry(sample, 5).case
    assert case is not None
    assert (case.number, case.judge_id, case.clerk_id) == ("（2017）琼9027执恢2号", "J2", "C2")
    assert (case.filed_on, case.basis_effective_on, case.closed_on) == (date(2017, 7, 24), date(2016, 3, 5), date(2017, 12, 24))
    assert (case.state, case.closing_mode, case.closing_source) == ("closed", "终结执行", "台账载明")
    assert (case.claim_fen, case.recovered_fen, case.town, case.group) == (81_210_247, 0, "佛罗镇", "coastal")
    assert entry(sample, 6).case.closing_mode == "终结本次执行程序"  # type: ignore[union-attr]
    several = entry(sample, 35).case
    assert several is not None
    assert [(party.name, party.kind, party.id_no) for party in several.debtors] == [
        ("乐东荣伟农业开发有限公司", "legal", "91469027MA5QHFQB61"),
        ("李国伟", "natural", "460033197610165609"),
    ]
    linked = entry(sample, 8).case
    assert linked is not None
    assert linked.remarks == "见附件"
    fee = entry(sample, 7)
    assert fee.case is not None and fee.case.fee_fen is None
    assert "1470" in next(note.text for note in fee.warnings if note.code == "formula.no_value")


def test_review_cases_are_read_only_and_never_ask_where_they_belong(sample: LedgerReport) -> None:
    review = [one.case for one in sample.imported if one.case and one.case.type_code in ("执异", "执监")]
    assert len(review) == 15
    assert {case.state for case in review if case} == {"review_office"}


def test_closed_cases_come_closed_without_approval(sample: LedgerReport) -> None:
    closed = [one.case for one in sample.imported if one.case and one.case.state == "closed"]
    assert closed
    assert all(case.closing_source == "台账载明" and case.closed_on >= case.filed_on for case in closed if case and case.closed_on)


def _plain(value: Any) -> Any:
    """A cell of the sample as other programs would hand it on: links by their label, formulas not at all."""
    if isinstance(value, str) and value.startswith("="):
        return "见附件" if "HYPERLINK" in value else None
    return value


def _values() -> list[tuple[str, list[tuple[Any, ...]], bool]]:
    source = openpyxl.load_workbook(SAMPLE)
    return [(one.title, [tuple(map(_plain, r)) for r in one.iter_rows(values_only=True)], one.sheet_state != "visible") for one in source]


def csv_of(encoding: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for values in _values()[0][1]:
        texts = [f"{v:%Y/%m/%d}" if isinstance(v, datetime) else v for v in values]
        writer.writerow(["" if value is None else value for value in texts])
    return out.getvalue().encode(encoding)


def xls_of() -> bytes:
    target = xlwt.Workbook()
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, values, hidden in _values():
        one = target.add_sheet(name)
        one.visibility = int(hidden)
        for r, line in enumerate(values):
            for c, value in enumerate(line):
                if isinstance(value, datetime):
                    one.write(r, c, value, style)
                elif value is not None:
                    one.write(r, c, value)
    out = io.BytesIO()
    target.save(out)
    return out.getvalue()


def test_the_sample_as_xls_gives_the_same_lists(sample: LedgerReport, setting: Setting) -> None:
    report = check(read_bytes(xls_of(), "台账.xls"), setting)
    assert report.counts == COUNTS
    for name in COUNTS:
        assert [(e.sheet, e.row, e.code) for e in getattr(report, name)] == [(e.sheet, e.row, e.code) for e in getattr(sample, name)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_sample_as_text_gives_the_same_lists_of_its_one_sheet(sample: LedgerReport, setting: Setting, encoding: str) -> None:
    report = check(read_bytes(csv_of(encoding), "台账.csv"), setting)
    for name in COUNTS:
        wanted = [(e.row, e.code) for e in getattr(sample, name) if e.sheet == MAIN]
        assert [(e.row, e.code) for e in getattr(report, name)] == wanted
    fingerprints = {e.row: e.fingerprint for e in sample.imported}
    assert all(fingerprints[e.row] == e.fingerprint for e in report.imported)


def test_the_same_ledger_checked_twice_is_the_same(sample: LedgerReport, setting: Setting) -> None:
    assert check(read_bytes(read_file(SAMPLE), SAMPLE.name), setting) == sample


class Store:
    """What a store would answer after the import of a report."""

    def __init__(self, report: LedgerReport) -> None:
        self.rows = {entry.fingerprint for entry in report.imported}
        self.cases = {case.number: compared(case) for entry in report.imported for case in entry.cases}

    def lookup(self, number: str) -> dict[str, Any] | None:
        return self.cases.get(number)

    def has_row(self, fingerprint: str) -> bool:
        return fingerprint in self.rows

    def was_dropped(self, fingerprint: str) -> bool:
        return False


def test_the_same_rows_again_change_nothing(sample: LedgerReport, setting: Setting) -> None:
    again = check(read_bytes(read_file(SAMPLE), SAMPLE.name), setting, known=Store(sample))
    assert again.counts == {**COUNTS, "imported": 0, "passed_over": 19 + 547}
    assert len(rows(again, "passed_over", "known.row")) == 547
    assert [e.fingerprint for e in again.decide] == [e.fingerprint for e in sample.decide]


# -- single questions and their answers, on small ledgers


Decided = Callable[[dict[Any, str]], Setting]


def first(workbook: Workbook, setting: Setting, number: int = 2, **more: Any) -> tuple[str, LedgerEntry]:
    report = check(workbook, setting, **more)
    for name in COUNTS:
        for one in getattr(report, name):
            if one.row == number and one.sheet == workbook.sheets[0].name:
                return name, one
    raise AssertionError(number)


def test_a_good_row_is_imported(setting: Setting) -> None:
    name, one = first(book(row()), setting)
    assert name == "imported", one
    assert one.warnings == ()


@pytest.mark.parametrize(
    ("changes", "wanted", "code"),
    [
        ({"立案日期": "2017-02-30"}, "refused", "date.not_exist"),
        ({"立案日期": None}, "decide", "date.missing"),
        ({"立案日期": "3/5/17"}, "decide", "date.two_readings"),
        ({"立案日期": date(2018, 1, 3)}, "decide", "date.future"),
        ({"案号": None}, "decide", "case_no.missing"),
        ({"案号": "琼9027执1号"}, "decide", "case_no.no_year"),
        ({"案号": "旧案"}, "refused", "case_no.unreadable"),
        ({"案号": "（2017）琼9027执505、506号"}, "decide", "case_no.several"),
        ({"案号": "（2017）琼9027执1号之一"}, "decide", "case_no.suffix"),
        ({"案号": "（2017）琼97执1号"}, "refused", "case_no.other_court"),
        ({"案号": "（2017）琼9027执复1号"}, "decide", "route.unknown_type"),
        ({"案号": "（2017）琼9027民初1号"}, "decide", "route.unknown_type"),
        ({"申请标的": "以判决为准"}, "decide", "money.no_figure"),
        ({"申请标的": -5}, "decide", "money.negative"),
        ({"申请标的": date(2017, 1, 1)}, "refused", "money.not_amount"),
        ({"申请标的": "=M9*2+X"}, "decide", "formula.no_value"),
        ({"申请标的": "#REF!"}, "refused", "formula.error"),
        ({"被执行人": None}, "refused", "names.empty"),
        ({"被执行人": "乙某等3人"}, "decide", "names.and_others"),
        ({"被执行人": "乙某、丙某"}, "decide", "identity.count"),
        ({"被执行人身份证号码": 4.69027e17}, "refused", "identity.lost"),
        ({"被执行人身份证号码": "469027197502290008"}, "refused", "identity.number"),
        ({"承办法官": "法官寅"}, "decide", "person.unmapped"),
        ({"书记员": "书记员丁"}, "decide", "person.unmapped"),
        ({"结案方式": "执行完毕"}, "decide", "closing.no_date"),
        ({"结案日期": date(2017, 5, 1)}, "decide", "closing.mode"),
        ({"结案方式": "结了", "结案日期": date(2017, 5, 1)}, "decide", "closing.mode"),
        ({"结案方式": "终本", "结案日期": date(2017, 2, 1)}, "decide", "closing.before_filing"),
        ({"生效日期": date(2017, 3, 2)}, "decide", "basis.after_filing"),
        ({"住址": "莺歌海盐场三队"}, "decide", "town.unlisted"),
        ({"住址": "三亚市崖州区多一村"}, "decide", "town.outside"),
        ({"住址": "黄流镇新安村；抱由镇多一村"}, "decide", "town.several"),
        ({"住址": None}, "decide", "town.missing"),
    ],
)
def test_each_fault_has_its_list_and_code(setting: Setting, changes: dict[str, Any], wanted: str, code: str) -> None:
    name, one = first(book(row(**changes)), setting)
    assert (name, one.code) == (wanted, code)
    assert one.text


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"到位金额": 60000}, "recovered.over_claim"),
        ({"结案方式": "执行完毕", "结案日期": date(2017, 5, 1), "到位金额": 10}, "closing.recovered_short"),
        ({"承办法官": None}, "judge.missing"),
        ({"被执行人身份证号码": None}, "identity.missing"),
        ({"备注": "=cmd|' /C calc'!A0"}, "formula.text"),
        ({"备注": '=HYPERLINK("x","见附件")'}, "formula.link"),
        ({"案号": "（2017）琼9027执异1号"}, "route.review_office"),
        ({"案号": "（2017）琼9027执恢1号", "执行依据": "（2016）琼9027执12号"}, "basis.enforcement"),
        ({"结案方式": "终本", "结案日期": date(2017, 5, 1), "住址": None}, "town.missing"),
        ({"案号": "（2017）琼9027民初1号", "案由": "案外人执行异议之诉"}, "route.review_office"),
    ],
)
def test_what_is_odd_but_clear_is_imported_with_a_warning(setting: Setting, changes: dict[str, Any], code: str) -> None:
    name, one = first(book(row(**changes)), setting)
    assert name == "imported", one
    assert code in [note.code for note in one.warnings]


@pytest.mark.parametrize(
    ("changes", "column", "code", "choice", "field", "value"),
    [
        ({"立案日期": "3/5/17"}, "C", "date.two_readings", "take:2017-05-03", "filed_on", date(2017, 5, 3)),
        ({"立案日期": None}, "C", "date.missing", "text:2017-04-01", "filed_on", date(2017, 4, 1)),
        ({"案号": "琼9027执7号"}, "B", "case_no.no_year", "take:（2017）琼9027执7号", "number", "（2017）琼9027执7号"),
        ({"案号": None}, "B", "case_no.missing", "text:（2017）琼9027执9号", "number", "（2017）琼9027执9号"),
        ({"申请标的": "以判决为准"}, "L", "money.no_figure", "unknown", "claim_fen", None),
        ({"申请标的": "以判决为准"}, "L", "money.no_figure", "text:5.8万", "claim_fen", 5_800_000),
        ({"申请标的": "=10*20"}, "L", "formula.no_value", "computed:200", "claim_fen", 20_000),
        ({"结案方式": "执行完毕"}, "Q", "closing.no_date", "open", "state", "open"),
        ({"结案方式": "执行完毕"}, "Q", "closing.no_date", "text:2017-06-01", "closing_mode", "执行完毕"),
        ({"生效日期": date(2017, 3, 2)}, "K", "basis.after_filing", "drop", "basis_effective_on", None),
        ({"住址": "三亚市崖州区多一村"}, "I", "town.outside", "group:mountain", "group", "mountain"),
        ({"住址": None}, "I", "town.missing", "queue", "group", ""),
        ({"住址": None}, "I", "town.missing", "text:黄流", "group", "coastal"),
        ({"住址": "黄流镇一村；抱由镇二村"}, "I", "town.several", "town:抱由镇", "group", "mountain"),
        ({"住址": None}, "I", "town.missing", "text:黄流镇", "town", "黄流镇"),
    ],
)
def test_a_decision_is_applied_at_the_next_check(
    decided: Decided, changes: dict[str, Any], column: str, code: str, choice: str, field: str, value: Any
) -> None:
    name, one = first(book(row(**changes)), decided({(MAIN, 2, column, code): choice}))
    assert name == "imported", one
    assert getattr(one.case, field) == value


def test_a_row_can_be_left_out_by_decision(decided: Decided) -> None:
    name, one = first(book(row(立案日期="3/5/17")), decided({(MAIN, 2, "C", "date.two_readings"): "skip"}))
    assert (name, one.code) == ("passed_over", "decided.skip")


def test_a_decision_whose_option_is_gone_is_asked_again(decided: Decided) -> None:
    name, _ = first(book(row(立案日期="3/6/17")), decided({(MAIN, 2, "C", "date.two_readings"): "take:2017-03-05"}))
    assert name == "decide"


def test_a_wrong_own_entry_is_refused_with_its_reason(decided: Decided) -> None:
    name, one = first(book(row(立案日期=None)), decided({(MAIN, 2, "C", "date.missing"): "text:2017-02-30"}))
    assert (name, one.code) == ("refused", "date.not_exist")


def test_one_answer_ties_a_name_to_a_person_in_all_rows(setting: Setting, decided: Decided) -> None:
    numbers = [f"（2017）琼9027执{n}号" for n in range(1, 6)]
    ledger = book(*(row(案号=number, 承办法官="丙 法官") for number in numbers))
    asked = check(ledger, setting)
    assert [(one.code, one.name, one.rows, one.proposal) for one in asked.shared] == [("person.unmapped", "丙法官", 5, "person:J3")]
    done = check(ledger, decided({("person.unmapped", "丙法官"): "person:J3"}))
    assert [one.case.judge_id for one in done.imported if one.case] == ["J3"] * 5
    nobody = check(ledger, decided({("person.unmapped", "丙法官"): "nobody"}))
    assert [one.case.judge_id for one in nobody.imported if one.case] == [""] * 5


def test_a_split_row_gives_cases_without_amounts(decided: Decided) -> None:
    number = "（2017）琼9027执505、506号"
    choice = "split:（2017）琼9027执505号、（2017）琼9027执506号"
    name, one = first(book(row(案号=number)), decided({(MAIN, 2, "B", "case_no.several"): choice}))
    assert name == "imported"
    assert [(case.number, case.claim_fen) for case in one.cases] == [("（2017）琼9027执505号", None), ("（2017）琼9027执506号", None)]


def test_the_same_row_twice_is_passed_over(setting: Setting) -> None:
    report = check(book(row(), row(序号=2)), setting)
    assert report.counts["imported"] == 1
    assert entry(report, 3).text == "与第 2 行相同"


def test_one_number_with_other_values_is_asked_of_every_row_without_a_witness(setting: Setting, decided: Decided) -> None:
    ledger = book(row(), row(申请标的=6))
    report = check(ledger, setting)
    assert [one.code for one in report.decide] == ["repeat.differs", "repeat.differs"]
    assert "申请标的" in report.decide[0].text
    chosen = check(ledger, decided({(MAIN, 3, "B", "repeat.differs"): "this:（2017）琼9027执1号"}))
    assert (entry(chosen, 3, "imported").case_no, entry(chosen, 2).code) == ("（2017）琼9027执1号", "repeat.superseded")
    moved = check(ledger, decided({(MAIN, 3, "B", "repeat.differs"): "text:（2017）琼9027执2号"}))
    assert [one.case_no for one in moved.imported] == ["（2017）琼9027执1号", "（2017）琼9027执2号"]


def test_serial_numbers_bear_witness_which_row_owns_the_number(setting: Setting, decided: Decided) -> None:
    ledger = book(*(row(序号=n, 案号=f"（2017）琼9027执{3 if n == 15 else n}号", 申请标的=n) for n in range(1, 31)))
    report = check(ledger, setting)
    assert [one.row for one in report.decide] == [16]
    assert "repeat.others" in [note.code for note in entry(report, 4, "imported").warnings]
    chosen = check(ledger, decided({(MAIN, 16, "B", "repeat.differs"): "take:（2017）琼9027执15号"}))
    assert entry(chosen, 16, "imported").case.number == "（2017）琼9027执15号"  # type: ignore[union-attr]


def test_a_known_case_is_asked_field_by_field(setting: Setting, decided: Decided) -> None:
    report = check(book(row()), setting)
    store = Store(report)
    assert entry(check(book(row()), setting, known=store), 2).code == "known.row"
    assert entry(check(book(row(序号=9)), setting, known=store), 2).code == "known.same"
    changed = book(row(申请标的=60000, 备注="新情况"))
    asked = check(changed, setting, known=store)
    assert [question.code for question in asked.decide[0].questions] == ["known.claim_fen"]
    key = (MAIN, 2, "L", "known.claim_fen")
    taken = check(changed, decided({key: "take:60,000.00"}), known=store)
    assert taken.imported[0].case.changes == (("claim_fen", "50,000.00", "60,000.00"),)  # type: ignore[union-attr]
    kept = check(changed, decided({key: "keep:50,000.00"}), known=store)
    assert kept.passed_over[-1].code == "decided.keep"
    assert set(COMPARED) >= set(store.cases["（2017）琼9027执1号"])


@pytest.mark.parametrize(
    ("title", "heading", "fen"),
    [
        ("单位：万元", "申请标的", 5_800_000), ("金额单位：人民币万元", "申请标的", 5_800_000), ("单位：万元", "申请标的（元）", 580),
        ("单位：乐东法院", "申请标的", 580), ("2017年", "申请标的（人民币万元）", 5_800_000), ("2017年", "申请标的万元", 5_800_000),
        ("2017年", "申请标的/万元", 5_800_000), ("单位：元", "申请标的", 580), ("单位：元　单位：万元", "申请标的", 580),
    ],
)  # fmt: skip
def test_the_unit_stands_in_the_heading_or_above_it(setting: Setting, title: str, heading: str, fen: int) -> None:
    headings = tuple(heading if one.startswith("申请标的") else one for one in HEADINGS)
    report = check(Workbook((sheet("台账", (title,), headings, row(申请标的=5.8)),), "xlsx"), setting)
    assert [one.case.claim_fen for one in report.imported if one.case] == [fen]
    assert any("单位" in note for note in report.notes) == ("万元" in title and "元　" not in title)
    assert ("money.small" in [note.code for note in report.imported[0].warnings]) == (fen == 580)


TWO_ROWS = (
    ("序号", "案号", "立案日期", "申请执行人", None, None, "被执行人", None, None, "标的", None, "承办法官"),
    (None, None, None, "姓名", "证件号码", "电话", "姓名或名称", "证件号码", "住址", "申请标的（万元）", "到位金额", None),
)
PLAIN = (1, "（2017）琼9027执1号", date(2017, 3, 1), "甲某", "469027198001010009", "139", "乙某", "469027198808080008", "黄流镇一村", 5.8, 100, "法官甲")


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("again", [False, True])
def test_a_header_of_two_rows_is_read_as_one(setting: Setting, merged: bool, again: bool) -> None:
    upper, lower = TWO_ROWS
    if merged:  # cells merged downwards show their heading in both rows
        lower = tuple(below or (above if column in (0, 1, 2, 11) else None) for column, (above, below) in enumerate(zip(upper, lower, strict=True)))
    more = (upper, lower) if again else ()
    report = check(Workbook((sheet("台账", ("2017年台账",), upper, lower, PLAIN, *more),), "xlsx"), setting)
    assert [(e.row, e.code) for e in report.passed_over[:3]] == [(1, "row.title"), (2, "row.header"), (3, "row.header")]
    assert [e.code for e in report.passed_over[3:]] == ["row.header_repeated"] * len(more)
    (case,) = report.imported[0].cases
    assert (case.claim_fen, case.recovered_fen, case.judge_id, case.debtors[0].address) == (5_800_000, 10_000, "J1", "黄流镇一村")
    assert [(p.name, p.id_no, p.phone) for p in (*case.applicants, *case.debtors)] == [
        ("甲某", "469027198001010009", "139"), ("乙某", "469027198808080008", "")
    ]  # fmt: skip


def test_a_case_right_below_the_header_is_no_second_row_of_it(setting: Setting) -> None:
    report = check(book(row(申请执行人="住址", 被执行人="电话", 备注="性别")), setting)
    assert report.counts["imported"] + report.counts["decide"] == 1


def test_a_case_with_a_row_for_each_party_is_joined_by_decision(setting: Setting, decided: Callable[[dict[Any, str]], Setting]) -> None:
    ledger = book(row(), row(被执行人="丙某", 被执行人身份证号码=None, 住址="黄流镇二村"), row(序号=3, 案号="（2017）琼9027执3号"))
    asked = check(ledger, setting)
    assert [(e.row, e.code, e.questions[0].proposal) for e in asked.decide] == [
        (2, "repeat.differs", "join:（2017）琼9027执1号"), (3, "repeat.differs", "join:（2017）琼9027执1号")
    ]  # fmt: skip
    done = check(ledger, decided({(MAIN, 2, "B", "repeat.differs"): "join:（2017）琼9027执1号"}))
    assert [(e.row, [p.name for c in e.cases for p in c.debtors]) for e in done.imported] == [(2, ["乙某", "丙某"]), (4, ["乙某"])]
    assert [p.position for p in done.imported[0].cases[0].debtors] == [1, 2]
    assert (entry(done, 3).code, entry(done, 3).text) == ("repeat.joined", "按您的决定，当事人并入第 2 行")
    both = check(ledger, decided({(MAIN, at, "B", "repeat.differs"): "join:（2017）琼9027执1号" for at in (2, 3)}))
    assert [e.row for e in both.imported] == [2, 4] and entry(both, 3).code == "repeat.joined"
    either = check(ledger, decided({(MAIN, at, "B", "repeat.differs"): "this:（2017）琼9027执1号" for at in (2, 3)}))
    assert [e.row for e in either.imported] == [2, 4] and entry(either, 3).code == "repeat.superseded"
    keys = [(MAIN, at, "B", "repeat.differs") for at in (2, 3)]
    for choice in ("this:（2017）琼9027执1号", "join:（2017）琼9027执1号"):  # a row that has another number is not swallowed
        apart = check(ledger, decided(dict(zip(keys, (choice, "text:（2017）琼9027执9号"), strict=True))))
        assert [(e.row, e.case_no[-4:]) for e in apart.imported] == [(2, "7执1号"), (3, "7执9号"), (4, "7执3号")]
    other = check(book(row(), row(被执行人="丙某", 申请标的=6)), setting)
    assert [o.key for o in other.decide[0].questions[0].options] == ["this:（2017）琼9027执1号"]


@pytest.mark.parametrize("text", ["1月合计", "沿海组小计：", "合　计", "本年累计"])
def test_a_total_in_the_middle_is_no_case(setting: Setting, text: str) -> None:
    total = tuple(text if at == 0 else 3 if heading.startswith(("申请标的", "到位")) else None for at, heading in enumerate(HEADINGS))
    total = (*total[:8], "2件", *total[9:])
    report = check(book(row(), total, row(序号=2, 案号="（2017）琼9027执2号")), setting)
    assert report.counts == {"imported": 2, "decide": 0, "refused": 0, "passed_over": 2}
    assert report.passed_over[1].code == "row.total"


@pytest.mark.parametrize(
    ("number", "filed_on", "wanted", "code"),
    [
        ("（2071）琼9027执1号", date(2017, 3, 1), "decide", "case_no.year"),
        ("（2013）乐执字第1号", date(2017, 3, 1), "decide", "case_no.year"),
        ("（2018）琼9027执1号", date(2017, 3, 1), "decide", "case_no.year"),
        ("（2016）琼9027执1号", date(2017, 1, 4), "imported", "case_no.year"),
        ("（2017）琼9027执1号", date(2016, 12, 30), "imported", "case_no.year"),
        ("（2013）乐执字第1号", date(2013, 3, 1), "imported", ""),
    ],
)
def test_a_case_is_filed_in_the_year_of_its_number(setting: Setting, number: str, filed_on: date, wanted: str, code: str) -> None:
    name, one = first(book(row(案号=number, 立案日期=filed_on, 生效日期=None)), setting)
    assert name == wanted
    assert code in (one.code, *[note.code for note in one.warnings], "")


def test_the_year_of_a_number_is_put_right_by_decision(decided: Callable[[dict[Any, str]], Setting]) -> None:
    ledger = book(row(案号="（2071）琼9027执1号"))
    for choice in ("take:（2017）琼9027执1号", "keep:（2071）琼9027执1号", "text:（2017）琼9027执1号"):
        name, one = first(ledger, decided({(MAIN, 2, "B", "case_no.year"): choice}))
        assert (name, one.case_no) == ("imported", choice.partition(":")[2])


def test_an_unknown_heading_is_asked_where_a_column_is_missing(setting: Setting, decided: Callable[[dict[Any, str]], Setting]) -> None:
    headings = tuple({"案号": "执字号", "立案日期": "收到时间", "备注": "杂记"}.get(one, one) for one in HEADINGS)
    ledger = book(*(row(案号=f"（2017）琼9027执{n}号", 备注="x") for n in (1, 2)), headings=headings)
    report = check(ledger, setting)
    assert [(one.code, one.name, one.proposal) for one in report.shared] == [
        ("column.unknown", "执字号", "case_no"), ("column.unknown", "收到时间", "filed_on"), ("column.unknown", "杂记", "")
    ]  # fmt: skip
    done = check(ledger, decided({("column.unknown", "执字号"): "case_no", ("column.unknown", "收到时间"): "filed_on"}))
    assert done.counts["imported"] == 2 and not done.shared
    kept = check(ledger, decided({("column.unknown", "执字号"): "text", ("column.unknown", "收到时间"): "filed_on"}))
    assert kept.counts["decide"] == 2


FIRST, SECOND, UNIT = "469027198001010009", "469027198808080008", "91469027MA0000007K"


@pytest.mark.parametrize(
    ("names", "numbers", "parties"),
    [
        ("乙某、丙某", f"乙某：{FIRST}；丙某：{SECOND}", [("乙某", FIRST), ("丙某", SECOND)]),
        ("乙某、丙某", f"{SECOND}（丙某）、{FIRST}（乙某）", [("乙某", FIRST), ("丙某", SECOND)]),
        (f"乙某（身份证号：{FIRST}）、丙某（{SECOND}）", None, [("乙某", FIRST), ("丙某", SECOND)]),
        (f"乙某（{FIRST}）", FIRST, [("乙某", FIRST)]),
        ("乙某", f"身份证号码：{FIRST}。", [("乙某", FIRST)]),
        ("乙某、丙某", f"无、{SECOND}", [("乙某", ""), ("丙某", SECOND)]),
        ("乙某", "不详", [("乙某", "")]),
        ("乙某、丙某", f"{FIRST}、{FIRST}", "identity.same"),
        ("乙某、乐东某某有限公司", f"{UNIT}、{FIRST}", "identity.order"),
        (f"乙某（{FIRST}）", SECOND, "identity.two_places"),
        ("乙某", f"{FIRST}、{SECOND}", "identity.count"),
    ],
)
def test_a_number_goes_to_the_name_it_stands_with_or_is_asked(setting: Setting, names: str, numbers: str | None, parties: Any) -> None:
    name, one = first(book(row(申请执行人身份证号码=None, 被执行人=names, 被执行人身份证号码=numbers)), setting)
    if isinstance(parties, str):
        assert (name in ("decide", "refused"), one.code) == (True, parties)
    else:
        assert name == "imported", one
        assert one.case is not None and [(party.name, party.id_no) for party in one.case.debtors] == parties


def test_numbers_in_the_wrong_order_are_put_right_by_decision(decided: Callable[[dict[Any, str]], Setting]) -> None:
    ledger = book(row(被执行人="乙某、乐东某某有限公司", 被执行人身份证号码=f"{UNIT}、{SECOND}"))
    name, one = first(ledger, decided({(MAIN, 2, "H", "identity.order"): f"kind:{SECOND}、{UNIT}"}))
    assert name == "imported" and one.case is not None
    assert [party.id_no for party in one.case.debtors] == [SECOND, UNIT]


def test_one_person_on_both_sides_is_refused(setting: Setting) -> None:
    name, one = first(book(row(申请执行人身份证号码=FIRST, 被执行人身份证号码=FIRST)), setting)
    assert name == "refused" and "party.twice" in [problem.code for problem in one.problems]


def test_columns_in_any_order_and_any_subset(setting: Setting) -> None:
    order = list(range(len(HEADINGS)))[::-1]
    turned = book(tuple(row()[i] for i in order), headings=tuple(HEADINGS[i] for i in order))
    name, one = first(turned, setting)
    plain_name, plain = first(book(row()), setting)
    assert (name, one.fingerprint) == (plain_name, plain.fingerprint)
    few = (1, 2, 4, 6, 8)
    name, one = first(book(tuple(row()[i] for i in few), headings=tuple(HEADINGS[i] for i in few)), setting)
    assert name == "imported", one


def test_an_unknown_column_is_kept_with_the_case(setting: Setting) -> None:
    report = check(book((*row(), "琼D12345"), headings=(*HEADINGS, "查扣车辆")), setting)
    assert ("查扣车辆", "琼D12345") in report.imported[0].raw
    assert "查扣车辆" in report.notes[0]


def test_two_columns_of_one_meaning_are_asked_only_where_they_differ(setting: Setting, decided: Decided) -> None:
    headings = (*HEADINGS, "收案日期")
    same = check(book((*row(), date(2017, 3, 1)), headings=headings), setting)
    assert same.counts["imported"] == 1
    ledger = book((*row(), date(2017, 3, 9)), headings=headings)
    asked = check(ledger, setting)
    assert asked.decide[0].code == "column.ambiguous"
    assert [one.code for one in asked.shared] == ["column.ambiguous"]
    done = check(ledger, decided({("column.ambiguous", asked.shared[0].name): "S"}))
    assert done.imported[0].case.filed_on == date(2017, 3, 9)  # type: ignore[union-attr]


def test_generic_headings_beside_the_applicant_are_the_applicants(setting: Setting) -> None:
    headings = ("案号", "立案日期", "申请执行人", "身份证号", "被执行人", "证件号码", "住址")
    good = row()
    name, one = first(book((good[1], good[2], good[4], good[5], good[6], good[7], good[8]), headings=headings), setting)
    assert name == "imported", one
    assert one.case is not None
    assert (one.case.applicants[0].id_no, one.case.debtors[0].id_no) == (good[5], good[7])


def test_hidden_sheets_are_read_only_when_chosen(setting: Setting, decided: Decided) -> None:
    hidden = replace(book(row()), sheets=(sheet("旧账", HEADINGS, row(), hidden=True),))
    report = check(hidden, setting)
    assert report.counts["passed_over"] == 2
    assert [(one.code, one.name) for one in report.shared] == [("sheet.hidden", "旧账")]
    assert check(hidden, decided({("sheet.hidden", "旧账"): "read"})).counts["imported"] == 1


def test_a_sheet_of_cases_without_header_is_refused_not_lost(setting: Setting) -> None:
    report = check(replace(book(row()), sheets=(sheet("无头", row(), row(案号="（2017）琼9027执2号"), ("附注",)),)), setting)
    assert [one.code for one in report.refused] == ["sheet.no_header"] * 2
    assert report.counts["passed_over"] == 1


def test_progress_is_heard_and_a_cancelled_check_leaves_nothing(setting: Setting) -> None:
    heard: list[tuple[int, int]] = []
    check(read_bytes(read_file(SAMPLE), SAMPLE.name), setting, progress=lambda done, total: heard.append((done, total)))
    assert heard[0] == (100, 639)
    assert heard[-1] == (639, 639)
    with pytest.raises(Refusal) as refusal:
        check(read_bytes(read_file(SAMPLE), SAMPLE.name), setting, cancelled=lambda: len(heard) > 0)
    assert refusal.value.code == "intake.cancelled"


def test_the_report_as_json_has_the_fields_of_the_command(sample: LedgerReport) -> None:
    plain = sample.as_dict()
    for name in ("decide", "refused", "passed_over"):
        for one in plain[name]:
            assert {"sheet", "row", "case_no", "column", "value", "code", "text"} <= set(one)
    assert all({"sheet", "row", "case_no"} <= set(one) for one in plain["imported"])


def test_the_example_in_the_repository_is_the_one_checked() -> None:
    assert Path(SAMPLE).stat().st_size > 10_000
