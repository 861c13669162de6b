"""Chinese words for keys and rule names of the book, for sheets that a person reads."""

from __future__ import annotations

from typing import Any

from execdesk.law.nodetable import NODES
from execdesk.law.units import UNITS
from execdesk.law.values import DatedValue

NAMES = {
    "auction.announce.first.immovable": "首次拍卖公告（不动产、其他财产权）",
    "auction.announce.first.movable": "首次拍卖公告（动产）",
    "auction.announce.second.immovable": "再次拍卖公告（不动产、其他财产权）",
    "auction.announce.second.movable": "再次拍卖公告（动产）",
    "auction.deposit.ratio": "竞买保证金",
    "auction.notify_parties": "通知当事人和优先购买权人",
    "auction.panel_required": "须经合议庭评议的事项",
    "auction.second.max_cut": "再次拍卖最大降价幅度",
    "auction.second.within": "再次拍卖的期限",
    "auction.start_price.min_ratio": "起拍价下限",
    "auction.start_price.min_ratio_traditional": "首次保留价下限（委托拍卖）",
    "auction.start_price_traditional": "首次保留价（委托拍卖）",
    "auction.traditional.max_cut": "委托拍卖每次最大降价幅度",
    "case.closing.delegated_or_designated": "委托、指定执行后的结案方式",
    "case.resume_type": "恢复执行的案件类型",
    "control.expiry.convention": "控制期限的末日",
    "control.expiry.no_holiday_roll": "控制期限不因休息日顺延",
    "control.lapse_automatic": "逾期未续行自动失效",
    "control.preservation_to_execution": "保全转为执行措施",
    "control.renewal.max": "续行期限上限",
    "control.renewal.preservation_application_lead": "保全续行的申请时间",
    "control.term.bank_deposit": "冻结银行存款期限",
    "control.term.immovable": "查封不动产期限",
    "control.term.immovable_or_other": "查封不动产、冻结其他财产权期限（旧）",
    "control.term.movable": "查封、扣押动产期限",
    "control.term.other_right": "冻结其他财产权期限",
    "control.waiting.auto_effective": "轮候查封自动生效",
    "control.waiting.term_start": "轮候查封期限的起算",
    "convention.auction_notice": "拍卖公告天数的计算",
    "convention.control_end": "控制措施末日的计算",
    "convention.detention_end": "拘留期满的计算",
    "convention.fee_rounding": "费用的舍入",
    "convention.list_end": "失信期限末日的计算",
    "convention.renewal_start": "续行的起算",
    "convention.summons_clock": "拘传时间的计算",
    "convention.workday_term": "工作日的计算",
    "daycount.first_day_excluded": "期间开始的日不计入",
    "daycount.interest_days": "利息天数的计算",
    "daycount.month_year": "月和年的计算",
    "daycount.no_roll_for_court_internal": "本院期限在届满前的工作日提醒",
    "daycount.roll_last_day": "末日顺延",
    "detention.max": "拘留期限上限",
    "dishonest.circumstances": "失信情形",
    "dishonest.excluded.minor": "不得纳入失信名单的人",
    "dishonest.relist_bar": "申请删除后再次申请纳入的间隔",
    "dishonest.term.extension": "失信期限的延长",
    "dishonest.term.item1": "第一项情形的期限",
    "dishonest.term.items2_6": "第二至六项情形的期限",
    "distribution.by_seizure_order": "按采取执行措施的先后清偿",
    "distribution.order": "分配顺序",
    "distribution.pro_rata_debtor": "可以参与分配的被执行人",
    "distribution.rounding": "分配尾差的处理",
    "fee.execution.base": "执行费的基数",
    "fee.execution.no_amount": "没有执行金额的执行费",
    "fee.execution.tiers": "执行费分段",
    "fee.preservation.cap": "保全费上限",
    "fee.preservation.tiers": "保全费分段",
    "fine.individual.max": "对个人的罚款上限",
    "fine.unit": "对单位的罚款范围",
    "interest.currency_foreign": "外币债务的加倍部分债务利息",
    "interest.delay.daily_rate": "加倍部分债务利息日利率",
    "interest.delay.old_formula": "旧法迟延履行利息",
    "interest.delay.order": "清偿顺序",
    "interest.general": "一般债务利息",
    "interest.rounding": "利息的舍入",
    "person.adult_age": "成年年龄",
    "reference_price.grace": "参考价届满后开始拍卖的宽限",
    "sale.min_price_non_auction": "不经拍卖变卖的最低价",
    "special.deputy_detention": "对人大代表采取拘留措施",
    "summons.interview_max": "拘传询问时间上限",
    "summons.interview_max_complex": "拘传询问时间上限（情况复杂）",
}  # fmt: skip
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


def name_of(value: DatedValue) -> str:
    """What the figure is called in Chinese; its key where nobody named it."""
    node = NODES.get(value.key.removeprefix("deadline."))
    return value.name or NAMES.get(value.key) or (node.title if node else value.key)


def figure_of(value: DatedValue) -> str:
    """The figure in Chinese words: 12个月, 四舍五入到分, tiers in one line."""
    figure: Any = value.value
    if isinstance(figure, str) and figure in RULES:
        return RULES[figure]
    if isinstance(figure, list) and figure and isinstance(figure[0], dict):
        return "，".join(map(_tier, figure))
    return UNITS[value.unit].say(figure)


def _tier(tier: dict[str, Any]) -> str:
    bounds = f"超过{tier['over']}元" if "over" in tier else ""
    bounds += f"至{tier['upto']}元" if "over" in tier and "upto" in tier else ""
    bounds = bounds or f"不超过{tier['upto']}元"
    return f"{bounds}的{tier['flat']}元" if "flat" in tier else f"{bounds}的部分×{tier['rate']}"
