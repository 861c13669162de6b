"""What a database says when it cannot write just now, as a sentence for the person at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import apsw
from peewee import DatabaseError

from execdesk.law.refusal import Refusal, WayOn
from execdesk.store.database import device_refusal


@contextmanager
def database_errors_as_refusals() -> Iterator[None]:
    """Say in a sentence why the database cannot write just now; also for what is kept outside an act, such as drafts.

    Raises:
        Refusal: ``store.busy``, ``store.full``, ``store.device``, ``store.damaged``; ``field.value`` for a text that no database can be asked for.
    """
    try:
        yield
    except (DatabaseError, apsw.Error) as error:
        refusal = _refusal_for(error)
        if refusal is None:
            raise
        raise refusal from error
    except UnicodeEncodeError as error:  # bytes of another code page on the command line
        raise Refusal("所写的文字里有残缺的字符，读不懂。请用 UTF-8 编码重新键入。", code="field.value") from error


def is_damage(error: Exception) -> bool:
    """Whether a database cannot be read because something of it is broken or gone, not because of who else uses it."""
    refusal = error if isinstance(error, Refusal) else _refusal_for(error)
    return refusal is not None and refusal.code == "store.damaged"


def _refusal_for(error: Exception) -> Refusal | None:
    """The sentence for a database that cannot write just now."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return Refusal("数据库正被另一个程序使用，暂时写不进去。请稍候再办。", code="store.busy")
    if "full" in text:
        return Refusal("磁盘已满，本次操作没有保存。请腾出空间后再办。", code="store.full")
    if "disk i/o" in text or "unable to open" in text:  # a quota, a limit on the file, or a disk that fails
        return device_refusal()
    if "malformed" in text or "not a database" in text or "no such table" in text:
        return Refusal(
            "数据库文件有损坏的部分，读不下去，本次操作没有保存。请关闭程序，留好原文件，从最近的备份恢复到空文件夹，并通知信息科。", code="store.damaged",
            ways=(WayOn("从备份恢复", "restore"),),
        )
    if "readonly" in text:
        return Refusal("数据文件夹是只读的，本次操作没有保存。请系统管理员改正文件夹的权限后再办。", code="store.device")
    return None
