"""Every command with every option given what means harm, in this process as a script would start it: an answer, a sentence, or wrong usage."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import main
from execdesk.access.demonstration import keep_day
from execdesk.commands.frame import PASSWORD
from execdesk.commands.table import COMMANDS
from execdesk.law.refusal import Refusal
from tests.fuzz.mutants import OTHERS, of_bytes, of_json
from tests.fuzz.tally import Tally, tallied
from tests.hostile import TEXTS, faults_of_refusal
from tests.tries import times
from tests.world import DAY, Shelf

pytestmark = pytest.mark.slow
LEFT_OUT = {"demo", "bench"}  # they open a window or measure for minutes; their options are those of all
GIVEN = ("0", "2018-01-02", "2018-02-30", "（2018）琼9027执1号", "HQ", "clerk", "100", "x=y", "x:5", "number", "file=x", "decisions={}", "1e400", "[" * 30_000, "六", "")
WORDS = [text.replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape") for text in TEXTS]  # as a shell hands them on
TRIED = 60  # times that each command is started


class _Said(Refusal):
    """What a command said on its way out, sign by sign."""

    def __init__(self, said: str) -> None:
        super().__init__(said, code="refused")
        self.text = said


class _Typed(io.TextIOWrapper):
    """Standard input that holds these bytes."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")


@pytest.fixture
def data(worlds: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = worlds.get("frozen").copy(tmp_path / "data")
    keep_day(folder, DAY)
    monkeypatch.setenv(PASSWORD, "demo")
    monkeypatch.chdir(tmp_path)
    return folder


def run(words: list[str], typed: bytes = b"") -> tuple[int, str]:
    """What a command ends with and says."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    before, sys.stdin = sys.stdin, _Typed(typed)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main.main(words)
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        sys.stdin = before
    answer, said = (stream.buffer.getvalue().decode() for stream in (out, err))
    if code == 1 and not answer:
        raise _Said(said)
    if code == 1 and answer.startswith('{\n  "refused"'):
        raise _Said(json.loads(answer)["text"])
    if code == 2:
        raise Refusal(said, code="usage")
    return code, answer


def judged(refusal: Refusal) -> list[str]:
    """What is wrong with what was said; wrong usage is told by argparse in its own words."""
    return faults_of_refusal(refusal.text, ()) if refusal.code == "refused" else []


def parser_of(name: str, rng: random.Random) -> tuple[list[str], argparse.ArgumentParser]:
    """A command, by chance one of those below it: its words and its parser."""
    words, found = [], main.parser([name])
    while subs := [one for one in found._actions if isinstance(one, argparse._SubParsersAction)]:
        words.append(name if not words else rng.choice(sorted(subs[0].choices)))
        found = subs[0].choices[words[-1]]
    return words, found


def lines_of(name: str, rng: random.Random, files: list[str], count: int) -> Iterator[list[str]]:
    """Command lines: places and options of the command, each given by chance what means harm."""
    for _ in range(count):
        words, parser = parser_of(name, rng)
        for one in parser._actions:
            if (one.required and rng.random() < 0.95) or rng.random() < 0.3:
                words += _words(one, rng, files)
        yield words


def _words(one: argparse.Action, rng: random.Random, files: list[str]) -> list[str]:
    if not one.option_strings:
        return [_value(one, rng, files)]
    name = one.option_strings[-1]
    if name in ("--help", "--data", "--user"):
        return []
    return [name] if one.nargs == 0 else [f"{name}={_value(one, rng, files)}"]


def _value(one: argparse.Action, rng: random.Random, files: list[str]) -> str:
    known = [str(choice) for choice in one.choices] if one.choices is not None and not isinstance(one.choices, range) else []
    if known and rng.random() < 0.9:
        return rng.choice(known)
    return rng.choice((rng.choice(WORDS), rng.choice(GIVEN), rng.choice(files)))


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, content in OTHERS.items():
        (folder / name).write_bytes(content)
    return [*map(str, sorted(folder.iterdir())), str(folder), str(folder / "nothing" / "x"), "/dev/null", "/dev/full", "x" * 300, "."]


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - LEFT_OUT))
def test_no_command_is_hurt_by_any_words(name: str, data: Path, files: list[str], request: pytest.FixtureRequest) -> None:
    rng = random.Random(f"20180102 {name}")
    with tallied(request, f"command {name}") as tally:
        for words in lines_of(name, rng, files, times(TRIED)):
            where = ["--data", str(data)] if name != "setup" or rng.random() < 0.7 else ["--data", rng.choice(files)]
            line = [*words, *where, *(["--json"] if rng.random() < 0.3 else [])]
            tally.tried(_short(line), lambda line=line: run(line), judged)
    assert run(["check", "--data", str(data)])[0] == 0


def _short(words: list[str]) -> str:
    return " ".join(ascii(word)[:60] for word in words)


SITTING = {
    "own_password": "demo", "witness": "president", "witness_password": "demo",
    "people": [{"person": "judge-1", "password": "另一个很长的密码", "forgotten": True, "purpose": "person"}],
}  # fmt: skip


def test_no_json_on_standard_input_hurts(data: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD)
    words = ["ceremony", "certificate.issue", "--many", "--data", str(data), "--user", "deputy"]
    with tallied(request, "JSON on standard input") as tally:
        _try_all(tally, words, SITTING)


def _try_all(tally: Tally, words: list[str], told: Any) -> None:
    rng = random.Random(20180103)
    for label, typed in (*of_bytes(json.dumps(told).encode(), rng, times(60)), *of_json(told, rng, times(120))):
        tally.tried(label, lambda typed=typed: run(words, typed), judged)
