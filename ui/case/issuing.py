"""The papers of one submission signed in their order: all of them, or it is said what is signed and what is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.reads.drafting import Paper
from ui.link import Link


def issue_in_turn(
    owner: QObject, link: Link, papers: Sequence[Paper], *, done: Callable[[int], object], failed: Callable[[BaseException], object],
) -> None:
    """Sign papers one after the other, each whole by an act of its own; ``done`` hears how many. Where one is refused, ``failed`` hears the
    refusal with what is signed and what is left: pressed again, the button goes on there, as it does after the program was ended in between."""
    signed: list[str] = []

    def issue(desk: Desk) -> None:
        for paper in papers:
            desk.do("document.issue", document=paper.document)
            signed.append(paper.title)

    def told(error: BaseException) -> None:
        left = [paper.title for paper in papers[len(signed) :]]
        failed(so_far(error, signed, left) if isinstance(error, Refusal) and signed else error)

    link.run(owner, issue, done=lambda _none: done(len(signed)), failed=told)


def so_far(refusal: Refusal, signed: Sequence[str], left: Sequence[str]) -> Refusal:
    """A refusal that also says what is signed and what is not."""
    words = f"已签发{titles(signed)}，这些不受影响；{titles(left)}没有签发，处理后接着签发。"
    return Refusal(f"{refusal.text}{words}", code=refusal.code, clauses=refusal.clauses, ways=refusal.ways, field=refusal.field)


def titles(names: Sequence[str]) -> str:
    """Papers by their titles."""
    return "、".join(f"《{name}》" for name in names)
