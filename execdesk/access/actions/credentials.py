"""Verbs about certificates: issued with two people present, the old one revoked; ratified or annulled by 院长.

Two people are the person signed in and a witness who types his own password here; each may issue or witness, neither is the one who
receives, and only the shares of both open the issuing key. A desk where nobody else could witness uses the recovery envelope
instead, which is renewed at once, or the answer of two persons at another desk by telephone: that is an incident, and the certificate stays provisional until 院长 ratifies it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from execdesk.access import held, places, slots
from execdesk.access.attending import Present, attended, data_folder
from execdesk.access.certificates import Issued
from execdesk.access.consenting import about_certificate, consents, waiting_certificates
from execdesk.access.duty import require_may
from execdesk.access.files import put_back_on_failure
from execdesk.access.founding import certificate_row, new_certificate
from execdesk.access.issuing import IssuingKey, deal_anew, open_issuing_key, renew_envelope
from execdesk.access.organisation_data import ATTENDING
from execdesk.access.passwords import rule_of
from execdesk.access.possible import require_possible
from execdesk.access.providers import Words, consent
from execdesk.access.register import action
from execdesk.access.requesting import CertificateRequest, certificate_request, root_wanted
from execdesk.access.root import PASSPHRASE, ROOT_FILE, open_root
from execdesk.access.session import Session
from execdesk.access.signin import check_password
from execdesk.access.slots import PreparedSlot
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.base import new_id
from execdesk.records.incidents import Incident, IncidentState
from execdesk.records.people import CERTIFICATE_MOVES, Certificate, CertificateState, Person
from execdesk.store.act import Act, Changes


@dataclass(frozen=True)
class _Receiver:
    """Who receives a certificate: the secret it will be wrapped under, and the new slot if one is made."""

    request: CertificateRequest
    secret: bytes
    prepared: PreparedSlot | None


@action(
    "certificate.issue", "签发证书",
    Field("person", "领证人", "choice", options="receivers"), Field("password", "领证人自己输入密码", "secret"),
    Field("forgotten", "领证人的密码", "flag", default="仍用现在的密码", required=False, options=((False, "仍用现在的密码"), (True, "另设新密码（首次领证，或原密码已忘记）"))),
    Field("purpose", "用途", "choice", default="person", required=False, options=(("person", "个人签名"), ("seal", "院印（只给印章管理员）"))),
    Field("own_password", "您自己的密码", "secret"),
    Field("witness", "在场的第二人", "choice", required=False, options="witnesses"),
    Field("witness_password", "第二人自己输入密码", "secret", required=False),
    Field("recovery_code", "恢复码，或者电话里读回的码", "secret", required=False, hint="没有第二人在场时填写", rare=True),
    Field("telephone", "没有第二人在场时", "flag", default="启用恢复信封", required=False, rare=True, options=((False, "启用恢复信封"), (True, "由另一席位两人电话代替"))),
    replace(ROOT_FILE, required=False, rare=True, hint="只在给院长签发时填写"), replace(PASSPHRASE, required=False, rare=True, hint="只在给院长签发时填写"),
    Field("reason", "理由", "long", required=False, rare=True),
    note="须两人在场：您和另一名院长、局长、副局长或系统管理员，各持签发钥匙的一份，合起来才能签发。三人各自输入自己的密码。原证书同时作废。", done="已签发证书。",
)
def issue(
    session: Session, *, person: str, password: str, own_password: str, witness: str = "", witness_password: str = "",
    recovery_code: str = "", telephone: bool = False, forgotten: bool = False, purpose: str = "person", root_file: str = "", passphrase: str = "", reason: str = "",
) -> Changes:
    """Give a person (or the seal, in its keeper's hands) a new key and certificate; the former ones are revoked in the same act.

    The receiver types his own password, and so do the two whose shares open the issuing key. With ``forgotten`` his key slot is
    made anew; without, the password must open the one he has. The certificate of 院长 comes from the root.
    """
    require_may(session, tuple(ATTENDING), "签发证书")
    request, folder = certificate_request(session, person, purpose, forgotten), data_folder(session)
    with attended(session, request.person, own_password, witness, witness_password, recovery_code, telephone) as present:
        key = open_issuing_key(session.store, folder, present.shares)
        return issue_under(session, request, present, key, password, root=(root_file, passphrase), reason=reason)


def issue_under(
    session: Session, request: CertificateRequest, present: Present, key: IssuingKey, password: str, *, root: tuple[str, str] = ("", ""), reason: str = "",
) -> Changes:
    """The act ``certificate.issue`` under an opened issuing key: new key and certificate, the former ones revoked, fresh shares for all holders."""
    folder, receiver, row_id = data_folder(session), _receiver(session, request, password), new_id()
    issued = new_certificate(_issuer(session, request, key, *root), request.subject, request.purpose, request.validity)
    with (
        put_back_on_failure(places.key_file(folder, row_id)), put_back_on_failure(places.slots_file(folder)),
        session.act("certificate.issue", reason=reason or f"为{request.person.name}签发证书", cosigner=present.as_cosigner()) as act,
    ):
        held.keep(folder, row_id, issued, receiver.secret)
        _write(session, act, request, certificate_row(issued, request.person, session.store.site, request.purpose, row_id), present)
        told = _renew_slots(session, folder, receiver, key, present)
    return replace(act.changes, told=told)


@action(
    "certificate.revoke", "撤销证书",
    Field("certificate", "证书", "row"), Field("reason", "理由", "long"),
    note="自现在起不能再用它登录和签名；此前的签名仍然有效。", done="已撤销证书。",
)
def revoke(session: Session, *, certificate: str, reason: str) -> Changes:
    """Make a certificate void from now on; what it signed before stays good."""
    require_may(session, ("issue_certificates", "countersign"), "撤销证书")
    with session.act("certificate.revoke", reason=reason) as act:
        _revoke(act, _standing(act, certificate), reason)
    return act.changes


@action("certificate.ratify", "同意证书", Field("certificates", "证书", "many", required=False), button="同意", note="同意以后，各人即可审批、签名、盖章。", done="已同意证书。")
def ratify(session: Session, *, certificates: list[str] | None = None) -> Changes:
    """院长 consents to certificates that wait for him, and ratifies those issued with the envelope or by telephone: all of them or none.

    Raises:
        Refusal: ``access.duty``, ``certificate.awaiting``, ``certificate.none`` for none, with those that wait, ``certificate.state`` for one that does
            not wait, ``access.oneself`` for one's own.
    """
    require_may(session, "ratify", "同意证书")
    chosen = _chosen(session, certificates)
    with session.act("certificate.ratify") as act:
        for row in [_standing(act, certificate) for certificate in chosen]:
            if row.person == session.me.id:
                raise Refusal("不能同意自己的证书，请由另一人办理。", code="access.oneself")
            act.change(row, state=CertificateState.VALID)
            _settle(session, act, row, "院长追认")
    return act.changes


def _chosen(session: Session, certificates: list[str] | None) -> list[str]:
    if certificates:
        return list(dict.fromkeys(certificates))
    found = "；".join(f"{row.id} {Person.get_by_id(row.person).name}（{about_certificate(session, row)}）" for row in waiting_certificates(session))
    raise Refusal(f"没有选定证书。等着同意的：{found}。请选定其中要同意的。" if found else "没有等着您同意的证书。", code="certificate.none")


@consent("certificate.ratify")
def ratifying_words(session: Session, values: Mapping[str, Any]) -> Words:
    """To whose certificates 院长 consents."""
    rows = [Certificate.get_or_none(Certificate.id == row) for row in _chosen(session, values.get("certificates"))]
    return tuple((Person.get_by_id(row.person).name, about_certificate(session, row)) for row in rows if row is not None)


@action(
    "certificate.annul", "不予同意证书",
    Field("certificate", "证书", "row"), Field("reason", "理由", "long"),
    button="不予同意", note="证书即时作废；它签过的事项请逐一核对。", done="已记为不予同意。",
)
def annul(session: Session, *, certificate: str, reason: str) -> Changes:
    """院长 does not consent: the certificate is void from now on, and what it signed is his to look at."""
    require_may(session, "ratify", "不予同意证书")
    with session.act("certificate.annul", reason=reason) as act:
        row = _standing(act, certificate)
        _revoke(act, row, reason)
        _settle(session, act, row, f"院长不予同意：{reason}")
    return act.changes


def _issuer(session: Session, request: CertificateRequest, key: IssuingKey, root_file: str, passphrase: str) -> Issued:
    if not request.by_root:
        return key.issued
    if not root_file or not passphrase:
        raise root_wanted()
    return open_root(session, root_file, passphrase)


def _receiver(session: Session, request: CertificateRequest, password: str) -> _Receiver:
    file, account = places.slots_file(data_folder(session)), request.person.account
    if not request.new_password:
        opened, _ = check_password(data_folder(session), account, password)
        return _Receiver(request, opened.p12_secret, None)
    rule_of(session).require(password, account, request.person.name)
    prepared = slots.prepare(account, password, slots.cost_of(file))
    return _Receiver(request, prepared.p12_secret, prepared)


def _write(session: Session, act: Act, request: CertificateRequest, row: Certificate, present: Present) -> None:
    for old in request.replaced:
        _revoke(act, act.get(Certificate, old.id), "签发了新证书")
    row.issued_at, row.state = act.at, _first_state(session, request, present)
    act.add(row)
    if present.envelope or present.call:
        how = f"由另一席位两人电话代替（{present.call}）" if present.call else "启用恢复码信封"
        who = f"本席位无第二人在场，{session.me.name}" if present.second is None else f"{session.me.name}、{Person.get_by_id(present.second.person).name}"
        then = "所签的列给院长，待院长追认" if present.second else CERTIFICATE_MOVES.words[row.state]
        text = f"{who}{how}为{request.person.name}签发证书，{then}。"
        act.add(Incident(id=new_id(), kind="recovery_envelope", place=f"Certificate:{row.id}", text=text, found_at=act.at, state=IncidentState.OPEN))


def _first_state(session: Session, request: CertificateRequest, present: Present) -> str:
    """Whether a new certificate serves for everything at once, what it signs is 院长's to look at, or it signs only once he consents."""
    if present.second is None:
        return CertificateState.AWAITING if request.signs else CertificateState.PROVISIONAL
    if not request.signs or request.by_root or consents(session, (session.me.id, present.second.person)):
        return CertificateState.VALID
    return CertificateState.PROVISIONAL if present.envelope else CertificateState.AWAITING


def _renew_slots(session: Session, folder: Path, receiver: _Receiver, key: IssuingKey, present: Present) -> str:
    """Last within the act: if the slots cannot be written, the act keeps nothing either. What is to be told of a new envelope."""
    if receiver.prepared is not None:
        slots.renew(places.slots_file(folder), receiver.prepared, session.store.data_key)
    if present.call:
        slots.remove(places.slots_file(folder), present.call.slot)  # good for once
    told = renew_envelope(session.store, folder) if present.envelope else ""
    deal_anew(session, folder, key)
    return told


def _standing(act: Act, certificate: str) -> Certificate:
    row = act.get(Certificate, certificate)
    require_possible(row, act.name, "该证书", "certificate.state")
    return row


def _revoke(act: Act, row: Certificate, reason: str) -> None:
    act.change(row, state=CertificateState.REVOKED, revoked_at=act.at, reason=reason)


def _settle(session: Session, act: Act, row: Certificate, note: str) -> None:
    for incident in Incident.select().where(Incident.place == f"Certificate:{row.id}", Incident.state == IncidentState.OPEN):
        act.change(incident, state=IncidentState.SETTLED, settled_by=session.me.id, settled_note=note)
