"""Each rule on the first day the law it reckons with holds, and its refusal the day before: never a guess."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from execdesk.law import auction, closing, control, dishonest, fees, nodes, periods, sanctions
from execdesk.law.distribution import Creditor, distribute
from execdesk.law.interest import Claim, RateSegment, delay_interest
from execdesk.law.tnr import tnr_readiness
from execdesk.law.tnrfacts import TnrFacts
from tests.law.rules import BOOK, CALENDAR, day, refused

ONE = timedelta(days=1)
BENCH = (RateSegment(day("2000-01-01"), Fraction("0.06")),)


def morning(on: date) -> datetime:
    """Nine o'clock at court."""
    return datetime(on.year, on.month, on.day, 1, tzinfo=UTC)


FIRST: list[tuple[str, str, Callable[[date], object]]] = [
    ("诉讼费用交纳办法 2007-04-01 起施行", "2007-04-01", lambda on: fees.execution_fee(BOOK, 100, on)),
    ("诉讼费用交纳办法", "2007-04-01", lambda on: fees.execution_fee(BOOK, None, on, chosen=5000)),
    ("诉讼费用交纳办法", "2007-04-01", lambda on: fees.preservation_fee(BOOK, None, on)),
    ("查扣冻规定 2005-01-01 起施行", "2005-01-01", lambda on: control.control_end(BOOK, "movable", on)),
    ("查扣冻规定 第29条", "2005-01-01", lambda on: control.renewal_end(BOOK, "movable", on, on)),
    ("查扣冻规定 第28条", "2005-01-01", lambda on: control.waiting_end(BOOK, "movable", on, on)),
    ("民诉法解释 第168条 2015-02-04 起施行", "2015-02-04", lambda on: control.carried_over(BOOK, "movable", on, on)),
    ("民诉法2007 第215条 2008-04-01 起施行", "2008-04-01", lambda on: periods.limitation_end(BOOK, on, CALENDAR)),
    ("法发〔2006〕35号 2007-01-01 起施行", "2007-01-01", lambda on: periods.extension_window(BOOK, on)),
    ("终本规定 2016-12-01 起施行", "2016-12-01", lambda on: tnr_readiness(BOOK, TnrFacts("money"), on)),
    ("终本规定 第9条", "2016-12-01", lambda on: nodes.requery_days(BOOK, on)),
    ("执行规定 1998第108条 1998-07-08 起施行", "1998-07-08", lambda on: closing.closing_ways(BOOK, "执", on)),
    ("法发〔2014〕26号 第6条", "2015-01-01", lambda on: closing.resume_way(BOOK, "终结执行", on)),
    ("民诉法解释 第510条", "2015-02-04", lambda on: distribute(BOOK, 1, [Creditor("甲", 1)], on)),
    ("网络司法拍卖规定 2017-01-01 起施行", "2017-01-01", lambda on: auction.auction_limits(BOOK, 100, on)),
    ("财产保全规定 第18条 2016-12-01 起施行", "2016-12-01", lambda on: nodes.due(BOOK, "control.renewal.preservation_application_lead", on, CALENDAR)),
    ("网络司法拍卖规定 第26条", "2017-01-01", lambda on: nodes.due(BOOK, "auction.second.within", on, CALENDAR)),
    ("法明传〔2017〕455号", "2017-07-18", lambda on: nodes.due(BOOK, "sale.after_second.announce", on, CALENDAR)),
    ("民诉法解释 第185条", "2015-02-04", lambda on: nodes.due(BOOK, "fine_detention_reconsider", on, CALENDAR)),
    ("失信名单规定 法释〔2017〕7号 第10条", "2017-05-01", lambda on: nodes.due(BOOK, "dishonest.relist_bar", on, CALENDAR)),
    ("网络司法拍卖规定 第12条", "2017-01-01", lambda on: auction.notice_days(BOOK, on, "movable")),
    ("网络司法拍卖规定 第26条", "2017-01-01", lambda on: auction.notice_days(BOOK, on, "immovable", second=True)),
    ("拍卖变卖规定 2005-01-01 起施行", "2005-01-01", lambda on: auction.entrusted_limits(BOOK, 100, on)),
    ("拍卖变卖规定 第8条", "2005-01-01", lambda on: auction.entrusted_limits(BOOK, 100, on, previous=90)),
    ("拍卖变卖规定 第35条", "2005-01-01", lambda on: auction.sale_min_price(BOOK, 100, on)),
    ("参考价规定 2018-09-01 起施行", "2018-09-01", lambda on: auction.price_usable(BOOK, on, on, on)),
    ("民诉法2007 第104条 2008-04-01 起施行", "2008-04-01", lambda on: sanctions.fine_range(BOOK, "individual", on)),
    ("民诉法2007 第104条", "2008-04-01", lambda on: sanctions.fine_range(BOOK, "unit", on)),
    ("民诉法解释 第180条", "2015-02-04", lambda on: sanctions.detention_end(BOOK, morning(on), 15)),
    ("民诉法解释 第484条", "2015-02-04", lambda on: sanctions.summons_clock(BOOK, morning(on), morning(on))),
    ("民诉法解释 第484条", "2015-02-04",
     lambda on: sanctions.summons_clock(BOOK, morning(on), morning(on), complicated=True)),
    ("失信名单规定 法释〔2013〕17号", "2013-10-01", lambda on: dishonest.listing_term(BOOK, {"1"}, on)),
    ("法释〔2009〕6号", "2009-05-18", lambda on: delay_interest(BOOK, Claim(100, on - ONE, on, benchmark=BENCH))),
    ("法释〔2014〕8号 第5条", "2014-08-01",
     lambda on: delay_interest(BOOK, Claim(100, on - ONE, on, benchmark=BENCH, currency="美元", cny_rate=Fraction(6)))),
]  # fmt: skip


@pytest.mark.parametrize(("source", "first", "rule"), FIRST, ids=[f"{n} {row[0]}" for n, row in enumerate(FIRST)])
def test_first_day(source: str, first: str, rule: Callable[[date], object]) -> None:
    assert rule(day(first)) and source
    refused("law.not_in_force", lambda: rule(day(first) - ONE))
