"""The lists of a check as a file, and what a row becomes, in words."""

from __future__ import annotations

from pathlib import Path

from execdesk.access.session import Session
from execdesk.intake.report import LedgerCase, LedgerEntry, LedgerReport
from execdesk.intake.write import HEADINGS, LIST_TITLES, Field, report_rows, report_xlsx, write_csv
from execdesk.law.words import amount_in_list
from execdesk.reads.export import keep_list, require_kind
from execdesk.records.cases import CASE_MOVES, CaseState


def export_lists(report: LedgerReport, path: Path) -> None:
    """Write the four lists as ``.xlsx``, a sheet each, or as ``.csv``, one table with the list's name in front.

    Raises:
        Refusal: ``export.kind`` for another ending, ``export.file`` where the file cannot be written, ``file.own``.
    """
    kind = require_kind(path)
    keep_list(path, report_xlsx(report) if kind == ".xlsx" else write_csv(("清单", *HEADINGS), _all_rows(report)))


def _all_rows(report: LedgerReport) -> list[tuple[Field, ...]]:
    return [(title, *row) for name, title in LIST_TITLES.items() for row in report_rows(getattr(report, name))]


def will_write(session: Session, entry: LedgerEntry) -> tuple[tuple[str, str], ...]:
    """The cases a row becomes: number, cause, day, claim, group and judge; for a known case what changes."""
    said: list[tuple[str, str]] = []
    for case in entry.cases:
        if case.changes:
            said.append((case.number, "；".join(f"{name} {old} → {new}" for name, old, new in case.changes)))
        else:
            said += _case(session, case)
    return tuple(said)


def _case(session: Session, case: LedgerCase) -> list[tuple[str, str]]:
    groups = session.organisation.groups
    more = {CaseState.CLOSED: f" {case.closed_on} {case.closing_mode}，标「台账载明」", CaseState.REVIEW_OFFICE: "，执行局只能查看"}
    state = CASE_MOVES.words[case.state] + more.get(case.state, "")
    claim = f"{amount_in_list(case.claim_fen)} 元" if case.claim_fen is not None and case.claim_fen >= 0 else "台账未载"
    group = groups[case.group].name if case.group in groups else "未列明，待定组"
    return [
        ("案件", f"{case.number}　{case.cause}"), ("立案日期", case.filed_on.isoformat()), ("申请标的", claim),
        ("归组", f"{group}：{(case.group_reason or case.town or '台账未载住址').rstrip('。')}"),
        ("承办", f"{case.judge}（台账载明）" if case.judge_id else "按负荷分案规则，导入时定"), ("状态", state),
    ]
