"""Work on many thousand small values at once without the collector walking over all of them again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_RARELY = 5_000_000  # new objects between two walks: more than a ledger of 4,000 rows makes (some 300 a row, a line some 20), none of them in cycles


@contextmanager
def many_values() -> Iterator[None]:
    """Let the collector walk rarely while a ledger or a journal is read through; up to a third of the time otherwise goes there.

    What was made meanwhile counts as old from then on, else the very next value would set off a walk over all of it.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _RARELY), *before[1:])
    try:
        yield
    finally:
        if gc.isenabled() and not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
        gc.set_threshold(*before)
