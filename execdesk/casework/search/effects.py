"""What papers of the search bring about: the order to report property asks for a report."""

from __future__ import annotations

from execdesk.issue.effects import Event, effect
from execdesk.records.cases import Party
from execdesk.records.search import DeclarationState, PropertyDeclaration


@effect("search.report_asked")
def report_asked(event: Event) -> str | None:
    """The order has come to the debtor: his days run from the first service; one found earlier moves them back, unless he has reported."""
    paper = event.document
    known = PropertyDeclaration.get_or_none(PropertyDeclaration.document == paper.id, PropertyDeclaration.struck.is_null())
    if known is not None:
        if known.state == DeclarationState.ASKED and event.day < known.asked_on:
            event.act.change(event.act.get(PropertyDeclaration, known.id), asked_on=event.day)
        return None
    party = Party.get_or_none(Party.case == paper.case, Party.name == paper.addressee, Party.side == "debtor", Party.struck.is_null())
    if party is None:
        return None
    days = (paper.inputs or {}).get("days")
    event.act.add(PropertyDeclaration(case=paper.case, party=party.id, document=paper.id, state=DeclarationState.ASKED, asked_on=event.day, days=days))
    return f"{paper.addressee}应在{f' {days} 日内' if days else '规定期限内'}报告财产"
