"""States: every table of moves walked whole at the act, its words, and its picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from peewee import BooleanField

from execdesk import rooms
from execdesk.access.register import ACTIONS
from execdesk.desk import Desk
from execdesk.records.base import DayField, Journaled, JsonField, MomentField, RowField, new_id
from execdesk.records.moves import ANY, CONDITIONS, NEW, ROLES, Move, Moves, condition, moves, stays
from execdesk.records.tables import JOURNALED
from execdesk.store.act import Act, UndeclaredMove, UnmetCondition, open_act
from execdesk.store.line import DESK_ACTS
from tests.at_will import at_will
from tests.states import PICTURES, pictures

rooms.enter()
RECORDS = [model for model in JOURNALED if model.MOVES is not None]
FOREIGN = "no.such_act"
EMPTY: dict[str, Any] = {"counts": {}}  # JSON that is no list


def blank(model: type[Journaled], state: str) -> Journaled:
    """A row in a state, with something in every field that must not be empty."""
    values: dict[str, Any] = {}
    for field in model.journal_fields():
        if field.null or field.name in ("state", "struck"):
            continue
        values[field.name] = (
            EMPTY.get(field.name, []) if isinstance(field, JsonField) else date(2018, 1, 2) if isinstance(field, DayField)
            else datetime(2018, 1, 2, tzinfo=UTC) if isinstance(field, MomentField) else new_id() if isinstance(field, RowField)
            else False if isinstance(field, BooleanField) else 1 if field.field_type in ("INT", "BIGINT") else "x"
        )
    return model(id=new_id(), **{**values, "state": state})


@pytest.fixture
def desk(enter: Callable[..., Desk]) -> Desk:
    return enter("admin")


class _Undone(Exception):
    """Ends an act that was allowed, so that nothing of it stays."""


@contextmanager
def tried(desk: Desk, act: str) -> Iterator[Act]:
    """An act held to the tables, which keeps nothing."""
    store = desk.session.store
    with store.transaction():
        pass
    try:
        with open_act(store, act) as opened:
            yield opened
            opened.require_moves()
            raise _Undone
    except _Undone:
        pass


def table(model: type[Journaled]) -> Moves:
    assert model.MOVES is not None
    return model.MOVES


def test_every_record_with_a_state_has_a_table() -> None:
    assert {model.__name__ for model in RECORDS} == {model.__name__ for model in JOURNALED if "state" in model._meta.fields}
    assert {"Case", "Request", "Panel", "Measure", "Document", "TakenNumber", "Import", "TrayRow", "Post", "Delegation", "Certificate",
            "LawCorrection", "Adoption", "Incident"} <= {model.__name__ for model in RECORDS}


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_a_table_is_whole(model: type[Journaled], desk: Desk) -> None:
    """Every state is reached from nothing, has words, and its moves name acts, hands and conditions there are."""
    known = table(model)
    duties = {duty for post in desk.services.organisation.posts.values() for duty in post.may}
    reached, grown = {NEW}, True
    while grown:
        more = {move.to for move in known.rows if move.start in reached} - reached
        reached, grown = reached | more, bool(more)
    assert reached == {NEW, *known.words}
    for move in known.rows:
        assert move.act in {*ACTIONS, *DESK_ACTS, "request.lapse", ANY}, move
        assert move.by and set(move.by) <= duties | set(ROLES), move
        assert not move.when or move.when in CONDITIONS


def test_every_condition_and_role_is_used() -> None:
    rows = [move for model in RECORDS for move in table(model).rows]
    assert {move.when for move in rows} - {""} == set(CONDITIONS)
    assert {name for move in rows for name in move.by} & set(ROLES) == set(ROLES)


def let(patch: pytest.MonkeyPatch, holds: bool) -> None:
    """Every condition holds, or none: the rows of these tests have nothing that one could be asked of."""
    for name, known in list(CONDITIONS.items()):
        patch.setitem(CONDITIONS, name, replace(known, holds=lambda _row, _act: holds))


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_the_table_is_walked_whole_at_the_act(model: type[Journaled], desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each state to each, and from nothing, by each act of the table and by one that no table knows."""
    known = table(model)
    store = desk.session.store
    let(monkeypatch, True)
    acts = sorted({move.act for move in known.rows if move.act not in (ANY, *DESK_ACTS)} | {FOREIGN})
    rows = {}
    store.ruled = False
    with open_act(store, "test.rows") as act:
        for state in known.words:
            rows[state] = act.add(blank(model, state)).id
    store.ruled = True
    allowed = set()
    for act_name in acts:
        for start in (NEW, *known.words):
            for to in known.words:
                declared = start == to or any((m.start, m.to) == (start, to) and m.act in (act_name, ANY) for m in known.rows)
                try:
                    with tried(desk, act_name) as act:
                        if start == NEW:
                            act.add(blank(model, to))
                        else:
                            act.change(act.get(model, rows[start]), state=to)
                    assert declared, (start, to, act_name)
                    allowed.add((start, to, act_name))
                except UndeclaredMove as refusal:
                    assert not declared, (start, to, act_name)
                    assert known.words[to] in refusal.text and (not start or known.words[start] in refusal.text)
    expected = {(m.start, m.to, m.act) for m in known.rows if m.act not in (ANY, *DESK_ACTS)}
    assert expected <= allowed


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_a_move_whose_condition_does_not_hold_is_refused(model: type[Journaled], desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    known = table(model)
    let(monkeypatch, False)
    rows = {}
    with at_will(desk.session, "test.rows") as act:
        for state in known.words:
            rows[state] = act.add(blank(model, state)).id
    for move in known.rows:
        needed = known.conditions(move.start, move.to, move.act)
        if not needed or move.start == move.to:
            continue
        with pytest.raises(UnmetCondition) as refused, tried(desk, move.act) as act:
            if move.start == NEW:
                act.add(blank(model, move.to))
            else:
                act.change(act.get(model, rows[move.start]), state=move.to)
        assert all(CONDITIONS[name].words in refused.value.text for name in needed)


def test_a_condition_that_nobody_registered_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(CONDITIONS, "unserved")
    with pytest.raises(ValueError, match="unserved"):
        rooms.enter.__wrapped__()
    with pytest.raises(ValueError, match="twice"):
        condition("unused", "尚未签发文书")(lambda _row, _act: True)


def test_a_refused_move_writes_nothing(desk: Desk) -> None:
    from execdesk.records.incidents import Incident

    head = desk.session.store.head.number
    with pytest.raises(UndeclaredMove), open_act(desk.session.store, FOREIGN) as act:
        act.add(blank(Incident, "open"))
    assert desk.session.store.head.number == head and not Incident.select().exists()


def test_several_steps_of_one_act_count_as_one_move(desk: Desk) -> None:
    """A line tells what a row became, not by which steps."""
    from execdesk.records.approvals import Request

    with pytest.raises(UndeclaredMove), tried(desk, "request.submit") as act:
        row = act.add(blank(Request, "draft"))
        act.change(row, state="submitted")
    with tried(desk, "request.open") as act:
        act.change(act.change(act.add(blank(Request, "submitted")), state="approved"), state="draft")


def test_a_table_says_what_is_possible() -> None:
    known = Moves({"a": "甲", "b": "乙"}, moves(NEW, "a", ANY, "signer"), moves("a", "b", ("x.go", "x.run"), "signer", "unserved"), stays("a", "x.look", "desk"))
    assert known.acts_in("a") == ("x.go", "x.run", "x.look") and known.acts_in("b") == ()
    assert known.starts("x.go") == ("a",) and known.possible("a", "x.look") and not known.possible("b", "x.look")
    assert known.allows(NEW, "a", "anything") and known.allows("b", "b", "x.no") and not known.allows("a", "b", "x.look") and not known.allows("b", "c", "x.go")
    assert Move("a", "b", "x.run", ("signer",), "unserved") in known.rows
    assert known.conditions("a", "b", "x.go") == ("unserved",) and known.conditions(NEW, "a", "anything") == ()


@pytest.mark.parametrize("wrong", [
    lambda: Moves({"a": "甲"}, moves(NEW, "b", "x.go", "signer")), lambda: Moves({"a": "甲"}, moves("b", "a", "x.go", "signer")),
    lambda: Moves({"a": "甲"}, moves(NEW, "a", "x.go", "signer"), moves(NEW, "a", "x.go", "desk")),
])  # fmt: skip
def test_a_mistake_in_a_table_is_told_at_once(wrong: Callable[[], Moves]) -> None:
    with pytest.raises(ValueError):
        wrong()


def test_the_pictures_are_those_of_the_tables() -> None:
    """Make them anew with ``python -m tests.states``."""
    assert Path(PICTURES).read_text("utf-8") == pictures()
