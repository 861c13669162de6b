"""The order to report property starts the debtor's days; his report is entered, looked at, and a wrong one leads to a sanction."""

from __future__ import annotations

from datetime import timedelta

import pytest

from execdesk.records.cases import Case
from execdesk.records.search import PropertyDeclaration
from tests.flow.bureau import DEBTOR, Bureau

pytestmark = pytest.mark.parametrize("world", ["noticed"])
DAYS = 5
LINES = [{"head": "1", "words": "某某银行存款 1,200.00 元"}, {"head": "3", "words": "两轮摩托车一辆", "holder": "林例一"}]


def served(bureau: Bureau) -> PropertyDeclaration:
    """The order, signed and sealed, comes to the debtor; his days run."""
    bureau.at("clerk")
    case = Case.get().id
    (order,) = bureau.through(bureau.at(bureau.judge(case)).do("order.property_report", case=case, party=DEBTOR, days=DAYS))
    bureau.at("clerk").do("service.record", document=order, recipient=DEBTOR, method="direct", served_on=bureau.day)
    row: PropertyDeclaration = PropertyDeclaration.get()
    return row


def steps(bureau: Bureau) -> list[tuple[str, str, str]]:
    return [(step.action, step.title, step.detail) for step in bureau.desk.reads.case_and_steps(Case.get().id)[1]]


def test_the_days_run_from_service_to_the_report(bureau: Bureau) -> None:
    row = served(bureau)
    on = bureau.day
    assert (row.state, row.asked_on, row.days) == ("asked", on, DAYS)
    end = on + timedelta(days=DAYS)
    assert ("declaration.record", f"登记{DEBTOR}的财产申报", f"{on} 送达报告财产令") in steps(bureau)
    bureau.at("clerk", end)
    assert not any(action == "declaration.check" for action, _t, _d in steps(bureau)), "the last day is not over"
    assert bureau.refused("judge-1", "declaration.check", declaration=row.id, result="late", words="未申报").code == "declaration.result"
    bureau.at("judge-1", end + timedelta(days=3))
    assert any(title == f"认定{DEBTOR}逾期未报告财产" for _a, title, _d in steps(bureau))
    assert bureau.refused("judge-1", "declaration.check", declaration=row.id, result="true", words="属实").code == "declaration.result"
    bureau.at("judge-1").do("declaration.check", declaration=row.id, result="late", words="经电话催告仍未申报。")
    found = PropertyDeclaration.get()
    assert (found.state, found.result, found.checked_on) == ("checked", "late", bureau.day)
    assert any(action == "obstruction.record" and title.startswith("财产申报无正当理由逾期") for action, title, _d in steps(bureau))


def test_a_report_is_entered_and_found_false(bureau: Bureau) -> None:
    row = served(bureau)
    assert bureau.refused("clerk", "declaration.record", declaration=row.id, submitted_on=bureau.day - timedelta(days=1), lines=LINES).code == "declaration.day"
    bureau.at("clerk").do("declaration.record", declaration=row.id, submitted_on=bureau.day, lines=LINES, changes=[{"kind": "transfer", "words": "汽车一辆转让给林例二"}])
    found = PropertyDeclaration.get()
    (shown,) = bureau.desk.reads.case(Case.get().id).searched.reports
    assert (shown.debtor, shown.state_words, shown.lines) == (DEBTOR, "待核查", ("某某银行存款 1,200.00 元", "两轮摩托车一辆", "转让、出租财产：汽车一辆转让给林例二"))
    assert found.lines == LINES and found.changes == [{"kind": "transfer", "words": "汽车一辆转让给林例二"}]
    assert bureau.refused("clerk", "declaration.check", declaration=row.id, result="false", words="查实另有存款").code == "access.duty"
    assert bureau.refused("judge-1", "declaration.check", declaration=row.id, result="late", words="迟了").code == "declaration.result"
    bureau.at("judge-1").do("declaration.check", declaration=row.id, result="false", words="查实另有存款一户，未申报。")
    (step,) = [one for one in bureau.desk.reads.case_and_steps(Case.get().id)[1] if one.action == "obstruction.record" and "虚假" in one.title]
    assert dict(step.values) == {"party": row.party, "statute_item": "false_report", "words": "查实另有存款一户，未申报。"}
    assert bureau.refused("clerk", "declaration.record", declaration=row.id, submitted_on=bureau.day, lines=LINES).code == "field.value"


def test_more_time_moves_the_end(bureau: Bureau) -> None:
    row = served(bureau)
    end = bureau.day + timedelta(days=DAYS)
    assert bureau.refused("judge-1", "declaration.extend", declaration=row.id, until=end, reason="申请延期").code == "declaration.day"
    bureau.at("judge-1").do("declaration.extend", declaration=row.id, until=end + timedelta(days=10), reason="住院，书面申请延期")
    bureau.at("judge-1", end + timedelta(days=10))
    assert not any(title.startswith("认定") for _a, title, _d in steps(bureau))
    assert bureau.refused("judge-1", "declaration.check", declaration=row.id, result="late", words="逾期").code == "declaration.result"
    bureau.at("judge-1", end + timedelta(days=11))
    assert any(title.startswith("认定") for _a, title, _d in steps(bureau))


def test_a_change_is_reported_later_by_himself(bureau: Bureau) -> None:
    bureau.at("clerk")
    case = Case.get().id
    assert bureau.refused("clerk", "declaration.supplement", case=case, party=DEBTOR, submitted_on=bureau.day).code == "declaration.empty"
    bureau.at("clerk").do("declaration.supplement", case=case, party=DEBTOR, submitted_on=bureau.day, lines=LINES[:1])
    row = PropertyDeclaration.get()
    assert (row.state, row.document, row.lines) == ("submitted", None, LINES[:1])
