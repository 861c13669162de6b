"""The file of a backup: what it holds, opening it, comparing it with its manifest."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import apsw
from peewee import DatabaseError

from execdesk.law.refusal import Refusal

KIND, ANY_KIND = "execdesk backup 2", "execdesk backup "
MANIFEST = "manifest.json"
PIECE = 1 << 20
_LONGEST_MANIFEST = 16 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WHY = {
    "那里只能读，不能写": {errno.EROFS, errno.EACCES, errno.EPERM}, "盘可能已拔出，或者共享已断开": {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.EHOSTDOWN},
    "那里的名称不能这样写": {errno.EINVAL, errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR},
}
_TOLD = {"那里只能读，不能写": "readonly", "盘可能已拔出，或者共享已断开": "unable to open", "另一个程序正在那里备份": "locked"}  # by what SQLite says

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: which chain up to where, when it was made, its parts with their SHA-256."""

    id: str
    site: str
    incarnation: int
    number: int
    hash: str
    lines: int
    made_at: str
    file: str  # the name it was given when it was made
    store_file: str
    parts: dict[str, str]
    kept_file: str = ""  # where the kept files lie, beside the backup
    kept: int = 0
    kept_names: str = ""  # one hash over their names
    accounts: tuple[str, ...] = ()  # whose password opens it
    found: tuple[str, ...] = ()  # why its chain is not whole, in sentences
    part_marks: tuple[tuple[str, str], ...] = ()  # a MAC of each part, see :mod:`execdesk.store.backup_mark`
    mark: str = ""  # a MAC of all this

    @property
    def chain(self) -> str:
        return f"{self.site}.{self.incarnation}"

    @property
    def whole(self) -> bool:
        """Whether nothing was wrong with the chain when it was made."""
        return not self.found


def read_backup(path: Path, progress: Progress = lambda done, total: None) -> Manifest:
    """Open a backup and compare every part with the manifest.

    Raises:
        Refusal: ``restore.wrong_file`` for a file that is no backup, ``restore.broken`` for one that is damaged, naming the part.
    """
    with opened_backup(path) as (box, manifest):
        compare(path, box, manifest, progress)
    return manifest


def manifest_of(path: Path) -> Manifest:
    """What a backup says it holds; no part is looked at. Refuses as :func:`read_backup`."""
    with opened_backup(path) as (_box, manifest):
        return manifest


def compare(path: Path, box: zipfile.ZipFile, manifest: Manifest, progress: Progress = lambda done, total: None) -> None:
    """Refuse with ``restore.broken`` unless every part is what the manifest says, naming those that are not, are missing or nobody's."""
    wrong, done, total = [], 0, sum(box.getinfo(name).file_size for name in manifest.parts)
    for name, told in manifest.parts.items():
        digest = hashlib.sha256()
        try:
            with box.open(name) as source:
                while piece := source.read(PIECE):
                    digest.update(piece)
                    progress(done := done + len(piece), total)
        except (zipfile.BadZipFile, EOFError):
            wrong.append(name)
            continue
        if digest.hexdigest() != told:
            wrong.append(name)
    if wrong:
        raise broken(path, f"「{'、'.join(wrong)}」与清单不符")


@contextmanager
def opened_backup(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The box of a backup and its manifest, which names all its parts."""
    if not path.is_file():
        raise Refusal(f"找不到备份文件「{path}」。请插好放备份的盘，或者重新选择。", code="restore.wrong_file")
    if not zipfile.is_zipfile(path):
        raise Refusal(f"「{path.name}」不是备份文件，或传送时被截断。请选择由本程序做的备份。", code="restore.wrong_file")
    try:
        with zipfile.ZipFile(path) as box:
            yield box, _manifest(box, path)
    except (zipfile.BadZipFile, EOFError, KeyError, OSError, ValueError, RecursionError) as error:
        elsewhere = getattr(error, "filename", None) not in (None, str(path))
        if elsewhere or getattr(error, "errno", None) in _FULL:  # what is unpacked finds no room, or may not be written: the backup itself is whole
            raise
        raise broken(path) from error


def _manifest(box: zipfile.ZipFile, path: Path) -> Manifest:
    wrong = Refusal(f"「{path.name}」不是本程序的备份文件。请选择由本程序做的备份。", code="restore.wrong_file")
    if MANIFEST not in box.namelist() or box.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise wrong
    told = json.loads(box.read(MANIFEST))
    kind = str(told.pop("kind", None)) if isinstance(told, dict) else ""
    if kind != KIND:
        raise Refusal(f"「{path.name}」由另一版本的程序所做，请用做它的那一版恢复。", code="restore.newer") if kind.startswith(ANY_KIND) else wrong
    manifest = _read(told, path)
    held, names = set(box.namelist()), {*manifest.parts, MANIFEST}
    if not all(_inside(name) for name in (*names, *held, manifest.store_file, manifest.kept_file)) or manifest.store_file not in names:
        raise broken(path)
    if lacking := sorted(names - held):
        raise broken(path, f"缺少「{'、'.join(lacking)}」")
    if strange := sorted(held - names):
        raise broken(path, f"多出清单上没有的「{'、'.join(strange)}」")
    return manifest


def _read(told: dict[str, Any], path: Path) -> Manifest:
    try:
        lists = {**{name: tuple(map(str, told.pop(name))) for name in ("accounts", "found")}, "part_marks": tuple((str(name), str(mark)) for name, mark in told.pop("part_marks"))}
        parts = {str(name): str(digest) for name, digest in told.pop("parts").items()}
        numbers = {name: int(told.pop(name)) for name in ("incarnation", "number", "lines", "kept")}
        return Manifest(parts=parts, **lists, **numbers, **{str(name): str(value) for name, value in told.items()})  # type: ignore[arg-type]
    except (TypeError, AttributeError, KeyError, ValueError, OverflowError) as error:
        raise broken(path, "清单读不出") from error


def _inside(name: str) -> bool:
    """Whether a part stays in the folder it is unpacked to."""
    pure = PurePosixPath(name)
    return not pure.is_absolute() and ".." not in pure.parts and ":" not in name and "\\" not in name


def broken(path: Path, what: str = "") -> Refusal:
    """The refusal of a damaged backup, ``what`` naming the part."""
    return Refusal(f"备份文件「{path.name}」已损坏{what and f'（{what}）'}，不能用来恢复。请换另一份备份。", code="restore.broken")


@contextmanager
def database_errors_as_refusals(target: Path) -> Iterator[None]:
    """Say in a sentence why a file cannot be written."""
    try:
        yield
    except (OSError, apsw.Error, DatabaseError) as error:
        number = getattr(error, "errno", None)
        if number in _FULL or isinstance(error, (apsw.FullError, apsw.IOError)) or "is full" in str(error):
            raise Refusal(f"「{target.parent}」空间不足或写不进去，没有留下文件。请腾出空间或换一处再办。", code="backup.full") from error
        why = next((words for words, numbers in _WHY.items() if number in numbers), "")
        why = why or next((words for words, told in _TOLD.items() if told in str(error).lower()), "磁盘或共享出错")
        raise Refusal(f"「{target.parent}」写不进去（{why}），没有留下文件。请处理后再办，或换一处。", code="backup.target") from error


def sync_folder(folder: Path) -> None:
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        with suppress(OSError):
            os.fsync(handle)
        os.close(handle)
