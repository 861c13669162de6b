"""Work done by a child process that may be ended at any moment."""

from __future__ import annotations

import os
import signal
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any


def desk_at(folder: str, account: str, day: date) -> Any:
    import main
    from execdesk.desk import Desk
    from execdesk.store.clock import DemonstrationClock

    return Desk.open(main.build(), Path(folder), account, "demo", DemonstrationClock(day))


def issue(ready: Connection, folder: str, account: str, day: date, documents: list[str]) -> None:
    """Issue documents one after the other, waiting for the word to begin."""
    desk = desk_at(folder, account, day)
    desk.session.pdf.missing("")  # fonts are loaded before the clock runs
    ready.send("begin")
    ready.recv()
    for document in documents:
        desk.do("document.issue", document=document)
    desk.close()
    ready.send("done")


def issue_some(ready: Connection, folder: str, account: str, day: date, told: list[str]) -> None:
    """Issue documents, and be ended by SIGKILL after as many as the first word says."""
    desk = desk_at(folder, account, day)
    ready.send("begin")
    ready.recv()
    for document in told[1 : 1 + int(told[0])]:
        desk.do("document.issue", document=document)
    os.kill(os.getpid(), signal.SIGKILL)


def take_in(ready: Connection, folder: str, account: str, day: date, ledger: list[str]) -> None:
    """Import a ledger."""
    desk = desk_at(folder, account, day)
    ready.send("begin")
    ready.recv()
    desk.do("ledger.import", file=ledger[0])
    desk.close()
    ready.send("done")
