"""Inputs for every calculator, as typed: for the window, the command line and the pictures alike."""

from __future__ import annotations

TYPED: dict[str, list[dict[str, str]]] = {
    "period": [{"start": "二〇一七年十二月三十一日", "length": "３", "unit": "year"}, {"start": "2017-12-31", "length": "6", "unit": "month"}, {"start": "2018-02-01", "length": "7", "unit": "workday", "roll": "否", "excluded": "2018-02-03..2018-02-04"}],
    "deadline": [{"node": "closing.money", "start": "2017-07-08"}, {"node": "closing.money", "start": "2017-07-08", "excluded": "2017-08-01..2017-09-01"}],
    "closing_clock": [{"filed_on": "2017-10-16", "on": "2018-01-20", "stops": "2017-11-20:2017-12-20:评估\n2018-01-12::拍卖"}, {"clock": "upper_court", "filed_on": "2017-10-16", "on": "2018-01-20", "stops": "2017-11-20:2017-12-20:评估"}, {"filed_on": "2017-10-16", "on": "2018-01-20"}],
    "exit_end": [{"starts_on": "2017-11-30", "months": "3"}, {"starts_on": "2017-11-30"}],
    "auction_second": [{"first": "300000", "on": "2018-01-02"}, {"first": "300000", "on": "2018-01-02", "second": "25万"}, {"first": "100", "on": "2017-07-01"}],
    "online_mean": [{"prices": "100\n200\n250", "on": "2018-10-01"}, {"prices": "412350", "on": "2018-10-01"}],
    "bidding_end": [{"starts_at": "2018-01-18 10:00", "ends_at": "2018-01-19 10:00", "bids": "2018-01-19 09:57:30\n2018-01-19 10:02"}, {"starts_at": "2018-01-18 10:00", "ends_at": "2018-01-19 10:00"}],
    "in_kind": [{"start": "240000", "on": "2018-02-26", "claim": "199010.75", "fee": "2750"}, {"start": "100000", "on": "2018-02-26", "claim": "199010.75", "costs": "800", "prior": "1200"}],
    "buyer": [{"price": "268000", "on": "2018-01-19", "deposit": "30000"}, {"price": "268000", "on": "2018-01-19", "deposit": "30000", "claim": "20000"}, {"price": "268000", "on": "2018-01-19", "deposit": "30000", "claim": "20000", "alone": "是", "fee": "650"}],
    "forfeited_deposit": [{"deposit": "30000", "on": "2018-03-16", "first": "268000", "second": "243000", "costs": "800", "debt": "4200"}, {"deposit": "100", "on": "2018-03-16", "first": "268000", "second": "243000", "costs": "800"}],
    "sanctions_joined": [{"sanctions": "张某:拒不报告财产:罚款（个人）:5000:2017-09-12\n张某:拒不报告财产:拘留:10:2017-09-12"}, {"sanctions": "某公司:拒不协助:罚款（单位）:50000:2017-09-12"}],
    "control_end": [{"kind": "movable", "start": "2014.12.1"}, {"kind": "bank_deposit", "start": "2018-01-02"}, {"kind": "immovable", "start": "2016-02-29", "months": "12"}],
    "renewal": [{"kind": "bank_deposit", "old_end": "2014-12-31", "served_on": "2014-12-01", "first_months": "4"}, {"kind": "immovable", "old_end": "20180301", "served_on": "2018年2月1日", "months": "24"}, {"kind": "bank_deposit", "old_end": "2018-01-10", "served_on": "2018-01-02"}],
    "fee": [{"amount": "五万", "on": "2018-01-02"}, {"on": "2018-01-02", "chosen": "100"}, {"amount": "50,123.45", "on": "2018-01-02"}, {"amount": "12345678.9", "on": "2018-01-02"}],
    "preservation_fee": [{"on": "2018-01-02"}, {"amount": "1亿", "on": "2018-01-02"}, {"amount": "80000", "on": "2018-01-02"}],
    "interest": [
        {"debt": "100000", "period_end": "2017-03-31", "until": "2018-01-02"},
        {"debt": "20000", "period_end": "2017-03-31", "until": "2018-01-02", "instalments": "2017-06-30:20000\n2017-09-30:20,000.50", "paid": "2017-08-01:30000", "currency": "美元", "cny_rate": "6.5"},
        {"debt": "100000", "period_end": "2019-03-31", "until": "2020-01-02", "series": "one_year", "times": "1.5"},
        {"debt": "100000", "period_end": "2014-03-31", "until": "2015-01-02", "benchmark_series": "六个月至一年"},
        {"debt": "100000", "period_end": "2017-03-31", "until": "2018-01-02", "paid": "2017-08-01:30000\n2017-12-01:10,000.50", "rate": "6%", "excluded": "2017-05-01..2017-05-31"},
    ],
    "distribution": [{"pot": "30000", "claims": "甲:20000:普通:100\n乙:40000", "on": "2018-01-02", "debtor": "enterprise", "one_document": "是"}, {"pot": "30000", "claims": "甲:20000\n乙:40000:普通:500:某判决", "on": "2018-01-02", "debtor": "closed_enterprise"}, {"pot": "30000", "claims": "甲:20000", "on": "2018-01-02", "costs": "500", "exempt": "1200", "co_owner": "5000"}, {"pot": "100", "claims": "甲:100\n乙:100\n丙:100", "on": "2018-01-02"}, {"pot": "5万", "claims": "甲公司:3万:优先\n乙:99万", "on": "2018-01-02", "costs": "１，２００", "debtor": "enterprise", "by_control_order": "是"}, {"pot": "50000", "claims": "甲:30000\n乙:50000:优先\n丙:20000", "on": "2018-01-02", "fee": "650"}],
    "auction": [{"appraisal": "1000000", "on": "2018-01-02"}, {"appraisal": "1000000", "on": "2018-01-02", "first": "800000"}],
    "auction_notice": [{"starts_on": "2018.3.1", "sort": "movable", "announced_on": "2018-02-01"}, {"starts_on": "2018-03-01", "sort": "immovable"}, {"starts_on": "2018-03-01", "sort": "movable", "round": "second"}],
    "application_period": [{"start": "2016-05-31", "suspended": "2018-03-01..2018-03-31"}, {"start": "2016-05-31"}, {"start": "2016-05-31", "interrupted": "2017-01-01"}],
    "requery": [{"closed_on": "2017.6.30"}, {"closed_on": "2017-12-29"}],
    "fine": [{"subject": "unit", "on": "2018-01-02", "amount": "10万"}, {"subject": "individual", "on": "2018-01-02"}],
    "detention": [{"admitted_at": "2018年1月2日9时30分", "days": "3"}, {"admitted_at": "2017-09-12 17:20", "days": "10", "taken_at": "2017-09-12 09:40", "leave": "2017-09-15 08:00..2017-09-16 08:00"}, {"admitted_at": "2018-01-02 09:30", "days": "15"}],
    "listing": [{"grounds": "2、3", "decided_on": "2018-01-02", "extension": "36"}, {"grounds": "1", "decided_on": "2018-01-02"}, {"grounds": "2", "decided_on": "2018-01-02", "extension": "12", "serious": "是"}],
    "amount_words": [{"text": "叁万元整"}, {"text": "１２３４．５６"}, {"text": "50123.45"}], "day_words": [{"text": "二〇一七年八月一日"}, {"text": "2018-01-02"}], "case_number": [{"text": "(2017)琼9027执字第0123号"}, {"text": "（2017）琼9027执123号之一"}],
    "identity": [{"text": "469027800101000"}, {"text": "469027880808001"}, {"text": "469027198808080008"}],
}
