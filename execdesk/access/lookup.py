"""Finding a person by what is typed: account or name."""

from __future__ import annotations

from execdesk.law.refusal import Refusal
from execdesk.records.court import Group
from execdesk.records.people import Person


def found_person(text: str) -> Person | None:
    """A person by row id, account or name, or nobody."""
    found: Person | None = Person.get_or_none(((Person.id == text) | (Person.account == text) | (Person.name == text)) & Person.struck.is_null())
    return found


def person_of(text: str) -> Person:
    """A person by row id, account or name.

    Raises:
        Refusal: ``person.missing``.
    """
    found = found_person(text)
    if found is None:
        raise Refusal(f"找不到人员「{text}」。请在「管理 → 人员」核对姓名或账号。", code="person.missing")
    return found


def group_of(code: str) -> Group:
    """A group by its code, as lists of groups have it."""
    found: Group = Group.get(Group.code == code, Group.struck.is_null())
    return found
