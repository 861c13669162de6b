"""到期: every live control measure at once, for the line that shows them all; made for thousands on one screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.access.session import Session
from execdesk.casefile.settings import bureau_settings
from execdesk.reads.listing import ALL, ListWanted, ViewCount, list_counts, list_page
from execdesk.reads.lists.measures import MEASURES, ExpiryRow
from execdesk.records.court import Group


@dataclass(frozen=True)
class Expiry:
    """All live measures, the nearest end first, those without a known end last; ``soon_days`` is when one counts as near; ``groups`` in their
    order; ``counts`` how many each part of the list holds."""

    rows: tuple[ExpiryRow, ...]
    soon_days: int
    day: date
    groups: tuple[str, ...] = ()
    counts: tuple[ViewCount, ...] = ()


def expiry(session: Session, known_on: date | None = None) -> Expiry:
    """All live measures as the board has them: each with its end, its case and the judge in charge today. What has no term by law is not
    here: it does not end."""
    rows = list_page(session, ListWanted(MEASURES.name, known_on=known_on), count=ALL, totals=False).rows
    groups = tuple(group.name for group in Group.select().where(Group.struck.is_null()).order_by(Group.id))
    return Expiry(rows, bureau_settings(session.resources).control_days, known_on or session.day, groups, list_counts(session, MEASURES.name, known_on))
