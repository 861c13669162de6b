"""The whole store is walked at least weekly, in steps over sessions; what it finds becomes an incident at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

import execdesk.desk as desks
from execdesk.records.incidents import Incident
from tests.flow.bureau import Bureau


def test_steps_go_on_over_sittings_until_the_store_is_walked(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.register()
    monkeypatch.setattr(desks, "CHECK_STEP", 20)
    steps = 0
    while bureau.at("clerk" if steps % 2 else "director").check_on():
        steps += 1
        assert steps < 500
    assert steps > 2, "one step does not walk it all"
    assert not bureau.desk.check_on(), "walked this week already"
    assert bureau.at("clerk", bureau.day + timedelta(days=8)).check_on(), "a week later it begins anew"
    assert not Incident.select().exists()


def test_a_row_changed_behind_the_journal_becomes_an_incident(bureau: Bureau) -> None:
    bureau.register()
    desk = bureau.at("clerk")
    desk.session.store.base.execute_sql("UPDATE party SET name = '林例乙' WHERE name = '林例一'")
    while desk.check_on():
        pass
    assert Incident.select().where(Incident.kind == "tamper", Incident.state == "open").exists()


def test_what_one_has_walked_is_not_written_down_by_the_next(bureau: Bureau) -> None:
    bureau.register()
    step = bureau.at("clerk").check_look()
    assert step is not None
    director = bureau.at("director")
    assert director.check_note(step), "he walks it himself"
    assert director.last_check() is None
    while director.check_on():
        pass
    assert director.last_check() is not None and bureau.at("clerk").last_check() is None
