"""What the main button of the drafting page says and whether it is open, by where the submission stands."""

from __future__ import annotations

from execdesk.reads.drafting import DraftShown, Paper
from execdesk.reads.states import SIGNED, TO_CHANGE, DocumentState, RequestState


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
    if state == RequestState.APPROVED and (left := to_issue(shown)):
        if shown.awaits:
            return shown.awaits, False
        return f"接着签发 {len(left)} 份　Ctrl+Enter" if issued(shown) else "签发　Ctrl+Enter", True
    return shown.state_words, False


def to_issue(shown: DraftShown) -> list[Paper]:
    """The papers of the submission that are still to be signed, in their order."""
    return [paper for paper in shown.papers if paper.state == DocumentState.SUBMITTED]


def issued(shown: DraftShown) -> list[Paper]:
    """Those that are signed already."""
    return [paper for paper in shown.papers if paper.state in SIGNED]


def who_words(shown: DraftShown) -> str:
    """Whose the next step is, beside the button; nothing once there is none."""
    if shown.request_state == RequestState.APPROVED:
        return shown.awaits or "您签发"
    who = shown.who if shown.request_state in (*TO_CHANGE, RequestState.SUBMITTED) else None
    return who.words if who is not None else ""


def stands_words(shown: DraftShown) -> str:
    """What is told once something was done, by where the submission stands then."""
    who, state = shown.who, shown.request_state
    if state == RequestState.SUBMITTED and who is not None:
        return f"已提交，{'待合议庭评议后' if who.panel else '待'}{'由您' if who.mine else who.words.removesuffix('批准')}批准。"
    if state == RequestState.APPROVED:
        return f"已批准，{shown.awaits or '接着签发'}。"
    return f"现在：{shown.request_words}。"


def state_words(shown: DraftShown) -> str:
    """Where the submission stands, with the words it was returned with."""
    note = f"：{shown.request_note}" if shown.request_note else ""
    if shown.request_state == RequestState.APPROVED and issued(shown) and (left := to_issue(shown)):
        note += f"，已签发 {len(issued(shown))} 份，还有 {len(left)} 份没有签发"
    return f"{shown.request_words}{note}" if shown.request else shown.state_words
