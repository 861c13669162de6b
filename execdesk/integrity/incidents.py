"""Faults as incidents: opened by the desk's own key so that issue is closed where it must be, settled by a person in two sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from execdesk.access.desk_keys import desk_signer
from execdesk.access.issuing import ISSUING_KEY as ISSUING_KEY
from execdesk.access.session import Session
from execdesk.records.base import new_id
from execdesk.records.incidents import Incident, IncidentState
from execdesk.store.beginning import signed_by
from execdesk.store.findings import Closed, Fault, Verdict, closed_cases

TAMPER = "tamper"  # a fault of the chain or of a case's history: closes issue until it is settled
HARMLESS = "check"  # a fault that touches neither the chain nor a case: named, but closes nothing
BY_RATIFYING = "recovery_envelope"  # settled with the certificate, when 院长 ratifies or annuls
PROVISIONAL = "provisional"  # settled when 院长 ratifies or annuls what it names
OTHER_RULE = "rule"  # an approval given by another table of levels than the one here
WITHOUT_EFFECT = "breach"  # a line kept without effect
BROKEN_RULE = "invariant"  # what two desks did apart and what cannot both be
ASTRAY = "place"  # the store was moved, or opened as a copy
UNCONFIRMED = "paper"  # an approval on paper that nobody confirmed in time: settled when it is confirmed or denied
ANNULLED = "annulled"  # what an annulment leaves to be set right


@dataclass(frozen=True)
class DerivedIncident:
    """Something that somebody must look at; ``place`` names it for good."""

    place: str
    text: str
    case: str | None


def record_once(session: Session, kind: str, found: list[DerivedIncident], what: str) -> list[Incident]:
    """Open an incident for each of those never told before, settled or not; signed by the desk's key, which can do no more."""
    known = {row.place for row in Incident.select(Incident.place).where(Incident.kind == kind)}
    new = [one for one in found if one.place not in known]
    if not new or session.store.takes_no_line:
        return []
    with as_desk(session), session.act("store.incident", reason=f"{what} {len(new)} 件") as act:
        rows = [Incident(id=new_id(), kind=kind, place=o.place, text=o.text, case=o.case, found_at=act.at, state=IncidentState.OPEN) for o in new]
        act.add_many(rows)
    return rows


def record_faults(session: Session, verdict: Verdict, *, of_all: bool = False) -> list[Incident]:
    """Open an incident for every fault of a check that is not open already, one for each case it closes.

    Signed by the desk's key, which can do no more. A broken chain also closes every act but signing in and settling, until a check
    ``of_all`` finds it whole. A store left to reading takes no line, so what is found there is told in the line that goes on.
    """
    store = session.store
    if store.takes_no_line:
        return []
    chain = next((fault for fault in verdict.faults if fault.chain), None)
    store.closed_reason = chain.text if chain else None if of_all else store.closed_reason
    new = [row for fault in verdict.faults for row in _incidents_of(fault) if not _open_already(row)]
    if not new:
        return []
    with as_desk(session), session.act("store.incident", reason=f"自检发现 {len(verdict.faults)} 处") as act:
        for row in new:
            row.found_at = act.at
            act.add(row)
    return new


def closed_now() -> Closed:
    """What open incidents close for issue: everything, or some cases."""
    rows = Incident.select().where(Incident.kind == TAMPER, Incident.state == IncidentState.OPEN, Incident.struck.is_null())
    cases = [row.case for row in rows]
    return Closed(None in cases, frozenset(case for case in cases if case))


def against_everything() -> tuple[str, ...]:
    """What stands open against the chain, or against all cases, in its sentences."""
    query: Any = Incident.select(Incident.text).where(
        Incident.kind == TAMPER, Incident.case.is_null(), Incident.state == IncidentState.OPEN, Incident.struck.is_null()
    ).order_by(Incident.found_at, Incident.id).tuples()
    return tuple(text for (text,) in query)


def _incidents_of(fault: Fault) -> list[Incident]:
    closed = closed_cases([fault])
    if closed.everything or fault.chain:
        return [_incident(TAMPER, fault, None)]
    return [_incident(TAMPER, fault, case) for case in sorted(closed.cases)] or [_incident(HARMLESS, fault, None)]


def _incident(kind: str, fault: Fault, case: str | None) -> Incident:
    return Incident(id=new_id(), kind=kind, place=fault.place, text=fault.text, case=case, state=IncidentState.OPEN)


def _open_already(row: Incident) -> bool:
    same = (Incident.case == row.case) if row.case else Incident.case.is_null()
    known: bool = Incident.select().where(
        Incident.kind == row.kind, Incident.place == row.place, same, Incident.state == IncidentState.OPEN, Incident.struck.is_null()
    ).exists()
    return known


@contextmanager
def as_desk(session: Session) -> Iterator[None]:
    """The desk signs; who is signed in is the same before and after."""
    with signed_by(session.store, desk_signer(session.store)):
        yield
