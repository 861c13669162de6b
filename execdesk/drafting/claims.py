"""What rooms prove of what texts claim: a sentence with ``{@name}`` is printed only where the function of that name finds its proof.

A room registers functions of the facts of its own business, as for :func:`execdesk.drafting.lent.fact`. Each is asked again whenever a
paper is drafted, submitted and signed, so that nothing becomes untrue in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from execdesk.documents.facts import ClaimFacts
from execdesk.drafting.lent import FactsWanted
from execdesk.law.refusal import WayOn


@dataclass(frozen=True)
class Proof:
    """What the case records of it, in words without the full stop."""

    words: str


@dataclass(frozen=True)
class Lacking:
    """What the case does not record, in words without the full stop; up to three ways to record it, or the ``field`` of the page that says otherwise."""

    words: str
    ways: tuple[WayOn, ...] = ()
    field: str = ""


Prove = Callable[[FactsWanted], Proof | Lacking]


@dataclass(frozen=True)
class _Claim:
    prove: Prove
    lasting: bool


CLAIMS: dict[str, _Claim] = {}


def claim(name: str, *, lasting: bool = False) -> Callable[[Prove], Prove]:
    """Register a function ``f(wanted)`` that proves a claim, or says what is lacking; what it is called stands in the shared wording.

    ``lasting``: what was so on the signing day is told of that day for ever, so that a signed paper can be held to it later.

    Raises:
        ValueError: that name is taken.
    """

    def register(function: Prove) -> Prove:
        if name in CLAIMS:
            raise ValueError(f"claim {name} is proved twice")
        CLAIMS[name] = _Claim(function, lasting)
        return function

    return register


def proved(wanted: FactsWanted, names: Iterable[str]) -> dict[str, ClaimFacts]:
    """How the case stands to some claims, by name."""
    return {name: _proved(CLAIMS[name], wanted) for name in names}


def no_longer_proved(wanted: FactsWanted, names: Iterable[str]) -> list[ClaimFacts]:
    """Of some claims of a signed paper those that the case, as it is recorded now, did not bear out on the signing day."""
    found = proved(wanted, [name for name in names if name in CLAIMS and CLAIMS[name].lasting])
    return [one for one in found.values() if not one.proof]


def _proved(one: _Claim, wanted: FactsWanted) -> ClaimFacts:
    found = one.prove(wanted)
    if isinstance(found, Proof):
        return ClaimFacts(proof=found.words)
    return ClaimFacts(lacking=found.words, ways=found.ways, field=found.field)
