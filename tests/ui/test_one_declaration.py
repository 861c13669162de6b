"""Every action is declared once: what the window asks for, what the command says and what the function takes are its fields."""

from __future__ import annotations

import argparse
import inspect
import json
import re
import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

import main
from execdesk import rooms
from execdesk.access.providers import FormContext, held, is_closed
from execdesk.access.register import ACTIONS
from execdesk.commands.cases import run_act
from execdesk.desk import Desk
from execdesk.law.fields import Field
from execdesk.law.kinds import KINDS
from execdesk.law.refusal import Refusal
from execdesk.reads import FormField
from tests.ui import office_store
from tests.world import Shelf
from ui.fields import FieldWidget
from ui.formbuilder import BuiltForm, FlagField
from ui.rowsfield import RowsField

rooms.enter()


@dataclass(frozen=True)
class Opened:
    """A store with a case of which a notice was issued, and its director at the desk."""

    desk: Desk
    case: str


@pytest.fixture(scope="module")
def opened(worlds: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    made = worlds.get("noticed")
    desk = office_store.at(made.copy(tmp_path_factory.mktemp("forms") / "store"), "director")
    yield Opened(desk, made.notes["case"])
    desk.close()


def told_by_the_command(name: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert run_act(argparse.Namespace(list=True, name=name, json=True), main.build) == 0
    [found] = json.loads(capsys.readouterr().out)["acts"]
    fields: list[dict[str, Any]] = found["fields"]
    return fields


WITH_INPUTS_OF_THEIR_OWN = {  # each says beside it why it is no form
    "admin/texts.py", "approval/requestcard.py", "case/compare.py", "case/phrases.py", "errors.py", "importing/answers.py", "importing/names.py", "printing.py", "signin.py", "teamtab.py",
}
THE_BUILDER = {"fields.py", "formbuilder.py"}


def test_nothing_is_filled_in_beside_the_one_builder() -> None:
    made = re.compile(r"Q(LineEdit|ComboBox|SpinBox|DateEdit|PlainTextEdit)\(")
    ui = Path(main.__file__).parent / "ui"
    found = {path.relative_to(ui).as_posix() for path in ui.rglob("*.py") if made.search(path.read_text("utf-8"))}
    assert found == WITH_INPUTS_OF_THEIR_OWN | THE_BUILDER


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_the_function_takes_the_fields(name: str) -> None:
    function, fields = inspect.unwrap(ACTIONS[name].run), ACTIONS[name].fields
    hints = typing.get_type_hints(function)
    taken = list(inspect.signature(function).parameters.values())[1:]
    assert {one.name for one in taken} == {field.name for field in fields} and all(one.kind is one.KEYWORD_ONLY for one in taken)
    for one in taken:
        field = next(field for field in fields if field.name == one.name)
        assert (one.default is one.empty) == field.required, one.name
        held = KINDS[field.kind].holds
        assert hints[one.name] in (held, held | None), one.name


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_the_command_names_the_fields(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _same(told_by_the_command(name, capsys), ACTIONS[name].fields)
    assert run_act(argparse.Namespace(list=True, name=name, json=False), main.build) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()[1:]]
    for field in ACTIONS[name].fields:
        [line] = [line for line in lines if line.startswith(f"{field.name}  {field.label}：")][:1]
        assert ("可以不填" in line) == (not field.required) and field.hint in line


def _same(told: list[dict[str, Any]], fields: Sequence[Field]) -> bool:
    alike = [(one["name"], one["label"], one["kind"], one["required"]) for one in told] == [(f.name, f.label, f.kind, f.required) for f in fields]
    return alike and all(_same(one.get("fields", []), field.of) for one, field in zip(told, fields, strict=True))


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_the_window_asks_for_the_fields(name: str, opened: Opened, qtbot: QtBot) -> None:
    action = ACTIONS[name]
    shown = opened.desk.reads.form(name, case=opened.case)
    form = BuiltForm(shown.fields)
    qtbot.addWidget(form)
    asked = {one.field.name: one for one in shown.fields}
    assert list(asked) == [field.name for field in action.fields if field.name in asked], "in the order of the declaration"
    for field in action.fields:
        if field.name in asked:
            _agrees(form, field, asked[field.name])
        else:  # a row that nobody could choose is given by the place the form is opened from; what says nothing here is left out
            assert field.name in shown.given or (field.kind in ("row", "version", "map") and not field.options) or field.where, field.name
    assert set(form.fields) == {part.name for one in shown.fields for part in (one.field.of if one.field.kind == "record" else (one.field,))}


def _agrees(form: BuiltForm, field: Field, shown: FormField) -> None:
    if shown.field.kind == "record":
        for part in shown.field.of:
            _widget(form.fields[part.name], part, required=False)
        return
    _widget(form.fields[field.name], field, field.required)
    if field.kind == "group":
        rows = form.fields[field.name]
        assert isinstance(rows, RowsField)
        rows.set_text("")
        rows.add_line([""])
        for part in shown.field.of:
            _widget(next(one for one in rows.row_lines[0].fields if one.name == part.name), part, part.required)


def _widget(widget: FieldWidget, field: Field, required: bool) -> None:
    assert widget.title.removesuffix("（元）") == field.label.removesuffix("（元）")
    assert isinstance(widget, FlagField) or widget.required == required, field.name


OUTSIDE = "不在单上的一项"
SAMPLES: dict[str, Any] = {"case_number": "（2018）琼9027执1号", "amount": 100, "count": 1, "whole": 1, "version": 1, "flag": True, "group": [], "record": {}, "map": {}, "choice": OUTSIDE, "many": [OUTSIDE]}
CHOICES = [(name, one) for name in sorted(ACTIONS) for one in ACTIONS[name].fields if one.kind in ("choice", "many") and one.options and (one.pairs or is_closed(one))]
PARTS = [(name, one, part) for name in sorted(ACTIONS) for one in ACTIONS[name].fields for part in one.of if part.kind in ("choice", "many") and part.options]


def _outside(field: Field) -> Any:
    return [OUTSIDE] if field.kind == "many" else OUTSIDE


def _refused(field: Field, value: Any, opened: Opened, case: str) -> str:
    with pytest.raises(Refusal) as refused:
        held(field, FormContext(opened.desk.session, case=case, given={field.name: value})).take(value)
    assert refused.value.code == "field.value"
    return refused.value.text


@pytest.mark.parametrize(("name", "field"), CHOICES, ids=lambda one: one.name if isinstance(one, Field) else one)
def test_no_choice_is_taken_that_is_not_on_its_list(name: str, field: Field, opened: Opened) -> None:
    told = _refused(field, _outside(field), opened, opened.case if ACTIONS[name].of_case else "")
    assert re.fullmatch(rf"「{re.escape(field.label)}」：没有「{OUTSIDE}」一项，(可选：.+|现在没有可选的|请从所列 \d+ 项中选)。", told), told
    if field.pairs:
        assert told.endswith(f"可选：{'、'.join(words for _key, words in field.pairs)}。")


@pytest.mark.parametrize(("name", "field", "part"), PARTS, ids=lambda one: one.name if isinstance(one, Field) else one)
def test_nor_within_a_list_or_a_record(name: str, field: Field, part: Field, opened: Opened) -> None:
    entry = {part.name: _outside(part)}
    told = _refused(replace(field, of=(part,)), [entry] if field.kind == "group" else entry, opened, opened.case if ACTIONS[name].of_case else "")
    line = "第 1 项" if field.kind == "group" else ""
    assert told.startswith(f"「{field.label}」：{line}「{part.label}」：没有「{OUTSIDE}」一项，")


@pytest.mark.parametrize("name", sorted({name for name, _field in CHOICES}))
def test_the_act_is_refused_and_nothing_is_written(name: str, opened: Opened) -> None:
    desk, action = opened.desk, ACTIONS[name]
    values = {one.name: desk.day if one.kind == "day" else SAMPLES.get(one.kind, "1") for one in action.fields if one.required or one.kind in ("choice", "many")}
    before = desk.session.store.head
    with pytest.raises(Refusal) as refused:
        desk.do(name, **{**values, **({"case": opened.case} if action.of_case else {})})
    assert any(refused.value.text.startswith(f"「{one.label}」：没有「{OUTSIDE}」一项，") for one in action.fields), refused.value.text
    assert desk.session.store.head == before


WRITTEN = [(name, one) for name in sorted(ACTIONS) for one in ACTIONS[name].fields if one.required and one.kind in ("text", "line", "name", "long")]


@pytest.mark.parametrize("nothing", ["", " \n", "\u200b", "\u3000\u00a0"])
def test_what_must_be_written_says_something_in_one_wording(nothing: str) -> None:
    for name, field in WRITTEN:
        for take in (field.take, field.read):
            with pytest.raises(Refusal) as refused:
                take(nothing)
            assert (refused.value.code, refused.value.text) == ("field.missing", f"请填写「{field.label}」。"), name
