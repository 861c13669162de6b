"""The names of states, for those who ask reads and know no records: a value says in ``state`` or ``request_state`` where its row stands."""

from __future__ import annotations

from execdesk.records.approvals import TO_CHANGE, UNDER_WAY, RequestState
from execdesk.records.cases import CaseState
from execdesk.records.court import PhraseState, ProposalState, TextState
from execdesk.records.ledgers import ImportState
from execdesk.records.papers import SIGNED, UNFINISHED, UNSIGNED, DocumentState
from execdesk.records.search import AnswerState, ClueState, DeclarationState

__all__ = [
    "SIGNED", "TO_CHANGE", "UNDER_WAY", "UNFINISHED", "UNSIGNED", "AnswerState", "CaseState", "ClueState", "DeclarationState", "DocumentState", "ImportState", "PhraseState", "ProposalState",
    "RequestState", "TextState",
]
