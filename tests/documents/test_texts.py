"""The exact text of each document needed first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from execdesk.documents.assemble import leftovers, unfilled
from execdesk.documents.facts import CourtFacts, Facts
from tests.documents.samples import CASE_NO, FACTS, NEEDED, QUERIES, ROUND, all_held, lines, make

PARTIES = [
    "申请执行人：海南某某小额贷款有限公司，住所地海南省海口市龙华区某某路18号，统一社会信用代码91469027MA0000007K。",
    "法定代表人：符示例，该公司总经理。",
    "委托诉讼代理人：王样本，海南某某律师事务所律师。",
    "被执行人：林例一，男，1980年1月1日出生，黎族，农民，住海南省乐东黎族自治县黄流镇某某村12号，公民身份号码469027198001010009。",
]
EXECUTING = "本院在执行海南某某小额贷款有限公司与林例一小额借款合同纠纷一案中，"
UNPERFORMED = (
    EXECUTING + "于2017年7月10日向被执行人林例一发出执行通知书，责令被执行人林例一"
    "立即向申请执行人支付借款本金50000元及利息，但被执行人林例一未履行生效法律文书确定的义务。"
)
CPL = "《中华人民共和国民事诉讼法》"
INT = "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》"
SEIZ = "《最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定》"
ACCOUNT = "被执行人林例一在某某银行乐东支行账号为6222020000000001234的存款50000元"
ADVICE = "需要续行冻结的，申请执行人应当在期限届满前向本院提出书面申请。"


def test_freeze() -> None:
    content = make("ruling_freeze")
    assert (content.court, content.title, content.number) == (
        "海南省乐东黎族自治县人民法院",
        "执行裁定书",
        "⟦own_number⟧",
    )
    assert lines(content) == [
        *PARTIES,
        UNPERFORMED,
        f"依照{CPL}第二百四十二条、{INT}第四百八十七条、{SEIZ}第一条规定，裁定如下：",
        f"冻结{ACCOUNT}。冻结期限为一年，自⟦signed_on⟧起至⟦signed_on+12m-1d⟧止。",
        "本裁定立即执行。",
        ADVICE,
    ]


def test_renewal_runs_from_the_day_after_the_old_end() -> None:
    assert lines(make("ruling_renew_control")) == [
        *PARTIES,
        EXECUTING + f"于2017年8月1日作出{CASE_NO}执行裁定，冻结了被执行人林例一的财产，期限至2018年7月31日届满。",
        f"依照{CPL}第二百四十二条、{INT}第四百八十七条规定，裁定如下：",
        f"继续冻结{ACCOUNT}。期限为一年，自2018年8月1日起至2019年7月31日止。",
        "本裁定立即执行。",
        ADVICE,
    ]


def test_reauction_names_all_four_uses_of_the_deposit() -> None:
    assert lines(make("ruling_reauction")) == [
        *PARTIES,
        EXECUTING + "依法拍卖被执行人林例一所有的位于黄流镇某某路8号的房屋一套，符样本于2017年7月20日以268000元竞得，但未按期付清价款，致使拍卖的目的难以实现。",
        "依照《最高人民法院关于人民法院民事执行中拍卖、变卖财产的规定》第二十五条、《最高人民法院关于人民法院网络司法拍卖若干问题的规定》第二十四条规定，裁定如下：",
        "一、重新拍卖被执行人林例一所有的位于黄流镇某某路8号的房屋一套。",
        "二、原买受人符样本交纳的保证金30000元不予退还，依次用于支付拍卖产生的费用损失、弥补重新拍卖价款低于原拍卖价款的差价、冲抵本案被执行人的债务"
        "以及与拍卖财产相关的被执行人的债务。",
        "本裁定送达后立即生效。",
    ]


def test_release() -> None:
    assert lines(make("ruling_release_control")) == [
        *PARTIES,
        EXECUTING + f"于2017年8月1日作出{CASE_NO}执行裁定，冻结了被执行人林例一的财产。",
        "本院认为，本案债务已经清偿，依法应当解除冻结。",
        f"依照{SEIZ}第三十一条第一款第四项规定，裁定如下：",
        f"解除对{ACCOUNT}的冻结。",
        "本裁定立即执行。",
    ]


def test_deduction() -> None:
    assert lines(make("ruling_deduct")) == [
        *PARTIES,
        UNPERFORMED,
        f"依照{CPL}第二百四十二条、{INT}第四百八十六条规定，裁定如下：",
        f"划拨{ACCOUNT}。",
        "本裁定立即执行。",
    ]


def test_correction() -> None:
    assert lines(make("ruling_correction")) == [
        *PARTIES,
        EXECUTING + f"于2017年7月20日作出的{CASE_NO}执行裁定书存在笔误，应予补正。",
        f"依照{CPL}第一百五十四条第一款第七项规定，裁定如下：",
        f"{CASE_NO}执行裁定书中“林列一”补正为“林例一”。",
        "本裁定送达后立即生效。",
    ]


def test_detention() -> None:
    content = make("decision_detention")
    assert content.title == "拘留决定书"
    assert lines(content) == [
        PARTIES[3].replace("被执行人", "被拘留人"),
        f"本院在执行{CASE_NO}海南某某小额贷款有限公司与林例一小额借款合同纠纷一案中，对被拘留人林例一妨害执行的行为进行了审查。",
        "本院查明，林例一名下有可供履行的收入，经通知仍不履行。",
        "本院认为，林例一有能力履行而拒不履行生效法律文书确定的义务，应予拘留。",
        f"依照{CPL}第一百一十一条第一款第六项、第一百一十五条、第一百一十六条规定，决定如下：",
        "对林例一拘留十五日。",
        "如不服本决定，可以在收到决定书之日起三日内，向海南省第二中级人民法院申请复议一次。复议期间，不停止本决定的执行。",
    ]


def test_consumption_order() -> None:
    content = make("order_consumption")
    found = lines(content)
    assert content.title == "限制消费令"
    assert found[:2] == [
        "林例一：",
        "本院于2017年7月3日立案执行海南某某小额贷款有限公司申请执行你小额借款合同纠纷一案，"
        "因你未按执行通知书指定的期间履行生效法律文书确定的给付义务，"
        f"本院依照{CPL}第二百五十五条和《最高人民法院关于限制被执行人高消费及有关消费的若干规定》第一条、第三条的规定，"
        "对你采取限制消费措施，限制你不得实施以下高消费及非生活和工作必需的消费行为：",
    ]
    assert found[2] == "（一）乘坐交通工具时，选择飞机、列车软卧、轮船二等以上舱位；"
    assert found[10].startswith("（九）乘坐G字头动车组列车全部座位") and found[10].endswith("消费行为。")
    assert found[11:] == [
        "限制消费的期间自本令送达之日起，至本院解除限制消费措施之日止。",
        "如你因生活或者经营必需而进行上述消费活动的，应当向本院提出申请，获批准后方可进行。",
        f"如违反限制消费令，经查证属实的，本院将依照{CPL}第一百一十一条的规定，予以拘留、罚款；"
        "情节严重，构成犯罪的，追究其刑事责任。",
        "此令",
    ]
    assert content.contact == ("举报电话：0898-85520000",)


def test_an_order_says_of_the_notice_only_what_the_case_records() -> None:
    told = "".join(lines(make("order_property_report")))
    silent = "".join(lines(make("order_property_report", replace(NEEDED["order_property_report"], claims=all_held("notice_sent_to")))))
    assert "一案，已于2017年7月10日向你发出执行通知书。依照" in told
    assert "一案。依照" in silent and "已于" not in silent


def test_property_report_order() -> None:
    content = make("order_property_report")
    found = lines(content)
    assert content.title == "报告财产令"
    assert f"依照{CPL}第二百四十一条和《最高人民法院关于民事执行中财产调查若干问题的规定》" in found[1]
    assert found[1].endswith(
        "责令你在收到此令后5日内，如实向本院报告当前以及收到执行通知之日前一年的财产情况。"
    )
    assert [line[:3] for line in found[3:8]] == ["（一）", "（二）", "（三）", "（四）", "（五）"]
    assert found[9:] == [
        "执行中，如果财产情况发生变动，影响申请执行人债权实现的，应当自财产变动之日起十日内向本院补充报告。",
        "拒绝报告、虚假报告或者无正当理由逾期报告的，本院将根据情节轻重予以罚款、拘留，"
        "并依法纳入失信被执行人名单；构成犯罪的，依法追究刑事责任。",
        "此令",
    ]
    assert content.attachments == ("附：被执行人财产申报表",)


def test_execution_notice() -> None:
    content = make("notice_execution")
    assert lines(content) == [
        "林例一：",
        "你与海南某某小额贷款有限公司小额借款合同纠纷一案，本院作出的（2016）琼9027民初456号民事判决书"
        "已经发生法律效力。申请执行人海南某某小额贷款有限公司于2017年6月30日向本院申请强制执行，本院于2017年7月3日立案。"
        f"依照{CPL}第二百四十条的规定，责令你立即履行下列义务：",
        "一、立即向申请执行人支付借款本金50000元及利息；",
        "二、加倍支付迟延履行期间的债务利息；",
        "三、负担申请执行费650元。",
        "本案申请执行标的50000元（大写：人民币伍万元整）。",
        "逾期不履行的，本院将依法强制执行。",
        "本院将依法对有失信情形的被执行人纳入失信被执行人名单并予以信用惩戒。",
    ]
    assert content.contact == (
        "执行款账户：户名海南省乐东黎族自治县人民法院，开户银行某某银行乐东支行，账号46001234500000000001（付款时请注明案号）",
        "联系人：法官沿一　联系电话：0898-85520001", "本院地址：海南省乐东黎族自治县抱由镇某某路1号",
    )
    assert content.attachments == ("附：报告财产令",)
    alone = make("notice_execution", replace(FACTS, claims=all_held("report_order_along"), case=replace(FACTS.case, applied_on=None)))
    assert alone.attachments == () and "已经发生法律效力。本院于2017年7月3日立案。" in lines(alone)[1]


def test_assistance_notice_with_its_return_slip() -> None:
    content = make("notice_assist_deposit")
    assert content.title == "协助冻结存款通知书"
    assert lines(content) == [
        "某某银行乐东支行：",
        "关于海南某某小额贷款有限公司与林例一小额借款合同纠纷一案，本院作出的⟦number:ruling⟧执行裁定书已经发生法律效力。"
        f"依照{CPL}第二百四十二条的规定，请协助执行以下事项：",
        "请冻结被执行人林例一（证件号：469027198001010009）在你单位的存款：账号6222020000000001234，金额50000元，"
        "冻结期限自⟦signed_on⟧起至⟦signed_on+12m-1d⟧止。逾期或解除冻结前，不得自行解冻。",
    ]
    assert content.attachments == ("附：⟦number:ruling⟧执行裁定书",)
    assert lines(content, "slip") == [
        "协助冻结存款通知书（回执）",
        "海南省乐东黎族自治县人民法院：",
        "你院⟦own_number⟧协助冻结存款通知书及⟦number:ruling⟧执行裁定书收悉，现将协助执行结果回复如下：",
        "被执行人|林例一|证件号|469027198001010009",
        "账号|6222020000000001234|通知金额|50000元（大写：人民币伍万元整）",
        "通知期限|自⟦signed_on⟧起至⟦signed_on+12m-1d⟧止",
        "收到日期||办理日期|",
        "实际办理金额（小写）||实际办理金额（大写）|",
        "实际冻结起止日期||在先冻结及轮候顺位|",
        "未能办理的原因|",
        "经办人||联系电话|",
        "协助单位（盖章）||日期|",
    ]


def test_query_names_whom_and_asks_for_an_answer() -> None:
    content = make("notice_assist_query")
    assert content.title == "协助查询通知书"
    assert lines(content) == [
        "某某银行乐东支行：",
        f"因执行海南某某小额贷款有限公司与林例一小额借款合同纠纷一案需要，依照{CPL}第二百四十二条的规定，"
        "请协助查询被执行人林例一（证件号：469027198001010009）的银行账户、存款情况。",
        "请将查询结果填入回执，加盖印章后交本院执行人员或者寄回本院。被查询的财产已被查封、扣押、冻结或者设有抵押、质押的，请一并注明。",
    ]
    assert lines(content, "slip")[3:5] == ["被查询人|林例一|证件号|469027198001010009", "查询的财产|银行账户、存款"]


def test_extension_of_the_closing_term() -> None:
    content = make("decision_extend")
    assert content.title == "延长执行期限审批决定"
    assert lines(content) == [
        "本院于2017年7月3日立案执行海南某某小额贷款有限公司与林例一小额借款合同纠纷一案，执行期限至2018年1月3日届满。承办人于2017年7月31日申请延长执行期限。",
        "本院认为，本案查封的房屋正在评估，尚待拍卖，属于有特殊情况须延长执行期限的情形，应予准许。",
        "依照《最高人民法院关于严格执行案件审理期限制度的若干规定》第五条、《最高人民法院关于人民法院办理执行案件若干期限的规定》第一条规定，决定如下：",
        f"同意{CASE_NO}案件延长执行期限三个月，至2018年4月3日止。",
    ]


def test_service_receipt() -> None:
    content = make("receipt_service")
    assert (content.form, content.number, content.signature.seal) == ("table", "", False)
    assert lines(content) == [
        f"案号|{CASE_NO}|案由|小额借款合同纠纷",
        f"送达文书名称和件数|{CASE_NO}执行裁定书1份；执行通知书1份",
        "受送达人|林例一",
        "送达地址|黄流镇某某村12号",
        "送达方式|",
        "受送达人签名或盖章||签收日期|　年　月　日　时",
        "代收人及与受送达人的关系、代收理由|",
        "拒收事由和日期|",
        "见证人签名||送达人签名|",
        "备注|",
    ]


def test_approval_sheet() -> None:
    assert lines(make("form_measure")) == [
        f"案号|{CASE_NO}|案由|小额借款合同纠纷",
        "当事人|申请执行人：海南某某小额贷款有限公司；被执行人：林例一",
        "执行依据|（2016）琼9027民初456号民事判决书",
        "拟采取措施|冻结存款",
        "事实理由|被执行人在某某银行有存款",
        "所需文书|执行裁定书、协助冻结存款通知书",
        "审批层级|执行法官|条款|第6条第二款",
        "条款原文|“采取查询、查封、冻结、扣押、扣划等查控措施”",
        "为何由该层级决定|属于执行法官的审批权限",
        "承办人|法官沿一|提请时间|2017年8月1日9时00分",
        "承办人意见|同意：同意冻结　执行法官　法官沿一　2017年8月1日9时05分　依据：第6条第二款",
        f"内容摘要 {'a1' * 32}",
        f"留痕链末 {'b2' * 32}",
    ]


@pytest.mark.parametrize("type_id", NEEDED)
def test_each_text_is_complete_with_its_sample_facts(type_id: str) -> None:
    content = make(type_id)
    assert (unfilled(content), leftovers(content)) == ({}, ())
    assert content.text_version.startswith(f"{type_id}@") and content.subject


def test_a_query_without_an_answer_is_not_one_that_found_nothing() -> None:
    """终本规定 第3、6条: every query stands with its number; silence is printed 未反馈, an answer that found nothing 无."""
    body = lines(make("ruling_tnr"))
    assert "一、林例一的存款：2017年7月11日（编号201707110012）查询，2017年7月12日反馈，结果为某某银行余额12.50元。" in body
    assert "二、林例一的车辆：2017年7月11日（编号201707110012）查询，2017年7月12日反馈，结果为无。" in body
    assert "三、林例一的不动产：2017年7月11日（编号201707110012）、2017年7月25日（编号201707250007）共2次查询，未反馈。" in body
    told = NEEDED["ruling_tnr"]

    def with_queries(*queries: dict[str, str]) -> Facts:
        return replace(told, told={"tnr": {**ROUND, "queries": list(queries)}})

    unanswered = with_queries({**QUERIES[0], "answered_on": ""})
    assert unfilled(make("ruling_tnr", unanswered)) == {"answered_on": "反馈日期"}, "a result came on some day"
    assert unfilled(make("ruling_tnr", with_queries())) == {"queries": "财产查询"}


def test_gates_are_six_and_the_approval_is_none_of_them() -> None:
    rows = lines(make("form_tnr_check", on=date(2017, 8, 1)))
    numbered = [row.partition("|")[0] for row in rows if "具　备" in row]
    assert numbered == list("一二三四五六")
    assert not any("合议" in row or "批准" in row for row in rows if "具　备" in row)


def test_an_interpreter_has_his_line_and_signs() -> None:
    rows = lines(make("record_inquiry"))
    assert any(row.startswith("翻译人员|") for row in rows) and any("翻译人员签名" in row for row in rows)
    assert unfilled(make("record_inquiry")) == {}


def test_money_by_hand_has_no_sum_of_the_programs() -> None:
    """A receipt is written by those who took the money, and what is owed changes by the day: no amount of the case stands on either."""
    for name in ("receipt_money", "form_pay_in"):
        assert "50000" not in "".join(lines(make(name))).replace("46001234500000000001", "")
    assert unfilled(make("form_pay_in", replace(FACTS, court=CourtFacts()))) == {
        "account_name": "执行款账户户名", "account_bank": "执行款账户开户银行", "account_no": "执行款账户账号",
    }


def test_the_police_are_asked_for_a_vehicle_that_is_under_control() -> None:
    body = lines(make("letter_vehicle_watch"))
    assert body[0] == "乐东黎族自治县公安局交通警察大队：" and "琼D·A1234" in body[1] and f"以{CASE_NO}执行裁定书裁定查封" in body[1]
