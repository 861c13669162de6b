"""工具 on a real store: corrections of law, adoption of documents, expiry, diagnostics, the clearing of a restored store."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from execdesk.access.desk_keys import desk_signer
from execdesk.access.session_keys import SessionSigner
from execdesk.access.signin import bind_session
from execdesk.desk import Desk
from execdesk.integrity.incidents import PROVISIONAL, DerivedIncident, record_once
from execdesk.issue.clearing import series_asked
from execdesk.records.court import LawCorrection
from execdesk.records.incidents import Incident
from execdesk.records.people import Person
from execdesk.store.beginning import begin_restored, note_restored
from execdesk.store.whereabouts import machine_folder
from tests import court_store
from tests.at_will import at_will
from tests.world import at_home
from ui.admin.adoption import AdoptionPage
from ui.admin.corrections import CorrectionsPage, LawDeskPage
from ui.approvaltab import ApprovalTab
from ui.diagnostics import DiagnosticsPage
from ui.jobs import READERS, Jobs
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.rowsfield import RowsField
from ui.sheetview import sheet_pdf
from ui.team.dialogs import ActDialog

CHAIN = 4  # a check is read, noted, heard of, and read again
KEY = "control.term.bank_deposit"
Open = Callable[..., Any]


class Office:
    """A copy of the real store with one person's link at a time."""

    def __init__(self, folder: Path, qtbot: QtBot, jobs: Jobs) -> None:
        self.folder, self._qtbot, self.jobs = folder, qtbot, jobs
        self.desk: Desk | None = None
        self.notices = Notices()
        self._owner = QObject()  # outlives the widgets that the test ends
        qtbot.addWidget(self.notices)

    def sit(self, account: str, day: date = court_store.DAY) -> Link:
        self.end()
        self.desk = court_store.at(self.folder, account, day)
        self.link = Link(self.desk, self.jobs)
        return self.link

    def page(self, made: Page) -> Page:
        self._qtbot.addWidget(made)
        made.resize(1340, 660)
        made.show()
        made.entered()
        self.settle()
        return made

    def settle(self) -> None:
        """Until all work has ended and been told, and what it set off in turn."""
        for _ in range(CHAIN):
            ended: list[object] = []
            gate = threading.Barrier(READERS)  # holds every reading thread at once: what they had before is told
            self.jobs.run(self._owner, lambda: None, done=ended.append)
            for _reader in range(READERS):
                self.jobs.read(self._owner, gate.wait, done=ended.append)
            self._qtbot.waitUntil(lambda told=ended: len(told) == 1 + READERS, timeout=20_000)

    def end(self) -> None:
        if self.desk is not None:
            self.desk.close()
            self.desk = None


@pytest.fixture
def office(real_store: Path, tmp_path: Path, qtbot: QtBot, jobs: Jobs) -> Iterator[Office]:
    made = Office(at_home(real_store, tmp_path / "data"), qtbot, jobs)
    yield made
    made.settle()
    made.end()


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def press(widget: QWidget, text: str) -> None:
    next(one for one in widget.findChildren(QPushButton) if one.text() == text and one.isVisibleTo(widget)).click()


def test_a_judge_proposes_and_the_director_approves_in_the_window(office: Office) -> None:
    page = office.page(LawDeskPage(office.sit("judge"), office.notices))
    assert page.table.select((KEY, page.book.value(KEY, court_store.DAY).valid_from))
    press(page, "提请更正…")
    form = page.dialog.form
    assert form["value"].text == "12"
    form.restore({"value": "6", "source": "某司法解释第一条", "reason": "条文已改"})
    page.dialog.do()
    office.settle()
    assert "已提请，待局长批准。" in "\n".join(office.notices.shown)
    assert page.waiting.text() == "1 件更正待局长批准"
    corrections = office.page(CorrectionsPage(office.link, office.notices))
    assert not corrections.approve.isEnabled()
    assert "由局长批准" in words(corrections)

    page = office.page(LawDeskPage(office.sit("director"), office.notices))
    corrections = office.page(CorrectionsPage(office.link, office.notices))
    assert "12个月" in words(corrections)
    corrections.approve.click()
    office.settle()
    assert page.count("corrected") == 1
    page.table.select((KEY, court_store.DAY))
    office.settle()
    assert "局长乙 2018-01-02 更正" in words(page)


def test_the_items_of_a_listed_figure_are_corrected_one_by_one(office: Office) -> None:
    page = office.page(LawDeskPage(office.sit("judge"), office.notices))
    key = "auction.withdraw_cases"
    before = page.book.history(key)[-1].value
    page.correct(page.book.history(key)[-1])
    items = page.dialog.form["value"]
    assert isinstance(items, RowsField) and [one["item"] for one in items.typed] == before and len(before) > 3
    items.row_lines[0].drop.click()
    items.add_line(["另有规定"])
    page.dialog.form.restore({"source": "某条", "reason": "条文已改"})
    page.dialog.do()
    office.settle()
    with office.link.desk.session.store.reading():
        row = LawCorrection.get(LawCorrection.key == key)
    assert row.value == [*before[1:], "另有规定"]


def test_a_level_cannot_be_corrected_in_the_window_either(office: Office) -> None:
    page = office.page(LawDeskPage(office.sit("judge"), office.notices))
    value = next(one for key in page.book.values for one in page.book.history(key) if one.unit == "level")
    page.correct(value)
    page.dialog.form.restore({"value": "director", "source": "某条", "reason": "有误"})
    page.dialog.do()
    office.settle()
    assert "层级不能以更正参数的方式改变" in "\n".join(page.dialog.says.shown)
    page.dialog.close()


def test_adoption_from_preparing_to_submitting(office: Office, qtbot: QtBot) -> None:
    page = office.page(AdoptionPage(office.sit("admin"), office.notices))
    page.table.select("notice_execution")
    office.settle()
    assert "正文" in words(page)
    assert page.prepare.isEnabled()
    with qtbot.waitSignal(page.print_asked) as asked:
        page.print.click()
    assert sheet_pdf(asked.args[0], "管理戊").startswith(b"%PDF")
    page.prepare.click()
    office.settle()
    assert page.table.current.state == "pending"
    assert not page.approve.isEnabled()

    page = office.page(AdoptionPage(office.sit("director"), office.notices))
    page.table.select("notice_execution")
    page.approve.click()
    office.settle()
    assert page.table.current.state_words == "已采用"
    desk = court_store.change(office.desk, "judge")
    request = desk.do("notice.execution", case=court_store.NUMBER, party="林例一", days=None).ids("Request")[0]
    assert court_store.refused(desk, "request.submit", request=request) == ""


def test_everything_that_waits_is_prepared_at_once(office: Office) -> None:
    page = office.page(AdoptionPage(office.sit("admin"), office.notices))
    page.all.click()
    office.settle()
    assert {row.state for row in page.shown.rows if row.items} == {"pending"}
    assert not page.all.isEnabled()


def test_what_waits_for_the_director_stands_in_his_inbox_and_leads_to_its_page(office: Office, qtbot: QtBot) -> None:
    office.sit("admin").desk.do("adoption.prepare", document_types=["notice_execution", "notice_assist"])
    assert office.desk is not None and office.desk.reads.inbox().consents == ()
    desk = court_store.change(office.desk, "judge")
    desk.do("law.propose", key=KEY, value="6", valid_from=court_store.DAY, source="某司法解释第一条", reason="条文已改")
    tab = office.page(ApprovalTab(office.sit("director").desk, office.jobs, office.notices, lambda _page: None))
    types, figures = tab.inbox.consents
    assert (types.title, figures.title, tab.inbox.waiting) == ("2 种文书待您采用", "1 项法规参数的更正待您批准", 2)
    for waiting, action, seen in ((types, "adoption.prepare:notice_execution", "执行通知书、协助执行通知书"), (figures, "law.corrections", "12个月 → 6个月")):
        tab._choose(f"consent:{waiting.key}")
        office.settle()
        assert seen in words(tab)
        with qtbot.waitSignal(office.notices.way) as led:
            tab.card.buttons["consent"].click()
        assert led.args[0].action == action
    page = office.page(AdoptionPage(office.link, office.notices))
    page.approve_all()
    office.settle()
    tab.reload()
    office.settle()
    assert [one.key for one in tab.inbox.consents] == ["figures"]


def test_the_director_sends_an_adoption_back_with_a_reason(office: Office) -> None:
    office.sit("admin").desk.do("adoption.prepare", document_types=["notice_execution"])
    page = office.page(AdoptionPage(office.sit("director"), office.notices))
    page.table.select("notice_execution")
    page.refuse.click()
    page.dialog.form.restore({"reason": "期限一句要改"})
    page.dialog.do()
    office.settle()
    assert page.table.current.course == "2018-01-02 未批准"


def test_a_whole_store_is_said_to_be_whole(office: Office) -> None:
    page = office.page(DiagnosticsPage(office.sit("admin"), office.notices))
    assert "还没有做完过一次全面自检" in words(page)
    page.check.click()
    office.settle()
    assert "✓ 完好，没有发现改动" in words(page)
    assert "（今天）" in words(page)
    page.copy_button.click()
    assert "自检结果：完好" in QGuiApplication.clipboard().text()


def test_a_fault_is_shown_with_its_place_and_settled_in_two_sentences(office: Office) -> None:
    link = office.sit("director")
    link.desk.session.store.base.execute_sql('UPDATE "case" SET "cause" = ?', ("买卖合同纠纷",))
    page = office.page(DiagnosticsPage(link, office.notices))
    page.check.click()
    office.settle()
    assert "发现 1 处，已记为事件" in words(page)
    assert "怎么办：" in words(page)
    assert "1 件案件暂不能批准和签发" in words(page)
    press(page, "办结…")
    page.incidents.dialog.form.restore({"who": "局长乙会同管理员", "found": "与纸质卷宗核对，应为民间借贷纠纷"})
    page.incidents.dialog.do()
    office.settle()
    assert "与纸质卷宗核对" in words(page)
    assert "没有待办结的事件" in page.aside


def test_what_somebody_wrote_past_his_rights_is_taken_back_once_it_is_read_what_that_changes(office: Office) -> None:
    link = office.sit("clerk")
    judge = Person.get(Person.account == "judge")
    with at_will(link.desk.session, "person.staffing") as act:
        act.change(act.get(Person, judge.id), name="林例丙")
    page = office.page(DiagnosticsPage(office.sit("director"), office.notices))
    page.check.click()
    office.settle()
    assert "发现 1 处，已记为事件" in words(page) and "撤去" in words(page)
    press(page, "撤去…")
    dialog = page.incidents.dialog
    dialog.form.restore({"reason": "局长核对留痕，书记员用自编程序写下"})
    dialog.read()
    office.settle()
    told = words(dialog)
    assert f"人员「{judge.name}」名称由「林例丙」改回「{judge.name}」" in told and "「变更编制」" in told
    assert Person.get_by_id(judge.id).name == "林例丙", "shown, not done"
    dialog.do()
    office.settle()
    assert Person.get_by_id(judge.id).name == judge.name
    assert "没有待办结的事件" in page.aside
    page.check.click()
    office.settle()
    assert "✓ 完好，没有发现改动" in words(page)


def test_what_stands_provisionally_is_ratified_by_the_president_in_the_window(office: Office) -> None:
    link = office.sit("director")
    record_once(link.desk.session, PROVISIONAL, [DerivedIncident("HL.1:2", "留痕 HL.1:2（批准）待院长追认：签名所用的证书同时在另一处被撤销。", None)], "待追认")
    page = office.page(DiagnosticsPage(link, office.notices))
    assert "由院长追认或者不予追认" in words(page)
    page = office.page(DiagnosticsPage(office.sit("president"), office.notices))
    press(page, "不予追认…")
    page.incidents.dialog.do()
    office.settle()
    assert page.incidents.dialog.isVisible(), "not without a reason"
    page.incidents.dialog.close()
    press(page, "追认…")
    page.incidents.dialog.form.restore({"reason": "当面核对"})
    page.incidents.dialog.do()
    office.settle()
    assert "院长追认。当面核对" in words(page)
    assert Incident.get().state == "settled"


def test_a_wrong_day_is_set_right_in_the_window(office: Office) -> None:
    office.sit("clerk", date(2018, 11, 2))
    page = office.page(DiagnosticsPage(office.sit("director"), office.notices))
    assert "留痕的日期晚于今天" in words(page)
    press(page, "改正日期…")
    page.dialog.form.restore({"witness": "president", "reason": "电脑日期设错"})
    page.dialog.form.fields["witness_password"].input.setText(court_store.password_of("president"))
    page.dialog.do()
    office.settle()
    assert "留痕的日期晚于今天" not in words(page)
    assert "日期已改正" in "\n".join(office.notices.shown)


def test_a_moved_store_goes_on_in_the_window_with_two_persons(office: Office) -> None:
    shutil.rmtree(machine_folder())  # as on another PC
    page = office.page(DiagnosticsPage(office.sit("director"), office.notices))
    assert "本库现在只能查看" in words(page) and "本机没有登记过" in words(page)
    press(page, "是整个搬来的，接着使用…")
    page.dialog.form.restore({"reason": "换了新电脑"})
    page.dialog.read()
    office.settle()
    assert "HQ.1" in words(page.dialog)
    page.dialog.second.restore({"witness": "president"})
    page.dialog.second["witness_password"].input.setText(court_store.password_of("president"))
    page.dialog.do()
    office.settle()
    assert "已登记新位置，可以照常办公。" in "\n".join(office.notices.shown)
    assert "本库现在只能查看" not in words(page) and "库被搬动或者复制" in words(page)


def test_who_may_not_settle_sees_why(office: Office) -> None:
    link = office.sit("judge")
    link.desk.session.store.base.execute_sql('UPDATE "case" SET "cause" = ?', ("买卖合同纠纷",))
    link.desk.note_check(link.desk.check())
    page = office.page(DiagnosticsPage(link, office.notices))
    assert "由局长或者院长办结" in words(page)
    assert not page.backups.write_button.isEnabled()


def test_cancelling_a_check_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    page = office.page(DiagnosticsPage(office.sit("admin"), office.notices))
    page.start_check()
    page.watch.cancel()
    office.settle()
    assert page.verdict is None or page.verdict.whole
    assert page.check.isEnabled()


def test_a_backup_is_written_and_its_age_shown(office: Office, tmp_path: Path) -> None:
    page = office.page(DiagnosticsPage(office.sit("admin"), office.notices))
    assert "还没有备份过" in words(page)
    page.backups.write(tmp_path / "a.backup")
    office.settle()
    assert (tmp_path / "a.backup").stat().st_size > 0
    assert "备份完成并已打开核对" in "\n".join(office.notices.shown)
    assert "还没有备份过" not in words(page)


def test_crash_reports_are_listed_and_opened(office: Office, tmp_path: Path) -> None:
    link = office.sit("admin")
    (link.desk.folder / "faults").mkdir()
    (link.desk.folder / "faults" / "fault-20180102-010203-000000.txt").write_text("出错的报告", "utf-8")
    page = office.page(DiagnosticsPage(link, office.notices))
    press(page, "看报告")
    assert page.dialog.text.toPlainText() == "出错的报告"
    page.dialog.close()


def test_a_restored_store_is_cleared_by_the_form(office: Office) -> None:
    link = office.sit("director")
    session = link.desk.session
    assert session.key is not None
    session.store.name_site("HQ", 2)
    note_restored(session.store, "自备份恢复")
    begin_restored(session.store, lambda: desk_signer(session.store), session.key.as_cosigner)
    bind_session(session.store, session.me, session.key, SessionSigner(session.me.id))
    page = office.page(DiagnosticsPage(link, office.notices))
    assert "本库是从备份恢复的，暂不能签发" in words(page)
    page.clear.click()
    dialog: ActDialog = page.dialog
    dialog.form.restore({"words": "查了全部卷宗和发文簿"})
    numbers = dialog.form["numbers"]
    assert isinstance(numbers, RowsField) and numbers.lines == len(series_asked(link.desk.session)) > 3
    numbers.row_lines[-1].drop.click()
    for entry in numbers.row_lines:
        entry.fields[1].set_text("无")
    dialog.do()
    office.settle()
    assert "每一类文号都要核对" in "\n".join(dialog.says.shown)
    numbers.set_value("")
    for series in series_asked(link.desk.session):
        numbers.add_line([series, "（2017）琼9027执123号之二" if series == "notice" else "无"])
    dialog.do()
    office.settle()
    assert "已登记，本库恢复签发。" in "\n".join(office.notices.shown)
    assert "从备份恢复的" not in words(page)
