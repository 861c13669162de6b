"""Whether an action is possible in the state a row is in, asked of its table of moves; the refusal says what is possible instead."""

from __future__ import annotations

import re

from execdesk.access.register import ACTIONS, act_words
from execdesk.law.refusal import Refusal
from execdesk.records.base import Journaled


def can(row: Journaled, act: str) -> bool:
    """Whether an act may be done to a row as it stands."""
    return row.struck is None and row.MOVES is not None and row.MOVES.possible(row.__data__["state"], act)


def require_possible(row: Journaled, act: str, what: str, code: str, hint: str = "") -> None:
    """Return if an act may be done to a row, called ``what``, as it stands.

    Raises:
        Refusal: ``code``, saying the state and what can be done in it; ``hint`` stands between, as a sentence without full stop.
    """
    if can(row, act):
        return
    state = "已划去" if row.struck is not None else f"现为「{row.state_words}」"
    others = "、".join(act_words(name) for name in _offered(row) if name != act)
    ways = f"现在可以{others}" if others else "可能已由他人处理，请刷新后再看"
    raise Refusal("；".join(part for part in (f"{what}{state}，不能{act_words(act)}", hint, ways) if part) + "。", code=code)


def _offered(row: Journaled) -> tuple[str, ...]:
    """The actions on a row itself that its state allows: those that take the row as a field."""
    if row.struck is not None or row.MOVES is None:
        return ()
    own = {name := re.sub(r"(?<!^)(?=[A-Z])", "_", type(row).__name__).lower(), name.rpartition("_")[2]}
    found = row.MOVES.acts_in(row.__data__["state"])
    return tuple(name for name in found if name in ACTIONS and any(field.name.removesuffix("s") in own for field in ACTIONS[name].fields))
