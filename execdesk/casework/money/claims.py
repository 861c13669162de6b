"""What money proves of what texts claim: that something is still owed, or that nothing is."""

from __future__ import annotations

from execdesk.casefile.recovered import recovered_fen
from execdesk.casework.money.facts import fee_of
from execdesk.drafting.claims import Lacking, Proof, claim
from execdesk.drafting.lent import FactsWanted
from execdesk.law.refusal import WayOn
from execdesk.law.words import amount_in_list


def _owed(wanted: FactsWanted) -> tuple[int | None, int | None]:
    """Claim and fee, and what has come in, in fen; ``None`` where it is not known."""
    claim_fen = wanted.case.claim_fen
    owed = None if claim_fen is None else claim_fen + (fee_of(wanted.session, wanted.case) or 0)
    return owed, recovered_fen(wanted.case)


def _opening(wanted: FactsWanted) -> WayOn:
    return WayOn("登记此前到位金额", f"case.opening_recovered:{wanted.case.id}")


@claim("unperformed")
def unperformed(wanted: FactsWanted) -> Proof | Lacking:
    """That less has come in than is owed; of a case whose claim is no sum nothing speaks against it."""
    owed, came = _owed(wanted)
    if came is None:
        return Lacking("本案此前到位多少还没有登记，不能写履行情况", (_opening(wanted),))
    if owed is not None and came >= owed:
        words = f"已到位 {amount_in_list(came)} 元，标的和执行费共 {amount_in_list(owed)} 元，不能写未履行；还有迟延履行利息的，请在案件中补登标的"
        return Lacking(words, (_opening(wanted),))
    return Proof("标的尚未登记" if owed is None else f"应履行 {amount_in_list(owed)} 元，已到位 {amount_in_list(came)} 元")


@claim("debt_settled")
def debt_settled(wanted: FactsWanted) -> Proof | Lacking:
    """That what is owed has come in whole."""
    owed, came = _owed(wanted)
    if owed is None or came is None or came < owed:
        known = f"标的和执行费共 {amount_in_list(owed)} 元，" if owed is not None else "标的没有登记，"
        words = f"{known}登记到位 {amount_in_list(came or 0)} 元，不能写已经清偿"
        return Lacking(words, (WayOn("登记到账", f"receipt.book:{wanted.case.id}"), _opening(wanted)))
    return Proof(f"已到位 {amount_in_list(came)} 元，不少于 {amount_in_list(owed)} 元")
