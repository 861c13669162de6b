"""That a case number is given once: two desks that registered it apart have one case twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peewee import fn

from execdesk.records.cases import Case
from execdesk.store import rows
from execdesk.store.invariants import Broken, invariant


@invariant("case.known", Case)
def one_case_a_number(_session: object, written: frozenset[str] | None) -> Iterator[Broken]:
    """The cases that bear one number."""
    for number in _given_twice(written):
        one, *others = Case.select().where(Case.number == number, Case.struck.is_null()).order_by(Case.id)
        for other in others:
            text = f"{number} 登记了两次（{one.held_by}、{other.held_by}）：一个案号只有一件案件。请核对是否录错了案号；确是同一案件的，在其中一件办理，另一件报局长处理。"
            yield Broken((one.id, other.id), text, other.id)


def _given_twice(written: frozenset[str] | None) -> Iterator[str]:
    twice: Any = Case.select(Case.number).where(Case.struck.is_null()).group_by(Case.number).having(fn.COUNT(Case.id) > 1)
    if written is None:
        yield from (number for (number,) in twice.order_by(Case.number).tuples())
        return
    for some in rows.batches(sorted(written)):
        own: Any = Case.select(Case.number).where(Case.id.in_(some), Case.struck.is_null())
        yield from (number for (number,) in twice.where(Case.number.in_(own)).order_by(Case.number).tuples())
