"""Who is in charge of a case, judged from the lines alone as :mod:`execdesk.casefile.charge` asks it of the tables: its judge, those
assigned to it, the judge's team with whoever is lent to it; and 局长. As the writer of a line knew it on the line's day, never as it is now.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date

from execdesk.records.charge import GIVES
from execdesk.records.owners import IN_CHARGE, limit, role
from execdesk.store.known import Values
from execdesk.store.ownerverifier import Writing


def in_role(writing: Writing, case: str, name: str, day: date) -> str:
    """Who holds a role in a case on a day; empty where nobody does."""
    held = [(row["starts_on"], key, row["person"]) for key, row in assignments(writing, case) if row["role"] == name and _holds(row, day)]
    return str(max(held)[2]) if held else ""


def assignments(writing: Writing, case: str) -> Iterator[tuple[str, Values]]:
    """Who was ever assigned to a case."""
    return _standing(writing, "Assignment", "case", case)


def _standing(writing: Writing, table: str, column: str, row: str) -> Iterator[tuple[str, Values]]:
    yield from ((key, found) for key, found in writing.known.below(writing.entry, table, column, row) if found.get("struck") is None)


def _holds(row: Values, day: date) -> bool:
    return bool(row["starts_on"] <= day.isoformat() and (row.get("ends_on") is None or row["ends_on"] >= day.isoformat()))


@role("case_judge", "承办法官")
def case_judge(writing: Writing) -> bool:
    return in_role(writing, writing.case, "judge", writing.day) == writing.me


@role("recorder", "笔录人")
def recorder(writing: Writing) -> bool:
    """The judge or the clerk of the case, or one who sat."""
    sat = json.loads(writing.before.get("members") or "[]")
    return writing.me in {*sat, *(in_role(writing, writing.case, name, writing.day) for name in ("judge", "clerk"))}


@limit(IN_CHARGE, "由该案的承办人办理")
def in_charge(writing: Writing) -> bool:
    """Whether the writer was in charge of a case that the row is of; of what is of several, one suffices, and of what is of none nobody is."""
    if writing.may(GIVES):
        return True
    return any(in_charge_of(writing, case) for case in sorted(cases_of(writing)))


def in_charge_of(writing: Writing, case: str) -> bool:
    """Whether the writer was in charge of a case; everybody is of one that has no judge yet, and who gives cases is of each."""
    me, day = writing.me, writing.day
    judge = in_role(writing, case, "judge", day)
    if judge in ("", me) or writing.may(GIVES) or in_role(writing, case, "clerk", day) == me:
        return True
    lent = any(row["role"] == "officer" and row["person"] == me and _holds(row, day) for _, row in assignments(writing, case))
    return lent or _in_team_of(writing, judge)


def _in_team_of(writing: Writing, judge: str) -> bool:
    mine = {row["team"] for _, row in _standing(writing, "TeamMember", "person", writing.me) if _holds(row, writing.day)}
    return bool(mine) and any(
        row["role"] == "judge" and row["team"] in mine and _holds(row, writing.day) for _, row in _standing(writing, "TeamMember", "person", judge)
    )


# -- which cases a row is of -------------------------------------------------------------------------------------------


def cases_of(writing: Writing) -> set[str]:
    """The cases that a row is of: its own, or those of which what it is about is known."""
    if writing.case:
        return {writing.case}
    of = _OF_SEVERAL.get(writing.table)
    return of(writing) - {""} if of is not None else set()


def _owned(writing: Writing) -> set[str]:
    """Of a share: the case of its owner, and once it is entered those of the whole property."""
    own = {_case_of_party(writing, writing.after["party"])}
    return own if writing.new else own | _cases_with(writing, [writing.after["property"]])


def _cases_with(writing: Writing, things: list[str]) -> set[str]:
    """The cases in which an owner of some properties stands or a measure lies on them, and of what the line itself adds to them."""
    tied = _tied(writing, things)
    owners = [row["party"] for thing in tied for _, row in _standing(writing, "PropertyOwner", "property", thing)]
    held = {row["case"] for thing in tied for _, row in _standing(writing, "Measure", "property", thing)}
    for change in writing.entry.changes:
        if change.new and change.values.get("property") in tied:
            owners += [change.values["party"]] if change.table == "PropertyOwner" else []
            held |= {change.values["case"]} if change.table == "Measure" else set()
    return held | {_case_of_party(writing, party) for party in owners}


def _tied(writing: Writing, things: list[str]) -> set[str]:
    """Some properties and all that somebody has tied to them."""
    found, fresh = set(things), set(things)
    while fresh:
        other = {row["other"] for thing in sorted(fresh) for _, row in _standing(writing, "PropertyTie", "property", thing)}
        other |= {row["property"] for thing in sorted(fresh) for _, row in _standing(writing, "PropertyTie", "other", thing)}
        fresh = other - found
        found |= fresh
    return found


def _case_of_party(writing: Writing, party: str) -> str:
    return writing.case_of("Party", party, writing.value("Party", party))


def _claimed(writing: Writing) -> set[str]:
    """Of money that comes in: the cases for which the line counts it."""
    return {str(change.values["case"]) for change in writing.entry.changes if change.table == "Claiming" and change.values.get("receipt") == writing.row}


_OF_SEVERAL: dict[str, Callable[[Writing], set[str]]] = {
    "MoneyReceipt": _claimed,
    "PropertyOwner": _owned,
    "Property": lambda writing: _cases_with(writing, [writing.row]),
    "PropertyTie": lambda writing: _cases_with(writing, [writing.after["property"], writing.after["other"]]),
}
