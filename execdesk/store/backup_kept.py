"""The kept files of a backup: a second encrypted file in the folder of the backups, to which each backup adds what it lacks.

Its name tells the key it is encrypted with, so that backups made before a re-keying keep theirs. A backup beside its own store needs
no copy: the kept files lie there already, and no upgrade touches them.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
from peewee import DatabaseError

from execdesk.law.refusal import Refusal
from execdesk.store.backup_file import Progress
from execdesk.store.database import KEPT_BYTES as TABLE
from execdesk.store.database import EncryptedDatabase, make_kept_bytes, unlock
from execdesk.store.dberrors import is_damage
from execdesk.store.files import NAMING, Files, digest_of, files_path

Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Kept:
    """The kept files a backup has: the file they lie in, beside it, how many, and one hash over their names."""

    file: str = ""
    count: int = 0
    names: str = ""


def kept_name(key: bytes) -> str:
    """What the file of a backup folder is called for stores with this key."""
    return f"execdesk-kept-{hashlib.sha256(b'kept files of ' + key).hexdigest()[:8]}.db"


def names_in(copy: apsw.Connection) -> set[str]:
    """The names of kept files that rows of a copied store hold; one that is saved before it is brought up to date may lack the latest tables."""
    found: set[str] = set()
    for field in NAMING:
        table, column = field.model._meta.table_name, field.column_name
        if column in {name for (name,) in copy.execute("SELECT name FROM pragma_table_info(?)", (table,))}:
            query: Any = copy.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')
            found |= {name for (name,) in query if name}
    return found


def add_kept(files: Files, key: bytes, target: Path, store_file: Path, wanted: set[str], step: Progress) -> Kept:
    """See that the kept files of a backup lie beside it, adding those that are not there yet, all or none.

    A file that is gone from the store, or is no longer what its name says, is left out: the check of the store tells of it.

    ``step`` is called between any two files, and may raise.

    Raises:
        Refusal: ``backup.target`` for a damaged file there; nothing is added then.
    """
    if not wanted:
        return Kept()
    if target.parent.resolve() == store_file.parent.resolve():
        held = sorted(wanted & set(files.all_names()))
        return Kept(files_path(store_file).name, len(held), _hash(held))
    place = target.parent / kept_name(key)
    with _of_folder(place, key) as beside:
        lacking = sorted(wanted - set(beside.all_names()))
        with beside.base.atomic("IMMEDIATE"):
            _copy(files, beside, lacking, step)
        held = sorted(wanted & set(beside.all_names()))
        _look_again(beside, sorted(set(lacking) & set(held)), step)
    return Kept(place.name, len(held), _hash(held))


@contextmanager
def gone_if_failed(target: Path, key: bytes) -> Iterator[None]:
    """A backup that fails leaves no file of kept files where there was none before; in one that was, what was added stays for the next."""
    place = target.parent / kept_name(key)
    existed = place.exists()
    try:
        yield
    except BaseException:
        for end in () if existed else ("", "-wal", "-shm", "-journal"):
            Path(f"{place}{end}").unlink(missing_ok=True)
        raise


def require_kept(kept: Kept, folder: Path) -> None:
    """Refuse with ``restore.no_kept`` where a backup has kept files and the file they lie in is not beside it."""
    if kept.count and not (folder / kept.file).is_file():
        raise Refusal(
            f"备份旁没有「{kept.file}」，其中有 {kept.count} 份留存文件（已签发的文书、扫描件、台账）。请把它与备份文件放在同一文件夹，再恢复。",
            code="restore.no_kept",
        )


def bring_kept(kept: Kept, folder: Path, key: bytes, wanted: set[str], into: Path, step: Progress) -> None:
    """Take the kept files of a backup from beside it into a store's own file at ``into``, each compared with its name.

    Raises:
        Refusal: ``restore.no_kept`` where the file is not beside the backup, ``restore.broken`` where it lacks some or is damaged.
    """
    if not kept.count:
        return
    require_kept(kept, folder)
    place = folder / kept.file
    with _readable(place, into) as beside:
        try:
            unlock(beside, key)
            _bring(beside, kept, wanted, into, key, step)
        except (apsw.NotADBError, apsw.CorruptError, apsw.SQLError, ValueError) as error:
            raise Refusal(f"备份旁的「{kept.file}」已损坏或缺少文件，不能用来恢复。请换另一份备份。", code="restore.broken") from error


@contextmanager
def _readable(place: Path, into: Path) -> Iterator[apsw.Connection]:
    """The file of kept files beside a backup, as it is: a stick may be write-protected, a store be in use. One that a program left in the
    middle of adding to it is set right in a copy, never where it lies."""
    log, copy = Path(f"{place}-journal"), into.with_name(f"{into.name}.beside")
    left = log.is_file() and log.stat().st_size
    if left:
        shutil.copyfile(place, copy)
        shutil.copyfile(log, f"{copy}-journal")
    beside = apsw.Connection(str(copy)) if left else apsw.Connection(str(place), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        yield beside
    finally:
        beside.close()
        for end in ("", "-journal"):
            Path(f"{copy}{end}").unlink(missing_ok=True)


def _bring(beside: apsw.Connection, kept: Kept, wanted: set[str], into: Path, key: bytes, step: Progress) -> None:
    names: Any = beside.execute(f'SELECT "sha256" FROM "{TABLE}" ORDER BY "sha256"')
    held = [name for (name,) in names if name in wanted]
    if _hash(held) != kept.names:
        raise ValueError("files are missing")
    with opened(into, key) as own, own.base.atomic("IMMEDIATE"):
        for number, name in enumerate(held, 1):
            row: Any = beside.execute(f'SELECT "data" FROM "{TABLE}" WHERE "sha256" = ?', (name,)).fetchone()
            if digest_of(bytes(row[0])) != name:
                raise ValueError(f"{name} is damaged")
            own.put({name: bytes(row[0])})
            step(number, len(held))


@contextmanager
def opened(place: Path, key: bytes) -> Iterator[Files]:
    """A file of kept files; afterwards it stands alone, without a log beside it."""
    files = Files(EncryptedDatabase(str(place), key))
    files.make()
    try:
        yield files
        files.base.connection().pragma("journal_mode", "delete")
    finally:
        files.close()


@contextmanager
def _of_folder(place: Path, key: bytes) -> Iterator[Files]:
    """The file of a backup folder, which may lie on a share."""
    base = EncryptedDatabase(str(place), key, by_itself=True)
    try:
        try:
            base.connect()
            make_kept_bytes(base)
        except (apsw.Error, DatabaseError) as error:
            if not is_damage(error):
                raise
            raise Refusal(f"备份位置的「{place.name}」打不开，可能已损坏。请把它移到别处再备份，或另选位置。", code="backup.target") from error
        yield Files(base, made=True)
    finally:
        if not base.is_closed():
            base.close()


def _copy(files: Files, beside: Files, lacking: Sequence[str], step: Progress) -> None:
    for number, name in enumerate(lacking, 1):
        data = files.get(name)
        if data is not None and digest_of(data) == name:
            beside.put({name: data})
        step(number, 2 * len(lacking))


def _look_again(beside: Files, names: Sequence[str], step: Progress) -> None:
    """What was just copied is read back before it counts."""
    for number, name in enumerate(names, 1):
        if digest_of(beside.get(name) or b"") != name:
            raise Refusal("留存文件备份后核对不符，没有保留这份备份。请换一处位置再试。", code="backup.unreadable")
        step(len(names) + number, 2 * len(names))


def _hash(names: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(names).encode()).hexdigest()
