"""The real store of the bureau's tests, for documents too."""

from tests.work.conftest import enter, real_store

__all__ = ["enter", "real_store"]
