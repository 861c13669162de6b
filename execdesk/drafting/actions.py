"""Drafting a document and filling what it asks for."""

from __future__ import annotations

from datetime import date
from typing import Any

from execdesk.access.possible import require_possible
from execdesk.access.register import CASE, action
from execdesk.access.session import Session
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.lookup import case_of, open_for_bureau
from execdesk.drafting.drafts import add_draft, document_of
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import TO_CHANGE, Request
from execdesk.records.charge import DRAFTING
from execdesk.records.measures import Measure
from execdesk.records.papers import Document
from execdesk.store.act import Act, Changes

CHOSEN = frozenset({"signer", "target", "sanction_number", "accepted_on", "variant"})  # what a person names beside the slots of the text


@action(
    "document.draft", "拟文书",
    CASE, Field("type", "文书", "row"), Field("inputs", "填写", "map", required=False),
    Field("addressee", "受文者", "name", required=False), Field("request", "报批事项", "row", required=False),
    Field("measure", "措施", "row", required=False), Field("corrects", "被补正文书", "row", required=False),
)
def draft(
    session: Session,
    *,
    case: str,
    type: str,
    inputs: dict[str, Any] | None = None,
    addressee: str | None = None,
    request: str | None = None,
    measure: str | None = None,
    corrects: str | None = None,
) -> Changes:
    """Start a draft of any type that has a text."""
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, DRAFTING, "拟文书")
    session.catalogue.text(type, session.day)
    _check_inputs(session, type, inputs or {}, session.day)
    with session.act("document.draft", case=found.id) as act:
        _require_of_case(act, found.id, request, measure, corrects)
        add_draft(
            session,
            act,
            found.id,
            type,
            request=request,
            measure=measure,
            addressee=addressee,
            inputs=inputs,
            corrects=corrects,
        )
    return act.changes


@action(
    "document.fill", "填写文书",
    Field("document", "文书", "row"), Field("inputs", "填写", "map"),
    Field("addressee", "受文者", "name", required=False),
)
def fill_inputs(session: Session, *, document: str, inputs: dict[str, Any], addressee: str | None = None) -> Changes:
    """Save a version of a draft's inputs; only a draft can be filled."""
    row = document_of(document)
    require_in_charge(session, case_of(row.case), DRAFTING, "填写文书")
    _check_inputs(session, row.type_id, inputs, session.day)
    with session.act("document.fill", case=row.case) as act:
        fresh = act.get(Document, row.id)
        require_possible(fresh, act.name, f"《{fresh.title}》", "document.frozen", "已提交的内容冻结，要改请先撤回")
        _check_scope(fresh.inputs or {}, inputs)
        values = {"inputs": {**(fresh.inputs or {}), **inputs}}
        act.change(fresh, **values, **({"addressee": addressee} if addressee is not None else {}))
    return act.changes


def _check_scope(fixed: dict[str, Any], told: dict[str, Any]) -> None:
    """How much is released goes into ruling and notice alike when the release is put forward, and changes in neither alone."""
    if "scope" in fixed and told.get("scope", fixed["scope"]) != fixed["scope"]:
        raise Refusal("解除的范围在提出解除时已定，裁定书和通知书一致；要改请撤回本次报批，重新提出解除。", code="document.input")


def _check_inputs(session: Session, type_id: str, inputs: dict[str, Any], on: date) -> None:
    """Only what the text asks a person for can be filled; facts of the case and of the measure are changed where they stand."""
    slots = session.catalogue.text(type_id, on).slots
    by_hand = {name for name, slot in slots.items() if slot.by_hand}
    unknown = sorted(inputs.keys() - (by_hand | CHOSEN))
    if unknown:
        named = "、".join(slots[name].label if name in slots else name for name in unknown)
        raise Refusal(
            f"《{session.catalogue.type(type_id).title}》没有「{named}」这一项可填。案件、当事人、送达、措施的事实不在文书上填写，请在来源处登记或者更正。",
            code="document.input",
        )


def _require_of_case(act: Act, case: str, request: str | None, measure: str | None, corrects: str | None) -> None:
    """What a draft goes with is of the same case, and its request still open to change."""
    asked = act.get(Request, request) if request else None
    rows = [asked, act.get(Measure, measure) if measure else None, act.get(Document, corrects) if corrects else None]
    if any(row is not None and row.case != case for row in rows):
        raise Refusal("报批事项、措施或被补正文书不属于本案，不能拟在一起。", code="document.case")
    if asked is not None and asked.state not in TO_CHANGE:
        raise Refusal("该报批事项已提交，不能再加文书。要加请先撤回。", code="document.frozen")
