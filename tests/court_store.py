"""A real store, root apart, with cheap passwords: president, director, deputy, administrator, clerk and a judge with a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import main
from execdesk.access.founding import NewPerson, Wanted
from execdesk.access.setup import set_up
from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.store.clock import DemonstrationClock
from tests.looking import look_at
from tests.world import CHEAP, DAY

__all__ = ["CHEAP", "DAY"]
PASSPHRASE = "只在测试里用的一句长口令"
NUMBER = "（2017）琼9027执123号"
PEOPLE = (
    ("院长甲", "president", "political", "president"), ("局长乙", "director", "political", "director"),
    ("法官丙", "judge", "political", "judge"), ("书记员丁", "clerk", "political", "clerk"), ("管理戊", "admin", "public_service", "admin"),
    ("执行员己", "officer", "political", "officer"), ("印章庚", "seal", "public_service", "seal_keeper"),
)
SAYS = {  # what the court says of itself, on its papers
    "address": "海南省乐东黎族自治县抱由镇某路1号", "telephone": "0898-00000000", "hotline": "0898-00000001", "account_name": "海南省乐东黎族自治县人民法院",
    "account_bank": "某某银行乐东支行", "account_no": "46001002536059000001",
}


def password_of(account: str) -> str:
    """The password each of them chose."""
    return f"{account}椰林里那座旧灯塔"


def make(folder: Path, stick: Path) -> Path:
    """The store; the root lies on ``stick``."""
    organisation = main.build().organisation
    organisation = replace(organisation, court=replace(organisation.court, **SAYS))
    group = next(iter(organisation.groups))
    people = [
        NewPerson(name, account, password_of(account), staffing, (post,), group if post in ("judge", "clerk", "officer") else None)
        for name, account, staffing, post in PEOPLE
    ]
    set_up(folder, Wanted(organisation, people, root_to=stick, passphrase=PASSPHRASE, cost=CHEAP), DemonstrationClock(DAY))
    return folder


def at(folder: Path, account: str, day: date = DAY) -> Desk:
    """Somebody signs in."""
    desk = Desk.open(main.build(), folder, account, password_of(account), DemonstrationClock(day))
    look_at(desk)
    return desk


def change(desk: Desk, account: str) -> Desk:
    """Another takes the desk."""
    desk.change_person(account, password_of(account))
    return desk


def register(desk: Desk) -> str:
    """The case; its row id."""
    changes = desk.do(
        "case.register", number=NUMBER, cause="民间借贷纠纷", filed_on=date(2017, 7, 8), applicants=["符示例"],
        debtors=[{"name": "林例一", "id_no": "469027198808080008", "address": "乐东黎族自治县九所镇某村"}], basis_no="（2017）琼9027民初88号",
        basis_kind="民事判决书", basis_organ="本院", basis_effective_on=date(2017, 6, 1), principal=5_000_000, interest=12_345, obligation="立即向申请执行人符示例支付借款本金50000元及利息",
    )
    return changes.ids("Case")[0]


def refused(desk: Desk, action: str, **values: object) -> str:
    """The code with which an action is refused; empty where it is done."""
    try:
        desk.do(action, **values)
    except Refusal as refusal:
        return refusal.code
    return ""
