"""F1 opens the fitting clause on every tab, page, part, dialog and calculator, and never nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

import main
from execdesk.law.calculators import CALCULATORS
from execdesk.law.refusal import Refusal
from execdesk.reads import Step
from execdesk.reads.clauses import clause_text, screen_topic, screens
from tests.ui import office_store
from tests.ui.case_actions import titles
from tests.ui.journey_tools import Hands
from tests.world import Shelf
from ui.lawview import ClauseDialog
from ui.team.dialogs import ActDialog

PLAN = "乐法〔2017〕33号第"
CASE = "（2017）琼9027执123号"
CONTROL = "〈中华人民共和国民事诉讼法〉的解释》第四百八十七条"


@pytest.fixture(scope="module")
def made(worlds: Shelf) -> office_store.Made:
    return office_store.waiting(worlds)


@pytest.fixture
def hands(qtbot: QtBot, made: office_store.Made, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, Path(shutil.copytree(made.folder, tmp_path / "store")))
    yield found
    found.leave()


def f1(hands: Hands, where: QWidget | None = None) -> str:
    """Press F1 where the keyboard is; the heading of the clause that opens, which is closed again."""
    target = where or QApplication.focusWidget() or hands.page
    assert not shown()
    bring(hands, target)
    if target.window().focusWidget() is None:
        target.setFocus()
    hands.qtbot.keyClick(target, Qt.Key.Key_F1)
    hands.until(shown, 3_000)
    (dialog,) = shown()
    title = dialog.windowTitle().removeprefix("条文：")
    assert title
    hands.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    hands.until(lambda: not shown())
    return title


def bring(hands: Hands, widget: QWidget) -> None:
    widget.window().activateWindow()
    hands.until(widget.window().isActiveWindow, 3_000)


def shown() -> list[ClauseDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, ClauseDialog) and one.isVisible()]


def tool(hands: Hands, title: str) -> Any:
    assert hands.place.tabs is not None
    found = next(one for one in hands.place.tabs.tools(lambda day, done: None) if one is not None and title in one.title)
    hands.shell.open_tool(found)
    hands.rest()
    return hands.page


def test_the_tabs_the_lists_and_the_parts_of_a_case(hands: Hands) -> None:
    hands.sign_in("judge-1")
    titles = {}
    for view in ("todo", "late", "soon", "control", "open", "tnr", "closed", "review"):
        hands.cases.side.choose(view)
        hands.rest()
        hands.cases.side.setFocus()
        titles[view] = f1(hands)
    assert titles["open"] == titles["todo"] == f"{PLAN}2条"
    assert titles["control"].endswith(CONTROL)
    assert "终结本次执行" not in titles["tnr"] and titles["tnr"].endswith("第五百一十九条")
    assert titles["late"].endswith("第一百零七条") and titles["closed"].endswith("第一百零八条")
    assert titles["review"] == f"{PLAN}1条"
    hands.cases.choose_scope("all")
    hands.show(CASE)
    panel = hands.cases.panel
    for number, end in enumerate((f"{PLAN}6条第二款", "第四百八十五条", "第四百八十七条", "第一百五十四条", f"{PLAN}10条")):
        panel.bar.setCurrentIndex(number)
        panel.bar.setFocus()
        assert f1(hands).endswith(end), number
    hands.shell.choose_tab(1)
    hands.rest()
    assert f1(hands) == f"{PLAN}4条"
    hands.shell.choose_tab(2)
    hands.rest()
    assert f1(hands).startswith(f"{PLAN}6条")


def test_every_form_of_a_case_and_its_pages(hands: Hands, made: office_store.Made) -> None:
    hands.sign_in(made.ids["judge"])
    hands.show(CASE)
    fitting = {
        "case.route": f"{PLAN}3条", "service.record": "《中华人民共和国民事诉讼法》第八十四条", "receipt.deducted": "第二百四十二条", "case.recovered": "发放执行款的期限",
        "measure.propose": f"{PLAN}6条第二款", "sanction.detain": f"{PLAN}6条第四款", "case.paper_suffix": "同案多份文书的编号", "party.special": f"{PLAN}6条第三款",
    }
    assert hands.cases.page is not None
    for action, title in titles().items():
        hands.cases.begin(Step(action, title, hands.cases.page.case.id, values=(("kind", "vehicle"),) if action == "measure.propose" else ()))
        hands.rest()
        clause = f1(hands)
        assert clause.endswith(fitting.get(action, "")), (action, clause)
        hands.shell.stack.home()
    hands.cases.open_registration()
    hands.rest()
    assert f1(hands).endswith("第十八条")
    hands.shell.stack.home()
    hands.cases.open_import()
    hands.rest()
    assert f1(hands) == f"{PLAN}3条"
    hands.shell.stack.home()
    hands.rest()
    paper = next(one for one in hands.cases.page.documents if one.number)
    hands.cases.open_document(paper.id, paper.state)
    hands.rest()
    assert f1(hands).endswith("第一百五十四条")
    draft = next((one for one in hands.cases.page.documents if one.state in ("draft", "submitted")), None)
    if draft is not None:
        hands.shell.stack.home()
        hands.cases.open_document(draft.id, draft.state)
        hands.rest()
        assert f1(hands)


def test_every_calculator_with_and_without_a_sheet(hands: Hands) -> None:
    hands.sign_in("judge-1")
    page = tool(hands, "计算")
    for name in CALCULATORS:
        page.list.choose(name)
        assert page.clause_topic
        assert f1(hands, page.list)
    page.list.choose("amount_words")
    page.panel.form["text"].set_text("5万")
    page.panel.calculate()
    assert f1(hands, page.panel.form["text"].input) == "金额大写的规则"
    page.list.choose("fee")
    page.panel.form["amount"].set_text("50000")
    page.panel.calculate()
    assert f1(hands, page.panel.form["amount"].input) == "《诉讼费用交纳办法》第十四条第一项"
    page.panel.print.click()
    assert f1(hands, QApplication.activeModalWidget()) == "《诉讼费用交纳办法》第十四条第一项"


def test_every_figure_of_the_law(hands: Hands) -> None:
    hands.sign_in("director")
    page = tool(hands, "法规参数")
    page.scopes.choose("all")
    page.table.filter("保证金")
    page.table.select(page.table.model.key(page.table.model.row(0)))
    assert f1(hands)
    services = main.build()
    for day in (date(2014, 1, 1), date(2018, 1, 2), date(2022, 2, 1), date(2026, 11, 1)):
        session: Any = SimpleNamespace(law=services.law, authority=services.authority, resources=services.resources, day=day)
        for key in services.law.values:
            for value in services.law.history(key):
                for topic in (*value.articles, f"value:{key}"):
                    found = clause_text(session, topic)
                    assert found.title and found.paragraphs and found.source, (topic, day)


def test_administration_and_its_dialogs(hands: Hands) -> None:
    hands.sign_in("admin")
    page = tool(hands, "人员和授权")
    fitting = {"people": f"{PLAN}4条", "posts": f"{PLAN}6条", "letters": f"{PLAN}6条第四款", "certificates": f"{PLAN}8条"}
    for section, title in fitting.items():
        page.list.choose(section)
        assert f1(hands, page.list) == title
        for step in page.sections[section].begin:
            page.do(step, None)
            assert f1(hands, page.dialog) == title
            page.dialog.close()
    assert f1(hands, tool(hands, "诊断")) == f"{PLAN}10条"
    assert f1(hands, tool(hands, "采用文书"))
    assert f1(hands, tool(hands, "核验文书"))
    assert f1(hands, tool(hands, "到期")).endswith(CONTROL)
    assert f1(hands, tool(hands, "演示日期…")).endswith("第八十二条")
    hands.shell.password_asked.emit()
    hands.rest()
    assert f1(hands) == f"{PLAN}8条"


def test_dialogs_that_stand_over_others(hands: Hands) -> None:
    hands.sign_in("director")
    page = tool(hands, "法规参数")
    page.correct(page.book.history("control.term.bank_deposit")[-1])
    field = page.dialog.form["value"].input
    bring(hands, field)
    field.setFocus()
    hands.qtbot.keyClick(field, Qt.Key.Key_F1)
    hands.until(shown)
    assert page.dialog.isVisible() and not shown()[0].isModal()  # one reads the clause and goes on typing
    bring(hands, page.dialog)
    hands.qtbot.keyClick(page.dialog, Qt.Key.Key_F1)
    hands.until(lambda: len(shown()) == 1)
    shown()[0].close()
    page.dialog.close()
    page.show_corrections()
    hands.rest()
    assert f1(hands) == f"{PLAN}8条"
    assert hands.place.link is not None
    dialog: QDialog = ActDialog(hands.place.link.desk, hands.place.link.jobs, "store.clear_restored", parent=hands.shell, clause="screen:clearing")
    dialog.open()
    assert f1(hands, dialog) == "同案多份文书的编号"
    dialog.close()


def test_every_screen_named_has_a_clause_and_unknown_ones_fall_back() -> None:
    services = main.build()
    for day in (date(2014, 1, 1), date(2018, 1, 2), date(2026, 11, 1)):
        session: Any = SimpleNamespace(law=services.law, authority=services.authority, resources=services.resources, day=day)
        for screen in screens(services.resources):
            assert clause_text(session, f"screen:{screen}").title
        assert clause_text(session, "").title == f"{PLAN}10条"
        with pytest.raises(Refusal):
            clause_text(session, "clause:99")
        with pytest.raises(Refusal):
            clause_text(session, "CPL:nothing_known")
    assert screen_topic(services.resources, "form.receipt.book") == screen_topic(services.resources, "form.receipt")
    assert set(CALCULATORS) <= {name.removeprefix("calculator.") for name in screens(services.resources)}


def test_an_article_tells_its_number_in_every_version() -> None:
    services = main.build()
    session: Any = SimpleNamespace(law=services.law, authority=services.authority, resources=services.resources, day=date(2018, 1, 2))
    found = clause_text(session, "CPL:delay_interest")
    assert found.paragraphs[0] == "迟延履行利息、迟延履行金"
    assert any("第二百五十三条" in note and "第二百六十" in note for note in found.notes)
    early: Any = SimpleNamespace(law=services.law, authority=services.authority, resources=services.resources, day=date(2014, 1, 1))
    assert "不能引用" in clause_text(early, "DIS2017:1").source
