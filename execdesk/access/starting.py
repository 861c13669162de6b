"""What happens between the password and the first screen: upgrade after a backup, and a look at the chain's end."""

from __future__ import annotations

from pathlib import Path

from execdesk.access.desk_keys import desk_signer
from execdesk.records.journal import Line
from execdesk.store.backup import back_up
from execdesk.store.check import Verdict
from execdesk.store.checklines import check_heads
from execdesk.store.lastlines import last_lines_whole
from execdesk.store.store import Store
from execdesk.store.upgrade import pending, upgrade

BEFORE_UPGRADE = "升级前备份-{}.zip"


def bring_up_to_date(store: Store, key: bytes, folder: Path) -> list[str]:
    """Upgrade an older store, after a verified backup beside it; names of the steps taken.

    Raises:
        Refusal: ``store.newer``, and what the backup refuses with.
    """
    waiting = pending(store.base)
    target = folder / BEFORE_UPGRADE.format(waiting[-1] if waiting else "")
    return upgrade(store, lambda: back_up(store, key, target), desk_signer(store) if waiting else None)


def look_at_end(store: Store) -> str | None:
    """Check the last session's lines and the chain's head before anyone writes; a fault closes writing and is shown.

    The whole check runs later, on a worker.
    """
    last = (
        Line.select(Line.number).where(Line.site == store.site, Line.incarnation == store.incarnation, Line.act == "session.open")
        .order_by(Line.number.desc()).first()
    )
    fault = last_lines_whole(store, last.number if last else 1)
    if fault is None:
        verdict = Verdict()
        check_heads(store, verdict)
        fault = next((f.text for f in verdict.faults if f.chain), None)
    store.closed_reason = fault
    return fault


def day_ahead(store: Store) -> str:
    """A sentence where the latest line is dated after today: every new line is dated so too, until two persons set it right."""
    latest = store.latest_moment()
    today = store.clock.day_of(store.clock.now())
    if latest is None or store.clock.day_of(latest) <= today:
        return ""
    return f"最近一条留痕写着 {store.clock.day_of(latest)}，晚于今天 {today}；改正以前，新办的事项都会记在那一天。请两人在「工具 → 诊断」改正日期。"
