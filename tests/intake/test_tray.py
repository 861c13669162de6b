"""The tray opened again without the file at hand; what the pieces of the intake have to agree on."""

from __future__ import annotations

from pathlib import Path

import pytest

from execdesk.casefile.settings import bureau_settings
from execdesk.intake.caserow import LONGEST, LONGEST_NAME, LONGEST_PHONE
from execdesk.intake.columns import ColumnBook
from execdesk.intake.ledger import check
from execdesk.intake.report import LedgerReport
from execdesk.intake.setting import Setting
from execdesk.intake.tray import check_tray, take_tray, tray_book, waiting_rows
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case, Party
from execdesk.records.ledgers import Import, TrayRow
from tests.intake.conftest import RESOURCES, SAMPLE, book, row, sheet
from tests.intake.hostile import hostile
from tests.intake.office import Office, write_ledger
from tests.looking import kept

MAIN = "2017年台账"


def test_the_tray_asks_what_the_ledger_asked(filled: Office, sample: LedgerReport) -> None:
    before = filled.head
    report, whole = check_tray(filled.desk.session, {}), filled.look(SAMPLE)
    assert report.counts == {**sample.counts, "imported": 0, "passed_over": 0}
    assert (report.decide, report.refused) == (whole.decide, whole.refused)
    assert take_tray(filled.desk.session, {}).changes is None
    assert filled.head == before


def test_rows_decided_in_the_tray_come_in_and_leave_it(filled: Office, sample: LedgerReport) -> None:
    asked = len(sample.decide) + len(sample.refused)
    report = check_tray(filled.desk.session, {})
    proposed = {(e.sheet, e.row, q.column, q.code): q.proposal for e in report.decide for q in e.questions if q.proposal}
    skipped = {(e.sheet, e.row, q.column, q.code): "skip" for e in report.decide for q in e.questions if not q.proposal}
    taken = take_tray(filled.desk.session, {**proposed, **skipped})
    assert taken.report.counts["imported"] > 30
    assert len(filled.tray("imported")) == taken.report.counts["imported"]
    assert len(filled.tray("imported")) + len(filled.tray("dropped")) + len(filled.tray()) == asked
    assert Case.select().count() == len(sample.imported) + taken.report.counts["imported"]
    filled.sound()
    assert filled.take(SAMPLE).changes is None
    assert taken.run is not None
    filled.desk.do("ledger.undo", run=taken.run, reason="看错了")
    assert Case.select().where(Case.struck.is_null()).count() == len(sample.imported)
    assert len(filled.tray()) == asked
    filled.sound()


def test_two_ledgers_in_the_tray_keep_their_sheets_apart(office: Office, tmp_path: Path) -> None:
    office.take(write_ledger(tmp_path / "甲.xlsx", [row(申请标的="待定")]))
    office.take(write_ledger(tmp_path / "乙.xlsx", [row(案号="（2017）琼9027执2号", 申请标的="不详")]))
    opened = tray_book(waiting_rows())
    assert [one.name for one in opened.sheets] == [MAIN, f"{MAIN}（乙.xlsx）"]
    report = check_tray(office.desk.session, {}, opened)
    assert [(e.sheet, e.case_no) for e in report.decide] == [(MAIN, "（2017）琼9027执1号"), (f"{MAIN}（乙.xlsx）", "（2017）琼9027执2号")]
    taken = take_tray(office.desk.session, {(f"{MAIN}（乙.xlsx）", 2, "L", "money.no_figure"): "text:300"}, opened)
    assert taken.report.counts["imported"] == 1 and office.case("（2017）琼9027执2号").claim_fen == 30_000
    assert [t.case_no for t in office.tray()] == ["（2017）琼9027执1号"]
    office.sound()


def test_a_ledger_that_is_not_here_is_asked_for(office: Office, tmp_path: Path) -> None:
    office.take(write_ledger(tmp_path / "甲.xlsx", [row(申请标的="待定")]))
    kept().base.execute_sql("DELETE FROM kept_bytes")
    with pytest.raises(Refusal) as refusal:
        check_tray(office.desk.session, {})
    assert refusal.value.code == "ledger.tray" and "甲.xlsx" in refusal.value.text


@pytest.mark.parametrize("seed", [1, 2])
def test_hostile_ledgers_come_in_whole_and_go_again(office: Office, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "乱.xlsx"
    path.write_bytes(hostile(300, seed))
    taken = office.take(path)
    counts = taken.report.counts
    assert TrayRow.select().count() == counts["decide"] + counts["refused"]
    office.sound()
    head = office.head
    assert office.take(path).changes is None and office.head == head
    office.desk.do("ledger.undo", run=taken.run, reason="试")
    assert not any(office.living().values())
    assert office.take(path).report.counts == counts
    office.sound()


def test_sheets_without_header_wait_once(office: Office, tmp_path: Path) -> None:
    path = write_ledger(tmp_path / "甲.xlsx", [row()[1:], row(案号="（2017）琼9027执2号")[1:]], headings=("", ""))
    office.take(path)
    assert [t.problems[0]["code"] for t in office.tray()] == ["sheet.no_header"] * 2
    assert len({t.fingerprint for t in office.tray()}) == 2
    assert office.take(path).changes is None


def test_texts_that_do_not_fit_are_refused(setting: Setting) -> None:
    for heading, code in (("案由", "cell.too_long"), ("执行依据", "cell.too_long"), ("被执行人", "names.too_long"), ("申请执行人", "names.too_long")):
        problem, = check(book(row(**{heading: "字" * 200})), setting).refused[0].problems
        assert problem.code == code and "200 个字" in problem.text, heading


def test_the_longest_texts_are_what_the_tables_hold() -> None:
    for name, (_, limit) in LONGEST.items():
        assert getattr(Case, name).max_length == limit
    assert (Party.name.max_length, Party.phone.max_length) == (LONGEST_NAME, LONGEST_PHONE)
    assert Import.file_name.max_length == 255


def test_types_go_where_registration_sends_them(columns: ColumnBook) -> None:
    settings = bureau_settings(RESOURCES)
    assert set(columns.route["bureau"]) == set(settings.bureau_types)
    assert set(columns.route["review_office"]) == set(settings.review_types)
    assert set(columns.route["suit_types"]) == set(settings.suit_types)


def test_what_a_ledger_says_beside_its_cases_is_not_lost(office: Office, tmp_path: Path) -> None:
    from execdesk.reads.cases import case_page
    from tests.intake.conftest import HEADINGS

    number = "（2017）琼9027执505、506号"
    path = write_ledger(tmp_path / "甲.xlsx", [(*row(案号=number, 备注="急"), "人大代表")], headings=(*HEADINGS, "是否特殊主体"))
    office.take(path, {(MAIN, 2, "B", "case_no.several"): "take:（2017）琼9027执505号"})
    case = office.case("（2017）琼9027执505号")
    assert case.remarks == "急\n关联案号：（2017）琼9027执506号"
    assert any("人大代表" in warning for warning in case_page(office.desk.session, case.number).warnings)


def test_a_second_sheet_of_the_same_year_is_read_too(setting: Setting) -> None:
    from dataclasses import replace

    from tests.intake.conftest import HEADINGS

    second = sheet("续", HEADINGS, row(案号="（2017）琼9027执2号"))
    report = check(replace(book(row()), sheets=(*book(row()).sheets, second)), setting)
    assert [e.sheet for e in report.imported] == [MAIN, "续"]
