"""Every node of a case by the day, each with its source, ending on a rest day wherever its length allows.

2018-02-15…21, 2018-10-01…07, 2019-10-01…07, 2022-10-01…07 rest; 2018-02-14, 2018-09-30 (made up) and 2019-09-30 are worked. A party's
term rolls to the first workday after them (民诉法 第82/85条), a court's does not: the desk warns on the last workday before.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from execdesk.law.days import Span
from execdesk.law.nodes import due, nodes, requery_days
from execdesk.law.nodetable import NODES
from tests.law.rules import BOOK, CALENDAR, day, refused

# node, start (not counted), last day by counting, last day in law, warned on ("": its year is not published)
DAYS = [
    ("filing", "2018-02-08", "2018-02-15", "2018-02-15", "2018-02-14"),  # 7 day: 执行规定 1998第18条/2020第16条
    ("assign_undertaker", "2018-02-08", "2018-02-15", "2018-02-15", "2018-02-14"),  # 7 day: 办理执行案件期限规定 法发〔2006〕35号
    ("execution_notice.statutory", "2018-02-05", "2018-02-15", "2018-02-15", "2018-02-14"),  # 10 day: 民诉法解释 第482条/第480条；执行规定2020第22条
    ("execution_notice.internal", "2018-02-12", "2018-02-15", "2018-02-15", "2018-02-14"),  # 3 day: 办理执行案件期限规定 法发〔2006〕35号
    ("execution_notice.after_immediate_measure", "2018-02-12", "2018-02-15", "2018-02-15", "2018-02-14"),  # 3 day: 执行程序解释 2008第30条/2020第22条
    ("property_report.lookback", "2018-02-15", "2017-02-15", "2017-02-15", "2017-02-15"),  # 12 month: 民诉法 第241/248/252条；财产调查规定第6条
    ("property_report.supplement", "2018-02-05", "2018-02-15", "2018-02-22", "2018-02-22"),  # 10 day: 财产调查规定 第7条
    ("clue_verify", "2018-02-08", "2018-02-15", "2018-02-15", "2018-02-14"),  # 7 day: 财产调查规定 第2条
    ("clue_verify_urgent", "2018-02-12", "2018-02-15", "2018-02-15", "2018-02-14"),  # 3 day: 财产调查规定 第2条
    ("property_investigation", "2018-01-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 1 month: 办理执行案件期限规定 法发〔2006〕35号
    ("network_query_first", "2018-02-05", "2018-02-15", "2018-02-15", "2018-02-14"),  # 10 day: 各地流程节点（网络查控）
    ("audit_or_reward_decision", "2018-02-05", "2018-02-15", "2018-02-15", "2018-02-14"),  # 10 day: 财产调查规定 第17、21条
    ("dishonest_application_review", "2018-01-31", "2018-02-15", "2018-02-15", "2018-02-14"),  # 15 day: 失信名单规定 法释〔2017〕7号 第5条
    ("reference_price_start", "2018-09-01", "2018-10-01", "2018-10-01", "2018-09-30"),  # 30 day: 参考价规定 法释〔2018〕15号 第1条
    ("online_inquiry_report", "2018-09-28", "2018-10-01", "2018-10-01", "2018-09-30"),  # 3 day: 参考价规定 第11条
    ("appraisal_report", "2018-09-01", "2018-10-01", "2018-10-01", "2018-09-30"),  # 30 day: 参考价规定 第19条
    ("price_report_send", "2018-09-28", "2018-10-01", "2018-10-01", "2018-09-30"),  # 3 day: 参考价规定 第21条
    ("price_report_objection", "2018-09-26", "2018-10-01", "2018-10-08", "2018-10-08"),  # 5 day: 参考价规定 第22、23条
    ("price_validity_max", "2018-10-01", "2019-10-01", "2019-10-01", "2019-09-30"),  # 12 month: 参考价规定 第27条
    ("start_disposal_after_price", "2018-09-21", "2018-10-01", "2018-10-01", "2018-09-30"),  # 10 day: 参考价规定 第30条
    ("payment_distribution", "2018-01-16", "2018-02-15", "2018-02-15", "2018-02-14"),  # 30 day: 执行款物管理规定 法发〔2017〕6号
    ("payment_resume", "2018-02-05", "2018-02-15", "2018-02-15", "2018-02-14"),  # 10 day: 执行款物管理规定 法发〔2017〕6号
    ("closing.money", "2017-08-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 6 month: 执行规定1998第107条/2020第63条；审限规定 法释〔2000〕29号第5条；期限规定 法发〔2006〕35号
    ("closing.non_litigation", "2017-11-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 3 month: 审限规定 法释〔2000〕29号 第5条；期限规定 法发〔2006〕35号
    ("closing.extension", "2017-11-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 3 month: 审限规定 法释〔2000〕29号 第5条
    ("closing.extension_apply_lead", "2018-02-15", "2018-02-10", "2018-02-10", "2018-02-09"),  # 5 day: 期限规定 法发〔2006〕35号
    ("upper_court_after", "2017-08-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 6 month: 民诉法 第226/233/237条
    ("tnr.min_age", "2017-11-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 3 month: 终本规定 法〔2016〕373号 第1条第四项
    ("tnr.requery", "2017-08-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 6 month: 终本规定 法〔2016〕373号 第9条
    ("tnr.requery_years", "2017-10-01", "2022-10-01", "2022-10-01", "2022-09-30"),  # 5 year: 终本规定 法〔2016〕373号 第9条
    ("objection.file", "2018-02-12", "2018-02-15", "2018-02-15", "2018-02-14"),  # 3 day: 异议复议规定 法释〔2015〕10号 第2条
    ("objection.conduct.decide", "2018-01-31", "2018-02-15", "2018-02-15", "2018-02-14"),  # 15 day: 民诉法 第225/232/236条；执行程序解释第5条
    ("objection.conduct.reconsider", "2018-02-05", "2018-02-15", "2018-02-22", "2018-02-22"),  # 10 day: 民诉法 第225/232/236条
    ("reconsider.decide", "2018-01-16", "2018-02-15", "2018-02-15", "2018-02-14"),  # 30 day: 执行程序解释 2008第9条/2020第8条
    ("objection.third_party.decide", "2018-01-31", "2018-02-15", "2018-02-15", "2018-02-14"),  # 15 day: 民诉法 第227/234/238条
    ("objection.third_party.suit", "2018-01-31", "2018-02-15", "2018-02-22", "2018-02-22"),  # 15 day: 民诉法 第227/234/238条
    ("objection.not_accepted_reconsider", "2018-02-05", "2018-02-15", "2018-02-22", "2018-02-22"),  # 10 day: 异议复议规定 第2条第三款
    ("objection.termination", "2017-12-17", "2018-02-15", "2018-02-22", "2018-02-22"),  # 60 day: 终结执行异议期限批复 法释〔2016〕3号
    ("jurisdiction_objection", "2018-02-05", "2018-02-15", "2018-02-22", "2018-02-22"),  # 10 day: 执行程序解释 第3条
    ("arbitration_nonenforcement", "2018-09-16", "2018-10-01", "2018-10-08", "2018-10-08"),  # 15 day: 仲裁裁决执行规定 法释〔2018〕5号 第8条
    ("notarial_nonenforcement", "2019-09-16", "2019-10-01", "2019-10-08", "2019-10-08"),  # 15 day: 公证债权文书执行规定 法释〔2018〕18号 第13条
    ("notarial_reject_reconsider", "2018-02-05", "2018-02-15", "2018-02-22", "2018-02-22"),  # 10 day: 异议复议规定 第10条
    ("fine_detention_reconsider", "2018-02-12", "2018-02-15", "2018-02-22", "2018-02-22"),  # 3 day: 民诉法解释 第185条
    ("fine_detention_reconsider_decide", "2018-02-10", "2018-02-15", "2018-02-15", "2018-02-14"),  # 5 day: 民诉法解释 第185条
    ("exit_reconsider", "2018-02-05", "2018-02-15", "2018-02-22", "2018-02-22"),  # 10 day: 异议复议规定 第9条
    ("exit_reconsider_decide", "2018-01-31", "2018-02-15", "2018-02-15", "2018-02-14"),  # 15 day: 异议复议规定 第9条
    ("dishonest_correction_review", "2018-01-31", "2018-02-15", "2018-02-15", "2018-02-14"),  # 15 day: 失信名单规定 法释〔2017〕7号 第12条
    ("dishonest_correction_reconsider", "2018-02-05", "2018-02-15", "2018-02-22", "2018-02-22"),  # 10 day: 失信名单规定 第12条
    ("dishonest_delete", "2018-02-09", "2018-02-13", "2018-02-13", "2018-02-13"),  # 3 workday: 失信名单规定 法释〔2017〕7号 第10、12条
    ("change_party_decide", "2017-12-17", "2018-02-15", "2018-02-15", "2018-02-14"),  # 60 day: 变更追加规定 法释〔2016〕21号 第28条
    ("change_party_reconsider", "2018-02-05", "2018-02-15", "2018-02-22", "2018-02-22"),  # 10 day: 变更追加规定 第30条
    ("change_party_suit", "2018-01-31", "2018-02-15", "2018-02-22", "2018-02-22"),  # 15 day: 变更追加规定 第32条
    ("plan_objection", "2018-01-31", "2018-02-15", "2018-02-22", "2018-02-22"),  # 15 day: 执行程序解释 2008第25条/2020第17条
    ("plan_counter", "2018-01-31", "2018-02-15", "2018-02-22", "2018-02-22"),  # 15 day: 执行程序解释 2008第26条/2020第18条
    ("plan_suit", "2018-01-31", "2018-02-15", "2018-02-22", "2018-02-22"),  # 15 day: 执行程序解释 2008第26条/2020第18条
    ("due_debt_perform", "2018-01-31", "2018-02-15", "2018-02-22", "2018-02-22"),  # 15 day: 执行规定 1998第61条/2020第45条
    ("suspend_decide", "2018-01-31", "2018-02-15", "2018-02-15", "2018-02-14"),  # 15 day: 暂缓执行规定 法发〔2002〕16号 第6条
    ("suspend_max", "2017-11-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 3 month: 暂缓执行规定 第10条
    ("suspend_by_guarantee_max", "2017-02-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 12 month: 民诉法解释 第469条/467条；执行担保规定 法释〔2018〕4号 第10条
    ("guarantee_period_default", "2018-10-01", "2019-10-01", "2019-10-08", "2019-10-08"),  # 12 month: 执行担保规定 第12条
    ("entrusted_start", "2018-01-31", "2018-02-15", "2018-02-15", "2018-02-14"),  # 15 day: 民诉法 第229/236/240条
    ("entrusted_file", "2018-02-08", "2018-02-15", "2018-02-15", "2018-02-14"),  # 7 day: 委托执行规定 第7条
    ("recusal_decide", "2018-02-12", "2018-02-15", "2018-02-15", "2018-02-14"),  # 3 day: 民诉法 第47/50条
    ("application_period", "2016-02-15", "2018-02-15", "2018-02-22", "2018-02-22"),  # 2 year: 民诉法 第239/246/250条
    ("public_notice_service", "2017-12-17", "2018-02-15", "2018-02-15", "2018-02-14"),  # 60 day: 民诉法2012/2017 第92条
    ("public_notice_service", "2022-09-01", "2022-10-01", "2022-10-01", "2022-09-30"),  # 30 day: 民诉法2021/2023 第95条
    ("admin_immediate_enforcement", "2018-02-10", "2018-02-15", "2018-02-15", "2018-02-14"),  # 5 day: 行政强制法 第59条
    ("housing_grace", "2017-11-15", "2018-02-15", "2018-02-22", "2018-02-22"),  # 3 month: 异议复议规定 第20条第二款
    ("auction_ruling_service", "2018-02-05", "2018-02-15", "2018-02-15", "2018-02-14"),  # 10 day: 拍卖变卖规定 2004第23条/2020第20条
    ("auction_handover", "2018-01-31", "2018-02-15", "2018-02-15", "2018-02-14"),  # 15 day: 拍卖变卖规定 2004第30条/2020第27条
    ("post_end_obstruction", "2017-08-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 6 month: 民诉法解释 第521/519条
    ("bankruptcy_reply", "2018-01-16", "2018-02-15", "2018-02-15", "2018-02-14"),  # 30 day: 民诉法解释 第514/512条
    ("auction.announce.first.movable", "2018-02-15", "2018-01-31", "2018-01-31", "2018-01-31"),  # 15 day before: 网络司法拍卖规定 第12条
    ("auction.announce.first.immovable", "2018-02-15", "2018-01-16", "2018-01-16", "2018-01-16"),  # 30 day before: 网络司法拍卖规定 第12条
    ("auction.announce.second.movable", "2018-02-15", "2018-02-08", "2018-02-08", "2018-02-08"),  # 7 day before: 网络司法拍卖规定 第26条
    ("auction.announce.second.immovable", "2018-02-15", "2018-01-31", "2018-01-31", "2018-01-31"),  # 15 day before: 网络司法拍卖规定 第26条
    ("auction.notify_parties", "2018-02-15", "2018-02-12", "2018-02-12", "2018-02-12"),  # 3 day before the announcement: 网络司法拍卖规定 第16条
    ("auction.second.within", "2018-01-16", "2018-02-15", "2018-02-15", "2018-02-14"),  # 30 day: 网络司法拍卖规定 第26条
    ("auction.resume_after_pause", "2018-02-10", "2018-02-15", "2018-02-15", "2018-02-14"),  # 5 day: 网络司法拍卖规定 第28条
    ("auction.data_retention", "2017-03-01", "2027-03-01", "2027-03-01", ""),  # 10 year: 网络司法拍卖规定 第29条
    ("sale.after_second.ask_in_kind", "2018-02-05", "2018-02-15", "2018-02-15", "2018-02-14"),  # 10 day: 网络司法变卖衔接通知 法明传〔2017〕455号
    ("sale.after_second.announce", "2018-01-31", "2018-02-15", "2018-02-15", "2018-02-14"),  # 15 day: 法明传〔2017〕455号
    ("sale.period", "2017-12-17", "2018-02-15", "2018-02-15", "2018-02-14"),  # 60 day: 法明传〔2017〕455号
    ("control.renewal.preservation_application_lead", "2018-02-15", "2018-02-08", "2018-02-08", "2018-02-08"),  # 7 day: 财产保全规定 法释〔2016〕22号 第18条
    ("control.handover_to_priority_creditor.wait", "2017-12-17", "2018-02-15", "2018-02-15", "2018-02-14"),  # 60 day: 首封处分权批复 法释〔2016〕6号 第1条
    ("control.handover_to_priority_creditor.reply", "2018-01-31", "2018-02-15", "2018-02-15", "2018-02-14"),  # 15 day: 首封处分权批复 法释〔2016〕6号 第2条
    ("control.preservation_handover.wait", "2017-02-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 12 month: 财产保全规定 第21条
    ("dishonest.relist_bar", "2017-08-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 6 month: 失信名单规定 第10条第二款
    ("appraisal.extension", "2018-09-16", "2018-10-01", "2018-10-01", "2018-09-30"),  # 15 day: 参考价规定 第19条
    ("cash.to_finance", "2018-02-14", "2018-02-15", "2018-02-15", "2018-02-14"),  # 1 day: 执行款物管理规定（试行）2006；法发〔2017〕6号
    ("closing.criminal_property", "2017-08-15", "2018-02-15", "2018-02-15", "2018-02-14"),  # 6 month: 法释〔2014〕13号 第3条
    ("tnr.registry_entry", "2018-02-08", "2018-02-15", "2018-02-15", "2018-02-14"),  # 7 day: 终本规定 第12条
    ("tnr.registry_correction", "2018-02-12", "2018-02-15", "2018-02-15", "2018-02-14"),  # 3 day: 终本规定 第14条
    ("tnr.registry_shield", "2018-02-12", "2018-02-15", "2018-02-15", "2018-02-14"),  # 3 day: 终本规定 第18条
    ("objection.complete_papers", "2018-02-12", "2018-02-15", "2018-02-22", "2018-02-22"),  # 3 day: 异议复议规定 第2条
    ("objection.release_after_no_suit", "2018-02-08", "2018-02-15", "2018-02-15", "2018-02-14"),  # 7 day: 民诉法解释 第316条
    ("arbitration.nonenforcement_decide", "2018-08-01", "2018-10-01", "2018-10-01", "2018-09-30"),  # 2 month: 法释〔2018〕5号 第12条
    ("suspend_send", "2018-02-10", "2018-02-15", "2018-02-15", "2018-02-14"),  # 5 day: 法发〔2002〕16号 第6条
    ("entrust.complete_papers", "2018-01-16", "2018-02-15", "2018-02-15", "2018-02-14"),  # 30 day: 委托执行规定 第8条
    ("entrust.tell_applicant", "2018-02-08", "2018-02-15", "2018-02-15", "2018-02-14"),  # 7 day: 委托执行规定 第7条
    ("service.entrusted", "2018-02-05", "2018-02-15", "2018-02-15", "2018-02-14"),  # 10 day: 民诉法解释 第134条
    ("housing.mortgage_grace", "2017-08-15", "2018-02-15", "2018-02-22", "2018-02-22"),  # 6 month: 法释〔2005〕14号 第2条
    ("preservation.file_after_judgment", "2018-02-10", "2018-02-15", "2018-02-22", "2018-02-22"),  # 5 day: 民诉法解释 第163条
    ("preservation.start", "2018-02-10", "2018-02-15", "2018-02-15", "2018-02-14"),  # 5 day: 财产保全规定 第4条
    ("preservation.release", "2018-02-10", "2018-02-15", "2018-02-15", "2018-02-14"),  # 5 day: 财产保全规定 第23条
    ("equity.self_sale", "2022-07-01", "2022-10-01", "2022-10-08", "2022-10-08"),  # 3 month: 法释〔2021〕20号 第10条
    ("bankruptcy.hand_over", "2018-02-08", "2018-02-15", "2018-02-15", "2018-02-14"),  # 7 day: 法发〔2017〕2号
    ("auction.no_surplus_answer", "2018-02-10", "2018-02-15", "2018-02-22", "2018-02-22"),  # 5 day: 拍卖变卖规定 法释〔2004〕16号 第9条
    ("auction.traditional.announce.movable", "2018-02-15", "2018-02-08", "2018-02-08", "2018-02-08"),  # 7 day: 拍卖变卖规定 法释〔2004〕16号 第11条
    ("auction.traditional.announce.immovable", "2018-02-15", "2018-01-31", "2018-01-31", "2018-01-31"),  # 15 day: 同条
    ("auction.traditional.notify_parties", "2018-02-15", "2018-02-10", "2018-02-10", "2018-02-09"),  # 5 day: 同规定 第14条
    ("auction.traditional.next_round", "2017-12-17", "2018-02-15", "2018-02-15", "2018-02-14"),  # 60 day: 同规定 第26条
    ("auction.traditional.sale_notice", "2018-02-08", "2018-02-15", "2018-02-15", "2018-02-14"),  # 7 day: 同规定 第28条
    ("consumption.temporary_lift", "2022-09-01", "2022-10-01", "2022-10-01", "2022-09-30"),  # 1 month: 法发〔2019〕35号 第17条
]  # fmt: skip
NO_TERM = {"property_report_order", "control_after_found", "closing.excluded", "closing.excluded_further", "upper_court.excluded", "tnr.approval",
           "tnr.hear_applicant", "tnr.publish_internet", "detention_family", "detention.leave_answer", "detention.error_answer",
           "preservation.start_urgent", "preservation.release_urgent"}  # fmt: skip
SET_BY_COURT = {"property_report.period", "eviction_notice_period"}


@pytest.mark.parametrize(("node", "start", "nominal", "last", "warn"), DAYS)
def test_node(node: str, start: str, nominal: str, last: str, warn: str) -> None:
    found = due(BOOK, node, day(start), CALENDAR)
    assert (found.nominal, found.due, found.warn_on) == (day(nominal), day(last), day(warn or last))
    assert bool(found.note) == (not warn)
    if NODES[node].way != "before":
        assert found.sheet.result.endswith("（节假日安排未公布）") == (not warn)
    if NODES[node].way == "after":
        assert found.sheet.result.startswith("期满可办")


def test_a_figure_the_table_does_not_know_is_a_node_of_its_own() -> None:
    known = BOOK.value("deadline.filing", day("2018-01-02"))
    for name, title in (("午餐期限", "午餐期限"), ("", "lunch")):
        more = replace(BOOK, values={**BOOK.values, "deadline.lunch": (replace(known, key="deadline.lunch", name=name),)})
        assert (nodes(more)[-1].name, nodes(more)[-1].title) == ("lunch", title)


def test_a_stop_on_the_filing_day_as_the_court_reads_it() -> None:
    """Filed 2017-10-16, six months to 2018-04-16; a stop of five days from the filing day counts five, or four."""
    filed, stop = day("2017-10-16"), (Span(day("2017-10-16"), day("2017-10-20")),)
    found = due(BOOK, "closing.money", filed, CALENDAR, excluded=stop)
    assert found.due == day("2018-04-21") and "closing.stop_on_filing_day" in {value.key for value in found.basis}
    known = BOOK.value("closing.stop_on_filing_day", filed)
    other = BOOK.corrected([replace(known, value="立案当日不计入", valid_from=day("2017-01-01"), source="院内通知", corrected_by="局长某某 2017-01-01 更正")])
    assert due(other, "closing.money", filed, CALENDAR, excluded=stop).due == day("2018-04-20")
    early = (Span(day("2017-10-10"), day("2017-10-20")),)  # days before the filing never count
    assert due(BOOK, "closing.money", filed, CALENDAR, excluded=early).due == day("2018-04-21")
    # no other term knows a filing day: its own start is never counted
    ask = due(BOOK, "objection.conduct.decide", filed, CALENDAR, excluded=stop)
    assert ask.due == day("2017-11-04") and "closing.stop_on_filing_day" not in {value.key for value in ask.basis}
    assert "closing.stop_on_filing_day" not in {value.key for value in due(BOOK, "closing.money", filed, CALENDAR).basis}


def test_a_figure_that_is_no_node_is_unknown() -> None:
    for name in ("control.term.movable", "午饭", "deadline.lunch"):
        refused("node.unknown", lambda name=name: due(BOOK, name, day("2018-01-02"), CALENDAR))


def test_requery_days_by_another_figure() -> None:
    monthly = replace(BOOK.value("deadline.tnr.requery", day("2018-01-02")), value=1, corrected_by="局长某某 2018-01-02 更正",
                      source="院内通知", valid_from=day("2018-01-01"))  # fmt: skip
    days = requery_days(BOOK.corrected([monthly]), day("2018-01-31"))
    assert (len(days), days[0], days[-1]) == (60, day("2018-02-28"), day("2023-01-31"))


def test_every_node_stands_in_the_table() -> None:
    assert {row[0] for row in DAYS} | NO_TERM | SET_BY_COURT == set(NODES)
    for node in NO_TERM:
        refused("node.not_a_term", lambda node=node: due(BOOK, node, day("2018-02-05"), CALENDAR))
    for node in SET_BY_COURT:
        refused("node.length", lambda node=node: due(BOOK, node, day("2018-02-05"), CALENDAR))
        ended = due(BOOK, node, day("2018-02-05"), CALENDAR, length=10)  # 财产调查规定 第4条; 民诉法 第250/257/261条
        assert (ended.nominal, ended.due) == (day("2018-02-15"), day("2018-02-22"))
