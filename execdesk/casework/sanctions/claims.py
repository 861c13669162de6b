"""What recorded acts of obstruction prove of what a decision on a sanction claims."""

from __future__ import annotations

from execdesk.casefile.lookup import parties_of
from execdesk.casework.sanctions.acts import act_kinds
from execdesk.drafting.claims import Lacking, Proof, claim
from execdesk.drafting.lent import FactsWanted
from execdesk.law.refusal import WayOn
from execdesk.records.sanctions import ObstructionAct


@claim("obstruction_recorded", lasting=True)
def obstruction_recorded(wanted: FactsWanted) -> Proof | Lacking:
    """That the person aimed at, who must be one, did an act of the kind that the decision names, recorded before the signing day."""
    record = WayOn("登记妨害行为", f"obstruction.record:{wanted.case.id}")
    target = next((p for p in parties_of(wanted.case.id) if p.id == wanted.inputs.get("target")), None)
    if target is not None and target.kind != "natural":
        return Lacking(f"{target.name}是单位，不能拘留；可对其主要负责人或者直接责任人员提请", (WayOn("提请拘留", f"sanction.detain:{wanted.case.id}"),))
    named = wanted.inputs.get("act") or ""
    act = ObstructionAct.get_or_none(ObstructionAct.id == named, ObstructionAct.case == wanted.case.id, ObstructionAct.struck.is_null())
    name = target.name if target else "该人"
    if act is None or target is None or act.party != target.id:
        return Lacking(f"本案没有登记{name}的妨害行为", (record,))
    if act.on > wanted.on:
        return Lacking(f"登记的妨害行为在 {act.on}，晚于签署日 {wanted.on}", (record,))
    kind, ground = act_kinds(wanted.session.resources)[act.statute_item], wanted.inputs.get("ground")
    if kind.ground and ground and kind.ground != ground:
        return Lacking(f"登记的行为是「{kind.name}」，与所选的事由不符；请改事由，另有行为的另行登记", (record,))
    return Proof(f"{act.on} {target.name}{kind.name}")
