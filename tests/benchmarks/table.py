"""The speed table of ``main.py bench``: figure, limit, and the ratio to a floor or peer measured in the same run."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from execdesk.desk import AppServices
from execdesk.law.refusal import Refusal
from tests.benchmarks import bench_desk, bench_store, bench_window
from tests.benchmarks.size import FULL, QUICK, Size

HEAD = ("项目", "测得", "目标", "对照")
Row = tuple[str, str, str, str]
PARTS: dict[str, Callable[[AppServices, Size], Iterable[Row]]] = {
    "law": bench_desk.law, "pages": bench_desk.pages, "ledger": bench_desk.ledger, "hostile": bench_desk.hostile_ledger,
    "issue": bench_desk.issue, "window": bench_window.window,
    "act": lambda _services, size: bench_store.act_speed(size.acts),
    "board": lambda services, size: bench_store.act_speed(size.acts, services),
    "take": lambda services, size: bench_store.take_in_speed(size.lines, size.tries, services),
    "memory": lambda _services, size: bench_store.take_in_memory(size.memory) if size.memory else (),
    "replay": lambda services, size: bench_store.replay_speed(size.replayed, services),
}


def rows(services: AppServices, size: Size, only: Iterable[str] = ()) -> Iterator[Row]:
    """The rows of all parts of the table, or of those named, one after the other.

    Raises:
        Refusal: ``bench.part`` for a part that is not there.
    """
    wanted = list(only) or list(PARTS)
    for name in wanted:
        if name not in PARTS:
            raise Refusal(f"速度表没有「{name}」这一部分；有：{'、'.join(PARTS)}。", code="bench.part")
    for name in wanted:
        yield from PARTS[name](services, size)


def run(services: AppServices, args: argparse.Namespace) -> int:
    """Print the table; exit 0."""
    found: list[tuple[str, ...]] = []
    for row in rows(services, QUICK if args.quick else FULL, args.only):
        found.append(row)
        if not args.json:
            print("｜".join(row), flush=True)
    if args.json:
        answer: list[dict[str, Any]] = [dict(zip(HEAD, row, strict=True)) for row in found]
        print(json.dumps({"rows": answer}, ensure_ascii=False, indent=2))
    return 0
