"""What commands that open a store share: the data folder, signing in, the day."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from execdesk.access import places
from execdesk.access.demonstration import demonstration_day, is_demonstration
from execdesk.commands.secret import PASSWORD as PASSWORD
from execdesk.commands.secret import environment_password
from execdesk.desk import AppServices, Desk
from execdesk.law.refusal import Refusal
from execdesk.store.clock import Clock, DemonstrationClock, SystemClock

Builder = Callable[[Path], AppServices]
DEMO_YEARS = range(2013, 2100)


def data_folder(named: str | None) -> Path:
    """The data folder: as named, else the user's own."""
    if named:
        return Path(named)
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "execdesk"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share"))) / "execdesk"


@contextmanager
def open_desk(args: argparse.Namespace, build: Builder, *, writes: bool, password: str | None = None) -> Iterator[Desk]:
    """Sign in as told, for a block in which tables mean that store; then close it.

    In a real store the environment's password opens reading commands only. ``password`` is what was given otherwise; without it the
    person at the keyboard types it.
    """
    desk = _signed_in(args, build, writes, password)
    try:
        with desk.reading():
            yield desk
    finally:
        desk.close()


def _signed_in(args: argparse.Namespace, build: Builder, writes: bool, given: str | None) -> Desk:
    folder = data_folder(args.data)
    if not places.store_file(folder).exists():
        raise Refusal(f"「{folder}」里没有数据库。请先 setup，或用 --data 指明位置。", code="store.none")
    demo = is_demonstration(folder)
    account = args.user or ("clerk" if demo else "")
    if not account:
        raise Refusal("请用 --user 指明登录名。", code="access.user")
    password = environment_password()
    if password is not None and writes and not demo:
        raise Refusal(f"正式库中，环境变量 {PASSWORD} 只能用于查看和备份；办理事项请当面输入密码。", code="access.environment")
    password = given if given is not None else password
    if password is None:
        password = ask(f"{account} 的密码：")
    desk = _opened(args, build(folder), folder, account, password, clock_for(args, folder, demo))
    for warning in desk.notices:
        print(warning, file=sys.stderr)
    store = desk.session.store
    args.faulty = bool(store.lost or store.closed_reason)  # a store that merely lies elsewhere is read like any other
    return desk


def _opened(args: argparse.Namespace, services: AppServices, folder: Path, account: str, password: str, clock: Clock) -> Desk:
    """The desk. Where the store lay idle long, the day that was told has to be this PC's own: then it is taken to be right."""
    told = getattr(args, "confirm_day", None)
    try:
        return Desk.open(services, folder, account, password, clock, confirm_day=bool(told) and told == str(clock.day_of(clock.now())))
    except Refusal as refusal:
        if refusal.code != "store.clock":
            raise
        raise Refusal(f"{refusal.text}命令加上 --confirm-day 和今天的日期，如 --confirm-day 2018-01-02。", code=refusal.code) from None


def ask(prompt: str, *, secret: bool = True) -> str:
    """What the person at the keyboard types; a secret is not shown.

    Raises:
        Refusal: ``access.keyboard`` where nobody can type, as in a job that runs at night.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", getpass.GetPassWarning)  # what is piped in is shown by nobody
            return getpass.getpass(prompt) if secret else input(prompt)
    except EOFError:
        raise Refusal(f"等着输入「{prompt.rstrip('：')}」，但这里没有人能输入。请在命令窗口里运行，或按手册设好环境变量 {PASSWORD}。", code="access.keyboard") from None


def clock_for(args: argparse.Namespace, folder: Path, demo: bool) -> Clock:
    """The machine's clock, or the day of a demonstration store, which moves forward and never back."""
    day = read_day(getattr(args, "today", None))
    if not demo:
        if day is not None:
            raise Refusal("--today 只能用于演示库；正式库按本机日期。", code="store.today")
        return SystemClock()
    last = demonstration_day(folder)
    if day is not None and last is not None and day < last:
        raise Refusal(f"演示库的日期已到 {last}，只能向后，不能回到 {day}。", code="store.today")
    return DemonstrationClock(day or last or date(2018, 1, 2))


def read_day(text: str | None) -> date | None:
    """The day given with ``--today``, within the years the certificates of a demonstration can serve.

    Raises:
        Refusal: ``store.today`` for a text that is no such day.
    """
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal(f"「{text}」不是日期，请写作 2018-01-02 的样子。", code="store.today") from None
    if day.year not in DEMO_YEARS:
        raise Refusal(f"{day} 不在演示库可用的年份（{DEMO_YEARS.start}至{DEMO_YEARS[-1]}年）内，请另写日期。", code="store.today")
    return day
