"""Small files beside the store: written whole or not at all, readable by their owner only, or by the group the store was set up for."""

from __future__ import annotations

import errno
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from execdesk.law.refusal import Refusal
from execdesk.store.own import refuse_own
from execdesk.store.permissions import new_file_mode

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_WHY = {
    errno.ENOENT: "没有这个位置", errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.EROFS: "该位置只能读", errno.EISDIR: "那里不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹", errno.EEXIST: "同名文件已存在", errno.EIO: "设备出错或已拔出", errno.ENODEV: "设备已拔出",
    errno.ENAMETOOLONG: "名称太长",
}


def canonical(value: Any) -> bytes:
    """The one JSON spelling of ``value`` that is hashed or signed: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def write_atomic(path: Path, data: bytes, *, make_folder: bool = True) -> None:
    """Put ``data`` at ``path``, its owner's alone or, in a folder of a group, the group's; a crash or a full disk leaves either the old file or the new one.

    Raises:
        Refusal: ``file.full``, ``file.unusable``; nothing is changed then.
    """
    try:
        _replace(path, data, make_folder)
    except OSError as error:
        if error.errno is None:  # not told by the system
            raise
        raise file_refusal(OSError(error.errno, error.strerror, str(path))) from error


def write_out(path: Path, data: bytes) -> None:
    """Write a file that leaves the program: whole or not at all, and never over a file of the store's own, a folder or a device.

    Raises:
        Refusal: ``file.own``, ``file.full``, ``file.unusable``; nothing is changed then.
    """
    refuse_own(path)
    if path.exists() and not path.is_file():
        raise Refusal(f"「{path}」是文件夹或者设备，不能写成文件。请写明文件名。", code="file.unusable")
    write_atomic(path, data, make_folder=False)


@contextmanager
def put_back_on_failure(path: Path) -> Iterator[None]:
    """A block after which the file at ``path`` is as it was before, or gone again, if it raises: it goes together with an act."""
    before = path.read_bytes() if path.exists() else None
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != before:
            write_atomic(path, before)
        raise


def file_refusal(error: OSError) -> Refusal:
    """The sentence for a file or folder that cannot be read or written."""
    where = f"「{error.filename}」" if error.filename else "文件"
    if error.errno in _FULL:
        return Refusal(f"{where}写不进去：磁盘已满。请腾出空间或换一处再办。", code="file.full")
    why = _WHY.get(error.errno or 0, error.strerror or type(error).__name__)
    return Refusal(f"{where}不能读写：{why}。请核对位置，或换一处再办。", code="file.unusable")


def _replace(path: Path, data: bytes, make_folder: bool) -> None:
    if make_folder:
        path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    mode = new_file_mode(path.parent)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            if mode != 0o600:
                temporary.chmod(mode)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows has no handle for a folder and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
