"""Rows for screens and commands: one query makes small frozen rows; nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.access.sitting import Sitting
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
