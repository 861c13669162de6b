"""The organisation's data: what the plan says is there, and every mistake in a copy is refused with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from execdesk.access.organisation import Organisation, load_demo_people, load_organisation
from execdesk.law.refusal import Refusal

FOLDER = Path(__file__).parents[2] / "resources" / "organisation"
ACCOUNTS = "president vice director deputy judge-1 judge-2 judge-3 judge-4 clerk officer auxiliary police seal review admin"


@pytest.fixture(scope="module")
def organisation() -> Organisation:
    return load_organisation(FOLDER)


def test_groups_and_towns_of_article_3(organisation: Organisation) -> None:
    def towns(group: str) -> set[str]:
        return {area.name for area in organisation.areas if area.group == group}

    assert towns("coastal") == {"黄流镇", "利国镇", "九所镇", "佛罗镇", "尖峰镇", "莺歌海镇"}
    assert towns("mountain") == {"抱由镇", "千家镇", "大安镇", "志仲镇", "万冲镇"}
    assert organisation.groups["coastal"].seat == "黄流人民法庭"
    assert organisation.groups["coastal"].site == "HL"
    assert organisation.groups["mountain"].site == "HQ"
    units = {area.name: area.code for area in organisation.areas if area.kind == "unit"}
    assert units == {
        "国营山荣农场": "469027401", "国营乐光农场": "469027402", "国营保国农场": "469027405",
        "莺歌海盐场": "469027501", "尖峰岭林业公司": "",
    }


def test_town_codes_are_whole(organisation: Organisation) -> None:
    codes = {area.name: area.code for area in organisation.areas if area.kind == "town"}
    order = ["抱由", "万冲", "大安", "志仲", "千家", "九所", "利国", "黄流", "佛罗", "尖峰", "莺歌海"]
    assert codes == {f"{name}镇": f"4690271{number:02}" for number, name in enumerate(order)}


def test_groups_begin_on_the_first_day_of_the_reform(organisation: Organisation) -> None:
    for group in organisation.groups.values():
        assert not group.in_force(date(2017, 7, 31))
        assert group.in_force(date(2017, 8, 1))


def test_posts(organisation: Organisation) -> None:
    assert [post.name for post in organisation.posts.values()] == (
        ["院长", "副院长", "局长", "副局长", "执行法官", "法官助理", "书记员", "司法警察", "协警", "审管办", "法警大队长", "印章管理员", "系统管理员",
         "其他审判团队法官", "其他审判团队人员"]  # the last two stand in the lists of article 9 only
    )
    posts = organisation.posts
    assert posts["vice_president"].level is None  # T03: no authority by title alone
    assert "approve" not in posts["admin"].may | posts["clerk"].may | posts["deputy_director"].may
    assert {code for code, post in posts.items() if post.team == "officer"} == {
        "assistant", "clerk", "police", "auxiliary_police"
    }
    assert not posts["trial_judge"].may | posts["trial_staff"].may
    deciding = {"approve", "approve_delegated", "sign_documents", "sign_order", "seal", "countersign", "review"}
    assert all(post.countersign for post in posts.values() if post.may & deciding)


def test_staffing_of_article_4(organisation: Organisation) -> None:
    assert {s.name: (s.officer, s.leads) for s in organisation.staffings.values()} == {
        "政法编": ("执行员", True), "事业编": ("辅助执行员", False), "聘用制": ("辅助执行员", False)
    }


def test_office_holders_stand_in_the_plan(organisation: Organisation) -> None:
    assert [holder.post for holder in organisation.holders] == [
        "president", "vice_president", "director", "review_office", "police_captain"
    ]


def test_demo_people(organisation: Organisation) -> None:
    demo = load_demo_people(FOLDER, organisation)
    assert {person.account for person in demo.people if person.account} == set(ACCOUNTS.split())
    by_account = {person.account: person for person in demo.people}
    assert {by_account[f"judge-{n}"].group for n in (1, 2)} == {"coastal"}
    assert {by_account[f"judge-{n}"].group for n in (3, 4)} == {"mountain"}
    assert {person.name for person in demo.people} >= {"法官甲", "法官乙", "法官丙", "法官丁", "书记员甲", "书记员乙"}
    held = [post for person in demo.people for post in person.posts]
    assert set(held) == set(organisation.posts)
    assert [team.judge for team in demo.teams] == ["法官甲", "法官乙", "法官丙", "法官丁"]
    members = [name for team in demo.teams for name in (team.judge, *team.officers)]
    assert len(members) == len(set(members))


def test_every_demo_team_has_police_and_somebody_who_may_lead(organisation: Organisation) -> None:
    demo = load_demo_people(FOLDER, organisation)
    people = {person.name: person for person in demo.people}
    for team in demo.teams:
        officers = [people[name] for name in team.officers]
        assert any(organisation.posts[post].police for person in officers for post in person.posts)
        assert any(organisation.staffings[person.staffing].leads for person in officers)


MISTAKES = [
    ('code = "HL"', 'code = "HQ"', "重复"),
    ('site = "HL"\nvalid_from', 'site = "XX"\nvalid_from', "不存在"),
    ('group = "coastal"', 'group = "costal"', "不存在"),
    ('name = "志仲镇"', 'name = "万冲镇"', "重复"),
    ('names = ["利国"]', 'names = ["黄流"]', "写法"),
    ('code = "469027110"', 'code = "46902711"', "9 位数字"),
    ('names = ["山荣农场"]\nkind = "unit"', 'names = ["山荣农场"]\nkind = "unit"\ngroup = "coastal"', "不得写组"),
    ('near = "469027109"', 'near = "469027999"', "不是任何镇"),
    ('level = "director"', 'level = "boss"', "不存在"),
    ('team = "judge"', 'team = "chief"', "不存在"),
    ("plan_from = 2017-08-01", "plan_from = 2017-02-30", "日期写错"),
    ('letters = "乐法"\n', "", "缺少「letters」"),
    ('letters = "乐法"', 'letters = "乐法"\nmotto = "公正"', "不认识的键"),
    ('seat = "县院本部"', "seat = 5", "应是文字"),
    ("[[court]]", "[[tribunal]]", "不认识「tribunal」"),
    ("succession = true\n\n[[post]]\ncode = \"vice", 'succession = "yes"\n\n[[post]]\ncode = "vice', "true 或 false"),
    ('[[holder]]\npost = "director"', '[[holder]]\npost = "chief"', "不存在"),
    ('level = ["省直辖县级行政区划", ', "level = [1, ", "文字列表"),
    ("valid_from = 2017-08-01\nsource", "valid_from = 2017-08-01\nvalid_to = 2017-07-31\nsource", "颠倒"),
]


@pytest.mark.parametrize(("right", "wrong", "told"), MISTAKES)
def test_each_mistake_is_refused_with_its_place(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    text = (FOLDER / "ledong.toml").read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "ledong.toml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(Refusal, match=told) as refused:
        load_organisation(tmp_path)
    assert refused.value.code == "organisation.data"
    assert refused.value.text.startswith("组织数据")


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('name = "法官甲"', 'name = "陈忠"', "不得用于演示库"),
        ('account = "judge-2"', 'account = "judge-1"', "重复"),
        ('posts = ["seal_keeper"]', 'posts = ["seal"]', "不存在"),
        ('posts = ["seal_keeper"]', "posts = []", "为空"),
        ('judge = "法官甲"', 'judge = "书记员甲"', "不能带团队"),
        ('officers = ["法警丙", "辅助执行员乙"]', 'officers = ["法官丙"]', "只能是"),
        ('officers = ["法警丙", "辅助执行员乙"]', "officers = []", "没有成员"),
        ('officers = ["法警丙", "辅助执行员乙"]', 'officers = ["某人"]', "不在人员里"),
        ('name = "副院长甲"\nletter', 'name = "局长甲"\nletter', "不是副院长"),
        ("valid_to = 2018-12-31", "valid_to = 2017-07-31", "颠倒"),
    ],
)
def test_each_mistake_in_the_people_is_refused(tmp_path: Path, organisation: Organisation, right: str, wrong: str, told: str) -> None:
    text = (FOLDER / "demo.toml").read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "demo.toml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(Refusal, match=told) as refused:
        load_demo_people(tmp_path, organisation)
    assert refused.value.code == "organisation.data"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="缺少这个文件") as refused:
        load_organisation(tmp_path)
    assert refused.value.code == "organisation.data"
