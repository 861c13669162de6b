"""What waits in a case for its measures: the answer of the bank or registry."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.dossier import Dossier
from execdesk.casefile.waiting import Waits, waiting
from execdesk.records.measures import BankReceipt, Measure


def _unanswered(dossier: Dossier) -> Iterator[Waits]:
    answered = {row.measure for row in dossier.of(BankReceipt)}
    return (Waits(row, "待回执") for row in dossier.of(Measure) if row.served_on is not None and row.state == "live" and row.id not in answered)


ANSWER = waiting("bank.receipt", place=40, duty="record_receipt", widely="register_case", find=_unanswered, tables=(Measure, BankReceipt))
