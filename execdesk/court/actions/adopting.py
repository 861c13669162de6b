"""The court adopts a document type: prepared by the administrator, approved by 局长."""

from __future__ import annotations

from execdesk.access.duty import require_may
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.court.adopting import adoption_of, is_of, listed_of, pending_of, still_so, text_to_adopt
from execdesk.court.texts import released_of
from execdesk.documents.texts import digest_of
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.base import new_id
from execdesk.records.court import Adoption, ProposalState, TextCorrection, TextState
from execdesk.store.act import Act, Changes


@action("adoption.prepare", "准备采用文书", Field("document_types", "文书", "many"))
def prepare(session: Session, *, document_types: list[str]) -> Changes:
    """The administrator lists the texts and all that is unconfirmed in them, for 局长; a list that is out of date is replaced. All or none.

    Raises:
        Refusal: ``document.unknown``, ``document.no_text``, ``adoption.covered``, ``adoption.pending``.
    """
    require_may(session, "prepare_adoption", "准备采用文书")
    with session.act("adoption.prepare") as act:
        act.reason = f"准备采用{_titles(session, document_types)}"
        for type_id in dict.fromkeys(document_types):
            _prepare(session, act, type_id)
    return act.changes


def _prepare(session: Session, act: Act, type_id: str) -> None:
    text = text_to_adopt(session, type_id, act.day)
    title = session.catalogue.type(type_id).title
    if adoption_of(session, type_id, act.day, text) is not None and released_of(type_id) is None:
        raise Refusal(f"《{title}》本院已采用，文本和数据没有变化，不用再准备。", code="adoption.covered")
    old = pending_of(type_id)
    if old is not None and still_so(session, old, act.day):
        raise Refusal(f"《{title}》已准备好，正等局长批准。", code="adoption.pending")
    if old is not None:
        act.strike(old, "文本或数据已变，另行准备")
    listed = listed_of(session, text, act.day)
    act.add(Adoption(id=new_id(), type_id=type_id, text_version=text.version, unconfirmed=listed, proposed_by=session.me.id, state=ProposalState.PROPOSED))


def _titles(session: Session, document_types: list[str]) -> str:
    found = list(dict.fromkeys(document_types))
    return f"《{session.catalogue.type(found[0]).title}》" if len(found) == 1 else f" {len(found)} 种文书"


@action("adoption.approve", "批准采用文书", Field("adoptions", "采用", "many"))
def approve(session: Session, *, adoptions: list[str]) -> Changes:
    """局长 adopts what was listed, if it still reads so, all or none; nobody what he prepared, worded or released himself."""
    require_may(session, "adopt", "批准采用文书")
    with session.act("adoption.approve") as act:
        rows = [_waiting(act, adoption) for adoption in dict.fromkeys(adoptions)]
        act.reason = f"采用{_titles(session, [row.type_id for row in rows])}"
        for row in rows:
            title = session.catalogue.type(row.type_id).title
            if row.proposed_by == session.me.id:
                raise Refusal(f"《{title}》的采用是您自己准备的，不能由您批准。", code="access.oneself")
            if not still_so(session, row, act.day):
                raise Refusal(f"《{title}》准备之后文本或数据有变，请系统管理员重新准备，再批准。", code="adoption.changed")
            _require_no_hand(session, row, title)
            _carry(session, act, row, TextState.EFFECTIVE)
            act.change(row, state=ProposalState.EFFECTIVE, approved_by=session.me.id, approved_on=act.day)
    return act.changes


def _require_no_hand(session: Session, row: Adoption, title: str) -> None:
    found = released_of(row.type_id)
    if found is not None and session.me.id in (found.proposed_by, found.released_by):
        raise Refusal(f"《{title}》的正文是您起草或者核对的，不能由您采用。", code="access.oneself")


def _carry(session: Session, act: Act, row: Adoption, state: str) -> None:
    """What becomes of the court's own text that the adoption is of."""
    found = released_of(row.type_id)
    if found is not None and is_of(row, digest_of(text_to_adopt(session, row.type_id, act.day))):
        act.change(act.get(TextCorrection, found.id), state=state, approved_by=session.me.id, approved_on=act.day)


@action(
    "adoption.refuse", "不批准采用文书",
    Field("adoption", "采用", "row"), Field("reason", "理由", "long"),
    button="不批准", note="写明要改正什么，系统管理员改正后可以再准备。", done="已退回，未采用。",
)
def refuse(session: Session, *, adoption: str, reason: str) -> Changes:
    """局长 turns it down with a reason; the type stays as it was."""
    require_may(session, "adopt", "批准采用文书")
    with session.act("adoption.refuse", reason=reason) as act:
        row = _waiting(act, adoption)
        _carry(session, act, row, TextState.REFUSED)
        act.change(row, state=ProposalState.REFUSED, approved_by=session.me.id, approved_on=act.day)
    return act.changes


def _waiting(act: Act, adoption: str) -> Adoption:
    row = act.get(Adoption, adoption)
    require_possible(row, act.name, "这件采用", "adoption.state")
    return row
