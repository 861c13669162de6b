"""The end of a control measure: of those reckoned, printed and told by the bank or registry the earliest rules.

A measure that waits behind another's has no term yet; some registries count from its registration, so it warns from there.
"""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.dossier import Dossier
from execdesk.casefile.settings import CONTROL
from execdesk.casefile.terms import End, Start, TermRules, term
from execdesk.casework.control.ends import Ends, counted_of
from execdesk.law.control import MEASURES
from execdesk.records.measures import HELD, Measure, MeasureState


def _measures(dossier: Dossier, _rules: TermRules) -> Iterator[Start]:
    for measure in dossier.of(Measure):
        if measure.state in HELD and measure.term_kind is not None:  # an income is withheld without a term
            yield Start(measure, counted_of(measure)[0], "control.term", MEASURES[measure.kind])


def _over(dossier: Dossier, start: Start) -> bool:
    """Released, disposed of, or gone on in a renewal that has taken effect."""
    row = start.row
    if row.released_on is not None or row.disposed_on is not None:
        return True
    return any(other.renewed_from == row.id and other.state == MeasureState.LIVE for other in dossier.of(Measure))


def _ends(rules: TermRules, start: Start) -> Iterator[End]:
    ends: Ends = rules.once("control.ends", lambda: Ends(rules.book))
    return (End(on, words) for words, on in ends.of(start.row))


CONTROL_END = term(
    "control.end", words="查控", title="查控措施末日", owner="undertake", kind=CONTROL, lapses=True,
    starts=_measures, stopped=_over, ends=_ends, tables=(Measure,), of=Measure,
)
