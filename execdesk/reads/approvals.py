"""The approval inbox of the person signed in: what waits for him, for others, what was decided, what to sign or seal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from execdesk.access.session import Session, posts_on
from execdesk.approval.permitted import Standing, standing_of
from execdesk.drafting.drafts import frozen
from execdesk.issue.keeping import signed_fields
from execdesk.issue.printing import KIND_WORDS
from execdesk.law.refusal import Refusal
from execdesk.reads.caselist import rows_for
from execdesk.reads.caserows import CaseRow
from execdesk.records.approvals import UNDER_WAY, Decision, Request, RequestState
from execdesk.records.cases import Assignment, Case
from execdesk.records.papers import UNFINISHED, Document, DocumentState
from execdesk.records.people import Person
from execdesk.store.clock import COURT_TIME

DECIDED_DAYS = 30
DECIDED_KINDS = ("approve", "return", "sign_issue", "comment", "refer")


@dataclass(frozen=True)
class InboxRow:
    """One request in the list at the left. ``group``: mine | others | done | drafts; ``tone`` of its chip."""

    id: str
    title: str
    case: str
    applicant: str
    submitted_on: date | None
    state: str
    group: str
    chip: str
    tone: str
    days_left: int | None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class PaperRow:
    """A document that waits for a signature or the seal."""

    id: str
    title: str
    number: str
    case: str
    state: str
    waits_for: str
    mine: bool


@dataclass(frozen=True)
class Inbox:
    """Everything in the left list."""

    mine: tuple[InboxRow, ...]
    others: tuple[InboxRow, ...]
    done: tuple[InboxRow, ...]
    to_cosign: tuple[PaperRow, ...]
    to_seal: tuple[PaperRow, ...]

    @property
    def waiting(self) -> int:
        """How much waits for this person: the number on the tab."""
        return len(self.mine) + len([p for p in (*self.to_cosign, *self.to_seal) if p.mine])


def inbox(session: Session) -> Inbox:
    """What waits for the person signed in, what waits for others, what was decided in the last thirty days."""
    requests = list(Request.select().where(Request.state.in_(UNDER_WAY), Request.struck.is_null()))
    cases = {c.id: c for c in _some(Case, {r.case for r in requests})}
    rows = pressing_rows(session, cases)
    own = _own_cases(session)
    mine, others = [], []
    for request in requests:
        standing = standing_of(session, request, cases[request.case])
        if request.state == RequestState.APPROVED and not standing.signs:
            continue
        row = inbox_row(session, request, rows[request.case], standing)
        if row.group == "mine":
            mine.append(row)
        elif _sees_all(session) or request.applicant == session.me.id or request.case in own:
            others.append(row)
    order = lambda r: (r.days_left if r.days_left is not None else 99999, r.case)  # noqa: E731
    return Inbox(tuple(sorted(mine, key=order)), tuple(sorted(others, key=order)), _done(session, own), *_papers(session))


def pressing_rows(session: Session, cases: Iterable[str]) -> dict[str, CaseRow]:
    """Rows of cases whose nearest day may press a decision; a late notice presses none."""
    return rows_for(session, cases, without=("execution_notice",))


def _own_cases(session: Session) -> set[str]:
    query: Any = Assignment.select(Assignment.case).where(
        Assignment.person == session.me.id, Assignment.struck.is_null(),
        Assignment.ends_on.is_null() | (Assignment.ends_on >= session.day),
    ).tuples()
    return {case for (case,) in query}


def _sees_all(session: Session) -> bool:
    posts = session.organisation.posts
    return any("read_all" in posts[p.post].may for p in posts_on(session.me.id, session.day) if p.post in posts)


def inbox_row(session: Session, request: Request, case: CaseRow, standing: Standing) -> InboxRow:
    mine = bool({"approve", "sign", "panel_designate"} & standing.offered)
    if mine:
        chip, tone = _due_chip(case)
        if "panel_designate" in standing.offered:
            chip, tone = "指定合议庭", "navy"
        elif standing.signs:
            chip, tone = "待签发", "navy"
    else:
        chip, tone = f"待{_whom(session, standing)}", ""
    return InboxRow(
        request.id, request.title, case.number, Person.get_by_id(request.applicant).name, _day(request.submitted_at), request.state,
        "mine" if mine else "others", chip, tone, case.days_left, None if mine else standing.refusal,
    )


def _whom(session: Session, standing: Standing) -> str:
    if standing.signs:
        return "院长签发" if standing.ruling.statute_signer == "president" else "签发"
    level = standing.level
    if level.rank == 1:
        return "承办法官"
    return session.authority.data.posts.get(level.posts[0], level.name) if level.posts else level.name


def _due_chip(case: CaseRow) -> tuple[str, str]:
    left = case.days_left
    if left is None:
        return "", ""
    if left < 0:
        return f"超期 {-left} 天", "late"
    if left == 0:
        return "今天满限", "soon"
    return ("明天满限" if left == 1 else f"剩 {left} 天"), "soon" if case.near else ""


def _done(session: Session, own: set[str]) -> tuple[InboxRow, ...]:
    since = session.day - timedelta(days=DECIDED_DAYS)
    query = Decision.select().where(Decision.on >= since, Decision.kind.in_(DECIDED_KINDS), Decision.struck.is_null())
    if not _sees_all(session):
        query = query.where(Decision.person == session.me.id)
    decisions = list(query.order_by(Decision.at.desc(), Decision.id.desc()))
    requests = {r.id: r for r in _some(Request, {d.request for d in decisions})}
    numbers = {c.id: c.number for c in _some(Case, {r.case for r in requests.values()})}
    names = {p.id: p.name for p in Person.select(Person.id, Person.name)}
    found: dict[str, InboxRow] = {}
    for decision in decisions:
        request = requests[decision.request]
        if request.id in found or request.state == RequestState.SUBMITTED:
            continue
        found[request.id] = InboxRow(
            request.id, request.title, numbers[request.case], names[request.applicant], _day(request.submitted_at), request.state, "done",
            f"{decision.on:%m-%d} {KIND_WORDS[decision.kind]}", "plain", None,
        )
    return tuple(found.values())


def _some(model: Any, ids: set[str], at_once: int = 500) -> list[Any]:
    """Rows by id, some hundreds in one query."""
    wanted = sorted(ids)
    return [row for first in range(0, len(wanted), at_once) for row in model.select().where(model.id.in_(wanted[first:first + at_once]))]


def _papers(session: Session) -> tuple[tuple[PaperRow, ...], tuple[PaperRow, ...]]:
    keeper = any("seal" in session.organisation.posts[p.post].may for p in posts_on(session.me.id, session.day) if p.post in session.organisation.posts)
    cosign, seal = [], []
    for document in Document.select().where(Document.state.in_(UNFINISHED), Document.struck.is_null()).order_by(Document.id):
        number = Case.get_by_id(document.case).number
        if document.state == DocumentState.TO_SEAL:
            seal.append(PaperRow(document.id, document.title, document.number or "", number, document.state, document.state_words, keeper))
            continue
        signed = signed_fields(session, document)
        block = frozen(document).signature
        waiting = [s for s in (*block.signatories, *block.invisible) if s.field not in signed]
        mine = any(s.person == session.me.id for s in waiting)
        cosign.append(PaperRow(document.id, document.title, document.number or "", number, document.state, "待" + "、".join(s.name for s in waiting), mine))
    return tuple(c for c in cosign if c.mine or _sees_all(session)), tuple(s for s in seal if s.mine)


def _day(at: datetime | None) -> date | None:
    return at.astimezone(COURT_TIME).date() if at else None
