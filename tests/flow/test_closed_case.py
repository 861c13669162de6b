"""A closed case takes no facts that only papers to come would draw on; what a ledger left out of its money may still be told."""

from __future__ import annotations

from typing import Any

import pytest

from execdesk.records.cases import Case
from tests.at_will import at_will
from tests.flow.bureau import Bureau

pytestmark = pytest.mark.parametrize("world", ["noticed"])
SUM = {"amount": 100, "source": "收据"}


def closed(bureau: Bureau, origin: str) -> str:
    bureau.at("clerk")
    case = Case.get()
    with at_will(bureau.desk.session, "case.close", case=case.id) as act:
        act.change(act.get(Case, case.id), state="closed", closed_on=bureau.day, origin=origin)
    return str(case.id)


@pytest.mark.parametrize(("action", "values"), [
    ("case.obligation", {"obligation": "立即交还房屋"}), ("case.paper_suffix", {"used": {"notice": 3}}), ("case.opening_recovered", SUM),
])
def test_a_closed_case_is_told_nothing_more(bureau: Bureau, action: str, values: dict[str, Any]) -> None:
    case = closed(bureau, "registered")
    refused = bureau.refused("clerk", action, case=case, **values)
    assert refused.code == "case.closed" and "请立执恢案件" in refused.text


def test_what_had_come_in_before_the_ledger_is_told_late(bureau: Bureau) -> None:
    case = closed(bureau, "ledger")
    bureau.at("clerk").do("case.opening_recovered", case=case, **SUM)
    assert Case.get_by_id(case).opening_recovered_fen == 100
