"""The lists of approvals asked of the board say of every matter and paper, to everybody, what the records say one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.reads.listing import ListWanted
from execdesk.records.approvals import Decision, Panel, Request
from execdesk.records.cases import Case
from execdesk.records.people import Person
from tests.at_will import at_will
from tests.reads import inboxoracle
from tests.ui import office_store
from tests.world import DAY, Shelf

DAYS = (DAY, date(2019, 1, 1))  # the second is the day after the vice-president's letter


@pytest.fixture(scope="module")
def folder(worlds: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The court with matters at every level, and every eighth matter that there is in every standing."""
    found = worlds.get("matters").copy(tmp_path_factory.mktemp("inbox") / "data")
    desk = office_store.at(found, "clerk")
    with at_will(desk.session, "test.matters") as act:
        act.add_many([row for number, matter in enumerate(sorted(desk.session.authority.data.matters)[::8]) for row in _matter(desk, number, matter)])
    desk.close()
    return found


def _matter(desk: Desk, number: int, matter: str) -> list[Any]:
    """A matter put forward by the judge or by one who decides, with a word on it, a panel, or neither."""
    cases, people = list(Case.select().order_by(Case.id)), {person.account: person.id for person in Person.select()}
    who = people[("judge-1", "director", "deputy", "president", "judge-3")[number % 5]]
    try:
        ruling = desk.session.authority.decide(matter, subject="ordinary", on=DAY, circumstances=frozenset())
    except Refusal:
        return []
    row = Request(
        case=cases[number % len(cases)].id, matter=matter, title=ruling.name[:40], circumstances=[], applicant=who, state=("submitted", "approved", "submitted")[number % 3],
        submitted_at=datetime(2018, 1, 1, 2, number, tzinfo=UTC), level=ruling.level, upward=number % 4 == 3, content_hash="h" if number % 2 else None,
    )
    made: list[Any] = [row]
    if number % 3 == 2:
        made.append(Panel(request=row.id, members=[], state=("asked", "designated")[number % 2]))
    if number % 4 < 2:
        made.append(Decision(
            request=row.id, kind=("sign_issue", "comment", "return")[number % 3], person=people[("president", "deputy")[number % 2]], post="", on=DAY,
            at=datetime(2018, 1, 2, 2, number, tzinfo=UTC), level=ruling.level, article="", phrase="", reason="", rule_id="", data_hash="", chain_head="", statement="",
            signature="", content_hash="h",
        ))
    return made


@pytest.fixture(scope="module")
def accounts(folder: Path) -> list[str]:
    desk = office_store.at(folder, "clerk")
    found = [person.account for person in Person.select().where(Person.struck.is_null()).order_by(Person.account) if person.account]
    desk.close()
    return found


@pytest.fixture(params=DAYS)
def desk(folder: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    made = office_store.at(folder, "clerk", request.param)
    yield made
    made.close()


def agree(desk: Desk) -> int:
    """How much lies with the person signed in, after each list was held against the records."""
    session, reads = desk.session, desk.reads
    rows = inboxoracle.requests(session)
    for view, wanted in (("all", rows), ("mine", [r for r in rows if r.group == "mine"]), ("others", [r for r in rows if r.group == "others"])):
        assert list(reads.list_page(ListWanted("requests", view)).rows) == wanted, (session.me.account, view)
    papers = inboxoracle.papers(session)
    for view, ids in papers.items():
        found = reads.list_page(ListWanted("papers", view)).rows
        assert [row.id for row in found] == ids, (session.me.account, view)
        assert all(row.mine == (view != "others") for row in found)
    assert [row.id for row in reads.list_page(ListWanted("decided")).rows] == inboxoracle.decided(session)
    inbox, finishing = reads.inbox(), inboxoracle.finishing(session)
    assert [row.id for part in inbox.parts if part.title == "待我办理" for row in part.rows] == finishing, session.me.account
    assert inbox.waiting == len([r for r in rows if r.group == "mine"]) + len(papers["cosign"]) + len(papers["seal"]) + len(finishing)
    return inbox.waiting


def test_what_lies_with_whom_is_what_each_record_says(desk: Desk, accounts: list[str]) -> None:
    waiting = {}
    for account in accounts:
        desk.change_person(account, "demo")
        office_store.look_at(desk)
        waiting[account] = agree(desk)
    assert len(inboxoracle.requests(desk.session)) < len(list(Request.select())) > 18
    assert sum(map(bool, waiting.values())) > 3 and not all(waiting.values()), waiting
