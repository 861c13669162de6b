"""The approval inbox of the person signed in: what waits for him, for others, what was decided, what to sign or seal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.approval.paper import awaits, confirm_until, overdue, papers_under, waiting_papers
from execdesk.approval.permitted import Standing
from execdesk.reads.boarding import board_of
from execdesk.reads.caselist import rows_for
from execdesk.reads.caserows import CaseRow
from execdesk.reads.consenting import consents
from execdesk.reads.consents import Consent as Consent
from execdesk.reads.finishing import to_finish
from execdesk.reads.listing import ListWanted, list_counts
from execdesk.reads.lists.decided import DECIDED, DECIDED_DAYS
from execdesk.reads.lists.papers import PAPERS, PaperRow
from execdesk.reads.lists.requests import PRESSES_NONE, REQUESTS, InboxRow, chip_of
from execdesk.records.approvals import TO_CHANGE, Request
from execdesk.records.cases import Case
from execdesk.records.people import Person
from execdesk.store.clock import COURT_TIME

__all__ = ["Consent", "InboxRow", "PaperRow"]

CONFIRM = "confirm"  # the group of approvals on paper
DRAFT = "draft"  # the group of what its drafter has yet to put forward


@dataclass(frozen=True)
class InboxPart:
    """One part of the left list under its heading: the views of lists that follow each other in it, each with how many it holds, or the few ``rows`` themselves."""

    title: str
    aside: str
    of: tuple[tuple[ListWanted, int], ...]
    mine: bool = False
    always: bool = False  # its heading stands there without a row too
    rows: tuple[InboxRow, ...] = ()

    @property
    def number(self) -> int:
        """How many rows stand under the heading."""
        return sum(number for _, number in self.of) + len(self.rows)


@dataclass(frozen=True)
class Inbox:
    """What the left list holds: first what waits for a consent by one key, then the parts. ``percent`` how far the board is made anew,
    ``None`` where it is whole."""

    parts: tuple[InboxPart, ...]
    percent: int | None = None
    consents: tuple[Consent, ...] = ()

    @property
    def waiting(self) -> int:
        """How much waits for this person: the number on the tab."""
        return len(self.consents) + sum(part.number for part in self.parts if part.mine)

    @property
    def to_confirm(self) -> tuple[InboxRow, ...]:
        """The approvals on paper that await this person's word."""
        return tuple(row for part in self.parts for row in part.rows if row.group == CONFIRM)

    @property
    def with_others(self) -> int:
        """How much waits for others."""
        return sum(number for part in self.parts for wanted, number in part.of if wanted.view == "others")


def inbox(session: Session) -> Inbox:
    """How much waits for the person signed in and for others, and was decided in the last days; the rows are read from the lists named."""
    counts = {(name, count.view): count.number for name in (REQUESTS.name, PAPERS.name, DECIDED.name) for count in list_counts(session, name)}

    def part(title: str, aside: str, *views: tuple[str, str], mine: bool = False, always: bool = False) -> InboxPart:
        return InboxPart(title, aside, tuple((ListWanted(*view), counts[view]) for view in views), mine, always)

    return Inbox((
        part("待我决定", "按到期先后", (REQUESTS.name, "mine"), mine=True, always=True),
        InboxPart("待我确认的纸面批准", "凭纸批", (), mine=True, rows=_to_confirm(session)),
        part("待我会签", "", (PAPERS.name, "cosign"), mine=True), part("待盖章", "按签发先后", (PAPERS.name, "seal"), mine=True),
        InboxPart("待我办理", "已经批准", (), mine=True, rows=to_finish(session)),
        InboxPart("我的草稿", "还没有提交，或者被退回", (), rows=_drafts(session)),
        part("待他人决定", "", (REQUESTS.name, "others"), (PAPERS.name, "others")), part("已决定", f"近 {DECIDED_DAYS} 日", (DECIDED.name, "all")),
    ), board_of(session).percent(), consents(session))


def _drafts(session: Session) -> tuple[InboxRow, ...]:
    """What the person signed in has begun, or got back, and has neither put forward nor given up; the latest first."""
    found = Request.select().where(Request.applicant == session.me.id, Request.state.in_(TO_CHANGE), Request.struck.is_null()).order_by(Request.id.desc())
    cases = {one.id: one.number for one in Case.select().where(Case.id.in_({row.case for row in found}))}
    name = session.me.name
    return tuple(InboxRow(row.id, row.title, cases[row.case], name, None, row.state, DRAFT, row.state_words, "", None) for row in found)


def _to_confirm(session: Session) -> tuple[InboxRow, ...]:
    """The approvals on paper that await the person signed in, the oldest first."""
    ratifies, found = "ratify" in duties(session), []
    for paper in waiting_papers(session):
        if awaits(session, paper, session.me.id, ratifies):
            request, issued = Request.get_by_id(paper.request), len(papers_under(paper))
            left, late = (confirm_until(session, paper) - session.day).days, overdue(session, paper)
            found.append(InboxRow(
                request.id, request.title, Case.get_by_id(request.case).number, f"{Person.get_by_id(paper.entered_by).name}录入" + (f" · 已签发 {issued} 件" if issued else ""),
                paper.entered_on, request.state, CONFIRM, f"逾期 {-left} 天" if late else f"待确认 · 剩 {left} 天", "late" if late else "soon", left,
            ))
    return tuple(found)


def pressing_rows(session: Session, cases: Iterable[str]) -> dict[str, CaseRow]:
    """Rows of cases whose nearest day may press a decision; a late notice presses none."""
    return rows_for(session, cases, without=(PRESSES_NONE,))


def inbox_row(session: Session, request: Request, case: CaseRow, standing: Standing) -> InboxRow:
    """One matter as the list shows it, asked of its record."""
    mine = bool({"approve", "sign", "panel_designate"} & standing.offered)
    chip, tone = chip_of(
        session, mine, "panel_designate" in standing.offered, standing.signs, standing.level, case.days_left, case.near,
    )
    submitted = request.submitted_at.astimezone(COURT_TIME).date() if request.submitted_at else None
    name = Person.get_by_id(request.applicant).name
    return InboxRow(request.id, request.title, case.number, name, submitted, request.state, "mine" if mine else "others", chip, tone, case.days_left)
