"""Rows for screens and commands: one query makes small frozen rows; nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from execdesk.access.forms import Begun, FormContext, FormShown, begun_by_form, form_of
from execdesk.access.forms import FormField as FormField
from execdesk.access.session import Session
from execdesk.approval.offering import next_steps
from execdesk.approval.who import Who, who_decides
from execdesk.casefile.lookup import case_of
from execdesk.casefile.registration import Finding, check_registration
from execdesk.casefile.steps import Step as Step
from execdesk.casefile.view import CaseView
from execdesk.reads import caselist, choices, papers
from execdesk.reads.caselist import Counts, ListFilter, ListPage
from execdesk.reads.caserows import CaseRow
from execdesk.reads.cases import CasePage, case_page, page_of
from execdesk.reads.choices import StoreFacts
from execdesk.reads.court import CourtReads
from execdesk.reads.drafting import DraftShown, Paper, draft_shown, papers_of
from execdesk.reads.finding import Found, find
from execdesk.reads.office import OfficeReads
from execdesk.reads.standing import PersonShown, person_shown


@dataclass(frozen=True)
class Reads(OfficeReads, CourtReads):
    """The reads of one session; each page of the window takes what it needs."""

    session: Session

    def cases(self, wanted: ListFilter | None = None) -> tuple[CaseRow, ...]:
        """All cases of a list, by nearest deadline."""
        return caselist.page(self.session, wanted or ListFilter("all"), count=caselist.ALL, totals=False).rows

    def case(self, number: str) -> CasePage:
        """One case with everything on its page."""
        return case_page(self.session, number)

    def account_of(self, name: str) -> str:
        """The account of a person by name."""
        return papers.account_of(name)

    def documents_of(self, request: str) -> list[str]:
        """Row ids of a request's documents."""
        return papers.documents_of(request)

    def waiting_for_seal(self) -> list[str]:
        """Row ids of documents waiting for the seal."""
        return papers.waiting_for_seal()

    def pages(self, document: str) -> bytes | None:
        """The kept pages of a document."""
        return papers.pages(document)

    def approval_sheet(self, request: str) -> bytes:
        """The approval sheet of a request as PDF."""
        return papers.sheet(self.session, request)

    def case_list(self, wanted: ListFilter, sort: str = "due", descending: bool = False, first: int = 0, count: int = 200, totals: bool = True) -> ListPage:
        """One page of a case list in an order, with totals where wanted."""
        return caselist.page(self.session, wanted, sort, descending, first, count, totals)

    def case_place(self, wanted: ListFilter, sort: str, descending: bool, case: str) -> int:
        """Where in a case list a case stands, by row id or number; -1 where it does not."""
        return caselist.place(self.session, wanted, sort, descending, case)

    def case_counts(self, group: str = "", judge: str = "", known_on: date | None = None) -> Counts:
        """Counts for the side list."""
        return caselist.counts(self.session, group, judge, known_on)

    def search(self, needle: str) -> Found:
        """Cases by any part of a number, a name, initials, a plate, an account."""
        return find(self.session, needle)

    def case_and_steps(self, number: str) -> tuple[CasePage, tuple[Step, ...]]:
        """One case with everything on its page, and what can be done in it: over the same rows."""
        view = CaseView.of(self.session, number)
        return page_of(view), next_steps(view)

    def next_steps(self, number: str) -> tuple[Step, ...]:
        """What can be done in a case, and who approves it."""
        return next_steps(CaseView.of(self.session, number))

    def begun_by_form(self) -> tuple[Begun, ...]:
        """The actions that are begun by filling a form."""
        return begun_by_form()

    def form(self, action: str, **about: Any) -> FormShown:
        """The form of an action as it stands; ``about`` are parts of :class:`FormContext`: case, target, given, told, on."""
        return form_of(action, FormContext(self.session, **about))

    def who_decides(self, number: str, matter: str, target: str = "") -> Who:
        """Who decides a matter of a case today."""
        return who_decides(self.session, case_of(number), matter, target=target)

    def draft(self, document: str, inputs: Mapping[str, Any] | None = None, on: date | None = None) -> DraftShown:
        """A draft as it would read on a day, with unsaved inputs."""
        return draft_shown(self.session, document, inputs, on)

    def papers_of(self, request: str) -> tuple[Paper, ...]:
        """The documents of a submission."""
        return papers_of(request)

    def person(self) -> PersonShown:
        """Who is signed in."""
        return person_shown(self.session)

    def store_facts(self) -> StoreFacts:
        """What the status bar says."""
        return choices.store_facts(self.session)

    def registration(self, values: Mapping[str, Any]) -> list[Finding]:
        """What is to be said of a half-filled registration, field by field."""
        return check_registration(self.session, values)

    def copy(self, document: str, kind: str) -> bytes:
        """The pages of one kind of copy."""
        return papers.copy(self.session, document, kind)

    def verdict(self, document: str) -> tuple[bool, str]:
        """Whether signatures and seal hold, in words."""
        return papers.verdict(self.session, document)

    def receipt_form(self, documents: list[str], recipient: str) -> bytes:
        """A 送达回证 as PDF."""
        return papers.receipt_form(self.session, documents, recipient)
