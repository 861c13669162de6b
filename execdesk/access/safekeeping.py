"""Backup and restore with their keys: who may open what, and the action that lets a restored store issue again."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from execdesk.access import places, slots
from execdesk.access.demonstration import DAY_FILE, is_demonstration
from execdesk.access.duty import require_may
from execdesk.access.session import Session
from execdesk.access.signin import check_password
from execdesk.law.refusal import Refusal
from execdesk.store import backup
from execdesk.store import restore as restoring
from execdesk.store.backup_file import Manifest, Progress, manifest_of
from execdesk.store.clock import Clock, DemonstrationClock, SystemClock
from execdesk.store.database import EncryptedDatabase
from execdesk.store.restore import Restored
from execdesk.store.store import Store


def back_up(
    store: Store, target: Path, progress: Progress = lambda done, total: None, *, found: Sequence[str] = (), by_itself: bool = False
) -> Manifest:
    """A verified copy of an open store with slots, wrapped keys and certificates; arguments and refusals as :func:`backup.back_up`."""
    if not isinstance(store.base, EncryptedDatabase):
        raise Refusal("服务器上的数据库由信息科按服务器的办法备份。", code="backup.server")
    accounts = slots.names(places.slots_file(store.folder or Path()))
    return backup.back_up(store, store.data_key, target, progress, found=found, accounts=accounts, by_itself=by_itself)


def restore(
    path: Path, folder: Path, account: str, password: str, progress: Progress = lambda done, total: None
) -> Restored:
    """Restore a backup into an empty folder; somebody whose slot is in it, or the recovery code, opens it.

    Raises:
        Refusal: as :func:`backup.restore`, and the refusals of a wrong password.
    """

    def key_of(working: Path) -> bytes:
        return check_password(working, account, password, SystemClock().now())[0].data_key

    return restoring.restore(path, folder, key_of, _clock_for(path), progress=progress)


def of_demonstration(path: Path) -> bool:
    """Whether a backup is of a demonstration store; refuses a file that is none."""
    return places.DEMO_ROOT_FILE in manifest_of(path).parts


def _clock_for(path: Path) -> Clock:
    """The machine's clock; a demonstration's backup goes on from the day on which it stood."""
    if not of_demonstration(path):
        return SystemClock()
    with zipfile.ZipFile(path) as box:
        day = json.loads(box.read(DAY_FILE))["day"] if DAY_FILE in box.namelist() else ""
    return DemonstrationClock(date.fromisoformat(day)) if day else SystemClock()


def require_backup_duty(session: Session) -> None:
    """Backing up is the administrator's, 局长's and 院长's; in a demonstration store anyone's."""
    if not is_demonstration(session.store.folder or Path()):
        require_may(session, ("backup", "read_all"), "备份")
