"""Parts that name who decides and how far something is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from execdesk.law.refusal import Clause
from ui.panels import Bar, CheckLine, NextStep, ReasonPanel
from ui.widgets import Button, Elided
from ui.wizard import WizardSteps


def test_a_step_names_its_approver_before_it_is_pressed(qtbot: QtBot) -> None:
    step = NextStep("提请拘留 黎样本", "院长批准", note="6 天后失效", lacking="尚缺 2 项")
    qtbot.addWidget(step)
    step.show()
    assert step.accessibleName() == "提请拘留 黎样本，6 天后失效，尚缺 2 项，院长批准"
    with qtbot.waitSignal(step.clicked):
        qtbot.keyClick(step, Qt.Key.Key_Space)


def test_reason_quotes_the_clause_and_leads_to_it(qtbot: QtBot) -> None:
    panel = ReasonPanel("本事项属院长。", [Clause("「签发搜查令」", "乐法〔2017〕33号第6条")])
    qtbot.addWidget(panel)
    texts = [part.text() for part in panel.findChildren(object) if hasattr(part, "text")]
    assert "「签发搜查令」" in texts
    with qtbot.waitSignal(panel.clause_asked):
        panel.findChild(Button).click()


def test_the_wizard_is_read_aloud(qtbot: QtBot) -> None:
    wizard = WizardSteps(("选文件", "核对", "导入"))
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.grab()
    wizard.go(2)
    assert wizard.accessibleName() == "第 3 步，共 3 步：导入"


def test_a_bar_changes_in_place(qtbot: QtBot) -> None:
    bar, check = Bar(0.4), CheckLine(False, "空白项 1", link="去填写")
    for part in (bar, check):
        qtbot.addWidget(part)
    bar.tell(2.0, 0.5, "组均 200%")
    bar.grab()
    assert bar.accessibleName() == "组均 200%"
    with qtbot.waitSignal(check.asked):
        check.findChild(Button).click()


def test_the_end_of_words_stays_where_it_tells_accounts_apart(qtbot: QtBot) -> None:
    words = Elided("某某银行乐东支行（虚构） 尾号 1234", middle=True)
    qtbot.addWidget(words)
    words.resize(words.sizeHint().width() * 2 // 3, words.sizeHint().height())
    shown = words.fontMetrics().elidedText(words.full, words.mode, words.width())
    assert shown.endswith("1234") and "…" in shown
