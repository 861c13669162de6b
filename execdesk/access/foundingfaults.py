"""What is wrong in which cell of a founding plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from execdesk.access.accounts import require_fit
from execdesk.access.actions.court import DETAILS, require_whole_account
from execdesk.access.foundingplan import COURT, JOINER, NEEDED, TABLES, FoundingPlan, Row, listed
from execdesk.law.numerals import parse_day
from execdesk.law.refusal import Refusal


@dataclass(frozen=True)
class PlanFault:
    """What is wrong in a cell: table (``court`` too), row from 0, column, and the sentence."""

    table: str
    row: int
    column: str
    text: str


def faults(plan: FoundingPlan) -> tuple[PlanFault, ...]:
    """Everything that is wrong, table by table."""
    return (*_court_faults(plan), *_place_faults(plan), *_people_faults(plan), *_team_faults(plan))


def _court_faults(plan: FoundingPlan) -> Iterator[PlanFault]:
    for one in COURT:
        text = plan.court.get(one.name, "").strip()
        try:
            if text or one.required:
                one.read(text)
        except Refusal as refusal:
            yield PlanFault("court", 0, one.name, refusal.text)
    try:
        require_whole_account({one.name: plan.court.get(one.name, "") for one in DETAILS})
    except Refusal as refusal:
        yield PlanFault("court", 0, "account_no", refusal.text)


def _place_faults(plan: FoundingPlan) -> Iterator[PlanFault]:
    for table in ("sites", "groups", "areas"):
        yield from _names(plan, table)
    for at, row in enumerate(plan.tables["groups"]):
        yield from _one_of(plan, "groups", at, "site", plan.names("sites"), needed=True)
        try:
            parse_day(row.get("starts_on", ""))
        except Refusal as refusal:
            yield PlanFault("groups", at, "starts_on", refusal.text)
    seen: dict[str, str] = {}
    for at, row in enumerate(plan.tables["areas"]):
        yield from _one_of(plan, "areas", at, "group", plan.names("groups"))
        for spelling in listed(row.get("names", "")):
            if spelling in seen or spelling in plan.names("areas"):
                yield PlanFault("areas", at, "names", f"「{spelling}」已是{seen.get(spelling, spelling)}的写法。")
            seen[spelling] = row.get("name", "")


def _people_faults(plan: FoundingPlan) -> Iterator[PlanFault]:
    yield from _names(plan, "people")
    posts = {post.name: post for post in plan.shipped.posts.values()}
    accounts: list[str] = []
    holders: dict[str, list[int]] = {}
    for at, row in enumerate(plan.tables["people"]):
        found = listed(row.get("posts", ""))
        if unknown := [one for one in found if one not in posts]:
            yield PlanFault("people", at, "posts", f"没有「{unknown[0]}」这个职务，可填：{JOINER.join(posts)}。")
        elif not found:
            yield PlanFault("people", at, "posts", "请填职务；几个职务以顿号隔开。")
        yield from _one_of(plan, "people", at, "staffing", [one.name for one in plan.shipped.staffings.values()], needed=True)
        yield from _one_of(plan, "people", at, "group", plan.names("groups"))
        yield from _one_of(plan, "people", at, "site", plan.names("sites"))
        for one in found:
            holders.setdefault(posts[one].code if one in posts else "", []).append(at)
        if account := row.get("account", "").strip():
            try:
                require_fit(account, accounts)
            except Refusal as refusal:
                yield PlanFault("people", at, "account", refusal.text)
            accounts.append(account)
        elif any(posts[one].code in NEEDED for one in found if one in posts):
            yield PlanFault("people", at, "account", f"{found[0]}须有登录名。")
    for code, post in plan.shipped.posts.items():
        held = holders.get(code, [])
        if code in NEEDED and not held:
            yield PlanFault("people", len(plan.tables["people"]), "posts", f"还没有{post.name}。")
        elif post.single and len(held) > 1:
            yield PlanFault("people", held[1], "posts", f"{post.name}只能有一人，第 {held[0] + 1} 行已是{post.name}。")


def _team_faults(plan: FoundingPlan) -> Iterator[PlanFault]:
    yield from _names(plan, "teams")
    roles = {row.get("name", "").strip(): _roles(plan, row) for row in plan.tables["people"]}
    taken: set[str] = set()
    for at, row in enumerate(plan.tables["teams"]):
        yield from _one_of(plan, "teams", at, "group", plan.names("groups"), needed=True)
        judge, officers = row.get("judge", "").strip(), listed(row.get("officers", ""))
        if "judge" not in roles.get(judge, set()):
            yield PlanFault("teams", at, "judge", f"「{judge}」不是人员表里的执行法官。" if judge else "请填带队的执行法官。")
        elif judge in taken:
            yield PlanFault("teams", at, "judge", f"{judge}已带另一个团队。")
        taken.add(judge)
        if wrong := [one for one in officers if "officer" not in roles.get(one, set())]:
            yield PlanFault("teams", at, "officers", f"「{wrong[0]}」不是人员表里的书记员、法官助理、协警或者司法警察。")
        elif not officers:
            yield PlanFault("teams", at, "officers", "团队至少有一名执行员。")


def _roles(plan: FoundingPlan, row: Row) -> set[str | None]:
    posts = {post.name: post for post in plan.shipped.posts.values()}
    return {posts[one].team for one in listed(row.get("posts", "")) if one in posts}


def _names(plan: FoundingPlan, table: str) -> Iterator[PlanFault]:
    seen: set[str] = set()
    for at, row in enumerate(plan.tables[table]):
        name = row.get("name", "").strip()
        if not name:
            yield PlanFault(table, at, "name", f"请填{dict(TABLES[table].columns)['name']}。")
        elif name in seen:
            yield PlanFault(table, at, "name", f"「{name}」已有一行，请以不同的写法区分。")
        seen.add(name)


def _one_of(plan: FoundingPlan, table: str, at: int, column: str, known: Sequence[str], needed: bool = False) -> Iterator[PlanFault]:
    text = plan.tables[table][at].get(column, "").strip()
    words = dict(TABLES[table].columns)[column]
    if text and text not in known:
        yield PlanFault(table, at, column, f"没有「{text}」这个{words}，可填：{JOINER.join(known)}。")
    elif needed and not text:
        yield PlanFault(table, at, column, f"请填{words}：{JOINER.join(known)}。")


def words_of(fault: PlanFault) -> str:
    """A fault with its place."""
    if fault.table == "court":
        return f"本院：{fault.text}"
    return f"{TABLES[fault.table].title}第 {fault.row + 1} 行「{dict(TABLES[fault.table].columns)[fault.column]}」：{fault.text}"
