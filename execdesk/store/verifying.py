"""Ed25519 signatures by the hundred thousand: judged here, and in long runs by helper processes on the other cores as well.

A helper only spares time. Where it cannot start, ends, stays silent or answers out of turn, this process judges by itself, and a
signature that a helper calls bad is judged here again. Helpers are told public keys, hashes and signatures and nothing else.

The file is a helper's whole program too (see :func:`serve`), so it imports nothing of the project.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache, partial
from typing import BinaryIO

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

ALONE = 1_000  # signatures judged here before helpers are worth their start
PATIENCE = 60  # seconds of silence after which a helper counts as gone; a batch takes it a tenth of one
COMMAND = (sys.executable, "-P", __file__)  # -P: modules beside this file must not pass for others of the same name
_WIDTH = 32 + 32 + 64  # key, hash, signature
_GOOD, _BAD = b"\1", b"\0"

Answer = Callable[[], list[bool]]


def statement(key: str, digest: str, signature: bytes) -> bytes:
    """That ``key`` signed ``digest`` (both hexadecimal), in the fixed width that travels; empty if it cannot be so."""
    try:
        made = bytes.fromhex(key) + bytes.fromhex(digest) + signature
    except ValueError:
        return b""
    return made if (len(key), len(digest), len(signature)) == (64, 64, 64) else b""


@lru_cache(maxsize=1024)
def _public(key: bytes) -> VerifyKey:
    return VerifyKey(key)


@lru_cache(maxsize=4096)  # the lines of a case are judged anew whenever somebody approves or issues in it
def holds(statement: bytes) -> bool:
    """Whether a statement is true: the one place where signatures of lines are judged, also in a helper."""
    if len(statement) != _WIDTH:
        return False
    try:
        _public(statement[:32]).verify(statement[32:64], statement[64:])
    except BadSignatureError:
        return False
    return True


class Helper:
    """A process that judges batches; once it has failed, it answers nothing any more."""

    def __init__(self) -> None:
        from execdesk.helpers import start  # here: a helper, whose program this file is, knows nothing of it

        self.process: subprocess.Popen[bytes] | None = start(COMMAND)

    def ask(self, batch: Sequence[bytes]) -> list[bool] | None:
        """The helper's verdicts, or nothing. An answer repeats the hash of the question, so that it cannot belong to another."""
        process = self.process
        if process is None or process.stdin is None or process.stdout is None:
            return None
        sent = [statement for statement in batch if statement]
        body = b"".join(sent)
        try:
            process.stdin.write(len(sent).to_bytes(4, "big") + body)
            process.stdin.flush()
            answer = process.stdout.read(32 + len(sent))
        except (OSError, ValueError):
            answer = b""
        verdicts = answer[32:]
        if answer[:32] != hashlib.sha256(body).digest() or len(verdicts) != len(sent):
            self.end()
            return None
        verified = iter(verdicts)
        return [bool(statement) and next(verified) == _GOOD[0] for statement in batch]

    def end(self) -> None:
        """End the process; who waits for its answer gets none."""
        from execdesk.helpers import end

        process, self.process = self.process, None
        if process is not None:
            end(process)


class _Batch:
    def __init__(self, statements: Sequence[bytes]) -> None:
        self.statements = statements
        self.verdicts: list[bool] | None = None
        self.future: Future[list[bool]] | None = None

    def judge_here(self) -> list[bool]:
        self.verdicts = [holds(one) for one in self.statements]
        return self.verdicts


class Checker:
    """Judges batches of statements while the caller goes on. Close it when the run is over; nothing outlives it."""

    def __init__(self, helped: bool = True) -> None:
        self.helpers: list[Helper] = []
        self._wanted = cores_to_spare() if helped else 0
        self._judged = 0
        self._open: list[_Batch] = []
        self._pool: ThreadPoolExecutor | None = None
        self._mine = threading.local()

    def begin(self, statements: Sequence[bytes]) -> Answer:
        """Begin to judge; the answer tells which statements are true, in their order."""
        batch = _Batch(statements)
        self._judged += len(statements)
        if self._judged <= ALONE or not self._wanted:
            batch.judge_here()
        else:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._wanted, thread_name_prefix="verify")
            self._open.append(batch)
            batch.future = self._pool.submit(self._asked, statements)
        return partial(self._answer, batch)

    def close(self) -> None:
        """End the helpers; batches not yet asked for are given up."""
        if self._pool is None:
            return
        for batch in self._open:
            if batch.future is not None:
                batch.future.cancel()
        self._end_helpers()
        self._pool.shutdown(wait=True)
        self._end_helpers()  # also one that was just being started
        self._pool, self._wanted = None, 0

    def _end_helpers(self) -> None:
        for helper in self.helpers:
            helper.end()  # the thread that waits for its answer judges by itself

    def _asked(self, statements: Sequence[bytes]) -> list[bool]:
        """A helper's verdicts, or our own; runs in a thread that has a helper of its own."""
        helper: Helper | None = getattr(self._mine, "helper", None)
        if helper is None:
            helper = self._mine.helper = Helper()
            self.helpers.append(helper)
        answered = helper.ask(statements)
        return [good or holds(one) for good, one in zip(answered or [False] * len(statements), statements, strict=True)]

    def _answer(self, batch: _Batch) -> list[bool]:
        """The verdicts of a batch; while helpers are busy with it, judge here what nobody has begun."""
        while batch.verdicts is None:
            assert batch.future is not None
            if batch.future.done() and not batch.future.cancelled():
                batch.verdicts = batch.future.result()
            elif (idle := self._unbegun(batch)) is not None:
                idle.judge_here()
            else:
                self._wait(batch.future)
        if batch in self._open:
            self._open.remove(batch)
        return batch.verdicts

    def _unbegun(self, first: _Batch) -> _Batch | None:
        """A batch that no helper has begun, taken back from them: the one asked for, else the last."""
        for batch in (first, *reversed(self._open)):
            if batch.verdicts is None and batch.future is not None and batch.future.cancel():
                return batch
        return None

    def _wait(self, future: Future[list[bool]]) -> None:
        try:
            future.result(PATIENCE)
        except TimeoutError:
            self._end_helpers()
            future.result()


def cores_to_spare() -> int:
    """How many helpers are worth having here: none on one core, nor where there is no interpreter to start them with."""
    if not sys.executable or getattr(sys, "frozen", False):
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(2, cores - 1)


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """What a helper does: judge batches until nobody asks any more."""
    while len(count := questions.read(4)) == 4:
        size = int.from_bytes(count, "big") * _WIDTH
        body = questions.read(size)
        if len(body) != size:
            return
        verdicts = b"".join(_GOOD if holds(body[i : i + _WIDTH]) else _BAD for i in range(0, size, _WIDTH))
        answers.write(hashlib.sha256(body).digest() + verdicts)
        answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that asks decides when it ends
    with suppress(OSError):
        serve(sys.stdin.buffer, sys.stdout.buffer)
