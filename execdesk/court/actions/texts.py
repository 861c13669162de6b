"""Actions by which the court words a document text: written by one, released by another, which puts it before 局长, who adopts it."""

from __future__ import annotations

from datetime import date

from execdesk.access.duty import duties, require_may
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.court.adopting import is_of, listed_of, pending_of
from execdesk.court.texts import edited, key_in_force, released_of, text_of_correction, worded
from execdesk.documents.texts import digest_of
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.base import new_id
from execdesk.records.court import WORDING, Adoption, ProposalState, TextCorrection, TextState
from execdesk.store.act import Act, Changes

_WORDS = Field("words", "正文", "long", hint="一行一段，行首的【】是这一段的名称，{} 里是空位")
_FROM = Field("valid_from", "自哪一日起", "day", start="form_day", least="today")
_WHY = (Field("source", "依据（文件、条、款）", "long"), Field("reason", "理由", "long"))


@action(
    "text.draft", "更正文书正文",
    Field("document_type", "文书", "row"), _WORDS, _FROM, *_WHY, Field("base", "据以更正的文本", "row", required=False),
    button="保存草稿", done="草稿已保存。写好后提请另一人核对。",
)
def draft(session: Session, *, document_type: str, words: str, valid_from: date, source: str, reason: str, base: str = "") -> Changes:
    """Begin a correction of a document text, from the text in force today or from the version ``base``.

    Raises:
        Refusal: ``document.unknown``, ``document.no_text``, ``text.version``, ``text.line``, ``text.wrong``, ``text.adopter``.
    """
    _require_hand(session, "更正文书正文")
    session.catalogue.type(document_type)
    key = base or key_in_force(session, document_type)
    begun = worded(session, document_type, key)
    made, _ = edited(session, document_type, begun.written, words, valid_from, source, reason)
    with session.act("text.draft", reason=reason) as act:
        act.add(TextCorrection(
            id=new_id(), type_id=document_type, base=key, body=made.written, valid_from=valid_from, source=source, reason=reason,
            proposed_by=session.me.id, state=TextState.DRAFT,
        ))
    return act.changes


@action(
    "text.save", "改写更正的正文",
    Field("correction", "更正", "row"), _WORDS, _FROM, *_WHY, button="保存草稿", done="草稿已保存。",
)
def save(session: Session, *, correction: str, words: str, valid_from: date, source: str, reason: str) -> Changes:
    """Keep another version of a correction that one is writing; earlier ones stay readable in the journal."""
    _require_hand(session, "更正文书正文")
    with session.act("text.save", reason=reason) as act:
        row = _mine(session, act, correction)
        made, _ = edited(session, row.type_id, row.body, words, valid_from, source, reason)
        act.change(row, body=made.written, valid_from=valid_from, source=source, reason=reason)
    return act.changes


@action("text.submit", "提请核对", Field("correction", "更正", "row"), button="提请另一人核对", done="已提请，待另一人核对。")
def submit(session: Session, *, correction: str) -> Changes:
    """Put a correction before a second person; it can be changed again only when it comes back.

    Raises:
        Refusal: ``text.same`` where it reads as what is printed on that day.
    """
    _require_hand(session, "更正文书正文")
    with session.act("text.submit") as act:
        row = _mine(session, act, correction)
        fresh = text_of_correction(session, row, act.day)
        if fresh.written == session.catalogue.text(row.type_id, fresh.valid_from).written:
            raise Refusal("与现在使用的正文逐字相同，没有要更正的。请改动正文，或者撤回。", code="text.same")
        act.reason = row.reason
        act.change(row, state=TextState.PROPOSED)
    return act.changes


@action(
    "text.return", "退回更正", Field("correction", "更正", "row"), Field("reason", "理由", "long"),
    button="退回起草人", note="写明要改什么，起草人改后可以再提请核对。", done="已退回起草人。",
)
def give_back(session: Session, *, correction: str, reason: str) -> Changes:
    """Send a correction back to whoever wrote it; he may also take it back himself."""
    require_may(session, WORDING, "核对更正的正文")
    with session.act("text.return", reason=reason) as act:
        act.change(_waiting(act, correction), state=TextState.DRAFT)
    return act.changes


@action("text.release", "核对更正的正文", Field("correction", "更正", "row"), button="核对无误，送局长采用", done="已核对，待局长采用。")
def release(session: Session, *, correction: str) -> Changes:
    """A second person finds it right: it goes to 局长 with all that is unconfirmed in it.

    Raises:
        Refusal: ``access.oneself``, ``text.adopter``, ``text.pending`` where another correction of the type waits, ``text.wrong``.
    """
    _require_hand(session, "核对更正的正文")
    with session.act("text.release") as act:
        row = _waiting(act, correction)
        if row.proposed_by == session.me.id:
            raise Refusal("不能核对自己起草的正文，请由另一人核对。", code="access.oneself")
        if released_of(row.type_id) is not None:
            title = session.catalogue.type(row.type_id).title
            raise Refusal(f"《{title}》已有一件更正待局长采用，请等其采用或者退回。", code="text.pending", ways=(WayOn("看待采用的", f"adoption.prepare:{row.type_id}"),))
        act.reason = row.reason
        fresh = text_of_correction(session, row, act.day)
        _strike_pending(act, row.type_id, "正文另有更正")
        act.change(row, state=TextState.RELEASED, released_by=session.me.id, released_on=act.day)
        listed = listed_of(session, fresh, act.day)
        act.add(Adoption(
            id=new_id(), type_id=row.type_id, text_version=fresh.version, unconfirmed=listed, proposed_by=session.me.id, state=ProposalState.PROPOSED,
        ))
    return act.changes


@action("text.withdraw", "撤回更正", Field("correction", "更正", "row"), Field("reason", "理由", "long"), button="撤回", done="已撤回，正文不变。")
def withdraw(session: Session, *, correction: str, reason: str) -> Changes:
    """Whoever wrote it gives it up before it is adopted."""
    require_may(session, WORDING, "更正文书正文")
    with session.act("text.withdraw", reason=reason) as act:
        row = _mine(session, act, correction)
        if row.state == TextState.RELEASED:
            _strike_pending(act, row.type_id, "更正已由起草人撤回", digest_of(text_of_correction(session, row, act.day)))
        act.change(row, state=TextState.WITHDRAWN)
    return act.changes


def _require_hand(session: Session, what: str) -> None:
    """Who adopts has no hand in wording: nobody else could adopt it then."""
    require_may(session, WORDING, what)
    if "adopt" in duties(session):
        raise Refusal(f"{what}由系统管理员、执行法官起草和核对，您是采用的人，不能自拟自批。请让他们更正，您在「采用文书」中采用。", code="text.adopter")


def _mine(session: Session, act: Act, correction: str) -> TextCorrection:
    row = act.get(TextCorrection, correction)
    require_possible(row, act.name, "这件更正", "text.state")
    if row.proposed_by != session.me.id:
        raise Refusal("这件更正由他人起草，只能由其本人改写、提请或者撤回。您可以据此另拟一件。", code="text.author")
    return row


def _waiting(act: Act, correction: str) -> TextCorrection:
    row = act.get(TextCorrection, correction)
    require_possible(row, act.name, "这件更正", "text.state")
    return row


def _strike_pending(act: Act, type_id: str, why: str, digest: str = "") -> None:
    """What waits for 局长 is of a text that will not be adopted any more."""
    old = pending_of(type_id)
    if old is not None and (not digest or is_of(old, digest)):
        act.strike(act.get(Adoption, old.id), why)

