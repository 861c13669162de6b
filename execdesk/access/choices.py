"""What forms of administration and of teams choose from."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from execdesk.access.issuing import attends
from execdesk.access.lookup import found_person
from execdesk.access.providers import FormContext, Pairs, options, start
from execdesk.access.session import Session, posts_on
from execdesk.access.teams import spans_of
from execdesk.records.court import Group, Site
from execdesk.records.people import GrantState, Person, Post
from execdesk.records.teams import Team, TeamMember


@start("form_day")
def form_day(context: FormContext) -> date:
    """The day the form is about."""
    return context.day


@start("today")
def today(context: FormContext) -> date:
    """Today."""
    return context.session.day


@start("me")
def me(context: FormContext) -> str:
    """The person signed in."""
    person = context.session.me
    return person.account or person.id


@start("my_name")
def my_name(context: FormContext) -> str:
    """The name of the person signed in."""
    return str(context.session.me.name)


def _people() -> list[Person]:
    return list(Person.select().where(Person.struck.is_null()).order_by(Person.account == "", Person.account, Person.name))


def row_called(text: str) -> str | None:
    """The row of somebody who is told by row, account or name."""
    found = found_person(text)
    return found.id if found else None


def called(text: str) -> str | None:
    """What somebody is chosen by in lists of those who sign in: the account, the row where he has none; by row, account or name."""
    found = found_person(text)
    return found.account or found.id if found else None


@options("people", spelt=row_called)
def people(_context: FormContext) -> Pairs:
    """Everybody entered."""
    return [(p.id, f"{p.name}{f'（{p.account}）' if p.account else ''}") for p in _people()]


@start("without_post")
def without_post(_context: FormContext) -> str | None:
    """The one person who was entered and never had a post; none where there are several, since nobody is put forward by chance."""
    placed = Post.select(Post.person).where(Post.struck.is_null(), Post.state != GrantState.REFUSED)
    found = [person.id for person in Person.select(Person.id).where(Person.struck.is_null(), Person.id.not_in(placed)).limit(2)]
    return str(found[0]) if len(found) == 1 else None


@options("staff", spelt=called)
def staff(_context: FormContext) -> Pairs:
    """Everybody entered, by name."""
    return [(p.account or p.id, p.name) for p in Person.select().where(Person.struck.is_null()).order_by(Person.name)]


@options("receivers", within="people")
def receivers(context: FormContext) -> Pairs:
    """Who may be given a certificate by the person signed in."""
    return [(p.id, f"{p.name}（{p.account}）") for p in _people() if p.account and p.id != context.session.me.id]


@options("witnesses", within="staff")
def witnesses(context: FormContext) -> Pairs:
    """Who may attend beside the person signed in."""
    session = context.session
    return [(p.account, p.name) for p in _people() if p.account and p.id != session.me.id and attends(session, p.id)]


@options("vice_presidents", within="people")
def vice_presidents(context: FormContext) -> Pairs:
    """Who may receive a letter of authority."""
    return [(p.id, p.name) for p in _people() if any(post.post == "vice_president" for post in posts_on(p.id, context.session.day))]


@options("every_matter")
def every_matter(context: FormContext) -> Pairs:
    """The matters of the plan."""
    return [(row.id, row.name) for row in context.session.authority.choosable()]


@options("matters_or_all")
def matters_or_all(context: FormContext) -> Pairs:
    """Every matter, or all that a letter may cover together."""
    return [("all", "全部"), *every_matter(context)]


@options("delegable", within="matters_or_all")
def delegable(context: FormContext) -> Pairs:
    """The matters a letter can name."""
    table = context.session.authority
    kept = [row for row in table.choosable() if "president" in table.data.levels[row.level].posts or row.statute_signer == "president"]
    return [("all", "全部（法律留给院长的除外）"), *((row.id, row.name + ("（须逐项写明）" if row.is_reserved else "")) for row in kept)]


@options("staffings")
def staffings(context: FormContext) -> Pairs:
    """The kinds of staffing."""
    return [(s.code, f"{s.name}（{s.officer}）") for s in context.session.organisation.staffings.values()]


@options("posts")
def posts(context: FormContext) -> Pairs:
    """The posts of the court."""
    return [(code, post.name) for code, post in context.session.organisation.posts.items()]


@options("sites")
def sites(_context: FormContext) -> Pairs:
    """The desks."""
    return [(s.code, s.name) for s in Site.select().order_by(Site.code.desc())]


@start("this_site")
def this_site(context: FormContext) -> str:
    """The desk one sits at."""
    return str(context.session.store.site)


@options("other_sites")
def other_sites(context: FormContext) -> Pairs:
    """The desks but this one."""
    return [(code, name) for code, name in sites(context) if code != context.session.store.site]


def _group_of(row: str) -> str | None:
    found = Group.get_or_none(Group.id == row)
    return found.code if found else None


@options("groups", spelt=_group_of)
def groups(_context: FormContext) -> Pairs:
    """The groups of the bureau."""
    return [(g.code, g.name) for g in Group.select().where(Group.struck.is_null()).order_by(Group.code)]


@options("groups_or_none", spelt=_group_of)
def groups_or_none(context: FormContext) -> Pairs:
    """The groups of the bureau, or none."""
    return [("", "不属于哪一组"), *groups(context)]


@start("no_group")
def no_group(_context: FormContext) -> str:
    """No group: most posts are of none."""
    return ""


@options("every_team")
def every_team(_context: FormContext) -> Pairs:
    """The teams there ever were or will be."""
    return [(team.id, team.name) for team in Team.select().where(Team.struck.is_null()).order_by(Team.name)]


@options("teams", within="every_team")
def teams(context: FormContext) -> Pairs:
    """The teams there are on the day."""
    day = context.day
    rows = Team.select().where(Team.struck.is_null(), Team.starts_on <= day).order_by(Team.name)
    return [(team.id, team.name) for team in rows if team.ends_on is None or day <= team.ends_on]


@start("team")
def team(context: FormContext) -> str | None:
    """The team the form is about, else the first."""
    return context.target or next((key for key, _words in teams(context)), None)


def _team(context: FormContext) -> str:
    return str(context.given.get("team") or team(context) or "")


@options("joinable", within="people")
def joinable(context: FormContext) -> Pairs:
    """Officers who are not in the team on the day."""
    present = {s.person for s in spans_of(_team(context)) if s.holds(context.day)}
    return [(person, words) for person, words in officers(context) if person not in present]


@options("team_officers", within="people")
def team_officers(context: FormContext) -> Pairs:
    """The officers of the team on the day."""
    names = {p.id: p.name for p in Person.select(Person.id, Person.name)}
    found = dict.fromkeys(s.person for s in spans_of(_team(context)) if s.holds(context.day) and s.role != "judge")
    return sorted(((person, names[person]) for person in found), key=lambda pair: pair[1])


@options("free_judges", within="people")
def free_judges(context: FormContext) -> Pairs:
    """Judges who lead no team on the day."""
    return judges_free(context.session, context.day)


@options("officers", within="people")
def officers(context: FormContext) -> Pairs:
    """All officers on the day, with their posts."""
    return with_role(context.session, "officer", context.day)


def judges_free(session: Session, day: date) -> tuple[tuple[str, str], ...]:
    """Judges who lead no team on a day."""
    rows = TeamMember.select().where(TeamMember.role == "judge", TeamMember.struck.is_null())
    taken = {m.person for m in rows if m.starts_on <= day and (m.ends_on is None or day <= m.ends_on)}
    return tuple((person, words) for person, words in with_role(session, "judge", day) if person not in taken)


def with_role(session: Session, role: str, day: date) -> tuple[tuple[str, str], ...]:
    """Who may serve in a team in a role on a day: (row id, name with post)."""
    known = session.organisation.posts
    names = {p.id: p.name for p in Person.select().where(Person.struck.is_null())}
    held: dict[str, list[Any]] = defaultdict(list)
    for post in Post.select().where(Post.state == GrantState.EFFECTIVE, Post.struck.is_null()).order_by(Post.starts_on):
        if post.starts_on <= day and (post.ends_on is None or day <= post.ends_on):
            held[post.person].append(post)
    found: dict[str, str] = {}
    for person, rows in held.items():
        for post in rows:
            if post.post in known and known[post.post].team == role:
                found.setdefault(person, f"{names[person]}（{known[post.post].name}）")
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))
