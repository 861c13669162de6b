"""Signatures judged by helper processes: the same verdicts as alone, whatever becomes of the helpers."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psutil
import pytest

from execdesk.law.refusal import Refusal
from execdesk.records.journal import Line
from execdesk.store import verifying
from execdesk.store.act import open_act
from execdesk.store.check import check, check_some
from execdesk.store.line import Entry
from execdesk.store.verifying import Checker, holds, statement
from tests.looking import look_at
from tests.store.desks import Bureau, Desk, Key, bureau, case, judge

DIGEST = "ab" * 32
FALSE = {2, 7, 150, 399}


def told(count: int, false: set[int] | None = None) -> list[bytes]:
    """Statements that are true except where named."""
    keys = [Key(), Key()]
    made = []
    for n in range(count):
        key, digest = keys[n % 2], f"{n:064x}"
        signed = DIGEST if n in (false or set()) else digest
        made.append(statement(key.key, digest, key.sign(bytes.fromhex(signed))))
    return made


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Helpers from the first signature on, also on one core."""
    monkeypatch.setattr(verifying, "ALONE", 0)
    monkeypatch.setattr(verifying, "cores_to_spare", lambda: 2)


@pytest.fixture
def checker(helped: None) -> Iterator[Checker]:
    made = Checker()
    yield made
    made.close()
    assert all(helper.process is None for helper in made.helpers)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("verify")]


def false_of(checker: Checker, statements: list[bytes], size: int = 50, meanwhile: Any = None) -> set[int]:
    answers = []
    for start in range(0, len(statements), size):
        answers.append(checker.begin(statements[start : start + size]))
        if meanwhile:
            meanwhile()
    return {n for n, good in enumerate(good for answer in answers for good in answer()) if not good}


def test_a_statement_has_one_width() -> None:
    key = Key()
    made = statement(key.key, DIGEST, key.sign(bytes.fromhex(DIGEST)))
    assert holds(made)
    assert not holds(made + b"\0") and not holds(b"")
    for wrong in ((key.key[2:], DIGEST, made[64:]), (key.key, DIGEST + "00", made[64:]), (key.key, DIGEST, made[65:]),
                  (key.key[2:], DIGEST + "00", made[64:]), ("zz" * 32, DIGEST, made[64:])):
        assert statement(*wrong) == b""
    assert not holds(statement("ff" * 32, DIGEST, made[64:])), "no point of the curve"
    anyone = bytes([1]) + bytes(31)  # of order one: this signature would hold for whatever is said
    assert not holds(statement(anyone.hex(), DIGEST, anyone + bytes(32)))


def test_helpers_say_what_is_said_alone(checker: Checker) -> None:
    statements = told(400, FALSE)
    statements[20] = b""
    assert false_of(checker, statements) == FALSE | {20}
    assert any(helper.process is not None for helper in checker.helpers)


def test_a_short_run_starts_no_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "cores_to_spare", lambda: 2)
    alone = Checker()
    assert false_of(alone, told(100, {3})) == {3}
    alone.close()
    assert not alone.helpers


def test_one_core_or_a_frozen_program_has_no_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying.os, "sched_getaffinity", lambda _: {0}, raising=False)
    assert verifying.cores_to_spare() == 0
    monkeypatch.setattr(verifying.os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    assert verifying.cores_to_spare() == 2
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert verifying.cores_to_spare() == 0
    monkeypatch.setattr(verifying, "ALONE", 0)
    alone = Checker()
    assert false_of(alone, told(60, {3, 59})) == {3, 59}
    assert not alone.helpers


def test_a_helper_that_dies_loses_no_verdict(checker: Checker) -> None:
    killed = []

    def kill() -> None:
        until = time.monotonic() + 20
        while not killed and not any(helper.process for helper in checker.helpers) and time.monotonic() < until:
            time.sleep(0.01)
        for helper in checker.helpers:
            if helper.process is not None and helper.process not in killed:
                helper.process.kill()
                killed.append(helper.process)

    assert false_of(checker, told(800, FALSE), meanwhile=kill) == FALSE
    assert killed
    assert false_of(checker, told(200, {0, 199})) == {0, 199}, "and the run goes on without it"


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit",
        "import sys; sys.stdout.buffer.write(bytes([1]) * 100_000)",
        "import sys; r = sys.stdin.buffer.read; n = int.from_bytes(r(4), 'big'); r(n * 128); sys.stdout.buffer.write(bytes([1]) * (32 + n))",
        "import sys, hashlib; r = sys.stdin.buffer.read; n = int.from_bytes(r(4), 'big'); d = hashlib.sha256(r(n * 128)).digest(); "
        "sys.stdout.buffer.write(d + bytes(n))",
        "import sys, hashlib; r = sys.stdin.buffer.read; n = int.from_bytes(r(4), 'big'); d = hashlib.sha256(r(n * 128)).digest(); "
        "sys.stdout.buffer.write(d + b'x' * (n - 1))",
    ],
    ids=["ends", "chatters", "answers something else", "calls all bad", "answers too little"],
)
def test_a_helper_that_answers_nonsense_is_not_believed(checker: Checker, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(verifying, "COMMAND", (sys.executable, "-c", program))
    assert false_of(checker, told(400, FALSE)) == FALSE


def test_a_helper_that_cannot_start(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "COMMAND", ("no such program",))
    assert false_of(checker, told(200, {5})) == {5}


def test_a_helper_that_falls_silent_is_not_waited_for(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "COMMAND", (sys.executable, "-c", "import time; time.sleep(600)"))
    monkeypatch.setattr(verifying, "PATIENCE", 0.05)
    assert false_of(checker, told(300, FALSE)) == FALSE & set(range(300))


def test_what_is_given_up_can_still_be_asked(checker: Checker) -> None:
    answers = [checker.begin(some) for some in (told(50, {1}), told(50), told(50, {2}), told(50, {3}))]
    checker.close()
    assert [[n for n, good in enumerate(answer()) if not good] for answer in answers] == [[1], [], [2], [3]]
    assert checker.begin(told(5, {4}))() == [True] * 4 + [False]


def test_a_helper_knows_nothing_of_the_program() -> None:
    """It starts quickly, holds no store and no window, and ends when nobody can ask any more."""
    ran = subprocess.run([sys.executable, "-X", "importtime", *verifying.COMMAND[1:]], input=b"", capture_output=True, timeout=60)
    assert ran.returncode == 0 and ran.stdout == b""
    loaded = {line.rsplit(b"|", 1)[-1].strip() for line in ran.stderr.splitlines()}
    assert b"nacl.signing" in loaded
    assert not [name for name in loaded if name.startswith((b"peewee", b"PySide6", b"apsw", b"execdesk"))]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills a process")
def test_a_helper_does_not_outlive_the_program() -> None:
    source = "import os, subprocess, sys, time; from execdesk.store import verifying as v; " \
             "h = v.Helper(); h.ask([b'x' * 128]); print(h.process.pid, flush=True); time.sleep(600)"
    program = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    helper = int(program.stdout.readline())
    program.kill()
    program.wait()
    program.stdout.close()
    with suppress(psutil.NoSuchProcess):
        psutil.Process(helper).wait(timeout=30)


# -- in the store ------------------------------------------------------------------------------------------------------


@pytest.fixture
def court() -> Bureau:
    made = bureau("HQ", "HL")
    hq = made.desks[0]
    look_at(hq.store)
    for n in range(60):
        with open_act(hq.store, "case.register") as act:
            act.add(case(n))
    return made


def forge(desk: Desk, number: int) -> None:
    """Give a line the signature of another: bytes, hash and links stay right."""
    signature = desk.line(number - 1).signature
    for event in ("update", "delete"):
        desk.store.base.execute_sql(f"DROP TRIGGER IF EXISTS line_no_{event}")
    Line.update(signature=signature).where(Line.number == number).execute()


def kill_started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let every helper die as soon as it has been asked once; tells how many did."""
    died: list[int] = []
    ask = verifying.Helper.ask

    def dying(self: Any, batch: Any) -> Any:
        if self.process is not None:
            self.process.kill()
            died.append(self.process.pid)
        return ask(self, batch)

    monkeypatch.setattr(verifying.Helper, "ask", dying)
    return died


@pytest.mark.parametrize("dying", [False, True], ids=["helped", "helpers die"])
@pytest.mark.parametrize("place", [4, 40, 62])
def test_a_forged_line_is_found_and_located(
    court: Bureau, helped: None, monkeypatch: pytest.MonkeyPatch, dying: bool, place: int
) -> None:
    hq = court.desks[0]
    died = kill_started(monkeypatch) if dying else []
    monkeypatch.setattr("execdesk.store.check.STEP", 20)
    assert check(hq.store, judge()).whole
    forge(hq, place)
    verdict = check(hq.store, judge())
    assert [(f.kind, f.place) for f in verdict.faults] == [("line", f"HQ.1:{place}")]
    assert "签名不符" in verdict.faults[0].text
    stepwise = check_some(hq.store, judge(), 62)
    assert [f.place for f in stepwise.verdict.faults] == [f"HQ.1:{place}"], "told by the step that walked it"
    assert bool(died) == dying


@pytest.mark.parametrize("dying", [False, True], ids=["helped", "helpers die"])
def test_a_forged_line_is_not_taken_in(court: Bureau, helped: None, monkeypatch: pytest.MonkeyPatch, dying: bool) -> None:
    hq, hl = court.desks
    if dying:
        kill_started(monkeypatch)
    monkeypatch.setattr("execdesk.store.merge.CHUNK", 10)
    lines = hq.lines()
    bad = next(n for n, e in enumerate(lines) if e.ref == "HQ.1:9")
    before = hl.hash()
    with pytest.raises(Refusal, match="HQ.1:9.*签名不符") as refused:
        hl.take([*lines[:bad], Entry(lines[bad].body, lines[bad].hash, lines[bad + 1].signature), *lines[bad + 1 :]])
    assert refused.value.code == "exchange.signature"
    assert hl.hash() == before
    assert len(hl.take(lines).applied) == 61
