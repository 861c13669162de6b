"""execdesk: the desk of a county court's enforcement bureau. Joins the parts; opens the window, or runs a command."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from execdesk.access.demonstration import is_demonstration
from execdesk.access.files import file_refusal
from execdesk.access.organisation import load_organisation
from execdesk.calendar_adapter import court_calendar
from execdesk.commands import cases, demonstration, ledgers, store
from execdesk.commands import law as law_commands
from execdesk.commands.frame import Builder, common, open_desk, refuse
from execdesk.desk import Parts
from execdesk.documents.catalogue import Catalogue, load_catalogue
from execdesk.law.authority import load_authority
from execdesk.law.book import load_law
from execdesk.law.refusal import Refusal
from execdesk.store.store import database_errors_as_refusals
from reports.pen import Pen

RESOURCES = Path(__file__).resolve().parent / "resources"
INTERRUPTED = 130  # as shells tell an end by Ctrl+C


@dataclass(frozen=True)
class Tools:
    """The adapters behind the documents: what may be written, and the pen."""

    catalogue: Catalogue
    pen: Pen


@lru_cache(maxsize=2)
def _parts(resources: Path) -> Parts:
    law = load_law(resources / "law")
    catalogue = load_catalogue(resources / "documents")
    authority = load_authority(resources / "law", law, [kind.id for kind in catalogue.types])
    return Parts(
        resources=resources, law=law, authority=authority, organisation=load_organisation(resources / "organisation"),
        calendar=court_calendar(resources / "law"), tools=Tools(catalogue, Pen(resources / "fonts")),
    )


def build(folder: Path | None = None) -> Parts:
    """Everything that does not depend on which store is opened; built once per process."""
    del folder
    return _parts(RESOURCES)


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(prog="main.py", description="乐东法院执行工作台：不带命令时打开窗口")
    common(top)
    sub = top.add_subparsers(dest="command", metavar="COMMAND")
    shared = common(argparse.ArgumentParser(add_help=False), of_command=True)
    for module in (store, cases, ledgers, demonstration):
        module.register(sub, shared)
    bench = sub.add_parser("bench", parents=[shared], help="速度表")
    bench.add_argument("--quick", action="store_true", help="少量数据，快速")
    bench.set_defaults(run=run_bench)
    law_commands.register(sub, shared)
    return top


def run_bench(args: argparse.Namespace, build_parts: Builder) -> int:
    """The speed table; nothing of a real store is touched."""
    from tests.benchmarks.table import run

    return run(build_parts(RESOURCES), args)


def law(args: argparse.Namespace) -> int:
    """``law …``: by the shipped law, or with the corrections of the store named by ``--data``."""
    folder = RESOURCES / "law"
    if args.data is None:
        if args.today:
            raise Refusal("--today 只能用于演示库，请同时用 --data 指明；计算日请用各命令自己的日期选项。", code="store.today")
        return law_commands.run(args, folder, date.today())
    desk = open_desk(args, build, writes=False)
    try:
        opened = law_commands.StoreLaw(desk.law, f"「{args.data}」{'（演示库）' if is_demonstration(desk.folder) else ''}")
        return law_commands.run(args, folder, desk.day, desk.parts.calendar, opened=opened)
    finally:
        desk.close()


def demo(args: argparse.Namespace) -> int:
    """Make the demonstration, then open the window on it; without a display write pictures instead."""
    try:
        told = demonstration.demonstrate(build(), Path(args.folder))
    except Refusal as refusal:
        return refuse(args, refusal)
    except OSError as error:
        return refuse(args, file_refusal(error))
    args.data, args.user = str(told.data), args.user or told.judge
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        from ui.pictures import write_pictures

        print("没有显示器，改为写出三个页面和裁定书的图片：")
        for picture in write_pictures(build, args, Path(args.folder) / "pictures", told.case, told.ruling):
            print(f"  {picture}")
        return 0
    from ui.application import run_window

    return run_window(build, args)


def main(arguments: list[str] | None = None) -> int:
    """Run a command, or the window. Exit 0 done, 1 refused, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    args = parser().parse_args(words)
    if args.command is None:
        from ui.application import run_window

        return run_window(build, args)
    if args.command == "demo":
        return demo(args)
    try:
        with database_errors_as_refusals():
            code: int = law(args) if args.command == "law" else args.run(args, build)
        sys.stdout.flush()
    except Refusal as refusal:
        return refuse(args, refusal)
    except BrokenPipeError:  # whoever read the answer has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("已中断，没有写入。", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:  # a disk, a stick or a folder that fails is no fault of the program
        return refuse(args, file_refusal(error))
    return code


if __name__ == "__main__":
    sys.exit(main())
