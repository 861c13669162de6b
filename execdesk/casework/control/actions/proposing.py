"""Putting control of a property forward."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from execdesk.access.register import CASE, Fen, action
from execdesk.access.session import Session
from execdesk.approval.requests import open_request
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.kinds import PropertyKind, property_kinds
from execdesk.casefile.lookup import case_of, debtor_of, open_for_bureau
from execdesk.casework.control.ranking import require_free, require_rank, require_seizable
from execdesk.casework.control.submitting import NOTE, add_papers, checked_months, require_positive
from execdesk.casework.property.entering import enter, note_owner, read_identifiers
from execdesk.law.calculation import MONTHS
from execdesk.law.control import MEASURES
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list
from execdesk.records.charge import DRAFTING
from execdesk.records.measures import Measure, MeasureState
from execdesk.records.property import Property
from execdesk.store.act import Changes


@action(
    "measure.propose", "采取控制措施",
    CASE, Field("party", "被执行人", "choice", options="debtors", start="owner"),
    Field("kind", "财产种类", "choice", required=False, options="property_kinds", where="kind.open", leads=True), Field("identifiers", "财产", "map", required=False, parts="identifiers", where="property.open"),
    Field("property", "已登记的财产", "row", required=False, where="property.open"),
    Field("unit", "协助单位", "name", required=False, start="assisting_unit", where="kind.unit", hint="协助执行通知书送给它，写全称"),
    Field("amount", "金额", "amount", required=False, start="ordered_amount", where="kind.amount"),
    replace(MONTHS, start="longest_months", where="kind.term"),
    Field("rank", "轮候序位", "count", default="1", required=False, least=1, most=99, where="kind.waiting", hint="首封填 1", beside=True),
    Field("immediate", "未发执行通知即先行控制", "flag", required=False),
    Field("checked", "识别信息已核对原件", "flag", required=False, where="owner.open", hint="号码校验不符、或者已登记在他人名下的，核对后勾选"),
    NOTE,
    button="提出控制，拟裁定书", matter="@propose_matter", to_draft=True,
)
def propose(
    session: Session, *, case: str, party: str, kind: str | None = None, identifiers: dict[str, Any] | None = None, property: str | None = None,
    unit: str | None = None, amount: Fen | None = None, months: int | None = None, immediate: bool = False, rank: int = 1, checked: bool = False,
    note: str | None = None,
) -> Changes:
    """Put control of a property forward: a property that is known, or one of a kind by its identifiers, which is entered with it.

    Measure, request at the level of its matter, ruling and notice to the assisting unit are made as the kind's data say. ``months`` at
    most what the law allows on the day (the longest if left out). Raises Refusal ``measure.term``, ``measure.amount``, ``measure.rank``,
    ``property.…`` for identifiers that cannot be or what is another's, ``property.exempt`` for what must not be seized.
    """
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, DRAFTING, "提出控制财产")
    owner = debtor_of(found, party)
    thing = _known(property)
    of = property_kinds(session.resources).of(thing.kind if thing else kind or "")
    known = dict(thing.identifiers) if thing else read_identifiers(of, identifiers or {}, checked=checked)
    assisting = _unit(of, known, unit)
    ordered = _amount(of, amount)
    term = checked_months(session, of.term, months)
    require_rank(of, rank)
    with session.act("measure.propose", case=found.id) as act:
        if thing:
            note_owner(act, thing, owner, checked=checked)
        else:
            thing = enter(session, act, of, known, owner, checked=checked)
        require_seizable([thing.id])
        require_free(session, of, thing, rank)
        measure = act.add(Measure(
            case=found.id, property=thing.id, party=owner.id, kind=of.control, term_kind=of.term or None, words=of.listed(known),
            assisting_unit=assisting, amount_fen=ordered, months=term, rank=rank, state=MeasureState.PROPOSED,
        ))
        title = f"{MEASURES[of.control]} {owner.name} {of.named(known)}" + (f" {amount_in_list(ordered)} 元" if ordered is not None else "")
        request = open_request(session, act, found, of.matter if rank == 1 else of.waiting, title, target=owner, note=note)
        add_papers(session, act, measure, of, request.id, of.ruling, {"immediate": True} if immediate else {}, MEASURES[of.control])
    return act.changes


def _known(row: str | None) -> Property | None:
    if not row:
        return None
    found = Property.get_or_none((Property.id == row) & Property.struck.is_null())
    if found is None:
        raise Refusal("找不到该财产，请刷新后再试。", code="property.missing")
    thing: Property = found
    return thing


def _unit(of: PropertyKind, identifiers: dict[str, str], unit: str | None) -> str | None:
    """Who assists: as told, else what the kind's data say."""
    told = " ".join((unit or "").split()) or (identifiers.get(of.unit_from, "") if of.unit_from else of.unit_named)
    if of.unit and not told:
        raise Refusal(f"请填写{of.unit}，协助执行通知书要送给它。", code="measure.text", field="unit")
    return told or None


def _amount(of: PropertyKind, amount: int | None) -> int | None:
    if not of.amount:
        return None
    if amount is None:
        raise Refusal(f"请填写{of.title}的金额。", code="measure.amount", field="amount")
    require_positive(amount)
    return amount
