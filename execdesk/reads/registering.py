"""What the form of registration shows of the checks."""

from __future__ import annotations

from execdesk.casefile.registration import MISSING, OK, WARNING, WRONG, Finding

__all__ = ["MISSING", "OK", "WARNING", "WRONG", "Finding"]
