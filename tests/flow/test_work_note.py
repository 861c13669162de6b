"""A call is noted in one line; a day to follow it up stands in lists and next steps until a later note follows it."""

from __future__ import annotations

import json
from datetime import date

import pytest

import main
from execdesk.reads.casewhere import ListFilter
from execdesk.records.cases import Case
from execdesk.records.course import WorkNote
from tests.flow.bureau import DEBTOR, Bureau

pytestmark = pytest.mark.parametrize("world", ["noticed"])
NOTED, AGREED = date(2018, 1, 2), date(2018, 1, 10)
CALL = {"kind": "call", "with_whom": DEBTOR, "on": NOTED, "words": "称下周三前先付两万元，其余分月支付。", "follow_up_on": AGREED}


def following(bureau: Bureau, case: str) -> list[tuple[str, str]]:
    return [(step.title, step.detail) for step in bureau.desk.reads.case_and_steps(case)[1] if step.action == "note.record"]


def test_a_note_is_followed_up_on_its_day(bureau: Bureau) -> None:
    desk = bureau.at("clerk", NOTED)
    case = Case.get().id
    note = desk.do("note.record", case=case, **CALL).ids("WorkNote")[0]
    (row,) = desk.reads.cases(ListFilter("open"))
    assert (row.node, row.due_title, row.due_on, row.days_left) == ("跟进", "约定跟进的日期", AGREED, 8)
    assert desk.reads.case(case).trail[0].reason == f"电话 {DEBTOR}：称下周三前先付两万元，其余分月支付。"
    assert following(bureau, case) == [], "its day has not come"
    desk = bureau.at("judge-1", AGREED)
    assert following(bureau, case) == [(f"跟进电话 {DEBTOR}", "约定 2018-01-10")]
    form = {one.field.name: one for one in desk.reads.form("note.record", case=case, target=note).fields}
    assert dict(form["follows"].field.pairs)[note] == f"2018-01-02 电话 {DEBTOR}：称下周三前先付两万元，其…"
    assert form["follows"].value == note and form["on"].value == AGREED
    desk.do("note.record", case=case, kind="log", on=AGREED, words="两万元已到账。", follows=note)
    assert following(bureau, case) == [] and desk.reads.cases(ListFilter("open"))[0].node == "执限"
    assert bureau.refused("clerk", "note.record", case=case, kind="log", on=AGREED, words="再跟进", follows=note).code == "field.value"


def test_what_a_note_refuses(bureau: Bureau) -> None:
    bureau.at("clerk", NOTED)
    case = Case.get().id
    for more, code in (({"on": AGREED}, "field.value"), ({"follow_up_on": date(2018, 1, 1)}, "field.value"), ({"kind": "letter"}, "field.value"), ({"words": ""}, "field.missing")):
        assert bureau.refused("clerk", "note.record", case=case, **{**CALL, **more}).code == code
    assert bureau.refused("president", "note.record", case=case, **CALL).code == "access.duty"
    assert not WorkNote.select().exists()


@pytest.mark.file("a command opens the file of the folder")
def test_the_command_line_notes_too(bureau: Bureau, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.at("clerk", NOTED)
    number = Case.get().number
    bureau.close()
    monkeypatch.setenv("EXECDESK_PASSWORD", "demo")
    told = ["act", "note.record", "--case", number, "--set", "kind=visit", "--set", "on=2018-01-02", "--set", "words=门锁着，邻居称外出务工。"]
    assert main.main([*told, "--data", str(bureau.folder), "--user", "clerk", "--today", "2018-01-02", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"].keys() == {"WorkNote"}
