"""Fictional facts for documents, and the data they are assembled with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from execdesk.documents.assemble import assemble
from execdesk.documents.catalogue import Catalogue, load_catalogue
from execdesk.documents.content import Content, ContentTable, CutLine, Paragraph
from execdesk.documents.facts import (
    AddresseeFacts,
    ApprovalFacts,
    BasisFacts,
    CaseFacts,
    ClaimFacts,
    CourtFacts,
    DecisionFacts,
    Facts,
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
from execdesk.law.articles import is_token
from execdesk.law.authority import AuthorityTable, load_authority
from execdesk.law.book import LawBook, load_law

RESOURCES = Path(__file__).parents[2] / "resources"
DAY = date(2017, 8, 1)
CASE_NO = "（2017）琼9027执123号"

COMPANY = PartyFacts(
    "申请执行人", "legal", "海南某某小额贷款有限公司", address="海南省海口市龙华区某某路18号", id_no="91469027MA0000007K",
    representatives=(
        Representative("legal", "符示例", post="总经理", unit="公司"),
        Representative("lawyer", "王样本", firm="海南某某律师事务所"),
    ),
)  # fmt: skip
MAN = PartyFacts(
    "被执行人", "natural", "林例一", sex="男", born_on=date(1980, 1, 1), ethnicity="黎族", occupation="农民",
    address="海南省乐东黎族自治县黄流镇某某村12号", id_no="469027198001010009",
)  # fmt: skip
WOMAN = PartyFacts("被执行人", "natural", "符例二", sex="女", address="三亚市某某区某某街5号")


@cache
def catalogue() -> Catalogue:
    """The catalogue as shipped."""
    return load_catalogue(RESOURCES / "documents")


def all_held(*but: str) -> dict[str, ClaimFacts]:
    """Whatever any text claims, as recorded in the case; some of it not."""
    names = {name for texts in catalogue().texts.values() for text in texts for name in text.claims}
    assert names.issuperset(but)
    return {name: ClaimFacts(lacking="没有记录") if name in but else ClaimFacts(proof="有记录") for name in names}


JUDGE = Official("法官沿一", "J1", "执行法官", judge=True)
PRESIDENT = Official("院长某", "P1", "院长", judge=True)
VICE = Official("副院长某", "P2", "副院长", judge=True)
OFFICER = Official("执行员某", "O1", "执行员")
FREEZE = MeasureFacts(
    "林例一", "冻结", institution="某某银行乐东支行", account_no="6222020000000001234", amount=50_000_00, months=12,
    owner_id="469027198001010009",
)  # fmt: skip
CAR = MeasureFacts(
    "林例一", "查封", kind="movable", institution="三亚市公安局交通警察支队车辆管理所", months=24, owner_id="469027198001010009",
    property_words="名下车牌号为琼D·A1234的某某牌车辆（车辆识别代号：LSVAA49J132047371）", asked="查封期间，不予办理该车辆的转移、抵押、变更登记",
    thing={"vin": "LSVAA49J132047371", "plate": "琼D·A1234", "brand": "某某牌"},
)  # fmt: skip
SHARES = MeasureFacts(
    "林例一", "冻结", kind="other_right", institution="某某市场监督管理局", months=36, owner_id="469027198001010009", measure_word="冻结",
    property_words="持有的乐东某某果业有限公司60%的股权（认缴出资额600000.00元）及其股息、红利", asked="冻结期间，不予办理该股权的转让、质押、变更登记，不予支付股息、红利",
    thing={"company": "乐东某某果业有限公司", "ratio": "60%", "capital": "600000.00"},
)  # fmt: skip
WAGES = MeasureFacts(
    "林例一", "扣留", kind="", institution="某某果业有限公司", amount=50_000_00, owner_id="469027198001010009", property_words="在某某果业有限公司的收入",
    measure_word="扣留", thing={"employer": "某某果业有限公司", "keep": "1500.00"},
)  # fmt: skip
SEIZED = replace(CAR, ruling_no=CASE_NO, ruled_on=DAY, in_effect_on=DAY, end_printed=date(2019, 7, 31))
SUMMONED = {"purpose": "接受询问、报告财产", "appear_on": "2017-08-08", "appear_time": "9时30分", "appear_at": "本院执行局谈话室"}
RENEWAL = replace(FREEZE, ruling_no=CASE_NO, ruled_on=DAY, old_end=date(2018, 7, 31))
APPROVAL = ApprovalFacts(
    "冻结存款", "执行法官", "第6条第二款", "采取查询、查封、冻结、扣押、扣划等查控措施", "属于执行法官的审批权限",
    "法官沿一", "2017年8月1日9时00分", grounds="被执行人在某某银行有存款", documents="执行裁定书、协助冻结存款通知书",
    decisions=(
        DecisionFacts("承办人意见", "法官沿一", "执行法官", "同意", "同意冻结", "2017年8月1日9时05分", clause="第6条第二款"),
    ),
    content_hash="a1" * 32, chain_head="b2" * 32,
)  # fmt: skip
COURT = CourtFacts(
    address="海南省乐东黎族自治县抱由镇某某路1号", telephone="0898-85520000", hotline="0898-85520000", account_name="海南省乐东黎族自治县人民法院",
    account_bank="某某银行乐东支行", account_no="46001234500000000001",
)  # fmt: skip
NOTICED = {"notices_sent": "于2017年7月10日向被执行人林例一发出", "notice_sent_to_on": date(2017, 7, 10), "notice_days": "2017年7月10日"}
FACTS = Facts(
    court=COURT,
    case=CaseFacts(
        CASE_NO, "小额借款合同纠纷", date(2017, 7, 3), date(2017, 6, 30),
        "立即向申请执行人支付借款本金50000元及利息",
    ),
    parties=(COMPANY, MAN),
    staff=StaffFacts(JUDGE, "例书", president=PRESIDENT, telephone="0898-85520001"),
    basis=BasisFacts("（2016）琼9027民初456号民事判决书", "本院"),
    money=MoneyFacts(50_000_00, 650_00, 0),
    measures=(FREEZE,),
    target=replace(MAN, role="被拘留人"),
    addressee=AddresseeFacts("林例一", natural=True),
    sanction_number="",
    approval=APPROVAL,
    service=ServiceFacts("林例一", (ServedFacts(f"{CASE_NO}执行裁定书"), ServedFacts("执行通知书")), "黄流镇某某村12号"),
    documents={"ruling": number_mark("ruling"), "corrects": CASE_NO},
    inputs={},
    told=NOTICED,
    claims=all_held(),
)  # fmt: skip
QUERIES = [
    {"person": "林例一", "head": "存款", "requests": "2017年7月11日（编号201707110012）", "answered_on": "2017年7月12日", "found": "某某银行余额12.50元"},
    {"person": "林例一", "head": "车辆", "requests": "2017年7月11日（编号201707110012）", "answered_on": "2017年7月12日", "found": ""},
    {"person": "林例一", "head": "不动产", "requests": "2017年7月11日（编号201707110012）、2017年7月25日（编号201707250007）共2次", "answered_on": "", "found": ""},
]
ROUND = {
    "measures": "于2017年7月10日向被执行人林例一送达执行通知书，于2017年7月10日向被执行人林例一送达报告财产令，于2017年7月20日向被执行人林例一发出限制消费令", "queries": QUERIES,
    "inquiries": "于2017年7月20日到被执行人林例一的住所地等处调查",
    "heard": [{"told_to": COMPANY.name, "told_on": "2017-07-30", "opinion_on": "2017-07-31", "opinion": "无异议"}],
}
NEEDED = {
    "ruling_freeze": FACTS,
    "ruling_renew_control": replace(FACTS, measures=(RENEWAL,)),
    "ruling_release_control": replace(
        FACTS, measures=(replace(RENEWAL, action="解除冻结", months=None),), inputs={"ground": "satisfied"}
    ),
    "ruling_deduct": replace(FACTS, measures=(replace(FREEZE, action="划拨", months=None),)),
    "ruling_correction": replace(
        FACTS, inputs={"corrections": [{"wrong": "林列一", "right": "林例一"}]}, told={"corrected_on": date(2017, 7, 20)},
    ),
    "ruling_reauction": replace(
        FACTS, measures=(), inputs={"lot": "位于黄流镇某某路8号的房屋一套", "buyer": "符样本", "price": 268_000_00, "deposit": 30_000_00},
        told={**NOTICED, "sold_at_auction_on": date(2017, 7, 20)},
    ),
    "decision_detention": replace(
        FACTS,
        inputs={
            "days": 15, "ground": "refuse", "found_facts": "林例一名下有可供履行的收入，经通知仍不履行",
            "reasoning": "林例一有能力履行而拒不履行生效法律文书确定的义务，应予拘留",
        },
    ),
    "order_consumption": FACTS,
    "order_property_report": replace(FACTS, inputs={"days": 5}),
    "decision_extend": replace(
        FACTS, told={"closing_end": date(2018, 1, 3), "extended_to": date(2018, 4, 3), "extension_months": 3, "extension_applied_on": date(2017, 7, 31)},
        inputs={"special": "查封的房屋正在评估，尚待拍卖"},
    ),
    "notice_execution": FACTS,
    "notice_assist_deposit": replace(FACTS, addressee=AddresseeFacts("某某银行乐东支行")),
    "ruling_seize": replace(FACTS, measures=(CAR,)),
    "ruling_freeze_right": replace(FACTS, measures=(SHARES,)),
    "ruling_income": replace(FACTS, measures=(WAGES,), inputs={"withheld_from": "2017年9月"}),
    "notice_assist": replace(FACTS, measures=(CAR,), addressee=AddresseeFacts(CAR.institution)),
    "notice_assist_query": replace(FACTS, measures=(), target=MAN, addressee=AddresseeFacts("某某银行乐东支行"), inputs={"targets": "银行账户、存款"}),
    "ruling_tnr": replace(FACTS, told={**NOTICED, "tnr": ROUND}),
    "letter_vehicle_watch": replace(
        FACTS, measures=(replace(CAR, ruling_no=CASE_NO, ruled_on=DAY),), addressee=AddresseeFacts("乐东黎族自治县公安局交通警察大队"),
        inputs={"on_duty": "执行局值班员 0898-85520000"},
    ),
    "ann_seizure": replace(FACTS, measures=(SEIZED,)),
    "letter_judicial_advice": replace(
        FACTS, measures=(), addressee=AddresseeFacts("某某果业有限公司"),
        inputs={"problem": "你单位未按协助执行通知书的要求扣留被执行人的收入", "advice": [{"text": "指定专人办理协助执行事项"}]},
    ),
    "summons": replace(FACTS, measures=(), target=MAN, inputs=SUMMONED),
    "list_seized": replace(FACTS, held=(replace(CAR, measure_word="查封"),)),
    "label_service": FACTS,
    "receipt_service": FACTS,
    "record_inquiry": FACTS,
    "form_tnr_check": FACTS,
    "receipt_money": FACTS,
    "form_pay_in": FACTS,
    "form_measure": FACTS,
    "form_paper_request": replace(FACTS, approval=replace(APPROVAL, code="A7K2-9QF4-M3TX", party="林例一", amount="50000元", printed_on="2017年8月1日")),
}  # fmt: skip


@cache
def book() -> LawBook:
    """The law as shipped."""
    return load_law(RESOURCES / "law")


@cache
def authority() -> AuthorityTable:
    """The approval table as shipped."""
    return load_authority(RESOURCES / "law")


def hold_to_law(shelf: Catalogue) -> Catalogue:
    """A catalogue, held to the law's data as at the program's start."""
    shelf.require_law(authority().data.matters.__contains__, partial(is_token, book()), book().values.__contains__)
    return shelf


def make(type_id: str, facts: Facts | None = None, on: date = DAY) -> Content:
    """A document of ``type_id`` from ``facts``, by default those that fit the type."""
    shelf = catalogue()
    return assemble(shelf.type(type_id), shelf.text(type_id, on), facts or NEEDED[type_id], book(), on)


def lines(content: Content, place: str = "body") -> list[str]:
    """The paragraphs and rows of a place as plain lines."""
    found = []
    for block in getattr(content, place):
        if isinstance(block, ContentTable):
            found += ["|".join(cell.text for cell in row) for row in block.rows]
        elif isinstance(block, (Paragraph, CutLine)):
            found.append(block.text)
    return found
