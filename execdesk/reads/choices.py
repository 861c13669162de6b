"""What the status bar says of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.access.session import Session
from execdesk.store.clock import COURT_TIME


@dataclass(frozen=True)
class StoreFacts:
    """``site`` in words; ``demo_day`` the day of a demonstration store; ``fault`` a sentence where the store is closed."""

    site: str
    demo_day: date | None
    ages: tuple[str, ...]
    fault: str


def store_facts(session: Session) -> StoreFacts:
    """Where this desk is, its day, how old the other desk's data are."""
    own = session.store.site
    ages = []
    for chain, head in session.store.ends().items():
        site = chain.partition(".")[0]
        if site != own and head.at is not None:
            at = head.at.astimezone(COURT_TIME)
            days = (session.day - at.date()).days
            ages.append(f"{site} 数据截至 {at:%Y-%m-%d %H:%M}（{'今天' if days <= 0 else f'{days} 天前'}）")
    fault = f"留痕链有缺损：{session.store.closed_reason}" if session.store.closed_reason else ""
    return StoreFacts(session.site_name, session.day if session.demo else None, tuple(ages), fault)
