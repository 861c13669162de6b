"""A file from outside: what it is is looked at before it is opened, and no more of it is read than asked for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from execdesk.law.refusal import Refusal

_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe put in its place would wait for who writes into it


def read_outside(path: Path, most: int, way: str = "请另选文件。") -> bytes:
    """The bytes of ``path``; what is no regular file (a folder, a pipe, a device) or has more than ``most`` bytes is refused unread.

    Raises:
        Refusal: ``file.not_regular``, ``file.unreadable``, ``file.too_large``, each naming the file; ``way`` says what to do next.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # opening alone may do something to a device
            raise Refusal(f"「{path.name}」不是普通文件（是文件夹、管道或设备），未读取。{way}", code="file.not_regular")
        with os.fdopen(os.open(path, os.O_RDONLY | _WITHOUT_WAITING), "rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise Refusal(f"打不开文件「{path.name}」，请核对位置，或先在别的软件中关闭它。", code="file.unreadable") from error
    if len(data) > most:
        size = max(found.st_size, len(data)) / 1024**2
        raise Refusal(f"文件「{path.name}」有 {size:,.1f} MB，超过上限 {most / 1024**2:,.1f} MB，未读取。{way}", code="file.too_large")
    return data
