"""What waits for 院长 to consent to, as one matter: the certificates, and what was signed with those that sign already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from execdesk.access.consenting import UNTIL_THEN, about_certificate, waiting_certificates
from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.records.approvals import Decision, Request
from execdesk.records.papers import Document, KeptFile
from execdesk.records.people import Certificate, CertificateState, Person
from execdesk.store.clock import COURT_TIME

_KINDS = {"person": ("signed", "cosigned"), "seal": ("sealed",)}
_SAID = {"approve": "批准", "sign_issue": "签发", "return": "退回", "comment": "签署意见", "refer": "转报"}


@dataclass(frozen=True)
class Consent:
    """One matter to which one key consents: its action with its values, what it is about, and what was done under it already."""

    key: str
    title: str
    day: date
    action: str
    values: Mapping[str, Any]
    why: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[str, ...] = field(default=())


def consents(session: Session) -> tuple[Consent, ...]:
    """What waits for the consent of the person signed in; nothing where he is not 院长. His own is not among it."""
    if "ratify" not in duties(session):
        return ()
    rows = waiting_certificates(session)
    if not rows:
        return ()
    people = {one.id: one for one in Person.select().where(Person.id.in_({row.person for row in rows}))}
    return (Consent(
        "certificates", f"{len(rows)} 张新证书待您同意", _day(rows[0].issued_at), "certificate.ratify", {"certificates": [row.id for row in rows]},
        _why({row.state for row in rows}),
        tuple((people[row.person].name, about_certificate(session, row)) for row in rows),
        tuple(f"{people[row.person].name}：{line}" for row in rows for line in signed_lines(row)),
    ),)


def _why(states: set[str]) -> str:
    parts = [f"「待院长同意」的，{UNTIL_THEN}"] if CertificateState.AWAITING in states else []
    parts += ["「待追认」的已经可以办理，所签的列在下面"] if CertificateState.PROVISIONAL in states else []
    return f"{'；'.join(parts)}。不同意的，在「工具 → 人员和授权 → 证书」里逐张不予同意。"


def signed_lines(row: Certificate) -> tuple[str, ...]:
    """The papers and words signed with a certificate that is not, or not yet, good for everything; oldest first."""
    if row.state == CertificateState.VALID:
        return ()
    until = row.revoked_at
    kept = KeptFile.select().where(KeptFile.person == row.person, KeptFile.kind.in_(_KINDS[row.purpose]), KeptFile.at >= row.issued_at)
    said = Decision.select().where(Decision.person == row.person, Decision.at >= row.issued_at) if row.purpose == "person" else ()
    found = [(one.at, _paper(one)) for one in kept] + [(one.at, _word(one)) for one in said]
    return tuple(words for at, words in sorted(found) if until is None or at < until)


def _paper(kept: KeptFile) -> str:
    document = Document.get_by_id(kept.document)
    return f"《{document.title}》{document.number or ''} {_day(kept.at)} {'盖章' if kept.kind == 'sealed' else '签名'}"


def _word(decision: Decision) -> str:
    return f"「{Request.get_by_id(decision.request).title}」{_day(decision.at)} {_SAID.get(decision.kind, '审批意见')}"


def _day(at: datetime) -> date:
    return at.astimezone(COURT_TIME).date()
