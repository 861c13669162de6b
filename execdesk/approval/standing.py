"""What counts about a person for a request on a day: posts, letters, whether he is the applicant or the judge in charge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from execdesk.access.session import Session, posts_of
from execdesk.casefile.lookup import assigned
from execdesk.law.authority import Ruling
from execdesk.law.permission import DelegationFact, PersonFacts, PostFact, RequestFacts
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Decision, Request
from execdesk.records.base import Journaled
from execdesk.records.cases import Assignment, Case
from execdesk.records.journal import Touch
from execdesk.records.people import Delegation, GrantState, Person, Post
from execdesk.store.clashes import Lines
from execdesk.store.clock import COURT_TIME
from execdesk.store.facts import row_values
from execdesk.store.line import Entry


@dataclass(frozen=True)
class KnownByWriter:
    """What the writer of a line knew. With ``beside`` also what others wrote without either knowing of the other."""

    entry: Entry
    beside: bool = False
    lines: Lines = field(default_factory=Lines)

    @classmethod
    def by(cls, decision: Decision, *, beside: bool = False) -> KnownByWriter:
        """What stood when somebody decided: his line tells."""
        place = Touch.select(Touch.line).where(Touch.table == "Decision", Touch.row == decision.id).order_by(Touch.line).scalar()
        if place is None:
            raise Refusal("有一条审批意见在留痕中没有记载，不能作为依据。请报告系统管理员，并重新报批。", code="decision.forged")
        lines = Lines()
        return cls(lines.at(place), beside, lines)

    def row(self, record: Journaled) -> Any:
        """A row as it stood then; ``None`` if it was not there."""
        model = type(record)
        values = row_values(model.__name__, record.id, (e for e in self.lines.touching(model.__name__, record.id) if self._counts(e)))
        if values is None:
            return None
        return model(id=record.id, **{name: model._meta.fields[name].python_value(value) for name, value in values.items()})

    def _counts(self, other: Entry) -> bool:
        return other == self.entry or self.entry.knew(other) or (self.beside and not other.knew(self.entry))


def _standing(rows: list[Any], known: KnownByWriter | None) -> list[Any]:
    """Rows as they stand, or as they were known, without those struck; in their order."""
    found = rows if known is None else [row for row in map(known.row, rows) if row is not None]
    return sorted((row for row in found if row.struck is None), key=lambda row: row.starts_on)


def post_facts(person: str, known: KnownByWriter | None = None) -> tuple[PostFact, ...]:
    """All posts ever entered for a person."""
    return posts_as_facts(_standing(posts_of(person), known))


def posts_as_facts(rows: Iterable[Post]) -> tuple[PostFact, ...]:
    """Posts as the permission rules see them."""
    return tuple(PostFact(r.post, r.starts_on, r.ends_on, r.state == GrantState.EFFECTIVE) for r in rows)


def delegation_facts(person: str, known: KnownByWriter | None = None) -> tuple[DelegationFact, ...]:
    """All letters that authorise a person. Matters a letter lists one by one count as named (T05)."""
    return letters_as_facts(_standing(list(Delegation.select().where(Delegation.person == person)), known))


def letters_as_facts(rows: Iterable[Delegation]) -> tuple[DelegationFact, ...]:
    """Letters as the permission rules see them."""
    return tuple(
        DelegationFact(
            r.letter, tuple(r.matters), r.starts_on, r.ends_on, r.revoked_on, tuple(m for m in r.matters if m != "all"),
            r.state == GrantState.EFFECTIVE,
        )
        for r in rows
    )


def person_facts(person: Person, request: Request, case: Case, day: date, known: KnownByWriter | None = None) -> PersonFacts:
    """The person as the permission rules see him now, or by posts and letters as they were known."""
    judge = assigned(case.id, "judge", day)
    acted = Decision.select().join(Request, on=(Decision.request == Request.id)).where(
        Request.case == case.id, Decision.person == person.id
    )
    return PersonFacts(
        name=person.name, posts=post_facts(person.id, known), delegations=delegation_facts(person.id, known),
        is_applicant=person.id in put_forward_by(request, _assignments(case)), is_responsible_judge=judge is not None and judge.id == person.id,
        political=person.staffing == "political", acted_in_case=acted.exists(),
    )


def request_facts(request: Request, ruling: Ruling, case: Case, day: date) -> RequestFacts:
    """The request as the permission rules see it: who put it forward counts with the judge in charge, for he answers for it."""
    judge = assigned(case.id, "judge", day)
    whose = put_forward_by(request, _assignments(case)) | ({judge.id} if judge else set())
    applicant = tuple(fact for person in sorted(whose) for fact in post_facts(person))
    return RequestFacts(request.upward, applicant, request.step if ruling.ladder else None)


def _assignments(case: Case) -> Iterable[Assignment]:
    found: Iterable[Assignment] = Assignment.select().where(Assignment.case == case.id, Assignment.role == "judge", Assignment.struck.is_null())
    return found


def put_forward_by(request: Request, assignments: Iterable[Assignment]) -> set[str]:
    """Whose application it is: his who filed it, and his who was in charge when it was submitted, whoever has the case now."""
    if request.submitted_at is None:
        return {request.applicant}
    day = request.submitted_at.astimezone(COURT_TIME).date()
    yesterday = day - timedelta(days=1)  # one who hands the case on ends the day before
    in_charge = [a for a in assignments if a.role == "judge" and a.starts_on <= day and (a.ends_on is None or a.ends_on >= yesterday)]
    return {request.applicant, *(row.person for row in in_charge)}


def letter_row(person: str, letter: str) -> str | None:
    """The row of a letter by its number."""
    found = Delegation.get_or_none(Delegation.person == person, Delegation.letter == letter, Delegation.struck.is_null())
    return found.id if found else None


def ruling_for(session: Session, request: Request, day: date) -> Ruling:
    """What the table in force on a day says of a request."""
    return session.authority.decide(request.matter, subject=request.subject, on=day, circumstances=frozenset(request.circumstances))
