"""A debtor frozen before he is told: from the ruling on the notice is owed within days, wherever deadlines are shown."""

from __future__ import annotations

from datetime import date, timedelta

from execdesk.reads.casewhere import ListFilter
from tests.flow.bureau import Bureau

FROZEN = date(2018, 1, 4)
DUE = FROZEN + timedelta(days=3)


def test_lists_counts_and_steps_tell_it_until_the_notice_is_signed(bureau: Bureau) -> None:
    case = bureau.register()
    judge = bureau.judge(case)
    desk = bureau.at(judge, FROZEN)
    changes = bureau.freeze(case, immediate=True)
    assert desk.reads.cases(ListFilter("open"))[0].node == "通知", "the ruling is not signed yet"
    bureau.through(changes)
    desk = bureau.at(judge)
    (row,) = desk.reads.cases(ListFilter("open"))
    assert (row.node, row.due_title, row.due_on, row.days_left) == ("补通知", "应补发执行通知", DUE, 3)
    assert desk.reads.case(case).case.due_on == DUE
    assert [row.id for row in desk.reads.cases(ListFilter("week"))] == [case] and desk.reads.case_counts("", "").views["soon"] == 1
    desk = bureau.at(judge, DUE + timedelta(days=1))
    assert [row.id for row in desk.reads.cases(ListFilter("late"))] == [case]
    bureau.notice(case)
    assert desk.reads.cases(ListFilter("open"))[0].node == "执限" and not desk.reads.cases(ListFilter("late"))
