"""The program of the helper that reads a workbook from outside: its whole work is :func:`answer`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from execdesk.helpers import serve
from execdesk.intake.files import read_bytes
from execdesk.intake.records_xml import is_records, read_records
from execdesk.intake.wire import messages
from execdesk.law.refusal import Refusal

SECONDS = 20  # for one workbook, the start of the helper included
SPARE = 5  # seconds of computing more until the system ends a helper that nobody watches


def answer(question: list[Any], data: bytes, tell: Callable[[list[Any]], None]) -> None:
    """Tell the workbook in ``data``: ``read`` (rows done, in all) on the way, then its messages, or ``refused``, or ``full`` memory."""
    name, records = question
    try:
        read = read_records(data) if records and is_records(data) else read_bytes(data, name, lambda done, total: tell(["read", done, total]))
        for message in messages(read):
            tell(message)
    except Refusal as refusal:
        tell(["refused", refusal.code, refusal.text])
    except MemoryError:
        tell(["full"])


if __name__ == "__main__":
    serve(answer, SECONDS + SPARE)
