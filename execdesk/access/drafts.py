"""Half-filled forms of a person: kept on this PC beside the records, back after a lock or a crash, never journaled.

They are sealed to the person who began them: who else opens the store, with whatever program, reads none of them.
"""

from __future__ import annotations

import json
from typing import Any

from execdesk.access.files import canonical
from execdesk.access.session import Session
from execdesk.records.journal import Draft
from execdesk.store.dberrors import database_errors_as_refusals


def keep(session: Session, place: str, values: dict[str, Any]) -> None:
    """Keep ``values`` at ``place`` for the person signed in; empty values forget what was kept.

    Raises:
        Refusal: ``access.locked``, ``store.full``, ``store.device``, ``store.busy``; what was kept before stays.
    """
    person = session.me.id
    if not values:
        with database_errors_as_refusals():
            Draft.delete().where(Draft.person == person, Draft.place == place).execute()
        return
    at, sealed = session.store.clock.now(), session.signing_key.box.seal(canonical(values), place)
    with database_errors_as_refusals():
        Draft.insert(person=person, place=place, sealed=sealed, at=at).on_conflict(
            conflict_target=[Draft.person, Draft.place], update={Draft.sealed: sealed, Draft.at: at}
        ).execute()


def kept(session: Session, place: str) -> dict[str, Any]:
    """What was kept at ``place``; empty where nothing was, or what was is another's or of a password forgotten since."""
    found = Draft.get_or_none(Draft.person == session.me.id, Draft.place == place)
    opened = session.signing_key.box.open(bytes(found.sealed), place) if found else None
    return dict(json.loads(opened)) if opened else {}
