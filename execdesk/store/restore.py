"""Restoring a backup into an empty folder, as a new incarnation of its desk.

Who restores needs a password or the recovery code. The incarnation begins with the first who sits down at it
(:func:`execdesk.store.beginning.begin_restored`).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import apsw

from execdesk.law.refusal import Refusal
from execdesk.records.court import Court
from execdesk.records.journal import Line
from execdesk.store.backup_file import (
    PIECE,
    Manifest,
    Progress,
    broken,
    compare,
    database_errors_as_refusals,
    opened_backup,
)
from execdesk.store.backup_kept import Kept, bring_kept, names_in, require_kept
from execdesk.store.backup_list import made_of, remember
from execdesk.store.backup_mark import refuse_changed
from execdesk.store.beginning import note_restored
from execdesk.store.chains import before_first, entry_of
from execdesk.store.check import forget_walks
from execdesk.store.clock import Clock
from execdesk.store.database import refuse_network_path, unlock
from execdesk.store.files import SWEPT, files_path
from execdesk.store.line import INCARNATION
from execdesk.store.making import LOGS, WORKING, is_leftover, making, put_in_place
from execdesk.store.mark import HEADS_FILE
from execdesk.store.place import Place
from execdesk.store.renaming import ever
from execdesk.store.store import Store, on_store
from execdesk.store.upgrade import refuse_newer
from execdesk.store.whereabouts import PLACE_FILE, name_place, settle

CLEARED = "store.clear_restored"  # the act by which a person entered the last numbers on paper


@dataclass(frozen=True)
class Restored:
    """A restored store: its new chain, the line it goes on from, where it lies; ``found`` says why its chain was not whole when it was backed up."""

    chain: str
    from_line: str
    folder: str
    found: tuple[str, ...] = ()


def restore(
    path: Path, folder: Path, open_key: Callable[[Path], bytes], clock: Clock,
    incarnation: int | None = None, progress: Progress = lambda done, total: None,
) -> Restored:
    """Restore a backup into an empty folder as a new incarnation of its desk.

    ``open_key`` gets a folder with slots and keys and answers the data key. Before anything is written into ``folder``, every part is
    compared with the manifest, and the manifest with its MAC under that key. Stale logs beside a lost store are taken away, never replayed.
    The store is marked: it issues nothing until a person has entered the last numbers on paper (and it has taken back its own lines, where
    there is another desk); see :func:`restored_from`. Give ``incarnation`` where the one that follows was used before. ``progress`` is
    called between any two pieces, and may raise.

    Raises:
        Refusal: ``restore.not_empty``, ``store.making``, ``restore.wrong_file``, ``restore.broken``, ``restore.newer``, ``restore.foreign``, ``restore.changed``,
            ``restore.no_kept``, ``store.newer``, ``store.network_path``; what ``open_key`` refuses with. The folder is left as it was.
    """
    refuse_network_path(folder)
    _refuse_full(folder)
    with database_errors_as_refusals(folder), opened_backup(path) as (box, manifest):
        key = _opened(path, box, manifest, open_key, progress)
        with making(folder, _refuse_full) as working:
            _unpack(path, box, manifest.parts, working, progress)
            chain = _begin_anew(path, working, manifest, key, clock, incarnation)
            _bring_kept(path, working, manifest, key, progress)
            put_in_place(working, folder, manifest.store_file)
    if (folder / PLACE_FILE).exists():
        settle(folder)
    return Restored(chain, f"{manifest.chain}:{manifest.number}", str(folder), manifest.found)


def _opened(path: Path, box: zipfile.ZipFile, manifest: Manifest, open_key: Callable[[Path], bytes], progress: Progress) -> bytes:
    """The data key of a backup that is what was made: part by part, and as a whole."""
    compare(path, box, manifest, progress)
    require_kept(_kept(manifest), path.parent)
    with tempfile.TemporaryDirectory(prefix="execdesk-") as beside:
        _unpack(path, box, {name: digest for name, digest in manifest.parts.items() if name != manifest.store_file}, Path(beside), progress)
        key = open_key(Path(beside))
    refuse_changed(manifest, key, path)
    return key


@on_store
def restored_from(store: Store) -> str | None:
    """The line a restored store went on from, while it still issues nothing; else ``None``. Its lines tell, no setting does."""
    mine = (Line.site == store.site) & (Line.incarnation == store.incarnation)
    opened = Line.get_or_none(mine & (Line.act.in_(ever(INCARNATION))))
    if opened is None or Line.select().where(mine & (Line.act.in_(ever(CLEARED)))).exists():
        return None
    before = before_first(store.site, store.incarnation, entry_of(opened).seen)
    return f"{before[0]}:{before[1]}" if before else str(opened.ref)


def _refuse_full(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"「{folder}」不是文件夹。请选择一个空文件夹。", code="restore.not_empty")
    cut_short = any(is_leftover(item) for item in folder.glob(f"{WORKING}*"))  # then what lies there is looked at once that is cleared
    if folder.exists() and not cut_short and any(not _leftover(item) for item in folder.iterdir()):
        raise Refusal(f"「{folder}」里已有文件，恢复会盖掉它们。请选择一个空文件夹。", code="restore.not_empty")


def _leftover(item: Path) -> bool:
    """Logs of a store that is gone, and what an interrupted restore left."""
    return any(item.match(f"*.db{end}") for end in LOGS) or is_leftover(item)


def _unpack(path: Path, box: zipfile.ZipFile, parts: Mapping[str, str], into: Path, progress: Progress) -> None:
    done, total = 0, sum(box.getinfo(name).file_size for name in parts)
    for name, told in parts.items():
        part, digest = into / name, hashlib.sha256()
        part.parent.mkdir(parents=True, exist_ok=True)
        with box.open(name) as source, part.open("xb") as out:
            part.chmod(0o600)
            while piece := source.read(PIECE):
                digest.update(piece)
                out.write(piece)
                progress(done := done + len(piece), total)
            out.flush()
            os.fsync(out.fileno())
        if digest.hexdigest() != told:
            raise broken(path, f"「{name}」与清单不符")


def _begin_anew(
    path: Path, working: Path, manifest: Manifest, key: bytes, clock: Clock, incarnation: int | None
) -> str:
    store = Place(working / manifest.store_file, key).open(clock)
    base = store.base
    try:
        refuse_newer(base)
        (working / HEADS_FILE).unlink(missing_ok=True)
        known = [int(chain.rsplit(".", 1)[1]) for chain in store.heads() if chain.rsplit(".", 1)[0] == manifest.site]
        store.name_site(manifest.site, incarnation or max([manifest.incarnation, *known]) + 1)
        forget_walks(store)
        store.set_meta(SWEPT, "0")
        line = f"{manifest.chain}:{manifest.number}"
        with store.reading():
            court = Court.select().first()
            if court is not None and not court.demo:
                name_place(store, working, court.root_fingerprint)
        faulty = "，备份时留痕已有缺损" if manifest.found else ""
        note_restored(store, f"自 {manifest.made_at} 的备份恢复，接在 {line} 之后{faulty}", manifest.found)
        remember(store, made_of(manifest, path))
        base.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        chain = store.chain
        store.close()
        return chain
    finally:
        if not base.is_closed():
            base.close()


def _bring_kept(path: Path, working: Path, manifest: Manifest, key: bytes, progress: Progress) -> None:
    """The kept files of the restored rows, from beside the backup."""
    own = working / manifest.store_file
    copy = apsw.Connection(str(own))
    try:
        unlock(copy, key)
        wanted = names_in(copy)
    finally:
        copy.close()
    bring_kept(_kept(manifest), path.parent, key, wanted, files_path(own), progress)


def _kept(manifest: Manifest) -> Kept:
    return Kept(manifest.kept_file, manifest.kept, manifest.kept_names)
