"""Locks on files by which programs tell that somebody is still at work; the system lets go of those of a program that was killed."""

from __future__ import annotations

import os


def locked(handle: int) -> bool:
    """Lock an open file unless another holds it; whether it is locked now. On a share that knows no locks it never is."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
