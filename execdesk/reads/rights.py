"""Which of the matters under way lie with the person signed in, asked of the board: not of each matter, but of each sort that there is.

What decides is the table in force, his posts and letters, and three things about him and the case: whether he put it forward, is its judge,
has acted in it. Matters put forward by one who himself holds a level's post are few and asked one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import NamedTuple

from execdesk.access.duty import duties
from execdesk.access.session import Session, holders_of
from execdesk.approval.board import among
from execdesk.approval.standing import delegation_facts, post_facts
from execdesk.law.authority import Ruling
from execdesk.law.matters import Level
from execdesk.law.permission import PersonFacts, RequestFacts, may_decide, may_sign, needed_level, signing_level
from execdesk.law.refusal import Refusal
from execdesk.law.standing import PostFact
from execdesk.reads.boardparts import of_case, with_judge
from execdesk.reads.boardsql import Asked, Where, marks, stands
from execdesk.records.approvals import UNDER_WAY, PanelState, RequestState
from execdesk.records.board import BoardDecision, BoardRequest
from execdesk.store.look import seen

REQUEST, DECISION = (f'"{model._meta.table_name}"' for model in (BoardRequest, BoardDecision))


@dataclass(frozen=True)
class Sort:
    """A sort of matters: what the table and the way to a decision turn on, as the board writes it."""

    text: str
    ruling: Ruling
    upward: bool
    step: int
    state: str
    signed: bool
    panel: str

    @property
    def signs(self) -> bool:
        """Whether the statutory signer's signature is asked for, not the approval."""
        return self.state == RequestState.APPROVED and bool(self.ruling.statute_signer) and not self.signed

    @property
    def waits(self) -> bool:
        """Whether it waits for a decision or for that signature; approved for good, it is its judge's to issue."""
        return self.state == RequestState.SUBMITTED or self.signs


class About(NamedTuple):
    """What counts of a person and a case."""

    applicant: bool
    judge: bool
    acted: bool


class Rights:
    """What the person signed in may decide on a day."""

    def __init__(self, session: Session, asked: Asked) -> None:
        self.session, self.asked = session, asked
        self._sorts: dict[str, Sort] = {}

    def sort(self, text: str) -> Sort:
        """A sort from what the board says of it."""
        if text not in self._sorts:
            matter, subject, circumstances, upward, step, state, signed, panel = json.loads(text)
            ruling = self.session.authority.decide(matter, subject=subject, on=self.asked.on, circumstances=frozenset(circumstances))
            self._sorts[text] = Sort(text, ruling, bool(upward), step, state, bool(signed), panel)
        return self._sorts[text]

    @cached_property
    def sorts(self) -> list[Sort]:
        """The sorts of all that is under way."""
        mark = self.session.store.base.param
        query = f'SELECT DISTINCT r."sort" FROM {REQUEST} r WHERE {stands("r", self.asked)} AND r."state" IN ({marks(mark, UNDER_WAY)})'
        return [self.sort(text) for text, in self.session.store.base.execute_sql(query, UNDER_WAY).fetchall()]

    def mine(self, sort: Sort, about: About, whose: Sequence[PostFact] = ()) -> bool:
        """Whether a matter lies with the person signed in; ``whose`` are the posts of those who put it forward."""
        if not sort.waits:
            return False
        if self.designates(sort):
            return True
        facts = replace(self._facts, is_applicant=about.applicant, is_responsible_judge=about.judge, acted_in_case=about.acted)
        try:
            if sort.signs:
                may_sign(self.session.authority, sort.ruling, facts)
            else:
                may_decide(self.session.authority, sort.ruling, facts, self._request(sort, whose))
        except Refusal:
            return False
        return True

    def designates(self, sort: Sort) -> bool:
        """Whether the panel asked for is his to designate."""
        asked = sort.ruling.panel == "required" and sort.state == RequestState.SUBMITTED and sort.panel == PanelState.ASKED
        return asked and "designate_panel" in duties(self.session)

    def level(self, sort: Sort, whose: Sequence[PostFact] = ()) -> Level:
        """Whose word is needed now."""
        table = self.session.authority
        return signing_level(table, sort.ruling) if sort.signs else needed_level(table, sort.ruling, self._request(sort, whose))

    def _request(self, sort: Sort, whose: Sequence[PostFact]) -> RequestFacts:
        return RequestFacts(sort.upward, tuple(whose), sort.step if sort.ruling.ladder else None)

    @cached_property
    def _facts(self) -> PersonFacts:
        me = self.session.me
        return PersonFacts(
            name=me.name, posts=post_facts(me.id), delegations=delegation_facts(me.id), is_applicant=False, is_responsible_judge=False,
            political=me.staffing == "political", acted_in_case=False,
        )

    def posts_of(self, persons: Iterable[str]) -> tuple[PostFact, ...]:
        """The posts of some persons."""
        return tuple(fact for person in sorted(persons) for fact in post_facts(person))

    # -- asked of the board --------------------------------------------------------------------------------------------

    def waiting(self) -> Where:
        """What waits at all."""
        return self._of([sort for sort in self.sorts if sort.waits])

    def lies_with_me(self) -> Where:
        """What of it lies with the person signed in."""
        told, special = Where(), self._special()
        for holds in product((False, True), repeat=3):
            about = About(*holds)
            of = self._of([sort for sort in self.sorts if self.mine(sort, about)])
            told.add(f"({' AND '.join((*self._about(about), of.text))})", *of.values)
        singly = self._singly(special)
        one = f'r."row" IN ({marks(self.session.store.base.param, singly)})' if singly else "1 = 0"
        return Where([f"((NOT {special} AND ({' OR '.join(told.parts)})) OR {one})"], [*told.values, *singly])

    def _special(self) -> str:
        """Put forward by somebody who holds a level's post himself: his own lies a level higher."""
        leading = {post for level in self.session.authority.data.levels.values() if level.rank > 1 for post in level.posts}
        leaders = sorted({person.id for post in leading for person in holders_of(post, self.asked.on)})
        judges = f"COALESCE(w.\"person\", '') IN ({', '.join(repr(each) for each in leaders)})" if leaders else "1 = 0"
        return f"({' OR '.join((judges, *(_put_forward(each) for each in leaders)))})"

    def _singly(self, special: str) -> list[str]:
        """What of these lies with him, each asked by itself."""
        base, waits = self.session.store.base, self.waiting()
        tables, where = matters(self.asked)
        query = (
            f'SELECT r."row", r."sort", r."put_forward", w."person", {self.acted()} FROM {tables} '
            f"WHERE {where.text} AND {special} AND {waits.text}"
        )
        found = []
        for row, sort, put_forward, judge, acted in base.execute_sql(query, waits.values).fetchall():
            me, whose = self.session.me.id, {*filter(None, put_forward.split("|")), *filter(None, [judge])}
            if self.mine(self.sort(sort), About(among(me) in put_forward, judge == me, bool(acted)), self.posts_of(whose)):
                found.append(row)
        return found

    def _of(self, sorts: Sequence[Sort]) -> Where:
        if not sorts:
            return Where(["1 = 0"])
        return Where([f'r."sort" IN ({marks(self.session.store.base.param, sorts)})'], [sort.text for sort in sorts])

    def _about(self, about: About) -> list[str]:
        told = (_put_forward(self.session.me.id), f"COALESCE(w.\"person\", '') = '{self.session.me.id}'", self.acted())
        return [text if holds else f"NOT {text}" for text, holds in zip(told, about, strict=True)]

    def acted(self) -> str:
        """Whether he has acted in the case of a matter, as a question about it."""
        return f'EXISTS (SELECT 1 FROM {DECISION} a WHERE a."case" = r."case" AND a."person" = \'{self.session.me.id}\' AND {stands("a", self.asked)})'


def rights_of(session: Session, asked: Asked) -> Rights:
    """What the person signed in may decide on a day, worked out once in a look."""
    found: Rights = seen(("rights", session.me.id, asked), lambda: Rights(session, asked))
    return found


def matters(asked: Asked) -> tuple[str, Where]:
    """The matters with their cases and the judges in charge, and when a row of them counts."""
    case, where = of_case(asked, 'r."case"')
    where.add(stands("r", asked))
    return f"{REQUEST} r{case}{with_judge(asked)}", where


def _put_forward(person: str) -> str:
    return f"REPLACE(r.\"put_forward\", '{among(person)}', '') <> r.\"put_forward\""
