"""Specimens: every document type with several sets of fictional facts, short and long, as they come to a judge's desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from execdesk.documents.assemble import fill
from execdesk.documents.content import Content
from execdesk.documents.facts import (
    AddresseeFacts,
    ApprovalFacts,
    BasisFacts,
    CaseFacts,
    CourtFacts,
    DecisionFacts,
    Facts,
    Individual,
    MeasureFacts,
    MoneyFacts,
    Official,
    PartyFacts,
    Representative,
    ServedFacts,
    ServiceFacts,
    StaffFacts,
    number_mark,
)
from tests.documents.samples import (
    APPROVAL,
    CAR,
    CASE_NO,
    NOTICED,
    QUERIES,
    ROUND,
    SEIZED,
    SHARES,
    SUMMONED,
    WAGES,
    all_held,
    catalogue,
    make,
)

COURT = CourtFacts(
    address="海南省乐东黎族自治县抱由镇法院路1号", telephone="0898-85520000", hotline="0898-85520000",
    account_name="海南省乐东黎族自治县人民法院", account_bank="某某银行乐东支行", account_no="46001234500000000001",
)  # fmt: skip
LONE = PartyFacts(
    "被执行人", "natural", "林例一", sex="男", born_on=date(1980, 1, 1), ethnicity="黎族", occupation="农民",
    address="海南省乐东黎族自治县黄流镇椰林村12号", id_no="469027198001010009",
)  # fmt: skip
APPLICANT = PartyFacts(
    "申请执行人", "natural", "符示例", sex="女", born_on=date(1988, 8, 8), ethnicity="汉族", address="海南省乐东黎族自治县抱由镇乐安路5号",
    id_no="469027198808080008", representatives=(Representative("lawyer", "王示范", firm="海南椰风律师事务所"),),
)  # fmt: skip
LENDER = PartyFacts(
    "申请执行人", "legal", "海南椰风热带农业生产资料供应链管理服务股份有限公司乐东黎族自治县黄流分公司",
    address="海南省乐东黎族自治县黄流镇黄流中学西侧椰风热带农产品冷链物流产业园区A区3号楼二层201室", id_no="91469027MA0000007K",
    representatives=(
        Representative("legal", "陈堃喆", post="执行董事兼总经理", unit="公司"),
        Representative("lawyer", "王示范", firm="海南椰风（三亚）律师事务所"),
    ),
)  # fmt: skip
FIVE = (
    PartyFacts(
        "被执行人", "natural", "买买提·吐尔逊·阿卜杜热合曼", sex="男", born_on=date(1979, 12, 30), ethnicity="维吾尔族", occupation="个体运输户",
        address="新疆维吾尔自治区喀什地区莎车县城南路〇五号附12号椰树小区8栋2单元1203室", id_no="469027198001010009",
    ),
    PartyFacts("被执行人", "natural", "符䶮𠅤𬭚", sex="女", born_on=date(1985, 7, 1), ethnicity="黎族", address="海南省三亚市吉阳区月川街5号"),
    PartyFacts(
        "被执行人", "legal", "乐东祎昇犇牛养殖专业合作社", address="海南省乐东黎族自治县利国镇", id_no="93469027MA00000158",
        representatives=(Representative("head", "黄祎昇", post="理事长", unit="合作社"),),
    ),
    PartyFacts(
        "被执行人", "business", "黄流镇犇犇汽车修理店", address="黄流镇椰风路3号", id_no="92469027MA0000007K",
        operator=Individual("林犇", "男", date(1975, 2, 28), "汉族", "", "海南省乐东黎族自治县黄流镇", ""),
    ),
    PartyFacts(
        "被执行人", "legal", "海南喆昇建筑安装工程有限公司", address="海南省海口市龙华区椰风路18号", id_no="114690270000000003",
        representatives=(Representative("legal", "吴喆", post="总经理", unit="公司"),),
    ),
)  # fmt: skip
JUDGE, SECOND, THIRD = (Official(n, p, "执行法官", judge=True) for n, p in (("法官沿一", "J1"), ("李明", "J2"), ("欧阳祎昇", "J3")))
PRESIDENT, VICE = Official("院长甲", "P1", "院长", judge=True), Official("副院长甲", "P2", "副院长", judge=True)
ACCOUNT = MeasureFacts(
    "林例一", "冻结", institution="某某银行乐东支行", account_no="6228480000006621", amount=50_000_00, months=12, owner_id="469027198001010009"
)  # fmt: skip
LONG_BANK = "中国某某商业储蓄银行股份有限公司乐东黎族自治县黄流镇椰林路支行"


def alone() -> Facts:
    """One debtor, a whole amount, one judge."""
    return Facts(
        court=COURT,
        case=CaseFacts(
            CASE_NO, "民间借贷纠纷", date(2017, 7, 3), date(2017, 6, 30), "立即向申请执行人符示例支付借款本金50000元及利息"
        ),
        parties=(APPLICANT, LONE),
        staff=StaffFacts(JUDGE, "书记员甲", president=PRESIDENT, telephone="0898-85520001"),
        basis=BasisFacts("（2016）琼9027民初456号民事判决书", "本院"),
        money=MoneyFacts(50_000_00, 650_00, 0),
        measures=(ACCOUNT,),
        target=replace(LONE, role="被拘留人"),
        addressee=AddresseeFacts("林例一", natural=True),
        approval=APPROVAL,
        service=ServiceFacts("林例一", (ServedFacts(f"{CASE_NO}执行裁定书"), ServedFacts(f"{CASE_NO}执行通知书")), LONE.address, "直接送达"),
        documents={"ruling": number_mark("ruling"), "corrects": f"{CASE_NO}之一"},
        inputs={
            "persons": "", "days": 10, "ground": "refuse",
            "corrections": [{"wrong": "林列一", "right": "林例一"}],
            "found_facts": "被执行人林例一名下有可供履行的收入，经本院通知仍不履行",
            "reasoning": "被拘留人林例一有能力履行而拒不履行人民法院已经发生法律效力的判决，依法应予拘留",
        },
        told={**NOTICED, "corrected_on": date(2017, 7, 20)}, claims=all_held(),
    )  # fmt: skip


def many() -> Facts:
    """Five debtors of all kinds, long and rare names, fen and millions, three accounts, a panel, a delegate, a partial performance."""
    owners = (FIVE[0], FIVE[1], FIVE[4])
    accounts = tuple(
        MeasureFacts(
            owner.name, "冻结", institution=bank, account_no=account, amount=amount, months=months, owner_id=owner.id_no or "461234567890123456"
        )
        for owner, bank, account, amount, months in zip(
            owners, (LONG_BANK, "某某银行乐东支行", "乐东县农村信用合作联社"), ("6222020000000001234567", "46001234500000000001", "1009988776655"),
            (12_345_678_90, 3_000_000_00, 999_999_999_01), (12, 6, 12), strict=True,
        )
    )  # fmt: skip
    steps = (
        DecisionFacts("执行局副局长意见", "副局长甲", "执行局副局长", "意见", "拟同意，请局长审定", "2017年8月1日9时20分"),
        DecisionFacts(
            "副院长意见", "欧阳祎昇", "副院长", "批准", "同意。请承办人注意保障被执行人及其所扶养家属的生活必需费用，并在送达后三日内向申请执行人反馈控制情况。" * 3,
            "2017年8月1日16时05分", delegation="授权书乐法授〔2017〕3号", clause="乐法〔2017〕33号第6条第（三）项",
        ),
    )  # fmt: skip
    given = replace(
        alone(), parties=(LENDER, *FIVE), measures=accounts, money=MoneyFacts(1_015_345_677_91, 1_234_567_89, 1_200_00),
        case=CaseFacts(
            "（2017）琼9027执1234号", "建设工程施工合同", date(2017, 7, 3), date(2017, 6, 30),
            "连带向申请执行人支付工程款本金10153456.77元、逾期付款利息987654.32元，并负担案件受理费82400元、保全费5000元",
        ),
        basis=BasisFacts("（2016）琼9027民初456号民事判决书和（2016）琼97民终1099号民事判决书", "海南省第二中级人民法院"),
        staff=StaffFacts(JUDGE, "欧阳堃", panel=(SECOND, JUDGE, THIRD), president=VICE, telephone="0898-85520001"),
        addressee=AddresseeFacts(FIVE[4].name), target=replace(FIVE[0], role="被拘留人"),
        approval=ApprovalFacts(
            "解除冻结：解除冻结 买买提·吐尔逊·阿卜杜热合曼 " + LONG_BANK + "存款 尾号 4567", "执行局局长", "第6条第三款",
            "解除查封、扣押、冻结等控制措施", "解除控制措施由执行局局长审批；被执行人另有特殊主体身份，仍以本条为准", "法官沿一", "2017年8月1日9时00分",
            subject="人大代表", grounds="被执行人已于2017年7月31日将全部案款汇入本院执行款专户，申请执行人书面确认收讫。" * 8,
            basis="《最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定》第三十一条第一款第四项", documents="执行裁定书、协助解除冻结存款通知书",
            conflict="兜底冲突，由局长决定", decisions=steps, content_hash="a1" * 32, chain_head="HQ.1 000123 " + "b2" * 32, state="已批准",
        ),
        service=ServiceFacts(
            LENDER.name, tuple(ServedFacts(f"（2017）琼9027执1234号之{n}{t}", 2) for n, t in zip("一二三四五", ("执行裁定书", "执行裁定书", "执行通知书", "报告财产令", "限制消费令"), strict=True)),
            LENDER.address, "留置送达", "法官沿一、书记员甲",
        ),
        documents={"ruling": number_mark("ruling"), "corrects": "（2017）琼9027执1234号之十二"},
    )  # fmt: skip
    texts = {
        "found_facts": "2017年7月10日，本院向被拘留人送达执行通知书和报告财产令。同年7月15日，被拘留人将其名下琼D12345号车辆以300000元转让他人，所得价款未用于履行，也未向本院报告。"
        "上述事实，有车辆登记资料、银行流水、询问笔录等证据证实",
        "reasoning": "被拘留人在收到执行通知后转移财产，拒不履行生效法律文书确定的义务，其行为妨害民事诉讼，情节较为严重，依法应予拘留",
        "corrections": [{"wrong": "10153456.70元", "right": "10153456.77元"}, {"wrong": "买买提·吐尔孙", "right": "买买提·吐尔逊·阿卜杜热合曼"}, {"wrong": "黄流镇椰林路", "right": "黄流镇椰风路"}],
        "persons": "吴喆、陈祎昇", "private_consumption": True, "days": 15, "ground": "transfer", "deadline": "自本通知书送达之日起{n}日内", "n": 7,
    }
    return replace(given, inputs={**given.inputs, **texts}, told={**given.told, "notices_sent": noticed(FIVE)})


def noticed(debtors: Sequence[PartyFacts]) -> str:
    """When notices of execution went out to these debtors, as the opening of a ruling says it."""
    return f"于2017年7月10日向被执行人{'、'.join(party.name for party in debtors)}发出"


DEBTORS, THINGS = 12, 40  # of the longest case that a desk is likely to meet


def most() -> Facts:
    """The longest case that a desk is likely to meet: twelve debtors with long names, forty things under control, a long list of advice."""
    given = many()
    units = tuple(
        replace(FIVE[4], name=f"海南椰风第{n}热带农业综合开发有限责任公司乐东黎族自治县分公司", address=f"{LENDER.address}之{n}", phone="0898-85520000转8088", row=f"row{n}")
        for n in "一二三四五六七"
    )
    debtors = (*(replace(party, phone="13800000000") for party in FIVE), *units)
    assert len(debtors) == DEBTORS
    houses = tuple(
        replace(CAR, owner=debtors[n % DEBTORS].name, measure_word="查封" if n % 4 else "扣押", property_words=f"名下位于海南省乐东黎族自治县黄流镇椰风热带农产品冷链物流产业园区{n + 1}号楼二层201室的房屋（不动产权证号：琼（2016）乐东县不动产权第{n:07d}号）")
        for n in range(THINGS)
    )
    told = {
        "problem": "你单位在收到本院协助执行通知书后，先后于2017年7月12日、2017年7月19日、2017年7月26日三次向被执行人支付工程进度款共1234567.89元，未按通知书的要求停止支付" * 2,
        "advice": [{"text": f"第{n}类款项支付以前，由法务部门核对有无人民法院的协助执行通知书，经核对没有的方可支付，并将核对情况存档备查" * 2} for n in range(1, 9)],
        "copied": "乐东黎族自治县人民代表大会常务委员会监察和司法工作委员会，乐东黎族自治县住房和城乡建设局，海南省第二中级人民法院",
        "reply_within": "收到本建议书之日起二个月内",
    }
    return replace(given, parties=(LENDER, *debtors), held=houses, inputs={**given.inputs, **told}, told={**given.told, "notices_sent": noticed(debtors)})


def measured(facts: Facts, **changes: object) -> Facts:
    """The same facts with every measure changed alike."""
    return replace(facts, measures=tuple(replace(m, **changes) for m in facts.measures))  # type: ignore[arg-type]


def on(facts: Facts, thing: MeasureFacts, **changes: object) -> Facts:
    """The same facts with one measure on another thing of the first owner."""
    owner = facts.measures[0]
    return replace(facts, measures=(replace(thing, owner=owner.owner, owner_id=owner.owner_id, **changes),))  # type: ignore[arg-type]


def earlier(facts: Facts, **changes: object) -> Facts:
    """Measures that an earlier ruling ordered."""
    return measured(facts, ruling_no=f"{facts.case.number}之一", ruled_on=date(2017, 7, 12), old_end=date(2018, 7, 11), **changes)


@dataclass(frozen=True)
class Specimen:
    """One document to be made: its type, what is special about it, its facts, the day it is signed, its number."""

    type_id: str
    about: str
    facts: Facts
    on: date
    number: str

    @property
    def content(self) -> Content:
        """Filled as at issue."""
        made = make(self.type_id, self.facts, self.on)
        series = catalogue().series(self.type_id, self.on)
        own = self.number if "⟦" in made.number else made.number
        if series is not None and series.form == "yearly":
            own = series.pattern.format(year=self.on.year, n=len(self.facts.parties))
        return fill(made, own, self.on, {"ruling": f"{self.facts.case.number}之二"})


def variants(type_id: str, facts: Facts) -> Iterator[tuple[str, Facts]]:
    """The forms one type takes."""
    if type_id == "ruling_renew_control":
        yield "renewal", earlier(replace(facts, inputs={**facts.inputs, "applied_renewal_on": "2017-07-28"}))
    elif type_id == "ruling_release_control":
        for ground in ("satisfied", "guaranteed", "third_party"):
            scope = {"third_party": {"scope": "third_party", "third": "符例七"}}.get(ground, {})
            yield ground, earlier(replace(facts, inputs={**facts.inputs, "ground": ground, **scope}), action="解除冻结", months=None)
    elif type_id == "ruling_deduct":
        yield "transfer", measured(facts, action="划拨", months=None)
    elif type_id == "notice_assist_deposit":
        bank = replace(facts, addressee=AddresseeFacts(facts.measures[0].institution))
        yield "freeze", bank
        yield "transfer", measured(bank, action="划拨", months=None)
        yield "release", measured(bank, action="解除冻结", months=None)
    elif type_id == "ruling_seize":
        yield "vehicle", on(facts, CAR)
        yield "custody", on(replace(facts, inputs={**facts.inputs, "custodian": "被执行人" + facts.measures[0].owner}), CAR)
        yield "waiting", on(facts, CAR, rank=2)
    elif type_id == "ruling_freeze_right":
        yield "equity", on(facts, SHARES)
        yield "waiting", on(facts, SHARES, rank=2)
    elif type_id == "ruling_income":
        yield "withhold", on(replace(facts, inputs={**facts.inputs, "withheld_from": "2017年9月"}), WAGES)
        yield "withdraw", on(facts, WAGES, action="提取")
    elif type_id == "notice_assist":
        for about, thing, changes in (
            ("vehicle", CAR, {}), ("waiting", CAR, {"rank": 2}), ("release", CAR, {"action": "解除查封"}), ("withhold", WAGES, {}),
            ("withdraw", WAGES, {"action": "提取"}), ("release-income", WAGES, {"action": "解除扣留"}),
        ):
            yield about, on(replace(facts, addressee=AddresseeFacts(thing.institution)), thing, **changes)
    elif type_id == "notice_assist_query":
        bank = AddresseeFacts(facts.measures[0].institution)
        yield "query", replace(facts, measures=(), addressee=bank, target=facts.parties[1], inputs={**facts.inputs, "targets": "银行账户、存款、理财产品"})
    elif type_id == "decision_extend":
        told = {"closing_end": date(2018, 1, 3), "extended_to": date(2018, 4, 3), "extension_months": 3, "extension_applied_on": date(2017, 7, 31)}
        special = "查封的房屋权属有争议，案外人已提出书面异议，房屋的评估报告于2017年12月20日作出，当事人对评估价格有异议，尚待复核和拍卖"
        yield "extension", replace(facts, told=told, inputs={**facts.inputs, "special": special})
    elif type_id == "ruling_reauction":
        told = {"lot": "位于乐东黎族自治县黄流镇某某村某某路8号的房屋一套（建筑面积120.50平方米）", "buyer": "符例三", "price": 268_000_00, "deposit": 30_000_00}
        yield "reauction", replace(facts, measures=(), inputs={**facts.inputs, **told}, told={**facts.told, "sold_at_auction_on": date(2017, 7, 20)})
    elif type_id == "decision_detention":
        yield "detention", replace(facts, sanction_number="（2017）琼9027司惩12号")
    elif type_id == "ruling_tnr":
        told = {
            **ROUND, "queries": [{**query, "person": party.name} for party in facts.parties if party.role == "被执行人" for query in QUERIES],
            "heard": [{**ROUND["heard"][0], "told_to": party.name} for party in facts.parties if party.role == "申请执行人"],
        }
        yield "nothing", replace(facts, measures=(), told={**facts.told, "tnr": told})
        found = "位于黄流镇某某村的宅基地上房屋一套（是被执行人及其所扶养家属的唯一住房）"
        yield "found", replace(facts, measures=(), told={**facts.told, "tnr": {**told, "properties": found, "sanctions": "于2017年7月28日将被执行人林例一纳入失信被执行人名单"}})
    elif type_id == "form_paper_request":
        assert facts.approval is not None
        names = "、".join(party.name for party in facts.parties if party.role == "被执行人")
        yield "sheet", replace(facts, approval=replace(facts.approval, code="A7K2-9QF4-M3TX", party=names, amount="12345678.90元", printed_on="2017年8月1日"))
    elif type_id == "letter_vehicle_watch":
        yield "watch", on(replace(facts, addressee=AddresseeFacts("乐东黎族自治县公安局交通警察大队"), inputs={**facts.inputs, "on_duty": "执行局值班员 0898-85520000"}),
                          replace(CAR, ruling_no=f"{facts.case.number}之一", ruled_on=date(2017, 7, 12)))
    elif type_id == "ann_seizure":
        yield "seizure", on(facts, SEIZED, ruling_no=f"{facts.case.number}之一")
    elif type_id == "letter_judicial_advice":
        told = {"problem": "你单位未按协助执行通知书的要求停止支付被执行人的工程款", "advice": [{"text": "指定专人办理协助执行事项"}, {"text": "支付工程款以前核对有无协助执行通知书"}]}
        yield "advice", replace(facts, measures=(), addressee=AddresseeFacts("海南某某建设工程有限公司"), inputs={**told, **facts.inputs})
    elif type_id == "summons":
        yield "summons", replace(facts, measures=(), target=facts.parties[1], inputs={**facts.inputs, **SUMMONED, "appear_on": "2024-01-08"})
    elif type_id == "list_seized":
        yield "list", replace(facts, held=facts.held or (replace(CAR, measure_word="查封"),))
    elif type_id == "ruling_freeze":
        yield "freeze", facts
        yield "immediate", replace(facts, inputs={**facts.inputs, "immediate": True})
        yield "cap", measured(facts, variant="cap")
        yield "waiting", measured(facts, rank=2)
    else:
        yield "plain", facts


TYPES = (
    "ruling_freeze", "ruling_renew_control", "ruling_release_control", "ruling_deduct", "ruling_correction", "ruling_reauction", "decision_detention",
    "order_consumption", "order_property_report", "notice_execution", "notice_assist_deposit", "ruling_seize", "ruling_freeze_right", "ruling_income", "notice_assist", "notice_assist_query", "decision_extend", "receipt_service", "form_measure",
    "ruling_tnr", "letter_vehicle_watch", "ann_seizure", "letter_judicial_advice", "summons", "list_seized", "label_service", "record_inquiry", "form_tnr_check", "receipt_money", "form_pay_in", "form_paper_request",
)  # fmt: skip


def specimens() -> Iterator[Specimen]:
    """All of them: the plain facts on the first day of the plan and, once, after the last change of law; the long ones at a year's end."""
    for type_id in TYPES:
        for number, (about, facts) in enumerate(variants(type_id, alone())):
            yield Specimen(type_id, f"one-{about}", facts, date(2017, 8, 1), f"{CASE_NO}之一")
            if not number:
                yield Specimen(type_id, f"late-{about}", facts, date(2024, 1, 2), f"{CASE_NO}之一")
        for about, facts in variants(type_id, many()):
            yield Specimen(type_id, f"five-{about}", facts, date(2017, 12, 31), "（2017）琼9027执1234号之十二")
        for about, facts in variants(type_id, most()):
            yield Specimen(type_id, f"most-{about}", facts, date(2017, 12, 31), "（2017）琼9027执1234号之十二")
