"""Finding a person by what is typed: account or name."""

from __future__ import annotations

from execdesk.law.refusal import Refusal
from execdesk.records.people import Person


def person_of(text: str) -> Person:
    """A person by row id, account or name.

    Raises:
        Refusal: ``person.missing``.
    """
    found = Person.get_or_none(
        ((Person.id == text) | (Person.account == text) | (Person.name == text)) & Person.struck.is_null()
    )
    if found is None:
        raise Refusal(f"找不到人员「{text}」。请在「管理 → 人员」核对姓名或账号。", code="person.missing")
    return found
