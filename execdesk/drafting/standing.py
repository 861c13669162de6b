"""What the case itself proves of what texts claim: that its basis has effect, and that those whom a paper names stand in it as it says."""

from __future__ import annotations

from execdesk.casefile.lookup import parties_of
from execdesk.drafting.claims import Lacking, Proof, claim
from execdesk.drafting.lent import FactsWanted
from execdesk.law.refusal import WayOn
from execdesk.records.cases import Party


@claim("basis_effective", lasting=True)
def basis_effective(wanted: FactsWanted) -> Proof | Lacking:
    """That what is executed had taken effect by the signing day."""
    on, way = wanted.case.basis_effective_on, WayOn("补充执行依据", f"case.basis:{wanted.case.id}")
    if on is None:
        return Lacking("本案没有登记执行依据何时发生法律效力", (way,))
    if on > wanted.on:
        return Lacking(f"执行依据登记为 {on} 生效，签署日 {wanted.on} 还没有生效", (way,))
    return Proof(f"执行依据 {on} 生效")


def _named(wanted: FactsWanted, name: str | None) -> Party | None:
    return next((party for party in parties_of(wanted.case.id) if name and name in (party.id, party.name)), None)


def _debtors(wanted: FactsWanted) -> str:
    return "、".join(party.name for party in parties_of(wanted.case.id, "debtor")) or "无"


@claim("addressee_is_debtor", lasting=True)
def addressee_is_debtor(wanted: FactsWanted) -> Proof | Lacking:
    """That the paper is addressed to a debtor of the case."""
    name = wanted.document.addressee or ""
    found = _named(wanted, name)
    if found is not None and found.side == "debtor":
        return Proof(f"{found.name}为本案被执行人")
    return Lacking(f"受文者「{name or '未填'}」不是本案的被执行人（有：{_debtors(wanted)}）；请另拟给被执行人的一份，漏登的先增加当事人", _party_ways(wanted))


@claim("target_is_debtor", lasting=True)
def target_is_debtor(wanted: FactsWanted) -> Proof | Lacking:
    """That the paper aims at a debtor of the case."""
    chosen = wanted.inputs.get("target")
    found = _named(wanted, str(chosen)) if chosen else next(iter(parties_of(wanted.case.id, "debtor")), None)
    if found is not None and found.side == "debtor":
        return Proof(f"{found.name}为本案被执行人")
    return Lacking(f"{found.name if found else '所选的人'}不是本案的被执行人（有：{_debtors(wanted)}）；漏登的先增加当事人", _party_ways(wanted))


def _party_ways(wanted: FactsWanted) -> tuple[WayOn, ...]:
    return (WayOn("增加当事人", f"party.add:{wanted.case.id}"),)


@claim("persons_of_unit", lasting=True)
def persons_of_unit(wanted: FactsWanted) -> Proof | Lacking:
    """That persons of a unit are named only where the addressee is one."""
    named = str(wanted.inputs.get("persons") or "").strip()
    found = _named(wanted, wanted.document.addressee)
    if not named:
        return Proof("没有写单位的有关人员")
    if found is not None and found.kind != "natural":
        return Proof(f"{found.name}登记为单位")
    name = found.name if found else wanted.document.addressee or "受文者"
    return Lacking(f"{name}是自然人，没有「单位的有关人员」，请清空这一项；登记错了的，更正当事人", (WayOn("更正当事人", f"party.change:{wanted.case.id},{found.id if found else ''}"),))
