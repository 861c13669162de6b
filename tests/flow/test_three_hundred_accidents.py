"""Accidents of any kind at random moments: each ends in a whole store or in one that says what is wrong, and nothing told as done is gone unsaid."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.flow.accidents import KINDS, OUTCOMES, Scene, copied, ended, prepare
from tests.tries import times

SEEDS = (1, 2, 3)
BOUNDED = 10  # of each seed in make prove; 300 in all, unbounded


@pytest.fixture(scope="module")
def scene(real_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return prepare(tmp_path_factory.mktemp("scene") / "base", real_store)


def table(told: Counter[tuple[str, str]]) -> str:
    """Kind by outcome."""
    lines = ["kind".ljust(12) + "  ".join(OUTCOMES)]
    for kind in KINDS:
        lines.append(kind.ljust(12) + "  ".join(str(told[kind, outcome]).rjust(len(outcome)) for outcome in OUTCOMES))
    return "\n".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_every_accident_ends_whole_or_is_told(scene: Scene, tmp_path: Path, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    chance, told = random.Random(seed), Counter[tuple[str, str]]()
    for number in range(times(BOUNDED)):
        kind = list(KINDS)[number % len(KINDS)]
        one = copied(scene, tmp_path / "one", random.Random(chance.random()))
        with one.on_this_pc():
            try:
                told[kind, ended(one, KINDS[kind](one))] += 1
            except BaseException as error:
                raise AssertionError(f"seed {seed}, accident {number}, {kind}: {error}") from error
        shutil.rmtree(one.base)
    with capsys.disabled():
        print(f"\nseed {seed}, {sum(told.values())} accidents\n{table(told)}")
