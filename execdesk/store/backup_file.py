"""The file of a backup: what it holds, opening it, comparing it with its manifest."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import apsw
from peewee import DatabaseError

from execdesk.law.refusal import Refusal

KIND = "execdesk backup 1"
MANIFEST = "manifest.json"
PIECE = 1 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


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
    kept_file: str = ""  # where the kept files lie, beside the backup
    kept: int = 0
    kept_names: str = ""  # one hash over their names

    @property
    def chain(self) -> str:
        return f"{self.site}.{self.incarnation}"


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
    except (zipfile.BadZipFile, EOFError, KeyError, OSError, ValueError, RecursionError) as error:
        if getattr(error, "errno", None) in _FULL:  # what is unpacked finds no room: the backup itself is whole
            raise
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


@contextmanager
def database_errors_as_refusals(target: Path) -> Iterator[None]:
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
