"""What writing many new cases at once asks of the store before the lines are written."""

from __future__ import annotations

from datetime import date
from typing import Any

from execdesk.records.cases import Assignment, Case
from tests.counting import asked_of
from tests.intake.office import Office


def _questions(office: Office, first: int, cases: int) -> int:
    """Statements of one import of so many cases, each with its judge."""
    session, records = office.desk.session, list[Any]()
    for number in range(first, first + cases):
        of = Case(
            number=f"（2018）琼9027执{number}号", year=2018, type_code="执", sequence=number, cause="买卖合同纠纷", filed_on=date(2018, 1, 2), state="open",
            origin="ledger", held_by="HQ",
        )
        records += [of, Assignment(case=of.id, person=session.me.id, role="judge", starts_on=date(2018, 1, 2), reason="台账", rule="ledger")]
    with asked_of(session.store.base) as asked, session.act("ledger.import") as act:
        act.add_many(records)
    return len([one for one in asked.statements if one.lstrip().upper().startswith("SELECT")])


def test_how_many_cases_an_import_makes_does_not_matter_to_what_it_asks(office: Office) -> None:
    _questions(office, 1, 1)  # those who sign are read once
    assert _questions(office, 11, 40) == _questions(office, 101, 4)
