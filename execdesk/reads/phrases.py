"""The store of phrases for the drafting page, and what the last paper of the kind was filled with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from execdesk.access.duty import duties
from execdesk.access.session import Session, everybody
from execdesk.drafting.around import papers_of_case
from execdesk.drafting.drafts import document_of
from execdesk.records.court import WORDING, Phrase, PhraseState
from execdesk.records.papers import DocumentState


@dataclass(frozen=True)
class PhraseRow:
    """One phrase: whose it is in words, whether the person wrote it, whether he may release or retire it; ``here``: kept for the slot asked about."""

    id: str
    words: str
    state: str
    whose: str
    mine: bool
    here: bool
    may_release: bool
    may_retire: bool


def phrases(session: Session, slot: str = "") -> tuple[PhraseRow, ...]:
    """What may be put into a slot, those kept for it first, one's own before the court's; and what waits for a second person, last."""
    people = {row: person.name for row, person in everybody().people.items()}
    wording, me, found = bool(duties(session) & set(WORDING)), session.me.id, []
    for row in Phrase.select().where(Phrase.struck.is_null(), Phrase.state != PhraseState.DROPPED).order_by(Phrase.id.desc()):
        mine, waits = row.person == me, row.state == PhraseState.PROPOSED
        if (row.slot and slot and row.slot != slot) or not (mine or row.state == PhraseState.RELEASED or (waits and wording)):
            continue
        whose = "本院" if row.state == PhraseState.RELEASED else "本人" if row.state == PhraseState.OWN else "已提请，待核对" if mine else f"{people.get(row.person, '')}提请，待核对"
        found.append(PhraseRow(
            row.id, row.words, row.state, whose, mine, bool(slot) and row.slot == slot, waits and wording and not mine, row.state == PhraseState.RELEASED and wording,
        ))
    return tuple(sorted(found, key=lambda one: (one.state == PhraseState.PROPOSED and not one.mine, not one.here, not one.mine)))


@dataclass(frozen=True)
class LastLike:
    """The last paper of the kind in the case: what it is called, and what a person had filled in, by slot."""

    words: str
    inputs: dict[str, Any]


def last_like(session: Session, document: str) -> LastLike | None:
    """What the last other paper of the same kind in the case was filled with, as far as this one asks a person for it."""
    row = document_of(document)
    asked = {name for name, slot in session.catalogue.text(row.type_id, session.day).slots.items() if slot.by_hand}
    for paper in reversed(papers_of_case(row.case)):
        inputs = {name: value for name, value in (paper.inputs or {}).items() if name in asked and value not in (None, "", [], {})}
        if paper.id != row.id and paper.type_id == row.type_id and paper.state != DocumentState.VOID and inputs:
            return LastLike(f"《{paper.title}》{paper.number or (f'（{paper.signed_on} 签发）' if paper.signed_on else '（草稿）')}", inputs)
    return None
