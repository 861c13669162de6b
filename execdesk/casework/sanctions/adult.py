"""Who is too young for the list of dishonest debtors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from execdesk.casefile.lookup import parties_of
from execdesk.casefile.premises import Lack, PremiseAsked, premise
from execdesk.law.dishonest import may_be_listed
from execdesk.law.identity import check_identity
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.cases import Party


@premise("adult")
def adult(asked: PremiseAsked) -> Iterator[Lack]:
    """The debtor is of age by his day of birth, as entered or as his checked number tells it; one of whom neither is known is not taken to be."""
    debtors = parties_of(asked.case.id, "debtor")
    if asked.party is None and len(debtors) > 1:
        yield Lack("还没有写明是哪一名被执行人，请作废本次报批，写明对象重新提出")
        return
    for party in [asked.party] if asked.party is not None else debtors:
        yield from _of_age(asked, party)


def _of_age(asked: PremiseAsked, party: Party) -> Iterator[Lack]:
    if party.side != "debtor":
        yield Lack(f"{party.name}不是被执行人")
        return
    if party.kind != "natural":
        return
    born = born_on(party)
    if born is None:
        yield Lack(f"{party.name}的出生日期和证件号码都没有登记，不知道是否成年", (WayOn("更正当事人", f"party.change:{party.case},{party.id},born_on"),))
        return
    try:
        may_be_listed(asked.session.law, asked.on, born_on=born, grounds=())
    except Refusal as refusal:
        yield Lack(refusal.text.rstrip("。").replace("被执行人", f"被执行人{party.name}", 1), (WayOn("更正当事人", f"party.change:{party.case},{party.id},born_on"),), refusal.clauses)


def born_on(party: Party) -> date | None:
    """The day of birth of a person: as entered, else as his number tells it; ``None`` where neither says."""
    told: date | None = party.born_on
    if told is not None or not party.id_no:
        return told
    try:
        return check_identity(party.id_no).born_on
    except Refusal:
        return None
