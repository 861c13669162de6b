"""Who decides a matter of a case, said before anything is pressed, and whether the person signed in may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from execdesk.access.session import Session, everybody
from execdesk.approval.requests import subject_among
from execdesk.approval.standing import letters_as_facts, posts_as_facts, put_forward_by, ruling_for
from execdesk.casefile.view import CaseView
from execdesk.law.authority import Ruling
from execdesk.law.matters import Level
from execdesk.law.permission import VICE, PersonFacts, RequestFacts, may_decide, needed_level
from execdesk.law.refusal import Clause, Refusal
from execdesk.law.units import LEVELS
from execdesk.records.approvals import Decision, Request, RequestState
from execdesk.records.cases import Case
from execdesk.records.people import Delegation, GrantState

R = TypeVar("R")


@dataclass(frozen=True)
class Who:
    """``mine``: the person signed in may decide it. ``words`` for a button (您可批准, 执行局局长批准), ``reason`` in one sentence,
    ``names`` of those who hold the level today, ``signer`` where statute names one besides."""

    matter: str
    title: str
    mine: bool
    words: str
    level: str
    reason: str
    names: str
    signer: str
    panel: bool
    clauses: tuple[Clause, ...]
    article: str = ""  # of the plan, for F1: 6.3


class Deciders:
    """Answers for one case: posts, letters and what the person signed in did before are read once, whatever is asked."""

    def __init__(self, view: CaseView) -> None:
        self.view, self.session, self.day = view, view.session, view.day
        held = [post for posts in everybody().posts.values() for post in posts if post.struck is None]
        self._posts = _by_person(sorted(held, key=lambda post: post.starts_on))
        self._known: dict[tuple[str, str], Who] = {}

    @cached_property
    def _letters(self) -> dict[str, list[Delegation]]:
        return _by_person(Delegation.select().where(Delegation.struck.is_null()).order_by(Delegation.starts_on))

    @cached_property
    def _acted(self) -> bool:
        me = self.session.me.id
        acted = Decision.select().join(Request, on=(Decision.request == Request.id)).where(Request.case == self.view.case.id, Decision.person == me)
        return bool(acted.exists())

    @classmethod
    def of(cls, view: CaseView) -> Deciders:
        """Those of a case; made once."""
        found: Deciders = view.once(cls, lambda: cls(view))
        return found

    def who(self, matter: str, request: Request | None = None, target: str = "") -> Who:
        """Who decides ``matter`` in this case today: by the table in force, the subject flagged, and R7 for one's own request."""
        key = (matter, request.id if request is not None else target)
        if key not in self._known:
            self._known[key] = self._ask(request or self._asked(matter, target))
        return self._known[key]

    def _asked(self, matter: str, target: str) -> Request:
        aimed = self.view.party(target)
        subject = subject_among([aimed] if aimed is not None else self.view.debtors)
        return Request(
            case=self.view.case.id, matter=matter, title=matter, subject=subject, circumstances=[], applicant=self.session.me.id, state=RequestState.DRAFT, upward=False,
        )

    def _ask(self, asked: Request) -> Who:
        table, ruling = self.session.authority, ruling_for(self.session, asked, self.day)
        facts = self._request_facts(asked, ruling)
        level = needed_level(table, ruling, facts)
        try:
            reason, mine = may_decide(table, ruling, self._my_facts(asked, not level.rank), facts).text, True
        except Refusal as refusal:
            reason, mine = refusal.text, False
        name = "承办法官" if level.rank == 1 else level.name
        words = "您可批准" if mine else f"{name}{level.verb if not level.rank else '批准'}".replace("，意见供参考", "")
        signer = f"{LEVELS[ruling.statute_signer]}签发" if ruling.statute_signer else ""
        return Who(
            ruling.matter, ruling.name, mine, words, level.id, reason, self._holders(level), signer, ruling.panel == "required", ruling.clauses, ruling.plan_article,
        )

    def _request_facts(self, asked: Request, ruling: Ruling) -> RequestFacts:
        judge = self.view.judge
        whose = put_forward_by(asked, self.view.assignments) | ({judge.id} if judge else set())
        applicant = tuple(fact for person in sorted(whose) for fact in posts_as_facts(self._posts.get(person, ())))
        return RequestFacts(asked.upward, applicant, asked.step if ruling.ladder else None)

    def _my_facts(self, asked: Request, acts: bool) -> PersonFacts:
        """Whether he acted in the case before is asked only where it counts: for what 审管办 reviews."""
        me, judge = self.session.me, self.view.judge
        held = any(post.post == VICE for post in self._posts.get(me.id, ()))  # a letter gives something to nobody else
        return PersonFacts(
            name=me.name, posts=posts_as_facts(self._posts.get(me.id, ())), delegations=letters_as_facts(self._letters.get(me.id, ())) if held else (),
            is_applicant=me.id in put_forward_by(asked, self.view.assignments), is_responsible_judge=judge is not None and judge.id == me.id,
            political=me.staffing == "political", acted_in_case=acts and self._acted,
        )

    def _holders(self, level: Level) -> str:
        if level.rank <= 1:
            return ""
        held = [p for rows in self._posts.values() for p in rows if p.state == GrantState.EFFECTIVE and p.starts_on <= self.day and (p.ends_on is None or p.ends_on >= self.day)]
        people = self.view.people
        names = [people[p.person] for post in level.posts for p in held if p.post == post]
        return "、".join(person.name for person in sorted(names, key=lambda one: one.account or ""))


def _by_person(rows: Iterable[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        held: Any = row
        found[held.person].append(row)
    return dict(found)


def who_decides(session: Session, case: Case, matter: str, *, request: Request | None = None, target: str = "") -> Who:
    """Who decides one matter of a case today; as :meth:`Deciders.who`."""
    return Deciders.of(CaseView(session, case)).who(matter, request, target)
