"""Figures of the book in Chinese words, for sheets that a person reads."""

from __future__ import annotations

from typing import Any

from execdesk.law.money import percent_text
from execdesk.law.units import UNITS
from execdesk.law.values import DatedValue

RULES = {
    "add_months(decision_date,n) minus 1 day": "自决定之日起满n个月的前一日",
    "add_months(start,n) minus 1 day": "自起始日满n个月的前一日",
    "amount_actually_executed_or_claimed": "实际执行或者申请执行的金额",
    "anniversary_minus_one_day": "起始日计入，期满之日为对应日的前一日",
    "auction_start_date − announcement_date ≥ N": "公告日至拍卖日相隔不少于规定天数",
    "automatic_continuous": "自动转为执行措施，期限连续计算",
    "as_fixed_by_document": "依生效法律文书确定的方法计算，未确定的不计",
    "count only workdays after the trigger day (make-up workdays count)": "自次日起只数工作日，调休上班日计入",
    "daily 0.000175 in that currency; CNY at mid-rate of the START day if applicant elects":
        "以该币种按同一日利率计算；申请执行人选择折合人民币的，按起算之日的中间价折算",
    "day_after_old_end": "原期限届满的次日",
    "elapsed_from_recorded_arrival": "自记录的到达时刻起算",
    "floor_to_fen_then_largest_remainder; tie → earlier control/claim order": "先舍至分，余分按余数大小补足；相同的在先者优先",
    "half_up_to_fen": "四舍五入到分",
    "half_of_first_term": "不超过首次期限的二分之一",
    "panel_and_president_or_applicant_signature": "申请执行人签字确认，或者合议庭审查核实并经院长批准",
    "payment_date_minus_period_end_date": "自履行期间届满次日起至给付之日",
    "repaid_debt × PBC_same_period_loan_benchmark × 2 × delay_period": "清偿的金钱债务×同期贷款基准利率×2×迟延履行期间",
    "round_half_up_to_fen_at_each_segment_end": "各段保留全部精度，合计四舍五入到分",
    "same_as_first_term": "不超过首次期限的上限",
    "same_numbered_day_else_month_end": "至对应日，没有对应日的至月末",
    "admission_date + days": "收拘之日加拘留天数",
    "admission_day_plus_days_leave_not_counted": "自收拘之日起按日计算，请假不计入",
    "when_it_becomes_effective": "自生效之日",
    "deposit_forfeit": "保证金不予退还",
    "start_price_of_failed_round": "流拍的那一次拍卖的起拍价",
    "per court × year × type code": "按法院、年度、类型代字分别编号",
    "first document of a type: bare number; second: 之一; third: 之二 …": "同案同类文书的第一份用案号本身，第二份加「之一」，第三份加「之二」，依次类推",
    "结案通知书/执行完毕 (裁定 not required when no measure to lift)": "结案通知书（执行完毕；没有措施须解除的，不必作裁定）",
    "on_service_of_ruling_and_assistance_notice": "自裁定和协助执行通知书送达时",
    "ruling": "裁定书",
    "clamp_to_month_end": "没有对应日的至月末",
    "add_months(filing,6|3) + excluded days (inclusive) ; no roll": "自立案之日起满六个月或者三个月，加扣除的日数（首尾都算），不因休息日顺延",
    "with_execution_notice": "与执行通知同时",
    "closing.money": "执行期限",
    "closing.non_litigation": "非诉执行期限",
    "closing.criminal_property": "刑事涉财执行期限",
    "same_number": "沿用原案号",
    "on_publication_in_credit_system": "自在国家企业信用信息公示系统公示时",
    "notice_published to result, both days, each round by itself": "自公告发布至有结果之日，首尾都算，各次分别计算",
    "resumption_of_a_suspended_case": "中止执行的案件恢复执行",
    "parties_agree_else_court": "当事人协商负担，协商不成由法院决定",
    "none_from_organ_costs_from_debtor_proceeds_to_treasury": "行政机关不缴申请费，执行费用由被执行人承担，所得价款上缴国库",
    "immediate": "立即",
    "积极履行或主动纠正失信行为, court may decide": "积极履行或者主动纠正失信行为的，可以决定提前删除",
    "debtor_after_execution": "由被执行人负担，执行后交纳",
    "day_after_period_end": "履行期间届满的次日",
    "民事强制执行法: 2022-06 first reading; not in force as of 2026-11 as far as found": "民事强制执行法：2022年6月一审，至2026年11月未见施行",
    "unit per fine.unit; main responsible persons per fine.individual; still refusing → detention; disciplinary advice to 监察机关": "对单位按单位罚款，对主要负责人、直接责任人员按个人罚款；仍不协助的可以拘留，并可以向监察机关提出处分的司法建议",
    "（{year}）{court}{type}{seq}号": "（年度）法院代字、类型代字、编号、号，如（2017）琼9027执123号",
    "（{year}）乐执字第{seq}号": "（年度）乐执字第编号号，如（2014）乐执字第15号",
    "网络司法拍卖: 2024-10/11 SPC guiding opinion on online auction": "网络司法拍卖：最高人民法院2024年10月至11月的指导意见",
    "失信/限高: 法发〔2019〕35号 善意文明执行意见 (grace period, term on restriction correction 15d/10d)": "失信、限高：法发〔2019〕35号善意文明执行意见（宽限期；纠正申请十五日、十日内处理）",
}  # fmt: skip
PARTS = {
    "deduct_or_withdraw": "划拨、提取的", "auction_sale_in_kind": "拍卖、变卖、抵债的", "other_conversion": "以其他方式变价的", "money": "金钱",
    "act_delivery": "行为、交付", "criminal_property": "刑事涉财", "admin_nonlit": "非诉行政", "transferred": "移送",
}  # fmt: skip


def figure_of(value: DatedValue) -> str:
    """The figure in Chinese words: 12个月, 四舍五入到分, tiers in one line."""
    figure: Any = value.value
    if isinstance(figure, str) and figure in RULES:
        return RULES[figure]
    if isinstance(figure, list) and figure and isinstance(figure[0], dict):
        return "，".join(map(_tier, figure))
    if isinstance(figure, dict):
        return "；".join(_part(key, RULES.get(str(item), str(item))) for key, item in figure.items())
    if isinstance(figure, list):
        figure = [RULES.get(item, item) if isinstance(item, str) else item for item in figure]
    return UNITS[value.unit].say(figure)


def _part(key: str, words: str) -> str:
    """One entry of a table, with the name of its key where that is one for people."""
    return words if key.isascii() and key.isalpha() and key not in PARTS else f"{PARTS.get(key, key)}：{words}"


def _tier(tier: dict[str, Any]) -> str:
    bounds = f"超过{tier['over']}元" if "over" in tier else ""
    bounds += f"至{tier['upto']}元" if "over" in tier and "upto" in tier else ""
    bounds = bounds or f"不超过{tier['upto']}元"
    return f"{bounds}的{tier['flat']}元" if "flat" in tier else f"{bounds}的部分×{percent_text(tier['rate'])}"
