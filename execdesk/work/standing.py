"""What counts about a person for a request on a day: posts, letters, whether he is the applicant or the judge in charge."""

from __future__ import annotations

from datetime import date

from execdesk.access.sitting import Sitting
from execdesk.law.authority import Ruling
from execdesk.law.permission import DelegationFact, PersonFacts, PostFact, RequestFacts
from execdesk.records.approvals import Decision, Request
from execdesk.records.cases import Case
from execdesk.records.organisation import Delegation, Person, Post
from execdesk.work.lookup import assigned


def post_facts(person: str) -> tuple[PostFact, ...]:
    """All posts ever entered for a person."""
    rows = Post.select().where(Post.person == person, Post.struck.is_null()).order_by(Post.starts_on)
    return tuple(PostFact(r.post, r.starts_on, r.ends_on, r.state == "effective") for r in rows)


def delegation_facts(person: str) -> tuple[DelegationFact, ...]:
    """All letters that authorise a person. Matters a letter lists one by one count as named (T05)."""
    rows = Delegation.select().where(Delegation.person == person, Delegation.struck.is_null()).order_by(Delegation.starts_on)
    return tuple(
        DelegationFact(
            r.letter, tuple(r.matters), r.starts_on, r.ends_on, r.revoked_on, tuple(m for m in r.matters if m != "all"),
            r.state == "effective",
        )
        for r in rows
    )


def person_facts(person: Person, request: Request, case: Case, day: date) -> PersonFacts:
    """The person as the permission rules see him."""
    judge = assigned(case.id, "judge", day)
    acted = Decision.select().join(Request, on=(Decision.request == Request.id)).where(
        Request.case == case.id, Decision.person == person.id
    )
    return PersonFacts(
        name=person.name, posts=post_facts(person.id), delegations=delegation_facts(person.id),
        is_applicant=request.applicant == person.id, is_responsible_judge=judge is not None and judge.id == person.id,
        political=person.staffing == "political", acted_in_case=acted.exists(),
    )


def request_facts(request: Request, ruling: Ruling, case: Case, day: date) -> RequestFacts:
    """The request as the permission rules see it: who put it forward counts with the judge in charge, for he answers for it."""
    judge = assigned(case.id, "judge", day)
    applicant = post_facts(request.applicant) + (post_facts(judge.id) if judge and judge.id != request.applicant else ())
    return RequestFacts(request.upward, applicant, request.step if ruling.ladder else None)


def letter_row(person: str, letter: str) -> str | None:
    """The row of a letter by its number."""
    found = Delegation.get_or_none(Delegation.person == person, Delegation.letter == letter, Delegation.struck.is_null())
    return found.id if found else None


def ruling_for(sitting: Sitting, request: Request, day: date) -> Ruling:
    """What the table in force on a day says of a request."""
    return sitting.authority.decide(request.matter, subject=request.subject, on=day, circumstances=frozenset(request.circumstances))
