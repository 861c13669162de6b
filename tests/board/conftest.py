"""The same court as the tests of work."""

from __future__ import annotations

from tests.work.conftest import enter, real_store

__all__ = ["enter", "real_store"]
