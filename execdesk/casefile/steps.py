"""下一步: the register of what can be done in a case. Each room offers its own, as long as the facts ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from execdesk.casefile.view import CaseView
from execdesk.records.cases import CaseState

PRESSING = 100  # orders below come first: what waits, what ends


@dataclass(frozen=True)
class Step:
    """One thing to do. ``action`` is an action, or ``draft``/``request``, which open theirs; ``target`` the row it is about; ``who``
    the words at the right, ``mine`` whether this person may bring it to its end (both worked out from ``matter`` where that is told);
    ``closed`` why it cannot be begun now; ``values`` what is known already."""

    action: str
    title: str
    target: str = ""
    detail: str = ""
    tone: str = ""
    who: str = ""
    mine: bool = False
    closed: str = ""
    values: tuple[tuple[str, str], ...] = ()
    matter: str = ""


Offer = Callable[[CaseView], Iterable[Step]]
_OFFERS: list[tuple[int, str, Offer]] = []


def steps(order: int) -> Callable[[Offer], Offer]:
    """Register a function that offers steps of an open case; ``order`` ranks it, below :data:`PRESSING` for what waits or ends."""

    def register(offer: Offer) -> Offer:
        _OFFERS.append((order, f"{offer.__module__}.{offer.__qualname__}", offer))
        _OFFERS.sort(key=lambda one: one[:2])
        return offer

    return register


def offered(view: CaseView) -> tuple[Step, ...]:
    """All that is offered in the case, pressing ones first; nothing where the bureau may not act in it."""
    if view.case.state != CaseState.OPEN:
        return ()
    return tuple(step for _order, _name, offer in _OFFERS for step in offer(view))
