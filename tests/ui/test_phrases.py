"""The store of phrases and the last paper of the kind, on the drafting page: by key, into the field one is in, nothing typed lost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from execdesk.records.court import Phrase
from execdesk.records.papers import Document
from tests.court_store import NUMBER
from tests.ui.test_court_tools import Office, office  # noqa: F401  the office is a fixture
from ui.case.compare import CompareDialog
from ui.case.draftpage import DraftPage
from ui.case.phrases import PhraseDialog

KIND, SENTENCE = "letter_judicial_advice", "贵司在履行生效法律文书方面内部管理不到位"


def paper(office: Office, **inputs: object) -> str:  # noqa: F811
    desk = office.desk
    assert desk is not None
    with desk.reading():
        changes = desk.do("document.propose", case=NUMBER, type=KIND, matter="judicial_advice", addressee="海南某某建设工程有限公司")
        row = str(changes.ids("Document")[0])
        if inputs:
            desk.do("document.fill", document=row, inputs=inputs)
    return row


def draft(office: Office, row: str) -> DraftPage:  # noqa: F811
    page = office.page(DraftPage(office.link, office.notices, row))
    assert isinstance(page, DraftPage)
    return page


def opened(office: Office, page: DraftPage) -> PhraseDialog:  # noqa: F811
    """The phrases for the field of the problem, which has the cursor."""
    page.fields.word_field = lambda: page.fields.form.fields["problem"]  # type: ignore[method-assign]  a hidden window gives no focus
    page.open_phrases()
    office.settle()
    assert page.phrases is not None
    return page.phrases


def test_a_phrase_is_kept_found_by_a_few_signs_and_put_where_the_cursor_stands(office: Office, qtbot: QtBot) -> None:  # noqa: F811
    office.sit("judge")
    page = draft(office, paper(office))
    field = page.fields.form.fields["problem"]
    field.set_text(SENTENCE)
    shelf = opened(office, page)
    shelf.keep_words()
    office.settle()
    assert [one.words for one in shelf.rows] == [SENTENCE]
    shelf.close()

    page = draft(office, paper(office))
    field = page.fields.form.fields["problem"]
    shelf = opened(office, page)
    shelf.search.setText("没有这几个字")
    assert shelf.current is None and not shelf.go.isEnabled()
    shelf.search.setText("内部管理")
    assert shelf.current is not None and shelf.current.here
    assert isinstance(field.input, QPlainTextEdit)
    field.set_text("经查，。")
    cursor = field.input.textCursor()
    cursor.setPosition(3)
    field.input.setTextCursor(cursor)
    qtbot.keyClick(shelf.search, Qt.Key.Key_Return)
    assert field.text == f"经查，{SENTENCE}。"
    assert page.fields.inputs()["problem"] == f"经查，{SENTENCE}。"


def test_the_courts_phrase_is_released_by_another_and_offered_to_all(office: Office) -> None:  # noqa: F811
    office.sit("judge")
    row = paper(office, problem=SENTENCE)
    page = draft(office, row)
    shelf = opened(office, page)
    shelf.keep_words()
    office.settle()
    assert shelf.offer.isVisibleTo(shelf) and not shelf.release.isVisibleTo(shelf)
    shelf.offer.click()
    office.settle()
    assert shelf.current is not None and shelf.current.whose == "已提请，待核对"
    assert not shelf.release.isVisibleTo(shelf), "nobody releases his own"
    shelf.close()
    office.sit("clerk")
    assert office.desk is not None
    assert office.desk.reads.phrases("problem") == ()
    office.sit("director")
    shelf = PhraseDialog(office.link, page.fields.form.fields["problem"], office.page(DraftPage(office.link, office.notices, row)))
    office.settle()
    assert shelf.release.isVisibleTo(shelf)
    shelf.release.click()
    office.settle()
    with office.desk.reading():
        assert Phrase.get().state == "released"
    shelf.close()
    office.sit("clerk")
    assert [(one.words, one.whose, one.may_retire) for one in office.desk.reads.phrases("problem")] == [(SENTENCE, "本院", False)]
    assert office.desk.reads.phrases("reply_within") == (), "it is kept for its own slot"


def test_the_last_paper_of_the_kind_fills_what_is_still_empty(office: Office) -> None:  # noqa: F811
    office.sit("judge")
    first = paper(office, problem=SENTENCE, reply_within="三十日", copied="其主管部门")
    page = draft(office, first)
    assert not page.fields.last.isVisible(), "it is the first"
    row = paper(office)
    page = draft(office, row)
    assert page.fields.last.isVisible() and "所填的内容" in page.fields.last.toolTip()
    page.fields.form.fields["reply_within"].set_text("十五日")
    page.take_last()
    assert any("请核对" in words for words in office.notices.shown)
    office.settle()
    inputs = page.fields.inputs()
    assert (inputs["problem"], inputs["reply_within"], inputs["copied"]) == (SENTENCE, "十五日", "其主管部门")
    assert office.desk is not None
    with office.desk.reading():
        assert "problem" not in Document.get_by_id(row).inputs, "it is a start, and saved as everything typed is"


def test_drafts_of_one_paper_stand_beside_each_other(office: Office) -> None:  # noqa: F811
    office.sit("judge")
    row = paper(office, problem=SENTENCE)
    assert office.desk is not None
    with office.desk.reading():
        office.desk.do("document.fill", document=row, inputs={"problem": f"{SENTENCE}，应予改正"})
    page = draft(office, row)
    page.compare()
    office.settle()
    (dialog,) = page.findChildren(CompareDialog)
    assert [dialog.old.count(), dialog.old.currentIndex(), dialog.new.currentIndex()] == [3, 1, 2]
    assert "法官丙" in dialog.new.currentText() and dialog.count.text() == "1 处不同"
    assert "，应予改正" in dialog.view.toPlainText()
    dialog.old.setCurrentIndex(0)
    dialog.compare()
    office.settle()
    assert SENTENCE in dialog.view.toPlainText()
    dialog.close()
