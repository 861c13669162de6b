"""Tab follows the eye: from the first field of a form on, every next stop stands further on, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from execdesk.reads import Step
from tests.ui import office_store
from tests.ui.at_once import AtOnce
from tests.ui.journey_tools import Hands
from tests.world import Shelf
from ui.fields import FieldWidget
from ui.team.dialogs import ActDialog

NUMBER = "（2018）琼9027执1号"
FORMS = ("measure.propose", "party.add", "party.change", "receipt.book", "note.record", "document.propose", "property.register", "case.paper_suffix")
DIALOGS = ("post.prepare", "person.add", "delegation.prepare", "team.form", "certificate.issue", "law.propose")
MOST = 120


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get("noticed").copy(tmp_path / "store"))
    yield found
    found.leave()


def field_of(widget: QWidget) -> FieldWidget | None:
    """The field that a stop belongs to; the outermost one, where entries have fields of their own."""
    found, one = None, widget
    while one is not None:
        found = one if isinstance(one, FieldWidget) else found
        one = one.parentWidget()
    return found


def stops(window: QWidget, first: QWidget, around: QWidget, qtbot: QtBot) -> list[QWidget]:
    """Where the keyboard rests in a part of a window, from its first field on, as one presses Tab."""
    first.setFocus()
    found: list[QWidget] = []
    for _ in range(MOST):
        at = window.focusWidget()
        if at is None or not around.isAncestorOf(at) or at in found:
            break
        found.append(at)
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    return found


def follows_the_eye(found: list[QWidget], around: QWidget) -> None:
    """Each stop stands right of the one before on its line, or below it."""
    fields = list(dict.fromkeys(field for one in found if (field := field_of(one)) is not None))
    assert fields
    places = [(field.mapTo(around, QPoint(0, 0)), field.title) for field in fields]
    for (before, title), (after, further) in zip(places, places[1:], strict=False):
        assert after.y() > before.y() + 4 or (abs(after.y() - before.y()) <= 4 and after.x() > before.x()), (title, further)
    visible = {field.title for field in around.findChildren(FieldWidget) if field.isVisible() and field.isEnabled() and field_of(field.parentWidget()) is None}
    assert visible == {field.title for field in fields}, "no field is passed over"


@pytest.mark.parametrize("action", FORMS)
def test_forms_of_a_case(action: str, hands: Hands, worlds: Shelf, qtbot: QtBot) -> None:
    hands.sign_in(str(worlds.get("noticed").notes["judge"]) if action in ("measure.propose", "note.record", "document.propose", "property.register") else "clerk")
    hands.show(NUMBER)
    step = next((one for one in hands.cases.steps if one.action == action), None)
    hands.cases.begin(step or Step(action, hands.cases.begun[action].title, hands.cases.page.case.id))
    hands.rest()
    page = hands.page
    first = next(iter(page.form.fields.values())).input
    found = stops(hands.shell, first, page, qtbot)
    follows_the_eye(found, page.form)
    assert page.go in found, "and then the button"


def test_the_registration(hands: Hands, qtbot: QtBot) -> None:
    hands.sign_in("clerk")
    hands.cases.open_registration()
    hands.rest()
    page = hands.page
    found = stops(hands.shell, page.first_focus, page, qtbot)
    follows_the_eye(found, page.form)
    assert page.go in found


@pytest.mark.parametrize("action", DIALOGS)
def test_dialogs(action: str, worlds: Shelf, tmp_path: Path, qtbot: QtBot) -> None:
    desk = office_store.at(worlds.get("matters").copy(tmp_path / "data"), "admin")
    dialog = ActDialog(desk, AtOnce(), action)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    found = stops(dialog, next(iter(dialog.form.fields.values())).input, dialog, qtbot)
    follows_the_eye(found, dialog.form)
    assert dialog.go in found
    desk.close()
