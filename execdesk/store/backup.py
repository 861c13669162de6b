"""A verified backup in one file.

The file is a ZIP of the encrypted store as SQLite's own backup call copied it, the key slots, wrapped keys and certificates, and a
manifest with the SHA-256 of each. It is opened before it counts. Restoring it is a matter of :mod:`execdesk.store.restore`.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import apsw
from peewee import DatabaseError

from execdesk.law.refusal import Refusal
from execdesk.records.base import canonical, moment_text
from execdesk.store.store import Store

KIND = "execdesk backup 1"
MANIFEST = "manifest.json"
BESIDE = ("*.json", "*.p12", "*.pem", "*.crt", "keys/**/*", "certificates/**/*")  # what belongs to a store, in its folder
LEFT_OUT = frozenset({"attempts.json"})  # login counters belong to the machine
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
PIECE = 1 << 20
_PAGES = 256

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: which chain up to where, when it was made, its parts with their SHA-256."""

    site: str
    incarnation: int
    number: int
    hash: str
    lines: int
    made_at: str
    store_file: str
    parts: dict[str, str]

    @property
    def chain(self) -> str:
        return f"{self.site}.{self.incarnation}"


# -- making one --------------------------------------------------------------------------------------------------------


def back_up(
    store: Store, key: bytes, target: Path, progress: Progress = lambda done, total: None, cancelled: Cancelled = lambda: False
) -> Manifest:
    """Write a backup of an open store to ``target``; the file appears only once it was opened and compared.

    ``key`` is the store's data key; the copy is encrypted with it too. Others may read and write meanwhile.

    Raises:
        Refusal: ``backup.full``, ``backup.target`` where the file cannot be written, ``backup.cancelled``,
            ``backup.unreadable`` where the copy does not open. Nothing is left then.
    """
    assert store.folder is not None, "only a store on disk is backed up"
    working = target.parent / f".{target.name}.{secrets.token_hex(4)}"
    try:
        with told_plainly(target):
            working.mkdir(parents=True)
            copy = working / Path(str(store.base.database)).name
            _copy_pages(store, key, copy, progress, cancelled)
            manifest = _open_copy(store, key, copy)
            packed = working / "packed"
            manifest = _pack(packed, manifest, copy, store.folder, cancelled)
            read_backup(packed)
            packed.replace(target)
            sync_folder(target.parent)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    with suppress(DatabaseError):  # a store that cannot write just now has its backup all the same
        store.set_meta("backup.made", canonical({"at": manifest.made_at, "chain": manifest.chain, "number": manifest.number}))
    return manifest


def _copy_pages(store: Store, key: bytes, copy: Path, progress: Progress, cancelled: Cancelled) -> None:
    store.activate()
    source: apsw.Connection = store.base.connection()
    made = apsw.Connection(str(copy))
    try:
        made.pragma("hexkey", key.hex())
        with made.backup("main", source, "main") as running:
            while not running.done:
                if cancelled():
                    raise Refusal("已取消备份，没有留下文件。", code="backup.cancelled")
                running.step(_PAGES)
                progress(running.page_count - running.remaining, running.page_count)
        made.pragma("journal_mode", "delete")  # one file, without a log beside it
    finally:
        made.close()


def _open_copy(store: Store, key: bytes, copy: Path) -> Manifest:
    """Open the copy as a stranger would, and see that it is whole and ends where a chain of this store does."""
    made = apsw.Connection(str(copy))
    try:
        made.pragma("hexkey", key.hex())
        wrong = made.pragma("quick_check")
        if wrong != "ok":
            raise Refusal(f"备份打开后核对不符（{wrong}），没有保留。请换一处位置再试，并做一次全面自检。", code="backup.unreadable")
        count: Any = made.execute("SELECT COUNT(*) FROM line").fetchone()
        row: Any = made.execute(
            "SELECT number, hash FROM line WHERE site = ? AND incarnation = ? ORDER BY number DESC LIMIT 1",
            (store.site, store.incarnation),
        ).fetchone()
    finally:
        made.close()
    number, hash_ = row or (0, "")
    at = moment_text(store.clock.now())
    return Manifest(store.site, store.incarnation, number, hash_, int(count[0]), at, copy.name, {})


def _pack(packed: Path, manifest: Manifest, copy: Path, folder: Path, cancelled: Cancelled) -> Manifest:
    parts = {copy.name: copy, **{part.relative_to(folder).as_posix(): part for part in _beside(folder)}}
    hashes: dict[str, str] = {}
    with packed.open("xb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED, allowZip64=True) as box:
        for name, path in parts.items():
            digest = hashlib.sha256()
            with path.open("rb") as source, box.open(name, "w", force_zip64=True) as out:
                while piece := source.read(PIECE):
                    if cancelled():
                        raise Refusal("已取消备份，没有留下文件。", code="backup.cancelled")
                    digest.update(piece)
                    out.write(piece)
            hashes[name] = digest.hexdigest()
        manifest = Manifest(**{**asdict(manifest), "parts": hashes})
        box.writestr(MANIFEST, canonical({"kind": KIND, **asdict(manifest)}))
    with packed.open("rb+") as whole:
        os.fsync(whole.fileno())
    return manifest


def _beside(folder: Path) -> list[Path]:
    found = {path for pattern in BESIDE for path in folder.glob(pattern) if path.is_file()}
    return sorted(path for path in found if path.name not in LEFT_OUT and not path.name.startswith("."))


@contextmanager
def told_plainly(target: Path) -> Iterator[None]:
    """Say in a sentence why a file cannot be written."""
    try:
        yield
    except (OSError, apsw.Error, DatabaseError) as error:
        full = isinstance(error, apsw.FullError) or getattr(error, "errno", None) in _FULL
        if full or isinstance(error, apsw.IOError):
            raise Refusal(f"「{target.parent}」空间不足或写不进去，没有留下文件。请腾出空间或换一处再办。", code="backup.full") from error
        raise Refusal(f"「{target}」写不进去（{error}），没有留下文件。请换一处再办。", code="backup.target") from error


def sync_folder(folder: Path) -> None:
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        with suppress(OSError):
            os.fsync(handle)
        os.close(handle)


# -- reading one -------------------------------------------------------------------------------------------------------


def read_backup(path: Path) -> Manifest:
    """Open a backup and compare every part with the manifest.

    Raises:
        Refusal: ``restore.wrong_file`` for a file that is no backup, ``restore.broken`` for one that is damaged.
    """
    with opened_backup(path) as (box, manifest):
        for name, told in manifest.parts.items():
            digest = hashlib.sha256()
            with box.open(name) as source:
                while piece := source.read(PIECE):
                    digest.update(piece)
            if digest.hexdigest() != told:
                raise _broken(path)
    return manifest


@contextmanager
def opened_backup(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    if not path.is_file():
        raise Refusal(f"找不到备份文件「{path}」。", code="restore.wrong_file")
    if not zipfile.is_zipfile(path):
        raise Refusal(f"「{path.name}」不是备份文件，或传送时被截断。请选择由本程序做的备份。", code="restore.wrong_file")
    try:
        with zipfile.ZipFile(path) as box:
            yield box, _manifest(box, path)
    except (zipfile.BadZipFile, EOFError, KeyError, OSError, ValueError) as error:
        raise _broken(path) from error


def _manifest(box: zipfile.ZipFile, path: Path) -> Manifest:
    wrong = Refusal(f"「{path.name}」不是本程序的备份文件。", code="restore.wrong_file")
    if MANIFEST not in box.namelist():
        raise wrong
    told: dict[str, Any] = json.loads(box.read(MANIFEST))
    if told.pop("kind", None) != KIND:
        raise wrong
    manifest = Manifest(**told)
    names = {*manifest.parts, MANIFEST}
    if set(box.namelist()) != names or not all(_inside(name) for name in names):
        raise _broken(path)
    return manifest


def _inside(name: str) -> bool:
    """Whether a part stays in the folder it is unpacked to."""
    pure = PurePosixPath(name)
    return not pure.is_absolute() and ".." not in pure.parts and ":" not in name and "\\" not in name


def _broken(path: Path) -> Refusal:
    return Refusal(f"备份文件「{path.name}」已损坏，不能用来恢复。请换另一份备份。", code="restore.broken")
