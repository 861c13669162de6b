"""PDFs, pictures and fonts from outside, read by a helper of their own: whatever a file does to its reader, this program lives and names the file."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from execdesk.documents.pdfservice import PdfFacts, PdfRead, SignatureFacts
from execdesk.helpers import MEMORY, HelperFailed, Message, ask, program
from execdesk.law.refusal import Refusal
from reports.reader import SECONDS

Progress = Callable[[int, int], object]
Cancelled = Callable[[], bool]
COMMAND = program("reports.reader")
WAY = "请向来件的人另要一份。"
ANOTHER_FONT, RELEASE_AGAIN = "请另选字体文件。", "请系统管理员重新登记这个字的字形，由局长批准。"
_GOES_ON = ("有", "里", "的", "不是", "除", "夹带")  # how a refusal begins that goes on from the file's name
_FAILED = {
    "slow": (f"有一页读了 {SECONDS} 秒没有读完，已停止读取。", "file.slow"),
    "slow font": (f"读了 {SECONDS} 秒没有读完，已停止读取。", "file.slow"),
    "died": ("把读它的辅助进程弄垮了（文件已损坏，或者被人动过手脚），本程序不受影响。", "file.crashed"),
    "full": (f"展开后要占用 {MEMORY // 1024**3} GB 以上内存，已停止读取。", "file.too_large"),
}


def read_pdf(data: bytes, name: str, progress: Progress | None = None, cancelled: Cancelled | None = None) -> PdfRead:
    """What a file is worth by its bytes, and its words; ``progress`` hears (pages read, pages in all).

    Raises:
        Refusal: as :func:`told`.
    """
    words: list[str] = []
    facts: PdfFacts | None = None
    for kind, *found in told(COMMAND, ["examine"], data, name, progress, cancelled):
        if kind == "words":
            words.append(str(found[0]))
        elif kind == "facts":
            facts = made(facts_from, found[0], name)
    if facts is None:
        raise _refusal("died", name)
    return PdfRead(facts, "\f".join(words), len(words))


def read_scan(data: bytes, name: str, progress: Progress | None = None, cancelled: Cancelled | None = None) -> bytes:
    """A scan or a photograph as pages. Raises Refusal as :func:`told`, ``scan.unreadable``."""
    for kind, *found in told(COMMAND, ["scan"], data, name, progress, cancelled):
        if kind == "pages":
            return bytes(made(b64decode, found[0], name))
    raise _refusal("died", name)


def read_glyph(data: bytes, name: str, character: str, *, kept: bool = False, cancelled: Cancelled | None = None) -> bytes:
    """The font of one character alone, cut out of a font file; of one that is ``kept``, which must hold nothing else, built anew.

    Raises:
        Refusal: as :func:`told`, ``glyph.…`` as :func:`reports.glyphs.cut` and :func:`reports.glyphs.cut_again`.
    """
    way = RELEASE_AGAIN if kept else ANOTHER_FONT
    for kind, *found in told(COMMAND, ["glyph", character, kept], data, name, None, cancelled, way=way):
        if kind == "font":
            return bytes(made(b64decode, found[0], name))
    raise _refusal("died", name, way)


def told(
    command: Sequence[str], question: Message, data: bytes, name: str, progress: Progress | None = None, cancelled: Cancelled | None = None, *,
    seconds: float = SECONDS, way: str = WAY,
) -> Iterator[Message]:
    """What a helper tells of a file, page by page; ``way`` says what to do about one that cannot be read.

    Raises:
        Refusal: its own, with the file's name; ``file.slow`` where a page takes more than ``seconds``, ``file.crashed``,
            ``file.too_large`` above the memory of a helper, ``file.no_helper``; ``file.cancelled``.
    """
    try:
        with closing(ask(command, question, data, seconds=seconds, cancelled=cancelled, anew="page")) as answers:
            for message in answers:
                if message[0] == "refused":
                    text, code = str(message[2]), str(message[1])
                    raise Refusal(f"「{name}」{'' if text.startswith(_GOES_ON) else '：'}{text}{'' if text.endswith('拍照。') else way}", code=code)
                if message[0] == "full":
                    raise _refusal("full", name, way)
                if message[0] == "page":
                    if progress:
                        progress(int(message[1]), int(message[2]))
                    continue
                yield message
    except HelperFailed as failed:
        raise _refusal(failed.how, name, way) from failed


def facts_from(data: Any) -> PdfFacts:
    """The facts that :func:`reports.reader.facts_as_data` wrote; KeyError, TypeError or ValueError for others."""
    return PdfFacts(tuple(map(_signature, data["signatures"])), tuple(data["pending"]), tuple(data["faults"]), str(data["unreadable"]))


def _signature(data: Any) -> SignatureFacts:
    bytes_of = {"certificate": b64decode(data["certificate"]), "chain": tuple(map(b64decode, data["chain"]))}
    stated = datetime.fromisoformat(data["stated"]) if data["stated"] else None
    return SignatureFacts(**{**data, **bytes_of, "stated": stated, "faults": tuple(data["faults"])})


def made(make: Callable[[Any], Any], value: Any, name: str) -> Any:
    """What ``make`` makes of something that a helper told; one that tells anything else has died."""
    try:
        return make(value)
    except (ValueError, TypeError, KeyError) as error:
        raise _refusal("died", name) from error


def _refusal(how: str, name: str, way: str = WAY) -> Refusal:
    if how == "cancelled":
        return Refusal(f"已取消读取「{name}」。", code="file.cancelled")
    if how == "start":
        return Refusal(f"「{name}」没有读：读文件的辅助进程启动不了，请退出本程序、重新打开后再试。", code="file.no_helper")
    text, code = _FAILED["slow font" if how == "slow" and way != WAY else how]
    return Refusal(f"「{name}」{text}{way}", code=code)
