"""The walk along issued papers: do the signatures and the seal of each kept file hold, as :mod:`execdesk.issue.verdict` judges them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from execdesk.access.session import Session
from execdesk.integrity.history import paper_faults
from execdesk.issue.keeping import pages_of
from execdesk.issue.verdict import verdict_on
from execdesk.law.refusal import Refusal
from execdesk.records.base import moment_text
from execdesk.records.journal import Touch
from execdesk.records.papers import Document, KeptFile
from execdesk.store.chains import place_at
from execdesk.store.findings import Fault, Verdict

_LARGEST = 10  # papers in one go: each is read and judged whole


class PaperWalk:
    """Walks the documents that have a file, by id. One whose rows or bytes are changed is told by the walks along these.

    ``since``: only papers of which a line that keeps a file came here later; those before were judged, and what has not changed since is what it was.
    """

    name = "papers"

    def __init__(self, session: Session, since: datetime | None = None) -> None:
        self.session, self.since, self.after = session, since, ""

    def some(self, count: int, verdict: Verdict) -> bool:
        """Judge up to ``count`` papers; whether there may be more."""
        count = min(count, _LARGEST)
        query: Any = Document.select().where(Document.id > self.after, Document.file.is_null(False)).order_by(Document.id).limit(count)
        if self.since is not None:
            place = place_at(self.session.store.base, moment_text(self.since))  # by the taking in: a package brings older ones
            later = Touch.select(Touch.row).where(Touch.table == KeptFile.__name__, Touch.line > place)
            query = query.where(Document.id.in_(KeptFile.select(KeptFile.document).where(KeptFile.id.in_(later))))
        found: list[Document] = list(query)
        for row in found:
            if (fault := self._fault(row)) is not None:
                verdict.faults.append(fault)
        verdict.papers += len(found)
        if found:
            self.after = found[-1].id
        return len(found) == count

    def _fault(self, row: Document) -> Fault | None:
        try:
            pages_of(row)
        except Refusal:
            return None
        if paper_faults(self.session, row) or (judged := verdict_on(self.session, row.id)).valid:
            return None
        name = f"《{row.title}》{row.number or ''}"
        return Fault("signature", row.number or f"文书 {row.id}", f"文书{name}：{judged.text}", rows=(("Document", row.id),))
