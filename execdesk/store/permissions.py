"""Whose the files of a store are on this PC: one account's of the system, or one group's. Chosen at set-up, looked after at each start.

A folder says by its own mode which it is: 0700, or 2770 with the group; files in it are 0600 or 0660. On Windows the same is said by
an access list that inherits nothing (:func:`_windows`, the one function that knows of it).
"""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from execdesk.law.refusal import Refusal

_SHOWN = 3  # names told in a sentence
_LIST_SECONDS = 30


@dataclass(frozen=True)
class Owners:
    """Who may read and write: the account that runs the program, and with a ``group`` its members too."""

    group: str = ""

    @property
    def folder_mode(self) -> int:
        return 0o2770 if self.group else 0o700

    @property
    def file_mode(self) -> int:
        return 0o660 if self.group else 0o600


def require_group(name: str) -> None:
    """Return if the system has a group of that name that this account may give files to.

    Raises:
        Refusal: ``setup.group``.
    """
    if name and os.name != "nt" and _group_id(name) is None:
        raise Refusal(f"系统里没有“{name}”这个组。请信息科先建好组、把各人的系统账号加进去，再设立。", code="setup.group")


def new_file_mode(folder: Path) -> int:
    """The mode of a file that is made in ``folder``."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return Owners().file_mode
    return Owners("its").file_mode if mode & stat.S_ISGID and mode & stat.S_IRWXG == stat.S_IRWXG else Owners().file_mode


def narrow(folder: Path) -> None:
    """Give a folder, and what was just made in it, to the account that runs the program: nobody was in it yet, so nothing is told. What cannot
    be set is found by :func:`protect`."""
    if os.name == "nt":
        return
    for path in _all(folder):
        with suppress(OSError):
            path.chmod(Owners().folder_mode if path.is_dir() else Owners().file_mode)


def protect(folder: Path, owners: Owners, quiet: Collection[str] = ()) -> list[str]:
    """Give a folder and all in it to its owners alone; sentences on what was found wider and on what could not be set. Never refuses.

    What has a ``quiet`` name, or lies under one, holds nothing of the store: it is set if it can be, and nothing is said of it.
    """
    if os.name == "nt":
        return _windows(folder, owners)
    group = _group_id(owners.group) if owners.group else None
    if owners.group and group is None:
        return [f"系统里没有“{owners.group}”这个组，数据文件夹「{folder}」的权限没有核对。请告知信息科。"]
    wider, failed = [], []
    for path in _all(folder):
        is_wider = False
        of_window = not set(path.relative_to(folder).parts).isdisjoint(quiet)
        try:
            found = path.lstat()
            wanted = owners.folder_mode if stat.S_ISDIR(found.st_mode) else owners.file_mode
            is_wider = _wider(found, wanted, group) and not of_window
            _set(path, found, wanted, group)
        except OSError:
            failed += [path] if is_wider else []
        else:
            wider += [path] if is_wider else []
    return [*_told(wider, "可由别的系统账号读写，已改回", folder), *_told(failed, "的权限改不了，别的系统账号可能读写", folder)]


def _all(folder: Path) -> Iterator[Path]:
    """The folder and what lies in it; a link is not followed."""
    yield folder
    for place, folders, files in os.walk(folder):
        yield from (Path(place) / name for name in (*folders, *files) if not (Path(place) / name).is_symlink())


def _wider(found: os.stat_result, wanted: int, group: int | None) -> bool:
    beyond = stat.S_IMODE(found.st_mode) & 0o777 & ~wanted
    foreign = group is not None and found.st_gid != group and stat.S_IMODE(found.st_mode) & stat.S_IRWXG
    return bool(beyond or foreign)


def _set(path: Path, found: os.stat_result, wanted: int, group: int | None) -> None:
    if group is not None and found.st_gid != group:
        os.chown(path, -1, group)
        found = path.lstat()
    if stat.S_IMODE(found.st_mode) != wanted:
        path.chmod(wanted)
        if stat.S_IMODE(path.lstat().st_mode) != wanted:  # a file system that knows no owners
            raise PermissionError(path)


def _group_id(name: str) -> int | None:
    import grp  # not on Windows

    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        return None


def _told(paths: list[Path], what: str, folder: Path) -> list[str]:
    if not paths:
        return []
    names = "、".join(f"「{path.name}」" for path in paths[:_SHOWN]) + (f"等 {len(paths)} 项" if len(paths) > _SHOWN else "")
    return [f"数据文件夹「{folder}」中的{names}{what}。请告知信息科查明。"]


def _windows(folder: Path, owners: Owners) -> list[str]:
    """The same by access list, through the system's own ``icacls``; it tells no wider entries apart, it takes them away."""
    account = f"{os.environ.get('USERDOMAIN', '')}\\{os.environ.get('USERNAME', '')}".lstrip("\\")
    grants = [part for who in filter(None, (account, owners.group, "*S-1-5-18")) for part in ("/grant:r", f"{who}:(OI)(CI)F")]
    steps = (["icacls", str(folder), "/inheritance:r", *grants, "/Q"], ["icacls", str(folder / "*"), "/reset", "/T", "/Q"])
    for step in steps:
        try:
            done = subprocess.run(step, capture_output=True, timeout=_LIST_SECONDS, check=False).returncode
        except (OSError, subprocess.TimeoutExpired):
            done = -1
        if done != 0:
            return [f"数据文件夹「{folder}」的权限改不了，别的系统账号可能读写。请告知信息科查明。"]
    return []
