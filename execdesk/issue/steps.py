"""What waits in a case for its signed papers: the seal."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.dossier import Dossier
from execdesk.casefile.waiting import Waits, waiting
from execdesk.records.papers import Document


def _unsealed(dossier: Dossier) -> Iterator[Waits]:
    return (Waits(paper, "待盖章") for paper in dossier.of(Document) if paper.state == "to_seal")


SEAL = waiting("document.seal", place=20, duty="seal", widely="seal", find=_unsealed, tables=(Document,))
