"""Correcting an issued document: a ruling that sets right a slip of the pen in it."""

from __future__ import annotations

from datetime import date

from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.approval.proposing import propose
from execdesk.casefile.lookup import open_for_bureau
from execdesk.drafting.drafts import document_of
from execdesk.issue.keeping import pages_of
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.store.act import Changes

MATTER = "correct_document"


@action(
    "document.correct", "补正裁定",
    Field("document", "被补正的裁定书", "choice", options="correctable", start="document"),
    Field("wrong", "误写的文字", "long"), Field("right", "更正为", "long"),
    button="拟补正裁定", matter=MATTER, to_draft=True, menu=90,
)
def correct(session: Session, *, document: str, wrong: str, right: str) -> Changes:
    """A ruling that corrects a slip of the pen in an issued ruling; the wrong words must stand in it."""
    row = document_of(document)
    case = open_for_bureau(Case.get_by_id(row.case))
    catalogue = session.catalogue
    if catalogue.type(row.type_id).kind not in catalogue.draftable(session.day, matter=MATTER).corrects or row.signed_on is None:
        raise Refusal("只能补正已经签发的裁定书。", code="correct.state")
    if not wrong.strip() or wrong == right:
        raise Refusal("请写明误写的文字和更正后的文字。", code="correct.text")
    if "".join(wrong.split()) not in "".join(session.pdf.text(pages_of(row)).split()):
        raise Refusal(f"《{row.number}》中没有「{wrong}」，请照原文填写。", code="correct.text")
    signed: date = row.signed_on
    inputs = {"corrections": [{"wrong": wrong, "right": right}], "doc_day": signed.isoformat()}
    return propose(session, "document.correct", case, MATTER, f"补正 {row.number}", inputs=inputs, corrects=row.id)
