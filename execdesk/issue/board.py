"""Papers that are signed and still want a hand: a further signature, or the seal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from execdesk.approval.board import persons
from execdesk.casefile.boardrows import board_table
from execdesk.casefile.dossier import Dossier, DossierRow, keeps
from execdesk.casefile.terms import Running, TermRules
from execdesk.documents.content import Signatory
from execdesk.documents.wire import load
from execdesk.issue.keeping import signers
from execdesk.records.board import BoardPaper
from execdesk.records.papers import DOCUMENT_MOVES, SIGNATURES, UNFINISHED, Document, DocumentState, KeptFile


def _papers(dossier: Dossier, _found: Sequence[Running], _rules: TermRules) -> Iterator[tuple[Any, ...]]:
    for row in dossier.of(Document):
        if row.state in UNFINISHED:
            waits = _missing(row, dossier)
            words = f"待{'、'.join(each.name for each in waits)}" if waits else DOCUMENT_MOVES.words[row.state]
            yield row.id, row.title, row.number, row.state, persons({each.person for each in waits}), words


def _missing(row: DossierRow, dossier: Dossier) -> list[Signatory]:
    """Who has still to sign."""
    if row.state != DocumentState.TO_COSIGN or row.content is None:
        return []
    try:
        content = load(json.loads(row.content))
    except (KeyError, TypeError, ValueError):  # nobody can sign it; its case says so when it is opened
        return []
    done = {kept.person for kept in dossier.of(KeptFile) if kept.document == row.id and kept.kind in SIGNATURES}
    return [each for each in signers(content) if each.person not in done]


keeps(Document, "content", DocumentState.TO_COSIGN)
board_table(BoardPaper, _papers, Document, KeptFile, of=Document, alone=True)
