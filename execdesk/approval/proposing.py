"""One matter of a case put forward with the paper that its matter calls for, in one act."""

from __future__ import annotations

from typing import Any

from execdesk.access.session import Session
from execdesk.approval.requests import open_request
from execdesk.casefile.charge import require_in_charge
from execdesk.documents.texts import DocType
from execdesk.drafting.drafts import add_draft
from execdesk.records.cases import Case, Party
from execdesk.records.charge import DRAFTING
from execdesk.store.act import Changes


def propose(
    session: Session, act_name: str, case: Case, matter: str, title: str, target: Party | None = None, *,
    inputs: dict[str, Any] | None = None, circumstances: list[str] | None = None, corrects: str | None = None, note: str | None = None,
) -> Changes:
    """A request and its document as drafts. Which document is the catalogue's matter; it is addressed to the party it aims at
    where its type is addressed to parties in that role."""
    require_in_charge(session, case, DRAFTING, title)
    kind = session.catalogue.draftable(session.day, matter=matter)
    return open_with_paper(session, act_name, case, matter, title, kind, target, inputs=inputs, circumstances=circumstances, corrects=corrects, note=note)


def open_with_paper(
    session: Session, act_name: str, case: Case, matter: str, title: str, kind: DocType, target: Party | None, *, inputs: dict[str, Any] | None = None,
    circumstances: list[str] | None = None, corrects: str | None = None, note: str | None = None, measure: str | None = None, addressee: str | None = None,
) -> Changes:
    """A request and a draft of a type, in one act."""
    with session.act(act_name, case=case.id) as act:
        request = open_request(session, act, case, matter, title, target=target, circumstances=circumstances or (), note=note)
        values = {k: v for k, v in (inputs or {}).items() if v not in (None, "")}
        if target is not None:
            values["target"] = target.id
        whom = addressee or (target.name if target is not None and kind.addressee in (target.side, "parties") else None)
        add_draft(session, act, case.id, kind.id, request=request.id, measure=measure, addressee=whom, inputs=values, corrects=corrects)
    return act.changes
