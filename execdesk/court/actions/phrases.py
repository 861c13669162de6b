"""Actions on the store of phrases: one's own, and the court's, which another than who wrote them has released."""

from __future__ import annotations

from execdesk.access.duty import require_may
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.base import new_id
from execdesk.records.court import WORDING, WRITING, Phrase, PhraseState
from execdesk.store.act import Act, Changes

_PHRASE = Field("phrase", "常用语", "row")
_WHAT = "常用语"


@action(
    "phrase.keep", "存为常用语", Field("words", "文字", "long"), Field("slot", "只用于哪一项", "text", required=False, hint="不填的，各项都可以用"),
    button="存为常用语", done="已存为本人的常用语。",
)
def keep(session: Session, *, words: str, slot: str = "") -> Changes:
    """Keep words as a phrase of one's own, for one slot (its name) or for any. Refusal ``phrase.same`` where one has it already."""
    require_may(session, WRITING, "存常用语")
    with session.act("phrase.keep") as act:
        known = Phrase.select().where(Phrase.words == words, Phrase.struck.is_null(), Phrase.state != PhraseState.DROPPED)
        if any(row.state == PhraseState.RELEASED or row.person == session.me.id for row in known):
            raise Refusal("句库里已有同样的一句，可以直接插入。", code="phrase.same")
        act.add(Phrase(id=new_id(), words=words, slot=slot or None, person=session.me.id, state=PhraseState.OWN))
    return act.changes


@action("phrase.offer", "提请列为本院常用语", _PHRASE, button="提请列为本院的", done="已提请，待另一人核对。")
def offer(session: Session, *, phrase: str) -> Changes:
    """Put a phrase of one's own before a second person, so that all may use it."""
    require_may(session, WRITING, "提请列为本院常用语")
    with session.act("phrase.offer") as act:
        act.change(_mine(session, act, phrase), state=PhraseState.PROPOSED)
    return act.changes


@action("phrase.release", "核对常用语", _PHRASE, button="核对无误，列为本院的", done="已列为本院常用语。")
def release(session: Session, *, phrase: str) -> Changes:
    """Another than who wrote it makes it a phrase of the court. Refusal ``access.oneself``."""
    require_may(session, WORDING, "核对常用语")
    with session.act("phrase.release") as act:
        row = _fresh(act, phrase)
        if row.person == session.me.id:
            raise Refusal("不能核对自己写的常用语，请由另一人核对。", code="access.oneself")
        act.change(row, state=PhraseState.RELEASED, released_by=session.me.id, released_on=act.day)
    return act.changes


@action("phrase.return", "退回常用语", _PHRASE, Field("reason", "理由", "long"), button="退回", done="已退回，仍是其本人的常用语。")
def give_back(session: Session, *, phrase: str, reason: str) -> Changes:
    """It stays a phrase of who wrote it."""
    require_may(session, WORDING, "核对常用语")
    with session.act("phrase.return", reason=reason) as act:
        act.change(_fresh(act, phrase), state=PhraseState.OWN)
    return act.changes


@action("phrase.drop", "停用本人的常用语", _PHRASE, button="停用", done="已停用。")
def drop(session: Session, *, phrase: str) -> Changes:
    """Offer a phrase of one's own no more; papers that bear it stay as they are."""
    require_may(session, WRITING, "停用常用语")
    with session.act("phrase.drop") as act:
        act.change(_mine(session, act, phrase), state=PhraseState.DROPPED)
    return act.changes


@action("phrase.retire", "停用本院的常用语", _PHRASE, Field("reason", "理由", "long"), button="停用", done="已停用，今后不再提供；已用的文书不变。")
def retire(session: Session, *, phrase: str, reason: str) -> Changes:
    """Offer a phrase of the court no more; papers that bear it stay as they are."""
    require_may(session, WORDING, "停用本院的常用语")
    with session.act("phrase.retire", reason=reason) as act:
        act.change(_fresh(act, phrase), state=PhraseState.DROPPED)
    return act.changes


def _fresh(act: Act, phrase: str) -> Phrase:
    row = act.get(Phrase, phrase)
    require_possible(row, act.name, f"这条{_WHAT}", "phrase.state")
    return row


def _mine(session: Session, act: Act, phrase: str) -> Phrase:
    row = _fresh(act, phrase)
    if row.person != session.me.id:
        raise Refusal("这条常用语是他人的，只能由其本人提请、停用。", code="phrase.author")
    return row
