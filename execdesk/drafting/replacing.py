"""Which papers were declared void before they went out, and whether another stands for them."""

from __future__ import annotations

from collections.abc import Iterable

from execdesk.records.papers import Document, DocumentState


def was_issued_and_voided(row: Document) -> bool:
    """Whether a paper had been signed before it was declared void; one that ended as a draft was not."""
    return row.state == DocumentState.VOID and row.signed_on is not None


def to_replace(papers: Iterable[Document]) -> list[Document]:
    """Of the papers of a case, those void ones of a request for which no other stands."""
    known = list(papers)
    replaced = {paper.replaces for paper in known if paper.replaces and paper.state != DocumentState.VOID}
    return [paper for paper in known if paper.request and was_issued_and_voided(paper) and paper.id not in replaced]


def is_replaced(row: Document) -> bool:
    """Whether another paper stands for a void one."""
    return row not in to_replace(Document.select().where(Document.request == row.request, Document.struck.is_null()))
