"""What papers of the file prove of what texts claim: each claim by the item of the file that shows it."""

from __future__ import annotations

from collections.abc import Callable

from execdesk.casefile.fileitems import file_items
from execdesk.casefile.lookup import rows_of
from execdesk.drafting.claims import Lacking, Proof, claim
from execdesk.drafting.lent import FactsWanted
from execdesk.law.refusal import WayOn
from execdesk.records.fileentries import FileEntry


def _shown_by(item: str) -> Callable[[FactsWanted], Proof | Lacking]:
    def prove(wanted: FactsWanted) -> Proof | Lacking:
        name = file_items(wanted.session.resources)[item].name
        found = min((row for row in rows_of(FileEntry, wanted.case.id) if row.item == item and row.on <= wanted.on), key=lambda row: (row.on, row.id), default=None)
        if found is None:
            return Lacking(f"卷内材料没有「{name}」这一项", (WayOn("登记卷内材料", f"file.enter:{wanted.case.id}"),))
        return Proof(f"{found.on} {name}{f'（卷内第{found.page}页）' if found.page else ''}")

    return prove


for _item in ("applicant_withdrew", "outsider_owns", "property_unsold", "security_agreed"):
    claim(_item, lasting=True)(_shown_by(_item))
