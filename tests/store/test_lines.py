"""Lines: the total order, shapes of other programs, triggers."""

from __future__ import annotations

import json

import pytest
from peewee import DatabaseError

from execdesk.records.base import canonical
from execdesk.records.cases import Case
from execdesk.records.journal import Line, Waiting
from execdesk.store.act import open_act
from execdesk.store.line import FORMAT, Entry, seal
from execdesk.store.merge import UPGRADE_FIRST
from tests.looking import look_at
from tests.store.desks import Desk, bureau, case


def register(desk: Desk, number: int) -> Case:
    with open_act(desk.store, "case.register") as act:
        return act.add(case(number))


def rewritten(entry: Entry, desk: Desk, **header: object) -> Entry:
    """A line changed and signed anew with the key of the session."""
    assert desk.store.signer is not None
    return seal(canonical({**entry.data, **header}).encode(), desk.store.signer)


def test_the_total_order_respects_what_was_seen() -> None:
    hq, hl = bureau("HQ", "HL").desks
    look_at(hq.store)
    [register(hq, n) for n in range(3)]
    hl.take(hq.lines())
    look_at(hl.store)
    register(hl, 9)
    lines = hl.lines()
    assert lines == sorted(lines, key=lambda e: e.order)
    for position, entry in enumerate(lines):
        assert not any(entry.knew(later) for later in lines[position:])
    assert lines[-1].chain == "HL.1" and all(lines[-1].knew(e) for e in lines[:-1])
    assert lines[-1].height == max(e.height for e in lines[:-1]) + 1


def test_moments_do_not_order() -> None:
    entry = bureau("HQ").desks[0].line(2)
    later = Entry(canonical({**entry.data, "at": "2031-01-01T00:00:00.000+00:00"}).encode(), "", b"")
    assert later.order == entry.order


@pytest.mark.parametrize("change", ["format", "table", "field"])
def test_a_line_of_a_newer_program_waits(change: str) -> None:
    hq, hl = bureau("HQ", "HL").desks
    look_at(hq.store)
    register(hq, 1)
    last = hq.line(hq.store.head.number)
    changes = json.loads(json.dumps(last.data["changes"]))
    if change == "table":
        changes[0][0] = "Drone"
    if change == "field":
        changes[0][3]["drone"] = 1
    newer = rewritten(last, hq, format=FORMAT + (change == "format"), changes=changes)
    receipt = hl.take([*hq.lines()[:-1], newer])
    assert receipt.waiting == {last.ref: UPGRADE_FIRST}
    assert Case.select().count() == 0
    assert hl.take([newer]).waiting == {last.ref: UPGRADE_FIRST}
    assert Waiting.select().count() == 1


def test_a_field_unknown_to_an_old_line_has_its_default() -> None:
    hq, hl = bureau("HQ", "HL").desks
    look_at(hq.store)
    made = register(hq, 1)
    last = hq.line(hq.store.head.number)
    changes = json.loads(json.dumps(last.data["changes"]))
    del changes[0][3]["provisional"]
    assert "remarks" not in changes[0][3], "what is empty need not be written"
    hl.take([*hq.lines()[:-1], rewritten(last, hq, changes=changes)])
    assert Case.get_by_id(made.id).provisional is False


@pytest.mark.parametrize("statement", [
    "UPDATE {} SET act = 'x' WHERE number = 1", "DELETE FROM {} WHERE number = 1", "DELETE FROM {}",
    "INSERT OR REPLACE INTO {} SELECT * FROM {}",
])
def test_triggers_keep_lines(statement: str) -> None:
    desk = bureau("HQ").desks[0]
    before = desk.lines()
    with pytest.raises(DatabaseError, match="never changed"):
        desk.store.base.execute_sql(statement.replace("{}", f'"{Line._meta.table_name}"'))
    assert desk.lines() == before
