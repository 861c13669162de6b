"""Faults as incidents: opened by the desk's own key so that issue is closed where it must be, settled by a person in two sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from execdesk.access.actions import action
from execdesk.access.desk_keys import desk_signer
from execdesk.access.duty import require_may
from execdesk.access.issuing import ISSUING_KEY as ISSUING_KEY
from execdesk.access.issuing import REPLACE
from execdesk.access.possible import require_possible
from execdesk.access.session import Session
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.base import new_id
from execdesk.records.incidents import Incident, IncidentState
from execdesk.store.act import Act, Changes
from execdesk.store.findings import Closed, Fault, Verdict, closed_cases

TAMPER = "tamper"  # a fault of the chain or of a case's history: closes issue until it is settled
HARMLESS = "check"  # a fault that touches neither the chain nor a case: named, but closes nothing
BY_RATIFYING = "recovery_envelope"  # settled with the certificate, when 院长 ratifies or annuls
PROVISIONAL = "provisional"  # settled when 院长 ratifies or annuls what it names
OTHER_RULE = "rule"  # an approval given by another table of levels than the one here
WITHOUT_EFFECT = "breach"  # a line kept without effect
BROKEN_RULE = "invariant"  # what two desks did apart and what cannot both be
ANNULLED = "annulled"  # what an annulment leaves to be set right
SHORTEST = 4


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
    if not new:
        return []
    with as_desk(session), session.act("store.incident", reason=f"{what} {len(new)} 件") as act:
        rows = [Incident(id=new_id(), kind=kind, place=o.place, text=o.text, case=o.case, found_at=act.at, state=IncidentState.OPEN) for o in new]
        act.add_many(rows)
    return rows


def record_faults(session: Session, verdict: Verdict) -> list[Incident]:
    """Open an incident for every fault of a check that is not open already, one for each case it closes.

    Signed by the desk's key, which can do no more. A broken chain also closes every act but signing in and settling.
    """
    chain = next((fault for fault in verdict.faults if fault.chain), None)
    session.store.closed_reason = chain.text if chain else None
    new = [row for fault in verdict.faults for row in _incidents_of(fault) if not _open_already(row)]
    if not new:
        return []
    with as_desk(session), session.act("store.incident", reason=f"自检发现 {len(verdict.faults)} 处") as act:
        for row in new:
            row.found_at = act.at
            act.add(row)
    return new


@action(
    "incident.settle", "办结事件",
    Field("incident", "事件", "row"), Field("who", "由谁查明"), Field("found", "查明什么", "long"),
    button="办结", done="事件已办结。",
)
def settle(session: Session, *, incident: str, who: str, found: str) -> Changes:
    """Settle an incident with two sentences. Issue opens again only if the history then holds: the next action checks it anew.

    Raises:
        Refusal: ``access.duty``; ``incident.words`` where a sentence is missing; ``incident.state``; ``incident.certificate``.
    """
    require_may(session, ("countersign", "ratify"), "办结事件")
    if len(who.strip()) < 2 or len(found.strip()) < SHORTEST:
        raise Refusal("请用两句话写明：由谁查的，查明了什么。", code="incident.words")
    with session.act("incident.settle", reason=found.strip()) as act:
        row = _open(act, incident)
        act.change(row, state=IncidentState.SETTLED, settled_by=session.me.id, settled_note=f"{who.strip().rstrip('。')}。{found.strip().rstrip('。')}。")
    return act.changes


def closed_now() -> Closed:
    """What open incidents close for issue: everything, or some cases."""
    rows = Incident.select().where(Incident.kind == TAMPER, Incident.state == IncidentState.OPEN, Incident.struck.is_null())
    cases = [row.case for row in rows]
    return Closed(None in cases, frozenset(case for case in cases if case))


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


def _open(act: Act, incident: str) -> Incident:
    row = act.get(Incident, incident)
    require_possible(row, act.name, "该事件", "incident.state")
    if row.kind == BY_RATIFYING:
        raise Refusal("启用恢复信封的事件随证书办结：请院长追认或者撤销该证书。", code="incident.certificate")
    if row.kind == ISSUING_KEY:
        raise Refusal("该事件随更换签发钥匙办结：请院长用证书根更换（人员和授权 → 证书）。", code="incident.issuing", ways=(REPLACE,))
    if row.kind == PROVISIONAL:
        raise Refusal("待追认的事项由院长追认或者不予追认，不能另行办结。", code="incident.provisional")
    return row


@contextmanager
def as_desk(session: Session) -> Iterator[None]:
    """The desk signs; who is signed in is the same before and after."""
    store = session.store
    before, store.signer = store.signer, desk_signer(store)
    try:
        yield
    finally:
        store.signer = before
