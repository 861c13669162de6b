"""What lies with whom, worked out from the records one by one, without the board: what the lists of approvals are held against."""

from __future__ import annotations

from datetime import timedelta

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.approval.permitted import standing_of
from execdesk.casefile.lookup import assigned
from execdesk.drafting.drafts import frozen
from execdesk.issue.keeping import signed_fields, signers
from execdesk.reads.approvals import inbox_row, pressing_rows
from execdesk.reads.lists.decided import DECIDED_DAYS, DECIDED_KINDS
from execdesk.reads.lists.requests import InboxRow, sees_all
from execdesk.records.approvals import UNDER_WAY, Decision, Request
from execdesk.records.cases import Assignment, Case
from execdesk.records.papers import UNFINISHED, Document, DocumentState


def requests(session: Session) -> list[InboxRow]:
    """What waits that the person may see, the nearest day first."""
    own = {
        row.case for row in Assignment.select().where(Assignment.person == session.me.id, Assignment.struck.is_null())
        if row.ends_on is None or row.ends_on >= session.day
    }
    found = []
    for request in Request.select().where(Request.state.in_(UNDER_WAY), Request.struck.is_null()):
        case = Case.get_by_id(request.case)
        standing = standing_of(session, request, case)
        if request.state != "approved" or standing.signs:
            row = inbox_row(session, request, pressing_rows(session, [case.id])[case.id], standing)
            if row.group == "mine" or sees_all(session) or request.applicant == session.me.id or request.case in own:
                found.append((row.days_left is None, row.days_left, case.year, case.sequence, row.id, row))
    return [row for *_, row in sorted(found, key=lambda each: each[:-1])]


def papers(session: Session) -> dict[str, list[str]]:
    """Row ids of the papers that want a hand, by view."""
    found: dict[str, list[str]] = {"cosign": [], "seal": [], "others": []}
    for paper in Document.select().where(Document.state.in_(UNFINISHED), Document.struck.is_null()).order_by(Document.id):
        if paper.state == DocumentState.TO_SEAL:
            found["seal"] += [paper.id] if "seal" in duties(session) else []
            continue
        signed = signed_fields(session, paper)
        mine = any(each.person == session.me.id for each in signers(frozen(paper)) if each.field not in signed)
        if mine or sees_all(session):
            found["cosign" if mine else "others"].append(paper.id)
    return found


def finishing(session: Session) -> list[str]:
    """Row ids of what is approved and waits for the person: to be signed, drawn again, or ended, by the papers and persons of each."""
    found = []
    for request in Request.select().where(Request.state == "approved", Request.struck.is_null()).order_by(Request.id):
        case = Case.get_by_id(request.case)
        papers = list(Document.select().where(Document.request == request.id, Document.struck.is_null()))
        waiting = [paper for paper in papers if paper.state == DocumentState.SUBMITTED]
        judge = assigned(case.id, "judge", session.day)
        if waiting:
            mine = signers(frozen(waiting[0]))[0].person == session.me.id
        else:
            mine = session.me.id in {request.applicant, judge.id if judge else ""} and all(paper.state == DocumentState.VOID for paper in papers)
        if mine and not standing_of(session, request, case).signs:
            found.append(request.id)
    return found


def decided(session: Session) -> list[str]:
    """Row ids of the matters decided in the last days, the latest word first."""
    since, found = session.day - timedelta(days=DECIDED_DAYS), dict[str, None]()
    for word in Decision.select().where(Decision.struck.is_null()).order_by(Decision.at.desc(), Decision.id.desc()):
        request = Request.get_by_id(word.request)
        if word.on >= since and word.kind in DECIDED_KINDS and request.state != "submitted" and (sees_all(session) or word.person == session.me.id):
            found.setdefault(request.id)
    return list(found)
