"""传票 and 司法建议书 in the window: put forward, filled, seen whole beside the fields, submitted; labels and lists from the menu."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from execdesk.reads import Step
from execdesk.reads.states import RequestState
from tests.ui.journey_tools import Hands
from tests.ui.test_journey import NUMBER
from tests.world import Notes, Shelf
from ui.case.draftpage import DraftPage
from ui.case.formpage import FormPage

SUMMONS = {"purpose": "接受询问、报告财产", "appear_on": "2018-02-05", "appear_time": "9时30分", "appear_at": "本院执行局谈话室"}
ADVICE = {"problem": "你单位未按协助执行通知书的要求停止支付被执行人的工程款", "advice": "指定专人办理协助执行事项\n支付工程款以前核对有无协助执行通知书", "copied": "乐东黎族自治县住房和城乡建设局"}


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, world: str, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get(world).copy(tmp_path / "store"))
    yield found
    found.leave()


def begun(hands: Hands, action: str) -> FormPage:
    """The form of an action of the menu."""
    hands.show(NUMBER)
    assert hands.cases.page is not None
    hands.cases.begin(Step(action, hands.cases.begun[action].title, hands.cases.page.case.id))
    hands.rest()
    assert isinstance(hands.page, FormPage), hands.words()
    return hands.page


def drafted(hands: Hands, **values: str) -> DraftPage:
    begun(hands, "document.propose")
    for name, value in values.items():  # the type first: the others follow from it
        hands.fill(**{name: value})
        hands.rest()
    hands.go()
    return hands.draft()


@pytest.mark.begins("noticed")
@pytest.mark.parametrize(("values", "inputs"), [
    ({"type": "summons", "matter": "issue_summons"}, SUMMONS),
    ({"type": "letter_judicial_advice", "matter": "judicial_advice", "addressee": "海南某某建设工程有限公司"}, ADVICE),
], ids=["summons", "advice"])  # fmt: skip
def test_a_paper_of_another_form_is_drafted_and_seen_whole(hands: Hands, notes: Notes, values: dict[str, str], inputs: dict[str, str]) -> None:
    hands.sign_in(notes["judge"])
    page = drafted(hands, **values)
    assert page.shown is not None and page.shown.checks
    page.fields.form.fill(inputs)
    page.look()
    hands.rest()
    hands.until(lambda: page.shown is not None and not [check for check in page.shown.checks if check.state == "stop"])
    assert page.view.pages.document.pageCount() == 1
    shown = page.view.pages.page_size(0, 1.0)
    assert shown.height() > 250 * 96 / 25.4  # a voucher and a red head stand on nearly the whole paper: nothing of them is trimmed away
    seen = {label.text() for label in page.fields.findChildren(QLabel)}
    assert not [text for text in seen if text.isascii() and text.isalpha()], "a column is named by its words"
    hands.go()
    assert page.shown.request_state != RequestState.DRAFT


@pytest.mark.begins("noticed")
@pytest.mark.parametrize("kind", ["label_service", "list_seized", "record_inquiry"])
def test_labels_lists_and_records_are_offered_for_printing(hands: Hands, notes: Notes, kind: str) -> None:
    hands.sign_in(notes["judge"])
    page = begun(hands, "form.print")
    hands.fill(type=kind)
    assert page.form.values()["type"] == kind
