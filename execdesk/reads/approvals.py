"""The approval inbox of the person signed in: what waits for him, for others, what was decided, what to sign or seal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from execdesk.access.session import Session
from execdesk.approval.permitted import Standing
from execdesk.reads.boarding import board_of
from execdesk.reads.caselist import rows_for
from execdesk.reads.caserows import CaseRow
from execdesk.reads.listing import ListWanted, list_counts
from execdesk.reads.lists.decided import DECIDED, DECIDED_DAYS
from execdesk.reads.lists.papers import PAPERS, PaperRow
from execdesk.reads.lists.requests import PRESSES_NONE, REQUESTS, InboxRow, chip_of
from execdesk.records.approvals import Request
from execdesk.records.people import Person
from execdesk.store.clock import COURT_TIME

__all__ = ["InboxRow", "PaperRow"]


@dataclass(frozen=True)
class InboxPart:
    """One part of the left list under its heading: the views of lists that follow each other in it, each with how many it holds."""

    title: str
    aside: str
    of: tuple[tuple[ListWanted, int], ...]
    mine: bool = False
    always: bool = False  # its heading stands there without a row too

    @property
    def number(self) -> int:
        """How many rows stand under the heading."""
        return sum(number for _, number in self.of)


@dataclass(frozen=True)
class Inbox:
    """What the left list holds; ``percent`` how far the board is made anew, ``None`` where it is whole."""

    parts: tuple[InboxPart, ...]
    percent: int | None = None

    @property
    def waiting(self) -> int:
        """How much waits for this person: the number on the tab."""
        return sum(part.number for part in self.parts if part.mine)

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
        part("待我会签", "", (PAPERS.name, "cosign"), mine=True), part("待盖章", "按签发先后", (PAPERS.name, "seal"), mine=True),
        part("待他人决定", "", (REQUESTS.name, "others"), (PAPERS.name, "others")), part("已决定", f"近 {DECIDED_DAYS} 日", (DECIDED.name, "all")),
    ), board_of(session).percent())


def pressing_rows(session: Session, cases: Iterable[str]) -> dict[str, CaseRow]:
    """Rows of cases whose nearest day may press a decision; a late notice presses none."""
    return rows_for(session, cases, without=(PRESSES_NONE,))


def inbox_row(session: Session, request: Request, case: CaseRow, standing: Standing) -> InboxRow:
    """One matter as the list shows it, asked of its record."""
    mine = bool({"approve", "sign", "panel_designate"} & standing.offered)
    chip, tone = chip_of(
        session, mine, "panel_designate" in standing.offered, standing.signs, standing.ruling.statute_signer or "", standing.level, case.days_left, case.near,
    )
    submitted = request.submitted_at.astimezone(COURT_TIME).date() if request.submitted_at else None
    name = Person.get_by_id(request.applicant).name
    return InboxRow(request.id, request.title, case.number, name, submitted, request.state, "mine" if mine else "others", chip, tone, case.days_left)
