"""Where a figure of the book is used: by which calculators, and by which rules beside them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from execdesk.law.calculators import CALCULATORS
from execdesk.law.closing import NODE_OF_KIND, closing_nodes
from execdesk.law.nodes import PREFIX

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

BY_CALCULATOR: dict[str, tuple[str, ...]] = {
    "period": ("daycount.*", "convention.workday_term", "holiday.local"),
    "deadline": (
        "deadline.*", "daycount.*", "auction.announce.*", "auction.notify_parties", "auction.second.within", "auction.resume_after_pause",
        "auction.data_retention", "sale.*", "control.handover_to_priority_creditor.*", "control.preservation_handover.wait",
        "control.renewal.preservation_application_lead", "dishonest.relist_bar", "convention.workday_term", "closing.stop_on_filing_day",
        "service.publication_roll",
    ),
    "closing_clock": ("deadline.closing.*", "deadline.upper_court*", "closing.stop_*", "closing.extension_window"),
    "control_end": ("control.term.*", "control.expiry.*", "control.deposit_freeze_amount_explicit", "convention.control_end", "convention.month_add"),
    "carried_over": ("control.term.*", "control.expiry.*", "control.preservation_to_execution", "convention.control_end"),
    "waiting_end": ("control.term.*", "control.expiry.*", "control.waiting.*", "convention.control_end"),
    "closing_ways": ("case.closing.*",),
    "resume": ("case.resume_type", "case.resume_after_suspension"),
    "entrusted": ("auction.start_price_traditional", "auction.start_price.min_ratio_traditional", "auction.traditional.max_cut"),
    "sale_price": ("sale.min_price_non_auction",),
    "price_usable": ("deadline.price_validity_max", "reference_price.grace"),
    "summons_clock": ("summons.*", "convention.summons_clock"),
    "renewal": ("control.term.*", "control.renewal.*", "control.expiry.*", "convention.renewal_start", "convention.control_end", "convention.month_add"),
    "fee": ("fee.execution.*", "convention.fee_rounding"),
    "preservation_fee": ("fee.preservation.*", "convention.fee_rounding"),
    "interest": ("interest.*", "daycount.interest_days", "rate.*"),
    "distribution": ("distribution.*", "exempt.income", "money.fee_position"),
    "auction": ("auction.*", "reference_price.*"),
    "auction_second": ("auction.second.max_cut", "auction.deposit.ratio", "sale.price_online"),
    "online_mean": ("reference_price.online_average",),
    "bidding_end": ("auction.bidding.*",),
    "in_kind": ("in_kind.*", "money.fee_position"),
    "buyer": ("auction.deposit.ratio", "money.fee_position", "in_kind.taker_fee"),
    "forfeited_deposit": ("auction.default_*", "auction.deposit_rest"),
    "auction_notice": ("auction.announce.*", "auction.notify_parties", "convention.auction_notice"),
    "application_period": ("deadline.application_period", "limitation.*", "daycount.*"),
    "requery": ("deadline.tnr.requery*",),
    "fine": ("fine.*",),
    "detention": ("detention.*", "deadline.detention_family", "convention.detention_end"),
    "sanctions_joined": ("sanction.*", "fine.*", "detention.max"),
    "exit_end": ("exit.record_term.county", "exit.renewal_window", "convention.list_end"),
    "listing": ("dishonest.*", "person.adult_age", "convention.list_end"),
    "amount_words": ("convention.capital_amount",),
    "case_number": ("case.number.*",),
}  # fmt: skip
LISTED = "案件列表的期限"
BESIDE: dict[str, tuple[str, ...]] = {
    LISTED: (NODE_OF_KIND, "deadline.execution_notice.statutory", "deadline.execution_notice.after_immediate_measure"),
    "措施的到期和提醒": ("control.term.*", "control.expiry.*", "control.waiting.*", "control.reminder_days", "control.preservation_to_execution"),
    "报批的前提": ("consumption.ground", "consumption.mandatory_when_listed", "dishonest.excluded.minor", "deadline.tnr.min_age"),
    "终本条件的核对": ("deadline.tnr.*", "tnr.*", "case.closing.*"),
    "文书编号": ("case.number.suffix",),
    "执行质效指标": ("deadline.payment_distribution",),
}  # fmt: skip


def used_in(book: LawBook, key: str) -> tuple[str, ...]:
    """The calculators and rules that use a figure, in words; empty where it is there for reading only."""
    found = [f"计算：{CALCULATORS[name].title}" for name, patterns in BY_CALCULATOR.items() if fits(key, patterns)]
    closes = key.removeprefix(PREFIX) in closing_nodes(book)
    return (*found, *(words for words, patterns in BESIDE.items() if fits(key, patterns) or (words == LISTED and closes)))


def fits(key: str, patterns: tuple[str, ...]) -> bool:
    """Whether a key is one of those named."""
    return any(fnmatchcase(key, pattern) for pattern in patterns)
