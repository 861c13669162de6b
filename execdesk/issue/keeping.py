"""Kept revisions of a document: the one truth for screen and printer, each naming the one before."""

from __future__ import annotations

from execdesk.access.session import Session
from execdesk.documents.content import Content, Signatory
from execdesk.drafting.drafts import frozen
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.papers import SIGNATURES, Document, DocumentState, KeptFile
from execdesk.store.act import Act
from execdesk.store.files import digest_of, kept_file


def pages_of(document: Document) -> bytes:
    """The kept pages of a document, checked against their name.

    Raises:
        Refusal: ``document.no_file``; ``document.file_damaged`` if the bytes are not those that were kept.
    """
    data = kept_file(document.file) if document.file else None
    if data is None:
        raise Refusal(f"《{document.title}》还没有签发的文件。", code="document.no_file")
    if digest_of(data) != document.file:
        raise Refusal(
            f"《{document.title}》（{document.number or '无文号'}）的留存文件已被改动，不能打印和盖章。请全面自检，并从备份恢复。",
            code="document.file_damaged",
            ways=(WayOn("全面自检", "check"),),
        )
    return data


def keep(session: Session, act: Act, document: Document, pdf: bytes, kind: str, before: str | None) -> str:
    """Keep a revision as a file of its own, after the one before; returns its name."""
    digest = act.keep_file(pdf)
    earlier = KeptFile.get_or_none(KeptFile.document == document.id, KeptFile.sha256 == before) if before else None
    act.add(
        KeptFile(
            document=document.id,
            sha256=digest,
            size=len(pdf),
            kind=kind,
            before=earlier.id if earlier else None,
            person=session.me.id,
            at=act.at,
        )
    )
    return digest


def signers(content: Content) -> tuple[Signatory, ...]:
    """Who signs, in order: those printed, then those whose field is invisible."""
    return (*content.signature.signatories, *content.signature.invisible)


def signed_fields(session: Session, row: Document) -> list[str]:
    """Fields signed so far, in the order of the block, whatever the order in which they were signed."""
    del session
    done = {
        kept.person
        for kept in KeptFile.select().where(
            KeptFile.document == row.id, KeptFile.kind.in_(SIGNATURES), KeptFile.struck.is_null()
        )
    }
    return [s.field for s in signers(frozen(row)) if s.person in done] if done else []


def next_state(content: Content, signed: int) -> str:
    """Where a document stands after so many signatures: whatever is signed at all bears the seal."""
    return DocumentState.TO_COSIGN if signed < len(signers(content)) else DocumentState.TO_SEAL
