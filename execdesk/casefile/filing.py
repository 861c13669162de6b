"""What a fresh case waits for: a group, a judge."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.steps import Step, steps
from execdesk.casefile.view import CaseView


@steps(10)
def place(view: CaseView) -> Iterator[Step]:
    """Routing where the plan does not place the case, then assignment."""
    if view.case.group is None:
        mine = bool({"register_case", "undertake"} & view.may)
        yield Step("case.route", "定组", view.case.id, "住所地不在列明乡镇", "soon", "立案或承办人员", mine)
    elif view.judge is None:
        yield Step("case.assign", "分案", view.case.id, "尚无承办法官", "soon", "按负荷规则", True)
