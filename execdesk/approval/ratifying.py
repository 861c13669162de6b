"""What was done under authority that was taken back elsewhere at the same time: it stands, 院长 ratifies or annuls it by an act.

Which lines these are follows from the lines alone: somebody wrote one, another desk wrote the revocation, and neither knew of the
other. A paper already issued is never undone in silence: what an annulment leaves to be set right becomes an incident of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from execdesk.access.actions import act_words, action
from execdesk.access.duty import require_may
from execdesk.access.possible import require_possible
from execdesk.access.session import Session
from execdesk.approval.proof import decided_otherwise, provisional
from execdesk.approval.requests import issued_of, reopen
from execdesk.integrity.incidents import ANNULLED, OTHER_RULE, PROVISIONAL, WITHOUT_EFFECT, DerivedIncident, record_once
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import UNDER_WAY, Decision, Request
from execdesk.records.base import new_id
from execdesk.records.cases import Case
from execdesk.records.incidents import Incident, IncidentState
from execdesk.records.journal import Line, Touch
from execdesk.records.people import Certificate, Delegation, Person, Post, SessionKey
from execdesk.store.act import Act, Changes
from execdesk.store.chains import entry_of
from execdesk.store.judge import places_in_breach
from execdesk.store.line import Entry
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


def record_breaches(session: Session) -> list[Incident]:
    """Name, each once, the lines that are kept here without effect because their writer had not the authority."""
    found = []
    for line in Line.select().where(Line.taken.in_(sorted(places_in_breach()))).order_by(Line.taken):
        person = Person.get_or_none(Person.id == line.person)
        text = f"留痕 {line.ref}（{act_words(line.act)}）由{person.name if person else '本机'}写下时没有相应权限，或已知其证书被撤销：原样保留，不生效。请查明缘由。"
        found.append(DerivedIncident(str(line.ref), text, line.case_id))
    return record_once(session, WITHOUT_EFFECT, found, "保留而不生效的留痕")


@action(
    "provisional.ratify", "追认",
    Field("incident", "待追认的事项", "row"), Field("reason", "理由", "long", required=False),
    note="追认后长期有效。", done="已记录。",
)
def ratify(session: Session, *, incident: str, reason: str = "") -> Changes:
    """院长 lets it stand for good; nobody ratifies his own."""
    require_may(session, "ratify", "追认")
    with session.act("provisional.ratify", reason=reason.strip()) as act:
        row = _waiting(session, act, incident)
        act.change(row, state=IncidentState.SETTLED, settled_by=session.me.id, settled_note=f"院长追认。{reason.strip()}")
    return act.changes


@action(
    "provisional.annul", "不予追认",
    Field("incident", "待追认的事项", "row"), Field("reason", "理由", "long"),
    note="不予追认的，批准不再算数，事项退回；已签发的文书不会自动撤销，另记为事件由人处理。", done="已记录。",
)
def annul(session: Session, *, incident: str, reason: str) -> Changes:
    """院长 takes the effect from it: a decision counts no more and its matter goes back; what else must be set right is named."""
    require_may(session, "ratify", "追认")
    if not reason.strip():
        raise Refusal("不予追认须写明理由。", code="access.reason")
    with session.act("provisional.annul", reason=reason.strip()) as act:
        row = _waiting(session, act, incident)
        act.change(row, state=IncidentState.SETTLED, settled_by=session.me.id, settled_note=f"院长不予追认：{reason.strip()}")
        left = _undo(act, row, reason.strip())
        if left:
            act.add(Incident(id=new_id(), kind=ANNULLED, place=row.place, text=left, case=row.case, found_at=act.at, state=IncidentState.OPEN))
    return act.changes


def _undo(act: Act, row: Incident, reason: str) -> str:
    """Take the effect from a decision; what is left to be set right by people, as a sentence."""
    kind, _, decision_id = row.place.partition(":")
    if kind != "Decision":
        return f"院长不予追认（{reason}）：{row.text}该留痕写下的事项须由承办法官逐项核对改正。"
    decision = act.get(Decision, decision_id)
    act.strike(decision, f"院长不予追认：{reason}")
    request = act.get(Request, decision.request)
    papers = issued_of(request.id)
    if papers:
        names = "、".join(f"《{paper.title}》{paper.number or ''}" for paper in papers)
        return f"院长不予追认「{request.title}」的批准（{reason}），而{names}已签发，不会自动撤销：须由承办法官补正、撤销或者采取补救措施。"
    if request.state in UNDER_WAY:
        reopen(act, request, f"院长不予追认{decision.post}的批准：{reason}")
    return ""


def _waiting(session: Session, act: Act, incident: str) -> Incident:
    row = act.get(Incident, incident)
    require_possible(row, act.name, "该事项", "incident.state")
    if row.kind != PROVISIONAL:
        raise Refusal("该事项不在待追认之列，请刷新后再看。", code="incident.state")
    if session.me.id in _writers(row.place):
        raise Refusal("不能追认自己办理的事项，请由代行院长职务的人办理。", code="access.oneself")
    return row


def _writers(place: str) -> set[str]:
    kind, _, row = place.partition(":")
    if kind == "Decision":
        return {d.person for d in Decision.select(Decision.person).where(Decision.id == row)}
    return {n.person for n in Line.select(Line.person).where(_on(kind), Line.number == int(row))}


def _lines_touching(table: str, row: str, field: str) -> Iterator[Entry]:
    """The lines that wrote a field of a row after it was made."""
    places = Touch.select(Touch.line).where(Touch.table == table, Touch.row == row)
    for line in Line.select().where(Line.taken.in_(places)).order_by(Line.taken):
        entry = entry_of(line)
        if any(not change.new and change.values.get(field) is not None for change in entry.by_row.get((table, row), ())):
            yield entry


def _on(chain: str) -> Any:
    site, incarnation = chain.rsplit(".", 1)
    return (Line.site == site) & (Line.incarnation == int(incarnation))


def _beside(session: Session, taking: Entry, person: str) -> Iterator[Entry]:
    """The lines of a person on other chains that had not seen a line, nor were seen by it."""
    for chain in sorted(session.store.ends().keys() - {taking.chain}):
        query = Line.select().where(_on(chain), Line.number > taking.seen.get(chain, 0), Line.person == person)
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
