"""Form fields: typed forms, sentences, what is missing, moving on."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from execdesk.law.identity import check_identity
from execdesk.law.refusal import Refusal
from ui.fields import AmountField, AreaField, ChoiceField, DateField, NumberField, TextField, money, read_whole
from ui.forms import Form
from ui.rowsfield import RowsField


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form([
        DateField("day", "立案日期", required=True), AmountField("claim", "标的"), TextField("who", "证件号码", check=check_identity, shown=lambda c: c.normal),
        ChoiceField("how", "方式", [("a", "书面"), ("b", "口头")]), AreaField("why", "理由"),
    ])
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("typed", ["2017.8.1", "2017-08-01", "2017/8/1", "20170801", "2017年8月1日", "２０１７．８．１"])
def test_a_day_may_be_typed_in_any_usual_form(form: Form, typed: str) -> None:
    form["day"].set_text(typed)
    assert form["day"].value == date(2017, 8, 1)


@pytest.mark.parametrize("typed", ["3/5/17", "2017-02-30", "八月"])
def test_a_day_that_is_none_is_refused_with_a_sentence(form: Form, typed: str) -> None:
    form["day"].set_text(typed)
    assert form["day"].error
    with pytest.raises(Refusal):
        assert form["day"].value


@pytest.mark.parametrize(("typed", "fen"), [("12,345.60", 1234560), ("12345.6", 1234560), ("5.8万元", 5800000), ("0.01", 1)])
def test_an_amount_is_whole_fen(form: Form, typed: str, fen: int) -> None:
    form["claim"].set_text(typed)
    assert form["claim"].value == fen


@pytest.mark.parametrize("typed", ["1.234", "-5", "四万五千啊"])
def test_an_amount_below_a_fen_or_below_zero_is_refused(form: Form, typed: str) -> None:
    form["claim"].set_text(typed)
    assert form["claim"].error


def test_leaving_a_field_shows_its_plain_form_and_its_error(form: Form, qtbot: QtBot) -> None:
    form["day"].input.setFocus()
    qtbot.keyClicks(form["day"].input, "2017.8.1")
    assert form["day"].sentence.isHidden()
    qtbot.keyClick(form["day"].input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form["claim"].input.hasFocus())
    assert form["day"].text == "2017-08-01"
    form["claim"].set_text("四万五千啊")
    qtbot.keyClick(form["claim"].input, Qt.Key.Key_Return)
    assert not form["claim"].sentence.isHidden()
    assert form["claim"].input.property("state") == "wrong"


def test_enter_in_the_last_field_finishes(form: Form, qtbot: QtBot) -> None:
    form["why"].input.setFocus()
    with qtbot.waitSignal(form.finished):
        qtbot.keyClick(form["why"].input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_demand_marks_what_is_missing_and_goes_there(form: Form, qtbot: QtBot) -> None:
    assert form.missing == ["立案日期"]
    assert not form.demand()
    assert form["day"].input.property("state") == "missing"
    assert form["day"].sentence.text() == "请填写立案日期。"
    qtbot.waitUntil(lambda: form["day"].input.hasFocus())
    form["day"].set_text("2017-08-01")
    assert form.demand()
    assert form.values() == {"day": date(2017, 8, 1), "claim": None, "who": None, "how": "a", "why": None}


def test_a_half_filled_form_comes_back_as_typed(form: Form, qtbot: QtBot) -> None:
    form["day"].set_text("2017-8")
    form["how"].set_value("b")
    form["why"].set_text("一\n二")
    other = Form([DateField("day", "立案日期"), ChoiceField("how", "方式", [("a", "书面"), ("b", "口头")]), AreaField("why", "理由")])
    qtbot.addWidget(other)
    other.restore(form.draft())
    assert (other["day"].text, other["how"].value, other["why"].text) == ("2017-8", "b", "一\n二")


def test_an_identity_number_is_checked_while_typed(form: Form) -> None:
    assert _error(form, "46003319800305000") != ""
    assert {bool(_error(form, f"46003319800305000{last}")) for last in "0123456789X"} == {True, False}


def _error(form: Form, text: str) -> str:
    form["who"].set_text(text)
    return form["who"].error


def test_whole_numbers_and_money_in_words() -> None:
    assert read_whole("１2") == 12
    with pytest.raises(Refusal):
        read_whole("1.5")
    assert [money(fen) for fen in (0, 1, 123456789, -5)] == ["0.00", "0.01", "1,234,567.89", "-0.05"]


def test_rows_are_added_taken_away_and_read(qtbot: QtBot) -> None:
    field = RowsField("paid", "给付", lambda: [DateField("0", "日", required=True), AmountField("1", "金额", required=True)])
    qtbot.addWidget(field)
    field.set_text("2018-01-01:30,000.00\n2018-02-01:5")
    assert field.value == ({"0": date(2018, 1, 1), "1": 3_000_000}, {"0": date(2018, 2, 1), "1": 500})
    field.add_line()
    assert field.lines == 3
    assert len(field.value) == 2
    field.row_lines[0].drop.click()
    assert field.text == "2018-02-01:5"
    field.row_lines[0].fields[1].set_text("")
    assert field.error == "请填写金额（元）。"
    field.set_text("")
    assert field.value == ()


def test_numbers_take_their_check(qtbot: QtBot) -> None:
    field = NumberField("months", "期限（月）", required=True)
    qtbot.addWidget(field)
    field.set_text("十二")
    assert field.error == "请填整数。"


def test_a_refusal_marks_its_field_until_something_else_is_written_there(form: Form, qtbot: QtBot) -> None:
    form["claim"].set_text("5")
    form["how"].input.setFocus()
    qtbot.waitUntil(lambda: form["how"].input.hasFocus())
    qtbot.wait(20)
    before = {name: field.geometry() for name, field in form.fields.items()}
    assert form.blame("claim")
    qtbot.waitUntil(lambda: form["claim"].input.hasFocus())
    assert [name for name, field in form.fields.items() if field.input.property("state") == "wrong"] == ["claim"]
    qtbot.wait(20)
    assert {name: field.geometry() for name, field in form.fields.items()} == before, "nothing moves"
    assert form.blame("why") and form["claim"].input.property("state") == "", "one at a time"
    assert form["why"].input.property("state") == "missing", "what is missing is told from what is wrong"
    form["why"].set_text("另写")
    assert form["why"].input.property("state") == ""
    assert not form.blame("nowhere")


def test_a_refusal_of_a_field_seldom_shown_unfolds_it(qtbot: QtBot) -> None:
    rare = TextField("rare", "少用")
    made = Form([TextField("usual", "常用")])
    qtbot.addWidget(made)
    made.fold("更多栏目（1）", rare)
    made.show()
    assert rare.isHidden() and made.blame("rare") and not rare.isHidden()
