"""What article 6 and its neighbours give to whom, written down from the plan's sentences; never copied from the data.

Each line: the matter; ``panel`` other than none; who must sign besides by statute; whether a delegate needs a letter naming it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

CONTROL = "采取查询、查封、冻结、扣押、扣划等查控措施"
DISHONEST = "将被执行人列入失信被执行人名单"
EXIT = "对被执行人采取限制出境措施"
DISPOSE = "对被执行人的财产采取拍卖、变卖等处置性措施"
APPRAISE = "对查控的财产办理委托鉴定、评估、审计等事项"
APPLICANT = "变更申请执行人"
REST_JUDGE = "其他不属于院长或分管院领导、执行局局长审批的事项"
IN_KIND = "对被执行人的财产采取抵债处置性措施"
RELEASE = "解除查封、扣押、冻结等查控措施"
CHANGE = "因并案执行、工作调整等决定变更合议庭成员及承办人"
MERGE = "合并执行、对外委托执行"
DEFER = "暂缓执行、中止执行、终结执行"
SPECIAL_LIST = "将特殊主体纳入失信被执行人名单"
SPECIAL_EXIT = "对特殊主体采取限制出境措施"
CLOSING = "结案审批"
REST_DIRECTOR = "其他不属于院长或分管院领导审批的事项"
RECUSAL = "审判人员的回避"
EXTEND = "执行案件须延长执行期限"
URGENT = "因情况紧急，为保障公共安全，行政机关申请法院立即执行的案件"
WARRANTS = "签发搜查令、限制高消费令及强制迁出房屋或强制退出土地的公告"
COERCE = "对被执行人采取拘传、拘留等强制措施及罚款"
THIS_ROUND = "裁定终结本次执行程序等"
REVIEW = "执行异议、复议、申诉、请示、协调以及决定执行管辖权的移转等事项的案件，均由审判事务管理办公室审查和办理"
REVIEW_BY_NATURE = "需要通过审判权来审查和处理的执行异议、申诉等事项的案件"
SUITS = "案外人执行异议之诉、申请执行人执行异议之诉、执行分配方案之诉、代位析产之诉等涉执行的诉讼案件"
PANEL = "提请执行局长指定组成合议庭讨论决定"
DISPATCH = "执行局负责派驻警员执行实施工作的任务派遣、出差审批、业务指导"

PRESIDENT = "院长"
VICE = "president_or_authorised_vice"


@dataclass(frozen=True)
class Expected:
    """One matter as the plan and statute have it."""

    name: str
    level: str
    article: str
    phrase: str
    panel: str = "none"
    signer: str = ""
    reserved: bool = False


# level | article | phrase → matters; after a name: a panel word, 签 president signs, 副 president or a vice signs, 批 director or leader signs, 留 a letter must name it
PLAN: dict[tuple[str, str, str], str] = {
    ("judge", "第6条第二款", CONTROL): "查询财产；查封；扣押；冻结存款；冻结股权、投资权益、到期债权等其他财产权；扣划（划拨）；扣留、提取收入；续行查封、扣押、冻结；轮候查封、扣押、冻结",
    ("judge", "第6条第二款", DISHONEST): "纳入失信被执行人名单（一般主体） 签",
    ("judge", "第6条第二款", EXIT): "限制出境（一般主体）",
    ("judge", "第6条第二款", DISPOSE): "拍卖 required；变卖 usual；确认拍卖（变卖）成交；悔拍后重新拍卖 usual；强制管理/交申请执行人管理 usual",
    ("judge", "第6条第二款", APPRAISE): "委托鉴定；委托评估/确定参考价；委托审计",
    ("judge", "第6条第二款", APPLICANT): "变更申请执行人 conditional",
    ("judge", "第6条第二款", REST_JUDGE): (
        "发出执行通知书；发出报告财产令；传唤（传票）；现场调查、询问；协助执行（含产权证照转移）；通知第三人履行到期债务；"
        "强制执行第三人到期债权 conditional；发布悬赏公告；媒体公布不履行信息；恢复执行；删除、撤销、更正失信信息（一般主体） 签；"
        "解除限制出境（一般主体）；代履行；禁止转让知识产权；执行担保财产、保证人财产；执行回转 conditional；"
        "裁定协助义务人承担责任 conditional；制作财产分配方案 conditional；驳回执行申请/不予受理/销案 conditional；补正裁定；"
        "翻译、鉴定、勘验人员的回避"
    ),
    ("director", "第6条第三款", IN_KIND): "以物抵债 usual",
    ("director", "第6条第三款", RELEASE): "解除查封；解除扣押；解除冻结；解除其他查控措施",
    ("director", "第6条第三款", CHANGE): "变更合议庭成员；变更承办人",
    ("director", "第6条第三款", MERGE): "合并执行（并案）；对外委托执行",
    ("director", "第6条第三款", DEFER): "暂缓执行 conditional；中止执行 conditional；终结执行 usual",
    ("director", "第6条第三款", SPECIAL_LIST): "特殊主体纳入失信名单 签",
    ("director", "第6条第三款", SPECIAL_EXIT): "特殊主体限制出境",
    ("director", "第6条第三款", CLOSING): "结案审批",
    ("director", "第6条第三款", REST_DIRECTOR): (
        "司法建议；移送追究拒执犯罪 usual；执行款发放审批 批；延缓发放执行款 批；移送/商请移送处置权；移送破产审查 usual；"
        "解除特殊主体限制出境；删除特殊主体失信信息 签；执行款提存；撤回拍卖、变卖场次；申请执行费缓交、减交、免交"
    ),
    (VICE, "第6条第四款", RECUSAL): "审判人员的回避 签；执行员、书记员的回避 签",
    (VICE, "第6条第四款", EXTEND): "延长执行期限 副",
    (VICE, "第6条第四款", URGENT): "行政机关紧急申请立即执行 required 签",
    (VICE, "第6条第四款", WARRANTS): "签发搜查令 签；签发限制消费令 签；解除限制消费令 签；限制消费单次准许 留；签发强制迁出房屋公告 签；签发强制退出土地公告 签",
    (VICE, "第6条第四款", COERCE): "拘传 签；拘留 签；罚款 签；提前解除拘留 签；紧急拘留补办批准 签；被拘留人请假出所 留；训诫以外的其他强制措施",
    (VICE, "第6条第四款", THIS_ROUND): "终结本次执行程序 conditional 签",
    ("adjudication_committee", "第6条第四款", RECUSAL): "院长的回避",
    ("review_office", "第1条", SUITS): "涉执行诉讼 required",
    ("review_office", "第1条", REVIEW): (
        "执行行为异议审查 required；案外人异议审查 required；申诉（执行监督） required；请示 required；协调 required；"
        "执行管辖权移转（提级、指定） required；复议 required"
    ),
    ("review_office", "第1条", REVIEW_BY_NATURE): (
        "变更、追加被执行人 required；不予执行（仲裁裁决、公证债权文书、行政决定） required；执行管辖异议 required"
    ),
    ("judge", "第2条", "执行实施案件由本院执行局法官办理"): "办理执行实施案件",
    ("judge", "第2条", "承办法官按照司法责任制审签批准执行行为的裁定书、决定书等法律文书"): "审签裁定书、决定书",
    ("officer", "第2条", "由执行员在承办法官主导下协同完成"): "财产调查、控制、处分、交付和分配以及罚款、拘留的具体实施",
    ("judge", "第4条", "对执行员办理具体执行事项予以业务上的监督"): "对执行员业务监督",
    ("officer", "第4条", "依照裁定书、决定书办理具体执行事项，具体实施执行行为"): "执行员依裁定书、决定书办理具体执行事项",
    ("bureau", "第3条", "将执行局人员划分为两个执行组"): "分组分区",
    ("all", "第8条", "院长、分管院领导、执行局长、法官对所签发和签署的法律文书及办理的案件承担司法责任"): "司法责任",
    ("panel", "第5条", PANEL): "重大执行事项合议 required",
    ("director", "第5条", PANEL): "指定合议庭",
    ("judges_meeting", "第5条", "承办法官可以就重大影响、争议较大的执行问题提请召开法官会议"): "法官会议",
    ("adjudication_committee", "第5条", "按照规定程序报请审判委员会讨论决定"): "报审判委员会",
    ("bureau", "第7条", DISPATCH): "派驻警员任务派遣；派驻警员出差审批；派驻警员业务指导",
    ("bureau", "第7条", "根据执行局提供的业绩评价意见进行绩效考核"): "业绩评价意见",
    ("police_brigade", "第7条", "法警大队负责派驻警员的警察业务培训和考核达标"): "警务培训和考核达标",
}  # fmt: skip

# The two catch-alls of judge and director, and the open end of the president's list: reasons, never matters.
CATCH_ALLS = {
    "执行法官兜底": ("judge", "6.2", REST_JUDGE),
    "执行局局长兜底": ("director", "6.3", REST_DIRECTOR),
    "院长事项「等」": (VICE, "6.4", THIS_ROUND),
}

# Whose post lets him decide at a level: article 6 for the three levels, articles 1, 2, 4 and 7 for the others; a body has no one post.
# A director and his deputy who undertake a case are its judges (article 3); article 4 names the four of 执行员.
POSTS = {
    "执行法官": {"执行法官", "执行局局长", "执行局副局长"}, "执行局局长": {"执行局局长"}, "院长或院长授权的副院长": {"院长", "副院长"},
    "审判事务管理办公室": {"审判事务管理办公室人员"}, "执行局": {"执行局局长"}, "司法警察大队": {"司法警察大队长"},
    "执行员": {"书记员", "法官助理", "协警", "司法警察"},
    "合议庭": set(), "法官会议": set(), "审判委员会": set(), "院长、分管院领导、执行局局长、法官": set(),
}  # fmt: skip

# Who decides where the plan names only the bureau (article 7); the reference has the director.
APPROVERS = dict.fromkeys(("派驻警员任务派遣", "派驻警员出差审批", "业绩评价意见"), "director")

SIGNERS = {"签": "president", "副": "president_or_vice", "批": "director_or_leader"}
# Agreed in the court, in no list of the plan; from the plan's first day.
AGREED = {"执行款提存", "撤回拍卖、变卖场次", "申请执行费缓交、减交、免交", "限制消费单次准许", "被拘留人请假出所"}
DEPUTY = "县级以上人大代表：签发前须经本级人大主席团或者闭会期间的常务委员会许可；乡镇人大代表：执行后立即报告该级人大。"
COUNTY = "对县级以上人大代表采取拘留措施的许可（本级人大主席团或者闭会期间的常务委员会"
# Who is the subject of a detention → the permit from outside the court without which nothing is issued.
PERMITS = {"人大代表": (COUNTY + "；属乡镇人大代表的，写明立即报告的安排）",), "县级以上人大代表": (COUNTY + "）",)}
TOLD = "告知院长，不须院长签发。"

# matter, subject, circumstances → the matter it becomes, its level, words that must stand in ``extra``
MOVES = [
    ("纳入失信被执行人名单（一般主体）", "国家工作人员", (), "特殊主体纳入失信名单", "director", ""),
    ("限制出境（一般主体）", "国有企业", (), "特殊主体限制出境", "director", ""),
    ("删除、撤销、更正失信信息（一般主体）", "政协委员", (), "删除特殊主体失信信息", "director", ""),
    ("解除限制出境（一般主体）", "事业单位", (), "解除特殊主体限制出境", "director", ""),
    ("拘留", "人大代表", (), "拘留", VICE, DEPUTY),
    ("拘留", "人大代表", ("urgent_on_scene",), "紧急拘留补办批准", VICE, DEPUTY),
    ("拘留", "县级以上人大代表", (), "拘留", VICE, "签发前须经本级人大主席团或者闭会期间的常务委员会许可。"),
    ("拘留", "乡镇人大代表", (), "拘留", VICE, "乡镇人大代表：执行后立即报告该级人大。"),
    ("拘留", "政协委员", (), "拘留", VICE, "通报所在政协组织（实务）。"),
    ("纳入失信被执行人名单（一般主体）", "国家机关", (), "特殊主体纳入失信名单", "director", "各级地方政府（不含部门）纳入前，须向最高人民法院备案。"),
    ("特殊主体纳入失信名单", "国家机关", (), "特殊主体纳入失信名单", "director", "各级地方政府（不含部门）纳入前，须向最高人民法院备案。"),
    ("删除、撤销、更正失信信息（一般主体）", "一般主体", ("duty",), "删除、撤销、更正失信信息（一般主体）", "director", TOLD),
    ("删除、撤销、更正失信信息（一般主体）", "国有企业", ("duty",), "删除特殊主体失信信息", "director", TOLD),
    ("删除特殊主体失信信息", "一般主体", ("duty",), "删除特殊主体失信信息", "director", TOLD),
    ("解除限制消费令", "一般主体", ("duty",), "解除限制消费令", "director", TOLD),
    ("终结本次执行程序", "一般主体", ("applicant_signed",), "终结本次执行程序", VICE, "申请执行人签字确认的，法律不另要求院长签发。"),
    ("终结执行", "一般主体", ("no_property_found", "applicant_signed"), "终结本次执行程序", VICE, "申请执行人签字确认的，法律不另要求院长签发。"),
    ("变卖", "一般主体", ("result=creditor_takes",), "以物抵债", "director", ""),
    ("确认拍卖（变卖）成交", "一般主体", ("result=creditor_takes",), "以物抵债", "director", ""),
    ("悔拍后重新拍卖", "一般主体", ("result=creditor_takes",), "以物抵债", "director", ""),
    ("强制管理/交申请执行人管理", "一般主体", ("result=creditor_takes",), "以物抵债", "director", ""),
    ("拘留", "国家工作人员", (), "拘留", VICE, ""),
    ("罚款", "国家机关", (), "罚款", VICE, "通报所在单位或者上级单位（实务）。"),
    ("查封", "国家机关", (), "查封", "judge", "方案没有改变层级。"),
    ("拘留", "一般主体", ("urgent_on_scene",), "紧急拘留补办批准", VICE, ""),
    ("变更承办人", "一般主体", ("reason=回避",), "审判人员的回避", VICE, ""),
    ("变更承办人", "一般主体", ("reason=回避", "person=president"), "院长的回避", "adjudication_committee", ""),
    ("审判人员的回避", "一般主体", ("person=president",), "院长的回避", "adjudication_committee", ""),
    ("审判人员的回避", "一般主体", ("person=officer",), "执行员、书记员的回避", VICE, ""),
    ("审判人员的回避", "一般主体", ("person=assistant",), "翻译、鉴定、勘验人员的回避", "judge", ""),
    ("拍卖", "一般主体", ("result=creditor_takes",), "以物抵债", "director", ""),
    ("终结执行", "一般主体", ("no_property_found",), "终结本次执行程序", VICE, ""),
    ("变卖", "一般主体", ("result=third_party_buys",), "变卖", "judge", ""),
    ("变更申请执行人", "一般主体", ("target=debtor",), "变更、追加被执行人", "review_office", ""),
    ("委托评估/确定参考价", "一般主体", ("entrusted_body=court",), "对外委托执行", "director", ""),
    ("传唤（传票）", "一般主体", ("compulsory",), "拘传", VICE, ""),
]  # fmt: skip
# Where nobody signs for 院长 although the matter asks for him; elsewhere the signer is the matter's own.
UNSIGNED = {("duty",), ("applicant_signed",), ("no_property_found", "applicant_signed")}


def expected() -> Iterator[Expected]:
    """Every matter of :data:`PLAN`."""
    for (level, article, phrase), names in PLAN.items():
        for entry in names.split("；"):
            name, *marks = entry.split()
            panel = next((mark for mark in marks if mark in {"usual", "required", "conditional"}), "none")
            signer = next((who for mark, who in SIGNERS.items() if mark in marks), "")
            yield Expected(name, level, article, phrase, panel, signer, "签" in marks or "留" in marks)
