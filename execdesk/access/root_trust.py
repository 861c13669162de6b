"""What the judge of who may write what asks of the court's roots."""

from __future__ import annotations

from typing import Any, Protocol

Values = dict[str, Any]


class RootTrust(Protocol):
    """What only the court's roots tell: ``roots`` as the writer of a line knew them (PEM), of which the last is in use."""

    def learn_roots(self, roots: str) -> None:
        """Take the roots that a line with effect tells."""

    def is_root(self, roots: str) -> bool:
        """Whether the last is a root."""

    def site_vouched(self, site: Values, roots: str = "") -> str | None:
        """The fault of a desk's certificate."""

    def certificate_fault(self, certificate: Values) -> str | None:
        """The fault of a person's certificate."""

    def is_by_root(self, certificate: Values, roots: str) -> bool:
        """Whether the root itself issued it."""

    def is_appointed(self, post: Values, roots: str) -> bool:
        """Whether the root signed for a post."""
