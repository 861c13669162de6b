"""下一步 with who approves each, said before it is pressed."""

from __future__ import annotations

from dataclasses import replace

from execdesk.approval.who import Deciders
from execdesk.casefile.charge import OF_CASE, in_charge
from execdesk.casefile.steps import Step, offered
from execdesk.casefile.view import CaseView


def next_steps(view: CaseView) -> tuple[Step, ...]:
    """The steps of a case, pressing ones first and among them one's own before what others must do; those that name a matter say who decides it,
    and wait for a judge in charge."""
    found = [(presses, _with_who(view, step)) for presses, step in offered(view)]
    return tuple(step for _presses, step in sorted(found, key=lambda one: (not one[0], one[0] and not one[1].mine)))


def _with_who(view: CaseView, step: Step) -> Step:
    if not step.matter or step.who:
        return step
    who = Deciders.of(view).who(step.matter)
    return replace(step, who=who.words, mine=who.mine, closed=step.closed or _closed(view))


def _closed(view: CaseView) -> str:
    """Why nothing can be put forward in the case by the person signed in."""
    if view.judge is None:
        return "先分案"
    strange = view.once("charge.strange", lambda: bool(view.may & OF_CASE) and not in_charge(view.session, view.case))
    return "由承办人提出" if strange else ""
