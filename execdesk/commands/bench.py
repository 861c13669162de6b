"""``bench``: the table of speed figures, each with its limit and the ratio to a floor measured in the same run."""

from __future__ import annotations

import argparse
from typing import Any

from execdesk.commands.frame import Builder, plain, say


def register(sub: Any, common: argparse.ArgumentParser) -> None:
    """Add the command."""
    bench = sub.add_parser("bench", parents=[common], help="速度表")
    bench.add_argument("--quick", action="store_true", help="少量数据，快速")
    bench.set_defaults(run=run_bench)


def run_bench(args: argparse.Namespace, build: Builder) -> int:
    """Measure and print; nothing of a real store is touched."""
    from execdesk.commands.measuring import measure_all

    rows = measure_all(build, quick=args.quick)
    lines = [f"{r.what}\t{r.figure}\t目标 {r.limit}\t{r.ratio}" for r in rows]
    return say(args, {"rows": [plain(r) for r in rows]}, lines)
