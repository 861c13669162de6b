"""工具: calculators that calculate while one types, dated law with history, clauses."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from execdesk.law.calculators import CALCULATORS
from execdesk.law.refusal import Refusal
from execdesk.law.sheets import sheet_lines
from tests.ui.scenes import book, calculators_page
from ui.calculators import CalculatorsPage
from ui.lawview import SCOPES, ClauseDialog, ClauseShown, LawPage
from ui.notices import RefusalPanel
from ui.sheetview import sheet_html, sheet_pdf


def page_of(qtbot: QtBot, which: str, known: dict[str, str]) -> CalculatorsPage:
    page = calculators_page(which, known)
    qtbot.addWidget(page)
    page.resize(1300, 700)
    page.show()
    return page


@pytest.mark.parametrize("which", list(CALCULATORS))
def test_every_calculator_opens_with_its_fields_and_no_fault(qtbot: QtBot, which: str) -> None:
    page = page_of(qtbot, which, {})
    assert page.panel is not None
    assert list(page.panel.form.fields) == [field.name for field in CALCULATORS[which].fields]
    assert page.panel.view.sheet is None or page.panel.view.sheet.title
    assert not page.findChildren(RefusalPanel)


def test_the_same_sheet_as_the_rule_gives(qtbot: QtBot) -> None:
    page = page_of(qtbot, "control_end", {"kind": "bank_deposit", "start": "2017-08-01"})
    sheet = page.panel.view.sheet
    assert sheet is not None
    assert "2018年7月31日" in sheet.result


def test_typing_calculates_again(qtbot: QtBot) -> None:
    page = page_of(qtbot, "control_end", {"kind": "bank_deposit", "start": "2017-08-01"})
    page.panel.form["start"].set_text("2017-09-01")
    qtbot.waitUntil(lambda: "2018年8月31日" in page.panel.view.sheet.result)


def test_what_is_missing_is_named_and_copying_closed(qtbot: QtBot) -> None:
    page = page_of(qtbot, "control_end", {"kind": "bank_deposit"})
    assert page.panel.missing.text() == "还缺：起始日（计入）。填好即算。"
    assert not page.panel.copy.isEnabled()
    assert not page.panel.print.isEnabled()


def test_a_refusal_stands_in_the_place_of_the_sheet(qtbot: QtBot) -> None:
    page = page_of(qtbot, "control_end", {"kind": "bank_deposit", "start": "2017-08-01", "months": "36"})
    panels = page.findChildren(RefusalPanel)
    assert len(panels) == 1
    assert "12个月" in panels[0].refusal.text
    assert page.panel.view.sheet is None


def test_lines_of_payments_reach_the_rule(qtbot: QtBot) -> None:
    known = {"debt": "300,000.00", "period_end": "2017-08-31", "until": "2018-06-30", "paid": "2018-01-01:30,000.00"}
    page = page_of(qtbot, "interest", known)
    one = page.panel.view.sheet
    page.panel.form["paid"].add_line(["2018-03-15", "12,000.00"])
    page.panel.calculate()
    assert one is not None
    assert page.panel.view.sheet.result != one.result
    assert "2018年3月15日" in "".join(sheet_lines(page.panel.view.sheet))


def test_other_calculators_keep_what_was_typed(qtbot: QtBot) -> None:
    page = page_of(qtbot, "fee", {"amount": "50000"})
    page.list.choose("amount_words")
    page.list.choose("fee")
    assert page.panel.form["amount"].text == "50000"


def test_sheet_is_copied_as_lines_and_printed_as_pages(qtbot: QtBot) -> None:
    page = page_of(qtbot, "fee", {"amount": "50000"})
    page.panel.copy.click()
    assert QGuiApplication.clipboard().text().splitlines() == sheet_lines(page.panel.view.sheet)
    with qtbot.waitSignal(page.print_asked) as asked:
        page.panel.print.click()
    pdf = sheet_pdf(asked.args[0], "法官沿一 · 2018-01-02 · 演示库")
    (words,) = page_words(pdf)
    assert "申请执行费" in words
    assert "演示库" in words
    assert "第1页，共1页" in words


def test_marks_of_unconfirmed_figures_are_on_the_sheet(qtbot: QtBot) -> None:
    page = page_of(qtbot, "control_end", {"kind": "bank_deposit", "start": "2017-08-01"})
    sheet = page.panel.view.sheet
    assert sheet.unconfirmed == ("未经核实" in sheet_html(sheet, 13))


@pytest.fixture
def law_page(qtbot: QtBot) -> LawPage:
    page = LawPage(book(), date(2018, 1, 2), used_in=lambda key: ("冻结裁定书",) if key.startswith("control") else ())
    qtbot.addWidget(page)
    page.resize(1300, 700)
    page.show()
    return page


def test_every_dated_figure_is_listed(law_page: LawPage) -> None:
    law_page.scopes.choose("all")
    assert law_page.table.model.total == sum(len(book().history(key)) for key in book().values)
    law_page.scopes.choose("unconfirmed")
    assert all(not row.confirmed for row in law_page.table.model.everything())


def test_today_shows_only_what_is_in_force(law_page: LawPage) -> None:
    law_page.scopes.choose("now")
    assert all(SCOPES["now"](row, date(2018, 1, 2)) for row in law_page.table.model.everything())


def test_search_finds_by_name_and_source(law_page: LawPage, qtbot: QtBot) -> None:
    law_page.search.setText("冻结存款")
    qtbot.waitUntil(lambda: law_page.table.model.wish.needle == "冻结存款")
    assert law_page.table.model.total >= 1


def test_detail_tells_history_source_and_use(law_page: LawPage, qtbot: QtBot) -> None:
    law_page.scopes.choose("all")
    many = next(key for key in book().values if len(book().history(key)) > 1)
    value = book().history(many)[0]
    law_page.table.filter(value.source.split()[0])
    law_page.table.select((value.key, value.valid_from))
    words = " ".join(part.text() for part in law_page.detail.widget().findChildren(object) if hasattr(part, "text"))
    assert "沿革" in words
    assert value.source in words


def test_clause_dialog_shows_words_and_mark(qtbot: QtBot) -> None:
    dialog = ClauseDialog(ClauseShown("乐法〔2017〕33号第6条", "方案", ("院长的审批权限。",), confirmed=False))
    qtbot.addWidget(dialog)
    words = [part.text() for part in dialog.findChildren(object) if hasattr(part, "text")]
    assert "院长的审批权限。" in words
    assert "未经核实" in words


def test_the_sheet_names_what_is_wrong_and_what_is_missing(qtbot: QtBot) -> None:
    page = page_of(qtbot, "control_end", {"kind": "bank_deposit", "start": "2017-02-30"})
    assert page.panel.missing.text().startswith("「起始日（计入）」有误：")
    assert page.panel.view.sheet is None


@pytest.mark.qt_log_ignore("plugin does not support", extend=True)
def test_nodes_are_found_by_their_words(qtbot: QtBot) -> None:
    page = page_of(qtbot, "deadline", {"start": "2017-07-08"})
    field = page.panel.form["node"]
    assert field.error == "请填写节点。"
    field.input.lineEdit().setFocus()
    field.input.lineEdit().insert("报告财产期限")  # an input method commits whole words
    qtbot.keyClick(field.input.lineEdit(), Qt.Key.Key_Return)
    assert (field.text, field.value) == ("报告财产期限（自收到报告财产令之日）", "property_report.period")
    field.set_text("closing.money")
    page.panel.calculate()
    assert page.panel.view.sheet.result == "届满日 2018年1月8日"
    field.set_text("没有的节点")
    assert "请从列表中选一项" in field.error
    with pytest.raises(Refusal):
        _ = field.value


def test_grounds_are_ticked_with_their_words_as_of_the_day(qtbot: QtBot) -> None:
    page = page_of(qtbot, "listing", {"grounds": "2", "decided_on": "2018-01-02"})
    field = page.panel.form["grounds"]
    assert field.words["4"] == "违反财产报告制度的"
    field.boxes["3"].click()
    page.panel.calculate()
    assert (field.text, page.panel.view.sheet.result) == ("2、3", "2018年1月2日至2020年1月1日")
    page.panel.form["decided_on"].set_text("2016-01-04")
    page.panel.calculate()
    assert field.words["3"] == "违反财产报告制度"
    assert field.text == "2、3"


def test_seldom_needed_fields_come_on_asking_or_when_filled(qtbot: QtBot) -> None:
    page = page_of(qtbot, "interest", {"debt": "300000"})
    assert page.panel.form["currency"].isHidden()
    page.panel.form["cny_rate"].set_text("6.5")
    assert page.panel.form["currency"].isVisible()


def test_payments_are_typed_with_enter_alone(qtbot: QtBot) -> None:
    page = page_of(qtbot, "interest", {"debt": "300000", "period_end": "2017-08-31", "until": "2018-06-30"})
    paid = page.panel.form["paid"]
    with qtbot.waitActive(page):
        page.activateWindow()
    paid.add_line()
    for words in ("2018.1.1", "3万", "20180315", "１２，０００"):
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        line.insert(words)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)  # an empty line ends them
    assert paid.text == "2018-01-01:30,000.00\n2018-03-15:12,000.00"
    page.panel.calculate()
    assert len([name for name, _ in page.panel.view.sheet.inputs if name == "给付"]) == 2


def test_a_long_sheet_runs_over_pages_with_its_heads_and_marks(qtbot: QtBot) -> None:
    paid = "\n".join(f"{2017 + n // 12}-{n % 12 + 1:02d}-15:1000" for n in range(8, 30))  # so many that the end of a page falls into a step
    page = page_of(qtbot, "interest", {"debt": "1000000", "period_end": "2017-03-31", "until": "2021-01-02", "paid": paid, "rate": "6%"})
    sheet = page.panel.view.sheet
    corrected = replace(sheet, basis=(replace(sheet.basis[0], corrected_by="局长某某 2018-02-01 更正"), *sheet.basis[1:]))
    pages = page_words(sheet_pdf(corrected, "法官甲 · 2018-01-02"))
    assert len(pages) > 3
    assert all(f"第{number}页，共{len(pages)}页" in words and "法官甲" in words for number, words in enumerate(pages, 1))
    assert all(f"{sheet.title}（续）" in words for words in pages[1:])
    assert all(re.search(r"步骤算式和依据结果\d", words) for words in pages[2:])  # each page begins with a whole step
    assert "未经核实" in pages[0] and "含本院更正" in pages[0] and "局长某某2018-02-01更正" in pages[-1]


def page_words(pdf: bytes) -> list[str]:
    """The words of each page, blanks left out."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    words = ["".join(document.getAllText(page).text().split()) for page in range(document.pageCount())]
    document.close()
    return words


def test_a_fee_needs_no_mouse(qtbot: QtBot) -> None:
    page = page_of(qtbot, "closing_ways", {})
    with qtbot.waitActive(page):
        page.activateWindow()
    page.first_focus.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.panel.calculator.id == "fee"
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    for words in ("50000", "2018.1.2", ""):
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        line.selectAll()
        line.insert(words)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.panel.view.sheet.result == "650.00元"
    with qtbot.waitSignal(page.print_asked):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


def test_on_a_narrow_screen_enter_leads_from_field_to_sheet(qtbot: QtBot) -> None:
    page = page_of(qtbot, "amount_words", {})
    page.resize(420, 500)
    assert page.columns.shown == ("填写",)
    page.panel.form["text"].set_text("5万")
    page.panel.form.finished.emit()
    assert page.columns.shown == ("计算单",)
    page.begin()
    assert page.columns.shown == ("填写",)


def test_what_was_typed_is_there_when_the_calculators_are_opened_again_but_not_in_another_case(qtbot: QtBot) -> None:
    typed: dict[tuple[str, str], dict[str, str]] = {}

    def opened(case: str) -> CalculatorsPage:
        first = calculators_page("distribution", {})
        page = CalculatorsPage(tuple(CALCULATORS.values()), first._rule, today=date(2018, 1, 2), chosen="distribution", case=case, typed=typed)
        qtbot.addWidget(first)
        qtbot.addWidget(page)
        return page

    page = opened("甲案")
    page.panel.form["pot"].set_text("10000")
    page.panel.form["claims"].set_text("甲某:1000\n乙某:2000")
    again = opened("甲案").panel.form
    assert again["pot"].text == page.panel.form["pot"].text and again["claims"].typed[1]["name"] == "乙某"
    assert not opened("乙案").panel.form["pot"].text
