"""The court takes a document type into use: its text and every unconfirmed figure behind it, once, approved by 局长 (§6)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from typing import Any

from execdesk.access.actions import action
from execdesk.access.duty import require_may
from execdesk.access.possible import require_possible
from execdesk.access.session import Session
from execdesk.documents.adoption import Unconfirmed, unconfirmed
from execdesk.documents.template import Template
from execdesk.documents.texts import TextVersion
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.base import canonical, new_id
from execdesk.records.court import Adoption, ProposalState
from execdesk.store.act import Act, Changes

_MARK = 16


def version_of(text: TextVersion) -> str:
    """The text as it reads: its version and a digest of every word, slot and rule in it."""
    return f"{text.id[: 63 - _MARK]}#{hashlib.sha256(canonical(_written(text)).encode()).hexdigest()[:_MARK]}"


def _written(value: Any) -> Any:
    """What was written in the data file: fields left at their default say nothing, so that a later program reads the same."""
    if isinstance(value, Template):
        return value.raw
    if is_dataclass(value):
        return {f.name: _written(getattr(value, f.name)) for f in fields(value) if getattr(value, f.name) != f.default}
    if isinstance(value, Mapping):
        return {str(key): _written(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_written(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def unconfirmed_of(session: Session, type_id: str, on: date) -> tuple[Unconfirmed, ...]:
    """Everything unconfirmed that a document of a type signed on a day may print: text, party block, series, articles, values."""
    catalogue = session.catalogue
    return unconfirmed(catalogue.type(type_id), catalogue.text(type_id, on), catalogue.series(type_id, on), session.law, on)


def adoption_of(session: Session, type_id: str, on: date) -> Adoption | None:
    """The effective adoption that covers the type as it would print on a day; a changed text or figure is not covered."""
    text = version_of(session.catalogue.text(type_id, on))
    now = _listed(unconfirmed_of(session, type_id, on))
    rows = Adoption.select().where(
        Adoption.type_id == type_id, Adoption.text_version == text, Adoption.state == ProposalState.EFFECTIVE, Adoption.struck.is_null()
    )
    return next((row for row in rows if all(item in row.unconfirmed for item in now)), None)


def pending_of(type_id: str) -> Adoption | None:
    """What waits for 局长."""
    found: Adoption | None = Adoption.get_or_none(Adoption.type_id == type_id, Adoption.state == ProposalState.PROPOSED, Adoption.struck.is_null())
    return found


@action("adoption.prepare", "准备采用文书", Field("document_type", "文书", "row"))
def prepare(session: Session, *, document_type: str) -> Changes:
    """The administrator lists the text and all that is unconfirmed in it, for 局长; a list that is out of date is replaced.

    Raises:
        Refusal: ``document.unknown``, ``document.no_text``, ``adoption.covered``, ``adoption.pending``.
    """
    require_may(session, "prepare_adoption", "准备采用文书")
    with session.act("adoption.prepare") as act:
        text, listed = _as_it_is(session, document_type, act.day)
        title = session.catalogue.type(document_type).title
        act.reason = f"准备采用《{title}》"
        if adoption_of(session, document_type, act.day) is not None:
            raise Refusal(f"《{title}》本院已采用，文本和数据没有变化，不用再准备。", code="adoption.covered")
        old = pending_of(document_type)
        if old is not None and (old.text_version, old.unconfirmed) == (text, listed):
            raise Refusal(f"《{title}》已准备好，正等局长批准。", code="adoption.pending")
        if old is not None:
            act.strike(old, "文本或数据已变，另行准备")
        act.add(Adoption(
            id=new_id(), type_id=document_type, text_version=text, unconfirmed=listed, proposed_by=session.me.id, state=ProposalState.PROPOSED,
        ))
    return act.changes


@action("adoption.approve", "批准采用文书", Field("adoption", "采用", "row"))
def approve(session: Session, *, adoption: str) -> Changes:
    """局长 adopts what was listed, if it still reads so; nobody what he prepared himself."""
    require_may(session, "adopt", "批准采用文书")
    with session.act("adoption.approve") as act:
        row = _waiting(act, adoption)
        title = session.catalogue.type(row.type_id).title
        if row.proposed_by == session.me.id:
            raise Refusal(f"《{title}》的采用是您自己准备的，不能由您批准。", code="access.oneself")
        if (row.text_version, row.unconfirmed) != _as_it_is(session, row.type_id, act.day):
            raise Refusal(f"《{title}》准备之后文本或数据有变，请系统管理员重新准备，再批准。", code="adoption.changed")
        act.reason = f"采用《{title}》"
        act.change(row, state=ProposalState.EFFECTIVE, approved_by=session.me.id, approved_on=act.day)
    return act.changes


@action(
    "adoption.refuse", "不批准采用文书",
    Field("adoption", "采用", "row"), Field("reason", "理由", "long"),
    button="不批准", note="写明要改正什么，系统管理员改正后可以再准备。", done="已退回，未采用。",
)
def refuse(session: Session, *, adoption: str, reason: str) -> Changes:
    """局长 turns it down with a reason; the type stays as it was."""
    require_may(session, "adopt", "批准采用文书")
    if not reason.strip():
        raise Refusal("请写明不批准的理由。", code="access.reason")
    with session.act("adoption.refuse", reason=reason.strip()) as act:
        act.change(_waiting(act, adoption), state=ProposalState.REFUSED, approved_by=session.me.id, approved_on=act.day)
    return act.changes


def _as_it_is(session: Session, type_id: str, on: date) -> tuple[str, list[dict[str, Any]]]:
    return version_of(session.catalogue.text(type_id, on)), _listed(unconfirmed_of(session, type_id, on))


def _listed(found: tuple[Unconfirmed, ...]) -> list[dict[str, Any]]:
    return [asdict(item) for item in found]


def _waiting(act: Act, adoption: str) -> Adoption:
    row = act.get(Adoption, adoption)
    require_possible(row, act.name, "这件采用", "adoption.state")
    return row
