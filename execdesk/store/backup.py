"""A verified backup: a file of its own, and beside it one of kept files that all backups of a folder share and add to.

The first is a ZIP of the encrypted store as SQLite's own backup call copied it, the key slots, wrapped keys and certificates, and a
manifest with the SHA-256 of each under a MAC of the data key; the second see :mod:`execdesk.store.backup_kept`. Both are opened before
they count. :mod:`execdesk.store.restore` brings them back.

A store whose chain is broken is copied all the same, for what it holds may be the last there is; but under a name that says so, with
what was found in its manifest, and never over another file.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    Progress,
    database_errors_as_refusals,
    read_backup,
    sync_folder,
)
from execdesk.store.backup_kept import Cancelled, add_kept, gone_if_failed, names_in
from execdesk.store.backup_list import made_of, remember
from execdesk.store.backup_mark import marked, refuse_changed
from execdesk.store.database import unlock
from execdesk.store.lastlines import chain_faults
from execdesk.store.own import refuse_own
from execdesk.store.restore import Restored, restore, restored_from
from execdesk.store.store import Store, on_store
from execdesk.store.working import working_folder

BESIDE = ("*.json", "*.p12", "*.pem", "*.crt", "keys/**/*", "certificates/**/*")  # what belongs to a store, in its folder
LEFT_OUT = frozenset({"attempts.json", "place.json"})  # login counters and the place belong to the machine
FAULTY = "（留痕有缺损）"  # in the name of a backup whose chain is broken
_PAGES = 256
_SYNCED = 32  # pieces after which what is written is brought to the disk: a slow stick shall not stop at the end for minutes
_FOUND = 20  # findings named in a manifest


def back_up(
    store: Store, key: bytes, target: Path, progress: Progress = lambda done, total: None, cancelled: Cancelled = lambda: False, *,
    found: Sequence[str] = (), accounts: Iterable[str] = (), by_itself: bool = False,
) -> Manifest:
    """Write a backup of an open store to ``target``; the file appears only once it was opened and compared.

    ``key`` is the store's data key; the copy is encrypted with it too. Others may read and write meanwhile. Where the chain of the copy is
    broken, or ``found`` says so, the file is named :func:`faulty_name`; the manifest says which. ``accounts`` are those whose password
    opens it, remembered with it as :mod:`execdesk.store.backup_list` says.

    Raises:
        Refusal: ``backup.full``, ``backup.target`` where the file cannot be written, ``backup.cancelled``,
            ``backup.unreadable`` where the copy does not open, ``file.own`` over a file of a store. Nothing is left then.
    """
    assert store.folder is not None, "only a store on disk is backed up"
    _refuse_target(target)
    step = _step(progress, cancelled)
    with database_errors_as_refusals(target), gone_if_failed(target, key), working_folder(target.parent) as working:
        copy = working / Path(str(store.base.database)).name
        _copy_pages(store, key, copy, step)
        manifest, wanted = _open_copy(store, key, copy, step)
        kept = add_kept(store.files, key, target, Path(str(store.base.database)), wanted, step)
        wrong = tuple(dict.fromkeys((*_known_faults(store), *found, *manifest.found)))[:_FOUND]
        target = faulty_name(target) if wrong else target
        manifest = replace(manifest, found=wrong, accounts=tuple(accounts), file=target.name, kept_file=kept.file, kept=kept.count, kept_names=kept.names)
        packed = working / "packed"
        manifest = _pack(packed, manifest, copy, store.folder, key, step)
        refuse_changed(read_backup(packed, step), key, target)
        packed.replace(target)
        sync_folder(target.parent)
    with suppress(DatabaseError, Refusal):  # a store that cannot write just now has its backup all the same
        remember(store, made_of(manifest, target, by_itself=by_itself))
    return manifest


def faulty_name(target: Path) -> Path:
    """The name of a backup whose chain is broken, over no other file."""
    for number in range(1, 1_000):
        tried = target.with_name(f"{target.stem.removesuffix(FAULTY)}{FAULTY}{'' if number == 1 else number}{target.suffix}")
        if not tried.exists():
            return tried
    raise Refusal(f"「{target.parent}」里留痕有缺损的备份太多，请先清理。", code="backup.target")


def _refuse_target(target: Path) -> None:
    """A stick that is not there must not turn into a folder of the same name on this PC, nor a folder or device be replaced."""
    if not target.parent.is_dir():
        raise Refusal(f"没有「{target.parent}」这个文件夹（U盘可能已拔出，共享可能连不上）。请插好U盘、连好共享，或另选位置再备份。", code="backup.target")
    refuse_own(target)
    if target.exists() and not target.is_file():
        raise Refusal(f"「{target}」不是可以写入备份的文件。请写明备份文件的名称。", code="backup.target")


def _step(progress: Progress, cancelled: Cancelled) -> Progress:
    """What is called between any two pieces of the work."""

    def step(done: int, total: int) -> None:
        if cancelled():
            raise Refusal("已取消备份，没有留下文件。", code="backup.cancelled")
        progress(done, total)

    return step


def _known_faults(store: Store) -> list[str]:
    """What is known here to be wrong with the chain, though each of its lines may be sound."""
    closed = [f"{store.closed_reason}。"] if store.closed_reason else []
    return closed + [fault.text for fault in store.lost]


@on_store
def _copy_pages(store: Store, key: bytes, copy: Path, step: Progress) -> None:
    source: apsw.Connection = store.base.connection()
    made = apsw.Connection(str(copy))
    try:
        unlock(made, key)
        with made.backup("main", source, "main") as running:
            while not running.done:
                running.step(_PAGES)
                step(running.page_count - running.remaining, running.page_count)
        made.pragma("journal_mode", "delete")  # one file, without a log beside it
    finally:
        made.close()


def _open_copy(store: Store, key: bytes, copy: Path, step: Progress) -> tuple[Manifest, set[str]]:
    """Open the copy as a stranger would, and see that it is whole; where its chain ends, and the kept files its rows name."""
    made = apsw.Connection(str(copy))
    try:
        unlock(made, key)
        wrong = made.pragma("quick_check")
        if wrong != "ok":
            raise Refusal(f"备份打开后核对不符（{wrong}），没有保留。请换一处位置再试，并做一次全面自检。", code="backup.unreadable")
        count: Any = made.execute("SELECT COUNT(*) FROM line").fetchone()
        lines = int(count[0])
        row: Any = made.execute(
            "SELECT number, hash FROM line WHERE site = ? AND incarnation = ? ORDER BY number DESC LIMIT 1",
            (store.site, store.incarnation),
        ).fetchone()
        faults = chain_faults(_counted(made, lines, step))
        wanted = names_in(made)
    finally:
        made.close()
    number, hash_ = row or (0, "")
    at, own = moment_text(store.clock.now()), secrets.token_hex(16)
    found = tuple(f"{fault}。" for fault in faults)
    return Manifest(own, store.site, store.incarnation, number, hash_, lines, at, "", copy.name, {}, found=found), wanted


def _counted(made: apsw.Connection, total: int, step: Progress) -> Callable[[str], Iterator[tuple[Any, ...]]]:
    def read(query: str) -> Iterator[tuple[Any, ...]]:
        for number, line in enumerate(made.execute(query), 1):
            if number % 1_000 == 0:
                step(number, total)
            yield line

    return read


def _pack(packed: Path, manifest: Manifest, copy: Path, folder: Path, key: bytes, step: Progress) -> Manifest:
    parts = {copy.name: copy, **{part.relative_to(folder).as_posix(): part for part in _beside(folder)}}
    hashes: dict[str, str] = {}
    done, total = 0, sum(path.stat().st_size for path in parts.values())
    with packed.open("xb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED, allowZip64=True) as box:
        for name, path in parts.items():
            digest = hashlib.sha256()
            with path.open("rb") as source, box.open(name, "w", force_zip64=True) as out:
                while piece := source.read(PIECE):
                    step(done := done + len(piece), total)
                    digest.update(piece)
                    out.write(piece)
                    if done // PIECE % _SYNCED == 0:
                        raw.flush()
                        os.fsync(raw.fileno())
            hashes[name] = digest.hexdigest()
        manifest = marked(replace(manifest, parts=hashes), key)
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
