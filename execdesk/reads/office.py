"""The reads of the approval and team tabs, the import page, administration and diagnostics."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from execdesk.access.choices import judges_free
from execdesk.access.door import Door
from execdesk.reads import admin, approvals, clauses, importruns, imports, requestpage, teams


class OfficeReads(Door):
    """Reads beside those of the case tab; each hands back frozen rows."""

    ONE_LOOK = True

    def inbox(self) -> approvals.Inbox:
        """What waits for the person signed in, for others, what was decided."""
        return approvals.inbox(self.session)

    def request_page(self, request: str) -> requestpage.RequestPage:
        """One request, whole."""
        return requestpage.request_page(self.session, request)

    def draft_pages(self, document: str) -> bytes:
        """The pages of a document, kept or draft."""
        return requestpage.draft_pages(self.session, document)

    def letters(self, numbers: tuple[str, ...]) -> tuple[requestpage.LetterView, ...]:
        """Letters of authority by number."""
        return requestpage.letters(self.session, numbers)

    def judges_for_panel(self) -> tuple[tuple[str, str], ...]:
        """Who may sit on a panel today."""
        return requestpage.judges_for_panel(self.session)

    def clause_text(self, topic: str) -> clauses.ClauseText:
        """The clause behind a screen."""
        return clauses.clause_text(self.session, topic)

    def team_day(self, day: date) -> teams.TeamDay:
        """The team tab on a day."""
        return teams.team_day(self.session, day)

    def judges_free(self, day: date) -> tuple[tuple[str, str], ...]:
        """Judges who lead no team on a day."""
        return judges_free(self.session, day)

    def import_session(self, path: Path) -> imports.ImportSession:
        """Begin an import of a file."""
        return imports.begin(self.session, path)

    def reopen_import(self, run: str) -> imports.ImportSession:
        """Decide what waits from an earlier import."""
        return imports.reopen(self.session, run)

    def importing_refused(self) -> str:
        """Why the person signed in may not import; empty where he may."""
        return importruns.importing_refused(self.session)

    def import_runs(self) -> tuple[importruns.RunRow, ...]:
        """Earlier imports."""
        return importruns.runs(self.session)

    def tray(self) -> tuple[importruns.WaitingRow, ...]:
        """Rows that wait for a decision."""
        return importruns.tray(self.session)

    def admin_sections(self) -> tuple[admin.Section, ...]:
        """People, posts, letters, certificates."""
        return admin.sections(self.session)
