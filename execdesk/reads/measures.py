"""到期: every live control measure by its end, with days left; made for thousands on one screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from peewee import JOIN

from execdesk.access.session import Session
from execdesk.casefile.settings import bureau_settings
from execdesk.casework.control.ends import Ends
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.court import Group
from execdesk.records.measures import Measure
from execdesk.records.people import Person

ACTIONS = {"freeze": "冻结", "seize": "查封", "impound": "扣押"}
KINDS = {"bank_deposit": "存款", "movable": "动产", "immovable": "不动产", "other_right": "其他权利"}
_COLUMNS = (
    "id", "case", "party", "kind", "action", "property", "institution", "account_no", "amount_fen", "controlled_fen", "months", "rank", "state",
    "served_on", "effective_on", "end_printed", "end_receipt", "renewed_from",
)


@dataclass(frozen=True, slots=True)
class ExpiryRow:
    """A live measure: ``ends_on`` the earliest recorded end and ``rules`` which one that is; ``urgency`` is lapsed, soon, later or unknown.

    ``action`` is freeze, seize or impound; ``group`` the name of the case's group, empty where it has none.
    """

    id: str
    number: str
    title: str
    kind: str
    amount_fen: int | None
    owner: str
    judge: str
    ends_on: date | None
    days_left: int | None
    rules: str
    urgency: str
    state_words: str
    action: str = "freeze"
    group: str = ""


@dataclass(frozen=True)
class Expiry:
    """All live measures, the nearest end first, those without a known end last; ``soon_days`` is when one counts as near; ``groups`` in their order."""

    rows: tuple[ExpiryRow, ...]
    soon_days: int
    day: date
    groups: tuple[str, ...] = ()


def expiry(session: Session) -> Expiry:
    """One query each for measures, cases, owners, judges; ends as :func:`execdesk.casework.control.measures.view_of` finds them."""
    day, soon = session.day, bureau_settings(session.resources).control_days
    query: Any = Measure.select(*(getattr(Measure, name) for name in _COLUMNS)).where(Measure.struck.is_null(), Measure.state.in_(["ordered", "live"]))
    found = [dict(zip(_COLUMNS, values, strict=True)) for values in query.tuples()]
    names = _Names(day)
    ends = Ends(session.law)
    renewed = {values["renewed_from"] for values in found if values["renewed_from"] and values["state"] == "live"}
    rows = [_row(values, names, _ends_of(ends, values), day, soon) for values in found if values["id"] not in renewed]
    rows.sort(key=lambda row: (row.ends_on is None, row.ends_on or date.max, row.number))
    return Expiry(tuple(rows), soon, day, tuple(group.name for group in Group.select().where(Group.struck.is_null()).order_by(Group.id)))


class _Names:
    """Numbers, owners and judges by row id."""

    def __init__(self, day: date) -> None:
        live: Any = Measure.select(Measure.case).where(Measure.struck.is_null(), Measure.state.in_(["ordered", "live"]))
        owners: Any = Measure.select(Measure.party).where(Measure.struck.is_null(), Measure.state.in_(["ordered", "live"]))
        cases: Any = Case.select(Case.id, Case.number, Group.name).join(Group, JOIN.LEFT_OUTER, on=(Case.group == Group.id)).where(Case.id.in_(live))
        self.cases: dict[str, tuple[str, str]] = {case: (number, group or "") for case, number, group in cases.tuples()}
        self.owners: dict[str, str] = dict(_tuples(Party.select(Party.id, Party.name).where(Party.id.in_(owners))))
        judges = (
            Assignment.select(Assignment.case, Person.name).join(Person, on=(Assignment.person == Person.id))
            .where(
                Assignment.role == "judge", Assignment.struck.is_null(), Assignment.case.in_(live), Assignment.starts_on <= day,
                Assignment.ends_on.is_null() | (Assignment.ends_on >= day),
            ).order_by(Assignment.starts_on)
        )
        self.judges: dict[str, str] = dict(_tuples(judges))


def _tuples(query: Any) -> Iterable[tuple[str, str]]:
    found: Iterable[tuple[str, str]] = query.tuples()
    return found


def _ends_of(ends: Ends, values: dict[str, Any]) -> tuple[tuple[str, date], ...]:
    return ends.of(SimpleNamespace(**values))


def _row(values: dict[str, Any], names: _Names, ends: tuple[tuple[str, date], ...], day: date, soon: int) -> ExpiryRow:
    first = min(ends, key=lambda end: end[1], default=None)
    left = (first[1] - day).days if first else None
    urgency = "unknown" if left is None else "lapsed" if left < 0 else "soon" if left <= soon else "later"
    tail = f" 尾号 {values['account_no'][-4:]}" if values["account_no"] else ""
    number, group = names.cases.get(values["case"], ("", ""))
    amount = values["controlled_fen"] if values["controlled_fen"] is not None else values["amount_fen"]
    return ExpiryRow(
        values["id"], number, f"{ACTIONS[values['action']]} {values['institution'] or values['property']}{tail}",
        KINDS.get(values["kind"], values["kind"]), amount, names.owners.get(values["party"], ""), names.judges.get(values["case"], "未定"),
        first[1] if first else None, left, first[0] if first else "", urgency, _state_words(values, urgency),
        values["action"], group,
    )


def _state_words(values: dict[str, Any], urgency: str) -> str:
    if urgency == "lapsed":
        return "已届满"
    waits = values["rank"] > 1 and not values["effective_on"]
    if values["state"] == "ordered" and not (waits and values["served_on"]):
        return "待送达"
    return "轮候" if waits else "控制中"
