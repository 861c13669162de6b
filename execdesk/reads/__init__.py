"""Rows for screens and commands: one query makes small frozen rows; nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.access.sitting import Sitting
from execdesk.reads import papers
from execdesk.reads.cases import CasePage, CaseRow, Filter, case_page, list_cases


@dataclass(frozen=True)
class Reads:
    """The reads of one sitting; each page of the window takes what it needs."""

    sitting: Sitting

    def cases(self, wanted: Filter | None = None) -> list[CaseRow]:
        """Cases for a list, by nearest deadline."""
        return list_cases(self.sitting, wanted)

    def case(self, number: str) -> CasePage:
        """One case with everything on its page."""
        return case_page(self.sitting, number)

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
        return papers.sheet(self.sitting, request)
