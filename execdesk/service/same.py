"""That one service is recorded once, whoever records it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby
from typing import Any

from execdesk.records.papers import Document, Service
from execdesk.store import rows
from execdesk.store.invariants import Broken, invariant


@invariant("service.repeat", Service)
def one_service(_session: object, written: frozenset[str] | None) -> Iterator[Broken]:
    """The services of one paper on one person on one day."""
    found = sorted(_services(written), key=lambda row: (*_same(row), row.id))
    for _key, group in groupby(found, key=_same):
        for one, other in combinations(group, 2):
            paper = Document.get_by_id(one.document)
            text = f"{one.served_on} 向{one.recipient}送达《{paper.title}》已经登记过，同一次送达只登记一次；确有另一次送达的，请核对受送达人和日期。"
            yield Broken((one.id, other.id), text, paper.case)


def _same(row: Service) -> tuple[Any, ...]:
    return (row.document, row.recipient, row.served_on)


def _services(written: frozenset[str] | None) -> Iterator[Service]:
    query = Service.select().where(Service.struck.is_null())
    if written is None:
        yield from query
        return
    seen: dict[str, Service] = {}
    for some in rows.batches(sorted(written)):
        papers: Any = Service.select(Service.document).where(Service.id.in_(some))
        seen |= {row.id: row for row in query.where(Service.document.in_(papers))}
    yield from seen.values()
