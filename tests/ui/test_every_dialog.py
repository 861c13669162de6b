"""Every dialog there is: Chinese words alone, Ctrl+Enter for what it is for, no taller than what stands in it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

import ui
from execdesk import rooms
from execdesk.access.register import ACTIONS
from execdesk.desk import Desk
from execdesk.reads import Begun
from tests.ui import office_store
from tests.ui.at_once import AtOnce
from tests.world import Shelf
from ui.backups import PlanDialog
from ui.case.phrases import PhraseDialog
from ui.case.steppick import StepPick
from ui.ceremony import CeremonyDialog
from ui.dialogs import Dialog
from ui.errors import FaultDialog
from ui.fields import TextField
from ui.importing.alike import AlikeDialog
from ui.lawview import ClauseDialog, ClauseShown
from ui.printing import CopyKind, PrintDialog
from ui.sitting import SittingDialog
from ui.team.dialogs import ActDialog, RatioDialog
from ui.theme import px
from ui.told import ToldDialog
from ui.widgets import Button

KEYS = re.compile(r"Ctrl\+Enter|Enter|Esc|PDF|demo")  # what stands on the keyboard, and names of things
LATIN = re.compile("[A-Za-z]{3}")
LOOSE = 30  # px of a dialog's form that nothing stands in


def blank_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    page = Canvas("blank")
    page.showPage()
    return page.getpdfdata()


def _plan(desk: Desk) -> PlanDialog:
    link: Any = SimpleNamespace(desk=desk, run=lambda *_told, **_more: None)
    return PlanDialog(link, lambda words: None)


def _phrases(desk: Desk) -> PhraseDialog:
    link: Any = SimpleNamespace(desk=desk, read=lambda _owner, work, *, done, **_more: done(work(desk.reads)))
    return PhraseDialog(link, TextField("facts", "事实"))


MAKERS: dict[type[Dialog], Callable[[Desk], Dialog]] = {
    ActDialog: lambda desk: ActDialog(desk, AtOnce(), "post.prepare"),
    AlikeDialog: lambda desk: AlikeDialog(()),
    CeremonyDialog: lambda desk: CeremonyDialog(desk, AtOnce(), "certificate.issue"),
    ClauseDialog: lambda desk: ClauseDialog(ClauseShown("第6条", "方案", ("执行局局长的审批权限",))),
    FaultDialog: lambda desk: FaultDialog("无"),
    PhraseDialog: _phrases,
    PlanDialog: _plan,
    PrintDialog: lambda desk: PrintDialog("执行裁定书", [CopyKind("正本", "", blank_pdf)], names=["一号打印机"]),
    RatioDialog: lambda desk: RatioDialog(desk.reads.team_day(desk.day).ratio, "2018-01-02"),
    SittingDialog: lambda desk: SittingDialog(desk, AtOnce()),
    ToldDialog: lambda desk: ToldDialog("已登记", "第 1 行没有登记：没有证件号码。", None),  # type: ignore[arg-type]
    StepPick: lambda desk: StepPick((), (Begun("note.record", "记工作记录", "", 10),), "case", lambda step: None),
}


@pytest.fixture(scope="module")
def desk(worlds: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = office_store.at(worlds.get("matters").copy(tmp_path_factory.mktemp("dialogs") / "data"), "admin")
    yield made
    made.close()


def every_dialog() -> set[type[Dialog]]:
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    found: set[type[Dialog]] = set()
    left = Dialog.__subclasses__()
    while left:
        one = left.pop()
        found.add(one)
        left += one.__subclasses__()
    return {one for one in found if one.__module__.startswith("ui.")}


def words_of(widget: QWidget) -> list[str]:
    labels = [one.text() for one in widget.findChildren(QLabel)]
    buttons = [one.text() for one in widget.findChildren(QAbstractButton)]
    return [widget.windowTitle(), *labels, *buttons, *(one.placeholderText() for one in widget.findChildren(QLineEdit))]


def test_every_dialog_is_opened_here_or_in_a_test_of_its_own() -> None:
    others = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("*.py") if path.name != Path(__file__).name)
    left = {one.__name__ for one in every_dialog()} - {one.__name__ for one in MAKERS}
    assert [name for name in left if name not in others] == [] and len(MAKERS) > 10


@pytest.mark.parametrize("kind", list(MAKERS))
def test_its_words_are_chinese_and_ctrl_enter_does_what_it_is_for(kind: type[Dialog], desk: Desk, qtbot: QtBot) -> None:
    dialog = MAKERS[kind](desk)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    assert dialog.windowTitle()
    assert [text for text in words_of(dialog) if LATIN.search(KEYS.sub("", text))] == []
    pressed: list[str] = []
    for button in dialog.findChildren(Button):
        button.clicked.connect(lambda _on=False, button=button: pressed.append(button.text()))
    main = [button for button in dialog.findChildren(Button) if button.isVisible() and button.property("kind") == "primary"]
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    if main:
        assert len(pressed) == main[0].isEnabled(), "what is closed is not done, and nothing in its place"
    else:
        assert not dialog.isVisible(), "one that is only read, or in which one thing is marked"


def test_a_dialog_is_as_high_as_its_form(desk: Desk, qtbot: QtBot) -> None:
    rooms.enter()
    tried = 0
    for name in ("post.prepare", "person.add", "delegation.prepare", "team.form", "journal.compare", "law.propose", "store.clear_restored", "certificate.issue", "person.token"):
        dialog = ActDialog(desk, AtOnce(), name)
        qtbot.addWidget(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.show()
        qtbot.wait(10)
        area = dialog.findChild(QScrollArea)
        need = dialog.form.sizeHint().height() if not dialog.form.hasHeightForWidth() else dialog.form.heightForWidth(dialog.form.width())
        grown = px(70) if name == "store.clear_restored" else 0
        highest = dialog.screen().availableSize().height() - 40
        assert area.viewport().height() <= need + px(LOOSE) + grown, (name, "empty below the last field")
        assert area.viewport().height() >= need or dialog.height() >= highest, (name, "something is cut")
        tried += 1
        dialog.close()
    assert tried == 9


def test_every_word_of_every_form_is_chinese() -> None:
    rooms.enter()
    told = [
        (one.name, text)
        for one in ACTIONS.values() for text in (one.title, one.button, one.note, one.done, *(words for field in one.fields for words in _said(field)))
    ]
    assert len(told) > 500
    assert [(name, text) for name, text in told if LATIN.search(re.sub(r"U\+[0-9A-F]+|PDF|XML|JPG|PNG|PIN|HQ|USB|Ctrl|Enter|demo|root.p12", "", text))] == []


def _said(field: Any) -> list[str]:
    pairs = [words for _value, words in field.pairs]
    return [field.label, field.hint, *pairs, *(words for part in field.of for words in _said(part))]


