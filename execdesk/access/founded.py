"""The organisation of a court as it was founded: its own name, desks, groups and towns in the place of those that the data files put forward."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from execdesk.access.organisation_data import AreaData, CourtData, GroupData, Organisation, SiteData
from execdesk.records.court import COURT_DETAILS, Area, Court, Group, Site
from execdesk.store.store import Store, on_store

FOUNDED = "本院设立时登记"


@on_store
def organisation_of(store: Store, shipped: Organisation) -> Organisation:
    """What the rows of line 1 tell, with the posts, staffings and words of ``shipped``; ``shipped`` itself where there is no court yet."""
    court = Court.select().first()
    if court is None:
        return shipped
    groups = {row.id: row for row in Group.select().where(Group.struck.is_null()).order_by(Group.id)}
    areas = Area.select().where(Area.struck.is_null()).order_by(Area.id)
    sites = Site.select().where(Site.struck.is_null()).order_by(Site.id)
    return replace(
        shipped,
        court=_court(court, shipped.court),
        sites={row.code: SiteData(row.code, row.name) for row in sites},
        groups={row.code: _group(row, shipped) for row in groups.values()},
        areas=tuple(_area(row, groups) for row in areas),
    )


def _court(row: Court, shipped: CourtData) -> CourtData:
    told: dict[str, Any] = {name: getattr(row, name) or "" for name in COURT_DETAILS}
    return replace(
        shipped,
        name=row.name,
        code=row.code,
        upper=row.upper,
        short=row.short or shipped.short,
        letters=row.letters or shipped.letters,
        **told,
    )


def _group(row: Group, shipped: Organisation) -> GroupData:
    known = shipped.groups.get(row.code)
    source = known.source if known is not None and known.name == row.name else FOUNDED
    return GroupData(row.code, row.name, row.seat, row.site, row.starts_on, row.ends_on, source)


def _area(row: Area, groups: dict[str, Group]) -> AreaData:
    group = groups[row.group].code if row.group in groups else None
    return AreaData(row.code, row.name, tuple(row.names), row.kind, group, row.near)
