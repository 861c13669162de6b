"""A new issuing key for this desk, made with the court's root: when a holder of a share leaves, or two shares no longer meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from execdesk.access import certificates as certs
from execdesk.access import places, slots
from execdesk.access.attending import data_folder
from execdesk.access.certificates import Issued, Validity
from execdesk.access.desk_keys import desk_signer
from execdesk.access.issuing import ISSUING_KEY, current_certificate, entitled, keep_issuing_key, renew_envelope
from execdesk.access.providers import Words, consent
from execdesk.access.session import Session
from execdesk.access.setup import ISSUING_YEARS
from execdesk.records.base import new_id
from execdesk.records.court import Site
from execdesk.records.incidents import Incident, IncidentState
from execdesk.records.people import Person
from execdesk.store.act import Act
from execdesk.store.clock import COURT_TIME


@consent("issuing.replace")
def replacement_words(session: Session, values: Mapping[str, Any]) -> Words:
    """What is to be replaced, and who will hold a share."""
    names = {p.account: p.name for p in Person.select()}
    return (
        ("签发席位", session.site_name), ("换下的签发证书", f"序号 {serial_of(current_certificate(session.store))[:12]}…"), ("证书根", str(values["root_file"])),
        ("新的份额分给", "、".join([*(names[account] for account in _with_slot(session)), "恢复信封"])), ("恢复信封", "同时换新，旧的作废"),
        ("理由", str(values["reason"])),
    )


def new_issuing_key(session: Session, root: Issued) -> Issued:
    """A fresh issuing key of this desk under ``root``, never valid beyond it."""
    end = root.certificate.not_valid_after_utc.astimezone(COURT_TIME).date()
    wanted = Validity.years(session.day, ISSUING_YEARS)
    return certs.issuing(root, session.store.site, session.organisation.court.name, Validity(wanted.first, min(wanted.last, end)), desk_signer(session.store).key)


def put_in_place(session: Session, act: Act, issued: Issued) -> str:
    """The new key in the rows, wrapped beside the store and dealt, last of all; the sentence that tells the new recovery code."""
    folder = data_folder(session)
    act.change(act.get(Site, Site.get(Site.code == session.store.site).id), certificate=issued.pem)
    for incident in Incident.select().where(Incident.kind == ISSUING_KEY, Incident.state == IncidentState.OPEN):
        act.change(incident, state=IncidentState.SETTLED, settled_by=session.me.id, settled_note="签发钥匙已用证书根更换。")
    told = renew_envelope(session.store, folder)
    keep_issuing_key(folder, issued, entitled(session))
    return told


def note_holder_left(session: Session, act: Act, person: Person) -> None:
    """An incident where a holder of a share leaves or no longer attends: what he copied still meets with one other share."""
    if session.store.folder is None or person.account not in slots.holders(places.slots_file(session.store.folder)):
        return
    text = f"{person.name}持有过签发钥匙的一份，不再担任有权在场的职务。请院长用证书根更换签发钥匙（人员和授权 → 证书）。"
    act.add(Incident(id=new_id(), kind=ISSUING_KEY, place=f"Site:{session.store.site}", text=text, found_at=act.at, state=IncidentState.OPEN))


def _with_slot(session: Session) -> list[str]:
    known = slots.names(places.slots_file(data_folder(session)))
    return [account for account in entitled(session) if account in known]


def serial_of(pem: str) -> str:
    return certs.serial(certs.read_pem(pem)[0])
