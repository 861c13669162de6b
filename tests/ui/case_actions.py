"""The actions whose forms a case opens."""

from __future__ import annotations

from execdesk import rooms
from execdesk.access.register import ACTIONS

ELSEWHERE = frozenset({"case.register", "document.draft"})  # on pages of their own


def titles() -> dict[str, str]:
    """Names and titles of those about the case itself, or about a row of it that the case lets choose."""
    rooms.enter()
    about = {"measure", "document", "receipt"}
    return {
        action.name: action.title for action in ACTIONS.values()
        if action.name not in ELSEWHERE and (action.of_case or any(field.name in about and field.options for field in action.fields))
    }
