"""Sign-in: name, password, delay, caps lock; first run; new password."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from execdesk.law.refusal import Refusal
from ui.firstrun import FirstRunPage
from ui.lock import NewPasswordCard
from ui.signin import Account, SignInPage

ACCOUNTS = [Account("judge-1", "法官沿一 · 承办法官"), Account("president", "院长示例 · 院长")]


def page_of(qtbot: QtBot, accounts: list[Account], last: str = "") -> SignInPage:
    page = SignInPage(accounts, site="本部", last=last)
    qtbot.addWidget(page)
    page.show()
    return page


def test_enter_signs_in_with_the_chosen_person(qtbot: QtBot) -> None:
    page = page_of(qtbot, ACCOUNTS, last="president")
    qtbot.keyClicks(page.card.password.input, "demo")
    with qtbot.waitSignal(page.asked) as asked:
        qtbot.keyClick(page.card.password.input, Qt.Key.Key_Return)
    assert asked.args == ["president", "demo"]
    assert not page.card.go.isEnabled()


def test_what_is_missing_is_said_in_place(qtbot: QtBot) -> None:
    page = page_of(qtbot, [])
    page.card.ask()
    assert page.card.sentence.text() == "请先选择姓名或填写登录名。"
    page.card.field.setText("judge-1")
    page.card.ask()
    assert page.card.sentence.text() == "请填写密码。"


def test_a_wrong_password_is_told_and_the_next_try_waits(qtbot: QtBot) -> None:
    page = page_of(qtbot, ACCOUNTS)
    asked: list[str] = []
    page.asked.connect(lambda name, _password: asked.append(name))
    page.card.refused(Refusal("密码错误，请重填。"), wait=2)
    page.card.password.input.setText("demo")
    page.card.ask()
    assert asked == []
    assert (page.card.sentence.text(), page.card.go.text()) == ("密码错误，请重填。", "2 秒后可再试")
    page.card.count_down()
    page.card.count_down()
    assert page.card.go.text() == "进入工作台"
    page.card.ask()
    assert asked == ["judge-1"]


def test_caps_lock_is_noticed_while_typing(qtbot: QtBot) -> None:
    page = page_of(qtbot, ACCOUNTS)
    password = page.card.password

    def type_key(text: str, shift: bool) -> None:
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(password.input, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, text))

    for text, shift, warned in (("A", False, True), ("a", False, False), ("A", True, False), ("a", True, True)):
        type_key(text, shift)
        assert password.caps.isHidden() != warned


def test_first_run_offers_three_ways(qtbot: QtBot) -> None:
    page = FirstRunPage()
    qtbot.addWidget(page)
    for name in ("demo", "found", "restore"):
        with qtbot.waitSignal(page.chosen) as chosen:
            page.buttons[name].click()
        assert chosen.args == [name]


def test_a_new_password_is_long_and_typed_twice(qtbot: QtBot) -> None:
    card = NewPasswordCard()
    qtbot.addWidget(card)
    asked: list[tuple[str, str]] = []
    card.asked.connect(lambda old, new: asked.append((old, new)))
    steps = [("", "", "", "请填写现在的密码。"), ("demo", "short", "short", "新密码至少 8 位，请改长一些。"), ("demo", "longenough", "longenaugh", "两遍新密码不一样，请重填第二遍。")]
    for old, new, again, words in steps:
        card.old.input.setText(old)
        card.new.input.setText(new)
        card.again.input.setText(again)
        card.ask()
        assert card.sentence.text() == words
    card.again.input.setText("longenough")
    card.ask()
    assert asked == [("demo", "longenough")]


def test_what_was_restored_is_told_in_a_demonstration_too(qtbot: QtBot) -> None:
    page = SignInPage(ACCOUNTS, note="已恢复为新的一代 HQ.2。", demo=True)
    qtbot.addWidget(page)
    words = [one.text() for one in page.findChildren(QLabel)]
    assert any("已恢复为新的一代 HQ.2。" in text and "密码均为 demo" in text for text in words)
    assert "姓名" in words and "登录名" not in words
    typed = SignInPage([])
    qtbot.addWidget(typed)
    assert "登录名" in [one.text() for one in typed.findChildren(QLabel)]


def test_the_court_is_named_where_it_is_known(qtbot: QtBot) -> None:
    page = SignInPage([], court="示范县人民法院")
    qtbot.addWidget(page)
    assert "示范县人民法院执行局" in [label.text() for label in page.findChildren(QLabel)]
    nameless = SignInPage([])
    qtbot.addWidget(nameless)
    assert not [text for label in nameless.findChildren(QLabel) if "法院" in (text := label.text())]


def test_the_cursor_stands_where_the_next_key_belongs(qtbot: QtBot) -> None:
    known, last, nobody = page_of(qtbot, ACCOUNTS), page_of(qtbot, [], "faguan"), page_of(qtbot, [])
    for page in (known, last):
        assert page.focusWidget() is page.card.password.input
    assert nobody.focusWidget() is nobody.card.field
    qtbot.keyClicks(nobody.card.field, "faguan")
    qtbot.keyClick(nobody.card.field, Qt.Key.Key_Return)
    assert nobody.focusWidget() is nobody.card.password.input
    qtbot.keyClick(nobody.card.password.input, Qt.Key.Key_Return)
    assert nobody.focusWidget() is nobody.card.password.input, "nothing is typed yet"
    nobody.card.refused(Refusal("登录名或者密码不对。"))
    assert nobody.focusWidget() is nobody.card.password.input and nobody.card.password.text == ""
