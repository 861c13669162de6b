"""What must hold for moves of posts, certificates and the incidents about keys."""

from __future__ import annotations

from execdesk.access.consenting import consents, signs
from execdesk.access.issuing import ISSUING_KEY, keeps_root
from execdesk.access.session import Session
from execdesk.records.incidents import Incident
from execdesk.records.moves import condition
from execdesk.records.people import STANDING, Certificate, Post
from execdesk.store.act import Act


def session_of(act: Act) -> Session:
    """The session an act is done in: what asks the court's own rules is asked of people's acts only."""
    if not isinstance(act.session, Session):
        raise RuntimeError(f"act {act.name} is done in no session")
    return act.session


@condition("at_once", "两人在场；批准、签名、盖章的人，须院长是其中一人，或者由证书根签发给院长")
def at_once(row: Certificate, act: Act) -> bool:
    """Whether a second person signs the act too, and nothing is left for 院长 to consent to."""
    session = session_of(act)
    two = [session.me.id, act.cosigner.person] if act.cosigner is not None else []
    return bool(two) and (not holder_signs(row, act) or consents(session, two) or keeps_root(session, row.person))


@condition("signs", "领证人批准、签名、盖章")
def holder_signs(row: Certificate, act: Act) -> bool:
    """Whether a post of the holder approves, signs or seals."""
    return signs(session_of(act), row.person)


@condition("envelope", "启用恢复信封，或者电话代替")
def envelope(row: Certificate | Incident, act: Act) -> bool:
    """Whether the envelope or two persons at another desk stood in, which is an incident of the same act."""
    return isinstance(row, Incident) or any(table == "Incident" for table, _row in act.written)


@condition("needs_countersign", "须会签")
def needs_countersign(row: Post, act: Act) -> bool:
    """Whether the post approves, signs or seals, by the organisation's data."""
    return session_of(act).organisation.posts[row.post].countersign


@condition("no_countersign", "无须会签")
def no_countersign(row: Post, act: Act) -> bool:
    """Whether the post takes effect at once."""
    return not needs_countersign(row, act)


@condition("replaced", "签发了新证书")
def replaced(row: Certificate, act: Act) -> bool:
    """Whether the act gives the same person another certificate."""
    others = Certificate.select(Certificate.id).where(Certificate.person == row.person, Certificate.id != row.id, Certificate.state.in_(STANDING))
    return any(act.writes("Certificate", other.id) for other in others)


@condition("by_root", "凭任命文件、证书根和恢复信封")
def by_root(_row: Post, act: Act) -> bool:
    """Whether the act brings a post into effect under the signature of the court's root."""
    return any(table == "Post" and act.writes(table, row).get("root_signature") for table, row in act.written)


@condition("holder_left", "签发钥匙的持有人离任")
def holder_left(row: Incident, _act: Act) -> bool:
    """Whether the incident asks for a new issuing key."""
    return bool(row.kind == ISSUING_KEY)
