"""What a founding plan sets up: its organisation and its people with the passwords that those present have typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from execdesk.access.founded import FOUNDED
from execdesk.access.founding import NewPerson, Wanted
from execdesk.access.foundingdraft import forget_plan
from execdesk.access.foundingfaults import faults, words_of
from execdesk.access.foundingplan import COURT, HERE, JOINER, NEEDED, FoundingPlan, Row, listed
from execdesk.access.organisation_data import AreaData, GroupData, NewTeam, Organisation, SiteData
from execdesk.access.sealing import Cost
from execdesk.access.setup import SetUp, set_up
from execdesk.law.numerals import parse_day
from execdesk.law.refusal import Refusal
from execdesk.store.clock import Clock
from execdesk.store.permissions import Owners

ROOT_FILE = "{}证书根.p12"


def organisation_planned(plan: FoundingPlan) -> Organisation:
    """The organisation as the plan has it; it must be without fault."""
    shipped = plan.shipped
    told: dict[str, Any] = {one.name: plan.court.get(one.name, "").strip() for one in COURT}
    sites = dict(zip(plan.names("sites"), _codes(plan.names("sites"), {one.name: one.code for one in shipped.sites.values()}, "D", (HERE,)), strict=True))
    groups = dict(zip(plan.names("groups"), _codes(plan.names("groups"), {one.name: one.code for one in shipped.groups.values()}, "g"), strict=True))
    return replace(
        shipped, court=replace(shipped.court, **told), sites={code: SiteData(code, name) for name, code in sites.items()},
        groups={groups[row["name"].strip()]: _group(row, groups, sites, shipped) for row in plan.tables["groups"]},
        areas=tuple(_area(row, groups, shipped) for row in plan.tables["areas"]),
    )


def _codes(names: Sequence[str], known: Mapping[str, str], letter: str, first: Sequence[str] = ()) -> Iterator[str]:
    """A code for each name: the first ones as told, the known ones their own, others a letter with their place."""
    for at, name in enumerate(names):
        yield first[at] if at < len(first) else known[name] if known.get(name) not in (None, *first) else f"{letter}{at + 1}"


def _group(row: Row, groups: Mapping[str, str], sites: Mapping[str, str], shipped: Organisation) -> GroupData:
    name, code = row["name"].strip(), groups[row["name"].strip()]
    source = shipped.groups[code].source if code in shipped.groups else FOUNDED
    return GroupData(code, name, row.get("seat", "").strip() or row["site"].strip(), sites[row["site"].strip()], parse_day(row["starts_on"]), None, source)


def _area(row: Row, groups: Mapping[str, str], shipped: Organisation) -> AreaData:
    name, group = row["name"].strip(), groups.get(row.get("group", "").strip())
    known = next((one for one in shipped.areas if one.name == name), None)
    code, near = (known.code, known.near) if known is not None else ("", None)
    return AreaData(code, name, tuple(listed(row.get("names", ""))), "town" if group else "unit", group, None if group else near)


def wanted_of(plan: FoundingPlan, passwords: Mapping[str, str], passphrase: str, owners: Owners | None = None, cost: Cost | None = None) -> Wanted:
    """What to set up; ``passwords`` by login name, of those who are here and have typed them. The others receive certificates later. The
    root goes into the folder that the plan names.

    Raises:
        Refusal: ``setup.plan`` with the first cell that is wrong, ``setup.people`` without 院长, 局长 and 系统管理员, ``setup.root`` without a folder.
    """
    if wrong := faults(plan):
        raise Refusal(f"{words_of(wrong[0])}{f'另有 {len(wrong) - 1} 处要改。' if len(wrong) > 1 else ''}", code="setup.plan")
    organisation = organisation_planned(plan)
    people = [_person(row, organisation, passwords) for row in plan.tables["people"]]
    here = {post for person in people if person.password for post in person.posts}
    if missing := [organisation.posts[code].name for code in NEEDED if code not in here]:
        raise Refusal(f"设立须院长、局长、系统管理员在场，各自输入自己的密码。还缺{JOINER.join(missing)}。", code="setup.people")
    groups = {one.name: code for code, one in organisation.groups.items()}
    teams = [NewTeam(row["name"].strip(), groups[row["group"].strip()], row["judge"].strip(), tuple(listed(row["officers"]))) for row in plan.tables["teams"]]
    return Wanted(organisation, people, HERE, teams=teams, root_to=root_file(plan), passphrase=passphrase, owners=owners or Owners(), cost=cost)


def root_file(plan: FoundingPlan) -> Path:
    """The root's file in the folder that was chosen for it; refuses ``setup.root`` where that is none."""
    folder = Path(plan.root) if plan.root.strip() else None
    if folder is None or not folder.is_dir():
        raise Refusal("请选证书根的位置：院长保管的U盘上的一个文件夹，须已经插好、可以写入，与数据分开。", code="setup.root")
    return folder / ROOT_FILE.format(plan.court.get("name", "").strip())


def found_court(folder: Path, plan: FoundingPlan, wanted: Wanted, clock: Clock) -> SetUp:
    """Found the court in ``folder``; its draft there is gone afterwards. Refusals as :func:`execdesk.access.setup.set_up`."""
    assert wanted.root_to is not None and wanted.root_to.parent == Path(plan.root)
    made = set_up(folder, wanted, clock)
    forget_plan(folder)
    return made


def _person(row: Row, organisation: Organisation, passwords: Mapping[str, str]) -> NewPerson:
    posts = {post.name: post.code for post in organisation.posts.values()}
    staffing = next(code for code, one in organisation.staffings.items() if one.name == row["staffing"].strip())
    group = next((code for code, one in organisation.groups.items() if one.name == row.get("group", "").strip()), None)
    site = next((code for code, one in organisation.sites.items() if one.name == row.get("site", "").strip()), HERE)
    account = row.get("account", "").strip()
    held = tuple(posts[one] for one in listed(row["posts"]))
    return NewPerson(row["name"].strip(), account, passwords.get(account, ""), staffing, held, group, site, row.get("phone", "").strip())
