"""What beside the teams belongs to a day: the changes against the day before, and the ratio of article 9 with its lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from execdesk.access.session import Session
from execdesk.law.figures import FigureItem, Indicator, ratio_text
from execdesk.records.people import Delegation, GrantState, Person, Post
from execdesk.records.teams import Team, TeamMember

BUREAU_JUDGES = ("judge", "director", "deputy_director")


@dataclass(frozen=True)
class ChangeRow:
    """What differs from the day before: a one-character sign and a sentence."""

    sign: str
    text: str


@dataclass(frozen=True)
class RatioRow:
    """Article 9: judges over all, of the bureau and of the other trial teams, each with its two lists."""

    bureau: Indicator
    others: Indicator
    verdict: str  # 符合 | 低于 | 未查
    margin: str


def changes_of(session: Session, day: date, people: dict[str, Person]) -> tuple[ChangeRow, ...]:
    """Posts, memberships, teams and letters that begin on the day or ended the day before."""
    before, known = day - timedelta(days=1), session.organisation.posts
    found: list[ChangeRow] = []
    for post in Post.select().where(Post.state == GrantState.EFFECTIVE, Post.struck.is_null()):
        name, title = people[post.person].name, known[post.post].name if post.post in known else post.post
        if post.starts_on == day:
            found.append(ChangeRow("任", f"{name} 任{title}"))
        if post.ends_on == before:
            found.append(ChangeRow("免", f"{name} 不再任{title}"))
    teams = {t.id: t for t in Team.select()}
    for team in teams.values():
        if team.starts_on == day:
            found.append(ChangeRow("组", f"组建{team.name}"))
        if team.ends_on == before:
            found.append(ChangeRow("撤", f"撤销{team.name}"))
    for member in TeamMember.select().where(TeamMember.struck.is_null()):
        team = teams[member.team]
        if member.starts_on == day and team.starts_on != day:
            found.append(ChangeRow("编", f"{people[member.person].name} 编入{team.name}" + (f"，至 {member.ends_on}" if member.ends_on else "")))
        if member.ends_on == before and team.ends_on != before:
            found.append(ChangeRow("出", f"{people[member.person].name} 调出{team.name}"))
    for letter in Delegation.select().where(Delegation.state == GrantState.EFFECTIVE, Delegation.struck.is_null()):
        if letter.starts_on == day:
            found.append(ChangeRow("授", f"授权书{letter.letter}（{people[letter.person].name}）起效"))
        if letter.ends_on == before or letter.revoked_on == day:
            found.append(ChangeRow("授", f"授权书{letter.letter}（{people[letter.person].name}）{'撤销' if letter.revoked_on == day else '届满'}"))
    return tuple(found)


def ratio_of(session: Session, people: dict[str, Person], posts: dict[str, list[Post]]) -> RatioRow:
    known = session.organisation.posts
    bureau_posts = {code for code, post in known.items() if post.team} | set(BUREAU_JUDGES)
    bureau = _indicator("执行局", people, posts, frozenset(BUREAU_JUDGES), frozenset(bureau_posts))
    others = _indicator("其他审判团队", people, posts, frozenset({"trial_judge"}), frozenset({"trial_judge", "trial_staff"}))
    mine, theirs = bureau.value, others.value
    if mine is None or theirs is None:
        return RatioRow(bureau, others, "未查", "其他审判团队的名单尚未登记，不能比较" if theirs is None else "执行局没有登记的人员")
    verdict = "符合" if mine >= theirs else "低于"
    after = Fraction(len(bureau.numerator), len(bureau.denominator) + 1)
    margin = f"含正副局长；再增 1 名非法官即为 {ratio_text(after, '%')}" + ("，不足" if after < theirs else "，仍不低于")
    return RatioRow(bureau, others, verdict, margin if verdict == "符合" else "含正副局长；须增加法官或减少非法官")


def _indicator(
    title: str, people: dict[str, Person], posts: dict[str, list[Post]], above: frozenset[str], below: frozenset[str]
) -> Indicator:
    def among(wanted: frozenset[str]) -> tuple[FigureItem, ...]:
        names = sorted(people[p].name for p, held in posts.items() if p in people and any(post.post in wanted for post in held))
        return tuple(FigureItem(name, Fraction(1)) for name in names)

    return Indicator("A09.1", title, "法官 ÷ 全部人员", among(above), among(below))
