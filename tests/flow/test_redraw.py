"""What one redraw of a draft asks of the database, counted there; and that people and posts are the same read at once or one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from execdesk.access.session import holders_of, person_of, posts_of, posts_on
from execdesk.casefile.lookup import assigned
from execdesk.records.cases import Assignment
from execdesk.records.papers import Document
from execdesk.records.people import Person, Post
from execdesk.store.look import Look
from tests.at_will import at_will
from tests.counting import Asked, asked_of
from tests.flow.bureau import DEBTOR, Bureau

BUDGET = 15  # queries of one redraw


@pytest.fixture
def world() -> str:
    return "frozen"


def redraw(bureau: Bureau, document: str, **inputs: object) -> Asked:
    with asked_of(bureau.desk.session.store.base) as asked:
        shown = bureau.desk.reads.draft(document, inputs, bureau.day + timedelta(days=9))
    assert shown.pdf.startswith(b"%PDF") and shown.checks and shown.brought
    return asked


def test_one_redraw_asks_little_whatever_the_paper(bureau: Bureau) -> None:
    """A freeze and its notice to the bank, a transfer, an order, a decision with a number from outside: before anything else was asked."""
    bureau.at("clerk")
    measure = Document.select().where(Document.measure.is_null(False)).get()
    judge = bureau.judge(measure.case)
    desk = bureau.at(judge)
    made = [
        bureau.freeze(measure.case, amount=100_00),
        desk.do("measure.deduct", measure=measure.measure, amount=200_00),
        desk.do("order.consumption", case=measure.case, party=DEBTOR),
        desk.do("sanction.detain", case=measure.case, act=bureau.obstruction(measure.case), party=DEBTOR, days=15, ground="refuse", facts="拒不履行", reasoning="构成妨害", sanction_number="（2018）琼9027司惩1号"),
    ]
    documents = [row for changes in made for row in changes.ids("Document")]
    assert len(documents) >= 6
    for document in documents:
        asked = redraw(bureau, document)
        assert len(asked) <= BUDGET, asked
        assert asked.statements == redraw(bureau, document).statements, "no draw leaves anything to the next"


def test_people_and_posts_are_the_same_read_at_once_or_one_by_one(bureau: Bureau) -> None:
    session = bureau.at("clerk").session
    with at_will(session, "event") as act:
        mine = Person.get(Person.account == "officer").id
        act.add(Post(person=mine, post="clerk", site="HL", starts_on=date(2018, 3, 1), ends_on=date(2018, 4, 1), state="effective"))
        act.add(Post(person=mine, post="judge", site="HQ", starts_on=date(2018, 3, 1), state="prepared"))
        act.strike(act.add(Post(person=mine, post="president", site="HQ", starts_on=date(2018, 3, 1), state="effective")), "写错")

    def told() -> list[object]:
        days = [date(2017, 8, 1), date(2018, 1, 2), date(2018, 3, 1), date(2018, 4, 1), date(2018, 4, 2)]
        people, posts = [p.id for p in Person.select().order_by(Person.id)], sorted({p.post for p in Post.select()})
        cases = sorted({a.case for a in Assignment.select()})
        return [
            [[post.id for post in posts_on(person, day)] for person in people for day in days],
            [[post.id for post in posts_of(person)] for person in people],
            [[person.id for person in holders_of(post, day, site)] for post in posts for day in days for site in (None, "HQ", "HL")],
            [person.account for row in people if (person := person_of(row))], person_of("nobody"),
            [getattr(assigned(case, role, day), "id", None) for case in cases for role in ("judge", "clerk", "officer") for day in days],
        ]

    apart = told()
    with Look():
        assert told() == apart
