"""Town → group: the 11 towns decide, everything else waits for a person with a proposal (A03.2, A03.3, T10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from execdesk.access.organisation import AreaData, Organisation, load_organisation
from execdesk.access.routing import Leads, Proposal, route

DAY = date(2018, 1, 2)
COAST = ("黄流镇", "利国镇", "九所镇", "佛罗镇", "尖峰镇", "莺歌海镇")
HILLS = ("抱由镇", "千家镇", "大安镇", "志仲镇", "万冲镇")


@pytest.fixture(scope="module")
def org() -> Organisation:
    return load_organisation(Path(__file__).parents[2] / "resources" / "organisation")


@pytest.mark.parametrize(("town", "group"), [(t, "coastal") for t in COAST] + [(t, "mountain") for t in HILLS])
@pytest.mark.parametrize(
    "form",
    ["{t}", "{b}", "乐东县{t}某村", "海南省乐东黎族自治县{t}某村委会", "{b}望楼港村", "乐东{b}某某村三队", " 乐东县　{t}\u200b新安村 ", "住所地：{t}",
     "{t}黄流路3号", "户籍地：海南省{t}抱由路中学"],
)
def test_the_eleven_towns_decide_in_every_usual_form(org: Organisation, town: str, group: str, form: str) -> None:
    found = route([form.format(t=town, b=town[:-1])], org, DAY)
    assert (found.group, found.town, found.kind, found.proposal) == (group, town, "listed", None)
    assert town in found.reason and org.groups[group].name in found.reason and "第3条" in found.reason


@pytest.mark.parametrize(
    ("address", "unit", "proposed"),
    [
        ("国营山荣农场三队", "国营山荣农场", None),
        ("海南省国营乐光农场", "国营乐光农场", None),
        ("乐东县保国农场", "国营保国农场", None),
        ("尖峰岭林业公司", "尖峰岭林业公司", "尖峰镇"),
        ("乐东县尖峰岭林区", "尖峰岭林业公司", "尖峰镇"),
        ("莺歌海盐场宿舍", "莺歌海盐场", "莺歌海镇"),
    ],
)
def test_the_five_unlisted_units_wait_for_a_person(org: Organisation, address: str, unit: str, proposed: str | None) -> None:
    found = route([address], org, DAY)
    assert (found.group, found.kind, found.town) == (None, "unlisted", unit)
    assert "未列明" in found.reason and "请由人决定" in found.reason
    assert found.proposal is not None
    assert found.proposal.reason == (f"首列被执行人住所地近{proposed}" if proposed else "无地域依据，按轮流分配")


@pytest.mark.parametrize(
    "address",
    ["三亚市崖州区只文村", "海南省三亚市黄流路8号", "三亚崖州区乐罗村", "广东省湛江市抱由镇", "北京市朝阳区黄流镇", "吉林省大安市", "大安市某某村",
     "海口龙华路2号", "东方市佛罗镇", "户籍地：四川省成都市"],
)
def test_out_of_county_waits_for_a_person(org: Organisation, address: str) -> None:
    found = route([address], org, DAY)
    assert (found.group, found.kind, found.town) == (None, "outside", None)
    assert "县外" in found.reason


@pytest.mark.parametrize(
    "address", ["黄流路5号", "乐东县黄流路5号", "尖峰大街12号", "黄流中学", "大安巷", "千家路口村", "利国宾馆", "乐东县", "某某村", "九所岭", ""]
)
def test_a_towns_name_inside_another_name_is_no_town(org: Organisation, address: str) -> None:
    found = route([address], org, DAY)
    assert (found.group, found.kind) == (None, "unclear")
    assert found.proposal is not None


@pytest.mark.parametrize("address", ["黄流村", "乐东县九所新区龙沐湾"])
def test_a_name_that_may_be_the_town_is_only_proposed(org: Organisation, address: str) -> None:
    found = route([address], org, DAY)
    assert found.group is None
    assert found.proposal is not None and found.proposal.group == "coastal" and "近" in found.proposal.reason


def test_several_towns_wait_with_the_first_listed_proposed(org: Organisation) -> None:
    for addresses in (["抱由镇一村", "黄流镇二村"], ["抱由镇一村；黄流镇二村"], ["抱由镇一村（现住黄流镇）"]):
        found = route(addresses, org, DAY)
        assert (found.group, found.kind, found.town) == (None, "several", None)
        assert found.proposal == Proposal("mountain", "首列被执行人住所地在抱由镇")
    assert route(["黄流镇", "利国镇"], org, DAY).kind == "several"
    assert route(["黄流镇甲村", "黄流镇乙村"], org, DAY).group == "coastal"
    assert route(["黄流镇", "三亚市"], org, DAY).kind == "several"
    assert route(["国营山荣农场", "三亚市"], org, DAY).kind == "several"


def test_a_debtor_without_address_does_not_hide_the_other(org: Organisation) -> None:
    assert route(["", "黄流镇"], org, DAY).group == "coastal"


def test_the_order_of_proposals(org: Organisation) -> None:
    def proposed(addresses: list[str], leads: Leads) -> str:
        found = route(addresses, org, DAY, leads)
        assert found.group is None and found.proposal is not None
        return f"{found.proposal.group} {found.proposal.reason}"

    full = Leads(property_at=["抱由镇"], companion_group="coastal", former_group="mountain", turns=1)
    assert proposed(["三亚市"], full) == "mountain 恢复执行案件，归原承办组"
    assert proposed(["三亚市"], Leads(["抱由镇"], "coastal")) == "coastal 同一被执行人的关联案件在该组，一并办理"
    assert proposed(["三亚市", "利国镇"], Leads(["抱由镇"])) == "mountain 财产所在地在抱由镇"
    assert proposed(["三亚市", "利国镇"], Leads()) == "coastal 其他被执行人住所地在利国镇"
    assert proposed(["利国镇", "抱由镇"], Leads(["抱由镇"])) == "coastal 首列被执行人住所地在利国镇"
    assert [proposed(["三亚市"], Leads(turns=n)).split()[0] for n in range(4)] == ["coastal", "mountain"] * 2


def test_before_the_reform_no_group_decides(org: Organisation) -> None:
    before, first = date(2017, 7, 31), date(2017, 8, 1)
    found = route(["黄流镇"], org, before)
    assert (found.group, found.kind, found.town) == (None, "not_in_force", "黄流镇")
    assert found.proposal == Proposal("coastal", "首列被执行人住所地在黄流镇")
    assert route(["黄流镇"], org, first).group == "coastal"


@pytest.mark.parametrize(
    ("court", "above", "code", "forms", "others"),
    [
        ("海南省云溪县人民法院", "海南省第二中级人民法院", "琼9027", ["海南省云溪县{t}", "云溪县{t}", "海南云溪{t}", "海南省省直辖县级行政区划云溪县{t}", "住址：云溪{t}"], ["海南省乐东黎族自治县{t}", "乐东{t}"]),
        ("湖北省云溪县人民法院", "湖北省襄阳市中级人民法院", "鄂0626", ["湖北省襄阳市云溪县{t}", "襄阳市云溪县{t}", "湖北云溪{t}"], ["湖北省襄阳市樊城区{t}", "海南省云溪县{t}"]),
        ("三亚市城郊人民法院", "海南省三亚市中级人民法院", "琼0271", ["海南省三亚市{t}", "三亚{t}"], ["海南省海口市{t}"]),
        ("保亭黎族苗族自治县人民法院", "海南省第一中级人民法院", "琼9029", ["海南省保亭黎族苗族自治县{t}", "保亭县{t}", "保亭{t}"], ["陵水县{t}"]),
        ("青岛市市北区人民法院", "山东省青岛市中级人民法院", "鲁0203", ["山东省青岛市市北区{t}", "青岛市市北区{t}"], ["山东省青岛市崂山区{t}"]),
        ("荆州市沙市区人民法院", "湖北省荆州市中级人民法院", "鄂1002", ["湖北省荆州市沙市区{t}", "荆州沙市{t}"], ["湖北省荆州市荆州区{t}"]),
        ("沙县人民法院", "福建省三明市中级人民法院", "闽0427", ["福建省三明市沙县{t}"], ["福建省三明市尤溪县{t}"]),
        ("新疆维吾尔自治区焉耆回族自治县人民法院", "新疆维吾尔自治区巴音郭楞蒙古自治州中级人民法院", "新2826", ["新疆巴音郭楞州焉耆县{t}", "新疆维吾尔自治区巴音郭楞蒙古自治州焉耆回族自治县{t}"], ["新疆和静县{t}"]),
    ],
)
def test_a_courts_own_county_is_told_by_its_own_name(org: Organisation, court: str, above: str, code: str, forms: list[str], others: list[str]) -> None:
    town = AreaData("", "石坝镇", (), "town", "mountain", None)
    own = replace(org, court=replace(org.court, name=court, upper=above, code=code), areas=(town,))
    for form in forms:
        found = route([form.format(t="石坝镇石坝村12号")], own, DAY)
        assert (found.kind, found.group, found.town) == ("listed", "mountain", "石坝镇"), form
    for form in others:
        assert route([form.format(t="石坝镇石坝村12号")], own, DAY).kind == "outside", form


def test_no_data_file_names_a_county_as_everybodys_own(org: Organisation) -> None:
    assert {"海南省", "海南", "乐东黎族自治县", "乐东县", "乐东"} <= set(org.home)
    assert not {name for name in replace(org, court=replace(org.court, name="海南省云溪县人民法院")).home if "乐东" in name}
