"""What a court says of itself before its first line: court, desks, groups, towns, people, teams, as written in cells.

The window's pages and ``setup --plan`` fill the same plan; from it comes what :func:`execdesk.access.setup.set_up` makes. It never holds
a password.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from execdesk.access.accounts import require_fit
from execdesk.access.actions.court import DETAILS
from execdesk.access.organisation_data import Organisation
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal

Row = dict[str, str]
HERE = "HQ"  # the desk that founds is the court's own; the others join it
JOINER = "、"
COURT = (
    Field("name", "名称", "name", most=64), Field("short", "简称", "name", most=32), Field("code", "代字（案号用）", most=16), Field("letters", "本院文号代字", most=16),
    Field("upper", "上级法院", "name", most=64), *DETAILS,
)
NEEDED = ("president", "director", "admin")  # whose logins and passwords a court begins with


@dataclass(frozen=True)
class PlanTable:
    """A table of the plan: its title and columns, each name with its words."""

    title: str
    columns: tuple[tuple[str, str], ...]


TABLES: Mapping[str, PlanTable] = {
    "sites": PlanTable("席位", (("name", "席位"),)),
    "groups": PlanTable("执行组", (("name", "执行组"), ("seat", "办公地点"), ("site", "席位"), ("starts_on", "自哪一日起"))),
    "areas": PlanTable("镇和单位", (("name", "镇或单位"), ("names", "住址里的其他写法"), ("group", "执行组"))),
    "people": PlanTable("人员", (
        ("name", "姓名"), ("posts", "职务"), ("staffing", "编制"), ("group", "执行组"), ("account", "登录名"), ("site", "席位"), ("phone", "电话"),
    )),
    "teams": PlanTable("团队", (("name", "团队"), ("group", "执行组"), ("judge", "执行法官"), ("officers", "执行员"))),
}


@dataclass
class FoundingPlan:
    """The cells as written, and the folder of the root. ``tables`` are those of :data:`TABLES`."""

    court: Row
    tables: dict[str, list[Row]]
    root: str = ""
    step: int = 0
    shipped: Organisation = field(repr=False, kw_only=True)

    def names(self, table: str) -> list[str]:
        """What the rows of a table are called."""
        return [row.get("name", "").strip() for row in self.tables[table] if row.get("name", "").strip()]

    def data(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {"court": self.court, **self.tables, "root": self.root, "step": self.step}


def new_plan(shipped: Organisation) -> FoundingPlan:
    """What is put forward: the court of the data files, with the office-holders that the plan names."""
    sites = {one.code: one.name for one in shipped.sites.values()}
    groups = {one.code: one.name for one in shipped.groups.values()}
    tables: dict[str, list[Row]] = {
        "sites": [{"name": name} for name in sites.values()],
        "groups": [{"name": g.name, "seat": g.seat, "site": sites[g.site], "starts_on": g.valid_from.isoformat()} for g in shipped.groups.values()],
        "areas": [{"name": a.name, "names": JOINER.join(a.names), "group": groups.get(a.group or "", "")} for a in shipped.areas],
        "people": [{"name": h.name, "posts": shipped.posts[h.post].name, "staffing": next(iter(shipped.staffings.values())).name} for h in shipped.holders],
        "teams": [],
    }
    return FoundingPlan({one.name: str(getattr(shipped.court, one.name)) for one in COURT}, tables, shipped=shipped)


def read_plan(data: Any, shipped: Organisation) -> FoundingPlan:
    """A plan out of JSON; tables that it does not name are as :func:`new_plan` puts them forward.

    Raises:
        Refusal: ``setup.json`` for another shape.
    """
    plan = new_plan(shipped)
    known = {"court", "root", "step", *TABLES}
    if not isinstance(data, dict) or not data.keys() <= known:
        raise _shape(f"最外层须是 {{…}}，可写的项：{'、'.join(sorted(known))}。")
    plan.court |= _cells(data.get("court", {}), [one.name for one in COURT], "court")
    for name, table in TABLES.items():
        if name in data:
            if not isinstance(data[name], list):
                raise _shape(f"{name} 须是 […]。")
            plan.tables[name] = [_cells(row, [column for column, _ in table.columns], name) for row in data[name]]
    plan.root, plan.step = str(data.get("root", "")), data.get("step", 0) if isinstance(data.get("step", 0), int) else 0
    return plan


def _cells(row: Any, columns: Sequence[str], table: str) -> Row:
    if not isinstance(row, dict) or not row.keys() <= set(columns) or not all(isinstance(text, str) for text in row.values()):
        raise _shape(f"{table} 的每一项须是文字，可写：{'、'.join(columns)}。")
    return dict(row)


def _shape(text: str) -> Refusal:
    return Refusal(f"设立所需的 JSON 写法不对：{text}", code="setup.json")


def listed(text: str) -> list[str]:
    """What stands in a cell of several."""
    for mark in "，,；;/\n":
        text = text.replace(mark, JOINER)
    return [part.strip() for part in text.split(JOINER) if part.strip()]


def login_suggested(name: str, taken: Sequence[str]) -> str:
    """A login name from how a name is spelt, one that is free; nothing where none fits."""
    from pypinyin import lazy_pinyin  # slow to import

    spelt = "".join(lazy_pinyin(name))
    for account in (spelt, *(f"{spelt}.{number}" for number in "3467")):
        try:
            require_fit(account, taken)
        except Refusal:
            continue
        return account
    return ""
