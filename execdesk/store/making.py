"""Making a store in a folder, by set-up or by restoring: one at a time, in a working folder within it, put in place at the end, the store last.

What a killed one left behind is cleared by the next; files that are nobody's of these are left alone.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from execdesk.law.refusal import Refusal
from execdesk.store.alone import locked
from execdesk.store.backup_file import sync_folder
from execdesk.store.permissions import Owners, narrow

LOCK = ".making.lock"
WORKING = ".making-"
LOGS = ("-wal", "-shm", "-journal")
_MOVED = "moved.json"  # in the working folder: the names that are put in place from then on


@contextmanager
def making(folder: Path, refuse: Callable[[Path], None]) -> Iterator[Path]:
    """An empty working folder for a store that is to lie in ``folder``; gone afterwards, and so is ``folder`` if it was made for this and the
    block raises. ``refuse`` says why nothing may be made there; it is asked while nobody else makes anything.

    Raises:
        Refusal: ``store.making`` where another one is at it; what ``refuse`` raises.
        OSError: where the folder cannot be written.
    """
    if not list(folder.glob(f"{WORKING}*")):
        refuse(folder)
    existed = folder.exists()
    folder.mkdir(mode=Owners().folder_mode, parents=True, exist_ok=True)
    try:
        with _alone(folder):
            _clear(folder)
            refuse(folder)
            with _narrowed(folder):
                working = folder / f"{WORKING}{secrets.token_hex(4)}"
                try:
                    working.mkdir(mode=Owners().folder_mode)
                    yield working
                finally:
                    shutil.rmtree(working, ignore_errors=True)
    except BaseException:
        if not existed:
            with suppress(OSError):  # another one's by now
                folder.rmdir()
        raise


@contextmanager
def _narrowed(folder: Path) -> Iterator[None]:
    """A block before which a folder becomes this account's alone, so that nothing of a store ever lay in a wider one; as it was if the block
    raises. A file system that knows no owners is told of later."""
    before = stat.S_IMODE(folder.stat().st_mode)
    with suppress(OSError):
        folder.chmod(Owners().folder_mode)
    try:
        yield
    except BaseException:
        with suppress(OSError):
            folder.chmod(before)
        raise


def is_leftover(item: Path) -> bool:
    """Whether something in the folder is of the making of a store, now or cut short."""
    return item.name == LOCK or item.name.startswith(WORKING)


def put_in_place(working: Path, folder: Path, last: str) -> None:
    """Move everything out of the working folder, ``last`` at the end; over nothing but the logs of a store that is gone.

    Raises:
        Refusal: ``store.exists`` where something of that name lies there.
    """
    names = sorted((item.name for item in working.iterdir()), key=lambda name: name == last)
    taken = [name for name in names if (folder / name).exists()]
    if taken:
        raise Refusal(f"「{folder}」里已有「{'、'.join(taken)}」，不能覆盖，没有改动。请另选空文件夹。", code="store.exists")
    narrow(working)
    (working / _MOVED).write_text(json.dumps({"names": names, "last": last}), encoding="utf-8")
    sync_folder(working)
    for log in (folder / f"{name}{end}" for name in names if name.endswith(".db") for end in LOGS):
        log.unlink(missing_ok=True)  # of a store that is gone: never replayed into this one
    for name in names:
        (working / name).replace(folder / name)
    sync_folder(folder)


def _clear(folder: Path) -> None:
    """Take away what killed ones left: their working folders, and what they had put in place before the store itself was."""
    for working in folder.glob(f"{WORKING}*"):
        if not working.is_dir():
            continue
        names, last = _moved(working)
        if last and (working / last).exists() and not (folder / last).exists():
            for name in names:
                if not (working / name).exists():
                    _remove(folder / name)
        shutil.rmtree(working)


def _moved(working: Path) -> tuple[list[str], str]:
    try:
        told = json.loads((working / _MOVED).read_text("utf-8"))
        names, last = [Path(str(name)).name for name in told["names"]], Path(str(told["last"])).name
    except (OSError, ValueError, KeyError, TypeError):
        return [], ""
    return names, last


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """A block in which no other program makes a store here; the system lets go of the lock of one that was killed."""
    path = folder / LOCK
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not locked(handle) or not _is_at(handle, path):
            raise Refusal(f"另一个程序正在「{folder}」里设立或恢复数据库。请等它结束再看，或者另选文件夹。", code="store.making")
        try:
            yield
        finally:
            if os.name != "nt":  # while it is still locked, so that nobody holds a file that is gone
                path.unlink(missing_ok=True)
    finally:
        os.close(handle)
        if os.name == "nt":
            with suppress(OSError):
                path.unlink()


def _is_at(handle: int, path: Path) -> bool:
    """Whether the file that was locked is still the one that lies there: the one before may have taken it away."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False
