"""Figures of the book in Chinese words, for sheets that a person reads."""

from __future__ import annotations

from typing import Any

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
    "start_date + days": "起始日加拘留天数",
    "when_it_becomes_effective": "自生效之日",
}  # fmt: skip


def figure_of(value: DatedValue) -> str:
    """The figure in Chinese words: 12个月, 四舍五入到分, tiers in one line."""
    figure: Any = value.value
    if isinstance(figure, str) and figure in RULES:
        return RULES[figure]
    if isinstance(figure, list) and figure and isinstance(figure[0], dict):
        return "，".join(map(_tier, figure))
    if isinstance(figure, dict):
        return "；".join(item if key.isascii() and key.isalpha() else f"{key}：{item}" for key, item in figure.items())
    return UNITS[value.unit].say(figure)


def _tier(tier: dict[str, Any]) -> str:
    bounds = f"超过{tier['over']}元" if "over" in tier else ""
    bounds += f"至{tier['upto']}元" if "over" in tier and "upto" in tier else ""
    bounds = bounds or f"不超过{tier['upto']}元"
    return f"{bounds}的{tier['flat']}元" if "flat" in tier else f"{bounds}的部分×{tier['rate']}"
