"""The team tab: groups, teams 1+N, loads, the ratio of article 9 and the changes of a day, all as of one chosen day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.access.teams import TeamSpan, spans_of
from execdesk.casefile.assignment import weight_of
from execdesk.casefile.settings import bureau_settings
from execdesk.reads.boarding import board_of
from execdesk.reads.boardsql import Asked, Where, asked_on, stands
from execdesk.reads.casewhere import CASE, WORKER
from execdesk.reads.export import Field
from execdesk.reads.teamfacts import ChangeRow, RatioRow, changes_of, ratio_of
from execdesk.records.cases import CaseState
from execdesk.records.court import Area, Group
from execdesk.records.people import GrantState, Person, Post
from execdesk.records.teams import Team

COLUMNS = ("法官", "执行员", "辅助执行员", "司法警察", "协警")
DAY_HEADINGS = ("日期", "组", "团队", "类别", "姓名", "在办", "加权负荷")
WEEKDAYS = "一二三四五六日"
Charges = dict[tuple[str, str], int]
"""Open cases by group and judge; empty where there is none."""


@dataclass(frozen=True)
class MemberRow:
    """Somebody in a team on the day."""

    id: str
    name: str
    until: date | None


@dataclass(frozen=True)
class TeamRow:
    """A team on the day: five columns of members, its load against the group's mean, what is missing."""

    id: str
    name: str
    judge: str
    judge_id: str
    size: str
    cases: int
    weight: float
    share: int | None  # per cent of the group's mean
    columns: tuple[tuple[MemberRow, ...], ...]
    gaps: frozenset[int]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class GroupRow:
    """A group on the day.

    Its open cases are counted twice: ``cases`` by town, which are those with its own judges, with ``others`` and with nobody yet;
    ``assigned`` by judge, which are those of its own towns and ``further`` ones.
    """

    id: str
    name: str
    seat: str
    head: str
    towns: tuple[str, ...]
    cases: int
    mean: float
    teams: tuple[TeamRow, ...]
    own: int
    others: int
    unassigned: int
    further: int

    @property
    def assigned(self) -> int:
        """Open cases in the charge of its judges."""
        return self.own + self.further


@dataclass(frozen=True)
class UnplacedRow:
    """Somebody who could work in a team and is in none on the day."""

    id: str
    name: str
    post: str
    staffing: str
    role: str
    note: str


@dataclass(frozen=True)
class TeamDay:
    """The whole tab for one day."""

    day: date
    day_words: str
    note: str
    groups: tuple[GroupRow, ...]
    unplaced: tuple[UnplacedRow, ...]
    changes: tuple[ChangeRow, ...]
    ratio: RatioRow
    may_form: bool
    may_name: bool


def team_day(session: Session, day: date) -> TeamDay:
    """Everything the team tab shows for ``day``."""
    people = {p.id: p for p in Person.select().where(Person.struck.is_null())}
    posts = _posts(day)
    teams = [t for t in Team.select().where(Team.struck.is_null()).order_by(Team.name) if _holds(t.starts_on, t.ends_on, day)]
    members = {t.id: [s for s in spans_of(t.id) if s.holds(day)] for t in teams}
    asked = _asked(session, day)
    loads, charges = _loads(session, asked), _charges(session, asked)
    teams.sort(key=lambda t: min((people[s.person].account or "~" for s in members[t.id] if s.role == "judge"), default="~"))
    groups = tuple(
        _group(session, g, charges, people, posts, [t for t in teams if t.group == g.id], members, loads) for g in Group.select().order_by(Group.code)
    )
    able = duties(session)
    return TeamDay(
        day, _day_words(session, day), _note(session, day), groups, _unplaced(session, day, people, posts, members), changes_of(session, day, people),
        ratio_of(session, people, posts), "assign" in able, bool({"prepare_posts", "countersign"} & able),
    )


def _holds(starts_on: date, ends_on: date | None, day: date) -> bool:
    return starts_on <= day and (ends_on is None or day <= ends_on)


def _posts(day: date) -> dict[str, list[Post]]:
    found: dict[str, list[Post]] = defaultdict(list)
    for post in Post.select().where(Post.state == GrantState.EFFECTIVE, Post.struck.is_null()).order_by(Post.starts_on):
        if _holds(post.starts_on, post.ends_on, day):
            found[post.person].append(post)
    return found


def _group(
    session: Session, group: Group, charges: Charges, people: dict[str, Person], posts: dict[str, list[Post]], teams: list[Team],
    members: dict[str, list[TeamSpan]], loads: dict[str, tuple[int, float]],
) -> GroupRow:
    judges = [person for person, held in posts.items() if any(p.post == "judge" and p.group == group.id for p in held)]
    leading = [s.person for t in teams for s in members[t.id] if s.role == "judge"]
    weights = [loads.get(j, (0, 0.0))[1] for j in dict.fromkeys((*leading, *judges))]
    mean = round(sum(weights) / len(weights), 1) if weights else 0.0
    heads = [(people[p], post) for p, held in posts.items() for post in held if post.post in ("director", "deputy_director") and post.group == group.id and p in people]
    head = "组长 " + ("、".join(f"{person.name}（{session.organisation.posts[post.post].name}，自 {post.starts_on}）" for person, post in heads) or "缺")
    own = sum(n for (where, who), n in charges.items() if where == group.id and who in judges)
    unassigned, cases = charges.get((group.id, ""), 0), sum(n for (where, _who), n in charges.items() if where == group.id)
    further = sum(n for (where, who), n in charges.items() if where != group.id and who in judges)
    towns = tuple(a.name.removesuffix("镇") for a in Area.select().where(Area.group == group.id, Area.kind == "town").order_by(Area.code))
    return GroupRow(
        group.id, group.name, group.seat, head, towns, cases, mean,
        tuple(_team(session, t, people, posts, members[t.id], loads, mean) for t in teams), own, cases - own - unassigned, unassigned, further,
    )


def _team(
    session: Session, team: Team, people: dict[str, Person], posts: dict[str, list[Post]], members: list[TeamSpan],
    loads: dict[str, tuple[int, float]], mean: float,
) -> TeamRow:
    columns: list[list[MemberRow]] = [[] for _ in COLUMNS]
    for span in sorted(members, key=lambda s: people[s.person].account or "~"):
        columns[_column(span, people[span.person], posts.get(span.person, []))].append(MemberRow(span.person, people[span.person].name, span.ends_on))
    judge = columns[0][0] if len(columns[0]) == 1 else None
    cases, weight = loads.get(judge.id, (0, 0.0)) if judge else (0, 0.0)
    gaps, warnings = _gaps(columns)
    return TeamRow(
        team.id, team.name, judge.name if judge else "", judge.id if judge else "", f"{len(columns[0])}+{sum(map(len, columns[1:]))}", cases, weight,
        round(weight * 100 / mean) if mean else None, tuple(tuple(c) for c in columns), gaps, warnings,
    )


def _column(span: TeamSpan, person: Person, held: Iterable[Post]) -> int:
    if span.role == "judge":
        return 0
    names = {post.post for post in held}
    if {"police", "police_captain"} & names:
        return 3
    if "auxiliary_police" in names:
        return 4
    return 1 if person.staffing == "political" else 2


def _gaps(columns: list[list[MemberRow]]) -> tuple[frozenset[int], tuple[str, ...]]:
    gaps: set[int] = set()
    warnings = []
    if len(columns[0]) != 1:
        gaps.add(0)
        warnings.append("当日没有法官，团队不能办案" if not columns[0] else "当日不止一名法官，应当有且只有一名")
    if not any(columns[1:]):
        gaps.add(1)
        warnings.append("当日没有执行员，至少应有一名")
    if not columns[3]:
        gaps.add(3)
        warnings.append("当日无司法警察：须法警到场的事项不能排期")
    return frozenset(gaps), tuple(warnings)


def _asked(session: Session, day: date) -> Asked:
    """A past day as it was known, a later one as things stand."""
    board_of(session)
    return asked_on(session, day) if day < session.day else Asked(day)


def _open(session: Session, asked: Asked) -> Where:
    """Cases open on the day."""
    mark, day = session.store.base.param, asked.on.isoformat()
    return Where([stands("b", asked), f'b."state" = {mark} AND b."from_on" <= {mark} AND b."to_on" >= {mark} AND b."filed_on" <= {mark}'], [CaseState.OPEN, day, day, day])


def _charges(session: Session, asked: Asked) -> Charges:
    """How many open cases each group has with each judge."""
    where, mark, day = _open(session, asked), session.store.base.param, asked.on.isoformat()
    query = (
        f'SELECT b."group", w."person", COUNT(*) FROM {CASE} b LEFT JOIN {WORKER} w ON w."case" = b."case" AND {stands("w", asked)} '
        f'AND w."role" = {mark} AND w."from_on" <= {mark} AND w."to_on" >= {mark} WHERE {where.text} GROUP BY b."group", w."person"'
    )
    found = session.store.base.execute_sql(query, ["judge", day, day, *where.values]).fetchall()
    return {(group or "", person or ""): int(number) for group, person, number in found}


def _loads(session: Session, asked: Asked) -> dict[str, tuple[int, float]]:
    """Open cases and weighted load of each judge: what weighs is added up by kind of case."""
    base, settings, where = session.store.base, bureau_settings(session.resources), _open(session, asked)
    day, mark = asked.on.isoformat(), session.store.base.param
    query = (
        f'SELECT w."person", b."type_code", COUNT(*), SUM(CASE WHEN b."debtors" > 1 THEN b."debtors" - 1 ELSE 0 END), '
        f'SUM(CASE WHEN b."claim_fen" > {int(settings.claim_over_fen)} THEN 1 ELSE 0 END) FROM {CASE} b JOIN {WORKER} w ON w."case" = b."case" '
        f'WHERE {where.text} AND {stands("w", asked)} AND w."role" = {mark} AND w."from_on" <= {mark} AND w."to_on" >= {mark} GROUP BY w."person", b."type_code"'
    )
    found: dict[str, tuple[int, float]] = {}
    for person, kind, cases, further, large in base.execute_sql(query, [*where.values, "judge", day, day]).fetchall():
        number, weight = found.get(person, (0, 0.0))
        found[person] = number + int(cases), round(weight + weight_of(settings, kind, int(cases), int(further), int(large)), 2)
    return found


def _unplaced(
    session: Session, day: date, people: dict[str, Person], posts: dict[str, list[Post]], members: dict[str, list[TeamSpan]]
) -> tuple[UnplacedRow, ...]:
    placed = {s.person for spans in members.values() for s in spans}
    known, staffings = session.organisation.posts, session.organisation.staffings
    found = []
    for person, held in posts.items():
        roles = [post for post in held if post.post in known and known[post.post].team]
        if person in placed or not roles or person not in people:
            continue
        post, row = roles[0], people[person]
        judge = known[post.post].team == "judge"
        staffing = staffings.get(row.staffing)
        role = "法官" if judge else COLUMNS[_column(TeamSpan(person, "officer", day, None), row, held)]
        note = f"{post.starts_on} 起任职" + (f"，至 {post.ends_on}" if post.ends_on else "")
        if staffing is not None and not staffing.leads and not judge:
            note += "，不得单独带队"
        found.append(UnplacedRow(person, row.name, known[post.post].name, staffing.name if staffing else row.staffing, role, note))
    return tuple(sorted(found, key=lambda r: r.name))


def _day_words(session: Session, day: date) -> str:
    words = f"周{WEEKDAYS[day.weekday()]}"
    works = session.calendar.is_workday(day) if session.calendar is not None else None
    local = getattr(session.calendar, "local_name", lambda _day: "")(day)
    return f"{words} · {local or ('节假日安排未公布' if works is None else '工作日' if works else '休息日')}"


def _note(session: Session, day: date) -> str:
    if day > session.day:
        return "该日在后，按已登记的任职、派驻显示"
    return "按当日的任职和编组显示；在办按当日所知" if day < session.day else ""


def day_rows(found: TeamDay) -> list[tuple[Field, ...]]:
    """The day as rows for a file under :data:`DAY_HEADINGS`: one line for each member, then those in no team."""
    lines: list[tuple[Field, ...]] = []
    for group in found.groups:
        for team in group.teams:
            for title, members in zip(COLUMNS, team.columns, strict=True):
                for member in members:
                    judge = title == COLUMNS[0]
                    lines.append((found.day, group.name, team.name, title, member.name, team.cases if judge else None, f"{team.weight:g}" if judge else None))
    lines += [(found.day, "", "未编入团队", row.role, row.name, None, None) for row in found.unplaced]
    return lines
