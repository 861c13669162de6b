"""The real store of the bureau's tests, for documents too."""

from tests.work.conftest import enter

__all__ = ["enter"]
