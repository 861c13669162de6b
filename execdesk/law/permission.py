"""May this person decide, or sign for issue, what the table has ruled? Permission with its words, or a refusal with its.

The rules: R3 (a higher level decides a lower matter only if it was submitted upward), R5 (a vice-president needs a
letter in term and scope; 分管院领导 by title alone has none), R7 (nobody approves his own application above the judge's
level; a director's own goes up to the president), R8 (a matter that statute keeps for 院长 needs a letter naming it).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from execdesk.law.authority import AuthorityTable
from execdesk.law.matters import PRESIDENT, Level, Ruling
from execdesk.law.refusal import Clause, Refusal, WayOn
from execdesk.law.standing import EVERYTHING, DelegationFact, PersonFacts, PostFact, RequestFacts
from execdesk.law.units import LEVELS

__all__ = [
    "EVERYTHING", "DelegationFact", "Permission", "PersonFacts", "PostFact", "RequestFacts",
    "may_decide", "may_sign", "needed_level", "signing_level",
]  # fmt: skip

VICE, LEADER, DIRECTOR = "vice_president", "party_leader", "director"
OWN_RIGHT = {"director_or_leader": DIRECTOR, "president_or_vice": VICE}  # who signs by his post, without a letter


@dataclass(frozen=True)
class Permission:
    """He may; ``text`` says why in the words of the screen. ``delegation`` names the letter he acts under."""

    text: str
    level: str
    level_name: str
    post: str
    post_name: str
    delegation: str
    upward: bool
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class _Question:
    """One person before one ruling: ``level`` is needed now, ``scope`` and ``whom`` say it, ``verb`` is 批准 or 签发."""

    table: AuthorityTable
    ruling: Ruling
    person: PersonFacts
    level: Level
    scope: str
    whom: str
    upward: bool = False
    verb: str = "批准"

    @property
    def on(self) -> date:
        return self.ruling.on

    def holds(self, post: str) -> PostFact | None:
        return self.person.holds(post, self.on)

    def post_name(self, post: str) -> str:
        return self.table.data.posts.get(post, post)


def needed_level(table: AuthorityTable, ruling: Ruling, request: RequestFacts | None = None) -> Level:
    """The level whose word is needed now: the ruling's, or the ladder's step; one higher where the applicant holds it."""
    request = request or RequestFacts()
    level = _due_level(table, ruling, request)
    own = {fact.post for fact in request.applicant_posts if fact.in_force(ruling.on)}
    return _above(table, level) or level if level.rank > 1 and own & set(level.posts) else level


def signing_level(table: AuthorityTable, ruling: Ruling) -> Level:
    """Whose signature for issue is needed besides, where statute names a signer: who signs by his post first, then 院长 and his delegates."""
    top = next(level for level in table.data.levels.values() if PRESIDENT in level.posts)
    own = OWN_RIGHT.get(ruling.statute_signer)
    posts = (own, *top.posts) if own is not None and own not in top.posts else top.posts
    return replace(top, name=LEVELS[ruling.statute_signer], posts=posts)


def may_decide(
    table: AuthorityTable, ruling: Ruling, person: PersonFacts, request: RequestFacts | None = None
) -> Permission:
    """Permission for ``person`` to decide ``ruling`` on its day.

    Raises Refusal ``authority.level``, ``authority.post``, ``authority.self``, ``authority.delegation``,
    ``authority.upward``, ``authority.body`` or ``authority.duty`` with the clause and the ways on.
    """
    request = request or RequestFacts()
    asked = _asked(table, ruling, person, request)
    if not asked.level.rank:
        return _by_kind(asked)
    if asked.level.rank == 1:
        return _as_judge(asked)
    due = _due_level(table, ruling, request)
    if person.proposes and any(asked.holds(post) for post in due.posts):
        raise _own(asked, due)
    permission = _as_leader(asked)
    if person.proposes:
        raise _own(asked, asked.level)
    return permission


def may_sign(table: AuthorityTable, ruling: Ruling, person: PersonFacts) -> Permission:
    """Permission to sign ``ruling`` for issue where statute names a signer besides the deciding level (R8).

    Raises Refusal ``authority.signer`` where statute names none, else as :func:`may_decide`.
    """
    if not ruling.statute_signer:
        raise Refusal(f"{ruling.name}没有另外的法定签发人，经批准后由承办法官署名即可。", code="authority.signer")
    top = next(level for level in table.data.levels.values() if PRESIDENT in level.posts)
    signer = LEVELS[ruling.statute_signer]
    asked = _Question(table, ruling, person, top, f"{signer}签发", signer, verb="签发")
    if held := asked.holds(OWN_RIGHT.get(ruling.statute_signer, "")):
        return _granted(asked, held)
    return _as_leader(asked)


def _asked(table: AuthorityTable, ruling: Ruling, person: PersonFacts, request: RequestFacts) -> _Question:
    due, level = _due_level(table, ruling, request), needed_level(table, ruling, request)
    scope = due.plan_label or f"{due.name}{due.verb}"
    if ruling.ladder and request.step is not None:
        scope = f"逐级审批第{request.step + 1}步，由{due.name}批准"
    if level != due:
        scope += f"，提出人本人任{due.name}，应报{level.name}"
    elif request.upward and not (due.rank == 1 and person.is_responsible_judge):
        scope += "，承办法官已层报"
    whom = "承办法官" if level.rank == 1 else level.name
    return _Question(table, ruling, person, level, scope, whom, request.upward)


def _due_level(table: AuthorityTable, ruling: Ruling, request: RequestFacts) -> Level:
    level = ruling.path[request.step] if ruling.ladder and request.step is not None else ruling.level
    return table.data.levels[level]


def _above(table: AuthorityTable, level: Level) -> Level | None:
    return next((item for item in table.data.levels.values() if item.rank == level.rank + 1), None)


def _as_judge(asked: _Question) -> Permission:
    if asked.person.is_responsible_judge:
        for post in asked.level.posts:
            if held := asked.holds(post):
                return _granted(asked, held, tail="，是本案承办法官")
        raise _refusal(asked, _lapsed(asked, "judge"), "authority.post")
    return _from_above(asked)


def _as_leader(asked: _Question) -> Permission:
    """Decide at the asked level by post or letter, or from above where the request was submitted upward."""
    for post in asked.level.posts:
        held = asked.holds(post)
        if held and post != VICE:
            return _granted(asked, held)
    if asked.holds(VICE) and VICE in asked.level.posts:
        return _under_letter(asked)
    return _from_above(asked)


def _from_above(asked: _Question) -> Permission:
    """R3: a higher level decides only what the judge submitted upward, a vice-president within his letter."""
    higher = [level for level in asked.table.data.levels.values() if level.rank > max(asked.level.rank, 1)]
    posts = [post for level in higher for post in level.posts if asked.holds(post)]
    if not posts:
        raise _refusal(asked, _lack(asked), "authority.level")
    if not asked.upward:
        raise _refusal(asked, f"您任{_posts_held(asked)}，承办法官没有将本事项层报", "authority.upward")
    held = next((asked.holds(post) for post in posts if post != VICE), None)
    return _granted(asked, held) if held else _under_letter(asked)


def _under_letter(asked: _Question) -> Permission:
    held = asked.holds(VICE)
    assert held is not None
    faults = []
    for letter in asked.person.delegations:
        fault = letter.fault(asked.ruling)
        if not fault:
            return _granted(asked, held, letter)
        faults.append(fault)
    lack = faults[-1] if faults else "没有登记的院长授权书"
    letters = ",".join(letter.letter for letter in asked.person.delegations)
    way = WayOn("看授权书", f"delegation:{letters}") if faults else None
    raise _refusal(asked, f"您任副院长，{lack}", "authority.delegation", way)


def _by_kind(asked: _Question) -> Permission:
    level = asked.level
    if not level.posts:
        raise _refusal(asked, "不能由一人批准", "authority.body")
    if level.id == "review_office" and asked.person.acted_in_case:
        raise _refusal(asked, "您办理过本案的执行，不得参加审查", "authority.duty")
    if level.id == "officer" and not asked.person.political:
        raise _refusal(asked, "您是辅助执行员，可以协助，不能主办", "authority.duty")
    if DIRECTOR in level.posts and asked.person.is_applicant and asked.holds(DIRECTOR):
        raise _own(asked, asked.table.data.levels[DIRECTOR])
    for post in level.posts:
        if held := asked.holds(post):
            return _granted(asked, held)
    raise _refusal(asked, _lack(asked), "authority.level")


def _granted(asked: _Question, held: PostFact, letter: DelegationFact | None = None, tail: str = "") -> Permission:
    name = asked.post_name(held.post)
    term = f"持授权书{letter.letter}，{letter.starts_on} 至 {letter.ends_on}" if letter else held.term
    return Permission(
        f"本事项属{asked.scope}；您任{name}，{term}{tail}。", asked.level.id, asked.level.name, held.post, name,
        letter.letter if letter else "", asked.upward, asked.ruling.clauses,
    )  # fmt: skip


def _own(asked: _Question, level: Level) -> Refusal:
    """R7: his own application; it goes one level up, a vice-president's to 院长, the president's own to the committee."""
    above = _above(asked.table, level)
    refer = above or (asked.table.data.levels["adjudication_committee"] if asked.holds(PRESIDENT) else level)
    whom = refer.name if refer != level else asked.post_name(PRESIDENT)
    lack = f"您是本事项的提出人，不得批准自己的申请，应报{whom}"
    return _refusal(asked, lack, "authority.self", refer=refer)


def _refusal(asked: _Question, lack: str, code: str, way: WayOn | None = None, refer: Level | None = None) -> Refusal:
    ruling, level = asked.ruling, asked.level
    verb = asked.verb if level.rank else level.verb.partition("，")[0]
    clauses = ruling.clauses
    if asked.verb == "签发":
        rule = asked.table.data.rules["R8_conflict"]
        clauses += (Clause(rule.text, f"审批权限表规则「{rule.name}」"),)
    ways = (_refer(asked, refer or level), way, WayOn("看条文 F1", f"clause:{ruling.plan_article}"))
    return Refusal(
        f"不能由您{asked.verb}：{ruling.name}须{asked.whom}{verb}，{lack}。", code=code, clauses=clauses,
        ways=tuple(item for item in ways if item),
    )  # fmt: skip


def _refer(asked: _Question, level: Level) -> WayOn:
    whom = asked.post_name(level.posts[0]) if level.rank > 1 else "承办法官" if level.rank else level.name
    return WayOn(f"转报{whom}…" if level.rank > 1 else f"转{whom}…", f"refer:{level.id}")


def _lack(asked: _Question) -> str:
    """What the person lacks, for the second half of the sentence."""
    if asked.holds(LEADER):
        return "您是分管院领导（党组成员），不是副院长，方案没有给分管院领导单独的审批权限"
    once = next((post for post in asked.level.posts for fact in asked.person.posts if fact.post == post), None)
    if once and not asked.holds(once):
        return _lapsed(asked, once)
    held = _posts_held(asked)
    if not held:
        return f"您在 {asked.on} 没有登记的职务"
    levels = asked.table.data.levels.values()
    if not any(asked.holds(post) for level in levels if level.rank for post in level.posts):
        return f"您任{held}，没有审批权限"
    if asked.level.rank == 1:
        return f"您任{held}，不是本案承办法官"
    return f"您任{held}，没有{asked.whom}的权限"


def _lapsed(asked: _Question, post: str) -> str:
    """Why a post that was once entered does not count on the day."""
    name = asked.post_name(post)
    once = next((fact for fact in asked.person.posts if fact.post == post), None)
    return once.lapse(name, asked.on) if once else f"您在 {asked.on} 没有{name}职务"


def _posts_held(asked: _Question) -> str:
    return "、".join(asked.post_name(fact.post) for fact in asked.person.posts if fact.in_force(asked.on))
