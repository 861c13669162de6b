"""Judges, for the journal's check, whether keys were vouched for by certificates of this court, down from the root in line 1.

:meth:`Trust.judge` makes the judge of lines. Chains are checked once per certificate, so a replay of many sessions stays quick.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from execdesk.access import line_conditions, line_roles, line_texts  # noqa: F401  register who somebody is to a row, and what must hold
from execdesk.access.appointment import is_appointed
from execdesk.access.authority_rules import OrganisationAuthority
from execdesk.access.certificates import fingerprint, is_demo, read_pem, serial, subject_of
from execdesk.access.chain import verify_chain
from execdesk.access.organisation_data import PostData
from execdesk.access.session_keys import binding_of, verify_binding
from execdesk.law.authority import AuthorityTable
from execdesk.law.refusal import Refusal
from execdesk.records.base import moment_text
from execdesk.store.linerules import LineRules
from execdesk.store.signatures import LineVerifier


class Trust:
    """Trust in the root that stands in line 1, and in those that took the place of a lost one (``later``, oldest first)."""

    def __init__(self, root: x509.Certificate, *later: x509.Certificate) -> None:
        self.roots = (root, *later)
        self._known: dict[str, tuple[x509.Certificate, datetime, datetime] | str] = {}

    @property
    def root(self) -> x509.Certificate:
        """The root in use."""
        return self.roots[-1]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the founding root, which stands in line 1."""
        return fingerprint(self.roots[0])

    def learn_roots(self, roots: str) -> None:
        """Take the roots (PEM, oldest first) that a line with effect tells."""
        self.roots = (self.roots[0], *read_pem(roots)[1:])
        self._known = {text: found for text, found in self._known.items() if not isinstance(found, str)}

    def is_root(self, roots: str) -> bool:
        """Whether the newest of ``roots`` is a root of the same kind as the first: self-signed, issuing, 演示 or not."""
        try:
            first, *_, new = read_pem(roots)
            new.verify_directly_issued_by(new)
            issues = new.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
            return False
        return issues and is_demo(first) == is_demo(new)

    def judge(self, posts: Mapping[str, PostData], table: AuthorityTable) -> LineVerifier:
        """A judge of lines under this root: founding line, desks, sessions, second persons, and who may do what by ``posts`` and by the
        ``table`` of levels."""
        authority = OrganisationAuthority(posts, table, self)
        return LineVerifier(self, self.fingerprint, self.vouched, self.site_vouched, authority, LineRules(authority), self.valid_until)

    def vouched(self, certificate: dict[str, Any], at: datetime) -> str | None:
        """The fault of a second person's certificate at a moment; revocation is the judge's matter."""
        leaf = self._leaf(certificate, at)
        return leaf.replace("登录", "会签") if isinstance(leaf, str) else None

    def valid_until(self, certificate: Mapping[str, Any]) -> str:
        """Up to which moment a certificate's row is valid, as lines write moments; empty for one that is not what it says."""
        if self.certificate_fault(certificate) is not None:
            return ""
        known = self._known[certificate["pem"]]
        return "" if isinstance(known, str) else moment_text(known[2])

    def is_appointed(self, post: Mapping[str, Any], roots: str) -> bool:
        """Whether the newest of ``roots`` signed for a post, by the appointment kept with it."""
        return is_appointed(read_pem(roots)[-1], post)

    def is_by_root(self, certificate: Mapping[str, Any], roots: str) -> bool:
        """Whether a certificate's row holds one that the newest of ``roots`` itself issued."""
        return self.certificate_fault(certificate) is None and _issued_by(read_pem(certificate["pem"])[0], read_pem(roots)[-1])

    def certificate_fault(self, certificate: Mapping[str, Any]) -> str | None:
        """Why a certificate's row is not what it says: its chain must reach the root and its holder be the person it names."""
        self._leaf(certificate, datetime.min.replace(tzinfo=UTC))
        known = self._known[certificate["pem"]]
        return known if isinstance(known, str) else None

    def site_vouched(self, site: dict[str, Any], roots: str = "") -> str | None:
        """The fault of a desk's certificate: it must come from the newest of ``roots``, else from any, and name desk and line key."""
        try:
            certificate = read_pem(site.get("certificate") or "")[0]
            issues = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
            fine = any(_issued_by(certificate, root) for root in (read_pem(roots)[-1:] if roots else self.roots))
        except (ValueError, x509.ExtensionNotFound):
            fine = False
        if not fine:
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
        if "chain" in session and session["chain"] != f"{binding.site}.{binding.incarnation}":
            return "的登录凭证是为另一席位或另一代签的"
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
        root = next((one for one in self.roots if _issued_by((leaf, *above)[-1], one)), self.roots[0])
        chain = (leaf, *above, root)
        first = max(one.not_valid_before_utc for one in chain)
        last = min(one.not_valid_after_utc for one in chain)
        try:
            verify_chain(leaf, above, root, first)
        except Refusal:
            return "的签名证书不是由本院证书根签发的"
        return leaf, first, last

    @staticmethod
    def _revoked(row: Mapping[str, Any], at: datetime) -> str | None:
        revoked = row.get("revoked_at")
        return "所用签名证书在登录前已撤销" if revoked and datetime.fromisoformat(revoked) <= at else None


def _issued_by(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
