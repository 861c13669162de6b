"""The reads of the tools: law data and its corrections, adoption of documents, expiry of measures, diagnostics."""

from __future__ import annotations

from execdesk.access.door import Door
from execdesk.law.values import Sheet
from execdesk.reads import adoption, health, lawdata, measures


class CourtReads(Door):
    """Reads beside those of cases and approvals; each hands back frozen rows."""

    ONE_LOOK = True

    def law_desk(self) -> lawdata.LawDesk:
        """The law as it stands here, with corrections."""
        return lawdata.law_desk(self.session)

    def adoption_desk(self) -> adoption.AdoptionDesk:
        """Document types and where their adoption stands."""
        return adoption.adoption_desk(self.session)

    def adoption_sheet(self, type_id: str) -> Sheet:
        """What the court adopts with a type, to print."""
        return adoption.adoption_sheet(self.session, type_id)

    def expiry(self) -> measures.Expiry:
        """Every live measure by its end."""
        return measures.expiry(self.session)

    def health(self) -> health.Health:
        """How the store stands: versions, checks, backups, incidents."""
        return health.health(self.session)
