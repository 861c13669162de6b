"""Matters waiting at every level of the demonstration court, for the tests of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import main
from execdesk.desk import AppServices, Desk
from execdesk.store.clock import DemonstrationClock
from tests.flow.bureau import examination
from tests.looking import look_at
from tests.world import DAY, Shelf, found

__all__ = ["DAY"]
DEBTOR = {"name": "林例一", "id_no": "469027198808080008", "address": "乐东黎族自治县九所镇某村"}


@dataclass
class Made:
    """The store and the row ids of what waits in it."""

    folder: Path
    ids: dict[str, str] = field(default_factory=dict)


def services() -> AppServices:
    """Everything that does not depend on the store."""
    return main.build()


def at(folder: Path, account: str, day: date = DAY) -> Desk:
    """Somebody signs in."""
    desk = Desk.open(services(), folder, account, "demo", DemonstrationClock(day))
    look_at(desk)
    return desk


def waiting(worlds: Shelf) -> Made:
    """The store of this run, to be copied."""
    world = worlds.get("matters")
    return Made(world.folder, world.notes["ids"])


def make(folder: Path) -> Made:
    """A store of one's own, for pictures."""
    found(folder)
    return put_matters(folder)


def put_matters(folder: Path) -> Made:
    """A case with a 终本, a detention, a release, an extension, a search and a freeze put forward; another of the director's own."""
    made = Made(folder)
    desk = at(folder, "clerk")
    _register(desk, made)
    desk.change_person(made.ids["judge"], "demo")
    _put_forward(desk, made)
    desk.change_person("director", "demo")
    _directors_own(desk, made)
    desk.close()
    return made


def _register(desk: Desk, made: Made) -> None:
    for key, number in (("case", "（2017）琼9027执123号"), ("own", "（2017）琼9027执324号")):
        changes = desk.do(
            "case.register", number=number, cause="民间借贷纠纷", filed_on=date(2017, 7, 8), applicants=["符示例"], debtors=[DEBTOR],
            basis_no="（2017）琼9027民初88号", basis_kind="民事判决书", basis_organ="本院", principal=5_000_000, interest=12_345, basis_effective_on=date(2017, 6, 1),
            obligation="立即向申请执行人符示例支付借款本金50000元及利息",
        )
        made.ids[key] = changes.ids("Case")[0]
    judge = desk.reads.case("（2017）琼9027执123号").case.judge
    made.ids["judge"] = desk.reads.account_of(judge)


def _put_forward(desk: Desk, made: Made) -> None:
    case = made.ids["case"]
    desk.do("file.enter", case=case, entries=examination(desk, case, date(2017, 12, 1)))
    for key, matter in (
        ("tnr", "terminate_this_round"), ("detain", "detention"), ("extend", "extend_enforcement_period"), ("search", "issue_search_warrant"),
        ("release", "release_freeze"), ("auction", "auction_property"),
    ):
        _request(desk, made, key, case, matter)
    notice = desk.do("notice.execution", case=case, party="林例一", days=None)
    request = notice.ids("Request")[0]
    desk.do("request.submit", request=request)
    desk.do("request.approve", request=request, opinion="同意")
    for row in desk.reads.documents_of(request):
        desk.do("document.issue", document=row)
    desk.change_person("seal", "demo")
    for row in desk.reads.documents_of(request):
        desk.do("document.seal", document=row)
    desk.change_person(made.ids["judge"], "demo")
    changes = desk.do("measure.propose", case=case, party="林例一", kind="bank_deposit", amount=5_012_345,
                      identifiers={"bank": "某某银行乐东支行", "account_no": "6228480000006621"})
    made.ids["freeze"], made.ids["measure"] = changes.ids("Request")[0], changes.ids("Measure")[0]
    desk.do("request.submit", request=made.ids["freeze"])
    thing = changes.ids("Property")[0]
    desk.do("file.enter", case=case, entries=[{"item": "not_disposable", "property": thing, "words": "余额不足执行费用", "on": DAY}])


def _request(desk: Desk, made: Made, key: str, case: str, matter: str) -> None:
    row = desk.services.authority.matter(matter)
    assert row is not None, matter
    changes = desk.do("request.open", case=case, matter=row.id, title=row.name)
    made.ids[key] = changes.ids("Request")[0]
    desk.do("request.submit", request=made.ids[key])


def _directors_own(desk: Desk, made: Made) -> None:
    _request(desk, made, "own_release", made.ids["own"], "release_freeze")


Enter = Callable[[str], Desk]
