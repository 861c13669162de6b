"""What becomes of cases by ledgers, of imports, and of rows that wait."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from execdesk.records.cases import Case
from execdesk.records.ledgers import TrayRow
from tests.intake.conftest import row
from tests.intake.office import Office, write_ledger
from tests.moves.walking import Walk, walks

CLOSED = {"结案方式": "终本", "结案日期": date(2017, 12, 1)}
OPEN_SUM = {"申请标的": "待定"}


def number(n: int, kind: str = "执") -> str:
    return f"（2017）琼9027{kind}{n}号"


def take(office: Office, path: Path, **decisions: str) -> str:
    """Import a ledger; ``L4`` answers what the sum in row 4 asks, ``Q2`` what is known otherwise of its closing."""
    codes = {"L": "money.no_figure", "Q": "known.closing"}
    keys = {f"2017年台账|{key[1:]}|{key[0]}|{codes[key[0]]}": choice for key, choice in decisions.items()}
    changes = office.desk.do("ledger.import", file=str(path), decisions=keys)
    return str(changes.ids("Import")[0])


def undo(office: Office, run: str) -> None:
    office.desk.do("ledger.undo", run=run, reason="选错了文件")


@walks(
    Case="""
        case.register >review_office
        ledger.import >open >closed >review_office open>closed
        ledger.undo closed>open
    """,
    Import="""
        ledger.import >done
        ledger.undo done>undone
    """,
)
def test_cases_come_from_a_ledger_are_closed_by_a_later_one_and_opened_by_its_undoing(walk: Walk, office: Office, tmp_path: Path) -> None:
    rows = [row(), row(序号=2, 案号=number(2), **CLOSED), row(序号=3, 案号=number(3, "执异"))]
    take(office, write_ledger(tmp_path / "甲.xlsx", rows))
    assert [case.state for case in Case.select().order_by(Case.number)] == ["open", "closed", "review_office"]
    later = write_ledger(tmp_path / "乙.xlsx", [row(**CLOSED)])
    asked = {q.code: q for entry in office.look(later).decide for q in entry.questions}
    run = take(office, later, Q2=asked["known.closing"].options[1].key)
    assert office.case(number(1)).state == "closed"
    undo(office, run)
    office.desk.do("case.register", number=number(9, "执异"), cause="执行异议", filed_on=date(2017, 3, 1), applicants=["甲某"], debtors=["乙某"])


@walks(
    TrayRow="""
        ledger.import >waiting >dropped waiting>waiting waiting>imported waiting>dropped
        ledger.drop waiting>dropped
        ledger.undo imported>waiting dropped>waiting
    """,
)
def test_rows_wait_and_leave(walk: Walk, office: Office, tmp_path: Path) -> None:
    rows: list[Any] = [row(序号=n, 案号=number(n), **OPEN_SUM) for n in (1, 2, 3, 4)]
    rows[2] = row(序号=3, 案号=number(3), **OPEN_SUM, 结案方式="终本")  # asks two things
    path = write_ledger(tmp_path / "甲.xlsx", rows)
    take(office, path, L5="skip")
    assert [one.state for one in TrayRow.select().order_by(TrayRow.row)] == ["waiting"] * 3 + ["dropped"]
    run = take(office, path, L2="unknown", L3="skip", L4="unknown")
    assert [one.state for one in TrayRow.select().order_by(TrayRow.row)] == ["imported", "dropped", "waiting", "dropped"]
    undo(office, run)
    waiting = TrayRow.get(TrayRow.case_no == number(3))
    office.desk.do("ledger.drop", rows=[waiting.id], reason="已另行登记")
