"""Nothing ends nowhere: a void paper is replaced, a matter without paper is ended, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from execdesk.reads import Step
from execdesk.records.approvals import Request
from execdesk.records.papers import Document
from tests.ui.journey_tools import Hands
from tests.ui.test_journey import NUMBER, bring_out
from tests.world import Notes, Shelf
from ui.approvaltab import ApprovalTab
from ui.case.draftpage import DraftPage
from ui.case.formpage import FormPage
from ui.case.preview import PreviewPage


@pytest.fixture
def world() -> str:
    return "registered"


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, notes: Notes, world: str, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get(world).copy(tmp_path / "store"))
    found.sign_in(str(notes["judge"]))
    found.show(NUMBER)
    yield found
    found.leave()


def preview(hands: Hands, number: int = 0) -> PreviewPage:
    paper = hands.cases.page.documents[number]
    hands.cases.open_document(paper.id, paper.state)
    hands.rest()
    assert isinstance(hands.page, PreviewPage), hands.words()
    return hands.page


def links(page: PreviewPage) -> dict[str, QPushButton]:
    """What can be done with the paper in front."""
    row = page._links
    found = [row.itemAt(place).widget() for place in range(row.count())]
    return {button.text(): button for button in found if isinstance(button, QPushButton)}


def inbox(hands: Hands, title: str) -> tuple[ApprovalTab, list[str]]:
    """The approval tab, and the words at the rows of one of its parts."""
    hands.shell.choose_tab(2)
    tab = hands.place.tabs.approvals
    tab.reload()
    hands.rest()
    part = next(part for part in tab.inbox.parts if part.title == title)
    if part.rows:
        tab.choose(part.rows[0].id)
        hands.rest()
    return tab, [row.chip for row in part.rows]


def test_a_paper_declared_void_is_replaced_and_issued_again(hands: Hands) -> None:
    hands.begin("notice.execution")
    hands.go()
    first = bring_out(hands)[0]
    hands.show(NUMBER)
    assert {"作废…"} == {"作废…", "重制…"} & set(links(preview(hands)))
    links(hands.page)["作废…"].click()
    hands.rest()
    assert isinstance(hands.page, FormPage) and hands.page.form["document"].value == hands.cases.page.documents[0].id
    hands.fill(reason="印错了")
    hands.go()
    hands.home()
    hands.show(NUMBER)
    step = hands.step("document.replace")
    assert (step.mine, step.detail) == (True, f"{first} 已作废"), step
    assert {"重制…"} == set(links(preview(hands))), "a void paper is neither served nor corrected"
    hands.home()
    _tab, chips = inbox(hands, "待我办理")
    assert chips == ["待您重制"]
    hands.place.tabs.approvals.card.buttons["replace"].click()
    hands.rest()
    assert isinstance(hands.page, FormPage) and hands.page.shown.action == "document.replace", hands.words()
    hands.go()
    draft = hands.draft()
    assert (draft.shown.request_state, draft.go.isEnabled()) == ("approved", True), "the approval stands"
    hands.go()
    assert draft.shown.request_state == "used", hands.words()
    assert draft.shown.number not in ("", first)


def test_a_void_paper_gets_another_text_and_is_put_forward_again(hands: Hands) -> None:
    hands.begin("order.property_report")
    hands.fill(days=10)
    hands.go()
    bring_out(hands)
    hands.show(NUMBER)
    links(preview(hands))["作废…"].click()
    hands.rest()
    hands.fill(reason="期限写错")
    hands.go()
    hands.home()
    hands.show(NUMBER)
    hands.begin("document.replace")
    hands.fill(text="changed")
    hands.go()
    draft = hands.draft()
    assert isinstance(draft, DraftPage) and draft.shown.request_state == "lapsed"
    assert draft.fields.inputs()["days"] == 10, "what was filled in is there"
    draft.fields.form.fill({"days": 15})
    hands.rest()
    bring_out(hands)
    desk = hands.place.desk
    with desk.reading():
        again = Document.get(Document.replaces.is_null(False))
        assert (Request.get_by_id(again.request).state, again.inputs["days"], again.signed_on is not None) == ("used", 15, True)


def test_an_approved_matter_without_paper_ends_with_what_was_done(hands: Hands) -> None:
    hands.cases.begin(Step("request.open", "提出其他报批", hands.cases.page.case.id))
    hands.rest()
    hands.fill(matter="media_exposure")
    hands.go()
    tab, chips = inbox(hands, "我的草稿")
    assert chips == ["草稿"]
    tab.card.buttons["submit"].click()
    hands.rest()
    tab, _ = inbox(hands, "待我决定")
    tab.list.choose(next(key for key in tab.list.keys if key.startswith("request:")))
    hands.rest()
    tab.do("approve", "同意")
    hands.rest()
    tab, chips = inbox(hands, "待我办理")
    assert chips == ["待您登记办结"] and tab.inbox.waiting == 1
    hands.shell.choose_tab(0)
    hands.show(NUMBER)
    step = hands.step("request", "办结")
    assert step.mine and step.who == "您可办理"
    hands.cases.begin(step)
    hands.rest()
    tab.card.buttons["done"].click()
    tab.dialog.form.fill({"outcome": "2018年1月2日在县电视台公布"})
    tab.dialog.do()
    hands.rest()
    assert "已登记办结。" in hands.words()
    with hands.place.desk.reading():
        row = Request.get(Request.matter == "media_exposure")
        assert (row.state, row.outcome) == ("done", "2018年1月2日在县电视台公布")
    assert inbox(hands, "待我办理")[1] == []
    tab.show_request(row.id)
    hands.rest()
    assert tab.card.page.state_words == "已办结" and "2018年1月2日在县电视台公布" in dict(tab.card.page.facts).get("办理结果", "")
