"""``bench``: the speed table."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from execdesk.commands.frame import Builder


def register(sub: Any, common: argparse.ArgumentParser) -> None:
    """Add the command."""
    bench = sub.add_parser("bench", parents=[common], help="速度表")
    bench.add_argument("--quick", action="store_true", help="少量数据，快速")
    bench.add_argument("--only", action="append", default=[], metavar="NAME", help="只量一个部分，可多次给出：law pages ledger hostile issue window act board take memory replay")
    bench.set_defaults(run=run)


def run(args: argparse.Namespace, build: Builder) -> int:
    """The speed table; nothing of a real store is touched."""
    table = import_module("tests.benchmarks.table")  # measures with the tests' tools; not part of the program proper
    code: int = table.run(build(Path()), args)
    return code
