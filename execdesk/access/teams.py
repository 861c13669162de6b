"""Verbs about teams, 1+N (plan, article 4): exactly one judge and at least one officer on every day of a team."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from execdesk.access.session import Session, posts_on
from execdesk.records.teams import TeamMember

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TeamSpan:
    """One membership: who, as ``judge`` or ``officer``, from which day to which (open if None)."""

    person: str
    role: str
    starts_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Whether the membership counts on ``day``."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def first_fault(spans: Sequence[TeamSpan], starts_on: date, ends_on: date | None) -> str:
    """The first day on which a team has not exactly one judge and at least one officer, in words; empty if there is none."""
    for day in _turning_days(spans, starts_on, ends_on):
        judges = sum(1 for span in spans if span.role == "judge" and span.holds(day))
        if judges != 1:
            return f"{day} 起团队有 {judges} 名法官，应当有且只有一名"
        if not any(span.role == "officer" and span.holds(day) for span in spans):
            return f"{day} 起团队没有执行员，至少应有一名"
    return ""


def _turning_days(spans: Iterable[TeamSpan], starts_on: date, ends_on: date | None) -> list[date]:
    days = {starts_on}
    for span in spans:
        days.add(span.starts_on)
        if span.ends_on is not None:
            days.add(span.ends_on + ONE_DAY)
    return sorted(day for day in days if starts_on <= day and (ends_on is None or day <= ends_on))


def spans_of(team: str) -> list[TeamSpan]:
    """All memberships of a team."""
    return [span_of(member) for member in members_of(team)]


def lacks_police(session: Session, team: str, day: date) -> bool:
    """Whether no member of a team is 司法警察 or 协警 on a day (plan, article 7): acts that need police cannot be planned."""
    posts = session.organisation.posts
    present = (span.person for span in spans_of(team) if span.holds(day))
    return not any(posts[post.post].police for person in present for post in posts_on(person, day) if post.post in posts)


def members_of(team: str) -> list[TeamMember]:
    query = TeamMember.select().where(TeamMember.team == team, TeamMember.struck.is_null())
    return list(query.order_by(TeamMember.starts_on, TeamMember.id))


def span_of(member: TeamMember) -> TeamSpan:
    return TeamSpan(member.person, member.role, member.starts_on, member.ends_on)
