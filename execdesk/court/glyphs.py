"""The court's own glyphs in documents: which are in use, which a content names, and the pages drawn with them."""

from __future__ import annotations

from dataclasses import replace

from execdesk.access.session import Session
from execdesk.documents.characters import named
from execdesk.documents.content import Content, OwnGlyph, PageMarks, Rendered
from execdesk.documents.filling import texts
from execdesk.law.refusal import Refusal
from execdesk.records.court import Glyph, ProposalState
from execdesk.store.files import digest_of, kept_file
from execdesk.store.look import seen


def in_use() -> dict[str, Glyph]:
    """The glyphs in use by character; where two desks each released one, the later."""
    return seen("glyphs in use", _in_use)


def _in_use() -> dict[str, Glyph]:
    found = Glyph.select().where(Glyph.state == ProposalState.EFFECTIVE, Glyph.struck.is_null()).order_by(Glyph.approved_on, Glyph.id)
    return {row.character: row for row in found}


def as_drawn(row: Glyph) -> OwnGlyph:
    """A glyph as a content names it."""
    return OwnGlyph(row.character, row.sha256, row.id)


def with_glyphs(session: Session, content: Content) -> Content:
    """A content that names the glyphs in use of those among its characters that no shipped font has."""
    lacking = session.pdf.missing("".join(texts(content)))
    if not lacking:
        return content
    known = in_use()
    return replace(content, glyphs=tuple(as_drawn(known[character]) for character in sorted(lacking) if character in known))


def drawn(session: Session, content: Content, marks: PageMarks) -> Rendered:
    """The pages of a content with the glyphs it names. Refusals of :meth:`PdfService.render`, and ``glyph.no_file``, ``glyph.damaged``."""
    return session.pdf.render(content, marks, {one.sha256: font_of(one) for one in content.glyphs})


def font_of(own: OwnGlyph) -> bytes:
    """The kept font file of a glyph.

    Raises:
        Refusal: ``glyph.no_file`` where this desk has not got it, ``glyph.damaged`` where its bytes are not those that were kept.
    """
    data = kept_file(own.sha256)
    if data is None:
        raise Refusal(f"本院补字{named(own.character)}的字形文件不在本机，不能印制。请收入对方席位带有该文件的数据包。", code="glyph.no_file")
    if digest_of(data) != own.sha256:
        raise Refusal(f"本院补字{named(own.character)}的字形文件已被改动，不能印制。请全面自检，并从备份恢复。", code="glyph.damaged")
    return data


def without(missing: list[str], content: Content) -> list[str]:
    """Characters that no shipped font has, less those that the content draws with a glyph of the court's own."""
    own = {one.character for one in content.glyphs}
    return [character for character in missing if character not in own]
