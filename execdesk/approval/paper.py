"""凭纸批: a request approved by hand on a printed sheet. What ties the sheet to it, who signed, who may enter it, whose word is awaited.

An approval entered from paper is provisional until its approver has confirmed it at a desk. Source: 本院约定 (审批不因院长、局长不在机前而停).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from execdesk.access.session import Session, holders_of, posts_on
from execdesk.approval.requests import documents_of
from execdesk.approval.standing import KnownByWriter, person_facts, put_forward_by, request_facts, ruling_for
from execdesk.casefile.lookup import parties_of
from execdesk.integrity.incidents import UNCONFIRMED, DerivedIncident, record_once
from execdesk.law.authority import Ruling
from execdesk.law.days import add_days
from execdesk.law.permission import Permission, PersonFacts, RequestFacts, may_decide, may_sign
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.words import parse_amount, parse_day
from execdesk.records.approvals import ENTERERS, MAY_STAND, PaperApproval, PaperState, Request
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.incidents import Incident
from execdesk.records.measures import Measure
from execdesk.records.people import Person

CONFIRM_WITHIN = "paper.confirm_within"
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that a reader takes for another
_GROUPS, _GROUP = 3, 4
AWAITED = "（凭纸批，待确认）"  # said beside whatever rests on an approval that is provisional


def code_of(request: Request) -> str:
    """The code on the sheet of a request: it changes with whatever is put forward, so that no sheet serves another content."""
    number = int.from_bytes(hashlib.sha256(f"{request.id}\n{request.content_hash}".encode()).digest()[:8], "big")
    signs = "".join(_SIGNS[number >> 5 * place & 31] for place in range(_GROUPS * _GROUP))
    return "-".join(signs[first:first + _GROUP] for first in range(0, len(signs), _GROUP))


def plain_code(text: str) -> str:
    """A code as it is compared: without hyphens and blanks, in capitals."""
    return re.sub(r"[\s\-－—]", "", text).upper()


def sheet_of(request: Request) -> PaperApproval | None:
    """The sheet printed of the content as it stands, not yet used."""
    found: PaperApproval | None = PaperApproval.get_or_none(
        PaperApproval.request == request.id, PaperApproval.content_hash == request.content_hash, PaperApproval.state == PaperState.PRINTED,
        PaperApproval.struck.is_null(),
    )
    return found


def provisional_of(request: Request) -> PaperApproval | None:
    """The approval on paper on which the content as it stands was approved and that nobody has confirmed yet."""
    found: PaperApproval | None = PaperApproval.get_or_none(
        PaperApproval.request == request.id, PaperApproval.content_hash == request.content_hash, PaperApproval.state == PaperState.ENTERED,
        PaperApproval.struck.is_null(),
    )
    return found


def provisional_among(requests: Iterable[str]) -> set[str]:
    """Of some requests, those whose content as it stands was approved on paper and is not confirmed yet."""
    papers = PaperApproval.select(PaperApproval.request).join(Request, on=(PaperApproval.request == Request.id)).where(
        PaperApproval.request.in_(sorted(requests)), PaperApproval.state == PaperState.ENTERED, PaperApproval.struck.is_null(),
        PaperApproval.content_hash == Request.content_hash,
    )
    return {row.request for row in papers}


def standing_words(request: Request) -> str:
    """The state of a request in words; an approval that is provisional is said to be so."""
    provisional = request.state in MAY_STAND and provisional_of(request) is not None
    return f"{request.state_words}{AWAITED}" if provisional else str(request.state_words)


# -- what a sheet is about -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """What a request names: party, matter, amount in fen (``None`` where it names none), and the latest day of the facts it states."""

    parties: frozenset[str]
    matter: str
    amount: int | None
    since: date

    @property
    def party_words(self) -> str:
        """The parties in words."""
        return "、".join(sorted(self.parties))


def named_in(session: Session, request: Request, case: Case) -> Named:
    """What a request names, by its frozen papers and the rows they are about."""
    papers = documents_of(request.id)
    measures = list(Measure.select().where(Measure.id.in_([p.measure for p in papers if p.measure])))
    amounts = [sum(found) for paper in papers if (found := list(_amounts(paper.content or {})))]
    days = [day for paper in papers for day in _days(session, paper)]
    days += [day for row in measures for day in (row.ordered_on, row.effective_on) if day is not None]
    matter = ruling_for(session, request, session.day).matter
    return Named(frozenset(_parties(request, case, measures)), matter, max(amounts, default=None), max([case.filed_on, *days]))


def _parties(request: Request, case: Case, measures: Iterable[Measure]) -> Iterator[str]:
    rows = {party.id: party for party in parties_of(case.id)}
    aimed = [request.party] if request.party else [measure.party for measure in measures]
    found: list[Party] = [rows[row] for row in aimed if row in rows] or [party for party in rows.values() if party.side == "debtor"]
    return (party.name for party in found)


def _amounts(content: dict[str, Any]) -> Iterator[int]:
    for name, fact in content.get("facts", {}).items():
        if name.partition("#")[0] == "amount" and fact["value"]:
            yield parse_amount(fact["value"])


def _days(session: Session, paper: Any) -> Iterator[date]:
    """The days that a paper states of what had happened before it is signed."""
    slots = session.catalogue.text(paper.type_id, session.day).slots
    for name, fact in (paper.content or {}).get("facts", {}).items():
        slot = slots.get(name.partition("#")[0])
        if slot is not None and slot.type == "date" and "not_after_signing" in slot.checks and fact["value"] and "⟦" not in fact["value"]:
            yield parse_day(fact["value"])


# -- who ---------------------------------------------------------------------------------------------------------------------------


def require_on_paper(session: Session, ruling: Ruling) -> None:
    """Return if the matter may be approved on paper at all.

    Raises:
        Refusal: ``paper.matter``, naming the emergency path where there is one.
    """
    table = session.authority
    row = table.matter(ruling.matter)
    if row is None or not row.not_on_paper:
        return
    urgent = [v for v in table.data.variants if v.matter == row.id and (to := table.matter(v.to)) is not None and to.urgent_variant]
    way = "".join(f"{table.data.circumstances.get(v.when, v.when)}的，另按「{getattr(table.matter(v.to), 'name', v.to)}」报批，可以凭纸批。" for v in urgent)
    raise Refusal(
        f"{row.name}不能凭纸批：限制人身自由、搜查、强制迁出的事项，须由有权的人在本系统批准。{way}", code="paper.matter", clauses=ruling.clauses,
    )


def whose(request: Request, case: Case) -> set[str]:
    """Whose application it is: who filed it, and who was in charge when it was submitted."""
    rows = Assignment.select().where(Assignment.case == case.id, Assignment.role == "judge", Assignment.struck.is_null())
    return put_forward_by(request, rows)


def second_persons(session: Session, site: str, day: date, without: Collection[str]) -> list[str]:
    """Names of those at a desk on a day who could enter an approval from paper, ``without`` being the ones who are in it themselves."""
    able = [code for code, post in session.organisation.posts.items() if post.may & set(ENTERERS)]
    found = {person.id: person.name for code in able for person in holders_of(code, day, site) if person.id not in without}
    return [found[row] for row in sorted(found)]


@dataclass(frozen=True)
class Approver:
    """One who signed the sheet, with the permission he had on its day."""

    person: Person
    permission: Permission


def approvers_of(
    session: Session, request: Request, case: Case, on: date, people: Iterable[Person], known: KnownByWriter | None = None
) -> list[Approver]:
    """Those who signed on a day, in the order of the steps that had to approve then, each with his permission.

    Raises:
        Refusal: ``paper.approver`` for one who could not approve it on that day, ``paper.steps`` for too few or too many.
    """
    ruling, left = ruling_for(session, request, on), list({one.id: one for one in people}.values())
    steps = range(len(ruling.path)) if ruling.ladder else [None]
    if len(left) != len(steps):
        names = "、".join(session.authority.data.levels[step].name for step in ruling.path) if ruling.ladder else ruling.level_name
        raise Refusal(f"{on} 本事项须由{names}批准，批准人应为 {len(steps)} 人，现填 {len(left)} 人，请照纸面填写。", code="paper.steps", clauses=ruling.clauses)
    found = []
    for step in steps:
        one = _approver(session, request, case, ruling, step, left, known)
        left.remove(one.person)
        found.append(one)
    return found


def _approver(
    session: Session, request: Request, case: Case, ruling: Ruling, step: int | None, people: list[Person], known: KnownByWriter | None
) -> Approver:
    asked = request_facts(request, ruling, case, ruling.on)
    asked = asked if step is None else RequestFacts(asked.upward, asked.applicant_posts, step)
    why: Refusal | None = None
    for person in people:
        try:
            return Approver(person, may_decide(session.authority, ruling, person_facts(person, request, case, ruling.on, known), asked))
        except Refusal as refusal:
            why = why or _no_approver(session, ruling, person, refusal)
    assert why is not None
    raise why


def _no_approver(session: Session, ruling: Ruling, person: Person, why: Refusal) -> Refusal:
    """Why somebody's approval on paper does not count; where no post of his on that day is recorded here, how one is."""
    words = f"纸面批准不能算数（{ruling.on}）：{why.text.replace('您', person.name)}请核对批准人和批准日期。"
    if posts_on(person.id, ruling.on):
        return Refusal(words, code="paper.approver", clauses=why.clauses)
    return Refusal(
        f"{words}{person.name}那时确有职务的，请系统管理员照任命文件补记他当时的任职（登记任职，写明起止日），由他本人以外的院长或局长会签，再来录入。",
        code="paper.approver", clauses=why.clauses, ways=(WayOn("补记当时的任职", "post.prepare"),),
    )


def signs_too(session: Session, ruling: Ruling, facts: PersonFacts) -> bool:
    """Whether he who approved is the signer whom statute names, so that his hand on the sheet is both."""
    try:
        may_sign(session.authority, ruling, facts)
    except Refusal:
        return False
    return not facts.proposes


# -- whose word is awaited -----------------------------------------------------------------------------------------------------------


def confirm_until(session: Session, paper: PaperApproval) -> date:
    """The last day on which it is confirmed in time."""
    return add_days(paper.entered_on, int(session.law.value(CONFIRM_WITHIN, paper.entered_on).value))


def overdue(session: Session, paper: PaperApproval) -> bool:
    """Whether nobody confirmed it in time."""
    return bool(paper.state == PaperState.ENTERED and session.day > confirm_until(session, paper))


def awaits(session: Session, paper: PaperApproval, person: str, ratifies: bool) -> bool:
    """Whether a person's word is awaited: the approver's; 院长's (``ratifies``) where one alone entered it, or where it is overdue."""
    if paper.state != PaperState.ENTERED or paper.struck is not None or person == paper.entered_by:
        return False
    return (not paper.alone and person == paper.approvers[-1]) or (ratifies and (paper.alone or overdue(session, paper)))


def waiting_papers(session: Session) -> list[PaperApproval]:
    """All that are provisional, the oldest first."""
    query = PaperApproval.select().where(PaperApproval.state == PaperState.ENTERED, PaperApproval.struck.is_null())
    return list(query.order_by(PaperApproval.entered_on, PaperApproval.id))


def paper_words(paper: PaperApproval) -> str:
    """Who approved on paper, when, and who entered it."""
    names = "、".join(Person.get_by_id(row).name for row in paper.approvers)
    return f"{names}于 {paper.approved_on} 书面批准，{Person.get_by_id(paper.entered_by).name} {paper.entered_on} 录入"


def awaited_words(session: Session, paper: PaperApproval) -> str:
    """Of a provisional one: whose word is awaited until when."""
    whom = "院长" if paper.alone else Person.get_by_id(paper.approvers[-1]).name
    late = "，已逾期" if overdue(session, paper) else ""
    return f"凭纸批，暂定，待确认：{paper_words(paper)}；由{whom}在 {confirm_until(session, paper)} 以前确认{late}"


def overdue_papers(session: Session) -> list[DerivedIncident]:
    """What nobody has confirmed in time, each as an incident."""
    found = []
    for paper in waiting_papers(session):
        if overdue(session, paper):
            request = Request.get_by_id(paper.request)
            text = f"「{request.title}」{awaited_words(session, paper)}。请批准人或者院长在「审批」里确认，或者否认。"
            found.append(DerivedIncident(f"PaperApproval:{paper.id}", text, request.case))
    return found


def record_overdue(session: Session) -> list[Incident]:
    """Name what nobody confirmed in time, each once."""
    return record_once(session, UNCONFIRMED, overdue_papers(session), "纸面批准逾期未确认")


def papers_under(paper: PaperApproval) -> list[str]:
    """The papers issued under an approval on paper, with their numbers."""
    if Request.get_by_id(paper.request).content_hash != paper.content_hash:
        return []
    return [f"《{row.title}》{row.number or ''}" for row in documents_of(paper.request) if row.signed_on is not None]
