"""Variants of parties, measures, performance and signers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from execdesk.documents.facts import (
    AddresseeFacts,
    Facts,
    Individual,
    MeasureFacts,
    MoneyFacts,
    Official,
    PartyFacts,
    Representative,
)
from execdesk.documents.parties import party_lines
from execdesk.documents.slots import cause_in_text, term_in_words
from execdesk.law.refusal import Refusal
from tests.documents.samples import (
    CASE_NO,
    COMPANY,
    FACTS,
    FREEZE,
    JUDGE,
    MAN,
    NEEDED,
    OFFICER,
    PRESIDENT,
    RENEWAL,
    VICE,
    WOMAN,
    catalogue,
    lines,
    make,
)

SHOP = PartyFacts(
    "申请执行人", "business", "黄流镇某某修理店", address="黄流镇某某路3号", id_no="92469027MA0000007K",
    operator=Individual("林例三", "男", date(1975, 2, 28), "汉族", "", "黄流镇", ""),
)  # fmt: skip
VILLAGE = PartyFacts(
    "被执行人", "organisation", "某某村民委员会", address="抱由镇某某村",
    representatives=(Representative("head", "符例四", post="主任", unit="村民委员会"),),
)  # fmt: skip
CHILD = replace(MAN, representatives=(Representative("guardian", "林例五", description="系林例一之父"),))
STAFFED = replace(
    COMPANY,
    representatives=(
        Representative("staff", "陈样本", unit="公司"),
        Representative("other", "吴样本", description="海南某某法律服务所法律工作者"),
    ),
)


def block(*parties: PartyFacts) -> list[str]:
    return list(party_lines(parties, ("申请执行人", "被执行人"), catalogue().wording))


def test_an_individual_business_names_its_operator() -> None:
    assert block(SHOP) == [
        "申请执行人：黄流镇某某修理店，经营场所黄流镇某某路3号，统一社会信用代码92469027MA0000007K。"
        "经营者：林例三，男，1975年2月28日出生，汉族，住黄流镇。"
    ]


def test_an_organisation_has_a_head() -> None:
    assert block(VILLAGE) == ["被执行人：某某村民委员会，住所地抱由镇某某村。", "负责人：符例四，该村民委员会主任。"]


def test_a_guardian_follows_his_ward() -> None:
    assert block(CHILD)[1] == "法定代理人：林例五，系林例一之父。"


def test_agents_follow_their_principal() -> None:
    assert block(STAFFED)[1:] == [
        "委托诉讼代理人：陈样本，该公司工作人员。",
        "委托诉讼代理人：吴样本，海南某某法律服务所法律工作者。",
    ]


def test_what_is_unknown_is_left_out() -> None:
    assert block(PartyFacts("被执行人", "natural", "林例六")) == ["被执行人：林例六。"]
    assert block(WOMAN) == ["被执行人：符例二，女，住三亚市某某区某某街5号。"]


def test_sides_stand_in_order_and_roles_repeat() -> None:
    found = block(MAN, COMPANY, WOMAN)
    assert [line.partition("：")[0] for line in found] == [
        "申请执行人",
        "法定代表人",
        "委托诉讼代理人",
        "被执行人",
        "被执行人",
    ]


def test_several_parties_are_joined_in_the_opening() -> None:
    facts = replace(FACTS, parties=(COMPANY, SHOP, MAN, WOMAN))
    opening = next(line for line in lines(make("ruling_freeze", facts)) if line.startswith("本院在执行"))
    assert opening.startswith(
        "本院在执行海南某某小额贷款有限公司、黄流镇某某修理店与林例一、符例二小额借款合同纠纷一案中，"
    )


@pytest.mark.parametrize(
    ("realised", "words"), [(0, "但被执行人林例一未履行生效"), (1, "但被执行人林例一未全部履行生效")]
)
def test_performance_follows_the_money(realised: int, words: str) -> None:
    facts = replace(FACTS, money=MoneyFacts(50_000_00, 650_00, realised))
    assert any(words in line for line in lines(make("ruling_freeze", facts)))


def test_performance_nobody_recorded_is_asked_for() -> None:
    content = make("ruling_freeze", replace(FACTS, money=MoneyFacts(50_000_00)))
    assert any("⟦blank:performance⟧" in line for line in lines(content))
    typed = make("ruling_freeze", replace(FACTS, money=MoneyFacts(50_000_00), inputs={"performance": "未履行"}))
    assert any("⟦blank:performance⟧" in line for line in lines(typed)), "what is not recorded is not typed either"


def test_an_immediate_measure_has_its_own_opening() -> None:
    found = lines(make("ruling_freeze", replace(FACTS, inputs={"immediate": True})))
    assert found[4].endswith("一案，为防止被执行人转移、隐匿财产，需立即采取强制执行措施。")


@pytest.mark.parametrize(
    ("variant", "words"),
    [
        (
            "cap",
            "冻结被执行人林例一的银行存款，以50000元为限。冻结期限为六个月，自⟦signed_on⟧起至⟦signed_on+6m-1d⟧止。",
        ),
        (
            "network",
            "冻结被执行人林例一在网络支付机构某某银行乐东支行账户内的资金50000元。"
            "冻结期限为六个月，自⟦signed_on⟧起至⟦signed_on+6m-1d⟧止。",
        ),
        ("combined", "冻结、划拨被执行人林例一的银行存款50000元，或者查封、扣押其相应价值的财产。"),
    ],
)
def test_other_forms_of_the_freeze(variant: str, words: str) -> None:
    facts = replace(FACTS, measures=(replace(FREEZE, variant=variant, months=6),))
    assert words in lines(make("ruling_freeze", facts))


def test_several_accounts_are_numbered_items() -> None:
    second = replace(FREEZE, account_no="622200001", amount=1_234_567_89, months=6)
    items = [
        line for line in lines(make("ruling_freeze", replace(FACTS, measures=(FREEZE, second)))) if "冻结期限" in line
    ]
    assert items[0].startswith("一、冻结被执行人林例一") and "冻结期限为一年" in items[0]
    assert items[1].startswith("二、冻结被执行人林例一") and "存款1234567.89元。冻结期限为六个月" in items[1]


def test_a_fixed_start_is_a_value() -> None:
    facts = replace(FACTS, measures=(replace(FREEZE, fixed_start=date(2017, 8, 15)),))
    assert any("自2017年8月15日起至2018年8月14日止" in line for line in lines(make("ruling_freeze", facts)))


def test_a_waiting_freeze_is_called_so_and_promises_no_days() -> None:
    facts = replace(FACTS, measures=(replace(FREEZE, rank=2),))
    ruling, paper = make("ruling_freeze", facts), make("notice_assist_deposit", replace(facts, addressee=AddresseeFacts("某行")))
    found = lines(ruling)
    assert found[5].endswith("的规定》第一条、第二十八条规定，裁定如下：")
    assert found[6].startswith("轮候冻结被执行人林例一在某某银行乐东支行账号为") and found[6].endswith(
        "冻结期限为一年，自轮候冻结生效之日起计算。"
    )
    told = "".join([*found, *lines(paper), *lines(paper, "slip")])
    assert "signed_on" not in told and "请轮候冻结被执行人林例一" in told
    assert "通知期限|一年，自轮候冻结生效之日起计算" in lines(paper, "slip")


def test_a_renewal_of_a_measure_that_once_waited_has_its_days() -> None:
    found = lines(make("ruling_renew_control", replace(FACTS, measures=(replace(RENEWAL, rank=2),))))
    assert any("自2018年8月1日起至2019年7月31日止" in line for line in found)


HOUSE = MeasureFacts(
    "林例一", "查封", "immovable", property_words="名下位于黄流镇某某路5号的房屋（权证号：某某第12号）", months=36,
    ruling_no=CASE_NO, ruled_on=date(2017, 8, 1), old_end=date(2020, 7, 31),
)  # fmt: skip


def test_a_house_is_renewed_under_the_article_on_seizure() -> None:
    found = lines(make("ruling_renew_control", replace(FACTS, measures=(HOUSE,))))
    assert "第二百四十四条" in found[5] and "第二百四十二条" not in found[5]
    assert found[6] == (
        "继续查封被执行人林例一名下位于黄流镇某某路5号的房屋（权证号：某某第12号）。期限为三年，自2020年8月1日起至2023年7月31日止。"
    )
    assert found[8].startswith("需要续行查封的")


def test_a_mixed_renewal_cites_both_articles() -> None:
    found = lines(make("ruling_renew_control", replace(FACTS, measures=(HOUSE, RENEWAL))))
    assert "第二百四十二条、第二百四十四条" in found[5]


def test_the_application_for_renewal_is_told_when_there_was_one() -> None:
    facts = replace(NEEDED["ruling_renew_control"], inputs={"applied_renewal_on": "2018-07-02"})
    content = make("ruling_renew_control", facts, date(2018, 7, 10))
    assert lines(content)[4].endswith("申请执行人海南某某小额贷款有限公司于2018年7月2日向本院申请继续冻结。")


@pytest.mark.parametrize(
    ("inputs", "reason", "item"),
    [
        ({"ground": "withdrawn"}, "已撤回执行申请或者放弃债权", "解除对被执行人林例一名下"),
        ({"ground": "unsold"}, "财产流拍或者变卖不成", "解除对被执行人林例一名下"),
        ({"ground": "guaranteed", "scope": "partial"}, "提供担保且申请执行人", "解除对被执行人林例一超标的额部分名下"),
        (
            {"ground": "third_party", "scope": "third_party", "third": "符例七"}, "财产系案外人符例七所有",
            "解除对案外人符例七所有的名下",
        ),
        ({"ground": "other", "cause_of_release": "查封超出标的。"}, "本院认为，查封超出标的，依法应当解除查封。", "解除对被执行人"),
    ],
)  # fmt: skip
def test_grounds_and_scopes_of_a_release(inputs: dict[str, str], reason: str, item: str) -> None:
    facts = replace(FACTS, measures=(replace(HOUSE, action="解除查封", months=None),), inputs=inputs)
    found = lines(make("ruling_release_control", facts))
    assert any(reason in line for line in found) and any(line.startswith(item) for line in found)


@pytest.mark.parametrize(
    ("action", "title", "words", "gone"),
    [
        ("划拨", "协助划拨存款通知书", "划至户名海南省乐东黎族自治县人民法院、开户行某某银行乐东支行、账号46001234500000000001。", "不得自行解冻"),
        ("解除冻结", "协助解除冻结存款通知书", "请解除冻结被执行人林例一", "冻结期限"),
    ],
)
def test_other_assistance(action: str, title: str, words: str, gone: str) -> None:
    measure = replace(FREEZE, action=action, months=None)
    content = make("notice_assist_deposit", replace(FACTS, measures=(measure,), addressee=AddresseeFacts("某行")))
    text = "".join(lines(content) + lines(content, "slip"))
    assert content.title == title and words in text and gone not in text


def test_the_order_against_a_unit_names_its_people() -> None:
    unit = AddresseeFacts("海南某某贸易有限公司")
    facts = replace(FACTS, addressee=unit, inputs={"persons": "符示例、王例七", "private_consumption": True})
    text = "".join(lines(make("order_consumption", facts)))
    assert "及你单位（法定代表人、主要负责人、影响债务履行的直接责任人员、实际控制人）符示例、王例七不得实施" in text
    assert "如你单位因私消费以个人财产实施上述行为，或者因生活或者经营必需而进行上述消费活动的，应当" in text


def test_the_execution_notice_may_give_days_and_ask_a_penalty() -> None:
    inputs = {"deadline": "自本通知书送达之日起{n}日内", "n": "7", "delay": "支付迟延履行金"}
    text = "".join(lines(make("notice_execution", replace(FACTS, inputs=inputs))))
    assert "责令你自本通知书送达之日起7日内履行下列义务：" in text and "二、支付迟延履行金；" in text


def test_a_fee_of_nothing_is_a_fee() -> None:
    text = "".join(lines(make("notice_execution", replace(FACTS, money=MoneyFacts(1, 0, 0)))))
    assert "负担申请执行费0元。" in text


# ---- signature blocks ----


def signed(type_id: str, facts: Facts) -> list[tuple[str, str, str]]:
    return [(line.label, line.name, line.field) for line in make(type_id, facts).signature.signatories]


def test_a_ruling_bears_the_responsible_judge_and_the_clerk() -> None:
    block = make("ruling_freeze").signature
    assert (block.kind, block.clerk, block.seal, block.check_mark) == ("judge", "例书", True, True)
    assert signed("ruling_freeze", FACTS) == [("审判员", "法官沿一", "Judge1")]


def test_a_detention_bears_the_judge_by_the_plan() -> None:
    assert signed("decision_detention", NEEDED["decision_detention"]) == [("审判员", "法官沿一", "Judge1")]


def test_where_a_panel_sat_all_members_sign_presiding_first() -> None:
    second, lay = Official("法官沿二", "J2", "执行法官", judge=True), Official("陪审员某", "L1", "人民陪审员", lay=True)
    facts = replace(FACTS, staff=replace(FACTS.staff, panel=(second, JUDGE, lay)))
    assert make("ruling_freeze", facts).signature.kind == "panel"
    assert signed("ruling_freeze", facts) == [
        ("审判长", "法官沿二", "Judge1"), ("审判员", "法官沿一", "Judge2"), ("人民陪审员", "陪审员某", "Judge3"),
    ]  # fmt: skip
    assert make("notice_execution", facts).signature.kind == "seal_only"


@pytest.mark.parametrize("panel", [(JUDGE,), (JUDGE, PRESIDENT), (JUDGE, JUDGE, PRESIDENT)])
def test_a_panel_is_odd_and_of_different_people(panel: tuple[Official, ...]) -> None:
    with pytest.raises(Refusal) as refused:
        make("ruling_freeze", replace(FACTS, staff=replace(FACTS.staff, panel=panel)))
    assert refused.value.code == "document.panel"


@pytest.mark.parametrize(("signer", "label"), [(PRESIDENT, "院长"), (VICE, "副院长")])
def test_an_order_bears_the_president_or_the_acting_delegate_by_his_own_post(signer: Official, label: str) -> None:
    facts = replace(FACTS, staff=replace(FACTS.staff, president=signer))
    block = make("order_consumption", facts).signature
    assert (block.kind, block.clerk, block.check_mark) == ("president", "", False)
    assert signed("order_consumption", facts) == [(label, signer.name, "President")]


@pytest.mark.parametrize("signer", [None, Official("局长某", "D1", "执行局局长", judge=True)])
def test_nobody_else_signs_an_order(signer: Official | None) -> None:
    with pytest.raises(Refusal) as refused:
        make("order_consumption", replace(FACTS, staff=replace(FACTS.staff, president=signer)))
    assert refused.value.code == "document.signer"


def test_a_notice_has_the_judge_invisibly() -> None:
    block = make("notice_execution").signature
    assert (block.kind, block.signatories, block.clerk) == ("seal_only", (), "")
    assert [(line.name, line.field) for line in block.invisible] == [("法官沿一", "Judge1")]


@pytest.mark.parametrize("type_id", ["ruling_freeze", "decision_detention", "notice_execution"])
def test_an_officer_never_signs(type_id: str) -> None:
    facts = replace(NEEDED[type_id], staff=replace(FACTS.staff, judge=OFFICER))
    with pytest.raises(Refusal) as refused:
        make(type_id, facts)
    assert refused.value.code == "document.signer" and "不是法官" in refused.value.text


def test_a_statutory_signer_signs_unprinted() -> None:
    facts = replace(NEEDED["decision_detention"], staff=replace(FACTS.staff, statutory=PRESIDENT))
    block = make("decision_detention", facts).signature
    assert [line.name for line in block.signatories] == ["法官沿一"]
    assert [(line.label, line.field) for line in block.invisible] == [("院长", "Statutory1")]


@pytest.mark.parametrize(
    ("months", "words"), [(12, "一年"), (24, "二年"), (36, "三年"), (6, "六个月"), (1, "一个月"), (18, "十八个月")]
)
def test_terms_in_words(months: int, words: str) -> None:
    assert term_in_words(months) == words


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("民间借贷", "民间借贷纠纷"), ("买卖合同纠纷", "买卖合同纠纷"), ("劳动争议", "劳动争议"), ("盗窃罪", "盗窃罪"),
        ("行政处罚", "行政处罚"), ("", ""),
    ],
)  # fmt: skip
def test_causes_end_in_disputes(cause: str, words: str) -> None:
    assert cause_in_text(cause, catalogue().wording) == words
