"""The speed table of ``main.py bench``: figure, limit, and the ratio to a floor or peer measured in the same run."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from execdesk.desk import AppServices
from tests.benchmarks import bench_desk, bench_store, bench_window
from tests.benchmarks.size import FULL, QUICK, Size

HEAD = ("项目", "测得", "目标", "对照")


def rows(services: AppServices, size: Size) -> Iterator[tuple[str, str, str, str]]:
    """All rows, one after the other."""
    for measure in (bench_desk.law, bench_desk.pages, bench_desk.ledger, bench_window.hostile_ledger, bench_desk.issue, bench_window.window):
        yield from measure(services, size)
    yield from bench_store.act_speed(size.acts)
    yield from bench_store.act_speed(size.acts, services)
    yield from bench_store.take_in_speed(size.lines, size.tries, services)
    if size.memory:
        yield from bench_store.take_in_memory(size.memory)
    yield from bench_store.replay_speed(size.replayed)


def run(services: AppServices, args: argparse.Namespace) -> int:
    """Print the table; exit 0."""
    found: list[tuple[str, ...]] = []
    for row in rows(services, QUICK if args.quick else FULL):
        found.append(row)
        if not args.json:
            print("｜".join(row), flush=True)
    if args.json:
        answer: list[dict[str, Any]] = [dict(zip(HEAD, row, strict=True)) for row in found]
        print(json.dumps({"rows": answer}, ensure_ascii=False, indent=2))
    return 0
