"""打印笔录、表格: papers that are filled in and signed by hand, printed of a case with what the case tells of itself."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.access.duty import require_may
from execdesk.access.providers import FormContext, Pairs, options
from execdesk.access.register import CASE, action
from execdesk.access.session import Session
from execdesk.casefile.lookup import case_of, of_bureau
from execdesk.documents.texts import DocType
from execdesk.issue.printing import hand_form
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.store.act import Changes

BY_HAND = ("by_hand", "sheet")


def hand_types(session: Session) -> Iterator[DocType]:
    """The types with a text today that are signed by hand or printed of an approval, but for those that have a place of their own."""
    catalogue = session.catalogue
    for kind in catalogue.types:
        if kind.way in BY_HAND and not kind.traits and any(text.in_force(session.day) for text in catalogue.texts.get(kind.id, ())):
            yield kind


@options("hand_types", within="types_with_text")
def hand_type_options(context: FormContext) -> Pairs:
    """The forms there are."""
    return [(kind.id, kind.title) for kind in hand_types(context.session)]


@action(
    "form.print", "打印笔录、表格", CASE, Field("type", "笔录、表格", "choice", options="hand_types"),
    button="打印", note="案号、当事人等已知的内容印好，其余当场手填、签名，归入卷宗。", done="已登记打印。", menu=95, prints="form_pages",
)
def print_form(session: Session, *, case: str, type: str) -> Changes:
    """Note that a form was printed for a case; its pages are :func:`form_pages` of the same values.

    Raises Refusal ``case.review_office``, ``document.unknown``, ``document.no_text``, ``document.way`` for a paper that the court issues.
    """
    found = of_bureau(case_of(case))
    require_may(session, ("print", "undertake", "draft"), "打印笔录、表格")
    kind = _by_hand(session, type)
    with session.act("form.print", case=found.id, reason=f"打印《{kind.title}》") as act:
        pass
    return act.changes


def form_pages(session: Session, case: str, type: str) -> bytes:
    """The pages of a form for a case as PDF, made anew each time. Raises Refusal as :func:`print_form`."""
    return hand_form(session, case_of(case).id, _by_hand(session, type).id)


def _by_hand(session: Session, type: str) -> DocType:
    kind = session.catalogue.type(type)
    session.catalogue.text(kind.id, session.day)
    if kind.way not in BY_HAND:
        raise Refusal(f"《{kind.title}》由本院签发，请用「拟写文书」拟稿、报批。", code="document.way")
    return kind
