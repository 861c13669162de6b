"""The court words a text in the window: a sentence corrected, released by another, adopted by 局长 who has seen it, printed from then on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from execdesk.records.court import TextCorrection
from tests import court_store
from tests.court.test_adopting import submit
from tests.court.test_texts import closing, in_force, words_of  # noqa: F401  the same court
from tests.ui.test_court_tools import Office, office, press, words  # noqa: F401  the office is a fixture
from ui.admin.adoption import AdoptionPage
from ui.admin.texts import TextPage
from ui.approvaltab import ApprovalTab

TYPE = "notice_execution"
NEW = "改后的一句"  # shares no character with the sentence it replaces: the comparison shows it in one piece


def open_page(office: Office, account: str) -> TextPage:  # noqa: F811
    page = office.page(TextPage(office.sit(account), office.notices, TYPE))
    assert isinstance(page, TextPage)
    return page


def rest(office: Office, page: TextPage) -> None:  # noqa: F811
    """Until pages and difference are those of what was typed."""
    page._rest.stop()
    page.look()
    office.settle()


def write(office: Office, page: TextPage, old: str, new: str) -> None:  # noqa: F811
    text = page.editor.toPlainText()
    assert old in text
    page.editor.setPlainText(text.replace(old, new))
    page.form.restore({"source": "会议纪要", "reason": "写清楚"})
    rest(office, page)


def last_words(page: TextPage) -> str:
    """The last piece that prints nothing of the case: such a one the court may word anew."""
    return next(line for line in reversed(page.editor.toPlainText().split("\n")) if "{" not in line).partition("】")[2]


def released(office: Office) -> str:  # noqa: F811
    """The administrator corrects the last sentence, the judge releases it; how it read before."""
    page = open_page(office, "admin")
    before = last_words(page)
    write(office, page, before, NEW)
    assert page.difference.shown is not None and page.difference.shown.words == "1 处不同"
    assert NEW in page.difference.toPlainText() and page.pages.view.pages.count >= 1
    page.go_on()
    office.settle()
    assert page.correction is not None and page.correction.state == "proposed"
    assert page.editor.isReadOnly() and not page.go.isVisible()
    page = open_page(office, "judge")
    assert page.correction is not None and page.go.text() == "核对无误，送局长采用"
    assert NEW in page.editor.toPlainText() and page.editor.isReadOnly()
    page.go.click()
    office.settle()
    assert page.correction is not None and page.correction.state == "released"
    return before


def test_a_sentence_is_corrected_by_one_released_by_another_and_adopted_by_the_director(office: Office) -> None:  # noqa: F811
    before = released(office)
    page = office.page(AdoptionPage(office.sit("director"), office.notices))
    assert isinstance(page, AdoptionPage)
    page.table.select(TYPE)
    office.settle()
    assert "1 处不同" in page.changes.text() and NEW in page.changes.text() and before[:6] in page.changes.text()
    assert page.pages.view.pages.count >= 1
    assert not page.approving.isEnabled(), "a text of the court's own is adopted by itself"
    assert page.approve.isEnabled()
    page.approve.click()
    office.settle()
    assert "已采用" in "\n".join(office.notices.shown)
    office.sit("judge")
    assert office.desk is not None
    with office.desk.reading():
        assert submit(office.desk) == ""
        text = office.desk.session.catalogue.text(TYPE, court_store.DAY)
        assert NEW in [part.text.raw for part in text.parts if part.text]


def test_the_director_opens_the_words_before_he_can_adopt_them(office: Office) -> None:  # noqa: F811
    released(office)
    page = office.page(AdoptionPage(office.sit("director"), office.notices))
    assert isinstance(page, AdoptionPage)
    found = next(row for row in page.shown.rows if row.type_id == TYPE)  # type: ignore[union-attr]
    page.table.select(TYPE)
    page._show(found)
    assert not page.approve.isEnabled(), "the difference has not arrived"
    office.settle()
    assert page.approve.isEnabled()
    page.approve_all()
    office.settle()
    with office.desk.reading():  # type: ignore[union-attr]
        assert TextCorrection.get().state == "released"


def test_what_waits_stands_in_the_inbox_with_its_changed_words_and_pages(office: Office) -> None:  # noqa: F811
    page = open_page(office, "admin")
    write(office, page, last_words(page), NEW)
    page.go_on()
    office.settle()
    for account, wanted, state in (("judge", "待您核对", "released"), ("director", "待您采用", "effective")):
        link = office.sit(account)
        tab = office.page(ApprovalTab(link.desk, office.jobs, office.notices, lambda _page: None))
        assert isinstance(tab, ApprovalTab)
        (waiting,) = tab.inbox.consents
        assert wanted in waiting.title and waiting.difference is not None and waiting.difference.words == "1 处不同"
        tab._choose(f"consent:{waiting.key}")
        office.settle()
        assert NEW in words(tab) and tab.papers.view.pages.count >= 1
        tab.card.buttons["consent"].click()
        office.settle()
        with link.desk.reading():
            assert TextCorrection.get().state == state
    assert office.sit("admin").desk.reads.inbox().consents == ()


def test_what_is_wrong_says_its_line_and_f8_leads_there(office: Office) -> None:  # noqa: F811
    page = open_page(office, "admin")
    text = page.editor.toPlainText()
    line = next(number for number, one in enumerate(text.split("\n"), 1) if "{" in one)
    broken = text.replace("{", "{没有", 1)
    page.editor.setPlainText(broken)
    rest(office, page)
    assert page.fault.text().startswith(f"第 {line} 行：不认识的空位「没有")
    page.editor.moveCursor(page.editor.textCursor().MoveOperation.End)
    page.to_fault()
    assert page.editor.line == line
    page.form.restore({"source": "会议纪要", "reason": "写清楚"})
    page.save()
    office.settle()
    assert page.editor.toPlainText() == broken, "nothing typed is lost"
    with office.desk.reading():  # type: ignore[union-attr]
        assert not TextCorrection.select().exists()


def test_enter_begins_a_piece_undo_takes_it_back_and_slots_are_put_at_the_cursor(office: Office, qtbot: QtBot) -> None:  # noqa: F811
    page = open_page(office, "admin")
    text = page.editor.toPlainText()
    page.editor.setFocus()
    page.editor.moveCursor(page.editor.textCursor().MoveOperation.End)
    qtbot.keyClick(page.editor, Qt.Key.Key_Return)
    page.editor.put("另加一段{申请执行人}。")
    assert page.editor.toPlainText() == f"{text}\n【增】另加一段{{申请执行人}}。"
    rest(office, page)
    assert page.fault.text() == "" and page.rule.text().endswith("新增的一段")
    while page.editor.document().isUndoAvailable() and page.editor.toPlainText() != text:
        page.editor.undo()
    assert page.editor.toPlainText() == text
    names = [action.text() for action in page.editor.menu().actions()]
    assert names[-2:] == ["插入空位", "插入引用"]


def test_what_was_typed_comes_back_and_versions_stand_beside_each_other(office: Office) -> None:  # noqa: F811
    page = open_page(office, "admin")
    write(office, page, last_words(page), "没有存的一句。")
    page.keep_draft()
    office.settle()
    page = open_page(office, "admin")
    assert last_words(page) == "没有存的一句。"
    page.save()
    office.settle()
    write(office, page, "没有存的一句。", "第二稿的一句。")
    page.save()
    office.settle()
    page.step(1)
    office.settle()
    page.step(1)
    office.settle()
    assert page.difference.shown is not None
    assert "管理戊" in page.difference.shown.old and "第 2 稿" in page.difference.shown.new
    assert "没有存" in page.difference.toPlainText() and "第二稿" in page.difference.toPlainText()
    page.difference.copy_difference()
    assert "改：第二稿的一句。" in QGuiApplication.clipboard().text()
    sheets: list[object] = []
    page.print_asked.connect(sheets.append)
    page.print.click()
    assert len(sheets) == 1


def test_who_adopts_reads_and_does_not_write(office: Office) -> None:  # noqa: F811
    page = open_page(office, "director")
    assert page.editor.isReadOnly() and not page.save_.isVisible() and not page.go.isVisible()
    assert "您是采用的人" in page.aside
    page = open_page(office, "clerk")
    assert page.editor.isReadOnly() and "由系统管理员、执行法官起草和核对" in page.aside


def test_a_correction_sent_back_is_written_again(office: Office, tmp_path: Path) -> None:  # noqa: F811
    page = open_page(office, "admin")
    write(office, page, last_words(page), NEW)
    page.go_on()
    office.settle()
    page = open_page(office, "judge")
    press(page.window(), "退回…") if page.back_.window() is page.window() else page.back_.click()
    page.dialog.form.restore({"reason": "错字"})  # type: ignore[union-attr]
    page.dialog.do()  # type: ignore[union-attr]
    office.settle()
    page = open_page(office, "admin")
    assert page.correction is not None and page.correction.state == "draft" and page.writable
    assert words(page)
