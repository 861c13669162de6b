"""Wrong passwords are counted, and from the third one on the next try must wait: 1, 2, 4 … up to 60 seconds.

The counters lie beside the store (they are not journaled) and once more on the PC for all stores, where a lost file or a copied folder
forgets nothing: who waits is told by the greater. They are kept per login name, those of names that nobody has too, so that a stranger
learns nothing from them. The clock is handed in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path

from execdesk.access.files import canonical, write_atomic
from execdesk.access.places import ATTEMPTS_FILE
from execdesk.law.refusal import Refusal

FILE_NAME = ATTEMPTS_FILE
FREE = 2  # failures that cost nothing
LONGEST = 60  # seconds
_FORMAT = 1
STRANGER = "?"  # begins what stands for a name that nobody has
_STRANGERS = 200  # kept at most: the oldest are forgotten, never somebody who is known
_AFTER_DAMAGE = 9  # failures assumed for everybody once the counters were lost: the longest delay, and no lock-out


@dataclass(frozen=True)
class Count:
    """Failures in a row of one name and the moment of the last."""

    failures: int
    last: datetime


@dataclass
class _Counters:
    people: dict[str, Count]
    damaged_at: datetime | None = None


def delay(failures: int) -> int:
    """Seconds to wait after that many failures in a row."""
    return 0 if failures <= FREE else min(LONGEST, 2 ** min(failures - FREE - 1, 16))


def check(path: Path, name: str, now: datetime) -> None:
    """Refuse with ``access.wait`` while ``name`` has to wait; the sentence and the way on tell the seconds left."""
    counters = _load(path, now)
    count = _count(counters, name)
    if count is None:
        return
    if now < count.last:
        # the clock was set back: the wait starts again from now, so that it is neither skipped nor endless
        count = Count(count.failures, now)
        _keep(path, counters, name, count)
    left = ceil((count.last + timedelta(seconds=delay(count.failures)) - now).total_seconds())
    if left > 0:
        raise Refusal(f"密码已连续输错 {count.failures} 次，请等待 {left} 秒后再试。", code="access.wait")


def failed(path: Path, name: str, now: datetime) -> int:
    """Count a wrong password; the seconds the next try has to wait."""
    counters = _load(path, now)
    before = _count(counters, name)
    count = Count((before.failures if before else 0) + 1, now)
    _keep(path, counters, name, count)
    return delay(count.failures)


def succeeded(path: Path, name: str, now: datetime) -> int:
    """Start again from nothing; the failures there were before, for the person to see."""
    counters = _load(path, now)
    before = counters.people.get(name)
    if before is not None or counters.damaged_at is not None:
        _keep(path, counters, name, Count(0, now))
    return before.failures if before else 0


def damage(path: Path, now: datetime) -> str:
    """The sentence about counters that were lost, for whoever signs in next; empty if nothing happened."""
    at = _load(path, now).damaged_at
    if at is None:
        return ""
    return f"登录计数文件 {FILE_NAME} 曾损坏（{at.isoformat(timespec='seconds')} 发现），原文件已另存，各登录名按已连续输错 {_AFTER_DAMAGE} 次计。"


def acknowledge_damage(path: Path, now: datetime) -> None:
    """Forget the damage once it was said to somebody who signed in."""
    counters = _load(path, now)
    if counters.damaged_at is not None:
        counters.damaged_at = None
        _write(path, counters)


def _count(counters: _Counters, name: str) -> Count | None:
    if name in counters.people:
        return counters.people[name]
    return Count(_AFTER_DAMAGE, counters.damaged_at) if counters.damaged_at else None


def _keep(path: Path, counters: _Counters, name: str, count: Count) -> None:
    counters.people[name] = count
    strangers = sorted((c.last, each) for each, c in counters.people.items() if each.startswith(STRANGER))
    for _, each in strangers[:-_STRANGERS]:
        del counters.people[each]
    _write(path, counters)


def _load(path: Path, now: datetime) -> _Counters:
    try:
        return _parse(path.read_bytes())
    except FileNotFoundError:
        return _Counters({})
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        # neither locked out nor forgiven: the broken file is kept, everybody waits the longest delay once
        path.replace(path.with_name(f"{path.name}.broken"))
        counters = _Counters({}, now)
        _write(path, counters)
        return counters


def _parse(data: bytes) -> _Counters:
    content = json.loads(data)
    if content["format"] != _FORMAT:
        raise ValueError("unknown format")
    people = {str(name): _read_count(entry) for name, entry in content["people"].items()}
    at = content["damaged_at"]
    return _Counters(people, None if at is None else _moment(at))


def _read_count(entry: dict[str, object]) -> Count:
    failures = entry["failures"]
    if type(failures) is not int or failures < 0:
        raise ValueError("failures")
    return Count(failures, _moment(entry["last"]))


def _moment(text: object) -> datetime:
    moment = datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment


def _write(path: Path, counters: _Counters) -> None:
    people = {name: {"failures": c.failures, "last": c.last.isoformat()} for name, c in counters.people.items()}
    at = counters.damaged_at
    write_atomic(path, canonical({"format": _FORMAT, "people": people, "damaged_at": at and at.isoformat()}))
