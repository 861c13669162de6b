"""execdesk: the desk of a county court's enforcement bureau. Joins what it is made of; opens the window, or runs a command.

Only what a command needs is imported: help and the law come without the store behind them.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from execdesk.commands import table
from execdesk.commands.answers import common, refuse
from execdesk.commands.secret import taken_from_environment
from execdesk.law.refusal import Refusal

if TYPE_CHECKING:
    from execdesk.desk import AppServices

RESOURCES = Path(__file__).resolve().parent / "resources"
INTERRUPTED = 130  # as shells tell an end by Ctrl+C


@lru_cache(maxsize=2)
def _services(resources: Path) -> AppServices:
    from execdesk import rooms
    from execdesk.access.organisation import load_organisation
    from execdesk.calendar_adapter import court_calendar
    from execdesk.desk import AppServices
    from execdesk.documents.catalogue import load_catalogue
    from execdesk.law.articles import is_token
    from execdesk.law.authority import load_authority
    from execdesk.law.book import load_law
    from execdesk.reads.listing import lists
    from reports.pdfservice import ReportLabPdf

    rooms.enter()  # with the rest, before anybody has typed a password: whoever has must not wait for it
    lists()
    law = load_law(resources / "law")
    catalogue = load_catalogue(resources / "documents")
    authority = load_authority(resources / "law", law, [kind.id for kind in catalogue.types])
    catalogue.require_law(authority.data.matters.__contains__, partial(is_token, law), law.values.__contains__)
    return AppServices(
        resources=resources, law=law, authority=authority, organisation=load_organisation(resources / "organisation"),
        calendar=court_calendar(resources / "law"), catalogue=catalogue, pdf=ReportLabPdf(resources / "fonts"),
    )


def build(folder: Path | None = None) -> AppServices:
    """Everything that does not depend on which store is opened; built once per process."""
    del folder
    return _services(RESOURCES)


def parser(words: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """All commands and their options; for given ``words`` with the options of the command they name."""
    top = argparse.ArgumentParser(prog="main.py", description="乐东法院执行工作台：不带命令时打开窗口")
    common(top)
    sub = top.add_subparsers(dest="command", metavar="COMMAND")
    shared = common(argparse.ArgumentParser(add_help=False), of_command=True)
    table.register(sub, shared, None if words is None else table.named_in(words) or "")
    return top


def law(args: argparse.Namespace) -> int:
    """``law …``: by the shipped law, or with the corrections of the store named by ``--data``."""
    from execdesk.commands.law import StoreLaw, run

    folder = RESOURCES / "law"
    if args.data is None:
        if args.today:
            raise Refusal("--today 只能用于演示库，请同时用 --data 指明；计算日请用各命令自己的日期选项。", code="store.today")
        return run(args, folder, date.today())
    from execdesk.access.demonstration import is_demonstration
    from execdesk.commands.frame import open_desk

    with open_desk(args, build, writes=False) as desk:
        opened = StoreLaw(desk.law, f"「{args.data}」{'（演示库）' if is_demonstration(desk.folder) else ''}")
        return run(args, folder, desk.day, desk.services.calendar, opened=opened)


def demo(args: argparse.Namespace) -> int:
    """Make the demonstration, then open the window on it; without a display write pictures instead."""
    from execdesk.commands.demonstration import demonstrate

    made = demonstrate(build(), Path(args.folder))
    args.data, args.user = str(made.data), args.user or made.judge
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        from ui.pictures import write_pictures

        print("没有显示器，改为写出三个页面和裁定书的图片：")
        for picture in write_pictures(build, args, Path(args.folder) / "pictures", made.case, made.ruling):
            print(f"  {picture}")
        return 0
    return window(args)


def window(args: argparse.Namespace) -> int:
    """The window, until it is closed."""
    from ui.application import run_window

    return run_window(build, args)


def _guard(args: argparse.Namespace) -> AbstractContextManager[object]:
    """Refusals in place of the database's errors, where a command may open one."""
    if args.command == "law" and args.data is None:
        return nullcontext()
    from execdesk.store.store import database_errors_as_refusals

    return database_errors_as_refusals()


def _run(args: argparse.Namespace) -> int:
    own = {"law": law, "demo": demo}.get(args.command)
    code: int = own(args) if own is not None else args.run(args, build)
    sys.stdout.flush()
    return code or int(getattr(args, "faulty", False))  # whoever reads a script's answer must not take it for a whole store's


def main(arguments: list[str] | None = None) -> int:
    """Run a command, or the window. Exit 0 done, 1 refused, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    with taken_from_environment():
        return _main(words)


def _main(words: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a rare character of a name, or half of one in a path, that this console cannot show
    args = parser(words).parse_args(words)
    if args.command is None:
        return window(args)
    try:
        with _guard(args):
            return _run(args)
    except Refusal as refusal:
        return refuse(args, refusal)
    except BrokenPipeError:  # whoever read the answer has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("已中断，没有写入。", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:  # a disk, a stick or a folder that fails is no fault of the program
        from execdesk.access.files import file_refusal

        return refuse(args, file_refusal(error))


if __name__ == "__main__":
    sys.exit(main())
