"""When bidding ends: its least length, and the minutes each late bid adds. Source: 网络司法拍卖规定 第20条."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from execdesk.law.refusal import Refusal
from execdesk.law.sanctions import CHINA, moment_text
from execdesk.law.values import Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook


@dataclass(frozen=True)
class BiddingEnd:
    """``ends_at`` as aware UTC, after ``extensions`` by late bids."""

    ends_at: datetime
    extensions: int
    sheet: Sheet


def bidding_end(book: LawBook, starts_at: datetime, planned: datetime, bids: Sequence[datetime]) -> BiddingEnd:
    """The end of a bidding planned until ``planned``: a bid within the last minutes extends it by as many from the bid.

    Refusals: ``auction.hours`` where the plan is too short, ``auction.bid`` for a bid before the start or after the end.
    """
    on = (starts_at + CHINA).date()
    least, more = book.value("auction.bidding.min_hours", on), book.value("auction.bidding.extension", on)
    if planned - starts_at < timedelta(hours=least.value):
        raise Refusal(f"竞价时间不得少于{least.value}小时（{least.source}），请核对起止时刻。", code="auction.hours")
    step = timedelta(minutes=more.value)
    end, steps = planned, [SheetStep("预定结束", f"不少于{least.value}小时", moment_text(planned), least.source)]
    for bid in sorted(bids):
        if not starts_at <= bid <= end:
            raise Refusal(f"{moment_text(bid)}的出价不在竞价时间之内（至{moment_text(end)}），请核对。", code="auction.bid")
        if bid + step > end:
            end = bid + step
            steps.append(SheetStep("顺延", f"{moment_text(bid)}出价，距结束不足{more.value}分钟，自该时顺延{more.value}分钟", moment_text(end), more.source))
    inputs = (("开始", moment_text(starts_at)), ("预定结束", moment_text(planned)), *(("出价", moment_text(bid)) for bid in sorted(bids)))
    extensions = len(steps) - 1
    result = f"{moment_text(end)}结束" + (f"，顺延{extensions}次" if extensions else "，没有顺延")
    return BiddingEnd(end, extensions, Sheet("竞价结束时刻", inputs, tuple(steps), result, (least, more)))
