"""What was done under authority that was taken back elsewhere at the same time: it stands, 院长 ratifies or annuls it by an act.

Which lines these are follows from the lines alone: somebody wrote one, another desk wrote the revocation, and neither knew of the
other. A paper already issued is never undone in silence: what an annulment leaves to be set right becomes an incident of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from execdesk.access.register import act_words
from execdesk.access.session import Session
from execdesk.approval.proof import decided_otherwise, provisional, require_proven
from execdesk.approval.requests import live_decisions
from execdesk.integrity.incidents import (
    BROKEN_RULE,
    HARMLESS,
    OTHER_RULE,
    PROVISIONAL,
    TAMPER,
    WITHOUT_EFFECT,
    DerivedIncident,
    record_once,
)
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Decision, Request
from execdesk.records.cases import Case
from execdesk.records.incidents import Incident, IncidentState
from execdesk.records.journal import Line, Touch
from execdesk.records.people import Certificate, Delegation, Person, Post, SessionKey
from execdesk.store.chains import entry_of
from execdesk.store.line import Entry
from execdesk.store.primed import places_in_breach
from execdesk.store.signatures import OPENING

_TAKEN_BACK: tuple[tuple[type[Any], str], ...] = ((Post, "ends_on"), (Delegation, "revoked_on"), (Certificate, "revoked_at"))


def provisional_lines(session: Session) -> list[DerivedIncident]:
    """All that stands provisionally by the lines here, whether 院长 has looked at it or not."""
    found: dict[str, DerivedIncident] = {}
    for model, field in _TAKEN_BACK:
        for row in model.select().where(getattr(model, field).is_null(False), model.struck.is_null()):
            for taking in _lines_touching(model.__name__, row.id, field):
                for entry in _beside(session, taking, row.person):
                    for one in _of_line(session, entry, row):
                        found.setdefault(one.place, one)
    return [found[place] for place in sorted(found)]


def record_provisional(session: Session) -> list[Incident]:
    """Put before 院长 what stands provisionally and was never put before him; signed by the desk's key, which can do no more."""
    return record_once(session, PROVISIONAL, provisional_lines(session), "待院长追认")


def record_differing(session: Session) -> list[Incident]:
    """Note approvals that were given by another table of levels than the one here, each once."""
    found = [
        DerivedIncident(f"Decision:{decision.id}", text, Request.get_by_id(decision.request).case) for decision, text in decided_otherwise(session)
    ]
    return record_once(session, OTHER_RULE, found, "批准所依规则与本机的表不同")


def record_unproven(session: Session) -> list[Incident]:
    """Name, each once, the approvals on paper that prove to be none: entered by their applicant beside others, or of somebody who could not."""
    found = []
    for decision in Decision.select().where(Decision.on_paper.is_null(False), Decision.struck.is_null()).order_by(Decision.at, Decision.id):
        request = Request.get_or_none(Request.id == decision.request)
        if request is None or decision.id not in {one.id for one in live_decisions(request)}:
            continue
        try:
            require_proven(session, decision, request, Case.get_by_id(request.case))
        except Refusal as refusal:
            found.append(DerivedIncident(f"PaperApproval:{decision.paper_approval}:{decision.id}", refusal.text, request.case))
    return record_once(session, BROKEN_RULE, found, "纸面批准没有效力")


def record_breaches(session: Session) -> list[Incident]:
    """Name, each once, the lines that are kept here without effect because their writer had not the authority."""
    found = []
    taken_back = {row.place for row in Incident.select(Incident.place).where(Incident.kind.in_((TAMPER, HARMLESS)), Incident.state == IncidentState.SETTLED)}
    for line in Line.select().where(Line.taken.in_(sorted(places_in_breach()))).order_by(Line.taken):
        if line.ref in taken_back:  # it was told when its rows stood here, and settled as they were taken back
            continue
        person = Person.get_or_none(Person.id == line.person)
        text = f"留痕 {line.ref}（{act_words(line.act)}）由{person.name if person else '本机'}写下时没有相应权限，或已知其证书被撤销：原样保留，不生效。请查明缘由。"
        found.append(DerivedIncident(str(line.ref), text, line.case_id))
    return record_once(session, WITHOUT_EFFECT, found, "保留而不生效的留痕")


def _lines_touching(table: str, row: str, field: str) -> Iterator[Entry]:
    """The lines that wrote a field of a row after it was made."""
    places = Touch.select(Touch.line).where(Touch.table == table, Touch.row == row)
    for line in Line.select().where(Line.taken.in_(places)).order_by(Line.taken):
        entry = entry_of(line)
        if any(not change.new and change.values.get(field) is not None for change in entry.by_row.get((table, row), ())):
            yield entry


def lines_of(chain: str) -> Any:
    site, incarnation = chain.rsplit(".", 1)
    return (Line.site == site) & (Line.incarnation == int(incarnation))


def _beside(session: Session, taking: Entry, person: str) -> Iterator[Entry]:
    """The lines of a person on other chains that had not seen a line, nor were seen by it."""
    for chain in sorted(session.store.ends().keys() - {taking.chain}):
        query = Line.select().where(lines_of(chain), Line.number > taking.seen.get(chain, 0), Line.person == person)
        for line in query.order_by(Line.number):
            entry = entry_of(line)
            if not entry.knew(taking):
                yield entry


def _of_line(session: Session, entry: Entry, row: Any) -> Iterator[DerivedIncident]:
    """What in a line rests on the row that was taken back: its decisions, or the line as a whole where its certificate is void."""
    decided = False
    for change in entry.changes:
        if change.table != "Decision" or not change.new:
            continue
        decision = Decision.get_or_none(Decision.id == change.row)
        request = Request.get_or_none(Request.id == change.values["request"])
        if decision is None or request is None:
            continue
        why = provisional(session, decision, request, Case.get_by_id(request.case))
        if why is not None:
            decided = True
            yield DerivedIncident(f"Decision:{decision.id}", f"「{request.title}」{decision.on} 的意见待院长追认：{why}。", request.case)
    if not decided and isinstance(row, Certificate) and entry.data["act"] != OPENING and _signed_under(entry, row):
        title = act_words(entry.data["act"])
        name = Person.get_by_id(entry.data["person"]).name
        yield DerivedIncident(entry.ref, f"留痕 {entry.ref}（{title}）待院长追认：{name}签名所用的证书同时在另一处被撤销。", entry.data["case"])


def _signed_under(entry: Entry, certificate: Certificate) -> bool:
    return bool(SessionKey.select().where(SessionKey.public == entry.data["key"], SessionKey.certificate == certificate.id).exists())
