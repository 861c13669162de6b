"""What an issued paper proves of what its correction claims: its day, and that the wrong words stand in it."""

from __future__ import annotations

from datetime import date

from execdesk.documents.filling import preview, texts
from execdesk.drafting.claims import Lacking, Proof, claim
from execdesk.drafting.drafts import frozen
from execdesk.drafting.lent import FactsWanted, RecordedBy, fact
from execdesk.issue.issuing import numbers_of
from execdesk.law.refusal import WayOn
from execdesk.records.papers import SIGNED, Document


def _corrected(wanted: FactsWanted) -> Document | None:
    return Document.get_by_id(wanted.document.corrects) if wanted.document.corrects else None


@fact("corrected_on", "被补正的裁定书", RecordedBy("document.correct", "补正裁定"))
def corrected_on(wanted: FactsWanted) -> date | None:
    """The day of the ruling that is corrected."""
    row = _corrected(wanted)
    return row.signed_on if row is not None else None


@claim("words_stand", lasting=True)
def words_stand(wanted: FactsWanted) -> Proof | Lacking:
    """That each of the wrong words stands in the issued ruling, and that others take their place."""
    row, again = _corrected(wanted), (WayOn("补正裁定", f"document.correct:{wanted.case.id}"),)
    if row is None or row.state not in SIGNED or row.signed_on is None:
        return Lacking("被补正的裁定书没有签发，或者已经作废", again)
    shown = preview(frozen(row), row.signed_on, row.number or "", numbers_of(row)).content
    words = "".join("".join(texts(shown)).split())
    for entry in wanted.inputs.get("corrections") or ():
        wrong, right = ("".join(str(entry.get(key) or "").split()) for key in ("wrong", "right"))
        if wrong == right:
            return Lacking(f"「{wrong}」更正前后相同", field="corrections")
        if wrong not in words:
            return Lacking(f"{row.number}中没有「{wrong}」，请照原文填写", field="corrections")
    return Proof(f"{row.number}载有误写的文字")
