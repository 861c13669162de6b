"""A runner that works at once, for tests of pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from ui.jobs import Cancelled, Watch


def nothing(*_: object) -> None:
    """Do nothing."""


class AtOnce:
    """Does all work when asked, in the caller's thread; ``refused`` collects errors nobody took."""

    def __init__(self) -> None:
        self.refused: list[BaseException] = []

    def run(
        self, owner: QObject, work: Callable[[], Any], *, done: Callable[[Any], object] = nothing,
        failed: Callable[[BaseException], object] | None = None, always: Callable[[], object] = nothing,
        watch: Watch | None = None, stopped: Callable[[], object] = nothing,
    ) -> None:
        """Work now."""
        try:
            result = work()
        except Cancelled:
            always()
            stopped()
        except Exception as error:
            always()
            (failed or self.refused.append)(error)
        else:
            always()
            done(result)

    def read(
        self, owner: QObject, work: Callable[[], Any], *, done: Callable[[Any], object],
        failed: Callable[[BaseException], object] | None = None, watch: Watch | None = None,
    ) -> None:
        """Read now."""
        self.run(owner, work, done=done, failed=failed, watch=watch)
