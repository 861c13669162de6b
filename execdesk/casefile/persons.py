"""Who is one person among the parties of a case: nobody stands in it twice, on one side or on both."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple, Protocol, TypeVar

from execdesk.records.cases import Party
from execdesk.store import rows
from execdesk.store.invariants import Broken, invariant

_SIDE = {"applicant": "申请执行人", "debtor": "被执行人", "third": "第三人"}


class PersonLike(Protocol):
    """A party, of the record or of a ledger's row."""

    @property
    def name(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def id_no(self) -> Any: ...


N = TypeVar("N", bound=PersonLike)


def one_person(first: PersonLike, second: PersonLike) -> bool:
    """Whether two parties are one person: by their papers' number, else by name where no two numbers tell them apart."""
    if first.id_no and second.id_no:
        return bool(first.id_no == second.id_no)
    return first.name == second.name


def twice(parties: Iterable[N]) -> Iterator[tuple[N, N, str]]:
    """The parties of one case that are one person, two and two, with what is to be said of them."""
    for first, second in combinations(parties, 2):
        if one_person(first, second):
            where = f"又登记为{_SIDE[second.side]}" if first.side != second.side else "登记了两次"
            same = "" if first.name == second.name else f"（与「{second.name}」证件号码相同）"
            yield first, second, f"「{first.name}」{same}在本案已是{_SIDE[first.side]}，{where}：一人在一案中只登记一次。请核对姓名和证件号码；确系同名的两人，请分别填写证件号码。"


def speakers_of(party: Party) -> frozenset[str]:
    """Who speaks for a party and may be served in his place: his representative and his agents, by name."""
    return frozenset(name.strip() for name in (party.representative or "", *re.split("[、，,；;]", party.agent or "")) if name.strip())


@invariant("party.twice", Party)
def nobody_stands_twice(_session: object, written: frozenset[str] | None) -> Iterator[Broken]:
    """The parties of a case that are one person."""
    by_case: dict[str, list[_Standing]] = defaultdict(list)
    for row in _parties(written):
        by_case[row.case].append(row)
    for case, parties in by_case.items():
        for first, second, text in twice(parties):
            yield Broken(tuple(sorted((first.id, second.id))), text, case)


class _Standing(NamedTuple):
    id: str
    case: str
    name: str
    side: str
    id_no: str | None


def _parties(written: frozenset[str] | None) -> Iterator[_Standing]:
    base, table = Party._meta.database, f'"{Party._meta.table_name}"'
    query = f'SELECT "id", "case", "name", "side", "id_no" FROM {table} WHERE "struck" IS NULL'  # every act that enters a party asks this: none is built
    if written is None:
        yield from map(_Standing._make, base.execute_sql(f'{query} ORDER BY "id"').fetchall())
        return
    found: dict[str, _Standing] = {}  # by row: a case whose parties fall into two batches is met in both
    for some in rows.batches(sorted(written)):
        among = f'AND "case" IN (SELECT "case" FROM {table} WHERE "id" IN ({", ".join([base.param] * len(some))})) ORDER BY "id"'
        found |= {row[0]: _Standing._make(row) for row in base.execute_sql(f"{query} {among}", some).fetchall()}
    yield from found.values()
