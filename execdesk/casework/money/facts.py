"""What money lends to documents: what is claimed, what the execution costs, what has come in."""

from __future__ import annotations

from execdesk.access.session import Session
from execdesk.casefile.recovered import recovered_fen
from execdesk.documents.facts import MoneyFacts
from execdesk.drafting.lent import FactsWanted, lends
from execdesk.law.fees import execution_fee
from execdesk.records.cases import Case


@lends("money", {"money.claim": "立案登记", "money.fee": "立案登记，或按标的计算", "money.realised": "案款"})
def lent_money(wanted: FactsWanted) -> MoneyFacts:
    """The amounts of a case."""
    return MoneyFacts(wanted.case.claim_fen, fee_of(wanted.session, wanted.case), recovered_fen(wanted.case))


def fee_of(session: Session, case: Case) -> int | None:
    """The execution fee as registered, else by the tiers in force on the day of filing."""
    if case.fee_fen is not None or case.claim_fen is None:
        return case.fee_fen
    return execution_fee(session.law, case.claim_fen, case.filed_on).fen
