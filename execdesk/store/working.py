"""The folder in which a backup is made, within the one it is meant for; what a killed program left of its own is cleared by the next."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from execdesk.store.alone import locked

_NAME, _LOCK = ".execdesk-backup-", ".lock"


@contextmanager
def working_folder(folder: Path) -> Iterator[Path]:
    """An empty folder within ``folder``, gone afterwards; before, those of killed programs are cleared. One in which another program is
    still at work is told by a lock beside it and left alone.

    Raises:
        OSError: where the folder cannot be written.
    """
    clear_left(folder)
    working = folder / f"{_NAME}{secrets.token_hex(4)}"
    lock = Path(f"{working}{_LOCK}")
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        locked(handle)  # before the folder is there: one without a lock is nobody's
        working.mkdir(mode=0o700)
        yield working
    finally:
        shutil.rmtree(working, ignore_errors=True)
        os.close(handle)
        with suppress(OSError):  # the place may have been pulled out
            lock.unlink()


def clear_left(folder: Path) -> None:
    """Take away the working folders of programs that were killed; what cannot be taken away stays for another time."""
    for lock in folder.glob(f"{_NAME}*{_LOCK}"):
        with suppress(OSError):
            _clear(lock)
    for working in folder.glob(f"{_NAME}*"):
        if working.is_dir() and not Path(f"{working}{_LOCK}").exists():
            shutil.rmtree(working, ignore_errors=True)


def _clear(lock: Path) -> None:
    handle = os.open(lock, os.O_RDWR)
    try:
        if locked(handle):
            shutil.rmtree(lock.with_name(lock.name.removesuffix(_LOCK)), ignore_errors=True)
            lock.unlink()
    finally:
        os.close(handle)
