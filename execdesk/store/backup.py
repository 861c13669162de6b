"""A verified backup: a file of its own, and beside it one of kept files that all backups of a folder share and add to.

The first is a ZIP of the encrypted store as SQLite's own backup call copied it, the key slots, wrapped keys and certificates, and a
manifest with the SHA-256 of each; the second see :mod:`execdesk.store.backup_kept`. Both are opened before they count.
:mod:`execdesk.store.restore` brings them back.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import zipfile
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import apsw
from peewee import DatabaseError

from execdesk.law.refusal import Refusal
from execdesk.records.base import canonical, moment_text
from execdesk.store.backup_file import (
    KIND,
    MANIFEST,
    PIECE,
    Manifest,
    database_errors_as_refusals,
    read_backup,
    sync_folder,
)
from execdesk.store.backup_kept import Cancelled, Progress, add_kept, gone_if_failed, names_in
from execdesk.store.database import unlock
from execdesk.store.own import refuse_own
from execdesk.store.restore import Restored, restore, restored_from
from execdesk.store.store import Store, on_store

BESIDE = ("*.json", "*.p12", "*.pem", "*.crt", "keys/**/*", "certificates/**/*")  # what belongs to a store, in its folder
LEFT_OUT = frozenset({"attempts.json", "place.json"})  # login counters and the place belong to the machine
_PAGES = 256



def back_up(
    store: Store, key: bytes, target: Path, progress: Progress = lambda done, total: None, cancelled: Cancelled = lambda: False
) -> Manifest:
    """Write a backup of an open store to ``target``; the file appears only once it was opened and compared.

    ``key`` is the store's data key; the copy is encrypted with it too. Others may read and write meanwhile.

    Raises:
        Refusal: ``backup.full``, ``backup.target`` where the file cannot be written, ``backup.cancelled``,
            ``backup.unreadable`` where the copy does not open, ``file.own`` over a file of a store. Nothing is left then.
    """
    assert store.folder is not None, "only a store on disk is backed up"
    _refuse_target(target)
    working = target.parent / f".{target.name}.{secrets.token_hex(4)}"
    try:
        with database_errors_as_refusals(target), gone_if_failed(target, key):
            working.mkdir()
            copy = working / Path(str(store.base.database)).name
            _copy_pages(store, key, copy, progress, cancelled)
            manifest, wanted = _open_copy(store, key, copy)
            kept = add_kept(store.files, key, target, Path(str(store.base.database)), wanted, progress, cancelled)
            manifest = replace(manifest, kept_file=kept.file, kept=kept.count, kept_names=kept.names)
            packed = working / "packed"
            manifest = _pack(packed, manifest, copy, store.folder, cancelled)
            read_backup(packed)
            packed.replace(target)
            sync_folder(target.parent)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    with suppress(DatabaseError, Refusal):  # a store that cannot write just now has its backup all the same
        store.set_meta("backup.made", canonical({"at": manifest.made_at, "chain": manifest.chain, "number": manifest.number}))
    return manifest


def _refuse_target(target: Path) -> None:
    """A stick that is not there must not turn into a folder of the same name on this PC, nor a folder or device be replaced."""
    if not target.parent.is_dir():
        raise Refusal(f"没有「{target.parent}」这个文件夹（U盘可能已拔出）。请插好U盘或另选位置再备份。", code="backup.target")
    refuse_own(target)
    if target.exists() and not target.is_file():
        raise Refusal(f"「{target}」不是可以写入备份的文件。请写明备份文件的名称。", code="backup.target")


@on_store
def _copy_pages(store: Store, key: bytes, copy: Path, progress: Progress, cancelled: Cancelled) -> None:
    source: apsw.Connection = store.base.connection()
    made = apsw.Connection(str(copy))
    try:
        unlock(made, key)
        with made.backup("main", source, "main") as running:
            while not running.done:
                if cancelled():
                    raise Refusal("已取消备份，没有留下文件。", code="backup.cancelled")
                running.step(_PAGES)
                progress(running.page_count - running.remaining, running.page_count)
        made.pragma("journal_mode", "delete")  # one file, without a log beside it
    finally:
        made.close()


def _open_copy(store: Store, key: bytes, copy: Path) -> tuple[Manifest, set[str]]:
    """Open the copy as a stranger would, and see that it is whole; where its chain ends, and the kept files its rows name."""
    made = apsw.Connection(str(copy))
    try:
        unlock(made, key)
        wrong = made.pragma("quick_check")
        if wrong != "ok":
            raise Refusal(f"备份打开后核对不符（{wrong}），没有保留。请换一处位置再试，并做一次全面自检。", code="backup.unreadable")
        count: Any = made.execute("SELECT COUNT(*) FROM line").fetchone()
        row: Any = made.execute(
            "SELECT number, hash FROM line WHERE site = ? AND incarnation = ? ORDER BY number DESC LIMIT 1",
            (store.site, store.incarnation),
        ).fetchone()
        wanted = names_in(made)
    finally:
        made.close()
    number, hash_ = row or (0, "")
    at = moment_text(store.clock.now())
    return Manifest(store.site, store.incarnation, number, hash_, int(count[0]), at, copy.name, {}), wanted


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


__all__ = [
    "BESIDE", "MANIFEST", "Cancelled", "Manifest", "Progress", "Restored", "back_up", "read_backup",
    "restore", "restored_from",
]
