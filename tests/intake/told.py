"""What a report says, row by row, as plain values: to be compared whole with what is right."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from execdesk.intake.report import LedgerCase, LedgerEntry, LedgerParty, LedgerReport

LISTS = ("imported", "decide", "refused", "passed_over")
UNTOLD = frozenset({"year", "court_code", "type_code", "seq", "changes", "town_state", "group_reason", "written", "judge_id", "clerk_id", "officer_id", "closing_source"})


def party_words(party: LedgerParty) -> str:
    """「乙某 469027198808080008（id18） 男 1988-08-08 乐东县黄流镇 189…」."""
    paper = f"{party.id_no}（{party.id_kind}）" if party.id_no else ""
    about = ("", "男", "女")[party.sex or 0], str(party.born_on or ""), party.address, party.phone
    return " ".join(part for part in (party.name, paper, *about) if part)


def case_words(case: LedgerCase) -> dict[str, Any]:
    """Each field of a case that says something."""
    plain = {name: value for name, value in asdict(case).items() if name not in UNTOLD}
    plain |= {side: [party_words(party) for party in getattr(case, side)] for side in ("applicants", "debtors")}
    plain["other_numbers"] = list(case.other_numbers)
    return {name: value if isinstance(value, (int, list)) else str(value) for name, value in plain.items() if value not in (None, "", [], ())}


def entry_words(entry: LedgerEntry) -> dict[str, Any]:
    """One row: its case, or what is asked or wrong with column, value and choices; and the codes of its notes."""
    asked = [f"{q.code} {q.column} {q.value} → {' | '.join(one.key for one in q.options)}{f' ({q.proposal})' if q.proposal else ''}" for q in entry.questions]
    wrong = [f"{p.code} {p.column} {p.value}" for p in entry.problems]
    told: dict[str, Any] = {"cases": [case_words(case) for case in entry.cases], "asked": asked, "wrong": wrong, "notes": [note.code for note in entry.warnings]}
    return {name: value for name, value in told.items() if value}


def report_words(report: LedgerReport) -> dict[str, dict[str, Any]]:
    """Every row that holds something, by its number, with the list it is in; rows of no case by why they are none."""
    found: dict[str, dict[str, Any]] = {}
    for name in LISTS:
        for entry in getattr(report, name):
            if entry.code not in ("row.blank", "row.header"):
                place = str(entry.row) if entry.sheet == next(iter(report.used_rows)) else f"{entry.sheet} {entry.row}"
                found[place] = {"list": name, **({"why": entry.code} if name == "passed_over" else entry_words(entry))}
    return {place: found[place] for place in sorted(found, key=lambda one: (not one.isdigit(), int(one) if one.isdigit() else 0, one))}


def answers(report: LedgerReport) -> dict[tuple[Any, ...], str]:
    """The proposal of each question, else its first choice; a day where none is offered."""
    asked = ((entry, question) for entry in report.decide for question in entry.questions)
    return {
        (entry.sheet, entry.row, question.column, question.code): question.proposal or (question.options[0].key if question.options else "text:2017-02-17")
        for entry, question in asked
    }
