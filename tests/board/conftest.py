"""The same court as the tests of work."""

from __future__ import annotations

from tests.work.conftest import enter

__all__ = ["enter"]
