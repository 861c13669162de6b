"""Keeps ``None``, ``True`` and their like alive under PySide6 6.12 on Python 3.11.

PySide6 6.12.0 returns these constants without taking a reference, as is right from Python 3.12 on where they are
immortal. On 3.11 each such call takes one reference away, and after some tens of thousands of calls the interpreter
stops with 「deallocating None」. Here they get so many references that none can be missed, which is what 3.12 does.
"""

from __future__ import annotations

import ctypes
import sys

PLENTY = 1 << 40


def keep_constants() -> None:
    """Give the constants references to spare; does nothing where Python keeps them by itself. Safe to call twice."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for constant in (None, True, False, NotImplemented, Ellipsis):
        if sys.getrefcount(constant) < PLENTY // 2:
            ctypes.c_ssize_t.from_address(id(constant)).value += PLENTY
