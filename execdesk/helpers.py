"""Helper processes: how one is started, what it may use, and how one that reads a file is asked, watched and ended.

A helper is told what it needs through its pipe and nothing else: of the environment only what an interpreter needs to start, so
that no password that a command was told this way reaches it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO, Literal

MEMORY = 1024**3  # bytes of a helper that reads a file: of what it may write to, for a renderer reserves many times of what it uses
TURN = 0.05  # seconds between two looks at whether the person has cancelled
LONGEST_LINE = 64 * 1024**2  # bytes of one message of a helper
MOST = 1024**3  # bytes of all its messages: no more than it may hold
_ROOT = Path(__file__).resolve().parents[1]
_KEPT = ("PATH", "SYSTEMROOT", "WINDIR", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")
Message = list[Any]


class HelperFailed(Exception):  # noqa: N818
    """A helper gave no answer: it could not ``start``, was too ``slow``, ``died``, or the person ``cancelled``."""

    def __init__(self, how: Literal["start", "slow", "died", "cancelled"]) -> None:
        super().__init__(how)
        self.how = how


def environment() -> dict[str, str]:
    """The environment of a helper: where libraries lie, and the places where this process finds its modules."""
    places = [place for place in sys.path if place]
    if str(_ROOT) not in places:
        places.append(str(_ROOT))
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | {"PYTHONPATH": os.pathsep.join(places), "PYTHONUTF8": "1"}


def start(command: Sequence[str]) -> subprocess.Popen[bytes] | None:
    """Start a helper with a pipe to it and one from it; None where it cannot be started."""
    try:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError):
        return None


def end(process: subprocess.Popen[bytes]) -> None:
    """End a helper; who waits for its answer gets none."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was still to be written to it
                pipe.close()


def program(module: str) -> tuple[str, ...]:
    """The command that runs ``module`` as a helper; empty where the program is frozen and has no interpreter to do it."""
    if not sys.executable or getattr(sys, "frozen", False):
        return ()
    return (sys.executable, "-P", "-m", module)  # -P: modules in the current folder must not pass for others of the same name


def ask(
    command: Sequence[str], question: Message, data: bytes, *, seconds: float, cancelled: Callable[[], bool] | None = None, anew: str = "",
) -> Generator[Message, None, None]:
    """The messages with which a helper of its own answers ``question`` about ``data``, as they come; it ends with the last.

    Raises:
        HelperFailed: it could not start, took more than ``seconds`` in all (after a message ``anew`` they begin anew), ended before a message ``end``, or ``cancelled`` said so.
    """
    process = start(command) if command else None
    if process is None:
        raise HelperFailed("start")
    assert process.stdin is not None and process.stdout is not None
    heard: SimpleQueue[bytes | None] = SimpleQueue()
    threads = [
        threading.Thread(target=_feed, args=(process.stdin, question, data), name="helper-in", daemon=True),
        threading.Thread(target=_hear, args=(process.stdout, heard), name="helper-out", daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield from _answers(heard, seconds, anew, cancelled)
    finally:
        process.kill()  # both threads come to the end of their pipes
        for thread in threads:
            thread.join()
        end(process)


def _answers(heard: SimpleQueue[bytes | None], seconds: float, anew: str, cancelled: Callable[[], bool] | None) -> Iterator[Message]:
    until = time.monotonic() + seconds
    while True:
        if cancelled and cancelled():
            raise HelperFailed("cancelled")
        left = until - time.monotonic()
        if left <= 0:
            raise HelperFailed("slow")
        try:
            line = heard.get(timeout=min(TURN, left))
        except Empty:
            continue
        message = _message(line)
        if message == ["end"]:
            return
        if message[0] == anew:
            until = time.monotonic() + seconds
        yield message


def _message(line: bytes | None) -> Message:
    if line is None:
        raise HelperFailed("died")
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise HelperFailed("died") from error
    if not isinstance(message, list) or not message:
        raise HelperFailed("died")
    return message


def _feed(pipe: BinaryIO, question: Message, data: bytes) -> None:
    with suppress(OSError, ValueError):  # it has ended: the other thread tells
        pipe.write(json.dumps([*question, len(data)]).encode() + b"\n")
        pipe.write(data)
        pipe.close()


def _hear(pipe: BinaryIO, heard: SimpleQueue[bytes | None]) -> None:
    total = 0
    with suppress(OSError, ValueError):
        while line := pipe.readline(LONGEST_LINE):
            total += len(line)
            if total > MOST or not line.endswith(b"\n"):
                break
            heard.put(line)
    heard.put(None)


# -- in the helper


def serve(answer: Callable[[Message, bytes, Callable[[Message], None]], None], seconds: int) -> None:
    """What a helper that reads a file does: confine itself, read the question, send what ``answer`` tells (its third argument), end.

    ``seconds`` of computing after which the system ends it even if nobody watches any more.
    """
    confine(MEMORY, seconds)
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    question = json.loads(questions.readline())
    data = questions.read(question[-1])

    def tell(message: Message) -> None:
        answers.write(json.dumps(message).encode() + b"\n")
        answers.flush()

    with suppress(BrokenPipeError):  # nobody listens any more
        answer(question[:-1], data, tell)
        tell(["end"])


def confine(memory: int, seconds: int) -> None:
    """Bound this process for good: ``memory`` bytes, ``seconds`` of computing, no file written, no core left behind.

    By the limits of the system on Linux and macOS (which keeps no bound of memory), by a job object on Windows.
    """
    if sys.platform == "win32":
        _confine_windows(memory, seconds)
        return
    import resource

    bounds = {"RLIMIT_DATA": memory, "RLIMIT_CPU": seconds, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    for name, bound in bounds.items():
        if hasattr(resource, name):
            with suppress(OSError, ValueError):  # macOS knows the limit of memory by name only
                resource.setrlimit(getattr(resource, name), (bound, bound))


def _confine_windows(memory: int, seconds: int) -> None:
    """Put this process into a job object of its own. Written by the documentation of Windows, not yet run on one.

    The structure is JOBOBJECT_EXTENDED_LIMIT_INFORMATION (class 9) of winnt.h; times are in units of 100 ns.
    """
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", wintypes.LARGE_INTEGER), ("job_time", wintypes.LARGE_INTEGER), ("flags", wintypes.DWORD),
            ("least", ctypes.c_size_t), ("most", ctypes.c_size_t), ("processes", wintypes.DWORD), ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD), ("scheduling", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("basic", Basic), ("counters", ctypes.c_ulonglong * 6), ("process_memory", ctypes.c_size_t), ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t), ("peak_job", ctypes.c_size_t),
        )

    process_time, one_process, process_memory, die_silently = 0x2, 0x8, 0x100, 0x400
    bounds = Extended()
    bounds.basic.flags = process_time | one_process | process_memory | die_silently
    bounds.basic.process_time, bounds.basic.processes, bounds.process_memory = seconds * 10_000_000, 1, memory
    system = ctypes.WinDLL("kernel32", use_last_error=True)
    system.CreateJobObjectW.restype = system.GetCurrentProcess.restype = wintypes.HANDLE
    system.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    system.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    job = system.CreateJobObjectW(None, None)
    bounded = job and system.SetInformationJobObject(job, 9, ctypes.byref(bounds), ctypes.sizeof(bounds))
    if not bounded or not system.AssignProcessToJobObject(job, system.GetCurrentProcess()):
        raise OSError(ctypes.get_last_error(), "job object")
