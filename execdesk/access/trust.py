"""Judges, for the journal's check, whether keys were vouched for by certificates of this court, down from the root in line 1.

:meth:`Trust.judge` makes the judge of lines. Chains are checked once per certificate, so a replay of many sessions stays quick.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from execdesk.access.appointment import is_appointed
from execdesk.access.certificates import fingerprint, read_pem, serial, subject_of
from execdesk.access.chain import verify_chain
from execdesk.access.organisation_data import PostData
from execdesk.access.session_keys import binding_of, verify_binding
from execdesk.access.warrants import OrganisationWarrants
from execdesk.law.refusal import Refusal
from execdesk.store.movejudge import MoveJudge
from execdesk.store.signatures import LineVerifier


class Trust:
    """Trust in one root, the one that stands in line 1."""

    def __init__(self, root: x509.Certificate) -> None:
        self.root = root
        self._known: dict[str, tuple[x509.Certificate, datetime, datetime] | str] = {}

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the root, as printed on approval sheets."""
        return fingerprint(self.root)

    def judge(self, posts: Mapping[str, PostData]) -> LineVerifier:
        """A judge of lines under this root: founding line, desks, sessions, second persons, and who may do what by ``posts``."""
        return LineVerifier(self, self.fingerprint, self.vouched, self.site_vouched, OrganisationWarrants(posts, self), MoveJudge())

    def vouched(self, certificate: dict[str, Any], at: datetime) -> str | None:
        """The fault of a second person's certificate at a moment; revocation is the judge's matter."""
        leaf = self._leaf(certificate, at)
        return leaf.replace("登录", "会签") if isinstance(leaf, str) else None

    def is_appointed(self, post: Mapping[str, Any]) -> bool:
        """Whether the root signed for a post, by the appointment kept with it."""
        return is_appointed(self.root, post)

    def is_by_root(self, certificate: Mapping[str, Any]) -> bool:
        """Whether a certificate's row holds one that the root itself issued."""
        return self.certificate_fault(certificate) is None and len(read_pem(certificate["pem"])) == 1

    def certificate_fault(self, certificate: Mapping[str, Any]) -> str | None:
        """Why a certificate's row is not what it says: its chain must reach the root and its holder be the person it names."""
        self._leaf(certificate, datetime.min.replace(tzinfo=UTC))
        known = self._known[certificate["pem"]]
        return known if isinstance(known, str) else None

    def site_vouched(self, site: dict[str, Any]) -> str | None:
        """The fault of a desk that introduces itself: its certificate must come from the root and name desk and line key."""
        try:
            certificate = read_pem(site.get("certificate") or "")[0]
            certificate.verify_directly_issued_by(self.root)
            issues = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
            return "的席位证书不是由本院证书根签发的"
        named = subject_of(certificate)
        if not issues or (named.post, named.row_id) != (site.get("code"), site.get("key")):
            return "的席位证书不是为这个席位和钥匙签发的"
        return None

    def __call__(self, session: dict[str, Any], certificate: dict[str, Any] | None) -> str | None:
        """The fault of a session certificate as the end of a sentence, or None."""
        if certificate is None:
            return "的登录凭证没有签名证书"
        try:
            binding, signature = binding_of(session)
            at = datetime.fromisoformat(binding.at)
        except ValueError:
            return "的登录凭证无法读取"
        if certificate["person"] != binding.person:
            return "的登录凭证用了别人的签名证书"
        leaf = self._leaf(certificate, at)
        if isinstance(leaf, str):
            return leaf
        if not verify_binding(binding, signature, leaf):
            return "的登录凭证签名不符"
        return self._revoked(certificate, at)

    def _leaf(self, row: Mapping[str, Any], at: datetime) -> x509.Certificate | str:
        """The certificate in a row, if its chain reaches the root and it was valid at ``at``; else what is wrong."""
        text = row["pem"]
        if text not in self._known:
            self._known[text] = self._judge(row)
        known = self._known[text]
        if isinstance(known, str):
            return known
        leaf, first, last = known
        return leaf if first <= at <= last else "的签名证书在登录时不在有效期内"

    def _judge(self, row: Mapping[str, Any]) -> tuple[x509.Certificate, datetime, datetime] | str:
        try:
            leaf, *above = read_pem(row["pem"])
        except ValueError:
            return "的签名证书无法读取"
        if serial(leaf) != row["serial"] or subject_of(leaf).row_id != row["person"]:
            return "的签名证书与登记的人或编号不符"
        chain = (leaf, *above, self.root)
        first = max(one.not_valid_before_utc for one in chain)
        last = min(one.not_valid_after_utc for one in chain)
        try:
            verify_chain(leaf, above, self.root, first)
        except Refusal:
            return "的签名证书不是由本院证书根签发的"
        return leaf, first, last

    @staticmethod
    def _revoked(row: Mapping[str, Any], at: datetime) -> str | None:
        revoked = row.get("revoked_at")
        return "所用签名证书在登录前已撤销" if revoked and datetime.fromisoformat(revoked) <= at else None
