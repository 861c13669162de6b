"""下一步: the register of what can be done in a case. Each room offers its own, as long as the facts ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import itemgetter

from execdesk.casefile.view import CaseView
from execdesk.casefile.waiting import KINDS, WaitingKind
from execdesk.records.cases import CaseState

PRESSING = 100  # orders below come first: what waits, what ends


@dataclass(frozen=True)
class Step:
    """One thing to do. ``action`` is an action, or ``draft``/``request``, which open theirs; ``target`` the row it is about; ``who``
    the words at the right, ``mine`` whether this person may bring it to its end (both worked out from ``matter`` where that is told);
    ``closed`` why it cannot be begun now; ``values`` what is known already, ``field`` where the cursor goes."""

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
    field: str = ""


Offer = Callable[[CaseView], Iterable[Step]]
_OFFERS: list[tuple[int, str, Offer]] = []


def steps(order: int) -> Callable[[Offer], Offer]:
    """Register a function that offers steps of an open case; ``order`` ranks it, below :data:`PRESSING` for what waits or ends."""

    def register(offer: Offer) -> Offer:
        _OFFERS.append((order, f"{offer.__module__}.{offer.__qualname__}", offer))
        return offer

    return register


def offered(view: CaseView) -> tuple[tuple[bool, Step], ...]:
    """All that is offered in the case, each with whether it presses, what waits among it, pressing ones first; nothing where the bureau may not act in it."""
    if view.case.state != CaseState.OPEN:
        return ()
    waits: list[tuple[int, str, Offer]] = [(kind.place, kind.name, partial(_waits, kind)) for kind in KINDS.values() if kind.step is not None]
    offers = sorted((*_OFFERS, *waits), key=itemgetter(0, 1))
    return tuple((order < PRESSING, step) for order, _name, offer in offers for step in offer(view))


def _waits(kind: WaitingKind, view: CaseView) -> Iterator[Step]:
    """What waits of one kind, each a step that ends it."""
    assert kind.step is not None
    mine = kind.duty in view.may
    for one in kind.find(view.dossier, view.rules):
        yield Step(kind.name, kind.step(one.row), one.row.id, one.words, "", kind.who[not mine], mine)
