"""Generated hostile ledgers compared with their truth, row by row and field by field: as checked, and as journaled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from execdesk.intake.files import read_bytes
from execdesk.intake.ledger import check
from execdesk.intake.report import LedgerReport
from execdesk.intake.setting import Setting
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.people import Person
from tests.intake.hostile import hostile
from tests.intake.office import Office
from tests.intake.told import answers, report_words
from tests.intake.truthful import SHEET, Ledger, truthful
from tests.tries import examples, times

DECISIONS = {("row.continued", SHEET): "join"}
Decided = Callable[[Any], Setting]


def wrong(ledger: Ledger, report: LedgerReport) -> list[tuple[str, Any, Any]]:
    """Rows that are not what they should be, with what was found and what is right; notes are not compared."""
    found = {row: {name: value for name, value in told.items() if name != "notes"} for row, told in report_words(report).items()}
    return [(row, found.get(row), ledger.right.get(row)) for row in sorted(found.keys() | ledger.right.keys(), key=int) if found.get(row) != ledger.right.get(row)]


@pytest.mark.parametrize("seed", range(3))
def test_every_field_of_a_hostile_ledger_is_what_it_should_be(decided: Decided, seed: int) -> None:
    ledger = truthful(150, seed)
    assert wrong(ledger, check(read_bytes(ledger.data, "台账.xlsx"), decided(DECISIONS))) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 100 + times(1)))
def test_every_field_of_four_thousand_hostile_rows_is_what_it_should_be_to_the_store(decided: Decided, office: Office, tmp_path: Path, seed: int) -> None:
    ledger = truthful(4000, seed)
    assert wrong(ledger, check(read_bytes(ledger.data, "台账.xlsx"), decided(DECISIONS))) == []
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger.data)
    promised = office.look(path, DECISIONS)
    taken = office.take(path, DECISIONS)
    assert promised == taken.report, "a dry run promises what the import does"
    assert stored() == {case["number"]: case for told in ledger.right.values() for case in told.get("cases", ())}
    office.sound()


def stored() -> dict[str, dict[str, Any]]:
    """Every case in the store, as :func:`tests.intake.told.case_words` tells it."""
    from execdesk.law.identity import SEXES
    from execdesk.records.court import Group

    people, groups = {p.id: p.name for p in Person.select()}, {g.id: g.code for g in Group.select()}
    parties: dict[tuple[str, str], list[str]] = {}
    for p in Party.select().where(Party.struck.is_null()).order_by(Party.position):
        words = (p.name, f"{p.id_no}（{p.id_kind}）" if p.id_no else "", p.sex if p.sex in SEXES.values() else "", str(p.born_on or ""), p.address or "", p.phone or "")
        parties.setdefault((p.case, p.side), []).append(" ".join(part for part in words if part))
    held = {(a.case, a.role): people[a.person] for a in Assignment.select().where(Assignment.struck.is_null())}
    found = {}
    for c in Case.select().where(Case.struck.is_null()):
        told = {
            "number": c.number, "state": c.state, "cause": c.cause, "filed_on": str(c.filed_on), "applicants": parties[c.id, "applicant"],
            "debtors": parties[c.id, "debtor"], "basis_no": c.basis_no, "basis_effective_on": str(c.basis_effective_on), "claim_fen": c.claim_fen,
            "recovered_fen": c.opening_recovered_fen, "judge": held.get((c.id, "judge")), "clerk": held.get((c.id, "clerk")), "town": c.town,
            "group": groups.get(c.group), "closed_on": str(c.closed_on) if c.closed_on else None, "closing_mode": c.closing_mode, "remarks": c.remarks,
        }
        found[c.number] = {name: value for name, value in told.items() if value is not None}
    return found


def test_a_dry_run_promises_what_the_import_does(office: Office, tmp_path: Path) -> None:
    for seed in range(examples(8)):
        path = tmp_path / f"{seed}.xlsx"
        path.write_bytes(hostile(60, seed) if seed % 2 else truthful(60, seed).data)
        decisions: dict[Any, str] = {}
        for _ in range(2):
            promised = office.look(path, decisions)
            taken = office.take(path, decisions)
            assert promised == taken.report
            entered = {row.number for row in Case.select().where(Case.struck.is_null())}
            assert {case.number for entry in promised.imported for case in entry.cases} <= entered
            waiting = {(row.sheet, row.row) for row in office.tray()}
            assert {(entry.sheet, entry.row) for entry in (*promised.decide, *promised.refused)} <= waiting
            decisions |= answers(promised)
    office.sound()


def test_a_case_whose_parties_are_looked_at_in_two_batches_is_no_case_with_a_party_twice(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    from execdesk.casefile import persons

    monkeypatch.setattr(persons, "rows", SimpleNamespace(batches=lambda every: ([one] for one in every)))
    path = tmp_path / "台账.xlsx"
    path.write_bytes(truthful(8, 1).data)
    assert office.take(path, DECISIONS).run is not None
