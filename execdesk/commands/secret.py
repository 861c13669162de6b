"""The password that the environment tells a command: taken out of it at once, so that no process this one starts is told it too."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PASSWORD = "EXECDESK_PASSWORD"
_told: ContextVar[str | None] = ContextVar("execdesk.password", default=None)


@contextmanager
def taken_from_environment() -> Iterator[None]:
    """A block in which :func:`environment_password` knows what the environment told, and the environment no more."""
    found = os.environ.pop(PASSWORD, None)
    before = _told.set(found)
    try:
        yield
    finally:
        _told.reset(before)
        if found is not None:
            os.environ[PASSWORD] = found


def environment_password() -> str | None:
    """The password the environment told this program, if it did."""
    return _told.get()
