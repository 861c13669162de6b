"""What waits for a second person, or for 局长, of what a court prints and counts by: types to adopt, figures, texts to release or to adopt, phrases to release."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.access.duty import duties
from execdesk.access.session import Session, person_of
from execdesk.court.adopting import is_of, pending_of, still_so, text_to_adopt
from execdesk.court.texts import last_key, text_of_correction
from execdesk.documents.texts import digest_of
from execdesk.law.refusal import Refusal
from execdesk.reads.consents import Consent
from execdesk.reads.lawdata import corrections
from execdesk.reads.texts import difference_of
from execdesk.records.court import WORDING, Adoption, Phrase, PhraseState, ProposalState, TextCorrection, TextState


def wording_consents(session: Session) -> Iterator[Consent]:
    """Texts and phrases that the person signed in may bring on; never his own."""
    able, me = duties(session), session.me.id
    if "adopt" in able:
        yield from _shipped(session)
        yield from (_to_adopt(session, row) for row in _texts(TextState.RELEASED) if me not in (row.proposed_by, row.released_by) and _stands(session, row))
    elif able & set(WORDING):
        yield from (_to_release(session, row) for row in _texts(TextState.PROPOSED) if row.proposed_by != me and _reads(session, row))
    if "correct_law" in able:
        yield from _figures(session)
    if able & set(WORDING):
        yield from (_phrase(row) for row in Phrase.select().where(Phrase.state == PhraseState.PROPOSED, Phrase.struck.is_null(), Phrase.person != me).order_by(Phrase.id))


def _shipped(session: Session) -> Iterator[Consent]:
    """The types whose shipped text was prepared for 局长, all under one entry: they are looked through and adopted on their page."""
    worded = {row.type_id for row in _texts(TextState.RELEASED)}
    found = Adoption.select().where(Adoption.state == ProposalState.PROPOSED, Adoption.struck.is_null(), Adoption.proposed_by != session.me.id).order_by(Adoption.id)
    rows = [row for row in found if row.type_id not in worded and _unchanged(session, row)]
    if rows:
        yield Consent(
            "adoptions", f"{len(rows)} 种文书待您采用", None, "", {}, f"{'、'.join(dict.fromkeys(_name(row.proposed_by) for row in rows))}准备，局长批准以后才能提交、签发", "去采用文书",
            "逐种看样页和未经核实的内容；没有问题的，在「采用文书」页点【全部批准采用】，也可以逐种批准。", _listed(session, rows),
            place=f"adoption.prepare:{rows[0].type_id}",
        )


def _listed(session: Session, rows: list[Adoption]) -> tuple[tuple[str, str], ...]:
    unchecked = sum(len(row.unconfirmed) for row in rows)
    titles = "、".join(session.catalogue.type(row.type_id).title for row in rows)
    return ("文书", titles), ("未经核实", f"共 {unchecked:,} 项")


def _figures(session: Session) -> Iterator[Consent]:
    """Corrections of figures of law that another proposed, all under one entry."""
    rows = [row for row in corrections(session) if row.state == ProposalState.PROPOSED and not row.mine]
    if rows:
        yield Consent(
            "figures", f"{len(rows)} 项法规参数的更正待您批准", None, "", {}, f"{'、'.join(dict.fromkeys(row.proposed_by for row in rows))}提请，局长批准以后按更正的计算", "去批准更正",
            "请对照来源逐项核对，再批准或者不批准。", tuple((row.name, f"{row.before} → {row.after}，{row.valid_from} 起。依据：{row.source}") for row in rows),
            place="law.corrections",
        )


def _unchanged(session: Session, row: Adoption) -> bool:
    """Whether it reads today as it was prepared; else the administrator prepares it anew."""
    try:
        return still_so(session, row, session.day)
    except Refusal:
        return False


def _texts(state: str) -> list[TextCorrection]:
    return list(TextCorrection.select().where(TextCorrection.state == state, TextCorrection.struck.is_null()).order_by(TextCorrection.id))


def _reads(session: Session, row: TextCorrection) -> bool:
    """Whether it is a text that the program takes."""
    try:
        return bool(text_of_correction(session, row, session.day).parts)
    except Refusal:
        return False


def _stands(session: Session, row: TextCorrection) -> bool:
    """Whether what was prepared for 局长 is this text, as it would be adopted today."""
    waiting = pending_of(row.type_id)
    try:
        return waiting is not None and is_of(waiting, digest_of(text_to_adopt(session, row.type_id, session.day)))
    except Refusal:
        return False


def _to_release(session: Session, row: TextCorrection) -> Consent:
    title = session.catalogue.type(row.type_id).title
    return Consent(
        f"text.{row.id}", f"《{title}》的正文更正待您核对", row.valid_from, "text.release", {"correction": row.id}, f"{_name(row.proposed_by)}起草，另一人核对后由局长采用",
        "核对无误，送局长采用", "请对照原文逐字核对。有误的，在「工具 → 采用文书 → 更正正文」里退回起草人。", _facts(row),
        difference=difference_of(session, row), pages=(row.type_id, last_key(row)),
    )


def _to_adopt(session: Session, row: TextCorrection) -> Consent:
    title, waiting = session.catalogue.type(row.type_id).title, pending_of(row.type_id)
    return Consent(
        f"adoption.{row.id}", f"《{title}》的正文更正待您采用", row.valid_from, "adoption.approve", {"adoptions": [waiting.id if waiting else ""]},
        f"{_name(row.proposed_by)}起草，{_name(row.released_by)} {row.released_on} 核对", "批准采用",
        "采用以后拟的文书用新的正文，以前签发的不变。不同意的，在「工具 → 采用文书」里不批准。", _facts(row),
        difference=difference_of(session, row), pages=(row.type_id, last_key(row)),
    )


def _facts(row: TextCorrection) -> tuple[tuple[str, str], ...]:
    return ("自哪一日起", f"{row.valid_from}（采用之日在后的，自采用之日起）"), ("依据", row.source), ("理由", row.reason)


def _phrase(row: Phrase) -> Consent:
    return Consent(
        f"phrase.{row.id}", "一条常用语待您核对", None, "phrase.release", {"phrase": row.id}, f"{_name(row.person)}提请列为本院常用语", "核对无误，列为本院的",
        "列为本院的以后，各人拟稿时都可以插入。有误的，在拟稿页的句库（Ctrl+J）里退回。", (("文字", row.words),),
    )


def _name(person: str | None) -> str:
    found = person_of(person) if person else None
    return found.name if found is not None else ""
