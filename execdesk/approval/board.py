"""Matters put to those who decide them, and what was said of them, as their lists show them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from execdesk.casefile.boardrows import board_table
from execdesk.casefile.dossier import Dossier, DossierRow, keeps
from execdesk.casefile.terms import Running, TermRules
from execdesk.records.approvals import Decision, Panel, Request, RequestState
from execdesk.records.base import canonical
from execdesk.records.board import BoardDecision, BoardRequest
from execdesk.records.cases import Assignment
from execdesk.store.clock import COURT_TIME

ISSUE = "sign_issue"


def among(person: str) -> str:
    """A person as a list of persons on the board holds him."""
    return f"|{person}|"


def persons(ids: set[str]) -> str:
    """Some persons, each to be found by :func:`among`."""
    return "".join(map(among, sorted(ids)))


def _requests(dossier: Dossier, _found: Sequence[Running], _rules: TermRules) -> Iterator[tuple[Any, ...]]:
    panels: dict[str, str] = {}
    for panel in dossier.of(Panel):
        panels.setdefault(panel.request, panel.state)
    for row in dossier.of(Request):
        if row.state != RequestState.DRAFT:
            signed = any(said.kind == ISSUE and said.request == row.id and said.content_hash == row.content_hash for said in dossier.of(Decision))
            asked = [row.matter, row.subject, sorted(json.loads(row.circumstances)), int(row.upward), row.step, row.state, int(signed), panels.get(row.id, "")]
            yield row.id, row.title, row.applicant, persons(_put_forward_by(row, dossier)), row.submitted_at, row.state, canonical(asked)


def _put_forward_by(row: DossierRow, dossier: Dossier) -> set[str]:
    """Whose application it is, as :func:`execdesk.approval.standing.put_forward_by` tells of the records."""
    if row.submitted_at is None:
        return {row.applicant}
    day = datetime.fromisoformat(row.submitted_at).astimezone(COURT_TIME).date()
    return {row.applicant, *(each.person for each in dossier.of(Assignment) if each.role == "judge" and _in_charge(each, day))}


def _in_charge(row: DossierRow, day: date) -> bool:
    ends = row.ends_on
    return bool(row.starts_on <= day) and (ends is None or ends >= day - timedelta(days=1))


def _decisions(dossier: Dossier, _found: Sequence[Running], _rules: TermRules) -> Iterator[tuple[Any, ...]]:
    for row in dossier.of(Decision):
        yield row.id, row.request, row.kind, row.person, row.text("on"), row.at


keeps(Request, "circumstances")
board_table(BoardRequest, _requests, Request, Decision, Panel, Assignment, of=Request, alone=True)
board_table(BoardDecision, _decisions, Request, Decision, of=Decision, alone=True)
