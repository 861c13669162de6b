"""The court's own glyphs for the window: how one looks on paper, and the fonts that the window shows names with."""

from __future__ import annotations

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.casefile.steps import Step
from execdesk.court.glyphs import as_drawn, font_of, in_use
from execdesk.law.refusal import Refusal
from execdesk.records.court import GLYPH_MOVES, Glyph, ProposalState
from execdesk.records.people import Person

NEIGHBOURS = ("符", "明")  # what a specimen shows it between


def glyph_specimen(session: Session, glyph: str) -> bytes:
    """A small page: the character between two common ones, as a ruling's body and its title print it.

    Raises:
        Refusal: ``glyph.missing``; ``glyph.no_file``, ``glyph.damaged`` and those of a kept file that is none of this character alone.
    """
    row = Glyph.get_or_none(Glyph.id == glyph)
    if row is None:
        raise Refusal("找不到这个补字，请刷新后再试。", code="glyph.missing")
    own, (before, after) = as_drawn(row), NEIGHBOURS
    return session.pdf.specimen(f"{before}{row.character}{after}", own, font_of(own))


def glyph_fonts(session: Session) -> dict[str, bytes]:
    """The fonts of the glyphs in use for the window, by the SHA-256 of the kept file; one whose file is not right shows nothing here and is
    told where it is printed."""
    found = {}
    for row in in_use().values():
        try:
            own = as_drawn(row)
            found[row.sha256] = session.pdf.window_font(own, font_of(own))
        except Refusal:
            continue
    return found


def glyph_rows(_session: Session) -> list[tuple[Glyph, str, str]]:
    """All glyphs ever entered with who prepared and who decided, those that wait first, then those in use."""
    order = tuple(GLYPH_MOVES.words)
    names = {person.id: person.name for person in Person.select(Person.id, Person.name)}
    rows = sorted(Glyph.select().where(Glyph.struck.is_null()), key=lambda row: (order.index(row.state), row.character, row.id))
    return [(row, names.get(row.proposed_by, ""), names.get(row.approved_by or "", "")) for row in rows]


def steps_of(session: Session, row: Glyph) -> tuple[tuple[Step, ...], str]:
    """What may be done about a glyph by the person signed in, and why nothing may."""
    fixed = (("glyph", row.id),)
    if row.state == ProposalState.PROPOSED:
        if "adopt" not in duties(session):
            return (), "待局长批准后使用"
        if row.proposed_by == session.me.id:
            return (), "不能批准自己登记的补字，请另一人批准"
        return (Step("glyph.release", "批准使用", values=fixed, tone="main"), Step("glyph.refuse", "不批准…", values=fixed)), ""
    if row.state == ProposalState.EFFECTIVE:
        return ((Step("glyph.end", "停用…", values=fixed),), "") if "adopt" in duties(session) else ((), "停用由局长办理")
    return (), ""
