"""The organisation as data: court, desks, groups and areas, posts and what they may do, 编制, demonstration people.

Reading is strict: unknown or missing keys, names that do not exist, overlaps are refused with file and line, in Chinese, code
``organisation.data``. These values seed a store at set-up; from then on the dated records of the store hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from execdesk.access.organisation_data import (
    AddressWords,
    AreaData,
    CourtData,
    DemoDelegation,
    DemoPeople,
    DemoPerson,
    GroupData,
    Holder,
    NewTeam,
    Organisation,
    PostData,
    SiteData,
    StaffingData,
)
from execdesk.law.datafile import DataFile, DataRow, LawDataError, Schema, check_order, may, need, read_data
from execdesk.law.refusal import Refusal
from execdesk.records.court import COURT_DETAILS

LEVELS = frozenset({"judge", "director", "president_or_authorised_vice", "review_office", "police_brigade"})
_DATED = {"valid_from": need(date), "valid_to": may(date)}
_ORGANISATION: Mapping[str, Schema] = {
    "court": {key: need(str) for key in ("code", "name", "short", "upper", "high", "letters", "plan")} | {"plan_from": need(date)},
    "site": {"code": need(str), "name": need(str)},
    "group": {key: need(str) for key in ("code", "name", "seat", "site", "source")} | _DATED,
    "area": {
        "code": may(str), "name": need(str), "names": need(list), "kind": need(str), "group": may(str), "near": may(str)
    },
    "address": {key: need(list) for key in ("level", "provinces", "peoples", "outside", "labels", "not_town", "village")},
    "staffing": {"code": need(str), "name": need(str), "officer": need(str), "leads": need(bool)},
    "post": {
        "code": need(str), "name": need(str), "level": may(str), "may": need(list), "team": may(str), "police": may(bool),
        "countersign": may(bool), "single": may(bool), "succession": may(bool),
    },
    "holder": {"post": need(str), "name": need(str), "source": need(str)},
    "password": {"words": need(list)},
    "consent": {"duties": need(list), "sitting_minutes": need(int)},
}
_DEMO: Mapping[str, Schema] = {
    "court": {key: need(str) for key in COURT_DETAILS},
    "person": {
        "account": may(str), "name": need(str), "staffing": need(str), "posts": need(list), "group": may(str), "site": need(str)
    },
    "team": {"name": need(str), "group": need(str), "judge": need(str), "officers": need(list)},
    "delegation": {
        "name": need(str), "letter": need(str), "matters": need(list), "valid_from": need(date), "valid_to": need(date)
    },
}


def load_organisation(folder: Path) -> Organisation:
    """The organisation in ``folder/ledong.toml``."""
    data = _read(folder / "ledong.toml", _ORGANISATION)
    sites = {row["code"]: SiteData(row["code"], row["name"]) for row in _once(data.rows("site"), "code")}
    groups = {row["code"]: _group(row, sites) for row in _once(data.rows("group"), "code")}
    consent = _only(data, "consent")
    deciding = frozenset(_names(consent, "duties"))
    posts = {row["code"]: _post(row, deciding) for row in _once(data.rows("post"), "code")}
    holders = tuple(_holder(row, posts) for row in data.rows("holder"))
    staffings = {
        row["code"]: StaffingData(row["code"], row["name"], row["officer"], row["leads"])
        for row in _once(data.rows("staffing"), "code")
    }
    local = tuple(word for row in data.rows("password") for word in _names(row, "words"))
    return Organisation(
        _court(data), sites, groups, _areas(data.rows("area"), groups), _words(data), staffings, posts, holders, local,
        folder.parent / "passwords" / "common.txt", _minutes(consent),
    )


def load_demo_people(folder: Path, organisation: Organisation) -> DemoPeople:
    """The fictional people in ``folder/demo.toml``; a name of the plan's office-holders among them is refused."""
    data = _read(folder / "demo.toml", _DEMO)
    rows = list(_once(_once(data.rows("person"), "name"), "account"))
    people = tuple(_person(row, organisation) for row in rows)
    by_name = {person.name: person for person in people}
    teams = tuple(_team(row, by_name, organisation) for row in _once(data.rows("team"), "name"))
    court = next(({name: row.get(name) for name in COURT_DETAILS} for row in data.rows("court")), {})
    return DemoPeople(people, teams, tuple(_delegation(row, by_name) for row in data.rows("delegation")), court)


def _read(path: Path, schemas: Mapping[str, Schema]) -> DataFile:
    try:
        return read_data(path, schemas)
    except LawDataError as error:
        raise Refusal(error.text.replace("法规数据", "组织数据", 1), code="organisation.data") from error


def _wrong(row: DataRow, what: str, key: str = "") -> Refusal:
    return Refusal(row.wrong(what, key).text.replace("法规数据", "组织数据", 1), code="organisation.data")


def _once(rows: Iterable[DataRow], key: str) -> Iterable[DataRow]:
    seen: set[str] = set()
    for row in rows:
        value = row.get(key)
        if value in seen:
            raise _wrong(row, f"「{value}」重复。", key)
        if value is not None:
            seen.add(value)
        yield row


def _known(row: DataRow, key: str, known: Iterable[str]) -> str:
    value = row[key]
    if value not in known:
        raise _wrong(row, f"「{key}」写的「{value}」不存在，只能是：{'、'.join(known)}。", key)
    return str(value)


def _names(row: DataRow, key: str) -> tuple[str, ...]:
    try:
        return row.names(key)
    except LawDataError as error:
        raise Refusal(error.text.replace("法规数据", "组织数据", 1), code="organisation.data") from error


def _only(data: DataFile, table: str) -> DataRow:
    rows = data.rows(table)
    if len(rows) != 1:
        raise Refusal(f"组织数据 {data.name}：[[{table}]] 应有且只有一个，现有 {len(rows)} 个。", code="organisation.data")
    return rows[0]


def _court(data: DataFile) -> CourtData:
    return CourtData(**_only(data, "court").data)


def _minutes(consent: DataRow) -> int:
    minutes = int(consent["sitting_minutes"])
    if not 1 <= minutes <= 120:
        raise _wrong(consent, "集中签发应在 1 至 120 分钟之间。", "sitting_minutes")
    return minutes


def _group(row: DataRow, sites: Mapping[str, SiteData]) -> GroupData:
    try:
        check_order(row)
    except LawDataError as error:
        raise _wrong(row, "起止日颠倒。", "valid_to") from error
    site = _known(row, "site", sites)
    return GroupData(row["code"], row["name"], row["seat"], site, row["valid_from"], row.get("valid_to"), row["source"])


def _areas(rows: Iterable[DataRow], groups: Mapping[str, GroupData]) -> tuple[AreaData, ...]:
    found: list[AreaData] = []
    spellings: dict[str, str] = {}
    for row in _once(_once(rows, "name"), "code"):
        area = _area(row, groups)
        for spelling in (area.name, *area.names):
            if spelling in spellings:
                raise _wrong(row, f"「{spelling}」已是{spellings[spelling]}的写法。", "names")
            spellings[spelling] = area.name
        found.append(area)
    codes = [area.code for area in found]
    for area in found:
        if area.near is not None and area.near not in codes:
            raise Refusal(f"组织数据：{area.name}的 near「{area.near}」不是任何镇的代码。", code="organisation.data")
    return tuple(found)


def _area(row: DataRow, groups: Mapping[str, GroupData]) -> AreaData:
    kind = _known(row, "kind", ("town", "unit"))
    code = row.get("code", "")
    if code and not (len(code) == 9 and code.isdigit() and code.startswith("469027")):
        raise _wrong(row, f"代码「{code}」应是 469027 开头的 9 位数字（GB/T 2260）。", "code")
    if (kind == "town") != ("group" in row.data):
        raise _wrong(row, "镇须写明所属的组，方案未列明的单位不得写组。", "group")
    group = _known(row, "group", groups) if "group" in row.data else None
    return AreaData(code, row["name"], _names(row, "names"), kind, group, row.get("near"))


def _words(data: DataFile) -> AddressWords:
    row = _only(data, "address")
    return AddressWords(**{key: _names(row, key) for key in row.data})


def _post(row: DataRow, deciding: frozenset[str]) -> PostData:
    level = _known(row, "level", LEVELS) if "level" in row.data else None
    team = _known(row, "team", ("judge", "officer")) if "team" in row.data else None
    police, countersign, single, succession = (bool(row.get(key, False)) for key in ("police", "countersign", "single", "succession"))
    able = frozenset(_names(row, "may"))
    return PostData(row["code"], row["name"], level, able, team, police, countersign, single, succession, able & deciding)


def _holder(row: DataRow, posts: Mapping[str, PostData]) -> Holder:
    return Holder(_known(row, "post", posts), row["name"], row["source"])


def _person(row: DataRow, organisation: Organisation) -> DemoPerson:
    if row["name"] in {holder.name for holder in organisation.holders}:
        raise _wrong(row, f"「{row['name']}」是方案载明的任职人员，不得用于演示库。", "name")
    posts = _names(row, "posts")
    unknown = [post for post in posts if post not in organisation.posts]
    if unknown or not posts:
        raise _wrong(row, f"「posts」写的「{'、'.join(unknown)}」不存在或者为空。", "posts")
    group = _known(row, "group", organisation.groups) if "group" in row.data else None
    staffing, site = _known(row, "staffing", organisation.staffings), _known(row, "site", organisation.sites)
    return DemoPerson(row.get("account", ""), row["name"], staffing, posts, group, site)


def _team(row: DataRow, people: Mapping[str, DemoPerson], organisation: Organisation) -> NewTeam:
    judge, officers = _known(row, "judge", people), _names(row, "officers")
    for name in officers:
        if name not in people:
            raise _wrong(row, f"「{name}」不在人员里。", "officers")
    roles = {name: {organisation.posts[post].team for post in people[name].posts} for name in (judge, *officers)}
    if "judge" not in roles[judge]:
        raise _wrong(row, f"「{judge}」不是执行法官，不能带团队（方案第4条）。", "judge")
    wrong = [name for name in officers if "officer" not in roles[name]]
    if wrong or not officers:
        raise _wrong(row, f"团队至少有一名执行员，且成员只能是书记员、法官助理、协警、司法警察：{'、'.join(wrong) or '没有成员'}。", "officers")
    return NewTeam(row["name"], _known(row, "group", organisation.groups), judge, officers)


def _delegation(row: DataRow, people: Mapping[str, DemoPerson]) -> DemoDelegation:
    name = _known(row, "name", people)
    if "vice_president" not in people[name].posts:
        raise _wrong(row, f"「{name}」不是副院长，不能受院长授权（方案第6条）。", "name")
    if row["valid_to"] < row["valid_from"]:
        raise _wrong(row, "起止日颠倒。", "valid_to")
    return DemoDelegation(name, row["letter"], _names(row, "matters"), row["valid_from"], row["valid_to"])

__all__ = ["AddressWords", "AreaData", "CourtData", "DemoDelegation", "DemoPeople", "DemoPerson", "NewTeam", "GroupData", "Holder", "Organisation", "PostData", "SiteData", "StaffingData", "load_demo_people", "load_organisation"]
