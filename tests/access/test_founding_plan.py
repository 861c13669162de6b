"""A founding plan: what is wrong is said at its cell, a draft has no password, and a court founded by a script is whole."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

import main
from execdesk.access.foundingdraft import DRAFT_FILE, keep_plan, kept_plan
from execdesk.access.foundingfaults import faults
from execdesk.access.foundingplan import FoundingPlan, listed, login_suggested, new_plan, read_plan
from execdesk.access.foundingwanted import organisation_planned, wanted_of
from execdesk.access.organisation import Organisation
from execdesk.access.routing import route
from execdesk.access.setup import set_up
from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.records.people import Certificate, Person
from execdesk.records.teams import Team
from execdesk.store.clock import DemonstrationClock
from tests.looking import look_at
from tests.world import CHEAP, DAY

PEOPLE = [
    {"name": "院长甲", "posts": "院长", "staffing": "政法编", "account": "yuanzhang"},
    {"name": "局长乙", "posts": "局长", "staffing": "政法编", "account": "juzhang"},
    {"name": "管理丙", "posts": "系统管理员", "staffing": "事业编", "account": "guanli", "phone": "0898-1"},
    {"name": "法官丁", "posts": "执行法官", "staffing": "政法编", "group": "山区组", "account": "faguan"},
    {"name": "印章戊", "posts": "印章管理员，书记员", "staffing": "政法编", "group": "山区组", "account": "yinzhang", "site": "县院本部"},
]
TEAMS = [{"name": "丁团队", "group": "山区组", "judge": "法官丁", "officers": "印章戊"}]
PASSWORDS = {"yuanzhang": "院子里那棵凤凰木", "juzhang": "涨潮以前收网回家", "guanli": "木棉花落在屋檐上"}
PHRASE = "山海之间有座小城灯火"


@pytest.fixture
def plan(organisation: Organisation, tmp_path: Path) -> FoundingPlan:
    (tmp_path / "stick").mkdir()
    return read_plan({"people": [dict(row) for row in PEOPLE], "teams": [dict(row) for row in TEAMS], "root": str(tmp_path / "stick")}, organisation)


def told(plan: FoundingPlan) -> list[tuple[str, int, str]]:
    return [(one.table, one.row, one.column) for one in faults(plan)]


def test_what_is_put_forward_lacks_an_administrator_and_the_logins(organisation: Organisation) -> None:
    found = told(new_plan(organisation))
    assert ("people", 5, "posts") in found and {at for table, at, column in found if column == "account"} == {0, 2}


def test_a_whole_plan_has_no_fault_and_its_organisation_is_the_shipped_one(plan: FoundingPlan, organisation: Organisation) -> None:
    assert told(plan) == []
    planned = organisation_planned(plan)
    assert (planned.sites, planned.groups) == (organisation.sites, organisation.groups) and set(planned.areas) == set(organisation.areas)


@pytest.mark.parametrize(("table", "row", "column", "text"), [
    ("people", 3, "posts", "大法官"), ("people", 3, "posts", ""), ("people", 3, "staffing", "编外"), ("people", 3, "group", "平原组"), ("people", 4, "site", "三亚"),
    ("people", 3, "account", "guanli"), ("people", 3, "account", "guanl1"), ("people", 1, "account", ""), ("people", 3, "name", "局长乙"), ("people", 3, "name", " "),
    ("teams", 0, "judge", "印章戊"), ("teams", 0, "officers", "法官丁"), ("teams", 0, "officers", ""), ("teams", 0, "group", ""),
    ("groups", 0, "starts_on", "2017-02-30"), ("groups", 0, "site", ""), ("areas", 0, "group", "平原组"), ("areas", 1, "names", "抱由"), ("sites", 1, "name", "县院本部"),
])
def test_a_fault_is_at_its_cell(plan: FoundingPlan, table: str, row: int, column: str, text: str) -> None:
    plan.tables[table][row][column] = text
    assert (table, row, column) in told(plan)


@pytest.mark.parametrize(("column", "text"), [("name", ""), ("account_no", "460010025360590"), ("code", "")])
def test_a_fault_of_the_court_is_at_its_field(plan: FoundingPlan, column: str, text: str) -> None:
    plan.court[column] = text
    assert ("court", 0, column) in told(plan)


def test_two_heads_are_one_too_many(plan: FoundingPlan) -> None:
    plan.tables["people"][3]["posts"] = "院长"
    assert ("people", 3, "posts") in told(plan)


def test_the_draft_comes_back_and_holds_no_password(plan: FoundingPlan, organisation: Organisation, tmp_path: Path) -> None:
    plan.court["telephone"], plan.step = "0898-00000000", 3
    keep_plan(tmp_path / "data", plan)
    again = kept_plan(tmp_path / "data", organisation)
    assert again is not None and again.data() == plan.data()
    wanted_of(plan, PASSWORDS, PHRASE, cost=CHEAP)
    assert not any(secret in (tmp_path / "data" / DRAFT_FILE).read_text("utf-8") for secret in (*PASSWORDS.values(), PHRASE))
    (tmp_path / "data" / DRAFT_FILE).write_text("[" * 9000, encoding="utf-8")
    assert kept_plan(tmp_path / "data", organisation) is None


def test_the_director_must_be_there(plan: FoundingPlan) -> None:
    with pytest.raises(Refusal, match="还缺局长") as found:
        wanted_of(plan, {name: one for name, one in PASSWORDS.items() if name != "juzhang"}, PHRASE)
    assert found.value.code == "setup.people"


def test_who_is_not_there_gets_no_certificate_and_the_court_is_its_own(plan: FoundingPlan, tmp_path: Path) -> None:
    plan.court |= {"name": "示例县人民法院", "short": "示例县人民法院", "address": "示例路1号"}
    plan.tables["areas"].append({"name": "示例镇", "names": "示例", "group": "山区组"})
    set_up(tmp_path / "data", wanted_of(plan, PASSWORDS, PHRASE, cost=CHEAP), DemonstrationClock(DAY))
    assert [file.name for file in (tmp_path / "stick").iterdir()] == ["示例县人民法院证书根.p12"]
    desk = Desk.open(main.build(), tmp_path / "data", "juzhang", PASSWORDS["juzhang"], DemonstrationClock(DAY))
    look_at(desk)
    assert {Person.get_by_id(row.person).account for row in Certificate.select()} == set(PASSWORDS)
    assert Person.get(Person.account == "guanli").phone == "0898-1" and Team.select().get().starts_on == DAY
    here = desk.session.organisation
    assert (here.court.name, here.court.address) == ("示例县人民法院", "示例路1号")
    assert next(area for area in here.areas if area.name == "示例镇").names == ("示例",)
    for address in ("海南省示例县示例镇示例村12号", "示例镇示例村12号"):
        assert route([address], here, DAY).town == "示例镇"
    assert route(["海南省乐东黎族自治县示例镇示例村12号"], here, DAY).kind == "outside"
    assert desk.check().whole
    desk.close()


def test_a_script_founds_the_same_court(plan: FoundingPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    given: dict[str, Any] = {"people": PEOPLE, "teams": TEAMS, "root": plan.root, "passwords": PASSWORDS, "passphrase": PHRASE}
    words = ["setup", "--plan", "-", "--json", "--data", str(tmp_path / "data")]

    def run(data: Any) -> tuple[int, dict[str, Any]]:
        monkeypatch.setattr("sys.stdin", io.StringIO(data if isinstance(data, str) else json.dumps(data)))
        return main.main(words), json.loads(capsys.readouterr().out)

    for data, code in (
        ("", "setup.json"), ([], "setup.json"), ({**given, "passwords": None}, "setup.json"), ({**given, "people": [{"nom": "甲"}]}, "setup.json"),
        ({**given, "root": ""}, "setup.root"), ({**given, "people": PEOPLE[:2]}, "setup.plan"), ({**given, "passwords": {}}, "setup.people"),
        ({**given, "passwords": {**PASSWORDS, "guanli": "12345678"}}, "access.weak_password"),
    ):
        assert run(data)[1]["refused"] == code and not (tmp_path / "data").exists()
    code, answer = run(given)
    assert code == 0 and answer["accounts"] == list(PASSWORDS) and len(answer["recovery_code"]) > 40


def test_words_of_several_and_logins() -> None:
    assert listed("书记员、 印章管理员,法官；x") == ["书记员", "印章管理员", "法官", "x"]
    assert login_suggested("林示例", []) == "linshili" and login_suggested("林示例", ["linshili"]) == "linshili.3"
