"""A ledger from outside, read by a helper of its own: whatever the file does to its reader, this program lives and names the file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from execdesk.helpers import MEMORY, HelperFailed, ask, program
from execdesk.intake.limits import refuse
from execdesk.intake.reader import SECONDS
from execdesk.intake.wire import BookBuilder
from execdesk.intake.workbook import Workbook
from execdesk.law.refusal import Refusal

Progress = Callable[[int, int], None]
COMMAND = program("execdesk.intake.reader")
_FAILED = {
    "slow": (f"读了 {SECONDS} 秒没有读完，已停止读取，没有写入任何内容。", "slow"),
    "died": ("把读它的辅助进程弄垮了（文件已损坏，或者被人动过手脚），本程序不受影响，没有写入任何内容。", "crashed"),
}
_FULL = (f"展开后要占用 {MEMORY // 1024**3} GB 以上内存，已停止读取，没有写入任何内容。", "too_large")


def read_workbook(
    data: bytes, name: str, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None, *, seconds: float = SECONDS,
    records: bool = False,
) -> Workbook:
    """The workbook in ``data``; the kind is told by the content, ``name`` names the file in every refusal and a sheet of text.

    ``progress`` hears (rows read, rows in all) as soon as they are known. With ``records`` XML is read as records, as queries are answered.

    Raises:
        Refusal: as :func:`execdesk.intake.files.read_bytes`; ``file.slow`` after ``seconds``, ``file.crashed``, ``file.too_large``
            above the memory of a helper, ``file.no_helper``; ``intake.cancelled``.
    """
    made = BookBuilder()
    try:
        with closing(ask(COMMAND, [name, records], data, seconds=seconds, cancelled=cancelled)) as answers:
            for message in answers:
                if message[0] == "refused":
                    raise Refusal(named(str(message[2]), name), code=str(message[1]))
                if message[0] == "full":
                    raise refuse(f"「{name}」{_FULL[0]}", _FULL[1])
                if message[0] == "read" and progress:
                    progress(int(message[1]), int(message[2]))
                if message[0] != "read":
                    made.add(*message)
    except HelperFailed as failed:
        raise _refusal(failed.how, name) from failed
    except (ValueError, TypeError, LookupError) as error:
        raise _refusal("died", name) from error
    if made.book is None:
        raise _refusal("died", name)
    return made.book


def named(text: str, name: str) -> str:
    """A sentence about a file that says which."""
    return text if f"「{name}」" in text else f"「{name}」没有读入：{text}"


def _refusal(how: str, name: str) -> Refusal:
    if how == "cancelled":
        return Refusal("已取消核对，没有写入任何内容；可重新选文件再核对。", code="intake.cancelled")
    if how == "start":
        return Refusal(f"「{name}」没有读入：读文件的辅助进程启动不了，请退出本程序、重新打开后再导入。", code="file.no_helper")
    text, code = _FAILED[how]
    return refuse(f"「{name}」{text}", code)
