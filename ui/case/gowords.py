"""What the main button of the drafting page says and whether it is open, by where the submission stands."""

from __future__ import annotations

from execdesk.reads.drafting import DraftShown
from execdesk.reads.states import TO_CHANGE, DocumentState, RequestState


def go_words(shown: DraftShown) -> tuple[str, bool]:
    """The action and its object; a submission that still lacks something says how much, and pressing leads there."""
    who, state = shown.who, shown.request_state
    level = who.words.removesuffix("批准") if who else ""
    mine = who is not None and who.mine
    if state in TO_CHANGE:
        stops = shown.lacking + bool(shown.changes)
        words = "提交并批准" if mine else f"提交，送{level}审批"
        return f"{words}　尚缺 {stops} 项" if stops else words, True
    if state == RequestState.SUBMITTED:
        return "批准" if mine else f"待{level}批准", mine
    if state == RequestState.APPROVED and any(paper.state == DocumentState.SUBMITTED for paper in shown.papers):
        return "签发　Ctrl+Enter", True
    return shown.state_words, False


def state_words(shown: DraftShown) -> str:
    """Where the submission stands, with the words it was returned with."""
    note = f"：{shown.request_note}" if shown.request_note else ""
    return f"{shown.request_words}{note}" if shown.request else shown.state_words
