"""Every phrase of article 6 of the plan, and the names people use, find their matter: asked the way command and window ask."""

from __future__ import annotations

import re
from datetime import date

import pytest

from execdesk.law.plan import clause_words
from execdesk.law.refusal import Refusal
from tests.law.plan_levels import REST_DIRECTOR, REST_JUDGE, VICE
from tests.law.support import table

ON = date(2017, 9, 1)
REASON = "是兜底条款"  # a reason, never a matter

# A phrase of the list → the matters it means, in the plan's words; all of them at the list's level and from its paragraph.
JUDGE = {
    "查询": "查询财产", "查封": "查封", "冻结": "冻结存款；冻结股权、投资权益、到期债权等其他财产权", "扣押": "扣押", "扣划": "扣划（划拨）",
    "将被执行人列入失信被执行人名单": "纳入失信被执行人名单（一般主体）", "对被执行人采取限制出境措施": "限制出境（一般主体）",
    "拍卖": "拍卖", "变卖": "变卖", "处置性措施": "拍卖；变卖", "鉴定": "委托鉴定", "评估": "委托评估/确定参考价", "审计": "委托审计",
    "变更申请执行人": "变更申请执行人", REST_JUDGE: REASON,
}  # fmt: skip
DIRECTOR = {
    "对被执行人的财产采取抵债处置性措施": "以物抵债", "解除查封": "解除查封", "解除扣押": "解除扣押", "解除冻结": "解除冻结",
    "解除查控措施": "解除其他查控措施", "变更合议庭成员": "变更合议庭成员", "变更承办人": "变更承办人", "合并执行": "合并执行（并案）",
    "对外委托执行": "对外委托执行", "暂缓执行": "暂缓执行", "中止执行": "中止执行", "终结执行": "终结执行",
    "将特殊主体纳入失信被执行人名单": "特殊主体纳入失信名单", "对特殊主体采取限制出境措施": "特殊主体限制出境", "结案审批": "结案审批", REST_DIRECTOR: REASON,
}  # fmt: skip
PRESIDENT = {
    "审判人员的回避": "审判人员的回避", "执行案件须延长执行期限": "延长执行期限",
    "因情况紧急，为保障公共安全，行政机关申请法院立即执行的案件": "行政机关紧急申请立即执行", "签发搜查令": "签发搜查令",
    "限制高消费令": "签发限制消费令", "强制迁出房屋的公告": "签发强制迁出房屋公告", "强制退出土地的公告": "签发强制退出土地公告",
    "拘传": "拘传", "拘留": "拘留", "强制措施": "拘传；拘留；罚款", "罚款": "罚款", "裁定终结本次执行程序": "终结本次执行程序",
}  # fmt: skip
PHRASES = [(phrase, names, level, article) for level, article, listed in (("judge", "6.2", JUDGE), ("director", "6.3", DIRECTOR), (VICE, "6.4", PRESIDENT))
           for phrase, names in listed.items()]  # fmt: skip
SENTENCES = {
    "6.2": [("查询财产；查封；扣押；冻结存款；冻结股权、投资权益、到期债权等其他财产权；扣划（划拨）"), "纳入失信被执行人名单（一般主体）",
            "限制出境（一般主体）", "拍卖；变卖", "委托鉴定；委托评估/确定参考价；委托审计", "变更申请执行人", REASON],
    "6.3": ["以物抵债", "解除查封；解除扣押；解除冻结", "变更合议庭成员；变更承办人", "合并执行（并案）；对外委托执行", "暂缓执行；中止执行；终结执行",
            "特殊主体纳入失信名单", "特殊主体限制出境", "结案审批", REASON],
    "6.4": ["审判人员的回避", "延长执行期限", "行政机关紧急申请立即执行", "签发搜查令；签发限制消费令；签发强制迁出房屋公告；签发强制退出土地公告",
            "拘传；拘留；罚款", "终结本次执行程序"],
}  # fmt: skip

# What is said in the corridors → the matter and its level.
EVERYDAY = [line.split() for line in """
终本 终结本次执行程序 V
裁定终本 终结本次执行程序 V
限高 签发限制消费令 V
限高令 签发限制消费令 V
限消 签发限制消费令 V
限制消费令 签发限制消费令 V
解除限高 解除限制消费令 V
单次准许 限制消费单次准许 V
司法拘留 拘留 V
拘留决定书 拘留 V
拘留请假 被拘留人请假出所 V
提前解除司法拘留 提前解除拘留 V
先行拘留 紧急拘留补办批准 V
强制拘传 拘传 V
司法罚款 罚款 V
搜查 签发搜查令 V
搜查令 签发搜查令 V
腾房 签发强制迁出房屋公告 V
腾退 签发强制迁出房屋公告 V
退地 签发强制退出土地公告 V
延期 延长执行期限 V
回避 审判人员的回避 V
续封 续行查封、扣押、冻结 judge
续冻 续行查封、扣押、冻结 judge
轮候 轮候查封、扣押、冻结 judge
轮候查封 轮候查封、扣押、冻结 judge
网络查控 查询财产 judge
扣划 扣划（划拨） judge
划拨存款 扣划（划拨） judge
扣工资 扣留、提取收入 judge
冻结账户 冻结存款 judge
冻结股权 冻结股权、投资权益、到期债权等其他财产权 judge
扣车 扣押 judge
失信 纳入失信被执行人名单（一般主体） judge
列失信 纳入失信被执行人名单（一般主体） judge
黑名单 纳入失信被执行人名单（一般主体） judge
边控 限制出境（一般主体） judge
网拍 拍卖 judge
司法拍卖 拍卖 judge
网络变卖 变卖 judge
成交裁定 确认拍卖（变卖）成交 judge
悔拍 悔拍后重新拍卖 judge
强制管理 强制管理/交申请执行人管理 judge
询价 委托评估/确定参考价 judge
定价 委托评估/确定参考价 judge
司法鉴定 委托鉴定 judge
债权转让变更 变更申请执行人 judge
执行通知书 发出执行通知书 judge
报告财产令 发出报告财产令 judge
传票 传唤（传票） judge
谈话 现场调查、询问 judge
过户 协助执行（含产权证照转移） judge
到期债权 通知第三人履行到期债务 judge
悬赏 发布悬赏公告 judge
曝光 媒体公布不履行信息 judge
恢复 恢复执行 judge
执恢 恢复执行 judge
删除失信 删除、撤销、更正失信信息（一般主体） judge
撤控 解除限制出境（一般主体） judge
代为履行 代履行 judge
回转 执行回转 judge
分配方案 制作财产分配方案 judge
参与分配 制作财产分配方案 judge
销案 驳回执行申请/不予受理/销案 judge
补正 补正裁定 judge
以房抵债 以物抵债 director
抵债 以物抵债 director
解封 解除查封 director
解冻 解除冻结 director
解除查控 解除其他查控措施 director
并案 合并执行（并案） director
委托外地法院 对外委托执行 director
换承办人 变更承办人 director
暂缓 暂缓执行 director
中止 中止执行 director
终结 终结执行 director
报结 结案审批 director
结案 结案审批 director
司法建议书 司法建议 director
拒执罪 移送追究拒执犯罪 director
移送公安 移送追究拒执犯罪 director
发款 执行款发放审批 director
退款 执行款发放审批 director
缓发案款 延缓发放执行款 director
提存 执行款提存 director
撤拍 撤回拍卖、变卖场次 director
免交执行费 申请执行费缓交、减交、免交 director
商请移送 移送/商请移送处置权 director
执转破 移送破产审查 director
案外人异议 案外人异议审查 review_office
行为异议 执行行为异议审查 review_office
追加被执行人 变更、追加被执行人 review_office
追加股东 变更、追加被执行人 review_office
管辖权异议 执行管辖异议 review_office
不予执行 不予执行（仲裁裁决、公证债权文书、行政决定） review_office
执行监督 申诉（执行监督） review_office
案外人执行异议之诉 涉执行诉讼 review_office
代位析产之诉 涉执行诉讼 review_office
执行复议 复议 review_office
派警 派驻警员任务派遣 bureau
出差 派驻警员出差审批 bureau
审委会 报审判委员会 adjudication_committee
合议 重大执行事项合议 panel
""".strip().splitlines()]  # fmt: skip


def meant(text: str) -> list[tuple[str, str, bool]]:
    """Name, level and declared conflict of each matter that ``text`` means."""
    return [(ruling.name, ruling.level, ruling.conflict) for ruling in table().ask(text, on=ON)]


@pytest.mark.parametrize(("phrase", "names", "level", "article"), PHRASES, ids=[row[0] for row in PHRASES])
def test_a_phrase_of_article_six(phrase: str, names: str, level: str, article: str) -> None:
    if names == REASON:
        with pytest.raises(Refusal, match=REASON):
            table().ask(phrase, on=ON)
        return
    assert meant(phrase) == [(name, level, False) for name in names.split("；")]
    assert {ruling.article for ruling in table().ask(phrase, on=ON)} == {clause_words(article)}


@pytest.mark.parametrize("article", SENTENCES)
def test_a_whole_sentence_of_article_six(article: str) -> None:
    """The plan's own sentences, read from its text: each means the matters it lists, and no other."""
    _, sentences = table().plan.clause(article).split("：")
    for sentence, names in zip(filter(None, sentences.rstrip("。").split("；")), SENTENCES[article], strict=True):
        found = table().find(sentence)
        if names == REASON:
            assert [row.catch_all for row in found] == [True]
        else:
            assert [row.name for row in found] == names.split("；"), sentence


def test_the_phrases_make_up_the_article() -> None:
    """Nothing of the three lists is left out: their words, joined, hold every character of the article's paragraphs."""
    for article, listed in (("6.2", JUDGE), ("6.3", DIRECTOR), ("6.4", PRESIDENT)):
        _, text = table().plan.clause(article).split("：")
        rest = text
        for phrase in sorted((part for each in listed for part in (each, each.removeprefix("解除"), each.removeprefix("变更"))), key=len, reverse=True):
            rest = rest.replace(phrase, "")
        rest = re.sub("采取|等查控措施|对被执行人|的财产|对查控|办理|委托|事项|因并案执行|工作调整|决定|签发|房屋|土地|公告|强制迁出|强制退出", "", rest)
        assert re.sub(r"[、；。等或及的财产对变更]", "", rest) == "", rest


@pytest.mark.parametrize(("word", "name", "level"), EVERYDAY, ids=[row[0] for row in EVERYDAY])
def test_an_everyday_name(word: str, name: str, level: str) -> None:
    assert meant(word) == [(name, VICE if level == "V" else level, False)]


@pytest.mark.parametrize("text", [
    "执行异议", "复议", "申诉", "请示", "协调", "执行管辖权的移转", "案外人执行异议之诉", "申请执行人执行异议之诉", "执行分配方案之诉", "代位析产之诉",
])  # fmt: skip
def test_what_article_one_gives_to_the_review_office(text: str) -> None:
    for ruling in table().ask(text, on=ON):
        assert (ruling.level, ruling.article, ruling.conflict) == ("review_office", "第1条", False)
        assert "由审判事务管理办公室审查办理：乐法〔2017〕33号第1条「" in ruling.reason
        assert ruling.reason.endswith("不由执行局审批，请移送审判事务管理办公室。")


@pytest.mark.parametrize(("text", "names"), [
    ("解除查封、扣押", ["解除查封", "解除扣押"]), ("委托评估、审计", ["委托评估/确定参考价", "委托审计"]), ("拘传或者拘留", ["拘传", "拘留"]),
    ("对被执行人采取拘留措施", ["拘留"]), ("申请采取限制出境措施", ["限制出境（一般主体）"]), ("搜查令；搜查令", ["签发搜查令"]), (" 终 本 ", ["终结本次执行程序"]),
    ("关于申请对被执行人采取拘留措施事项的审批手续", ["拘留"]), ("拘留以及", ["拘留"]), ("以及种树", []), ("扣划（划拨）", ["扣划（划拨）"]), ("扣划(划拨)", ["扣划（划拨）"]), ("审判人员回避", ["审判人员的回避"]), ("拘留、种树", []), ("种树", []), ("", []), ("、", []), ("采取措施", []),
])  # fmt: skip
def test_how_words_are_taken(text: str, names: list[str]) -> None:
    assert [row.name for row in table().find(text)] == names


def test_every_name_of_every_matter_finds_it_and_none_hides_another() -> None:
    own = {row.name for row in table().data.matters.values()}
    for row in table().data.matters.values():
        assert table().find(row.id) == table().find(row.name) == (row,)
        for name in row.names:
            assert row in table().find(name), name
            assert name not in own, f"「{name}」是一个事项的名称，不能又是别名"


def test_every_way_of_disposal_goes_to_the_director_where_the_creditor_takes() -> None:
    ways = [row for row in table().choosable() if row.plan_phrase == "对被执行人的财产采取拍卖、变卖等处置性措施"]
    assert len(ways) > 4
    for row in ways:
        ruling = table().decide(row.id, on=ON, circumstances={"接受抵债"})
        assert (ruling.matter, ruling.level, ruling.asked) == ("in_kind_satisfaction", "director", row.id)
