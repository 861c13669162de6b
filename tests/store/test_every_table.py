"""Whatever table there is, one added today too: written by an act, taken in, replayed, checked, with nothing said of it but its class."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from peewee import BooleanField, Field, IntegerField

from execdesk.records.base import DayField, Journaled, JsonField, MomentField, RowField
from execdesk.records.cases import Case
from execdesk.records.tables import BY_NAME, parents_of
from execdesk.store.act import MisfitValue, open_act
from execdesk.store.check import check, closed_cases
from execdesk.store.replay import differences, fold, stored_rows
from tests.looking import look_at
from tests.store.desks import Bureau, bureau, case, judge

FOUNDED = ("Court", "Site", "Certificate", "SessionKey", "KeptFile")  # rows of these are more than values: keys, and files beside them


@pytest.fixture
def court() -> Iterator[Bureau]:
    made = bureau("HQ", "HL")
    yield made
    for desk in made:
        desk.store.close()


def some_row(model: type[Journaled], of: str) -> Journaled:
    """A row of a table with some value in every field; what names a case names this one."""
    return model(**{field.name: _value(field, of) for field in model.journal_fields() if field.name != "struck"})


def _value(field: Field, of: str) -> Any:
    if isinstance(field, RowField):
        return of
    if isinstance(field, DayField):
        return date(2018, 1, 2)
    if isinstance(field, MomentField):
        return datetime(2018, 1, 2, tzinfo=UTC)
    if isinstance(field, JsonField):
        return {}
    if isinstance(field, BooleanField):
        return False
    if isinstance(field, IntegerField):
        return 1
    return "某"[: getattr(field, "max_length", 1)]


@pytest.mark.parametrize("table", [name for name in BY_NAME if name not in FOUNDED])
def test_a_row_of_it_travels_and_is_watched(court: Bureau, table: str) -> None:
    hq, hl = court.desks
    model = BY_NAME[table]
    look_at(hq.store)
    with open_act(hq.store, "case.register") as act:
        of = act.add(case(1)).id
        row = act.add(some_row(model, of)).id
    hl.take(hq.lines())
    hq.take(hl.lines())
    assert hl.hash() == hq.hash()
    assert differences(fold(hl.lines()), stored_rows(hl.store)) == []
    assert check(hl.store, judge()).whole
    hl.store.base.execute_sql(f'UPDATE "{model._meta.table_name}" SET "struck" = ? WHERE "id" = ?', ("改动", row))
    (fault,) = check(hl.store, judge()).faults
    assert fault.kind == "row" and fault.text.startswith(model.WORDS)
    if any(parent is Case for _name, parent in parents_of(model)):
        assert closed_cases([fault]).cases == {of}


def _misfits(field: Field) -> list[Any]:
    """Plain values that do not fit a column, whatever a window lets through."""
    if isinstance(field, (DayField, MomentField)):
        return [5, "5", "", "2018-02-30", "0001-01-01", "9999-12-31", "20180102", True]
    if isinstance(field, BooleanField):
        return []  # whatever is given is true or not
    if isinstance(field, IntegerField):
        return [2**63, -(2**63), 10**5_000]
    if isinstance(field, JsonField):
        return []  # every plain value is JSON
    longest = getattr(field, "max_length", None)
    return ["甲\x00", "\x1b[31m", "\ud800", *(["字" * (longest + 1)] if longest else [])]


@pytest.mark.parametrize("table", [name for name in BY_NAME if name not in FOUNDED])
def test_no_act_writes_what_its_columns_cannot_hold(court: Bureau, table: str) -> None:
    store, model = court.desks[0].store, BY_NAME[table]
    look_at(store)
    with open_act(store, "case.register") as act:
        of = act.add(case(1)).id
        row = act.add(some_row(model, of))
    before, through = store.head, []
    for field in model.journal_fields():
        for value in _misfits(field):
            for write in (lambda act, name=field.name, value=value: act.add(some_row_with(model, of, name, value)),
                          lambda act, name=field.name, value=value: act.change(model.get_by_id(row.id), **{name: value})):
                try:
                    with open_act(store, "case.register") as act:
                        write(act)
                    through.append((field.name, repr(value)[:30] if not isinstance(value, int) else "number"))
                except MisfitValue:
                    pass
    assert not through
    assert store.head == before and check(store, judge()).whole


def some_row_with(model: type[Journaled], of: str, name: str, value: Any) -> Journaled:
    """A row of a table with one value of its own."""
    row = some_row(model, of)
    setattr(row, name, value)
    return row
