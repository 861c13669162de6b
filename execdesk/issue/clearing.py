"""A restored store issues again once 局长 has entered the last number that stands on paper in every series (architecture §4)."""

from __future__ import annotations

from execdesk.access.session import Session
from execdesk.documents.texts import Series
from execdesk.records.court import Site


def series_asked(session: Session) -> dict[str, Series]:
    """The series numbered at this desk today, by id."""
    day = session.day
    found: dict[str, Series] = {}
    for kind in session.catalogue.types:
        series = session.catalogue.series(kind.id, day)
        if series is not None and series.form != "none" and (not series.desk or series.desk == session.store.site):
            found.setdefault(series.id, series)
    return found


def other_sites(session: Session) -> list[str]:
    """Other desks of the court that have written lines known here."""
    chains = {chain.partition(".")[0] for chain in session.store.ends()}
    return [site.name for site in Site.select().where(Site.struck.is_null()) if site.code in chains and site.code != session.store.site]
