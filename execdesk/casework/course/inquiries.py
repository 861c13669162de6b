"""What was asked of others about the property of a debtor and what came back: queries sent here with their answers, and queries that the file on paper shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from execdesk.access.session import Session
from execdesk.casefile.lookup import rows_of, without_rows
from execdesk.casework.course.served import entries_of
from execdesk.casework.search.feedback import feedback_words
from execdesk.records.search import AnswerState, NetworkQuery, QueryAnswer
from execdesk.store.look import seen

QUERIED = "queried"  # what the file shows of a query


@dataclass(frozen=True)
class Inquiry:
    """One request about one sort of property. ``head`` as the law names it where it does; ``answered`` are the days of answers, none while
    nobody answered; ``found`` what they tell, nothing where they tell that there is nothing."""

    head: str
    number: str
    sent_on: date
    answered: tuple[date, ...] = ()
    found: tuple[str, ...] = ()


def inquiries(session: Session, case: str, party: str, on: date) -> list[Inquiry]:
    """What was asked about a debtor (row id) until a day, by sort and day; a request entered here is not counted again by an entry of the file."""
    found = list(_sent(session, case, party, on))
    known = {(one.head, one.number) for one in found}
    found += [
        Inquiry(row.head or "", row.reference or "", row.on, (row.ended_on,) if row.ended_on is not None and row.ended_on <= on else (), (row.words,) if row.words else ())
        for row in entries_of(case, QUERIED, party) if row.on <= on and (row.head, row.reference) not in known
    ]
    return sorted(found, key=lambda one: (one.sent_on, one.number))


def _sent(session: Session, case: str, party: str, on: date) -> Iterator[Inquiry]:
    heads, answers = feedback_words(session.resources), _answers(case)
    for query in rows_of(NetworkQuery, case):
        if query.party != party or query.sent_on > on:
            continue
        for head in query.heads:
            of = [row for row in answers if row.query == query.id and row.head == head and row.answered_on <= on]
            told = heads.head(head)
            there = tuple(_words(row) for row in of if row.state != AnswerState.NOTHING)
            yield Inquiry(told.in_law or told.name, query.request_no, query.sent_on, tuple(sorted({row.answered_on for row in of})), there)


def _words(row: QueryAnswer) -> str:
    words = str(row.words).rstrip("。；;")
    return words if words.startswith(row.body) else f"{row.body}{words}"


def _answers(case: str) -> list[QueryAnswer]:
    """The answers to the queries of a case that were not taken back, read once in a look."""
    if without_rows(QueryAnswer, case):
        return []
    asked = [row.id for row in rows_of(NetworkQuery, case)]
    found = QueryAnswer.select().where(QueryAnswer.query.in_(asked), QueryAnswer.struck.is_null()).order_by(QueryAnswer.answered_on, QueryAnswer.id)
    return list(seen(("answers", case), lambda: list(found))) if asked else []
