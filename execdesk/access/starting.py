"""What happens between the password and the first screen: upgrade after a backup, and a look at the chain's end."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from execdesk.access.desk_keys import desk_signer
from execdesk.access.places import slots_file
from execdesk.access.slots import names
from execdesk.law.refusal import Refusal
from execdesk.records.court import Court
from execdesk.records.journal import Line
from execdesk.store.backup import back_up
from execdesk.store.checklines import heads_not_here
from execdesk.store.database import EncryptedDatabase
from execdesk.store.lastlines import last_lines_whole
from execdesk.store.line import Cosigner
from execdesk.store.permissions import new_file_mode
from execdesk.store.renaming import ever
from execdesk.store.store import Store
from execdesk.store.upgrade import pending, upgrade
from execdesk.store.whereabouts import astray, machine_mark

FIXED = "数据所在的盘只能读，不能写入；要办公，请在原来的电脑上打开，或者把整个文件夹复制到能写的盘上。"
BEFORE_UPGRADE = "升级前备份-{}.zip"


def bring_up_to_date(store: Store, key: bytes, folder: Path, person: Callable[[], Cosigner]) -> list[str]:
    """Upgrade an older store, after a verified backup beside it, in a line that ``person`` signs too; names of the steps taken.

    Raises:
        Refusal: ``store.newer``, ``store.only_reading`` where no line may be written, and what the backup refuses with.
    """
    waiting = pending(store.base)
    if waiting and store.only_reading is not None:
        raise Refusal(f"本库须先升级，但现在不能写入：{store.only_reading}请用原来版本的程序处理以后再升级。", code="store.only_reading")
    target = folder / BEFORE_UPGRADE.format(waiting[-1] if waiting else "")

    def backup() -> None:
        back_up(store, key, target, accounts=names(slots_file(folder)))
        if os.name != "nt":
            target.chmod(new_file_mode(folder))  # it lies with the data, and is closed as they are

    return upgrade(store, backup, lambda: desk_signer(store), person)


def is_fixed(store: Store) -> bool:
    """Whether the store lies on a disk that takes no writing."""
    return isinstance(store.base, EncryptedDatabase) and store.base.fixed


def look_before_writing(store: Store, folder: Path) -> None:
    """Leave a store to reading that is not where this PC knows it, or whose chain is shorter than or different from what was marked.

    Not a session is written then, so that neither the mark nor the true lines at another desk are overtaken by what this one adds. A
    demonstration may lie anywhere.
    """
    court = Court.select().first()
    if court is None:
        return
    if not court.demo:
        store.astray = astray(store, folder, court.root_fingerprint)
        store.mark_on_machine(machine_mark(store))
    store.lost = heads_not_here(store)
    told = [*([FIXED] if is_fixed(store) else []), *([store.astray.text] if store.astray else []), *(fault.text for fault in store.lost)]
    store.only_reading = "".join(told) or None


def look_at_end(store: Store) -> str | None:
    """Check the last session's lines before anyone writes; a fault closes writing and is shown.

    The whole check runs later, on a worker.
    """
    last = (
        Line.select(Line.number).where(Line.site == store.site, Line.incarnation == store.incarnation, Line.act.in_(ever("session.open")))
        .order_by(Line.number.desc()).first()
    )
    fault = last_lines_whole(store, last.number if last else 1)
    store.closed_reason = fault
    return fault


def day_ahead(store: Store) -> str:
    """A sentence where the latest line is dated after today: every new line is dated so too, until two persons set it right."""
    latest = store.latest_moment()
    today = store.clock.day_of(store.clock.now())
    if latest is None or store.clock.day_of(latest) <= today:
        return ""
    return f"最近一条留痕写着 {store.clock.day_of(latest)}，晚于今天 {today}；改正以前，新办的事项都会记在那一天。请两人在「工具 → 诊断」改正日期。"
