"""Delays after wrong passwords, to the second; a lost file neither forgives nor locks out."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from execdesk.access import attempts
from execdesk.law.refusal import Refusal

NOW = datetime(2018, 1, 2, 1, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / attempts.FILE_NAME


def fail(path: Path, times: int, name: str = "clerk", at: datetime = NOW) -> int:
    return [attempts.failed(path, name, at) for _ in range(times)][-1]


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (1, 0), (2, 0), (3, 1), (4, 2), (5, 4), (6, 8), (7, 16), (8, 32), (9, 60), (10, 60), (5000, 60)],
)
def test_the_delay_grows(failures: int, seconds: int) -> None:
    assert attempts.delay(failures) == seconds


@pytest.mark.parametrize(("failures", "seconds"), [(3, 1), (4, 2), (6, 8), (9, 60), (20, 60)])
def test_refused_until_the_second_is_reached(path: Path, failures: int, seconds: int) -> None:
    assert fail(path, failures) == seconds
    with pytest.raises(Refusal, match=f"已连续输错 {failures} 次，请等待 {seconds} 秒") as refused:
        attempts.check(path, "clerk", NOW)
    assert refused.value.code == "access.wait"
    with pytest.raises(Refusal, match="请等待 1 秒"):
        attempts.check(path, "clerk", after(seconds - 0.001))
    attempts.check(path, "clerk", after(seconds))


def test_two_failures_cost_nothing_and_names_do_not_mix(path: Path) -> None:
    fail(path, 2)
    attempts.check(path, "clerk", NOW)
    fail(path, 5)
    attempts.check(path, "judge-1", NOW)


def test_success_starts_again_and_tells_what_was_before(path: Path) -> None:
    fail(path, 4)
    assert attempts.succeeded(path, "clerk", after(5)) == 4
    attempts.check(path, "clerk", after(5))
    assert fail(path, 1, at=after(6)) == 0
    assert attempts.succeeded(path, "judge-1", NOW) == 0


def test_a_clock_set_back_neither_skips_the_wait_nor_makes_it_endless(path: Path) -> None:
    fail(path, 9)
    early = after(-86400)
    with pytest.raises(Refusal, match="请等待 60 秒"):
        attempts.check(path, "clerk", early)
    with pytest.raises(Refusal, match="请等待 30 秒"):
        attempts.check(path, "clerk", early + timedelta(seconds=30))
    attempts.check(path, "clerk", early + timedelta(seconds=60))


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"format":9,"people":{},"damaged_at":null}',
        b'{"format":1,"people":{"clerk":{"failures":-5,"last":"2018-01-02T01:00:00+00:00"}},"damaged_at":null}',
        b'{"format":1,"people":{"clerk":{"failures":true,"last":"2018-01-02T01:00:00+00:00"}},"damaged_at":null}',
        b'{"format":1,"people":{"clerk":{"failures":5,"last":"2018-01-02T01:00:00"}},"damaged_at":null}',
        b'{"format":1,"people":{"clerk":5},"damaged_at":null}',
    ],
)
def test_a_broken_file_is_kept_told_and_costs_the_longest_delay_once(path: Path, broken: bytes) -> None:
    path.write_bytes(broken)
    with pytest.raises(Refusal, match="请等待 60 秒"):
        attempts.check(path, "clerk", NOW)
    assert path.with_name("attempts.json.broken").read_bytes() == broken
    assert "曾损坏" in attempts.damage(path, NOW)
    attempts.check(path, "clerk", after(60))
    assert attempts.failed(path, "clerk", after(60)) == 60
    assert attempts.succeeded(path, "judge-1", after(60)) == 0
    attempts.check(path, "judge-1", after(60))
    attempts.acknowledge_damage(path, after(61))
    assert attempts.damage(path, after(61)) == ""
    assert json.loads(path.read_bytes())["people"]["clerk"]["failures"] == 10


def test_no_file_yet_is_no_damage(path: Path) -> None:
    attempts.check(path, "clerk", NOW)
    assert attempts.damage(path, NOW) == ""
    attempts.acknowledge_damage(path, NOW)
    assert not path.exists()
