"""Ledgers full of hazards: every used row in exactly one list, nothing raised but refusals."""

from __future__ import annotations

import csv
import io
import sys
import time
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from execdesk.intake.files import read_bytes
from execdesk.intake.ledger import check
from execdesk.intake.report import LedgerReport
from execdesk.intake.setting import Setting
from tests.intake.conftest import HEADINGS, book
from tests.intake.hostile import hostile
from tests.tries import examples


def whole(report: LedgerReport) -> bool:
    """Whether the four lists are every used row of every sheet exactly once."""
    lists = (report.imported, report.decide, report.refused, report.passed_over)
    rows = [(entry.sheet, entry.row) for entries in lists for entry in entries]
    expected = {(name, row) for name, count in report.used_rows.items() for row in range(1, count + 1)}
    return len(rows) == len(expected) and set(rows) == expected


def sound(report: LedgerReport) -> bool:
    """Whether imported rows have a case, questions stand with decisions, reasons with refusals."""
    return (
        all(entry.cases and not entry.questions and not entry.problems for entry in report.imported)
        and all(entry.questions and not entry.problems for entry in report.decide)
        and all(entry.problems or entry.code == "sheet.no_header" for entry in report.refused)
        and all(entry.code and entry.text for entry in (*report.decide, *report.refused, *report.passed_over))
    )


def test_four_thousand_hostile_rows(setting: Setting, capsys: pytest.CaptureFixture[str]) -> None:
    data = hostile(4000, seed=20171231)
    began = time.perf_counter()
    workbook = read_bytes(data, "台账.xlsx")
    read = time.perf_counter()
    report = check(workbook, setting)
    done = time.perf_counter()
    with capsys.disabled():
        sys.stdout.write(f"\n4,000 hostile rows: read {read - began:.2f} s, checked {done - read:.2f} s, {report.counts}\n")
    assert whole(report) and sound(report)
    assert all(count > 0 for count in report.counts.values())
    assert {"row.blank", "row.total", "row.header_repeated", "row.serial_only", "row.footer"} <= {entry.code for entry in report.passed_over}


@pytest.mark.parametrize("seed", range(12))
def test_small_hostile_ledgers_of_many_seeds(setting: Setting, seed: int) -> None:
    report = check(read_bytes(hostile(60, seed), "台账.xlsx"), setting)
    assert whole(report) and sound(report)
    again = check(read_bytes(hostile(60, seed), "台账.xlsx"), setting)
    assert [entry.fingerprint for entry in again.imported] == [entry.fingerprint for entry in report.imported]


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.sampled_from(["合计", "填表人：甲", "（2017）琼9027执1号", "执505、506号", "2017-02-30", "以判决为准", "=1+1", "=cmd|'x'!A0", "法官甲", "#REF!"]),
)


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, max_size=len(HEADINGS)), max_size=8), st.permutations(HEADINGS))
def test_any_cells_under_any_header_fall_into_exactly_one_list(setting: Setting, rows: list[list[Any]], order: Sequence[str]) -> None:
    report = check(book(*map(tuple, rows), headings=tuple(order)), setting)
    assert whole(report) and sound(report)


@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(st.characters(codec="gb18030"), max_size=10), max_size=6), min_size=1, max_size=6))
def test_any_text_is_read_or_refused(setting: Setting, rows: list[list[str]]) -> None:
    from execdesk.law.refusal import Refusal

    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    for encoding in ("utf-8", "gb18030"):
        try:
            workbook = read_bytes(out.getvalue().encode(encoding), "台账.csv")
        except Refusal:
            continue
        assert whole(check(workbook, setting))
