"""The sample cases of a demonstration store: the sample ledger comes in, as a clerk would bring it in."""

from __future__ import annotations

from pathlib import Path

from execdesk.access.demonstration import demonstration_day
from execdesk.desk import AppServices, Desk
from execdesk.intake.importing import take_ledger
from execdesk.store.clock import DemonstrationClock


def sample_cases(services: AppServices, folder: Path) -> list[str]:
    """Import the sample ledger into a new demonstration store; says what came in."""
    day = demonstration_day(folder)
    assert day is not None
    desk = Desk.open(services, folder, "clerk", "demo", DemonstrationClock(day))
    try:
        with desk.reading():
            taken = take_ledger(desk.session, services.resources / "demo" / "ledger-2017.xlsx")
        counts = taken.report.counts
    finally:
        desk.close()
    return [f"样例台账：导入 {counts['imported']}，待决定 {counts['decide']}，不能导入 {counts['refused']}，跳过 {counts['passed_over']}"]
